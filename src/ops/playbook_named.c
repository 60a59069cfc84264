/*
 * Which playbook a step runs: it names it by the id that its document has, and maybe a version.
 */
#include <string.h>

#include "base/clock.h"
#include "ops/playbooks.h"
#include "ops/walk.h"

#include "ops_private.h"

struct finding {
        struct ops *ops;
        const struct step *step;
        struct arena *a;
        const char *hash; /* the best so far; NULL: none */
        int64_t modified_ns;
};

static bool fits(const struct finding *f, const struct held_playbook *p)
{
        const struct playbook *book = p->doc.playbook;

        if (playbook_may_run(p, NULL) != RC_OK || !book->id ||
            strcmp(book->id, f->step->playbook_id) != 0)
                return false;
        return f->step->playbook_version_ns == CLOCK_NONE ||
               f->step->playbook_version_ns == book->modified_ns;
}

/* Its contents come newest first. */
static enum rc look_at(void *ctx, const struct row *row, struct arena *a, struct err *err)
{
        struct finding *f = ctx;
        struct playbook_version *list = NULL;
        size_t count = 0;
        enum rc rc = ops_playbook_versions(f->ops, row->thing.id, a, &list, &count, err);

        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                struct held_playbook p;

                if (ops_playbook_content(f->ops, list[i].hash, a, &p, NULL) != RC_OK ||
                    !fits(f, &p))
                        continue;
                if (!f->hash || p.doc.playbook->modified_ns > f->modified_ns) {
                        f->hash = arena_strdup(f->a, list[i].hash);
                        f->modified_ns = p.doc.playbook->modified_ns;
                }
                break;
        }
        return rc;
}

enum rc ops_playbook_of_step(struct ops *ops, const struct step *s, struct arena *a,
                             const char **ret, struct err *err)
{
        const struct filter filter = {
                .kind = &kind_playbook,
                .terms = {{.what = FILTER_FIELD,
                           .field = field_index(&kind_playbook, "playbook_id"),
                           .values = &s->playbook_id,
                           .value_count = 1}},
                .term_count = 1,
                .sort_field = -1};
        struct finding f = {.ops = ops, .step = s, .a = a};
        enum rc rc = s->playbook_id ? ops_walk(ops, &filter, NULL, look_at, &f, err) : RC_OK;

        if (rc == RC_OK && !f.hash)
                rc = err_set(err, RC_NOTFOUND, "%s%.80s is not held here, or can't be run",
                             s->playbook_version_ns != CLOCK_NONE ? "that version of " : "",
                             s->playbook_id ? s->playbook_id : "the playbook");
        if (rc == RC_OK)
                *ret = f.hash;
        return rc;
}
