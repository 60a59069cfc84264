/*
 * Which way on: known, or asked.
 */
#include <string.h>

#include "play_private.h"

static const char *known_case(const struct run *run, const struct run_step *s)
{
        const char *name = s->step->switch_variable;
        const char *value = name ? run_value(run, s, name) : NULL;
        const char *way = value ? play_way(s, value) : NULL;

        return value && !way ? play_way(s, "default") : way;
}

const char *play_known_way(struct run_machine *m, const struct run_step *s)
{
        struct seeing seeing = {&m->run, s};
        enum truth truth;

        if (s->step->type == STEP_SWITCH)
                return known_case(&m->run, s);
        if ((s->step->type != STEP_IF && s->step->type != STEP_WHILE) || !s->step->condition)
                return NULL;
        if (s->step->type == STEP_WHILE && s->rounds && s->turn == m->turn)
                return NULL;
        truth = condition_holds(s->step->condition, play_seen_value, &seeing);
        if (truth == TRUTH_UNKNOWN)
                return NULL;
        if (s->step->type == STEP_IF)
                return truth == TRUTH_YES ? "true" : "false";
        return truth == TRUTH_YES ? "again" : "leave";
}

const char *play_way(const struct run_step *s, const char *answer)
{
        const char *way;

        if (s->step->type == STEP_PLAYBOOK)
                return *answer ? answer : NULL;
        for (size_t i = 0; (way = step_answer_at(s->step, i)); i++)
                if (strcmp(way, answer) == 0)
                        return way;
        return NULL;
}

static void take_playbook(struct run_machine *m, struct run_step *s, const char *hash)
{
        const struct playbook *p = play_find(m->run.start, hash);

        s->inside = p;
        s->missing = p ? NULL : hash;
        if (p) {
                s->inner = play_frame(m, p, s, s->frame);
                play_enter(m, s, s->inner, 0, p->start);
        } else {
                s->state = STEP_IS_UNDER_WAY;
        }
        play_changed(m, s);
}

static void take_round(struct run_machine *m, struct run_step *s)
{
        s->rounds++;
        s->turn = m->turn;
        play_enter(m, s, s->frame, s->rounds,
                   s->step->branch_count ? s->step->branches[0].step : -1);
}

static size_t branch_of(const struct run_step *s, const char *way)
{
        size_t i = 0;

        if (s->step->type == STEP_IF)
                return strcmp(way, "true") != 0;
        while (strcmp(s->step->branches[i].label, way) != 0)
                i++;
        return i;
}

void play_take_way(struct run_machine *m, struct run_step *s, const char *answer)
{
        size_t branch;

        s->answer = play_way(s, answer);
        if (s->step->type == STEP_PLAYBOOK) {
                take_playbook(m, s, s->answer);
        } else if (s->step->type == STEP_WHILE) {
                if (strcmp(s->answer, "again") == 0)
                        take_round(m, s);
                else
                        play_settle(m, s, STEP_IS_DONE);
        } else {
                branch = branch_of(s, s->answer);
                play_enter(m, s, s->frame, (int)branch,
                           branch < s->step->branch_count ? s->step->branches[branch].step : -1);
        }
}

void play_ask(struct run_machine *m, struct run_step *s)
{
        const char *way = play_known_way(m, s);

        s->by_itself = way != NULL;
        if (way) {
                play_take_way(m, s, way);
                return;
        }
        s->state = STEP_IS_NOW;
        play_changed(m, s);
}

/* Found first, then taken: a way that is taken may settle others. */
void play_ask_again(struct run_machine *m)
{
        struct run_step **known = NULL;
        size_t count = 0, room = 0;

        for (size_t i = 0; i < m->run.live_count; i++) {
                struct run_step *s = m->run.live[i];

                if (s->state != STEP_IS_NOW || !play_known_way(m, s))
                        continue;
                known = arena_grow(&m->arena, known, count, &room, sizeof(*known));
                known[count++] = s;
        }
        for (size_t i = 0; i < count; i++)
                if (known[i]->state == STEP_IS_NOW)
                        play_ask(m, known[i]);
}
