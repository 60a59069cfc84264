/*
 * What the tabs say of a part: events, impacts, tasks, opinions, reports, each a function that
 * picks when, state, title and facts.
 */
#include <string.h>

#include "base/clock.h"
#include "model/part.h"
#include "model/words.h"
#include "ui/columns.h"
#include "ui/detail_parts.h"

/* ---- parts of an entry -------------------------------------------------------------------------
 */

static void add_fact(struct detail_entry *e, const char *label, const char *value)
{
        if (value && *value && e->fact_count < DETAIL_FACTS_MAX)
                e->facts[e->fact_count++] = (struct detail_fact){label, value};
}

static const char *text_of(const struct thing *part, const char *field)
{
        const char *text = thing_text(part, field);
        return text ? text : "";
}

/* As the word lists spell it. */
static const char *words_of(const struct detail_draw *d, const struct thing *part, const char *name,
                            struct arena *a)
{
        const struct field *field = field_find(part->kind, name);
        const struct value *v = thing_value(part, name);
        const struct words *words = ui_ops(d->ui)->words;
        if (!field_is_set(field)) {
                const char *id = v->text ? v->text : "";
                return *id && field->words ? word_label(words, field->words, id) : id;
        }
        return words_labels(words, field->words, v, ", ", a);
}

static void add_words(const struct detail_draw *d, const struct thing *part, const char *field,
                      struct arena *a, struct detail_entry *e)
{
        add_fact(e, field_find(part->kind, field)->label, words_of(d, part, field, a));
}

static const char *end_of(const struct detail_draw *d, const struct thing *part, struct arena *a)
{
        return detail_when(d, thing_ms(part, "end"), thing_text(part, "end_fidelity"), a);
}

static const char *start_of(const struct detail_draw *d, const struct thing *part, struct arena *a)
{
        return detail_when(d, thing_ms(part, "start"), thing_text(part, "start_fidelity"), a);
}

/* What is said already as the title is not said again. */
static const char *rest_of_text(const struct thing *part, const char *title)
{
        const char *text = text_of(part, "description");
        size_t len = strlen(title);
        if (strncmp(text, title, len) != 0)
                return text;
        return text[len] == '\n' ? text + len + 1 : text[len] ? text : "";
}

/* How a state is shown; the row without an id is for all others. */
struct state_row {
        const char *id;
        size_t group;
        enum glyph glyph;
        enum role ink;
};

static void set_state(const struct detail_draw *d, const struct thing *part, const char *field,
                      const struct state_row *rows, struct arena *a, struct detail_entry *e)
{
        const char *id = text_of(part, field);
        while (rows->id && strcmp(rows->id, id) != 0)
                rows++;
        e->state = *id ? words_of(d, part, field, a) : "not said";
        e->glyph = rows->glyph;
        e->ink = rows->ink;
        e->group = rows->group;
}

/* ---- events ------------------------------------------------------------------------------------
 */

static void say_event(const struct detail_draw *d, const struct thing *part, struct arena *a,
                      struct detail_entry *e)
{
        static const struct state_row states[] = {
                {"ongoing", 0, GLYPH_UNDERWAY, ROLE_ACCENT}, {"occurred", 0, GLYPH_DONE, ROLE_TEXT},
                {"occured", 0, GLYPH_DONE, ROLE_TEXT},       {"pending", 0, GLYPH_TODO, ROLE_TEXT},
                {NULL, 0, GLYPH_COUNT, ROLE_MUTED},
        };
        set_state(d, part, "status", states, a, e);
        e->when = start_of(d, part, a);
        e->title = part_title(part, a);
        if (thing_ms(part, "end") != thing_ms(part, "start"))
                add_fact(e, "until", end_of(d, part, a));
        add_words(d, part, "types", a, e);
        add_fact(e, "goal", text_of(part, "goal"));
        add_fact(e, "by", text_of(part, "source"));
        e->text = rest_of_text(part, e->title);
}

struct detail_extent detail_draw_events(const struct detail_draw *d, struct canvas *c,
                                        struct rect r)
{
        static const struct detail_list list = {.kind = &part_event, .say = say_event};
        return detail_draw_list(d, &list, c, r);
}

/* ---- impacts -----------------------------------------------------------------------------------
 */

static void say_impact(const struct detail_draw *d, const struct thing *part, struct arena *a,
                       struct detail_entry *e)
{
        int severity = thing_rank(part, "severity");
        const char *criticality = text_of(part, "criticality");
        const char *category = words_of(d, part, "category", a);
        e->when = start_of(d, part, a);
        if (severity >= 0) {
                e->glyph = severity_glyph(severity);
                e->ink = severity_role(severity);
                e->state = enum_at(&enum_severity, severity)->label;
        }
        e->title = *category ? category : "(no category)";
        add_fact(e, "until", end_of(d, part, a));
        if (*criticality)
                add_fact(e, "criticality", arena_printf(a, "%s of 100", criticality));
        add_words(d, part, "recoverability", a, e);
        add_fact(e, "", text_of(part, "superseded_by")[0] ? "taken over by a later one" : "");
        add_fact(e, "hits", text_of(part, "impacted"));
        add_fact(e, "counted", text_of(part, "counts"));
        add_fact(e, "", text_of(part, "details"));
        add_fact(e, "by", text_of(part, "source"));
        e->text = text_of(part, "description");
}

