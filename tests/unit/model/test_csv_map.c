#include "model/csv_map.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "word_files.h"

TestSuite(csv_map);

#define HOME   "identity--00000000-0000-4000-8000-0000000000a1"
#define FRIEND "identity--00000000-0000-4000-8000-0000000000a2"

struct table {
        const struct kind *kind;
        struct words *words;
        struct value_context ctx;
        struct arena a;
        struct csv_map map;
        struct err err;
        struct thing row;
};

static const char *resolve(void *ctx, const char *ref, struct arena *a)
{
        (void)ctx;
        if (strcmp(ref, "CERT Poland") == 0)
                return arena_strdup(a, HOME);
        return strcmp(ref, "Jan Nowak") == 0 ? arena_strdup(a, FRIEND) : NULL;
}

static void open_table(struct table *t)
{
        *t = (struct table){.kind = &kind_expert, .words = word_files_load()};
        t->ctx = (struct value_context){.words = t->words, .me = "duarte", .resolve = resolve};
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &t->ctx.now_ms, NULL), RC_OK);
}

static void close_table(struct table *t)
{
        arena_finish(&t->a);
        words_destroy(t->words);
}

/* Heads, and what is said of them, each list ended by NULL. */
static enum rc map(struct table *t, const char *const *heads, const char *const *said)
{
        size_t count = 0, said_count = 0;
        while (heads[count])
                count++;
        while (said[said_count])
                said_count++;
        err_clear(&t->err);
        return csv_map_make(t->kind, heads, count, said, said_count, &t->a, &t->map, &t->err);
}

static const char *field_at(const struct table *t, size_t column)
{
        int field = t->map.columns[column].field;
        return field == CSV_ID ? "id" : field < 0 ? "-" : t->kind->fields[field].name;
}

static void expect_fields(struct table *t, const char *const *heads, const char *const *said,
                          const char *const *fields)
{
        cr_assert_eq(map(t, heads, said), RC_OK, "%s", t->err.text);
        for (size_t i = 0; heads[i]; i++)
                cr_expect_str_eq(field_at(t, i), fields[i], "%s is %s", heads[i], field_at(t, i));
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NONE      ((const char *const[]){NULL})

Test(csv_map, columns_are_found_by_name_label_or_synonym)
{
        struct table t;
        open_table(&t);
        expect_fields(&t,
                      LIST("ref", "NAME", " Cleared_until ", "24/7 phone", "E-Mail", "Nationality",
                           "Shoe size", "", "status", "id"),
                      NONE,
                      LIST("ref", "name", "clearance_until", "phone", "contact", "states", "-", "-",
                           "-", "id"));
        cr_expect_eq(t.map.columns[1].by, CSV_BY_NAME);
        cr_expect_eq(t.map.columns[2].by, CSV_BY_LABEL);
        cr_expect_eq(t.map.columns[4].by, CSV_BY_SYNONYM);
        cr_expect_eq(t.map.columns[6].by, CSV_BY_NOTHING);
        cr_expect_not_null(t.map.columns[8].why);
        expect_fields(&t, LIST("Nom", "Téléphone", "PAYS", "Organisation"), NONE,
                      LIST("name", "phone", "states", "home"));
        close_table(&t);
}

Test(csv_map, a_person_says_otherwise)
{
        struct table t;
        open_table(&t);
        expect_fields(&t, LIST("Who", "Name", "Mobile", "Phone"),
                      LIST("Who=name", "#3=contact", "phone=-"), LIST("name", "-", "contact", "-"));
        expect_fields(&t, LIST("First name", "Last name", "A+B=C"),
                      LIST("first NAME+Last name=name", "A+B=C=skills"),
                      LIST("name", "name", "skills"));
        close_table(&t);
}

static void expect_refusal(struct table *t, const char *const *heads, const char *const *said,
                           const char *why)
{
        cr_expect_eq(map(t, heads, said), RC_INVALID);
        cr_expect_not_null(strstr(t->err.text, why), "%s", t->err.text);
}

Test(csv_map, refusals_say_what_can_be_done)
{
        struct table t;
        open_table(&t);
        expect_refusal(&t, LIST("Name", "Phone", "Mobile"), NONE,
                       "Phone and Mobile are both phone; leave one out (Mobile=-) or join them "
                       "(Phone+Mobile=phone)");
        expect_refusal(&t, LIST("Name"), LIST("Nmae=phone"), "nearest: Name");
        expect_refusal(&t, LIST("Name"), LIST("#2=phone"), "there is no column #2");
        expect_refusal(&t, LIST("Name"), LIST("Name=colour"), "has no field colour; nearest:");
        expect_refusal(&t, LIST("Name"), LIST("Name=status"), "status follows from others");
        expect_refusal(&t, LIST("Name"), LIST("Name"), "COLUMN=FIELD");
        expect_refusal(&t, LIST("id", "ID"), NONE, "both id");
        expect_refusal(&t, LIST("4711", "Anna"), NONE, "is it the row of heads?");
        close_table(&t);
}

/* ---- rows ---- */

static enum rc read_row(struct table *t, const char *const *cells)
{
        size_t count = 0;
        while (cells[count])
                count++;
        err_clear(&t->err);
        return csv_map_row(&t->map, cells, count, &t->ctx, &t->a, &t->row, &t->err);
}

static const char *says(struct table *t, const char *field)
{
        const struct value *v = thing_value(&t->row, field);
        return v->count ? value_join(v, " ", &t->a) : v->text ? v->text : "";
}

Test(csv_map, cells_become_canonical_values)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(map(&t, LIST("name", "states", "skills", "cleared until", "home"), NONE),
                     RC_OK);
        cr_assert_eq(read_row(&t, LIST("  Anna Kowalska ", "Poland; Greece", "ot,dfir|ad\ncloud",
                                       "24.11.2027", "CERT Poland")),
                     RC_OK, "%s", t.err.text);
        cr_expect_str_eq(says(&t, "name"), "Anna Kowalska");
        cr_expect_str_eq(says(&t, "states"), "GR PL");
        cr_expect_str_eq(says(&t, "skills"), "ad cloud dfir ot");
        cr_expect_str_eq(says(&t, "clearance_until"), "2027-11-24T00:00:00.000Z");
        cr_expect_str_eq(says(&t, "home"), HOME);
        cr_expect_null(t.row.id);
        close_table(&t);
}

