/*
 * Rows of the chart over deployments: from the deployments of a filter in a span to those whom they
 * take, each once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/words.h"
#include "store/query.h"
#include "ui/time_chart.h"

/* Somebody who is not back at the end is still away. */
#define LATE_MS (28 * 24 * INT64_C(3600000))

/* In the order in which groups stand. */
enum group { GROUP_TEAM, GROUP_EXPERTS, GROUP_EQUIPMENT };

struct taken {
        enum group group;
        const char *heading, *label, *id;
};

struct taking {
        struct store *store;
        const struct words *words; /* or NULL */
        struct arena *arena;
        const char **ids; /* as named by deployments */
        size_t id_count, id_room;
        struct taken *list;
        size_t count, room;
};

static int compare_ids(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_taken(const void *pa, const void *pb)
{
        const struct taken *a = pa, *b = pb;
        int by;

        if (a->group != b->group)
                return (int)a->group - (int)b->group;
        by = strcmp(a->heading, b->heading);
        return by ? by : strcmp(a->label, b->label);
}

/* ---- deployments ----------------------------------------------------------------------------- */

static void add_ids(struct taking *t, const struct value *ids)
{
        for (size_t i = 0; i < ids->count; i++) {
                t->ids = arena_grow(t->arena, t->ids, t->id_count, &t->id_room, sizeof(*t->ids));
                t->ids[t->id_count++] = ids->items[i];
        }
}

static void each_once(struct taking *t)
{
        size_t count = 0;

        if (t->id_count)
                qsort(t->ids, t->id_count, sizeof(*t->ids), compare_ids);
        for (size_t i = 0; i < t->id_count; i++)
                if (count == 0 || strcmp(t->ids[count - 1], t->ids[i]) != 0)
                        t->ids[count++] = t->ids[i];
        t->id_count = count;
}

/* The filter, and those that touch the span. */
static enum rc filter_of(const struct chart_ask *ask, struct arena *a, struct filter *ret,
                         struct err *err)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];
        struct filter touching;
        enum rc rc;

        stamp_format(ask->span.until_ms, from);
        stamp_format(ask->span.from_ms - LATE_MS, until);
        rc = filter_read(ask->filter, ask->context, a, ret, NULL, err);
        if (rc == RC_OK)
                rc = filter_read(arena_printf(a, "from<%s -until<%s", from, until), ask->context, a,
                                 &touching, NULL, err);
        for (size_t i = 0; rc == RC_OK && i < touching.term_count; i++)
                if (ret->term_count < FILTER_TERMS_MAX)
                        ret->terms[ret->term_count++] = touching.terms[i];
        return rc;
}

static enum rc read_ids(const struct chart_ask *ask, struct taking *t, bool *ret_cut,
                        struct err *err)
{
        struct query *q = NULL;
        struct row *rows = NULL;
        struct filter f;
        size_t count = 0;
        enum rc rc = filter_of(ask, t->arena, &f, err);

        if (rc == RC_OK)
                rc = query_open(ask->store, &f, NULL, 0, &q, err);
        if (rc == RC_OK)
                rc = query_run(q, CHART_DEPLOYMENTS_MAX + 1, err);
        if (rc == RC_OK)
                rc = query_page(q, 0, CHART_DEPLOYMENTS_MAX, t->arena, &rows, &count, err);
        *ret_cut = rc == RC_OK && query_known(q) > CHART_DEPLOYMENTS_MAX;
        query_close(q);
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct booking own[BOOKINGS_OF_ONE];

                if (booking_of(&rows[i].thing, "", own))
                        add_ids(t, thing_value(&rows[i].thing, "resources"));
        }
        return rc;
}

/* ---- those whom they take -------------------------------------------------------------------- */

static bool is_taken(const struct taking *t, const char *id)
{
        for (size_t i = 0; i < t->count; i++)
                if (strcmp(t->list[i].id, id) == 0)
                        return true;
        return false;
}

static void take(struct taking *t, enum group group, const char *heading, const struct row *row)
{
        if (is_taken(t, row->thing.id))
                return;
        t->list = arena_grow(t->arena, t->list, t->count, &t->room, sizeof(*t->list));
        t->list[t->count++] = (struct taken){group, heading, row->ref, row->thing.id};
}

static enum rc take_team(struct taking *t, const struct row *team, struct err *err)
{
        const struct value *members = thing_value(&team->thing, "members");
        const char *name = thing_text(&team->thing, "name");
        const char *heading = arena_printf(t->arena, "%s %s", team->ref, name ? name : "");

        take(t, GROUP_TEAM, heading, team);
        for (size_t i = 0; i < members->count; i++) {
                struct row row;
                enum rc rc = thing_by_id(t->store, members->items[i], t->arena, &row, err);

                if (rc == RC_OK)
                        take(t, GROUP_TEAM, heading, &row);
                else if (rc != RC_NOTFOUND)
                        return rc;
        }
        return RC_OK;
}

static void take_single(struct taking *t, const struct row *row)
{
        const char *community = thing_text(&row->thing, "community");

        if (row->thing.kind == &kind_expert)
                take(t, GROUP_EXPERTS,
                     community && *community ? word_label(t->words, "community", community)
                                             : "community not said",
                     row);
        else if (row->thing.kind == &kind_equipment)
                take(t, GROUP_EQUIPMENT, kind_equipment.plural, row);
}

/* Teams first: who goes with one stands below it. */
static enum rc take_all(struct taking *t, bool teams, struct err *err)
{
        for (size_t i = 0; i < t->id_count; i++) {
                struct row row;
                enum rc rc = thing_by_id(t->store, t->ids[i], t->arena, &row, err);

                if (rc == RC_OK && teams && row.thing.kind == &kind_team)
                        rc = take_team(t, &row, err);
                else if (rc == RC_OK && !teams)
                        take_single(t, &row);
                if (rc != RC_OK && rc != RC_NOTFOUND)
                        return rc;
        }
        return RC_OK;
}

enum rc chart_lines_make(const struct chart_ask *ask, struct arena *a, struct chart_line **ret,
                         size_t *ret_count, bool *ret_cut, struct err *err)
{
        struct taking t = {.store = ask->store, .words = ask->context->values.words, .arena = a};
        struct chart_line *lines;
        size_t count = 0;
        enum rc rc = read_ids(ask, &t, ret_cut, err);

        each_once(&t);
        if (rc == RC_OK)
                rc = take_all(&t, true, err);
        if (rc == RC_OK)
                rc = take_all(&t, false, err);
        if (rc != RC_OK)
                return rc;
        if (t.count)
                qsort(t.list, t.count, sizeof(*t.list), compare_taken);
        lines = arena_array(a, 2 * t.count + 1, sizeof(*lines));
        for (size_t i = 0; i < t.count; i++) {
                if (i == 0 || t.list[i - 1].group != t.list[i].group ||
                    strcmp(t.list[i - 1].heading, t.list[i].heading) != 0)
                        lines[count++] = (struct chart_line){.text = t.list[i].heading};
                lines[count++] = (struct chart_line){.id = t.list[i].id};
        }
        *ret = lines;
        *ret_count = count;
        return RC_OK;
}
