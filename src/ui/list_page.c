/*
 * The window of a list: full rows around its top, and the cursor that moves in it.
 */
#include "ui/list.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "model/item.h"
#include "ui_private.h"

#define PAGE_SPARE    2 /* pages fetched while no key waits: moving by a row seldom asks the store */
#define JUMP          4  /* a window that must move does so by this part of itself: see below */
#define REF_WIDTH_MAX 18 /* CERT-LT TEAM-0001b */
#define NAMES_MAX     256

const struct row *list_row_at(const struct list *l, size_t position)
{
        if (position < l->page_first || position >= l->page_first + l->page_count)
                return NULL;
        return &l->page[position - l->page_first];
}

static void note_ref_width(struct list *l)
{
        for (size_t i = 0; i < l->page_count; i++) {
                int w = l->page[i].ref ? (int)text_width(l->page[i].ref) : 0;
                if (w > l->ref_width)
                        l->ref_width = w < REF_WIDTH_MAX ? w : REF_WIDTH_MAX;
        }
}

static bool has_name(const struct list *l, const char *id)
{
        for (size_t i = 0; i < l->name_count; i++)
                if (strcmp(l->names[i].id, id) == 0)
                        return true;
        return false;
}

static void name_thing(struct list *l, const char *id)
{
        struct row row;
        if (l->name_count < NAMES_MAX && !has_name(l, id) &&
            thing_by_id(ui_ops(l->ui)->store, id, &l->page_arena, &row, NULL) == RC_OK)
                l->names[l->name_count++] =
                        (struct ref_name){.id = id,
                                          .ref = ops_ref_of(ui_ops(l->ui), &row),
                                          .tlp = thing_rank(&row.thing, "tlp")};
}

static void name_things(struct list *l, const struct field *f, const struct value *v)
{
        if (f->type == FIELD_REF && v->text && v->text[0])
                name_thing(l, v->text);
        for (size_t i = 0; f->type == FIELD_REFS && i < v->count; i++)
                name_thing(l, v->items[i]);
        for (size_t i = 0; f->type == FIELD_WORDS && i < v->count; i++) {
                const char *who = item_who(f, v->items[i]);
                if (who)
                        name_thing(l, who);
        }
}

/* The references of what the page's rows are about, so that painting asks nobody. */
static void name_page(struct list *l)
{
        l->names = arena_array(&l->page_arena, NAMES_MAX, sizeof(*l->names));
        l->name_count = 0;
        for (size_t i = 0; i < l->page_count; i++)
                for (size_t k = 0; k < l->kind->field_count; k++)
                        name_things(l, &l->kind->fields[k], &l->page[i].thing.values[k]);
}

enum rc list_fetch_page(struct list *l, struct err *err)
{
        size_t rows = (size_t)l->rows, spare = ui_at_key(l->ui) ? 1 : PAGE_SPARE;
        size_t above = (spare - 1) * rows / 2, first = l->top > above ? l->top - above : 0;
        struct arena a;
        arena_init(&a);
        struct row *page = NULL;
        size_t count = 0;
        enum rc rc = query_page(l->query, first, rows * spare, &a, &page, &count, err);
        if (rc != RC_OK) {
                arena_finish(&a);
                return rc;
        }
        arena_finish(&l->page_arena);
        l->page_arena = a;
        l->page = page;
        l->page_first = first;
        l->page_count = count;
        l->generation++;
        note_ref_width(l);
        name_page(l);
        return RC_OK;
}

