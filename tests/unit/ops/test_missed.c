/* A decline on one console and a confirmation on another: whichever comes later in the order, both
 * consoles see both until somebody has settled it. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/conflicts.h"
#include "unit/going.h"

TestSuite(missed);

/* "declined | confirmed", in the order of acts; "" where nothing is in conflict. */
static const char *in_conflict(struct desk *d, const char *id, struct arena *a)
{
        struct conflicts c = {.count = 0};
        const char *text = "";
        struct err err = {0};
        struct row row;

        cr_assert_eq(ops_conflicts(&d->ops, id, a, &c, &err), RC_OK, "%s", err.text);
        desk_row(d, id, a, &row);
        cr_expect_eq((row.flags & MARK_CONFLICT) != 0, c.count > 0);
        for (size_t i = 0; i < c.count; i++)
                for (size_t k = 0; k < c.items[i].count; k++)
                        text = arena_printf(a, "%s%s%s", text, k ? " | " : "",
                                            c.items[i].words[k].value);
        return text;
}

static void expect_conflict(struct desk *a, struct desk *b, const char *id, const char *wanted)
{
        CLEANUP(arena_finish) struct arena arena = {0};

        for (struct desk *d = a; d; d = d == a ? b : NULL) {
                const char *found = in_conflict(d, id, &arena);

                cr_expect_str_eq(found, wanted, "%s, not %s", found, wanted);
        }
}

struct pair {
        struct desk a, b;
        char ana[STIX_ID_MAX], id[STIX_ID_MAX];
};

static void alerted_on_both(struct pair *p)
{
        desk_start(&p->a);
        desk_join(&p->b, &p->a, "bea");
        going_expert(&p->a, "Ana", p->ana);
        going_planned(&p->a, p->ana, "2026-11-25T08:00Z", "2026-11-28T08:00Z", p->id);
        desk_move(&p->a, p->id, "alert");
        desk_meet(&p->a, &p->b);
}

static void stop(struct pair *p)
{
        desk_stop(&p->b);
        desk_stop(&p->a);
}

static void settle(struct desk *d, const char *id, const char *state)
{
        struct err err = {0};

        cr_assert_eq(desk_try(d, id, "settle", "state", state, NULL, &err), RC_OK, "%s", err.text);
}

Test(missed, a_decline_that_comes_after_a_confirmation_is_seen)
{
        struct err err = {0};
        struct pair p;

        alerted_on_both(&p);
        desk_move(&p.a, p.id, "confirm");
        clock_advance(MINUTE);
        desk_move(&p.b, p.id, "decline");
        desk_meet(&p.a, &p.b);
        going_shows(&p.a, p.id, "state", "confirmed");
        going_shows(&p.b, p.id, "state", "confirmed");
        expect_conflict(&p.a, &p.b, p.id, "confirmed | declined");
        cr_expect_eq(desk_try(&p.b, p.id, "settle", "state", "declined", NULL, &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "it came too late to be declined; settle keeps confirmed"), "%s",
                  err.text);
        settle(&p.b, p.id, "confirmed");
        desk_meet(&p.a, &p.b);
        going_shows(&p.a, p.id, "state", "confirmed");
        expect_conflict(&p.a, &p.b, p.id, "");
        stop(&p);
}

Test(missed, so_is_a_confirmation_that_comes_after_a_decline)
{
        struct pair p;

        alerted_on_both(&p);
        desk_move(&p.b, p.id, "decline");
        clock_advance(MINUTE);
        desk_move(&p.a, p.id, "confirm");
        desk_move(&p.a, p.id, "mobilise");
        desk_meet(&p.a, &p.b);
        going_shows(&p.a, p.id, "state", "declined");
        expect_conflict(&p.a, &p.b, p.id, "declined | mobilising");
        settle(&p.a, p.id, "declined");
        desk_meet(&p.a, &p.b);
        expect_conflict(&p.a, &p.b, p.id, "");
        going_shows(&p.b, p.id, "state", "declined");
        stop(&p);
}

Test(missed, what_both_did_and_what_is_known_is_no_conflict)
{
        struct err err = {0};
        struct pair p;

        alerted_on_both(&p);
        desk_move(&p.a, p.id, "confirm");
        clock_advance(MINUTE);
        desk_move(&p.b, p.id, "confirm");
        desk_meet(&p.a, &p.b);
        desk_move(&p.a, p.id, "mobilise");
        desk_meet(&p.a, &p.b);
        expect_conflict(&p.a, &p.b, p.id, "");
        cr_expect_eq(desk_try(&p.a, p.id, "settle", "state", "declined", NULL, &err), RC_CONFLICT);
        stop(&p);
}

/* Who goes on sees the conflict, and goes on all the same. */
Test(missed, going_on_settles_it_as_every_conflict)
{
        struct pair p;

        alerted_on_both(&p);
        desk_move(&p.a, p.id, "confirm");
        clock_advance(MINUTE);
        desk_move(&p.b, p.id, "decline");
        desk_meet(&p.a, &p.b);
        desk_move(&p.a, p.id, "stand-down");
        desk_meet(&p.a, &p.b);
        going_shows(&p.b, p.id, "state", "stood-down");
        expect_conflict(&p.a, &p.b, p.id, "");
        stop(&p);
}
