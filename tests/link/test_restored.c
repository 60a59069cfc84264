/*
 * A hub whose database is an old copy, or a new one: the desks notice, send again what it lacks,
 * and nothing is lost. What was deleted there on purpose does not come back.
 */
#include "desks.h"
#include "store/outbox.h"

#define DESKS 3 /* two of one unit, one of another */

static struct desk desks[DESKS];
static const struct words *words;

static void act(struct desk *d, const char *title)
{
        const struct ops_field fields[] = {{"title", title}, {"severity", "high"}};
        char id[STIX_ID_MAX];
        struct err err = {0};

        must(ops_new(&d->ops, &kind_incident,
                     &(struct ops_request){.fields = fields,
                                           .field_count = ARRAY_LEN(fields),
                                           .occurred_ms = CLOCK_NONE},
                     id, &err),
             &err, "opening");
}

static void meet(struct desk *d)
{
        if (!desk_meets(d))
                give_up(d->why);
}

/* How many exchanges said something, until none does; -1: they do not fall silent. */
static int converge(void)
{
        for (int round = 0; round < 5; round++) {
                int64_t moved = 0;

                for (int i = 0; i < DESKS; i++) {
                        meet(&desks[i]);
                        moved += desks[i].r.sent + desks[i].r.received + desks[i].r.pending;
                }
                if (!moved)
                        return round;
        }
        return -1;
}

/* All have the same, and so has one who knows nothing but the hub. */
static void check_all_there(const struct hub *h, size_t incidents, const char *what)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *ids[DESK_INCIDENTS_MAX];
        struct desk late = {0};
        int rounds = converge(), differ = 0;

        desk_found(&late, "late", NULL, words);
        desk_add_remote(&late, h);
        meet(&late);
        AUTO_FREE char *all = desk_print(&late, print_acts);
        size_t count = desk_incidents(&late, &a, ids);

        for (int i = 0; i < DESKS; i++) {
                AUTO_FREE char *mine = desk_print(&desks[i], print_acts);

                differ += strcmp(mine, all) != 0;
        }
        check(rounds >= 0 && !differ && count == incidents, what,
              "%d rounds, %d desks differ from the hub, which has %zu of %zu incidents", rounds,
              differ, count, incidents);
        desk_remove(&late);
}

static void copy_file(const char *from, const char *to)
{
        AUTO_FREE char *bytes = NULL;
        struct err err = {0};
        size_t len = 0;

        must(file_read(from, 1u << 30, &bytes, &len, &err), &err, "reading");
        must(file_replace(to, bytes, len, &err), &err, "copying");
}

/* The last one to meet has seen least: what it adds is newer than what the others saw, so that no
 * date tells them that anything is missing. */
static void test_old_copy(struct hub *h)
{
        AUTO_FREE char *copy = xasprintf("%s.copy", h->db);

        act(&desks[0], "before the copy");
        converge();
        hub_stop(h);
        copy_file(h->db, copy);
        hub_start(h);
        act(&desks[0], "after the copy, seen by one");
        act(&desks[2], "after the copy, seen by none");
        meet(&desks[2]);
        meet(&desks[0]);
        act(&desks[0], "after the copy, the last");
        meet(&desks[0]);
        hub_stop(h);
        remove_database(h->db);
        copy_file(copy, h->db);
        hub_start(h);
        act(&desks[1], "who knows of nothing comes first");
        meet(&desks[1]);
        check_all_there(h, 5, "an old copy of the hub gets all that it lacks");
        unlink(copy);
}

static void test_new_database(struct hub *h)
{
        int port = h->port;

        hub_stop(h);
        remove_database(h->db);
        hub_finish(h);
        hub_prepare(h);
        h->port = port;
        hub_start(h);
        for (int i = 0; i < DESKS; i++)
                desk_write_secret(&desks[i], h->writer);
        act(&desks[1], "at the new hub");
        meet(&desks[1]);
        check_all_there(h, 6, "a new hub gets all that the old one had");
}

/* Of the newest object, which is just what every desk remembers the time of. */
static void test_deletion(struct hub *h)
{
        act(&desks[0], "not for the hub");
        converge();
        struct reply r = http_get(h, NULL, "/api/collections/room/manifest/?match[version]=all");
        CLEANUP(json_cleanup) struct json_t *page = reply_json(&r);
        const struct json_t *list = json_get(page, "objects");
        const char *id = json_text(json_get(json_at(list, json_len(list) - 1), "id"), "");
        AUTO_FREE char *path = xasprintf("/api/collections/room/objects/%s/", id);
        struct reply gone = http_ask(h, &(struct ask){.method = "DELETE", .path = path});
        int64_t sent = 0;

        for (int i = 0; i < DESKS; i++) {
                meet(&desks[i]);
                sent += desks[i].r.sent;
        }
        struct reply again = http_get(h, NULL, path);

        check(gone.status == 200 && again.status == 404 && !sent,
              "what was deleted at the hub does not come back", "%d, %d, %lld sent", gone.status,
              again.status, (long long)sent);
        reply_free(&r);
        reply_free(&gone);
        reply_free(&again);
}

int main(void)
{
        static const char *const names[DESKS] = {"anna", "boris", "dana"};
        struct words *made = words_create();
        struct err err = {0};
        struct hub h;

        words = made;
        json_start();
        must(crypt_start(&err), &err, "crypt");
        hub_prepare(&h);
        hub_start(&h);
        for (int i = 0; i < DESKS; i++) {
                desk_found(&desks[i], names[i], i == 1 ? &desks[0] : NULL, words);
                desk_add_remote(&desks[i], &h);
        }
        test_old_copy(&h);
        test_new_database(&h);
        test_deletion(&h);
        for (int i = 0; i < DESKS; i++)
                desk_remove(&desks[i]);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        words_destroy(made);
        return failures != 0;
}
