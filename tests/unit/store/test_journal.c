#include "store/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "base/file.h"
#include "store_files.h"

static struct file f;

/* Three entries: two versions, one, none; the second is signed. */
static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
        put_version(&f, numbered_id(&f, "incident", 1), 5, "{\"a\":1}");
        put_version(&f, numbered_id(&f, "incident", 2), 5, "{\"a\":2}");
        work_end(&f);
        work_begin(&f);
        put_version(&f, numbered_id(&f, "incident", 1), 6, "{\"a\":3}");
        work_end(&f);
        MUST(journal_sign(f.s, err));
        work_begin(&f);
        work_end(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(journal, .init = setup, .fini = teardown);

Test(journal, a_sound_one_is_sound_and_says_how_much_it_holds)
{
        struct journal_report report;

        MUST(journal_verify(f.s, &report, err));
        cr_assert_eq(report.entries, 3);
        cr_assert_eq(report.versions, 3);
        cr_assert_eq(report.signatures, 1);
        cr_assert_eq(report.other_keys, 0);
        cr_assert_eq(report.broken_seq, 0);
        file_reopen(&f, STORE_READ);
        MUST(journal_verify(f.s, &report, err));
}

Test(journal, any_change_of_any_column_is_found_and_named)
{
        static const struct {
                const char *sql;
                int64_t broken;
        } changes[] = {
                {"UPDATE journal SET at = at + 1 WHERE seq = 2", 2},
                {"UPDATE journal SET op = 'other' WHERE seq = 2", 2},
                {"UPDATE journal SET operator = 'mallory' WHERE seq = 3", 3},
                {"UPDATE journal SET note = 'x' WHERE seq = 1", 1},
                {"UPDATE journal SET op = 'testd', operator = 'uarte' WHERE seq = 1", 1},
                {"UPDATE journal SET what = zeroblob(32) WHERE seq = 2", 2},
                {"UPDATE journal SET count = count + 1 WHERE seq = 2", 2},
                {"UPDATE journal SET prev = zeroblob(32) WHERE seq = 3", 3},
                {"UPDATE journal SET hash = zeroblob(32) WHERE seq = 2", 2},
                {"UPDATE journal SET signature = zeroblob(64) WHERE seq = 2", 2},
                {"UPDATE journal SET signature = NULL WHERE seq = 2", 2},
                {"UPDATE journal SET signer = zeroblob(32) WHERE seq = 2", 2},
                {"UPDATE journal SET seq = 7 WHERE seq = 3", 3},
                {"DELETE FROM journal WHERE seq = 1", 1},
                {"DELETE FROM journal WHERE seq = 2", 2},
                {"UPDATE version SET bytes = CAST('{\"a\":9}' AS BLOB) WHERE vid = 2", 1},
                {"UPDATE version SET id = 'incident--x' WHERE vid = 3", 2},
                {"UPDATE version SET modified = modified + 1 WHERE vid = 1", 1},
                {"UPDATE version SET sha = zeroblob(32) WHERE vid = 1", 1},
                {"UPDATE version SET flags = 3 WHERE vid = 1", 1},
                {"UPDATE version SET received = 0 WHERE vid = 3", 2},
                {"UPDATE version SET vid = 9 WHERE vid = 3", 2},
                {"UPDATE version SET seq = 2 WHERE vid = 2", 1},
                {"UPDATE version SET seq = 1 WHERE vid = 3", 1},
                {"DELETE FROM version WHERE vid = 2", 1},
                {"DELETE FROM version WHERE vid = 3", 2},
                {"INSERT INTO version SELECT 4, id, modified + 1, sha, flags, received, 3, bytes"
                 " FROM version WHERE vid = 1",
                 3},
                {"INSERT INTO version SELECT 4, id, modified + 1, sha, flags, received, 9, bytes"
                 " FROM version WHERE vid = 1",
                 9},
        };
        AUTO_FREE char *copy = file_join(f.dir, "copy.db");

        for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
                struct file other = f;
                struct journal_report report = {0};
                struct err why = {0};

                unlink(copy);
                MUST(store_backup(f.s, copy, err));
                snprintf(other.path, sizeof(other.path), "%s", copy);
                file_tamper(&other, changes[i].sql);
                MUST(store_open(copy, STORE_READ, &other.s, err));
                cr_assert_eq(journal_verify(other.s, &report, &why), RC_INVALID, "%s",
                             changes[i].sql);
                cr_assert_eq(report.broken_seq, changes[i].broken, "%s: %lld: %s", changes[i].sql,
                             (long long)report.broken_seq, why.text);
                cr_assert(strstr(why.text, "journal entry"), "%s", why.text);
                store_close(other.s);
        }
}

