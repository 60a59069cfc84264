#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/filter.h"
#include "word_files.h"

#define OFFERS 40

struct desk {
        struct words *words;
        struct filter_context ctx;
        struct arena arena;
};

static void desk_open(struct desk *d)
{
        *d = (struct desk){.words = word_files_load()};
        d->ctx = (struct filter_context){.kind = &kind_incident,
                                         .values = {.words = d->words, .me = "duarte"}};
        arena_init(&d->arena);
}

static void desk_close(struct desk *d)
{
        arena_finish(&d->arena);
        words_destroy(d->words);
}

/* The cursor is where the bar stands. */
static const char *offers(struct desk *d, const char *marked, size_t max)
{
        const char *list[OFFERS];
        size_t at = strcspn(marked, "|");
        AUTO_FREE char *line = xasprintf("%.*s%s", (int)at, marked, marked + at + 1);
        struct value v = {.items = list};

        v.count = filter_complete(line, at, &d->ctx, &d->arena, list, max);
        return value_join(&v, " ", &d->arena);
}

struct row {
        const char *marked, *offers;
};

Test(filter_complete, offers_what_may_follow)
{
        static const struct row rows[] = {
                {"se|", "sectors: severity:"},
                {"SEV|", "severity:"},
                {"status:open -own|", "owner:"},
                {"so|", "sort: source:"},
                {"i|", "impact: is:"},
                {"des|", "description:"},
                {"severity:|", "critical high low medium none"},
                {"severity>=h|", "high"},
                {"severity:high,c|", "critical"},
                {"severity:high|", ""},
                {"status:o|", "open"},
                {"state:gr|", ""},
                {"states:EL|", "GR"},
                {"states:gree|", "GR"},
                {"states:FR,germ|", "DE"},
                {"class:malicious-c|", "malicious-code"},
                {"owner:|", "duarte me"},
                {"is:u|", "unacked"},
                {"is:unacked,c|", "conflict cross-border"},
                {"sort:s|", "severity status"},
                {"sort:-s|", "severity status"},
                {"created:t|", "today"},
                {"colour:r|", ""},
                {"\"se|", ""},
                {"owner:\"m|", ""},
                {"sever| high", "severity:"},
        };
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                const char *got = offers(&d, rows[i].marked, OFFERS);

                cr_expect_str_eq(got, rows[i].offers, "%s: \"%s\"", rows[i].marked, got);
        }
        desk_close(&d);
}

Test(filter_complete, names_everything_where_nothing_is_typed_yet)
{
        struct desk d;

        desk_open(&d);
        cr_expect(strstr(offers(&d, "|", OFFERS), "acked: acked_by: claimant: class:"));
        cr_expect(strstr(offers(&d, "status:open |", OFFERS), "sort:"));
        desk_close(&d);
}

Test(filter_complete, gives_the_first_when_there_are_too_many)
{
        struct desk d;

        desk_open(&d);
        cr_expect_str_eq(offers(&d, "severity:|", 2), "critical high");
        cr_expect_str_eq(offers(&d, "severity:|", 0), "");
        desk_close(&d);
}

Test(filter_complete, replaces_the_word_and_nothing_before_it)
{
        static const struct {
                const char *line;
                size_t from;
        } rows[] = {{"", 0},
                    {"sev", 0},
                    {"a sev", 2},
                    {"a -sev", 3},
                    {"a ", 2},
                    {"class:malicious-c", 6},
                    {"severity>=hi", 10},
                    {"severity:high,cr", 14},
                    {"sort:-sev", 6},
                    {"sort:-", 6},
                    {"owner:\"team al", 7}};

        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                cr_expect_eq(filter_word_start(rows[i].line, strlen(rows[i].line)), rows[i].from,
                             "%s: %zu", rows[i].line,
                             filter_word_start(rows[i].line, strlen(rows[i].line)));
        cr_expect_eq(filter_word_start("sev", 99), 0u);
}

/* Whatever is offered, put in its place, is understood. */
Test(filter_complete, every_value_offered_can_be_read)
{
        static const char *const lines[] = {
                "severity:", "status:", "tlp:",   "class:",   "states:", "sectors:", "is:",
                "sort:",     "sort:-",  "owner:", "created:", "pap:",    "impact:",  "created>"};
        struct desk d;

        desk_open(&d);
        for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
                const char *list[OFFERS];
                size_t count =
                        filter_complete(lines[i], strlen(lines[i]), &d.ctx, &d.arena, list, OFFERS);

                cr_expect_gt(count, 1u, "%s", lines[i]);
                for (size_t k = 0; k < count; k++) {
                        AUTO_FREE char *line = xasprintf("%s%s", lines[i], list[k]);
                        struct err err = {.text = ""};
                        struct filter f;

                        cr_expect_eq(filter_read(line, &d.ctx, &d.arena, &f, NULL, &err), RC_OK,
                                     "%s: %s", line, err.text);
                }
        }
        desk_close(&d);
}

Test(filter_complete, garbage_does_no_harm)
{
        static const char bytes[] = "sei:-,\" <>=o\xc3\xbc\x1b";
        uint64_t seed = 7;
        struct desk d;

        desk_open(&d);
        for (int i = 0; i < 20000; i++) {
                const char *list[OFFERS];
                char line[16];
                size_t len = 0;

                for (; len < sizeof(line) - 1; len++) {
                        seed = seed * 6364136223846793005u + 1442695040888963407u;
                        line[len] = bytes[(seed >> 33) % sizeof(bytes)];
                }
                line[len] = '\0';
                size_t at = (size_t)(seed >> 20) % sizeof(line);
                size_t from = filter_word_start(line, at);

                cr_assert_leq(from, at);
                cr_assert_leq(filter_complete(line, at, &d.ctx, &d.arena, list, OFFERS),
                              (size_t)OFFERS);
                arena_reset(&d.arena);
        }
        desk_close(&d);
}

Test(filter_complete, the_sort_of_a_line_is_replaced)
{
        static const struct {
                const char *line, *field;
                bool down;
                const char *now;
        } rows[] = {
                {"status:open sort:-severity", "created", false, "status:open sort:created"},
                {"sort:title rail  \"freight x\" sort:-ref", "severity", true,
                 "rail \"freight x\" sort:-severity"},
                {"status:open sort:-severity", NULL, false, "status:open"},
                {"", "title", true, "sort:-title"},
                {"sort:title", NULL, true, ""},
                {"\"sort:title\" x", NULL, false, "\"sort:title\" x"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                AUTO_FREE char *now = filter_with_sort(rows[i].line, rows[i].field, rows[i].down);

                cr_expect_str_eq(now, rows[i].now, "%s: %s", rows[i].line, now);
        }
}

Test(filter_complete, a_term_is_turned_on_and_off_and_the_rest_stays)
{
        static const struct {
                const char *line, *now;
        } rows[] = {
                {"", "-is:system"},
                {"scope:duty sort:occurred", "scope:duty sort:occurred -is:system"},
                {"a -is:system  \"b c\"", "a \"b c\""},
                {"-IS:system", ""},
                {"is:system", "is:system -is:system"},
                {"\"-is:system\" x", "\"-is:system\" x -is:system"},
        };

        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                AUTO_FREE char *now = filter_turn_term(rows[i].line, "-is:system");

                cr_expect_str_eq(now, rows[i].now, "%s: %s", rows[i].line, now);
                cr_expect_neq(filter_has_term(rows[i].line, "-is:system"),
                              filter_has_term(now, "-is:system"), "%s", rows[i].line);
        }
}
