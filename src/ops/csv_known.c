/*
 * Which thing a row of a table is.
 */
#include "ops/csv_known.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/crypt.h"
#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/same.h"
#include "ops/walk.h"

#include "ops_private.h"

#define CAP_FIRST 1024
#define FOUND_MAX 8
#define REFS_MAX  9

/* ---- the index -------------------------------------------------------------------------------
 */

static uint64_t hash_of(const char *key)
{
        uint8_t sha[HASH_BYTES];
        uint64_t hash;

        crypt_sha256(key, strlen(key), sha);
        memcpy(&hash, sha, sizeof(hash));
        return hash;
}

static void put(struct known_slot *slots, size_t cap, struct known_slot slot)
{
        size_t at = slot.hash & (cap - 1);

        while (slots[at].id)
                at = (at + 1) & (cap - 1);
        slots[at] = slot;
}

/* At most half full, so that looking ends soon. */
static void make_room(struct known *k)
{
        size_t cap = k->cap ? 2 * k->cap : CAP_FIRST;
        struct known_slot *slots;

        if (2 * (k->count + 1) <= k->cap)
                return;
        slots = xcalloc(cap, sizeof(*slots));
        for (size_t i = 0; i < k->cap; i++)
                if (k->slots[i].id)
                        put(slots, cap, k->slots[i]);
        free(k->slots);
        k->slots = slots;
        k->cap = cap;
}

static void add_slot(struct known *k, struct known_slot slot)
{
        make_room(k);
        put(k->slots, k->cap, slot);
        k->count++;
}

void known_add(struct known *k, const struct thing *t)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *keys[SAME_KEYS_MAX];
        size_t count = same_keys(t, &a, keys);
        const char *id = count ? arena_strdup(&k->arena, t->id) : NULL;

        for (size_t i = 0; i < count; i++)
                add_slot(k, (struct known_slot){.hash = hash_of(keys[i]), .id = id});
}

static enum rc take(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        (void)a, (void)err;
        if (!(row->flags & MARK_REVOKED))
                known_add(ctx, &row->thing);
        return RC_OK;
}

enum rc known_load(struct known *k, struct err *err)
{
        const struct filter all = {.kind = k->kind, .sort_field = -1};

        return ops_walk(k->ops, &all, NULL, take, k, err);
}

static const struct known_slot *slot_of(const struct known *k, uint64_t hash)
{
        for (size_t at = hash & (k->cap - 1); k->cap && k->slots[at].id;
             at = (at + 1) & (k->cap - 1))
                if (k->slots[at].hash == hash)
                        return &k->slots[at];
        return NULL;
}

static uint64_t hash_of_row(const char *id)
{
        AUTO_FREE char *key = xasprintf("row:%s", id);

        return hash_of(key);
}

static void add_row(struct known *k, const char *id, size_t row, bool made)
{
        add_slot(k, (struct known_slot){hash_of_row(id), arena_strdup(&k->arena, id), row, made});
}

size_t known_row_before(struct known *k, const char *id, size_t row)
{
        const struct known_slot *slot = slot_of(k, hash_of_row(id));

        if (slot)
                return slot->row;
        add_row(k, id, row, false);
        return 0;
}

void known_made(struct known *k, const struct thing *t, size_t row)
{
        known_add(k, t);
        add_row(k, t->id, row, true);
}

bool known_is_made(const struct known *k, const char *id)
{
        const struct known_slot *slot = slot_of(k, hash_of_row(id));

        return slot && slot->made;
}

void known_finish(struct known *k)
{
        free(TAKE(k->slots));
        arena_finish(&k->arena);
}

/* ---- what rows would make -------------------------------------------------------------------
 */

struct said {
        int field;
        struct value value;
};
struct foretold {
        size_t row;
        struct said *said;
        size_t count, room;
};

static int compare_rows(const void *a, const void *b)
{
        size_t x = ((const struct foretold *)a)->row, y = ((const struct foretold *)b)->row;

        return (x > y) - (x < y);
}

/* They are in the order of their rows. */
static struct foretold *foretold_by(const struct known *k, size_t row)
{
        const struct foretold key = {.row = row};

        return k->foretold_count
                       ? bsearch(&key, k->foretold, k->foretold_count, sizeof(key), compare_rows)
                       : NULL;
}

static struct value kept(const struct value *v, struct arena *a)
{
        const char **items = v->count ? arena_array(a, v->count, sizeof(*items)) : NULL;

