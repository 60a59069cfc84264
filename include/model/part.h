/*
 * Parts: what others say about an incident by objects of their own: events, impacts, tasks,
 * opinions, reports. Each is a kind like those of kind.h, so that wire, tabs, JSON and text are
 * driven by its field table; but it has no list, no verbs and no table in the store: it is read
 * from its newest version when its incident is shown.
 *
 * Fields and vocabularies: STIX 2.1 sections 4.4, 4.15, 4.16 (grouping, opinion, report) and the
 * incident extension suite of oasis-open/cti-stix-common-objects (event 4ca6de00, impact 7cc33dd6,
 * task 2074a052). Any word is accepted, of whatever generation; data/words have the usual ones.
 */
#ifndef MUSTER_MODEL_PART_H
#define MUSTER_MODEL_PART_H

#include "model/thing.h"

/* A field with FIELD_COLUMN is shown to people, one without is for programs: the ids behind names.
 */
extern const struct kind part_event, part_impact, part_task, part_opinion, part_report;

/* All of them, in the order of their tabs. */
size_t part_kind_count(void);
const struct kind *part_kind_at(size_t i);

/* What it is called: its name, else the first line that describes it; never NULL. Not for those
 * whose title is a word of a list (impact, opinion). */
const char *part_title(const struct thing *part, struct arena *a);

/* When it was: an event, impact or task by its beginning, what was said by when it was published or
 * else written. CLOCK_NONE where it does not say. */
int64_t part_ms(const struct thing *part);

/* By wire type or alias, as it stands in front of "--" of an id; NULL. */
const struct kind *part_kind_of_type(const char *type, size_t len);

#endif
