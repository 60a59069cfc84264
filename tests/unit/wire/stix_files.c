#include "stix_files.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

struct arena files_arena;
struct stix_object files_object;
struct err files_err;

void files_setup(void)
{
        arena_init(&files_arena);
}

void files_teardown(void)
{
        arena_finish(&files_arena);
}

char *files_bytes(const char *name, size_t *ret_len)
{
        char path[256];
        char *bytes = NULL;
        struct err err = {0};

        snprintf(path, sizeof(path), "tests/fixtures/stix/%s.json", name);
        cr_assert_eq(file_read(path, 1 << 20, &bytes, ret_len, &err), RC_OK, "%s", err.text);
        return bytes;
}

static enum rc read_bytes(const char *bytes, size_t len)
{
        enum rc rc = RC_OK;

        err_clear(&files_err);
        files_object = (struct stix_object){0};
        rc = stix_read(bytes, len, &files_arena, &files_object, &files_err);
        cr_assert(rc == RC_OK || (rc == RC_INVALID && files_err.text[0]));
        return rc;
}

enum rc files_read(const char *name)
{
        size_t len = 0;
        AUTO_FREE char *bytes = files_bytes(name, &len);

        return read_bytes(bytes, len);
}

enum rc files_read_text(const char *json)
{
        return read_bytes(json, strlen(json));
}

const char *files_field(const char *name)
{
        const char *text = thing_text(files_object.thing, name);

        return text ? text : "";
}

const char *files_items(const char *name)
{
        return value_join(thing_value(files_object.thing, name), " ", &files_arena);
}

bool files_found(const char *part)
{
        for (size_t i = 0; i < files_object.finding_count; i++)
                if (strstr(files_object.findings[i], part))
                        return true;
        return false;
}
