/*
 * Commands and keys. Everything a person can do is a named command; keys, footer, palette, help,
 * mouse and scripts all read these tables, so they can't get out of step. Configuration binds
 * chords to names.
 */
#ifndef MUSTER_UI_CMD_H
#define MUSTER_UI_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;

struct str;
struct ui;
struct view;

enum cmd_flag {
        CMD_WRITES = 1 << 0, /* hidden when read-only                                  */
        CMD_FOOT = 1 << 1,   /* named in the footer, in table order                    */
        CMD_MARKED = 1 << 2, /* acts on all marked things where some are marked        */
        CMD_ALWAYS = 1 << 3, /* its chord works under an overlay too; never a text key */
        CMD_KEPT = 1 << 4,   /* with CMD_FOOT: in a narrow footer the others give way to it */
};

struct cmd {
        const char *name;  /* "incident.ack" */
        const char *label; /* footer word: "ack" */
        const char *help;  /* one line, a sentence without full stop: "Acknowledge the incident" */
        unsigned flags;
        /* May it be done here and now? NULL = always. */
        bool (*when)(const struct ui *ui, const struct view *v);
        /* Failures come back as a sentence and are shown above the keys. */
        enum rc (*run)(struct ui *ui, struct view *v, struct err *err);
        const char *words; /* others that people type for it, with blanks: "exit bye"; or NULL */
};

struct key {
        const char *chord; /* "a" */
        const char *cmd;   /* "incident.ack" */
};

/* What can be done now: the current view's commands, then the global ones. */
size_t cmd_count(const struct ui *ui);
const struct cmd *cmd_at(const struct ui *ui, size_t i);
const struct cmd *cmd_find(const struct ui *ui, const char *name);
/* What a search for it looks at: its name, the other words for it, its help. */
const char *cmd_searched(const struct cmd *cmd, struct arena *a);
bool cmd_is_possible(const struct ui *ui, const struct cmd *cmd);
enum rc cmd_run(struct ui *ui, const struct cmd *cmd, struct err *err);
/* Chord bound to a command here ("a"), or NULL; and the command on a chord. Configuration's
 * bindings win. */
const char *cmd_chord(const struct ui *ui, const struct cmd *cmd);
/* All of them, "/ F3 F4". */
void cmd_chords(const struct ui *ui, const struct cmd *cmd, struct str *out);
const struct cmd *cmd_on_chord(const struct ui *ui, int chord);

/* The global tables (src/ui/cmd_global.c), for lint and help. */
extern const struct cmd global_cmds[];
extern const size_t global_cmd_count;
extern const struct key global_keys[];
extern const size_t global_key_count;

/* Bindings from the configuration, in front of the tables; the name "none" frees a chord.
 * RC_INVALID: unknown chord or command, with the nearest. */
enum rc cmd_bind(struct ui *ui, const char *chord, const char *name, struct err *err);

#endif