/* A sign between them says where one ends; without any, blanks do. */
Test(csv_map, words_that_no_list_has_may_have_blanks)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(map(&t, LIST("name", "skills"), NONE), RC_OK);
        cr_assert_eq(read_row(&t, LIST("x", "Threat  Hunting; ot; Malware analysis")), RC_OK);
        cr_expect_not_null(strstr(says(&t, "skills"), "threat-hunting"), "%s", says(&t, "skills"));
        cr_assert_eq(read_row(&t, LIST("x", "ot dfir")), RC_OK);
        cr_expect_str_eq(says(&t, "skills"), "dfir ot");
        close_table(&t);
}

Test(csv_map, other_things_are_named_as_people_do)
{
        struct table t;
        open_table(&t);
        t.kind = &kind_team;
        cr_assert_eq(map(&t, LIST("Team", "Leader", "People"), NONE), RC_OK, "%s", t.err.text);
        cr_assert_eq(read_row(&t, LIST("Alder", "Jan Nowak", "Jan Nowak; " HOME)), RC_OK, "%s",
                     t.err.text);
        cr_expect_str_eq(says(&t, "lead"), FRIEND);
        cr_expect_str_eq(says(&t, "members"), HOME " " FRIEND);
        cr_expect_eq(read_row(&t, LIST("Alder", "", "Jan Nowak; nobody")), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "\"nobody\" is no thing here"), "%s", t.err.text);
        close_table(&t);
}

/* As a national CSIRT keeps it. */
Test(csv_map, a_roster_of_people_needs_no_words_from_anybody)
{
        struct table t;
        open_table(&t);
        expect_fields(&t,
                      LIST("Full name", "Call sign", "Country", "Organisation", "ECSF role",
                           "Level", "Skills", "Languages", "Security clearance", "Clearance expiry",
                           "Mobile", "E-mail", "Time zone", "Readiness class", "Notice to move",
                           "Mode", "On-call", "Leave", "Certifications", "Documents",
                           "Last verified", "Marking", "Remarks"),
                      NONE,
                      LIST("name", "callsign", "states", "home", "roles", "proficiency", "skills",
                           "languages", "clearance", "clearance_until", "phone", "contact",
                           "timezone", "readiness", "notice", "remote", "on_call", "leave",
                           "certificates", "papers", "verified", "tlp", "description"));
        cr_assert_eq(read_row(&t, LIST("Anna Kowalska", "Heron", "Poland", "CERT Poland",
                                       "Cyber Incident Responder", "advanced", "ot; rail",
                                       "pl native; en b2", "s-ue", "30.6.2028", "+48 22 111 222",
                                       "anna@b.example", "PL", "r12", "2h", "both",
                                       "2026-11-24 08:00/2026-11-26 08:00", "2026-12-24/2027-01-02",
                                       "OSCP; GCIH@2027-05-31", "passport, insurance", "1.11.2026",
                                       "TLP:AMBER+STRICT", "-")),
                     RC_OK, "%s", t.err.text);
        cr_expect_str_eq(says(&t, "roles"), "incident-responder");
        cr_expect_str_eq(says(&t, "languages"), "en:b2 pl:native");
        cr_expect_str_eq(says(&t, "notice"), "120");
        cr_expect_str_eq(says(&t, "on_call"), "2026-11-24T08:00:00.000Z/2026-11-26T08:00:00.000Z");
        cr_expect_str_eq(says(&t, "certificates"), "GCIH@2027-05-31 OSCP");
        cr_expect_str_eq(says(&t, "verified"), "2026-11-01T00:00:00.000Z");
        cr_expect_str_eq(says(&t, "tlp"), "amber+strict");
        close_table(&t);
}

