/*
 * How the items of the view Exchange stand below each other, and the cursor among them.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

#define NEAR_MS 3600000

/* ---- what is said beside a title ---- */

static const char *say_remotes(const struct exchange *x, struct ui *ui, struct arena *a)
{
        struct links_look l;
        if (!x->remote_count)
                return "none";
        links_look(ui, &l);
        if (l.others[0])
                return arena_strdup(a, l.others);
        if (l.health != REMOTE_OFFLINE)
                return arena_printf(a, "%zu", x->remote_count);
        return x->remote_count == 1 ? "offline" : "all offline";
}

static const char *say_outbox(const struct exchange *x, struct ui *ui, struct arena *a)
{
        int64_t waiting = 0, held = 0;
        if (!x->remote_count && ui->outbox > 0)
                return arena_printf(a, "%lld waiting for a remote", (long long)ui->outbox);
        for (size_t i = 0; i < x->remote_count; i++) {
                waiting += x->remotes[i].waiting;
                held += x->remotes[i].held;
        }
        if (!waiting && !held)
                return "nothing waits";
        return held ? arena_printf(a, "%lld waiting, %lld held back", (long long)waiting,
                                   (long long)held)
                    : arena_printf(a, "%lld waiting", (long long)waiting);
}

static const char *say_quarantine(const struct exchange *x, struct arena *a)
{
        int64_t refused = 0;
        for (size_t i = 0; i < x->remote_count; i++)
                refused += x->remotes[i].refused;
        return refused ? arena_printf(a, "%lld refused there", (long long)refused) : "empty";
}

static size_t count_items(const struct exchange *x, enum exchange_section s)
{
        size_t n = 0;
        for (size_t i = 0; i < x->item_count; i++)
                n += x->items[i].section == s;
        return n;
}

static int64_t count_gone(const struct exchange *x)
{
        int64_t gone = 0;
        for (size_t i = 0; i < x->remote_count; i++)
                gone += x->remotes[i].gone;
        return gone;
}

static const char *summary(const struct exchange *x, struct ui *ui, enum exchange_section s,
                           struct arena *a)
{
        switch (s) {
        case SECTION_REMOTES: return say_remotes(x, ui, a);
        case SECTION_OUTBOX: return say_outbox(x, ui, a);
        case SECTION_CONFLICTS: return conflicts_summary(x, a);
        case SECTION_QUARANTINE: return say_quarantine(x, a);
        case SECTION_BOOKED: return arena_printf(a, "%zu to settle", count_items(x, s));
        case SECTION_CLOCKS: return arena_printf(a, "%zu ahead of ours", count_items(x, s));
        case SECTION_GONE: return arena_printf(a, "%lld, all kept here", (long long)count_gone(x));
        case SECTION_COUNT: break;
        }
        return "";
}

/* ---- what is said below an item ---- */

/* What is near is told to the second. */
static void show_next(int64_t ms, int64_t now, char out[WHEN_BYTES])
{
        struct stamp_parts t;
        if (ms - now >= NEAR_MS) {
                when_show(ms, now, out);
                return;
        }
        stamp_split(ms, &t);
        snprintf(out, WHEN_BYTES, "%02d:%02d:%02dZ", t.hour, t.minute, t.second);
}

static bool is_refused(const struct ui *ui, const struct exchange_remote *r)
{
        const struct link *l = links_find(ui, r->r.id);
        return l ? l->state == LINK_REFUSED : r->r.error && r->r.shut;
}

const char *exchange_trouble(const struct exchange_remote *r, struct ui *ui, struct arena *a)
{
        const struct link *l = links_find(ui, r->r.id);
        const char *error = l && l->error[0] ? l->error : r->r.error;
        int64_t now = ui_now_ms(ui), next = l ? l->next_ms : r->r.next_try_ms;
        char when[WHEN_BYTES] = "";
        if (!error)
                return NULL;
        if (is_refused(ui, r))
                return arena_printf(a, "%s; a person must look", error);
        if (next > now) /* where nobody synchronises it stays in the past */
                show_next(next, now, when);
        return arena_printf(a, "%s%s%s; nothing is lost", error, when[0] ? ", next try " : "",
                            when);
}

const char *exchange_progress(const struct exchange_remote *r, struct ui *ui, struct arena *a)
{
        const struct link *l = links_find(ui, r->r.id);
        return l && l->coming >= LINK_MANY
                       ? arena_printf(a, "%lld new objects so far, more to come",
                                      (long long)l->coming)
                       : NULL;
}

static enum remote_health health_of(const struct ui *ui, const struct exchange_remote *r)
{
        const struct link *l = links_find(ui, r->r.id);
        return l ? link_health(ui, l) : remote_health(&r->r, ui_now_ms(ui));
}

const char *exchange_state_word(const struct ui *ui, const struct exchange_remote *r)
{
        return is_refused(ui, r) ? "REFUSED" : link_word(health_of(ui, r));
}

bool exchange_is_well(const struct ui *ui, const struct exchange_remote *r)
{
        return health_of(ui, r) == REMOTE_LIVE;
}

/* What is the same for several in a row is said once, below the first. */
static bool is_said_above(const struct exchange_item *first, const struct exchange_item *item)
{
        const struct exchange_item *above = item - 1;
        return item > first && above->section == item->section && above->remote == item->remote &&
               above->d && strcmp(above->d->why, item->d->why) == 0;
}

static const char *add_remark(const char *all, const char *one, struct arena *a)
{
        return !one ? all : !all ? one : arena_printf(a, "%s; %s", all, one);
}

