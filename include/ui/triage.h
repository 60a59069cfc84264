/*
 * Triage: the queue of what nobody here has taken note of, one incident at a time, one question at
 * a time, one key per question. What the files of it share.
 *
 * The answers about one incident are saved as one transaction when it is acknowledged; until then
 * they are a draft (store/outbox.h, "triage.ID"), written as that of a form is: on leaving, and
 * once a second, so that a crash costs the last second.
 */
#ifndef MUSTER_UI_TRIAGE_H
#define MUSTER_UI_TRIAGE_H

#include "store/alike.h"
#include "ui/columns.h"
#include "ui/detail.h"
#include "ui/glyph.h"
#include "ui/list.h"
#include "ui/role.h"
#include "ui/view.h"

#define TRIAGE_CHOICES_MAX 16
#define TRIAGE_VALUE_BYTES 256
#define TRIAGE_ALIKE_MAX   5
#define TRIAGE_NEXT_MAX    2
#define TRIAGE_PEOPLE_MAX  4

/* ---- triage_queue.c: which incidents, in which order ------------------------------------------
 */

enum triage_state {
        TRIAGE_TO_DO,
        TRIAGE_DONE, /* acknowledged, parked or closed here */
        TRIAGE_GONE, /* somebody else did: nothing is left to do */
        TRIAGE_STATES
};
struct triage_entry {
        uint32_t rid;
        enum triage_state state;
};
/* Oldest first; what comes in later joins the end, and nothing else moves by itself. */
#define TRIAGE_LINE "is:unacked status:open sort:created"
struct triage_queue {
        struct triage_entry *entries;
        size_t count, room, at;                    /* at == count: none is left */
        size_t counts[TRIAGE_STATES], gone_before; /* of them, before `at` */
        struct query *scan; /* of what is unacknowledged, under way; or NULL */
        bool growing;       /* it is the first one: what it finds is taken as it comes */
        size_t taken;       /* of that */
        bool only_marked;   /* nothing joins */
};
void triage_queue_finish(struct triage_queue *q);
void triage_queue_add(struct triage_queue *q, int64_t rid);
/* Looks what is unacknowledged now. RC_BUSY: call again; at first there are some already. */
enum rc triage_queue_look(struct triage_queue *q, struct ui *ui, struct err *err);
void triage_queue_look_anew(struct triage_queue *q); /* others wrote while one looked */
void triage_queue_later(struct triage_queue *q);     /* the current one goes to the end */
void triage_queue_next(struct triage_queue *q);      /* to the next with something to do */
bool triage_queue_back(struct triage_queue *q);      /* to the one before; false: there is none */
/* To the next that is to do and among these, around the end; false: there is no other. */
struct marks;
bool triage_queue_find(struct triage_queue *q, const struct marks *among);
void triage_queue_set(struct triage_queue *q, enum triage_state state); /* the current one's */
/* Which one the current is, from 1, of those that are not gone. */
size_t triage_queue_position(const struct triage_queue *q, size_t *ret_all);
size_t triage_queue_done(const struct triage_queue *q);
size_t triage_queue_left(const struct triage_queue *q);
/* The n-th (from 0) behind the current one that is to do; 0 = there is none. */
int64_t triage_queue_after(const struct triage_queue *q, size_t n);

/* ---- triage_alike.c: what looks like it ---------------------------------------------------------
 */

struct triage_alike {
        struct row row;
        const char *why; /* "same words: water, gateways" */
        int score;
};

/* ---- triage_ask.c: the questions ------------------------------------------------------------- */

enum triage_question { ASK_SEVERITY, ASK_CLASS, ASK_OWNER, ASK_ACK, ASK_COUNT };

struct triage_choice {
        int32_t chord;
        const char *label, *note; /* note NULL: none */
        const char *value;        /* NULL: it is asked for, or done */
        enum glyph glyph;         /* GLYPH_COUNT: none */
        enum role ink;
};
struct triage_ask {
        const char *question;
        char said[2 * TRIAGE_VALUE_BYTES]; /* beside it: the answer, or what stands now */
        const char *enter;                 /* what Enter does here, a sentence */
        struct triage_choice choices[TRIAGE_CHOICES_MAX];
        size_t count;
        int marked; /* that Enter takes; -1: none */
};

