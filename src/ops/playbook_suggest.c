/*
 * Which playbooks fit an incident: by the words that their authors gave them and the sectors that
 * they are for. A reason that people can check stands beside each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/words.h"
#include "ops/playbooks.h"
#include "ops/walk.h"

#include "ops_private.h"

#define WHY_MAX 1000

/* A field of the incident whose value is a label of the playbook. */
static const struct {
        const char *field, *value; /* value: NULL, any */
        const char *label;         /* NULL: the value itself */
        const char *said;          /* with a value: all of it; else the value comes behind */
        int score;
} fits[] = {
        {"type", NULL, NULL, "type", 6},
        {"class", NULL, NULL, "class", 4},
        {"level", NULL, NULL, "level", 4},
        {"cross_border", "yes", "cross-border", "confirmed as cross-border", 2},
        {"cross_border", "derived", "cross-border", "affects more than one State", 2},
};

struct suggesting {
        const struct words *words;
        const struct thing *incident;
        struct arena *a;
        struct playbook_suggestion *list;
        size_t count, room;
};

/* value: NULL where `what` says all. */
static void say(struct str *why, const char *what, const char *value)
{
        str_add_sep(why, "; ", what);
        if (value)
                str_addf(why, " %s", value);
}

/* A value of that field as the word lists spell it. */
static const char *label_of(const struct suggesting *s, const char *name, const char *value)
{
        const struct field *field = field_find(s->incident->kind, name);

        return field->words ? word_label(s->words, field->words, value) : value;
}

static int score_labels(const struct suggesting *s, const struct thing *p, struct str *why)
{
        const struct thing *incident = s->incident;
        int score = 0;

        for (size_t i = 0; i < ARRAY_LEN(fits); i++) {
                const char *value = thing_text(incident, fits[i].field);

                if (!value || !*value || (fits[i].value && strcmp(fits[i].value, value) != 0) ||
                    !value_has(thing_value(p, "labels"), fits[i].label ? fits[i].label : value))
                        continue;
                say(why, fits[i].said, fits[i].value ? NULL : label_of(s, fits[i].field, value));
                score += fits[i].score;
        }
        return score;
}

/* One that is for other sectors does not fit; one that is for none in particular fits all. */
static int score_sectors(const struct suggesting *s, const struct thing *p, struct str *why)
{
        const struct value *mine = thing_value(s->incident, "sectors");
        const struct value *theirs = thing_value(p, "sectors");

        for (size_t i = 0; i < theirs->count; i++)
                if (value_has(mine, theirs->items[i])) {
                        say(why, "sector", label_of(s, "sectors", theirs->items[i]));
                        return 3;
                }
        return theirs->count && mine->count ? -4 : 0;
}

/* Only as good as another reason. */
static int score_severity(const struct thing *incident, const struct thing *p, struct str *why)
{
        int mine = thing_rank(incident, "severity"), theirs = thing_rank(p, "severity");

        if (mine < 0 || theirs < 0 || mine < theirs)
                return 0;
        say(why, "severity", thing_text(incident, "severity"));
        return 1;
}

static enum rc judge(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct suggesting *s = ctx;
        CLEANUP(str_finish) struct str why = {0};
        int score;

        (void)a, (void)err;
        str_init(&why, WHY_MAX);
        if (row->thing.revoked || thing_rank(&row->thing, "verdict") > VERDICT_WARN)
                return RC_OK;
        score = score_labels(s, &row->thing, &why) + score_sectors(s, &row->thing, &why);
        if (score <= 0)
                return RC_OK;
        score += score_severity(s->incident, &row->thing, &why);
        s->list = arena_grow(s->a, s->list, s->count, &s->room, sizeof(*s->list));
        s->list[s->count++] = (struct playbook_suggestion){
                .row = *row, .score = score, .why = arena_strdup(s->a, str_text(&why))};
        return RC_OK;
}

static int compare(const void *a, const void *b)
{
        const struct playbook_suggestion *x = a, *y = b;

        if (x->score != y->score)
                return y->score - x->score;
        return strcmp(x->row.thing.id, y->row.thing.id);
}

enum rc ops_playbooks_suggest(struct ops *ops, const char *incident, struct arena *a,
                              struct playbook_suggestion **ret, size_t *ret_count, struct err *err)
{
        const struct filter all = {.kind = &kind_playbook, .sort_field = -1};
        struct suggesting s = {.words = ops->words, .a = a};
        struct row row;
        enum rc rc = thing_by_id(ops->store, incident, a, &row, err);

        s.incident = &row.thing;
        if (rc == RC_OK && row.thing.kind != &kind_incident)
                rc = err_set(err, RC_INVALID, "%s is no incident", row.ref);
        if (rc == RC_OK)
                rc = ops_walk(ops, &all, a, judge, &s, err);
        if (rc != RC_OK)
                return rc;
        if (s.count)
                qsort(s.list, s.count, sizeof(*s.list), compare);
        *ret = s.list;
        *ret_count = s.count < SUGGESTIONS_MAX ? s.count : SUGGESTIONS_MAX;
        return RC_OK;
}
