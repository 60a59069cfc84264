/*
 * The columns of the board: their queries, their pages, the cursor in them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/board.h"
#include "ui_private.h"

#define CHASE_ROWS 20000 /* looked through in one go for the card to follow */
#define LATELY     "status:closed updated<24h"

static struct board *state_of(const struct view *v)
{
        return v->state;
}

/* ---- filters ---- */

static struct filter_context context_of(const struct view *v)
{
        const struct ops *ops = ui_ops(v->ui);
        return (struct filter_context){.kind = &kind_incident,
                                       .values = {.words = ops->words,
                                                  .now_ms = ui_now_ms(v->ui),
                                                  .me = ops->operator,
                                                  .resolve = ops_resolve_value,
                                                  .resolve_ctx = ui_ops(v->ui)}};
}

static bool is_status(const struct filter_term *t)
{
        return t->what == FILTER_FIELD && t->field == field_index(&kind_incident, "status");
}

static bool names(const struct filter_term *t, const char *value)
{
        for (size_t i = 0; i < t->value_count; i++)
                if (strcmp(t->values[i], value) == 0)
                        return true;
        return false;
}

/* Does the line ask for closed ones by itself? */
static bool wants_closed(const struct filter *f)
{
        for (size_t i = 0; i < f->term_count; i++)
                if (is_status(&f->terms[i]) && !f->terms[i].negated &&
                    names(&f->terms[i], "closed"))
                        return true;
        return false;
}

static bool leaves_out(const struct filter *f, int status)
{
        const char *id = enum_id(&enum_status, status);
        for (size_t i = 0; i < f->term_count; i++)
                if (is_status(&f->terms[i]) && f->terms[i].op == FILTER_EQ &&
                    names(&f->terms[i], id) == f->terms[i].negated)
                        return true;
        return false;
}

static void add_terms(struct filter *f, const struct filter *more, bool status_too)
{
        for (size_t i = 0; i < more->term_count && f->term_count < FILTER_TERMS_MAX; i++)
                if (status_too || !is_status(&more->terms[i]))
                        f->terms[f->term_count++] = more->terms[i];
}

/* What the line asks for, but of one status; in the order of the list, else newest first. */
static enum rc filter_of(const struct view *v, const struct filter *line, int status,
                         struct filter *ret, struct err *err)
{
        struct board *b = state_of(v);
        struct filter_context ctx = context_of(v);
        struct board_column *col = &b->columns[status];
        struct filter own;
        AUTO_FREE char *text = xasprintf("status:%s", enum_id(&enum_status, status));
        col->lately = status == STATUS_CLOSED && !wants_closed(line);
        col->outside = !col->lately && leaves_out(line, status);
        enum rc rc =
                filter_read(col->lately ? LATELY : text, &ctx, &b->filter_arena, &own, NULL, err);
        if (rc != RC_OK)
                return rc;
        *ret = (struct filter){.kind = &kind_incident,
                               .sort_field = line->sort_field,
                               .sort_down = line->sort_down,
                               .sort_given = line->sort_given};
        if (!line->sort_given)
                ret->sort_field = field_index(&kind_incident, "status");
        add_terms(ret, &own, true);
        add_terms(ret, line, false);
        return RC_OK;
}

/* ---- opening ---- */

static enum rc open_column(struct view *v, const struct filter *line, int status, struct err *err)
{
        struct board_column *col = &state_of(v)->columns[status];
        struct query *q = NULL;
        struct filter f;
        enum rc rc = filter_of(v, line, status, &f, err);
        if (rc == RC_OK)
                rc = query_open(ui_ops(v->ui)->store, &f, NULL, 0, &q, err);
        if (rc != RC_OK)
                return rc;
        query_tally_by(q, field_index(&kind_incident, "severity"));
        query_close(col->query);
        col->query = q;
        return RC_OK;
}

static void drop_columns(struct board *b)
{
        for (int i = 0; i < BOARD_COLUMNS; i++) {
                query_close(b->columns[i].query);
                b->columns[i].query = NULL;
        }
}

