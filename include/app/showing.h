/*
 * What the files of `muster show` share: one thing with everything that happened to it.
 */
#ifndef MUSTER_APP_SHOWING_H
#define MUSTER_APP_SHOWING_H

#include "model/clocks.h"
#include "ops/duties.h"
#include "ops/help_of.h"
#include "ops/ops.h"
#include "ops/playbooks.h"
#include "ops/runs.h"

struct app;

struct showing {
        struct app *app;
        struct ops *ops;
        struct arena *arena;
        int64_t at_ms; /* CLOCK_NONE = now */
        struct ops_view view;
        struct clock_list clocks;
        struct help help;              /* to an incident, as it is now */
        struct duties duties;          /* of a rota */
        struct ops_run *run;           /* of a run, as it is now; or NULL */
        struct held_playbook playbook; /* of a playbook */
        struct times_of_book times;    /* and over its runs */
        struct row *log;               /* oldest first */
        size_t log_count;
};

/* The act that an entry of the log is, with what became of it; NULL: it is none of this thing. */
const struct fold_entry *showing_entry(const struct showing *s, const char *id);
/* The act that corrects the entry, or NULL. */
const struct act *showing_corrector(const struct showing *s, const char *id);
bool showing_is_decision(const struct fold_entry *entry);

/* cli_show_text.c */
void showing_print(const struct showing *s);

#endif
