/*
 * What a run costs: reading and opening a large playbook, and a run with very many transitions. The
 * playbook of the run is a while of two steps; a transition is an answer or a completion.
 *
 *   runs STEPS EVENTS FILE  ->  "steps=N read_ms=... open_ms=... events=N fold_ms=...
 * run_open_ms=... first_ms=... act_ms=... do_ms=..."
 *
 * read: the document; open: its plan, as nobody has started it. fold: the engine alone; run_open:
 * from the database; first, act: one more in the open run, to the disk, at its start and at its
 * end; do: one more by a command, which has to open the run first.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/words.h"
#include "ops/runs.h"
#include "play/place.h"
#include "wire/playbook_list.h"

#define BYTES_MAX (16 * 1024 * 1024)
#define ROUNDS    500 /* of one transaction */
#define FEW       50  /* transitions that are measured one by one; whole rounds */

/* Of the processor: what else the machine does does not count. */
static double now_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(enum rc rc, const struct err *err)
{
        if (rc == RC_OK)
                return;
        fprintf(stderr, "runs: %s\n", err->text);
        exit(1);
}

static void document(const char *list, struct str *out)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct playbook_list_head head = {
                .id = "playbook--00000000-0000-4000-8000-0000000000b1",
                .created_by = "identity--00000000-0000-4000-8000-0000000000f1",
                .now_ns = INT64_C(1795521600000000000)};
        const struct playbook *p = NULL;
        struct err err = {0};

        must(playbook_list_read(list, strlen(list), &head, &a, &p, &err), &err);
        cacao_write(p, out);
}

/* ---- a large playbook ---- */

static void measure_large(long steps)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str list = {0}, text = {0};
        struct cacao_file file;
        struct json_t *bare = NULL;
        struct plan plan;
        double began, parsed, read, opened;

        str_init(&list, BYTES_MAX);
        str_init(&text, BYTES_MAX);
        str_add(&list, "# Large\n\n## Steps\n\n");
        for (long i = 0; i < steps; i++)
                str_addf(&list, "- Step %ld: ask who depends on it, and write it down (10m)\n", i);
        document(str_text(&list), &text);
        began = now_ms();
        must(json_parse(text.s, text.len, &bare, NULL), &(struct err){0});
        json_free(bare);
        parsed = now_ms() - began;
        began = now_ms();
        cacao_read_file(text.s, text.len, CLOCK_NONE, &a, &file);
        read = now_ms() - began;
        began = now_ms();
        plan_make_dry(file.docs[0].playbook, &a, &plan);
        opened = now_ms() - began;
        printf("steps=%ld rows=%zu bytes=%zu bare_ms=%.1f read_ms=%.1f plan_ms=%.1f ", steps,
               plan.count, text.len, parsed, read, opened);
}

/* ---- a long run ---- */

static void found(const char *path, struct ops *ops)
{
        struct err err = {0};

        must(crypt_start(&err), &err);
        must(ops_init(path, &(struct ops_unit){.name = "Bench", .ceiling = -1}, &err), &err);
        must(ops_open(&(struct ops_options){.path = path, .mode = STORE_WRITE, .operator= "duarte"},
                      ops, &err),
             &err);
}

static void start(struct ops *ops, char id[STIX_ID_MAX])
{
        static const char list[] = "# Long\n\n## Steps\n\n- while it burns\n  - Put it out\n";
        CLEANUP(str_finish) struct str text = {0};
        const struct import_options o = {.name = "long"};
        struct import_result done;
        struct row *rows = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        size_t count = 0;

        str_init(&text, BYTES_MAX);
        document(list, &text);
        must(ops_import_playbooks(ops, text.s, text.len, &o, &done, &err), &err);
        must(thing_by_ref(ops->store, "PB-0001", 1, &a, &rows, &count, &err), &err);
        must(ops_run_start(ops, &(struct run_starting){.playbook = rows[0].thing.id}, id, &err),
             &err);
}