static enum rc open_columns(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        struct filter_context ctx = context_of(v);
        struct filter line;
        drop_columns(b);
        arena_reset(&b->filter_arena);
        free(b->line);
        b->line = xstrdup(list_filter(b->lv.list));
        enum rc rc = filter_read(b->line, &ctx, &b->filter_arena, &line, NULL, err);
        for (int i = 0; rc == RC_OK && i < BOARD_COLUMNS; i++)
                rc = open_column(v, &line, i, err);
        b->reading = rc == RC_OK;
        b->reopen = rc != RC_OK;
        return rc;
}

/* ---- where the cursor is ---- */

static enum rc read_page(struct view *v, struct board_column *col, struct err *err)
{
        size_t rows = (size_t)state_of(v)->cards;
        size_t known = query_known(col->query), last = col->top + rows;
        if (last > known)
                last = known;
        if (col->page && col->top >= col->page_first && last <= col->page_first + col->page_count)
                return RC_OK;
        struct arena a;
        arena_init(&a);
        struct row *page = NULL;
        size_t count = 0, first = col->top > rows / 2 ? col->top - rows / 2 : 0;
        enum rc rc = query_page(col->query, first, 2 * rows, &a, &page, &count, err);
        if (rc != RC_OK) {
                arena_finish(&a);
                return rc;
        }
        arena_finish(&col->arena);
        col->arena = a;
        col->page = page;
        col->page_first = first;
        col->page_count = count;
        return RC_OK;
}

static void settle_column(const struct board *b, struct board_column *col)
{
        size_t known = query_known(col->query), rows = (size_t)b->cards;
        if (!known) {
                col->at = col->top = 0;
                col->at_rid = 0;
                return;
        }
        if (col->at >= known)
                col->at = known - 1;
        if (col->at < col->top)
                col->top = col->at;
        if (col->at >= col->top + rows)
                col->top = col->at - rows + 1;
        if (query_is_done(col->query) && col->top + rows > known)
                col->top = known > rows ? known - rows : 0;
        col->at_rid = query_rid(col->query, col->at);
}

void board_settle(struct view *v)
{
        struct board *b = state_of(v);
        struct err err = {0};
        enum rc rc = RC_OK;
        list_hold(b->lv.list, NULL);
        for (int i = 0; i < BOARD_COLUMNS && rc == RC_OK; i++) {
                if (!b->columns[i].query)
                        continue;
                settle_column(b, &b->columns[i]);
                rc = read_page(v, &b->columns[i], &err);
        }
        if (b->at < b->first)
                b->first = b->at;
        if (b->at >= b->first + b->fit)
                b->first = b->at - b->fit + 1;
        if (b->first > BOARD_COLUMNS - b->fit)
                b->first = BOARD_COLUMNS - b->fit;
        list_hold(b->lv.list, ui_view(v->ui) == v ? board_current(b) : NULL);
        if (b->in_detail && rc == RC_OK)
                rc = detail_show(b->detail, board_current(b) ? board_current(b)->thing.id : "",
                                 false, &err);
        if (rc != RC_OK && err.text[0])
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
        ui_dirty(v->ui);
}

const struct row *board_card(const struct board *b, int column, size_t position)
{
        const struct board_column *col = &b->columns[column];
        if (!col->query || position < col->page_first ||
            position >= col->page_first + col->page_count)
                return NULL;
        return &col->page[position - col->page_first];
}

const struct row *board_current(const struct board *b)
{
        const struct board_column *col = &b->columns[b->at];
        return col->at_rid ? board_card(b, b->at, col->at) : NULL;
}

/* ---- loading ---- */

static enum rc find_card(struct board_column *col, int64_t rid, struct err *err)
{
        size_t at;
        enum rc rc = RC_OK;
        if (query_position(col->query, rid, &at) != RC_OK)
                rc = query_run(col->query, query_known(col->query) + CHASE_ROWS, err);
        if (query_position(col->query, rid, &at) == RC_OK)
                col->at = at;
        return rc;
}

static enum rc chase_in(struct board *b, const struct row *row, struct err *err)
{
        int status = thing_rank(&row->thing, "status");
        struct board_column *col = &b->columns[status < 0 ? 0 : status];
        if (status < 0 || status >= BOARD_COLUMNS)
                return RC_OK;
        enum rc rc = find_card(col, row->rid, err);
        if (rc == RC_OK && query_rid(col->query, col->at) == row->rid)
                b->at = status;
        return rc;
}

