/*
 * Proving to be an operator. A try is counted before the PIN is looked at and given back where it
 * was right, so that neither two programs at once nor one that is stopped half-way gets more tries.
 */
#include "ops/operators.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/crypt.h"
#include "base/str.h"
#include "base/text.h"
#include "model/when.h"
#include "store/journal.h"
#include "store/operators.h"

#include "ops_private.h"

#define WARNING_MAX 1000 /* bytes */

/* ---- how long to wait ------------------------------------------------------------------------ */

int64_t operator_wait_ms(int64_t failures)
{
        int64_t wait = PIN_WAIT_LEAST_MS;

        if (failures < PIN_FREE_TRIES)
                return 0;
        for (int64_t n = PIN_FREE_TRIES; n < failures && wait < PIN_WAIT_MOST_MS; n++)
                wait *= 2;
        return wait < PIN_WAIT_MOST_MS ? wait : PIN_WAIT_MOST_MS;
}

/* What is left of it. A clock that was set back has not made it shorter: it begins again now. */
static int64_t wait_left(struct operator_entry *o, int64_t now_ms)
{
        int64_t wait = operator_wait_ms(o->failures);

        if (!wait || o->failed_ms == CLOCK_NONE)
                return 0;
        if (now_ms < o->failed_ms)
                o->failed_ms = now_ms;
        return o->failed_ms + wait > now_ms ? o->failed_ms + wait - now_ms : 0;
}

static enum rc refuse_to_wait(const char *name, int64_t left_ms, struct err *err)
{
        int64_t seconds = (left_ms + 999) / 1000;

        if (seconds > 120)
                return err_set(err, RC_DENIED,
                               "too many wrong PINs for %s; the next try in %" PRId64 " min", name,
                               (seconds + 59) / 60);
        return err_set(err, RC_DENIED, "too many wrong PINs for %s; the next try in %" PRId64 " s",
                       name, seconds);
}

/* ---- the name -------------------------------------------------------------------------------- */

/* As it was said, without the blanks around it: with one it would be somebody else's. malloc'ed */
static char *name_said(const char *name)
{
        size_t len;

        name += strspn(name, " ");
        for (len = strlen(name); len && name[len - 1] == ' ';)
                len--;
        return xstrndup(name, len);
}

/* ---- a try ----------------------------------------------------------------------------------- */

struct attempt {
        struct ops *ops;
        const char *name, *pin;
        const char *op;     /* of the journal where it succeeds */
        const char *leaves; /* who was there until then, or NULL */
        int64_t clock_back_ms;
        struct operator_entry o;
        struct arena a;
};

static enum rc count_ahead(struct attempt *t, struct err *err)
{
        struct store *s = t->ops->store;
        int64_t now = clock_now_ms(), left;
        struct err none = {0};
        enum rc rc = operator_get(s, t->name, &t->a, &t->o, &none);

        if (rc != RC_OK)
                return rc == RC_NOTFOUND ? rc : err_set(err, rc, "%s", none.text);
        left = wait_left(&t->o, now);
        if (!left) {
                t->o.failures++;
                t->o.failed_ms = now;
        }
        rc = operator_save(s, &t->o, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        return rc == RC_OK && left ? refuse_to_wait(t->o.name, left, err) : rc;
}

static enum rc begin_try(struct attempt *t, struct err *err)
{
        enum rc rc = store_begin(t->ops->store, err);

        if (rc == RC_OK)
                rc = count_ahead(t, err);
        store_rollback(t->ops->store);
        return rc;
}

/* The name is not kept where there is none such: it may be a PIN in the wrong field. */
static enum rc tell_refusal(struct attempt *t, bool known, struct err *err)
{
        AUTO_FREE char *note =
                known ? xasprintf("%s, %" PRId64 " in a row", t->o.name, t->o.failures)
                      : xstrdup("an unknown name");
        enum rc rc = store_begin(t->ops->store, err);

        if (rc == RC_OK)
                rc = journal_tell(t->ops, "operator.refused", "", note, err);
        if (rc == RC_OK)
                rc = store_commit(t->ops->store, err);
        store_rollback(t->ops->store);
        return rc;
}

static enum rc refuse(struct attempt *t, bool known, struct err *err)
{
        int64_t wait = known ? operator_wait_ms(t->o.failures) : 0;
        enum rc rc = tell_refusal(t, known, err);

