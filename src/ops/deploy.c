/*
 * A deployment of those who were chosen, alerted: one transaction.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/booking.h"
#include "model/machine.h"
#include "model/roster_count.h"
#include "model/when.h"
#include "ops/find.h"
#include "ops/rosters.h"

#include "ops_private.h"

#define TEXT_BYTES 100000
#define FIELDS_MAX 16
#define NAMES_MAX  3 /* in a title */

struct deploying {
        struct admission ad;
        const struct deploy *d;
        struct arena *a;
        struct row about;
        struct ops_field fields[FIELDS_MAX];
        size_t field_count;
};

static void say(struct deploying *p, const char *name, const char *value)
{
        if (value && *value && p->field_count < FIELDS_MAX)
                p->fields[p->field_count++] = (struct ops_field){name, value};
}

/* What the request says of it, as one would type it. */
static void say_same(struct deploying *p, const char *field)
{
        const struct thing *t = &p->about.thing;
        const struct field *f = field_find(t->kind, field);

        if (f && field_is_set(f))
                say(p, field, value_join(thing_value(t, field), ", ", p->a));
        else if (f)
                say(p, field, thing_text(t, field));
}

static const char *resources_text(const struct deploying *p, const char *sign)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};

        str_init(&out, TEXT_BYTES);
        for (size_t i = 0; i < p->d->count; i++)
                str_addf(&out, "%s%s%s", i ? " " : "", sign, p->d->resources[i]);
        return arena_strdup(p->a, str_text(&out));
}

/* "Anna Popescu, Dan Ionescu for INC-0001" */
static const char *title_of(const struct deploying *p)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};

        str_init(&out, TEXT_BYTES);
        for (size_t i = 0; i < p->d->count && i < NAMES_MAX; i++) {
                struct row row;

                if (thing_by_id(p->ad.ops->store, p->d->resources[i], p->a, &row, NULL) == RC_OK)
                        str_add_sep(&out, ", ", thing_text(&row.thing, row.thing.kind->title));
        }
        if (p->d->count > NAMES_MAX)
                str_addf(&out, " and %zu more", p->d->count - NAMES_MAX);
        str_addf(&out, " for %s", p->about.ref);
        return arena_strdup(p->a, str_text(&out));
}

static const char *stamp_of(const struct deploying *p, int64_t ms)
{
        char text[STAMP_BYTES];

        stamp_format(ms, text);
        return arena_strdup(p->a, text);
}

static void say_times(struct deploying *p)
{
        say(p, "from", p->d->from);
        say(p, "until", p->d->until);
}

/* Of an incident when its requests say that somebody is needed. */
static enum rc say_needed_times(struct deploying *p, struct err *err)
{
        struct rank_needs n;
        enum rc rc = needs_read(p->ad.ops, &p->about, p->a, &n, err);

        if (rc == RC_OK && !p->d->from && n.from_ms != CLOCK_NONE)
                say(p, "from", stamp_of(p, n.from_ms));
        if (rc == RC_OK && !p->d->until && n.until_ms != CLOCK_NONE)
                say(p, "until", stamp_of(p, n.until_ms));
        return rc;
}

/* ---- how many of it ---------------------------------------------------------------------------
 */

/* As the act will say it, else as the thing that is there does. */
static int64_t moment_of(const struct deploying *p, const char *field)
{
        int64_t ms;

        for (size_t i = 0; i < p->field_count; i++)
                if (strcmp(p->fields[i].name, field) == 0 &&
                    when_read(p->fields[i].value, clock_now_ms(), &ms, NULL) == RC_OK)
                        return ms;
        return p->about.thing.kind == &kind_deployment ? thing_ms(&p->about.thing, field)
                                                       : CLOCK_NONE;
}

/* Of a resource of which there are several: what is left of it meanwhile. */
static enum rc read_left(const struct deploying *p, const char *id, int *ret_all, int *ret_left,
                         struct err *err)
{
        const struct span span = {moment_of(p, "from"), moment_of(p, "until")};
        struct roster_facts f = {.id = id};
        struct booking *list = NULL;
        struct row row;
        enum rc rc = thing_by_id(p->ad.ops->store, id, p->a, &row, err);

        *ret_left = *ret_all = rc == RC_OK ? roster_quantity_of(&row.thing) : 1;
        if (rc != RC_OK || *ret_all == 1 || span.from_ms == CLOCK_NONE)
                return rc;
        rc = ops_bookings(p->ad.ops, id, span.from_ms, p->about.thing.id, p->a, &list,
                          &f.booking_count, err);
        f.quantity = *ret_all;
        f.bookings = list;
        *ret_left = roster_left(&f, &span);
        return rc;
}

