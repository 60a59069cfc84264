/*
 * Opening a run, or a playbook dry; making its plan, and telling what others changed in it.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/run_view.h"
#include "ui_private.h"

#define FLASH_MS 600
#define NEWS_MS  60000 /* a row that others changed stands out that long */
#define AHEAD    64    /* rows looked at for one that has moved */

static struct run_view *state_of(const struct view *v)
{
        return v->state;
}

const struct run *run_view_run(const struct run_view *st)
{
        return st->run ? ops_run_state(st->run) : NULL;
}

bool run_view_is_dry(const struct run_view *st)
{
        return !st->run || ops_run_is_dry(st->run);
}

const struct plan_row *run_view_row(const struct run_view *st)
{
        return st->cursor < st->plan.count ? &st->plan.rows[st->cursor] : NULL;
}

/* ---- what others changed --------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, uint64_t value)
{
        return (h ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t mix_text(uint64_t h, const char *text)
{
        for (; text && *text; text++)
                h = mix(h, (unsigned char)*text);
        return mix(h, 0x1ff);
}

/* A number for all that a row says. */
static uint64_t said_by(const struct plan_row *row)
{
        const struct run_step *s = row->run_step;
        const struct run_said *said = s ? s->said : NULL;
        uint64_t h = mix(UINT64_C(0xcbf29ce484222325), (uint64_t)row->state);
        h = mix_text(h, row->owner);
        h = mix(h, (uint64_t)row->due_ms);
        h = mix(h, s ? (uint64_t)s->conflicts : 0);
        h = mix(h, said ? (uint64_t)said->notes * 1000 + (uint64_t)said->evidence : 0);
        return mix_text(h, s ? s->answer : NULL);
}

static const struct run_seen *find_seen(const struct run_seen *seen, size_t count, size_t *at,
                                        const char *place)
{
        for (size_t i = *at; i < count && i < *at + AHEAD; i++)
                if (seen[i].place && place && strcmp(seen[i].place, place) == 0) {
                        *at = i + 1;
                        return &seen[i];
                }
        return NULL;
}

/* `was`: what the rows said before; of rows that were not there nothing is known. */
static void note_news(struct view *v, const struct run_seen *was, size_t was_count, bool others)
{
        struct run_view *st = state_of(v);
        int64_t now = ui_now_ms(v->ui);
        size_t at = 0;
        st->seen = arena_array(&st->arena, st->plan.count + 1, sizeof(*st->seen));
        st->news = arena_array(&st->arena, st->plan.count + 1, sizeof(*st->news));
        for (size_t i = 0; i < st->plan.count; i++) {
                const struct plan_row *row = &st->plan.rows[i];
                struct run_seen *seen = &st->seen[i];
                const struct run_seen *before =
                        row->place ? find_seen(was, was_count, &at, row->place) : NULL;
                /* its own copy: what the run shows is gone when the next plan is made */
                *seen = (struct run_seen){.place = arena_strdup(&st->arena, row->place),
                                          .said = said_by(row)};
                if (before && before->said == seen->said)
                        seen->at_ms = before->at_ms;
                else if (before && others)
                        seen->at_ms = now;
                st->has_news |= seen->at_ms != 0;
        }
        if (others && st->has_news && ui_has_motion(v->ui))
                ui_wake_at(v->ui, now + FLASH_MS);
}

void run_view_news(struct view *v)
{
        struct run_view *st = state_of(v);
        int64_t now = ui_now_ms(v->ui);
        bool any = false;
        for (size_t i = 0; st->has_news && i < st->plan.count; i++) {
                int64_t at = st->seen[i].at_ms, age = now - at;
                bool lately = at && age < NEWS_MS;
                st->news[i] = !lately                                  ? PLAN_NO_NEWS
                              : age < FLASH_MS && ui_has_motion(v->ui) ? PLAN_FLASHES
                                                                       : PLAN_NEWS;
                any |= lately;
        }
        st->has_news = any;
}

/* ---- the plan -------------------------------------------------------------------------------- */

static void find_cursor(struct run_view *st)
{
        size_t at = st->place[0] ? plan_find(&st->plan, st->place) : SIZE_MAX;
        if (at != SIZE_MAX)
                st->cursor = at;
        if (st->cursor >= st->plan.count)
                st->cursor = st->plan.count ? st->plan.count - 1 : 0;
}

static void read_about(struct view *v)
{
        struct run_view *st = state_of(v);
        const struct row *row = st->run ? ops_run_row(st->run) : NULL;
        const char *id = row && !run_view_is_dry(st) ? thing_text(&row->thing, "incident") : NULL;
        if (!id || !*id)
                id = st->incident;
        st->has_about =
                *id && thing_by_id(ui_ops(v->ui)->store, id, &st->arena, &st->about, NULL) == RC_OK;
}

