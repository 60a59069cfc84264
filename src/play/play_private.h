/*
 * The machine behind a run (play/run.h): what it remembers between two events, and the steps of one
 * turn. Whatever it makes lives in the arena of the turn, and is made anew when the run is.
 */
#ifndef MUSTER_PLAY_PRIVATE_H
#define MUSTER_PLAY_PRIVATE_H

#include "base/mem.h"
#include "base/str.h"
#include "play/place.h"
#include "play/plan.h"
#include "play/run.h"

/* Text -> pointer, in the order of nothing. Keys are borrowed. */
struct text_map {
        struct text_map_slot *slots;
        size_t count, room;
};
void **text_map_put(struct text_map *map,
                    const char *key); /* the place of its value, NULL at first */
void *text_map_get(const struct text_map *map, const char *key);
void text_map_finish(struct text_map *map);

/* An answer that came before its step (kept.c). */
struct kept {
        size_t entry; /* in the log */
        struct kept *next;
};

/* What is known of one place. */
struct spot {
        const char *place;
        struct run_step *step;   /* NULL: not reached */
        struct run_step *newest; /* visit; in the spot of the first */
        struct run_said said;
        bool is_said;
        struct kept *kept, *last_kept; /* in the order of the log */
};

struct named_value {
        const char *name;
        struct run_value value;
        struct named_value *next;
};

/* A playbook under way: that of the run, or one taken in. */
struct run_frame {
        const struct playbook *playbook;
        struct run_step *around; /* the playbook-action, NULL */
        struct run_frame *outer;
        struct run_value *values;  /* of playbook.variables */
        struct named_value *named; /* asked for by a step, but not among them */
        bool exception_taken;
};

/* A branch of the step around it, or the main line of a playbook. */
struct lane {
        struct run_frame *frame;
        struct run_step *around;
        int branch;
};

struct arrival {
        struct lane lane;
        int step;
};

struct run_machine {
        struct run run;
        struct arena arena;             /* of the turn */
        struct text_map places;         /* -> struct spot */
        struct text_map ids;            /* -> index in the log + 1 */
        struct text_map undone;         /* id -> the run_entry that undoes it */
        struct run_frame *frame;        /* of the run */
        struct str place;               /* scratch */
        struct run_said said;           /* of the run itself */
        const struct play_event *event; /* being taken; NULL at the start */
        int64_t at_ms;
        size_t turn;       /* events taken */
        size_t kept_until; /* entries of the log before, which another version took */
        size_t kept_count;
        struct arrival *arrivals;
        size_t arrival_count, arrival_room;
        size_t step_room, live_room, changed_room, log_room;
};

/* turn.c: the log and taking it anew */
struct spot *play_spot(struct run_machine *m, const char *place); /* made where there is none */
const struct playbook *play_find(const struct run_start *start, const char *hash); /* or NULL */
bool play_is_version(const struct run_start *start, const struct playbook *p);

/* advance.c: the way through the playbook */
void play_begin(struct run_machine *m);
void play_advance(struct run_machine *m); /* until somebody must do something */
void play_settle(struct run_machine *m, struct run_step *s, enum step_state state);
/* What is open inside it, without going on from there. */
void play_settle_inside(struct run_machine *m, const struct run_step *around,
                        enum step_state state);
bool play_is_inside(const struct run_step *s, const struct run_step *around); /* or that itself */
void play_enter(struct run_machine *m, struct run_step *s, struct run_frame *frame, int branch,
                int step);
void play_end(struct run_machine *m, enum run_state state, const char *why);
void play_changed(struct run_machine *m, struct run_step *s);

/* open.c: a step is reached. False: there is none, the lane ends. */
bool play_open(struct run_machine *m, struct lane lane, int step);

/* way.c: branches */
const char *play_way(const struct run_step *s, const char *answer); /* NULL: it is no way on */
const char *play_known_way(struct run_machine *m, const struct run_step *s); /* NULL: to be asked */
void play_take_way(struct run_machine *m, struct run_step *s, const char *answer);
void play_ask(struct run_machine *m, struct run_step *s);
void play_ask_again(struct run_machine *m); /* all that wait: a value may be known now */

/* values.c */
struct seeing {
        const struct run *run;
        const struct run_step *step;
};
const char *play_seen_value(void *seeing, const char *name); /* as the step sees it */
const char *play_frame_value(struct run_frame *frame, const char *name);
struct run_frame *play_frame(struct run_machine *m, const struct playbook *p,
                             struct run_step *around, struct run_frame *outer);
