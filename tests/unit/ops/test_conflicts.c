/*
 * Conflicts as people settle them: whose word is whose, and what stood before.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ops/conflicts.h"
#include "unit/desk.h"

TestSuite(conflicts);

struct pair {
        struct desk d, e;
        struct arena a;
        char id[STIX_ID_MAX];
        struct conflicts found;
};

static void take(struct desk *to, struct desk *from)
{
        AUTO_FREE char *text = desk_export(from);
        struct err err = {0};

        cr_assert_eq(desk_import(to, text, &err), RC_OK, "%s", err.text);
}

static void meet(struct pair *p)
{
        take(&p->d, &p->e);
        take(&p->e, &p->d);
}

/* Two desks of a unit that both hold one incident. */
static void start(struct pair *p)
{
        *p = (struct pair){0};
        desk_start(&p->d);
        desk_join(&p->e, &p->d, "bruno");
        desk_new(&p->d, "Ours", "low", p->id);
        take(&p->e, &p->d);
        clock_advance(MINUTE);
}

static void stop(struct pair *p)
{
        arena_finish(&p->a);
        desk_stop(&p->e);
        desk_stop(&p->d);
}

static const struct conflict *find(struct pair *p, struct desk *d, size_t count)
{
        struct err err = {0};

        cr_assert_eq(ops_conflicts(&d->ops, p->id, &p->a, &p->found, &err), RC_OK, "%s", err.text);
        cr_assert_eq(p->found.count, count, "%zu", p->found.count);
        return p->found.items;
}

static enum rc settle(struct pair *p, const struct conflict *c, const char *value, struct err *err)
{
        const struct ops_field f = conflict_take(c, value, &p->a);
        const struct ops_task task = {
                p->id,
                {.verb = "settle", .fields = &f, .field_count = 1, .occurred_ms = CLOCK_NONE}};

        return ops_do_tasks(&p->d.ops, &task, 1, err);
}

Test(conflicts, each_word_has_its_author_and_both_what_stood_before)
{
        const struct conflict *c;
        struct err err = {0};
        struct pair p;

        start(&p);
        desk_do(&p.d, p.id, "severity", "severity", "high");
        clock_advance(MINUTE);
        desk_do(&p.e, p.id, "severity", "severity", "critical");
        meet(&p);
        c = find(&p, &p.d, 1);
        cr_assert_str_eq(c->field->name, "severity");
        cr_assert_eq(c->count, 2);
        cr_assert_str_eq(c->words[0].value, "high");
        cr_assert(c->words[0].ours && !c->words[0].in_force);
        cr_assert_str_eq(c->words[1].act->operator, "bruno");
        cr_assert_str_eq(c->words[1].unit, "Test CSIRT");
        cr_assert(!c->words[1].ours && c->words[1].in_force);
        cr_assert_str_eq(c->before, "low");
        cr_assert_str_eq(c->before_act->verb, "open");
        c = find(&p, &p.e, 1);
        cr_assert(c->words[1].ours && !c->words[0].ours, "there it is the other way round");
        c = find(&p, &p.d, 1);
        cr_assert_eq(settle(&p, c, c->before, &err), RC_OK, "%s", err.text);
        find(&p, &p.d, 0);
        cr_assert_str_eq(desk_shows(&p.d, p.id, "severity", &p.a), "low");
        stop(&p);
}

/* One of them has changed it twice: before is what both had seen. */
Test(conflicts, before_is_the_last_that_all_had_seen)
{
        const struct conflict *c;
        struct pair p;

        start(&p);
        desk_do(&p.d, p.id, "severity", "severity", "medium");
        take(&p.e, &p.d);
        clock_advance(MINUTE);
        desk_do(&p.d, p.id, "severity", "severity", "high");
        clock_advance(MINUTE);
        desk_do(&p.d, p.id, "severity", "severity", "low");
        desk_do(&p.e, p.id, "severity", "severity", "critical");
        meet(&p);
        c = find(&p, &p.e, 1);
        cr_assert_str_eq(c->before, "medium");
        stop(&p);
}

Test(conflicts, a_member_is_put_in_or_taken_out)
{
        const struct conflict *c;
        struct err err = {0};
        struct pair p;

        start(&p);
        desk_do(&p.d, p.id, "set", "sectors", "+energy");
        take(&p.e, &p.d);
        clock_advance(MINUTE);
        desk_do(&p.d, p.id, "set", "sectors", "-energy");
        desk_do(&p.e, p.id, "set", "sectors", "-energy");
        desk_do(&p.e, p.id, "set", "sectors", "+energy");
        meet(&p);
        c = find(&p, &p.d, 1);
        cr_assert_str_eq(c->heads->item, "energy");
        cr_assert_str_eq(c->before, "energy");
        cr_assert_eq(settle(&p, c, NULL, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(desk_shows(&p.d, p.id, "sectors", &p.a), "");
        find(&p, &p.d, 0);
        stop(&p);
}

Test(conflicts, several_are_settled_all_or_none)
{
        const struct ops_field high = {"severity", "high"};
        struct err err = {0};
        struct pair p;

        start(&p);
        desk_do(&p.d, p.id, "severity", "severity", "high");
        desk_do(&p.e, p.id, "severity", "severity", "critical");
        meet(&p);
        struct ops_task tasks[] = {{p.id, {"settle", &high, 1, .occurred_ms = CLOCK_NONE}},
                                   {p.id, {"settle", &high, 1, .occurred_ms = CLOCK_NONE}}};
        cr_assert_eq(ops_do_tasks(&p.d.ops, tasks, 2, &err), RC_CONFLICT, "the first settled it");
        find(&p, &p.d, 1);
        cr_assert_eq(ops_do_tasks(&p.d.ops, tasks, 1, &err), RC_OK, "%s", err.text);
        find(&p, &p.d, 0);
        stop(&p);
}
