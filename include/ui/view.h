/*
 * A view is one screen: one const table. load reads, draw paints a const state, commands change.
 * A new view costs one file and one word in VIEWS below.
 */
#ifndef MUSTER_UI_VIEW_H
#define MUSTER_UI_VIEW_H

#include "base/mem.h"
#include "model/kind.h"
#include "ui/canvas.h"
#include "ui/cmd.h"

/* Every view, by its digit's order; then those that are gone to by name alone; then those that
 * stand under another one's name. X(symbol): const struct view_ops view_<symbol>. */
#define VIEWS(X)                                                                                   \
        X(incidents)                                                                               \
        X(requests)                                                                                \
        X(experts)                                                                                 \
        X(equipment)                                                                               \
        X(deployments)                                                                             \
        X(playbooks) X(log) X(exchange) X(participants) X(teams) X(agreements) X(rotas) FACES(X)
#define FACES(X)                                                                                   \
        X(board) X(triage) X(chart) X(expertchart) X(teamchart) X(equipmentchart) X(runs) X(run)

/* What changed: bits that views name in .topics. */
enum topic {
        TOPIC_INCIDENTS = 1 << 0,
        TOPIC_LOG = 1 << 1,
        TOPIC_PARTICIPANTS = 1 << 2,
        TOPIC_CLOCK = 1 << 3,    /* the minute changed */
        TOPIC_EXCHANGE = 1 << 4, /* remotes, and what goes there */
        TOPIC_REQUESTS = 1 << 5,
        TOPIC_ROSTERS = 1 << 6, /* experts, teams, equipment, agreements, rotas */
        TOPIC_DEPLOYMENTS = 1 << 7,
        TOPIC_PLAYBOOKS = 1 << 8, /* and runs of them */
        TOPIC_ALL = ~0,
};

/* What an act on a thing of the kind changes (src/ui/topics.c). */
unsigned topics_of_kind(const struct kind *kind);

/* Figures beside a view's name in the second line. */
struct view_badge {
        long count;               /* < 0: none */
        long unacked;             /* shown as !3 */
        const char *unacked_word; /* what those are; NULL: "unacknowledged" */
        long conflicts;           /* shown as ≠1 */
        bool more;                /* count is a lower bound */
};

struct things_setup;
struct view {
        const struct view_ops *ops;
        struct ui *ui;
        void *state;    /* ops->state_size bytes, zeroed at open */
        unsigned stale; /* topics that changed since the last load */
        bool loaded;
};

struct view_ops {
        const char *name;  /* "incidents": commands are incidents.* or incident.*  */
        const char *title; /* "Incidents"                                          */
        const char *brief; /* "Inc", at 80 columns                                 */
        char digit;        /* '2': from anywhere to here; 0: by name, or with .under */
        const char *under; /* another face of that view: "incidents"; or NULL      */
        const char *noun;  /* "incident", for sentences                            */
        unsigned topics;   /* reload when one of these changed                     */
        const struct things_setup *things; /* ui/things_view.h; NULL: it is no such view */
        size_t state_size;
        const struct cmd *cmds;
        size_t cmd_count;
        const struct key *keys;
        size_t key_count;
        enum rc (*open)(struct view *v, struct err *err); /* once */
        enum rc (*load)(struct view *v,
                        struct err *err); /* store -> state; never draws; RC_BUSY: call again */
        /* Before a picture: reads what the cursor came to rest on, once for all the keys since the
         * last one. May be NULL. */
        enum rc (*settle)(struct view *v, struct err *err);
        void (*draw)(const struct view *v, struct canvas *c,
                     struct rect r); /* state -> cells; can't fail */
        void (*badge)(const struct view *v, struct view_badge *ret);
        /* An answer by its letter, shown beside it: before the tables of keys; false = not mine. */
        bool (*chord)(struct view *v, int32_t chord);
        /* Mouse at a cell inside the view's rectangle; false = not mine. */
        bool (*mouse)(struct view *v, int x, int y, struct rect r, int button, bool twice);
        void (*resize)(struct view *v,
                       struct rect r); /* geometry for paging; called before load and draw */
        /* Esc: closes the innermost thing of the view; false = nothing to close. */
        bool (*back)(struct view *v);
        /* The current thing: its STIX id and reference, or NULL. For y, palette, status line. */
        const char *(*current)(const struct view *v, const char **ret_ref);
        /* Brings a thing under the cursor, taking the filter away where it hides it; false = not a
         * thing of this view. May be NULL. */
        bool (*show)(struct view *v, const char *id);
        /* Takes back what was done last in what is shown, in the place of what was done last at
         * all; says what. malloc'ed. NULL: the latter. */
        enum rc (*undo)(struct view *v, char **ret_sentence, struct err *err);
        /* It is what is seen from now on, or no longer. May be NULL. */
        void (*shown)(struct view *v, bool is);
        void (*save)(struct view *v); /* the program leaves: keep drafts; may be NULL */
        void (*close)(struct view *v);
};

#define X(symbol) extern const struct view_ops view_##symbol;
VIEWS(X)
#undef X

size_t view_count(void);
const struct view_ops *view_at(size_t i);

#endif
