/*
 * What the cursor is on, in full: a remote, a version on its way, a conflict.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/marking.h"
#include "model/when.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

#define LABEL_COLUMNS 13

/* Rows from the top of r, of which the first `skip` are not shown. */
struct pen {
        const struct view *v;
        struct canvas *c;
        struct rect r;
        int row, skip;
};

static bool next_row(struct pen *p, int *ret_y)
{
        int shown = p->row++ - p->skip;
        *ret_y = p->r.y + shown;
        return shown >= 0 && shown < p->r.h;
}

static void blank(struct pen *p)
{
        p->row++;
}

struct wrapping {
        struct pen *p;
        int indent;
        struct look look;
};

static void put_line(void *ctx, const char *line, size_t len)
{
        struct wrapping *w = ctx;
        int y;
        if (next_row(w->p, &y))
                canvas_printf(w->p->c, w->p->r.x + w->indent, y, w->p->r.w - w->indent, w->look,
                              "%.*s", (int)len, line);
}

static void put_text(struct pen *p, int indent, struct look look, const char *text)
{
        struct wrapping w = {p, indent, look};
        if (p->r.w > indent)
                text_wrap(text, (size_t)(p->r.w - indent), put_line, &w);
}

static void put_field(struct pen *p, const char *label, const char *text)
{
        int row = p->row, y = p->r.y + row - p->skip;
        if (!text || !*text)
                return;
        put_text(p, LABEL_COLUMNS, LOOK(.ink = ROLE_TEXT), text);
        if (row >= p->skip && y < p->r.y + p->r.h)
                canvas_text(p->c, p->r.x, y, LABEL_COLUMNS - 1, LOOK(.ink = ROLE_MUTED), label);
}

static void put_time(struct pen *p, const char *label, int64_t ms)
{
        char when[WHEN_BYTES];
        if (ms == CLOCK_NONE)
                return;
        when_show(ms, ui_now_ms(p->v->ui), when);
        put_field(p, label, when);
}

static void put_head(struct pen *p, const char *head, const char *right, bool well)
{
        int y, w = (int)text_width(right);
        if (next_row(p, &y)) {
                canvas_text(p->c, p->r.x, y, p->r.w - w - 1,
                            LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD), head);
                canvas_right(p->c, p->r.x + p->r.w, y, w,
                             LOOK(.ink = well ? ROLE_OK : ROLE_WARN, .attr = ATTR_BOLD), right);
        }
        blank(p);
}

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

static void put_counts(struct pen *p, const struct exchange_remote *r, struct arena *a)
{
        put_field(p, "since added",
                  arena_printf(a, "%s%lld received, %lld sent, %lld refused",
                               glyph_text(GLYPH_IN, p->c->ascii), (long long)r->r.received,
                               (long long)r->r.sent, (long long)r->r.refused));
        put_field(p, "on the way",
                  arena_printf(a, "%s%lld waiting, %lld held, %lld in quarantine",
                               glyph_text(GLYPH_OUT, p->c->ascii), (long long)r->waiting,
                               (long long)r->held, (long long)r->refused));
}

static void put_setup(struct pen *p, const struct remote *r, struct arena *a)
{
        put_field(p, "address", r->url);
        put_field(p, "API root", r->root);
        put_field(p, "collection", r->collection);
        put_field(p, "we are", auth_words(r, a));
        put_field(p, "we may", rights_words(r));
        put_field(p, "goes there", arena_printf(a, "up to %s", tlp_name((enum tlp)r->ceiling)));
        put_field(p, "unmarked",
                  r->default_marking < 0 ? "counts as the console says"
                                         : arena_printf(a, "counts as %s",
                                                        tlp_name((enum tlp)r->default_marking)));
        if (r->root)
                put_field(p, "order",
                          r->ordered ? "kept: news come as they are made"
                                     : "not kept: asked now and then, checked daily");
}

static void put_doubts(struct pen *p, const struct remote *r)
{
        struct look warn = LOOK(.ink = ROLE_WARN);
        if (r->incomplete)
                put_text(p, 0, warn,
                         "It does not show all that it has: what is here may lack some.");
        if (r->unsteady)
                put_text(p, 0, warn, "Daily checks found what it had not told of before.");
}

