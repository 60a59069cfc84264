/*
 * The console as a value: it takes chords and change notices and returns a canvas. It knows no
 * terminal and no thread, so the main loop, a key script and a unit test drive the same object.
 * Used by one thread.
 */
#ifndef MUSTER_UI_UI_H
#define MUSTER_UI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ops/ops.h"
#include "ui/canvas.h"
#include "ui/theme.h"
#include "ui/view.h"

struct overlay;

/* Times of lists and details: each list its own way, all as ages ("14 min"), all as instants
 * ("13:03Z"). */
enum times { TIMES_OWN, TIMES_AGES, TIMES_INSTANTS };

/* What the last row names: letters, function keys first, only the way to palette and help. */
enum footer_keys { FOOTER_LETTERS, FOOTER_F_KEYS, FOOTER_NONE };

struct ui_options {
        struct ops *ops; /* borrowed */
        int cols, rows;
        bool ascii;
        bool bell, motion, mouse;
        bool linear;           /* one line a row, words for signs: screen readers, braille */
        int64_t lock_after_ms; /* without a key; 0 = never */
        enum times times;
        enum footer_keys footer;
        const char *zone;           /* name of the local zone shown beside UTC, or NULL */
        const char *exercise;       /* name of the exercise, or NULL */
        const char *start_filter;   /* for the first view, or NULL: the view's own */
        const struct theme *themes; /* that theme.NAME can switch to, beside night and mono */
        size_t theme_count;
        const char *theme; /* name of the first one, or NULL */
};

struct ui *ui_create(const struct ui_options *o);
/* A filter of the configuration, by name; copied. */
void ui_saved_filter(struct ui *ui, const char *name, const char *line);
void ui_destroy(struct ui *ui);

/* Input. */
void ui_chord(struct ui *ui, int32_t chord);
void ui_paste(struct ui *ui, const char *text); /* never runs keys; cleaned here */
enum mouse_button { MOUSE_LEFT = 1, MOUSE_WHEEL_UP = 4, MOUSE_WHEEL_DOWN = 5 };
void ui_mouse(struct ui *ui, int x, int y, int button, bool twice);
void ui_resize(struct ui *ui, int cols, int rows);
void ui_changed(struct ui *ui, unsigned topics); /* somebody else committed; enum topic */
void ui_tick(struct ui *ui);                     /* time went on */
enum rc ui_command(struct ui *ui, const char *line,
                   struct err *err); /* ":..." from a script: name or palette text */

/* The terminal turned out to draw signs two columns wide: ASCII from now on. */
void ui_set_ascii(struct ui *ui, bool ascii);

/* Work left over (an interrupted count): does a slice, true while there is more. `pending` asks
 * whether a key waits. */
bool ui_work(struct ui *ui, bool (*pending)(void *ctx), void *ctx);

/* Output: the canvas as it should be shown now; borrowed until the next call. */
const struct canvas *ui_paint(struct ui *ui);
bool ui_is_dirty(const struct ui *ui);
/* Wall time at which the screen changes by itself (a second, a flash that ends), for the loop's
 * timer. */
int64_t ui_next_change_ms(const struct ui *ui);
const struct theme *ui_theme(const struct ui *ui);

/* What the surroundings should do; each is true once. */
bool ui_wants_quit(struct ui *ui);
bool ui_wants_suspend(struct ui *ui);
bool ui_wants_bell(struct ui *ui);
bool ui_wants_redraw(struct ui *ui); /* whole screen again */
char *ui_wants_copy(struct ui *ui);  /* malloc'ed text for the terminal's clipboard, or NULL */

/* ---- for views, commands and overlays ---- */
struct ops *ui_ops(const struct ui *ui);
struct view *ui_view(const struct ui *ui); /* the current one */
struct view *ui_view_named(const struct ui *ui, const char *name);
enum rc ui_go(struct ui *ui, const char *view, struct err *err);
enum rc ui_show(struct ui *ui, const char *id,
                struct err *err); /* brings a thing under the current view's cursor */