const char *play_set_why_not(struct run_machine *m, struct run_step *s, const struct play_event *e);
void play_set(struct run_machine *m, struct run_step *s, const struct play_event *e);
void play_give_back(struct run_machine *m, struct run_frame *inner); /* out_args of a playbook */

/* titles.c: texts with the values that a step sees, which nobody may have reached */
struct outlook {
        const struct run *run;          /* NULL: nobody has started */
        const struct run_step *around;  /* in whose branch it is; NULL: none, or not reached */
        const struct run_step *reached; /* the step itself, NULL */
        const struct playbook *playbook;
        const struct step *step;
};
/* At most `max` bytes of it; in the arena, or the text itself. */
const char *play_fill(const struct outlook *o, const char *text, size_t max, struct arena *a);

/* apply.c: one event */
const char *play_why_not(struct run_machine *m, const struct play_event *e,
                         const struct play_event **ret_against);
void play_apply(struct run_machine *m, struct run_entry *entry);

/* One that was kept, and fits now. */
void play_apply_kept(struct run_machine *m, struct run_entry *entry);
void play_contradicted(struct run_machine *m, struct run_step *s);

/* leave.c: a step is left out; of one for two persons that waits for the second, whose signature
 * says by its value which it is of, so that none is taken for what its author did not see. */
void play_leave(struct run_machine *m, struct run_step *s, const struct play_event *e);
void play_sign_leave(struct run_machine *m, struct run_step *s);
bool play_signs_leave(const struct play_event *e);

/* kept.c: answers that came before their step. Whether it is one. */
bool play_keep(struct run_machine *m, struct run_entry *entry);
void play_take_kept(struct run_machine *m); /* those of what the event has opened */

bool play_is_blank(const char *s); /* NULL, or nothing but blanks */

/* times.c */
#define PLAY_MINUTE_MS 60000
bool play_is_timed(const struct run_step *s);
int64_t play_time_of(const struct run *run, const struct run_step *s, int64_t now_ms);

/* ---- plans ---------------------------------------------------------------------------------- */

#define PLAN_DEPTH_MAX 128

/* What a lane knows of a step; what outer lanes knew is put back at its end. */
struct mark {
        unsigned chain; /* on which it lies, from 1 */
        size_t row;     /* from 1; 0: not laid yet */
};

struct undo {
        int step;
        struct mark mark;
};

/* A playbook that is laid out: that of the run, or one taken in. */
struct ground {
        const struct playbook *playbook;
        struct mark *marks;
        size_t *laid; /* the newest row of a step in any lane, from 1; 0: none */
        struct undo *undo;
        size_t undo_count, undo_room;
};

struct way_to {
        size_t row; /* of the goto */
        int step;
};

struct walk {
        const struct run *run; /* NULL: nobody has started */
        struct arena *a;
        struct plan *plan;
        struct str place;
        size_t room;
        unsigned chains;
        struct way_to *ways;
        size_t way_count, way_room;
};

/* A lane while it is laid out (plan.c). */
struct strip {
        struct ground *ground;
        const char *around_place; /* NULL: the main line */
        enum step_type around_type;
        int branch;
        bool reached;
        unsigned first_chain;
};

/* Where rows go: how deep, and with which number before theirs. */
struct under {
        int depth;
        char prefix[PLAN_NUMBER_MAX];
        bool next, not_taken;
};

/* plan_rows.c. NULL: there are too many. */
struct plan_row *plan_add_row(struct walk *w, enum plan_kind kind, int depth);
struct plan_row *plan_add_step(struct walk *w, const struct strip *strip, int index,
                               const struct under *under, int n);
/* With the values that the step sees; `reached` NULL: it was not. NULL for NULL. */
const char *plan_text(const struct walk *w, const struct strip *strip, const struct step *step,
                      const struct run_step *reached, const char *text);
void plan_add_head(struct walk *w, enum plan_kind kind, enum plan_glyph glyph, int depth,
                   const char *label, bool not_taken);

/* diff_order.c: numbers, and the order of the plan. */
struct playbook_diff;
void diff_put_in_order(const struct playbook *was, const struct playbook *now, struct arena *a,
                       struct playbook_diff *diff);

#endif
