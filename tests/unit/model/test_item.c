#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/accept.h"
#include "model/item.h"
#include "word_files.h"

#define ANA  "identity--00000000-0000-4000-8000-00000000000a"
#define BODO "identity--00000000-0000-4000-8000-00000000000b"

struct desk {
        struct words *words;
        struct value_context ctx;
        struct arena arena;
        struct err err;
        struct value v;
};

static const char *resolve(void *ctx, const char *ref, struct arena *a)
{
        (void)ctx;
        if (strcmp(ref, "EXP-0001") == 0 || strcmp(ref, "FR EXP-0001") == 0)
                return arena_strdup(a, *ref == 'E' ? ANA : BODO);
        return strcmp(ref, "EXP-0002") == 0 ? arena_strdup(a, BODO) : NULL;
}

/* A Tuesday. */
static void desk_open(struct desk *d)
{
        *d = (struct desk){.words = word_files_load()};
        d->ctx = (struct value_context){.words = d->words, .me = "duarte", .resolve = resolve};
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &d->ctx.now_ms, NULL), RC_OK);
        arena_init(&d->arena);
}

static void desk_close(struct desk *d)
{
        arena_finish(&d->arena);
        words_destroy(d->words);
}

struct row {
        const struct kind *kind;
        const char *field, *typed, *says;
};

static enum rc read(struct desk *d, const struct row *r)
{
        const struct field *f = field_find(r->kind, r->field);

        cr_assert(f, "%s", r->field);
        err_clear(&d->err);
        d->v = (struct value){.text = NULL};
        return value_read(f, r->typed, &d->ctx, &d->arena, &d->v, &d->err);
}

Test(item, what_people_type_becomes_canonical)
{
        static const struct row rows[] = {
                {&kind_expert, "languages", "ro c1", "ro:c1"},
                {&kind_expert, "languages", "Romanian:C1, french", "fr|ro:c1"},
                {&kind_expert, "languages", "ro:c1 en:b2 fr", "en:b2|fr|ro:c1"},
                {&kind_expert, "languages", "ro c1 en b2 fr", "en:b2|fr|ro:c1"},
                {&kind_expert, "languages", "Deutsch (native)", "de:native"},
                {&kind_expert, "languages", "ro, ro", "ro"},
                {&kind_expert, "languages",
                 "\xd1\x83\xd0\xba\xd1\x80\xd0\xb0\xd1\x97\xd0\xbd\xd1"
                 "\x81\xd1\x8c\xd0\xba\xd0\xb0 A2",
                 "uk:a2"},
                {&kind_team, "needs", "2 x incident-responder", "incident-responder:2"},
                {&kind_team, "needs", "2x forensics, architect", "architect:1|forensics:2"},
                {&kind_team, "needs", "forensics x 3", "forensics:3"},
                {&kind_team, "needs", "forensics x3 ciso", "ciso:1|forensics:3"},
                {&kind_team, "needs", "Digital Forensics Investigator: 2", "forensics:2"},
                {&kind_team, "needs", "1 forensics 2 auditor", "auditor:2|forensics:1"},
                {&kind_expert, "certificates", "OSCP, GIAC GCIH @ 2027-05-31",
                 "GIAC GCIH@2027-05-31|OSCP"},
                {&kind_expert, "certificates", "CISSP @ 31 May 2027", "CISSP@2027-05-31"},
                {&kind_expert, "leave", "tomorrow 08:00/+8h",
                 "2026-11-25T08:00:00.000Z/2026-11-25T16:00:00.000Z"},
                {&kind_expert, "leave", "tomorrow 08:00 to 16:00",
                 "2026-11-25T08:00:00.000Z/2026-11-25T16:00:00.000Z"},
                {&kind_expert, "leave", "mon 22:00 until 06:00",
                 "2026-11-30T22:00:00.000Z/2026-12-01T06:00:00.000Z"},
                {&kind_expert, "leave", "tomorrow 08:00/tomorrow 16:00",
                 "2026-11-25T08:00:00.000Z/2026-11-25T16:00:00.000Z"},
                {&kind_expert, "leave", "fri 08:00/mon 08:00",
                 "2026-11-27T08:00:00.000Z/2026-11-30T08:00:00.000Z"},
                {&kind_expert, "leave", "2026-12-24/2027-01-02",
                 "2026-12-24T00:00:00.000Z/2027-01-03T00:00:00.000Z"},
                {&kind_expert, "leave", "2026-12-24",
                 "2026-12-24T00:00:00.000Z/2026-12-25T00:00:00.000Z"},
                {&kind_team, "rotation", "2026-12-24/2027-01-02",
                 "2026-12-24T00:00:00.000Z/2027-01-03T00:00:00.000Z"},
                {&kind_team, "rotation", " ", ""},
                {&kind_expert, "on_call", "now/+8h, tomorrow 08:00/+8h",
                 "2026-11-24T13:04:27.000Z/2026-11-24T21:04:27.000Z|"
                 "2026-11-25T08:00:00.000Z/2026-11-25T16:00:00.000Z"},
                {&kind_rota, "members", "EXP-0001, EXP-0002", "01 " ANA "|02 " BODO},
                {&kind_rota, "members", "2 EXP-0001 1 EXP-0002", "01 " BODO "|02 " ANA},
                {&kind_rota, "members", "12 FR EXP-0001", "12 " BODO},
                {&kind_rota, "members", "01 " ANA " 02 " BODO, "01 " ANA "|02 " BODO},
                {&kind_rota, "overrides", "tomorrow 08:00/+8h=EXP-0001",
                 "2026-11-25T08:00:00.000Z/2026-11-25T16:00:00.000Z=" ANA},
                {&kind_expert, "skills", "OT/ICS, SCADA malware", "malware|ot|scada"},
                {&kind_expert, "leave", " , ", ""},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                cr_expect_eq(read(&d, &rows[i]), RC_OK, "%s: %s", rows[i].typed, d.err.text);
                const char *says = d.v.text ? d.v.text : value_join(&d.v, "|", &d.arena);
                cr_expect_str_eq(says, rows[i].says, "%s=%s", rows[i].field, rows[i].typed);
        }
        desk_close(&d);
}

