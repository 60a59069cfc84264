/*
 * The command line: one table of global options (src/app/cli_start.c), one of commands
 * (commands.c). What a command takes is said by `args`: a word in capitals names what stands there
 * and is completed by that name (src/app/cli_complete.c); words with "|" between are choices.
 */
#ifndef MUSTER_APP_CLI_H
#define MUSTER_APP_CLI_H

#include "app/app.h"

#define ARGS_OPTIONS_MAX 64

/* What stands behind a command. */
struct args {
        char **words;
        size_t count;
        struct {
                const char *name;  /* "--filter" */
                const char *value; /* "" of a flag */
        } options[ARGS_OPTIONS_MAX];
        size_t option_count;
        bool help; /* --help or -h: what is asked for is what the command does */
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
        bool hidden;         /* for scripts: in the manual, not in the list of help */
        bool raw;            /* gets its words as they are, before the config is read */
        int (*run)(struct app *app, const struct args *args);
        void (*more)(void); /* prints what its help says besides, of a table; or NULL */
};

/* THE tables, for help, manual and completion. NULL behind the last. */
const struct command *command_at(size_t i);
/* Which one argv names, in *ret_words words; NULL. argc > 0 */
const struct command *command_find(int argc, char **argv, int *ret_words);

/* What stands before a command. */
struct global_option {
        const char *name, *value, *help; /* value NULL: a flag */
};
const struct global_option *global_option_at(size_t i);

/* Reads options and runs what they ask for; gives back the exit status. */
int cli_run(struct app *app, int argc, char **argv);

#endif
