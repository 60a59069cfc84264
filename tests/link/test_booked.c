/*
 * Two desks of one unit book the same expert while neither hears of the other. When they have met
 * at the hub, both name both deployments; when one of them is stood down, neither names any.
 */
#include <stdarg.h>

#include "desks.h"
#include "ops/overlaps.h"

#define DESKS 2

static struct desk desks[DESKS];

static void act(struct desk *d, const char *id, const char *verb)
{
        const struct ops_request r = {
                .verb = verb, .reason = "as agreed", .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        clock_advance(1000);
        must(ops_do(&d->ops, id, &r, &err), &err, verb);
}

static void make(struct desk *d, const struct kind *kind, const struct ops_field *fields,
                 size_t count, char ret_id[STIX_ID_MAX])
{
        const struct ops_request r = {
                .verb = "open", .fields = fields, .field_count = count, .occurred_ms = CLOCK_NONE};
        struct err err = {0};

        clock_advance(1000);
        must(ops_new(&d->ops, kind, &r, ret_id, &err), &err, "making something");
}

static void book(struct desk *d, const char *expert, char ret_id[STIX_ID_MAX])
{
        const struct ops_field fields[] = {
                {"title", d->name},
                {"resources", expert},
                {"from", "2026-11-25T08:00Z"},
                {"until", "2026-11-28T08:00Z"},
                {"checks", "papers,insurance,medical,interests,rest"},
        };

        make(d, &kind_deployment, fields, ARRAY_LEN(fields), ret_id);
        act(d, ret_id, "alert");
        act(d, ret_id, "confirm");
}

static void meet(void)
{
        for (int round = 0; round < 2; round++)
                for (int i = 0; i < DESKS; i++)
                        if (!desk_meets(&desks[i]))
                                give_up(desks[i].why);
}

/* Whether it says of `id` that `expert` is also taken by `other`. */
static bool names(struct desk *d, const char *id, const char *expert, const char *other)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct overlaps of;
        struct err err = {0};

        must(ops_overlaps(&d->ops, id, &a, &of, &err), &err, "the overlaps");
        return of.count == 1 && strcmp(of.list[0].resource.thing.id, expert) == 0 &&
               strcmp(of.list[0].other.thing.id, other) == 0 &&
               (of.deployment.flags & MARK_CONFLICT);
}

static size_t count_overlaps(struct desk *d, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct overlaps of;
        struct err err = {0};

        must(ops_overlaps(&d->ops, id, &a, &of, &err), &err, "the overlaps");
        return of.count;
}

static void test_booked_twice(void)
{
        const struct ops_field name = {"name", "Iga"};
        char expert[STIX_ID_MAX], ids[DESKS][STIX_ID_MAX];

        make(&desks[0], &kind_expert, &name, 1, expert);
        meet();
        for (int i = 0; i < DESKS; i++)
                book(&desks[i], expert, ids[i]);
        check(count_overlaps(&desks[0], ids[0]) == 0, "alone nobody is booked twice", "%s", ids[0]);
        meet();
        for (int i = 0; i < DESKS; i++)
                check(names(&desks[i], ids[0], expert, ids[1]) &&
                              names(&desks[i], ids[1], expert, ids[0]),
                      i ? "the second desk names both" : "the first desk names both", "%s, %s",
                      ids[0], ids[1]);
        act(&desks[1], ids[0], "stand-down");
        meet();
        for (int i = 0; i < DESKS; i++)
                check(count_overlaps(&desks[i], ids[0]) + count_overlaps(&desks[i], ids[1]) == 0,
                      i ? "settled at the second desk" : "settled at the first desk", "%s", ids[1]);
}

int main(void)
{
        AUTO_FREE char *bytes = NULL;
        struct words *words;
        struct err err = {0};
        struct hub h;
        size_t len;

        json_start();
        must(crypt_start(&err), &err, "crypt");
        must(file_read("data/words/check.json", 1 << 20, &bytes, &len, &err), &err, "word list");
        words = words_create();
        must(words_add(words, bytes, len, &err), &err, "a word list");
        clock_fix(INT64_C(1795525200000));
        hub_prepare(&h);
        hub_start(&h);
        desk_found(&desks[0], "anna", NULL, words);
        desk_found(&desks[1], "boris", &desks[0], words);
        for (int i = 0; i < DESKS; i++)
                desk_add_remote(&desks[i], &h);
        test_booked_twice();
        for (int i = 0; i < DESKS; i++)
                desk_remove(&desks[i]);
        hub_ends_in_peace(&h);
        hub_finish(&h);
        words_destroy(words);
        return failures != 0;
}
