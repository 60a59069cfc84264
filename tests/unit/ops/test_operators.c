#include "ops/operators.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/journal.h"
#include "store/operators.h"
#include "unit/desk.h"

TestSuite(operators);

#define LEAD_PIN    "482910"
#define OFFICER_PIN "sunflower"
#define VIEWER_PIN  "pigeon-7"

static const struct crypt_cost cheap = {1, 8192};

/* A desk that asks for a sign-in, with its operators; nobody has signed in. */
static void open_desk(struct desk *d)
{
        struct err err = {0};

        ops_close(&d->ops);
        cr_assert_eq(ops_open(&(struct ops_options){.path = d->path,
                                                    .mode = STORE_WRITE,
                                                    .operator= "duarte",
                                                    .role = "duty officer",
                                                    .sign_in = true,
                                                    .pin_cost = &cheap,
                                                    .words = d->words},
                              &d->ops, &err),
                     RC_OK, "%s", err.text);
}

static void add(struct desk *d, const char *name, enum operator_role role, const char *pin)
{
        struct err err = {0};

        cr_assert_eq(ops_operator_add(&d->ops, name, role, pin, &err), RC_OK, "%s: %s", name,
                     err.text);
}

static void sign_in(struct desk *d, const char *name, const char *pin)
{
        struct ops_person p;
        struct err err = {0};

        cr_assert_eq(ops_sign_in(&d->ops, name, pin, &p, &err), RC_OK, "%s: %s", name, err.text);
}

static void start(struct desk *d)
{
        desk_start(d);
        open_desk(d);
        add(d, "duarte", OPERATOR_LEAD, LEAD_PIN);
        sign_in(d, "duarte", LEAD_PIN);
        add(d, "novak", OPERATOR_OFFICER, OFFICER_PIN);
        add(d, "visitor", OPERATOR_VIEWER, VIEWER_PIN);
        ops_sign_out(&d->ops, NULL);
}

static void refused(struct desk *d, const char *name, const char *pin, const char *sentence)
{
        struct ops_person p;
        struct err err = {0};

        cr_assert_eq(ops_sign_in(&d->ops, name, pin, &p, &err), RC_DENIED, "%s %s", name, err.text);
        cr_assert(strstr(err.text, sentence), "%s", err.text);
        cr_assert_null(strstr(err.text, pin));
        cr_assert_not(store_in_transaction(d->ops.store));
}

/* "operator.add duarte: novak officer", newest first. In the arena. */
static const char *told(struct desk *d, size_t i, struct arena *a)
{
        struct journal_row *rows = NULL;
        size_t count = 0;
        struct err err = {0};

        cr_assert_eq(journal_list_operators(d->ops.store, 100, a, &rows, &count, &err), RC_OK);
        cr_assert_lt(i, count);
        return arena_printf(a, "%s %s: %s", rows[i].entry.op, rows[i].entry.operator,
                            rows[i].entry.note);
}

static enum rc try_new(struct ops *ops, struct err *err)
{
        const struct ops_field fields[] = {{"title", "Portal down"}, {"severity", "low"}};
        const struct ops_request r = {
                .fields = fields, .field_count = 2, .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];

        return ops_new(ops, &kind_incident, &r, id, err);
}

/* ---- who may do what ---- */

Test(operators, nothing_is_written_before_somebody_has_signed_in)
{
        struct err err = {0};
        struct desk d;

        start(&d);
        cr_assert_null(d.ops.operator, "what the configuration says proves nothing");
        cr_assert_eq(try_new(&d.ops, &err), RC_DENIED);
        cr_assert_eq(ops_need_lead(&d.ops, "remotes are", &err), RC_DENIED);
        sign_in(&d, "novak", OFFICER_PIN);
        err_clear(&err);
        cr_assert_eq(try_new(&d.ops, &err), RC_OK, "%s", err.text);
        desk_stop(&d);
}

