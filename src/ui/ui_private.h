/*
 * What the files of the console share: struct ui, and the parts of canvas and frame that nobody
 * else needs.
 */
#ifndef MUSTER_UI_PRIVATE_H
#define MUSTER_UI_PRIVATE_H

#include <wchar.h>

#include "ui/changed.h"
#include "ui/chord.h"
#include "ui/form.h"
#include "ui/form_fields.h"
#include "ui/links.h"
#include "ui/list.h"
#include "ui/marks.h"
#include "ui/pieces.h"
#include "ui/ui.h"

struct text_cluster;
struct ui_edit;

#define LOOK(...) ((struct look){__VA_ARGS__})

#define WIDE_COLS    120 /* from here on there is room for names, seconds, the unit */
#define LEAST_COLS   40  /* below this, or these rows, a message is all there is    */
#define LEAST_ROWS   10
#define FRAME_TOP    3 /* rows above the view                                     */
#define VIEWS_MAX    32
#define ZONES_MAX    64
#define MESSAGES_MAX 200
#define HISTORY_MAX  100

/* A view and how far it has come. */
struct pane {
        struct view view;
        bool opened;
        bool more;         /* the last load was not done: call it again */
        struct pane *face; /* the view under this one that is shown in its place; or NULL */
        char why[1024];    /* it can't be opened or read; "" = it can */
};

/* A piece of the frame that a click turns into a key. */
struct zone {
        int x, y, w;
        int32_t chord;
};

struct message {
        int64_t at_ms;
        char *text;
};

struct history {
        char *name;
        char *lines[HISTORY_MAX]; /* newest first */
        size_t count;
        struct history *next;
};

struct binding {
        int32_t chord;
        const char *name; /* of a command, or "none" */
        char text[CHORD_TEXT];
};

#define WAKES_MAX 8

/* Incidents as last looked at. */
#define NEWS_KNOWN_MAX 64
struct news {
        int64_t unacked, critical;
        int64_t known[NEWS_KNOWN_MAX]; /* rows of those that were critical */
        size_t known_count;
        bool loaded, due; /* known is; others have committed since */
        int64_t wake_ms;  /* when the next one that is parked comes back; CLOCK_NONE */
        bool back;        /* one did */
};

/* What `.` repeats; all strings are owned. */
struct repeat {
        char *cmd, *verb, *reason, *text;
        char **names, **values; /* of the fields */
        size_t field_count;
};

/* A filter with a name. */
struct saved_filter {
        char *name, *line; /* owned */
        bool shared;       /* in the database; else from the configuration */
};
#define SAVED_MAX 40

struct ui {
        struct ops *ops;
        struct arena arena;        /* lives as long as the console */
        struct ui_options options; /* its strings are in the arena */
        const struct theme *theme;
        struct pane *panes;
        size_t pane_count, current;
        struct key digit_keys[VIEWS_MAX]; /* "2" to "view.incidents" */

        struct overlay *top;
        struct overlay *gone; /* closed while their own handlers run */
        int depth;            /* handlers running */

        struct canvas *canvas;
        bool dirty;
        int64_t typed_ms; /* when somebody was last seen to be there */
        struct zone zones[ZONES_MAX];
        size_t zone_count;
        int64_t minute, second;      /* as last painted */
        int64_t wakes_ms[WAKES_MAX]; /* something painted is over then; CLOCK_NONE = none */
        int64_t outbox;
        struct links links;
        struct news news;
        int64_t clock_due_ms, clocks_overdue; /* next of all incidents; CLOCK_NONE */
        char clock_ref[64];                   /* whose it is */
        int64_t clocks_seen_ms;               /* what was crossed until then was said */

        char *notice; /* NULL = none */
        enum notice notice_kind;
        int64_t notice_until_ms;
        struct message messages[MESSAGES_MAX]; /* a ring */
        size_t message_count, message_next;
        struct history *histories;

        struct binding *bindings;
        size_t binding_count;
        struct repeat repeat;
        struct saved_filter saved[SAVED_MAX];
        size_t saved_count;

        bool wants_quit, wants_suspend, wants_bell, wants_redraw;
        char *wants_copy;
        struct ui_edit *wants_edit;
};

