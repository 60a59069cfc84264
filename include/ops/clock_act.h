/*
 * What start, stop and file do, as elements of an incident's sets (model/clocks.h). These checks
 * need the law, which every console may have in another version: so they are made here, where an
 * act is made, and not by the guards that are asked at fold time.
 */
#ifndef MUSTER_OPS_CLOCK_ACT_H
#define MUSTER_OPS_CLOCK_ACT_H

#include "model/clocks.h"

#include "ops/ops.h"

#define CLOCK_ELEMENTS_MAX 128

struct clock_change {
        struct act_element elements[CLOCK_ELEMENTS_MAX];
        size_t count;
        const char *text;    /* the act's sentence */
        int64_t occurred_ms; /* when it happened   */
};

/* An act on its way: its details are read. */
struct clock_doing {
        struct ops *ops;
        const struct folded *f;
        const struct act *act;
        int64_t now_ms;
        struct arena *a;
        struct clock_list list;
        struct clock_change *ret;
};

/* Nothing for verbs that are not about clocks. */
enum rc clock_change_make(struct ops *ops, const struct folded *f, const struct act *act,
                          int64_t now_ms, struct arena *a, struct clock_change *ret,
                          struct err *err);

enum rc clock_file(struct clock_doing *d, struct err *err);

/* CLOCK_NONE where the detail is not given. */
int64_t clock_detail_ms(const struct act *act, const char *name);
void clock_change_add(struct clock_doing *d, const char *field, const char *item, bool remove);
enum rc clock_refuse_rule(const struct clock_doing *d, const char *name, struct err *err);
/* "2026-11-24 01:04Z", in the arena. */
const char *clock_instant(int64_t ms, struct arena *a);

#endif
