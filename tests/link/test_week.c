/*
 * The week: five consoles of two units edit the same incidents, each with a clock of its own that
 * is hours wrong and jumps, and meet a hub now and then, some of them, in any order. In the end the
 * acts that each holds add up to the same bytes, and so do their exports, with the newest word of
 * each unit on what is its own; consoles of one unit show the same; then they fall silent; and what
 * was typed is in the journal of the console where it was typed.
 *
 * MUSTER_WEEKS (1): how many, MUSTER_SEED (1): of the first. A seed gives the same week each time.
 */
#include "desks.h"
#include "ops/export.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/things.h"
#include "store/versions.h"
#include "wire/stix.h"

#define DESKS      5
#define OF_ONE     3 /* the first three are of one unit, the others of another */
#define STEPS      200
#define STEP_MS    INT64_C(3024000) /* 200 of them are a week */
#define HOUR_MS    INT64_C(3600000)
#define ROUNDS_MAX 4 /* of all five, until nobody has anything to say */

static uint64_t dice_state;

static size_t dice(size_t sides)
{
        dice_state = dice_state * 6364136223846793005ull + 1442695040888963407ull;
        return (size_t)(dice_state >> 33) % sides;
}

struct counts {
        long edits, refused, meetings, jumps, conflicts, not_applied, exchanges, values;
};

struct week {
        const struct words *words;
        uint64_t seed;
        int64_t now_ms;
        struct hub hub;
        struct desk desks[DESKS];
        struct str typed[DESKS]; /* "THING VERB VALUE", a line each, in the order typed */
        struct counts *counts;
};

_Noreturn static void fail(const struct week *w, const char *what, const char *who)
{
        printf("not ok %s: %s (MUSTER_SEED=%llu)\n", what, who, (unsigned long long)w->seed);
        hub_stop((struct hub *)(uintptr_t)&w->hub);
        exit(1);
}

/* Time as the desk has it. */
static struct desk *at(struct week *w, size_t i)
{
        clock_fix(w->now_ms + w->desks[i].skew_ms);
        return &w->desks[i];
}

/* ---- what people do ----------------------------------------------------------------------------
 */

struct edit {
        const char *verb, *field;
        const char *values[5]; /* NULL: words of one's own */
};

static const struct edit edits[] = {
        {"severity", "severity", {"low", "medium", "high", "critical", "none"}},
        {"status", "status", {"active", "contained", "recovering", "closed", "active"}},
        {"owner", "owner", {"duarte", "novak", "ilves", "moreau", "brandt"}},
        {"set", "title", {NULL}},
        {"set", "description", {NULL}},
        {"set", "states", {"+FR", "+BE", "-FR", "-BE", "+DE"}},
        {"set", "tlp", {"green", "amber", "red", "amber+strict", "clear"}},
        {"ack", NULL, {NULL}},
        {"note", NULL, {NULL}},
        {"undo", NULL, {NULL}},
};

static void note_typed(struct week *w, size_t i, const char *id, const char *verb,
                       const char *value)
{
        str_addf(&w->typed[i], "%s %s %s\n", id, verb, value ? value : "");
        w->counts->values += value != NULL;
}

static void open_incident(struct week *w, size_t i)
{
        AUTO_FREE char *title = xasprintf("opened at %zu, %ld", i, w->counts->edits);
        const struct ops_field fields[] = {{"title", title}, {"severity", "low"}};
        char id[STIX_ID_MAX];
        struct err err = {0};

        must(ops_new(&at(w, i)->ops, &kind_incident,
                     &(struct ops_request){.verb = "open",
                                           .fields = fields,
                                           .field_count = ARRAY_LEN(fields),
                                           .occurred_ms = CLOCK_NONE},
                     id, &err),
             &err, "opening");
        note_typed(w, i, id, "open", title);
        w->counts->edits++;
}

static enum rc do_edit(struct week *w, size_t i, const char *id, const struct edit *e)
{
        AUTO_FREE char *own = xasprintf("said at %zu, %ld", i, w->counts->edits);
        const char *value = e->values[0] ? e->values[dice(5)] : own;
        const struct ops_field field = {e->field, value}, despite = {"despite", "drill"};
        bool closes = strcmp(value, "closed") == 0, is_note = strcmp(e->verb, "note") == 0;
        AUTO_FREE char *sentence = NULL;
        struct err err = {0};
        enum rc rc;

        if (strcmp(e->verb, "undo") == 0)
                return ops_undo(&at(w, i)->ops, &sentence, &err);
        rc = ops_do(&at(w, i)->ops, id,
                    &(struct ops_request){.verb = e->verb,
                                          .fields = &field,
                                          .field_count = e->field ? 1 : 0,
                                          .details = &despite,
                                          .detail_count = closes ? 1 : 0,
                                          .reason = "drill",
                                          .text = is_note ? own : NULL,
                                          .occurred_ms = CLOCK_NONE},
                    &err);
        if (rc == RC_OK)
                note_typed(w, i, id, e->verb, e->field || is_note ? value : NULL);
        return rc;
}

