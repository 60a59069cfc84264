/*
 * What is done in an open run, and in a dry one: it becomes a request like any other (do.c), with
 * the step by its place.
 */
#include <string.h>

#include "base/file.h"
#include "base/ident.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/hlc.h"
#include "model/rules.h"
#include "ops/run_book.h"

#include "ops_private.h"

#define EVIDENCE_MAX (512u * 1024 * 1024)
#define NAME_MOST    300 /* bytes of a file's name */
#define DETAILS_MAX  8

/* ---- what is asked for as a request ------------------------------------------------------------
 */

struct asking {
        struct ops_field details[DETAILS_MAX];
        struct ops_request request;
};

static void say(struct asking *q, const char *name, const char *value)
{
        if (value)
                q->details[q->request.detail_count++] = (struct ops_field){name, value};
}

bool ops_run_is_file(const char *said)
{
        return *said == '/' || strncmp(said, "./", 2) == 0 || strncmp(said, "../", 3) == 0;
}

enum rc ops_run_evidence(const char *path, struct arena *a, const char **ret, struct err *err)
{
        const char *slash = strrchr(path, '/');
        CLEANUP(str_finish) struct str said = {0};
        AUTO_FREE char *bytes = NULL;
        uint8_t sha[HASH_BYTES];
        char hex[HASH_TEXT];
        size_t len = 0;
        enum rc rc = file_read(path, EVIDENCE_MAX, &bytes, &len, err);

        if (rc != RC_OK)
                return rc;
        crypt_sha256(bytes, len, sha);
        crypt_hex(sha, sizeof(sha), hex);
        str_init(&said, NAME_MOST + HASH_TEXT + 16);
        str_add_cut(&said, slash ? slash + 1 : path, NAME_MOST);
        str_addf(&said, " sha256:%s", hex);
        *ret = arena_strdup(a, str_text(&said));
        return RC_OK;
}

static enum rc ask(const struct run_doing *d, struct arena *a, struct asking *q, struct err *err)
{
        const char *value = d->value;
        enum rc rc = d->file ? ops_run_evidence(d->file, a, &value, err) : RC_OK;

        *q = (struct asking){.request = {.verb = run_act_verb(d->verb),
                                         .details = q->details,
                                         .reason = d->reason,
                                         .occurred_ms = d->occurred_ms}};
        say(q, "step", d->place);
        say(q, "variable", d->variable);
        say(q, "value", value);
        say(q, "note", d->note);
        return rc;
}

/* ---- a dry run ---------------------------------------------------------------------------------
 */

/* Ids that nothing else has, in the order in which they are made. */
static const char *dry_id(struct ops_run *r)
{
        return arena_printf(&r->arena, "note--00000000-0000-4000-8000-%012zx", ++r->names);
}

static enum rc do_dry(struct ops_run *r, const struct ops *as, const struct run_doing *d,
                      struct err *err)
{
        const int64_t now_ms = clock_now_ms();
        struct ops ops = *as;
        struct asking q;
        struct act act;
        enum rc rc = ask(d, &r->arena, &q, err);

        if (rc == RC_OK)
                rc = request_build(&ops, &r->st, verb_find(&kind_run, q.request.verb), &q.request,
                                   now_ms, &r->arena, &act, err);
        if (rc != RC_OK)
                return rc;
        r->hlc = hlc_next(r->hlc, now_ms);
        act.id = dry_id(r);
        act.hlc = r->hlc;
        act.console = ops.console;
        act.operator= ops.operator;
        act.created_ms = act.occurred_ms;
        state_add(&r->st, &act, &r->arena);
        return RC_OK;
}

/* ---- doing -------------------------------------------------------------------------------------
 */

static enum rc do_list(struct ops_run *r, struct admission *ad, const struct run_doing *list,
                       size_t count, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct asking q;

                rc = ask(&list[i], &a, &q, err);
                if (rc == RC_OK)
                        rc = do_on_state(ad, &r->st, &q.request, &a, err);
        }
        return rc;
}

/* What others did is taken in within the transaction, so that it is judged by what there is. */
static enum rc do_within_one(struct ops_run *r, struct admission *ad, const struct run_doing *list,
                             size_t count, struct err *err)
{
        bool changed = false;
        enum rc rc = admission_begin(ad, err);

        if (rc == RC_OK)
                rc = run_take_news(r, &changed, err);
        if (rc == RC_OK)
                rc = do_list(r, ad, list, count, err);
        if (rc == RC_OK)
                rc = version_last(r->ops->store, &r->seen_vid, err);
        if (rc == RC_OK) {
                ad->known = &r->st;
                rc = admission_commit(ad, "run.do", r->row.ref, err);
                ad->known = NULL;
        }
        return rc;
}

