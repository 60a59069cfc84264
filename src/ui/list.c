#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#include "ui_private.h"

#define CHASE_ROWS  20000 /* looked through in one go for the thing under the cursor */
#define FOLLOW_ROWS 2000  /* the same for a filter that is being typed */

struct filter_context list_filter_context(const struct list *l)
{
        const struct ops *ops = ui_ops(l->ui);
        return (struct filter_context){
                .kind = l->kind,
                .values = {.words = ops->words,
                           .now_ms = ui_now_ms(l->ui),
                           .me = ops->operator,
                           .resolve = ops_resolve_value,
                           .resolve_ctx = ui_ops(l->ui)},
        };
}

static enum rc read_filter(struct list *l, const char *line, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter filter;
        struct filter_context ctx = list_filter_context(l);
        enum rc rc = filter_read(line, &ctx, &a, &filter, NULL, err);
        if (rc != RC_OK)
                return rc;
        struct arena old = l->filter_arena;
        l->filter_arena = a;
        l->filter = filter;
        a = old;
        return RC_OK;
}

struct list *list_create(struct ui *ui, const struct list_setup *setup)
{
        struct list *l = xcalloc(1, sizeof(*l));
        l->ui = ui;
        l->kind = setup->kind;
        l->columns = *setup->columns;
        l->hint = xstrdup(setup->hint);
        l->noun = xstrdup(setup->noun);
        l->plural = xstrdup(setup->plural);
        l->term = setup->term;
        l->said = setup->said;
        l->rows = 10;
        l->ref_width = 8;
        arena_init(&l->filter_arena);
        arena_init(&l->page_arena);
        l->painted = row_cache_create();
        l->line = xstrdup(setup->filter);
        if (read_filter(l, l->line, NULL) != RC_OK) {
                l->line[0] = '\0';
                read_filter(l, "", NULL);
        }
        l->look_again = true;
        return l;
}

void list_destroy(struct list *l)
{
        if (!l)
                return;
        query_close(l->query);
        query_close(l->next);
        marks_finish(&l->keep);
        marks_finish(&l->acted);
        marks_finish(&l->marked);
        arena_finish(&l->filter_arena);
        arena_finish(&l->page_arena);
        row_cache_destroy(l->painted);
        free(l->line);
        free(l->hint);
        free(l->noun);
        free(l->plural);
        free(l);
}

const char *list_filter(const struct list *l)
{
        return l->line;
}

const struct kind *list_kind(const struct list *l)
{
        return l->kind;
}

const char *list_noun(const struct list *l, size_t count)
{
        return count == 1 ? l->noun : l->plural;
}

struct ui *list_ui(const struct list *l)
{
        return l->ui;
}

int list_sort(const struct list *l, bool *ret_down)
{
        *ret_down = l->filter.sort_down;
        return l->filter.sort_field;
}

struct columns *list_columns(struct list *l)
{
        return &l->columns;
}

void list_columns_changed(struct list *l)
{
        l->generation++;
        ui_dirty(l->ui);
}

long list_count(const struct list *l, bool *ret_exact)
{
        const struct query *q = l->next && l->other_rows ? l->next : l->query;
        size_t all = 0;
        *ret_exact = q && query_count(q, &all);
        return *ret_exact ? (long)all : q ? (long)query_known(q) : 0;
}

void list_badge(const struct list *l, struct view_badge *ret)
{
        bool exact;
        ret->count = list_count(l, &exact);
        ret->more = !exact;
        ret->unacked = (long)l->unacked;
        ret->conflicts = (long)l->conflicts;
}

/* ---- loading ---- */

static void count_all(struct list *l)
{
        struct store *s = ui_ops(l->ui)->store;
        query_total(s, l->kind, &l->total, NULL);
        query_count_unacked(s, l->kind, ui_now_ms(l->ui), &l->unacked, NULL);
        query_count_marks(s, l->kind, MARK_CONFLICT, &l->conflicts, NULL);
        list_count_hidden(l);
        saved_tabs_read(l);
}

/* The cursor stays on its thing, and the thing on its line of the screen; at the top of the list
 * what comes in above it is shown, as far as it fits. */
static void place_cursor(struct list *l)
{
        size_t line = l->at - l->top, at;
        if (l->at_rid && query_position(l->query, l->at_rid, &at) == RC_OK) {
                bool at_top = l->top == 0 && at < (size_t)l->rows;
                l->at = at;
                l->top = at_top || at < line ? 0 : at - line;
        } else if (l->other_rows) {
                l->at = l->top = 0;
        }
        list_settle(l);
}

/* The page of the new scan. What is looked at again because others wrote yields to a key: then all
 * stays as it was. */
static enum rc fetch_over(struct list *l, struct query *old, struct err *err)
{
        size_t at = l->at, top = l->top;
        int64_t at_rid = l->at_rid;
        l->query = TAKE(l->next);
        place_cursor(l);
        query_let_pages_yield(l->query, old && !l->other_rows);
        enum rc rc = list_fetch_page(l, err);
        query_let_pages_yield(l->query, false);
        if (rc != RC_BUSY)
                return rc;
        l->next = l->query;
        l->query = old;
        l->at = at;
        l->top = top;
        l->at_rid = at_rid;
        return rc;
}

/* The new scan takes the old one's place. */
static enum rc take_over(struct list *l, struct err *err)
{
        struct list_seen *seen = list_remember(l);
        struct query *old = l->query;
        enum rc rc = fetch_over(l, old, err);
        if (rc == RC_OK && old && !l->other_rows)
                list_tell_news(l, seen, old);
        free(seen);
        if (rc == RC_BUSY)
                return rc;
        query_close(old);
        l->other_rows = false;
        count_all(l);
        ui_dirty(l->ui);
        return rc;
}

