/*
 * What can be done to incidents alone, from any view that shows them, beside what every kind has
 * (ui/thing_cmds.h).
 */
#ifndef MUSTER_UI_INCIDENT_CMDS_H
#define MUSTER_UI_INCIDENT_CMDS_H

#include "ui/find.h"
#include "ui/run_view.h"
#include "ui/thing_cmds.h"

enum rc incident_cmd_ack(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_severity(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_status(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_owner(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_clocks(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_metrics(struct ui *ui, struct view *v, struct err *err);
enum rc incident_cmd_report(struct ui *ui, struct view *v, struct err *err);
/* The form of a claim of level: up, down. */
enum rc incident_cmd_escalate(struct ui *ui, struct view *v, struct err *err);
/* The queue of what is unacknowledged, or of what is marked, one by one. */
enum rc incident_cmd_triage(struct ui *ui, struct view *v, struct err *err);

/* A prompt for the reason of a closing; where it would leave something open, the form says what,
 * and asks why it is closed all the same. */
void incident_ask_closing(struct view *v, const struct ops_request *r);

#define INCIDENT_CMDS                                                                              \
        {.name = "incident.ack",                                                                   \
         .label = "ack",                                                                           \
         .words = "ack acknowledge seen",                                                          \
         .flags = CMD_WRITES | CMD_FOOT | CMD_KEPT | CMD_MARKED,                                   \
         .when = list_has_rows,                                                                    \
         .help = "Acknowledge: we have taken note of it",                                          \
         .run = incident_cmd_ack},                                                                 \
                {.name = "incident.triage",                                                        \
                 .label = "triage",                                                                \
                 .words = "triage queue inbox",                                                    \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_KEPT | CMD_MARKED,                           \
                 .help = "Walk the unacknowledged, or the marked, one by one",                     \
                 .run = incident_cmd_triage},                                                      \
                {.name = "incident.severity",                                                      \
                 .label = "severity",                                                              \
                 .words = "severity priority",                                                     \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Say how severe it is",                                                   \
                 .run = incident_cmd_severity},                                                    \
                {.name = "incident.status",                                                        \
                 .label = "status",                                                                \
                 .words = "status state contain recover",                                          \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Say how far the handling is; close or reopen",                           \
                 .run = incident_cmd_status},                                                      \
                THING_CMD_MENU("incident"),                                                        \
                {.name = "incident.owner",                                                         \
                 .label = "owner",                                                                 \
                 .words = "assign assignee give take claim owner",                                 \
                 .flags = CMD_WRITES | CMD_FOOT | CMD_MARKED,                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Give it to somebody, or take it",                                        \
                 .run = incident_cmd_owner},                                                       \
                THING_CMD_NOTE("incident"),                                                        \
                {.name = "incident.clocks",                                                        \
                 .label = "clock",                                                                 \
                 .words = "deadline deadlines clock clocks file nis2 gdpr",                        \
                 .flags = CMD_WRITES | CMD_FOOT,                                                   \
                 .when = list_has_rows,                                                            \
                 .help = "Start, file or stop its clocks of law",                                  \
                 .run = incident_cmd_clocks},                                                      \
                THING_CMD_EDIT("incident", "Change its other fields"),                             \
                THING_CMD_NEW("incident", "Open a new incident"), THING_CMD_DECIDE("incident"),    \
                {.name = "incident.report",                                                        \
                 .label = "report",                                                                \
                 .words = "report print pdf",                                                      \
                 .when = list_has_rows,                                                            \
                 .help = "Read the report on it; w writes it to a file",                           \
                 .run = incident_cmd_report},                                                      \
                THING_CMD_MARKING("incident"), FIND_CMD("incident", "deploy", 0),                  \
                SECOND_CMD("incident"),                                                            \
        {                                                                                          \
                .name = "incident.playbook", .label = "playbook",                                  \
                .words = "playbook runbook checklist procedure", .flags = CMD_WRITES,              \
                .when = list_has_rows,                                                             \
                .help = "Start a playbook on it: those that fit it first, each with why",          \
                .run = run_cmd_choose                                                              \
        }

/* On l where that key is free; everywhere in the palette. foot: CMD_FOOT or 0. */
#define INCIDENT_CMD_ESCALATE(foot)                                                                \
        {                                                                                          \
                .name = "incident.escalate", .label = "escalate", .words = "level raise escalate", \
                .flags = CMD_WRITES | CMD_MARKED | (foot), .when = list_has_rows,                  \
                .help = "Claim a level, up or down: who claims it, and why",                       \
                .run = incident_cmd_escalate                                                       \
        }

#define INCIDENT_KEYS                                                                              \
        {"a", "incident.ack"}, {"s", "incident.severity"}, {"S", "incident.status"},               \
                {"o", "incident.owner"}, {"c", "incident.clocks"}, {"T", "incident.triage"},       \
                {"R", "incident.report"}, {"d", "incident.deploy"}, {"W", "incident.second"},      \
                {"p", "incident.playbook"}, THING_KEYS("incident")

#endif