static void edit(struct week *w, size_t i)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *ids[DESK_INCIDENTS_MAX];
        size_t count = desk_incidents(at(w, i), &a, ids);
        enum rc rc;

        if (!count || dice(20) == 0) {
                open_incident(w, i);
                return;
        }
        rc = do_edit(w, i, ids[dice(count)], &edits[dice(ARRAY_LEN(edits))]);
        w->counts->edits += rc == RC_OK;
        w->counts->refused += rc != RC_OK; /* closed, already so ...: part of the game */
}

static void jump(struct week *w, size_t i)
{
        w->desks[i].skew_ms = ((int64_t)dice(13) - 6) * HOUR_MS + (int64_t)dice(3600000);
        w->counts->jumps++;
}

/* ---- meeting -----------------------------------------------------------------------------------
 */

static void meet(struct week *w, size_t i)
{
        if (!desk_meets(at(w, i)))
                fail(w, "meeting the hub", w->desks[i].why);
        w->counts->meetings++;
}

/* Some of them, in any order. */
static void meet_some(struct week *w)
{
        size_t first = dice(DESKS), stride = 1 + dice(DESKS - 1), count = 1 + dice(DESKS);

        for (size_t k = 0; k < count; k++)
                meet(w, (first + k * stride) % DESKS);
}

/* All, until nobody has anything to say; how many rounds said something. */
static int fall_silent(struct week *w)
{
        for (int round = 0; round <= ROUNDS_MAX; round++) {
                int64_t moved = 0;

                for (size_t i = 0; i < DESKS; i++) {
                        meet(w, i);
                        moved += w->desks[i].r.sent + w->desks[i].r.received +
                                 w->desks[i].r.pending + w->desks[i].r.refused;
                }
                w->counts->exchanges += moved ? DESKS : 0;
                if (!moved)
                        return round;
        }
        fail(w, "they fall silent", "they do not");
}

/* ---- comparing ---------------------------------------------------------------------------------
 */

static void same_or_fail(const struct week *w, const char *a, const char *b, const char *what)
{
        size_t i = 0, from;

        if (strcmp(a, b) == 0)
                return;
        while (a[i] && a[i] == b[i])
                i++;
        from = i > 150 ? i - 150 : 0;
        printf("# at byte %zu:\n# %.300s\n# is not\n# %.300s\n", i, a + from, b + from);
        fail(w, what, "they differ");
}

static void compare(struct week *w, size_t i, size_t k, const char *what,
                    void (*fn)(const struct ops_view *v, struct arena *a, struct str *out))
{
        AUTO_FREE char *a = desk_print(&w->desks[i], fn);
        AUTO_FREE char *b = desk_print(&w->desks[k], fn);

        same_or_fail(w, a, b, what);
}

static enum rc add_piece(void *ctx, const char *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(ctx, bytes, len);
        return RC_OK;
}

static char *export_of(struct desk *d)
{
        struct export_result r;
        struct err err = {0};
        struct str out;

        str_init(&out, DESK_TEXT_MAX);
        must(ops_export(&d->ops, &(struct export_options){.ceiling = TLP_RED}, add_piece, &out, &r,
                        &err),
             &err, "exporting");
        return str_take(&out);
}

static void compare_all(struct week *w)
{
        AUTO_FREE char *first = export_of(at(w, 0));

        for (size_t i = 1; i < DESKS; i++) {
                AUTO_FREE char *other = export_of(at(w, i));

                compare(w, 0, i, "all fold to the same bytes", print_acts);
                compare(w, i < OF_ONE ? 0 : OF_ONE, i, "one unit shows the same", print_unit);
                same_or_fail(w, first, other, "all export the same bytes");
        }
}

static void count_ends(const struct ops_view *v, struct arena *a, struct str *out)
{
        (void)a;
        str_addf(out, "%zu ", v->folded.conflicts);
        for (size_t i = 0; i < v->folded.log_count; i++)
                str_add(out, v->folded.log[i].applied ? "" : "! ");
}

/* ---- what was typed ----------------------------------------------------------------------------
 */

static const char *value_of(const struct act *act)
{
        static const char *const fields[] = {"title", "severity", "status",
                                             "owner", "tlp",      "description"};

        if (strcmp(act->verb, "note") == 0)
                return act->text;
        for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
                const struct act_set *set = act_sets_field(act, fields[i]);

                if (set)
                        return set->value;
        }
        return NULL;
}

static void add_act(const struct version *v, struct arena *a, struct str *out)
{
        struct stix_object o;

        if (stix_read(v->bytes, v->len, a, &o, NULL) != RC_OK || !o.act || o.act->undoes)
                return;
        str_addf(out, "%s %s ", o.act->target, o.act->verb);
        if (o.act->element_count)
                str_addf(out, "%c%s\n", o.act->elements[0].remove ? '-' : '+',
                         o.act->elements[0].item);
        else
                str_addf(out, "%s\n",
                         strcmp(o.act->verb, "ack") == 0 || !value_of(o.act) ? ""
                                                                             : value_of(o.act));
}

