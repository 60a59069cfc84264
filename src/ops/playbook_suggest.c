/*
 * Which playbooks fit an incident: by the words that their authors gave them, the sectors that they
 * are for, and how bad it is; each of these alone is enough. A reason that people can check stands
 * beside each. What fits by more of them comes first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/clocks.h"
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
        {"entity", "essential", "nis2", "an essential entity owes reports under NIS2", 3},
        {"entity", "important", "nis2", "an important entity owes reports under NIS2", 3},
};

struct suggesting {
        const struct words *words;
        const struct clock_law *law;
        const struct thing *incident;
        struct arena *a;
        struct playbook_suggestion *list;
        size_t count, room;
};

/* What speaks for one playbook. */
struct verdict {
        struct str why;
        int reasons;
        int score; /* between those of as many reasons */
};

/* value: NULL where `what` says all. */
static void say(struct verdict *v, int score, const char *what, const char *value)
{
        str_add_sep(&v->why, "; ", what);
        if (value)
                str_addf(&v->why, " %s", value);
        v->score += score;
        v->reasons++;
}

/* A value of that field as the word lists spell it. */
static const char *label_of(const struct suggesting *s, const char *name, const char *value)
{
        const struct field *field = field_find(s->incident->kind, name);

        return field->words ? word_label(s->words, field->words, value) : value;
}

static void judge_labels(const struct suggesting *s, const struct thing *p, struct verdict *v)
{
        const struct thing *incident = s->incident;

        for (size_t i = 0; i < ARRAY_LEN(fits); i++) {
                const char *value = thing_text(incident, fits[i].field);

                if (!value || !*value || (fits[i].value && strcmp(fits[i].value, value) != 0) ||
                    !value_has(thing_value(p, "labels"), fits[i].label ? fits[i].label : value))
                        continue;
                say(v, fits[i].score, fits[i].said,
                    fits[i].value ? NULL : label_of(s, fits[i].field, value));
        }
}

/* A clock of law was started that the playbook is labelled with: "nis2", "gdpr". */
static void judge_clocks(const struct suggesting *s, const struct thing *p, struct verdict *v)
{
        const struct value *started = thing_value(s->incident, CLOCK_FIELD_STARTED);

        for (size_t i = 0; i < started->count; i++) {
                struct clock_element e;
                const struct clock_rule *rule = clock_element_read(started->items[i], &e)
                                                        ? clock_rule_find(s->law, e.rule)
                                                        : NULL;

                if (rule && value_has(thing_value(p, "labels"), rule->regime->name)) {
                        say(v, 3, "clock", rule->label);
                        return;
                }
        }
}

/* False: it is for other sectors. One that is for none in particular fits all. */
static bool judge_sectors(const struct suggesting *s, const struct thing *p, struct verdict *v)
{
        const struct value *mine = thing_value(s->incident, "sectors");
        const struct value *theirs = thing_value(p, "sectors");

        for (size_t i = 0; i < theirs->count; i++)
                if (value_has(mine, theirs->items[i])) {
                        say(v, 3, "sector", label_of(s, "sectors", theirs->items[i]));
                        return true;
                }
        return !theirs->count || !mine->count;
}

/* Its labels are classes, and that of the incident is none of them. */
static bool is_of_other_class(const struct suggesting *s, const struct thing *p)
{
        const struct word_list *classes = words_list(s->words, "rsit-class");
        const struct value *labels = thing_value(p, "labels");
        const char *mine = thing_text(s->incident, "class");
        bool other = false;

        for (size_t i = 0; mine && *mine && classes && i < labels->count; i++) {
                if (strcmp(labels->items[i], mine) == 0)
                        return false;
                other = other || word_find(classes, labels->items[i]);
        }
        return other;
}

static void judge_severity(const struct suggesting *s, const struct thing *p, struct verdict *v)
{
        int mine = thing_rank(s->incident, "severity"), theirs = thing_rank(p, "severity");

        if (mine < 0 || theirs < 0 || mine < theirs || (!v->reasons && is_of_other_class(s, p)))
                return;
        say(v, 1, "severity", thing_text(s->incident, "severity"));
}

/* Of other sectors it must speak for it twice. */
static bool may_fit(bool sectors_fit, const struct verdict *v)
{
        return v->reasons > (sectors_fit ? 0 : 1);
}

static enum rc judge(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct suggesting *s = ctx;
        struct verdict v = {.reasons = 0};
        bool sectors_fit;

        (void)a, (void)err;
        if (row->thing.revoked || thing_rank(&row->thing, "verdict") > VERDICT_WARN)
                return RC_OK;
        str_init(&v.why, WHY_MAX);
        judge_labels(s, &row->thing, &v);
        judge_clocks(s, &row->thing, &v);
        sectors_fit = judge_sectors(s, &row->thing, &v);
        if (may_fit(sectors_fit, &v) || sectors_fit)
                judge_severity(s, &row->thing, &v);
        if (may_fit(sectors_fit, &v)) {
                s->list = arena_grow(s->a, s->list, s->count, &s->room, sizeof(*s->list));
                s->list[s->count++] =
                        (struct playbook_suggestion){.row = *row,
                                                     .reasons = v.reasons,
                                                     .score = v.score,
                                                     .why = arena_strdup(s->a, str_text(&v.why))};
        }
        str_finish(&v.why);
        return RC_OK;
}

static int compare(const void *a, const void *b)
{
        const struct playbook_suggestion *x = a, *y = b;

        if (x->reasons != y->reasons)
                return y->reasons - x->reasons;
        if (x->score != y->score)
                return y->score - x->score;
        return strcmp(x->row.thing.id, y->row.thing.id);
}

enum rc ops_playbooks_suggest(struct ops *ops, const char *incident, struct arena *a,
                              struct playbook_suggestion **ret, size_t *ret_count, struct err *err)
{
        const struct filter all = {.kind = &kind_playbook, .sort_field = -1};
        struct suggesting s = {.words = ops->words, .law = ops->law, .a = a};
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
