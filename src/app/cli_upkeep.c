/*
 * Looking after the database: audit, backup, doctor.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "model/words.h"
#include "store/journal.h"

#include "app_private.h"

/* ---- audit --------------------------------------------------------------------------------- */

int cmd_audit_verify(struct app *app, const struct args *args)
{
        struct journal_report r = {0};
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        (void)args;
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = journal_verify(ops.store, &r, &err);
        ops_close(&ops);
        if (rc != RC_OK) {
                app_say("%s", err.text);
                return FAILED;
        }
        printf("sound: %" PRId64 " entries over %" PRId64 " versions, %" PRId64 " signatures\n",
               r.entries, r.versions, r.signatures);
        if (r.entries && !r.signatures)
                printf("nothing is signed: the entries fit together and fit the versions, but "
                       "whoever can write this file could have made all of them\n");
        if (r.signatures && r.no_key[0])
                app_say("whose signatures these are is not known: %s", r.no_key);
        if (r.other_keys)
                app_say("%" PRId64 " signatures are by another key than this database's",
                        r.other_keys);
        return DONE;
}

static void json_of_journal(const struct journal_row *row, struct str *out)
{
        CLEANUP(json_cleanup) struct json_t *obj = json_new_obj();
        char at[STAMP_BYTES];

        stamp_format(row->entry.at_ms, at);
        json_set_int(obj, "seq", row->entry.seq);
        json_set_text(obj, "at", at);
        json_set_text(obj, "op", row->entry.op);
        json_set_text(obj, "operator", row->entry.operator);
        json_set_text(obj, "note", row->entry.note);
        json_set_int(obj, "count", row->count);
        json_set_text(obj, "what", row->what);
        json_set_text(obj, "prev", row->prev);
        json_set_text(obj, "hash", row->hash);
        json_set_text(obj, "signature", row->signature);
        json_print(obj, 0, out);
        str_addc(out, '\n');
}

static enum rc write_journal(struct store *s, struct outfile *out, struct err *err)
{
        int64_t after = 0;
        size_t count = 1;
        enum rc rc = RC_OK;

        while (rc == RC_OK && count) {
                CLEANUP(str_finish) struct str text = {0};
                CLEANUP(arena_finish) struct arena a = {0};
                struct journal_row *rows = NULL;

                arena_init(&a);
                str_init(&text, 64u * 1024 * 1024);
                rc = journal_list(s, after, 500, &a, &rows, &count, err);
                for (size_t i = 0; rc == RC_OK && i < count; i++) {
                        json_of_journal(&rows[i], &text);
                        after = rows[i].entry.seq;
                }
                if (rc == RC_OK)
                        rc = outfile_write(out, str_text(&text), text.len, err);
        }
        return rc;
}

/* The first line is the key that the signatures can be checked with. */
static enum rc write_key(struct store *s, struct outfile *out, struct err *err)
{
        char hex[HASH_TEXT];
        AUTO_FREE char *line = NULL;
        enum rc rc = journal_public_key(s, hex, err);

        if (rc != RC_OK)
                return rc;
        line = xasprintf("{\"ed25519\":\"%s\"}\n", hex);
        return outfile_write(out, line, strlen(line), err);
}