static bool found_cursor(const struct list *l)
{
        size_t at;
        return !l->at_rid || query_is_done(l->next) ||
               query_position(l->next, l->at_rid, &at) == RC_OK;
}

static enum rc scan_next(struct list *l, struct err *err)
{
        size_t first = (l->other_rows ? 0 : l->top) + 2 * (size_t)l->rows + 1;
        size_t more = l->other_rows ? FOLLOW_ROWS : CHASE_ROWS;
        size_t known = query_known(l->next);
        enum rc rc = query_run(l->next, known > first ? known + more : first, err);
        if (rc == RC_OK && !found_cursor(l))
                rc = query_run(l->next, query_known(l->next) + more, err);
        if (rc != RC_OK && rc != RC_BUSY)
                return rc;
        bool shows_enough = rc == RC_OK && (l->other_rows || found_cursor(l));
        bool shows_some = (l->other_rows || !l->query) && query_known(l->next);
        return shows_enough || shows_some ? take_over(l, err) : RC_BUSY;
}

/* What is on the screen as it is now, unless a key waits. */
static void refetch(struct list *l)
{
        query_let_pages_yield(l->query, true);
        list_fetch_page(l, NULL);
        query_let_pages_yield(l->query, false);
}

/* Looks again. What is on the screen is read anew even where the scan takes longer. */
static enum rc open_next(struct list *l, struct err *err)
{
        query_close(l->next);
        l->next = NULL;
        read_filter(l, l->line, NULL); /* what it compares with now goes on */
        enum rc rc = query_open(ui_ops(l->ui)->store, &l->filter, l->keep.rids, l->keep.count,
                                &l->next, err);
        if (rc == RC_OK)
                l->look_again = false;
        return rc;
}

static enum rc load_next(struct list *l, struct err *err)
{
        bool fresh = l->look_again;
        enum rc rc = fresh ? open_next(l, err) : RC_OK;
        if (rc == RC_OK)
                rc = scan_next(l, err);
        if (rc == RC_BUSY && fresh && l->query && !l->other_rows)
                refetch(l);
        if (rc == RC_OK && !query_is_done(l->query))
                rc = RC_BUSY;
        return rc;
}

/* The rest of the rows; where their number is known already nothing of it is seen. */
static enum rc scan_on(struct list *l, struct err *err)
{
        size_t before = query_known(l->query), all;
        size_t window = l->top + (size_t)l->rows;
        bool counted = query_count(l->query, &all);
        enum rc rc = before < window ? RC_OK : query_find_count(l->query, err);
        if (!counted && query_count(l->query, &all)) {
                ui_dirty(l->ui);
                return RC_BUSY;
        }
        if (rc == RC_OK)
                rc = query_run(l->query, before < window ? window : SIZE_MAX, err);
        if (query_known(l->query) == before && rc != RC_OK)
                return rc;
        list_count_hidden(l);
        list_follow_end(l);
        if (!counted || l->marked.count)
                ui_dirty(l->ui);
        if (!counted || before < window) {
                list_settle(l);
                list_need_page(l, NULL);
                ui_dirty(l->ui);
        }
        return rc == RC_OK && !query_is_done(l->query) ? RC_BUSY : rc;
}

enum rc list_load(struct list *l, struct err *err)
{
        if (l->look_again || l->next)
                return load_next(l, err);
        if (list_wants_page(l))
                list_fetch_page(l, NULL);
        return scan_on(l, err);
}

/* The rows under the operator's hands as they are now, each in its place: what an act of one's own
 * needs. */
static void refresh_rows(struct list *l)
{
        if (list_fetch_acted(l) != RC_OK)
                list_fetch_page(l, NULL);
        count_all(l);
        ui_dirty(l->ui);
}

void list_touch(struct list *l)
{
        l->touched = l->query && !l->next && !l->look_again;
}

void list_reload(struct list *l)
{
        if (l->touched)
                refresh_rows(l);
        else
                l->look_again = true;
        l->touched = false;
        marks_clear(&l->acted);
}

/* ---- at a key ---- */

/* What a key has no time for goes on in ui_work(). */
void list_leave_rest(struct list *l)
{
        for (size_t i = 0; i < l->ui->pane_count; i++)
                if (view_list(&l->ui->panes[i].view) == l)
                        l->ui->panes[i].more = true;
}

static enum rc load_at_key(struct list *l, struct err *err)
{
        struct key_budget b;
        l->look_again = true;
        key_budget_begin(&b, l->ui);
        enum rc rc = list_load(l, err);
        key_budget_end(&b);
        if (rc != RC_BUSY)
                return rc;
        list_leave_rest(l);
        return RC_OK;
}

enum rc list_refresh(struct list *l, struct err *err)
{
        marks_clear(&l->keep);
        return load_at_key(l, err);
}

enum rc list_set_filter(struct list *l, const char *line, struct err *err)
{
        enum rc rc = read_filter(l, line, err);
        if (rc != RC_OK)
                return rc;
        char *old = l->line;
        l->line = xstrdup(line);
        free(old);
        l->other_rows = true;
        return list_refresh(l, err);
}

enum rc list_set_sort(struct list *l, const char *field, bool down, struct err *err)
{
        AUTO_FREE char *line = filter_with_sort(l->line, field, down);
        l->at_rid = 0;
        return list_set_filter(l, line, err);
}
