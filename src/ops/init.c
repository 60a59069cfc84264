/*
 * Whose database it is: a new unit, or one joined with the file that another desk exported.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/outbox.h"

#include "ops_private.h"

#define NAME_BYTES_MAX 200

/* Who the unit will be, and the bytes that say so to others. */
struct founding {
        const struct ops_unit *u;
        char *name, *id;
        struct str identity;
};

static void founding_finish(struct founding *f)
{
        mem_free_cleanup(&f->name);
        mem_free_cleanup(&f->id);
        str_finish(&f->identity);
}

/* ---- joining -----------------------------------------------------------------------------------
 */

static enum rc take_identity(struct founding *f, const char *bytes, size_t len, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct stix_object o;
        enum rc rc = stix_read(bytes, len, &a, &o, err);

        if (rc != RC_OK)
                return rc;
        if (strcmp(o.type, "identity") != 0)
                return RC_OK;
        if (f->id)
                return err_set(err, RC_INVALID, "it names more than one unit");
        f->id = xstrdup(o.id);
        f->name = xstrdup(o.unit_name ? o.unit_name : "");
        str_addn(&f->identity, bytes, len);
        return RC_OK;
}

static enum rc read_join(struct founding *f, struct err *err)
{
        struct jsplit_memory m = {.bytes = f->u->join_bytes, .len = f->u->join_len};
        struct jsplit_source src = jsplit_from_memory(&m);
        CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
        struct jsplit_shape shape;
        const char *bytes = NULL;
        size_t len = 0;
        enum rc rc = jsplit_scan(&src, &shape, err);

        if (rc == RC_OK)
                rc = stix_check_shape(&shape, err);
        if (rc == RC_OK)
                rc = jsplit_open(&src, &shape, &js, err);
        while (rc == RC_OK) {
                rc = jsplit_next(js, &bytes, &len, err);
                if (rc == RC_OK)
                        rc = take_identity(f, bytes, len, err);
        }
        if (rc != RC_NOTFOUND)
                return rc;
        return f->id ? RC_OK : err_set(err, RC_INVALID, "it names no unit");
}

/* ---- a new unit --------------------------------------------------------------------------------
 */

static enum rc read_new(struct founding *f, struct err *err)
{
        const char *name = f->u->name && *f->u->name ? f->u->name : "unnamed unit";
        const char *id = f->u->unit_id;
        char fresh[STIX_ID_MAX];

        f->name = text_clean(name, strlen(name), false);
        if (strlen(f->name) > NAME_BYTES_MAX)
                return err_set(err, RC_INVALID, "the unit's name has %zu bytes, at most %d",
                               strlen(f->name), NAME_BYTES_MAX);
        if (!id) {
                ident_stix("identity", fresh);
                id = fresh;
        }
        if (!ident_is_stix(id, strlen(id)) || strncmp(id, "identity--", 10) != 0)
                return err_set(err, RC_INVALID, "%.100s is not of the form identity--UUID", id);
        f->id = xstrdup(id);
        stix_write_unit(id, f->name, clock_now_ms(), &f->identity);
        return RC_OK;
}

static enum rc read_unit(struct founding *f, struct err *err)
{
        enum rc rc;

        str_init(&f->identity, JSPLIT_OBJECT_MAX);
        if (!f->u->join_bytes)
                return read_new(f, err);
        rc = read_join(f, err);
        return rc == RC_OK ? rc : err_wrap(err, rc, "the file to join with");
}

/* ---- writing it down ---------------------------------------------------------------------------
 */

static enum rc put_meta(struct ops *ops, const struct founding *f, struct err *err)
{
        char console[17];
        const struct {
                const char *key, *value;
        } rows[] = {
                {META_UNIT, f->id},
                {META_UNIT_NAME, f->name},
                {META_DESK, f->u->desk},
                {META_CONSOLE, console},
                {META_CEILING, enum_id(&enum_tlp, f->u->ceiling < 0 ? TLP_RED : f->u->ceiling)},
                {META_DEFAULT, enum_id(&enum_tlp, TLP_AMBER)},
                {META_EXERCISE, f->u->exercise ? "1" : "0"},
        };
        enum rc rc = RC_OK;

        snprintf(console, sizeof(console), "%016" PRIx64, ident_console());
        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(rows); i++)
                if (rows[i].value)
                        rc = meta_set(ops->store, rows[i].key, rows[i].value, err);
        return rc;
}

static enum rc found(struct admission *ad, const struct founding *f, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops *ops = ad->ops;
        struct admitted done;
        enum rc rc = admission_begin(ad, err);

        if (rc == RC_OK)
                rc = put_meta(ops, f, err);
        if (rc == RC_OK)
                rc = ops_read_meta(ops, err);
        if (rc != RC_OK)
                return rc;
        ops->ceiling = TLP_RED; /* our own identity passes every ceiling */
        rc = admit(ad, f->identity.s, f->identity.len, &a, &done, err);
        if (rc == RC_OK && !f->u->join_bytes)
                rc = outbox_put(ops->store, done.vid, err);
        if (f->u->ceiling >= 0)
                ops->ceiling = (enum tlp)f->u->ceiling;
        return rc == RC_OK ? admission_commit(ad, "init", f->name, err) : rc;
}

enum rc unit_make(struct ops *ops, const struct ops_unit *u, struct err *err)
{
        CLEANUP(founding_finish) struct founding f = {.u = u};
        CLEANUP(admission_finish) struct admission ad = {.ops = ops};
        enum rc rc = read_unit(&f, err);

        return rc == RC_OK ? found(&ad, &f, err) : rc;
}

static enum rc refuse_taken(struct store *s, struct err *err)
{
        AUTO_FREE char *unit = meta_get(s, META_UNIT);
        AUTO_FREE char *name = meta_get(s, META_UNIT_NAME);

        if (!unit)
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s belongs to %s already; nothing changed", store_path(s),
                       name ? name : unit);
}

enum rc ops_init(const char *path, const struct ops_unit *u, struct err *err)
{
        CLEANUP(ops_close) struct ops ops = {0};
        CLEANUP(founding_finish) struct founding f = {.u = u};
        CLEANUP(admission_finish) struct admission ad = {.ops = &ops};
        enum rc rc = read_unit(&f, err);

        if (rc == RC_OK)
                rc = store_open(path, STORE_WRITE | STORE_CREATE, &ops.store, err);
        if (rc == RC_OK)
                rc = refuse_taken(ops.store, err);
        return rc == RC_OK ? found(&ad, &f, err) : rc;
}
