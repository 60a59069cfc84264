#include "model/clock_law.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/text.h"
#include "model/clock_law_read.h"
#include "model/nearest.h"

#define TEXT_MAX 200
#define DAY_MS   (24ll * 3600 * 1000)

/* What was replaced stays in the arena: documents are added once, at the start. */
struct clock_law {
        struct arena arena;
        struct clock_regime *regimes[CLOCK_REGIMES_MAX];
        size_t regime_count;
        struct calendar *calendars[CALENDARS_MAX];
        size_t calendar_count;
        struct crypt_hash hash;
        char hex[HASH_TEXT];
};

struct clock_law *clock_law_create(void)
{
        struct clock_law *law = xcalloc(1, sizeof(*law));

        arena_init(&law->arena);
        crypt_hash_init(&law->hash);
        return law;
}

void clock_law_destroy(struct clock_law *law)
{
        if (!law)
                return;
        arena_finish(&law->arena);
        free(law);
}

void clock_law_cleanup(struct clock_law **plaw)
{
        clock_law_destroy(*plaw);
}

/* ---- members of a document ----------------------------------------------------------------- */

enum rc law_text(const struct law_reader *r, const char *key, bool needed, size_t max,
                 const char **ret)
{
        const struct json_t *j = json_get(r->obj, key);
        const char *text = json_text(j, NULL);
        size_t len = json_text_len(j);

        if (!j && !needed)
                return RC_OK;
        if (!j)
                return err_set(r->err, RC_INVALID, "%s%s is missing", r->at, key);
        if (!text)
                return err_set(r->err, RC_INVALID, "%s%s is not a string", r->at, key);
        if (len == 0 || len > max)
                return err_set(r->err, RC_INVALID, "%s%s must have 1 to %zu bytes", r->at, key,
                               max);
        if (!text_is_clean(text, len, false))
                return err_set(r->err, RC_INVALID, "%s%s has control characters", r->at, key);
        *ret = arena_strdup(r->a, text);
        return RC_OK;
}

enum rc law_number(const struct law_reader *r, const char *key, int least, int most, int *ret)
{
        const struct json_t *j = json_get(r->obj, key);
        int64_t n = json_int(j, INT64_MIN);

        if (!j)
                return RC_OK;
        if (json_kind(j) != JSON_INT || n < least || n > most)
                return err_set(r->err, RC_INVALID, "%s%s takes a whole number from %d to %d", r->at,
                               key, least, most);
        *ret = (int)n;
        return RC_OK;
}

enum rc law_flag(const struct law_reader *r, const char *key, bool *ret)
{
        const struct json_t *j = json_get(r->obj, key);

        if (!j)
                return RC_OK;
        if (json_kind(j) != JSON_BOOL)
                return err_set(r->err, RC_INVALID, "%s%s takes true or false", r->at, key);
        *ret = json_bool(j, false);
        return RC_OK;
}

enum rc law_list(const struct law_reader *r, const char *key, size_t max, const struct json_t **ret,
                 size_t *ret_count)
{
        const struct json_t *j = json_get(r->obj, key);

        *ret = NULL;
        *ret_count = 0;
        if (!j)
                return RC_OK;
        if (json_kind(j) != JSON_LIST)
                return err_set(r->err, RC_INVALID, "%s%s is not a list", r->at, key);
        if (json_len(j) > max)
                return err_set(r->err, RC_INVALID, "%s%s has more than %zu members", r->at, key,
                               max);
        *ret = j;
        *ret_count = json_len(j);
        return RC_OK;
}

bool law_day(const char *text, int64_t *ret)
{
        char stamp[STAMP_BYTES];
        int64_t ms;

        if (!text || strlen(text) != strlen("2026-11-24"))
                return false;
        AUTO_FREE char *full = xasprintf("%sT00:00:00Z", text);
        if (stamp_parse_ms(full, &ms, NULL) != RC_OK)
                return false;
        stamp_format(ms, stamp);
        *ret = (ms - (ms % DAY_MS + DAY_MS) % DAY_MS) / DAY_MS;
        return strncmp(stamp, text, strlen(text)) == 0;
}

/* ---- documents ----------------------------------------------------------------------------- */

static void keep_regime(struct clock_law *law, struct clock_regime *regime)
{
        for (size_t i = 0; i < law->regime_count; i++)
                if (strcmp(law->regimes[i]->name, regime->name) == 0) {
                        law->regimes[i] = regime;
                        return;
                }
        law->regimes[law->regime_count++] = regime;
}

static void keep_calendar(struct clock_law *law, struct calendar *calendar)
{
        for (size_t i = 0; i < law->calendar_count; i++)
                if (strcmp(law->calendars[i]->state, calendar->state) == 0) {
                        law->calendars[i] = calendar;
                        return;
                }
        law->calendars[law->calendar_count++] = calendar;
}

/* A rule's id is one of all regimes: elements on incidents name it alone. */
static enum rc check_ids(const struct clock_law *law, const struct clock_regime *regime,
                         struct err *err)
{
        for (size_t i = 0; i < regime->rule_count; i++) {
                const struct clock_rule *other = clock_rule_find(law, regime->rules[i].id);

                if (other && strcmp(other->regime->name, regime->name) != 0)
                        return err_set(err, RC_INVALID, "rules.%zu.id: %s is a rule of %s already",
                                       i, other->id, other->regime->name);
        }
        return RC_OK;
}

static enum rc add_regime(struct clock_law *law, const struct law_reader *r)
{
        struct clock_regime *regime = arena_alloc(&law->arena, sizeof(*regime));
        enum rc rc = law_read_regime(r, regime);

