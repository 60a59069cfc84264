/* What a backend promises: order without ties, each version once, all or nothing. */
#include "hub/backend.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "hub_file.h"

#define NOW_MS 1795687200000ll
#define ID     "incident--00000001-0000-4000-8000-000000000000"

static struct hub_collection collection;

static void setup(void)
{
        clock_fix(NOW_MS);
        hub_file_open();
        collection = hub_file_collection();
}

TestSuite(backend, .init = setup, .fini = hub_file_close);

static struct hub_object object(int version, const char *bytes)
{
        return (struct hub_object){.id = ID,
                                   .type = "incident",
                                   .spec = "2.1",
                                   .version = "v",
                                   .version_ns = version,
                                   .bytes = bytes,
                                   .len = strlen(bytes)};
}

static enum hub_added add(struct hub_object *o, int64_t key)
{
        enum hub_added added = HUB_NEW;

        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->add(hub_file, key, o, 1, &added, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->commit(hub_file, NULL), RC_OK);
        return added;
}

struct seen {
        size_t count;
        int64_t last_us;
        bool grows;
        char bytes[64];
};

static bool see(void *ctx, const struct hub_object *o)
{
        struct seen *s = ctx;

        s->grows = s->grows && o->added_us > s->last_us;
        s->last_us = o->added_us;
        s->count++;
        if (o->bytes && o->len < sizeof(s->bytes))
                memcpy(s->bytes, o->bytes, o->len);
        return true;
}

static struct seen walk(int64_t key, unsigned versions)
{
        struct hub_query q = {.collection = key, .after_us = INT64_MIN, .versions = versions};
        struct seen s = {.last_us = INT64_MIN, .grows = true};
        bool more = true;

        cr_assert_eq(hub_file->ops->walk(hub_file, &q, see, &s, &more, NULL), RC_OK);
        cr_assert_not(more);
        return s;
}

/* The clock of SQLite is ours, that of PostgreSQL its own: there the collection is ahead instead.
 */
static void clock_goes_back(void)
{
        if (hub_file_is_postgres)
                hub_file_sql("UPDATE collection SET added = added + 3600000000");
        else
                clock_fix(NOW_MS - 3600000);
}

Test(backend, added_grows_while_the_clock_stands_still_or_goes_back)
{
        struct hub_object many[50];
        enum hub_added added[50];
        int64_t last_us;
        struct seen s;

        for (int i = 0; i < 50; i++)
                many[i] = object(i, "{}");
        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->add(hub_file, collection.key, many, 50, added, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->commit(hub_file, NULL), RC_OK);
        last_us = many[49].added_us;
        if (!hub_file_is_postgres)
                cr_assert_eq(last_us, NOW_MS * 1000, "the clock's time where it is later");
        clock_goes_back();
        many[0] = object(100, "{}");
        add(&many[0], collection.key);
        s = walk(collection.key, HUB_ALL);
        cr_assert_eq(s.count, 51);
        cr_assert(s.grows);
        cr_assert_eq(many[0].added_us, last_us + 1 + (hub_file_is_postgres ? 3600000000 : 0));
}

Test(backend, a_version_is_held_once)
{
        struct hub_object first = object(1, "{\"a\":1}"), other = object(1, "{\"a\":2}");
        struct hub_collection another = hub_file_collection();

        cr_assert_eq(add(&first, collection.key), HUB_NEW);
        cr_assert_eq(add(&first, collection.key), HUB_HELD);
        cr_assert_eq(add(&other, collection.key), HUB_HELD_OTHERWISE);
        cr_assert_eq(add(&first, another.key), HUB_NEW);
        cr_assert_eq(walk(collection.key, HUB_ALL).count, 1);
        cr_assert_str_eq(walk(collection.key, HUB_ALL).bytes, "{\"a\":1}");
}

Test(backend, what_is_rolled_back_was_never_there)
{
        struct hub_object o = object(1, "{}");
        enum hub_added added;
        struct hub_seq now = {.collection = collection.key, .seq = -1};

        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->add(hub_file, collection.key, &o, 1, &added, NULL), RC_OK);
        hub_file->ops->rollback(hub_file);
        cr_assert_eq(walk(collection.key, HUB_ALL).count, 0);
        cr_assert_eq(hub_file->ops->seqs(hub_file, &now, 1, NULL), RC_OK);
        cr_assert_eq(now.seq, 0);
        cr_assert_eq(add(&o, collection.key), HUB_NEW);
}

Test(backend, removed_leaves_a_line_and_can_come_again)
{
        static const char *const ids[] = {ID};
        struct hub_query q = {.collection = collection.key,
                              .after_us = INT64_MIN,
                              .ids = ids,
                              .id_count = 1,
                              .versions = HUB_ALL,
                              .without_bytes = true};
        struct hub_object o = object(1, "{}");
        size_t count = 0;

        add(&o, collection.key);
        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->remove(hub_file, &q, "duty", &count, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->commit(hub_file, NULL), RC_OK);
        cr_assert_eq(count, 1);
        cr_assert_eq(walk(collection.key, HUB_ALL).count, 0);
        cr_assert_eq(add(&o, collection.key), HUB_NEW);
}

