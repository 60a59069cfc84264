#include "play/run.h"

#include <string.h>

#include "base/clock.h"

#include "play_private.h"

enum rc run_check(const struct playbook *p, struct err *err)
{
        if (p->start < 0)
                return err_set(err, RC_INVALID, "it does not say where it starts");
        for (size_t i = 0; i < p->step_count; i++)
                if (strlen(p->steps[i].id) > PLACE_ID_MAX)
                        return err_set(err, RC_INVALID,
                                       "the id of step \"%.40s...\" is longer than %d bytes",
                                       p->steps[i].id, PLACE_ID_MAX);
        return RC_OK;
}

bool run_step_is_open(const struct run_step *s)
{
        return s->state == STEP_IS_NOW || s->state == STEP_IS_TO_SIGN ||
               (s->state == STEP_IS_UNDER_WAY && s->missing);
}

const struct play_event *run_step_to_sign(const struct run_step *s)
{
        if (s->leaves)
                return s->leave;
        return s->state == STEP_IS_TO_SIGN ? s->first : NULL;
}

const struct play_event *run_step_second(const struct run_step *s)
{
        const struct play_event *e = s->ended;

        return run_step_is_settled(s) && e && e->verb == PLAY_SIGN && e->place &&
                               strcmp(e->place, s->place) == 0
                       ? e
                       : NULL;
}

/* Who wanted it left out is not who left out what it stands in. */
const struct play_event *run_step_first(const struct run_step *s)
{
        bool left_out = s->state == STEP_IS_SKIPPED || s->state == STEP_IS_NOT_APPLICABLE;

        if (left_out)
                return run_step_second(s) ? s->leave : NULL;
        return s->leaves ? s->leave : s->first;
}

bool run_step_is_settled(const struct run_step *s)
{
        return s->state >= STEP_IS_DONE;
}

bool run_step_waits(const struct run_step *s, int64_t now_ms)
{
        return s->state == STEP_IS_NOW && s->not_before_ms != CLOCK_NONE &&
               now_ms < s->not_before_ms;
}

int64_t run_step_due(const struct run_step *s)
{
        return s->said && s->said->due_ms != CLOCK_NONE ? s->said->due_ms : s->due_ms;
}