Test(item, what_can_not_be_read_is_refused_in_words)
{
        static const struct row rows[] = {
                {&kind_expert, "languages", "rumanian:c1",
                 "languages takes one of 35: languages; not \"rumanian\" (nearest: ro)"},
                {&kind_expert, "languages", "ro:c9",
                 "the level takes a1, a2, b1, b2, c1, c2, native; not \"c9\" (nearest: c1)"},
                {&kind_expert, "languages", "ro:c1:b2", "the level takes a1"},
                {&kind_expert, "languages", ":c1", "languages takes a language with its level"},
                {&kind_team, "needs", "2 x incident-respnder", "(nearest: incident-responder)"},
                {&kind_team, "needs", "0 x forensics", "needs takes a role and how many"},
                {&kind_team, "needs", "2 x", "needs takes"},
                {&kind_expert, "certificates", "GCIH@soon", "certificates: \"soon\" is not a time"},
                {&kind_expert, "certificates", "@2027-05-31", "certificates takes a name"},
                {&kind_team, "rotation", "soon", "rotation: \"soon\" is not a time"},
                {&kind_expert, "leave", "soon/+8h", "leave: \"soon\" is not a time"},
                {&kind_expert, "leave", "14:00", "leave takes a period, as tomorrow 08:00/+8h"},
                {&kind_expert, "leave", "2027-01-02/2026-12-24", "ends before it begins"},
                {&kind_expert, "leave", "/", "leave"},
                {&kind_rota, "members", "EXP-9999", "members takes one thing"},
                {&kind_rota, "members", "0 EXP-0001", "members takes a number and a person"},
                {&kind_rota, "overrides", "tomorrow 08:00/+8h", "overrides takes a period and a"},
                {&kind_rota, "overrides", "tomorrow 08:00/+8h=EXP-9", "overrides takes one thing"},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                cr_expect_eq(read(&d, &rows[i]), RC_INVALID, "%s", rows[i].typed);
                cr_expect(strstr(d.err.text, rows[i].says), "%s: %s", rows[i].typed, d.err.text);
                cr_expect_eq(d.v.count, 0u);
        }
        desk_close(&d);
}

/* What value_read makes is what accept_item takes, and typing it again changes nothing. */
Test(item, canonical_members_are_accepted_and_stay)
{
        static const struct row rows[] = {
                {&kind_expert, "languages", "Romanian C1, fr", NULL},
                {&kind_team, "needs", "2 x incident-responder, ciso", NULL},
                {&kind_expert, "certificates", "OSCP, A B C@2027-05-31", NULL},
                {&kind_expert, "leave", "now/+8h, 2026-12-24/2027-01-02", NULL},
                {&kind_rota, "members", "EXP-0001, EXP-0002", NULL},
                {&kind_rota, "overrides", "now/+8h=EXP-0001", NULL},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const struct field *f = field_find(rows[i].kind, rows[i].field);

                cr_assert_eq(read(&d, &rows[i]), RC_OK, "%s", d.err.text);
                struct value first = d.v;
                for (size_t k = 0; k < first.count; k++)
                        cr_expect(accept_item(f, first.items[k]), "%s", first.items[k]);
                struct row again = {rows[i].kind, rows[i].field, value_join(&first, ", ", &d.arena),
                                    NULL};
                cr_assert_eq(read(&d, &again), RC_OK, "%s", d.err.text);
                cr_expect(value_equal(&first, &d.v), "%s", again.typed);
        }
        desk_close(&d);
}

