/*
 * The criteria of a ranking, one after the other: the same for the order and for its reasons.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/roster_count.h"
#include "model/when.h"

#include "model_private.h"

#define HOUR_MS (3600 * 1000ll)
#define DAY_MS  (24 * HOUR_MS)
#define REST_MS (REST_HOURS * HOUR_MS)

#define OF_PEOPLE                                                                                  \
        (RANK_BIT(RANK_ROLE) | RANK_BIT(RANK_SKILL) | RANK_BIT(RANK_LANGUAGE) |                    \
         RANK_BIT(RANK_COMMUNITY) | RANK_BIT(RANK_PAPERS))
#define OF_EQUIPMENT RANK_BIT(RANK_CATEGORY)

/* What people can do is not asked of equipment, nor its category of people. */
static unsigned asked_of(const struct ranking *r, const struct kind *kind)
{
        unsigned others = kind == &kind_equipment                      ? OF_PEOPLE
                          : kind == &kind_expert || kind == &kind_team ? OF_EQUIPMENT
                                                                       : 0;

        return ~(r->left_out | others);
}

static bool asks(const struct rank_judge *j, enum rank_criterion criterion)
{
        return j->asked & RANK_BIT(criterion);
}

static bool asks_set(const struct rank_judge *j, enum rank_criterion criterion,
                     const struct value *v)
{
        return asks(j, criterion) && v && v->count;
}

static void miss(struct rank_judge *j, enum rank_criterion criterion)
{
        j->missed |= RANK_BIT(criterion);
        j->missing++;
}

static bool speaks(const struct rank_judge *j)
{
        return j->a;
}

static const char *shown(const struct rank_judge *j, int64_t ms)
{
        char out[WHEN_BYTES];

        when_show(ms, j->ranking->now_ms, out);
        return arena_strdup(j->a, out);
}

static bool has(const struct value *v, const char *item)
{
        return v && value_has(v, item);
}

/* ---- what it is and can do ----------------------------------------------------------------- */

/* One of the words asked for. */
static void judge_one_of(struct rank_judge *j, enum rank_criterion criterion,
                         const struct value *wanted, const struct value *have)
{
        if (!asks_set(j, criterion, wanted))
                return;
        for (size_t i = 0; i < wanted->count; i++)
                if (has(have, wanted->items[i])) {
                        rank_say(j, RANK_SAYS_FITS, "%s: %s", rank_criterion_name(criterion),
                                 wanted->items[i]);
                        return;
                }
        miss(j, criterion);
        if (speaks(j))
                rank_say(j, RANK_SAYS_MISSING, "%s: none of %s", rank_criterion_name(criterion),
                         value_join(wanted, ", ", j->a));
}

/* The same of what has one word only. */
static void judge_word(struct rank_judge *j, enum rank_criterion criterion,
                       const struct value *wanted, const char *have)
{
        const char *items[] = {have};
        const struct value one = {.items = items, .count = have && *have};

        judge_one_of(j, criterion, wanted, &one);
}

static void judge_each_of(struct rank_judge *j, enum rank_criterion criterion,
                          const struct value *wanted, const struct value *have)
{
        if (!asks_set(j, criterion, wanted))
                return;
        for (size_t i = 0; i < wanted->count; i++) {
                bool fits = has(have, wanted->items[i]);

                if (!fits)
                        miss(j, criterion);
                rank_say(j, fits ? RANK_SAYS_FITS : RANK_SAYS_MISSING, "%s: %s%s",
                         rank_criterion_name(criterion), fits ? "" : "no ", wanted->items[i]);
        }
}

