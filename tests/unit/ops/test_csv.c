#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/jsplit.h"
#include "base/mem.h"
#include "base/str.h"
#include "ops/csv_export.h"
#include "ops/csv_import.h"
#include "unit/sheet.h"

TestSuite(csv);

/* ---- a table comes in ---- */

#define HEADS "name,country,24/7 contact,roles\r\n"

Test(csv, rows_are_new_things_and_again_change_nothing)
{
        const char text[] = HEADS "CERT Poland,Poland,+48 22 111 222,csirt\r\n"
                                  "CERT Greece,EL,,csirt; authority\r\n";
        CLEANUP(arena_finish) struct arena a = {0};
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, text, 2, 0, 0, 0);
        cr_expect_str_eq(t.result.state, "imported");
        sheet_told(&t, "2 new ORG-0001 CERT Poland: ");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "contact", &a), "+48 22 111 222");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0002", "states", &a), "GR");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0002", "roles", &a), "authority csirt");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0002", "class", &a), "organization");
        int64_t acts = desk_stats(&t.d).acts;
        sheet_counts(&t, text, 0, 0, 2, 0);
        cr_expect_eq(desk_stats(&t.d).acts, acts);
        sheet_close(&t);
}

Test(csv, only_what_differs_is_set_by_one_act)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, HEADS "CERT Poland,PL,+48 22 111 222,csirt\r\n", 1, 0, 0, 0);
        int64_t acts = desk_stats(&t.d).acts;
        t.o.in_words = true;
        sheet_counts(&t, HEADS "cert poland,PL DE,,authority\r\n", 0, 1, 0, 0);
        cr_expect_eq(desk_stats(&t.d).acts, acts + 1);
        sheet_told(&t, "2 updated ORG-0001 cert poland: ");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "name", &a), "cert poland");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "states", &a), "DE PL");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "contact", &a), "+48 22 111 222");
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "roles", &a), "authority");
        sheet_close(&t);
}

Test(csv, a_ref_or_an_id_says_which_it_is)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct sheet t;
        struct row row;
        const char *id = NULL;
        sheet_open(&t);
        sheet_counts(&t, HEADS "Alpha,PL,,\r\nBravo,DE,,\r\n", 2, 0, 0, 0);
        sheet_counts(&t, "ref,name\r\norg-0001,Omega\r\n", 0, 1, 0, 0);
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "name", &a), "Omega");
        cr_assert_eq(ops_resolve(&t.d.ops, "ORG-0002", &a, &id, NULL), RC_OK);
        desk_row(&t.d, id, &a, &row);
        AUTO_FREE char *by_id = xasprintf("id,ref,name\r\n%s,ORG-0001,Psi\r\n", id);
        sheet_counts(&t, by_id, 0, 1, 0, 0);
        cr_expect_str_eq(sheet_shows(&t, "ORG-0002", "name", &a), "Psi");
        /* an id that is not held: its ref is another unit's */
        sheet_counts(&t,
                     "id,ref,name\r\nidentity--00000000-0000-4000-8000-0000000000aa,ORG-0001,New"
                     "\r\n",
                     1, 0, 0, 0);
        cr_expect_str_eq(sheet_shows(&t, "ORG-0001", "name", &a), "Omega");
        sheet_close(&t);
}

Test(csv, a_row_that_may_be_several_is_refused)
{
        struct sheet t;
        sheet_open(&t);
        const struct ops_field name = {"name", "Alpha"};
        char id[STIX_ID_MAX];
        for (int i = 0; i < 2; i++)
                cr_assert_eq(ops_new(&t.d.ops, &kind_participant,
                                     &(struct ops_request){.fields = &name,
                                                           .field_count = 1,
                                                           .occurred_ms = CLOCK_NONE},
                                     id, NULL),
                             RC_OK);
        sheet_counts(&t, HEADS "ALPHA,PL,,\r\n", 0, 0, 0, 1);
        sheet_told(&t, "it may be any of ORG-0001, ORG-0002; a column ref tells which");
        sheet_close(&t);
}