/* As ui_create, over given views: tests have their own. */
struct ui *ui_create_with(const struct ui_options *o, const struct view_ops *const *views,
                          size_t count);
struct pane *ui_pane(struct ui *ui);                      /* the current one */
struct pane *ui_pane_over(struct ui *ui, struct pane *p); /* under whose name it stands: itself */
void ui_load(struct ui *ui, struct pane *p);  /* goes on where the last load was not done */
void ui_ready(struct ui *ui, struct pane *p); /* loads unless what is there is up to date */

/* ui_budget.c: between these reading is interrupted once a key has waited long enough. */
struct key_budget {
        struct ui *ui;
        int64_t end_ns;
};
void key_budget_begin(struct key_budget *b, struct ui *ui);
void key_budget_end(struct key_budget *b);
bool ui_at_key(const struct ui *ui); /* who reads ahead waits until no key does */
void ui_set_stale(struct ui *ui, unsigned topics);
enum rc ui_set_theme(struct ui *ui, const char *name, struct err *err);
bool ui_is_tiny(const struct ui *ui);
bool ui_has_theme(const struct ui *ui, const char *name);
/* A whole line for ui_command, not a part of some command's name: "sort title", "theme day". */
bool ui_command_has_words(const struct ui *ui, const char *line);

void ui_finish_edit(struct ui *ui); /* edit.c: what nobody came to run */

/* news.c */
void news_begin(struct ui *ui);
void news_look(struct ui *ui);
void news_tick(struct ui *ui);
/* The newest of the open ones that nobody has acknowledged. RC_NOTFOUND: there is none. */
enum rc news_newest_unacked(struct ui *ui, struct arena *a, struct row *ret, struct err *err);

/* ui_looks.c */
void ui_apply_looks(struct ui *ui, struct pane *p); /* to a view that has just been opened */
void ui_set_linear(struct ui *ui, bool linear);
void ui_turn_times(struct ui *ui);

/* Handlers may close their overlay and go on: what they close is freed when the last one ends. */
void ui_enter(struct ui *ui);
void ui_leave(struct ui *ui);
void ui_close_overlays(struct ui *ui);
bool ui_is_covered(const struct ui *ui); /* by the top overlay, as a lock does */

void sign_in_tick(struct ui *ui); /* sign_in.c: locks where nobody is there */

void ui_drop_failure(struct ui *ui); /* at the next key */
void ui_drop_notice(struct ui *ui);  /* it is of no use any more */
void ui_expire_notice(struct ui *ui);
void ui_finish_notices(struct ui *ui);
/* Says a failure above the keys; err may hold no sentence. */
void ui_say_failure(struct ui *ui, enum rc rc, const struct err *err);

/* clock_notices.c: what is due next, and what was crossed since it was looked at last */
void clock_notices_read(struct ui *ui);
void clock_notices_tick(struct ui *ui);
/* due_notices.c: what requests and deployments did not do until a time in (from_ms, to_ms]. */
bool due_notices_say(struct ui *ui, int64_t from_ms, int64_t to_ms);
void clock_notices_finish(struct ui *ui);

/* cmd.c */
const char *ui_why_no_writing(const struct ui *ui); /* NULL: one may try */
void cmd_digits(struct ui *ui);
void cmd_finish(struct ui *ui);
int32_t cmd_key_chord(const struct key *key);
/* In whatever view it is; *ret_of is that view, NULL where it is global. */
const struct cmd *cmd_of_any(const struct ui *ui, const char *name, const struct view_ops **ret_of);
/* The first view with a command of this last part: "readiness-without". */
const struct view_ops *cmd_view_of_word(const struct ui *ui, const char *word, const char **ret);
const char *cmd_nearest(const struct ui *ui, const char *name);

/* cmd_global.c */
struct list *view_list(const struct view *v); /* NULL: it has none */
void view_list_changed(struct view *v);       /* another thing may be under the cursor */

/* view_board.c: shows the list's incidents as a board, the current one under the cursor */
enum rc board_start(struct ui *ui, struct list *list, struct err *err);

/* view_triage.c: shows the triage, begun anew */
enum rc triage_start(struct ui *ui, struct err *err);

