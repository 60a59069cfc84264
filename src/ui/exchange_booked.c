/*
 * Who is booked twice, in the view Exchange: a line for each deployment and whom it shares.
 */
#include "base/mem.h"
#include "model/machine.h"
#include "ui/exchange_pen.h"
#include "ui/exchange_view.h"
#include "ui_private.h"

void booked_add(struct exchange *x)
{
        for (size_t i = 0; i < x->shown.count; i++) {
                const struct overlaps *of = &x->shown.booked[i];
                for (size_t k = 0; k < of->count; k++) {
                        struct exchange_item *item = exchange_add_item(x, SECTION_BOOKED);
                        item->booked = of;
                        item->o = &of->list[k];
                        item->id = item->incident = of->deployment.thing.id;
                        item->ref = of->deployment.ref;
                        item->at_ms = of->list[k].from_ms;
                        item->text = arena_printf(
                                &x->arena, "%s %s, also for %s", item->o->resource.ref,
                                thing_text(&item->o->resource.thing, "name"), item->o->other.ref);
                }
        }
}

static void draw_deployment(struct exchange_pen *p, const struct row *row, struct arena *a)
{
        const char *title = thing_text(&row->thing, "title");
        const char *who = thing_text(&row->thing, "source");
        int state = thing_rank(&row->thing, "state");
        pen_text(p, 0, LOOK(.ink = ROLE_STRONG, .attr = ATTR_BOLD),
                 arena_printf(a, "%s  %s", row->ref, title ? title : ""));
        pen_field(p, "state",
                  state < 0 ? "planned" : enum_at(&enum_deployment_state, state)->label);
        pen_time(p, "from", thing_ms(&row->thing, "from"));
        pen_time(p, "until", thing_ms(&row->thing, "until"));
        if (who)
                pen_field(p, "source", who);
        pen_blank(p);
}

void booked_draw(struct exchange_pen *p, const struct exchange_item *item, struct arena *a)
{
        pen_head(p,
                 arena_printf(a, "%s  %s", item->o->resource.ref,
                              thing_text(&item->o->resource.thing, "name")),
                 "booked twice", false);
        pen_text(p, 0, LOOK(.ink = ROLE_TEXT),
                 "Both were confirmed without knowing of the other, for the same time:");
        pen_blank(p);
        draw_deployment(p, &item->booked->deployment, a);
        draw_deployment(p, &item->o->other, a);
        pen_time(p, "both from", item->o->from_ms);
        pen_time(p, "both until", item->o->until_ms);
        pen_blank(p);
        pen_text(p, 0, LOOK(.ink = ROLE_MUTED),
                 "Agree who goes. Then stand one of them down, or recall it where it has left, or "
                 "substitute somebody there: o goes to the deployment, m has the verbs.");
}
