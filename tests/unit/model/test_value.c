#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/thing.h"
#include "word_files.h"

struct desk {
        struct words *words;
        struct value_context ctx;
        struct arena arena;
        struct err err;
        struct value v;
};

static void desk_open(struct desk *d)
{
        *d = (struct desk){.words = word_files_load()};
        d->ctx = (struct value_context){.words = d->words, .me = "duarte"};
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &d->ctx.now_ms, NULL), RC_OK);
        arena_init(&d->arena);
}

static void desk_close(struct desk *d)
{
        arena_finish(&d->arena);
        words_destroy(d->words);
}

static enum rc read(struct desk *d, const char *field, const char *typed)
{
        err_clear(&d->err);
        return value_read(field_find(&kind_incident, field), typed, &d->ctx, &d->arena, &d->v,
                          &d->err);
}

struct row {
        const char *field, *typed, *value;
};

Test(value, makes_what_was_typed_canonical)
{
        static const struct row rows[] = {
                {"title", "  two   hospitals down ", "two   hospitals down"},
                {"severity", "HIGH", "high"},
                {"tlp", "TLP:AMBER+STRICT", "amber+strict"},
                {"tlp", "white", "clear"},
                {"owner", "me", "duarte"},
                {"owner", "team alder", "team alder"},
                {"class", "Malicious Code", "malicious-code"},
                {"pap", "PAP:RED", "red"},
                {"impact", "very large", "red"},
                {"occurred", "+4h", "2026-11-24T17:04:27.000Z"},
                {"parked_until", "10d", "2026-12-04T13:04:27.000Z"},
                {"update_due", "4h", "2026-11-24T17:04:27.000Z"},
                {"update_due", "-4h", "2026-11-24T09:04:27.000Z"},
                {"occurred", "tomorrow 08:00", "2026-11-25T08:00:00.000Z"},
                {"states", "EL", "GR"},
                {"states", "lu, be fr,,BE", "BE FR LU"},
                {"states", "United Kingdom, greece", "GB GR"},
                {"sectors", "Drinking water, health energy", "drinking-water energy health"},
                {"states", "", ""},
                {"states", " , ", ""},
                {"title", " \t ", ""},
                {"occurred", "", ""},
                {"severity", " ", ""},
                {"description", "line one\nline two\n", "line one\nline two"},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                cr_expect_eq(read(&d, rows[i].field, rows[i].typed), RC_OK, "%s", d.err.text);
                if (d.err.text[0])
                        continue;
                const char *got = value_join(&d.v, " ", &d.arena);
                cr_expect_str_eq(got, rows[i].value, "%s=%s: %s", rows[i].field, rows[i].typed,
                                 got);
        }
        desk_close(&d);
}

Test(value, free_words_need_no_list)
{
        struct desk d;

        desk_open(&d);
        cr_assert_eq(value_read(field_find(&kind_participant, "roles"), "csirt, authority csirt",
                                &d.ctx, &d.arena, &d.v, &d.err),
                     RC_OK);
        cr_expect_str_eq(value_join(&d.v, " ", &d.arena), "authority csirt");
        desk_close(&d);
}

Test(value, refuses_in_words_that_name_the_nearest)
{
        static const struct row rows[] = {
                {"severity", "hihg",
                 "severity takes none, low, medium, high, critical; not \"hihg\" (nearest: high)"},
                {"outlook", "worsse",
                 "outlook takes worsening, stable, improving; not \"worsse\" (nearest: worsening)"},
                {"type", "phising",
                 "type takes one of 39: RSIT types; not \"phising\" (nearest: phishing)"},
                {"states", "FR Grece",
                 "states takes one of 34: States; not \"Grece\" (nearest: GR)"},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                d.v = (struct value){.text = "untouched"};
                cr_expect_eq(read(&d, rows[i].field, rows[i].typed), RC_INVALID);
                cr_expect_str_eq(d.err.text, rows[i].value);
                cr_expect_str_eq(d.v.text, "untouched");
        }
        cr_expect_eq(read(&d, "occurred", "soon"), RC_INVALID);
        cr_expect(strstr(d.err.text, "occurred: \"soon\" is not a time"), "%s", d.err.text);
        desk_close(&d);
}

Test(value, me_is_nobody_where_nobody_is_signed_on)
{
        struct desk d;

        desk_open(&d);
        d.ctx.me = NULL;
        cr_expect_eq(read(&d, "owner", "me"), RC_INVALID);
        cr_expect_eq(read(&d, "owner", "meier"), RC_OK);
        cr_expect_eq(read(&d, "title", "me"), RC_OK);
        desk_close(&d);
}

