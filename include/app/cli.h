/*
 * The command line: one table of global options, one of commands (src/app/cli.c).
 */
#ifndef MUSTER_APP_CLI_H
#define MUSTER_APP_CLI_H

#include "app/app.h"

#define ARGS_OPTIONS_MAX 8

/* What stands behind a command. */
struct args {
        char **words;
        size_t count;
        struct {
                const char *name;  /* "--filter" */
                const char *value; /* "" of a flag */
        } options[ARGS_OPTIONS_MAX];
        size_t option_count;
};

/* "" of a flag that is given; NULL where the option is not. */
const char *args_option(const struct args *args, const char *name);

struct command {
        const char *name;    /* "unit show": two words where there are several */
        const char *args;    /* "REF [--json]" */
        const char *help;    /* one line */
        const char *options; /* "--filter= --json": '=' takes a value; NULL = none */
        size_t least, most;  /* words */
        bool writes;         /* needs an operator */
        int (*run)(struct app *app, const struct args *args);
};

/* Reads options and runs what they ask for; gives back the exit status. */
int cli_run(struct app *app, int argc, char **argv);

#endif
