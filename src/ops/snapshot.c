/*
 * Things of ours as ordinary STIX objects, for others: made when what a thing adds up to is not
 * what our newest snapshot of it says. Our own consoles never read them.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#include "ops/run_book.h"

#include "ops_private.h"

#define SNAPSHOT_BYTES_MAX (8u * 1024 * 1024)
#define STEP_MS_MAX        1000

int64_t snapshot_step_ms(const struct str *bytes)
{
        uint8_t digest[HASH_BYTES];

        crypt_sha256(bytes->s, bytes->len, digest);
        return 1 + (digest[0] << 8 | digest[1]) % STEP_MS_MAX;
}

/* Where a version of its own says all of it, there is nothing to add. */
static bool is_wanted(const struct ops *ops, const struct state *st)
{
        const struct thing *t = &st->folded.thing;

        if (!st->exists || st->kind == &kind_log || st->kind == &kind_playbook || !t->created_by ||
            strcmp(t->created_by, ops->unit) != 0)
                return false;
        if (!st->has_base)
                return true;
        for (size_t i = 0; i < st->kind->field_count; i++)
                if (st->folded.field_is_ours[i])
                        return true;
        return false;
}

bool snapshot_is_ours(const struct ops *ops, const struct state *st)
{
        if (!is_wanted(ops, st))
                return false;
        for (size_t i = st->folded.log_count; i > 0; i--) {
                const struct act *act = st->folded.log[i - 1].act;

                if (act->unit && strcmp(act->unit, ops->unit) == 0)
                        return act->console && strcmp(act->console, ops->console) == 0;
        }
        return false;
}

static const struct version *newest_state(const struct version *list, size_t count)
{
        for (size_t i = count; i > 0; i--)
                if (list[i - 1].is_own && list[i - 1].is_state)
                        return &list[i - 1];
        return NULL;
}

static enum rc write_snapshot(struct ops *ops, const struct state *st, int64_t newest_ns,
                              struct arena *a, struct str *out, struct stix_snapshot *ret,
                              struct err *err)
{
        const int64_t now_ms = clock_now_ms(), created_ms = st->folded.thing.created_ms;
        enum rc rc = RC_OK;

        *ret = (struct stix_snapshot){.folded = &st->folded,
                                      .ref = st->folded.ref,
                                      .unit = ops->unit,
                                      .modified_ms = now_ms < created_ms ? created_ms : now_ms};
        if (st->kind == &kind_run)
                rc = run_refer(ops, st, a, ret, err);
        if (rc == RC_OK && newest_ns != CLOCK_NONE && newest_ns / NS_PER_MS >= ret->modified_ms) {
                ret->modified_ms = newest_ns / NS_PER_MS;
                rc = stix_write_thing(ret, out, err);
                ret->modified_ms += snapshot_step_ms(out);
                str_clear(out);
        }
        return rc == RC_OK ? stix_write_thing(ret, out, err) : rc;
}

/* What follows from a run's acts is told to others, too. */
static enum rc load(struct ops *ops, const char *id, struct arena *a, struct state *st,
                    struct err *err)
{
        enum rc rc = state_load(ops, id, CLOCK_NONE, a, st, err);
        struct row row;

        if (rc != RC_OK || st->kind != &kind_run || !is_wanted(ops, st))
                return rc;
        row = (struct row){.thing = st->folded.thing};
        rc = run_tell(ops, st, a, &row, err);
        st->folded.thing = row.thing;
        return rc;
}

enum rc snapshot_make(struct ops *ops, const char *id, struct arena *a, struct snapshot *ret,
                      struct err *err)
{
        CLEANUP(str_finish) struct str bytes = {0};
        const struct version *said;
        struct version *list = NULL;
        struct stix_snapshot s;
        struct state st;
        size_t count = 0;
        enum rc rc = load(ops, id, a, &st, err);

        str_init(&bytes, SNAPSHOT_BYTES_MAX);
        if (rc == RC_OK && !is_wanted(ops, &st))
                return RC_NOTFOUND;
        if (rc == RC_OK)
                rc = version_list(ops->store, id, a, &list, &count, err);
        if (rc == RC_OK)
                rc = write_snapshot(ops, &st, count ? list[count - 1].modified_ns : CLOCK_NONE, a,
                                    &bytes, &s, err);
        if (rc != RC_OK)
                return rc;
        if (bytes.over)
                return err_set(err, RC_FAIL, "%s is too large to be published", id);
        said = newest_state(list, count);
        if (said && stix_same_content(said->bytes, said->len, bytes.s, bytes.len))
                return RC_NOTFOUND;
        *ret = (struct snapshot){.id = arena_strdup(a, id),
                                 .bytes = arena_strndup(a, bytes.s, bytes.len),
                                 .len = bytes.len,
                                 .modified_ns = s.modified_ms * NS_PER_MS};
        return RC_OK;
}
