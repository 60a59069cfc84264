/*
 * Puts remotes into the state that a script of screens begins with, as an exchange would have left
 * them: exchange_state DATABASE NAME... At NOW of run.sh:
 *   hub-eu      live, 2 s old; a version refused, one held back
 *   csirts-net  live, 9 s old
 *   crrt-lt     does not answer since 10:20Z; its last versions wait
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/outbox.h"
#include "store/remotes.h"
#include "store/versions.h"

#define NOW "2026-11-24T13:04:27Z"

static const struct setting {
        const char *name, *error;
        int64_t age_s, next_s, failures, sent, received, refused;
        size_t waiting; /* the last so many have not gone there */
} settings[] = {
        {"hub-eu", NULL, 2, 28, 0, 41, 178, 1, 0},
        {"csirts-net", NULL, 9, 21, 0, 12, 64, 0, 0},
        {"crrt-lt", "no answer since 10:20Z", 9867, 33, 14, 9, 12, 0, 3},
};

static enum rc put(struct store *s, const struct remote *r, const struct version *v,
                   enum delivery_state state, const char *why, struct err *err)
{
        return delivery_put(s,
                            &(struct delivery){.remote = r->id,
                                               .vid = v->vid,
                                               .state = state,
                                               .why = why,
                                               .at_ms = v->received_ms,
                                               .tries = 1},
                            err);
}

static enum rc settle(struct store *s, const struct setting *is, int64_t now,
                      const struct version *all, size_t count, struct arena *a, struct err *err)
{
        struct remote r;
        enum rc rc = remote_by_name(s, is->name, a, &r, err);

        if (rc != RC_OK)
                return rc;
        r.root = arena_printf(a, "https://%s.example/api/", is->name);
        r.can_read = r.can_write = r.ordered = true;
        r.watermark = "2026-11-24T13:00:00Z";
        r.synced_ms = now - is->age_s * 1000;
        r.tried_ms = is->error ? now - 27000 : r.synced_ms;
        r.next_try_ms = now + is->next_s * 1000;
        r.failures = is->failures;
        r.error = is->error;
        r.sent = is->sent;
        r.received = is->received;
        r.refused = is->refused;
        r.sent_vid = count > is->waiting ? all[count - 1 - is->waiting].vid : 0;
        rc = remote_save(s, &r, err);
        if (rc == RC_OK && is->refused && count > 3)
                rc = put(s, &r, &all[count - 2], DELIVERY_QUARANTINED,
                         "hub-eu.example answered 422: description is longer than 4096 characters",
                         err);
        if (rc == RC_OK && is->refused && count > 3)
                rc = put(s, &r, &all[count - 3], DELIVERY_HELD,
                         "marked TLP:AMBER+STRICT, and TLP:AMBER is the most that goes there", err);
        return rc;
}

static enum rc settle_named(struct store *s, const char *name, int64_t now,
                            const struct version *all, size_t count, struct arena *a,
                            struct err *err)
{
        for (size_t i = 0; i < ARRAY_LEN(settings); i++)
                if (strcmp(settings[i].name, name) == 0)
                        return settle(s, &settings[i], now, all, count, a, err);
        return err_set(err, RC_NOTFOUND, "nothing is said here of a remote %s", name);
}

static enum rc settle_all(const char *path, char **names, struct arena *a, struct err *err)
{
        struct version *all = NULL;
        struct store *s = NULL;
        size_t count = 0;
        int64_t now = 0;
        enum rc rc = stamp_parse_ms(NOW, &now, err);

        if (rc == RC_OK)
                rc = store_open(path, STORE_WRITE, &s, err);
        if (rc == RC_OK)
                rc = outbox_list(s, 0, 500, a, &all, &count, err);
        for (; rc == RC_OK && *names; names++)
                rc = settle_named(s, *names, now, all, count, a, err);
        store_close(s);
        return rc;
}

int main(int argc, char **argv)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};

        if (argc < 3)
                return 2;
        if (settle_all(argv[1], argv + 2, &a, &err) != RC_OK)
                fprintf(stderr, "%s\n", err.text);
        return err.text[0] ? 1 : 0;
}
