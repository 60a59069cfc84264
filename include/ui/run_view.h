/*
 * A run of a playbook on the screen, a face of view 7: its whole plan, the step under the cursor,
 * and what can be done there. What the files of it share. A playbook that nobody has started is
 * shown as a dry run, of which nothing is written; one that can't be run, as it stands.
 */
#ifndef MUSTER_UI_RUN_VIEW_H
#define MUSTER_UI_RUN_VIEW_H

#include "ops/runs.h"
#include "play/place.h"
#include "ui/plan_draw.h"
#include "ui/step_pane.h"
#include "ui/view.h"

/* Where things stand, by the room there is. */
struct run_shape {
        struct rect head, progress, plan, rule, pane, hint;
        bool beside; /* the pane stands at the right of the plan */
        bool tight;  /* the pane is low */
};

/* What a row said when it was last read, to tell what others changed. */
struct run_seen {
        const char *place;
        uint64_t said;
        int64_t at_ms; /* when somebody else changed it; 0: not lately */
};

struct run_extent {
        int rows, window; /* of the pane */
};

struct run_view {
        struct ops_run *run;
        struct arena book_arena;
        struct held_playbook book; /* where it can't be run: what is shown then */
        bool has_book;
        char incident[STIX_ID_MAX]; /* of a dry run: for which it would be started; "" */
        char playbook[STIX_ID_MAX]; /* likewise: of what */

        struct arena arena; /* of what follows, made anew with each change */
        struct plan plan;
        const struct plan_twig *twigs;
        unsigned char *news;
        struct run_seen *seen;
        bool has_news;
        struct row about; /* the incident */
        bool has_about;

        size_t cursor, top;
        char place[PLACE_MAX + 1]; /* where the cursor stays when the rows change */
        char find[200];            /* what was looked for; "" */

        struct arena pane_arena;
        struct step_pane pane;
        size_t pane_of;            /* row that it was read of */
        int64_t pane_ms;           /* minute in which it was */
        bool pane_is_read;         /* of what the plan shows now */
        int skip;                  /* rows of it that are scrolled away */
        struct run_extent *extent; /* learnt while painting */
        bool in_pane; /* it has the focus; where it has no place of its own it is all there is */
        struct run_shape shape;
};

/* ---- run_open.c ------------------------------------------------------------------------------
 */

/* Shows a run; a playbook dry, perhaps for an incident. */
enum rc run_view_open(struct ui *ui, const char *run, struct err *err);
enum rc run_view_try(struct ui *ui, const char *playbook, const char *incident, struct err *err);
void run_view_drop(struct run_view *st);
/* The plan is made anew, the cursor stays with its step. others: what is different flashes. */
void run_view_plan(struct view *v, bool others);
/* What stands out now, since others changed it. */
void run_view_news(struct view *v);

/* ---- what it shows --------------------------------------------------------------------------- */

const struct run *run_view_run(const struct run_view *st);      /* NULL: it can't be run */
const struct plan_row *run_view_row(const struct run_view *st); /* under the cursor; NULL */
bool run_view_is_dry(const struct run_view *st);
struct plan_picture run_view_picture(const struct view *v);
void run_view_move_to(struct view *v, size_t row);
/* To what is to be done: at or behind the cursor, else the first. */
void run_view_go_on(struct view *v);
struct run_shape run_shape_of(const struct view *v, struct rect r);

/* ---- run_move.c ------------------------------------------------------------------------------ */

enum rc run_view_go_by(struct view *v, long by);
enum rc run_cmd_down(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_up(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_page_down(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_page_up(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_half_down(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_half_up(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_first(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_last(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_next(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_previous(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_find(struct ui *ui, struct view *v, struct err *err);

/* ---- run_hint.c, run_draw.c ------------------------------------------------------------------ */

/* What to press next, as one sentence; in the arena. */
const char *run_view_hint(const struct view *v, struct arena *a);
void run_view_draw(const struct view *v, struct canvas *c, struct rect r);

/* ---- run_do.c: one act, or several that belong together ---------------------------------------
 */

#define RUN_DOINGS_MAX 40

/* What is to be done, as far as it has been asked for. It outlives the key that asked. */
struct run_order {
        struct view *view;
        struct arena arena; /* of its strings */
        struct run_doing list[RUN_DOINGS_MAX];
        size_t count;
        const char *number; /* of the step, "10"; NULL: the run as a whole */
        const char *said;   /* "done": behind it, when it has been done */
};
/* Of the step under the cursor; `step` false: of the run. NULL: there is none. */
struct run_order *run_order_new(struct view *v, bool step, const char *said);
void run_order_free(void *order);
struct run_doing *run_order_add(struct run_order *o, enum play_verb verb);
/* The reason is asked for first where the PAP of the incident forbids it. The order stays the
 * caller's. */
enum rc run_order_do(struct run_order *o, struct err *err);
/* Does it at once, and frees it. */
enum rc run_order_end(struct run_order *o, struct err *err);
/* RC_CONFLICT: it would be refused, and why; asked before anybody types. */
enum rc run_order_check(const struct run_order *o, struct err *err);
/* A second person is asked to sign what stands at the place. */
void run_ask_second(struct view *v, const char *place, const char *number, const char *reason);

/* ---- run_cmds.c ------------------------------------------------------------------------------ */

bool run_view_answer(struct view *v, int32_t chord); /* an answer by its letter */
enum rc run_view_undo(struct view *v, char **ret_sentence, struct err *err);

enum rc run_cmd_complete(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_fail(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_skip(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_not_applicable(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_sign(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_owner(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_note(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_evidence(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_due(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_pause(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_hand_over(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_cancel(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_settle(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_menu(struct ui *ui, struct view *v, struct err *err);

/* ---- run_more.c ------------------------------------------------------------------------------ */

enum rc run_cmd_copy(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_report(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_differences(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_move(struct ui *ui, struct view *v, struct err *err);
enum rc run_cmd_incident(struct ui *ui, struct view *v, struct err *err);

/* ---- run_start.c ----------------------------------------------------------------------------- */

/* Chooses a playbook for the incident, those that fit first; it is shown dry, and then started. */
enum rc run_cmd_choose(struct ui *ui, struct view *v, struct err *err);
/* Starts what is shown dry. */
enum rc run_cmd_start(struct ui *ui, struct view *v, struct err *err);

#endif
