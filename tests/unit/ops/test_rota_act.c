/* What is done to a rota: who is on duty then, and who is on call by it. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/duties.h"
#include "ops/rosters.h"
#include "unit/desk.h"

TestSuite(rota_act);

#define HOUR (60 * MINUTE)

struct shop {
        struct desk d;
        char ana[STIX_ID_MAX], bodo[STIX_ID_MAX], cara[STIX_ID_MAX], rota[STIX_ID_MAX];
};

static void make_expert(struct desk *d, const char *name, char id[STIX_ID_MAX])
{
        const struct ops_field fields[] = {{"name", name}, {"verified", "now"}};

        desk_make(d, &kind_expert, fields, ARRAY_LEN(fields), id);
}

/* Ana and Bodo, 12 hours each, from 08:00 on: it is noon, and Ana's turn. */
static void open_shop(struct shop *s)
{
        CLEANUP(arena_finish) struct arena a = {0};

        desk_start(&s->d);
        make_expert(&s->d, "Ana", s->ana);
        make_expert(&s->d, "Bodo", s->bodo);
        make_expert(&s->d, "Cara", s->cara);
        const struct ops_field fields[] = {
                {"name", "Duty"},
                {"members", arena_printf(&a, "1 %s, 2 %s", s->ana, s->bodo)},
                {"starts", "2026-11-24T08:00:00.000Z"},
                {"shift_hours", "12"},
                {"timezone", "UTC"}};
        desk_make(&s->d, &kind_rota, fields, ARRAY_LEN(fields), s->rota);
}

static void close_shop(struct shop *s)
{
        desk_stop(&s->d);
}

static enum rc act(struct shop *s, const char *verb, const struct ops_field *details, size_t count,
                   const char *reason, struct err *err)
{
        const struct ops_request r = {.verb = verb,
                                      .details = details,
                                      .detail_count = count,
                                      .reason = reason,
                                      .occurred_ms = CLOCK_NONE};

        return ops_do(&s->d.ops, s->rota, &r, err);
}

static enum rc take_over(struct shop *s, const char *by, struct err *err)
{
        return act(s, "take-over", &(struct ops_field){"by", by}, 1, "sick", err);
}

/* Who is on duty at an hour of the day; "" where nobody is. */
static const char *on_duty(struct shop *s, int hour, struct arena *a)
{
        struct duties duties;
        struct err err = {0};
        struct row row;

        desk_row(&s->d, s->rota, a, &row);
        cr_assert_eq(
                ops_duties(&s->d.ops, &row.thing, DESK_NOW + (hour - 12) * HOUR, a, &duties, &err),
                RC_OK, "%s", err.text);
        return duties.count && duties.list[0].duty.id ? duties.list[0].duty.id : "";
}

static const char *status(struct shop *s, const char *id, struct arena *a)
{
        return desk_shows(&s->d, id, "status", a);
}