        if (rc != RC_OK)
                return rc;
        if (wait)
                return err_set(err, RC_DENIED,
                               "name and PIN do not fit; the next try in %" PRId64 " s",
                               wait / 1000);
        return err_set(err, RC_DENIED, "name and PIN do not fit");
}

/* What an inquiry asks first: times of acts go on from the latest, whatever the clock says. */
char *ops_person_warning(const struct ops_person *p)
{
        CLEANUP(str_finish) struct str out = {0};
        char span[WHEN_BYTES];

        str_init(&out, WARNING_MAX);
        if (p->failures)
                str_addf(&out, "%" PRId64 " wrong PIN%s for %s since the last sign-in", p->failures,
                         p->failures == 1 ? "" : "s", p->name);
        if (p->clock_back_ms) {
                minutes_show(p->clock_back_ms / 60000, span);
                str_add_sep(&out, "; ", "");
                str_addf(&out, "this machine's clock is %s behind what was written here before",
                         span);
        }
        return out.len ? str_take(&out) : NULL;
}

/* "officer", "officer; clock set back 3d": of what was written here before */
static char *note_of(const struct attempt *t, int role)
{
        char span[WHEN_BYTES];

        if (!t->clock_back_ms)
                return xstrdup(enum_id(&enum_operator, role));
        minutes_show(t->clock_back_ms / 60000, span);
        return xasprintf("%s; clock set back %s", enum_id(&enum_operator, role), span);
}

/* The PIN was right: unless it is another one by now. */
static enum rc give_back(struct attempt *t, struct err *err)
{
        struct operator_entry now;
        enum rc rc = operator_get(t->ops->store, t->name, &t->a, &now, NULL);

        if (rc != RC_OK || strcmp(now.pin, t->o.pin) != 0)
                return err_set(err, RC_DENIED, "%s was changed meanwhile; try again", t->o.name);
        now.failures = 0;
        now.failed_ms = CLOCK_NONE;
        now.seen_ms = clock_now_ms();
        AUTO_FREE char *note = note_of(t, (int)now.role);
        rc = operator_save(t->ops->store, &now, err);
        if (rc == RC_OK && t->leaves)
                rc = journal_tell(t->ops, "operator.sign-out", t->leaves, "", err);
        if (rc == RC_OK)
                rc = journal_tell(t->ops, t->op, now.name, note, err);
        return rc == RC_OK ? store_commit(t->ops->store, err) : rc;
}

static enum rc accept(struct attempt *t, struct err *err)
{
        enum rc rc = store_begin(t->ops->store, err);

        if (rc == RC_OK)
                rc = give_back(t, err);
        store_rollback(t->ops->store);
        return rc;
}

static enum rc try_pin(struct attempt *t, struct err *err)
{
        char hash[PIN_HASH_TEXT];
        enum rc rc = begin_try(t, err);

        if (rc == RC_NOTFOUND) { /* as long as for a name that there is */
                crypt_pin_hash(t->pin, t->ops->pin_cost, hash, NULL);
                return refuse(t, false, err);
        }
        if (rc != RC_OK)
                return rc;
        return crypt_pin_fits(t->pin, t->o.pin) ? accept(t, err) : refuse(t, true, err);
}

static enum rc look_at_clock(struct attempt *t, struct err *err)
{
        int64_t latest = CLOCK_NONE, now = clock_now_ms();
        enum rc rc = journal_latest_ms(t->ops->store, &latest, err);

        if (rc == RC_OK && latest != CLOCK_NONE && latest - now >= CLOCK_BACK_LEAST_MS)
                t->clock_back_ms = latest - now;
        return rc;
}

static enum rc prove(struct attempt *t, struct ops_person *ret, struct err *err)
{
        int64_t count = 0;
        enum rc rc = operator_count(t->ops->store, -1, &count, err);

        if (rc == RC_OK)
                rc = look_at_clock(t, err);
        if (rc == RC_OK && !count)
                rc = err_set(err, RC_DENIED,
                             "there is no operator yet; muster operator add NAME --role lead makes "
                             "the first");
        if (rc == RC_OK)
                rc = try_pin(t, err);
        if (rc == RC_OK) {
                *ret = (struct ops_person){.role = (enum operator_role)t->o.role,
                                           .is_proven = true,
                                           .failures = t->o.failures - 1,
                                           .clock_back_ms = t->clock_back_ms};
                snprintf(ret->name, sizeof(ret->name), "%s", t->o.name);
        }
        arena_finish(&t->a);
        return rc;
}

/* ---- who is there ---------------------------------------------------------------------------- */

/* Names of those who were there before may still be shown: they go with the database. */
static void become(struct ops *ops, const struct ops_person *p)
{
        if (!ops->operator|| strcmp(ops->operator, p->name) != 0)
                ops->operator= arena_strdup(&ops->names, p->name);
        ops->role = p->is_proven ? enum_id(&enum_operator, (int)p->role) : NULL;
        ops->rights = p->role;
        ops->is_proven = p->is_proven;
}

static enum rc tell(struct ops *ops, const char *op, const char *note, struct err *err)
{
        enum rc rc = store_begin(ops->store, err);

