/*
 * How the console stands with its remotes: what the database says of them and, where somebody
 * synchronises, what was said since. The frame shows it in every view.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "store/remotes.h"
#include "ui/exchange.h"
#include "ui_private.h"

#define CAME_MS 60000 /* what came in is shown for so long */

/* ---- reading ---- */

/* Behind the last: there is none. */
static size_t place_of(const struct links *ls, int64_t id)
{
        size_t i = 0;
        while (i < ls->count && ls->items[i].id != id)
                i++;
        return i;
}

static const struct link *link_of(const struct links *ls, int64_t id)
{
        size_t at = place_of(ls, id);
        return at < ls->count ? &ls->items[at] : NULL;
}

/* What was said of it since stays, unless the database knows of something later. */
static void read_link(struct ui *ui, const struct links *was, const struct remote *r)
{
        struct links *ls = &ui->links;
        const struct link *old = link_of(was, r->id);
        struct link l = {.id = r->id,
                         .state = !r->error ? LINK_UNKNOWN
                                  : r->shut ? LINK_REFUSED
                                            : LINK_OFFLINE,
                         .synced_ms = r->synced_ms,
                         .next_ms = r->next_try_ms};
        if (old && old->told) {
                l.told = true;
                l.state = old->state;
                l.next_ms = old->next_ms;
                l.coming = old->coming;
                if (old->synced_ms > l.synced_ms)
                        l.synced_ms = old->synced_ms;
                snprintf(l.error, sizeof(l.error), "%s", old->error);
        } else if (r->error) {
                snprintf(l.error, sizeof(l.error), "%s", r->error);
        }
        ls->items[ls->count++] = l;
        ls->pending += delivery_count(ui->ops->store, r);
        ls->refused += delivery_tally(ui->ops->store, r->id, DELIVERY_QUARANTINED);
        ls->received += r->received;
}

/* What comes in within a minute of something else is counted together. */
static void note_arrivals(struct links *ls, const struct links *was, int64_t now)
{
        bool more = was->count && ls->received > was->received;
        ls->came_from = was->count ? was->came_from : ls->received;
        ls->came_ms = more ? now : was->came_ms;
        if (more && now - was->came_ms >= CAME_MS)
                ls->came_from = was->received;
        if (ls->received < ls->came_from)
                ls->came_from = ls->received; /* a remote was removed */
}

void links_read(struct ui *ui)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct links was = ui->links;
        struct remote *list = NULL;
        size_t count = 0;
        if (!ui->ops->store || remote_list(ui->ops->store, &a, &list, &count, NULL) != RC_OK)
                return;
        ui->links = (struct links){
                .wants_sync = was.wants_sync, .wants_send = was.wants_send, .all = count};
        snprintf(ui->links.why_not, sizeof(ui->links.why_not), "%s", was.why_not);
        for (size_t i = 0; i < count && i < LINKS_MAX; i++)
                read_link(ui, &was, &list[i]);
        note_arrivals(&ui->links, &was, ui_now_ms(ui));
}

/* ---- what is said and asked ---- */

void ui_link_news(struct ui *ui, const struct link_news *news)
{
        size_t at = place_of(&ui->links, news->remote);
        struct link *l = &ui->links.items[at];
        if (at == ui->links.count)
                return;
        l->told = true;
        l->state = news->state;
        l->next_ms = news->next_ms;
        l->coming = news->coming;
        if (news->synced_ms > l->synced_ms)
                l->synced_ms = news->synced_ms;
        snprintf(l->error, sizeof(l->error), "%s", news->error ? news->error : "");
        ui_set_stale(ui, TOPIC_EXCHANGE);
        ui_dirty(ui);
}

void ui_link_runs(struct ui *ui, const char *why_not)
{
        snprintf(ui->links.why_not, sizeof(ui->links.why_not), "%s", why_not ? why_not : "");
}

bool ui_wants_send(struct ui *ui)
{
        bool wants = ui->links.wants_send;
        ui->links.wants_send = false;
        return wants;
}

