/*
 * Playbooks come in as files: each document in its carrier (wire/cacao.h), through the one door,
 * and into the outbox, so that other consoles get it. The first console of a unit to take one in
 * gives it a reference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/datadir.h"
#include "base/file.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "ops/playbooks.h"
#include "store/outbox.h"

#include "ops_private.h"

#define CARRIER_BYTES_MAX (12u * 1024 * 1024)

struct file_bytes {
        const char *bytes;
        size_t len;
};

struct taking {
        struct admission ad;
        const struct import_options *o;
        struct import_result *done;
};

bool playbook_is_file(const struct jsplit_shape *shape)
{
        bool alone = shape->form != JSPLIT_LIST;

        return strcmp(alone ? shape->type : shape->first_type, "playbook") == 0;
}

/* ---- one document ------------------------------------------------------------------------------
 */

static void refuse(struct taking *t, const char *where, const char *path, const char *why)
{
        AUTO_FREE char *sentence =
                xasprintf("%s%s%s%s%s", where, *where ? ": " : "", path, *path ? " " : "", why);

        t->done->refused++;
        if (!t->done->why[0])
                snprintf(t->done->why, sizeof(t->done->why), "%s", sentence);
        if (t->o->finding)
                t->o->finding(t->o->ctx, sentence);
}

static void refuse_doc(struct taking *t, const struct cacao_doc *doc)
{
        for (size_t i = 0; i < doc->finding_count; i++)
                if (doc->findings[i].verdict == CACAO_REFUSED) {
                        refuse(t, doc->where, doc->findings[i].path, doc->findings[i].message);
                        return;
                }
        refuse(t, doc->where, "", "can't be read");
}

static void count(struct import_result *done, enum version_result result)
{
        switch (result) {
        case VERSION_NEW: done->created++; break;
        case VERSION_UPDATE: done->updated++; break;
        case VERSION_KNOWN: done->unchanged++; break;
        }
}

/* Gives it a reference, where nobody has. */
static enum rc adopt(struct admission *ad, const char *id, struct arena *a, struct err *err)
{
        struct act act = {.verb = "open", .target = id, .occurred_ms = ad->now_ms};
        struct act_set set = {.field = "ref"};
        struct state st;
        enum rc rc = state_load(ad->ops, id, CLOCK_NONE, a, &st, err);

        if (rc != RC_OK || !st.has_base || st.base_thing.created_by || st.folded.ref)
                return rc;
        rc = ref_give(ad->ops, &kind_playbook, a, &set.value, err);
        act.sets = &set;
        act.set_count = 1;
        if (rc == RC_OK)
                rc = act_commit(ad, &st, &act, a, err);
        return rc == RC_OK ? admission_settle(ad, err) : rc;
}

static enum rc write(struct taking *t, const struct cacao_doc *doc, const struct str *carrier,
                     struct arena *a, struct err *err)
{
        struct admitted done;
        struct err why = {0};
        struct incoming in;
        enum rc rc = intake_decode(carrier->s, carrier->len, a, &in, &why);

        if (rc == RC_OK)
                rc = admit_judge(t->ad.ops, &in.object, a, &why);
        if (rc == RC_INVALID || rc == RC_DENIED) {
                refuse(t, doc->where, "", why.text);
                return RC_OK;
        }
        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        rc = admit_write(&t->ad, &in, a, &done, err);
        if (rc == RC_OK && done.result != VERSION_KNOWN)
                rc = outbox_put(t->ad.ops->store, done.vid, err);
        if (rc == RC_OK)
                rc = admission_settle(&t->ad, err);
        if (rc == RC_OK)
                rc = adopt(&t->ad, in.object.id, a, err);
        if (rc == RC_OK)
                count(t->done, done.result);
        return rc;
}

/* What writing it would come to. */
static enum rc look_up(struct taking *t, const struct str *carrier, struct arena *a,
                       struct err *err)
{
        enum version_result result;
        struct incoming in;
        enum rc rc = intake_decode(carrier->s, carrier->len, a, &in, err);
        const struct version v = {.id = in.object.id,
                                  .modified_ns = in.object.modified_ns,
                                  .bytes = in.bytes,
                                  .len = in.len,
                                  .known_sha = in.sha};

        if (rc == RC_OK)
                rc = version_look(t->ad.ops->store, &v, &result, err);
        if (rc == RC_OK)
                count(t->done, result);
        return rc;
}

static enum rc take(struct taking *t, const struct cacao_doc *doc, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str carrier = {0};

        str_init(&carrier, CARRIER_BYTES_MAX);
        if (!doc->playbook || doc->verdict == CACAO_REFUSED) {
                refuse_doc(t, doc);
                return RC_OK;
        }
        cacao_write_carrier(doc, &carrier);
        if (carrier.over) {
                refuse(t, doc->where, "", "is too large to be kept");
                return RC_OK;
        }
        return t->o->dry_run ? look_up(t, &carrier, &a, err) : write(t, doc, &carrier, &a, err);
}

/* ---- a file ------------------------------------------------------------------------------------
 */

/* A file that is one document is kept with the blanks around it, byte for byte. */
static struct cacao_doc as_it_came(const struct cacao_doc *doc, const struct file_bytes *f)
{
        struct cacao_doc whole = *doc;

