/*
 * Model-based: three desks carry out one run of a random playbook without knowing of each other, do
 * what people would and whatever else comes to their minds, and now and then pass on a part of what
 * they have, in any order. In the end all have the same bytes, nothing that was accepted is lost,
 * reading it anew gives the same, and the run can be brought to its end.
 *
 * MUSTER_RUNS (6): how many, MUSTER_SEED (1): of the first; the seed alone plays that one.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "books.h"
#include "ops/operators.h"
#include "unit/doings.h"

TestSuite(runs_apart);

#define DESKS       3
#define RUNS        6
#define STEPS       40
#define ONWARD_MOST 600
#define OBJECTS_MAX 4000
#define SEED        "MUSTER_SEED=%" PRIu64

struct said {
        enum play_verb verb;
        const char *place, *value, *note; /* note: no other has the same */
};

struct apart {
        uint64_t seed;
        struct random random;
        struct arena arena;
        struct doer doer;
        struct desk desks[DESKS];
        struct ops_run *open[DESKS];
        char run[STIX_ID_MAX];
        struct said said[STEPS + ONWARD_MOST];
        size_t said_count; /* what was accepted */
        size_t refused;
        const char *why; /* the last was refused */
};

/* ---- what they have and pass on ------------------------------------------------------------ */

static const char *take_random(struct apart *x, int number, char id[STIX_ID_MAX])
{
        struct playbook p = *book_random(&x->random, &x->arena, BOOK_VALID);
        CLEANUP(str_finish) struct str document = {0};
        struct held_playbook held;
        struct err err = {0};

        str_init(&document, PLAYBOOK_BYTES_MAX);
        p.id = arena_printf(&x->arena, "playbook--00000000-0000-4000-8000-%012d", number);
        p.created_by = FOREIGN_UNIT;
        p.created_ns = p.modified_ns = DESK_NOW * 1000000;
        p.valid_from_ms = p.valid_until_ms = CLOCK_NONE;
        p.priority = p.severity = p.impact = p.tlp = -1;
        cacao_write(&p, &document);
        book_take_document(&x->desks[0], str_text(&document), id);
        cr_assert_eq(ops_playbook(&x->desks[0].ops, id, &x->arena, &held, &err), RC_OK, SEED ": %s",
                     x->seed, err.text);
        return arena_strdup(&x->arena, held.hash);
}

static size_t split_objects(char *bundle, char *ret[OBJECTS_MAX])
{
        char *save = NULL, *line = strtok_r(bundle, "\n", &save);
        size_t count = 0;

        while ((line = strtok_r(NULL, "\n", &save)) && *line == '{') {
                size_t len = strlen(line);

                cr_assert_lt(count, OBJECTS_MAX);
                line[len - (line[len - 1] == ',')] = '\0';
                ret[count++] = line;
        }
        return count;
}

static void shuffle(struct random *r, char **objects, size_t n)
{
        for (size_t i = n; i > 1; i--) {
                size_t k = random_below(r, (uint32_t)i);
                char *swap = objects[i - 1];

                objects[i - 1] = objects[k];
                objects[k] = swap;
        }
}

/* `quarters` of what one has, in any order. */
static void pass(struct apart *x, uint32_t from, uint32_t to, uint32_t quarters)
{
        AUTO_FREE char *bundle = desk_export(&x->desks[from]);
        CLEANUP(str_finish) struct str list = {0};
        char *objects[OBJECTS_MAX];
        size_t count = split_objects(bundle, objects);
        struct err err = {0};

        str_init(&list, 64 << 20);
        shuffle(&x->random, objects, count);
        for (size_t i = 0; i < count; i++)
                if (random_below(&x->random, 4) < quarters)
                        str_addf(&list, "%c%s\n", list.len ? ',' : '[', objects[i]);
        if (!list.len)
                return;
        str_addc(&list, ']');
        cr_assert_eq(desk_import(&x->desks[to], str_text(&list), &err), RC_OK, SEED ": %s", x->seed,
                     err.text);
        cr_assert_eq(x->desks[to].result.refused, 0, SEED ": %s", x->seed, x->desks[to].result.why);
        cr_assert_eq(ops_run_refresh(x->open[to], NULL, &err), RC_OK, SEED ": %s", x->seed,
                     err.text);
}

