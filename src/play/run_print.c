/*
 * A run as canonical text: one line for each thing that it knows.
 */
#include "base/clock.h"

#include "play_private.h"

static const char *text(const char *s)
{
        return s ? s : "-";
}

static const char *id_of(const struct play_event *e)
{
        return e ? e->id : "-";
}

static void print_value(struct str *out, const char *name, const struct run_value *v)
{
        str_addf(out, "  %s=", name);
        str_add(out, text(v->value));
        str_addf(out, " by %s%s\n", id_of(v->by), v->conflict ? " conflict" : "");
}

static void print_values(struct str *out, const struct variable *list, size_t count,
                         const struct run_value *values)
{
        for (size_t i = 0; values && i < count; i++)
                print_value(out, list[i].name, &values[i]);
}

static void print_said(struct str *out, const struct run_said *said)
{
        if (said)
                str_addf(out, " said %s %lld %d %d", text(said->owner), (long long)said->due_ms,
                         said->notes, said->evidence);
}

static void print_frame(struct str *out, const struct run_frame *frame)
{
        print_values(out, frame->playbook->variables, frame->playbook->variable_count,
                     frame->values);
        for (const struct named_value *n = frame->named; n; n = n->next)
                print_value(out, n->name, &n->value);
}

static void print_step(struct str *out, const struct run_step *s)
{
        str_addf(out, "%s: %d answer %s%s rounds %d conflicts %d missing %s", s->place, s->state,
                 text(s->answer), s->by_itself ? " by itself" : "", s->rounds, s->conflicts,
                 text(s->missing));
        str_addf(out, " opened %lld ended %lld paused %lld not before %lld due %lld",
                 (long long)s->opened_ms, (long long)s->ended_ms, (long long)s->paused_ms,
                 (long long)s->not_before_ms, (long long)s->due_ms);
        str_addf(out, " by %s %s", id_of(s->first), id_of(s->ended));
        if (s->leave)
                str_addf(out, " left out by %s%s", id_of(s->leave), s->leaves ? ", to sign" : "");
        print_said(out, s->said);
        str_addc(out, '\n');
        print_values(out, s->step->variables, s->step->variable_count, s->values);
        if (s->around ? s->frame != s->around->frame : false)
                print_frame(out, s->frame);
}

void run_print(const struct run *run, struct str *out)
{
        str_addf(out, "run %s %s: %d%s why %s owner %s ended %lld conflicts %zu not applied %zu",
                 run->hash, text(run->missing), run->state, run->paused ? " paused" : "",
                 text(run->why), text(run->owner), (long long)run->ended_ms, run->conflicts,
                 run->not_applied);
        print_said(out, run->said);
        str_addc(out, '\n');
        print_frame(out, run->machine->frame);
        for (size_t i = 0; i < run->step_count; i++)
                print_step(out, run->steps[i]);
        for (size_t i = 0; i < run->live_count; i++)
                str_addf(out, "live %s\n", run->live[i]->place);
        for (size_t i = 0; i < run->log_count; i++)
                str_addf(out, "event %s: %s against %s\n", run->log[i].event->id,
                         run->log[i].applied ? "applied" : run->log[i].why_not,
                         id_of(run->log[i].against));
}
