#include "app/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "model/clock_law.h"
#include "model/words.h"

static enum rc add_list(const char *dir, const char *name, struct words *words, struct err *err)
{
        AUTO_FREE char *path = file_join(dir, name);
        AUTO_FREE char *text = NULL;
        size_t len;
        enum rc rc = file_read_regular(path, WORDS_BYTES_MAX, &text, &len, err);

        if (rc != RC_OK)
                return rc;
        rc = words_add(words, text, len, err);
        return rc == RC_OK ? RC_OK : err_wrap(err, rc, "%s", path);
}

enum rc data_words(const char *dir, struct words **ret, struct err *err)
{
        AUTO_FREE char *folder = file_join(dir, "words");
        struct words *words = words_create();
        char **names = NULL;
        enum rc rc = file_list(folder, ".json", &names, err);

        for (size_t i = 0; rc == RC_OK && names[i]; i++)
                rc = add_list(folder, names[i], words, err);
        file_list_free(names);
        if (rc != RC_OK) {
                words_destroy(words);
                return rc;
        }
        *ret = words;
        return RC_OK;
}

static enum rc add_law(const char *dir, const char *below, struct clock_law *law, struct err *err)
{
        AUTO_FREE char *folder = file_join(dir, below);
        char **names = NULL;
        enum rc rc = file_exists(folder) ? file_list(folder, ".json", &names, err) : RC_OK;

        for (size_t i = 0; rc == RC_OK && names && names[i]; i++) {
                AUTO_FREE char *path = file_join(folder, names[i]);
                AUTO_FREE char *text = NULL;
                size_t len;

                rc = file_read_regular(path, CLOCK_LAW_BYTES_MAX, &text, &len, err);
                if (rc == RC_OK) {
                        rc = clock_law_add(law, text, len, err);
                        rc = rc == RC_OK ? RC_OK : err_wrap(err, rc, "%s", path);
                }
        }
        file_list_free(names);
        return rc;
}

enum rc data_law(const char *dir, struct clock_law **ret, struct err *err)
{
        CLEANUP(clock_law_cleanup) struct clock_law *law = clock_law_create();
        enum rc rc = add_law(dir, "clocks", law, err);

        if (rc == RC_OK)
                rc = add_law(dir, "holidays", law, err);
        if (rc == RC_OK)
                *ret = TAKE(law);
        return rc;
}

static enum rc read_theme(const char *dir, const char *file, struct theme *ret, struct err *err)
{
        AUTO_FREE char *path = file_join(dir, file);
        AUTO_FREE char *name = xstrndup(file, strlen(file) - strlen(".ini"));
        AUTO_FREE char *text = NULL;
        size_t len;
        enum rc rc = file_read_regular(path, 64 * 1024, &text, &len, err);

        *ret = theme_night;
        return rc == RC_OK ? theme_read(name, text, len, ret, err) : rc;
}

static size_t count_names(char *const *names)
{
        size_t n = 0;

        while (names[n])
                n++;
        return n;
}

enum rc data_themes(const char *dir, struct arena *a, struct theme **ret, size_t *ret_count,
                    struct err *err)
{
        AUTO_FREE char *inside = file_join(dir, "themes");
        AUTO_FREE char *beside = file_join(dir, "../themes");
        const char *folder = file_exists(inside) ? inside : beside;
        char **names = NULL;
        enum rc rc = RC_OK;
        struct theme *themes;
        size_t count;

        *ret_count = 0;
        if (!file_exists(folder))
                return RC_OK;
        rc = file_list(folder, ".ini", &names, err);
        if (rc != RC_OK)
                return rc;
        count = count_names(names);
        themes = arena_array(a, count, sizeof(*themes));
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = read_theme(folder, names[i], &themes[i], err);
        file_list_free(names);
        if (rc != RC_OK)
                return rc;
        *ret = themes;
        *ret_count = count;
        return RC_OK;
}
