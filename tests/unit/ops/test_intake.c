#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "ops/intake.h"
#include "unit/desk.h"

TestSuite(intake, .timeout = 60);

#define DATES   ",\"created\":\"2026-11-24T09:00:00.000Z\",\"modified\":\"2026-11-24T09:00:00.000Z\""
#define OBJECTS 1000

struct document {
        struct str text;
        struct jsplit_memory memory;
        struct jsplit_source source;
        struct jsplit_shape shape;
};

/* Every tenth object is an identity, every seventh of the others can't be read. */
static bool is_identity(int i)
{
        return i % 10 == 0;
}

static bool is_bad(int i)
{
        return !is_identity(i) && i % 7 == 0;
}

static void write_object(struct str *out, int i)
{
        const char *type = is_identity(i) ? "identity" : "incident";

        str_addf(out, "%s{\"type\":\"%s\",\"id\":\"%s--00000000-0000-4000-8000-%012d\"%s", //
                 i > 1 ? ",\n" : "", type, type, i, DATES);
        str_addf(out, ",\"name\":%s}", is_bad(i) ? "\"\\ud800\"" : "\"N\"");
}

static void document_init(struct document *d, int objects)
{
        struct err err = {0};

        *d = (struct document){0};
        str_init(&d->text, 1 << 24);
        str_add(&d->text, "[");
        for (int i = 1; i <= objects; i++)
                write_object(&d->text, i);
        str_add(&d->text, "]");
        d->memory = (struct jsplit_memory){.bytes = str_text(&d->text), .len = d->text.len};
        d->source = jsplit_from_memory(&d->memory);
        cr_assert_eq(jsplit_scan(&d->source, &d->shape, &err), RC_OK, "%s", err.text);
}

/* Reads all of it; the reader runs ahead only in every second stretch of `stretch` objects. */
static void check_all(struct document *d, int objects, int stretch)
{
        CLEANUP(intake_cleanup) struct intake *in = intake_open(&d->source, &d->shape);
        const struct incoming *o = NULL;
        struct err err = {0};
        int seen = 0;
        enum rc rc = RC_OK;

        for (int round = 0; round < 2; round++)
                for (int i = 1; i <= objects; i++) {
                        uint8_t sha[HASH_BYTES];

                        if (is_identity(i) != (round == 0))
                                continue;
                        if (stretch)
                                intake_run_ahead(in, seen / stretch % 2);
                        cr_assert_eq(intake_next(in, &o, &err), RC_OK, "%s", err.text);
                        cr_assert_eq(o->index, i);
                        cr_assert_eq(o->refused != NULL, is_bad(i), "object %d", i);
                        crypt_sha256(o->bytes, o->len, sha);
                        if (!o->refused)
                                cr_assert_arr_eq(o->sha, sha, HASH_BYTES);
                        seen++;
                }
        for (int again = 0; again < 2; again++)
                rc = intake_next(in, &o, &err);
        cr_assert_eq(rc, RC_NOTFOUND);
        cr_assert_eq(seen, objects);
}

Test(intake, gives_each_object_once_in_two_rounds_with_its_place)
{
        static const int counts[] = {0, 1, 9, 64, 65, OBJECTS};

        for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
                struct document d;

                document_init(&d, counts[i]);
                check_all(&d, counts[i], 0);
                str_finish(&d.text);
        }
}

Test(intake, whether_it_runs_ahead_changes_nothing)
{
        struct document d;

        document_init(&d, OBJECTS);
        check_all(&d, OBJECTS, 1);
        check_all(&d, OBJECTS, 150);
        check_all(&d, OBJECTS, 10 * OBJECTS);
        str_finish(&d.text);
}

Test(intake, can_be_left_at_any_place)
{
        struct document d;

        document_init(&d, OBJECTS);
        for (int stop = 0; stop < 300; stop += 29) {
                CLEANUP(intake_cleanup) struct intake *in = intake_open(&d.source, &d.shape);
                const struct incoming *o;

                for (int i = 0; i < stop; i++)
                        cr_assert_eq(intake_next(in, &o, NULL), RC_OK);
        }
        str_finish(&d.text);
}

Test(intake, a_document_that_changed_ends_behind_what_was_read)
{
        struct document d;
        struct err err = {0};
        const struct incoming *o;
        enum rc rc;
        int seen = 0;

        document_init(&d, OBJECTS);
        d.memory.len /= 2;
        CLEANUP(intake_cleanup) struct intake *in = intake_open(&d.source, &d.shape);
        while ((rc = intake_next(in, &o, &err)) == RC_OK)
                seen++;
        cr_assert_eq(rc, RC_INVALID, "%s", err.text);
        cr_assert(err.text[0]);
        cr_assert_gt(seen, 0);
        str_finish(&d.text);
}
