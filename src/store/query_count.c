/*
 * How many there are: from the counts that thing_put keeps by flags, so that no number on the
 * screen costs a scan.
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/query.h"
#include "store_private.h"

struct flag_count {
        unsigned flags;
        int64_t n;
};

struct known_counts {
        struct flag_count *of;
        size_t count, room;
        int64_t version, changes; /* of the database, when they were read */
};

void counts_forget(struct table *t)
{
        if (t->counts)
                free(t->counts->of);
        free(TAKE(t->counts));
}

static void note(struct known_counts *k, unsigned flags, int64_t n)
{
        if (k->count == k->room) {
                k->room = k->room ? 2 * k->room : 64;
                k->of = xreallocarray(k->of, k->room, sizeof(*k->of));
        }
        k->of[k->count++] = (struct flag_count){flags, n};
}

static enum rc read_counts(struct store *s, const struct kind *kind, struct known_counts *k,
                           struct err *err)
{
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err, "SELECT flags, n FROM thing_count WHERE kind = ?1",
                               "t", kind->name);

        for (k->count = 0; rc == RC_OK; rc = sql_step(s, stmt, err))
                note(k, (unsigned)sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1));
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* One picture asks for many numbers: they are read once after each change. */
static enum rc counts_of(struct store *s, const struct kind *kind, const struct known_counts **ret,
                         struct err *err)
{
        struct table *t = table_of(s, kind);
        int64_t version = store_data_version(s), changes = sqlite3_total_changes64(s->db);
        enum rc rc;

        *ret = t->counts;
        if (t->counts && t->counts->version == version && t->counts->changes == changes)
                return RC_OK;
        if (!t->counts)
                *ret = t->counts = xcalloc(1, sizeof(*t->counts));
        rc = read_counts(s, kind, t->counts, err);
        t->counts->version = version;
        t->counts->changes = changes;
        if (rc != RC_OK)
                counts_forget(t);
        return rc;
}

enum rc query_total(struct store *s, const struct kind *kind, int64_t *ret, struct err *err)
{
        const struct known_counts *k = NULL;
        enum rc rc = counts_of(s, kind, &k, err);

        if (rc != RC_OK)
                return rc;
        *ret = 0;
        for (size_t i = 0; i < k->count; i++)
                *ret += k->of[i].n;
        return RC_OK;
}

/* What status:open does not find by its flags: what is revoked, and what is closed by its packed
 * status where the kind has one. */
struct over {
        unsigned mask, closed; /* without a status no flags are so */
};

static struct over over_of(const struct kind *kind)
{
        int status = field_index(kind, "status"), shift;

        if (status < 0 || kind->fields[status].list != &enum_status)
                return (struct over){.mask = 0, .closed = 1};
        shift = field_flags_shift(kind, status);
        return (struct over){field_flags_mask(&kind->fields[status]) << shift,
                             (unsigned)(STATUS_CLOSED + 1) << shift};
}

static bool is_over(const struct over *o, unsigned flags)
{
        return flags & MARK_REVOKED || (flags & o->mask) == o->closed;
}

enum rc query_count_marks(struct store *s, const struct kind *kind, unsigned marks, int64_t *ret,
                          struct err *err)
{
        const struct over over = over_of(kind);
        const struct known_counts *k = NULL;
        enum rc rc = counts_of(s, kind, &k, err);

        if (rc != RC_OK)
                return rc;
        *ret = 0;
        for (size_t i = 0; i < k->count; i++)
                if ((k->of[i].flags & marks) == marks && !is_over(&over, k->of[i].flags))
                        *ret += k->of[i].n;
        return RC_OK;
}

/* Read in the index of the time alone, so it costs what is parked now, however many there are. */
static enum rc count_parked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err)
{
        const struct table *t = table_of(s, kind);
        int field = field_index(kind, "parked_until");
        const struct over over = over_of(kind);
        char sql[400], column[COLUMN_NAME];
        sqlite3_stmt *stmt = NULL;

        *ret = 0;
        if (!t || field < 0 || !column_sorted(kind, field, column))
                return RC_OK;
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM %s INDEXED BY %s_by_%s"
                 " WHERE %s > ?1 AND flags & %d AND NOT flags & %d AND flags & ?2 <> ?3",
                 t->name, t->name, column, column, MARK_UNACKED, MARK_REVOKED);
        enum rc rc = sql_first(s, &stmt, err, sql, "iii", now_ms, (int64_t)over.mask,
                               (int64_t)over.closed);
        if (rc != RC_OK)
                return rc;
        *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
        return RC_OK;
}

enum rc query_count_unacked(struct store *s, const struct kind *kind, int64_t now_ms, int64_t *ret,
                            struct err *err)
{
        int64_t all = 0, parked = 0;
        enum rc rc = query_count_marks(s, kind, MARK_UNACKED, &all, err);

        if (rc == RC_OK)
                rc = count_parked(s, kind, now_ms, &parked, err);
        if (rc == RC_OK)
                *ret = all - parked;
        return rc;
}

/* Adds up the rows that pass; those of a plan that needs more than flags stay at -1. */
static enum rc sum_plans(struct store *s, const struct kind *kind, const struct plan *plans,
                         size_t count, int64_t *ret, struct err *err)
{
        const struct known_counts *k = NULL;
        enum rc rc = counts_of(s, kind, &k, err);

        if (rc != RC_OK)
                return rc;
        for (size_t p = 0; p < count; p++) {
                ret[p] = plans[p].set_count ? -1 : 0;
                for (size_t i = 0; ret[p] >= 0 && i < k->count; i++)
                        if (plan_flags_pass(&plans[p], k->of[i].flags))
                                ret[p] += k->of[i].n;
        }
        return RC_OK;
}

void plan_count(struct store *s, const struct kind *kind, const struct plan *p, int64_t *ret)
{
        int64_t sum;

        if (sum_plans(s, kind, p, 1, &sum, NULL) == RC_OK)
                *ret = sum;
}

enum rc query_count_flags(struct store *s, const struct kind *kind, const struct filter *filters,
                          size_t count, int64_t *ret, struct err *err)
{
        struct plan *plans = xcalloc(count + 1, sizeof(*plans));
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = plan_prepare(&plans[i], &filters[i], err);
        if (rc == RC_OK)
                rc = sum_plans(s, kind, plans, count, ret, err);
        for (size_t i = 0; i < count; i++)
                plan_finish(&plans[i]);
        free(plans);
        return rc;
}
