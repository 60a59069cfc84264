/*
 * The facts of a resource, read from its fields.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/item.h"
#include "model/roster.h"

#define MINUTE_MS (60 * 1000ll)
#define HOUR_MS   (60 * MINUTE_MS)
/* Ten years: a longer notice is no answer to a call. */
#define NOTICE_MAX_MS (10 * 365 * 24 * HOUR_MS)
#define NUMBER_MAX    1000000

/* In the order of roster_fields. */
enum roster_field {
        NAME,
        HOLDER,
        COMMUNITY,
        CATEGORY,
        ROLES,
        SKILLS,
        STATES,
        COMMUNITIES,
        PAPERS,
        LANGUAGES,
        CLEARANCE,
        HANDLES,
        CLEARANCE_UNTIL,
        CERTIFICATES,
        INSPECTION,
        CALIBRATION,
        LICENCE,
        READINESS,
        NOTICE,
        LEAD_TIME,
        LEAVE,
        ON_CALL,
        ROTATION,
        MAX_DAYS,
        REMOTE,
        CONDITION,
        VERIFIED,
        MEMBERS,
        KIT,
        QUANTITY,
        FIELDS
};
const char *const roster_fields[ROSTER_FIELDS] = {[NAME] = "name",
                                                  [HOLDER] = "holder",
                                                  [COMMUNITY] = "community",
                                                  [CATEGORY] = "category",
                                                  [ROLES] = "roles",
                                                  [SKILLS] = "skills",
                                                  [STATES] = "states",
                                                  [COMMUNITIES] = "communities",
                                                  [PAPERS] = "papers",
                                                  [LANGUAGES] = "languages",
                                                  [CLEARANCE] = "clearance",
                                                  [HANDLES] = "handles",
                                                  [CLEARANCE_UNTIL] = "clearance_until",
                                                  [CERTIFICATES] = "certificates",
                                                  [INSPECTION] = "inspection_until",
                                                  [CALIBRATION] = "calibrated_until",
                                                  [LICENCE] = "licence_until",
                                                  [READINESS] = "readiness",
                                                  [NOTICE] = "notice",
                                                  [LEAD_TIME] = "lead_time",
                                                  [LEAVE] = "leave",
                                                  [ON_CALL] = "on_call",
                                                  [ROTATION] = "rotation",
                                                  [MAX_DAYS] = "max_days",
                                                  [REMOTE] = "remote",
                                                  [CONDITION] = "condition",
                                                  [VERIFIED] = "verified",
                                                  [MEMBERS] = "members",
                                                  [KIT] = "kit",
                                                  [QUANTITY] = "quantity"};
_Static_assert(FIELDS == ROSTER_FIELDS, "a field has no name");

/* A thing, and where its kind has its fields. */
struct source {
        const struct roster_reader *by;
        const struct thing *t;
};

void roster_reader_init(struct roster_reader *r, const struct kind *kind)
{
        r->kind = kind;
        for (int i = 0; i < FIELDS; i++)
                r->at[i] = field_index(kind, roster_fields[i]);
}

static const char *text_of(const struct source *s, enum roster_field field)
{
        int at = s->by->at[field];

        return at < 0 ? NULL : s->t->values[at].text;
}

