/*
 * The documents of a clock law while they are read.
 */
#ifndef MUSTER_MODEL_CLOCK_LAW_READ_H
#define MUSTER_MODEL_CLOCK_LAW_READ_H

#include "base/json.h"
#include "base/mem.h"
#include "model/clock_law.h"

/* One object of a document. `at` names it in errors, with the dot behind it; "" is the document. */
struct law_reader {
        const struct json_t *obj;
        const char *at;
        struct arena *a; /* what is read lives in it */
        struct err *err;
};

/* Members of the object. An absent one that is not needed leaves *ret as it is. */
enum rc law_text(const struct law_reader *r, const char *key, bool needed, size_t max,
                 const char **ret);
enum rc law_number(const struct law_reader *r, const char *key, int least, int most, int *ret);
enum rc law_flag(const struct law_reader *r, const char *key, bool *ret);
/* A list of at most max members; NULL and 0 where it is absent. */
enum rc law_list(const struct law_reader *r, const char *key, size_t max, const struct json_t **ret,
                 size_t *ret_count);

/* A date "2026-11-24" as a day (model/calendar.h); false where it is none. */
bool law_day(const char *text, int64_t *ret);

enum rc law_read_regime(const struct law_reader *r, struct clock_regime *ret);
enum rc law_read_calendar(const struct law_reader *r, struct calendar *ret);

#endif
