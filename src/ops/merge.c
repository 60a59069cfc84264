/*
 * Merging: one incident goes into another. The one that goes is closed as a duplicate and keeps all
 * that it has; the other takes what it lacks: the earlier times, an owner, members of sets, the
 * stricter marking, a claimed level, clocks of law and what was filed for them.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/after.h"
#include "model/clocks.h"

#include "ops_private.h"

#define SAID_MAX  64
#define SET_BYTES (1024 * 1024)

struct merging {
        const struct thing *stays, *goes;
        struct ops_request *ret;
        struct ops_field *fields, *details;
        struct arena *a;
};

static void say(struct merging *m, const char *name, const char *value)
{
        for (size_t i = 0; i < m->ret->field_count; i++)
                if (strcmp(m->fields[i].name, name) == 0)
                        return;
        m->fields[m->ret->field_count++] = (struct ops_field){name, value};
}

static void tell(struct merging *m, const char *name, const char *value)
{
        m->details[m->ret->detail_count++] = (struct ops_field){name, value};
}

static bool is_earlier(const struct merging *m, const char *field)
{
        int64_t stays = thing_ms(m->stays, field), goes = thing_ms(m->goes, field);

        return goes != CLOCK_NONE && (stays == CLOCK_NONE || goes < stays);
}

static void take_times(struct merging *m)
{
        const char *by = thing_text(m->goes, "acked_by");

        if (is_earlier(m, "occurred"))
                say(m, "occurred", thing_text(m->goes, "occurred"));
        if (is_earlier(m, "acked")) {
                say(m, "acked", thing_text(m->goes, "acked"));
                say(m, "acked_by", by ? by : "");
        }
        if (is_earlier(m, "created"))
                tell(m, "first_known", thing_text(m->goes, "created"));
}

static void take_owner(struct merging *m)
{
        const char *stays = thing_text(m->stays, "owner"), *goes = thing_text(m->goes, "owner");

        if (goes && *goes && stays && *stays && strcmp(stays, goes) != 0)
                tell(m, "co_owner", goes);
}

static void take_marking(struct merging *m)
{
        if (thing_rank(m->goes, "tlp") > thing_rank(m->stays, "tlp"))
                say(m, "tlp", thing_text(m->goes, "tlp"));
}

/* A clock runs from the earliest time that anybody was aware. */
static bool runs_earlier(const struct merging *m, const char *item)
{
        const struct value *stays = thing_value(m->stays, CLOCK_FIELD_STARTED);
        struct clock_element e, other;

        if (!clock_element_read(item, &e))
                return false;
        for (size_t i = 0; i < stays->count; i++)
                if (clock_element_read(stays->items[i], &other) &&
                    strcmp(e.rule, other.rule) == 0 && other.anchor_ms <= e.anchor_ms)
                        return false;
        return true;
}

/* "+BE +FR": what is there already is left alone. */
static void take_members(struct merging *m, size_t i,
                         bool (*wanted)(const struct merging *m, const char *item))
{
        const struct value *goes = &m->goes->values[i];
        CLEANUP(str_finish) struct str list = {0};

        str_init(&list, SET_BYTES);
        for (size_t k = 0; k < goes->count; k++)
                if (strcmp(goes->items[k], m->stays->id) != 0 &&
                    (!wanted || wanted(m, goes->items[k])))
                        str_addf(&list, "%s+%s", list.len ? " " : "", goes->items[k]);
        if (list.len)
                say(m, m->goes->kind->fields[i].name, arena_strdup(m->a, str_text(&list)));
}

static void take_fields(struct merging *m)
{
        const struct kind *kind = m->goes->kind;

        for (size_t i = 0; i < kind->field_count; i++) {
                const struct field *f = &kind->fields[i];

                bool plain = (f->flags & FIELD_FORM) && !(f->flags & (FIELD_STATE | FIELD_DERIVED));

                if (!plain && strcmp(f->name, "links") != 0)
                        continue;
                if (field_is_set(f))
                        take_members(m, i, NULL);
                else if (value_is_empty(&m->stays->values[i]) &&
                         !value_is_empty(&m->goes->values[i]))
                        say(m, f->name, m->goes->values[i].text);
        }
}

static void take_clocks(struct merging *m)
{
        const struct kind *kind = m->goes->kind;

        take_members(m, (size_t)field_index(kind, CLOCK_FIELD_STARTED), runs_earlier);
        take_members(m, (size_t)field_index(kind, CLOCK_FIELD_FILED), NULL);
}

/* The three of a claim go together. */
static void take_level(struct merging *m)
{
        static const char *const claim[] = {"level", "claimant", "rationale"};

        if (thing_has(m->stays, claim[0]))
                return;
        for (size_t i = 0; i < ARRAY_LEN(claim); i++)
                if (thing_has(m->goes, claim[i]))
                        say(m, claim[i], thing_text(m->goes, claim[i]));
}

/* The outlook goes with the time at which it was given. */
static void take_outlook(struct merging *m)
{
        const char *stays = thing_text(m->stays, "outlook"),
                   *at = thing_text(m->goes, "outlook_at");

        if (!(stays && *stays) && at && *at)
                say(m, "outlook_at", at);
}

static enum rc load(struct ops *ops, const struct ops_request *r, struct arena *a,
                    struct state *ret, struct err *err)
{
        const char *ref = NULL, *id = NULL;
        enum rc rc;

        for (size_t i = 0; i < r->detail_count; i++)
                if (strcmp(r->details[i].name, "merged") == 0)
                        ref = r->details[i].value;
        if (!ref)
                return RC_NOTFOUND;
        rc = ops_resolve(ops, ref, a, &id, err);
        if (rc == RC_OK)
                rc = state_load(ops, id, CLOCK_NONE, a, ret, err);
        return rc == RC_NOTFOUND ? RC_INVALID : rc;
}

enum rc merge_complete(struct ops *ops, const struct state *st, const struct ops_request *r,
                       struct arena *a, struct ops_request *ret, struct err *err)
{
        struct merging m = {.stays = &st->folded.thing, .ret = ret, .a = a};
        struct state goes;
        enum rc rc = load(ops, r, a, &goes, err);

        if (rc == RC_NOTFOUND)
                return RC_OK; /* the verb says that it needs it */
        if (rc != RC_OK)
                return rc;
        if (!goes.exists || goes.kind != st->kind)
                return err_set(err, RC_INVALID, "only a %s is merged into one", st->kind->name);
        m.goes = &goes.folded.thing;
        m.fields = arena_array(a, ret->field_count + SAID_MAX, sizeof(*m.fields));
        m.details = arena_array(a, ret->detail_count + SAID_MAX, sizeof(*m.details));
        if (ret->field_count)
                memcpy(m.fields, ret->fields, ret->field_count * sizeof(*m.fields));
        if (ret->detail_count)
                memcpy(m.details, ret->details, ret->detail_count * sizeof(*m.details));
        ret->fields = m.fields;
        ret->details = m.details;
        take_times(&m);
        take_owner(&m);
        take_marking(&m);
        take_outlook(&m);
        take_level(&m);
        if (st->kind == &kind_incident)
                take_clocks(&m);
        take_fields(&m);
        return RC_OK;
}
