#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/mem.h"

static char dir[] = "files-XXXXXX";

/* Each test in a new folder that is its working folder. */
static void enter(void)
{
        cr_assert_not_null(mkdtemp(dir));
        cr_assert_eq(chdir(dir), 0);
}

static void leave(void)
{
        char **names = NULL;
        if (file_list(".", "", &names, NULL) == RC_OK) {
                for (size_t i = 0; names[i]; i++)
                        unlink(names[i]);
                file_list_free(names);
        }
        rmdir("a/b/c");
        rmdir("a/b");
        rmdir("a");
        cr_assert_eq(chdir(".."), 0);
        rmdir(dir);
}

TestSuite(file, .init = enter, .fini = leave);

static void put(const char *name, const char *text)
{
        cr_assert_eq(file_replace(name, text, strlen(text), NULL), RC_OK);
}

static void expect(const char *name, const char *want)
{
        AUTO_FREE char *text = NULL;
        size_t len;
        cr_assert_eq(file_read(name, 1000, &text, &len, NULL), RC_OK);
        cr_assert_str_eq(text, want);
        cr_assert_eq(len, strlen(want));
}

Test(file, reads_what_was_written_and_replaces_it)
{
        struct stat st;
        put("x", "one");
        put("x", "and two");
        expect("x", "and two");
        cr_assert_eq(stat("x", &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
}

Test(file, replacing_leaves_no_temporary_behind)
{
        char **names = NULL;
        cr_assert_eq(mkdir("a", 0700), 0);
        cr_assert_eq(file_replace("a", "x", 1, NULL), RC_FAIL); /* a folder is in the way */
        put("x", "1");
        cr_assert_eq(file_list(".", "", &names, NULL), RC_OK);
        cr_assert_str_eq(names[0], "a");
        cr_assert_str_eq(names[1], "x");
        cr_assert_null(names[2]);
        file_list_free(names);
}

Test(file, creating_never_touches_what_is_there)
{
        struct stat st;
        struct err err = {0};
        cr_assert_eq(file_create("x", "one", 3, NULL), RC_OK);
        cr_assert_eq(stat("x", &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0600);
        cr_assert_eq(file_create("x", "two", 3, &err), RC_CONFLICT);
        cr_assert_str_eq(err.text, "x: there is a file of that name");
        expect("x", "one");
        cr_assert_eq(symlink("nowhere", "y"), 0);
        cr_assert_eq(file_create("y", "two", 3, NULL), RC_CONFLICT);
        cr_assert_eq(file_create("no/such", "two", 3, NULL), RC_FAIL);
}

Test(file, the_maximum_is_exact)
{
        AUTO_FREE char *text = NULL;
        struct err err = {0};
        put("x", "12345");
        cr_assert_eq(file_read("x", 4, &text, NULL, &err), RC_INVALID);
        cr_assert_str_eq(err.text, "x is larger than 4 bytes");
        cr_assert_null(text);
        cr_assert_eq(file_read("x", 5, &text, NULL, NULL), RC_OK);
        cr_assert_str_eq(text, "12345");
}

Test(file, an_empty_file_is_an_empty_text)
{
        put("x", "");
        expect("x", "");
}

Test(file, reads_files_that_do_not_say_their_size)
{
        AUTO_FREE char *text = NULL;
        size_t len = 0;
        cr_assert_eq(file_read("/proc/self/maps", 1u << 24, &text, &len, NULL), RC_OK);
        cr_assert_gt(len, 4096); /* more than the first piece */
        cr_assert_eq(strlen(text), len);
}

Test(file, tells_what_is_missing_from_what_failed)
{
        AUTO_FREE char *text = NULL;
        struct err err = {0};
        cr_assert_eq(file_read("none", 10, &text, NULL, &err), RC_NOTFOUND);
        cr_assert_str_eq(err.text, "none: No such file or directory");
        cr_assert_eq(file_read(".", 10, &text, NULL, NULL), RC_FAIL);
        cr_assert_eq(file_replace("none/x", "x", 1, NULL), RC_FAIL);
}

Test(file, reads_only_what_is_a_regular_file_where_that_is_asked_for)
{
        static const char *const others[] = {"pipe", "folder", "/dev/zero", "socket"};
        struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "socket"};
        AUTO_FREE char *text = NULL;
        int s = socket(AF_UNIX, SOCK_STREAM, 0);
        size_t len;
        cr_assert_eq(bind(s, (struct sockaddr *)&at, sizeof(at)), 0);
        cr_assert_eq(mkfifo("pipe", 0600), 0);
        cr_assert_eq(mkdir("folder", 0700), 0);
        for (size_t i = 0; i < ARRAY_LEN(others); i++) {
                struct err err = {0};
                cr_expect_eq(file_read_regular(others[i], 10, &text, &len, &err), RC_INVALID, "%s",
                             others[i]);
                cr_expect_eq(strncmp(err.text, others[i], strlen(others[i])), 0, "%s", err.text);
                cr_expect(strstr(err.text, "a regular file is needed"), "%s", err.text);
        }
        close(s);
        rmdir("folder");
        put("x", "one");
        cr_assert_eq(symlink("x", "to x"), 0);
        cr_assert_eq(file_read_regular("to x", 10, &text, &len, NULL), RC_OK);
        cr_assert_str_eq(text, "one");
        cr_assert_eq(file_read_regular("x", 2, &text, &len, NULL), RC_INVALID);
        cr_assert_eq(file_read_regular("none", 10, &text, &len, NULL), RC_NOTFOUND);
}

Test(file, makes_folders_with_their_parents)
{
        struct stat st;
        cr_assert_eq(file_mkdirs("a/b//c/", NULL), RC_OK);
        cr_assert_eq(file_mkdirs("a/b/c", NULL), RC_OK);
        cr_assert_eq(stat("a/b/c", &st), 0);
        cr_assert_eq(st.st_mode & 0777, 0700);
        put("x", "");
        struct err err = {0};
        cr_assert_eq(file_mkdirs("x/y", &err), RC_FAIL);
        cr_assert_str_eq(err.text, "x: Not a directory");
}

Test(file, lists_by_suffix_in_the_order_of_bytes)
{
        char **names = NULL;
        put("b.json", "");
        put("B.json", "");
        put("a.txt", "");
        put(".json", "");
        cr_assert_eq(file_list(".", ".json", &names, NULL), RC_OK);
        cr_assert_str_eq(names[0], "B.json");
        cr_assert_str_eq(names[1], "b.json");
        cr_assert_null(names[2]);
        file_list_free(names);
        cr_assert_eq(file_list("none", "", &names, NULL), RC_NOTFOUND);
        unlink(".json");
}

Test(file, joins_and_splits_paths)
{
        AUTO_FREE char *plain = file_join("a", "b"), *slash = file_join("a/", "b");
        AUTO_FREE char *deep = file_dirname("a/b"), *here = file_dirname("b");
        AUTO_FREE char *root = file_dirname("/b");
        cr_assert_str_eq(plain, "a/b");
        cr_assert_str_eq(slash, "a/b");
        cr_assert_str_eq(deep, "a");
        cr_assert_str_eq(here, ".");
        cr_assert_str_eq(root, "/");
}

static void expect_xdg(enum xdg which, const char *want)
{
        AUTO_FREE char *path = file_xdg(which);
        cr_assert_eq(path == NULL, want == NULL);
        if (path && want)
                cr_assert_str_eq(path, want);
}

Test(file, follows_the_xdg_specification)
{
        setenv("HOME", "/h", 1);
        setenv("XDG_CONFIG_HOME", "/c", 1);
        setenv("XDG_STATE_HOME", "relative", 1);
        unsetenv("XDG_DATA_HOME");
        unsetenv("XDG_RUNTIME_DIR");
        expect_xdg(XDG_CONFIG, "/c/muster");
        expect_xdg(XDG_STATE, "/h/.local/state/muster");
        expect_xdg(XDG_DATA, "/h/.local/share/muster");
        expect_xdg(XDG_RUNTIME, NULL);
        unsetenv("HOME");
        expect_xdg(XDG_DATA, NULL);
}