        if (*doc->where || doc->bytes < f->bytes || doc->bytes + doc->len > f->bytes + f->len ||
            f->len < 3 || memcmp(f->bytes, "\xEF\xBB\xBF", 3) == 0)
                return whole;
        whole.bytes = f->bytes;
        whole.len = f->len;
        return whole;
}

static enum rc take_all(struct taking *t, const struct cacao_file *file, const struct file_bytes *f,
                        struct err *err)
{
        enum rc rc = t->o->dry_run ? RC_OK : admission_begin(&t->ad, err);

        t->done->objects = (int64_t)file->doc_count;
        for (size_t i = 0; rc == RC_OK && i < file->doc_count; i++) {
                const struct cacao_doc doc = as_it_came(&file->docs[i], f);

                rc = take(t, &doc, err);
        }
        if (rc != RC_OK || t->o->dry_run)
                return rc;
        return admission_commit(&t->ad, "import", t->o->name, err);
}

static const char *state_of(const struct import_result *r, bool dry_run)
{
        if (r->refused == r->objects)
                return "refused";
        if (r->refused)
                return "partial";
        return dry_run ? "checked" : "imported";
}

enum rc ops_import_playbooks(struct ops *ops, const char *bytes, size_t len,
                             const struct import_options *o, struct import_result *ret,
                             struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct import_result done = {.state = "refused"};
        struct taking t = {
                .ad = {.ops = ops, .finding = o->finding, .ctx = o->ctx}, .o = o, .done = &done};
        struct cacao_file file;
        struct err why = {0};
        enum rc rc = o->dry_run ? RC_OK : ops_need_writer(ops, &why);

        if (rc == RC_OK) {
                cacao_read_file(bytes, len, clock_now_ms(), &a, &file);
                rc = take_all(&t, &file, &(struct file_bytes){bytes, len}, &why);
        }
        admission_finish(&t.ad);
        if (rc == RC_OK) {
                done.state = state_of(&done, o->dry_run);
                rc = done.refused == done.objects ? err_set(&why, RC_INVALID, "%s", done.why)
                                                  : RC_OK;
        } else {
                done = (struct import_result){.state = "refused"};
                snprintf(done.why, sizeof(done.why), "%s", why.text);
        }
        *ret = done;
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}

/* ---- the library -------------------------------------------------------------------------------
 */

static enum rc take_file(struct ops *ops, const char *folder, const char *name, int *ret_new,
                         struct err *err)
{
        const struct import_options o = {.name = name};
        AUTO_FREE char *path = file_join(folder, name);
        AUTO_FREE char *bytes = NULL;
        struct import_result done;
        size_t len = 0;
        enum rc rc = file_read_regular(path, CACAO_FILE_MAX, &bytes, &len, err);

        if (rc != RC_OK)
                return rc;
        rc = ops_import_playbooks(ops, bytes, len, &o, &done, err);
        if (rc == RC_OK)
                *ret_new += (int)(done.created + done.updated);
        return rc == RC_OK ? rc : err_wrap(err, rc, "%s", path);
}

enum rc ops_import_library(struct ops *ops, const char *name, int *ret_new, struct err *err)
{
        AUTO_FREE char *dir = NULL;
        AUTO_FREE char *only = name ? xasprintf("%s.json", name) : NULL;
        char **names = NULL;
        bool found = !name;
        enum rc rc = datadir_find(&dir, err);

        *ret_new = 0;
        if (rc != RC_OK)
                return rc;
        AUTO_FREE char *folder = file_join(dir, "playbooks");
        rc = file_list(folder, ".json", &names, err);
        for (size_t i = 0; rc == RC_OK && names[i]; i++) {
                if (only && strcmp(names[i], only) != 0)
                        continue;
                found = true;
                rc = take_file(ops, folder, names[i], ret_new, err);
        }
        file_list_free(names);
        return rc == RC_OK && !found ? err_set(err, RC_NOTFOUND,
                                               "no playbook of the library is called %.100s", name)
                                     : rc;
}

enum rc ops_library_id(const char *name, struct arena *a, const char **ret_id, struct err *err)
{
        AUTO_FREE char *dir = NULL;
        AUTO_FREE char *bytes = NULL;
        CLEANUP(arena_finish) struct arena one = {0};
        struct cacao_file file;
        char id[STIX_ID_MAX];
        size_t len = 0;
        enum rc rc = strchr(name, '/') ? RC_NOTFOUND : datadir_find(&dir, err);

        if (rc != RC_OK)
                return rc;
        AUTO_FREE char *path = xasprintf("%s/playbooks/%s.json", dir, name);
        rc = file_read_regular(path, CACAO_FILE_MAX, &bytes, &len, err);
        if (rc != RC_OK)
                return rc;
        cacao_read_file(bytes, len, CLOCK_NONE, &one, &file);
        if (!file.docs[0].playbook)
                return err_set(err, RC_INVALID, "%s can't be read", path);
        cacao_carrier_id(&file.docs[0], id);
        *ret_id = arena_strdup(a, id);
        return RC_OK;
}