/* import.c: a file comes in from the console */
struct import_result;
enum rc import_ask(struct ui *ui, struct view *v, struct err *err);
enum rc import_file(struct ui *ui, const char *typed, struct err *err);
void import_told(struct ui *ui, const char *name, const struct import_result *r);

/* import_table.c: shows what a table would change; Enter takes it in. `said`: its encoding, or NULL
 * where it is to be guessed */
struct encoding;
enum rc import_table_ask(struct ui *ui, const char *name, const struct encoding *said,
                         const char *text, size_t len, struct err *err);

/* saved_filters.c */
void saved_filters_load(struct ui *ui); /* those of the database, as they are now */
void saved_filters_finish(struct ui *ui);
enum rc saved_filter_save(struct ui *ui, const char *name, struct err *err); /* the line in force */
enum rc saved_filter_drop(struct ui *ui, const char *name, struct err *err);

/* saved_tabs.c */
void saved_tabs_read(struct list *l);   /* with their counts as they are now */
void saved_tabs_changed(struct ui *ui); /* others are saved: of every list */
void saved_tabs_draw(const struct list *l, struct canvas *c, struct rect r);

/* cmd_repeat.c */
bool repeat_is_possible(const struct ui *ui, const struct view *v);
enum rc repeat_last(struct ui *ui, struct view *v, struct err *err);
void repeat_finish(struct repeat *r);

/* Paints one cluster; columns used, 0 where it does not fit. */
int canvas_put(struct canvas *c, int x, int y, struct look look, const struct text_cluster *cl);
/* As much of text as is plain ASCII and falls on cells of one column, which most is; bytes put. y
 * and x are inside. */
size_t canvas_put_ascii(struct canvas *c, int x, int y, struct look look, const char *text,
                        size_t len);

void frame_unit(const struct ui *ui, char out[PIECE_BYTES]); /* unit and desk; "": no name */
void frame_add_link(struct pieces *ps, const struct ui *ui); /* frame_link.c */
void frame_add_time(struct pieces *ps, const struct ui *ui); /* from the right end inwards */
/* Who is here, and whether that is known, behind column `from` where there is room. */
void frame_draw_operator(const struct ui *ui, struct canvas *c, int y, int from);
enum operator_words {
        OPERATOR_ALL,   /* duarte (unproven) */
        OPERATOR_SHORT, /* duarte ? */
        OPERATOR_ROLE,  /* (unproven) */
        OPERATOR_NOT,
};
int frame_operator_width(const struct ui *ui, enum operator_words words);
void frame_draw(struct ui *ui, struct canvas *c);
int frame_margin(const struct ui *ui);                 /* columns at the left and the right */
void frame_draw_tabs(struct ui *ui, struct canvas *c); /* frame_tabs.c */
void frame_draw_footer(struct ui *ui, struct canvas *c);
/* frame_linear.c: the same as lines of text, and what was said last above the keys */
void frame_draw_linear(struct ui *ui, struct canvas *c);
void frame_draw_news_linear(const struct ui *ui, struct canvas *c);
void frame_draw_tiny(const struct ui *ui, struct canvas *c);
/* The look of a piece of rows 0, 1 and the last: an exercise has its own ground and ink there. */
struct look frame_look(const struct ui *ui, enum role ink, enum role ground, unsigned attr);
/* "EXERCISE EXERCISE EXERCISE name" stands in the middle of the first and the last row; from = to
 * where there is no exercise. */
struct exercise {
        char text[800];
        int from, to;
};
struct gap {
        int from, to;
};
#define NAMED_COLS 160 /* where the last row has room for the name of an exercise */
void frame_exercise(const struct ui *ui, int y, struct exercise *ret);
void frame_draw_exercise(const struct ui *ui, struct canvas *c, int y, struct exercise *ex,
                         struct gap free);

/* term_frame.c; {0} to begin with */
struct frame_out {
        char *bytes;
        size_t len, room;
};
void frame_add(struct frame_out *f, const char *bytes, size_t len);
/* A string of terminfo without its pauses; NULL adds nothing. */
void frame_add_capability(struct frame_out *f, const char *string);
void frame_add_cell(struct frame_out *f, const struct cell *cell, bool utf8);
void frame_send(struct frame_out *f); /* to stdout; it is empty afterwards */
void frame_finish(struct frame_out *f);

