/*
 * The I/O calls of an import, of what a remote sends and of each verb fail, one once, one for good
 * (a full disk): the op says so, all of it happened or nothing, the database is sound, and the same
 * op succeeds afterwards. What is counted as received is there.
 *
 * MUSTER_IO_STEP (10): one call in so many; 1 for each of them.
 */
#include "desk.h"
#include "faulty.h"

#include "app/data.h"
#include "ops/receive.h"

#define PAGE 30

/* `calls` were counted when this was written; with less than three quarters the shim bites no more,
 * or the deed does nothing. */
struct deed {
        const char *name;
        long calls;
        enum rc (*run)(struct ops *ops, struct err *err);
};

static struct received received; /* by the last do_receive */
static const char *const target = "incident--00000000-0000-4000-8000-000000000001";

static enum rc verb(struct ops *ops, const char *name, const char *field, const char *value,
                    struct err *err)
{
        struct ops_field f = {field, value};
        return ops_do(ops, target,
                      &(struct ops_request){.verb = name,
                                            .fields = &f,
                                            .field_count = field ? 1 : 0,
                                            .reason = "a reason",
                                            .text = strcmp(name, "note") == 0 ? value : NULL,
                                            .occurred_ms = CLOCK_NONE},
                      err);
}

static enum rc do_import(struct ops *ops, struct err *err)
{
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(100, 30);
        return desk_import(ops, document, &r, err);
}

static enum rc do_receive(struct ops *ops, struct err *err)
{
        const struct receive_options o = {.from = "hub", .default_marking = -1};
        struct taxii_span page[PAGE];
        char *objects[PAGE];
        for (unsigned i = 0; i < PAGE; i++) {
                objects[i] = desk_object(200 + i);
                page[i] = (struct taxii_span){objects[i], strlen(objects[i])};
        }
        received = (struct received){0};
        enum rc rc = ops_receive(ops, page, PAGE, &o, &received, err);
        for (unsigned i = 0; i < PAGE; i++)
                free(objects[i]);
        return rc;
}

static enum rc do_open(struct ops *ops, struct err *err)
{
        char id[STIX_ID_MAX];
        struct ops_field f[] = {{"title", "New outage"}, {"severity", "low"}};
        return ops_new(ops, &kind_incident,
                       &(struct ops_request){.verb = "open",
                                             .fields = f,
                                             .field_count = ARRAY_LEN(f),
                                             .occurred_ms = CLOCK_NONE},
                       id, err);
}

static enum rc do_ack(struct ops *ops, struct err *err)
{
        return verb(ops, "ack", NULL, NULL, err);
}

static enum rc do_severity(struct ops *ops, struct err *err)
{
        return verb(ops, "severity", "severity", "high", err);
}

static enum rc do_status(struct ops *ops, struct err *err)
{
        return verb(ops, "status", "status", "contained", err);
}

static enum rc do_owner(struct ops *ops, struct err *err)
{
        return verb(ops, "owner", "owner", "novak", err);
}

static enum rc do_note(struct ops *ops, struct err *err)
{
        struct ops_request r = {
                .verb = "note", .text = "Ward 3 restored", .occurred_ms = CLOCK_NONE};
        return ops_do(ops, target, &r, err);
}

static enum rc do_set(struct ops *ops, struct err *err)
{
        return verb(ops, "set", "title", "Outage at two sites", err);
}

/* A verb with what it wants to know. */
static enum rc act(struct ops *ops, const char *name, const struct ops_field *details, size_t count,
                   struct err *err)
{
        return ops_do(ops, target,
                      &(struct ops_request){.verb = name,
                                            .details = details,
                                            .detail_count = count,
                                            .reason = "a reason",
                                            .occurred_ms = CLOCK_NONE},
                      err);
}

static enum rc do_escalate(struct ops *ops, struct err *err)
{
        return verb(ops, "escalate", "level", "significant", err);
}

static enum rc do_park(struct ops *ops, struct err *err)
{
        return verb(ops, "park", "parked_until", "+2h", err);
}

