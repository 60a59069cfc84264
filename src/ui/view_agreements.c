/*
 * Mutual assistance agreements: who owes what to whom, until when. Gone to by name, ":agreements".
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},     {"title", 0, 28, 0, 0},  {"parties", 3, 12, 16, 0},
        {"giver", 2, 14, 18, 0}, {"taker", 2, 14, 18, 0}, {"since", 6, 13, 13, 0},
        {"until", 0, 13, 13, 0}, {"tlp", 7, 14, 14, 0},
};

static const char *const line[] = {"parties", "giver", "taker", "since", NULL};

static const struct things_setup setup = {
        .kind = &kind_agreement,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .line = line,
        .hint = "+ adds one",
};

static const struct cmd cmds[] = {THINGS_CMDS("agreements", "agreement")};
static const struct key keys[] = {THINGS_KEYS("agreements", "agreement")};

const struct view_ops view_agreements = {
        .name = "agreements",
        .title = "Agreements",
        .brief = "Agr",
        .noun = "agreement",
        .topics = TOPIC_ROSTERS | TOPIC_PARTICIPANTS,
        THINGS_VIEW,
};
