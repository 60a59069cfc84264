/*
 * The scanner under jsplit: a state machine over bytes that can stop and go on anywhere, so that it
 * works window by window. It checks UTF-8, structure and caps, says where spans begin and end, and
 * catches the few texts that tell what the document is.
 */
#ifndef MUSTER_SRC_BASE_JSPLIT_SCAN_H
#define MUSTER_SRC_BASE_JSPLIT_SCAN_H

#include "base/jsplit.h"

enum scan_event {
        SCAN_MORE,  /* all bytes are used up                          */
        SCAN_BEGIN, /* a span begins with the next byte               */
        SCAN_END,   /* a span has ended just before the next byte     */
        SCAN_BAD,   /* refused: `why` and `bad_at` say what and where */
};

enum scan_state {
        SCAN_VALUE,        /* a value                              */
        SCAN_FIRST_VALUE,  /* a value or "]"                       */
        SCAN_SPAN,         /* the value of a span just announced   */
        SCAN_KEY,          /* a key                                */
        SCAN_FIRST_KEY,    /* a key or "}"                         */
        SCAN_COLON,        /* ":"                                  */
        SCAN_AFTER,        /* "," or the closing bracket           */
        SCAN_STRING,       /* inside a string or key               */
        SCAN_ESCAPE,       /* behind a backslash                   */
        SCAN_HEX,          /* behind \u                            */
        SCAN_CONTINUATION, /* inside a UTF-8 sequence              */
        SCAN_NUMBER,       /* inside a number                      */
        SCAN_WORD,         /* inside true, false or null           */
        SCAN_ENDED,        /* the document is over                 */
};

/* What the value behind the last key is watched for. */
enum scan_watch { WATCH_NOTHING, WATCH_TYPE, WATCH_FIRST_TYPE, WATCH_OBJECTS };

struct scan {
        enum scan_state state;
        enum scan_event event;
        enum scan_watch watch;
        int depth;
        int span_depth;  /* values at this depth are spans; -1 = none is         */
        int first_depth; /* depth of the first span's own keys while it is open  */
        bool whole;      /* the document is one object, itself the only span     */
        bool in_span, in_key, has_objects;
        unsigned char left;      /* bytes or digits that the UTF-8 sequence or \u wants */
        unsigned char low, high; /* what the next continuation byte may be       */
        unsigned char number;    /* part of the number that is open              */
        const char *word;        /* what is left of true, false, null            */
        const char *from;        /* first byte of this run; `offset` is its place */
        uint64_t offset, begun_at, span_at;
        char *caught; /* where the open string is copied to; NULL = nowhere      */
        size_t caught_size, caught_len;
        char key[32];
        const char *why;
        uint64_t bad_at;
        struct jsplit_shape shape;
        bool is_list[JSPLIT_DEPTH_MAX + 1]; /* by depth: what is open there       */
};

/* ---- the machine: jsplit_scan.c */

void scan_init(struct scan *sc, bool whole);

/* Goes on at *p until something happens or `end` is reached; *p is moved behind what was used. */
enum scan_event scan_run(struct scan *sc, const char **p, const char *end);

/* The input is over: false, with `why` and `bad_at`, if the document is not. */
bool scan_finish(struct scan *sc);

/* ---- what the document is: jsplit_shape.c */

/* The open string is copied to out, as far as it fits. */
void scan_catch(struct scan *sc, char *out, size_t size);
void scan_catch_bytes(struct scan *sc, const char *s, size_t len);
void scan_catch_done(struct scan *sc);

/* A caught key is complete: decides what its value is watched for. NULL, or why it is refused. */
const char *scan_caught_key(struct scan *sc);

/* A watched value begins with c; false where it may not. */
bool scan_begin_watched(struct scan *sc, char c);

#endif