Test(journal, a_cut_end_shows_as_long_as_what_came_with_it_is_there)
{
        struct err why = {0};
        struct journal_report report;

        file_tamper(&f, "DELETE FROM journal WHERE seq >= 2");
        cr_assert_eq(journal_verify(f.s, &report, &why), RC_INVALID);
        cr_assert_eq(report.broken_seq, 2);
}

Test(journal, entries_follow_each_other_or_are_refused)
{
        const struct journal_entry e = {.seq = 9, .op = "test"};
        struct err why = {0};

        cr_assert_eq(journal_append(f.s, &e, &why), RC_FAIL);
        MUST(store_begin(f.s, err));
        err_clear(&why);
        cr_assert_eq(journal_append(f.s, &e, &why), RC_FAIL);
        cr_assert(strstr(why.text, "does not follow 3"), "%s", why.text);
        store_rollback(f.s);
}

Test(journal, what_was_rolled_back_is_in_no_entry)
{
        struct journal_report report;

        work_begin(&f);
        put_version(&f, numbered_id(&f, "incident", 3), 5, "{\"gone\":1}");
        store_rollback(f.s);
        work_begin(&f);
        put_version(&f, numbered_id(&f, "incident", 4), 5, "{\"there\":1}");
        work_end(&f);
        MUST(journal_verify(f.s, &report, err));
        cr_assert_eq(report.versions, 4);
}

Test(journal, every_thousandth_entry_is_signed_without_asking)
{
        struct journal_report report;

        MUST(store_begin(f.s, err));
        for (int64_t seq = 4; seq <= 1001; seq++) {
                const struct journal_entry e = {.seq = seq, .op = "test"};

                MUST(journal_append(f.s, &e, err));
        }
        MUST(store_commit(f.s, err));
        MUST(journal_verify(f.s, &report, err));
        cr_assert_eq(report.entries, 1001);
        cr_assert_eq(report.signatures, 2);
}

Test(journal, the_key_is_private_and_stays)
{
        AUTO_FREE char *path = xasprintf("%s.key", f.path);
        char before[HASH_TEXT], after[HASH_TEXT];
        struct stat st;

        cr_assert_eq(stat(path, &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
        MUST(journal_public_key(f.s, before, err));
        MUST(journal_sign(f.s, err));
        MUST(journal_sign(f.s, err));
        file_reopen(&f, STORE_READ);
        MUST(journal_public_key(f.s, after, err));
        cr_assert_str_eq(before, after);
}

Test(journal, without_its_key_nobody_says_whose_signatures_they_are)
{
        AUTO_FREE char *path = xasprintf("%s.key", f.path);
        struct journal_report report;

        MUST(journal_sign(f.s, err));
        cr_assert_eq(unlink(path), 0);
        MUST(journal_verify(f.s, &report, err));
        cr_assert_gt(report.signatures, 0);
        cr_assert_eq(report.other_keys, 0);
        cr_assert(strstr(report.no_key, "there is no key"), "%s", report.no_key);
}

Test(journal, signatures_of_another_key_are_counted_apart)
{
        AUTO_FREE char *path = xasprintf("%s.key", f.path);
        struct journal_report report;

        cr_assert_eq(unlink(path), 0);
        MUST(journal_sign(f.s, err));
        MUST(journal_verify(f.s, &report, err));
        cr_assert_eq(report.signatures, 2);
        cr_assert_eq(report.other_keys, 1);
        MUST(file_replace(path, "junk", 4, err));
        struct err why = {0};
        work_begin(&f);
        work_end(&f);
        cr_assert_eq(journal_sign(f.s, &why), RC_INVALID);
        cr_assert(strstr(why.text, "is not a key"), "%s", why.text);
}

Test(journal, rows_are_listed_for_an_audit)
{
        struct journal_row *rows;
        size_t count;

        MUST(journal_list(f.s, 0, 2, &f.a, &rows, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(rows[0].entry.operator, "duarte");
        cr_assert_eq(rows[0].count, 2);
        cr_assert_str_eq(rows[1].prev, rows[0].hash);
        cr_assert_null(rows[0].signature);
        cr_assert_eq(strlen(rows[1].signature), 2 * SIGN_BYTES);
        MUST(journal_list(f.s, 2, 99, &f.a, &rows, &count, err));
        cr_assert_eq(count, 1);
        cr_assert_eq(rows[0].entry.seq, 3);
}