Test(csv, a_row_twice_in_a_file_is_one_thing)
{
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, HEADS "Alpha,PL,,\r\nalpha,PL,+48 22 1,\r\n", 1, 1, 0, 0);
        sheet_close(&t);
}

Test(csv, two_people_of_one_name_stay_two)
{
        const char text[] = "name,home,states,phone\r\n"
                            "Maria Silva,Test CSIRT,PT,+351 1\r\n"
                            "Maria Silva,,ES,+34 2\r\n"
                            "\"Ilves, Mari\",,EE,\r\n\"Ilves, Mari\",,LV,\r\n";
        struct sheet t;
        sheet_open(&t);
        t.o.kind = &kind_expert;
        t.o.dry_run = true;
        sheet_counts(&t, text, 4, 0, 0, 0);
        sheet_told(&t, "3 new  Maria Silva: another expert of this name, beside row 2\n");
        t.o.dry_run = false;
        sheet_counts(&t, text, 4, 0, 0, 0);
        sheet_told(&t, "3 new EXP-0002 Maria Silva: another expert of this name, beside EXP-0001");
        sheet_counts(&t, text, 0, 0, 4, 0);
        sheet_counts(&t, "name\r\nMaria Silva\r\n", 0, 0, 0, 1);
        sheet_told(&t, "it may be any of EXP-0001, EXP-0002; a column ref tells which");
        sheet_counts(&t, "name,states,languages\r\nMari Ilves,LV,lv:native\r\n", 0, 1, 0, 0);
        sheet_told(&t, "2 updated EXP-0004 ");
        sheet_close(&t);
}

Test(csv, bad_rows_are_named_and_left_out)
{
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t,
                     "name,states,tlp\r\nAlpha,PL,\r\n,DE,\r\nBravo,Atlantis,\r\n\r\nCharlie,,"
                     "green,x\r\nDelta,,green\r\n",
                     2, 0, 0, 3);
        cr_expect_str_eq(t.result.state, "partial");
        sheet_told(&t, "3 refused  : name is missing");
        sheet_told(&t, "4 refused  Bravo: column states: states takes");
        sheet_told(&t, "6 refused  Charlie: it has 4 cells, the row of heads has 3");
        sheet_counts(&t, "ref,tlp\r\nORG-0002,clear\r\n", 0, 0, 0, 1);
        sheet_told(&t, "reason");
        t.o.reason = "cleared with the owner";
        sheet_counts(&t, "ref,tlp\r\nORG-0002,clear\r\n", 0, 1, 0, 0);
        sheet_close(&t);
}

Test(csv, a_bad_file_is_refused_and_nothing_changes)
{
        struct sheet t;
        sheet_open(&t);
        int64_t versions = desk_stats(&t.d).versions;
        cr_expect_eq(sheet_take(&t, HEADS "Alpha,PL,,\r\nBravo,\"PL,,\r\n"), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "line 3, column 2: a quote is not closed"), "%s",
                           t.err.text);
        cr_expect_eq(sheet_take(&t, "name,phone,tel\r\nAlpha,1,2\r\n"), RC_INVALID);
        cr_expect_eq(sheet_take(&t, "shoe size\r\n44\r\n"), RC_INVALID);
        cr_expect_eq(desk_stats(&t.d).versions, versions);
        t.o.kind = &kind_log;
        cr_expect_eq(sheet_take(&t, "text\r\nhello\r\n"), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "made by a note"), "%s", t.err.text);
        sheet_close(&t);
}

Test(csv, a_dry_run_says_what_would_be)
{
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, HEADS "Alpha,PL,,\r\n", 1, 0, 0, 0);
        int64_t versions = desk_stats(&t.d).versions;
        t.o.dry_run = true;
        sheet_counts(&t, HEADS "Alpha,DE,,\r\nAlpha,PL,,\r\nBravo,PL,,\r\n,PL,,\r\n", 1, 2, 0, 1);
        cr_expect_str_eq(t.result.state, "partial");
        sheet_told(&t, "2 updated ORG-0001 Alpha: ");
        sheet_told(&t, "DE");
        sheet_told(&t, "3 updated ORG-0001 Alpha: States is PL (as row 2)");
        sheet_told(&t, "4 new  Bravo: ");
        sheet_told(&t, "5 refused  : name is missing");
        cr_expect_eq(desk_stats(&t.d).versions, versions);
        sheet_close(&t);
}