static void pass_all(struct apart *x)
{
        for (uint32_t i = 1; i < DESKS; i++)
                pass(x, i, 0, 4);
        for (uint32_t i = 1; i < DESKS; i++)
                pass(x, 0, i, 4);
}

/* ---- what they do -------------------------------------------------------------------------- */

/* Something that may be done or not: whoever asks at random is often refused. */
static void do_any(struct apart *x, const struct run *run, struct play_event *e)
{
        static const char *const answers[] = {"true", "false", "again", "leave", "a", "b"};
        static const enum play_verb verbs[] = {
                PLAY_COMPLETE, PLAY_ANSWER, PLAY_FAIL,   PLAY_SKIP,   PLAY_SIGN,          PLAY_NOTE,
                PLAY_OWNER,    PLAY_PAUSE,  PLAY_RESUME, PLAY_SETTLE, PLAY_NOT_APPLICABLE};

        e->verb = verbs[random_below(&x->random, ARRAY_LEN(verbs))];
        e->reason = "so";
        if (play_verb_row(e->verb)->step && run->step_count)
                e->place = run->steps[random_below(&x->random, (uint32_t)run->step_count)]->place;
        e->value = e->verb == PLAY_OWNER ? "bea"
                                         : answers[random_below(&x->random, ARRAY_LEN(answers))];
}

/* Says so where it is accepted. */
static bool attempt(struct apart *x, uint32_t desk, const char *second, const struct play_event *e)
{
        const bool has_value = play_verb_row(e->verb)->value;
        struct run_doing d = {
                .verb = e->verb,
                .place = arena_strdup(&x->arena, e->place),
                .variable = e->variable,
                .value = has_value ? e->value : NULL,
                .reason = e->reason,
                .note = arena_printf(&x->arena, "%zu and %zu", x->said_count, x->refused),
                .occurred_ms = CLOCK_NONE};
        struct ops_person person;
        struct err err = {0};
        struct ops as;

        if (second) {
                cr_assert_eq(ops_second(&x->desks[desk].ops, NULL, second, NULL, &person, &err),
                             RC_OK, SEED ": %s", x->seed, err.text);
                ops_as(&x->desks[desk].ops, &person, &as);
        }
        if (ops_run_do(x->open[desk], second ? &as : NULL, &d, &err) != RC_OK) {
                x->refused++;
                x->why = arena_strdup(&x->arena, err.text);
                return false;
        }
        x->said[x->said_count++] = (struct said){d.verb, d.place, d.value, d.note};
        return true;
}

static void go_apart(struct apart *x)
{
        for (int i = 0; i < STEPS; i++) {
                uint32_t desk = random_below(&x->random, DESKS);
                const struct run *run = ops_run_state(x->open[desk]);
                struct play_event e = {.place = NULL};

                clock_advance(random_below(&x->random, 3) * 1000);
                if (random_below(&x->random, 4) == 0)
                        do_any(x, run, &e);
                else if (!doing_random(&x->doer, run, &e))
                        continue;
                attempt(x, desk, NULL, &e);
                if (random_below(&x->random, 10) == 0)
                        pass(x, desk, (desk + 1 + random_below(&x->random, DESKS - 1)) % DESKS,
                             1 + random_below(&x->random, 4));
        }
}