struct detail_extent detail_draw_impacts(const struct detail_draw *d, struct canvas *c,
                                         struct rect r)
{
        static const struct detail_list list = {.kind = &part_impact, .say = say_impact};
        return detail_draw_list(d, &list, c, r);
}

/* ---- tasks -------------------------------------------------------------------------------------
 */

enum task_group { TASK_UNDERWAY, TASK_TODO, TASK_DONE, TASK_UNKNOWN, TASK_GROUPS };

/* What is open stands under when it is due, what is done under when it was. */
static void set_task_time(const struct detail_draw *d, const struct thing *part, struct arena *a,
                          struct detail_entry *e)
{
        int64_t due = thing_ms(part, "due");
        const char *end = end_of(d, part, a);
        if (e->group == TASK_DONE) {
                e->when = *end ? end : start_of(d, part, a);
                return;
        }
        if (due == CLOCK_NONE) {
                add_fact(e, "began", start_of(d, part, a));
                add_fact(e, "until", end);
                return;
        }
        bool late = due < ui_now_ms(d->ui);
        e->when = arena_printf(a, "%s %s", late ? "late" : "due", detail_when(d, due, NULL, a));
        e->when_ink = late ? ROLE_ALARM : ROLE_MUTED;
        add_fact(e, "began", start_of(d, part, a));
}

static void say_task(const struct detail_draw *d, const struct thing *part, struct arena *a,
                     struct detail_entry *e)
{
        static const struct state_row states[] = {
                {"ongoing", TASK_UNDERWAY, GLYPH_UNDERWAY, ROLE_ACCENT},
                {"pending", TASK_TODO, GLYPH_TODO, ROLE_TEXT},
                {"successful", TASK_DONE, GLYPH_DONE, ROLE_OK},
                {"failed", TASK_DONE, GLYPH_FAILS, ROLE_WARN},
                {"cancelled", TASK_DONE, GLYPH_COUNT, ROLE_FAINT},
                {NULL, TASK_UNKNOWN, GLYPH_COUNT, ROLE_MUTED},
        };
        set_state(d, part, "outcome", states, a, e);
        set_task_time(d, part, a, e);
        e->title = part_title(part, a);
        add_fact(e, "owner", text_of(part, "owner"));
        add_fact(e, "done by", text_of(part, "performer"));
        add_fact(e, "error", text_of(part, "error"));
        add_words(d, part, "types", a, e);
        add_fact(e, "priority", text_of(part, "priority"));
        add_fact(e, "by", text_of(part, "source"));
        e->text = rest_of_text(part, e->title);
}

struct detail_extent detail_draw_tasks(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        static const char *const groups[TASK_GROUPS] = {"Under way", "To do", "Done",
                                                        "How far is not said"};
        static const struct detail_list list = {
                .kind = &part_task, .groups = groups, .group_count = TASK_GROUPS, .say = say_task};
        return detail_draw_list(d, &list, c, r);
}

/* ---- opinions ----------------------------------------------------------------------------------
 */

static void say_opinion(const struct detail_draw *d, const struct thing *part, struct arena *a,
                        struct detail_entry *e)
{
        static const struct state_row states[] = {
                {"strongly-disagree", 0, GLYPH_FAILS, ROLE_WARN},
                {"disagree", 0, GLYPH_FAILS, ROLE_WARN},
                {"agree", 0, GLYPH_DONE, ROLE_OK},
                {"strongly-agree", 0, GLYPH_DONE, ROLE_OK},
                {NULL, 0, GLYPH_COUNT, ROLE_MUTED},
        };
        const char *authors = words_of(d, part, "authors", a), *source = text_of(part, "source");
        set_state(d, part, "opinion", states, a, e);
        e->when = detail_when(d, part_ms(part), NULL, a);
        if (*authors && *source)
                e->title = arena_printf(a, "%s, %s", authors, source);
        else
                e->title = *authors ? authors : *source ? source : "(nobody is named)";
        e->text = text_of(part, "explanation");
}

struct detail_extent detail_draw_opinions(const struct detail_draw *d, struct canvas *c,
                                          struct rect r)
{
        static const struct detail_list list = {.kind = &part_opinion, .say = say_opinion};
        return detail_draw_list(d, &list, c, r);
}

/* ---- reports -----------------------------------------------------------------------------------
 */

static void say_report(const struct detail_draw *d, const struct thing *part, struct arena *a,
                       struct detail_entry *e)
{
        e->when = detail_when(d, part_ms(part), NULL, a);
        e->state = text_of(part, "form");
        e->title = part_title(part, a);
        add_words(d, part, "context", a, e);
        add_words(d, part, "types", a, e);
        add_fact(e, "by", text_of(part, "source"));
        e->text = rest_of_text(part, e->title);
}

struct detail_extent detail_draw_reports(const struct detail_draw *d, struct canvas *c,
                                         struct rect r)
{
        static const struct detail_list list = {.kind = &part_report, .say = say_report};
        return detail_draw_list(d, &list, c, r);
}
