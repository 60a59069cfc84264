/*
 * Participants: the organisations that take part, and how to reach them at any hour. Gone to by
 * name: ":participants".
 */
#include "ui/view.h"

#include "ui/things_view.h"

static const struct things_column columns[] = {
        {"ref", 0, 8, 8, 0},           {"name", 0, 22, 0, 0},
        {"class", 7, 12, 12, 0},       {"roles", 4, 12, 16, 0},
        {"sectors", 6, 14, 15, 0},     {"states", 3, 9, 12, 0},
        {"communities", 6, 12, 15, 0}, {"contact", 2, 18, 24, 0},
        {"tlp", 5, 14, 14, 0},         {"modified", 8, 9, 9, THINGS_RIGHT},
};

static const char *const line[] = {"tlp", "class", "communities", "sectors", "modified", NULL};

static const struct things_setup setup = {
        .kind = &kind_participant,
        .columns = columns,
        .column_count = ARRAY_LEN(columns),
        .ages = true,
        .line = line,
        .hint = "+ adds one, :import FILE takes some in",
};

static const struct cmd cmds[] = {THINGS_CMDS_ASKED("participants", "participant")};
static const struct key keys[] = {{"c", "participant.contact"},
                                  THINGS_KEYS("participants", "participant")};

const struct view_ops view_participants = {
        .name = "participants",
        .title = "Participants",
        .brief = "Org",
        .noun = "participant",
        .topics = TOPIC_PARTICIPANTS,
        THINGS_VIEW,
};
