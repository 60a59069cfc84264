/*
 * Objects into PostgreSQL, and out of it again; and what became of them.
 *
 * Whatever a transaction does in a collection it does behind the lock of the collection's row. Hubs
 * take these locks in the order of their keys (desk.c), so none waits for one that waits for it.
 */
#include "hub/backend_pg.h"

#include <libpq-fe.h>
#include <string.h>

#include "base/clock.h"

#define STATUS_KEPT_US (48 * 3600 * 1000000ll) /* the standard asks for 24 hours */

/* ---- transactions -----------------------------------------------------------------------------
 */

static enum rc begin_once(struct pg_link *l, struct err *err)
{
        enum rc rc = pg_link_connect(l, err);

        return rc == RC_OK ? pg_link_run(l, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", err)
                           : rc;
}

/* That the server was started anew shows at the first word: nothing is lost by saying it again. */
enum rc pg_begin(struct backend *b, struct err *err)
{
        struct pg_link *l = &pg_of(b)->writer;
        bool was_connected = !pg_is_lost(l);
        struct err own = {0};
        enum rc rc = begin_once(l, &own);

        if (rc != RC_OK && was_connected && pg_is_lost(l)) {
                err_clear(&own);
                rc = begin_once(l, &own);
        }
        l->in_transaction = rc == RC_OK;
        return rc == RC_OK ? rc : err_set(err, rc, "%s", own.text);
}

/*
 * It succeeded only if the server says so. Where the connection is lost meanwhile nobody knows, and
 * where the server warns it is on the disk, but perhaps on that of no standby: then it is not
 * answered with success, and who sends it again changes nothing.
 */
enum rc pg_commit(struct backend *b, struct err *err)
{
        struct pg_link *l = &pg_of(b)->writer;
        enum rc rc;

        if (pg_is_lost(l)) {
                l->in_transaction = false;
                return err_set(err, RC_BUSY, "PostgreSQL: the transaction was lost");
        }
        l->warned = false;
        rc = pg_link_run(l, "COMMIT", err);
        l->in_transaction = false;
        if (rc != RC_OK)
                pg_link_drop(l);
        else if (l->warned)
                rc = err_set(err, RC_BUSY, "PostgreSQL warned at a commit: are there standbys?");
        return rc;
}

void pg_rollback(struct backend *b)
{
        struct pg_link *l = &pg_of(b)->writer;

        if (!pg_is_lost(l) && pg_link_run(l, "ROLLBACK", NULL) != RC_OK)
                pg_link_drop(l);
        l->in_transaction = false;
}

/* ---- adding -----------------------------------------------------------------------------------
 */

/* The row is locked from here to the commit. Gives back `added` of the last of them. */
static enum rc grow(struct pg_link *l, int64_t collection, size_t count, int64_t *ret,
                    struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        enum rc rc = pg_do(l, &r, err, PG_COLLECTION_GROW, "ii", collection, (int64_t)count);

        if (rc == RC_OK && !PQntuples(r))
                return err_set(err, RC_FAIL, "the collection is gone");
        if (rc == RC_OK)
                *ret = pg_int(r, 0, 0);
        return rc;
}

struct columns {
        struct pg_list ids, versions_ns, versions, types, specs, bytes;
};

static void fill_columns(struct columns *c, const struct hub_object *objects, size_t count)
{
        pg_list_begin(&c->ids, PG_TEXT, count);
        pg_list_begin(&c->versions_ns, PG_INT, count);
        pg_list_begin(&c->versions, PG_TEXT, count);
        pg_list_begin(&c->types, PG_TEXT, count);
        pg_list_begin(&c->specs, PG_TEXT, count);
        pg_list_begin(&c->bytes, PG_BYTES, count);
        for (size_t i = 0; i < count; i++) {
                pg_list_add_text(&c->ids, objects[i].id);
                pg_list_add_int(&c->versions_ns, objects[i].version_ns);
                pg_list_add_text(&c->versions, objects[i].version);
                pg_list_add_text(&c->types, objects[i].type);
                pg_list_add_text(&c->specs, objects[i].spec);
                pg_list_add(&c->bytes, objects[i].bytes, objects[i].len);
        }
}

static void columns_finish(struct columns *c)
{
        pg_list_finish(&c->ids);
        pg_list_finish(&c->versions_ns);
        pg_list_finish(&c->versions);
        pg_list_finish(&c->types);
        pg_list_finish(&c->specs);
        pg_list_finish(&c->bytes);
}

/* All in one statement; what came back is new, what did not was held. */
static enum rc insert(struct pg_link *l, int64_t collection, const struct hub_object *objects,
                      size_t count, enum hub_added *ret_added, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        CLEANUP(columns_finish) struct columns c = {0};
        int64_t before_us = objects[0].added_us - 1;
        enum rc rc;

        fill_columns(&c, objects, count);
        rc = pg_do(l, &r, err, PG_OBJECT_ADD, "iiTITTTB", collection, before_us, &c.ids,
                   &c.versions_ns, &c.versions, &c.types, &c.specs, &c.bytes);
        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; i < count; i++)
                ret_added[i] = HUB_HELD;
        for (int row = 0; row < PQntuples(r); row++)
                ret_added[pg_int(r, row, 0) - before_us - 1] = HUB_NEW;
        return RC_OK;
}

static void add_question(const struct hub_object *o, struct pg_list *ids, struct pg_list *versions,
                         struct pg_list *hashes)
{
        uint8_t hash[HASH_BYTES];

        crypt_sha256(o->bytes, o->len, hash);
        pg_list_add_text(ids, o->id);
        pg_list_add_int(versions, o->version_ns);
        pg_list_add(hashes, hash, sizeof(hash));
}

