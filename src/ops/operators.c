/*
 * The list of operators, and what each may do.
 */
#include "ops/operators.h"

#include <string.h>
#include <strings.h>

#include "base/crypt.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/operators.h"

#include "ops_private.h"

/* ---- what may be done ------------------------------------------------------------------------ */

bool ops_may_write(const struct ops *ops)
{
        return !ops->readonly && !(ops->is_proven && ops->rights < OPERATOR_OFFICER);
}

/* As it is now: somebody may have been removed since. */
static enum rc rights_now(const struct ops *ops, enum operator_role *ret, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct operator_entry o;
        struct err why = {0};
        enum rc rc = operator_get(ops->store, ops->operator, & a, &o, &why);

        if (rc == RC_NOTFOUND)
                return err_set(err, RC_DENIED, "%s is no operator here any more", ops->operator);
        if (rc != RC_OK)
                return err_set(err, rc, "%s", why.text);
        *ret = (enum operator_role)o.role;
        return RC_OK;
}

enum rc ops_need_writer(const struct ops *ops, struct err *err)
{
        enum operator_role rights = OPERATOR_LEAD;
        enum rc rc = RC_OK;

        if (ops->readonly)
                return err_set(err, RC_DENIED, "%s is opened read-only", store_path(ops->store));
        if (!ops->operator|| ops->operator[0] == '\0')
                return err_set(err, RC_DENIED, "nobody is signed on, so nothing can be written");
        if (ops->is_proven)
                rc = rights_now(ops, &rights, err);
        if (rc == RC_OK && rights < OPERATOR_OFFICER)
                return err_set(err, RC_DENIED, "%s is a viewer and changes nothing", ops->operator);
        return rc;
}

enum rc ops_need_lead(const struct ops *ops, const char *what, struct err *err)
{
        enum operator_role rights = OPERATOR_LEAD;
        enum rc rc = RC_OK;

        if (ops->sign_in && !ops->is_proven)
                return err_set(err, RC_DENIED, "nobody is signed in, and %s changed by a lead",
                               what);
        if (ops->is_proven)
                rc = rights_now(ops, &rights, err);
        if (rc == RC_OK && rights < OPERATOR_LEAD)
                return err_set(err, RC_DENIED, "%s is no lead, and %s changed by one",
                               ops->operator, what);
        return rc;
}

static enum rc need_proven_lead(const struct ops *ops, struct err *err)
{
        if (!ops->is_proven)
                return err_set(err, RC_DENIED,
                               "a lead must sign in for that: operators are changed by one");
        return ops_need_lead(ops, "operators are", err);
}

/* ---- names and PINs -------------------------------------------------------------------------- */

/* NAME:ROLE is split at the colon elsewhere; names stand in sentences. */
static enum rc check_name(const char *name, struct err *err)
{
        size_t len = strlen(name);

        if (!len || len >= OPERATOR_NAME_BYTES || name[0] == '-' || name[0] == ' ' ||
            name[len - 1] == ' ' || strchr(name, ':') || !text_is_clean(name, len, false))
                return err_set(err, RC_INVALID,
                               "a name takes 1 to %d bytes of text without a colon, and does not "
                               "begin with a hyphen",
                               OPERATOR_NAME_BYTES - 1);
        return RC_OK;
}

static size_t characters_of(const char *text)
{
        struct text_cluster cl;
        size_t count = 0;

        for (const char *at = text; text_next(at, strlen(at), &cl); at += cl.bytes)
                count++;
        return count;
}

static enum rc check_pin(const char *name, const char *pin, struct err *err)
{
        size_t len = strlen(pin), same = strspn(pin, (const char[2]){pin[0]});

        if (len >= PIN_BYTES || !text_is_clean(pin, len, false))
                return err_set(err, RC_INVALID, "a PIN takes at most %d bytes of text",
                               PIN_BYTES - 1);
        if (characters_of(pin) < PIN_LEAST)
                return err_set(err, RC_INVALID, "a PIN has at least %d characters", PIN_LEAST);
        if (same == len || strcmp(pin, name) == 0)
                return err_set(err, RC_INVALID,
                               "a PIN is not one character over and over, nor the name");
        return RC_OK;
}

static enum rc hash_pin(const struct ops *ops, const char *name, const char *pin,
                        char out[PIN_HASH_TEXT], struct err *err)
{
        enum rc rc = check_pin(name, pin, err);

        return rc == RC_OK ? crypt_pin_hash(pin, ops->pin_cost, out, err) : rc;
}

/* ---- changes --------------------------------------------------------------------------------- */

enum rc journal_tell(struct ops *ops, const char *op, const char *who, const char *note,
                     struct err *err)
{
        struct journal_entry entry = {
                .at_ms = clock_now_ms(), .op = op, .operator= who, .note = note};
        enum rc rc = journal_next_seq(ops->store, &entry.seq, err);

