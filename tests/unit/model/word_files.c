#include "word_files.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

static void add_file(struct words *w, const char *dir, const char *name)
{
        AUTO_FREE char *path = file_join(dir, name);
        AUTO_FREE char *bytes = NULL;
        struct err err = {.text = ""};
        size_t len;

        cr_assert_eq(file_read(path, WORDS_BYTES_MAX, &bytes, &len, &err), RC_OK, "%s", err.text);
        cr_assert_eq(words_add(w, bytes, len, &err), RC_OK, "%s: %s", name, err.text);
}

struct words *word_files_load(void)
{
        const char *data = getenv("MUSTER_DATA");
        AUTO_FREE char *dir = file_join(data ? data : "data", "words");
        struct words *w = words_create();
        struct err err = {.text = ""};
        char **names = NULL;

        cr_assert_eq(file_list(dir, ".json", &names, &err), RC_OK, "%s", err.text);
        for (size_t i = 0; names[i]; i++)
                add_file(w, dir, names[i]);
        file_list_free(names);
        return w;
}