/* term_rows.c: a blank gets the look of the cell before it where that looks the same. */
void row_settle_blanks(const struct theme *theme, struct cell *row, int cols);
/* The next cells at or behind column x in which a row differs from what was shown (NULL: nothing is
 * known of it): [from, end), in whole characters, old and new. False: no more. */
bool row_next_run(const struct cell *was, const struct cell *is, int cols, int x, int *ret_from,
                  int *ret_end);

/* Where the blanks of one look begin that end a row, at or behind `from`; cols where there are
 * none.
 */
int row_tail(const struct cell *row, int from, int cols);

/* The characters of a cell as the C library has them, ended by 0; true where they take all of its
 * columns. */
bool cell_characters(const struct cell *cell, bool utf8, wchar_t out[4]);

/* term_paint.c: what is sent of a picture, the runs of cells that differ from what the terminal
 * shows, each with the bytes that select its look. Knows no curses: term.c says what looks and
 * places are in bytes. */
#define BRUSHES     256 /* looks kept, by a hash */
#define BRUSH_BYTES 96
#define CAP_BYTES   32

/* A look in this theme on this terminal: the bytes from no look at all to this one, and back. */
struct brush {
        bool known;
        struct look look;
        unsigned attrs; /* brushes of the same differ in colour only */
        bool covers;    /* its colours replace any other's */
        bool erases;    /* an erased cell has this look too */
        char on[BRUSH_BYTES], off[BRUSH_BYTES];
        size_t on_len, color_at, off_len; /* on: attributes, from color_at colours */
};

struct cap {
        char bytes[CAP_BYTES];
        size_t len; /* 0: the terminal can't */
};

struct painter {
        const struct theme *theme;
        bool utf8;
        bool scrolls_at_end; /* the last cell of the screen can't be written */
        struct cap clear, erase, show_cursor, hide_cursor;
        void (*make_brush)(struct painter *p, struct look look, struct brush *ret);
        void (*go)(struct painter *p, int x, int y); /* adds the bytes that place the cursor */
        int cols, rows;                              /* as far as the terminal shows the canvas */
        /* ---- its own, 0 to begin with ---- */
        struct frame_out out;
        struct brush *brush; /* what the terminal writes with; NULL = no look */
        struct brush brushes[BRUSHES];
        struct canvas *shown; /* NULL: nothing known of what is on the screen */
        bool cursor_hidden;
        int cursor_x, cursor_y;
};

/* Adds to the frame what differs; all: everything, on a cleared screen. */
void painter_paint(struct painter *p, const struct canvas *c, bool all);
void painter_forget(struct painter *p);         /* what is shown */
void painter_forget_brushes(struct painter *p); /* and what looks are */
void painter_finish(struct painter *p);

/* term_input.c; {0} to begin with */
struct paste {
        char *bytes;
        size_t len;
        bool on;
        int64_t ns; /* of the last character */
};
void paste_begin(struct paste *p);
void paste_add(struct paste *p, uint32_t cp);
const char *paste_end(struct paste *p);    /* borrowed until the next one begins */
bool paste_is_lost(const struct paste *p); /* it has paused for so long that its end won't come */
void paste_finish(struct paste *p);

struct click {
        int x, y;
        int64_t ns; /* 0 = none that a second one could follow */
};
bool click_is_twice(struct click *last, int x, int y);

/* term_raw.c */
void term_bracketed_paste(bool on);
void term_ask_width(void); /* sends; the answer is read as a key */

void frame_zone(struct ui *ui, int x, int y, int w, int32_t chord);

/* overlay_place.c: a rectangle of this size in the area that leaves the current row visible. */
struct rect overlay_place(const struct canvas *c, struct rect area, int w, int h);

/* form.c, form_draw.c */
struct form_state {
        struct form f; /* strings are in the arena */
        struct arena arena;
        struct form_fields fields;
        size_t at; /* fields.count = the submit row */
        int scroll;
        int text_rows;   /* that a field of several lines has, as last painted */
        char error[512]; /* the whole form is refused */
        char *follows;   /* from what is typed; NULL: nothing is said */
        bool follows_refused;
        bool unsaved, restored;
        int64_t saved_ns;
};