        for (size_t i = 0; i < v->count; i++)
                items[i] = arena_strdup(a, v->items[i]);
        return (struct value){v->text ? arena_strdup(a, v->text) : NULL, items, v->count};
}

static struct said *said_of(struct known *k, struct foretold *f, int field)
{
        for (size_t i = 0; i < f->count; i++)
                if (f->said[i].field == field)
                        return &f->said[i];
        f->said = arena_grow(&k->arena, f->said, f->count, &f->room, sizeof(*f->said));
        f->said[f->count].field = field;
        return &f->said[f->count++];
}

static struct foretold *add_foretold(struct known *k, size_t row)
{
        size_t at = k->foretold_count++;

        k->foretold =
                arena_grow(&k->arena, k->foretold, at, &k->foretold_room, sizeof(*k->foretold));
        for (; at && k->foretold[at - 1].row > row; at--)
                k->foretold[at] = k->foretold[at - 1];
        k->foretold[at] = (struct foretold){.row = row};
        return &k->foretold[at];
}

static uint64_t hash_of_title(const char *folded)
{
        AUTO_FREE char *key = xasprintf("title:%s", folded);

        return hash_of(key);
}

static void index_title(struct known *k, const char *id, const char *title)
{
        AUTO_FREE char *folded = text_fold(title);

        add_slot(k, (struct known_slot){.hash = hash_of_title(folded),
                                        .id = arena_strdup(&k->arena, id)});
}

static void retell(struct known *k, const char *id, size_t row, const struct thing *said)
{
        const char *title = thing_text(said, k->kind->title);
        struct foretold *f = foretold_by(k, row);

        if (!f)
                f = add_foretold(k, row);
        for (int i = 0; i < (int)k->kind->field_count; i++)
                if (!value_is_empty(&said->values[i]))
                        said_of(k, f, i)->value = kept(&said->values[i], &k->arena);
        if (title)
                index_title(k, id, title);
}

void known_foretell(struct known *k, const struct thing *said, size_t row)
{
        known_made(k, said, row);
        retell(k, said->id, row, said);
}

void known_retell(struct known *k, const struct thing *held, const struct thing *said)
{
        const struct known_slot *slot = slot_of(k, hash_of_row(held->id));

        if (slot)
                retell(k, held->id, slot->row, said);
}

bool known_as_told(const struct known *k, struct thing *t)
{
        const struct known_slot *slot = k->foretold_count ? slot_of(k, hash_of_row(t->id)) : NULL;
        const struct foretold *f = slot ? foretold_by(k, slot->row) : NULL;

        for (size_t i = 0; f && i < f->count; i++)
                t->values[f->said[i].field] = f->said[i].value;
        return f != NULL;
}

/* What earlier rows would make has no reference yet. */
static void read_foretold(const struct known *k, const char *id, struct arena *a, struct row *ret)
{
        const struct known_slot *slot = slot_of(k, hash_of_row(id));

        *ret = (struct row){.ref = arena_printf(a, "row %zu", slot ? slot->row : 0)};
        thing_init(&ret->thing, k->kind, id);
        known_as_told(k, &ret->thing);
}

const char *known_title(const struct known *k, const char *id)
{
        struct thing t;

        thing_init(&t, k->kind, id);
        return known_as_told(k, &t) ? thing_text(&t, k->kind->title) : NULL;
}

static bool is_called(const struct known *k, const char *id, const char *folded)
{
        const char *title = known_title(k, id);
        AUTO_FREE char *other = title ? text_fold(title) : NULL;

        return other && strcmp(other, folded) == 0;
}

size_t known_called(const struct known *k, const char *folded, const char **ret_id)
{
        uint64_t hash = hash_of_title(folded);
        size_t same = 0;

        for (size_t at = hash & (k->cap - 1); k->foretold_count && k->slots[at].id && same < 2;
             at = (at + 1) & (k->cap - 1)) {
                const char *id = k->slots[at].id;

                if (k->slots[at].hash != hash || !is_called(k, id, folded) ||
                    (same && strcmp(id, *ret_id) == 0))
                        continue;
                *ret_id = id;
                same++;
        }
        return same;
}

/* ---- finding ---------------------------------------------------------------------------------
 */

struct found {
        struct row rows[FOUND_MAX];
        size_t count;
};

static bool is_found(const struct found *f, const char *id)
{
        for (size_t i = 0; i < f->count; i++)
                if (strcmp(f->rows[i].thing.id, id) == 0)
                        return true;
        return false;
}

static enum rc read_known(const struct known *k, const char *id, struct arena *a, struct row *ret)
{
        enum rc rc;

