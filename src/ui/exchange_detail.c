/*
 * What the cursor is on, in full: a remote, a version on its way, a conflict.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/exchange_pen.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

/* ---- a remote ---- */

static const char *auth_words(const struct remote *r, struct arena *a)
{
        switch (r->auth) {
        case REMOTE_TOKEN: return arena_printf(a, "by the token in %s", r->secret_file);
        case REMOTE_BASIC:
                return arena_printf(a, "%s, by the password in %s", r->user, r->secret_file);
        case REMOTE_CERT: return arena_printf(a, "by the certificate %s", r->cert_file);
        case REMOTE_OPEN: break;
        }
        return "nobody in particular";
}

static const char *rights_words(const struct remote *r)
{
        if (!r->root)
                return "not known yet";
        if (r->can_read && r->can_write)
                return "read and write";
        return r->can_read    ? "read only: nothing of ours goes there"
               : r->can_write ? "write only: nothing comes from there"
                              : "none";
}

static void put_counts(struct exchange_pen *p, const struct exchange_remote *r, struct arena *a)
{
        pen_field(p, "since added",
                  arena_printf(a, "%s%lld received, %lld sent, %lld refused",
                               glyph_text(GLYPH_IN, p->c->ascii), (long long)r->r.received,
                               (long long)r->r.sent, (long long)r->r.refused));
        pen_field(p, "on the way",
                  arena_printf(a, "%s%lld waiting, %lld held, %lld in quarantine",
                               glyph_text(GLYPH_OUT, p->c->ascii), (long long)r->waiting,
                               (long long)r->held, (long long)r->refused));
}

static void put_setup(struct exchange_pen *p, const struct remote *r, struct arena *a)
{
        pen_field(p, "address", r->url);
        pen_field(p, "API root", r->root);
        pen_field(p, "collection", r->collection);
        pen_field(p, "we are", auth_words(r, a));
        pen_field(p, "we may", rights_words(r));
        pen_field(p, "goes there", arena_printf(a, "up to %s", tlp_name((enum tlp)r->ceiling)));
        pen_field(p, "unmarked",
                  r->default_marking < 0 ? "counts as the console says"
                                         : arena_printf(a, "counts as %s",
                                                        tlp_name((enum tlp)r->default_marking)));
        if (r->root)
                pen_field(p, "order",
                          r->ordered ? "kept: news come as they are made"
                                     : "not kept: asked now and then, checked daily");
}

static void put_doubts(struct exchange_pen *p, const struct exchange *x,
                       const struct exchange_remote *r)
{
        struct look warn = LOOK(.ink = ROLE_WARN);
        const char *clock = clock_warning(x, &r->r);
        if (clock || r->r.incomplete || r->r.unsteady || r->gone)
                pen_blank(p);
        if (clock)
                pen_text(p, 0, warn, clock);
        if (r->r.incomplete)
                pen_text(p, 0, warn,
                         "It does not show all that it has: what is here may lack some.");
        if (r->r.unsteady)
                pen_text(p, 0, warn, "Daily checks found what it had not told of before.");
        if (r->gone)
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                         "What came from there and is not there any more is listed at the end; "
                         "here it stays.");
}

static void draw_remote(struct exchange_pen *p, const struct exchange *x,
                        const struct exchange_remote *r, struct arena *a)
{
        struct ui *ui = p->v->ui;
        const struct link *l = links_find(ui, r->r.id);
        const char *trouble = exchange_trouble(r, ui, a);
        int64_t next = l ? l->next_ms : r->r.next_try_ms;
        pen_head(p, r->r.name, exchange_state_word(ui, r), exchange_is_well(ui, r));
        if (trouble) {
                pen_text(p, 0, LOOK(.ink = ROLE_WARN), trouble);
                pen_blank(p);
        }
        if (ui->links.why_not[0]) {
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                         arena_printf(a, "Nothing is asked or sent from here: %s.",
                                      ui->links.why_not));
                pen_blank(p);
        }
        pen_field(p, "coming in", exchange_progress(r, ui, a));
        pen_time(p, "data as of", l ? l->synced_ms : r->r.synced_ms);
        pen_time(p, "last try", r->r.tried_ms);
        if (next > ui_now_ms(ui))
                pen_time(p, "next try", next);
        if (r->r.failures)
                pen_field(p, "failed",
                          arena_printf(a, "%lld times in a row", (long long)r->r.failures));
        put_counts(p, r, a);
        pen_field(p, "its clock", clock_of_remote(&r->r, a));
        pen_blank(p);
        put_setup(p, &r->r, a);
        put_doubts(p, x, r);
}

