#include "ops/with.h"

#include <string.h>

#include "base/mem.h"
#include "model/after.h"
#include "model/clocks.h"
#include "model/contact.h"
#include "model/rules.h"

#include "ops_private.h"

static void add_with(struct act *act, const char *id, struct arena *a)
{
        const char *with = act_detail(act, "with");
        size_t kept = act->detail_count - (with ? 1 : 0); /* it is the last by name */
        struct act_detail *details = arena_array(a, kept + 1, sizeof(*details));

        if (kept)
                memcpy(details, act->details, kept * sizeof(*details));
        details[kept] = (struct act_detail){"with", with ? arena_printf(a, "%s %s", with, id)
                                                         : arena_strdup(a, id)};
        act->details = details;
        act->detail_count = kept + 1;
}

static enum rc write_too(const struct with *w, const struct state *st, struct act *act,
                         struct err *err)
{
        enum rc rc = act_commit(w->ad, st, act, w->a, err);

        if (rc == RC_OK)
                add_with(w->act, act->id, w->a);
        return rc;
}

static enum rc do_too(const struct with *w, const struct state *st, const struct ops_request *r,
                      struct err *err)
{
        struct act act;
        enum rc rc = do_make(w->ad, verb_find(st->kind, r->verb), r, st, w->a, &act, err);

        return rc == RC_OK ? write_too(w, st, &act, err) : rc;
}

/* ---- a merge --------------------------------------------------------------------------------- */

/* "-nis2-ew@... -nis2-in@...": all that were started; NULL: none. */
static const char *without_clocks(const struct thing *t, struct arena *a)
{
        const struct value *v = thing_value(t, CLOCK_FIELD_STARTED);
        const char *list = NULL;

        for (size_t i = 0; v && i < v->count; i++)
                list = arena_printf(a, "%s%s-%s", list ? list : "", list ? " " : "", v->items[i]);
        return list;
}

/* What goes in it is closed as a duplicate of what stays, where its clocks run on. */
static enum rc close_merged(const struct with *w, struct err *err)
{
        struct ops_field fields[2] = {{"duplicate_of", w->act->target}};
        struct ops_request r = {.verb = "duplicate",
                                .fields = fields,
                                .field_count = 1,
                                .reason = w->act->reason,
                                .occurred_ms = w->occurred_ms};
        const char *said, *id = act_detail(w->act, "merged");
        struct state st;
        enum rc rc = state_load(w->ad->ops, id, CLOCK_NONE, w->a, &st, err);

        if (rc != RC_OK)
                return rc;
        said = thing_text(&st.folded.thing, "duplicate_of");
        if (said && strcmp(said, w->act->target) == 0)
                return RC_OK; /* closed as one already */
        fields[1] = (struct ops_field){CLOCK_FIELD_STARTED, without_clocks(&st.folded.thing, w->a)};
        r.field_count += fields[1].value != NULL;
        return do_too(w, &st, &r, err);
}

/* ---- a request that is over before support began --------------------------------------------- */

static enum rc stand_down(const struct with *w, const char *id, struct err *err)
{
        const struct ops_request r = {
                .verb = "stand-down",
                .reason = w->act->reason ? w->act->reason
                                         : arena_printf(w->a, "its request %s", w->verb->did),
                .occurred_ms = w->occurred_ms};
        struct state st;
        enum rc rc = state_load(w->ad->ops, id, CLOCK_NONE, w->a, &st, err);

        return rc == RC_OK ? do_too(w, &st, &r, err) : rc;
}

