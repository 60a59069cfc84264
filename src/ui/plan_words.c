#include "ui/plan_words.h"

#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/countdown.h"

#define REMARK_MAX 400

/* ---- signs ----------------------------------------------------------------------------------- */

#define INK(role)                                                                                  \
        {                                                                                          \
                .ink = ROLE_##role                                                                 \
        }
#define BOLD(role)                                                                                 \
        {                                                                                          \
                .ink = ROLE_##role, .attr = ATTR_BOLD                                              \
        }
#define QUIET(role) ((struct look)INK(role))

void plan_sign_of(const struct plan_row *row, struct plan_sign *ret)
{
        static const struct plan_sign signs[] = {
                [STEP_IS_NOT_REACHED] = {GLYPH_TODO, INK(MUTED), INK(MUTED), "to do"},
                [STEP_IS_NOW] = {GLYPH_UNDERWAY, BOLD(ACCENT), BOLD(STRONG), "now"},
                [STEP_IS_TO_SIGN] = {GLYPH_UNDERWAY, BOLD(WARN), BOLD(STRONG), "to sign"},
                [STEP_IS_UNDER_WAY] = {GLYPH_UNDERWAY, INK(MUTED), INK(TEXT), "under way"},
                [STEP_IS_DONE] = {GLYPH_DONE, INK(OK), INK(MUTED), "done"},
                [STEP_IS_FAILED] = {GLYPH_FAILS, BOLD(WARN), INK(TEXT), "failed"},
                [STEP_IS_SKIPPED] = {GLYPH_SKIPPED, INK(MUTED), INK(MUTED), "skipped"},
                [STEP_IS_NOT_APPLICABLE] = {GLYPH_NONE, INK(FAINT), INK(MUTED), "not applicable"},
                [STEP_IS_LEFT] = {GLYPH_TODO, INK(FAINT), INK(FAINT), "left open"},
        };
        *ret = signs[row->state];
        if (row->not_taken)
                *ret = (struct plan_sign){GLYPH_NONE, QUIET(FAINT), QUIET(FAINT), "not taken"};
        else if (row->next)
                *ret = (struct plan_sign){GLYPH_TODO, QUIET(TEXT), QUIET(TEXT), "next"};
}

/* ---- who ------------------------------------------------------------------------------------- */

static const char *asked_for(const struct plan_row *row)
{
        const struct actor *agent = step_agent(row->playbook, row->step);
        return agent && agent->name ? agent->name : "";
}

static bool branches(const struct run_step *s)
{
        return s && s->step->branch_count > 0;
}

const char *plan_who(const struct plan_row *row, struct arena *a, bool *ret_named)
{
        const struct run_step *s = row->run_step;
        const struct play_event *to_sign = s ? run_step_to_sign(s) : NULL;
        *ret_named = true;
        if (to_sign)
                return arena_printf(a, "%s, ?", to_sign->who);
        if (branches(s) && s->state != STEP_IS_NOW)
                return s->first && !s->by_itself ? s->first->who : "";
        if (s && run_step_is_settled(s) && s->ended && !s->by_itself) {
                const struct play_event *first = run_step_first(s);
                const char *last = s->ended->who;
                bool two = first && first != s->ended && strcmp(first->who, last) != 0;
                return two ? arena_printf(a, "%s, %s", first->who, last) : last;
        }
        if (row->owner && *row->owner)
                return row->owner;
        *ret_named = false;
        return row->kind == PLAN_STEP ? asked_for(row) : "";
}

/* ---- when ------------------------------------------------------------------------------------ */

const char *plan_minutes(int minutes, struct arena *a)
{
        if (minutes >= 60 && minutes % 60 == 0)
                return arena_printf(a, "%d h", minutes / 60);
        return arena_printf(a, "%d min", minutes);
}

static const char *show_time(const char *word, int64_t ms, int64_t now_ms, struct arena *a)
{
        char when[WHEN_BYTES];
        when_show(ms, now_ms, when);
        return arena_printf(a, "%s%s", word, when);
}