/* A number that stands there of an earlier time is taken out. */
static void take_out_old(const struct deploying *p, const char *id, struct str *out)
{
        int old = p->about.thing.kind == &kind_deployment
                          ? booking_takes(thing_value(&p->about.thing, "quantities"), id)
                          : 0;

        if (old)
                str_addf(out, "%s-%s=%d", out->len ? ", " : "", id, old);
}

/* What is left of them. All of them needs no word, and where none is left the alert says who has
 * them. */
static enum rc say_quantities(struct deploying *p, const char *sign, struct err *err)
{
        CLEANUP(str_finish) struct str out = {.s = NULL};
        enum rc rc = RC_OK;

        str_init(&out, TEXT_BYTES);
        for (size_t i = 0; rc == RC_OK && i < p->d->count; i++) {
                int all = 1, left = 1;

                rc = read_left(p, p->d->resources[i], &all, &left, err);
                take_out_old(p, p->d->resources[i], &out);
                if (rc == RC_OK && left > 0 && left < all)
                        str_addf(&out, "%s%s%s=%d", out.len ? ", " : "", sign, p->d->resources[i],
                                 left);
        }
        say(p, "quantities", arena_strdup(p->a, str_text(&out)));
        return rc;
}

/* ---- the deployment ---------------------------------------------------------------------------
 */

static enum rc make(struct deploying *p, struct new_thing *ret, struct err *err)
{
        static const char *const same[] = {"incident",  "mode",      "roles", "skills",
                                           "languages", "clearance", "states"};
        const struct thing *about = &p->about.thing;
        struct ops_request r = {.verb = "open", .fields = p->fields, .occurred_ms = CLOCK_NONE};

        say(p, "title", title_of(p));
        say(p, about->kind->name, about->id);
        say(p, "resources", resources_text(p, ""));
        if (about->kind == &kind_request)
                for (size_t i = 0; i < ARRAY_LEN(same); i++)
                        say_same(p, same[i]);
        say_times(p);
        enum rc rc = say_needed_times(p, err);
        if (rc == RC_OK)
                rc = say_quantities(p, "", err);
        if (rc != RC_OK)
                return rc;
        r.field_count = p->field_count;
        return new_within(&p->ad, &kind_deployment, &r, ret, err);
}

/* Into one that is there: planned, or alerted already. */
static enum rc add_to(struct deploying *p, struct err *err)
{
        struct ops_request r = {.verb = "set", .fields = p->fields, .occurred_ms = CLOCK_NONE};
        enum rc rc;

        say(p, "resources", resources_text(p, "+"));
        say_times(p);
        rc = say_quantities(p, "+", err);
        if (rc != RC_OK)
                return rc;
        r.field_count = p->field_count;
        rc = do_within(&p->ad, p->about.thing.id, &r, err);
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc alert(struct deploying *p, const char *id, struct err *err)
{
        const struct ops_request r = {.verb = "alert", .occurred_ms = CLOCK_NONE};

        return do_within(&p->ad, id, &r, err);
}

static enum rc deploy(struct deploying *p, char id[STIX_ID_MAX], struct err *err)
{
        const struct thing *about = &p->about.thing;
        struct new_thing made;
        enum rc rc;

        if (about->kind != &kind_deployment) {
                rc = make(p, &made, err);
                if (rc != RC_OK)
                        return rc;
                memcpy(id, made.id, sizeof(made.id));
                return alert(p, id, err);
        }
        memcpy(id, about->id, strlen(about->id) + 1);
        rc = add_to(p, err);
        if (rc != RC_OK || thing_rank(about, MACHINE_FIELD) == DEPLOYMENT_ALERTED)
                return rc;
        return alert(p, id, err);
}

enum rc ops_deploy(struct ops *ops, const struct deploy *d, char ret_id[STIX_ID_MAX],
                   struct err *err)
{
        struct deploying p = {.ad = {.ops = ops}, .d = d};
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        enum rc rc = ops_need_writer(ops, err);

        p.a = &a;
        if (rc == RC_OK && d->count == 0)
                rc = err_set(err, RC_INVALID, "nobody and nothing was chosen");
        if (rc == RC_OK)
                rc = admission_begin(&p.ad, err);
        if (rc == RC_OK)
                rc = thing_by_id(ops->store, d->about, &a, &p.about, err);
        if (rc == RC_OK)
                rc = deploy(&p, id, err);
        if (rc == RC_OK)
                rc = admission_commit(&p.ad, "deployment.alert", p.about.ref, err);
        admission_finish(&p.ad);
        if (rc == RC_OK)
                memcpy(ret_id, id, strlen(id) + 1);
        return rc;
}