void run_view_plan(struct view *v, bool others)
{
        struct run_view *st = state_of(v);
        const struct run *run = run_view_run(st);
        struct arena before = st->arena;
        const struct run_seen *was = st->seen;
        size_t was_count = st->seen ? st->plan.count : 0;
        arena_init(&st->arena);
        st->plan = (struct plan){0};
        if (run)
                plan_make(run, &st->arena, &st->plan);
        else if (st->has_book && st->book.doc.playbook)
                plan_make_dry(st->book.doc.playbook, &st->arena, &st->plan);
        st->twigs = plan_twigs(&st->plan, &st->arena);
        note_news(v, was, was_count, others);
        read_about(v);
        arena_finish(&before);
        find_cursor(st);
        st->pane_is_read = false;
        ui_dirty(v->ui);
}

/* ---- moving ---------------------------------------------------------------------------------- */

void run_view_move_to(struct view *v, size_t row)
{
        struct run_view *st = state_of(v);
        size_t last = st->plan.count ? st->plan.count - 1 : 0;
        st->cursor = row < last ? row : last;
        const char *place = st->plan.count ? st->plan.rows[st->cursor].place : NULL;
        snprintf(st->place, sizeof(st->place), "%s", place ? place : "");
        st->skip = 0;
        st->pane_is_read = false;
        ui_dirty(v->ui);
}

void run_view_go_on(struct view *v)
{
        struct run_view *st = state_of(v);
        for (size_t i = st->cursor; i < st->plan.count; i++) {
                const struct plan_row *row = &st->plan.rows[i];
                if (row->run_step && run_step_is_open(row->run_step)) {
                        run_view_move_to(v, i);
                        return;
                }
        }
        size_t first = plan_now(&st->plan);
        if (first != SIZE_MAX)
                run_view_move_to(v, first);
}

/* ---- opening --------------------------------------------------------------------------------- */

void run_view_drop(struct run_view *st)
{
        ops_run_close(st->run);
        arena_finish(&st->arena);
        arena_finish(&st->pane_arena);
        arena_finish(&st->book_arena);
        *st = (struct run_view){.shape = st->shape, .extent = st->extent};
        arena_init(&st->arena);
        arena_init(&st->pane_arena);
        arena_init(&st->book_arena);
}

/* The view, opened and empty. */
static struct view *empty(struct ui *ui, struct err *err)
{
        struct view *v = ui_view_named(ui, view_run.name);
        if (!v || ui_go(ui, view_run.name, err) != RC_OK || !v->state)
                return NULL;
        run_view_drop(v->state);
        return v;
}

static void show(struct view *v)
{
        struct run_view *st = state_of(v);
        run_view_plan(v, false);
        run_view_move_to(v, 0);
        if (run_view_run(st) && !run_view_is_dry(st))
                run_view_go_on(v);
}

enum rc run_view_open(struct ui *ui, const char *run, struct err *err)
{
        AUTO_FREE char *id = xstrdup(run);
        struct ops_run *opened;
        enum rc rc = ops_run_open(ui_ops(ui), id, &opened, err);
        if (rc != RC_OK)
                return rc;
        struct view *v = empty(ui, err);
        if (!v) {
                ops_run_close(opened);
                return RC_NOTFOUND;
        }
        state_of(v)->run = opened;
        show(v);
        return RC_OK;
}

/* What can't be run is shown all the same, and why not. */
static enum rc show_book(struct view *v, const char *playbook, const struct err *why,
                         struct err *err)
{
        struct run_view *st = state_of(v);
        enum rc rc = ops_playbook(ui_ops(v->ui), playbook, &st->book_arena, &st->book, err);
        if (rc != RC_OK)
                return rc;
        st->has_book = true;
        ui_notice(v->ui, NOTICE_WARN, "it can be looked at, not run: %s", why->text);
        return RC_OK;
}

enum rc run_view_try(struct ui *ui, const char *playbook, const char *incident, struct err *err)
{
        AUTO_FREE char *id = xstrdup(playbook);
        AUTO_FREE char *about = xstrdup(incident ? incident : "");
        const struct run_starting s = {
                .playbook = id, .incident = *about ? about : NULL, .despite = "a dry run"};
        struct ops_run *opened = NULL;
        struct err why = {0};
        enum rc rc = ops_run_try(ui_ops(ui), &s, &opened, &why);
        struct view *v = empty(ui, err);
        if (!v) {
                ops_run_close(opened);
                return RC_NOTFOUND;
        }
        struct run_view *st = state_of(v);
        snprintf(st->playbook, sizeof(st->playbook), "%s", id);
        snprintf(st->incident, sizeof(st->incident), "%s", about);
        if (rc == RC_OK)
                st->run = opened;
        else
                rc = show_book(v, id, &why, err);
        if (rc == RC_OK)
                show(v);
        return rc;
}