/* Is what is held the same, byte for byte? The hashes go over, not the bytes. */
static enum rc compare(struct pg_link *l, int64_t collection, const struct hub_object *objects,
                       size_t count, enum hub_added *added, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        CLEANUP(pg_list_finish) struct pg_list ids = {0}, versions = {0}, hashes = {0};
        size_t held = 0;
        int row = 0;
        enum rc rc;

        for (size_t i = 0; i < count; i++)
                held += added[i] == HUB_HELD;
        if (!held)
                return RC_OK;
        pg_list_begin(&ids, PG_TEXT, held);
        pg_list_begin(&versions, PG_INT, held);
        pg_list_begin(&hashes, PG_BYTES, held);
        for (size_t i = 0; i < count; i++)
                if (added[i] == HUB_HELD)
                        add_question(&objects[i], &ids, &versions, &hashes);
        rc = pg_do(l, &r, err, PG_OBJECT_SAME, "iTIB", collection, &ids, &versions, &hashes);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                if (added[i] == HUB_HELD && !pg_bool(r, row++, 0))
                        added[i] = HUB_HELD_OTHERWISE;
        return rc;
}

enum rc pg_add(struct backend *b, int64_t collection, struct hub_object *objects, size_t count,
               enum hub_added *ret_added, struct err *err)
{
        struct pg_link *l = &pg_of(b)->writer;
        int64_t last = 0;
        enum rc rc;

        if (!count)
                return RC_OK;
        rc = grow(l, collection, count, &last, err);
        for (size_t i = 0; i < count; i++)
                objects[i].added_us = last - (int64_t)(count - 1 - i);
        if (rc == RC_OK)
                rc = insert(l, collection, objects, count, ret_added, err);
        return rc == RC_OK ? compare(l, collection, objects, count, ret_added, err) : rc;
}

/* ---- removing ---------------------------------------------------------------------------------
 */

struct places {
        int64_t *list;
        size_t count, room;
        struct arena arena;
};

static bool note_place(void *ctx, const struct hub_object *o)
{
        struct places *p = ctx;

        p->list = arena_grow(&p->arena, p->list, p->count, &p->room, sizeof(*p->list));
        p->list[p->count++] = o->added_us;
        return true;
}

static enum rc lock(struct pg_link *l, int64_t collection, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;

        return pg_do(l, &r, err, PG_COLLECTION_LOCK, "i", collection);
}

static enum rc remove_places(struct pg_link *l, int64_t collection, const struct places *p,
                             const char *by, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        CLEANUP(pg_list_finish) struct pg_list places = {0};

        pg_list_begin(&places, PG_INT, p->count);
        for (size_t i = 0; i < p->count; i++)
                pg_list_add_int(&places, p->list[i]);
        return pg_do(l, &r, err, PG_OBJECT_REMOVE, "iIit", collection, &places,
                     clock_now_ms() * 1000, by);
}

enum rc pg_remove(struct backend *b, const struct hub_query *q, const char *by, size_t *ret_count,
                  struct err *err)
{
        struct pg_link *l = &pg_of(b)->writer;
        struct places places = {0};
        bool more;
        enum rc rc = lock(l, q->collection, err);

        if (rc == RC_OK)
                rc = pg_link_walk(l, q, note_place, &places, &more, err);
        if (rc == RC_OK && places.count)
                rc = remove_places(l, q->collection, &places, by, err);
        if (rc == RC_OK)
                *ret_count = places.count;
        arena_finish(&places.arena);
        return rc;
}

enum rc pg_knows(struct backend *b, int64_t collection, int64_t added_us, const char *id, bool *ret,
                 struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_read(l, &r, err, PG_KNOWS, "iit", collection, added_us, id);

        pg_reader_return(b, l);
        if (rc == RC_OK)
                *ret = pg_bool(r, 0, 0);
        return rc;
}

/* ---- statuses ---------------------------------------------------------------------------------
 */

enum rc pg_status_put(struct backend *b, const struct hub_status *s, struct err *err)
{
        CLEANUP(pg_clear) PGresult *added = NULL, *forgotten = NULL;
        struct pg_link *l = &pg_of(b)->writer;
        enum rc rc = pg_do(l, &added, err, PG_STATUS_ADD, "ttit", s->id, s->owner, s->at_us,
                           s->document);

        return rc == RC_OK
                       ? pg_do(l, &forgotten, err, PG_STATUS_FORGET, "i", s->at_us - STATUS_KEPT_US)
                       : rc;
}

enum rc pg_status_get(struct backend *b, const char *id, const char *owner, struct arena *a,
                      const char **ret, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        struct pg_link *l = pg_reader_take(b);
        enum rc rc = pg_read(l, &r, err, PG_STATUS_GET, "tt", id, owner);

        pg_reader_return(b, l);
        if (rc != RC_OK)
                return rc;
        if (!PQntuples(r))
                return RC_NOTFOUND;
        *ret = pg_text(r, 0, 0, a);
        return RC_OK;
}

enum rc pg_seqs(struct backend *b, struct hub_seq *list, size_t count, struct err *err)
{
        CLEANUP(pg_clear) PGresult *r = NULL;
        CLEANUP(pg_list_finish) struct pg_list keys = {0};
        enum rc rc;

        pg_list_begin(&keys, PG_INT, count);
        for (size_t i = 0; i < count; i++)
                pg_list_add_int(&keys, list[i].collection);
        rc = pg_read(&pg_of(b)->writer, &r, err, PG_COLLECTION_SEQS, "I", &keys);
        if (rc != RC_OK)
                return rc;
        for (int row = 0; row < PQntuples(r); row++)
                for (size_t i = 0; i < count; i++)
                        if (list[i].collection == pg_int(r, row, 0))
                                list[i].seq = pg_int(r, row, 1);
        return RC_OK;
}
