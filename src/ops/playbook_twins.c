/*
 * Contents of one object under one time. A hash says nothing of which is better, so the one that
 * can be run goes before those that can only be looked at: it follows from the set of contents
 * alone, and every desk says the same whatever came first.
 */
#include "ops/playbook_twins.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "ops/playbooks.h"

#include "ops_private.h"

/* Whoever sends more of them under one time than anybody reads must not make each one cost all. */
#define TWINS_READ 64

static bool can_be_run(struct ops *ops, int64_t vid)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(json_cleanup) struct json_t *json = NULL;
        struct held_playbook p = {.is_newest = false};
        const char *bytes = NULL;
        struct version v;
        size_t len = 0;

        if (version_by_vid(ops->store, vid, &a, &v, NULL) != RC_OK ||
            json_parse(v.bytes, v.len, &json, NULL) != RC_OK ||
            cacao_carried(json, &a, &bytes, &len, NULL) != RC_OK)
                return false;
        cacao_read(bytes, len, CLOCK_NONE, &a, &p.doc);
        return playbook_may_run(&p, NULL) == RC_OK;
}

static size_t count_twins(const struct content *list, size_t count)
{
        size_t n = 0;

        while (n < count && n < TWINS_READ && list[n].modified_ns == list[0].modified_ns)
                n++;
        return n;
}

static void move_first(struct content *list, size_t i)
{
        struct content chosen = list[i];

        memmove(list + 1, list, i * sizeof(*list));
        list[0] = chosen;
}

/* What had not come in by then. */
static size_t leave_out_later(struct content *list, size_t count, int64_t at_ms)
{
        size_t kept = 0;

        for (size_t i = 0; i < count; i++)
                if (at_ms == CLOCK_NONE || list[i].received_ms <= at_ms)
                        list[kept++] = list[i];
        return kept;
}

enum rc playbook_contents(struct ops *ops, const char *id, int64_t at_ms, struct arena *a,
                          struct content **ret, size_t *ret_count, struct err *err)
{
        struct content *list = NULL;
        size_t count = 0, twins, i = 0;
        enum rc rc = content_list(ops->store, id, a, &list, &count, err);

        if (rc != RC_OK)
                return rc;
        count = leave_out_later(list, count, at_ms);
        twins = count_twins(list, count);
        while (twins > 1 && i < twins && !can_be_run(ops, list[i].vid))
                i++;
        if (i > 0 && i < twins)
                move_first(list, i);
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc playbook_shown(struct ops *ops, const struct version *newest, int64_t at_ms,
                       struct arena *a, struct version *ret, struct err *err)
{
        struct content *list = NULL;
        size_t count = 0;
        enum rc rc = playbook_contents(ops, newest->id, at_ms, a, &list, &count, err);

        if (rc != RC_OK)
                return rc;
        if (!count || list[0].vid == newest->vid || list[0].modified_ns != newest->modified_ns) {
                *ret = *newest;
                return RC_OK;
        }
        return version_by_vid(ops->store, list[0].vid, a, ret, err);
}