/* ---- a version on its way ---- */

static const char *fate(const struct exchange_item *item)
{
        if (!item->d)
                return "WAITING";
        switch (item->d->state) {
        case DELIVERY_HELD: return "HELD BACK";
        case DELIVERY_QUARANTINED: return "REFUSED";
        case DELIVERY_UNCONFIRMED: return "UNCONFIRMED";
        case DELIVERY_DROPPED: break;
        }
        return "DROPPED";
}

static void draw_version(struct exchange_pen *p, const struct exchange *x,
                         const struct exchange_item *item, struct arena *a)
{
        const struct exchange_remote *r = &x->remotes[item->remote];
        pen_head(p, item->ref && *item->ref ? item->ref : "object", fate(item), false);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
        pen_blank(p);
        pen_field(p, "goes to", r->r.name);
        pen_time(p, item->d ? "since" : "made", item->at_ms);
        if (item->d) {
                pen_field(p, "tries", arena_printf(a, "%lld", (long long)item->d->tries));
                pen_blank(p);
                pen_text(p, 0, LOOK(.ink = ROLE_WARN), item->d->why);
                pen_blank(p);
                pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                         "R tries again, x never sends it there; here it stays.");
        }
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_FAINT), item->id);
}

/* ---- what is not there any more ---- */

static void draw_gone(struct exchange_pen *p, const struct exchange *x,
                      const struct exchange_item *item, struct arena *a)
{
        const char *remote = x->remotes[item->remote].r.name;
        pen_head(p, item->ref && *item->ref ? item->ref : "object", "NOT THERE", false);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
        pen_blank(p);
        pen_field(p, "came from", remote);
        pen_time(p, "missed since", item->at_ms);
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT),
                 arena_printf(a,
                              "%s does not list it any more. It was removed there or has expired, "
                              "or we may not see it now; the server does not say which. Nothing "
                              "was deleted here, and nothing will be.",
                              remote));
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_FAINT), item->id);
}

static void draw_nothing(struct exchange_pen *p)
{
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT),
                 "With a remote, desks that know of each other see one picture: what others do is "
                 "here while it happens, and what is done here goes out, or waits until the line "
                 "is back.");
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 "muster remote add NAME URL --collection ID --token-file FILE");
        pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 "Any TAXII 2.1 server will do; muster-hub is one for a room.");
}

void exchange_draw_detail(const struct view *v, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct exchange *x = v->state;
        const struct exchange_item *item = exchange_current(x);
        bool narrow = ui_is_narrow(v->ui);
        int side = ui_is_linear(v->ui)       ? 0
                   : x->in_detail && !narrow ? 3
                                             : 1,
            top = r.h >= 28 ? 1 : 0;
        struct exchange_pen p = {.v = v,
                                 .c = c,
                                 .r = {r.x + side, r.y + top,
                                       r.w - 2 * side - (narrow || x->in_detail ? 0 : 2),
                                       r.h - 1 - top},
                                 .skip = x->in_detail ? x->scroll : 0};
        x->choices = (struct rect){0};
        if (!item) {
                draw_nothing(&p);
                return;
        }
        if (item->section == SECTION_REMOTES)
                draw_remote(&p, x, &x->remotes[item->remote], &a);
        else if (item->c)
                exchange_draw_conflict(&p, x, item);
        else if (item->o)
                booked_draw(&p, item, &a);
        else if (item->peer)
                clocks_draw(&p, item, &a);
        else if (item->section == SECTION_GONE)
                draw_gone(&p, x, item, &a);
        else
                draw_version(&p, x, item, &a);
        if (p.row - p.skip > p.r.h)
                canvas_printf(c, p.r.x, p.r.y + p.r.h, p.r.w, LOOK(.ink = ROLE_MUTED),
                              "%s %d more line%s", glyph_text(GLYPH_MORE_DOWN, c->ascii),
                              p.row - p.skip - p.r.h, p.row - p.skip - p.r.h == 1 ? "" : "s");
}
