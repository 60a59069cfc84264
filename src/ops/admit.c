/*
 * The one door: a decoded object becomes a version, and what follows from it. Everything comes
 * through here, what others send and what is done on this console.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/journal.h"
#include "store/peers.h"
#include "store/references.h"

#include "ops/run_book.h"

#include "ops_private.h"

#define AHEAD_LEAST_MS 5000

static void find(const struct admission *ad, struct arena *a, const struct stix_object *o,
                 const char *sentence)
{
        if (ad->finding)
                ad->finding(ad->ctx, arena_printf(a, "%s: %s", o->id, sentence));
}

void admit_tell(const struct admission *ad, const struct stix_object *o, struct arena *a)
{
        for (size_t i = 0; i < o->finding_count; i++)
                find(ad, a, o, o->findings[i]);
}

/* ---- judging -----------------------------------------------------------------------------------
 */

enum rc admit_judge(struct ops *ops, const struct stix_object *o, struct arena *a, struct err *err)
{
        enum tlp tlp;

        if (ops->ceiling >= TLP_RED)
                return RC_OK;
        tlp = tlp_at_door(ops, o, a);
        if (tlp <= ops->ceiling)
                return RC_OK;
        return err_set(err, RC_DENIED, "%s: %s is above the ceiling %s", o->id, tlp_name(tlp),
                       tlp_name(ops->ceiling));
}

/* ---- what follows from a version ---------------------------------------------------------------
 */

static enum rc put_with_clocks(struct admission *ad, struct row *row, const struct folded *f,
                               struct arena *a, struct err *err)
{
        enum rc rc = rosters_follow(ad, a, row, err);

        if (rc == RC_OK)
                rc = thing_put(ad->ops->store, row, NULL, err);
        if (rc != RC_OK || !clocks_are_kept(row->thing.kind))
                return rc;
        return clocks_project(ad->ops, f, row, a, err);
}

/* What has a row has acts or a version. */
static enum rc put_row(struct admission *ad, const struct stix_object *o,
                       const struct version_put *put, struct arena *a, struct err *err)
{
        struct row row;

        enum rc rc;

        row_of_object(ad->ops, &ad->names, o, a, &row);
        row.is_first = put->result == VERSION_NEW;
        rc = remark_show(ad, a, &row, err);
        if (rc != RC_OK)
                return rc;
        return put_with_clocks(ad, &row, &(struct folded){.thing = row.thing}, a, err);
}

/* Things without acts are what they say; the others are folded before the commit, and playbooks
 * whose shown content need not be the newest version. */
static enum rc take_thing(struct admission *ad, const struct stix_object *o, bool own,
                          const struct version_put *put, struct arena *a, struct err *err)
{
        struct version *acts = NULL;
        size_t count = 0;
        enum rc rc;

        if (o->unit_name)
                unit_names_forget(&ad->names);
        if (own || (o->content && put->is_twin))
                id_set_add(&ad->dirty, o->id);
        if (own || !put->is_current)
                return RC_OK;
        rc = thing_acts(ad->ops->store, o->id, a, &acts, &count, err);
        if (rc != RC_OK)
                return rc;
        if (count == 0)
                return put_row(ad, o, put, a, err);
        id_set_add(&ad->dirty, o->id);
        return RC_OK;
}

/* It says that it was recorded later than now: the clock of its console is ahead of ours. */
static enum rc look_at_clock(struct admission *ad, const struct act *act, struct err *err)
{
        const struct peer_clock p = {.console = act->console,
                                     .unit = act->unit ? act->unit : "",
                                     .operator= act->operator
                                     ? act->operator: "",
                                     .ahead_ms = act->created_ms - ad->now_ms,
                                     .seen_ms = ad->now_ms };

        if (p.ahead_ms < AHEAD_LEAST_MS || strcmp(p.console, ad->ops->console) == 0)
                return RC_OK;
        return peer_clock_put(ad->ops->store, &p, err);
}

