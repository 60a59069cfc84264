/*
 * Entries of the log that speak of others: a correction, a decision that follows another, a review.
 * The entry spoken of shows it, whichever of the two came in first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "ops_private.h"

#define REMARKS_MAX 64

static const struct {
        const char *detail; /* of the act that speaks; the type of its relation */
        const char *shown;  /* field of the entry spoken of                     */
} remarks[] = {
        {"corrects", "corrected_by"}, {"follows", "followed_by"}, {"reviews", "reviewed_by"}};

static bool are_there(struct admission *ad)
{
        if (!ad->remarks) {
                AUTO_FREE char *said = meta_get(ad->ops->store, META_REMARKS);

                ad->remarks = said ? 2 : 1;
        }
        return ad->remarks == 2;
}

static void show(const struct relation *rel, struct row *row)
{
        for (size_t i = 0; i < ARRAY_LEN(remarks); i++)
                if (strcmp(rel->type, remarks[i].detail) == 0 &&
                    strcmp(rel->target, row->thing.id) == 0)
                        thing_set(&row->thing, remarks[i].shown, rel->source);
}

enum rc remark_show(struct admission *ad, struct arena *a, struct row *row, struct err *err)
{
        struct relation *list = NULL;
        size_t count = 0;
        enum rc rc;

        if (row->thing.kind != &kind_log || !are_there(ad))
                return RC_OK;
        rc = relation_list(ad->ops->store, row->thing.id, REMARKS_MAX, a, &list, &count, err);
        for (size_t i = 0; rc == RC_OK && i < count; i++)
                show(&list[i], row);
        if (rc == RC_OK && thing_text(&row->thing, "reviewed_by"))
                thing_set(&row->thing, "awaiting", NULL);
        return rc;
}

static enum rc show_again(struct admission *ad, const char *id, struct arena *a, struct err *err)
{
        struct stix_object o;
        struct version v;
        struct row row;
        enum rc rc = version_newest(ad->ops->store, id, false, a, &v, err);

        if (rc == RC_OK)
                rc = stix_read(v.bytes, v.len, a, &o, err);
        if (rc == RC_NOTFOUND || (rc == RC_OK && (!o.thing || o.thing->kind != &kind_log))) {
                err_clear(err);
                return RC_OK;
        }
        if (rc != RC_OK)
                return rc;
        row_of_object(ad->ops, &ad->names, &o, a, &row);
        rc = remark_show(ad, a, &row, err);
        return rc == RC_OK ? thing_put(ad->ops->store, &row, NULL, err) : rc;
}

enum rc remark_take(struct admission *ad, const struct stix_object *o, struct arena *a,
                    struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(remarks); i++) {
                const char *about = act_detail(o->act, remarks[i].detail);

                if (!about || !ident_is_stix(about, strlen(about)))
                        continue;
                rc = relation_put(ad->ops->store,
                                  &(struct relation){.id = o->id,
                                                     .type = remarks[i].detail,
                                                     .source = o->id,
                                                     .target = about},
                                  err);
                if (rc == RC_OK)
                        rc = meta_set(ad->ops->store, META_REMARKS, "1", err);
                ad->remarks = 2;
                return rc == RC_OK ? show_again(ad, about, a, err) : rc;
        }
        return rc;
}
