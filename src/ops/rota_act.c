/*
 * What override, swap and take-over make of the overrides of a rota. Whose turn it is follows from
 * the calendar of its zone, which every console may have in another version: so it is worked out
 * here, where an act is made, and what the act says are spans and people.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/rota.h"

#include "ops_private.h"

#define TEXT_MAX 2000

struct rota_doing {
        struct ops *ops;
        const struct act *act;
        struct rota was;
        struct arena *a;
        struct rota_change *ret;
};

static int64_t detail_ms(const struct rota_doing *d, const char *name)
{
        const char *text = act_detail(d->act, name);
        int64_t ms;

        return text && stamp_parse_ms(text, &ms, NULL) == RC_OK ? ms : CLOCK_NONE;
}

/* "2026-11-24 08:00Z" */
static const char *instant(const struct rota_doing *d, int64_t ms)
{
        char stamp[STAMP_BYTES];

        stamp_format(ms, stamp);
        return arena_printf(d->a, "%.10s %.5sZ", stamp, stamp + 11);
}

static enum rc need_person(const struct rota_doing *d, const char *id, struct err *err)
{
        struct row row;
        enum rc rc = thing_by_id(d->ops->store, id, d->a, &row, err);

        if (rc == RC_OK && row.thing.kind != &kind_expert)
                rc = err_set(err, RC_INVALID, "%s is no expert; experts are on duty", row.ref);
        return rc;
}

static enum rc need_duty(const struct rota_doing *d, int64_t at_ms, struct duty *ret,
                         struct err *err)
{
        if (at_ms != CLOCK_NONE && rota_on_duty(&d->was, at_ms, d->a, ret))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "nobody is on duty at %s",
                       at_ms == CLOCK_NONE ? "that time" : instant(d, at_ms));
}

static void tell(const struct rota_doing *d, struct str *out)
{
        if (act_has_reason(d->act))
                str_addf(out, ": %s", d->act->reason);
        d->ret->text = arena_strdup(d->a, str_text(out));
}

/* ---- the verbs ----------------------------------------------------------------------------- */

static enum rc override(const struct rota_doing *d, struct str *out, struct rota *ret,
                        struct err *err)
{
        const char *who = act_detail(d->act, "who");
        const struct span span = {detail_ms(d, "from"), detail_ms(d, "until")};

        if (!who || span.from_ms == CLOCK_NONE || span.until_ms <= span.from_ms)
                return RC_OK; /* which the rules refuse */
        rota_lay(&d->was, &span, who, d->a, ret);
        str_addf(out, "overridden: %s on duty from %s to %s", who, instant(d, span.from_ms),
                 instant(d, span.until_ms));
        return need_person(d, who, err);
}

static enum rc swap(const struct rota_doing *d, struct str *out, struct rota *ret, struct err *err)
{
        int64_t turn_ms = detail_ms(d, "turn"), with_ms = detail_ms(d, "with");
        struct duty turn, with;
        enum rc rc = need_duty(d, turn_ms, &turn, err);

        if (rc == RC_OK)
                rc = need_duty(d, with_ms, &with, err);
        if (rc != RC_OK)
                return rc;
        if (!rota_swap(&d->was, turn_ms, with_ms, d->a, ret))
                return err_set(err, RC_CONFLICT, "both are turns of one person");
        str_addf(out, "turns swapped: %s on duty from %s to %s", with.id,
                 instant(d, turn.span.from_ms), instant(d, turn.span.until_ms));
        str_addf(out, ", %s from %s to %s", turn.id, instant(d, with.span.from_ms),
                 instant(d, with.span.until_ms));
        return RC_OK;
}

static enum rc take_over(const struct rota_doing *d, struct str *out, struct rota *ret,
                         struct err *err)
{
        const char *by = act_detail(d->act, "by");
        struct duty now;
        enum rc rc = by ? need_person(d, by, err) : RC_OK;

        if (rc == RC_OK && by)
                rc = need_duty(d, d->act->occurred_ms, &now, err);
        if (rc != RC_OK || !by)
                return rc;
        if (!rota_take_over(&d->was, d->act->occurred_ms, by, d->a, ret))
                return err_set(err, RC_CONFLICT, "it is their own duty, until %s",
                               instant(d, now.span.until_ms));
        str_addf(out, "taken over by %s from %s until %s", by, now.id,
                 instant(d, now.span.until_ms));
        return RC_OK;
}

enum rc rota_change_make(struct ops *ops, const struct thing *now, const struct act *act,
                         struct arena *a, struct rota_change *ret, struct err *err)
{
        static const struct {
                const char *verb;
                enum rc (*make)(const struct rota_doing *d, struct str *out, struct rota *ret,
                                struct err *err);
        } makers[] = {{"override", override}, {"swap", swap}, {"take-over", take_over}};
        struct rota_doing d = {.ops = ops, .act = act, .a = a, .ret = ret};
        CLEANUP(str_finish) struct str out = {.s = NULL};
        struct rota made = {.member_count = 0};
        enum rc rc = RC_OK;

        *ret = (struct rota_change){.overrides = NULL};
        for (size_t i = 0; now->kind == &kind_rota && i < ARRAY_LEN(makers); i++) {
                if (strcmp(makers[i].verb, act->verb) != 0)
                        continue;
                str_init(&out, TEXT_MAX);
                ops_rota_read(ops, now, a, &d.was);
                rc = makers[i].make(&d, &out, &made, err);
                if (rc != RC_OK || !out.len)
                        return rc;
                tell(&d, &out);
                ret->overrides = rota_overrides_text(&made, a);
        }
        return rc;
}