static enum rc take_act(struct admission *ad, const struct stix_object *o,
                        const struct version_put *put, struct arena *a, struct err *err)
{
        const struct act *act = o->act;
        enum rc rc =
                act_index_put(ad->ops->store, act->id, act->target, act->hlc, act->console, err);

        if (rc == RC_OK)
                rc = look_at_clock(ad, act, err);
        if (rc == RC_OK)
                id_set_add(&ad->dirty, act->target);
        if (rc == RC_OK)
                rc = put_row(ad, o, put, a, err);
        return rc == RC_OK ? remark_take(ad, o, a, err) : rc;
}

enum rc admit_links(struct ops *ops, const struct stix_object *o, bool was_there, struct arena *a,
                    struct err *err)
{
        struct reference *list;

        if (o->link_count == 0 && !was_there)
                return RC_OK;
        list = arena_array(a, o->link_count + 1, sizeof(*list));
        for (size_t i = 0; i < o->link_count; i++)
                list[i] = (struct reference){o->id, o->links[i].member, o->links[i].target};
        return reference_put(ops->store, o->id, list, o->link_count, was_there, err);
}

static enum rc take_marking(struct admission *ad, const struct stix_object *o, struct err *err)
{
        enum rc rc = marking_put(ad->ops->store, o->id, o->marking_tlp, err);

        return rc == RC_OK ? meta_set(ad->ops->store, META_MARKINGS, "1", err) : rc;
}

static enum rc take(struct admission *ad, const struct stix_object *o, bool own,
                    const struct version_put *put, struct arena *a, struct err *err)
{
        bool has_links = o->what == STIX_THING || o->what == STIX_PART;

        if (o->content) {
                enum rc rc = playbook_take(ad, o->id, o->content, put->vid, err);

                if (rc != RC_OK)
                        return rc;
        }
        if (has_links && put->is_current) {
                enum rc rc = admit_links(ad->ops, o, put->result == VERSION_UPDATE, a, err);

                if (rc != RC_OK)
                        return rc;
        }
        switch (o->what) {
        case STIX_THING: return take_thing(ad, o, own, put, a, err);
        case STIX_ACT: return put->is_current ? take_act(ad, o, put, a, err) : RC_OK;
        case STIX_NOTE: return put->is_current ? put_row(ad, o, put, a, err) : RC_OK;
        case STIX_MARKING: return put->is_current ? take_marking(ad, o, err) : RC_OK;
        case STIX_RELATION:
                if (!put->is_current)
                        return RC_OK;
                return relation_put(ad->ops->store,
                                    &(struct relation){.id = o->id,
                                                       .type = o->relation,
                                                       .source = o->source,
                                                       .target = o->target},
                                    err);
        case STIX_PART:
        case STIX_OTHER: return RC_OK;
        }
        return RC_OK;
}

enum rc admit_write(struct admission *ad, const struct incoming *in, struct arena *a,
                    struct admitted *ret, struct err *err)
{
        const struct stix_object *o = &in->object;
        bool own = o->created_by && strcmp(o->created_by, ad->ops->unit) == 0;
        const struct version v = {.id = o->id,
                                  .type = o->type,
                                  .modified_ns = o->modified_ns,
                                  .bytes = in->bytes,
                                  .len = in->len,
                                  .known_sha = in->sha,
                                  .is_state = o->is_state,
                                  .is_own = own,
                                  .received_ms = ad->now_ms,
                                  .seq = ad->seq};
        struct version_put put;
        enum rc rc = version_put(ad->ops->store, &v, &put, err);

        if (rc == RC_OK && put.result != VERSION_KNOWN) {
                ad->admitted++;
                admit_tell(ad, o, a);
                if (put.is_twin)
                        find(ad, a, o,
                             o->content
                                     ? "two contents under one id and time; both are kept, the one "
                                       "that can be run is shown; of several the greater hash"
                                     : "two contents under one id and time; both are kept, the one "
                                       "with the greater hash is shown");
                rc = take(ad, o, own, &put, a, err);
        }
        if (rc != RC_OK)
                return err_wrap(err, rc == RC_INVALID || rc == RC_DENIED ? RC_FAIL : rc, "%s",
                                o->id);
        *ret = (struct admitted){.result = put.result, .vid = put.vid, .act = o->act};
        return RC_OK;
}

static enum rc judge_and_write(struct admission *ad, const struct incoming *in, struct arena *a,
                               struct admitted *ret, struct err *err)
{
        enum rc rc = admit_judge(ad->ops, &in->object, a, err);