/* What it says is what the same file does when it is taken in. */
Test(csv, a_dry_run_tells_rows_that_are_the_same)
{
        const char text[] = HEADS "Bravo,PL,+48 22 111 222,\r\n"
                                  "Bravo,PL,+48 22 111 333,csirt\r\n"
                                  "Alpha,PL,,csirt\r\n"
                                  "Bravo,PL,+48 22 111 333,\r\n"
                                  "Charlie,PL,,\r\n"
                                  "Alpha,PL,,csirt\r\n";
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, HEADS "Alpha,PL,,\r\n", 1, 0, 0, 0);
        t.o.dry_run = true;
        sheet_counts(&t, text, 2, 2, 2, 0);
        sheet_told(&t, "2 new  Bravo: \n");
        sheet_told(&t, "3 updated row 2 Bravo: roles is csirt, contact is +48 22 111 333"
                       " (as row 2)\n");
        sheet_told(&t, "5 unchanged row 2 Bravo:  (as row 2)\n");
        sheet_told(&t, "6 new  Charlie: \n");
        sheet_told(&t, "4 updated ORG-0001 Alpha: ");
        sheet_told(&t, "7 unchanged ORG-0001 Alpha:  (as row 4)\n");
        t.o.dry_run = false;
        sheet_counts(&t, text, 2, 2, 2, 0);
        sheet_told(&t, "3 updated ORG-0002 Bravo:  (as row 2)\n");
        sheet_told(&t, "5 unchanged ORG-0002 Bravo:  (as row 2)\n");
        sheet_told(&t, "7 unchanged ORG-0001 Alpha:  (as row 4)\n");
        sheet_close(&t);
}

/* ---- whatever the file, a dry run tells what the run does ---- */

struct seeded {
        uint64_t seed;
        struct str text;
};

static unsigned roll(struct seeded *s, unsigned sides)
{
        s->seed = s->seed * 6364136223846793005u + 1442695040888963407u;
        return (unsigned)(s->seed >> 33) % sides;
}

static void add_cell(struct seeded *s, const char *const *cells, unsigned count, bool last)
{
        str_addf(&s->text, "%s%s", cells[roll(s, count)], last ? "\r\n" : ",");
}

#define CELL(last, ...)                                                                            \
        add_cell(s, (const char *const[]){__VA_ARGS__},                                            \
                 ARRAY_LEN(((const char *const[]){__VA_ARGS__})), last)

static void equipment_rows(struct seeded *s)
{
        str_add(&s->text, "ref,name,serial,tag,category,part of,quantity,condition\r\n");
        for (unsigned left = 3 + roll(s, 12); left; left--) {
                CELL(false, "", "", "", "", "EQP-0001", "EQP-0002", "EQP-0004", "EQP-0099");
                CELL(false, "Kit A", "Kit B", "Kit C", "Probe", "Probe", "");
                CELL(false, "", "", "SN-1", "SN-2", "SN-3", "SN-4");
                CELL(false, "", "", "", "T-1", "T-2");
                CELL(false, "laptop", "forensic-kit", "laptop", "laptop", "laptop", "teapot");
                CELL(false, "", "", "Kit A", "Kit B", "Kit C", "EQP-0001", "EQP-0003");
                CELL(false, "", "1", "2", "many");
                CELL(true, "", "good", "damaged");
        }
}

