/*
 * What objects say of each other: markings of others, relationships, and which acts are about what.
 */
#include <string.h>

#include "store/versions.h"
#include "store_private.h"

int marking_lookup(struct store *s, const char *id)
{
        int64_t tlp;

        if (sql_number(s, "SELECT tlp FROM marking WHERE id = ?1", id, -1, &tlp, NULL) != RC_OK)
                return -1;
        return (int)tlp;
}

enum rc marking_put(struct store *s, const char *id, int tlp, struct err *err)
{
        return sql_do(s, err,
                      "INSERT INTO marking(id, tlp) VALUES(?1, ?2)"
                      " ON CONFLICT(id) DO UPDATE SET tlp = excluded.tlp",
                      "ti", id, (int64_t)tlp);
}

enum rc relation_put(struct store *s, const struct relation *r, struct err *err)
{
        return sql_do(s, err,
                      "INSERT INTO relation(id, type, source, target) VALUES(?1, ?2, ?3, ?4)"
                      " ON CONFLICT(id) DO UPDATE SET type = excluded.type,"
                      " source = excluded.source, target = excluded.target",
                      "tttt", r->id, r->type, r->source, r->target);
}

enum rc relation_list(struct store *s, const char *id, size_t max, struct arena *a,
                      struct relation **ret, size_t *ret_count, struct err *err)
{
        struct relation *list = NULL;
        size_t count = 0, room = 0;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = sql_first(s, &stmt, err,
                               "SELECT id, type, source, target FROM relation WHERE source = ?1"
                               " UNION SELECT id, type, source, target FROM relation"
                               " WHERE target = ?1 ORDER BY id LIMIT ?2",
                               "ti", id, (int64_t)max);

        for (; rc == RC_OK; rc = sql_step(s, stmt, err)) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                list[count++] = (struct relation){.id = sql_text(stmt, 0, a),
                                                  .type = sql_text(stmt, 1, a),
                                                  .source = sql_text(stmt, 2, a),
                                                  .target = sql_text(stmt, 3, a)};
        }
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}

enum rc act_index_put(struct store *s, const char *act_id, const char *target, int64_t hlc,
                      const char *console, struct err *err)
{
        return sql_do(s, err,
                      "INSERT INTO act(id, target, hlc, console) VALUES(?1, ?2, ?3, ?4)"
                      " ON CONFLICT(id) DO UPDATE SET target = excluded.target,"
                      " hlc = excluded.hlc, console = excluded.console",
                      "ttit", act_id, target, hlc, console);
}

enum rc act_target(struct store *s, const char *act_id, struct arena *a, const char **ret,
                   struct err *err)
{
        const char **found = NULL;
        size_t count = 0;
        enum rc rc = sql_texts(s, "SELECT target FROM act WHERE id = ?1 LIMIT ?2", act_id, 1, a,
                               &found, &count, err);

        if (rc == RC_OK && count == 0)
                rc = RC_NOTFOUND;
        if (rc == RC_OK)
                *ret = found[0];
        return rc;
}

int64_t act_greatest_hlc(struct store *s)
{
        int64_t hlc = 0;

        return sql_number(s, "SELECT max(hlc) FROM act", NULL, 0, &hlc, NULL) == RC_OK ? hlc : 0;
}

enum rc act_recent(struct store *s, const char *console, size_t max, struct arena *a,
                   const char ***ret, size_t *ret_count, struct err *err)
{
        return sql_texts(s, "SELECT id FROM act WHERE console = ?1 ORDER BY hlc DESC LIMIT ?2",
                         console, max, a, ret, ret_count, err);
}

/* How many acts there are on a thing: room for their list. */
static enum rc count_acts(struct store *s, const char *target, int64_t *ret, struct err *err)
{
        return sql_number(s, "SELECT count(*) FROM act WHERE target = ?1", target, 0, ret, err);
}

enum rc thing_acts(struct store *s, const char *target, struct arena *a, struct version **ret,
                   size_t *ret_count, struct err *err)
{
        struct version *list;
        size_t count = 0;
        int64_t room;
        sqlite3_stmt *stmt = NULL;
        enum rc rc = count_acts(s, target, &room, err);

        if (rc != RC_OK)
                return rc;
        if (room == 0) {
                *ret = NULL;
                *ret_count = 0;
                return RC_OK;
        }
        list = arena_array(a, (size_t)room, sizeof(*list));
        rc = sql_first(s, &stmt, err,
                       "SELECT " VERSION_COLUMNS " FROM act a JOIN version v ON v.vid ="
                       " (SELECT vid FROM version WHERE id = a.id"
                       " ORDER BY modified DESC, sha DESC LIMIT 1)"
                       " WHERE a.target = ?1 ORDER BY a.hlc LIMIT ?2",
                       "ti", target, room);
        for (; rc == RC_OK; rc = sql_step(s, stmt, err))
                version_read(stmt, a, &list[count++]);
        if (rc != RC_NOTFOUND)
                return rc;
        *ret = list;
        *ret_count = count;
        return RC_OK;
}
