/*
 * What the opening of a run says besides what was asked for: which content of its playbook it is
 * pinned to, its title, its marking. And whether that playbook may be run at all.
 */
#include <string.h>

#include "base/ident.h"
#include "base/mem.h"
#include "ops/run_book.h"

#include "ops_private.h"

static const char *id_of(struct ops *ops, const char *typed, struct arena *a)
{
        if (!typed || !*typed)
                return NULL;
        return ident_is_stix(typed, strlen(typed)) ? typed : ops_resolve_value(ops, typed, a);
}

static bool has_bad_signature(const struct playbook *p)
{
        for (size_t i = 0; i < p->signature_count; i++)
                if (p->signatures[i].state == SIGNATURE_BAD)
                        return true;
        return false;
}

/* Its author may have said that it holds no more, or somebody else have changed it; who starts it
 * all the same says why. */
static enum rc check_holds(const struct held_playbook *p, bool despite, struct err *err)
{
        const struct playbook *pb = p->doc.playbook;
        int64_t now_ms = clock_now_ms();
        const char *why = NULL;

        if (p->row.thing.revoked || pb->revoked)
                why = "was revoked by its author";
        else if (pb->valid_until_ms != CLOCK_NONE && pb->valid_until_ms < now_ms)
                why = "is no more valid";
        else if (pb->valid_from_ms != CLOCK_NONE && pb->valid_from_ms > now_ms)
                why = "is not valid yet";
        else if (has_bad_signature(pb))
                why = "has a bad signature: it may not be as it was signed";
        if (!why || despite)
                return RC_OK;
        return err_set(err, RC_CONFLICT, "%s %s; with a reason it is started all the same",
                       p->row.ref, why);
}

static enum rc read_playbook(struct ops *ops, const struct run_asked *r, struct arena *a,
                             struct held_playbook *ret, struct err *err)
{
        const char *id = id_of(ops, r->playbook, a);

        if (r->content && *r->content && !(r->playbook && *r->playbook))
                return ops_playbook_content(ops, r->content, a, ret, err);
        if (id && r->content && *r->content)
                return ops_playbook_content_of(ops, id, r->content, a, ret, err);
        if (!id)
                return err_set(err, RC_INVALID, "playbook: %.100s is none that is held here",
                               r->playbook ? r->playbook : "nothing");
        return ops_playbook(ops, id, a, ret, err);
}

/* The strictest of what it works with. */
static const char *strictest_of(struct ops *ops, const struct held_playbook *p,
                                const char *incident, struct arena *a)
{
        int tlp = p->row.tlp_given ? thing_rank(&p->row.thing, "tlp") : -1;
        struct row row;

        if (incident && thing_by_id(ops->store, incident, a, &row, NULL) == RC_OK &&
            thing_rank(&row.thing, "tlp") > tlp)
                tlp = thing_rank(&row.thing, "tlp");
        return tlp < 0 ? NULL : enum_id(&enum_tlp, tlp);
}

enum rc run_opening_make(struct ops *ops, const struct run_asked *r, struct arena *a,
                         struct run_opening *ret, struct err *err)
{
        const char *incident = id_of(ops, r->incident, a);
        struct held_playbook p;
        enum rc rc = read_playbook(ops, r, a, &p, err);

        if (rc == RC_OK)
                rc = playbook_may_run(&p, err);
        if (rc == RC_OK)
                rc = check_holds(&p, r->despite && *r->despite, err);
        if (rc != RC_OK)
                return rc;
        *ret = (struct run_opening){.playbook = p.row.thing.id,
                                    .content = arena_strdup(a, p.hash),
                                    .title = thing_text(&p.row.thing, "title"),
                                    .tlp = strictest_of(ops, &p, incident, a)};
        return RC_OK;
}
