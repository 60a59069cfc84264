#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/outbox.h"
#include "ui/list.h"
#include "ui/sign_in.h"
#include "ui_private.h"

#define FLASH_ENDS_MS 650

#define X(symbol) &view_##symbol,
static const struct view_ops *const all_views[] = {VIEWS(X)};
#undef X
_Static_assert(ARRAY_LEN(all_views) <= VIEWS_MAX, "more views than the console has room for");

size_t view_count(void)
{
        return ARRAY_LEN(all_views);
}

const struct view_ops *view_at(size_t i)
{
        return all_views[i];
}

/* ---- life ---- */

static void copy_options(struct ui *ui, const struct ui_options *o)
{
        arena_init(&ui->arena);
        ui->options = *o;
        ui->options.zone = arena_strdup(&ui->arena, o->zone);
        ui->options.exercise = arena_strdup(&ui->arena, o->exercise);
        ui->options.start_filter = arena_strdup(&ui->arena, o->start_filter);
        ui->options.theme = arena_strdup(&ui->arena, o->theme);
}

static void start_filter(struct ui *ui)
{
        struct err err = {0};
        struct list *list = view_list(&ui->panes[0].view);
        if (ui->options.start_filter && list &&
            list_set_filter(list, ui->options.start_filter, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "the filter to start with: %s", err.text);
}

static void open_pane(struct ui *ui, struct pane *p)
{
        struct err err = {0};
        if (p->opened || p->why[0])
                return;
        const struct view_ops *ops = p->view.ops;
        p->view.state = xcalloc(1, ops->state_size ? ops->state_size : 1);
        if (ops->open && ops->open(&p->view, &err) != RC_OK) {
                snprintf(p->why, sizeof(p->why), "%s", err.text);
                return;
        }
        p->opened = true;
        ui_apply_looks(ui, p);
        if (ops->resize)
                ops->resize(&p->view, ui_view_rect(ui));
        if (p == &ui->panes[0])
                start_filter(ui);
}

static void count_outbox(struct ui *ui)
{
        ui->outbox = ui->ops->store ? outbox_count(ui->ops->store) : 0;
        links_read(ui);
        clock_notices_read(ui);
}

struct ui *ui_create_with(const struct ui_options *o, const struct view_ops *const *views,
                          size_t count)
{
        struct ui *ui = xcalloc(1, sizeof(*ui));
        struct err err = {0};
        ui->ops = o->ops;
        copy_options(ui, o);
        ui->theme = &theme_night;
        ui->canvas = canvas_create(o->cols, o->rows);
        ui->canvas->linear = o->linear;
        ui->canvas->ascii = o->ascii || o->linear;
        for (size_t i = 0; i < WAKES_MAX; i++)
                ui->wakes_ms[i] = CLOCK_NONE;
        ui->dirty = true;
        ui->panes = xcalloc(VIEWS_MAX, sizeof(*ui->panes));
        for (size_t i = 0; i < count && i < VIEWS_MAX; i++) {
                struct pane *p = &ui->panes[ui->pane_count++];
                p->view = (struct view){.ops = views[i], .ui = ui};
        }
        cmd_digits(ui);
        ui->clocks_seen_ms = CLOCK_NONE;
        ui_link_runs(ui, "this console does not synchronise");
        count_outbox(ui);
        news_begin(ui);
        ui->news.due = ui->ops->store != NULL;
        saved_filters_load(ui);
        clock_notices_tick(ui);
        if (ui_set_theme(ui, o->theme ? o->theme : theme_night.name, &err) != RC_OK)
                ui_notice(ui, NOTICE_WARN, "%s", err.text);
        open_pane(ui, ui_pane(ui));
        ui->typed_ms = ui_now_ms(ui);
        if (ui->ops->sign_in && !ui->ops->is_proven)
                ui_sign_in(ui);
        return ui;
}

struct ui *ui_create(const struct ui_options *o)
{
        return ui_create_with(o, all_views, ARRAY_LEN(all_views));
}

static void close_pane(struct pane *p)
{
        if (p->opened && p->view.ops->close)
                p->view.ops->close(&p->view);
        free(p->view.state);
}

void ui_destroy(struct ui *ui)
{
        if (!ui)
                return;
        clock_notices_finish(ui);
        ui_close_overlays(ui);
        for (size_t i = ui->pane_count; i-- > 0;) /* a face before the view whose list it shows */
                close_pane(&ui->panes[i]);
        cmd_finish(ui);
        ui_finish_notices(ui);
        repeat_finish(&ui->repeat);
        saved_filters_finish(ui);
        canvas_destroy(ui->canvas);
        arena_finish(&ui->arena);
        free(ui->panes);
        free(ui->wants_copy);
        ui_finish_edit(ui);
        free(ui);
}

/* ---- views ---- */

struct pane *ui_pane(struct ui *ui)
{
        return &ui->panes[ui->current];
}

struct view *ui_view(const struct ui *ui)
{
        return &ui->panes[ui->current].view;
}

struct view *ui_view_named(const struct ui *ui, const char *name)
{
        for (size_t i = 0; i < ui->pane_count; i++)
                if (strcmp(ui->panes[i].view.ops->name, name) == 0)
                        return &ui->panes[i].view;
        return NULL;
}

static struct pane *pane_named(struct ui *ui, const char *name)
{
        for (size_t i = 0; name && i < ui->pane_count; i++)
                if (strcmp(ui->panes[i].view.ops->name, name) == 0)
                        return &ui->panes[i];
        return NULL;
}

struct pane *ui_pane_over(struct ui *ui, struct pane *p)
{
        struct pane *over = pane_named(ui, p->view.ops->under);
        return over ? over : p;
}

/* From elsewhere one comes back to the face that was left; from a face to the view itself. */
static struct pane *face_of(struct ui *ui, struct pane *p)
{
        struct pane *over = ui_pane_over(ui, p);
        if (over != p)
                over->face = p;
        else if (ui_pane_over(ui, ui_pane(ui)) == p)
                p->face = NULL;
        return p->face ? p->face : p;
}

static void tell_shown(struct pane *p, bool is)
{
        if (p->opened && p->view.ops->shown)
                p->view.ops->shown(&p->view, is);
}

enum rc ui_go(struct ui *ui, const char *name, struct err *err)
{
        struct pane *p = pane_named(ui, name);
        if (!p)
                return err_set(err, RC_NOTFOUND, "there is no view %s", name);
        struct pane *to = face_of(ui, p);
        if (to != ui_pane(ui))
                tell_shown(ui_pane(ui), false);
        ui->current = (size_t)(to - ui->panes);
        ui_ready(ui, to);
        tell_shown(to, true);
        ui_dirty(ui);
        return RC_OK;
}

enum rc ui_show(struct ui *ui, const char *id, struct err *err)
{
        struct view *v = ui_view(ui);
        if (!ui_pane(ui)->opened || !v->ops->show || !v->ops->show(v, id))
                return err_set(err, RC_NOTFOUND, "%s does not have it", v->ops->title);
        ui_dirty(ui);
        return RC_OK;
}

static bool needs_load(const struct pane *p)
{
        return !p->view.loaded || p->view.stale || p->more;
}

/* One call of the view's load, which may leave something to do. */
void ui_load(struct ui *ui, struct pane *p)
{
        struct err err = {0};
        open_pane(ui, p);
        if (!p->opened || !needs_load(p))
                return;
        enum rc rc = p->view.ops->load ? p->view.ops->load(&p->view, &err) : RC_OK;
        p->view.loaded = true;
        p->view.stale = 0;
        p->more = rc == RC_BUSY;
        if (rc != RC_OK && rc != RC_BUSY)
                ui_notice(ui, NOTICE_FAIL, "%s can't be read: %s", p->view.ops->title,
                          err.text[0] ? err.text : "the database failed");
}

void ui_ready(struct ui *ui, struct pane *p)
{
        struct key_budget b;
        if (p->view.loaded && !p->view.stale)
                return;
        key_budget_begin(&b, ui);
        ui_load(ui, p);
        key_budget_end(&b);
}

void ui_set_stale(struct ui *ui, unsigned topics)
{
        for (size_t i = 0; i < ui->pane_count; i++)
                ui->panes[i].view.stale |= topics & ui->panes[i].view.ops->topics;
}

/* Where there is no place left the latest goes: what is over then is seen to be a little later. */
void ui_wake_at(struct ui *ui, int64_t ms)
{
        size_t at = 0;
        for (size_t i = 0; i < WAKES_MAX; i++) {
                if (ui->wakes_ms[i] == ms)
                        return;
                if (ui->wakes_ms[i] == CLOCK_NONE)
                        at = i;
                else if (ui->wakes_ms[at] != CLOCK_NONE && ui->wakes_ms[i] > ui->wakes_ms[at])
                        at = i;
        }
        if (ui->wakes_ms[at] == CLOCK_NONE || ui->wakes_ms[at] < ms)
                ui->wakes_ms[at] = ms;
}

bool ui_others_wrote(const struct ui *ui)
{
        return ui->news.due;
}

static void news(struct ui *ui, unsigned topics)
{
        ui_set_stale(ui, topics);
        count_outbox(ui);
        if (ui->options.motion)
                ui_wake_at(ui, ui_now_ms(ui) + FLASH_ENDS_MS);
        ui_dirty(ui);
}

void ui_changed(struct ui *ui, unsigned topics)
{
        news(ui, topics);
        ui->news.due = true;
}

void ui_touched(struct ui *ui, unsigned topics)
{
        news(ui, topics | TOPIC_EXCHANGE);
        ui->links.wants_send = true;
        if (!ui->news.due)
                news_begin(ui);
        ui_ready(ui, ui_pane(ui));
}

/* Of a view that nobody sees the number beside its name is kept, where its name is on the screen;
 * the rest is read when it is gone to. */
static bool needs_work(struct ui *ui, const struct pane *p)
{
        struct view_badge badge = {.count = -1};
        if (p->why[0] || !needs_load(p))
                return false;
        if (p == ui_pane(ui))
                return true;
        if (!p->view.ops->digit)
                return false;
        if (p->opened && p->view.loaded && p->view.ops->badge)
                p->view.ops->badge(&p->view, &badge);
        return !p->view.loaded || badge.count >= 0;
}

static bool work_on_overlays(struct ui *ui, bool (*pending)(void *ctx), void *ctx)
{
        bool left = false;
        for (struct overlay *o = ui->top; o; o = o->below)
                if (o->ops->work && o->ops->work(o, pending, ctx))
                        left = true;
        return left;
}

bool ui_work(struct ui *ui, bool (*pending)(void *ctx), void *ctx)
{
        struct store *store = ui->ops->store;
        bool left = false;
        if (store)
                store_set_interrupt(store, pending, ctx);
        for (size_t n = 0; n < ui->pane_count; n++) {
                struct pane *p = &ui->panes[(ui->current + n) % ui->pane_count];
                if (!needs_work(ui, p))
                        continue;
                if (left || (pending && pending(ctx))) {
                        left = true;
                        break;
                }
                if (!p->view.loaded || p->view.stale)
                        ui_dirty(ui); /* what goes on loading says itself what is to be seen */
                ui_load(ui, p);
                left = needs_work(ui, p);
        }
        if (!left)
                left = work_on_overlays(ui, pending, ctx);
        if (!left && ui->news.due)
                news_look(ui);
        if (store)
                store_set_interrupt(store, NULL, NULL);
        return left;
}

/* ---- small answers ---- */

struct ops *ui_ops(const struct ui *ui)
{
        return ui->ops;
}

const struct theme *ui_theme(const struct ui *ui)
{
        return ui->theme;
}

bool ui_is_ascii(const struct ui *ui)
{
        return ui->canvas->ascii;
}

bool ui_is_narrow(const struct ui *ui)
{
        return ui->canvas->cols < WIDE_COLS;
}

bool ui_is_tiny(const struct ui *ui)
{
        return ui->canvas->cols < LEAST_COLS || ui->canvas->rows < LEAST_ROWS;
}

bool ui_has_motion(const struct ui *ui)
{
        return ui->options.motion && !ui->options.linear;
}

int64_t ui_now_ms(const struct ui *ui)
{
        (void)ui;
        return clock_now_ms();
}

struct rect ui_view_rect(const struct ui *ui)
{
        int h = ui->canvas->rows - FRAME_TOP - 1 - (ui->options.linear ? 1 : 0);
        return (struct rect){0, FRAME_TOP, ui->canvas->cols, h > 0 ? h : 0};
}
