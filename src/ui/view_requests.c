/*
 * View 3, Requests: who asks for help, how far that is, and until when an answer is owed. The
 * number beside its name says how many wait for a second person or for an answer that is overdue.
 */
#include "ui/view.h"

#include "base/clock.h"
#include "ui/compare.h"
#include "ui/find.h"
#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},        {"state", 0, 9, 10, 0},
        {"asking", 9, 10, 10, 0},   {"title", 0, 30, 0, 0},
        {"severity", 5, 10, 10, 0}, {"requester", 6, 12, 16, 0},
        {"states", 3, 9, 12, 0},    {"headcount", 8, 5, 6, 0},
        {"from", 4, 13, 13, 0},     {"until", 7, 13, 13, 0},
        {"due", 0, 13, 13, 0},      {"reply_due", 10, 13, 13, THINGS_HIDDEN},
};

static const char *const line[] = {"requester", "incident", "severity", "states",
                                   "from",      "until",    NULL};

static const struct things_setup setup = {
        .kind = &kind_request,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ drafts one",
};

struct requests_view {
        struct things_view things; /* first */
        size_t waiting;            /* for a second person, for an answer that is overdue */
        bool uncounted;
};

/* ---- what waits ---- */

static enum rc count(struct ops *ops, const char *filter, size_t *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct filter_context ctx = {
                .kind = &kind_request, .values = {.words = ops->words, .now_ms = clock_now_ms()}};
        struct query *q = NULL;
        struct filter f;
        enum rc rc = filter_read(filter, &ctx, &a, &f, NULL, err);
        if (rc == RC_OK)
                rc = query_open(ops->store, &f, NULL, 0, &q, err);
        if (rc == RC_OK)
                rc = query_run(q, SIZE_MAX, err);
        if (rc == RC_OK)
                *ret += query_known(q);
        query_close(q);
        return rc;
}

static enum rc count_waiting(struct requests_view *st, struct ops *ops, struct err *err)
{
        char now[STAMP_BYTES];
        size_t waiting = 0;
        stamp_format(clock_now_ms(), now);
        AUTO_FREE char *overdue = xasprintf("state:submitted,returned,assessing reply_due<%s", now);
        enum rc rc = count(ops, "-asking:- state:draft,reported", &waiting, err);
        if (rc == RC_OK)
                rc = count(ops, overdue, &waiting, err);
        if (rc != RC_OK)
                return rc;
        st->waiting = waiting;
        st->uncounted = false;
        return RC_OK;
}

/* A minute that is over changes what is overdue, not the list. */
static enum rc requests_load(struct view *v, struct err *err)
{
        struct requests_view *st = v->state;
        st->uncounted |= v->stale || !v->loaded;
        if (v->stale == TOPIC_CLOCK)
                v->stale = 0;
        enum rc rc = things_load(v, err);
        return rc == RC_OK && st->uncounted ? count_waiting(st, ui_ops(v->ui), err) : rc;
}

static void requests_badge(const struct view *v, struct view_badge *ret)
{
        const struct requests_view *st = v->state;
        things_badge(v, ret);
        ret->unacked = (long)st->waiting;
        ret->unacked_word = "waiting or overdue";
}

/* ---- tables ---- */

static const struct cmd cmds[] = {FIND_CMD("request", "deploy", CMD_FOOT), COMPARE_CMD("requests"),
                                  SECOND_CMD("request"), THINGS_CMDS("requests", "request")};
static const struct key keys[] = {{"d", "request.deploy"},
                                  {"c", "requests.compare"},
                                  {"W", "request.second"},
                                  THINGS_KEYS("requests", "request")};

const struct view_ops view_requests = {
        .name = "requests",
        .title = "Requests",
        .brief = "Req",
        .digit = '3',
        .noun = "request",
        .topics = TOPIC_REQUESTS | TOPIC_PARTICIPANTS | TOPIC_CLOCK,
        THINGS_VIEW_OF(struct requests_view, requests_load, requests_badge),
};
