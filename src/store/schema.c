/*
 * The schema of what can't be made again, in numbered steps, forward only. The tables of the kinds
 * are not here: they follow from the kind tables (things_format.c).
 */
#include <stdio.h>
#include <string.h>

#include "store_private.h"

#include "base/file.h"

static const struct migration schema_steps[] = {
        {"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
         "CREATE TABLE journal(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, op TEXT NOT NULL,"
         " operator TEXT NOT NULL, note TEXT NOT NULL, what BLOB NOT NULL, count INTEGER NOT NULL,"
         " prev BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB, signer BLOB) STRICT;"
         "CREATE TABLE version(vid INTEGER PRIMARY KEY, id TEXT NOT NULL,"
         " modified INTEGER NOT NULL, sha BLOB NOT NULL, flags INTEGER NOT NULL,"
         " received INTEGER NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL,"
         " UNIQUE(id, modified, sha)) STRICT;"
         "CREATE TABLE act(id TEXT PRIMARY KEY, target TEXT NOT NULL, hlc INTEGER NOT NULL,"
         " console TEXT NOT NULL) STRICT;"
         "CREATE INDEX act_target ON act(target, hlc);"
         "CREATE INDEX act_console ON act(console, hlc);"
         "CREATE INDEX act_hlc ON act(hlc);"
         "CREATE TABLE relation(id TEXT PRIMARY KEY, type TEXT NOT NULL, source TEXT NOT NULL,"
         " target TEXT NOT NULL) STRICT;"
         "CREATE INDEX relation_source ON relation(source);"
         "CREATE INDEX relation_target ON relation(target);"
         "CREATE TABLE marking(id TEXT PRIMARY KEY, tlp INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
         "CREATE TABLE local_ref(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;"
         "CREATE TABLE outbox(vid INTEGER PRIMARY KEY REFERENCES version(vid)) STRICT;"
         "CREATE TABLE draft(key TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) "
         "STRICT;"},
        {"CREATE TABLE remote(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
         " url TEXT NOT NULL, collection TEXT NOT NULL, auth INTEGER NOT NULL, secret_file TEXT,"
         " user TEXT, cert_file TEXT, key_file TEXT, ca_file TEXT, ceiling INTEGER NOT NULL,"
         " default_marking INTEGER NOT NULL, root TEXT, can_read INTEGER NOT NULL DEFAULT 0,"
         " can_write INTEGER NOT NULL DEFAULT 0, ordered INTEGER NOT NULL DEFAULT 0,"
         " incomplete INTEGER NOT NULL DEFAULT 0, unsteady INTEGER NOT NULL DEFAULT 0,"
         " max_bytes INTEGER NOT NULL DEFAULT 0, watermark TEXT, synced INTEGER, tried INTEGER,"
         " reconciled INTEGER, next_try INTEGER, failures INTEGER NOT NULL DEFAULT 0, error TEXT,"
         " sent_vid INTEGER NOT NULL DEFAULT 0, received INTEGER NOT NULL DEFAULT 0,"
         " sent INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0) STRICT;"
         "CREATE TABLE delivery(remote INTEGER NOT NULL REFERENCES remote(id) ON DELETE CASCADE,"
         " vid INTEGER NOT NULL REFERENCES version(vid), state INTEGER NOT NULL,"
         " why TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL,"
         " again INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(remote, vid)) STRICT, WITHOUT ROWID;"},
        {"ALTER TABLE remote ADD COLUMN told INTEGER"},
        {"ALTER TABLE remote ADD COLUMN ahead INTEGER;"
         "ALTER TABLE remote ADD COLUMN from_seq INTEGER NOT NULL DEFAULT 0;"
         "CREATE TABLE gone(remote INTEGER NOT NULL REFERENCES remote(id) ON DELETE CASCADE,"
         " id TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(remote, id)) STRICT,"
         " WITHOUT ROWID;"
         "CREATE TABLE peer_clock(console TEXT PRIMARY KEY, unit TEXT NOT NULL,"
         " operator TEXT NOT NULL, ahead INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT,"
         " WITHOUT ROWID;"},
        {"ALTER TABLE remote ADD COLUMN shut INTEGER NOT NULL DEFAULT 0"},
        {"CREATE TABLE operator(name TEXT PRIMARY KEY COLLATE NOCASE, role INTEGER NOT NULL,"
         " pin TEXT NOT NULL, added INTEGER NOT NULL, pin_set INTEGER NOT NULL, seen INTEGER,"
         " failures INTEGER NOT NULL DEFAULT 0, failed INTEGER) STRICT, WITHOUT ROWID;"
         "CREATE INDEX journal_operator ON journal(seq) WHERE op GLOB 'operator.*';"},
        {"CREATE TABLE content(hash TEXT NOT NULL, vid INTEGER NOT NULL REFERENCES version(vid),"
         " PRIMARY KEY(hash, vid)) STRICT, WITHOUT ROWID;"
         "CREATE INDEX content_vid ON content(vid);"},
};

