/*
 * Turning: the lanes one after the other, each starts what it can; and how it stands.
 */
#include "sync/exchange.h"

#include "sync_private.h"

const char *exchange_state_name(enum exchange_state s)
{
        static const char *const names[] = {
                [EXCHANGE_RESTING] = "resting", [EXCHANGE_FINDING] = "finding",
                [EXCHANGE_PULLING] = "pulling", [EXCHANGE_PUSHING] = "pushing",
                [EXCHANGE_WAITING] = "waiting", [EXCHANGE_OFFLINE] = "offline",
                [EXCHANGE_REFUSED] = "refused"};

        return names[s];
}

/* ---- turning -----------------------------------------------------------------------------------
 */

static bool is_done(const struct exchange *x)
{
        return x->once && x->found && !x->pull.walking && x->pull.due_ms == CLOCK_NONE &&
               !x->push.wanted && !x->push.count;
}

/* It answers: nothing is waited for any more but what the server has asked for. */
static void end_finding(struct exchange *x)
{
        int64_t told = x->r.told_ms;

        exchange_success(x);
        if (told != CLOCK_NONE && told > clock_now_ms())
                x->r.next_try_ms = x->r.told_ms = told;
        x->over = true;
        exchange_save(x);
}

bool exchange_turn(struct exchange *x)
{
        bool busy;

        if (x->over || (x->failed && clock_now_ms() < x->next_ms))
                return false;
        x->failed = false;
        if (!x->found)
                return find_turn(x);
        if (x->finds_only) {
                end_finding(x);
                return false;
        }
        busy = pull_turn(x);
        if (!x->failed && x->found)
                busy = push_turn(x) || busy;
        if (!x->failed && is_done(x)) {
                x->over = true;
                x->dirty = true;
                exchange_save(x);
        }
        return busy && !x->failed && !x->over;
}

int64_t exchange_next_ms(const struct exchange *x)
{
        int64_t next;

        if (x->over)
                return INT64_MAX;
        if (x->failed)
                return x->next_ms;
        if (!x->found)
                return x->find.call.busy ? INT64_MAX : 0;
        next = x->pull.call.busy ? INT64_MAX : x->pull.walking ? 0 : x->pull.due_ms;
        if (next == CLOCK_NONE)
                next = INT64_MAX;
        if (x->push.call.busy)
                return next;
        if (x->push.posted && !x->push.reads)
                return x->push.due_ms < next ? x->push.due_ms : next;
        if (!x->push.wanted && !x->push.count)
                return next;
        if (x->push.error)
                return x->push.hold_ms < next ? x->push.hold_ms : next;
        return 0;
}

static enum exchange_state state_of(const struct exchange *x)
{
        if (x->failed || x->silent)
                return x->how;
        if (x->over)
                return x->push.error ? EXCHANGE_REFUSED : EXCHANGE_RESTING;
        if (!x->found)
                return EXCHANGE_FINDING;
        if (x->push.count || x->push.call.busy)
                return EXCHANGE_PUSHING;
        if (x->pull.walking)
                return x->pull.waits ? EXCHANGE_WAITING : EXCHANGE_PULLING;
        return EXCHANGE_RESTING;
}

void exchange_look(struct exchange *x, struct exchange_report *ret)
{
        int64_t next = exchange_next_ms(x);

        *ret = (struct exchange_report){.state = state_of(x),
                                        .sent = x->sent,
                                        .received = x->received,
                                        .merged = x->merged,
                                        .refused = x->refused_count,
                                        .held = x->held,
                                        .pending = x->pending,
                                        .coming = x->pull.walking ? x->pull.fresh : 0,
                                        .next_ms = next == INT64_MAX ? CLOCK_NONE : next,
                                        .synced_ms = x->r.synced_ms,
                                        .error = x->error ? x->error : x->push.error,
                                        .wrote = x->wrote};
        x->wrote = false;
}

void exchange_send_now(struct exchange *x)
{
        x->push.wanted = true;
        x->pending = delivery_count(x->ops->store, &x->r);
}

void exchange_ask_now(struct exchange *x)
{
        if (!x->pull.walking && !x->failed)
                x->pull.due_ms = clock_now_ms();
        exchange_send_now(x);
}

bool exchange_is_over(const struct exchange *x)
{
        return x->over;
}