/* Goes to the view of its kind, and brings it under the cursor there. */
enum rc ui_go_to_thing(struct ui *ui, const char *id, struct err *err);
/* Goes to a view of rows, and filters them. */
enum rc ui_go_to_rows(struct ui *ui, const char *view, const char *filter, struct err *err);
void ui_dirty(struct ui *ui);
void ui_wake_at(struct ui *ui, int64_t ms); /* what is painted is over then: paint anew */
bool ui_others_wrote(const struct ui *ui);  /* what is loaded now was not changed here */
bool ui_is_ascii(const struct ui *ui);
bool ui_is_narrow(const struct ui *ui);  /* under 120 columns */
bool ui_has_motion(const struct ui *ui); /* false: changed rows don't flash */
bool ui_is_linear(const struct ui *ui);  /* one pane, a line a row, no rule, words for signs */
bool ui_shows_ages(const struct ui *ui); /* all times as ages; else each place its own way */
int64_t ui_now_ms(const struct ui *ui);
struct rect ui_view_rect(const struct ui *ui);

/* Above the keys. Notices last 8 s, failures until the next key; all are kept (app.messages) but
 * hints, which go with the next key too. */
enum notice { NOTICE_DONE, NOTICE_WARN, NOTICE_FAIL, NOTICE_HINT };
void ui_notice(struct ui *ui, enum notice kind, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
size_t ui_message_count(const struct ui *ui);
const char *ui_message_at(const struct ui *ui, size_t i, int64_t *ret_ms); /* newest first */
void ui_bell(struct ui *ui);
/* Paints the notice once more: for an overlay that has covered it. */
void frame_draw_notice(const struct ui *ui, struct canvas *c);

/* After an op: reloads what its topics concern, at once. */
void ui_touched(struct ui *ui, unsigned topics);
/* Remembers what `.` repeats: fn gets the request again with the current things. Copied. */
void ui_remember(struct ui *ui, const char *cmd, const struct ops_request *request);

/* What was typed before, by name of the list ("filter"); 0 is the newest. NULL name: none. At most
 * 100 are kept. */
void ui_history_add(struct ui *ui, const char *name, const char *text);
size_t ui_history_count(const struct ui *ui, const char *name);
const char *ui_history_at(const struct ui *ui, const char *name, size_t i);

/* Overlays: one stack, never nested loops. The top one gets the keys. */
struct overlay_ops {
        const char *name;
        size_t state_size;
        bool covers; /* nothing below is painted, and no command works */
        /* Paints over the view. `area` is what the view has; the line above the keys is area's last
         * row. */
        void (*draw)(const struct overlay *o, struct canvas *c, struct rect area);
        /* Every key while it is on top. */
        void (*chord)(struct overlay *o, int32_t chord);
        void (*paste)(struct overlay *o, const char *text);         /* may be NULL */
        bool (*mouse)(struct overlay *o, int x, int y, int button); /* may be NULL */
        /* Keys to name in the footer: pairs "Enter", "accept", ... NULL-terminated. */
        const char *const *keys;
        const char *const *(*keys_now)(const struct overlay *o); /* instead of them; may be NULL */
        /* What no key waits for, a little at a time: true while some is left. May be NULL. */
        bool (*work)(struct overlay *o, bool (*pending)(void *ctx), void *ctx);
        void (*save)(struct overlay *o);  /* the program leaves: keep drafts; may be NULL */
        void (*close)(struct overlay *o); /* frees what state owns */
};
struct overlay {
        const struct overlay_ops *ops;
        struct ui *ui;
        void *state;
        struct overlay *below;
};
struct overlay *ui_push(struct ui *ui, const struct overlay_ops *ops);
void ui_pop(
        struct ui *ui); /* closes the top one; safe inside its own chord() as the last thing done */
void ui_remove(struct ui *ui,
               struct overlay *o); /* the same for one that may have others above it */
struct overlay *ui_top(const struct ui *ui);
/* Before the program leaves by signal: drafts are saved. */
void ui_save(struct ui *ui);

#endif
