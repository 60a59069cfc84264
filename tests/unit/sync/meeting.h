/*
 * A database that meets a scripted server: a desk with a fixed clock, one remote, one exchange.
 */
#ifndef MUSTER_TESTS_SYNC_MEETING_H
#define MUSTER_TESTS_SYNC_MEETING_H

#include "base/clock.h"
#include "base/mem.h"
#include "server.h"
#include "store/remotes.h"
#include "sync/exchange.h"
#include "unit/desk.h"

#define NOW         DESK_NOW
#define C_ID        "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
#define AT          "/api/collections/" C_ID "/"
#define LIST        "GET " AT "objects/"
#define MANIFEST    "GET " AT "manifest/"
#define POST        "POST " AT "objects/"
#define LAST(stamp) "X-TAXII-Date-Added-Last: " stamp "\r\n"

struct meeting {
        struct desk desk;
        struct http *http;
        struct server server;
        struct remote remote; /* as it was kept last; in the arena */
        struct arena a;
        struct exchange *x;
        struct exchange_report report;
};

/* The server knows discovery, root and collection, which may be read; the remote's ceiling is
 * AMBER+STRICT. */
void meet(struct meeting *m);
void meet_writing(struct meeting *m); /* it may be written too */
void meet_ordered(struct meeting *m); /* a server like muster-hub */
void meet_of(struct meeting *m, const char *root, const char *collection);
void part(struct meeting *m);
/* One complete round; what came of it is in m->report, and the remote is read again. */
void round_trip(struct meeting *m);
void open_exchange(struct meeting *m, bool once);
/* With m->remote as the test has altered it, which was not kept. */
enum rc open_altered(struct meeting *m, bool once, struct err *err);
/* Turns it until it is over, or rests or waits for a time that is not yet. */
void settle(struct meeting *m);
void look(struct meeting *m); /* reads report and remote */
void save_remote(struct meeting *m);

void new_incident(struct meeting *m, const char *title, const char *tlp, char id[STIX_ID_MAX]);
bool holds(struct meeting *m, const char *id);
/* An incident of others; malloc'ed. */
char *theirs(int number, const char *name);
#define THEIRS(n) "incident--00000000-0000-4000-8000-00000000000" #n
/* An envelope with some of theirs, from number on; `more` is what follows the list. malloc'ed. */
char *envelope(int from, int count, const char *more);

void went_well(const struct meeting *m, int received);        /* the last round: so many came */
void watermark_is(const struct meeting *m, const char *text); /* NULL: there is none */

#endif
