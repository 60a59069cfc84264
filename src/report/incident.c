/*
 * The report on an incident. Its facts come from the kind table: a new field is in it by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/marking.h"
#include "model/when.h"
#include "model/words.h"

#include "report_private.h"

#define RELATED_MAX 100

/* What a reader must know first; those that may be absent are left out then. */
static const struct first {
        const char *field;
        bool may_be_absent;
} firsts[] = {
        {"severity", false}, {"status", false},  {"level", true},
        {"impact", false},   {"outlook", false}, {"owner", false},
};

/* Fields with a place of their own. */
static const char *const elsewhere[] = {"ref", "title", "description", CLOCK_FIELD_STARTED,
                                        CLOCK_FIELD_FILED};

static bool is_first(const struct field *field)
{
        for (size_t i = 0; i < ARRAY_LEN(firsts); i++)
                if (strcmp(firsts[i].field, field->name) == 0)
                        return true;
        return false;
}

static bool is_elsewhere(const struct field *field)
{
        for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
                if (strcmp(elsewhere[i], field->name) == 0)
                        return true;
        return is_first(field);
}

static bool names_things(const struct field *field)
{
        return field->type == FIELD_REF || field->type == FIELD_REFS;
}

/* ---- values -------------------------------------------------------------------------------- */

static const char *set_text(struct reading *r, const struct field *field, const struct value *v)
{
        const char *sep = field->flags & FIELD_LINES ? "; " : ", ";

        return words_labels(r->ctx->words, field->words, v, sep, r->a);
}

static const char *scalar_text(struct reading *r, const struct field *field, const char *text)
{
        const struct enum_item *item;
        int64_t ms;

        if (field->flags & FIELD_MINUTES) {
                char span[WHEN_BYTES];

                minutes_show(strtoll(text, NULL, 10), span);
                return arena_strdup(r->a, span);
        }
        switch (field->type) {
        case FIELD_ENUM:
                item = enum_at(field->list, enum_rank(field->list, text));
                return item ? item->label : text;
        case FIELD_WORD: return word_label(r->ctx->words, field->words, text);
        case FIELD_TIME:
                return stamp_parse_ms(text, &ms, NULL) == RC_OK ? reading_stamp(r, ms) : text;
        case FIELD_LINE:
        case FIELD_TEXT:
        case FIELD_COUNT:
        case FIELD_WORDS:
        case FIELD_REF:
        case FIELD_REFS: break;
        }
        return text;
}

static int64_t reading_now(const struct reading *r)
{
        return r->ctx->at_ms == CLOCK_NONE ? r->ctx->now_ms : r->ctx->at_ms;
}

static void add_fact(struct reading *r, struct report_section *s, const struct field *field)
{
        const struct row *row = r->subject->row;
        const struct value *v = thing_value(&row->thing, field->name);
        const char *text = value_is_empty(v)     ? "not said"
                           : field_is_set(field) ? set_text(r, field, v)
                                                 : scalar_text(r, field, v->text);
        struct report_item *item;

        if (field->list == &enum_tlp && !row->tlp_given)
                text = arena_printf(r->a, "%s (not marked; the default here)", text);
        if (thing_is_stale(&row->thing, field, reading_now(r)))
                text = arena_printf(r->a, "%s (stale: more than %d h old)", text, field->holds_h);
        item = item_add(r, s, field->label, text);
        item->key = field->name;
        item->value = v;
}

/* ---- sections ------------------------------------------------------------------------------ */

static void read_first(struct reading *r)
{
        const struct thing *t = &r->subject->row->thing;
        struct report_section *s = section_add(r, "bottom_line", "Bottom line", NULL);

        s->facts = true;
        for (size_t i = 0; i < ARRAY_LEN(firsts); i++) {
                const struct field *field = field_find(t->kind, firsts[i].field);

                if (field &&
                    !(firsts[i].may_be_absent && value_is_empty(thing_value(t, field->name))))
                        add_fact(r, s, field);
        }
}

