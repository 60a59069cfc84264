#include "hub_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/ident.h"
#include "postgres.h"

struct backend *hub_file;
struct arena hub_file_arena;
char *hub_file_path;
bool hub_file_is_postgres;

void hub_file_open(void)
{
        const char *tmp = getenv("TMPDIR");

        crypt_start(NULL);
        hub_file_path = postgres_fresh();
        hub_file_is_postgres = hub_file_path != NULL;
        if (!hub_file_path)
                hub_file_path = xasprintf("%s/hub-unit.%d.db", tmp ? tmp : "/tmp", getpid());
        unlink(hub_file_path);
        cr_assert_eq(backend_open(hub_file_path, 2, &hub_file, NULL), RC_OK);
}

void hub_file_close_only(void)
{
        backend_cleanup(&hub_file);
        hub_file = NULL;
}

void hub_file_close(void)
{
        hub_file_close_only();
        unlink(hub_file_path);
        free(hub_file_path);
        arena_finish(&hub_file_arena);
}

void hub_file_sql(const char *sql)
{
        AUTO_FREE char *what = xasprintf("sql '%s' '%s'", hub_file_path, sql);
        AUTO_FREE char *said = postgres_run(what);

        cr_assert_not_null(said);
}

struct hub_collection hub_file_collection(void)
{
        char *id = arena_alloc(&hub_file_arena, UUID_TEXT);
        struct hub_collection c = {.id = id, .title = "Test"};

        ident_uuid4(id);
        cr_assert_eq(hub_file->ops->collection_add(hub_file, &c, NULL), RC_OK);
        return c;
}
