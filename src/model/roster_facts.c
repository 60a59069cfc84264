/*
 * The facts of a resource, read from its fields.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/item.h"
#include "model/roster.h"

#define MINUTE_MS (60 * 1000ll)
#define HOUR_MS   (60 * MINUTE_MS)
/* Ten years: a longer notice is no answer to a call. */
#define NOTICE_MAX_MS (10 * 365 * 24 * HOUR_MS)
#define NUMBER_MAX    1000000

/* As thing_value, but empty where the kind has no such field. */
static const struct value *set_of(const struct thing *t, const char *field)
{
        static const struct value none;
        const struct value *v = thing_value(t, field);

        return v ? v : &none;
}

static size_t read_spans(const struct thing *t, const char *field, struct arena *a,
                         const struct span **ret)
{
        const struct value *v = set_of(t, field);
        struct span *spans = arena_array(a, v->count + 1, sizeof(*spans));
        size_t count = 0;

        for (size_t i = 0; i < v->count; i++)
                if (span_read(v->items[i], strlen(v->items[i]), &spans[count]))
                        count++;
        *ret = spans;
        return count;
}

/* ---- languages ----------------------------------------------------------------------------- */

static void add_language(struct roster_language *languages, size_t *count,
                         const struct language_item *l, struct arena *a)
{
        for (size_t i = 0; i < *count; i++)
                if (strcmp(languages[i].code, l->code) == 0) {
                        if (l->level > languages[i].level)
                                languages[i].level = l->level;
                        return;
                }
        languages[(*count)++] =
                (struct roster_language){.code = arena_strdup(a, l->code), .level = l->level};
}

static void read_languages(const struct thing *t, struct arena *a, struct roster_facts *f)
{
        const struct value *v = set_of(t, "languages");
        struct roster_language *languages = arena_array(a, v->count + 1, sizeof(*languages));
        struct language_item l;

        for (size_t i = 0; i < v->count; i++)
                if (language_item_read(v->items[i], &l))
                        add_language(languages, &f->language_count, &l, a);
        f->languages = languages;
}

/* ---- what runs out ------------------------------------------------------------------------- */

struct expiries {
        struct roster_expiry *list;
        size_t count;
};

static void add_expiry(struct expiries *es, const char *what, int64_t until_ms)
{
        if (until_ms != CLOCK_NONE)
                es->list[es->count++] = (struct roster_expiry){.what = what, .until_ms = until_ms};
}

static void add_clearance(struct expiries *es, const struct roster_facts *f)
{
        if (f->clearance > CLEARANCE_NONE && f->clearance_until_ms != CLOCK_NONE)
                es->list[es->count++] = (struct roster_expiry){.what = "the clearance",
                                                               .until_ms = f->clearance_until_ms,
                                                               .is_clearance = true};
}

static void add_certificates(const struct value *v, struct arena *a, struct expiries *es)
{
        struct certificate_item c;

        for (size_t i = 0; i < v->count; i++)
                if (certificate_item_read(v->items[i], &c))
                        add_expiry(es, arena_printf(a, "the certificate %s", c.name), c.until_ms);
}

static void read_expiries(const struct thing *t, struct arena *a, struct roster_facts *f)
{
        static const struct {
                const char *field, *what;
        } rows[] = {{"inspection_until", "the inspection"},
                    {"calibrated_until", "the calibration"},
                    {"licence_until", "the licence"}};
        const struct value *certificates = set_of(t, "certificates");
        struct expiries es = {.list = arena_array(a, ARRAY_LEN(rows) + certificates->count + 2,
                                                  sizeof(*es.list))};

        add_clearance(&es, f);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                add_expiry(&es, rows[i].what, thing_ms(t, rows[i].field));
        add_certificates(certificates, a, &es);
        if (f->rotation.from_ms < f->rotation.until_ms)
                add_expiry(&es, "the rotation", f->rotation.until_ms);
        f->expiries = es.list;
        f->expiry_count = es.count;
}

/* ---- notice -------------------------------------------------------------------------------- */

/* Capped, so that sums of it and a time always fit. */
static int64_t minutes_of(const struct thing *t, const char *field)
{
        const char *text = thing_text(t, field);
        int64_t minutes = text ? strtoll(text, NULL, 10) : 0;

        if (!text || !*text)
                return CLOCK_NONE;
        return minutes > NOTICE_MAX_MS / MINUTE_MS ? NOTICE_MAX_MS : minutes * MINUTE_MS;
}

static int64_t notice_of(const struct thing *t, int readiness)
{
        static const int hours[] = {
                [READY_R0] = 2, [READY_R12] = 12, [READY_R24] = 24, [READY_R72] = 72};
        int64_t notice = minutes_of(t, "notice");

        if (notice == CLOCK_NONE)
                notice = minutes_of(t, "lead_time");
        if (notice == CLOCK_NONE)
                notice = hours[readiness < 0 ? READY_R72 : readiness] * HOUR_MS;
        return notice;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static int number_of(const struct thing *t, const char *field)
{
        const char *text = thing_text(t, field);
        long n = text ? strtol(text, NULL, 10) : 0;

        return n > NUMBER_MAX ? NUMBER_MAX : (int)n;
}

void roster_facts_read(const struct thing *t, const char *ref, const struct booking *bookings,
                       size_t booking_count, struct arena *a, struct roster_facts *ret)
{
        const char *rotation = thing_text(t, "rotation");
        const char *clearance = t->kind == &kind_equipment ? "handles" : "clearance";
        struct roster_facts f = {
                .kind = t->kind,
                .id = t->id,
                .ref = ref,
                .name = thing_text(t, "name"),
                .holder = thing_text(t, "holder"),
                .community = thing_text(t, "community"),
                .category = thing_text(t, "category"),
                .roles = set_of(t, "roles"),
                .skills = set_of(t, "skills"),
                .states = set_of(t, "states"),
                .communities = set_of(t, "communities"),
                .papers = set_of(t, "papers"),
                .clearance = thing_rank(t, clearance),
                .clearance_until_ms = thing_ms(t, "clearance_until"),
                .readiness = thing_rank(t, "readiness"),
                .max_days = number_of(t, "max_days"),
                .remote = thing_text(t, "remote"),
                .condition = thing_text(t, "condition"),
                .verified_ms = thing_ms(t, "verified"),
                .bookings = bookings,
                .booking_count = booking_count,
        };

        f.notice_ms = notice_of(t, f.readiness);
        f.leave_count = read_spans(t, "leave", a, &f.leave);
        f.on_call_count = read_spans(t, "on_call", a, &f.on_call);
        if (rotation)
                (void)span_read(rotation, strlen(rotation), &f.rotation);
        read_languages(t, a, &f);
        read_expiries(t, a, &f);
        *ret = f;
}
