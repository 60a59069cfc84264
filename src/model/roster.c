#include "model/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/roster_count.h"
#include "model/when.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)

const struct roster_rules roster_rules_default = {.verify_days = 90, .ahead_hours = 72};

/* One moment of one resource. */
struct moment {
        const struct roster_facts *f;
        const struct roster_rules *rules;
        int64_t at_ms;
};

/* ---- what is so at a moment ---------------------------------------------------------------- */

static const struct span *span_on(const struct span *spans, size_t count, int64_t at_ms)
{
        for (size_t i = 0; i < count; i++)
                if (span_has(&spans[i], at_ms))
                        return &spans[i];
        return NULL;
}

static const struct booking *booking_on(const struct moment *m, enum hold hold)
{
        for (size_t i = 0; i < m->f->booking_count; i++)
                if (m->f->bookings[i].hold == hold && span_has(&m->f->bookings[i].span, m->at_ms))
                        return &m->f->bookings[i];
        return NULL;
}

static bool is_taken(const struct moment *m, unsigned holds)
{
        const struct span now = {m->at_ms, m->at_ms + 1};

        return roster_taken(m->f, &now, holds) >= roster_quantity(m->f);
}

static bool is_under_way(const struct moment *m)
{
        for (size_t i = 0; i < m->f->booking_count; i++)
                if (m->f->bookings[i].under_way && span_has(&m->f->bookings[i].span, m->at_ms))
                        return true;
        return false;
}

/* As long as a hold is told before it begins; its last instant is in it. */
static struct span ahead(const struct moment *m)
{
        return (struct span){m->at_ms, m->at_ms + m->rules->ahead_hours * HOUR_MS + 1};
}

/* The hold that is on or about to be; of several the one that begins first. NULL: there is none, or
 * something is left all the same. */
static const struct booking *hold_near(const struct moment *m)
{
        const struct span near = ahead(m);
        const struct booking *first = NULL;

        if (roster_left(m->f, &near))
                return NULL;

        for (size_t i = 0; i < m->f->booking_count; i++) {
                const struct booking *b = &m->f->bookings[i];
                struct span told = {b->span.from_ms - m->rules->ahead_hours * HOUR_MS,
                                    b->span.until_ms};

                if (b->hold == HOLD_REST || b->span.until_ms <= b->span.from_ms ||
                    !span_has(&told, m->at_ms))
                        continue;
                if (!first || b->span.from_ms < first->span.from_ms)
                        first = b;
        }
        return first;
}

static bool has_rotation(const struct roster_facts *f)
{
        return f->rotation.from_ms < f->rotation.until_ms;
}

bool roster_is_damaged(const struct roster_facts *f)
{
        return f->condition &&
               (strcmp(f->condition, "damaged") == 0 || strcmp(f->condition, "lost") == 0);
}

static bool is_before_rotation(const struct moment *m)
{
        return has_rotation(m->f) && m->at_ms < m->f->rotation.from_ms;
}

/* What has run out, the one that did first. */
static const struct roster_expiry *expired(const struct moment *m)
{
        const struct roster_expiry *first = NULL;

        for (size_t i = 0; i < m->f->expiry_count; i++) {
                const struct roster_expiry *e = &m->f->expiries[i];

                if (e->until_ms <= m->at_ms && (!first || e->until_ms < first->until_ms))
                        first = e;
        }
        return first;
}

static int64_t unverified_from(const struct moment *m)
{
        return m->f->verified_ms + m->rules->verify_days * DAY_MS;
}

static bool is_unverified(const struct moment *m)
{
        return m->rules->verify_days > 0 &&
               (m->f->verified_ms == CLOCK_NONE || unverified_from(m) <= m->at_ms);
}

static enum roster_status status_of(const struct moment *m)
{
        const struct roster_facts *f = m->f;

