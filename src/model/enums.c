#include "model/enums.h"

#include <strings.h>

#include "base/mem.h"

static const struct enum_item severity_items[] = {
        [SEV_NONE] = {"none", "NONE", "NONE"},
        [SEV_LOW] = {"low", "LOW", "LOW"},
        [SEV_MEDIUM] = {"medium", "MEDIUM", "MED"},
        [SEV_HIGH] = {"high", "HIGH", "HIGH"},
        [SEV_CRITICAL] = {"critical", "CRITICAL", "CRIT"},
};

static const struct enum_item status_items[] = {
        [STATUS_NEW] = {"new", "new", "new"},
        [STATUS_ACTIVE] = {"active", "active", "act"},
        [STATUS_CONTAINED] = {"contained", "contained", "cont"},
        [STATUS_RECOVERING] = {"recovering", "recovering", "recov"},
        [STATUS_CLOSED] = {"closed", "closed", "closed"},
};

/* The label is never shortened so far that two could be taken for each other. */
static const struct enum_item tlp_items[] = {
        [TLP_CLEAR] = {"clear", "CLEAR", "CLEAR"},
        [TLP_GREEN] = {"green", "GREEN", "GREEN"},
        [TLP_AMBER] = {"amber", "AMBER", "AMBER"},
        [TLP_AMBER_STRICT] = {"amber+strict", "AMBER+STRICT", "AMBER+S"},
        [TLP_RED] = {"red", "RED", "RED"},
};

static const struct enum_item clock_items[] = {
        [CLOCK_RUNNING] = {"running", "running", "runs"},
        [CLOCK_FILED] = {"filed", "filed", "filed"},
        [CLOCK_STOPPED] = {"stopped", "stopped", "stop"},
        [CLOCK_WAITS] = {"waits", "waits", "waits"},
};

static const struct enum_item operator_items[] = {
        [OPERATOR_VIEWER] = {"viewer", "viewer", "view"},
        [OPERATOR_OFFICER] = {"officer", "officer", "off"},
        [OPERATOR_LEAD] = {"lead", "lead", "lead"},
};

const struct enum_list enum_severity = {"severity", severity_items, ARRAY_LEN(severity_items)};
const struct enum_list enum_status = {"status", status_items, ARRAY_LEN(status_items)};
const struct enum_list enum_tlp = {"tlp", tlp_items, ARRAY_LEN(tlp_items)};
const struct enum_list enum_clock = {"clock", clock_items, ARRAY_LEN(clock_items)};
const struct enum_list enum_operator = {"role", operator_items, ARRAY_LEN(operator_items)};

int enum_rank(const struct enum_list *list, const char *id)
{
        for (size_t i = 0; id && i < list->count; i++)
                if (strcasecmp(list->items[i].id, id) == 0 ||
                    strcasecmp(list->items[i].label, id) == 0)
                        return (int)i;
        return -1;
}

const struct enum_item *enum_at(const struct enum_list *list, int rank)
{
        return rank >= 0 && (size_t)rank < list->count ? &list->items[rank] : NULL;
}

const char *enum_id(const struct enum_list *list, int rank)
{
        const struct enum_item *item = enum_at(list, rank);

        return item ? item->id : NULL;
}