static enum rc do_decide(struct ops *ops, struct err *err)
{
        const struct ops_field d[] = {
                {"decision", "Cut the link"}, {"rationale", "it spreads"}, {"review", "+4h"}};
        return act(ops, "decide", d, ARRAY_LEN(d), err);
}

static enum rc do_file(struct ops *ops, struct err *err)
{
        const struct ops_field d[] = {
                {"rule", "nis2-ew"}, {"authority", "CERT-FR"}, {"items", "all"}};
        return act(ops, "file", d, ARRAY_LEN(d), err);
}

static enum rc do_merge(struct ops *ops, struct err *err)
{
        const struct ops_field d = {"merged", "incident--00000000-0000-4000-8000-000000000002"};
        return act(ops, "merge", &d, 1, err);
}

/* What triage saves when an incident leaves its queue. */
static enum rc do_triage(struct ops *ops, struct err *err)
{
        const struct ops_field severity = {"severity", "critical"}, owner = {"owner", "novak"};
        const struct ops_request steps[] = {
                {.verb = "severity",
                 .fields = &severity,
                 .field_count = 1,
                 .occurred_ms = CLOCK_NONE},
                {.verb = "owner", .fields = &owner, .field_count = 1, .occurred_ms = CLOCK_NONE},
                {.verb = "ack", .occurred_ms = CLOCK_NONE}};
        return ops_do_steps(ops, target, steps, ARRAY_LEN(steps), err);
}

static enum rc do_new(struct ops *ops, struct err *err)
{
        char id[STIX_ID_MAX];
        struct ops_field f[] = {{"title", "Two analysts"}, {"severity", "high"}};
        return ops_new(ops, kind_find("request"),
                       &(struct ops_request){.verb = "open",
                                             .fields = f,
                                             .field_count = ARRAY_LEN(f),
                                             .occurred_ms = CLOCK_NONE},
                       id, err);
}

static enum rc do_undo(struct ops *ops, struct err *err)
{
        AUTO_FREE char *sentence = NULL;
        return ops_undo(ops, &sentence, err);
}

static enum rc do_draft(struct ops *ops, struct err *err)
{
        return draft_put(ops->store, "incident.new", "half a title", clock_now_ms(), err);
}

static const struct deed deeds[] = {
        {"import", 108, do_import}, {"receive", 108, do_receive},   {"open", 144, do_open},
        {"new", 144, do_new},       {"ack", 168, do_ack},           {"severity", 168, do_severity},
        {"status", 168, do_status}, {"owner", 168, do_owner},       {"note", 168, do_note},
        {"set", 174, do_set},       {"escalate", 174, do_escalate}, {"park", 168, do_park},
        {"decide", 168, do_decide}, {"file", 174, do_file},         {"merge", 180, do_merge},
        {"triage", 168, do_triage}, {"undo", 168, do_undo},         {"draft", 12, do_draft},
};

struct world {
        struct words *words;
        char *first, *path; /* the desk as made, and the copy that suffers */
        long failed_calls, step;
};

static void make_desk(struct world *w)
{
        struct ops ops = {0};
        struct err err = {0};
        struct import_result r;
        AUTO_FREE char *document = desk_bundle(1, 5);
        must(desk_open(w->first, STORE_WRITE | STORE_CREATE, w->words, &ops, &err), &err, "open");
        must(desk_import(&ops, document, &r, &err), &err, "first import");
        const struct ops_field start[] = {{"rule", "nis2"}, {"anchor", "-2h"}};
        must(act(&ops, "start", start, ARRAY_LEN(start), &err), &err, "clocks that run");
        must(verb(&ops, "severity", "severity", "low", &err), &err, "something to undo");
        store_checkpoint(ops.store);
        ops_close(&ops);
}

static void copy_desk(const struct world *w)
{
        struct store *s = NULL;
        struct err err = {0};
        desk_remove(w->path);
        must(store_open(w->first, STORE_READ, &s, &err), &err, "open the first");
        must(store_backup(s, w->path, &err), &err, "copy");
        store_close(s);
}

