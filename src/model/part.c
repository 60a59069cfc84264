#include "model/part.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

/* What people see, and what is for programs only. */
#define SHOWN(id, text, of) .name = (id), .label = (text), .type = (of), .flags = FIELD_COLUMN
#define KEPT(id, of)        .name = (id), .label = "", .type = (of)

/* Whose word it is, how it is marked, and when they wrote it. */
#define COMMON                                                                                     \
        {SHOWN("source", "by", FIELD_LINE)}, {SHOWN("tlp", "TLP", FIELD_ENUM), .list = &enum_tlp}, \
                {KEPT("created", FIELD_TIME)},                                                     \
        {                                                                                          \
                KEPT("modified", FIELD_TIME)                                                       \
        }

/* A fidelity says how exactly a time is known: year, month, day, hour, minute, second. */
static const struct field event_fields[] = {
        {SHOWN("name", "name", FIELD_LINE)},
        {SHOWN("status", "status", FIELD_WORD), .words = "event-status"},
        {SHOWN("start", "began", FIELD_TIME)},
        {SHOWN("end", "ended", FIELD_TIME)},
        {SHOWN("types", "type", FIELD_WORDS)},
        {SHOWN("goal", "goal", FIELD_LINE)},
        {SHOWN("description", "description", FIELD_TEXT)},
        {KEPT("start_fidelity", FIELD_LINE)},
        {KEPT("end_fidelity", FIELD_LINE)},
        COMMON,
};

static const struct field impact_fields[] = {
        {SHOWN("category", "category", FIELD_WORD), .words = "impact-category"},
        {SHOWN("criticality", "criticality", FIELD_COUNT)},
        {KEPT("severity", FIELD_ENUM), .list = &enum_severity},
        {SHOWN("start", "began", FIELD_TIME)},
        {SHOWN("end", "ended", FIELD_TIME)},
        {SHOWN("recoverability", "recovery", FIELD_WORD), .words = "recoverability"},
        {SHOWN("impacted", "hits", FIELD_LINE)},
        {SHOWN("counts", "counted", FIELD_LINE)},
        {SHOWN("details", "details", FIELD_LINE)},
        {SHOWN("description", "description", FIELD_TEXT)},
        {KEPT("impacted_refs", FIELD_REFS)},
        {KEPT("superseded_by", FIELD_REF)},
        {KEPT("start_fidelity", FIELD_LINE)},
        {KEPT("end_fidelity", FIELD_LINE)},
        COMMON,
};

static const struct field task_fields[] = {
        {SHOWN("name", "name", FIELD_LINE)},
        {SHOWN("outcome", "outcome", FIELD_WORD), .words = "task-outcome"},
        {SHOWN("owner", "owner", FIELD_LINE)},
        {SHOWN("performer", "done by", FIELD_LINE)},
        {SHOWN("due", "due", FIELD_TIME)},
        {SHOWN("start", "began", FIELD_TIME)},
        {SHOWN("end", "ended", FIELD_TIME)},
        {SHOWN("priority", "priority", FIELD_COUNT)},
        {SHOWN("types", "type", FIELD_WORDS), .words = "task-type"},
        {SHOWN("error", "error", FIELD_LINE)},
        {SHOWN("description", "description", FIELD_TEXT)},
        {KEPT("owner_refs", FIELD_REFS)},
        {KEPT("performer_refs", FIELD_REFS)},
        {KEPT("start_fidelity", FIELD_LINE)},
        {KEPT("end_fidelity", FIELD_LINE)},
        COMMON,
};

static const struct field opinion_fields[] = {
        {SHOWN("opinion", "opinion", FIELD_WORD), .words = "opinion"},
        {SHOWN("authors", "authors", FIELD_WORDS)},
        {SHOWN("explanation", "explanation", FIELD_TEXT)},
        COMMON,
};

static const struct field report_fields[] = {
        {SHOWN("name", "name", FIELD_LINE)},
        {SHOWN("form", "form", FIELD_LINE)},
        {SHOWN("context", "context", FIELD_WORD), .words = "grouping-context"},
        {SHOWN("published", "published", FIELD_TIME)},
        {SHOWN("types", "type", FIELD_WORDS)},
        {SHOWN("description", "description", FIELD_TEXT)},
        COMMON,
};

const struct kind part_event = {.name = "event",
                                .plural = "events",
                                .stix_type = "event",
                                .fields = event_fields,
                                .field_count = ARRAY_LEN(event_fields),
                                .title = "name",
                                .newest = "start"};
const struct kind part_impact = {.name = "impact",
                                 .plural = "impacts",
                                 .stix_type = "impact",
                                 .fields = impact_fields,
                                 .field_count = ARRAY_LEN(impact_fields),
                                 .title = "category",
                                 .newest = "start"};
const struct kind part_task = {.name = "task",
                               .plural = "tasks",
                               .stix_type = "task",
                               .fields = task_fields,
                               .field_count = ARRAY_LEN(task_fields),
                               .title = "name",
                               .newest = "start"};
const struct kind part_opinion = {.name = "opinion",
                                  .plural = "opinions",
                                  .stix_type = "opinion",
                                  .fields = opinion_fields,
                                  .field_count = ARRAY_LEN(opinion_fields),
                                  .title = "opinion",
                                  .newest = "created"};
const struct kind part_report = {.name = "report",
                                 .plural = "reports",
                                 .stix_type = "report",
                                 .stix_alias = "grouping",
                                 .fields = report_fields,
                                 .field_count = ARRAY_LEN(report_fields),
                                 .title = "name",
                                 .newest = "published"};

static const struct kind *const parts[] = {
        &part_event, &part_impact, &part_task, &part_opinion, &part_report,
};

size_t part_kind_count(void)
{
        return ARRAY_LEN(parts);
}

const struct kind *part_kind_at(size_t i)
{
        return i < ARRAY_LEN(parts) ? parts[i] : NULL;
}

static bool is_type(const char *name, const char *type, size_t len)
{
        return name && strlen(name) == len && memcmp(name, type, len) == 0;
}

const struct kind *part_kind_of_type(const char *type, size_t len)
{
        for (size_t i = 0; i < ARRAY_LEN(parts); i++)
                if (is_type(parts[i]->stix_type, type, len) ||
                    is_type(parts[i]->stix_alias, type, len))
                        return parts[i];
        return NULL;
}

const char *part_title(const struct thing *part, struct arena *a)
{
        const char *name = thing_text(part, "name"), *description = thing_text(part, "description");

        if (name && *name)
                return name;
        if (!description || !*description)
                return "(no name)";
        return arena_strndup(a, description, strcspn(description, "\n"));
}

int64_t part_ms(const struct thing *part)
{
        int64_t ms = thing_ms(part, part->kind->newest);
        bool said = part->kind == &part_opinion || part->kind == &part_report;

        return ms == CLOCK_NONE && said ? part->created_ms : ms;
}
