/*
 * What was done and said about an incident, oldest first: each entry once, decisions and notes in
 * sections of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/when.h"

#include "report_private.h"

#define PAGE        200
#define ENTRIES_MAX 20000
#define LATE_MS     60000 /* an entry recorded later than this is said to be late */

/* Which entries stand where; the last row takes all that no other does. */
static const struct place {
        const char *key, *title, *none;
        const char *verbs[3];
} places[] = {
        {"timeline", "Timeline", "Nothing was done yet.", {NULL}},
        {"decisions", "Decisions", NULL, {"decide", "decision"}},
        {"notes", "Notes", NULL, {"note", "correct"}},
};

struct entries {
        struct row *rows; /* newest first */
        size_t count, cap;
        bool cut; /* there are more */
};

static enum rc read_rows(struct reading *r, struct entries *e, struct err *err)
{
        const struct report_context *c = r->ctx;
        int64_t before = 0;
        size_t count = PAGE;

        while (count == PAGE && e->count < ENTRIES_MAX) {
                struct row *rows = NULL;
                enum rc rc = thing_log(c->store, r->subject->row->thing.id, before, PAGE, r->a,
                                       &rows, &count, err);

                if (rc != RC_OK)
                        return rc;
                if (e->count + count > e->cap) {
                        e->cap = 2 * e->cap + PAGE;
                        e->rows = xreallocarray(e->rows, e->cap, sizeof(*e->rows));
                }
                for (size_t i = 0; i < count; i++)
                        if (c->at_ms == CLOCK_NONE ||
                            thing_ms(&rows[i].thing, "recorded") <= c->at_ms)
                                e->rows[e->count++] = rows[i];
                before = count ? rows[count - 1].rid : 0;
        }
        e->cut = count == PAGE;
        return RC_OK;
}

/* A note of others names no verb. */
static size_t place_of(const struct row *row)
{
        const char *verb = thing_text(&row->thing, "verb");

        if (!verb || !*verb)
                return ARRAY_LEN(places) - 1;
        for (size_t i = 0; i < ARRAY_LEN(places); i++)
                for (size_t k = 0; k < ARRAY_LEN(places[i].verbs) && places[i].verbs[k]; k++)
                        if (strcmp(places[i].verbs[k], verb) == 0)
                                return i;
        return 0;
}

static const char *remark_on(struct reading *r, const char *id)
{
        const struct folded *f = r->subject->folded;

        for (size_t i = 0; i < f->log_count; i++) {
                const struct fold_entry *e = &f->log[i];
                const char *corrects = act_detail(e->act, "corrects");

                if (e->applied && e->act->undoes && strcmp(e->act->undoes, id) == 0)
                        return "undone";
                if (e->applied && corrects && strcmp(corrects, id) == 0)
                        return arena_printf(r->a, "corrected by %s below", e->act->operator);
                if (!e->applied && strcmp(e->act->id, id) == 0)
                        return arena_printf(r->a, "not applied: %s", e->why_not);
        }
        return NULL;
}

static const char *text_of(struct reading *r, const struct row *row)
{
        const char *text = thing_text(&row->thing, "text");
        const char *reason = thing_text(&row->thing, "reason");

        if (!text || !*text)
                text = "(no text)";
        if (!reason || !*reason || strstr(text, reason))
                return text;
        return arena_printf(r->a, "%s; reason: %s", text, reason);
}

static const char *who_of(struct reading *r, const struct row *row)
{
        const char *who = thing_text(&row->thing, "operator");
        const char *role = thing_text(&row->thing, "role");
        const char *source = thing_text(&row->thing, "source");

        if (!who || !*who)
                who = source && *source ? source : "unknown";
        else if (row->flags & MARK_FOREIGN && source && *source)
                who = arena_printf(r->a, "%s of %s", who, source);
        return role && *role ? arena_printf(r->a, "%s (%s)", who, role) : who;
}

static void add_entry(struct reading *r, struct report_section *s, const struct row *row)
{
        int64_t occurred = thing_ms(&row->thing, "occurred");
        int64_t recorded = thing_ms(&row->thing, "recorded");
        struct report_item *item = item_add(r, s, who_of(r, row), text_of(r, row));

        item->entry = row;
        item->when = reading_stamp(r, occurred);
        item->remark = remark_on(r, row->thing.id);
        if (recorded != CLOCK_NONE && occurred != CLOCK_NONE && recorded - occurred >= LATE_MS) {
                char late[WHEN_BYTES];

                when_age(recorded - occurred, late);
                item->recorded = arena_printf(r->a, "recorded %s, %s late",
                                              reading_stamp(r, recorded), late);
        }
}

/* "LOG-0012", else the time, which is what people call an entry by. */
static const char *name_of(struct reading *r, const struct row *row)
{
        if (row->ref && *row->ref)
                return row->ref;
        return arena_printf(r->a, "the entry of %s",
                            reading_stamp(r, thing_ms(&row->thing, "occurred")));
}

enum rc read_entries(struct reading *r, struct err *err)
{
        struct report_section *sections[ARRAY_LEN(places)];
        struct entries e = {0};
        enum rc rc = read_rows(r, &e, err);

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(places); i++)
                sections[i] = section_add(r, places[i].key, places[i].title, places[i].none);
        for (size_t i = e.count; rc == RC_OK && i-- > 0;) {
                struct row *row = arena_alloc(r->a, sizeof(*row));

                *row = e.rows[i];
                if (reading_may_tell(r, thing_rank(&row->thing, "tlp"), name_of(r, row)))
                        add_entry(r, sections[place_of(row)], row);
        }
        if (rc == RC_OK && e.cut)
                item_add(r, sections[0], NULL,
                         arena_printf(r->a,
                                      "Older entries than the newest %zu are not in this "
                                      "report.",
                                      e.count));
        free(e.rows);
        return rc;
}