static void draw_remote(struct pen *p, const struct exchange_remote *r, struct arena *a)
{
        struct ui *ui = p->v->ui;
        const struct link *l = links_find(ui, r->r.id);
        const char *trouble = exchange_trouble(r, ui, a);
        int64_t next = l ? l->next_ms : r->r.next_try_ms;
        put_head(p, r->r.name, exchange_state_word(ui, r), exchange_is_well(ui, r));
        if (trouble) {
                put_text(p, 0, LOOK(.ink = ROLE_WARN), trouble);
                blank(p);
        }
        if (ui->links.why_not[0]) {
                put_text(p, 0, LOOK(.ink = ROLE_MUTED),
                         arena_printf(a, "Nothing is asked or sent from here: %s.",
                                      ui->links.why_not));
                blank(p);
        }
        put_time(p, "data as of", l ? l->synced_ms : r->r.synced_ms);
        put_time(p, "last try", r->r.tried_ms);
        if (next > ui_now_ms(ui))
                put_time(p, "next try", next);
        if (r->r.failures)
                put_field(p, "failed",
                          arena_printf(a, "%lld times in a row", (long long)r->r.failures));
        put_counts(p, r, a);
        blank(p);
        put_setup(p, &r->r, a);
        if (r->r.incomplete || r->r.unsteady)
                blank(p);
        put_doubts(p, &r->r);
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

static void draw_version(struct pen *p, const struct exchange *x, const struct exchange_item *item,
                         struct arena *a)
{
        const struct exchange_remote *r = &x->remotes[item->remote];
        put_head(p, item->ref && *item->ref ? item->ref : "object", fate(item), false);
        put_text(p, 0, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
        blank(p);
        put_field(p, "goes to", r->r.name);
        put_time(p, item->d ? "since" : "made", item->at_ms);
        if (item->d) {
                put_field(p, "tries", arena_printf(a, "%lld", (long long)item->d->tries));
                blank(p);
                put_text(p, 0, LOOK(.ink = ROLE_WARN), item->d->why);
                blank(p);
                put_text(p, 0, LOOK(.ink = ROLE_MUTED),
                         "R tries again, x never sends it there; here it stays.");
        }
        blank(p);
        put_text(p, 0, LOOK(.ink = ROLE_FAINT), item->id);
}

/* ---- a conflict ---- */

static void draw_conflict(struct pen *p, const struct exchange *x, const struct exchange_item *item)
{
        put_head(p, item->ref, "conflict", false);
        put_text(p, 0, LOOK(.ink = ROLE_TEXT), item->text ? item->text : "");
        blank(p);
        if (x->said)
                put_text(p, 0, LOOK(.ink = ROLE_TEXT), x->said);
        blank(p);
        put_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 "Both words are kept; Enter goes to the incident, where it is settled.");
}

void exchange_draw_detail(const struct view *v, struct canvas *c, struct rect r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct exchange *x = v->state;
        const struct exchange_item *item = exchange_current(x);
        bool narrow = ui_is_narrow(v->ui);
        int side = ui_is_linear(v->ui)       ? 0
                   : x->in_detail && !narrow ? 3
                                             : 1,
            top = r.h >= 28 ? 1 : 0;
        struct pen p = {.v = v,
                        .c = c,
                        .r = {r.x + side, r.y + top,
                              r.w - 2 * side - (narrow || x->in_detail ? 0 : 2), r.h - 1 - top},
                        .skip = x->in_detail ? x->scroll : 0};
        if (!item)
                return;
        if (item->section == SECTION_REMOTES)
                draw_remote(&p, &x->remotes[item->remote], &a);
        else if (item->section == SECTION_CONFLICTS)
                draw_conflict(&p, x, item);
        else
                draw_version(&p, x, item, &a);
        if (p.row - p.skip > p.r.h)
                canvas_printf(c, p.r.x, p.r.y + p.r.h, p.r.w, LOOK(.ink = ROLE_MUTED),
                              "%s %d more line%s", glyph_text(GLYPH_MORE_DOWN, c->ascii),
                              p.row - p.skip - p.r.h, p.row - p.skip - p.r.h == 1 ? "" : "s");
}
