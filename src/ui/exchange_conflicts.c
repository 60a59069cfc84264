/*
 * The conflicts of the view Exchange: read in slices, one line for each field; and what can be
 * taken of the one under the cursor.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ui/columns.h"
#include "ui/exchange_view.h"
#include "ui/ui.h"

#define THINGS_MAX 50

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

/* ---- reading ---- */

static void drop(struct conflicts_read *r)
{
        query_close(r->query);
        arena_finish(&r->arena);
        *r = (struct conflicts_read){0};
}

static void begin(struct exchange *x)
{
        struct conflicts_read *r = &x->reading;
        drop(r);
        r->rows = arena_array(&r->arena, THINGS_MAX, sizeof(*r->rows));
        r->things = arena_array(&r->arena, THINGS_MAX, sizeof(*r->things));
        r->booked = arena_array(&r->arena, THINGS_MAX, sizeof(*r->booked));
        x->reads = true;
}

static enum rc open_kind(struct view *v, const struct kind *kind, struct err *err)
{
        struct conflicts_read *r = &state_of(v)->reading;
        const struct ops *ops = ui_ops(v->ui);
        const struct filter_context ctx = {
                .kind = kind, .values = {.words = ops->words, .now_ms = ui_now_ms(v->ui)}};
        struct filter filter;
        enum rc rc = filter_read("is:conflict", &ctx, &r->arena, &filter, NULL, err);
        return rc == RC_OK ? query_open(ops->store, &filter, NULL, 0, &r->query, err) : rc;
}

static enum rc read_kind(struct conflicts_read *r, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0, room = THINGS_MAX - r->row_count;
        enum rc rc = query_run(r->query, SIZE_MAX, err);
        if (rc != RC_OK)
                return rc;
        if (room)
                rc = query_page(r->query, 0, room, &r->arena, &rows, &count, err);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                r->rows[r->row_count++] = rows[i];
        r->total += query_known(r->query);
        query_close(r->query);
        r->query = NULL;
        return rc;
}

/* Entries of the log and clocks say what was; nobody says otherwise. */
static bool can_conflict(const struct kind *kind)
{
        return kind != &kind_log && kind != &kind_clock;
}

static enum rc read_rows(struct view *v, struct err *err)
{
        struct conflicts_read *r = &state_of(v)->reading;
        const struct kind *kind;
        enum rc rc = RC_OK;
        for (; rc == RC_OK && (kind = kind_at(r->kind)); r->kind += rc == RC_OK) {
                if (!can_conflict(kind))
                        continue;
                if (!r->query)
                        rc = open_kind(v, kind, err);
                if (rc == RC_OK)
                        rc = read_kind(r, err);
        }
        return rc;
}

/* Goes on where a key interrupted it. */
static enum rc go_on(struct view *v, struct err *err)
{
        struct conflicts_read *r = &state_of(v)->reading;
        enum rc rc = read_rows(v, err);
        for (; rc == RC_OK && r->count < r->row_count; r->count += rc == RC_OK) {
                const char *id = r->rows[r->count].thing.id;
                rc = ops_conflicts(ui_ops(v->ui), id, &r->arena, &r->things[r->count], err);
                if (rc == RC_OK)
                        rc = ops_overlaps(ui_ops(v->ui), id, &r->arena, &r->booked[r->count], err);
                if (rc == RC_NOTFOUND) /* gone since it was counted: it has none */
                        rc = RC_OK;
        }
        return rc;
}

enum rc conflicts_load(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        enum rc rc = RC_OK;
        if (!v->loaded || v->stale & (CONFLICT_TOPICS | TOPIC_LOG))
                begin(x);
        if (!x->reads)
                return rc;
        rc = go_on(v, err);
        if (rc != RC_OK)
                return rc;
        drop(&x->shown);
        x->shown = x->reading;
        x->reading = (struct conflicts_read){0};
        x->reads = false;
        x->counted = true;
        return RC_OK;
}

void conflicts_finish(struct exchange *x)
{
        drop(&x->shown);
        drop(&x->reading);
        for (size_t i = 0; i < x->mark_count; i++)
                free(x->marks[i]);
        free(x->marks);
}

/* ---- items ---- */

const char *conflict_key(const struct exchange_item *item, struct arena *a)
{
        const char *member = item->c->heads->item;
        return arena_printf(a, "%s %s %s", item->id, item->c->field->name, member ? member : "");
}

bool conflict_is_same(const struct exchange_item *item, const char *key)
{
        CLEANUP(arena_finish) struct arena a = {0};
        return item->c && strcmp(conflict_key(item, &a), key) == 0;
}

