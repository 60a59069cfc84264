/*
 * What the files of this folder share: one exchange, with a lane for what is pulled and one for
 * what is pushed. Each lane has at most one request in flight; finding comes before both.
 */
#ifndef MUSTER_SYNC_PRIVATE_H
#define MUSTER_SYNC_PRIVATE_H

#include "base/clock.h"
#include "base/crypt.h"
#include "base/mem.h"
#include "base/str.h"
#include "ops/receive.h"
#include "ops/send.h"
#include "sync/exchange.h"
#include "wire/taxii.h"

#define SECOND_MS  INT64_C(1000)
#define MINUTE_MS  (60 * SECOND_MS)
#define PAGE_LIMIT 500 /* objects that are asked for at once */
#define HEAD_BYTES 64  /* of an envelope */
#define WAIT_S     4   /* of a long poll: a dead line shows within 5 s */

/* One request, and who is told. */
struct call {
        struct exchange *x;
        int64_t ticket;
        bool busy;
        void (*done)(struct exchange *x, const struct http_reply *reply);
};
struct ask {
        const char *url;
        const struct str *body; /* NULL: GET; borrowed until it is done */
        size_t body_max;        /* 0: of a page */
        int wait_s;
        void (*done)(struct exchange *x, const struct http_reply *reply);
};

#define SEEN_MAX ((size_t)4 << 20) /* beyond, nothing is known to be seen */
/* Numbers that were met; for what a walk has seen. */
struct seen {
        uint64_t *slots;
        size_t count, cap;
        uint8_t key[NUMBER_KEY_BYTES]; /* drawn with the first */
};
bool seen_add(struct seen *s, const void *bytes, size_t len); /* false: it was there */
bool seen_has(const struct seen *s, const void *bytes, size_t len);
void seen_clear(struct seen *s);

struct finding {
        struct call call;
        struct arena a;
        const char *const *roots; /* candidates, resolved */
        size_t count, at;
        const char *root;    /* that is being looked at */
        bool guessed;        /* /taxii2/ was tried */
        const char *skipped; /* a root at another address; or NULL */
        struct taxii_root found;
};

/* Pages whose objects wait for others, so that one transaction takes them together. */
struct kept {
        struct arena a;
        struct taxii_span *spans;
        size_t count, room, bytes;
        int64_t since_ns; /* the first of them came */
};

enum walk_what {
        WALK_OBJECTS, /* pages of objects */
        WALK_DATES,   /* the manifest, for the watermark: the server does not say it otherwise */
        WALK_MISSING, /* the manifest, for what we lack */
        WALK_SINGLE,  /* one object after the other */
};
struct pull {
        struct call call;
        enum walk_what what;
        bool walking, waits; /* on its way; its first request is a long poll */
        bool whole;          /* from the beginning */
        char *from, *next;   /* added_after and next of the request to come; NULL: none */
        int64_t from_us;     /* TAXII_NO_TIME: from the beginning */
        int limit;           /* objects that are asked for at once */
        int restarts, stale; /* of this walk; pages in a row that brought nothing unseen */
        bool brought;        /* it brought objects */
        int64_t fresh;       /* of them were new here */
        int64_t last_us;     /* greatest date added of the pages seen */
        char *last;          /* as the server writes it; NULL: it does not say */
        struct seen seen;    /* of this walk */
        struct kept back;    /* came, and is not in the database yet */
        struct seen there;   /* ids, where it goes through all that was known before */
        struct arena missing_arena;
        const char **missing; /* ids to get one by one */
        size_t missing_count, missing_cap, missing_at;
        int64_t lost;   /* of them could not be got */
        bool ran;       /* a walk was begun since it was opened */
        bool sure;      /* it answered since the line was last down: it is the one that we knew */
        bool doubts;    /* this walk is to tell whether it was set back */
        bool broken;    /* objects can't be listed there (row 23): one by one */
        int64_t due_ms; /* of the next walk; CLOCK_NONE: never */
        int64_t asked_ns;
};

struct item { /* a version on its way out */
        struct version v;
        bool waits; /* by the cursor */
        bool again; /* by a person's word */
        bool settled;
        bool shown, differs; /* it was read back; with other content */
};
struct range {
        size_t from, to;
};
#define RANGES_MAX 64
struct push {
        struct call call;
        bool wanted;
        char *error; /* it may not be written: until hold_ms, while pulling goes on; or NULL */
        int64_t hold_ms;
        struct arena a;     /* of the window */
        struct item *items; /* in the order of sending */
        size_t count;
        struct range todo[RANGES_MAX], batch;
        size_t todo_count;
        struct str body;
        bool posted; /* the batch is out, its status is not complete */
        char *status_id;
        int64_t poll_ms, due_ms, give_up_ms;
        bool reads; /* the batch is read back */
        size_t read_at, read_to;
        char *read_next;
        int read_pages;
        size_t release_at; /* of what is held: where to look next */
        struct seen along; /* vids and ids that went beside what waits */
};