        if (rc == RC_OK)
                rc = check_ids(law, regime, r->err);
        if (rc == RC_OK && law->regime_count == CLOCK_REGIMES_MAX &&
            !clock_regime_find(law, regime->name))
                rc = err_set(r->err, RC_INVALID, "more than %d regimes", CLOCK_REGIMES_MAX);
        if (rc == RC_OK)
                keep_regime(law, regime);
        return rc;
}

static enum rc add_calendars(struct clock_law *law, const struct law_reader *r)
{
        const struct json_t *list = NULL;
        struct calendar *read;
        size_t count;
        enum rc rc = law_list(r, "calendars", CALENDARS_MAX, &list, &count);

        if (rc == RC_OK && law->calendar_count + count > CALENDARS_MAX)
                rc = err_set(r->err, RC_INVALID, "more than %d calendars", CALENDARS_MAX);
        read = arena_array(&law->arena, count + 1, sizeof(*read));
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                const struct law_reader one = {json_at(list, i),
                                               arena_printf(&law->arena, "calendars.%zu.", i),
                                               &law->arena, r->err};

                rc = law_read_calendar(&one, &read[i]);
        }
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                keep_calendar(law, &read[i]);
        return rc;
}

static enum rc add_document(struct clock_law *law, const struct law_reader *r)
{
        static const char *const heads[] = {"name", "title", "version", "source"};
        const char *head;
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(heads); i++)
                rc = law_text(r, heads[i], true, 4 * TEXT_MAX, &head);
        if (rc != RC_OK)
                return rc;
        if (json_get(r->obj, "rules"))
                return add_regime(law, r);
        if (json_get(r->obj, "calendars"))
                return add_calendars(law, r);
        return err_set(r->err, RC_INVALID, "it has neither \"rules\" nor \"calendars\"");
}

enum rc clock_law_add(struct clock_law *law, const char *bytes, size_t len, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        struct crypt_hash done;
        uint8_t sum[HASH_BYTES];

        if (len > CLOCK_LAW_BYTES_MAX)
                return err_set(err, RC_INVALID, "it has more than %d bytes", CLOCK_LAW_BYTES_MAX);
        enum rc rc = json_parse(bytes, len, &doc, err);
        if (rc != RC_OK)
                return rc;
        const struct law_reader r = {doc, "", &law->arena, err};
        rc = add_document(law, &r);
        if (rc != RC_OK)
                return rc;
        crypt_hash_add(&law->hash, &len, sizeof(len));
        crypt_hash_add(&law->hash, bytes, len);
        done = law->hash;
        crypt_hash_done(&done, sum);
        crypt_hex(sum, sizeof(sum), law->hex);
        return RC_OK;
}

/* ---- looking up ---------------------------------------------------------------------------- */

size_t clock_regime_count(const struct clock_law *law)
{
        return law ? law->regime_count : 0;
}

const struct clock_regime *clock_regime_at(const struct clock_law *law, size_t i)
{
        return i < clock_regime_count(law) ? law->regimes[i] : NULL;
}

const struct clock_regime *clock_regime_find(const struct clock_law *law, const char *name)
{
        for (size_t i = 0; name && i < clock_regime_count(law); i++)
                if (strcasecmp(law->regimes[i]->name, name) == 0)
                        return law->regimes[i];
        return NULL;
}

const struct clock_rule *clock_rule_find(const struct clock_law *law, const char *id)
{
        for (size_t i = 0; id && i < clock_regime_count(law); i++)
                for (size_t k = 0; k < law->regimes[i]->rule_count; k++)
                        if (strcasecmp(law->regimes[i]->rules[k].id, id) == 0)
                                return &law->regimes[i]->rules[k];
        return NULL;
}

const char *clock_rule_nearest(const struct clock_law *law, const char *id)
{
        struct nearest n;

        nearest_init(&n, id);
        for (size_t i = 0; i < clock_regime_count(law); i++) {
                nearest_offer(&n, law->regimes[i]->name);
                for (size_t k = 0; k < law->regimes[i]->rule_count; k++)
                        nearest_offer(&n, law->regimes[i]->rules[k].id);
        }
        return n.best;
}

static const struct calendar *find_calendar(const struct clock_law *law, const char *state)
{
        for (size_t i = 0; law && state && i < law->calendar_count; i++)
                if (strcasecmp(law->calendars[i]->state, state) == 0)
                        return law->calendars[i];
        return NULL;
}

const struct calendar *clock_calendar(const struct clock_law *law, const char *state)
{
        const struct calendar *found = find_calendar(law, state);

        if (!found)
                found = find_calendar(law, CLOCK_DEFAULT_STATE);
        return found ? found : &calendar_utc;
}

const struct calendar *clock_zone(const struct clock_law *law, const char *zone)
{
        if (!zone || !*zone || strcasecmp(zone, calendar_utc.zone) == 0)
                return &calendar_utc;
        if (strcasecmp(zone, "EL") == 0) /* as the Union writes GR */
                zone = "GR";
        const struct calendar *found = find_calendar(law, zone);
        for (size_t i = 0; law && !found && i < law->calendar_count; i++)
                if (strcasecmp(law->calendars[i]->zone, zone) == 0)
                        found = law->calendars[i];
        return found;
}

const char *clock_zone_nearest(const struct clock_law *law, const char *zone)
{
        struct nearest n;

        nearest_init(&n, zone);
        nearest_offer(&n, calendar_utc.zone);
        for (size_t i = 0; law && i < law->calendar_count; i++) {
                nearest_offer(&n, law->calendars[i]->zone);
                nearest_offer(&n, law->calendars[i]->state);
        }
        return n.best;
}

const char *clock_law_hash(const struct clock_law *law)
{
        return law ? law->hex : "";
}