int cmd_audit_export(struct app *app, const struct args *args)
{
        CLEANUP(outfile_drop) struct outfile out = {.fd = -1};
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = outfile_open(args->words[0], &out, &err);
        if (rc == RC_OK && write_key(ops.store, &out, NULL) != RC_OK)
                app_say("this database has no key yet; the journal is written without");
        if (rc == RC_OK)
                rc = write_journal(ops.store, &out, &err);
        if (rc == RC_OK)
                rc = outfile_done(&out, &err);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

/* ---- backup -------------------------------------------------------------------------------- */

int cmd_backup(struct app *app, const struct args *args)
{
        struct err err = {0};
        struct ops ops;
        enum rc rc = app_open(app, APP_READ, false, &ops, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = store_backup(ops.store, args->words[0], &err);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}

/* ---- doctor -------------------------------------------------------------------------------- */

static const char *const type_names[] = {
        [FIELD_LINE] = "line",     [FIELD_TEXT] = "text",    [FIELD_ENUM] = "scale",
        [FIELD_WORD] = "word",     [FIELD_TIME] = "time",    [FIELD_WORDS] = "words",
        [FIELD_REF] = "reference", [FIELD_COUNT] = "number", [FIELD_REFS] = "references",
};

const char *field_type_name(const struct field *field)
{
        return type_names[field->type];
}

const char *field_set_by(const struct field *field)
{
        if (field->flags & FIELD_DERIVED)
                return "derived";
        if (field->flags & FIELD_STATE)
                return "its verb";
        if (field->flags & FIELD_NEEDED)
                return "new (needed), set";
        return field->flags & FIELD_FORM ? "new, set" : "import";
}

static int print_fields(struct app *app, const char *name, bool json)
{
        const struct kind *kind = kind_asked(name);
        struct json_t *list;
        struct err err = {0};
        enum rc rc = kind ? app_load_data(app, &err) : RC_OK;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        list = json_new_list();
        for (size_t i = 0; kind && i < kind->field_count; i++) {
                const struct field *field = &kind->fields[i];
                const char *help = field_help(field, app->words, &app->arena);
                struct json_t *obj = json_new_obj();

                json_set_text(obj, "name", field->name);
                json_set_text(obj, "type", field_type_name(field));
                json_set_text(obj, "set_by", field_set_by(field));
                json_set_text(obj, "help", help);
                json_push(list, obj);
                if (!json)
                        printf("%-12s  %-10s  %-17s  %s\n", field->name, field_type_name(field),
                               field_set_by(field), help);
        }
        if (kind && json)
                print_json(list);
        else
                json_free(list);
        return kind ? DONE : WRONG_USAGE;
}

static void add_finding(void *ctx, const char *finding)
{
        json_push_text(ctx, finding);
}

/* Which taxonomy is in use: lists are replaced without a new Muster. */
static struct json_t *json_of_words(const struct words *words)
{
        struct json_t *obj = json_new_obj();

        for (size_t i = 0; i < words_count(words); i++)
                json_set_text(obj, words_at(words, i)->name, words_at(words, i)->version);
        return obj;
}

static bool add_version(void *ctx, const char *name, struct json_t *version)
{
        str_addf(ctx, "%s%s %s", ((struct str *)ctx)->len ? ", " : "", name,
                 json_text(version, ""));
        return true;
}

static void print_object(struct json_t *v)
{
        CLEANUP(str_finish) struct str list = {0};

        str_init(&list, 64 * 1024);
        json_each(v, add_version, &list);
        print_cell(str_text(&list), 0);
        printf("\n");
}

static struct json_t *json_of_stats(const struct ops *ops, const struct store_stats *s)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "database", store_path(ops->store));
        json_set_text(obj, "unit", ops->unit_name);
        json_set_int(obj, "schema", s->schema);
        json_set_int(obj, "bytes", s->bytes);
        json_set_int(obj, "objects", s->objects);
        json_set_int(obj, "versions", s->versions);
        json_set_int(obj, "acts", s->acts);
        json_set_int(obj, "notes", s->notes);
        json_set_int(obj, "things", s->things);
        json_set_int(obj, "relations", s->relations);
        json_set_int(obj, "journal", s->journal);
        json_set_int(obj, "outbox", s->outbox);
        json_set_int(obj, "drafts", s->drafts);
        json_set_int(obj, "twins", s->twins);
        json_set(obj, "word_lists", json_of_words(ops->words));
        json_set_int(obj, "remotes", s->remotes);
        return obj;
}

static bool print_member(void *ctx, const char *key, struct json_t *v)
{
        (void)ctx;
        printf("%-11s ", key);
        if (json_kind(v) == JSON_INT)
                printf("%" PRId64 "\n", json_int(v, 0));
        else if (json_kind(v) == JSON_TEXT) {
                print_cell(json_text(v, ""), 0);
                printf("\n");
        } else if (json_kind(v) == JSON_OBJ) {
                print_object(v);
        } else {
                printf("%zu\n", json_len(v));
        }
        return true;
}

static enum rc examine(struct ops *ops, struct json_t **ret, struct err *err)
{
        struct json_t *findings = json_new_list();
        struct store_stats stats = {0};
        struct journal_report r;
        enum rc rc = store_stats(ops->store, &stats, err);

        if (rc == RC_OK)
                rc = store_check(ops->store, add_finding, findings, err);
        if (rc == RC_OK) {
                struct err broken = {0};

                if (journal_verify(ops->store, &r, &broken) != RC_OK)
                        json_push_text(findings, broken.text);
        }
        if (rc != RC_OK) {
                json_free(findings);
                return rc;
        }
        *ret = json_of_stats(ops, &stats);
        json_set(*ret, "findings", findings);
        return RC_OK;
}

int cmd_doctor(struct app *app, const struct args *args)
{
        const char *fields = args_option(args, "--fields");
        bool json = args_option(args, "--json") != NULL;
        struct json_t *doc = NULL;
        struct err err = {0};
        struct ops ops;
        size_t found;
        enum rc rc;

        if (fields)
                return print_fields(app, fields, json);
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = examine(&ops, &doc, &err);
        ops_close(&ops);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        found = json_len(json_get(doc, "findings"));
        for (size_t i = 0; i < found; i++)
                app_say("%s", json_text(json_at(json_get(doc, "findings"), i), ""));
        if (json) {
                print_json(doc);
        } else {
                json_each(doc, print_member, NULL);
                json_free(doc);
        }
        return found ? FAILED : DONE;
}
