/* Objects for tests: from tests/fixtures/stix, or written in a line. */
#ifndef MUSTER_TESTS_WIRE_STIX_FILES_H
#define MUSTER_TESTS_WIRE_STIX_FILES_H

#include "base/str.h"
#include "wire/stix.h"

/* Shared by the tests of one process; Criterion runs each test in a process of its own. */
extern struct arena files_arena;
extern struct stix_object files_object;
extern struct err files_err;

void files_setup(void);
void files_teardown(void);

char *files_bytes(const char *name, size_t *ret_len); /* malloc'ed; name without .json */
/* Reads the object into files_object; RC_OK or RC_INVALID with files_err. */
enum rc files_read(const char *name);
enum rc files_read_text(const char *json);
const char *files_field(const char *name); /* of the thing read; "" where not set */
const char *files_items(const char *name); /* of a set, joined with blanks        */
bool files_found(const char *part);        /* a finding holds this                */

#endif