        if (is_taken(m, HOLD_BIT(HOLD_HARD)))
                return is_under_way(m) ? ROSTER_DEPLOYED : ROSTER_HELD;
        if (is_taken(m, HOLD_BIT(HOLD_HARD) | HOLD_BIT(HOLD_REST)))
                return ROSTER_RESTING;
        if (roster_is_damaged(f))
                return ROSTER_MAINTENANCE;
        if (span_on(f->leave, f->leave_count, m->at_ms) || is_before_rotation(m))
                return ROSTER_LEAVE;
        if (hold_near(m))
                return ROSTER_HELD;
        if (expired(m))
                return ROSTER_EXPIRED;
        if (is_unverified(m))
                return ROSTER_UNVERIFIED;
        return span_on(f->on_call, f->on_call_count, m->at_ms) ? ROSTER_ON_CALL : ROSTER_READY;
}

enum roster_status roster_status_at(const struct roster_facts *f, const struct roster_rules *rules,
                                    int64_t at_ms)
{
        const struct moment m = {f, rules, at_ms};

        return status_of(&m);
}

static bool is_free(enum roster_status status)
{
        return status == ROSTER_READY || status == ROSTER_ON_CALL || status == ROSTER_UNVERIFIED;
}

/* ---- when it changes ----------------------------------------------------------------------- */

/* The first instant behind `at_ms` at which anything begins or ends; CLOCK_NONE. */
struct next {
        int64_t at_ms, best_ms;
};

static void offer(struct next *n, int64_t ms)
{
        if (ms > n->at_ms && (n->best_ms == CLOCK_NONE || ms < n->best_ms))
                n->best_ms = ms;
}

static void offer_spans(struct next *n, const struct span *spans, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                offer(n, spans[i].from_ms);
                offer(n, spans[i].until_ms);
        }
}

static int64_t next_change(const struct moment *m)
{
        struct next n = {m->at_ms, CLOCK_NONE};

        offer_spans(&n, m->f->leave, m->f->leave_count);
        offer_spans(&n, m->f->on_call, m->f->on_call_count);
        offer_spans(&n, &m->f->rotation, has_rotation(m->f));
        for (size_t i = 0; i < m->f->booking_count; i++) {
                offer_spans(&n, &m->f->bookings[i].span, 1);
                offer(&n, m->f->bookings[i].span.from_ms - m->rules->ahead_hours * HOUR_MS);
        }
        for (size_t i = 0; i < m->f->expiry_count; i++)
                offer(&n, m->f->expiries[i].until_ms);
        if (m->rules->verify_days > 0 && m->f->verified_ms != CLOCK_NONE)
                offer(&n, unverified_from(m));
        return n.best_ms;
}

static int left_of(const struct moment *m)
{
        const struct span now = {m->at_ms, m->at_ms + 1};

        return roster_left(m->f, &now);
}

static int64_t status_until(const struct moment *now)
{
        bool counts = roster_quantity(now->f) > 1;
        enum roster_status status = status_of(now);
        int left = left_of(now);
        struct moment m = *now;

        while ((m.at_ms = next_change(&m)) != CLOCK_NONE)
                if (status_of(&m) != status || (counts && left_of(&m) != left))
                        return m.at_ms;
        return CLOCK_NONE;
}

static int64_t free_from(const struct moment *now)
{
        struct moment m = *now;

        while (m.at_ms != CLOCK_NONE && !is_free(status_of(&m)))
                m.at_ms = next_change(&m);
        return m.at_ms;
}

static int64_t rest_until(const struct moment *m)
{
        int64_t last = CLOCK_NONE;

        for (size_t i = 0; i < m->f->booking_count; i++) {
                const struct booking *b = &m->f->bookings[i];

                if (b->hold == HOLD_REST && b->span.until_ms > m->at_ms &&
                    b->span.until_ms > b->span.from_ms && b->span.until_ms > last)
                        last = b->span.until_ms;
        }
        return last;
}

int64_t roster_departure(const struct roster_facts *f, const struct roster_rules *rules,
                         int64_t call_ms)
{
        const struct moment m = {f, rules, call_ms + f->notice_ms};

        return free_from(&m);
}

