#include "law_files.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

static void add_folder(struct clock_law *law, const char *below)
{
        const char *data = getenv("MUSTER_DATA");
        AUTO_FREE char *dir = file_join(data ? data : "data", below);
        struct err err = {.text = ""};
        char **names = NULL;

        cr_assert_eq(file_list(dir, ".json", &names, &err), RC_OK, "%s", err.text);
        for (size_t i = 0; names[i]; i++) {
                AUTO_FREE char *path = file_join(dir, names[i]);
                AUTO_FREE char *bytes = NULL;
                size_t len;

                cr_assert_eq(file_read(path, CLOCK_LAW_BYTES_MAX, &bytes, &len, &err), RC_OK, "%s",
                             err.text);
                cr_assert_eq(clock_law_add(law, bytes, len, &err), RC_OK, "%s: %s", names[i],
                             err.text);
        }
        file_list_free(names);
}

struct clock_law *law_files_load(void)
{
        struct clock_law *law = clock_law_create();

        add_folder(law, "clocks");
        add_folder(law, "holidays");
        return law;
}
