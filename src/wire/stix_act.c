#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"

#include "stix_private.h"

#define CONSOLE_DIGITS 16

/* ---- scalars of the act -------------------------------------------------------------------- */

static enum rc want_text(struct act_reading *ar, const struct json_t *ext, const char *key,
                         const struct json_t **ret)
{
        const struct json_t *v = json_get(ext, key);

        if (v && json_kind(v) != JSON_TEXT)
                return stix_refuse(ar->r, ar->err, "act.%s is not a string", key);
        *ret = v;
        return RC_OK;
}

static enum rc read_line(struct act_reading *ar, const struct json_t *ext, const char *key,
                         const char **ret)
{
        const struct json_t *v = NULL;
        enum rc rc = want_text(ar, ext, key, &v);

        if (rc == RC_OK && v)
                *ret = stix_clean_line(ar->r->a, v);
        return rc;
}

static enum rc read_reason(struct act_reading *ar, const struct json_t *ext)
{
        const struct json_t *v = NULL;
        enum rc rc = want_text(ar, ext, "reason", &v);

        if (rc == RC_OK && v)
                ar->act->reason = stix_clean_text(ar->r->a, v);
        return rc;
}

static enum rc read_id(struct act_reading *ar, const struct json_t *ext, const char *key,
                       const char **ret)
{
        const struct json_t *v = NULL;
        enum rc rc = want_text(ar, ext, key, &v);

        if (rc != RC_OK || !v)
                return rc;
        if (!ident_is_stix(json_text(v, ""), json_text_len(v)))
                return stix_refuse(ar->r, ar->err, "act.%s is not an identifier", key);
        *ret = arena_strndup(ar->r->a, json_text(v, ""), json_text_len(v));
        return RC_OK;
}

static enum rc read_lines(struct act_reading *ar, const struct json_t *ext)
{
        const struct {
                const char *key;
                const char **ret;
        } lines[] = {{"ref", &ar->act->ref}, {"kind", &ar->act->kind}, {"verb", &ar->act->verb},
                     {
                             "operator",
                             &ar->act->operator},
                             {"role", &ar->act->role},
                             {"console", &ar->act->console},
        };
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(lines); i++)
                rc = read_line(ar, ext, lines[i].key, lines[i].ret);
        return rc;
}

static bool is_console(const char *s)
{
        return strlen(s) == CONSOLE_DIGITS && strspn(s, "0123456789abcdef") == CONSOLE_DIGITS;
}

static enum rc judge_names(const struct act_reading *ar)
{
        const struct act *act = ar->act;

        if (!act->target)
                return stix_refuse(ar->r, ar->err, "act.target is missing");
        if (!act->verb || !stix_is_name(act->verb))
                return stix_refuse(ar->r, ar->err, "act.verb is not the name of a verb");
        if (!act->operator|| !* act->operator)
                return stix_refuse(ar->r, ar->err, "act.operator is missing");
        if (!act->console || !is_console(act->console))
                return stix_refuse(ar->r, ar->err, "act.console is not 16 hex digits");
        if (!act->unit)
                return stix_refuse(ar->r, ar->err, "created_by_ref is missing; an act has a unit");
        for (size_t i = 0; i < ar->r->o->ref_count; i++)
                if (strcmp(ar->r->o->refs[i], act->target) == 0)
                        return RC_OK;
        return stix_refuse(ar->r, ar->err, "object_refs does not hold the act's target");
}

/* An act never changes: whoever changes it publishes something that no longer is that act. */
static enum rc read_clock(struct act_reading *ar, const struct json_t *ext)
{
        const struct stix_object *o = ar->r->o;
        const struct json_t *hlc = json_get(ext, "hlc"), *occurred = json_get(ext, "occurred");
        int64_t occurred_ns = CLOCK_NONE;

        if (o->created_ns == CLOCK_NONE)
                return stix_refuse(ar->r, ar->err, "created is missing; an act has a time");
        if (o->modified_ns != o->created_ns)
                return stix_refuse(ar->r, ar->err, "an act has no later versions");
        if (json_kind(hlc) != JSON_INT)
                return stix_refuse(ar->r, ar->err, "act.hlc is not a whole number");
        if (json_int(hlc, 0) < 0)
                return stix_refuse(ar->r, ar->err, "act.hlc is negative");
        ar->act->hlc = json_int(hlc, 0);
        ar->act->created_ms = stix_ms(o->created_ns);
        ar->act->occurred_ms = ar->act->created_ms;
        if (!occurred)
                return RC_OK;
        if (stamp_parse_ns(json_text(occurred, ""), json_text_len(occurred), &occurred_ns, NULL) !=
            RC_OK)
                return stix_refuse(ar->r, ar->err, "act.occurred is not a timestamp");
        ar->act->occurred_ms = stix_ms(occurred_ns);
        return RC_OK;
}

/* ---- the act ------------------------------------------------------------------------------- */

static enum rc read_who(struct act_reading *ar, const struct json_t *ext)
{
        enum rc rc = read_id(ar, ext, "target", &ar->act->target);

        if (rc == RC_OK)
                rc = read_id(ar, ext, "undoes", &ar->act->undoes);
        if (rc == RC_OK)
                rc = read_lines(ar, ext);
        if (rc == RC_OK)
                rc = read_reason(ar, ext);
        if (rc == RC_OK)
                rc = judge_names(ar);
        if (rc == RC_OK)
                ar->kind = act_kind(ar->act);
        return rc;
}

enum rc stix_read_act(struct stix_reading *r, const struct json_t *ext, struct err *err)
{
        struct act *act = arena_alloc(r->a, sizeof(*act));
        struct act_reading ar = {.r = r, .err = err, .rc = RC_OK, .act = act};
        enum rc rc = RC_OK;

        *act = (struct act){.id = r->o->id, .unit = r->o->created_by};
        if (json_kind(ext) != JSON_OBJ)
                return stix_refuse(r, err, "the extension that makes it an act is not an object");
        act->text = stix_member_text(r, r->json, "content");
        if (!act->text)
                act->text = "";
        rc = read_who(&ar, ext);
        if (rc == RC_OK)
                rc = read_clock(&ar, ext);
        if (rc == RC_OK)
                rc = stix_read_act_sets(&ar, ext);
        if (rc == RC_OK)
                rc = stix_read_act_elements(&ar, ext);
        if (rc == RC_OK)
                rc = stix_read_act_details(&ar, ext);
        if (rc != RC_OK)
                return rc;
        stix_order_act(&ar);
        r->o->act = act;
        return RC_OK;
}