static void judge_language(struct rank_judge *j, const struct roster_language *wanted)
{
        const struct roster_facts *f = j->f;
        const char *level = enum_id(&enum_cefr, wanted->level);
        const struct roster_language *have = NULL;

        for (size_t i = 0; i < f->language_count && !have; i++)
                if (strcmp(f->languages[i].code, wanted->code) == 0)
                        have = &f->languages[i];
        if (have && have->level >= wanted->level) {
                const char *held = enum_id(&enum_cefr, have->level);

                rank_say(j, RANK_SAYS_FITS, "language: %s%s%s", have->code, held ? " " : "",
                         held ? held : "");
                return;
        }
        miss(j, RANK_LANGUAGE);
        if (!have)
                rank_say(j, RANK_SAYS_MISSING, "language: no %s", wanted->code);
        else
                rank_say(j, RANK_SAYS_MISSING, "language: %s %s, not %s", have->code,
                         have->level < 0 ? "of no level" : enum_id(&enum_cefr, have->level), level);
}

static bool asks_clearance(const struct rank_judge *j)
{
        return asks(j, RANK_CLEARANCE) && j->ranking->needs->clearance > CLEARANCE_NONE;
}

static void judge_clearance(struct rank_judge *j)
{
        const struct roster_facts *f = j->f;
        int wanted = j->ranking->needs->clearance;

        if (!asks_clearance(j))
                return;
        if (f->clearance < wanted) {
                miss(j, RANK_CLEARANCE);
                rank_say(j, RANK_SAYS_MISSING, "clearance: %s, not %s",
                         f->clearance < 0 ? "not known"
                                          : enum_at(&enum_clearance, f->clearance)->label,
                         enum_at(&enum_clearance, wanted)->label);
                return;
        }
        for (size_t i = 0; i < f->expiry_count; i++) {
                if (!f->expiries[i].is_clearance || f->expiries[i].until_ms > j->span.from_ms)
                        continue;
                miss(j, RANK_CLEARANCE);
                if (speaks(j))
                        rank_say(j, RANK_SAYS_MISSING, "clearance: %s has run out by then, %s",
                                 f->expiries[i].what, shown(j, f->expiries[i].until_ms));
                return;
        }
        rank_say(j, RANK_SAYS_FITS, "clearance: %s", enum_at(&enum_clearance, f->clearance)->label);
}

static void judge_mode(struct rank_judge *j)
{
        const char *wanted = j->ranking->needs->mode, *works = j->f->remote;

        if (!asks(j, RANK_MODE) || !wanted || !works || strcmp(works, "both") == 0 ||
            strcmp(wanted, works) == 0)
                return;
        miss(j, RANK_MODE);
        rank_say(j, RANK_SAYS_MISSING, "mode: works %s only", works);
}

static void judge_days(struct rank_judge *j)
{
        int most = j->f->max_days;

        if (!asks(j, RANK_DAYS) || !most || j->span.until_ms - j->span.from_ms <= most * DAY_MS)
                return;
        miss(j, RANK_DAYS);
        rank_say(j, RANK_SAYS_MISSING, "days: %d at a time", most);
}

/* ---- when ---------------------------------------------------------------------------------- */

/* A clearance that is not asked for may run out meanwhile; whose has run out before is told to be
 * expired (model/roster.h). One that is asked for is missing then. */
static bool may_run_out(const struct rank_judge *j, const struct roster_expiry *e)
{
        bool is_over = e->until_ms <= j->span.from_ms;

        return e->is_clearance && asks_clearance(j) == is_over;
}

static void judge_expiry(struct rank_judge *j)
{
        bool missed = false;

        for (size_t i = 0; asks(j, RANK_EXPIRY) && i < j->f->expiry_count; i++) {
                const struct roster_expiry *e = &j->f->expiries[i];

                if (e->until_ms >= j->span.until_ms || may_run_out(j, e))
                        continue;
                missed = true;
                if (speaks(j))
                        rank_say(j, RANK_SAYS_EXPIRES, "%s %s %s", e->what,
                                 e->until_ms <= j->ranking->now_ms ? "ran out" : "runs out",
                                 shown(j, e->until_ms));
        }
        if (missed)
                miss(j, RANK_EXPIRY);
}

/* A hold that ends less than the rest before it begins, or begins less than that behind its end. */
static bool is_too_near(const struct span *span, const struct span *hold)
{
        struct span wide = {span->from_ms - REST_MS, span->until_ms + REST_MS};

        return spans_meet(hold, &wide) && !spans_meet(hold, span);
}

