/*
 * Traffic Light Protocol markings: the exact STIX ids (TLP 2.0: FIRST August 2022, definitions
 * created 2022-10-01; TLP 1.0: STIX 2.1 section 7.2.1.4), and what counts where there are several.
 */
#ifndef MUSTER_MODEL_MARKING_H
#define MUSTER_MODEL_MARKING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/enums.h"

struct tlp_definition {
        enum tlp tlp;
        int version; /* 1 or 2 */
        const char *id;
        const char *name; /* "TLP:AMBER+STRICT" */
};

size_t tlp_definition_count(void);
const struct tlp_definition *tlp_definition_at(size_t i);
const struct tlp_definition *tlp_definition_of(const char *id); /* built-in ids only; NULL */
const char *tlp_id(enum tlp tlp);                               /* TLP 2.0 id to write */
const char *tlp_name(enum tlp tlp);                             /* "TLP:AMBER+STRICT"  */

/* "TLP:AMBER+STRICT", "amber+strict", "white": -1 where unknown. */
int tlp_read(const char *label);
enum tlp tlp_strictest(enum tlp a, enum tlp b);

#endif
