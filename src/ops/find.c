#include "ops/find.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/nearest.h"
#include "model/when.h"
#include "ops/pool.h"
#include "store/query.h"

#include "ops_private.h"

#define TEXT_BYTES 2000
#define BLANKS     ", \t"
#define NAME_BYTES 40

struct finder {
        struct ops *ops;
        struct arena *a;
        struct finding *f;
        const struct pool *pool;
        const char *except;          /* the deployment that it is about, or NULL */
        const struct value *already; /* who is in it, or NULL                   */
        const struct roster_facts **list;
        size_t count;
};

/* ---- what is needed ---------------------------------------------------------------------------
 */

static enum rc read_needs(struct finder *q, struct err *err)
{
        const struct row *about = &q->f->about;

        if (about->thing.kind == &kind_deployment) {
                q->except = about->thing.id;
                q->already = thing_value(&about->thing, "resources");
        }
        return needs_read(q->ops, about, q->a, &q->f->needs, err);
}

/* ---- candidates -------------------------------------------------------------------------------
 */

/* As if the deployment took nothing of it. A copy, which borrows nothing that changes with time. */
static const struct roster_facts *without(const struct finder *q, const struct roster_facts *f)
{
        struct roster_facts *copy, left = *f;
        struct span *on_call;

        roster_facts_without(&left, &q->except, 1, q->a);
        if (left.booking_count == f->booking_count)
                return f;
        copy = arena_array(q->a, 1, sizeof(*copy));
        on_call = arena_array(q->a, f->on_call_count + 1, sizeof(*on_call));
        for (size_t i = 0; i < f->on_call_count; i++)
                on_call[i] = f->on_call[i];
        *copy = left;
        copy->on_call = on_call;
        return copy;
}

static void add_candidate(struct finder *q, const struct roster_facts *f)
{
        if (!f || pool_is_revoked(q->pool, f) || (q->already && value_has(q->already, f->id)))
                return;
        q->list[q->count++] = q->except ? without(q, f) : f;
}

static enum rc add_found(struct finder *q, const struct filter *filter, struct err *err)
{
        struct query *found = NULL;
        enum rc rc = query_open(q->ops->store, filter, NULL, 0, &found, err);

        if (rc != RC_OK)
                return rc;
        do {
                rc = query_run(found, SIZE_MAX, err);
        } while (rc == RC_BUSY);
        q->list = arena_array(q->a, query_known(found) + 1, sizeof(*q->list));
        for (size_t i = 0; rc == RC_OK && i < query_known(found); i++)
                add_candidate(q, pool_find_rid(q->pool, q->f->kind, query_rid(found, i)));
        query_close(found);
        return rc;
}

static void add_all(struct finder *q)
{
        size_t count = 0;
        const struct roster_facts *all = pool_facts(q->pool, q->f->kind, &count);

        q->list = arena_array(q->a, count + 1, sizeof(*q->list));
        for (size_t i = 0; i < count; i++)
                add_candidate(q, &all[i]);
}

static enum rc read_candidates(struct finder *q, const char *line, struct err *err)
{
        const struct filter_context ctx = {.kind = q->f->kind,
                                           .values = {.words = q->ops->words,
                                                      .now_ms = q->f->ranking.now_ms,
                                                      .me = q->ops->operator,
                                                      .resolve = ops_resolve_value,
                                                      .resolve_ctx = q->ops}};
        struct filter filter;
        int64_t all = 0;
        enum rc rc = filter_read(line ? line : "", &ctx, q->a, &filter, NULL, err);

        if (rc == RC_OK)
                rc = query_total(q->ops->store, q->f->kind, &all, err);
        q->f->all = (size_t)all;
        if (rc != RC_OK || filter.term_count)
                return rc == RC_OK ? add_found(q, &filter, err) : rc;
        add_all(q);
        return RC_OK;
}