static void judge_rest(struct rank_judge *j)
{
        bool missed = false;

        if (j->f->kind == &kind_equipment)
                return;
        for (size_t i = 0; asks(j, RANK_REST) && i < j->f->booking_count; i++) {
                const struct booking *b = &j->f->bookings[i];
                const char *name = b->name ? b->name : "a deployment";
                bool cut = b->hold == HOLD_REST && spans_meet(&b->span, &j->span);

                if (!cut && (b->hold == HOLD_REST || !is_too_near(&j->span, &b->span)))
                        continue;
                missed = true;
                j->is_away |= cut;
                if (!speaks(j))
                        continue;
                if (cut)
                        rank_say(j, RANK_SAYS_RESTS, "rests after %s until %s", name,
                                 shown(j, b->span.until_ms));
                else
                        rank_say(j, RANK_SAYS_RESTS, "less than 11 hours of rest %s %s",
                                 b->span.from_ms < j->span.from_ms ? "after" : "before", name);
        }
        if (missed)
                miss(j, RANK_REST);
}

static bool waits_for_rotation(const struct roster_facts *f, int64_t ms)
{
        return f->rotation.from_ms < f->rotation.until_ms && ms < f->rotation.from_ms;
}

/* Of several, when the first of what is on at an instant is over, where nothing is left then. */
static int64_t end_of_none_left(const struct roster_facts *f, int64_t ms)
{
        const struct span now = {ms, ms + 1};
        int64_t end = INT64_MAX;

        if (roster_left(f, &now))
                return ms;
        for (size_t i = 0; i < f->booking_count; i++)
                if (span_has(&f->bookings[i].span, ms) && f->bookings[i].span.until_ms < end)
                        end = f->bookings[i].span.until_ms;
        return end == INT64_MAX ? ms : end;
}

/* When the last of what is on at an instant is over, or that instant. */
static int64_t end_of_what_is_on(const struct rank_judge *j, int64_t ms)
{
        const struct roster_facts *f = j->f;

        if (roster_quantity(f) > 1)
                return asks(j, RANK_FREE) ? end_of_none_left(f, ms) : ms;
        bool free = asks(j, RANK_FREE);
        int64_t end = free && waits_for_rotation(f, ms) ? f->rotation.from_ms : ms;

        for (size_t i = 0; i < f->booking_count; i++) {
                const struct booking *b = &f->bookings[i];
                bool counts = b->hold == HOLD_REST ? asks(j, RANK_REST) : free;

                if (counts && span_has(&b->span, ms) && b->span.until_ms > end)
                        end = b->span.until_ms;
        }
        for (size_t i = 0; free && i < f->leave_count; i++)
                if (span_has(&f->leave[i], ms) && f->leave[i].until_ms > end)
                        end = f->leave[i].until_ms;
        return end;
}

static int64_t departure(const struct rank_judge *j)
{
        int64_t ms = j->ranking->now_ms + j->f->notice_ms, end;

        if (asks(j, RANK_FREE) && roster_is_damaged(j->f))
                return CLOCK_NONE;
        while ((end = end_of_what_is_on(j, ms)) > ms)
                ms = end;
        return ms;
}

/* What is asked for now can't be late; who is held until then does not fit by it. */
static void judge_notice(struct rank_judge *j)
{
        int64_t from = j->ranking->needs->from_ms, until = j->ranking->needs->until_ms;
        bool is_now = from == CLOCK_NONE || from <= j->ranking->now_ms;

        j->departure_ms = departure(j);
        if (!asks(j, RANK_NOTICE) || j->departure_ms == CLOCK_NONE)
                return;
        if (is_now || j->departure_ms <= from) {
                bool waits = is_now && j->departure_ms > j->ranking->now_ms + j->f->notice_ms;

                if (speaks(j))
                        rank_say(j, waits ? RANK_SAYS_NOTE : RANK_SAYS_FITS, "%scan leave %s",
                                 waits ? "" : "notice: ", shown(j, j->departure_ms));
                return;
        }
        j->is_away |= until != CLOCK_NONE && j->departure_ms >= until;
        miss(j, RANK_NOTICE);
        if (speaks(j))
                rank_say(j, RANK_SAYS_LATE, "can leave %s, not by %s", shown(j, j->departure_ms),
                         shown(j, from));
}