Test(backend, statuses_are_forgotten_after_two_days)
{
        struct hub_status s = {
                .id = "1", .owner = "duty", .document = "{}", .at_us = NOW_MS * 1000};
        const char *document = NULL;

        cr_assert_eq(hub_file->ops->status_put(hub_file, &s, NULL), RC_OK);
        cr_assert_eq(
                hub_file->ops->status_get(hub_file, "1", "duty", &hub_file_arena, &document, NULL),
                RC_OK);
        cr_assert_eq(
                hub_file->ops->status_get(hub_file, "1", "other", &hub_file_arena, &document, NULL),
                RC_NOTFOUND);
        s.id = "2";
        s.at_us += 49 * 3600 * 1000000ll;
        cr_assert_eq(hub_file->ops->status_put(hub_file, &s, NULL), RC_OK);
        cr_assert_eq(
                hub_file->ops->status_get(hub_file, "1", "duty", &hub_file_arena, &document, NULL),
                RC_NOTFOUND);
}

Test(backend, collections_by_id_and_alias)
{
        struct hub_collection c = {.id = collection.id, .title = "again"}, found;

        cr_assert_eq(hub_file->ops->collection_add(hub_file, &c, NULL), RC_CONFLICT);
        c = (struct hub_collection){.id = "x", .alias = "room", .title = "T", .description = "D"};
        cr_assert_eq(hub_file->ops->collection_add(hub_file, &c, NULL), RC_OK);
        cr_assert_eq(
                hub_file->ops->collection_find(hub_file, "room", &hub_file_arena, &found, NULL),
                RC_OK);
        cr_assert_eq(found.key, c.key);
        cr_assert_str_eq(found.description, "D");
        cr_assert_eq(hub_file->ops->collection_find(hub_file, "", &hub_file_arena, &found, NULL),
                     RC_NOTFOUND);
}

Test(backend, another_database_is_refused_and_stays)
{
        struct backend *b = NULL;
        FILE *f;

        hub_file_close_only();
        if (hub_file_is_postgres) {
                hub_file_sql("INSERT INTO muster_hub_step(number) VALUES(1000)");
                cr_assert_eq(backend_open(hub_file_path, 1, &b, NULL), RC_INVALID, "a newer one");
                return;
        }
        f = fopen(hub_file_path, "wb");
        fputs("this is no database, and longer than a header of one would be: 100 bytes at least,"
              " so here are some more",
              f);
        fclose(f);
        cr_assert_eq(backend_open(hub_file_path, 1, &b, NULL), RC_INVALID);
        cr_assert_null(b);
}

/* Two versions of one object in one POST, and the same one twice; larger than a page of a walk. */
Test(backend, one_call_may_hold_a_version_twice)
{
        struct hub_object both[] = {object(1, "{\"a\":1}"), object(2, "{}"), object(1, "{\"a\":1}"),
                                    object(2, "{\"b\":1}")};
        enum hub_added added[4];

        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->add(hub_file, collection.key, both, 4, added, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->commit(hub_file, NULL), RC_OK);
        cr_assert_eq(added[0], HUB_NEW);
        cr_assert_eq(added[1], HUB_NEW);
        cr_assert_eq(added[2], HUB_HELD);
        cr_assert_eq(added[3], HUB_HELD_OTHERWISE);
        cr_assert_eq(walk(collection.key, HUB_ALL).count, 2);
}

Test(backend, a_walk_goes_through_many_and_large_ones)
{
        enum { COUNT = 2500, LARGE = 1500000 };
        struct hub_object *many = arena_array(&hub_file_arena, COUNT, sizeof(*many));
        enum hub_added *added = arena_array(&hub_file_arena, COUNT, sizeof(*added));
        char *large = arena_alloc(&hub_file_arena, LARGE + 1);
        struct seen s;

        memset(large, 'x', LARGE);
        for (int i = 0; i < COUNT; i++)
                many[i] = object(i, i >= 1000 && i < 1007 ? large : "{}");
        cr_assert_eq(hub_file->ops->begin(hub_file, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->add(hub_file, collection.key, many, COUNT, added, NULL), RC_OK);
        cr_assert_eq(hub_file->ops->commit(hub_file, NULL), RC_OK);
        s = walk(collection.key, HUB_ALL);
        cr_assert_eq(s.count, COUNT);
        cr_assert(s.grows);
        cr_assert_eq(walk(collection.key, HUB_FIRST | HUB_LAST).count, 2);
}

Test(backend, seqs_of_several_collections)
{
        struct hub_collection another = hub_file_collection();
        struct hub_seq seqs[] = {{.collection = another.key}, {.collection = collection.key}};
        struct hub_object o = object(1, "{}");

        add(&o, collection.key);
        cr_assert_eq(hub_file->ops->seqs(hub_file, seqs, 2, NULL), RC_OK);
        cr_assert_eq(seqs[0].seq, 0);
        cr_assert_eq(seqs[1].seq, 1);
}

/* Neither refusal may show what stands in the address. */
Test(backend, an_address_that_can_t_be_read_is_not_shown)
{
        static const char *const addresses[] = {
                "postgresql://hub:se@cret@127.0.0.1/x", "postgresql://hub:secret@127.0.0.1:port/x",
                "postgresql://hub:se/cret@127.0.0.1/x", "postgres://hub:secret@127.0.0.1/x?se=cret",
                "https://hub:secret@127.0.0.1/"};

        for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
                struct backend *b = NULL;
                struct err err = {0};

                cr_assert_eq(backend_open(addresses[i], 1, &b, &err), RC_INVALID);
                cr_assert_null(b);
                cr_assert_null(strstr(err.text, "cret"), "%s", err.text);
        }
}

Test(backend, nobody_there_is_a_matter_of_asking_again)
{
        struct backend *b = NULL;
        struct err err = {0};

        cr_assert_eq(backend_open("postgresql://hub:secret@127.0.0.1:1/x", 1, &b, &err), RC_BUSY);
        cr_assert_null(strstr(err.text, "secret"), "%s", err.text);
        cr_assert_neq(err.text[0], '\0');
}