static void expert_rows(struct seeded *s)
{
        str_add(&s->text, "ref,name,home,phone,contact,languages,clearance\r\n");
        for (unsigned left = 3 + roll(s, 12); left; left--) {
                CELL(false, "", "", "", "", "EXP-0001", "EXP-0002", "EXP-0005");
                CELL(false, "Ana Ionescu", "Ionescu Ana", "Bodo Klein", "Carla Weber", "\"=cmd\"",
                     "");
                CELL(false, "", "", "Test CSIRT", "Nowhere");
                CELL(false, "", "", "+32 2 111 222", "0032 2 111 222", "+32 2 999 888");
                CELL(false, "", "", "ana@example.org", "bodo@example.org");
                CELL(false, "", "en:c1", "ro en:b2", "xx");
                CELL(true, "", "s-ue", "c-ue", "none");
        }
}

static void note_verdict(void *ctx, const struct csv_import_row *row)
{
        struct sheet *t = ctx;
        str_addf(&t->told, "%zu %s %s", row->number, csv_outcome_name(row->what), row->title);
        if (row->same_row)
                str_addf(&t->told, " (as row %zu)", row->same_row);
        str_add(&t->told, "\n");
}

static void expect_foretold(const struct kind *kind, void (*rows)(struct seeded *s), uint64_t seed)
{
        struct sheet t;
        sheet_open(&t);
        t.o.kind = kind;
        t.o.row = note_verdict;
        for (int file = 0; file < 6; file++) {
                struct seeded s = {.seed = 1000 * seed + (uint64_t)file};
                str_init(&s.text, 1 << 20);
                rows(&s);
                t.o.dry_run = true;
                cr_assert_eq(sheet_take(&t, s.text.s), RC_OK, "%s", t.err.text);
                struct import_result dry = t.result;
                AUTO_FREE char *told = xstrdup(str_text(&t.told));
                t.o.dry_run = false;
                cr_assert_eq(sheet_take(&t, s.text.s), RC_OK, "%s", t.err.text);
                cr_expect_str_eq(told, str_text(&t.told),
                                 "seed %zu, file %d\n%s\ndry:\n%s\nrun:\n%s", (size_t)seed, file,
                                 s.text.s, told, str_text(&t.told));
                cr_expect_eq(dry.created, t.result.created);
                cr_expect_eq(dry.updated, t.result.updated);
                cr_expect_eq(dry.unchanged, t.result.unchanged);
                cr_expect_eq(dry.refused, t.result.refused);
                str_finish(&s.text);
        }
        sheet_close(&t);
}

Test(csv, a_dry_run_tells_what_the_run_does)
{
        for (uint64_t seed = 1; seed <= 12; seed++) {
                expect_foretold(&kind_equipment, equipment_rows, seed);
                expect_foretold(&kind_expert, expert_rows, seed);
        }
}

/* Newest first it is far behind. */
Test(csv, a_name_that_many_others_begin_with_is_found)
{
        CLEANUP(str_finish) struct str text = {0};
        struct sheet t;
        sheet_open(&t);
        t.o.kind = &kind_equipment;
        str_init(&text, 1 << 16);
        str_add(&text, "name,category,serial,part of\r\nKit,laptop,SN-0,\r\n");
        for (int i = 1; i <= 80; i++)
                str_addf(&text, "Kit %d,laptop,SN-%d,\r\n", i, i);
        sheet_counts(&t, text.s, 81, 0, 0, 0);
        sheet_counts(&t, "name,category,serial,part of\r\nProbe,laptop,SN-99,kit\r\n", 1, 0, 0, 0);
        sheet_close(&t);
}

/* What a reference names was here before the file. */
Test(csv, a_reference_is_not_that_of_a_thing_which_the_file_made)
{
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, "ref,name\r\nORG-0002,Alpha\r\nORG-0001,Bravo\r\n", 2, 0, 0, 0);
        sheet_told(&t, "2 new ORG-0001 Alpha");
        sheet_told(&t, "3 new ORG-0002 Bravo");
        sheet_close(&t);
}

