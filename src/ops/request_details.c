/*
 * The details of an act, as typed: read as fields of their type would be, in the order of names.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/nearest.h"
#include "model/rules.h"

#include "ops_private.h"

static enum rc refuse(const struct verb *verb, const char *name, struct err *err)
{
        struct nearest n;

        if (!verb->details)
                return err_set(err, RC_INVALID, "%s takes no %.60s", verb->name, name);
        nearest_init(&n, name);
        for (const struct detail_row *row = verb->details; row->name; row++)
                nearest_offer(&n, row->name);
        return err_set(err, RC_INVALID, "%s takes no %.60s; nearest: %s", verb->name, name, n.best);
}

static void add(struct act *act, struct act_detail *details, const char *name, const char *value)
{
        if (value && *value)
                details[act->detail_count++] = (struct act_detail){name, value};
}

static enum rc read_detail(const struct detail_row *row, const char *typed,
                           const struct value_context *values, struct arena *a, const char **ret,
                           struct err *err)
{
        const struct field field = detail_field(row);
        struct value v = {0};
        enum rc rc = value_read(&field, typed ? typed : "", values, a, &v, err);

        if (rc == RC_OK)
                *ret = v.count ? value_join(&v, " ", a) : v.text;
        return rc;
}

static int compare_names(const void *a, const void *b)
{
        return strcmp(((const struct act_detail *)a)->name, ((const struct act_detail *)b)->name);
}

static enum rc read_given(const struct verb *verb, const struct ops_request *r,
                          const struct value_context *values, struct arena *a,
                          struct act_detail *details, struct act *act, struct err *err)
{
        for (size_t i = 0; i < r->detail_count; i++) {
                const struct detail_row *row = verb_detail(verb, r->details[i].name);
                const char *value = NULL;
                enum rc rc;

                if (!row)
                        return refuse(verb, r->details[i].name, err);
                if (act_detail(act, row->name))
                        return err_set(err, RC_INVALID, "%s is given twice", row->name);
                rc = read_detail(row, r->details[i].value, values, a, &value, err);
                if (rc != RC_OK)
                        return rc;
                add(act, details, row->name, value);
        }
        return RC_OK;
}

enum rc details_build(const struct verb *verb, const struct ops_request *r,
                      const struct value_context *values, struct arena *a, struct act *act,
                      struct err *err)
{
        struct act_detail *details = arena_array(a, ACT_DETAILS_MAX + 1, sizeof(*details));
        const struct detail_row *lacks;
        enum rc rc;

        if (r->detail_count > ACT_DETAILS_MAX)
                return err_set(err, RC_INVALID, "more than %d details", ACT_DETAILS_MAX);
        act->details = details;
        rc = read_given(verb, r, values, a, details, act, err);
        if (rc != RC_OK)
                return rc;
        for (const struct detail_row *row = verb->details; row && row->name; row++)
                if (row->needed && row->person && !act_detail(act, row->name))
                        add(act, details, row->name, values->me);
        qsort(details, act->detail_count, sizeof(*details), compare_names);
        lacks = verb_lacks(verb, act);
        if (!lacks)
                return RC_OK;
        const struct field needed = detail_field(lacks);
        return err_set(err, RC_INVALID, "%s needs %s: %s", verb->name, needed.name,
                       field_help(&needed, values->words, a));
}