Test(value, a_word_list_that_is_missing_is_said_so)
{
        struct desk d;

        desk_open(&d);
        d.ctx.words = NULL;
        cr_expect_eq(read(&d, "class", "availability"), RC_INVALID);
        cr_expect(strstr(d.err.text, "rsit-class"), "%s", d.err.text);
        cr_expect_eq(read(&d, "class", ""), RC_OK);
        desk_close(&d);
}

Test(value, text_is_harmless_afterwards)
{
        struct desk d;

        desk_open(&d);
        cr_assert_eq(read(&d, "title", "a\x1b[2Jb\nc\xff"), RC_OK);
        cr_expect(text_is_clean(d.v.text, strlen(d.v.text), false), "%s", d.v.text);
        cr_assert_eq(read(&d, "owner",
                          "m\xe2\x80\xae"
                          "e"),
                     RC_OK);
        cr_expect(text_is_clean(d.v.text, strlen(d.v.text), false), "%s", d.v.text);
        cr_expect_eq(read(&d, "severity", "high\x1b[2J"), RC_INVALID);
        cr_expect(text_is_clean(d.err.text, strlen(d.err.text), false), "%s", d.err.text);
        desk_close(&d);
}

/* Cutting would lose what was typed; an escaped control byte grows, and counts as it grew. */
Test(value, too_long_is_refused_not_cut)
{
        AUTO_FREE char *line = xmalloc(VALUE_TEXT_MAX + 2);
        struct desk d;

        desk_open(&d);
        memset(line, 'x', VALUE_TEXT_MAX + 2);
        line[VALUE_LINE_MAX] = '\0';
        cr_expect_eq(read(&d, "title", line), RC_OK);
        line[0] = 0x1b;
        cr_expect_eq(read(&d, "title", line), RC_INVALID);
        line[0] = 'x';
        line[VALUE_LINE_MAX] = 'x';
        line[VALUE_LINE_MAX + 1] = '\0';
        cr_expect_eq(read(&d, "title", line), RC_INVALID);
        cr_expect_str_eq(d.err.text, "title has 1001 bytes, at most 1000");
        line[VALUE_LINE_MAX + 1] = 'x';
        line[VALUE_TEXT_MAX + 1] = '\0';
        cr_expect_eq(read(&d, "description", line), RC_INVALID);
        desk_close(&d);
}

Test(value, a_set_has_at_most_as_many_members_as_allowed)
{
        struct desk d;
        AUTO_FREE char *typed = xcalloc(VALUE_ITEMS_MAX + 1, 5);

        desk_open(&d);
        for (int i = 0; i < VALUE_ITEMS_MAX; i++)
                memcpy(typed + i * 4,
                       (char[]){(char)('a' + i / 26), (char)('a' + i % 26), 'x', ' '}, 4);
        const struct field *roles = field_find(&kind_participant, "roles");
        cr_expect_eq(value_read(roles, typed, &d.ctx, &d.arena, &d.v, &d.err), RC_OK);
        cr_expect_eq(d.v.count, (size_t)VALUE_ITEMS_MAX);
        memcpy(typed + VALUE_ITEMS_MAX * 4, "more", 5);
        cr_expect_eq(value_read(roles, typed, &d.ctx, &d.arena, &d.v, &d.err), RC_INVALID);
        desk_close(&d);
}

Test(value, references_are_stix_ids)
{
        static const struct field refs = {.name = "about", .type = FIELD_REFS};
        static const struct field count = {.name = "sites", .type = FIELD_COUNT};
        struct desk d;

        desk_open(&d);
        cr_expect_eq(value_read(&refs, "incident--94868c89-83c2-464b-929b-a1a8aa3c8487", &d.ctx,
                                &d.arena, &d.v, NULL),
                     RC_OK);
        cr_expect_eq(value_read(&refs, "INC-0231", &d.ctx, &d.arena, &d.v, NULL), RC_INVALID);
        cr_expect_eq(value_read(&count, "0042", &d.ctx, &d.arena, &d.v, NULL), RC_OK);
        cr_expect_str_eq(d.v.text, "42");
        cr_expect_eq(value_read(&count, "000", &d.ctx, &d.arena, &d.v, NULL), RC_OK);
        cr_expect_str_eq(d.v.text, "0");
        cr_expect_eq(value_read(&count, "-1", &d.ctx, &d.arena, &d.v, NULL), RC_INVALID);
        cr_expect_eq(value_read(&count, "9999999999999999999", &d.ctx, &d.arena, &d.v, NULL),
                     RC_INVALID);
        desk_close(&d);
}