/* CLOCK_NONE where it is not said. */
static int64_t moment_of(const struct source *s, enum roster_field field)
{
        const char *text = text_of(s, field);
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

static int rank_of(const struct source *s, enum roster_field field)
{
        const char *text = text_of(s, field);

        return text ? enum_rank(s->by->kind->fields[s->by->at[field]].list, text) : -1;
}

/* Empty where the kind has no such field. */
static const struct value *set_of(const struct source *s, enum roster_field field)
{
        static const struct value none;
        int at = s->by->at[field];

        return at < 0 ? &none : &s->t->values[at];
}

static size_t read_spans(const struct source *s, enum roster_field field, struct arena *a,
                         const struct span **ret)
{
        const struct value *v = set_of(s, field);
        struct span *spans;
        size_t count = 0;

        if (!v->count)
                return 0;
        spans = arena_array(a, v->count, sizeof(*spans));
        for (size_t i = 0; i < v->count; i++)
                if (span_read(v->items[i], strlen(v->items[i]), &spans[count]))
                        count++;
        *ret = spans;
        return count;
}

/* ---- languages ----------------------------------------------------------------------------- */

static void add_language(struct roster_language *languages, size_t *count,
                         const struct language_item *l, struct arena *a)
{
        for (size_t i = 0; i < *count; i++)
                if (strcmp(languages[i].code, l->code) == 0) {
                        if (l->level > languages[i].level)
                                languages[i].level = l->level;
                        return;
                }
        languages[(*count)++] =
                (struct roster_language){.code = arena_strdup(a, l->code), .level = l->level};
}

static void read_languages(const struct source *s, struct arena *a, struct roster_facts *f)
{
        const struct value *v = set_of(s, LANGUAGES);
        struct roster_language *languages;
        struct language_item l;

        if (!v->count)
                return;
        languages = arena_array(a, v->count, sizeof(*languages));
        for (size_t i = 0; i < v->count; i++)
                if (language_item_read(v->items[i], &l))
                        add_language(languages, &f->language_count, &l, a);
        f->languages = languages;
}

/* ---- what runs out ------------------------------------------------------------------------- */

struct expiries {
        struct roster_expiry *list;
        size_t count;
};

static void add_expiry(struct expiries *es, const char *what, int64_t until_ms)
{
        if (until_ms != CLOCK_NONE)
                es->list[es->count++] = (struct roster_expiry){.what = what, .until_ms = until_ms};
}

static void add_clearance(struct expiries *es, const struct roster_facts *f)
{
        if (f->clearance > CLEARANCE_NONE && f->clearance_until_ms != CLOCK_NONE)
                es->list[es->count++] = (struct roster_expiry){.what = "the clearance",
                                                               .until_ms = f->clearance_until_ms,
                                                               .is_clearance = true};
}

static void add_certificates(const struct value *v, struct arena *a, struct expiries *es)
{
        struct certificate_item c;

        for (size_t i = 0; i < v->count && i < VALUE_ITEMS_MAX; i++)
                if (certificate_item_read(v->items[i], &c))
                        add_expiry(es, arena_printf(a, "the certificate %s", c.name), c.until_ms);
}

/* Most have few of them, so they are gathered elsewhere first. */
#define EXPIRIES_MAX (VALUE_ITEMS_MAX + 5)

static void read_expiries(const struct source *s, struct arena *a, struct roster_facts *f)
{
        static const struct {
                enum roster_field field;
                const char *what;
        } rows[] = {{INSPECTION, "the inspection"},
                    {CALIBRATION, "the calibration"},
                    {LICENCE, "the licence"}};
        struct roster_expiry gathered[EXPIRIES_MAX], *list;
        struct expiries es = {.list = gathered};

        add_clearance(&es, f);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                add_expiry(&es, rows[i].what, moment_of(s, rows[i].field));
        add_certificates(set_of(s, CERTIFICATES), a, &es);
        if (f->rotation.from_ms < f->rotation.until_ms)
                add_expiry(&es, "the rotation", f->rotation.until_ms);
        if (!es.count)
                return;
        list = arena_array(a, es.count, sizeof(*list));
        memcpy(list, gathered, es.count * sizeof(*list));
        f->expiries = list;
        f->expiry_count = es.count;
}

/* ---- notice -------------------------------------------------------------------------------- */

/* Capped, so that sums of it and a time always fit. */
static int64_t minutes_of(const struct source *s, enum roster_field field)
{
        const char *text = text_of(s, field);
        int64_t minutes = text ? strtoll(text, NULL, 10) : 0;

        if (!text || !*text)
                return CLOCK_NONE;
        return minutes > NOTICE_MAX_MS / MINUTE_MS ? NOTICE_MAX_MS : minutes * MINUTE_MS;
}

static int64_t notice_of(const struct source *s, int readiness)
{
        static const int hours[] = {
                [READY_R0] = 2, [READY_R12] = 12, [READY_R24] = 24, [READY_R72] = 72};
        int64_t notice = minutes_of(s, NOTICE);

        if (notice == CLOCK_NONE)
                notice = minutes_of(s, LEAD_TIME);
        if (notice == CLOCK_NONE)
                notice = hours[readiness < 0 ? READY_R72 : readiness] * HOUR_MS;
        return notice;
}

/* ---- without some --------------------------------------------------------------------------- */

static bool is_of(const struct booking *b, const char *const *deployments, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(b->deployment, deployments[i]) == 0)
                        return true;
        return false;
}