Test(csv_map, empty_cells_say_nothing)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(map(&t, LIST("name", "phone", "skills", "id"), NONE), RC_OK);
        cr_assert_eq(read_row(&t, LIST("-", " ", "n/a", HOME, "", " ")), RC_OK, "%s", t.err.text);
        cr_expect_str_eq(says(&t, "name"), "");
        cr_expect_str_eq(says(&t, "phone"), "");
        cr_expect_str_eq(says(&t, "skills"), "");
        cr_expect_str_eq(t.row.id, HOME);
        cr_assert_eq(read_row(&t, LIST("Anna")), RC_OK);
        cr_expect_str_eq(says(&t, "name"), "Anna");
        close_table(&t);
}

Test(csv_map, joined_columns_have_a_blank_between)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(map(&t, LIST("Last", "First"), LIST("First+Last=name")), RC_OK);
        cr_assert_eq(read_row(&t, LIST("Kowalska", "Anna")), RC_OK);
        cr_expect_str_eq(says(&t, "name"), "Kowalska Anna");
        cr_assert_eq(read_row(&t, LIST("-", "Anna")), RC_OK);
        cr_expect_str_eq(says(&t, "name"), "Anna");
        close_table(&t);
}

Test(csv_map, a_bad_cell_names_its_column)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(map(&t, LIST("name", "Valid to", "States", "home", "id"),
                         LIST("Valid to=clearance_until")),
                     RC_OK);
        cr_expect_eq(read_row(&t, LIST("x", "24/11/2027")), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "column Valid to: "), "%s", t.err.text);
        cr_expect_eq(read_row(&t, LIST("x", "", "Atlantis")), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "column States: "), "%s", t.err.text);
        cr_expect_eq(read_row(&t, LIST("x", "", "", "nobody")), RC_INVALID);
        cr_expect_eq(read_row(&t, LIST("x", "", "", "", "nobody")), RC_INVALID);
        cr_expect_eq(read_row(&t, LIST("x", "", "", "", "", "more")), RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "it has 6 cells, the row of heads has 5"), "%s",
                           t.err.text);
        close_table(&t);
}

Test(csv_map, all_bad_cells_of_a_row_are_named)
{
        struct table t;
        open_table(&t);
        cr_assert_eq(
                map(&t, LIST("name", "states", "verified", "home", "id", "tlp", "clearance"), NONE),
                RC_OK);
        cr_expect_eq(read_row(&t, LIST("x", "Atlantis", "24/11/2027")), RC_INVALID);
        cr_expect(strncmp(t.err.text, "column states: ", 15) == 0, "%s", t.err.text);
        cr_expect_not_null(strstr(t.err.text, "; column verified: "), "%s", t.err.text);
        cr_expect_null(strstr(t.err.text, " more"), "%s", t.err.text);
        cr_expect_eq(read_row(&t, LIST("x", "Atlantis", "24/11/2027", "nobody", "nobody", "pink",
                                       "most", "too much")),
                     RC_INVALID);
        cr_expect_not_null(strstr(t.err.text, "; column tlp: "), "%s", t.err.text);
        cr_expect_null(strstr(t.err.text, "column clearance"), "%s", t.err.text);
        cr_expect_not_null(strstr(t.err.text, " and 2 more"), "%s", t.err.text);
        close_table(&t);
}

static const char *name_of(void *ctx, const char *id, struct arena *a)
{
        (void)ctx;
        (void)a;
        return strcmp(id, HOME) == 0 ? "CERT Poland" : id;
}

Test(csv_map, what_is_written_of_a_value_is_read_as_it)
{
        struct table t;
        open_table(&t);
        const char *const cells[] = {"Alder",
                                     "PL; RO",
                                     "CERT Poland",
                                     "CERT Poland; " FRIEND,
                                     "2027-11-24T00:00:00.000Z",
                                     "auditor:2; forensics:1",
                                     NULL};
        const char *const fields[] = {"name",     "states", "lead", "members",
                                      "verified", "needs",  NULL};
        t.kind = &kind_team;
        cr_assert_eq(map(&t, fields, NONE), RC_OK);
        cr_assert_eq(read_row(&t, cells), RC_OK, "%s", t.err.text);
        for (size_t i = 0; fields[i]; i++)
                cr_expect_str_eq(csv_cell_of(field_find(&kind_team, fields[i]),
                                             thing_value(&t.row, fields[i]), name_of, NULL, &t.a),
                                 cells[i]);
        close_table(&t);
}
