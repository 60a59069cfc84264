/*
 * A scenario: what the consoles of many units would have sent by now, and what they send next, as
 * STIX documents. Read from data/demo/scenario.json, whose times are relative to the start:
 *
 *   exercise, operator, role, unit {name, desk}
 *   desks      names of our own operators at other consoles
 *   units      [{key, name, states, contact}]: those that send us things
 *   incidents  [{key, unit?, ref, at, by, any field of an incident, log: [entry...]}]
 *   tables     [{kind, file}]: CSV files beside this one, a row each: key, unit?, ref, at, by, and
 *              fields of the kind as a person would type them, things named by their keys
 *   runs       [{key, playbook: a file of data/playbooks, incident?, title?, at, by, log: [{at, by,
 *              do: complete|answer|..., step: its number, value?, note?, reason?}...]}]
 *   arrivals   [{after, incident: {...}}, {after, thing: {kind, ...as in a row}} or {after, on:
 * key,
 *              ...entry}]: each `after` the one before
 *   entry      {at, by, do: note|ack|severity|status|owner|set, to, text, field, reason,
 * apart, key, fields {name: value}, detail {name: value}}
 *
 * `field` is what `set` sets; `fields` what any verb sets, `detail` what it says besides, where
 * times are from the start on, an incident is named by its key and an entry by its own; `apart`:
 * made without knowing of the entry before, so that both stand against each other. An incident
 * without a unit is our own: it comes as acts of our desks. What our desks do to a thing of another
 * unit are acts too; what its own unit does is a new version or a plain note.
 */
#ifndef MUSTER_APP_SCENARIO_H
#define MUSTER_APP_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct scenario;
struct str;
struct words;

struct scenario_about {
        const char *exercise, *operator, * role, *unit_name, *unit_id, *desk;
};

/* Borrows words. RC_INVALID names what is wrong and where. */
enum rc scenario_open(const char *path, const struct words *words, int64_t start_ms,
                      struct scenario **ret, struct err *err);
void scenario_close(struct scenario *sc); /* NULL is fine */
const struct scenario_about *scenario_about(const struct scenario *sc);

/* All that came before the start, as one document. Once, before the arrivals. */
enum rc scenario_history(struct scenario *sc, struct str *out, struct err *err);
/* When the next arrival is due; false after the last. */
bool scenario_due(const struct scenario *sc, int64_t *ret_ms);
/* The next arrival as a document. */
enum rc scenario_arrive(struct scenario *sc, struct str *out, struct err *err);

#endif