void roster_facts_without(struct roster_facts *f, const char *const *deployments, size_t count,
                          struct arena *a)
{
        struct booking *others;
        size_t theirs = 0, left = 0;

        for (size_t i = 0; i < f->booking_count; i++)
                theirs += is_of(&f->bookings[i], deployments, count);
        if (!theirs)
                return;
        others = arena_array(a, f->booking_count, sizeof(*others));
        for (size_t i = 0; i < f->booking_count; i++)
                if (!is_of(&f->bookings[i], deployments, count))
                        others[left++] = f->bookings[i];
        f->bookings = others;
        f->booking_count = left;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static int number_of(const struct source *s, enum roster_field field)
{
        const char *text = text_of(s, field);
        long n = text ? strtol(text, NULL, 10) : 0;

        return n > NUMBER_MAX ? NUMBER_MAX : (int)n;
}

void roster_facts_read_by(const struct roster_reader *r, const struct thing *t, const char *ref,
                          const struct booking *bookings, size_t booking_count, struct arena *a,
                          struct roster_facts *ret)
{
        const struct source s = {r, t};
        const char *rotation = text_of(&s, ROTATION);
        struct roster_facts f = {
                .kind = t->kind,
                .id = t->id,
                .ref = ref,
                .name = text_of(&s, NAME),
                .holder = text_of(&s, HOLDER),
                .community = text_of(&s, COMMUNITY),
                .category = text_of(&s, CATEGORY),
                .roles = set_of(&s, ROLES),
                .skills = set_of(&s, SKILLS),
                .states = set_of(&s, STATES),
                .communities = set_of(&s, COMMUNITIES),
                .papers = set_of(&s, PAPERS),
                .clearance = rank_of(&s, t->kind == &kind_equipment ? HANDLES : CLEARANCE),
                .clearance_until_ms = moment_of(&s, CLEARANCE_UNTIL),
                .readiness = rank_of(&s, READINESS),
                .max_days = number_of(&s, MAX_DAYS),
                .remote = text_of(&s, REMOTE),
                .condition = text_of(&s, CONDITION),
                .verified_ms = moment_of(&s, VERIFIED),
                .members = set_of(&s, MEMBERS),
                .kit = text_of(&s, KIT),
                .quantity = number_of(&s, QUANTITY),
                .bookings = bookings,
                .booking_count = booking_count,
        };

        f.notice_ms = notice_of(&s, f.readiness);
        f.leave_count = read_spans(&s, LEAVE, a, &f.leave);
        f.on_call_count = read_spans(&s, ON_CALL, a, &f.on_call);
        if (rotation)
                (void)span_read(rotation, strlen(rotation), &f.rotation);
        read_languages(&s, a, &f);
        read_expiries(&s, a, &f);
        *ret = f;
}

void roster_facts_read(const struct thing *t, const char *ref, const struct booking *bookings,
                       size_t booking_count, struct arena *a, struct roster_facts *ret)
{
        struct roster_reader r;

        roster_reader_init(&r, t->kind);
        roster_facts_read_by(&r, t, ref, bookings, booking_count, a, ret);
}
