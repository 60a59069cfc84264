/*
 * What can be done to things, of whatever kind the list of the view shows: the commands that every
 * kind has, and the choices, prompts and forms behind them. Such a view's state begins with a
 * struct list_view. What only incidents have is in ui/incident_cmds.h.
 */
#ifndef MUSTER_UI_THING_CMDS_H
#define MUSTER_UI_THING_CMDS_H

#include "ui/list_cmds.h"
#include "ui/prompt.h"

enum rc thing_cmd_note(struct ui *ui, struct view *v, struct err *err);
enum rc thing_cmd_marking(struct ui *ui, struct view *v, struct err *err);
enum rc thing_cmd_edit(struct ui *ui, struct view *v, struct err *err);
enum rc thing_cmd_new(struct ui *ui, struct view *v, struct err *err);
/* Everything that can be done to it, by letter (ui/verb_menu.h); the form of a decision. */
enum rc thing_cmd_menu(struct ui *ui, struct view *v, struct err *err);
enum rc thing_cmd_decide(struct ui *ui, struct view *v, struct err *err);
/* The form of a contact: of the kinds that have that verb. */
enum rc thing_cmd_contact(struct ui *ui, struct view *v, struct err *err);

/* ---- for commands of one kind (thing_do.c) -----------------------------------------------------
 */

/* Does a verb to the targets of a view's list, asking first where they are several: "Acknowledge"
 * is the question. Strings are copied. */
void thing_do(struct view *v, const struct ops_request *request, const char *question);
/* The same without asking; for what has asked already. */
enum rc thing_do_now(struct view *v, const struct ops_request *r, struct err *err);
/* RC_INVALID: more are marked than an act takes. */
enum rc thing_check(const struct view *v, struct err *err);
/* A prompt for the reason of a request, which then is done. */
void thing_ask_reason(struct view *v, const struct ops_request *r, const char *hint);
/* The form of a verb of the list's kind. */
enum rc thing_open_form(struct view *v, const char *verb, struct err *err);

/* Steps that need two people (second_step.c). Whether one waits for the second. */
bool thing_waits_for_second(const struct thing *t);
/* After a verb was done: if what it asked for waits now, the second person is asked at once. */
void thing_second_after(struct view *v, const char *verb, const char *const *ids, size_t count);
/* In the place of the verb: who asked for it chooses to confirm it, so somebody else is asked.
 * False: it is to be done. */
bool thing_second_instead(struct view *v, const char *verb);

/* What it will be about: the one marked thing, else the current; false where there is none. */
bool thing_target(struct view *v, struct arena *a, struct row *ret);
bool thing_any(struct view *v, bool (*is)(const struct row *row, void *ctx), void *ctx);
char *thing_about(struct view *v); /* "INC-0224" or "3 incidents"; malloc'ed */
/* What closing the targets now would leave open (model/closing.h), as one sentence in the arena;
 * NULL = nothing. */
const char *thing_still_open(struct view *v, struct arena *a);

/* A value for a field, chosen by letter. Borrowed for good. */
struct thing_chooser {
        const char *title; /* "Severity": of what stands behind it */
        const char *verb, *field;
        const char *question; /* "Change": in front of "3 incidents?" */
        /* Asks for what else the request needs and does it then; false: it needs nothing. May be
         * NULL. */
        bool (*ask)(struct view *v, const struct ops_request *r);
};
void thing_choose(struct view *v, const struct thing_chooser *ch, const struct choice *choices,
                  size_t count);
/* The rank that the target's field has; -1 = none. */
int thing_current_rank(struct view *v, const char *field);

/* ---- rows of tables: `kind` is its name, as a literal ------------------------------------------
 */

#define THING_CMD_MENU(kind)                                                                       \
        {                                                                                          \
                .name = kind ".menu", .label = "menu", .words = "verbs actions",                   \
                .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED, .when = list_has_rows,                \
                .help = "Everything that can be done to it, by letter", .run = thing_cmd_menu      \
        }
#define THING_CMD_NOTE(kind)                                                                       \
        {                                                                                          \
                .name = kind ".note", .label = "note", .words = "note comment annotate",           \
                .flags = CMD_WRITES | CMD_FOOT | CMD_KEPT | CMD_MARKED, .when = list_has_rows,     \
                .help = "Write a note into its log", .run = thing_cmd_note                         \
        }
#define THING_CMD_EDIT(kind, what)                                                                 \
        {                                                                                          \
                .name = kind ".edit", .label = "edit", .words = "edit change modify update",       \
                .flags = CMD_WRITES | CMD_FOOT, .when = list_has_rows, .help = what,               \
                .run = thing_cmd_edit                                                              \
        }
#define THING_CMD_NEW(kind, what)                                                                  \
        {                                                                                          \
                .name = kind ".new", .label = "new", .words = "new create add open",               \
                .flags = CMD_WRITES | CMD_FOOT, .help = what, .run = thing_cmd_new                 \
        }
#define THING_CMD_DECIDE(kind)                                                                     \
        {                                                                                          \
                .name = kind ".decide", .label = "decide", .words = "decision",                    \
                .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED, .when = list_has_rows,                \
                .help = "Write down a decision: what, why, by whom", .run = thing_cmd_decide       \
        }
#define THING_CMD_MARKING(kind)                                                                    \
        {                                                                                          \
                .name = kind ".marking", .label = "marking", .words = "tlp",                       \
                .flags = CMD_WRITES | CMD_MARKED, .when = list_has_rows,                           \
                .help = "Change its TLP marking; a lower one needs a reason",                      \
                .run = thing_cmd_marking                                                           \
        }

/* Only of who can be asked (src/model/verbs_contact.c); its key is "c". */
#define THING_CMD_CONTACT(kind)                                                                    \
        {                                                                                          \
                .name = kind ".contact", .label = "contact", .words = "call phone reach ask",      \
                .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED, .when = list_has_rows,                \
                .help = "Write down that somebody was reached, or that it was tried",              \
                .run = thing_cmd_contact                                                           \
        }

/* What every kind has, in the order of the footer. */
#define THING_CMDS(kind) THING_CMD_MENU(kind), THING_CMD_NOTE(kind), THING_CMDS_MORE(kind)
#define THING_CMDS_ASKED(kind)                                                                     \
        THING_CMD_MENU(kind), THING_CMD_NOTE(kind), THING_CMD_CONTACT(kind), THING_CMDS_MORE(kind)
#define THING_CMDS_MORE(kind)                                                                      \
        THING_CMD_EDIT(kind, "Change its fields"), THING_CMD_NEW(kind, "Add a new " kind),         \
                THING_CMD_DECIDE(kind), THING_CMD_MARKING(kind)

#define THING_KEYS(kind)                                                                           \
        {"n", kind ".note"}, {"e", kind ".edit"}, {"D", kind ".decide"}, {"m", kind ".menu"},      \
        {                                                                                          \
                "+", kind ".new"                                                                   \
        }

#endif