static void read_description(struct reading *r)
{
        const char *text = thing_text(&r->subject->row->thing, "description");
        struct report_section *s = section_add(r, "description", "What is known", NULL);

        if (text && *text)
                item_add(r, s, NULL, text);
}

/* What was decided against stands beside what is claimed. */
static bool is_where(const struct field *field)
{
        return field_is_set(field) && !(field->flags & (FIELD_STATE | FIELD_DERIVED));
}

/* The fields that say where it is: sets of words; or all others. */
static void read_facts(struct reading *r, const char *key, const char *title, bool sets)
{
        const struct thing *t = &r->subject->row->thing;
        struct report_section *s = section_add(r, key, title, NULL);

        s->facts = true;
        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct field *field = &t->kind->fields[i];

                if (!value_is_empty(&t->values[i]) && !is_elsewhere(field) &&
                    !names_things(field) && is_where(field) == sets)
                        add_fact(r, s, field);
        }
}

static void add_related(struct reading *r, struct report_section *s, const char *label,
                        const char *id)
{
        struct row row;
        const char *title;

        if (thing_by_id(r->ctx->store, id, r->a, &row, NULL) != RC_OK) {
                item_add(r, s, label, id);
                return;
        }
        title = thing_text(&row.thing, row.thing.kind->title);
        if (reading_may_tell(r, thing_rank(&row.thing, "tlp"), row.ref))
                item_add(r, s, label, arena_printf(r->a, "%s %s", row.ref, title ? title : ""));
}

/* When a relation was learnt is not known by itself, so there are none of the past. */
static void read_related(struct reading *r)
{
        const struct report_subject *sub = r->subject;
        const struct thing *t = &sub->row->thing;
        struct report_section *s = section_add(r, "related", "Related", NULL);

        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct value *v = &t->values[i];

                if (!names_things(&t->kind->fields[i]) || value_is_empty(v))
                        continue;
                for (size_t k = 0; k < v->count; k++)
                        add_related(r, s, t->kind->fields[i].label, v->items[k]);
                if (!v->count)
                        add_related(r, s, t->kind->fields[i].label, v->text);
        }
        for (size_t i = 0; i < sub->relation_count && i < RELATED_MAX; i++) {
                const struct relation *rel = &sub->relations[i];
                bool out = strcmp(rel->source, t->id) == 0;

                if (r->ctx->at_ms == CLOCK_NONE)
                        add_related(r, s, rel->type, out ? rel->target : rel->source);
        }
}

/* ---- what is open -------------------------------------------------------------------------- */

static void add_conflict(struct reading *r, struct report_section *s, const struct fold_heads *h)
{
        const struct field *field = &r->subject->row->thing.kind->fields[h->field];
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, VALUE_TEXT_MAX);
        str_addf(&text, "In conflict, %s: ", field->label);
        for (size_t i = 0; i < h->count; i++) {
                const struct fold_head *head = &h->heads[i];
                const char *value = h->item ? (head->value ? h->item : "without it") : head->value;

                str_addf(&text, "%s%s says %s", i ? "; " : "", head->act->operator,
                         value && * value ? scalar_text(r, field, value) : "nothing");
        }
        item_add(r, s, NULL, str_text(&text));
}

static void read_open(struct reading *r)
{
        const struct row *row = r->subject->row;
        const struct folded *f = r->subject->folded;
        struct report_section *s = section_add(r, "open", "What is open", "Nothing.");

        if (row->flags & MARK_UNACKED)
                item_add(r, s, NULL, "Nobody here has acknowledged it.");
        for (size_t i = 0; i < f->head_count; i++)
                if (f->heads[i].conflict)
                        add_conflict(r, s, &f->heads[i]);
        if (row->unresolved)
                item_add(r, s, NULL, "It names a marking that nobody here has defined.");
        if (row->flags & MARK_REVOKED)
                item_add(r, s, NULL, "The unit whose it is has withdrawn it.");
}

/* ---- sources ------------------------------------------------------------------------------- */