/* What stands below a remote: what went wrong, what comes in just now, what is odd about it. */
static const char *remarks(const struct exchange_remote *r, struct ui *ui, struct arena *a)
{
        const char *all = exchange_trouble(r, ui, a);
        if (all)
                return all;
        all = add_remark(all, exchange_progress(r, ui, a), a);
        all = add_remark(all, clock_remark(&r->r, a), a);
        if (r->gone)
                all = add_remark(all, arena_printf(a, "%lld no longer there", (long long)r->gone),
                                 a);
        return all;
}

static const char *said_below(const struct exchange *x, const struct exchange_item *item,
                              struct ui *ui, struct arena *a)
{
        if (item->section == SECTION_REMOTES)
                return remarks(&x->remotes[item->remote], ui, a);
        if (!item->d || !item->d->why[0] || is_said_above(x->items, item))
                return NULL;
        return item->d->why;
}

/* ---- lines ---- */

static void add_line(struct exchange *x, const struct exchange_line *l)
{
        x->lines[x->line_count++] = *l;
}

static void add_items(struct exchange *x, struct ui *ui, enum exchange_section s)
{
        for (size_t i = 0; i < x->item_count; i++) {
                struct exchange_line l = {.kind = LINE_ITEM, .section = s, .item = i};
                if (x->items[i].section != s)
                        continue;
                add_line(x, &l);
                l.text = said_below(x, &x->items[i], ui, &x->arena);
                l.kind = LINE_UNDER;
                if (l.text)
                        add_line(x, &l);
        }
}

static int64_t count_of(const struct exchange_remote *r, enum exchange_section s)
{
        return s == SECTION_QUARANTINE ? r->refused
               : s == SECTION_GONE     ? r->gone
                                       : r->waiting + r->held;
}

/* What there is more of than is shown; and how to begin. */
static const char *say_more(const struct exchange *x, enum exchange_section s, struct arena *a)
{
        int64_t all = 0;
        if (s == SECTION_REMOTES)
                return x->remote_count ? NULL : "no remote yet; muster remote add adds one";
        if (s == SECTION_CLOCKS || s == SECTION_BOOKED)
                return NULL;
        if (s == SECTION_CONFLICTS && x->shown.total > x->shown.count)
                return arena_printf(a, "in %zu more things", x->shown.total - x->shown.count);
        if (s == SECTION_CONFLICTS)
                return NULL;
        for (size_t i = 0; i < x->remote_count; i++)
                all += count_of(&x->remotes[i], s);
        all -= (int64_t)count_items(x, s);
        return all > 0 ? arena_printf(a, "%lld more", (long long)all) : NULL;
}

void exchange_lay_out(struct exchange *x, struct ui *ui)
{
        x->lines = arena_array(&x->arena, 2 * x->item_count + 4 * SECTION_COUNT, sizeof(*x->lines));
        x->line_count = 0;
        for (int s = 0; s < SECTION_COUNT; s++) {
                bool rare = s == SECTION_BOOKED || s == SECTION_CLOCKS || s == SECTION_GONE;
                if (rare && !count_items(x, (enum exchange_section)s))
                        continue;
                const struct exchange_line title = {
                        .section = (enum exchange_section)s,
                        .text = summary(x, ui, (enum exchange_section)s, &x->arena)};
                const struct exchange_line blank = {.kind = LINE_BLANK};
                const struct exchange_line heads = {.kind = LINE_HEADS};
                if (s)
                        add_line(x, &blank);
                add_line(x, &title);
                size_t before = x->line_count;
                if (x->roomy)
                        add_line(x, s == SECTION_REMOTES && x->remote_count ? &heads : &blank);
                add_items(x, ui, title.section);
                const struct exchange_line more = {.kind = LINE_MORE,
                                                   .text = say_more(x, title.section, &x->arena)};
                if (more.text)
                        add_line(x, &more);
                if (x->roomy && x->line_count == before + 1)
                        x->line_count--; /* an empty section is its title */
        }
        exchange_place(x);
}

/* ---- the cursor ---- */

const struct exchange_item *exchange_current(const struct exchange *x)
{
        return x->at < x->item_count ? &x->items[x->at] : NULL;
}

static size_t line_of(const struct exchange *x, size_t item)
{
        for (size_t i = 0; i < x->line_count; i++)
                if (x->lines[i].kind == LINE_ITEM && x->lines[i].item == item)
                        return i;
        return 0;
}

/* With its first item a section's title is seen, with an item what stands below it. */
void exchange_place(struct exchange *x)
{
        size_t rows = x->rows > 0 ? (size_t)x->rows : 1, line = line_of(x, x->at);
        size_t first = line, last = line;
        while (first > 0 && x->lines[first - 1].kind != LINE_ITEM &&
               x->lines[first - 1].kind != LINE_UNDER)
                first--;
        if (last + 1 < x->line_count && x->lines[last + 1].kind == LINE_UNDER)
                last++;
        if (last >= x->top + rows)
                x->top = last + 1 - rows;
        if (first < x->top)
                x->top = first;
        if (line >= x->top + rows)
                x->top = line + 1 - rows;
        if (x->line_count <= rows)
                x->top = 0;
        else if (x->top > x->line_count - rows)
                x->top = x->line_count - rows;
}

void exchange_move(struct exchange *x, long by)
{
        long at = (long)x->at + by, last = (long)x->item_count - 1;
        x->at = at < 0 || last < 0 ? 0 : (size_t)(at > last ? last : at);
        x->scroll = 0;
        x->chosen[0] = '\0';
        exchange_place(x);
}