Test(rota_act, who_takes_over_is_on_duty_until_the_shift_ends)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct shop s;

        open_shop(&s);
        cr_assert_str_eq(on_duty(&s, 12, &a), s.ana);
        cr_assert_eq(take_over(&s, s.cara, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(on_duty(&s, 11, &a), s.ana);
        cr_expect_str_eq(on_duty(&s, 12, &a), s.cara);
        cr_expect_str_eq(on_duty(&s, 19, &a), s.cara);
        cr_expect_str_eq(on_duty(&s, 20, &a), s.bodo);
        cr_expect_eq(take_over(&s, s.cara, &err), RC_CONFLICT);
        cr_expect(strstr(err.text, "their own duty"), "%s", err.text);
        close_shop(&s);
}

Test(rota_act, turns_are_swapped_whole_and_undone_as_one)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct ops_field turns[] = {{"turn", "2026-11-24T21:00:00.000Z"},
                                          {"with", "2026-11-25T09:00:00.000Z"}};
        struct err err = {0};
        struct shop s;

        open_shop(&s);
        cr_assert_eq(act(&s, "swap", turns, 2, NULL, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(on_duty(&s, 20, &a), s.ana);
        cr_expect_str_eq(on_duty(&s, 31, &a), s.ana);
        cr_expect_str_eq(on_duty(&s, 32, &a), s.bodo);
        cr_expect_str_eq(on_duty(&s, 43, &a), s.bodo);
        cr_expect_str_eq(on_duty(&s, 44, &a), s.bodo, "a turn later it is as it was");
        AUTO_FREE char *undone = NULL;
        cr_assert_eq(ops_undo(&s.d.ops, &undone, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(on_duty(&s, 20, &a), s.bodo);
        cr_expect_str_eq(on_duty(&s, 32, &a), s.ana);
        close_shop(&s);
}

Test(rota_act, an_override_stands_above_the_turns_of_its_time)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct shop s;

        open_shop(&s);
        const struct ops_field said[] = {{"who", s.cara},
                                         {"from", "2026-11-24T18:00:00.000Z"},
                                         {"until", "2026-11-24T22:00:00.000Z"}};
        cr_assert_eq(act(&s, "override", said, 3, NULL, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(on_duty(&s, 17, &a), s.ana);
        cr_expect_str_eq(on_duty(&s, 18, &a), s.cara);
        cr_expect_str_eq(on_duty(&s, 21, &a), s.cara);
        cr_expect_str_eq(on_duty(&s, 22, &a), s.bodo);
        close_shop(&s);
}

Test(rota_act, what_makes_no_sense_is_refused_and_changes_nothing)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct shop s;

        open_shop(&s);
        const struct ops_field backwards[] = {{"who", s.cara},
                                              {"from", "2026-11-24T22:00:00.000Z"},
                                              {"until", "2026-11-24T18:00:00.000Z"}},
                               nobody[] = {{"turn", "2026-11-24T07:00:00.000Z"},
                                           {"with", "2026-11-25T09:00:00.000Z"}},
                               same[] = {{"turn", "2026-11-24T09:00:00.000Z"},
                                         {"with", "2026-11-25T09:00:00.000Z"}},
                               no_person[] = {{"by", s.rota}};
        cr_expect_neq(act(&s, "override", backwards, 3, NULL, &err), RC_OK);
        cr_expect_neq(act(&s, "override", backwards, 2, NULL, &err), RC_OK);
        cr_expect_eq(act(&s, "swap", nobody, 2, NULL, &err), RC_CONFLICT);
        cr_expect_eq(act(&s, "swap", same, 2, NULL, &err), RC_CONFLICT);
        cr_expect_eq(act(&s, "take-over", no_person, 1, "sick", &err), RC_INVALID);
        cr_expect_eq(act(&s, "take-over", &(struct ops_field){"by", s.cara}, 1, NULL, &err),
                     RC_INVALID);
        cr_expect_str_eq(desk_shows(&s.d, s.rota, "overrides", &a), "");
        close_shop(&s);
}

Test(rota_act, who_has_a_turn_is_on_call_in_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        struct shop s;
        size_t told = 0;

        open_shop(&s);
        cr_expect_str_eq(status(&s, s.ana, &a), "on-call");
        cr_expect_str_eq(desk_shows(&s.d, s.ana, "status_until", &a), "2026-11-24T20:00:00.000Z");
        cr_expect_str_eq(status(&s, s.bodo, &a), "ready");
        cr_expect_str_eq(desk_shows(&s.d, s.bodo, "status_until", &a), "2026-11-24T20:00:00.000Z");
        cr_expect_str_eq(status(&s, s.cara, &a), "ready");
        cr_assert_eq(take_over(&s, s.cara, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(status(&s, s.ana, &a), "ready");
        cr_expect_str_eq(status(&s, s.cara, &a), "on-call");
        clock_advance(9 * HOUR);
        cr_assert_eq(ops_rosters_refresh(&s.d.ops, 100, &told, &err), RC_OK, "%s", err.text);
        cr_expect_str_eq(status(&s, s.cara, &a), "ready");
        cr_expect_str_eq(status(&s, s.bodo, &a), "on-call");
        close_shop(&s);
}

Test(rota_act, who_leaves_a_rota_is_on_call_by_it_no_more)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct shop s;

        open_shop(&s);
        cr_assert_str_eq(status(&s, s.ana, &a), "on-call");
        desk_do(&s.d, s.rota, "set", "members", arena_printf(&a, "1 %s", s.bodo));
        cr_expect_str_eq(status(&s, s.ana, &a), "ready");
        cr_expect_str_eq(status(&s, s.bodo, &a), "on-call");
        close_shop(&s);
}

static const char *away(struct shop *s, size_t turn, struct arena *a)
{
        struct duties duties;
        struct err err = {0};
        struct row row;

        desk_row(&s->d, s->rota, a, &row);
        cr_assert_eq(ops_duties(&s->d.ops, &row.thing, DESK_NOW, a, &duties, &err), RC_OK, "%s",
                     err.text);
        return duties.list[turn].away ? duties.list[turn].away : "";
}

Test(rota_act, who_is_not_there_in_a_turn_is_marked)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char deployment[STIX_ID_MAX];
        struct shop s;

        open_shop(&s);
        cr_expect_str_eq(away(&s, 0, &a), "");
        desk_do(&s.d, s.ana, "set", "leave", "2026-11-24T18:00Z/2026-11-25T02:00Z");
        desk_make_of(&s.d, &kind_deployment, deployment, "title", "Away", "resources", s.bodo,
                     "mode", "remote", "from", "2026-11-25T02:00Z", "until", "2026-11-25T12:00Z",
                     "checks", "interests,rest", NULL);
        desk_move(&s.d, deployment, "alert");
        cr_expect_str_eq(away(&s, 1, &a), "");
        desk_move(&s.d, deployment, "confirm");
        cr_expect_str_eq(away(&s, 0, &a), "on leave");
        cr_expect_str_eq(away(&s, 1, &a), "DEP-0001");
        cr_expect_str_eq(away(&s, 2, &a), "");
        close_shop(&s);
}
