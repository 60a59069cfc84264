#include "base/ini.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/mem.h"
#include "base/str.h"

static enum rc collect(void *ctx, const char *section, const char *name, const char *value,
                       struct err *err)
{
        if (strcmp(name, "bad") == 0)
                return err_set(err, RC_INVALID, "unknown name \"%s\"", name);
        str_addf(ctx, "[%s]%s=%s;", section, name, value);
        return RC_OK;
}

static void expect(const char *text, enum rc rc, const char *seen, const char *sentence)
{
        CLEANUP(str_finish) struct str got = {0};
        struct err err = {0};
        str_init(&got, 10000);
        cr_assert_eq(ini_read(text, strlen(text), collect, &got, &err), rc, "%s: %s", text,
                     err.text);
        cr_assert_str_eq(str_text(&got), seen);
        cr_assert_str_eq(err.text, sentence);
}

Test(ini, gives_each_name_once_with_its_section)
{
        expect("a = 1\n[keys]\n# c\n; c\nq = quit\n\n[x]\nq=\n", RC_OK, "[]a=1;[keys]q=quit;[x]q=;",
               "");
        expect("\xEF\xBB\xBF"
               "a=1",
               RC_OK, "[]a=1;", "");
        expect("a=1\r\nb=2\r\n", RC_OK, "[]a=1;[]b=2;", "");
        expect("", RC_OK, "", "");
}

Test(ini, an_indented_line_is_a_line_of_its_own)
{
        expect("a=1\n  b=2\n", RC_OK, "[]a=1;[]b=2;", "");
        expect("a=1\n  more\n", RC_INVALID, "[]a=1;", "line 2: not of the form NAME = VALUE");
}

Test(ini, stops_at_the_first_failure_and_names_its_line)
{
        expect("a=1\n\nbad=2\nc=3\n", RC_INVALID, "[]a=1;", "line 3: unknown name \"bad\"");
        expect("[open\na=1\n", RC_INVALID, "", "line 1: a section reads [NAME]");
        expect("a=1\n=2\n", RC_INVALID, "[]a=1;", "line 2: a name is missing before \"=\"");
}

Test(ini, refuses_what_would_be_cut_in_silence)
{
        char line[400] = "a=";
        memset(line + 2, 'x', 300);
        expect(line, RC_INVALID, "", "line 1: the line is too long");
        char section[100] = "[";
        memset(section + 1, 's', 60);
        section[61] = ']';
        expect(section, RC_INVALID, "", "line 1: a section reads [NAME]");
        expect("a=\xFF\n", RC_INVALID, "", "line 1: the line is not UTF-8 text");
}

Test(ini, a_long_line_that_is_accepted_is_whole)
{
        char line[200] = "a=", want[210] = "[]a=";
        memset(line + 2, 'x', 180);
        memset(want + 4, 'x', 180);
        want[184] = ';';
        expect(line, RC_OK, want, "");
}

Test(ini, refuses_nul_bytes_and_what_is_too_large)
{
        CLEANUP(str_finish) struct str got = {0};
        str_init(&got, 100);
        cr_assert_eq(ini_read("a=1\0b", 5, collect, &got, NULL), RC_INVALID);
        AUTO_FREE char *big = xcalloc(INI_BYTES_MAX + 1, 1);
        memset(big, '\n', INI_BYTES_MAX + 1);
        cr_assert_eq(ini_read(big, INI_BYTES_MAX + 1, collect, &got, NULL), RC_INVALID);
        cr_assert_eq(ini_read(big, INI_BYTES_MAX, collect, &got, NULL), RC_OK);
}

/* Of exactly its size, as a file that was mapped: the sanitizer sees a byte read behind it. */
Test(ini, reads_nothing_behind_blanks_at_the_end)
{
        static const char text[] = {'a', '=', '1', '\n', ' '};
        CLEANUP(str_finish) struct str got = {0};
        AUTO_FREE char *copy = xmalloc(sizeof(text));
        str_init(&got, 100);
        memcpy(copy, text, sizeof(text));
        cr_assert_eq(ini_read(copy, sizeof(text), collect, &got, NULL), RC_OK);
        cr_assert_str_eq(str_text(&got), "[]a=1;");
}