struct exchange {
        struct ops *ops;
        struct http *http;
        bool once, finds_only, over, found, warned;
        struct arena setup;
        struct remote r; /* its root, watermark and error are ours: */
        char *root, *watermark, *error;
        char *collection_url; /* of the collection, with its slash */
        char *secret;
        size_t secret_len;
        struct http_auth auth;
        bool failed;             /* until next_ms */
        bool silent;             /* it failed, and no page came since: a new try is no answer */
        enum exchange_state how; /* OFFLINE or REFUSED: what its error is of */
        int64_t next_ms, saved_ms;
        bool dirty, wrote;
        struct finding find;
        struct pull pull;
        struct push push;
        struct seen refused;
        int64_t sent, received, merged, refused_count, held, pending;
};

/* ---- exchange_call.c
 * -------------------------------------------------------------------------------
 */

void call_start(struct exchange *x, struct call *c, const struct ask *ask);
void call_stop(struct exchange *x, struct call *c);
bool reply_is_ok(const struct http_reply *reply); /* 2xx */
/* Whatever was asked for, the server would say so: nobody answers, no credentials, too busy. */
bool reply_is_of_server(const struct http_reply *reply);
/* BASE FOLDER/NAME/, the name escaped; malloc'ed. */
char *url_below(const char *base, const char *folder, const char *name);

/* What is not dealt with otherwise: says so, stops both lanes and waits. `what` begins the
 * sentence: "listing the objects". */
void exchange_fail_reply(struct exchange *x, const char *what, const struct http_reply *reply);
/* The sentence of it; malloc'ed. */
char *reply_sentence(const char *what, const struct http_reply *reply);
void exchange_fail(struct exchange *x, enum exchange_state how, int64_t retry_after_ms,
                   const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void exchange_success(struct exchange *x);  /* it answers: the count of failures begins anew */
void exchange_save(struct exchange *x);     /* what was learnt */
void exchange_stop(struct exchange *x);     /* all that is on its way is forgotten */
void set_text(char **at, const char *text); /* NULL is none */

/* ---- the steps: each starts what it can; false: there is nothing to do -------------------------
 */

bool find_turn(struct exchange *x);
void find_stop(struct exchange *x);

bool pull_turn(struct exchange *x);
void pull_stop(struct exchange *x); /* forgets the walk */
/* exchange_pull.c for the next two */
/* The next page of a folder; where no URL holds what must be asked the walk is given up. */
void pull_ask(struct exchange *x, const char *folder, int wait_s,
              void (*done)(struct exchange *x, const struct http_reply *reply));
void pull_begin(struct exchange *x, enum walk_what what, bool whole);
/* Makes ready for the next page; false: there is none. `last_us` is the last date of this one. */
bool pull_go_on(struct exchange *x, bool more, const char *next, int64_t last_us, size_t unseen);
void pull_note_date(struct exchange *x, const char *text); /* NULL is none */
void pull_forget(struct pull *p);                          /* the walk */
int64_t pull_watermark_us(const struct exchange *x);       /* TAXII_NO_TIME: there is none */
/* exchange_keep.c */
/* Reads an answer and keeps its objects back; false: it failed, and all is stopped. The page is
 * valid until pull_keep(). */
bool pull_take(struct exchange *x, const struct http_reply *reply, struct taxii_page *ret,
               size_t *ret_unseen);
bool pull_keep(struct exchange *x); /* what was kept back comes in; false as before */
bool pull_keep_is_due(const struct exchange *x);
/* exchange_gone.c: what the server has, against what came from it */
bool gone_is_asked(const struct exchange *x); /* of this walk */
void gone_note(struct exchange *x, const char *id, size_t len);
void gone_note_page(struct exchange *x, const struct taxii_page *page);
void gone_end(struct exchange *x);
/* exchange_pull_end.c */
void pull_complete(struct exchange *x);                 /* more:false, all is committed */
void pull_give_up(struct exchange *x, const char *why); /* it can't be seen whole */
/* exchange_set_back.c: a server that was set back to an older state */
void set_back_ask(const struct exchange *x, struct str *url); /* of a hub, in the first request */
bool set_back_is_likely(const struct exchange *x); /* this walk did not show what it must */
bool set_back_is_sure(const struct exchange *x);   /* nor did one from the beginning */
/* All is asked for and all of ours goes there again; it has added nothing behind `last` (NULL: it
 * is empty). */
void set_back(struct exchange *x, const char *last);
/* exchange_manifest.c: the next request of a walk that is none of pages of objects */
void manifest_ask(struct exchange *x);

bool push_turn(struct exchange *x);
void push_stop(struct exchange *x);
/* exchange_window.c: reads a window; empty: nothing waits */
enum rc push_fill(struct exchange *x, struct err *err);
/* exchange_confirm.c: what became of a batch */
void confirm_begin(struct exchange *x, const struct http_reply *reply);
bool confirm_turn(struct exchange *x);
void confirm_doubt(struct exchange *x, const char *why); /* of all that is not settled */
void readback_ask(struct exchange *x); /* exchange_readback.c: the next request of reading back */
void push_settle(struct exchange *x, struct item *it); /* it was taken */
void push_put(struct exchange *x, struct item *it, enum delivery_state state, const char *why);
void push_batch_done(struct exchange *x);
size_t push_open_count(const struct push *p); /* of the batch, what is not settled */

#endif
