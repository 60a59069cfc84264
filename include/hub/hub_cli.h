/*
 * The command line of muster-hub: one table of commands and one of options (src/hub/hub_cli.c),
 * from which its help, its manual page and the completion of shells are made.
 */
#ifndef MUSTER_HUB_HUB_CLI_H
#define MUSTER_HUB_HUB_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Gives back the exit status: 0 done, 1 failed, 2 wrong usage, 3 input refused. */
int hub_cli_run(int argc, char **argv);

/* A row of either table; false behind the last. */
struct hub_cli_text {
        const char *name, *args, *help; /* args: what stands behind it, or is its value */
        const char *options;            /* of a command: those that it takes; of an option NULL */
};
bool hub_cli_command_at(size_t i, struct hub_cli_text *ret);
bool hub_cli_option_at(size_t i, struct hub_cli_text *ret);

/* hub_doc.c: prints a document (base/doc.h). RC_NOTFOUND: none of that name. */
enum rc hub_doc_print(const char *name, struct err *err);
/* hub_complete.c: prints what may stand in the place of the last word, one a line, with a tab and
 * what it is; "<files>" for any file. */
void hub_complete(const char *const *words, size_t count);

#endif