int64_t roster_busy_from(const struct roster_facts *f, int64_t free_from_ms)
{
        struct next n = {free_from_ms, CLOCK_NONE};

        if (free_from_ms == CLOCK_NONE)
                return CLOCK_NONE;
        for (size_t i = 0; i < f->leave_count; i++)
                offer(&n, f->leave[i].from_ms);
        for (size_t i = 0; i < f->booking_count; i++) {
                const struct span begin = {f->bookings[i].span.from_ms,
                                           f->bookings[i].span.from_ms + 1};

                if (f->bookings[i].span.from_ms < f->bookings[i].span.until_ms &&
                    !roster_left(f, &begin))
                        offer(&n, begin.from_ms);
        }
        for (size_t i = 0; i < f->expiry_count; i++)
                offer(&n, f->expiries[i].until_ms);
        return n.best_ms;
}

/* ---- why ----------------------------------------------------------------------------------- */

/* Times in sentences are shown as from `now_ms`. */
struct saying {
        int64_t now_ms;
        struct arena *a;
};

static const char *shown(const struct saying *s, int64_t ms)
{
        char out[WHEN_BYTES];

        when_show(ms, s->now_ms, out);
        return arena_strdup(s->a, out);
}

static const char *name_of(const struct booking *b)
{
        return b->name ? b->name : "a deployment";
}

static const char *say_hold(const struct saying *s, const struct booking *b)
{
        const char *until = shown(s, b->span.until_ms);
        const char *verb = b->hold == HOLD_SOFT ? "alerted" : "held";

        if (b->span.from_ms <= s->now_ms)
                return arena_printf(s->a, "%s for %s until %s", verb, name_of(b), until);
        return arena_printf(s->a, "%s for %s from %s to %s", verb, name_of(b),
                            shown(s, b->span.from_ms), until);
}

static const char *say_leave(const struct saying *s, const struct moment *m)
{
        const struct span *leave = span_on(m->f->leave, m->f->leave_count, m->at_ms);

        if (leave)
                return arena_printf(s->a, "on leave until %s", shown(s, leave->until_ms));
        return arena_printf(s->a, "its rotation begins %s", shown(s, m->f->rotation.from_ms));
}

static const char *say_expired(const struct saying *s, const struct roster_expiry *e)
{
        return arena_printf(s->a, "%s %s %s", e->what,
                            e->until_ms <= s->now_ms ? "ran out" : "runs out",
                            shown(s, e->until_ms));
}

static const char *say_unverified(const struct saying *s, const struct moment *m)
{
        if (m->f->verified_ms == CLOCK_NONE)
                return "nobody has confirmed it yet";
        return arena_printf(s->a, "not confirmed since %s", shown(s, m->f->verified_ms));
}

static const char *say_notice(const struct saying *s, const struct moment *m)
{
        char notice[WHEN_BYTES];

        if (!m->f->notice_ms)
                return "can leave at once";
        minutes_show(m->f->notice_ms / 60000, notice);
        return arena_printf(s->a, "can leave within %s", notice);
}

static const char *say_ready(const struct saying *s, const struct moment *m)
{
        const struct span now = {m->at_ms, m->at_ms + 1};
        const char *notice = say_notice(s, m);

        if (roster_quantity(m->f) == 1 || !roster_taken(m->f, &now, HOLDS_ALL))
                return notice;
        return arena_printf(s->a, "%s; %s", roster_left_text(m->f, &now, s->a), notice);
}

/* Of several the sentence names all who take it: each of them could give some back. */
static const char *say_taken(const struct saying *s, const struct moment *m)
{
        const struct span near = ahead(m), now = {m->at_ms, m->at_ms + 1};

        return roster_left_text(m->f, roster_left(m->f, &now) ? &near : &now, s->a);
}

static bool is_taken_status(enum roster_status status)
{
        return status == ROSTER_DEPLOYED || status == ROSTER_RESTING || status == ROSTER_HELD;
}