        return rc == RC_OK ? admit_write(ad, in, a, ret, err) : rc;
}

enum rc admit(struct admission *ad, const char *bytes, size_t len, struct arena *a,
              struct admitted *ret, struct err *err)
{
        struct incoming in;
        enum rc rc = intake_decode(bytes, len, a, &in, err);

        return rc == RC_OK ? judge_and_write(ad, &in, a, ret, err) : rc;
}

enum rc admit_own(struct admission *ad, const struct json_t *tree, const struct str *text,
                  struct arena *a, struct admitted *ret, struct err *err)
{
        struct incoming in = {.bytes = text->s, .len = text->len};
        enum rc rc = stix_read_tree(tree, a, &in.object, err);

        if (rc != RC_OK)
                return rc;
        crypt_sha256(in.bytes, in.len, in.sha);
        return judge_and_write(ad, &in, a, ret, err);
}

/* ---- the transaction ---------------------------------------------------------------------------
 */

enum rc admission_begin(struct admission *ad, struct err *err)
{
        enum rc rc = store_begin(ad->ops->store, err);

        if (rc != RC_OK)
                return rc;
        ad->admitted = 0;
        ad->remarks = 0;
        ad->now_ms = clock_now_ms();
        id_set_clear(&ad->dirty);
        rc = journal_next_seq(ad->ops->store, &ad->seq, err);
        if (rc != RC_OK)
                store_rollback(ad->ops->store);
        return rc;
}

static enum rc fold_again(struct admission *ad, const char *id, struct arena *a, struct err *err)
{
        struct state st;
        struct row row;
        enum rc rc = RC_OK;

        if (ad->known && strcmp(ad->known->folded.thing.id, id) == 0) {
                st = *ad->known;
                ad->known->is_fresh = false;
        } else {
                rc = state_load(ad->ops, id, CLOCK_NONE, a, &st, err);
        }
        if (rc != RC_OK || !st.exists)
                return rc;
        if (ad->ours && snapshot_is_ours(ad->ops, &st))
                id_set_add(ad->ours, id);
        row_of_state(ad->ops, &ad->names, &st, a, &row);
        row.is_first = row.is_fresh = st.is_fresh;
        if (st.kind == &kind_participant)
                unit_names_forget(&ad->names);
        rc = run_tell(ad->ops, &st, a, &row, err);
        if (rc != RC_OK)
                return rc;
        return put_with_clocks(ad, &row, &st.folded, a, err);
}

static enum rc fold_all(struct admission *ad, const char **ids, struct err *err)
{
        CLEANUP(arena_finish) struct arena one = {0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && ids[i]; i++) {
                arena_reset(&one);
                rc = fold_again(ad, ids[i], &one, err);
        }
        return rc;
}

/* What is written may make others be looked at: a deployment its people. */
enum rc admission_settle(struct admission *ad, struct err *err)
{
        enum rc rc = RC_OK;

        while (rc == RC_OK && ad->dirty.count) {
                CLEANUP(id_set_finish) struct id_set now = ad->dirty;
                CLEANUP(arena_finish) struct arena a = {0};

                ad->dirty = (struct id_set){0};
                rc = fold_all(ad, id_set_list(&now, &a), err);
        }
        return rc;
}

enum rc admission_commit(struct admission *ad, const char *op, const char *note, struct err *err)
{
        struct ops *ops = ad->ops;
        const char *who = ops->operator;
        const struct journal_entry entry = {ad->seq, ad->now_ms, op, who ? who : "",
                                            note ? note : ""};
        enum rc rc;

        if (ad->admitted == 0) {
                store_rollback(ops->store);
                return RC_OK;
        }
        rc = admission_settle(ad, err);
        if (rc == RC_OK)
                rc = journal_append(ops->store, &entry, err);
        if (rc == RC_OK)
                rc = store_commit(ops->store, err);
        if (rc != RC_OK)
                store_rollback(ops->store);
        return rc;
}

void admission_finish(struct admission *ad)
{
        if (ad->ops && ad->ops->store)
                store_rollback(ad->ops->store);
        id_set_finish(&ad->dirty);
        unit_names_forget(&ad->names);
}