/* At one desk, where a second person comes along when something is to be signed. */
static void go_on_to_the_end(struct apart *x)
{
        const struct run *run = ops_run_state(x->open[0]);

        for (int i = 0; i < ONWARD_MOST && run->state == RUN_IS_ON; i++) {
                struct play_event e = {.place = NULL};
                const char *second = NULL;

                if (run->paused)
                        e.verb = PLAY_RESUME;
                else
                        cr_assert(doing_onward(&x->doer, run, &e), SEED ": nothing is open",
                                  x->seed);
                if (e.verb == PLAY_SIGN)
                        second = strcmp(run_step_to_sign(run_step_at(run, e.place))->who,
                                        "weber") == 0
                                         ? "moreau"
                                         : "weber";
                clock_advance(1000);
                cr_assert(attempt(x, 0, second, &e), SEED ": %s at %s: %s", x->seed,
                          play_verb_row(e.verb)->name, e.place, x->why);
                run = ops_run_state(x->open[0]);
        }
        cr_assert_neq(run->state, RUN_IS_ON, SEED ": it does not end", x->seed);
}

/* ---- what must hold ------------------------------------------------------------------------ */

static bool is_same(const char *a, const char *b)
{
        return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_in(const struct run *run, const struct said *s)
{
        for (size_t i = 0; i < run->log_count; i++) {
                const struct play_event *e = run->log[i].event;

                /* what is signed follows from what its author saw */
                if (is_same(e->note, s->note))
                        return e->verb == s->verb && is_same(e->place, s->place) &&
                               (e->verb == PLAY_SIGN || is_same(e->value, s->value));
        }
        return false;
}

static void expect_nothing_lost(struct apart *x, struct desk *d)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        struct err err = {0};

        cr_assert_eq(ops_run_open(&d->ops, x->run, &r, &err), RC_OK, SEED ": %s", x->seed,
                     err.text);
        cr_assert_eq(ops_run_state(r)->log_count, x->said_count, SEED, x->seed);
        for (size_t i = 0; i < x->said_count; i++)
                cr_assert(is_in(ops_run_state(r), &x->said[i]), SEED ": %s at %s is lost", x->seed,
                          play_verb_row(x->said[i].verb)->name, x->said[i].place);
}

static void expect_same_row(struct apart *x, struct desk *d)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row mine, theirs;

        desk_row(&x->desks[0], x->run, &a, &mine);
        desk_row(d, x->run, &a, &theirs);
        for (size_t i = 0; i < kind_run.field_count; i++)
                cr_assert(value_equal(&mine.thing.values[i], &theirs.thing.values[i]), SEED ": %s",
                          x->seed, kind_run.fields[i].name);
        cr_assert_eq(mine.flags, theirs.flags, SEED, x->seed);
}

static void expect_same_everywhere(struct apart *x)
{
        AUTO_FREE char *expected = run_text(&x->desks[0], x->run);

        for (int i = 0; i < DESKS; i++) {
                CLEANUP(str_finish) struct str shown = {0};
                AUTO_FREE char *got = run_text(&x->desks[i], x->run);

                cr_assert_str_eq(got, expected, SEED ": desk %d", x->seed, i);
                str_init(&shown, 64 << 20);
                run_print(ops_run_state(x->open[i]), &shown);
                cr_assert_str_eq(str_text(&shown), expected, SEED ": desk %d, still open", x->seed,
                                 i);
                expect_nothing_lost(x, &x->desks[i]);
                expect_same_row(x, &x->desks[i]);
        }
}

/* ---- runs ---------------------------------------------------------------------------------- */

static void meet(struct apart *x)
{
        static const char *const names[DESKS] = {"duarte", "bruno", "carla"};
        char book[STIX_ID_MAX], other[STIX_ID_MAX];
        struct err err = {0};

        desk_start(&x->desks[0]);
        for (int i = 1; i < DESKS; i++)
                desk_join(&x->desks[i], &x->desks[0], names[i]);
        x->doer = (struct doer){.random = &x->random, .arena = &x->arena};
        for (int i = 0; i < 2; i++)
                x->doer.others[i] = take_random(x, i + 1, other);
        take_random(x, 3, book);
        run_start(&x->desks[0], book, NULL, x->run);
        AUTO_FREE char *file = desk_export(&x->desks[0]);
        for (int i = 0; i < DESKS; i++) {
                cr_assert_eq(desk_import(&x->desks[i], file, &err), RC_OK, "%s", err.text);
                cr_assert_eq(ops_run_open(&x->desks[i].ops, x->run, &x->open[i], &err), RC_OK, "%s",
                             err.text);
        }
}