static bool is_marked(const struct exchange *x, const struct exchange_item *item)
{
        for (size_t i = 0; i < x->mark_count; i++)
                if (conflict_is_same(item, x->marks[i]))
                        return true;
        return false;
}

static void add_one(struct exchange *x, const struct conflicts *of, const struct conflict *c)
{
        struct exchange_item *item = exchange_add_item(x, SECTION_CONFLICTS);
        item->of = of;
        item->c = c;
        item->id = item->incident = of->row.thing.id;
        item->ref = of->row.ref;
        item->text = thing_text(&of->row.thing, of->row.thing.kind->title);
        item->marked = is_marked(x, item);
}

void conflicts_add(struct exchange *x)
{
        for (size_t i = 0; i < x->shown.count; i++)
                for (size_t k = 0; k < x->shown.things[i].count; k++)
                        add_one(x, &x->shown.things[i], &x->shown.things[i].items[k]);
}

static size_t count_marked(const struct exchange *x)
{
        size_t n = 0;
        for (size_t i = 0; i < x->item_count; i++)
                n += x->items[i].marked;
        return n;
}

const char *conflicts_summary(const struct exchange *x, struct arena *a)
{
        size_t count = 0, marked = count_marked(x);
        const char *said;
        if (!x->counted)
                return "counting";
        for (size_t i = 0; i < x->shown.count; i++)
                count += x->shown.things[i].count;
        if (!count)
                return "none";
        said = x->shown.total > x->shown.count
                       ? arena_printf(a, "to settle in %zu things", x->shown.total)
                       : arena_printf(a, "%zu to settle", count);
        return marked ? arena_printf(a, "%s, %zu marked", said, marked) : said;
}

/* ---- what can be taken ---- */

static bool is_said(const struct conflict *c, const char *value)
{
        for (size_t i = 0; i < c->count; i++)
                if (strcmp(c->words[i].value ? c->words[i].value : "", value ? value : "") == 0)
                        return true;
        return false;
}

static bool has_before(const struct conflict *c)
{
        bool can_be = c->before || !(c->field->flags & FIELD_NEEDED);
        return can_be && !is_said(c, c->before);
}

size_t choice_count(const struct conflict *c)
{
        return c->count + has_before(c);
}

struct choice_of choice_at(const struct conflict *c, size_t i)
{
        if (i < c->count)
                return (struct choice_of){c->words[i].value, &c->words[i]};
        return (struct choice_of){c->before, NULL};
}

size_t choice_in_force(const struct conflict *c)
{
        size_t i = c->count - 1;
        while (i > 0 && !c->words[i].in_force)
                i--;
        return c->words[i].in_force ? i : c->count - 1;
}

size_t choice_now(const struct exchange *x, const struct conflict *c)
{
        if (strcmp(x->chosen, CHOSEN_BEFORE) == 0 && has_before(c))
                return c->count;
        for (size_t i = 0; i < c->count; i++)
                if (strcmp(c->words[i].act->id, x->chosen) == 0)
                        return i;
        return choice_in_force(c);
}

static bool any_ours(const struct conflict *c)
{
        for (size_t i = 0; i < c->count; i++)
                if (c->words[i].ours)
                        return true;
        return false;
}

const char *choice_name(const struct conflict *c, size_t i)
{
        if (i >= c->count)
                return "BEFORE";
        if (any_ours(c))
                return c->words[i].ours ? "OURS" : "THEIRS";
        return i + 1 == c->count ? "LATER" : "EARLIER";
}

/* A value of its field, or a member, as a list shows it. */
static const char *show(const struct exchange_item *item, const char *value, struct ui *ui,
                        struct arena *a)
{
        const struct row_style style = {.words = ui_ops(ui)->words, .now_ms = ui_now_ms(ui)};
        const struct field *f = item->c->field;
        struct row row = {0};
        if (!value || !*value)
                return "-";
        thing_init(&row.thing, item->of->row.thing.kind, item->id);
        if (field_is_set(f))
                thing_set_items(&row.thing, f->name, &value, 1, a);
        else
                thing_set(&row.thing, f->name, value);
        return field_text(f, &row, &style, a);
}

const char *conflict_value(const struct exchange_item *item, const char *value, struct ui *ui,
                           struct arena *a)
{
        if (item->c->heads->item)
                return value ? "put in" : "taken out";
        return show(item, value, ui, a);
}

const char *conflict_field(const struct exchange_item *item, struct ui *ui, struct arena *a)
{
        const char *member = item->c->heads->item;
        return member ? arena_printf(a, "%s %s", item->c->field->label, show(item, member, ui, a))
                      : item->c->field->label;
}