void form_draw(const struct overlay *o, struct canvas *c, struct rect area);

/* list.c, list_page.c, list_marks.c, list_draw.c */
struct filter_context list_filter_context(const struct list *l); /* for lines of its kind, now */
#define LIST_FLASHES_MAX 64

struct list_flash {
        int64_t rid, at_ms;
        uint64_t fields; /* whose values others changed, of those shown */
};

struct saved_tab {
        size_t saved;  /* which */
        int64_t count; /* -1: it takes a scan */
};

struct list {
        struct ui *ui;
        const struct kind *kind;
        struct columns columns;
        char *hint, *noun, *plural;
        const char *term, *said; /* borrowed for good */
        char *line;              /* the filter in force */
        struct arena filter_arena;
        struct filter filter;
        struct query *query;
        struct query *next; /* scanned after a change, until the cursor's row is found in it */
        bool look_again;    /* the database changed */
        bool touched;       /* the next change is one's own, to rows that stay where they are */
        bool other_rows;    /* the filter or the order changed: what comes is no news */
        struct marks keep, marked;
        struct marks acted;     /* of those kept: not read since */
        size_t hidden;          /* marked, but not in the filter */
        size_t top, at;         /* positions in the query */
        int64_t at_rid;         /* the thing under the cursor; 0 when empty */
        bool to_end;            /* the last row is gone to as soon as it is known */
        const struct row *held; /* list_hold() */
        int rows;
        struct arena page_arena;
        struct row *page;
        size_t page_first, page_count;
        struct ref_name *names; /* of the things that rows of the page are about */
        size_t name_count;
        struct list_flash flashes[LIST_FLASHES_MAX]; /* oldest first */
        size_t flash_count;
        int ref_width;
        int64_t total, unacked, conflicts;
        struct saved_tab tabs[SAVED_MAX]; /* the saved filters that fit its kind */
        size_t tab_count;
        unsigned generation; /* grows when rows must be painted anew: another page or columns */
        struct row_cache *painted; /* rows as they were painted; no part of what is shown */
};

/* list_cache.c: a row that did not change is copied, not laid out again. */
struct row_key {
        int64_t rid, minute;
        unsigned generation;
        int w;
        bool marked, strong, faint;
        uint64_t changed;
};
struct row_cache *row_cache_create(void);
void row_cache_destroy(struct row_cache *rc);
/* Puts the row on the canvas where it is kept under this key; else false. */
bool row_cache_get(const struct row_cache *rc, size_t position, const struct row_key *key,
                   struct canvas *c, struct rect r);
void row_cache_keep(struct row_cache *rc, size_t position, const struct row_key *key,
                    const struct canvas *c, struct rect r);
void row_cache_drop(struct row_cache *rc, size_t position);

enum rc list_fetch_acted(
        struct list *l); /* of the page only the rows just acted on, or all that are kept */
bool list_wants_page(const struct list *l);
enum rc list_fetch_page(struct list *l, struct err *err);
enum rc list_need_page(struct list *l, struct err *err);
void list_follow_end(struct list *l); /* to the last row known, if End was pressed */
/* Keeps cursor and top inside what is known and the cursor inside the window. */
void list_settle(struct list *l);
void list_go(struct list *l, size_t position);
const char *list_filter_said(const struct list *l); /* what the filter means; NULL: not said */
/* list_linear.c */
void list_draw_linear(const struct list *l, struct canvas *c, struct rect r, bool focus);
void list_draw_summary_linear(const struct list *l, struct canvas *c, struct rect r);

/* list_news.c */
struct list_seen;
struct list_seen *list_remember(const struct list *l); /* the page before a reload; malloc'ed */
void list_tell_news(struct list *l, const struct list_seen *seen, const struct query *old);
int64_t list_flashed_at(const struct list *l, int64_t rid); /* CLOCK_NONE: not lately */
uint64_t list_changed_now(const struct list *l, int64_t rid);
/* How many marked rows the filter hides: counted when marks or rows change, not when painted. */
void list_count_hidden(struct list *l);

#endif