static const char *our_words(struct reading *r)
{
        const struct kind *kind = r->subject->row->thing.kind;
        struct str text;
        char *labels;

        str_init(&text, 4000);
        for (size_t i = 0; i < kind->field_count; i++)
                if (r->subject->folded->field_is_ours[i])
                        str_add_sep(&text, ", ", kind->fields[i].label);
        labels = str_take(&text);
        const char *kept = arena_strdup(r->a, labels);
        mem_free_cleanup(&labels);
        return kept;
}

static void read_sources(struct reading *r)
{
        const struct report_subject *sub = r->subject;
        struct report_section *s = section_add(r, "sources", "Sources", NULL);
        const char *source = thing_text(&sub->row->thing, "source"), *ours;

        if (!(sub->row->flags & MARK_FOREIGN)) {
                item_add(r, s, NULL, "An incident of our own; every word is ours.");
                return;
        }
        ours = our_words(r);
        item_add(r, s, "whose incident", source && *source ? source : "unknown");
        item_add(r, s, "our word", *ours ? ours : "nothing");
        item_add(r, s, "their word", *ours ? "the rest" : "everything");
        if (sub->version_count)
                item_add(r, s, "last received",
                         arena_printf(r->a, "%s, %zu version%s held",
                                      reading_stamp(
                                              r, sub->versions[sub->version_count - 1].received_ms),
                                      sub->version_count, sub->version_count == 1 ? "" : "s"));
}

/* ---- the report ---------------------------------------------------------------------------- */

static void read_head(struct reading *r)
{
        const struct report_context *c = r->ctx;
        const struct row *row = r->subject->row;
        const char *title = thing_text(&row->thing, row->thing.kind->title);
        struct report *ret = r->report;
        CLEANUP(str_finish) struct str made = {0};
        struct report_section all = {0};

        str_init(&made, 2000);
        str_add(&made, c->operator? c->operator: "nobody who said a name");
        if (c->role)
                str_addf(&made, " (%s)", c->role);
        str_add_sep(&made, ", ", c->unit ? c->unit : "an unnamed unit");
        if (c->desk)
                str_add_sep(&made, ", ", c->desk);
        ret->kind = row->thing.kind->name;
        ret->ref = row->ref;
        ret->id = row->thing.id;
        ret->operator= c->operator;
        ret->role = c->role;
        ret->unit = c->unit;
        ret->desk = c->desk;
        ret->exercise = c->exercise;
        ret->as_of = reading_stamp(r, c->at_ms == CLOCK_NONE ? c->now_ms : c->at_ms);
        ret->made = item_add(r, &all, NULL, str_text(&made))->text;
        ret->title = item_add(r, &all, NULL,
                              arena_printf(r->a, "Incident %s: %s", row->ref, title ? title : ""))
                             ->text;
}

enum rc report_incident(const struct report_context *ctx, const struct report_subject *subject,
                        struct arena *a, struct report *ret, struct err *err)
{
        struct report report = {.marking = TLP_CLEAR};
        struct report_section left_out = {.key = "left_out", .title = "Left out"};
        struct reading r = {
                .ctx = ctx, .subject = subject, .a = a, .report = &report, .left_out = &left_out};
        int tlp = thing_rank(&subject->row->thing, "tlp");
        enum rc rc;

        if (!reading_may_tell(&r, tlp, subject->row->ref))
                return err_set(err, RC_DENIED, "%s is %s, above the ceiling %s", subject->row->ref,
                               tlp_name((enum tlp)tlp), tlp_name((enum tlp)ctx->ceiling));
        read_head(&r);
        read_first(&r);
        read_description(&r);
        read_facts(&r, "facts", "Facts", false);
        read_facts(&r, "reach", "Sectors, States and other groups", true);
        read_clocks(&r);
        rc = read_entries(&r, err);
        if (rc != RC_OK)
                return rc;
        read_open(&r);
        read_related(&r);
        read_sources(&r);
        if (left_out.count) {
                left_out.title = arena_printf(a, "Left out: %zu above %s", left_out.count,
                                              tlp_name((enum tlp)ctx->ceiling));
                report.sections[report.section_count++] = left_out;
        }
        *ret = report;
        return RC_OK;
}
