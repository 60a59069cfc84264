/*
 * What can be done to incidents from any view that shows them: the commands and the prompts behind
 * them.
 */
#ifndef MUSTER_UI_INCIDENT_CMDS_H
#define MUSTER_UI_INCIDENT_CMDS_H

#include "ui/list_cmds.h"

enum rc incident_cmd_ack(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_severity(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_status(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_owner(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_clocks(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_note(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_marking(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_edit(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_new(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_report(struct ui *ui, struct view *v, struct err *err);

/* Everything that can be done to it, by letter (ui/verb_menu.h); the form of a decision. */
enum rc incident_cmd_menu(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_decide(struct ui *ui, struct view *v, struct err *err);
/* The form of a claim of level: up, down. */
enum rc incident_cmd_escalate(struct ui *ui, struct view *v, struct err *err);
/* The queue of what is unacknowledged, or of what is marked, one by one. */
enum rc incident_cmd_triage(struct ui *ui, struct view *v, struct err *err);

/* Does a verb to the targets of a view's list, asking first where they are several. Strings are
 * copied. */
void incident_do(struct view *v, const struct ops_request *request, const char *question);

/* The same without asking; for what has asked already. */
enum rc incident_do_now(struct view *v, const struct ops_request *r, struct err *err);
/* RC_INVALID: more are marked than an act takes. */
enum rc incident_check(const struct view *v, struct err *err);
/* A prompt for the reason of a request, which then is done. */
void incident_ask_reason(struct view *v, const struct ops_request *r, const char *hint);
/* The same for a closing; where it would leave something open, the form says what, and asks why it
 * is closed all the same. */
void incident_ask_closing(struct view *v, const struct ops_request *r);

/* What it will be about: the one marked thing, else the current; false where there is none. */
bool incident_target(struct view *v, struct arena *a, struct row *ret);
/* What closing the targets now would leave open, as one sentence in the arena; NULL = nothing. */
const char *incident_still_open(struct view *v, struct arena *a);
bool incident_any(struct view *v, bool (*is)(const struct row *row, void *ctx), void *ctx);
char *incident_about(struct view *v); /* "INC-0224" or "3 incidents"; malloc'ed */

#define INCIDENT_CMDS                                                                              \
        {.name = "incident.ack",                                                                   \
         .label = "ack",                                                                           \
         .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                              \
         .when = list_has_rows,                                                                    \
         .help = "Acknowledge: we have taken note of it",                                          \
         .run = incident_cmd_ack},                                                                 \
                {.name = "incident.triage",                                                        \
                 .label = "triage",                                                                \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .help = "Walk the unacknowledged, or the marked, one by one",                     \
                 .run = incident_cmd_triage},                                                      \
                {.name = "incident.severity",                                                      \
                 .label = "severity",                                                              \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Say how severe it is",                                                   \
                 .run = incident_cmd_severity},                                                    \
                {.name = "incident.status",                                                        \
                 .label = "status",                                                                \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Say how far the handling is; close or reopen",                           \
                 .run = incident_cmd_status},                                                      \
                {.name = "incident.menu",                                                          \
                 .label = "menu",                                                                  \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Everything that can be done to it, by letter",                           \
                 .run = incident_cmd_menu},                                                        \
                {.name = "incident.owner",                                                         \
                 .label = "owner",                                                                 \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Give it to somebody, or take it",                                        \
                 .run = incident_cmd_owner},                                                       \
                {.name = "incident.note",                                                          \
                 .label = "note",                                                                  \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Write a note into its log",                                              \
                 .run = incident_cmd_note},                                                        \
                {.name = "incident.clocks",                                                        \
                 .label = "clock",                                                                 \
                 .flags = CMD_WRITES | CMD_FOOT,                                                   \
                 .when = list_has_rows,                                                            \
                 .help = "Start, file or stop its clocks of law",                                  \
                 .run = incident_cmd_clocks},                                                      \
                {.name = "incident.edit",                                                          \
                 .label = "edit",                                                                  \
                 .flags = CMD_WRITES | CMD_FOOT,                                                   \
                 .when = list_has_rows,                                                            \
                 .help = "Change its other fields",                                                \
                 .run = incident_cmd_edit},                                                        \
                {.name = "incident.new",                                                           \
                 .label = "new",                                                                   \
                 .flags = CMD_WRITES | CMD_FOOT,                                                   \
                 .help = "Open a new incident",                                                    \
                 .run = incident_cmd_new},                                                         \
                {.name = "incident.decide",                                                        \
                 .label = "decide",                                                                \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Write down a decision: what, why, by whom",                              \
                 .run = incident_cmd_decide},                                                      \
                {.name = "incident.report",                                                        \
                 .label = "report",                                                                \
                 .when = list_has_rows,                                                            \
                 .help = "Read the report on it; w writes it to a file",                           \
                 .run = incident_cmd_report},                                                      \
        {                                                                                          \
                .name = "incident.marking", .label = "marking", .flags = CMD_WRITES | CMD_MARKED,  \
                .when = list_has_rows,                                                             \
                .help = "Change its TLP marking; a lower one needs a reason",                      \
                .run = incident_cmd_marking                                                        \
        }

/* On l where that key is free; everywhere in the palette. foot: CMD_FOOT or 0. */
#define INCIDENT_CMD_ESCALATE(foot)                                                                \
        {                                                                                          \
                .name = "incident.escalate", .label = "escalate",                                  \
                .flags = CMD_WRITES | CMD_MARKED | (foot), .when = list_has_rows,                  \
                .help = "Claim a level, up or down: who claims it, and why",                       \
                .run = incident_cmd_escalate                                                       \
        }

#define INCIDENT_KEYS                                                                              \
        {"a", "incident.ack"}, {"s", "incident.severity"}, {"S", "incident.status"},               \
                {"o", "incident.owner"}, {"c", "incident.clocks"}, {"n", "incident.note"},         \
                {"e", "incident.edit"}, {"D", "incident.decide"}, {"m", "incident.menu"},          \
                {"T", "incident.triage"}, {"R", "incident.report"},                                \
        {                                                                                          \
                "+", "incident.new"                                                                \
        }

#endif