/* ---- view_triage.c: the state -----------------------------------------------------------------
 */

struct triage {
        struct list *list; /* of incidents: its marks are what is walked, where there are some */
        struct triage_queue queue;
        bool begun;
        int64_t begun_ms;
        size_t skipped; /* marked, but with nothing to do */

        struct arena arena; /* of the current one */
        bool shown;         /* there is a current one */
        struct row row;
        int64_t received_ms; /* CLOCK_NONE: it is ours */
        const char *same_as; /* the reference of which it is a duplicate; or NULL */
        struct triage_alike *alike;
        size_t alike_count, alike_more;
        struct row next[TRIAGE_NEXT_MAX];
        size_t next_count;
        bool overtaken; /* acknowledged by somebody else while it was shown */
        bool revisited; /* one that was done here */
        bool own;       /* the change told next is one's own: nothing is looked for */

        struct arena people_arena;
        struct person_load *people;
        size_t people_count;

        enum triage_question at;
        char answers[ASK_COUNT][TRIAGE_VALUE_BYTES];
        bool answered[ASK_COUNT];
        int cursor; /* choice that j and k marked; -1: the question's own */
        bool draft_due, draft_held;

        struct detail *detail;
        bool in_detail; /* the whole text is shown */
};

/* triage_show.c */
bool triage_can_ack(const struct row *row);
bool triage_is_parked(const struct ui *ui, const struct row *row);
bool triage_is_to_do(const struct ui *ui, const struct row *row); /* and is not parked */
enum rc triage_begin(struct view *v, struct err *err);            /* the queue from the start */
enum rc triage_show(struct view *v,
                    struct err *err); /* what the queue stands at, from its first question */
enum rc triage_step_on(struct view *v, struct err *err);    /* to the next one */
enum rc triage_look_again(struct view *v, struct err *err); /* what others did meanwhile */

/* triage_answer.c */
bool triage_chord(struct view *v, int32_t chord);
/* Saves what was answered, and then does `last` (NULL: nothing), in one transaction; goes on to the
 * next one and says it. */
enum rc triage_finish(struct view *v, const struct ops_request *last, const char *said,
                      struct err *err);
enum rc triage_later(struct ui *ui, struct view *v, struct err *err);

void triage_ask(const struct view *v, enum triage_question q, struct triage_ask *ret);
const char *triage_field_of(enum triage_question q); /* "severity"; NULL */
const char *triage_verb_of(enum triage_question q);

enum rc triage_find_alike(struct ui *ui, struct triage *t, struct err *err);

/* triage_find.c: asks for a filter line. */
enum rc triage_find(struct ui *ui, struct view *v, struct err *err);

/* triage_leave.c: later, and the same as another */
enum rc triage_park(struct ui *ui, struct view *v, struct err *err);
enum rc triage_duplicate(struct ui *ui, struct view *v, struct err *err);

/* triage_draft.c: answers that are not acts yet */
void triage_draft_load(struct view *v);
void triage_draft_save(struct view *v);
void triage_draft_drop(struct view *v);
char *triage_draft_kept(const struct view *v); /* its key; NULL: there is none. malloc'ed */

/* triage_draw.c, triage_draw_came.c, triage_draw_ask.c */
void triage_draw(const struct view *v, struct canvas *c, struct rect r);
/* What came in with the questions: beside it, or below it. */
void triage_draw_split(const struct view *v, struct canvas *c, struct rect r);
void triage_draw_narrow(const struct view *v, struct canvas *c, struct rect r);
int triage_ask_rows(const struct triage_ask *ask,
                    int w); /* that its answers take where it is low */
void triage_draw_asks(const struct view *v, struct canvas *c, struct rect r);

#endif
