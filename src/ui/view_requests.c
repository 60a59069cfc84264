/*
 * View 3, Requests: who asks for help, how far that is, and until when an answer is owed. The
 * number beside its name says how many wait for a second person, or for something that is overdue.
 */
#include "ui/view.h"

#include "ui/compare.h"
#include "ui/find.h"
#include "ui/things_waiting.h"

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

/* ---- what waits ---- */

static enum rc load(struct view *v, struct err *err)
{
        static const char *const waiting[] = {"-asking:- state:draft,reported", THINGS_OVERDUE};
        return things_waiting_load(v, waiting, ARRAY_LEN(waiting), err);
}

static void badge(const struct view *v, struct view_badge *ret)
{
        things_waiting_badge(v, "waiting or overdue", ret);
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
        THINGS_VIEW_OF(struct things_waiting, load, badge),
};
