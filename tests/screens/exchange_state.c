/*
 * Puts remotes into the state that a script of screens begins with, as an exchange would have left
 * them: exchange_state DATABASE NAME... At NOW of run.sh:
 *   hub-eu      live, 2 s old; a version refused, one held back
 *   csirts-net  live, 9 s old; its clock is ahead, one that came from there is not there any more
 *   crrt-lt     does not answer since 10:20Z; its last versions wait
 * and the clock of a console of others was ahead.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ops/receive.h"
#include "store/gone.h"
#include "store/outbox.h"
#include "store/peers.h"
#include "store/remotes.h"
#include "store/versions.h"

#define NOW "2026-11-24T13:04:27Z"

static const struct setting {
        const char *name, *error;
        int64_t age_s, next_s, failures, sent, received, refused, ahead_s, gone;
        size_t waiting; /* the last so many have not gone there */
} settings[] = {
        {"hub-eu", NULL, 2, 28, 0, 41, 178, 1, 1, 0, 0},
        {"csirts-net", NULL, 9, 21, 0, 12, 64, 0, 190, 1, 0},
        {"crrt-lt", "no answer since 10:20Z", 9867, 33, 14, 9, 12, 0, 0, 0, 3},
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
        r.ahead_ms = is->ahead_s * 1000;
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

/* ---- what the exchange has found out ---- */

#define GONE                                                                                       \
        "{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":"                                  \
        "\"incident--0d2c7f9e-52b1-4a77-9c0d-1e6a5b9f3c44\",\"created_by_ref\":"                   \
        "\"identity--a957592e-31d4-44dd-8483-be089f9ee3a2\",\"created\":"                          \
        "\"2026-11-20T08:00:00.000Z\",\"modified\":\"2026-11-20T08:00:00.000Z\",\"name\":"         \
        "\"Phishing against the webmail of a ministry\",\"extensions\":{"                          \
        "\"extension-definition--ef765651-680c-498d-9894-99799f2fa126\":{\"extension_type\":"      \
        "\"property-extension\",\"investigation_status\":\"closed\",\"criticality\":30}}}"

static bool is_never_there(void *ctx, const char *id)
{
        (void)ctx, (void)id;
        return false;
}

static enum rc lose_one(struct ops *ops, const struct remote *r, int64_t now, struct err *err)
{
        const struct taxii_span span = {GONE, sizeof(GONE) - 1};
        const struct receive_options o = {.from = r->name, .default_marking = -1};
        struct received got;
        enum rc rc = ops_receive(ops, &span, 1, &o, &got, err);

        return rc == RC_OK ? gone_find(ops->store, r, is_never_there, NULL, now, err) : rc;
}

static enum rc find_out(const char *path, char **names, int64_t now, struct arena *a,
                        struct err *err)
{
        const struct peer_clock peer = {.console = "bc6580495035cf9e",
                                        .unit = "identity--20b1fd9f-d653-4cda-8196-e6214f0e48b3",
                                        .operator= "ilves",
                                        .ahead_ms = 130000,
                                        .seen_ms = now - 4937000};
        const struct ops_options o = {.path = path, .mode = STORE_WRITE, .operator= "duarte" };
        struct ops ops;
        struct remote r;
        enum rc rc = ops_open(&o, &ops, err);

        if (rc != RC_OK)
                return rc;
        for (size_t i = 0; rc == RC_OK && i < ARRAY_LEN(settings); i++) {
                bool named = false;

                for (char **n = names; *n && !named; n++)
                        named = strcmp(*n, settings[i].name) == 0;
                if (!named || !settings[i].gone)
                        continue;
                rc = remote_by_name(ops.store, settings[i].name, a, &r, err);
                if (rc == RC_OK)
                        rc = lose_one(&ops, &r, now, err);
                if (rc == RC_OK)
                        rc = peer_clock_put(ops.store, &peer, err);
        }
        ops_close(&ops);
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
        char **all_names = names;
        size_t count = 0;
        int64_t now = 0;
        enum rc rc = stamp_parse_ms(NOW, &now, err);

        clock_fix(now);
        if (rc == RC_OK)
                rc = store_open(path, STORE_WRITE, &s, err);
        if (rc == RC_OK)
                rc = outbox_list(s, 0, 500, a, &all, &count, err);
        for (; rc == RC_OK && *names; names++)
                rc = settle_named(s, *names, now, all, count, a, err);
        store_close(s);
        return rc == RC_OK ? find_out(path, all_names, now, a, err) : rc;
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