Test(operators, acts_name_who_signed_in_and_the_role)
{
        CLEANUP(arena_finish) struct arena a = {0};
        char id[STIX_ID_MAX];
        struct ops_view v;
        struct err err = {0};
        struct desk d;

        start(&d);
        sign_in(&d, "NOVAK", OFFICER_PIN);
        desk_new(&d, "Portal down", "low", id);
        cr_assert_eq(ops_view(&d.ops, id, CLOCK_NONE, &a, &v, &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(v.folded.log[0].act->operator, "novak", "as it is in the list");
        cr_assert_str_eq(v.folded.log[0].act->role, "officer");
        desk_stop(&d);
}

Test(operators, a_viewer_changes_nothing)
{
        const struct ops_request undo = {.verb = "ack", .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];
        AUTO_FREE char *what = NULL;
        struct store_stats before;
        struct err err = {0};
        struct desk d;

        start(&d);
        sign_in(&d, "novak", OFFICER_PIN);
        desk_new(&d, "Portal down", "low", id);
        sign_in(&d, "visitor", VIEWER_PIN);
        before = desk_stats(&d);
        cr_assert_not(ops_may_write(&d.ops));
        cr_assert_eq(try_new(&d.ops, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "visitor is a viewer and changes nothing");
        cr_assert_eq(ops_do(&d.ops, id, &undo, &err), RC_DENIED);
        cr_assert_eq(ops_undo(&d.ops, &what, &err), RC_DENIED);
        cr_assert_eq(desk_import(&d, "{\"type\":\"bundle\",\"objects\":[]}", &err), RC_DENIED);
        cr_assert_eq(ops_need_lead(&d.ops, "remotes are", &err), RC_DENIED);
        cr_assert_eq(desk_stats(&d).versions, before.versions);
        cr_assert_eq(desk_stats(&d).journal, before.journal);
        desk_stop(&d);
}

Test(operators, only_a_lead_sees_to_operators_and_remotes)
{
        struct err err = {0};
        struct desk d;

        start(&d);
        cr_assert_eq(ops_operator_add(&d.ops, "x", OPERATOR_LEAD, "123456x", &err), RC_DENIED);
        sign_in(&d, "novak", OFFICER_PIN);
        err_clear(&err);
        cr_assert_eq(ops_need_lead(&d.ops, "remotes are", &err), RC_DENIED);
        cr_assert_str_eq(err.text, "novak is no lead, and remotes are changed by one");
        cr_assert_eq(ops_operator_add(&d.ops, "x", OPERATOR_LEAD, "123456x", NULL), RC_DENIED);
        cr_assert_eq(ops_operator_remove(&d.ops, "visitor", NULL), RC_DENIED);
        cr_assert_eq(ops_operator_set_pin(&d.ops, "visitor", "another one", NULL), RC_DENIED);
        sign_in(&d, "duarte", LEAD_PIN);
        cr_assert_eq(ops_need_lead(&d.ops, "remotes are", NULL), RC_OK);
        cr_assert_eq(ops_operator_remove(&d.ops, "visitor", NULL), RC_OK);
        desk_stop(&d);
}

Test(operators, who_is_removed_writes_no_more)
{
        struct ops other;
        struct err err = {0};
        struct desk d;

        start(&d);
        sign_in(&d, "novak", OFFICER_PIN);
        other = d.ops;
        d.ops.operator= NULL;
        d.ops.is_proven = false;
        sign_in(&d, "duarte", LEAD_PIN);
        cr_assert_eq(ops_operator_remove(&d.ops, "novak", &err), RC_OK, "%s", err.text);
        cr_assert_eq(try_new(&other, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "novak is no operator here any more");
        desk_stop(&d);
}

Test(operators, without_a_sign_in_names_are_as_they_are_said)
{
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        cr_assert_not(d.ops.is_proven);
        cr_assert(ops_may_write(&d.ops));
        cr_assert_eq(ops_need_lead(&d.ops, "remotes are", &err), RC_OK);
        cr_assert_eq(ops_call_operator(&d.ops, "novak", &err), RC_OK, "%s", err.text);
        cr_assert_str_eq(d.ops.operator, "novak");
        cr_assert_null(d.ops.role, "another's role is not known");
        cr_assert_not(d.ops.is_proven);
        cr_assert_eq(ops_call_operator(&d.ops, "", &err), RC_INVALID);
        cr_assert_eq(ops_call_operator(&d.ops, "a\033[31m", &err), RC_INVALID);
        open_desk(&d);
        cr_assert_eq(ops_call_operator(&d.ops, "novak", &err), RC_DENIED);
        desk_stop(&d);
}

/* ---- the list ---- */

Test(operators, the_first_is_a_lead_and_the_last_lead_stays)
{
        struct err err = {0};
        struct desk d;

        desk_start(&d);
        d.ops.pin_cost = &cheap;
        cr_assert_eq(ops_operator_add(&d.ops, "novak", OPERATOR_OFFICER, OFFICER_PIN, &err),
                     RC_CONFLICT);
        add(&d, "duarte", OPERATOR_LEAD, LEAD_PIN);
        err_clear(&err);
        cr_assert_eq(ops_operator_add(&d.ops, "novak", OPERATOR_LEAD, OFFICER_PIN, &err), RC_DENIED,
                     "a name that is only said adds nobody, even where no sign-in is asked for");
        sign_in(&d, "duarte", LEAD_PIN);
        err_clear(&err);
        cr_assert_eq(ops_operator_add(&d.ops, "Duarte", OPERATOR_LEAD, LEAD_PIN, &err),
                     RC_CONFLICT);
        err_clear(&err);
        cr_assert_eq(ops_operator_remove(&d.ops, "duarte", &err), RC_CONFLICT);
        cr_assert_str_eq(err.text, "duarte is the last lead; add another one first");
        err_clear(&err);
        cr_assert_eq(ops_operator_remove(&d.ops, "nobody", &err), RC_CONFLICT);
        add(&d, "novak", OPERATOR_LEAD, OFFICER_PIN);
        cr_assert_eq(ops_operator_remove(&d.ops, "duarte", NULL), RC_OK);
        desk_stop(&d);
}

Test(operators, names_and_pins_that_can_not_be_are_refused)
{
        static const char *const names[] = {"", "a:b", "-x", " x", "a\nb", "a\033b"};
        static const char *const pins[] = {"",       "12345",  "a\tbcdefg",
                                           "111111", "duarte", "\xc3\xa9\xc3\xa9x"};
        char much[400];
        struct desk d;

        desk_start(&d);
        d.ops.pin_cost = &cheap;
        memset(much, 'a', sizeof(much));
        much[0] = 'b';
        much[sizeof(much) - 1] = '\0';
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                cr_assert_eq(ops_operator_add(&d.ops, names[i], OPERATOR_LEAD, LEAD_PIN, NULL),
                             RC_INVALID, "%zu", i);
        cr_assert_eq(ops_operator_add(&d.ops, much, OPERATOR_LEAD, LEAD_PIN, NULL), RC_INVALID);
        for (size_t i = 0; i < ARRAY_LEN(pins); i++)
                cr_assert_eq(ops_operator_add(&d.ops, "duarte", OPERATOR_LEAD, pins[i], NULL),
                             RC_INVALID, "%zu", i);
        cr_assert_eq(ops_operator_add(&d.ops, "duarte", OPERATOR_LEAD, much, NULL), RC_INVALID);
        desk_stop(&d);
}

Test(operators, a_pin_is_changed_by_its_operator_or_a_lead)
{
        struct desk d;

        start(&d);
        sign_in(&d, "visitor", VIEWER_PIN);
        cr_assert_eq(ops_operator_set_pin(&d.ops, "visitor", "pigeon-8", NULL), RC_OK,
                     "a viewer's own");
        refused(&d, "visitor", VIEWER_PIN, "do not fit");
        sign_in(&d, "visitor", "pigeon-8");
        sign_in(&d, "duarte", LEAD_PIN);
        cr_assert_eq(ops_operator_set_pin(&d.ops, "visitor", "pigeon-9", NULL), RC_OK);
        sign_in(&d, "visitor", "pigeon-9");
        desk_stop(&d);
}

/* ---- wrong PINs ---- */

Test(operators, each_try_after_three_waits_twice_as_long)
{
        cr_assert_eq(operator_wait_ms(0), 0);
        cr_assert_eq(operator_wait_ms(2), 0);
        cr_assert_eq(operator_wait_ms(3), 2000);
        cr_assert_eq(operator_wait_ms(4), 4000);
        cr_assert_eq(operator_wait_ms(11), 512000);
        cr_assert_eq(operator_wait_ms(12), 900000);
        cr_assert_eq(operator_wait_ms(INT64_MAX), 900000);
}

Test(operators, wrong_pins_wait_and_the_right_one_waits_with_them)
{
        struct ops_person p;
        struct err err = {0};
        struct desk d;

        start(&d);
        refused(&d, "novak", "wrong 1", "name and PIN do not fit");
        refused(&d, "novak", "wrong 2", "do not fit");
        refused(&d, "novak", "wrong 3", "the next try in 2 s");
        refused(&d, "novak", OFFICER_PIN, "too many wrong PINs for novak; the next try in 2 s");
        clock_advance(1500);
        refused(&d, "novak", OFFICER_PIN, "the next try in 1 s");
        clock_advance(500);
        refused(&d, "novak", "wrong 4", "the next try in 4 s");
        sign_in(&d, "duarte", LEAD_PIN);
        clock_advance(4000);
        cr_assert_eq(ops_sign_in(&d.ops, "novak", OFFICER_PIN, &p, &err), RC_OK, "%s", err.text);
        cr_assert_eq(p.failures, 4, "who comes is told");
        refused(&d, "novak", "wrong 5", "do not fit");
        cr_assert_eq(ops_sign_in(&d.ops, "novak", OFFICER_PIN, &p, &err), RC_OK, "%s", err.text);
        cr_assert_eq(p.failures, 1);
        desk_stop(&d);
}

Test(operators, a_restart_does_not_help)
{
        struct desk d;

        start(&d);
        for (int i = 0; i < 3; i++)
                refused(&d, "novak", "wrong pin", "do not fit");
        open_desk(&d);
        refused(&d, "novak", OFFICER_PIN, "too many wrong PINs");
        desk_stop(&d);
}

Test(operators, a_clock_that_is_set_back_does_not_help)
{
        struct desk d;

        start(&d);
        for (int i = 0; i < 3; i++)
                refused(&d, "novak", "wrong pin", "do not fit");
        clock_fix(DESK_NOW - 3600000);
        refused(&d, "novak", OFFICER_PIN, "the next try in 2 s");
        clock_advance(1000);
        refused(&d, "novak", OFFICER_PIN, "the next try in 1 s");
        clock_fix(DESK_NOW - 7200000);
        refused(&d, "novak", OFFICER_PIN, "the next try in 2 s");
        clock_advance(2000);
        sign_in(&d, "novak", OFFICER_PIN);
        desk_stop(&d);
}

/* A try that was stopped half-way counts: it was written before the PIN was looked at. */
Test(operators, a_try_is_counted_before_it_is_answered)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct operator_entry o;
        struct desk d;

        start(&d);
        cr_assert_eq(operator_get(d.ops.store, "novak", &a, &o, NULL), RC_OK);
        o.pin = "no hash at all";
        cr_assert_eq(operator_save(d.ops.store, &o, NULL), RC_OK);
        refused(&d, "novak", OFFICER_PIN, "do not fit");
        cr_assert_eq(operator_get(d.ops.store, "novak", &a, &o, NULL), RC_OK);
        cr_assert_eq(o.failures, 1);
        cr_assert_eq(o.failed_ms, DESK_NOW);
        desk_stop(&d);
}

Test(operators, an_unknown_name_is_answered_alike_and_not_kept)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;

        start(&d);
        refused(&d, "482910", LEAD_PIN "x", "name and PIN do not fit");
        cr_assert_str_eq(told(&d, 0, &a), "operator.refused : an unknown name");
        desk_stop(&d);
}

Test(operators, without_any_operator_nobody_signs_in)
{
        struct desk d;

        desk_start(&d);
        open_desk(&d);
        refused(&d, "duarte", LEAD_PIN, "there is no operator yet; muster operator add");
        desk_stop(&d);
}

/* ---- what is kept of it ---- */

Test(operators, everything_is_in_the_journal_and_the_chain_is_sound)
{
        static const char *const newest_first[] = {
                "operator.sign-out novak: ",           "operator.unlock novak: officer",
                "operator.lock novak: idle",           "operator.sign-in novak: officer",
                "operator.sign-out duarte: ",          "operator.refused : novak, 1 in a row",
                "operator.pin duarte: visitor viewer", "operator.sign-in duarte: lead",
                "operator.sign-out duarte: ",          "operator.add duarte: visitor viewer",
                "operator.add duarte: novak officer",  "operator.sign-in duarte: lead",
                "operator.add : duarte lead",
        };
        CLEANUP(arena_finish) struct arena a = {0};
        struct journal_report report;
        struct err err = {0};
        struct desk d;

        start(&d);
        sign_in(&d, "duarte", LEAD_PIN);
        cr_assert_eq(ops_operator_set_pin(&d.ops, "visitor", "pigeon-8", NULL), RC_OK);
        refused(&d, "novak", "wrong pin", "do not fit");
        sign_in(&d, "novak", OFFICER_PIN);
        cr_assert_eq(ops_tell_lock(&d.ops, true, NULL), RC_OK);
        sign_in(&d, "novak", OFFICER_PIN);
        cr_assert_eq(ops_sign_out(&d.ops, NULL), RC_OK);
        cr_assert_null(d.ops.operator);
        for (size_t i = 0; i < ARRAY_LEN(newest_first); i++)
                cr_assert_str_eq(told(&d, i, &a), newest_first[i]);
        cr_assert_eq(journal_verify(d.ops.store, &report, &err), RC_OK, "%s", err.text);
        desk_stop(&d);
}

/* What somebody gets who copies the file, or an export of it. */
Test(operators, no_pin_is_in_the_file_or_in_an_export)
{
        static const char *const ends[] = {"", "-wal"};
        struct desk d;

        start(&d);
        refused(&d, "novak", "wrong-pin-typed", "do not fit");
        AUTO_FREE char *bundle = desk_export(&d);
        cr_assert_null(strstr(bundle, "argon2id"));
        cr_assert_null(strstr(bundle, "novak"));
        for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
                AUTO_FREE char *path = xasprintf("%s%s", d.path, ends[i]);
                AUTO_FREE char *bytes = NULL;
                size_t len = 0;

                if (access(path, R_OK) != 0)
                        continue;
                cr_assert_eq(file_read(path, 64 << 20, &bytes, &len, NULL), RC_OK);
                cr_assert_null(memmem(bytes, len, OFFICER_PIN, strlen(OFFICER_PIN)));
                cr_assert_null(memmem(bytes, len, "wrong-pin-typed", 15));
        }
        desk_stop(&d);
}

/* ---- two ---- */

Test(operators, a_second_person_is_another_operator_who_proves_it)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_person p = {0};
        struct err err = {0};
        struct ops as;
        struct desk d;

        start(&d);
        sign_in(&d, "duarte", LEAD_PIN);
        cr_assert_eq(ops_second(&d.ops, NULL, "Duarte", LEAD_PIN, &p, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "duarte is who asks; a second person is somebody else");
        err_clear(&err);
        cr_assert_eq(ops_second(&d.ops, NULL, "visitor", VIEWER_PIN, &p, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "visitor is a viewer and confirms nothing");
        cr_assert_eq(ops_second(&d.ops, NULL, "novak", "wrong pin", &p, NULL), RC_DENIED);
        cr_assert_eq(ops_second(&d.ops, NULL, "novak", OFFICER_PIN, &p, NULL), RC_OK);
        cr_assert_str_eq(told(&d, 0, &a), "operator.second novak: officer");
        cr_assert_str_eq(d.ops.operator, "duarte", "who is signed in stays so");
        ops_as(&d.ops, &p, &as);
        cr_assert_str_eq(as.operator, "novak");
        cr_assert_str_eq(as.role, "officer");
        cr_assert_eq(try_new(&as, &err), RC_OK);
        cr_assert_str_eq(d.ops.operator, "duarte");
        desk_stop(&d);
}

/* Who has signed first may have done so at another console. */
Test(operators, who_is_signed_in_may_be_the_second_of_what_another_began)
{
        struct ops_person p = {0};
        struct err err = {0};
        struct desk d;

        start(&d);
        sign_in(&d, "novak", OFFICER_PIN);
        cr_assert_eq(ops_second(&d.ops, "duarte", "Duarte", LEAD_PIN, &p, &err), RC_DENIED);
        cr_assert_str_eq(err.text, "duarte has signed; a second person is somebody else");
        cr_assert_eq(ops_second(&d.ops, "duarte", "novak", "wrong pin", &p, NULL), RC_DENIED);
        cr_assert_eq(ops_second(&d.ops, "duarte", "novak", OFFICER_PIN, &p, NULL), RC_OK);
        cr_assert_str_eq(p.name, "novak");
        cr_assert(p.is_proven);
        cr_assert_str_eq(d.ops.operator, "novak");
        desk_stop(&d);
}
