/*
 * The steps of a run that were carried out, as tasks of their own, and which playbook it uses: for
 * tools that know no playbooks. Our own consoles never read them, as they never read our snapshots.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ops/run_book.h"
#include "store/outbox.h"

#include "ops_private.h"

#define STEP_NAMESPACE "3c5f1a77-9d0e-4b16-8a52-6e7d20c4b981"
#define CARRIER_TYPE   "course-of-action--"
#define STEPS_MOST     500 /* the last of them */
#define BYTES_MAX      65536

static const char *outcome_of(const struct run_step *s)
{
        switch (s->state) {
        case STEP_IS_DONE: return "successful";
        case STEP_IS_FAILED: return "failed";
        case STEP_IS_SKIPPED:
        case STEP_IS_NOT_APPLICABLE: return "cancelled";
        default: return NULL;
        }
}

static const char *id_made_of(const char *type, const char *run, const char *what, struct arena *a)
{
        AUTO_FREE char *name = xasprintf("%s %s", run, what);
        char uuid[UUID_TEXT];

        ident_uuid5(STEP_NAMESPACE, name, uuid);
        return arena_printf(a, "%s--%s", type, uuid);
}

/* What people did, not what branches. */
static bool is_told(const struct run_step *s)
{
        return s->step->type == STEP_ACTION && s->ended_ms != CLOCK_NONE && outcome_of(s);
}

static const char *id_of(const char *run, const struct run_step *s, struct arena *a)
{
        return id_made_of("task", run, s->place, a);
}

static size_t first_told(const struct run *run)
{
        size_t told = 0, i = run->step_count;

        while (i > 0 && told < STEPS_MOST)
                told += is_told(run->steps[--i]);
        return i;
}

static void refer_to_playbook(struct run_book *book, struct arena *a, struct stix_snapshot *s)
{
        const struct held_playbook *held = run_book_playbook(book);

        if (!held)
                return;
        s->playbook_id = arena_strdup(a, held->doc.playbook->id);
        s->playbook_modified_ns = held->doc.playbook->modified_ns;
}

enum rc run_refer(struct ops *ops, const struct state *st, struct arena *a, struct stix_snapshot *s,
                  struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *book = NULL;
        const char **ids = arena_array(a, STEPS_MOST + 1, sizeof(*ids));
        enum rc rc = run_book_open(ops, st, &book, err);
        const struct run *run = rc == RC_OK ? run_book_run(book) : NULL;
        size_t count = 0;

        for (size_t i = run ? first_told(run) : 0; run && i < run->step_count; i++)
                if (is_told(run->steps[i]))
                        ids[count++] = id_of(st->folded.thing.id, run->steps[i], a);
        s->subtasks = ids;
        s->subtask_count = count;
        if (run)
                refer_to_playbook(book, a, s);
        return rc;
}

/* ---- through the door --------------------------------------------------------------------------
 */

/* What the ceiling forbids is not told. */
static enum rc put_bytes(struct admission *ad, const struct str *bytes, bool outbox,
                         struct arena *a, struct err *err)
{
        struct admitted done;
        enum rc rc = admit(ad, bytes->s, bytes->len, a, &done, err);

        if (rc == RC_DENIED) {
                err_clear(err);
                return RC_OK;
        }
        return rc == RC_OK && outbox ? outbox_put(ad->ops->store, done.vid, err) : rc;
}

static enum rc put(struct admission *ad, const struct stix_run_step *s, bool outbox,
                   struct arena *a, struct err *err)
{
        CLEANUP(str_finish) struct str bytes = {0};
        struct stix_run_step now = *s;
        struct version newest = {.bytes = NULL};
        bool is_late;

        if (version_newest(ad->ops->store, s->id, false, a, &newest, NULL) != RC_OK)
                newest.bytes = NULL;
        is_late = newest.bytes && newest.modified_ns / NS_PER_MS >= s->modified_ms;
        if (is_late)
                now.modified_ms = newest.modified_ns / NS_PER_MS;
        str_init(&bytes, BYTES_MAX);
        stix_write_run_step(&now, &bytes);
        if (bytes.over ||
            (newest.bytes && stix_same_content(newest.bytes, newest.len, bytes.s, bytes.len)))
                return RC_OK;
        if (is_late) {
                now.modified_ms += snapshot_step_ms(&bytes);
                str_clear(&bytes);
                stix_write_run_step(&now, &bytes);
        }
        return put_bytes(ad, &bytes, outbox, a, err);
}

/* Task uses course-of-action; said once. */
static enum rc put_uses(struct admission *ad, const struct state *st, bool outbox, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str bytes = {0};
        const struct thing *run = &st->folded.thing;
        const char *playbook = thing_text(run, "playbook");
        struct stix_own_relation link = {.unit = ad->ops->unit,
                                         .type = "uses",
                                         .source = run->id,
                                         .target = playbook,
                                         .tlp = thing_rank(run, "tlp"),
                                         .created_ms = run->created_ms};
        struct version held;

        if (!playbook || strncmp(playbook, CARRIER_TYPE, strlen(CARRIER_TYPE)) != 0)
                return RC_OK;
        link.id = id_made_of("relationship", run->id, playbook, &a);
        if (version_newest(ad->ops->store, link.id, false, &a, &held, NULL) == RC_OK)
                return RC_OK;
        str_init(&bytes, BYTES_MAX);
        stix_write_relation(&link, &bytes);
        return put_bytes(ad, &bytes, outbox, &a, err);
}

static enum rc put_step(struct admission *ad, const struct state *st, const struct run *run,
                        const struct run_step *s, bool outbox, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct stix_run_step step = {
                .id = id_of(st->folded.thing.id, s, &a),
                .unit = ad->ops->unit,
                .name = run_title(run, s, &a),
                .outcome = outcome_of(s),
                .step = s->step->id,
                .tlp = thing_rank(&st->folded.thing, "tlp"),
                .start_ms = s->opened_ms,
                .end_ms = s->ended_ms < s->opened_ms ? s->opened_ms : s->ended_ms,
                .modified_ms = s->ended_ms < s->opened_ms ? s->opened_ms : s->ended_ms};

        return put(ad, &step, outbox, &a, err);
}

enum rc run_publish_steps(struct admission *ad, const char *id, bool outbox, struct err *err)
{
        CLEANUP(run_book_cleanup) struct run_book *book = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        const struct run *run = NULL;
        struct state st;
        enum rc rc = state_load(ad->ops, id, CLOCK_NONE, &a, &st, err);

        if (rc != RC_OK || st.kind != &kind_run || !st.exists)
                return rc;
        rc = put_uses(ad, &st, outbox, err);
        if (rc == RC_OK)
                rc = run_book_open(ad->ops, &st, &book, err);
        run = rc == RC_OK ? run_book_run(book) : NULL;
        for (size_t i = run ? first_told(run) : 0; rc == RC_OK && run && i < run->step_count; i++)
                if (is_told(run->steps[i]))
                        rc = put_step(ad, &st, run, run->steps[i], outbox, err);
        return rc;
}
