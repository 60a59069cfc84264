/*
 * A view of the things of one kind: their list, and the detail of the one under the cursor. All
 * such views are the functions below and a struct things_setup; a new one is a file with its
 * columns, its commands and keys, as src/ui/view_participants.c.
 *
 * 200 columns and wider: list at the left, detail at the right. 120 to 199: list above, detail
 * below. Narrower: the detail replaces the list, and the line above the keys says what the columns
 * had no room for.
 */
#ifndef MUSTER_UI_THINGS_VIEW_H
#define MUSTER_UI_THINGS_VIEW_H

#include "ui/detail_cmds.h"
#include "ui/thing_cmds.h"

enum things_column_flag {
        THINGS_RIGHT = 1 << 0,  /* right-aligned      */
        THINGS_HIDDEN = 1 << 1, /* until O asks for it */
};

/* From left to right; when narrow the highest `lost` goes first, 0 never. */
struct things_column {
        const char *name; /* of the field */
        int lost, min, max;
        unsigned flags;
};

/* What a view of things is about; const for the life of the program. */
struct things_setup {
        const struct kind *kind;
        const char *plural; /* "incidents"; NULL: the kind's */
        const struct things_column *columns;
        size_t column_count;
        bool ages;               /* times of the list as ages: struct columns */
        const char *const *line; /* fields that the narrow list says below, up to NULL */
        const char *hint;        /* for the empty list: "+ adds one" */
        /* Of a new thing; NULL: as of what is added. */
        const char *submit_new; /* "Open the incident" */
        const char *opened;     /* "is open", behind its reference */
        const char *undo_new;   /* "u can't undo an opening, S closes it" */
};

/* That of the view, or of the one under whose name it stands; NULL: it shows no things. */
const struct things_setup *things_setup_of(const struct view *v);

enum things_layout { THINGS_ONE, THINGS_BELOW, THINGS_BESIDE };

struct things_view {
        struct list_view lv; /* first: the shared list commands find it here */
        struct detail *detail;
        enum things_layout layout;
        bool in_detail; /* it has the focus; in THINGS_ONE it is what is shown */
        bool again;     /* what the detail shows has changed */
        bool unseen;    /* while another view was shown */
        long at, step;  /* position at the last picture, and where it moved from there */
};

enum rc things_open(struct view *v, struct err *err);
enum rc things_load(struct view *v, struct err *err);
enum rc things_settle(struct view *v, struct err *err);
void things_draw(const struct view *v, struct canvas *c, struct rect r);
void things_badge(const struct view *v, struct view_badge *ret);
bool things_mouse(struct view *v, int x, int y, struct rect r, int button, bool twice);
void things_resize(struct view *v, struct rect r);
bool things_back(struct view *v);
const char *things_current(const struct view *v, const char **ret_ref);
bool things_show(struct view *v, const char *id);
void things_close(struct view *v);

void things_go_in(struct view *v); /* the focus goes into the detail */

enum rc things_cmd_enter(struct ui *ui, struct view *v, struct err *err);
enum rc things_cmd_pane(struct ui *ui, struct view *v, struct err *err);

/* What all rows of a struct view_ops have alike: the functions, and the tables `setup`, `cmds` and
 * `keys` of the file; with a state that begins with a struct things_view, a load and a badge of its
 * own. */
#define THINGS_VIEW THINGS_VIEW_OF(struct things_view, things_load, things_badge)
#define THINGS_VIEW_OF(state, loads, badges)                                                       \
        .things = &setup, .cmds = cmds, .cmd_count = ARRAY_LEN(cmds), .keys = keys,                \
        .key_count = ARRAY_LEN(keys), .state_size = sizeof(state), .open = things_open,            \
        .load = (loads), .settle = things_settle, .draw = things_draw, .badge = (badges),          \
        .mouse = things_mouse, .resize = things_resize, .back = things_back,                       \
        .current = things_current, .show = things_show, .close = things_close

/* ---- rows of tables: names of the view and of its kind, as literals ----------------------------
 */

#define THINGS_CMD_ENTER(kind, what)                                                               \
        {                                                                                          \
                .name = kind ".open-detail", .label = "open", .when = list_has_rows, .help = what, \
                .run = things_cmd_enter                                                            \
        }
#define THINGS_CMD_PANE(view)                                                                      \
        {                                                                                          \
                .name = view ".pane", .label = "pane", .when = list_has_rows,                      \
                .help = "Switch between list and detail", .run = things_cmd_pane                   \
        }

/* What every such view has; commands of the kind's own stand in front of them. */
#define THINGS_CMDS(view, kind)       THING_CMDS(kind), THINGS_CMDS_MORE(view, kind)
#define THINGS_CMDS_ASKED(view, kind) THING_CMDS_ASKED(kind), THINGS_CMDS_MORE(view, kind)
#define THINGS_CMDS_MORE(view, kind)                                                               \
        THINGS_CMD_ENTER(kind, "Open the " kind), THINGS_CMD_PANE(view), DETAIL_CMDS(view, kind),  \
                LIST_CMDS

/* Views of what can be booked have another face, the chart of time (ui/time_chart.h). */
enum rc chart_start(struct ui *ui, struct view *v, struct err *err); /* view_charts.c */
#define THINGS_CMD_CHART(view)                                                                     \
        {                                                                                          \
                .name = view ".chart", .label = "chart", .flags = CMD_FOOT,                        \
                .help = "Show who is booked when, as a chart of time", .run = chart_start          \
        }

/* Who is left of the experts: now, from everywhere, and without what is under the cursor
 * (readiness.c). */
enum rc readiness_cmd_all(struct ui *ui, struct view *v, struct err *err);
enum rc readiness_cmd_without(struct ui *ui, struct view *v, struct err *err);
#define THINGS_CMD_READINESS(view)                                                                 \
        {                                                                                          \
                .name = view ".readiness-without", .label = "who is left", .when = list_has_rows,  \
                .help = "Who is left when this one is away; Enter lists them",                     \
                .run = readiness_cmd_without                                                       \
        }

#define THINGS_KEYS(view, kind)                                                                    \
        THING_KEYS(kind), {"Enter", kind ".open-detail"}, {"Tab", view ".pane"},                   \
                DETAIL_KEYS(view), LIST_KEYS

#endif