/* What the outside can see of a desk: how much of everything there is. */
static void look(const struct world *w, struct store_stats *ret, const char *what)
{
        struct ops ops = {0};
        struct err err = {0};
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, what);
        must(desk_sound(&ops, &err), &err, what);
        must(store_stats(ops.store, ret, &err), &err, what);
        ops_close(&ops);
}

static bool same(const struct store_stats *a, const struct store_stats *b)
{
        return a->versions == b->versions && a->acts == b->acts && a->journal == b->journal &&
               a->outbox == b->outbox && a->things == b->things && a->drafts == b->drafts;
}

/* One round: call n fails. False when the deed needs no n calls. */
static bool round_of(struct world *w, const struct deed *deed, long n, bool for_good)
{
        struct ops ops = {0};
        struct err err = {0};
        struct store_stats before, after;
        AUTO_FREE char *what = xasprintf("%s, call %ld %s", deed->name, n, for_good ? "on" : "");
        copy_desk(w);
        look(w, &before, what);
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, what);
        faulty_arm(n, for_good, for_good ? SQLITE_FULL : SQLITE_IOERR);
        enum rc rc = deed->run(&ops, &err);
        long failed = faulty.failed;
        faulty_arm(0, false, 0);
        if (rc != RC_OK && !err.text[0]) {
                printf("not ok %s: failed without a sentence\n", what);
                exit(1);
        }
        err_clear(&err);
        store_rollback(ops.store);
        ops_close(&ops);
        look(w, &after, what);
        bool import = strcmp(deed->name, "import") == 0;
        if ((rc != RC_OK && !import && !same(&before, &after)) ||
            (rc == RC_OK && same(&before, &after) && strcmp(deed->name, "draft") != 0)) {
                printf("not ok %s: %s\n", what,
                       rc ? "refused, yet something changed" : "nothing changed");
                exit(1);
        }
        if (strcmp(deed->name, "receive") == 0 &&
            received.created != after.versions - before.versions) {
                printf("not ok %s: %lld counted, %lld there\n", what, (long long)received.created,
                       (long long)(after.versions - before.versions));
                exit(1);
        }
        must(desk_open(w->path, STORE_WRITE, w->words, &ops, &err), &err, what);
        if (rc != RC_OK)
                must(deed->run(&ops, &err), &err, what);
        ops_close(&ops);
        w->failed_calls += failed;
        return failed > 0;
}

static void suffer(struct world *w, const struct deed *deed, bool for_good)
{
        long n = 1, rounds = 0;
        for (; round_of(w, deed, n, for_good); n += w->step)
                rounds++;
        printf("ok %s: %ld of some %ld calls failed %s\n", deed->name, rounds, n - 1,
               for_good ? "and all after them" : "once each");
        if (n < deed->calls * 3 / 4) {
                printf("not ok %s: only some %ld calls were seen, not %ld\n", deed->name, n - 1,
                       deed->calls);
                exit(1);
        }
}

int main(void)
{
        const char *dir = getenv("TMPDIR"), *step = getenv("MUSTER_IO_STEP");
        struct world w = {.step = step ? strtol(step, NULL, 10) : 10};
        struct clock_law *law = NULL;
        struct err err = {0};
        must(crypt_start(&err), &err, "crypt");
        must(data_words("data", &w.words, &err), &err, "the lists of words");
        must(data_law("data", &law, &err), &err, "the law");
        w.first = xasprintf("%s/first.db", dir ? dir : "/tmp");
        w.path = xasprintf("%s/copy.db", dir ? dir : "/tmp");
        desk_remove(w.first);
        faulty_install();
        desk_law = law;
        make_desk(&w);
        for (size_t i = 0; i < ARRAY_LEN(deeds); i++) {
                suffer(&w, &deeds[i], false);
                suffer(&w, &deeds[i], true);
        }
        desk_remove(w.first);
        desk_remove(w.path);
        free(w.first);
        free(w.path);
        words_destroy(w.words);
        clock_law_destroy(law);
        printf("# %ld I/O calls failed in all\n", w.failed_calls);
        return 0;
}