        return rc == RC_OK ? journal_append(ops->store, &entry, err) : rc;
}

/* A change of the list: judged and made in one transaction. */
struct change {
        struct ops *ops;
        const char *op, *name;
        enum operator_role role;
        const char *hash; /* of the new PIN, or NULL */
        struct arena a;
};

static enum rc change(struct change *c, enum rc (*make)(struct change *c, struct err *err),
                      struct err *err)
{
        struct store *s = c->ops->store;
        AUTO_FREE char *note = NULL;
        enum rc rc = store_begin(s, err);

        if (rc != RC_OK)
                return rc;
        rc = make(c, err);
        note = xasprintf("%s%s%s", c->name, c->hash ? " " : "",
                         c->hash ? enum_id(&enum_operator, (int)c->role) : "");
        if (rc == RC_OK)
                rc = journal_tell(c->ops, c->op, c->ops->operator, note, err);
        if (rc == RC_OK)
                rc = store_commit(s, err);
        store_rollback(s);
        arena_finish(&c->a);
        return rc;
}

/* RC_CONFLICT where there is none. */
static enum rc find(struct change *c, struct operator_entry *ret, struct err *err)
{
        struct err why = {0};
        enum rc rc = operator_get(c->ops->store, c->name, &c->a, ret, &why);

        if (rc == RC_NOTFOUND)
                return err_set(err, RC_CONFLICT, "there is no operator %s", c->name);
        return rc == RC_OK ? rc : err_set(err, rc, "%s", why.text);
}

static enum rc add(struct change *c, struct err *err)
{
        const struct operator_entry o = {.name = c->name,
                                         .role = (int)c->role,
                                         .pin = c->hash,
                                         .added_ms = clock_now_ms(),
                                         .pin_set_ms = clock_now_ms()};
        struct operator_entry there;
        int64_t count = 0;
        enum rc rc = operator_count(c->ops->store, -1, &count, err);

        if (rc == RC_OK && count)
                rc = need_proven_lead(c->ops, err);
        if (rc != RC_OK)
                return rc;
        if (!count && c->role != OPERATOR_LEAD)
                return err_set(err, RC_CONFLICT,
                               "the first operator is a lead: nobody else could add more");
        if (count >= OPERATORS_MAX)
                return err_set(err, RC_CONFLICT, "there are %d operators already", OPERATORS_MAX);
        if (operator_get(c->ops->store, c->name, &c->a, &there, NULL) == RC_OK)
                return err_set(err, RC_CONFLICT, "there is an operator %s already", there.name);
        return operator_add(c->ops->store, &o, err);
}

enum rc ops_operator_add(struct ops *ops, const char *name, enum operator_role role,
                         const char *pin, struct err *err)
{
        char hash[PIN_HASH_TEXT];
        struct change c = {
                .ops = ops, .op = "operator.add", .name = name, .role = role, .hash = hash};
        enum rc rc = check_name(name, err);

        if (rc == RC_OK)
                rc = hash_pin(ops, name, pin, hash, err);
        return rc == RC_OK ? change(&c, add, err) : rc;
}

static enum rc drop(struct change *c, struct err *err)
{
        struct operator_entry o;
        int64_t leads = 0;
        enum rc rc = need_proven_lead(c->ops, err);

        if (rc == RC_OK)
                rc = find(c, &o, err);
        if (rc == RC_OK)
                rc = operator_count(c->ops->store, OPERATOR_LEAD, &leads, err);
        if (rc != RC_OK)
                return rc;
        if (o.role == OPERATOR_LEAD && leads == 1)
                return err_set(err, RC_CONFLICT, "%s is the last lead; add another one first",
                               o.name);
        return operator_drop(c->ops->store, o.name, err);
}

enum rc ops_operator_remove(struct ops *ops, const char *name, struct err *err)
{
        struct change c = {.ops = ops, .op = "operator.remove", .name = name};

        return change(&c, drop, err);
}

static enum rc set_pin(struct change *c, struct err *err)
{
        struct operator_entry o;
        bool own = c->ops->is_proven && strcasecmp(c->ops->operator, c->name) == 0;
        enum rc rc = own ? RC_OK : need_proven_lead(c->ops, err);

        if (rc == RC_OK)
                rc = find(c, &o, err);
        if (rc != RC_OK)
                return rc;
        c->role = (enum operator_role)o.role;
        o.pin = c->hash;
        o.pin_set_ms = clock_now_ms();
        o.failures = 0;
        o.failed_ms = CLOCK_NONE;
        return operator_save(c->ops->store, &o, err);
}

enum rc ops_operator_set_pin(struct ops *ops, const char *name, const char *pin, struct err *err)
{
        char hash[PIN_HASH_TEXT];
        struct change c = {.ops = ops, .op = "operator.pin", .name = name, .hash = hash};
        enum rc rc = hash_pin(ops, name, pin, hash, err);

        return rc == RC_OK ? change(&c, set_pin, err) : rc;
}
