#include "store/scan.h"

#include <criterion/criterion.h>

#include "base/str.h"
#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct file f;

static void put(int n, const char *const *pairs)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), pairs);

        put_row(&f, &row);
}

static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
        put(1, PAIRS("title=Water", "status=new", "states=AT,SI"));
        put(2, PAIRS("title=Portal", "status=closed", "states=AT"));
        put(3, PAIRS("title=Trains", "status=active"));
        work_end(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(scan, .init = setup, .fini = teardown);

/* "Water AT|SI, Portal AT", with what a row says that was not asked for behind "!". */
struct seen {
        struct str text;
        enum rc answer;
};

static enum rc see(void *ctx, const struct row *row, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct seen *seen = ctx;
        const char *title = thing_text(&row->thing, "title");

        (void)err;
        cr_expect(row->rid > 0 && row->ref);
        str_add_sep(&seen->text, ", ", title ? title : "");
        str_addf(&seen->text, " %s", value_join(thing_value(&row->thing, "states"), "|", &a));
        if (thing_text(&row->thing, "status"))
                str_add(&seen->text, "!");
        return seen->answer;
}

static void expect_seen(const struct scan *how, const char *wanted)
{
        static const char *const fields[] = {"title", "no_such", "states"};
        struct seen seen = {.answer = RC_OK};
        struct scan scan = *how;

        scan.kind = &kind_incident;
        scan.fields = fields;
        scan.field_count = ARRAY_LEN(fields);
        str_init(&seen.text, 1000);
        MUST(things_scan(f.s, &scan, see, &seen, err));
        cr_expect_str_eq(str_text(&seen.text), wanted);
        str_finish(&seen.text);
}

Test(scan, gives_the_fields_of_all_rows)
{
        expect_seen(&(struct scan){0}, "Water AT|SI, Portal AT, Trains ");
        expect_seen(&(struct scan){0}, "Water AT|SI, Portal AT, Trains ");
}

Test(scan, gives_one_or_those_of_some_ranks)
{
        const struct scan some = {.ranked = "status",
                                  .ranks = UINT64_C(1) << STATUS_NEW | UINT64_C(1)
                                                                               << STATUS_CLOSED};

        expect_seen(&(struct scan){.id = numbered_id(&f, "incident", 2)}, "Portal AT");
        expect_seen(&(struct scan){.id = numbered_id(&f, "incident", 9)}, "");
        expect_seen(&some, "Water AT|SI, Portal AT");
}

Test(scan, ends_with_what_it_is_told)
{
        struct seen seen = {.answer = RC_CONFLICT};
        const struct scan scan = {.kind = &kind_incident};
        struct err err = {0};

        str_init(&seen.text, 1000);
        cr_expect_eq(things_scan(f.s, &scan, see, &seen, &err), RC_CONFLICT);
        str_finish(&seen.text);
}

static bool always(void *ctx)
{
        ++*(int *)ctx;
        return true;
}

Test(scan, yields_where_it_may)
{
        const struct scan stays = {.kind = &kind_incident};
        const struct scan yields = {.kind = &kind_incident, .yields = true};
        struct seen seen = {.answer = RC_OK};
        int asked = 0;

        work_begin(&f);
        for (int n = 10; n < 110; n++)
                put(n, PAIRS("title=More"));
        work_end(&f);
        str_init(&seen.text, 10000);
        store_set_interrupt(f.s, always, &asked);
        cr_expect_eq(things_scan(f.s, &yields, see, &seen, NULL), RC_BUSY);
        cr_expect_eq(asked, 1);
        MUST(things_scan(f.s, &stays, see, &seen, err));
        store_set_interrupt(f.s, NULL, NULL);
        str_finish(&seen.text);
}

Test(scan, versions_behind_one_are_told_as_what_they_are_about)
{
        const char *thing = numbered_id(&f, "incident", 1), *act = numbered_id(&f, "note", 1);
        const char **ids = NULL;
        int64_t before = 0, last = 0, vid = 0;
        size_t count = 0;

        MUST(version_last(f.s, &before, err));
        work_begin(&f);
        put_version(&f, act, 1, "{}");
        put_version(&f, thing, 2, "{}");
        MUST(act_index_put(f.s, act, numbered_id(&f, "incident", 3), 1, "console", err));
        work_end(&f);
        MUST(version_things_after(f.s, before, 10, &f.a, &ids, &count, &vid, err));
        cr_assert_eq(count, 2);
        cr_expect_str_eq(ids[0], numbered_id(&f, "incident", 3), "of an act its target");
        cr_expect_str_eq(ids[1], thing);
        MUST(version_last(f.s, &last, err));
        cr_expect_eq(vid, last);
        MUST(version_things_after(f.s, last, 10, &f.a, &ids, &count, &vid, err));
        cr_expect_eq(count, 0);
        cr_expect_eq(vid, last);
}
