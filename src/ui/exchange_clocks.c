/*
 * Clocks that differ from ours, in the view Exchange: of the servers, by the time that their
 * answers bear; of other consoles, by what they did before its time.
 */
#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/exchange_pen.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

#define SEEN_MS 86400000 /* a clock that was ahead is told of for a day */

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

/* ---- servers ---- */

static bool is_off(const struct remote *r)
{
        return r->ahead_ms != CLOCK_NONE &&
               (r->ahead_ms >= CLOCK_OFF_MS || -r->ahead_ms >= CLOCK_OFF_MS);
}

const char *clock_of_remote(const struct remote *r, struct arena *a)
{
        char skew[WHEN_BYTES];
        if (r->ahead_ms == CLOCK_NONE)
                return NULL;
        if (r->ahead_ms > -CLOCK_STEADY_MS && r->ahead_ms < CLOCK_STEADY_MS)
                return "as ours";
        when_skew(r->ahead_ms, skew);
        return arena_printf(a, "%s of ours", skew);
}

const char *clock_remark(const struct remote *r, struct arena *a)
{
        char skew[WHEN_BYTES];
        if (!is_off(r))
                return NULL;
        when_skew(r->ahead_ms, skew);
        return arena_printf(a, "clock %s", skew);
}

/* Several servers that all are off the same way are right. */
static bool all_say_so(const struct exchange *x, const struct remote *r)
{
        size_t known = 0;
        for (size_t i = 0; i < x->remote_count; i++) {
                const struct remote *other = &x->remotes[i].r;
                if (other->ahead_ms == CLOCK_NONE)
                        continue;
                if (!is_off(other) || (other->ahead_ms > 0) != (r->ahead_ms > 0))
                        return false;
                known++;
        }
        return known > 1;
}

const char *clock_warning(const struct exchange *x, const struct remote *r)
{
        if (!is_off(r))
                return NULL;
        if (all_say_so(x, r))
                return "All remotes say so: it is the clock of this machine that is wrong. What is "
                       "done here stands in the wrong place beside what others do, and of two who "
                       "say something at once the wrong one counts as the later. timedatectl shows "
                       "whether it is set by a time server.";
        return "One of the two clocks is wrong. If it is ours, what is done here stands in the "
               "wrong "
               "place beside what others do, and of two who say something at once the wrong one "
               "counts as the later. timedatectl shows whether ours is set by a time server.";
}

/* ---- other consoles ---- */

static const char *unit_of(struct view *v, const struct peer_clock *p)
{
        struct row row;
        if (thing_by_id(ui_ops(v->ui)->store, p->unit, &state_of(v)->arena, &row, NULL) != RC_OK)
                return NULL;
        return thing_text(&row.thing, "name");
}

static void add_peer(struct view *v, const struct peer_clock *p)
{
        struct exchange *x = state_of(v);
        struct exchange_item *item = exchange_add_item(x, SECTION_CLOCKS);
        const char *unit = unit_of(v, p);
        char skew[WHEN_BYTES];
        when_skew(p->ahead_ms, skew);
        item->peer = p;
        item->id = p->console;
        item->ref = p->operator;
        item->at_ms = p->seen_ms;
        item->unit = unit ? unit : "a unit that is not known here";
        item->text = arena_printf(&x->arena, "at least %s, %s", skew, item->unit);
}

enum rc clocks_add(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        struct peer_clock *list = NULL;
        size_t count = 0;
        enum rc rc = peer_clock_list(ui_ops(v->ui)->store, ui_now_ms(v->ui) - SEEN_MS, &x->arena,
                                     &list, &count, err);
        for (size_t i = 0; i < count; i++)
                if (list[i].ahead_ms >= CLOCK_OFF_MS)
                        add_peer(v, &list[i]);
        return rc;
}

void clocks_draw(struct exchange_pen *p, const struct exchange_item *item, struct arena *a)
{
        char skew[WHEN_BYTES];
        when_skew(item->peer->ahead_ms, skew);
        pen_head(p, item->ref, "CLOCK AHEAD", false);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT),
                 arena_printf(a,
                              "What was done there reached us before the time that it bears: that "
                              "clock is at least %s of ours, or ours is behind.",
                              skew));
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_WARN),
                 "What people do is put in order by their clocks. Where both sides say something "
                 "of one thing at once, the word from there counts as the later one and is in "
                 "force until somebody settles it.");
        pen_blank(p);
        pen_field(p, "unit", item->unit);
        pen_field(p, "console", item->id);
        pen_time(p, "seen last", item->at_ms);
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 "Compare the two clocks by telephone; timedatectl shows whether one is set by a "
                 "time server. A day after it was seen last this line goes.");
}