static void part(struct apart *x)
{
        for (int i = 0; i < DESKS; i++) {
                ops_run_close(x->open[i]);
                desk_stop(&x->desks[i]);
        }
        arena_finish(&x->arena);
}

Test(runs_apart, desks_that_know_a_part_each_come_to_the_same_bytes_and_to_the_end)
{
        const char *seed = getenv("MUSTER_SEED"), *runs = getenv("MUSTER_RUNS");
        uint64_t first = seed ? strtoull(seed, NULL, 10) : 1;
        uint64_t count = runs ? strtoull(runs, NULL, 10) : seed ? 1 : RUNS;
        size_t accepted = 0, refused = 0, conflicts = 0;

        for (uint64_t i = first; i < first + count; i++) {
                struct apart *x = xcalloc(1, sizeof(*x));

                x->seed = i;
                x->random = random_of(i);
                meet(x);
                go_apart(x);
                pass_all(x);
                expect_same_everywhere(x);
                go_on_to_the_end(x);
                pass_all(x);
                expect_same_everywhere(x);
                accepted += x->said_count;
                refused += x->refused;
                conflicts += ops_run_state(x->open[0])->conflicts;
                part(x);
                free(x);
        }
        fprintf(stderr, "runs apart: %zu accepted, %zu refused, %zu contradictions\n", accepted,
                refused, conflicts);
        cr_assert(count < RUNS || accepted > 10 * count, "they do something");
        cr_assert(count < RUNS || conflicts, "and contradict each other");
}

static const char list[] = "# Apart\n\n## Steps\n\n- Look (must)\n- Sign it (two)\n- Close\n";

/* What was done comes before the playbook: it waits for it, and nothing is lost. */
Test(runs_apart, what_comes_before_its_playbook_waits_for_it)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        char book[STIX_ID_MAX], run[STIX_ID_MAX];
        struct err err = {0};
        struct desk d, e;

        desk_start(&d);
        desk_join(&e, &d, "bruno");
        book_take(&d, list, DESK_NOW, book);
        run_start(&d, book, NULL, run);
        run_must(&d, run, "complete", "1");
        AUTO_FREE char *file = desk_export(&d);
        char *carrier =
                strstr(file, "{\"created\":\"2026-11-24T12:00:00.000Z\",\"description\":\"Apart\"");
        cr_assert(carrier, "the carrier stands in the file");
        char *type = strstr(carrier, "\"course-of-action\"");
        cr_assert(type);
        memcpy(strstr(carrier, "\"playbook_bin\""), "\"playbook_xxx\"", 14);
        cr_assert_eq(desk_import(&e, file, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, run, "state", "waits");
        cr_assert_eq(ops_run_open(&e.ops, run, &r, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_missing(r) && !ops_run_state(r));
        book_take(&e, list, DESK_NOW, book);
        desk_must_show(&e, run, "state", "running");
        desk_must_show(&e, run, "done", "1");
        cr_assert_eq(ops_run_refresh(r, NULL, &err), RC_OK, "%s", err.text);
        cr_assert(ops_run_state(r) && !ops_run_missing(r));
        cr_assert_eq(ops_run_state(r)->log_count, 1);
        AUTO_FREE char *mine = run_text(&d, run);
        AUTO_FREE char *theirs = run_text(&e, run);
        cr_assert_str_eq(mine, theirs);
        desk_stop(&d);
        desk_stop(&e);
}
