/*
 * A hub's database of the first format is brought forward, and one of a format to come is left
 * alone.
 */
#include <sqlite3.h>

#include "link/hub.h"

static int64_t run_sql(const struct hub *h, const char *sql)
{
        sqlite3_stmt *stmt = NULL;
        sqlite3 *db = NULL;
        int64_t value = -1;

        if (sqlite3_open(h->db, &db) != SQLITE_OK)
                give_up("opening the hub's database");
        for (const char *rest = sql; *rest;) {
                if (sqlite3_prepare_v2(db, rest, -1, &stmt, &rest) != SQLITE_OK)
                        give_up(sqlite3_errmsg(db));
                if (sqlite3_step(stmt) == SQLITE_ROW)
                        value = sqlite3_column_int64(stmt, 0);
                sqlite3_finalize(stmt);
        }
        sqlite3_close(db);
        return value;
}

static bool removes(const struct hub *h, int number)
{
        AUTO_FREE char *body = envelope(number, number + 1);
        AUTO_FREE char *path =
                xasprintf(OBJECTS "incident--%08x-0000-4000-8000-000000000000/", (unsigned)number);
        struct reply posted = http_post(h, NULL, OBJECTS, body);
        struct reply gone = http_ask(h, &(struct ask){.method = "DELETE", .path = path});
        bool ok = posted.status == 202 && gone.status == 200;

        reply_free(&posted);
        reply_free(&gone);
        return ok;
}

int main(void)
{
        struct hub h;

        json_start();
        hub_prepare(&h);
        hub_start(&h);
        check(removes(&h, 1), "a new hub removes", "%s", "it does not");
        hub_stop(&h);
        run_sql(&h, "ALTER TABLE removal DROP COLUMN added; PRAGMA user_version=1");
        hub_start(&h);
        check(removes(&h, 2), "one of the first format does", "%s", "it does not");
        hub_ends_in_peace(&h);
        check(run_sql(&h, "PRAGMA user_version") == 2, "its format is the second", "%s", "");
        check(run_sql(&h, "SELECT count(*) FROM removal") == 2 &&
                      run_sql(&h, "SELECT count(added) FROM removal") == 1,
              "what it had is there", "%s", "");
        run_sql(&h, "PRAGMA user_version=3");
        char *listed = HUB_RUN(&h, "token", "list");
        check(!listed, "one of a format to come is left alone", "%s", listed);
        free(listed);
        hub_finish(&h);
        return failures != 0;
}
