#include "store/outbox.h"

#include <criterion/criterion.h>

#include "store_files.h"

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(outbox, .init = setup, .fini = teardown);

Test(outbox, holds_each_version_once_and_only_those_held)
{
        struct version_put put;

        work_begin(&f);
        put = put_version(&f, numbered_id(&f, "incident", 1), 5, "{}");
        MUST(outbox_put(f.s, put.vid, err));
        MUST(outbox_put(f.s, put.vid, err));
        cr_assert_eq(outbox_put(f.s, put.vid + 7, NULL), RC_FAIL);
        work_end(&f);
        cr_assert_eq(outbox_count(f.s), 1);
}

Test(outbox, drafts_survive_until_dropped)
{
        const char *body = NULL;
        int64_t at = 0;

        MUST(draft_put(f.s, "incident.new", "title=Hosp", 5, err));
        MUST(draft_put(f.s, "incident.new", "title=Hospital", 6, err));
        file_reopen(&f, STORE_READ);
        MUST(draft_get(f.s, "incident.new", &f.a, &body, &at, err));
        cr_assert_str_eq(body, "title=Hospital");
        cr_assert_eq(at, 6);
        cr_assert_eq(draft_drop(f.s, "incident.new", NULL), RC_DENIED);
        file_reopen(&f, STORE_WRITE);
        MUST(draft_drop(f.s, "incident.new", err));
        cr_assert_eq(draft_get(f.s, "incident.new", &f.a, &body, &at, NULL), RC_NOTFOUND);
}