static void say_booked(struct rank_judge *j, const struct booking *b)
{
        rank_say(j, RANK_SAYS_BOOKED, "%s for %s from %s to %s",
                 b->hold == HOLD_SOFT ? "alerted" : "held", b->name ? b->name : "a deployment",
                 shown(j, b->span.from_ms), shown(j, b->span.until_ms));
}

/* Whether any is left; true: none. */
static bool judge_left(struct rank_judge *j)
{
        bool none = roster_left(j->f, &j->span) == 0;

        if (speaks(j))
                rank_say(j, none ? RANK_SAYS_BOOKED : RANK_SAYS_NOTE, "%s",
                         roster_left_text(j->f, &j->span, j->a));
        return none;
}

static void judge_free(struct rank_judge *j)
{
        const struct roster_facts *f = j->f;
        bool missed = roster_is_damaged(f), waits = waits_for_rotation(f, j->span.from_ms);

        if (!asks(j, RANK_FREE))
                return;
        if (missed)
                rank_say(j, RANK_SAYS_BOOKED, "it is %s", f->condition);
        if (waits && speaks(j))
                rank_say(j, RANK_SAYS_BOOKED, "its rotation begins %s",
                         shown(j, f->rotation.from_ms));
        missed |= waits;
        if (roster_quantity(f) > 1)
                missed |= judge_left(j);
        for (size_t i = 0; roster_quantity(f) == 1 && i < f->booking_count; i++) {
                if (f->bookings[i].hold == HOLD_REST || !spans_meet(&f->bookings[i].span, &j->span))
                        continue;
                missed = true;
                if (speaks(j))
                        say_booked(j, &f->bookings[i]);
        }
        for (size_t i = 0; i < f->leave_count; i++) {
                if (!spans_meet(&f->leave[i], &j->span))
                        continue;
                missed = true;
                if (speaks(j))
                        rank_say(j, RANK_SAYS_BOOKED, "on leave from %s to %s",
                                 shown(j, f->leave[i].from_ms), shown(j, f->leave[i].until_ms));
        }
        j->is_away |= missed;
        if (missed)
                miss(j, RANK_FREE);
}

/* ---- all of them --------------------------------------------------------------------------- */

struct span rank_span(const struct ranking *r)
{
        const struct rank_needs *n = r->needs;
        int64_t from = n->from_ms == CLOCK_NONE || n->from_ms < r->now_ms ? r->now_ms : n->from_ms;
        int64_t until = n->until_ms == CLOCK_NONE || n->until_ms <= from ? from + 1 : n->until_ms;

        return (struct span){from, until};
}

void rank_judge(struct rank_judge *j)
{
        const struct rank_needs *n = j->ranking->needs;
        const struct roster_facts *f = j->f;

        j->asked = asked_of(j->ranking, f->kind);
        j->span = rank_span(j->ranking);
        judge_one_of(j, RANK_ROLE, n->roles, f->roles);
        judge_each_of(j, RANK_SKILL, n->skills, f->skills);
        for (size_t i = 0; asks(j, RANK_LANGUAGE) && i < n->language_count; i++)
                judge_language(j, &n->languages[i]);
        judge_clearance(j);
        if (f->communities && f->communities->count)
                judge_one_of(j, RANK_COMMUNITY, n->communities, f->communities);
        else
                judge_word(j, RANK_COMMUNITY, n->communities, f->community);
        judge_one_of(j, RANK_STATE, n->states, f->states);
        judge_word(j, RANK_CATEGORY, n->categories, f->category);
        judge_each_of(j, RANK_PAPERS, n->papers, f->papers);
        judge_mode(j);
        judge_days(j);
        judge_expiry(j);
        judge_rest(j);
        judge_notice(j);
        judge_free(j);
}
