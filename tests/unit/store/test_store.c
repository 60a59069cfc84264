#include "store/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "../../../src/store/store_private.h"
#include "base/file.h"
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

TestSuite(store, .init = setup, .fini = teardown);

static enum rc try_open(const char *path, int mode, struct err *err)
{
        struct store *s = NULL;
        enum rc rc = store_open(path, mode, &s, err);

        store_close(s);
        return rc;
}

Test(store, a_new_file_is_private_and_opens_again)
{
        struct stat st;

        cr_assert_eq(stat(f.path, &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
        MUST(meta_set(f.s, "unit", "one", err));
        MUST(meta_set(f.s, "unit", "two", err));
        file_reopen(&f, STORE_READ);
        AUTO_FREE char *unit = meta_get(f.s, "unit");
        cr_assert_str_eq(unit, "two");
        cr_assert_null(meta_get(f.s, "absent"));
}

Test(store, what_is_not_there_is_not_made)
{
        AUTO_FREE char *path = file_join(f.dir, "other.db");
        struct err why = {0};

        cr_assert_eq(try_open(path, STORE_WRITE, &why), RC_NOTFOUND);
        cr_assert(strstr(why.text, "there is no such database"), "%s", why.text);
        cr_assert_not(file_exists(path));
        cr_assert_eq(try_open(path, STORE_READ, NULL), RC_NOTFOUND);
}

Test(store, files_of_others_are_refused_and_left_alone)
{
        AUTO_FREE char *path = file_join(f.dir, "other.db");
        AUTO_FREE char *after = NULL;
        static const char text[] =
                "This is a letter, and longer than the hundred bytes of a header: "
                "it must stay as it is, whatever is asked.\n";
        struct err why = {0};
        size_t len;

        MUST(file_replace(path, text, strlen(text), err));
        cr_assert_eq(try_open(path, STORE_WRITE | STORE_CREATE, &why), RC_INVALID);
        cr_assert(strstr(why.text, "is not a Muster database"), "%s", why.text);
        MUST(file_read(path, 4096, &after, &len, err));
        cr_assert_str_eq(after, text);
        file_tamper(&f, "PRAGMA application_id = 7");
        cr_assert_eq(try_open(f.path, STORE_READ, NULL), RC_INVALID);
        cr_assert_eq(try_open(f.path, STORE_WRITE | STORE_CREATE, NULL), RC_INVALID);
}

Test(store, a_newer_schema_is_refused_by_number)
{
        struct err why = {0};

        AUTO_FREE char *sentence =
                xasprintf("newer Muster (schema 77, this one knows %d)", schema_newest());

        file_tamper(&f, "PRAGMA user_version = 77");
        cr_assert_eq(try_open(f.path, STORE_WRITE, &why), RC_INVALID);
        cr_assert(strstr(why.text, sentence), "%s", why.text);
}

Test(store, a_path_is_a_file_whatever_its_name)
{
        char before[512];
        struct err why = {0};

        cr_assert_not_null(getcwd(before, sizeof(before)));
        cr_assert_eq(chdir(f.dir), 0);
        cr_assert_eq(try_open(":memory:", STORE_WRITE | STORE_CREATE, &why), RC_OK, "%s", why.text);
        cr_assert(file_exists(":memory:"));
        cr_assert_eq(try_open("file:x?mode=memory", STORE_WRITE | STORE_CREATE, NULL), RC_OK);
        cr_assert(file_exists("file:x?mode=memory"));
        cr_assert_eq(chdir(before), 0);
}

#define STEPS_MAX 64

Test(store, migrations_go_one_by_one_after_a_copy)
{
        struct migration steps[STEPS_MAX];
        int is = schema_newest();
        AUTO_FREE char *backup = xasprintf("%s.v%d.bak", f.path, is);
        struct err why = {0};

        cr_assert_lt(is, STEPS_MAX - 2);
        for (int i = 0; i < is; i++)
                steps[i] = (struct migration){"SELECT 1"};
        steps[is] = (struct migration){"CREATE TABLE next(x)"};
        steps[is + 1] = (struct migration){"CREATE TABLE after(x)"};
        MUST(schema_migrate(f.s, steps, is + 2, err));
        cr_assert_eq(file_number(&f, "PRAGMA user_version"), is + 2);
        cr_assert_eq(file_number(&f, "SELECT count(*) FROM sqlite_schema"
                                     " WHERE name IN ('next', 'after')"),
                     2);
        cr_assert_eq(try_open(backup, STORE_WRITE, &why), RC_OK, "%s", why.text);
        steps[is + 2] = (struct migration){"CREATE TABLE bad(x); CREATE TABLE bad(x)"};
        cr_assert_eq(schema_migrate(f.s, steps, is + 3, &why), RC_FAIL);
        cr_assert_eq(file_number(&f, "PRAGMA user_version"), is + 2);
        cr_assert_eq(file_number(&f, "SELECT count(*) FROM sqlite_schema WHERE name = 'bad'"), 0);
        cr_assert_not(store_in_transaction(f.s));
}

Test(store, reading_changes_nothing)
{
        struct err why = {0};

        file_reopen(&f, STORE_READ);
        cr_assert(store_is_readonly(f.s));
        cr_assert_eq(store_begin(f.s, &why), RC_DENIED);
        cr_assert(strstr(why.text, "read-only"), "%s", why.text);
        cr_assert_eq(meta_set(f.s, "a", "b", NULL), RC_DENIED);
        cr_assert_eq(journal_sign(f.s, NULL), RC_DENIED);
}

Test(store, a_second_writer_waits_and_then_says_who_is_in_the_way)
{
        struct store *other = NULL;
        struct err why = {0};

        MUST(store_open(f.path, STORE_WRITE, &other, err));
        MUST(store_begin(f.s, err));
        cr_assert_eq(store_begin(other, &why), RC_BUSY);
        cr_assert(strstr(why.text, "is locked by another program"), "%s", why.text);
        cr_assert_not(store_in_transaction(other));
        store_rollback(f.s);
        MUST(store_begin(other, err));
        store_close(other); /* rolls back */
        MUST(store_begin(f.s, err));
        MUST(store_commit(f.s, err));
}

Test(store, others_commits_are_noticed_but_not_ones_own)
{
        struct store *other = NULL;
        int64_t before = store_data_version(f.s);

        MUST(meta_set(f.s, "a", "1", err));
        cr_assert_eq(store_data_version(f.s), before);
        MUST(store_open(f.path, STORE_WRITE, &other, err));
        MUST(meta_set(other, "a", "2", err));
        cr_assert_neq(store_data_version(f.s), before);
        store_close(other);
}

Test(store, a_console_is_seen_while_it_lives)
{
        int status;
        int ready[2], leave[2];
        char c;

        cr_assert_not(store_console_present(f.s));
        cr_assert_eq(pipe(ready) | pipe(leave), 0);
        pid_t pid = fork();
        if (pid == 0) {
                struct store *s = NULL;

                if (store_open(f.path, STORE_READ, &s, NULL) != RC_OK)
                        _exit(1);
                store_console_enter(s);
                close(leave[1]);
                if (write(ready[1], "x", 1) != 1 || read(leave[0], &c, 1) < 0)
                        _exit(2);
                _exit(0); /* without closing: as if it were killed */
        }
        cr_assert_eq(read(ready[0], &c, 1), 1);
        cr_assert(store_console_present(f.s));
        cr_assert(store_console_present(f.s));
        close(leave[1]);
        close(leave[0]);
        cr_assert_eq(waitpid(pid, &status, 0), pid);
        cr_assert_eq(status, 0);
        cr_assert_not(store_console_present(f.s));
}

Test(store, a_backup_is_whole_and_never_overwrites)
{
        AUTO_FREE char *to = file_join(f.dir, "copy.db");
        struct store *copy = NULL;
        struct stat st;
        struct err why = {0};

        work_begin(&f);
        put_version(&f, "incident--00000000-0000-4000-8000-000000000001", 5, "{}");
        work_end(&f);
        MUST(store_backup(f.s, to, err));
        cr_assert_eq(stat(to, &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
        cr_assert_eq(store_backup(f.s, to, &why), RC_CONFLICT);
        MUST(store_open(to, STORE_READ, &copy, err));
        struct journal_report report;
        MUST(journal_verify(copy, &report, err));
        cr_assert_eq(report.versions, 1);
        store_close(copy);
}

static void count_findings(void *ctx, const char *finding)
{
        (void)finding;
        ++*(int *)ctx;
}

Test(store, checks_find_a_row_that_lost_its_words)
{
        const struct row row =
                make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                         (const char *[]){"title=Hospitals offline", "severity=high", NULL});
        int findings = 0;

        work_begin(&f);
        put_row(&f, &row);
        work_end(&f);
        MUST(store_check(f.s, count_findings, &findings, err));
        cr_assert_eq(findings, 0);
        file_tamper(&f, "UPDATE thing_incident SET f_title = 'Something else'");
        MUST(store_check(f.s, count_findings, &findings, err));
        cr_assert_eq(findings, 1);
}

Test(store, a_damaged_file_is_called_damaged)
{
        struct err why = {0};
        char junk[4096];
        int fd;

        memset(junk, 0xa5, sizeof(junk));
        store_close(f.s);
        f.s = NULL;
        fd = open(f.path, O_RDWR | O_CLOEXEC);
        for (off_t at = 100; at < 40 * (off_t)sizeof(junk); at += sizeof(junk))
                cr_assert_eq(pwrite(fd, junk, sizeof(junk), at), (ssize_t)sizeof(junk));
        close(fd);
        cr_assert_eq(try_open(f.path, STORE_WRITE, &why), RC_FAIL);
        cr_assert(strstr(why.text, "is damaged"), "%s", why.text);
}

Test(store, commits_without_a_journal_entry_are_refused)
{
        struct err why = {0};
        struct store_stats stats;

        work_begin(&f);
        put_version(&f, "incident--00000000-0000-4000-8000-000000000001", 5, "{}");
        cr_assert_eq(store_commit(f.s, &why), RC_FAIL);
        cr_assert(strstr(why.text, "journal"), "%s", why.text);
        MUST(store_stats(f.s, &stats, err));
        cr_assert_eq(stats.versions, 0);
}

Test(store, statistics_count_what_is_there)
{
        const char *note = numbered_id(&f, "note", 1), *act = numbered_id(&f, "note", 2);
        const char *incident = numbered_id(&f, "incident", 1);
        struct store_stats stats;

        work_begin(&f);
        put_version(&f, incident, 5, "{\"a\":1}");
        put_version(&f, incident, 5, "{\"a\":2}");
        put_version(&f, incident, 6, "{\"a\":3}");
        put_version(&f, note, 5, "{}");
        put_version(&f, act, 5, "{}");
        MUST(act_index_put(f.s, act, incident, 9, "00000000000000aa", err));
        work_end(&f);
        MUST(store_stats(f.s, &stats, err));
        cr_assert_eq(stats.objects, 3);
        cr_assert_eq(stats.versions, 5);
        cr_assert_eq(stats.acts, 1);
        cr_assert_eq(stats.notes, 1);
        cr_assert_eq(stats.twins, 1);
        cr_assert_eq(stats.journal, 1);
        cr_assert_eq(stats.schema, schema_newest());
        cr_assert_gt(stats.bytes, 0);
}