        if (k->foretold_count && known_is_made(k, id)) {
                read_foretold(k, id, a, ret);
                return RC_OK;
        }
        rc = thing_by_id(k->ops->store, id, a, ret, NULL);
        if (rc == RC_OK)
                known_as_told(k, &ret->thing);
        return rc;
}

static void look_at(const struct known *k, const struct thing *said, const char *id,
                    struct arena *a, struct found *f)
{
        struct row *row = &f->rows[f->count];

        if (f->count < FOUND_MAX && !is_found(f, id) && read_known(k, id, a, row) == RC_OK &&
            same_thing(said, &row->thing, a))
                f->count++;
}

static void look_for(const struct known *k, const struct thing *said, const char *key,
                     struct arena *a, struct found *f)
{
        uint64_t hash = hash_of(key);

        for (size_t at = hash & (k->cap - 1); k->slots[at].id; at = (at + 1) & (k->cap - 1))
                if (k->slots[at].hash == hash)
                        look_at(k, said, k->slots[at].id, a, f);
}

static int compare_refs(const void *a, const void *b)
{
        return strcmp(((const struct row *)a)->ref, ((const struct row *)b)->ref);
}

static enum rc by_keys(const struct known *k, const struct thing *said, struct arena *a,
                       struct row *ret, struct err *err)
{
        CLEANUP(str_finish) struct str list = {0};
        const char *keys[SAME_KEYS_MAX];
        size_t count = k->cap ? same_keys(said, a, keys) : 0;
        struct found f = {.count = 0};

        for (size_t i = 0; i < count; i++)
                look_for(k, said, keys[i], a, &f);
        if (f.count == 0)
                return RC_NOTFOUND;
        if (f.count == 1) {
                *ret = f.rows[0];
                return RC_OK;
        }
        qsort(f.rows, f.count, sizeof(*f.rows), compare_refs);
        str_init(&list, 200);
        for (size_t i = 0; i < f.count; i++)
                str_add_sep(&list, ", ", f.rows[i].ref);
        return err_set(err, RC_CONFLICT, "it may be any of %s; a column ref tells which",
                       str_text(&list));
}

const char *known_namesake(const struct known *k, const struct thing *said, struct arena *a)
{
        const char *keys[SAME_KEYS_MAX];
        size_t count = k->cap ? same_keys(said, a, keys) : 0;
        /* the first is that of the name, where there is one */
        uint64_t hash = count ? hash_of(keys[0]) : 0;
        struct row row;

        for (size_t at = hash & (k->cap - 1); count && k->slots[at].id;
             at = (at + 1) & (k->cap - 1))
                if (k->slots[at].hash == hash && read_known(k, k->slots[at].id, a, &row) == RC_OK &&
                    same_name(said, &row.thing, a))
                        return row.ref;
        return NULL;
}

static enum rc by_ref(const struct known *k, const char *ref, struct arena *a, struct row *ret,
                      struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = thing_by_ref(k->ops->store, ref, REFS_MAX, a, &rows, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                if (strcasecmp(rows[i].ref, ref) != 0 || rows[i].thing.kind != k->kind ||
                    known_is_made(k, rows[i].thing.id))
                        continue;
                *ret = rows[i];
                return RC_OK;
        }
        return rc == RC_OK ? RC_NOTFOUND : rc;
}

static enum rc by_id(const struct known *k, const char *id, struct arena *a, struct row *ret,
                     struct err *err)
{
        struct err why = {0};
        enum rc rc = thing_by_id(k->ops->store, id, a, ret, &why);

        if (rc == RC_OK && ret->thing.kind != k->kind)
                return err_set(err, RC_CONFLICT, "%s is of the kind %s", ret->ref,
                               ret->thing.kind->name);
        return rc == RC_OK || rc == RC_NOTFOUND ? rc : err_set(err, rc, "%s", why.text);
}

/* A table with ids that are not held here comes from elsewhere: its references are those of others,
 * as are those that happen to be given to what its rows make. */
enum rc known_find(const struct known *k, const struct thing *said, struct arena *a,
                   struct row *ret, struct err *err)
{
        const char *ref = thing_text(said, "ref");
        enum rc rc = RC_NOTFOUND;

        if (said->id)
                rc = by_id(k, said->id, a, ret, err);
        else if (ref)
                rc = by_ref(k, ref, a, ret, err);
        return rc == RC_NOTFOUND ? by_keys(k, said, a, ret, err) : rc;
}