/* A few transitions, one at a time: of the processor for each. */
static double do_few(struct ops_run *r)
{
        double began = now_ms();
        struct err err = {0};

        for (size_t i = 0; i < FEW; i++) {
                const struct run_step *s = ops_run_state(r)->live[ops_run_state(r)->live_count - 1];
                bool asks = s->step->type == STEP_WHILE;
                const struct run_doing d = {.verb = asks ? PLAY_ANSWER : PLAY_COMPLETE,
                                            .place = s->place,
                                            .value = asks ? "again" : NULL,
                                            .occurred_ms = CLOCK_NONE};

                must(ops_run_do(r, NULL, &d, &err), &err);
        }
        return (now_ms() - began) / FEW;
}

/* Rounds of two events each, many in one transaction. */
static void do_rounds(struct ops_run *r, size_t first, size_t count)
{
        const struct playbook *p = ops_run_state(r)->playbook;
        const char *around = ops_run_state(r)->live[0]->place;
        const int body = ops_run_state(r)->live[0]->step->branches[0].step;
        struct run_doing *list = xcalloc(2 * count, sizeof(*list));
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};

        for (size_t i = 0; i < count; i++) {
                CLEANUP(str_finish) struct str place = {0};

                str_init(&place, PLACE_MAX);
                place_add(&place, around, STEP_WHILE, (int)(first + i + 1), p->steps[body].id, 1);
                list[2 * i] = (struct run_doing){.verb = PLAY_ANSWER,
                                                 .place = arena_strdup(&a, around),
                                                 .value = "again",
                                                 .occurred_ms = CLOCK_NONE};
                list[2 * i + 1] = (struct run_doing){.verb = PLAY_COMPLETE,
                                                     .place = arena_strdup(&a, str_text(&place)),
                                                     .occurred_ms = CLOCK_NONE};
        }
        must(ops_run_do_all(r, NULL, list, 2 * count, &err), &err);
        free(list);
}

static double fold_alone(const struct run *run)
{
        const struct play_event **events = xcalloc(run->log_count + 1, sizeof(*events));
        double began;

        for (size_t i = 0; i < run->log_count; i++)
                events[i] = run->log[i].event;
        began = now_ms();
        struct run *again = run_create(run->start);
        run_apply_all(again, events, run->log_count);
        began = now_ms() - began;
        run_destroy(again);
        free(events);
        return began;
}

static double do_by_command(struct ops *ops, const char *run)
{
        const struct ops_field note = {"note", "seen"};
        const struct ops_request r = {
                .verb = "remark", .details = &note, .detail_count = 1, .occurred_ms = CLOCK_NONE};
        double began = now_ms();
        struct err err = {0};

        must(ops_do(ops, run, &r, &err), &err);
        return now_ms() - began;
}

static void measure_long(const char *path, size_t events)
{
        char id[STIX_ID_MAX];
        struct ops_run *r = NULL;
        struct err err = {0};
        struct ops ops;
        double began, first, opened, folded;

        found(path, &ops);
        start(&ops, id);
        must(ops_run_open(&ops, id, &r, &err), &err);
        do_few(r); /* what is read once */
        first = do_few(r);
        for (size_t i = FEW; 2 * i < events; i += ROUNDS)
                do_rounds(r, i, ROUNDS);
        folded = fold_alone(ops_run_state(r));
        ops_run_close(r);
        began = now_ms();
        must(ops_run_open(&ops, id, &r, &err), &err);
        opened = now_ms() - began;
        events = ops_run_state(r)->log_count;
        printf("events=%zu fold_ms=%.1f run_open_ms=%.1f first_ms=%.2f act_ms=%.2f ", events,
               folded, opened, first, do_few(r));
        ops_run_close(r);
        printf("do_ms=%.1f\n", do_by_command(&ops, id));
        ops_close(&ops);
}

int main(int argc, char **argv)
{
        long steps = argc == 4 ? strtol(argv[1], NULL, 10) : 0;
        long events = argc == 4 ? strtol(argv[2], NULL, 10) : 0;

        if (steps <= 0 || events <= 0) {
                fprintf(stderr, "usage: runs STEPS EVENTS FILE\n");
                return 2;
        }
        measure_large(steps);
        measure_long(argv[3], (size_t)events);
        return 0;
}
