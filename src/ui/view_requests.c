/*
 * View 3, Requests: who asks for help, how far that is, and until when an answer is owed.
 */
#include "ui/view.h"

#include "ui/find.h"
#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},         {"state", 0, 9, 10, 0},      {"title", 0, 30, 0, 0},
        {"severity", 5, 8, 10, 0},   {"requester", 6, 12, 16, 0}, {"states", 3, 9, 12, 0},
        {"headcount", 8, 5, 6, 0},   {"from", 4, 13, 13, 0},      {"until", 7, 13, 13, 0},
        {"reply_due", 0, 13, 13, 0},
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

static const struct cmd cmds[] = {FIND_CMD("request", "deploy", CMD_FOOT), SECOND_CMD("request"),
                                  THINGS_CMDS("requests", "request")};
static const struct key keys[] = {
        {"d", "request.deploy"}, {"W", "request.second"}, THINGS_KEYS("requests", "request")};

const struct view_ops view_requests = {
        .name = "requests",
        .title = "Requests",
        .brief = "Req",
        .digit = '3',
        .noun = "request",
        .topics = TOPIC_REQUESTS | TOPIC_PARTICIPANTS,
        .things = &setup,
        .cmds = cmds,
        .cmd_count = ARRAY_LEN(cmds),
        .keys = keys,
        .key_count = ARRAY_LEN(keys),
        THINGS_VIEW,
};
