#include "store/versions.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "base/str.h"
#include "store_files.h"

static struct file f;

static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(versions, .init = setup, .fini = teardown);

Test(versions, the_same_bytes_are_held_once)
{
        const char *id = numbered_id(&f, "incident", 1);
        struct version_put first = put_version(&f, id, 7, "{\"a\":1}");
        struct version_put again = put_version(&f, id, 7, "{\"a\":1}");

        cr_assert_eq(first.result, VERSION_NEW);
        cr_assert_eq(again.result, VERSION_KNOWN);
        cr_assert_eq(again.vid, first.vid);
        cr_assert(again.is_current);
        cr_assert_not(again.is_twin);
}

Test(versions, the_newest_is_by_time_then_by_hash_however_they_arrive)
{
        static const char *const bytes[] = {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"};
        const char *id = numbered_id(&f, "incident", 1);
        uint8_t greatest[HASH_BYTES] = {0};
        struct version v;

        for (size_t i = 0; i < 3; i++) {
                struct version_put put = put_version(&f, id, 7, bytes[i]);
                bool greater = memcmp(put.sha, greatest, HASH_BYTES) > 0;

                cr_assert_eq(put.is_current, greater);
                cr_assert_eq(put.is_twin, i > 0);
                if (greater)
                        memcpy(greatest, put.sha, HASH_BYTES);
        }
        MUST(version_newest(f.s, id, false, &f.a, &v, err));
        cr_assert_eq(memcmp(v.sha, greatest, HASH_BYTES), 0);
        struct version_put old = put_version(&f, id, 6, "{\"old\":1}");
        cr_assert_eq(old.result, VERSION_UPDATE);
        cr_assert_not(old.is_current);
        cr_assert_not(old.is_twin);
        struct version_put twin = put_version(&f, id, 6, "{\"old\":2}");
        cr_assert(twin.is_twin);
        cr_assert_eq(put_version(&f, id, 6, "{\"old\":1}").result, VERSION_KNOWN);
        cr_assert(put_version(&f, id, 6, "{\"old\":1}").is_twin);
}

Test(versions, one_without_a_time_is_older_than_every_dated_one)
{
        const char *id = numbered_id(&f, "incident", 1);
        struct version v;

        put_version(&f, id, -5, "{\"dated\":1}");
        cr_assert_not(put_version(&f, id, CLOCK_NONE, "{}").is_current);
        MUST(version_newest(f.s, id, false, &f.a, &v, err));
        cr_assert_str_eq(v.bytes, "{\"dated\":1}");
        cr_assert_str_eq(v.type, "incident");
}

Test(versions, a_fold_never_rests_on_our_own_snapshot)
{
        const char *id = numbered_id(&f, "incident", 1);
        const struct version own = {.id = id,
                                    .modified_ns = 9,
                                    .bytes = "{\"own\":1}",
                                    .len = 9,
                                    .is_own = true,
                                    .is_state = true,
                                    .seq = f.seq};
        struct version_put put;
        struct version v;

        put_version(&f, id, 7, "{\"theirs\":1}");
        MUST(version_put(f.s, &own, &put, err));
        MUST(version_newest(f.s, id, true, &f.a, &v, err));
        cr_assert_str_eq(v.bytes, "{\"theirs\":1}");
        MUST(version_newest(f.s, id, false, &f.a, &v, err));
        cr_assert_str_eq(v.bytes, "{\"own\":1}");
        cr_assert(v.is_own && v.is_state);
}

Test(versions, bytes_come_back_exactly_with_zeros_and_all)
{
        static const char bytes[] = {'{', '\0', '\xff', '}', '\n'};
        const struct version in = {.id = numbered_id(&f, "note", 1),
                                   .modified_ns = 1,
                                   .bytes = bytes,
                                   .len = sizeof(bytes),
                                   .received_ms = 42,
                                   .seq = f.seq};
        struct version_put put;
        struct version out;

        MUST(version_put(f.s, &in, &put, err));
        MUST(version_by_vid(f.s, put.vid, &f.a, &out, err));
        cr_assert_eq(out.len, sizeof(bytes));
        cr_assert_eq(memcmp(out.bytes, bytes, sizeof(bytes)), 0);
        cr_assert_eq(out.received_ms, 42);
        cr_assert_eq(out.seq, f.seq);
        cr_assert_eq(memcmp(out.sha, put.sha, HASH_BYTES), 0);
}

Test(versions, what_is_not_held_is_not_found)
{
        struct version v;
        struct err why = {0};

        cr_assert_eq(version_newest(f.s, "incident--x", false, &f.a, &v, &why), RC_NOTFOUND);
        cr_assert(strstr(why.text, "incident--x"), "%s", why.text);
        cr_assert_eq(version_by_vid(f.s, 99, &f.a, &v, NULL), RC_NOTFOUND);
}

/* What a walk over all has seen. */
struct seen {
        struct str text;
        struct file *file;
        int left; /* stop after so many */
};

static enum rc see(void *ctx, const struct version *v, struct err *err)
{
        struct seen *seen = ctx;

        if (seen->left-- == 0)
                return err_set(err, RC_DENIED, "enough");
        str_addf(&seen->text, "%s/%lld ", v->id, (long long)v->modified_ns);
        return RC_OK;
}

Test(versions, walking_over_all_gives_what_others_name_first)
{
        static const char *const types[] = {"note",
                                            "incident",
                                            "x-a",
                                            "identity",
                                            "marking-definition",
                                            "relationship",
                                            "x-a-longer",
                                            "extension-definition"};
        struct seen seen = {.left = -1};

        str_init(&seen.text, 1024 * 1024);
        for (size_t i = 0; i < 8; i++) {
                put_version(&f, numbered_id(&f, types[i], 2), 5, types[i]);
                put_version(&f, numbered_id(&f, types[i], 1), 6, types[i]);
                put_version(&f, numbered_id(&f, types[i], 1), 5, types[i]);
        }
        MUST(version_each(f.s, false, see, &seen, err));
        static const char *const order[] = {
                "marking-definition", "extension-definition", "identity", "incident", "x-a",
                "x-a-longer",         "relationship",         "note"};
        struct str want;
        str_init(&want, 1024 * 1024);
        for (size_t i = 0; i < 8; i++)
                str_addf(&want, "%s/5 %s/6 %s/5 ", numbered_id(&f, order[i], 1),
                         numbered_id(&f, order[i], 1), numbered_id(&f, order[i], 2));
        cr_assert_str_eq(str_text(&seen.text), str_text(&want));
        str_clear(&seen.text);
        str_clear(&want);
        MUST(version_each(f.s, true, see, &seen, err));
        for (size_t i = 0; i < 8; i++)
                str_addf(&want, "%s/6 %s/5 ", numbered_id(&f, order[i], 1),
                         numbered_id(&f, order[i], 2));
        cr_assert_str_eq(str_text(&seen.text), str_text(&want));
        str_finish(&seen.text);
        str_finish(&want);
}

/* Commits while the walk goes on, as a rebuild does. */
static enum rc write_beside(void *ctx, const struct version *v, struct err *err)
{
        struct seen *seen = ctx;
        struct store *other = NULL;
        enum rc rc;

        (void)v;
        seen->left++;
        if (seen->left % 100 != 1)
                return RC_OK;
        rc = store_open(seen->file->path, STORE_WRITE, &other, err);
        if (rc == RC_OK)
                rc = meta_set(other, "beside", "1", err);
        store_close(other);
        if (rc == RC_OK)
                rc = store_begin(seen->file->s, err);
        if (rc == RC_OK)
                rc = meta_set(seen->file->s, "here", "1", err);
        return rc == RC_OK ? store_commit(seen->file->s, err) : rc;
}

Test(versions, a_walk_may_be_written_beside_and_stopped)
{
        struct seen seen = {.file = &f};
        struct err why = {0};

        for (int i = 0; i < 300; i++)
                put_version(&f, numbered_id(&f, "incident", i), 5, "{}");
        work_end(&f);
        MUST(version_each(f.s, false, write_beside, &seen, err));
        cr_assert_eq(seen.left, 300);
        seen.left = 7;
        str_init(&seen.text, 100000);
        cr_assert_eq(version_each(f.s, true, see, &seen, &why), RC_DENIED);
        cr_assert_str_eq(why.text, "enough");
        str_finish(&seen.text);
}

Test(versions, lists_and_prefixes)
{
        const char *id = numbered_id(&f, "incident", 1);
        struct version *list;
        const char **ids;
        size_t count;

        for (int i = 9; i > 0; i--)
                put_version(&f, id, i, "{}");
        put_version(&f, numbered_id(&f, "incident", 2), 1, "{}");
        MUST(version_list(f.s, id, &f.a, &list, &count, err));
        cr_assert_eq(count, 9);
        for (int i = 0; i < 9; i++)
                cr_assert_eq(list[i].modified_ns, i + 1);
        MUST(version_ids(f.s, "incident--00", 10, &f.a, &ids, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(ids[0], id);
        MUST(version_ids(f.s, id, 10, &f.a, &ids, &count, err));
        cr_assert_eq(count, 1);
        MUST(version_ids(f.s, "incident--00", 1, &f.a, &ids, &count, err));
        cr_assert_eq(count, 1);
        MUST(version_ids(f.s, "incident-", 10, &f.a, &ids, &count, err));
        cr_assert_eq(count, 2);
        MUST(version_ids(f.s, "indicator", 10, &f.a, &ids, &count, err));
        cr_assert_eq(count, 0);
}

Test(versions, markings_and_relations_are_kept_by_id)
{
        struct relation *list;
        size_t count;

        cr_assert_eq(marking_lookup(f.s, "marking-definition--x"), -1);
        MUST(marking_put(f.s, "marking-definition--x", TLP_GREEN, err));
        MUST(marking_put(f.s, "marking-definition--x", TLP_RED, err));
        cr_assert_eq(marking_lookup(f.s, "marking-definition--x"), TLP_RED);
        MUST(relation_put(f.s, &(struct relation){"r1", "uses", "a", "b"}, err));
        MUST(relation_put(f.s, &(struct relation){"r2", "targets", "b", "c"}, err));
        MUST(relation_put(f.s, &(struct relation){"r3", "self", "b", "b"}, err));
        MUST(relation_put(f.s, &(struct relation){"r1", "uses", "a", "z"}, err));
        MUST(relation_list(f.s, "b", 9, &f.a, &list, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(list[0].id, "r2");
        cr_assert_str_eq(list[1].id, "r3");
}

Test(versions, acts_come_with_their_newest_bytes_in_time_order)
{
        const char *target = numbered_id(&f, "incident", 1);
        const char *first = numbered_id(&f, "note", 9), *second = numbered_id(&f, "note", 1);
        struct version *list;
        const char **ids;
        size_t count;

        put_version(&f, second, 5, "{\"second\":1}");
        put_version(&f, first, 5, "{\"first\":1}");
        put_version(&f, first, 4, "{\"first\":0}");
        MUST(act_index_put(f.s, second, target, 20, "aa", err));
        MUST(act_index_put(f.s, first, target, 10, "aa", err));
        MUST(act_index_put(f.s, first, target, 10, "aa", err));
        MUST(act_index_put(f.s, numbered_id(&f, "note", 3), "incident--other", 30, "bb", err));
        MUST(thing_acts(f.s, target, &f.a, &list, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(list[0].bytes, "{\"first\":1}");
        cr_assert_str_eq(list[1].bytes, "{\"second\":1}");
        cr_assert_eq(act_greatest_hlc(f.s), 30);
        MUST(act_recent(f.s, "aa", 9, &f.a, &ids, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(ids[0], second);
}

Test(versions, looking_says_what_putting_would_come_to)
{
        static const struct {
                int64_t modified;
                const char *bytes;
        } tries[] = {{7, "{\"a\":1}"}, {7, "{\"a\":1}"}, {9, "{\"a\":2}"}, {8, "{\"a\":3}"},
                     {8, "{\"a\":3}"}, {7, "{\"a\":1}"}, {9, "{\"a\":4}"}};
        const char *id = numbered_id(&f, "incident", 1);

        for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
                const struct version v = {.id = id,
                                          .modified_ns = tries[i].modified,
                                          .bytes = tries[i].bytes,
                                          .len = strlen(tries[i].bytes)};
                enum version_result would = VERSION_KNOWN;

                MUST(version_look(f.s, &v, &would, err));
                cr_expect_eq(would, put_version(&f, id, tries[i].modified, tries[i].bytes).result,
                             "try %zu", i);
        }
}

Test(versions, a_bare_list_is_the_list_without_its_bytes)
{
        const char *id = numbered_id(&f, "incident", 1);
        struct version *full = NULL, *bare = NULL;
        size_t full_count = 0, bare_count = 0;

        put_version(&f, id, 9, "{\"newest\":1}");
        put_version(&f, id, 7, "{}");
        put_version(&f, id, 8, "{\"a\":1}");
        MUST(version_list(f.s, id, &f.a, &full, &full_count, err));
        MUST(version_list_bare(f.s, id, &f.a, &bare, &bare_count, err));
        cr_assert_eq(bare_count, 3);
        cr_assert_eq(full_count, 3);
        for (size_t i = 0; i < 3; i++) {
                cr_expect_null(bare[i].bytes);
                cr_expect_eq(bare[i].len, full[i].len);
                cr_expect_eq(bare[i].vid, full[i].vid);
                cr_expect_eq(memcmp(bare[i].sha, full[i].sha, HASH_BYTES), 0);
        }
}