/* Where a later one is refused, those before it are in memory though nothing was written. */
static enum rc read_again(struct ops_run *r, enum rc rc, struct err *err)
{
        struct err why = {0};

        (void)err;
        run_read(r, &why);
        return rc;
}

enum rc ops_run_do_all(struct ops_run *r, const struct ops *as, const struct run_doing *list,
                       size_t count, struct err *err)
{
        struct ops ops = as ? *as : *r->ops;
        struct admission ad = {.ops = &ops};
        size_t known = run_book_run(r->book) ? run_book_run(r->book)->log_count : 0;
        enum rc rc = RC_OK;

        for (size_t i = 0; r->dry && rc == RC_OK && i < count; i++)
                rc = do_dry(r, &ops, &list[i], err);
        if (!r->dry) {
                rc = ops_need_writer(&ops, err);
                if (rc == RC_OK)
                        rc = do_within_one(r, &ad, list, count, err);
                admission_finish(&ad);
                if (rc != RC_OK && run_book_run(r->book) &&
                    run_book_run(r->book)->log_count != known)
                        rc = read_again(r, rc, err);
        }
        run_refreshed(r);
        return rc;
}

enum rc ops_run_do(struct ops_run *r, const struct ops *as, const struct run_doing *d,
                   struct err *err)
{
        return ops_run_do_all(r, as, d, 1, err);
}

const char *ops_run_why_not(struct ops_run *r, const struct ops *as, const struct run_doing *d)
{
        struct ops ops = as ? *as : *r->ops;
        struct asking q;
        struct err err = {0};
        struct act act;
        enum rc rc = ask(d, &r->said, &q, &err);

        if (rc == RC_OK)
                rc = request_build(&ops, &r->st, verb_find(&kind_run, q.request.verb), &q.request,
                                   clock_now_ms(), &r->said, &act, &err);
        return rc == RC_OK ? NULL : arena_strdup(&r->said, err.text);
}

const char *ops_run_warning(struct ops_run *r, const struct run_doing *d)
{
        return run_warning(r->ops, &r->st, d->verb, d->place, &r->said);
}

/* ---- undo, move --------------------------------------------------------------------------------
 */

/* Undone ones do not count any more, nor do those that undid. */
static const struct play_event *newest_of_console(const struct ops_run *r)
{
        const struct run *run = run_book_run(r->book);

        for (size_t i = run ? run->log_count : 0; i > 0; i--) {
                const struct run_entry *e = &run->log[i - 1];

                if (e->applied && e->event->verb != PLAY_UNDO &&
                    strcmp(e->event->console, r->ops->console) == 0)
                        return e->event;
        }
        return NULL;
}

enum rc ops_run_undo(struct ops_run *r, char **ret_sentence, struct err *err)
{
        const struct play_event *last = newest_of_console(r);
        struct run_doing d = {.verb = PLAY_UNDO, .occurred_ms = CLOCK_NONE};
        CLEANUP(arena_finish) struct arena a = {0};
        const struct run *run = run_book_run(r->book);
        const struct run_step *step;
        AUTO_FREE char *sentence = NULL;
        enum rc rc;

        if (!last)
                return err_set(err, RC_NOTFOUND, "there is nothing in this run to take back");
        step = last->place ? run_step_newest(run, last->place) : NULL;
        sentence = xasprintf("%s%s%s taken back", play_verb_row(last->verb)->name,
                             step ? " of " : "", step ? run_title(run, step, &a) : "");
        d.value = last->id;
        rc = ops_run_do(r, NULL, &d, err);
        if (rc == RC_OK && ret_sentence)
                *ret_sentence = TAKE(sentence);
        return rc;
}

enum rc ops_run_compare(struct ops_run *r, const char *hash, struct arena *a,
                        struct playbook_diff *ret_diff, struct run_move *ret_move, struct err *err)
{
        const struct held_playbook *now = run_book_playbook(r->book);
        struct held_playbook to;
        enum rc rc = ops_playbook_content(r->ops, hash, a, &to, err);

        if (rc == RC_OK)
                rc = playbook_may_run(&to, err);
        if (rc == RC_OK && !now)
                rc = err_set(err, RC_CONFLICT, "%s", run_book_why(r->book));
        if (rc == RC_OK && strcmp(to.doc.playbook->id, now->doc.playbook->id) != 0)
                rc = err_set(err, RC_INVALID, "%s %.100s is another playbook than that of the run",
                             to.row.ref, to.doc.playbook->name);
        if (rc != RC_OK)
                return rc;
        playbook_diff(now->doc.playbook, to.doc.playbook, a, ret_diff);
        run_try_move(run_book_run(r->book), to.doc.playbook, a, ret_move);
        return RC_OK;
}