static const char *why(const struct saying *s, const struct moment *m)
{
        enum roster_status status = status_of(m);
        const struct booking *b;

        if (roster_quantity(m->f) > 1 && is_taken_status(status))
                return say_taken(s, m);
        switch (status) {
        case ROSTER_DEPLOYED:
                b = booking_on(m, HOLD_HARD);
                return arena_printf(s->a, "on %s until %s", name_of(b), shown(s, b->span.until_ms));
        case ROSTER_RESTING:
                b = booking_on(m, HOLD_REST);
                return arena_printf(s->a, "rests after %s until %s", name_of(b),
                                    shown(s, b->span.until_ms));
        case ROSTER_MAINTENANCE: return arena_printf(s->a, "it is %s", m->f->condition);
        case ROSTER_LEAVE: return say_leave(s, m);
        case ROSTER_HELD: return say_hold(s, hold_near(m));
        case ROSTER_EXPIRED: return say_expired(s, expired(m));
        case ROSTER_UNVERIFIED: return say_unverified(s, m);
        case ROSTER_ON_CALL:
                return arena_printf(
                        s->a, "on call until %s",
                        shown(s, span_on(m->f->on_call, m->f->on_call_count, m->at_ms)->until_ms));
        case ROSTER_READY: break;
        }
        return say_ready(s, m);
}

void roster_state_at(const struct roster_facts *f, const struct roster_rules *rules, int64_t at_ms,
                     struct arena *a, struct roster_state *ret)
{
        const struct moment m = {f, rules, at_ms};
        const struct saying s = {at_ms, a};

        *ret = (struct roster_state){.status = status_of(&m),
                                     .left = left_of(&m),
                                     .until_ms = status_until(&m),
                                     .free_from_ms = free_from(&m),
                                     .rest_until_ms = rest_until(&m),
                                     .why = why(&s, &m)};
}

/* ---- the whole of a span ------------------------------------------------------------------- */

static const struct span *leave_in(const struct roster_facts *f, const struct span *span)
{
        for (size_t i = 0; i < f->leave_count; i++)
                if (spans_meet(&f->leave[i], span))
                        return &f->leave[i];
        return NULL;
}

static const struct booking *booking_in(const struct roster_facts *f, const struct span *span)
{
        if (roster_left(f, span))
                return NULL;
        for (size_t i = 0; i < f->booking_count; i++)
                if (spans_meet(&f->bookings[i].span, span))
                        return &f->bookings[i];
        return NULL;
}

int roster_free_in(const struct roster_facts *f, const struct span *span)
{
        const struct moment last = {f, &roster_rules_default, span->until_ms - 1};

        if (roster_is_damaged(f) || leave_in(f, span) || expired(&last) ||
            (has_rotation(f) && span->from_ms < f->rotation.from_ms))
                return 0;
        return roster_left(f, span);
}

const char *roster_busy_why(const struct roster_facts *f, const struct span *span, int64_t now_ms,
                            struct arena *a)
{
        const struct saying s = {now_ms, a};
        const struct moment last = {f, &roster_rules_default, span->until_ms - 1};
        const struct booking *b = booking_in(f, span);
        const struct span *leave = leave_in(f, span);
        const struct roster_expiry *e = expired(&last);

        if (b && roster_quantity(f) > 1)
                return roster_left_text(f, span, a);
        if (b && b->hold == HOLD_REST)
                return arena_printf(a, "rests after %s until %s", name_of(b),
                                    shown(&s, b->span.until_ms));
        if (b)
                return say_hold(&s, b);
        if (roster_is_damaged(f))
                return arena_printf(a, "it is %s", f->condition);
        if (leave)
                return arena_printf(a, "on leave from %s to %s", shown(&s, leave->from_ms),
                                    shown(&s, leave->until_ms));
        if (has_rotation(f) && span->from_ms < f->rotation.from_ms)
                return arena_printf(a, "its rotation begins %s", shown(&s, f->rotation.from_ms));
        return e ? say_expired(&s, e) : NULL;
}
