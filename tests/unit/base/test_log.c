#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

static char path[] = "log-XXXXXX";

static void make(void)
{
        int fd = mkstemp(path);
        cr_assert_geq(fd, 0);
        close(fd);
        unlink(path);
        clock_fix(0);
}

static void drop(void)
{
        log_close();
        unlink(path);
}

TestSuite(log, .init = make, .fini = drop);

static void expect(const char *want)
{
        AUTO_FREE char *text = NULL;
        cr_assert_eq(file_read(path, 10000, &text, NULL, NULL), RC_OK);
        cr_assert_str_eq(text, want);
}

Test(log, one_line_per_event_with_control_bytes_escaped)
{
        cr_assert_eq(log_open(path, NULL), RC_OK);
        log_line("sync", "remote %s\nsaid\x1b[2J", "hub");
        expect("1970-01-01T00:00:00.000Z sync: remote hub said\\x1b[2J\n");
}

Test(log, appends_and_is_private)
{
        struct stat st;
        cr_assert_eq(log_open(path, NULL), RC_OK);
        log_line("a", "one");
        log_close();
        log_line("a", "lost: nothing is open");
        cr_assert_eq(log_open(path, NULL), RC_OK);
        log_line("a", "two");
        expect("1970-01-01T00:00:00.000Z a: one\n1970-01-01T00:00:00.000Z a: two\n");
        cr_assert_eq(stat(path, &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
}

Test(log, says_why_it_cannot_be_opened)
{
        struct err err = {0};
        cr_assert_eq(log_open("no-such-folder/log", &err), RC_FAIL);
        cr_assert_str_eq(err.text, "no-such-folder/log: No such file or directory");
}