/* The card that is followed may have gone to another column. */
static enum rc chase(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        enum rc rc = RC_OK;
        if (b->chase[0] && thing_by_id(ui_ops(v->ui)->store, b->chase, &a, &row, NULL) == RC_OK &&
            row.thing.kind == &kind_incident)
                rc = chase_in(b, &row, err);
        if (rc != RC_BUSY)
                b->chase[0] = '\0';
        return rc;
}

static void drop_page(struct board_column *col)
{
        arena_finish(&col->arena);
        col->page = NULL;
        col->page_count = 0;
}

static enum rc first_cards(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        for (int i = 0; i < BOARD_COLUMNS; i++) {
                struct board_column *col = &b->columns[i];
                size_t want = col->top + 2 * (size_t)b->cards + 1;
                enum rc rc = query_run(col->query, want, err);
                if (rc == RC_OK && col->at_rid)
                        rc = find_card(col, col->at_rid, err);
                if (rc != RC_OK)
                        return rc;
        }
        enum rc rc = chase(v, err);
        for (int i = 0; rc == RC_OK && i < BOARD_COLUMNS; i++)
                drop_page(&b->columns[i]); /* as it is now */
        return rc;
}

static enum rc count_on(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        enum rc rc = RC_OK;
        for (int i = 0; i < BOARD_COLUMNS && rc == RC_OK; i++)
                if (!query_is_done(b->columns[i].query))
                        rc = query_run(b->columns[i].query, SIZE_MAX, err);
        return rc;
}

static bool is_asked(const struct board *b)
{
        return !b->reopen && b->columns[BOARD_COLUMNS - 1].query && b->line &&
               strcmp(b->line, list_filter(b->lv.list)) == 0;
}

static bool is_open(const struct board *b)
{
        return is_asked(b) && !b->reading;
}

/* The columns and their first cards; interrupted, it goes on where it was. */
static enum rc read_first(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        enum rc rc = RC_OK;
        list_hold(b->lv.list, NULL);
        if (!is_asked(b))
                rc = open_columns(v, err);
        if (rc == RC_OK)
                rc = first_cards(v, err);
        b->reading = rc == RC_BUSY;
        b->reopen = rc != RC_OK && rc != RC_BUSY;
        return rc;
}

static bool is_counted(const struct board *b)
{
        for (int i = 0; i < BOARD_COLUMNS; i++)
                if (!query_is_done(b->columns[i].query))
                        return false;
        return true;
}

enum rc board_load(struct view *v, struct err *err)
{
        struct board *b = state_of(v);
        enum rc rc = RC_OK;
        if (is_open(b)) {
                rc = chase(v, err);
                if (rc == RC_OK)
                        rc = count_on(v, err);
        } else {
                rc = read_first(v, err);
                if (rc != RC_OK)
                        return rc;
        }
        board_settle(v);
        return rc == RC_OK && !is_counted(b) ? RC_BUSY : rc;
}

/* ---- moving ---- */

void board_move(struct view *v, long by)
{
        struct board *b = state_of(v);
        struct board_column *col = &b->columns[b->at];
        if (!col->query)
                return;
        size_t to = by < 0 && (size_t)-by > col->at ? 0 : col->at + (size_t)by;
        if (to + (size_t)b->cards >= query_known(col->query) && !query_is_done(col->query))
                query_run(col->query, to > SIZE_MAX / 2 ? SIZE_MAX : to + 2 * (size_t)b->cards,
                          NULL);
        col->at = to;
        board_settle(v);
}

void board_turn(struct view *v, int by)
{
        struct board *b = state_of(v);
        int to = b->at + by;
        b->at = to < 0 ? 0 : to >= BOARD_COLUMNS ? BOARD_COLUMNS - 1 : to;
        board_settle(v);
}

void board_finish(struct board *b)
{
        drop_columns(b);
        for (int i = 0; i < BOARD_COLUMNS; i++)
                arena_finish(&b->columns[i].arena);
        arena_finish(&b->filter_arena);
        free(b->line);
}
