#include "ops/help_of.h"

#include <string.h>

#include "base/mem.h"
#include "model/machine.h"
#include "ops/naming.h"

#include "ops_private.h"

struct gathering {
        struct arena *a;
        struct row *rows;
        size_t count, room;
};

static bool holds(const struct gathering *g, const char *id)
{
        for (size_t i = 0; i < g->count; i++)
                if (strcmp(g->rows[i].thing.id, id) == 0)
                        return true;
        return false;
}

static enum rc gather(struct ops *ops, const struct kind *kind, const char *field, const char *id,
                      struct gathering *g, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = ops_naming(ops, kind, field, id, g->a, &rows, &count, err);

        for (size_t i = 0; i < count; i++) {
                if (rows[i].thing.revoked || holds(g, rows[i].thing.id))
                        continue;
                g->rows = arena_grow(g->a, g->rows, g->count, &g->room, sizeof(*g->rows));
                g->rows[g->count++] = rows[i];
        }
        return rc;
}

static bool is_over(const struct row *row)
{
        const struct machine *m = machine_of(row->thing.kind);

        return m->over >> machine_state(m, &row->thing) & 1;
}

static struct row *open_first(const struct gathering *g)
{
        struct row *rows = arena_array(g->a, g->count + 1, sizeof(*rows));
        size_t n = 0;

        for (int over = 0; over < 2; over++)
                for (size_t i = 0; i < g->count; i++)
                        if (is_over(&g->rows[i]) == over)
                                rows[n++] = g->rows[i];
        return rows;
}

enum rc ops_help_of(struct ops *ops, const char *incident, struct arena *a, struct help *ret,
                    struct err *err)
{
        struct gathering requests = {.a = a}, deployments = {.a = a};
        enum rc rc = gather(ops, &kind_request, "incident", incident, &requests, err);

        if (rc == RC_OK)
                rc = gather(ops, &kind_deployment, "incident", incident, &deployments, err);
        for (size_t i = 0; rc == RC_OK && i < requests.count; i++)
                rc = gather(ops, &kind_deployment, "request", requests.rows[i].thing.id,
                            &deployments, err);
        if (rc != RC_OK)
                return rc;
        *ret = (struct help){.requests = open_first(&requests),
                             .request_count = requests.count,
                             .deployments = open_first(&deployments),
                             .deployment_count = deployments.count};
        return RC_OK;
}
