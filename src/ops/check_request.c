/*
 * What a request can't see of itself: how far its deployments are, what was offered before. Support
 * is under way when one of them mobilises and has ended when none is there any more; who ends it
 * before that stands down those that have not left.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/after.h"
#include "model/filter.h"
#include "model/machine.h"
#include "model/offer.h"
#include "model/rules.h"
#include "ops/naming.h"
#include "ops/walk.h"

#include "ops_private.h"

#define TOLD_BYTES 8000
#define S(state)   (UINT32_C(1) << DEPLOYMENT_##state)

#define ENDING (S(DEMOBILISING) | S(RETURNED) | S(RESTING) | S(CLOSED))
#define MOBILISED                                                                                  \
        (S(MOBILISING) | S(IN_TRANSIT) | S(ON_SITE) | S(REMOTE_READY) | S(OPERATIONAL) |           \
         S(HANDING_OVER) | S(RECALLED) | S(SUSPENDED) | ENDING)
#define NOBODY_THERE (ENDING | S(DECLINED) | S(STOOD_DOWN))

enum rc request_deployments(struct ops *ops, const char *request, struct arena *a, struct row **ret,
                            size_t *ret_count, struct err *err)
{
        struct row *found = NULL, *rows;
        size_t all = 0, count = 0;
        enum rc rc = ops_naming(ops, &kind_deployment, "request", request, a, &found, &all, err);

        rows = arena_array(a, all + 1, sizeof(*rows));
        for (size_t i = all; i > 0; i--)
                if (!found[i - 1].thing.revoked)
                        rows[count++] = found[i - 1];
        *ret = rows;
        *ret_count = count;
        return rc;
}

static bool is_in(const struct row *row, uint32_t states)
{
        return states >> machine_state(&machine_deployment, &row->thing) & 1;
}

static const char *state_label(const struct row *row)
{
        int state = machine_state(&machine_deployment, &row->thing);

        return enum_at(machine_deployment.states, state)->label;
}

/* ---- support begins and ends ------------------------------------------------------------------
 */

/* What is asked of a request beside others. */
struct supporting {
        struct ops *ops;
        const struct state *st;
        const struct act *act;
        struct arena *a;
};

static enum rc read_deployments(const struct supporting *s, struct row **ret, size_t *ret_count,
                                struct err *err)
{
        return request_deployments(s->ops, s->st->folded.thing.id, s->a, ret, ret_count, err);
}