static bool same_text(const char *a, const char *b)
{
        return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_names(const struct list *l, const struct ref_name *was, size_t count)
{
        bool same = count == l->name_count;
        for (size_t i = 0; same && i < count; i++)
                same = strcmp(was[i].id, l->names[i].id) == 0 &&
                       same_text(was[i].ref, l->names[i].ref) && was[i].tlp == l->names[i].tlp;
        return same;
}

/* The other rows stand as they were painted, unless what they name is called otherwise now. */
enum rc list_fetch_acted(struct list *l)
{
        const struct marks *which = l->acted.count ? &l->acted : &l->keep;
        const struct ref_name *names = l->names;
        size_t name_count = l->name_count;
        int width = l->ref_width;
        enum rc rc = RC_OK;
        for (size_t i = 0; rc == RC_OK && i < l->page_count; i++) {
                if (!marks_has(which, l->page[i].rid))
                        continue;
                rc = query_row(l->query, l->page_first + i, &l->page_arena, &l->page[i], NULL);
                row_cache_drop(l->painted, l->page_first + i);
        }
        note_ref_width(l);
        name_page(l);
        if (l->ref_width != width || !same_names(l, names, name_count))
                l->generation++;
        return rc;
}

/* The next jump leaves what was fetched: time to fetch, before a key asks. */
bool list_wants_page(const struct list *l)
{
        size_t jump = (size_t)l->rows / JUMP + 1, end = l->page_first + l->page_count;
        if (!l->query || !l->page_count)
                return false;
        return (l->page_first && l->top < l->page_first + jump) ||
               (end < query_known(l->query) && l->top + (size_t)l->rows + jump > end);
}

enum rc list_need_page(struct list *l, struct err *err)
{
        size_t known = query_known(l->query);
        size_t last = l->top + (size_t)l->rows;
        if (last > known)
                last = known;
        if (!known || (list_row_at(l, l->top) && list_row_at(l, last - 1)))
                return RC_OK;
        return list_fetch_page(l, err);
}

/* The window moves by several rows at once: beside a detail no terminal can scroll, so each move is
 * a picture of all rows, and what comes next is in sight. */
void list_settle(struct list *l)
{
        size_t known = l->query ? query_known(l->query) : 0;
        size_t rows = (size_t)l->rows;
        if (!known) {
                l->at = l->top = 0;
                l->at_rid = 0;
                return;
        }
        if (l->at >= known)
                l->at = known - 1;
        size_t jump = rows / JUMP;
        if (l->at < l->top)
                l->top = l->at > jump ? l->at - jump : 0;
        if (l->at >= l->top + rows)
                l->top = l->at - rows + 1 + jump;
        if (query_is_done(l->query) && l->top + rows > known)
                l->top = known > rows ? known - rows : 0;
        l->at_rid = query_rid(l->query, l->at);
}

/* As far as a key may wait; then it is followed. */
static void reach_end(struct list *l)
{
        struct key_budget b;
        key_budget_begin(&b, l->ui);
        l->to_end = query_run(l->query, SIZE_MAX, NULL) == RC_BUSY;
        key_budget_end(&b);
        if (l->to_end)
                list_leave_rest(l);
}

void list_follow_end(struct list *l)
{
        if (!l->to_end)
                return;
        l->at = query_known(l->query);
        list_settle(l);
        list_need_page(l, NULL);
        l->to_end = !query_is_done(l->query);
        ui_dirty(l->ui);
}

static void reach(struct list *l, size_t position)
{
        size_t ahead = PAGE_SPARE * (size_t)l->rows;
        if (query_is_done(l->query))
                return;
        if (position >= SIZE_MAX - ahead)
                reach_end(l);
        else if (position + (size_t)l->rows >= query_known(l->query))
                query_run(l->query, position + ahead, NULL);
}

void list_resize(struct list *l, int rows)
{
        if (rows < 1)
                rows = 1;
        if (rows == l->rows)
                return;
        l->rows = rows;
        if (!l->query)
                return;
        reach(l, l->top + (size_t)l->rows);
        list_settle(l);
        list_need_page(l, NULL);
}

/* ---- moving ---- */

void list_go(struct list *l, size_t position)
{
        if (!l->query)
                return;
        l->to_end = false;
        reach(l, position);
        l->at = position;
        list_settle(l);
        struct err err = {0};
        if (list_need_page(l, &err) != RC_OK && err.text[0])
                ui_notice(l->ui, NOTICE_FAIL, "%s", err.text);
        if (list_wants_page(l))
                list_leave_rest(l);
        ui_dirty(l->ui);
}

void list_move(struct list *l, long by)
{
        if (by < 0 && (size_t)-by > l->at)
                list_go(l, 0);
        else
                list_go(l, l->at + (size_t)by);
}

void list_move_to(struct list *l, long position)
{
        list_go(l, position == LONG_MAX ? SIZE_MAX : position < 0 ? 0 : (size_t)position);
}

bool list_go_to_id(struct list *l, const char *id)
{
        struct arena a;
        arena_init(&a);
        struct row row;
        size_t at;
        bool found = false;
        if (l->query && thing_by_id(ui_ops(l->ui)->store, id, &a, &row, NULL) == RC_OK &&
            row.thing.kind == l->kind) {
                found = query_position(l->query, row.rid, &at) == RC_OK;
                if (!found && query_run(l->query, SIZE_MAX, NULL) == RC_OK)
                        found = query_position(l->query, row.rid, &at) == RC_OK;
                if (found)
                        list_go(l, at);
        }
        arena_finish(&a);
        return found;
}

const struct row *list_current(const struct list *l)
{
        if (l->held)
                return l->held;
        return l->at_rid ? list_row_at(l, l->at) : NULL;
}

void list_hold(struct list *l, const struct row *row)
{
        l->held = row;
}

long list_position(const struct list *l)
{
        return (long)l->at;
}

int list_rows(const struct list *l)
{
        return l->rows;
}
