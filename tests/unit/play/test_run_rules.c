/*
 * The machine against the rules of play/run.h read literally: the playbook is walked anew, with
 * nothing but what the log says was applied. What must be open then is what the run says is open.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "gatherings.h"
#include "play/place.h"
#include "unit/laws.h"

#define SEEDS laws_seeds(800)

/* What became of each place, told by the log alone; walked anew from the start. */
struct reader {
        struct arena arena;
        const struct run *run;
        struct str open; /* places that wait for somebody, in the order of the walk */
        struct str place;
};

enum fate { FATE_OPEN, FATE_ENDED, FATE_FAILED };

static enum fate read_lane(struct reader *r, const struct playbook *p, const char *around,
                           enum step_type type, int branch, int step);

static const struct play_event *last_said(const struct reader *r, const char *place,
                                          enum play_verb verb, int round)
{
        const struct play_event *found = NULL;

        for (size_t i = 0; i < r->run->log_count; i++) {
                const struct run_entry *entry = &r->run->log[i];

                if (entry->applied && entry->event->verb == verb && entry->event->place &&
                    strcmp(entry->event->place, place) == 0 &&
                    (round < 0 || entry->event->round == round))
                        found = entry->event;
        }
        return found;
}

/* By a second person: "", what was done; else that it is left out by the verb of that name. */
static bool is_signed(const struct reader *r, const char *place, const char *what, int round)
{
        for (size_t i = 0; i < r->run->log_count; i++) {
                const struct run_entry *entry = &r->run->log[i];
                const struct play_event *e = entry->event;

                if (entry->applied && e->verb == PLAY_SIGN && strcmp(e->place, place) == 0 &&
                    strcmp(e->value ? e->value : "", what) == 0 && (round < 0 || e->round == round))
                        return true;
        }
        return false;
}

/* Whether it takes two is not in the log. */
static bool is_left_out(const struct reader *r, const char *place, enum play_verb verb)
{
        const struct play_event *e = last_said(r, place, verb, -1);

        return e && (!run_step_at(r->run, place)->leave ||
                     is_signed(r, place, play_verb_row(verb)->name, -1));
}

static enum fate wait_at(struct reader *r, const char *place)
{
        str_add_sep(&r->open, " ", place);
        return FATE_OPEN;
}

/* What is known by itself is not in the log: that is taken from the step. */
static const char *way_of(const struct reader *r, const char *place, const struct step *step,
                          int round)
{
        const struct run_step *s = run_step_at(r->run, place);
        const struct play_event *e = last_said(r, place, PLAY_ANSWER, round);

        if (e && (!step->two_person || is_signed(r, place, "", round)))
                return e->value;
        if (round >= 0 && s->rounds > round)
                return "again";
        return s->by_itself && (round < 0 || s->rounds == round) ? s->answer : NULL;
}

static enum fate read_while(struct reader *r, const struct playbook *p, const char *place,
                            const struct step *step)
{
        for (int round = 0;; round++) {
                const char *way = way_of(r, place, step, round);
                enum fate fate;

                if (!way)
                        return wait_at(r, place);
                if (strcmp(way, "leave") == 0)
                        return FATE_ENDED;
                fate = read_lane(r, p, place, STEP_WHILE, round + 1, step->branches[0].step);
                if (fate != FATE_ENDED)
                        return fate;
        }
}

static enum fate read_chosen(struct reader *r, const struct playbook *p, const char *place,
                             const struct step *step)
{
        const char *way = way_of(r, place, step, -1);

        if (!way)
                return wait_at(r, place);
        for (size_t i = 0; i < step->branch_count; i++)
                if (strcmp(step->branches[i].label, way) == 0)
                        return read_lane(r, p, place, step->type, (int)i, step->branches[i].step);
        return FATE_ENDED;
}

static enum fate read_parallel(struct reader *r, const struct playbook *p, const char *place,
                               const struct step *step)
{
        bool open = false, failed = false;

        for (size_t i = 0; i < step->branch_count; i++) {
                enum fate fate =
                        read_lane(r, p, place, STEP_PARALLEL, (int)i, step->branches[i].step);

                open |= fate == FATE_OPEN;
                failed |= fate == FATE_FAILED;
        }
        return open ? FATE_OPEN : failed ? FATE_FAILED : FATE_ENDED;
}

static enum fate read_playbook(struct reader *r, const struct playbook *p, const char *around)
{
        enum fate fate = read_lane(r, p, around, STEP_PLAYBOOK, 0, p->start);