static const char *show_due(int64_t due_ms, int64_t now_ms, struct arena *a, struct look *ret)
{
        struct countdown left;
        countdown_read(due_ms, now_ms, &left);
        *ret = left.look;
        if (left.is_late)
                return arena_printf(a, "late %s", left.text);
        return arena_printf(a, "due %s", left.text);
}

const char *plan_when(const struct plan_row *row, int64_t now_ms, struct arena *a, struct look *ret)
{
        const struct run_step *s = row->run_step;
        *ret = QUIET(FAINT);
        if (row->kind != PLAN_STEP)
                return "";
        if (s && run_step_is_settled(s))
                return s->ended_ms == CLOCK_NONE ? "" : show_time("", s->ended_ms, now_ms, a);
        if (s && run_step_waits(s, now_ms)) {
                *ret = QUIET(TEXT);
                return show_time("from ", s->not_before_ms, now_ms, a);
        }
        if (row->due_ms != CLOCK_NONE && row->state != STEP_IS_LEFT)
                return show_due(row->due_ms, now_ms, a, ret);
        if (s)
                return s->state == STEP_IS_LEFT ? "" : show_time("since ", s->opened_ms, now_ms, a);
        return row->step->minutes > 0 && !row->not_taken ? plan_minutes(row->step->minutes, a) : "";
}

/* ---- what became of it ----------------------------------------------------------------------- */

static bool says(const char *text)
{
        return text && *text;
}

static const char *cut(const char *text, struct arena *a)
{
        size_t len = strcspn(text, "\n");
        return arena_strndup(a, text, len < REMARK_MAX ? len : REMARK_MAX);
}

static const char *why_of(const struct play_event *e, struct arena *a)
{
        if (!e)
                return NULL;
        return says(e->reason) ? cut(e->reason, a) : says(e->note) ? cut(e->note, a) : NULL;
}

static const char *answer_of(const struct run_step *s, struct arena *a)
{
        const char *word = step_answer_word(s->step, s->answer);
        if (s->step->type == STEP_PLAYBOOK)
                return s->inside ? s->inside->name : "taken in";
        return s->by_itself ? arena_printf(a, "%s, as is known", word) : word;
}

/* "to be skipped, 1 of 2 signed: the host is off" */
static const char *to_leave(const struct run_step *s, struct arena *a)
{
        const char *what = s->leave->verb == PLAY_SKIP ? "to be skipped" : "not applicable";
        const char *why = why_of(s->leave, a);
        return arena_printf(a, "%s, 1 of 2 signed%s%s", what, why ? ": " : "", why ? why : "");
}

/* In an earlier version of the playbook, where nothing stood before it that is open now. */
static const char *answered_before(const struct play_event *e, struct arena *a)
{
        return arena_printf(a, "answered by %s; counts once the run is here", e->who);
}

const char *plan_remark(const struct plan_row *row, struct arena *a)
{
        const struct run_step *s = row->run_step;
        if (!s)
                return row->kept ? answered_before(row->kept, a) : NULL;
        if (s->conflicts)
                return "answered in two ways; m says what holds";
        if (s->missing)
                return "the playbook inside is not here yet";
        if (s->leaves)
                return to_leave(s, a);
        switch (s->state) {
        case STEP_IS_TO_SIGN: return "1 of 2 signed";
        case STEP_IS_FAILED: return why_of(s->ended, a);
        case STEP_IS_SKIPPED:
        case STEP_IS_NOT_APPLICABLE:
                return why_of(run_step_first(s) ? run_step_first(s) : s->ended, a);
        default: break;
        }
        if (s->answer && s->step->type != STEP_PARALLEL && s->step->type != STEP_WHILE)
                return answer_of(s, a);
        if (s->step->type == STEP_WHILE && s->rounds)
                return arena_printf(a, "round %d", s->rounds);
        if (s->state != STEP_IS_DONE || !s->first)
                return NULL;
        return says(s->first->note) ? cut(s->first->note, a) : why_of(s->first, a);
}
