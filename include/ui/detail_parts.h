/*
 * The contents of a detail's tabs, as functions of what was read. Each gives back how many rows it
 * has in all and how many the window shows, so that scrolling can stop at the end.
 */
#ifndef MUSTER_UI_DETAIL_PARTS_H
#define MUSTER_UI_DETAIL_PARTS_H

#include "model/clocks.h"
#include "ops/help_of.h"
#include "ui/columns.h"
#include "ui/ui.h"

#define DETAIL_RELATIONS_MAX 8
#define DETAIL_NAMES_MAX     64

/* One row of the timeline: of the log, or an event that others tell of. */
struct detail_moment {
        int64_t at_ms; /* by which it stands where it does */
        const struct row *row;
        const struct thing *event; /* one of the two is NULL */
};

/* A deployment or a request, and how far it is in words. */
struct detail_helper {
        struct row row;
        const char *line;
};

struct detail_data {
        struct ops_view view;
        struct clock_list clocks;
        struct row *log; /* newest first */
        size_t log_count;
        int64_t log_total;
        struct detail_moment *moments; /* of what is read, newest first */
        size_t moment_count;
        int64_t at_ms;  /* as it was known then; CLOCK_NONE = now           */
        bool by_entry;  /* moments are in the order in which they were entered */
        bool said_only; /* without what the system wrote by itself */
        const char
                *others[DETAIL_RELATIONS_MAX]; /* the other ends of the first relations, in words */
        struct ref_name *names;                /* of what its fields name */
        size_t name_count;
        struct row *runs; /* of playbooks, on an incident: those under way first, then the newest */
        size_t run_count;
        struct detail_helper *help; /* to an incident: deployments, then requests */
        size_t help_count;
};

/* ---- reading (detail_read.c) -------------------------------------------------------------------
 */

#define DETAIL_LOG_ALL 1000000

struct detail_wanted {
        size_t log; /* rows of it */
        bool by_entry, said_only;
        int64_t at_ms; /* as it was known then; CLOCK_NONE = now */
};
/* All in the arena. RC_NOTFOUND: it is not held, or was not known then. */
enum rc detail_read(struct ui *ui, const char *id, const struct detail_wanted *w, struct arena *a,
                    struct detail_data *ret, struct err *err);

/* ---- clocks ------------------------------------------------------------------------------------
 */

/* Which clock the cursor is on and which one is open, by rule and anchor, so that they stay with
 * their clocks when the list is read anew. */
#define CLOCK_KEY_BYTES (CLOCK_RULE_ID_MAX + 32)
struct clock_cursor {
        char at[CLOCK_KEY_BYTES], open[CLOCK_KEY_BYTES];
        bool why; /* all are open: the text of their rules, and how their due times follow */
};

struct detail_draw {
        const struct ui *ui;
        const struct detail_data *data;
        const struct clock_cursor *clocks;
        uint64_t changed; /* fields whose values others changed lately */
        int scroll;
        bool focus;
};

struct detail_extent {
        int rows, window, width;
};

/* ---- tabs (detail_tabs.c): a row and a function each ------------------------------------------
 */

#define DETAIL_TABS_MAX 16
struct detail_tab {
        const char *name;
        /* How many there are: shown beside the name if it is over `unsaid`; none and not `always`:
         * no tab. NULL: no number. */
        int64_t (*count)(const struct detail_data *data);
        int64_t unsaid;
        bool always;
        bool pages; /* more is read when its end is reached */
        struct detail_extent (*draw)(const struct detail_draw *d, struct canvas *c, struct rect r);
};
size_t detail_tab_count(void);
const struct detail_tab *detail_tab_at(size_t i);
bool detail_tab_is_shown(const struct detail_data *data, size_t i);
void detail_draw_tabs(const struct detail_data *data, size_t active, bool focus, struct canvas *c,
                      struct rect r);
/* The tab at x of that row; detail_tab_count() = none. */
size_t detail_tab_under(const struct detail_data *data, size_t active, int x, struct rect r);

struct detail_extent detail_draw_summary(const struct detail_draw *d, struct canvas *c,
                                         struct rect r);
/* detail_answers.c: "EXP-0001 Ana: asked 06:09Z, said yes 06:10Z", of the members of `asked` from
 * *at on that are of one; *at is moved behind them. In the arena. */
struct row_style;
const char *detail_answers_text(const struct value *v, size_t *at, const struct row_style *style,
                                struct arena *a);
struct detail_extent detail_draw_timeline(const struct detail_draw *d, struct canvas *c,
                                          struct rect r);
struct detail_extent detail_draw_events(const struct detail_draw *d, struct canvas *c,
                                        struct rect r);
struct detail_extent detail_draw_impacts(const struct detail_draw *d, struct canvas *c,
                                         struct rect r);