        if (fate == FATE_FAILED && p->exception >= 0)
                fate = read_lane(r, p, around, STEP_PLAYBOOK, 0, p->exception);
        return fate;
}

static enum fate read_step(struct reader *r, const struct playbook *p, const char *place,
                           const struct step *step)
{
        const struct play_event *taken = last_said(r, place, PLAY_ANSWER, -1);

        if (last_said(r, place, PLAY_FAIL, -1))
                return FATE_FAILED;
        if (is_left_out(r, place, PLAY_SKIP) || is_left_out(r, place, PLAY_NOT_APPLICABLE))
                return FATE_ENDED;
        switch (step->type) {
        case STEP_PARALLEL: return read_parallel(r, p, place, step);
        case STEP_WHILE: return read_while(r, p, place, step);
        case STEP_IF:
        case STEP_SWITCH: return read_chosen(r, p, place, step);
        default: break;
        }
        if (taken && (!step->two_person || is_signed(r, place, "", -1))) {
                p = r->run->start->find(r->run->start->ctx, taken->value);
                return p ? read_playbook(r, p, place) : wait_at(r, place);
        }
        if (last_said(r, place, PLAY_COMPLETE, -1) &&
            (!step->two_person || is_signed(r, place, "", -1)))
                return FATE_ENDED;
        return wait_at(r, place);
}

static enum fate read_lane(struct reader *r, const struct playbook *p, const char *around,
                           enum step_type type, int branch, int step)
{
        int *visits = arena_array(&r->arena, p->step_count, sizeof(*visits));

        while (step >= 0 && p->steps[step].type != STEP_END) {
                const struct step *s = &p->steps[step];
                enum fate fate;

                step = s->on_completion;
                if (s->type == STEP_START)
                        continue;
                str_clear(&r->place);
                place_add(&r->place, around, type, branch, s->id, ++visits[s - p->steps]);
                fate = read_step(r, p, arena_strdup(&r->arena, str_text(&r->place)), s);
                if (fate == FATE_OPEN)
                        return fate;
                if (fate == FATE_FAILED && s->on_failure < 0 && s->on_completion < 0)
                        return fate;
                if (fate == FATE_FAILED && s->on_failure >= 0)
                        step = s->on_failure;
                if (fate == FATE_ENDED && s->on_success >= 0)
                        step = s->on_success;
        }
        return FATE_ENDED;
}

static int compare_words(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words in their order, so that two walks can be compared. */
static char *sorted(const char *words)
{
        AUTO_FREE char *copy = xstrdup(words);
        char *list[512], *save = NULL;
        struct str out;
        size_t n = 0;

        for (char *w = strtok_r(copy, " ", &save); w && n < ARRAY_LEN(list);
             w = strtok_r(NULL, " ", &save))
                list[n++] = w;
        qsort(list, n, sizeof(*list), compare_words);
        str_init(&out, 1 << 20);
        for (size_t i = 0; i < n; i++)
                str_add_sep(&out, " ", list[i]);
        return str_take(&out);
}

static char *open_places(const struct run *run)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 1 << 20);
        for (size_t i = 0; i < run->live_count; i++)
                if (run_step_is_open(run->live[i]))
                        str_add_sep(&out, " ", run->live[i]->place);
        return sorted(str_text(&out));
}

static void expect_as_read(const struct run *run, size_t *compared)
{
        static const enum run_state states[] = {
                [FATE_OPEN] = RUN_IS_ON, [FATE_ENDED] = RUN_IS_DONE, [FATE_FAILED] = RUN_IS_FAILED};
        struct reader r = {.run = run};
        enum fate fate;

        if (run->state == RUN_IS_CANCELLED)
                return;
        str_init(&r.open, 1 << 20);
        str_init(&r.place, PLACE_MAX);
        fate = read_playbook(&r, run->playbook, NULL);
        AUTO_FREE char *expected = sorted(str_text(&r.open)), *got = open_places(run);
        cr_assert_str_eq(got, expected);
        cr_assert_eq(states[fate], run->state);
        *compared += run->step_count;
        str_finish(&r.open);
        str_finish(&r.place);
        arena_finish(&r.arena);
}

Test(run_rules, a_run_is_what_its_log_says)
{
        size_t compared = 0;

        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
                struct gathering g;

                gathering_hold(&g, seed, BOOK_SOUND, seed % 2);
                gathering_tell_all(&g);
                for (int c = 0; c < 2; c++) {
                        expect_as_read(g.runs[c], &compared);
                        gathering_go_on(&g, g.runs[1]);
                }
                gathering_finish(&g);
        }
        cr_assert_gt(compared, SEEDS * 10);
}