/* It was asked for in vain, then made. */
Test(csv, a_row_can_be_part_of_what_an_earlier_one_made)
{
        struct sheet t;
        sheet_open(&t);
        t.o.kind = &kind_equipment;
        sheet_counts(&t,
                     "name,category,serial,part of\r\nProbe,laptop,SN-1,Kit A\r\n"
                     "Kit A,forensic-kit,SN-2,\r\nProbe,laptop,SN-1,Kit A\r\n",
                     2, 0, 0, 1);
        sheet_close(&t);
}

Test(csv, the_rows_of_a_file_are_few_transactions)
{
        CLEANUP(str_finish) struct str text = {0};
        struct sheet t;
        sheet_open(&t);
        str_init(&text, 1 << 20);
        str_add(&text, "name\r\n");
        for (int i = 0; i < 1100; i++)
                str_addf(&text, "Alpha%d\r\n", i);
        int64_t journal = desk_stats(&t.d).journal;
        t.o.row = NULL;
        sheet_counts(&t, text.s, 1100, 0, 0, 0);
        int64_t written = desk_stats(&t.d).journal - journal;
        cr_expect(written == 1 || written == 2, "%lld", (long long)written); /* one may sign */
        sheet_close(&t);
}

Test(csv, nobody_signed_on_writes_nothing)
{
        struct sheet t;
        sheet_open(&t);
        t.d.ops.operator= NULL;
        cr_expect_eq(sheet_take(&t, "name\r\nAlpha\r\n"), RC_DENIED);
        t.d.ops.operator= "duarte";
        sheet_close(&t);
}

/* ---- and goes out ---- */

static enum rc gather(void *ctx, const char *bytes, size_t len, struct err *err)
{
        (void)err;
        str_addn(ctx, bytes, len);
        return RC_OK;
}

static char *written(struct sheet *t, int ceiling, struct csv_export_result *ret)
{
        const struct filter all = {.kind = &kind_participant, .sort_field = -1};
        const struct csv_export_options o = {.filter = &all, .ceiling = ceiling};
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};
        str_init(&out, 1 << 20);
        cr_assert_eq(ops_export_csv(&t->d.ops, &o, gather, &out, ret, &err), RC_OK, "%s", err.text);
        return str_take(&out);
}

Test(csv, what_goes_out_comes_in_again)
{
        struct csv_export_result r;
        struct sheet t, other;
        sheet_open(&t);
        sheet_counts(&t,
                     "name,states,contact,description\r\nAlpha,PL DE,+48 22 1,\"a, \"\"b\"\"\nc\""
                     "\r\nBravo,,=1+1,\r\n",
                     2, 0, 0, 0);
        AUTO_FREE char *text = written(&t, -1, &r);
        cr_expect_eq(r.rows, 3); /* and our own unit */
        cr_expect_eq(r.held_back, 0);
        cr_expect_not_null(strstr(text, "DE; PL"), "%s", text);
        cr_expect_not_null(strstr(text, ",'+48 22 1,"), "%s", text);
        cr_expect_not_null(strstr(text, ",'=1+1,"), "%s", text);
        sheet_counts(&t, text, 0, 0, 3, 0);
        sheet_open(&other);
        sheet_counts(&other, text, 2, 0, 1, 0);
        AUTO_FREE char *twice = written(&other, -1, &r);
        cr_expect_not_null(strstr(twice, "\"a, \"\"b\"\"\nc\""), "%s", twice);
        sheet_close(&other);
        sheet_close(&t);
}

Test(csv, what_is_above_the_ceiling_stays)
{
        struct csv_export_result r;
        struct sheet t;
        sheet_open(&t);
        sheet_counts(&t, "name,tlp\r\nAlpha,green\r\nBravo,red\r\nCharlie,\r\n", 3, 0, 0, 0);
        AUTO_FREE char *text = written(&t, TLP_GREEN, &r);
        cr_expect_eq(r.strictest, TLP_GREEN);
        cr_expect(r.held_back >= 2);
        cr_expect_not_null(strstr(text, "Alpha"));
        cr_expect_null(strstr(text, "Bravo"));
        cr_expect_null(strstr(text, "Charlie"), "it counts as AMBER");
        sheet_close(&t);
}