int schema_newest(void)
{
        return (int)ARRAY_LEN(schema_steps);
}

enum rc schema_version(struct store *s, int64_t *ret, struct err *err)
{
        return sql_number(s, "PRAGMA user_version", NULL, 0, ret, err);
}

static enum rc migrate_step(struct store *s, const struct migration *step, int64_t from,
                            struct err *err)
{
        char pragma[128];
        int64_t have;
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        /* somebody else may have done it while we waited for the lock */
        rc = schema_version(s, &have, err);
        if (rc != RC_OK || have != from) {
                store_rollback(s);
                return rc;
        }
        snprintf(pragma, sizeof(pragma), "PRAGMA application_id=%d; PRAGMA user_version=%lld",
                 STORE_APPLICATION, (long long)from + 1);
        rc = sql_exec(s, step->sql, err);
        if (rc == RC_OK)
                rc = sql_exec(s, pragma, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        return rc;
}

static enum rc back_up_first(struct store *s, int64_t version, struct err *err)
{
        AUTO_FREE char *to = xasprintf("%s.v%lld.bak", s->path, (long long)version);
        enum rc rc = store_backup(s, to, err);

        /* one made by an earlier try that got no further */
        if (rc == RC_CONFLICT) {
                err_clear(err);
                return RC_OK;
        }
        return rc == RC_OK ? rc : err_wrap(err, rc, "copying before a change of schema");
}

enum rc schema_migrate(struct store *s, const struct migration *steps, int count, struct err *err)
{
        int64_t have, next;
        enum rc rc = schema_version(s, &have, err);

        if (rc == RC_OK && have > 0 && have < count)
                rc = back_up_first(s, have, err);
        while (rc == RC_OK && have < count) {
                rc = migrate_step(s, &steps[have], have, err);
                if (rc == RC_OK)
                        rc = schema_version(s, &next, err);
                if (rc == RC_OK && next <= have)
                        rc = err_set(err, RC_FAIL, "%s stays at schema %lld", s->path,
                                     (long long)have);
                if (rc == RC_OK)
                        have = next;
        }
        return rc;
}

static enum rc is_empty(struct store *s, bool *ret, struct err *err)
{
        int64_t tables;
        enum rc rc = sql_number(s, "SELECT count(*) FROM sqlite_schema", NULL, 0, &tables, err);

        if (rc == RC_OK)
                *ret = tables == 0;
        return rc;
}

enum rc schema_prepare(struct store *s, bool create, struct err *err)
{
        int64_t application, version;
        bool empty = false;
        enum rc rc = sql_number(s, "PRAGMA application_id", NULL, 0, &application, err);

        if (rc == RC_OK)
                rc = schema_version(s, &version, err);
        if (rc == RC_OK)
                rc = is_empty(s, &empty, err);
        if (rc != RC_OK)
                return rc;
        if (application != STORE_APPLICATION && !(empty && create && version == 0))
                return err_set(err, RC_INVALID, "%s is not a Muster database", s->path);
        if (version > schema_newest())
                return err_set(err, RC_INVALID,
                               "%s was written by a newer Muster (schema %lld, this one knows %d)",
                               s->path, (long long)version, schema_newest());
        if (s->readonly && version < schema_newest())
                return err_set(err, RC_INVALID,
                               "%s was written by an older Muster (schema %lld): "
                               "open it once for writing",
                               s->path, (long long)version);
        return schema_migrate(s, schema_steps, schema_newest(), err);
}
