/* A hub's database of its own for the tests of this layer: in a file, or where MUSTER_POSTGRES says
 * so in PostgreSQL. */
#ifndef TESTS_UNIT_HUB_FILE_H
#define TESTS_UNIT_HUB_FILE_H

#include "base/mem.h"
#include "hub/backend.h"

extern struct backend *hub_file;
extern struct arena hub_file_arena;
extern char *hub_file_path; /* or the address */
extern bool hub_file_is_postgres;

void hub_file_open(void);
void hub_file_close_only(void); /* the file stays until hub_file_close() */
void hub_file_close(void);
void hub_file_sql(const char *sql);              /* PostgreSQL only; no quotes in it */
struct hub_collection hub_file_collection(void); /* a new one */

#endif