/* The acts that this console has made, in their order, from the versions that its journal covers.
 */
static char *acts_made(struct desk *d)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version *list = NULL;
        struct err err = {0};
        struct str out;
        size_t count = 0;

        str_init(&out, DESK_TEXT_MAX);
        must(outbox_list(d->ops.store, 0, 1u << 20, &a, &list, &count, &err), &err, "outbox");
        for (size_t i = 0; i < count; i++) {
                struct version v;

                must(version_by_vid(d->ops.store, list[i].vid, &a, &v, &err), &err, "version");
                if (!v.seq)
                        give_up("a version is in no entry of the journal");
                add_act(&v, &a, &out);
        }
        return str_take(&out);
}

static void check_typed(struct week *w)
{
        for (size_t i = 0; i < DESKS; i++) {
                AUTO_FREE char *made = acts_made(&w->desks[i]);
                struct journal_report report = {0};
                struct err err = {0};

                same_or_fail(w, str_text(&w->typed[i]), made, "what was typed is in the journal");
                if (journal_verify(w->desks[i].ops.store, &report, &err) != RC_OK)
                        fail(w, "the journal is sound", err.text);
        }
}

/* ---- the test ----------------------------------------------------------------------------------
 */

static void begin(struct week *w)
{
        static const char *const names[DESKS] = {"anna", "boris", "carla", "dana", "emil"};

        dice_state = w->seed * 77 + 1;
        ident_seed(w->seed);
        w->now_ms = INT64_C(1795525467000) + (int64_t)w->seed * STEP_MS;
        clock_fix(w->now_ms);
        hub_prepare(&w->hub);
        hub_start(&w->hub);
        for (size_t i = 0; i < DESKS; i++) {
                desk_found(&w->desks[i], names[i],
                           i == 0 || i == OF_ONE ? NULL : &w->desks[i < OF_ONE ? 0 : OF_ONE],
                           w->words);
                desk_add_remote(&w->desks[i], &w->hub);
                str_init(&w->typed[i], DESK_TEXT_MAX);
                jump(w, i);
        }
}

static void end(struct week *w)
{
        for (size_t i = 0; i < DESKS; i++) {
                str_finish(&w->typed[i]);
                desk_remove(&w->desks[i]);
        }
        if (hub_stop(&w->hub) != 0)
                fail(w, "the hub ends in peace", w->hub.log);
        remove_database(w->hub.db);
        hub_finish(&w->hub);
}

static void live(struct week *w)
{
        for (int step = 0; step < STEPS; step++) {
                w->now_ms += (int64_t)dice((size_t)(2 * STEP_MS));
                edit(w, dice(DESKS));
                if (dice(25) == 0)
                        jump(w, dice(DESKS));
                if (dice(12) == 0)
                        meet_some(w);
        }
}

static void one_week(const struct words *words, uint64_t seed, struct counts *counts)
{
        struct week w = {.words = words, .seed = seed, .counts = counts};
        const struct counts was = *counts;
        int rounds;

        begin(&w);
        live(&w);
        rounds = fall_silent(&w);
        compare_all(&w);
        check_typed(&w);
        if (fall_silent(&w) != 0)
                fail(&w, "they stay silent", "they do not");
        AUTO_FREE char *ends = desk_print(&w.desks[0], count_ends);
        for (const char *c = ends; *c; c++)
                counts->not_applied += *c == '!';
        printf("# MUSTER_SEED=%llu: %ld acts, %ld refused, %ld jumps of a clock, %ld meetings; "
               "silent after %d rounds of five\n",
               (unsigned long long)seed, counts->edits - was.edits, counts->refused - was.refused,
               counts->jumps - was.jumps, counts->meetings - was.meetings, rounds);
        fflush(stdout);
        end(&w);
}

int main(void)
{
        const char *times = getenv("MUSTER_WEEKS"), *first = getenv("MUSTER_SEED");
        long weeks = times ? strtol(times, NULL, 10) : 1;
        uint64_t seed = first ? strtoull(first, NULL, 10) : 1;
        struct words *words = words_create();
        struct counts counts = {0};
        struct err err = {0};

        json_start();
        must(crypt_start(&err), &err, "crypt");
        for (long i = 0; i < weeks; i++)
                one_week(words, seed + (uint64_t)i, &counts);
        printf("# %ld weeks: %ld acts, %ld of them not applied, %ld meetings\n", weeks,
               counts.edits, counts.not_applied, counts.meetings);
        printf("ok five consoles fold to the same bytes after %ld weeks\n", weeks);
        printf("ok they export the same bytes, and one unit shows the same of %ld acts\n",
               counts.edits);
        printf("ok they fall silent after %ld exchanges that said something\n", counts.exchanges);
        printf("ok %ld values typed are in the journal of their console\n", counts.values);
        check(counts.not_applied > 0, "acts were not applied too", "the weeks were too calm");
        words_destroy(words);
        return failures != 0;
}