        if (rc == RC_OK)
                rc = journal_tell(ops, op, ops->operator, note, err);
        if (rc == RC_OK)
                rc = store_commit(ops->store, err);
        store_rollback(ops->store);
        return rc;
}

enum rc ops_sign_out(struct ops *ops, struct err *err)
{
        enum rc rc;

        if (!ops->is_proven)
                return RC_OK;
        rc = tell(ops, "operator.sign-out", "", err);
        ops->operator= ops->role = NULL;
        ops->is_proven = false;
        return rc;
}

enum rc ops_sign_in(struct ops *ops, const char *name, const char *pin, struct ops_person *ret,
                    struct err *err)
{
        AUTO_FREE char *said = name_said(name);
        bool again = ops->is_proven && strcasecmp(ops->operator, said) == 0;
        struct attempt t = {.ops = ops,
                            .name = said,
                            .pin = pin,
                            .op = again ? "operator.unlock" : "operator.sign-in",
                            .leaves = ops->is_proven && !again ? ops->operator: NULL };
        enum rc rc = prove(&t, ret, err);

        if (rc == RC_OK)
                become(ops, ret);
        return rc;
}

enum rc ops_tell_lock(struct ops *ops, bool idle, struct err *err)
{
        return ops->is_proven ? tell(ops, "operator.lock", idle ? "idle" : "", err) : RC_OK;
}

static enum rc take_name(const char *name, struct ops_person *ret, struct err *err)
{
        if (!name[0] || strlen(name) >= OPERATOR_NAME_BYTES || strchr(name, ':') ||
            !text_is_clean(name, strlen(name), false))
                return err_set(err, RC_INVALID, "who is it? A name has at most %d bytes",
                               OPERATOR_NAME_BYTES - 1);
        *ret = (struct ops_person){.role = OPERATOR_LEAD};
        snprintf(ret->name, sizeof(ret->name), "%s", name);
        return RC_OK;
}

enum rc ops_call_operator(struct ops *ops, const char *name, struct err *err)
{
        AUTO_FREE char *said = name_said(name);
        struct ops_person p;
        enum rc rc = ops->sign_in ? err_set(err, RC_DENIED, "names are proven here by a PIN")
                                  : take_name(said, &p, err);

        if (rc == RC_OK)
                become(ops, &p);
        return rc;
}

/* ---- two ------------------------------------------------------------------------------------- */

static bool is_same(const char *a, const char *b)
{
        AUTO_FREE char *one = text_fold(a);
        AUTO_FREE char *other = text_fold(b);

        return strcmp(one, other) == 0;
}

enum rc ops_second(struct ops *ops, const char *first, const char *name, const char *pin,
                   struct ops_person *ret, struct err *err)
{
        AUTO_FREE char *said = name_said(name);
        struct attempt t = {.ops = ops, .name = said, .pin = pin, .op = "operator.second"};
        const char *other_than = first ? first : ops->operator;
        struct ops_person p = {0};
        enum rc rc;

        if (other_than && is_same(other_than, said))
                return err_set(err, RC_DENIED, "%s %s; a second person is somebody else",
                               other_than, first ? "has signed" : "is who asks");
        rc = ops->sign_in ? prove(&t, &p, err) : take_name(said, &p, err);
        if (rc == RC_OK && p.is_proven && p.role < OPERATOR_OFFICER)
                return err_set(err, RC_DENIED, "%s is a viewer and confirms nothing", p.name);
        if (rc == RC_OK)
                *ret = p;
        return rc;
}

void ops_as(const struct ops *ops, const struct ops_person *person, struct ops *ret)
{
        *ret = *ops;
        ret->operator= person->name;
        ret->role = person->is_proven ? enum_id(&enum_operator, (int)person->role) : NULL;
        ret->rights = person->role;
        ret->is_proven = person->is_proven;
}