static enum rc check_begin(const struct supporting *s, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = read_deployments(s, &rows, &count, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                if (is_in(&rows[i], MOBILISED))
                        return RC_OK;
        if (!count)
                return err_set(err, RC_CONFLICT, "it has no deployment yet");
        return err_set(err, RC_CONFLICT, "none of its deployments mobilises yet; %s is %s",
                       rows[0].ref, state_label(&rows[0]));
}

static enum rc check_end(const struct supporting *s, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = read_deployments(s, &rows, &count, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                if (!is_in(&rows[i], NOBODY_THERE))
                        return err_set(err, RC_CONFLICT,
                                       "%s is %s; all its deployments demobilise first",
                                       rows[i].ref, state_label(&rows[i]));
        return RC_OK;
}

/* ---- its place among those that compete --------------------------------------------------------
 */

struct placing {
        const char *id, *rank;
};

static enum rc find_same_place(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        const struct placing *p = ctx;
        const struct verb *rank = verb_find(&kind_request, "rank");
        const char *title = thing_text(&row->thing, "title");

        (void)a;
        if (strcmp(row->thing.id, p->id) == 0 || row->thing.revoked ||
            verb_may_not(rank, &row->thing))
                return RC_OK;
        return err_set(err, RC_CONFLICT, "place %s is that of %s %s; give that another place first",
                       p->rank, row->ref, title ? title : "");
}

enum rc place_check(struct ops *ops, const struct state *st, const struct act *act, struct arena *a,
                    struct err *err)
{
        const struct filter_context ctx = {.kind = &kind_request, .values = {.words = ops->words}};
        struct placing p = {.id = st->folded.thing.id, .rank = act_says(act, "rank")};
        struct filter filter;
        enum rc rc;

        if (!p.rank)
                return RC_OK;
        rc = filter_read(arena_printf(a, "rank:%s", p.rank), &ctx, a, &filter, NULL, err);
        return rc == RC_OK ? ops_walk(ops, &filter, NULL, find_same_place, &p, err) : rc;
}

/* ---- offers -----------------------------------------------------------------------------------
 */

static enum rc check_departure(const struct act *act, struct err *err)
{
        const char *text = act_detail(act, "departure");
        int64_t ms;
        char stamp[STAMP_BYTES];

        if (!text || stamp_parse_ms(text, &ms, NULL) != RC_OK || ms >= act->occurred_ms)
                return RC_OK;
        stamp_format_s(ms, stamp);
        return err_set(err, RC_INVALID, "it could leave on %s at the earliest, which is past",
                       stamp);
}

static bool says_the_same(const struct act *a, const struct act *b, const char *detail)
{
        AUTO_FREE char *one = text_fold(act_detail(a, detail) ? act_detail(a, detail) : "");
        AUTO_FREE char *other = text_fold(act_detail(b, detail) ? act_detail(b, detail) : "");

        return strcmp(one, other) == 0;
}

/* While the first can be accepted: two of one thing would be accepted as two things. */
static enum rc check_offered(const struct state *st, const struct act *act, struct err *err)
{
        const struct value *offers = thing_value(&st->folded.thing, "offers");

        for (size_t i = 0; i < offers->count; i++) {
                const struct act *other = offer_act(&st->folded, offers->items[i]);
                struct offer o;

                if (!other || !offer_read(offers->items[i], &o) ||
                    o.expires_ms <= act->occurred_ms || !says_the_same(other, act, "provider") ||
                    !says_the_same(other, act, "resource"))
                        continue;
                return err_set(err, RC_CONFLICT,
                               "offer %d says the same: %s: %s; decline it first, or say how this "
                               "one differs",
                               o.number, act_detail(other, "provider"),
                               act_detail(other, "resource"));
        }
        return RC_OK;
}

static enum rc check_offer(const struct supporting *s, struct err *err)
{
        enum rc rc = check_departure(s->act, err);

        return rc == RC_OK ? check_offered(s->st, s->act, err) : rc;
}

enum rc support_check(struct ops *ops, const struct state *st, const struct act *act,
                      struct arena *a, struct err *err)
{
        static const struct {
                const char *verb;
                enum rc (*check)(const struct supporting *s, struct err *err);
        } checks[] = {{"deploy", check_begin}, {"end", check_end}, {"offer", check_offer}};
        const struct supporting s = {ops, st, act, a};

        for (size_t i = 0; st->kind == &kind_request && i < ARRAY_LEN(checks); i++)
                if (strcmp(act->verb, checks[i].verb) == 0)
                        return checks[i].check(&s, err);
        return RC_OK;
}

/* ---- it is over --------------------------------------------------------------------------
 */

static bool may(const struct row *deployment, const char *verb)
{
        return !verb_may_not(verb_find(&kind_deployment, verb), &deployment->thing);
}

bool deployment_can_stand_down(const struct row *deployment)
{
        return may(deployment, "stand-down");
}

static void add_refs(struct str *out, const struct row *rows, size_t count, const char *verb,
                     const char *what)
{
        const char *between = out->len ? "; " : "";
        size_t found = 0;

        for (size_t i = 0; i < count; i++)
                if (may(&rows[i], verb))
                        str_addf(out, "%s%s", found++ ? ", " : between, rows[i].ref);
        if (found)
                str_add(out, what);
}

enum rc stood_down_told(struct ops *ops, const char *request, struct arena *a, const char **ret,
                        struct err *err)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = request_deployments(ops, request, a, &rows, &count, err);

        if (rc != RC_OK)
                return rc;
        str_init(&out, TOLD_BYTES);
        add_refs(&out, rows, count, "stand-down", " stood down with it");
        add_refs(&out, rows, count, "recall", " still away");
        *ret = out.len ? arena_strdup(a, str_text(&out)) : NULL;
        return RC_OK;
}