/* Who has not left for it stays. */
static enum rc stand_down_all(const struct with *w, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = request_deployments(w->ad->ops, w->act->target, w->a, &rows, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                if (deployment_can_stand_down(&rows[i]))
                        rc = stand_down(w, rows[i].thing.id, err);
        return rc;
}

/* ---- a deployment that returns --------------------------------------------------------------- */

static enum rc take_back(const struct with *w, const struct row *row, const char *from,
                         const struct ops_field *fields, size_t count, struct err *err)
{
        const struct ops_request r = {.verb = "set",
                                      .fields = fields,
                                      .field_count = count,
                                      .reason = arena_printf(w->a, "returned from %s", from),
                                      .occurred_ms = w->occurred_ms};
        struct state st;
        struct act back;
        struct err why = {0};
        enum rc rc = state_load(w->ad->ops, row->thing.id, CLOCK_NONE, w->a, &st, err);

        if (rc != RC_OK)
                return rc;
        rc = do_make(w->ad, verb_find(st.kind, r.verb), &r, &st, w->a, &back, &why);
        if (rc == RC_NOTFOUND) /* it says so already */
                return RC_OK;
        return rc == RC_OK ? write_too(w, &st, &back, err)
                           : err_set(err, rc, "%s: %s", row->ref, why.text);
}

/* In which condition it came back, and when it was wiped, is told by our equipment itself, too; of
 * what is missing neither is known. */
static enum rc take_back_all(const struct with *w, struct err *err)
{
        const struct ops_field said[] = {
                {"condition", after_text(&w->st->folded.thing, w->act, "condition")},
                {"sanitised", act_detail(w->act, "sanitised")}};
        struct ops_field fields[ARRAY_LEN(said)];
        struct goods goods = {.rows = NULL};
        size_t count = 0;
        struct row row;
        enum rc rc = thing_by_id(w->ad->ops->store, w->act->target, w->a, &row, err);

        for (size_t i = 0; i < ARRAY_LEN(said); i++)
                if (said[i].value)
                        fields[count++] = said[i];
        if (rc != RC_OK || !count)
                return rc;
        rc = goods_read(w->ad->ops, &w->st->folded.thing, w->a, &goods, err);
        for (size_t i = 0; rc == RC_OK && i < goods.count; i++) {
                const struct thing *t = &goods.rows[i].thing;
                bool own = t->created_by && strcmp(t->created_by, w->ad->ops->unit) == 0;

                if (own && !t->revoked &&
                    !goods_are_listed(&goods.rows[i], act_detail(w->act, "missing"), w->a))
                        rc = take_back(w, &goods.rows[i], row.ref, fields, count, err);
        }
        return rc;
}

/* ---- a contact about something -----------------------------------------------------------------
 */

/* What asks for help may be shown to more than may read who is in the roster: so its own log has
 * who was asked by reference alone, and not what they answered. */
static enum rc tell_asked(const struct with *w, struct err *err)
{
        const struct ops_field late = {"late", act_detail(w->act, "late")};
        struct ops_request r = {.verb = "note",
                                .details = &late,
                                .detail_count = late.value != NULL,
                                .occurred_ms = w->occurred_ms};
        const char *about = act_detail(w->act, "for");
        struct store *store = w->ad->ops->store;
        struct row row;
        struct state st;
        enum rc rc;

        if (thing_by_id(store, about, w->a, &row, NULL) != RC_OK)
                return RC_OK; /* what is not held has no log here */
        rc = thing_by_id(store, w->act->target, w->a, &row, err);
        if (rc == RC_OK)
                rc = state_load(w->ad->ops, about, CLOCK_NONE, w->a, &st, err);
        if (rc != RC_OK)
                return rc;
        r.text = arena_printf(w->a, "%s was asked: %s", row.ref,
                              contact_told(w->act, w->ad->ops->words, w->a));
        return do_too(w, &st, &r, err);
}

/* ---- which of them --------------------------------------------------------------------------- */

static bool merges(const struct with *w)
{
        return act_detail(w->act, "merged") != NULL;
}

static bool stands_down(const struct with *w)
{
        return act_detail(w->act, "deployments") != NULL;
}

static bool returns(const struct with *w)
{
        return w->st->kind == &kind_deployment && strcmp(w->verb->name, "return") == 0;
}

static bool asks_for(const struct with *w)
{
        return strcmp(w->verb->name, CONTACT_VERB) == 0 && act_detail(w->act, "for");
}

enum rc with_do(const struct with *w, struct err *err)
{
        static const struct {
                bool (*goes)(const struct with *w);
                enum rc (*go)(const struct with *w, struct err *err);
        } rows[] = {{merges, close_merged},
                    {stands_down, stand_down_all},
                    {returns, take_back_all},
                    {asks_for, tell_asked}};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(rows); i++)
                if (rows[i].goes(w))
                        rc = rows[i].go(w, err);
        return rc;
}
