/*
 * What can be written into the log from a view that lists its entries: notes, corrections, reviews.
 * The state of such a view begins with a struct list_view.
 */
#ifndef MUSTER_UI_LOG_CMDS_H
#define MUSTER_UI_LOG_CMDS_H

#include "ui/list_cmds.h"

/* Hides what the system wrote by itself; the same in `muster list log --filter`. */
#define LOG_TERM      "-is:system"
#define LOG_TERM_SAID "notes and decisions only"

enum rc log_cmd_note_duty(struct ui *ui, struct view *v, struct err *err);
enum rc log_cmd_note_general(struct ui *ui, struct view *v, struct err *err);
enum rc log_cmd_new(struct ui *ui, struct view *v, struct err *err);
enum rc log_cmd_correct(struct ui *ui, struct view *v, struct err *err);
enum rc log_cmd_review(struct ui *ui, struct view *v, struct err *err);
enum rc log_cmd_system(struct ui *ui, struct view *v, struct err *err);
bool log_can_correct(const struct ui *ui, const struct view *v);
bool log_can_review(const struct ui *ui, const struct view *v);

#endif
