/*
 * A file comes in: pass 1 judges the whole of it, pass 2 admits object by object, first those that
 * others refer to (markings, extension definitions, identities), then the rest.
 */
#include "ops/import.h"

#include <stdio.h>
#include <string.h>

#include "base/jsplit.h"
#include "base/mem.h"
#include "base/process.h"
#include "base/str.h"
#include "base/text.h"

#include "ops/playbooks.h"

#include "ops_private.h"

#define BATCH_OBJECTS 10000
#define PROGRESS_EACH 500

struct importing {
        struct admission ad;
        const struct import_options *o;
        struct import_result done, committed; /* all of it, and what can't be lost any more */
        struct arena a;
        char *note;
        struct intake *intake;
        int64_t seen; /* objects taken or refused */
        int64_t in_batch;
        struct pace pace;
        bool open;
        bool is_playbook; /* the file is CACAO: ret is done */
};

/* ---- transactions ------------------------------------------------------------------------------
 */

static enum rc begin_batch(struct importing *im, struct err *err)
{
        enum rc rc;

        if (im->open || im->o->dry_run)
                return RC_OK;
        rc = admission_begin(&im->ad, err);
        im->open = rc == RC_OK;
        im->in_batch = 0;
        pace_begin(&im->pace, im->ad.ops);
        intake_run_ahead(im->intake, !im->pace.console);
        return rc;
}

static enum rc end_batch(struct importing *im, struct err *err)
{
        enum rc rc;

        if (im->open) {
                im->open = false;
                rc = admission_commit(&im->ad, "import", im->note, err);
                if (rc != RC_OK)
                        return rc;
        }
        im->committed = im->done;
        if (im->pace.console)
                pace_rest(REST_NS);
        if (im->o->stop && im->o->stop(im->o->ctx))
                return err_set(err, RC_FAIL, "stopped; what was committed stays");
        return RC_OK;
}

static bool batch_is_full(const struct importing *im)
{
        return im->in_batch >= BATCH_OBJECTS || pace_slice_is_over(&im->pace);
}

/* ---- one object --------------------------------------------------------------------------------
 */

static void tell_refusal(struct importing *im, const struct incoming *in, const char *why)
{
        AUTO_FREE char *sentence = xasprintf("object %lld: %s", (long long)in->index, why);

        im->done.refused++;
        if (!im->done.why[0])
                snprintf(im->done.why, sizeof(im->done.why), "%s", sentence);
        if (im->o->finding)
                im->o->finding(im->o->ctx, sentence);
}

static void count(struct importing *im, enum version_result result)
{
        switch (result) {
        case VERSION_NEW: im->done.created++; break;
        case VERSION_UPDATE: im->done.updated++; break;
        case VERSION_KNOWN: im->done.unchanged++; break;
        }
}

/* What writing it would come to. */
static enum rc look_up(struct importing *im, const struct incoming *in, struct admitted *ret,
                       struct err *err)
{
        const struct version v = {.id = in->object.id,
                                  .modified_ns = in->object.modified_ns,
                                  .bytes = in->bytes,
                                  .len = in->len,
                                  .known_sha = in->sha};
        struct admitted would = {0};
        enum rc rc = version_look(im->ad.ops->store, &v, &would.result, err);

        if (rc == RC_OK)
                *ret = would;
        return rc;
}

static enum rc take(struct importing *im, const struct incoming *in, struct err *err)
{
        struct admitted done;
        struct err why = {0};
        enum rc rc;

        if (in->refused) {
                tell_refusal(im, in, in->refused);
                return RC_OK;
        }
        arena_reset(&im->a);
        rc = admit_judge(im->ad.ops, &in->object, &im->a, &why);
        if (rc == RC_DENIED) {
                tell_refusal(im, in, why.text);
                return RC_OK;
        }
        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        rc = im->o->dry_run ? look_up(im, in, &done, err)
                            : admit_write(&im->ad, in, &im->a, &done, err);
        if (rc == RC_OK)
                count(im, done.result);
        return rc;
}

static enum rc take_next(struct importing *im, const struct incoming *in, struct err *err)
{
        enum rc rc = begin_batch(im, err);

        if (rc == RC_OK)
                rc = take(im, in, err);
        if (im->pace.console)
                process_breathe(&im->ad.ops->rested_ns);
        im->in_batch++;
        im->seen++;
        if (im->o->progress && im->seen % PROGRESS_EACH == 0)
                im->o->progress(im->o->ctx, im->seen, im->done.objects);
        return rc == RC_OK && batch_is_full(im) ? end_batch(im, err) : rc;
}

/* ---- the file ----------------------------------------------------------------------------------
 */