bool ui_wants_sync(struct ui *ui)
{
        bool wants = ui->links.wants_sync;
        ui->links.wants_sync = false;
        return wants;
}

bool links_are(const struct ui *ui, const struct view *v)
{
        (void)v;
        return ui->links.count > 0;
}

enum rc links_sync(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        if (ui->links.why_not[0])
                return err_set(err, RC_DENIED, "nothing is asked: %s", ui->links.why_not);
        ui->links.wants_sync = true;
        ui_notice(ui, NOTICE_DONE,
                  ui->links.all == 1 ? "the remote is asked now" : "all remotes are asked now");
        return RC_OK;
}

/* ---- shown ---- */

const struct link *links_find(const struct ui *ui, int64_t remote)
{
        return link_of(&ui->links, remote);
}

enum remote_health link_health(const struct ui *ui, const struct link *l)
{
        struct remote r = {.synced_ms = l->synced_ms,
                           .error = l->state == LINK_OFFLINE || l->state == LINK_REFUSED ? ""
                                                                                         : NULL};
        return remote_health(&r, ui_now_ms(ui));
}

const char *link_word(enum remote_health health)
{
        static const char *const words[] = {[REMOTE_NEW] = "NEW",
                                            [REMOTE_LIVE] = "LIVE",
                                            [REMOTE_STALE] = "STALE",
                                            [REMOTE_OFFLINE] = "OFFLINE"};
        return words[health];
}

/* Beside a clock 02:44 would be taken for a time of day. */
void link_age(int64_t span_ms, char *out, size_t size)
{
        char age[WHEN_BYTES];
        when_age(span_ms, age);
        const char *hours = age + (age[0] == '0'), *colon = strchr(age, ':');
        if (colon)
                snprintf(out, size, "%.*s h %s", (int)(colon - hours), hours, colon + 1);
        else
                snprintf(out, size, "%s", age);
}

static size_t count_health(const struct ui *ui, enum remote_health h)
{
        size_t n = 0;
        for (size_t i = 0; i < ui->links.count; i++)
                n += link_health(ui, &ui->links.items[i]) == h;
        return n;
}

/* Age of the youngest data that any of these has. */
static int64_t age_of(const struct ui *ui, enum remote_health h)
{
        int64_t newest = CLOCK_NONE;
        for (size_t i = 0; i < ui->links.count; i++) {
                const struct link *l = &ui->links.items[i];
                if (link_health(ui, l) == h && l->synced_ms > newest)
                        newest = l->synced_ms;
        }
        return newest == CLOCK_NONE ? -1 : ui_now_ms(ui) - newest;
}

/* The best of them stands for all; how many are worse is said beside it. */
static enum remote_health best_health(const struct ui *ui)
{
        static const enum remote_health order[] = {REMOTE_LIVE, REMOTE_STALE, REMOTE_NEW};
        for (size_t i = 0; i < ARRAY_LEN(order); i++)
                if (count_health(ui, order[i]))
                        return order[i];
        return REMOTE_OFFLINE;
}

void links_look(const struct ui *ui, struct links_look *ret)
{
        size_t off = count_health(ui, REMOTE_OFFLINE);
        int64_t came = ui->links.received - ui->links.came_from;
        *ret = (struct links_look){.health = best_health(ui), .pending = ui->links.pending};
        for (size_t i = 0; i < ui->links.count; i++)
                ret->coming += ui->links.items[i].coming;
        if (ret->coming < LINK_MANY)
                ret->coming = 0;
        int64_t age = age_of(ui, ret->health);
        ret->word = link_word(ret->health);
        if (age >= 0)
                link_age(age, ret->age, sizeof(ret->age));
        if (off && ret->health != REMOTE_OFFLINE)
                snprintf(ret->others, sizeof(ret->others), "%zu of %zu offline", off,
                         ui->links.count);
        ret->came = ui_now_ms(ui) - ui->links.came_ms < CAME_MS ? came : 0;
}