struct detail_extent detail_draw_tasks(const struct detail_draw *d, struct canvas *c,
                                       struct rect r);
struct detail_extent detail_draw_opinions(const struct detail_draw *d, struct canvas *c,
                                          struct rect r);
struct detail_extent detail_draw_reports(const struct detail_draw *d, struct canvas *c,
                                         struct rect r);
struct detail_extent detail_draw_clocks(const struct detail_draw *d, struct canvas *c,
                                        struct rect r);
int64_t detail_count_clocks(const struct detail_data *data);
/* Rows above the i-th clock; of all where there are not as many. */
int detail_clock_row(const struct detail_draw *d, int w, size_t i);
/* The first clock that begins in this row or below; how many there are, where none does. */
size_t detail_clock_from(const struct detail_draw *d, int w, long row);

/* detail_clock_cursor.c */
size_t clock_cursor_at(const struct clock_cursor *cc, const struct clock_list *list);
void clock_cursor_put(struct clock_cursor *cc, const struct clock_list *list, size_t i);
bool clock_cursor_opens(const struct clock_cursor *cc, const struct clock *c);
void clock_cursor_toggle(struct clock_cursor *cc, const struct clock_list *list);
/* One clock up or down where that one is in sight; false: the rows move. *scroll follows. */
bool clock_cursor_step(struct clock_cursor *cc, const struct detail_draw *d,
                       const struct detail_extent *extent, int by, long *scroll);
/* Onto the first in sight, where its own is not. */
void clock_cursor_follow(struct clock_cursor *cc, const struct detail_draw *d,
                         const struct detail_extent *extent, long scroll);
struct detail_extent detail_draw_runs(const struct detail_draw *d, struct canvas *c, struct rect r);
/* detail_help.c */
enum rc detail_read_help(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret,
                         struct err *err);
struct detail_extent detail_draw_help(const struct detail_draw *d, struct canvas *c, struct rect r);

/* detail_pairs.c: entries of two lines each, and a hint below where there are any. Borrowed. */
struct detail_pair {
        enum glyph sign;
        enum role ink;
        const char *ref, *title, *line;
        int64_t due_ms, ended_ms; /* CLOCK_NONE = none */
};
struct detail_extent detail_draw_pairs(const struct detail_draw *d, const struct detail_pair *pairs,
                                       size_t count, const char *hint, struct canvas *c,
                                       struct rect r);
/* The one that Enter opens; NULL: there is none. */
const struct row *detail_first_run(const struct detail_data *data);
struct detail_extent detail_draw_raw(const struct detail_draw *d, struct canvas *c, struct rect r);

/* detail_more.c: "▾ 5 more lines", ending before right_x; a line that it covers is cut with a sign.
 */
void detail_draw_more(struct canvas *c, int right_x, int y, int lines);

/* ---- entries (detail_entries.c): what the tabs of parts are made of ----------------------------
 */

struct detail_fact {
        const char *label, *value;
};
#define DETAIL_FACTS_MAX 10
struct detail_entry {
        const char *when;
        enum role when_ink;
        enum glyph glyph; /* GLYPH_COUNT: none */
        enum role ink;    /* of sign and state */
        const char *state, *title;
        struct detail_fact facts[DETAIL_FACTS_MAX];
        size_t fact_count;
        const char *text; /* or NULL */
        size_t group;     /* which section it stands in */
};
struct detail_list {
        const struct kind *kind;   /* of the parts shown */
        const char *const *groups; /* titles of the sections; NULL: one without a title */
        size_t group_count;
        /* What is shown of a part; ret is zeroed. Ungiven texts are "". */
        void (*say)(const struct detail_draw *d, const struct thing *part, struct arena *a,
                    struct detail_entry *ret);
};
struct detail_extent detail_draw_list(const struct detail_draw *d, const struct detail_list *list,
                                      struct canvas *c, struct rect r);
/* A time as exactly as it is known: `fidelity` is "day", "month", "year", or anything finer. */
const char *detail_when(const struct detail_draw *d, int64_t ms, const char *fidelity,
                        struct arena *a);

/* ---- as it was known then (detail_then.c) ------------------------------------------------------
 */

/* Of the log, all of which was read, what was written until then, and what was known of it. */
void detail_forget_later(struct detail_data *data);
/* Says so in the first row of r; gives back what is left. */
struct rect detail_draw_then(const struct detail_draw *d, struct canvas *c, struct rect r);

/* ---- the timeline's order (detail_moments.c) ---------------------------------------------------
 */

void detail_merge(struct detail_data *data, struct arena *a);
/* Rows of the log that was read and are shown. */
size_t detail_log_shown(const struct detail_data *data);
int64_t detail_moment_total(const struct detail_data *data);

#endif