static enum rc take_all(struct importing *im, const struct jsplit_source *src,
                        const struct jsplit_shape *shape, struct err *err)
{
        CLEANUP(intake_cleanup) struct intake *intake = intake_open(src, shape);
        const struct incoming *in = NULL;
        enum rc rc;

        im->intake = intake;
        while ((rc = intake_next(intake, &in, err)) == RC_OK) {
                rc = take_next(im, in, err);
                if (rc != RC_OK)
                        return rc;
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static enum rc finish(struct importing *im, struct err *err)
{
        struct store *s = im->ad.ops->store;
        enum rc rc;

        if (im->o->progress)
                im->o->progress(im->o->ctx, im->seen, im->done.objects);
        if (im->o->dry_run)
                return RC_OK;
        rc = admit_resolve_markings(im->ad.ops, err);
        if (rc == RC_OK)
                rc = things_bulk_end(s, err);
        if (rc == RC_OK)
                store_checkpoint(s);
        return rc;
}

/* ---- a CACAO file ------------------------------------------------------------------------------
 */

static enum rc read_whole(const struct jsplit_source *src, struct str *ret, struct err *err)
{
        char buf[16384];
        ptrdiff_t got;

        if (!src->rewind(src->ctx))
                return err_set(err, RC_FAIL, "the file can't be read again");
        str_init(ret, CACAO_FILE_MAX);
        while ((got = src->read(src->ctx, buf, sizeof(buf))) > 0 && !ret->over)
                str_addn(ret, buf, (size_t)got);
        if (got < 0)
                return err_set(err, RC_FAIL, "the file can't be read");
        return ret->over ? err_set(err, RC_INVALID, "a file of playbooks has at most %u bytes",
                                   CACAO_FILE_MAX)
                         : RC_OK;
}

static enum rc take_playbooks(struct importing *im, const struct jsplit_source *src,
                              struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        struct import_options o = *im->o;
        enum rc rc = read_whole(src, &text, err);

        if (rc != RC_OK)
                return rc;
        im->is_playbook = true;
        o.name = im->note;
        return ops_import_playbooks(im->ad.ops, str_text(&text), text.len, &o, &im->done, err);
}

static enum rc run(struct importing *im, const struct jsplit_source *src, struct err *err)
{
        struct jsplit_shape shape;
        enum rc rc = jsplit_scan(src, &shape, err);

        if (rc == RC_OK && playbook_is_file(&shape))
                return take_playbooks(im, src, err);
        if (rc == RC_OK)
                rc = stix_check_shape(&shape, err);
        if (rc != RC_OK)
                return rc;
        if (!stix_shape_is_empty(&shape)) {
                im->done.objects = im->committed.objects = (int64_t)shape.objects;
                rc = take_all(im, src, &shape, err);
        }
        if (rc == RC_OK)
                rc = end_batch(im, err);
        if (rc == RC_OK)
                rc = finish(im, err);
        /* the file changed under us: what was committed stays */
        return rc == RC_INVALID ? RC_FAIL : rc;
}

static char *note_of(const char *name)
{
        AUTO_FREE char *clean = text_clean(name ? name : "", name ? strlen(name) : 0, false);
        char cut[NOTE_MAX];

        text_cut(clean, NOTE_MAX / 4 - 2, "…", cut, sizeof(cut));
        return xstrdup(cut);
}

static void report(struct importing *im, enum rc rc, const struct err *why,
                   struct import_result *ret)
{
        *ret = rc == RC_OK || im->is_playbook ? im->done : im->committed;
        if (im->is_playbook)
                return;
        if (rc == RC_INVALID || rc == RC_DENIED)
                ret->state = "refused";
        else if (rc != RC_OK || ret->refused)
                ret->state = "partial";
        else
                ret->state = im->o->dry_run ? "checked" : "imported";
        if (rc == RC_OK)
                return;
        snprintf(ret->why, sizeof(ret->why), "%s", why->text);
        ret->objects = ret->created + ret->updated + ret->unchanged + ret->refused;
}

enum rc ops_import(struct ops *ops, const struct jsplit_source *src, const struct import_options *o,
                   struct import_result *ret, struct err *err)
{
        struct importing im = {.ad = {.ops = ops, .finding = o->finding, .ctx = o->ctx}, .o = o};
        AUTO_FREE char *note = note_of(o->name);
        struct err why = {0};
        enum rc rc = o->dry_run ? RC_OK : ops_need_writer(ops, &why);

        im.note = note;
        if (rc == RC_OK)
                rc = run(&im, src, &why);
        report(&im, rc, &why, ret);
        ops_breathe_no_more(ops);
        admission_finish(&im.ad);
        arena_finish(&im.a);
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}