enum rc ops_find(struct ops *ops, const char *id, const struct find_options *o, struct arena *a,
                 const struct finding **ret, struct err *err)
{
        struct finding *f = arena_array(a, 1, sizeof(*f));
        struct finder q = {.ops = ops, .a = a, .f = f};
        enum rc rc;

        *f = (struct finding){.kind = o->kind};
        f->ranking = (struct ranking){
                .needs = &f->needs, .left_out = o->left_out, .now_ms = clock_now_ms()};
        rc = thing_by_id(ops->store, id, a, &f->about, err);
        if (rc == RC_OK)
                rc = read_needs(&q, err);
        if (rc != RC_OK)
                return rc;
        if (!f->kind)
                f->kind = needs_kind(&f->needs);
        if (!rosters_are_kept(f->kind))
                return err_set(err, RC_INVALID, "%s can't be sent; experts, teams, equipment can",
                               f->kind->plural);
        rc = ops_pool(ops, a, &q.pool, err);
        if (rc == RC_OK)
                rc = read_candidates(&q, o->filter, err);
        if (rc != RC_OK)
                return rc;
        rank_these(&f->ranking, q.list, q.count, a, &f->list);
        f->count = q.count;
        *ret = f;
        return RC_OK;
}

/* ---- words ------------------------------------------------------------------------------------
 */

static enum rc refuse_criterion(const char *name, struct err *err)
{
        CLEANUP(str_finish) struct str all = {.s = NULL};
        struct nearest n;

        str_init(&all, TEXT_BYTES);
        nearest_init(&n, name);
        for (int i = 0; i < RANK_CRITERIA; i++) {
                str_add_sep(&all, ", ", rank_criterion_name((enum rank_criterion)i));
                nearest_offer(&n, rank_criterion_name((enum rank_criterion)i));
        }
        return err_set(err, RC_INVALID, "what can be left out is %s; not \"%s\" (nearest: %s)",
                       str_text(&all), name, n.best);
}

enum rc find_criteria_read(const char *typed, unsigned *ret, struct err *err)
{
        unsigned bits = 0;

        for (size_t len; *(typed += strspn(typed, BLANKS)); typed += len) {
                char name[NAME_BYTES] = "";
                int i = 0;

                len = strcspn(typed, BLANKS);
                memcpy(name, typed, len < sizeof(name) ? len : sizeof(name) - 1);
                while (i < RANK_CRITERIA &&
                       strcmp(rank_criterion_name((enum rank_criterion)i), name) != 0)
                        i++;
                if (i == RANK_CRITERIA)
                        return refuse_criterion(name, err);
                bits |= RANK_BIT(i);
        }
        *ret = bits;
        return RC_OK;
}

static void add_set(struct str *out, const struct value *v)
{
        for (size_t i = 0; v && i < v->count; i++)
                str_add_sep(out, ", ", v->items[i]);
}

static void add_time(struct str *out, const char *word, int64_t ms, int64_t now_ms)
{
        char shown[WHEN_BYTES];

        if (ms == CLOCK_NONE)
                return;
        when_show(ms, now_ms, shown);
        str_add_sep(out, ", ", word);
        str_addf(out, " %s", shown);
}

const char *find_needs_text(const struct rank_needs *n, int64_t now_ms, struct arena *a)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};

        str_init(&out, TEXT_BYTES);
        add_set(&out, n->roles);
        add_set(&out, n->skills);
        add_set(&out, n->categories);
        for (size_t i = 0; i < n->language_count; i++) {
                str_add_sep(&out, ", ", n->languages[i].code);
                if (n->languages[i].level >= 0)
                        str_addf(&out, ":%s", enum_id(&enum_cefr, n->languages[i].level));
        }
        if (n->clearance > CLEARANCE_NONE)
                str_add_sep(&out, ", ", enum_at(&enum_clearance, n->clearance)->label);
        if (n->mode)
                str_add_sep(&out, ", ", n->mode);
        add_time(&out, "from", n->from_ms, now_ms);
        add_time(&out, "until", n->until_ms, now_ms);
        return arena_strdup(a, str_text(&out));
}

const char *find_missing_text(const struct finding *f, const struct roster_facts *facts,
                              struct arena *a)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};
        struct rank_reason *reasons = NULL;
        size_t count = 0;

        str_init(&out, TEXT_BYTES);
        rank_why(&f->ranking, facts, a, &reasons, &count);
        for (size_t i = 0; i < count; i++)
                if (reasons[i].says != RANK_SAYS_FITS && reasons[i].says != RANK_SAYS_NOTE)
                        str_add_sep(&out, "; ", reasons[i].text);
        return arena_strdup(a, str_text(&out));
}
