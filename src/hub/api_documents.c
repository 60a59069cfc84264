/*
 * The resources that are one small document: discovery, api-root, collections, status.
 */
#include "hub/api.h"

enum api_step api_discovery(struct api_call *call)
{
        static const char *const roots[] = {"/api/"};
        static const struct taxii_discovery discovery = {
                .title = "muster-hub",
                .description = "Exchange of crisis data between the desks of Muster and other "
                               "TAXII 2.1 clients",
                .preferred = "/api/",
                .roots = roots,
                .root_count = 1};

        taxii_write_discovery(&discovery, &call->reply.body);
        return api_reply(call, 200);
}

enum api_step api_root(struct api_call *call)
{
        static const struct taxii_root root = {.title = "muster-hub",
                                               .max_content_bytes = TAXII_BYTES_MAX,
                                               .speaks_2_1 = true,
                                               .ordered = true};

        taxii_write_root(&root, &call->reply.body);
        return api_reply(call, 200);
}

static struct taxii_collection describe(const struct hub_collection *c,
                                        const struct hub_right *right)
{
        return (struct taxii_collection){.id = c->id,
                                         .alias = c->alias,
                                         .title = c->title,
                                         .description = c->description,
                                         .can_read = right != NULL,
                                         .can_write = right && right->may_write};
}

/* Those that who asks has a right on: of the others it learns nothing. */
enum api_step api_collections(struct api_call *call)
{
        struct hub_collection *all;
        struct taxii_collection *mine;
        size_t all_count, count = 0;
        struct err err = {0};
        enum rc rc = call->backend->ops->collection_list(call->backend, &call->arena, &all,
                                                         &all_count, &err);

        if (rc != RC_OK)
                return api_fail(call, rc, &err);
        mine = arena_array(&call->arena, all_count + 1, sizeof(*mine));
        for (size_t i = 0; i < all_count; i++) {
                const struct hub_right *right = token_right(&call->who, all[i].key);

                if (right)
                        mine[count++] = describe(&all[i], right);
        }
        taxii_write_collections(mine, count, &call->reply.body);
        return api_reply(call, 200);
}

enum api_step api_collection(struct api_call *call)
{
        struct taxii_collection c =
                describe(&call->collection, token_right(&call->who, call->collection.key));

        taxii_write_collection(&c, &call->reply.body);
        return api_reply(call, 200);
}

enum api_step api_status(struct api_call *call)
{
        const char *document;
        struct err err = {0};
        enum rc rc = call->backend->ops->status_get(call->backend, call->words[0], call->who.name,
                                                    &call->arena, &document, &err);

        if (rc == RC_NOTFOUND)
                return api_refuse(call, 404, "There is no such status, or no more.");
        if (rc != RC_OK)
                return api_fail(call, rc, &err);
        str_add(&call->reply.body, document);
        return api_reply(call, 200);
}

/* For whoever watches over the hub: it is there, and its database can be read. */
enum api_step api_health(struct api_call *call)
{
        struct hub_collection c;
        struct err err = {0};
        enum rc rc = call->backend->ops->collection_find(call->backend, "", &call->arena, &c, &err);

        if (rc != RC_OK && rc != RC_NOTFOUND)
                return api_fail(call, rc, &err);
        str_add(&call->reply.body, "{\"status\":\"ok\"}");
        api_reply(call, 200);
        call->reply.type = "application/json";
        return API_REPLY;
}
