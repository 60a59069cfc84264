/*
 * What the fault tests share: a small desk with a few incidents, made anew or copied, and a look at
 * whether it is still sound.
 */
#ifndef MUSTER_TESTS_DESK_H
#define MUSTER_TESTS_DESK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "model/clock_law.h"
#include "model/words.h"
#include "ops/import.h"
#include "ops/ops.h"
#include "store/journal.h"
#include "store/outbox.h"

static inline void must(enum rc rc, const struct err *err, const char *what)
{
        if (rc == RC_OK)
                return;
        printf("not ok %s: %s\n", what, err->text);
        exit(1);
}

static const struct clock_law *desk_law; /* of every desk that is opened; or NULL */

static inline enum rc desk_open(const char *path, int mode, const struct words *words,
                                struct ops *ret, struct err *err)
{
        return ops_open(&(struct ops_options){.path = path,
                                              .mode = mode,
                                              .operator= "duarte",
                                              .words = words,
                                              .law = desk_law,
                                              .unit_name = "Fault desk"},
                        ret, err);
}

/* One incident of another unit as STIX; n makes it its own. */
static inline char *desk_object(unsigned n)
{
        return xasprintf("{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":\"incident--"
                         "00000000-0000-4000-8000-"
                         "%012x\",\"created\":\"2026-11-24T08:00:00.000Z\",\"modified\":\"2026-11-"
                         "24T08:00:00.000Z\","
                         "\"name\":\"Outage %u\",\"description\":\"Seen at site %u\"}",
                         n, n, n);
}

static inline char *desk_bundle(unsigned from, unsigned count)
{
        struct str s;
        str_init(&s, 64 * 1024 * 1024);
        str_add(&s, "[");
        for (unsigned i = 0; i < count; i++) {
                char *o = desk_object(from + i);
                str_addf(&s, "%s%s", i ? "," : "", o);
                free(o);
        }
        str_add(&s, "]");
        return str_take(&s);
}

static inline enum rc desk_import(struct ops *ops, const char *document, struct import_result *ret,
                                  struct err *err)
{
        struct jsplit_memory m = {.bytes = document, .len = strlen(document)};
        struct jsplit_source src = jsplit_from_memory(&m);
        return ops_import(ops, &src, &(struct import_options){.name = "test.json"}, ret, err);
}

static inline void desk_remove(const char *path)
{
        static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".console", ".key"};
        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                char *p = xasprintf("%s%s", path, ends[i]);
                unlink(p);
                free(p);
        }
}

static void desk_finding(void *ctx, const char *finding)
{
        struct err *err = ctx;
        err_set(err, RC_FAIL, "%s", finding);
}

/* Integrity of the file, chain of the journal, bytes of the versions. */
static inline enum rc desk_sound(struct ops *ops, struct err *err)
{
        struct journal_report report;
        enum rc rc = store_check(ops->store, desk_finding, err, err);
        if (rc != RC_OK || err->text[0])
                return rc != RC_OK ? rc : RC_FAIL;
        return journal_verify(ops->store, &report, err);
}

#endif