Test(item, what_is_not_canonical_is_not_accepted)
{
        static const struct row rows[] = {
                {&kind_expert, "languages", "ro:C1", NULL},
                {&kind_expert, "languages", "ro:", NULL},
                {&kind_expert, "languages", "ro c1", NULL},
                {&kind_team, "needs", "forensics", NULL},
                {&kind_team, "needs", "forensics:0", NULL},
                {&kind_team, "needs", "forensics:02", NULL},
                {&kind_team, "needs", "forensics:1000", NULL},
                {&kind_expert, "certificates", "@2027-05-31", NULL},
                {&kind_expert, "certificates", "X@2027-5-31", NULL},
                {&kind_expert, "certificates", "X@2027-02-30", NULL},
                {&kind_expert, "certificates", "X@", NULL},
                {&kind_expert, "leave", "now/+8h", NULL},
                {&kind_rota, "members", "1 " ANA, NULL},
                {&kind_rota, "members", "001 " ANA, NULL},
                {&kind_rota, "members", "00 " ANA, NULL},
                {&kind_rota, "members", "01 EXP-0001", NULL},
                {&kind_rota, "overrides", ANA, NULL},
        };

        const char *line;

        cr_expect_not(accept_value(field_find(&kind_team, "rotation"), "now/+8h", NULL, &line));
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                cr_expect_not(accept_item(field_find(rows[i].kind, rows[i].field), rows[i].typed),
                              "%s", rows[i].typed);
}

/* Nothing that can be typed ends the program or comes out as what is not accepted. */
Test(item, any_text_is_read_or_refused)
{
        static const char alphabet[] = "ro:c1 en2x/,+h=@-.0TZ";
        static const struct row fields[] = {
                {&kind_expert, "languages", NULL, NULL},    {&kind_team, "needs", NULL, NULL},
                {&kind_expert, "certificates", NULL, NULL}, {&kind_expert, "leave", NULL, NULL},
                {&kind_rota, "members", NULL, NULL},        {&kind_rota, "overrides", NULL, NULL},
        };
        unsigned seed = 5;
        struct desk d;

        desk_open(&d);
        for (int i = 0; i < 6000; i++) {
                struct row r = fields[(size_t)i % ARRAY_LEN(fields)];
                char text[24] = "";

                for (size_t k = 0; k < sizeof(text) - 1; k++) {
                        seed = seed * 1664525 + 1013904223;
                        text[k] = alphabet[(seed >> 16) % sizeof(alphabet)]; /* its NUL ends it */
                }
                r.typed = text;
                if (read(&d, &r) != RC_OK) {
                        cr_expect(d.err.text[0], "%s", text);
                        continue;
                }
                for (size_t k = 0; k < d.v.count; k++)
                        cr_expect(accept_item(field_find(r.kind, r.field), d.v.items[k]), "%s: %s",
                                  text, d.v.items[k]);
                arena_reset(&d.arena);
        }
        desk_close(&d);
}

Test(item, a_reference_of_two_words_is_one_thing_of_a_set)
{
        static const struct field refs = {.name = "resources", .type = FIELD_REFS};
        struct desk d;

        desk_open(&d);
        cr_assert_eq(value_read(&refs, "EXP-0001 FR EXP-0001", &d.ctx, &d.arena, &d.v, &d.err),
                     RC_OK, "%s", d.err.text);
        cr_assert_eq(d.v.count, 2);
        cr_assert_eq(
                value_read(&refs, "FR EXP-0001,EXP-0001 EXP-0002", &d.ctx, &d.arena, &d.v, &d.err),
                RC_OK, "%s", d.err.text);
        cr_assert_eq(d.v.count, 2, "one of them twice");
        cr_assert_eq(
                value_read(&refs, "EXP-0001 PL EXP-0001 EXP-0002", &d.ctx, &d.arena, &d.v, &d.err),
                RC_INVALID);
        cr_assert_str_eq(d.err.text,
                         "resources takes one thing; \"PL EXP-0001\" is none, or several");
        desk_close(&d);
}
