/* Conditions on people, teams and equipment that are more than a comparison with one field. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/filter.h"
#include "word_files.h"

TestSuite(filter_roster);

struct desk {
        struct words *words;
        struct filter_context ctx;
        struct arena arena;
        struct filter f;
        struct err err;
};

static void desk_open(struct desk *d, const struct kind *kind)
{
        *d = (struct desk){.words = word_files_load()};
        d->ctx = (struct filter_context){.kind = kind, .values = {.words = d->words}};
        cr_assert_eq(stamp_parse_ms("2026-11-24T13:04:27Z", &d->ctx.values.now_ms, NULL), RC_OK);
        arena_init(&d->arena);
}

static void desk_close(struct desk *d)
{
        arena_finish(&d->arena);
        words_destroy(d->words);
}

static char *print(const struct filter *f)
{
        static const char *const ops[] = {"=", "<", "<=", ">", ">="};
        struct str out;

        str_init(&out, 4000);
        for (size_t i = 0; i < f->term_count; i++) {
                const struct filter_term *t = &f->terms[i];

                str_addf(&out, "%s%s%s%s", i ? "; " : "", t->negated ? "!" : "",
                         f->kind->fields[t->field].name, ops[t->op]);
                for (size_t k = 0; k < t->value_count; k++)
                        str_addf(&out, "%s%s", k ? "|" : "", t->values[k]);
        }
        return str_take(&out);
}

static void expect(const struct kind *kind, const char *line, const char *means)
{
        struct desk d;

        desk_open(&d, kind);
        cr_expect_eq(filter_read(line, &d.ctx, &d.arena, &d.f, NULL, &d.err), RC_OK, "%s: %s", line,
                     d.err.text);
        AUTO_FREE char *got = print(&d.f);
        cr_expect_str_eq(got, means, "%s: %s", line, got);
        desk_close(&d);
}

static void refuse(const struct kind *kind, const char *line, const char *why)
{
        struct desk d;

        desk_open(&d, kind);
        cr_expect_eq(filter_read(line, &d.ctx, &d.arena, &d.f, NULL, &d.err), RC_INVALID, "%s",
                     line);
        cr_expect_str_eq(d.err.text, why, "%s: %s", line, d.err.text);
        desk_close(&d);
}

Test(filter_roster, ready_is_neither_busy_nor_slow)
{
        const char *in_12h = "departure<2026-11-25T01:04:27.000Z; notice_min<720";

        expect(&kind_expert, "ready<12h", in_12h);
        expect(&kind_team, "ready<12h", in_12h);
        expect(&kind_equipment, "Ready<12h", in_12h);
        expect(&kind_expert, "ready<=90m", "departure<=2026-11-24T14:34:27.000Z; notice_min<=90");
        expect(&kind_expert, "ready:2h", "departure<=2026-11-24T15:04:27.000Z; notice_min<=120");
        expect(&kind_expert, "ready<14:00", "departure<2026-11-24T14:00:00.000Z; notice_min<56");
        expect(&kind_expert, "ready<=14:00", "departure<=2026-11-24T14:00:00.000Z; notice_min<=55");
        refuse(&kind_expert, "ready>12h",
               "ready takes only ready<12h and ready<=12h: who could leave by then");
        refuse(&kind_expert, "-ready<12h",
               "ready takes only ready<12h and ready<=12h: who could leave by then");
        refuse(&kind_expert, "ready<", "ready: needs a value");
        refuse(&kind_expert, "ready<2h,4h", "ready takes one span or time at a time");
        refuse(&kind_rota, "ready<2h", "no field ready; nearest: ref");
}

Test(filter_roster, free_lasts_until_then)
{
        expect(&kind_expert, "free:5d",
               "free_from<=2026-11-24T13:04:27.000Z; !busy_from<2026-11-29T13:04:27.000Z");
        expect(&kind_team, "free:2026-12-01",
               "free_from<=2026-11-24T13:04:27.000Z; !busy_from<2026-12-02T00:00:00.000Z");
        refuse(&kind_expert, "free<5d",
               "free takes only free:5d and free:2026-12-01: free from now until then");
        refuse(&kind_expert, "-free:5d",
               "free takes only free:5d and free:2026-12-01: free from now until then");
}

Test(filter_roster, a_language_is_known_at_any_level_or_from_one_on)
{
        const char *all = "languages=ro|ro:a1|ro:a2|ro:b1|ro:b2|ro:c1|ro:c2|ro:native";

        expect(&kind_expert, "lang:ro", all);
        expect(&kind_request, "languages:Romanian", all);
        expect(&kind_expert, "lang:roman", all);
        expect(&kind_expert, "lang:ro>=b2", "languages=ro:b2|ro:c1|ro:c2|ro:native");
        expect(&kind_expert, "lang:Romanian>c1", "languages=ro:c2|ro:native");
        expect(&kind_expert, "lang:ro<b1", "languages=ro:a1|ro:a2");
        expect(&kind_expert, "-lang:ro>=c2,fr:c1", "!languages=ro:c2|ro:native|fr:c1");
        expect(&kind_expert, "lang:-", "languages=");
        refuse(&kind_expert, "lang:ro>=d1",
               "languages takes a1, a2, b1, b2, c1, c2, native; not \"d1\" (nearest: a1)");
        refuse(&kind_expert, "lang:ro>=", "languages: a level is missing, as ro>=b2");
        refuse(&kind_expert, "lang:>=b2", "languages: needs a value");
}

Test(filter_roster, a_clearance_counts_while_it_is_valid)
{
        const char *valid = "!clearance_until<=2026-11-24T13:04:27.000Z";
        AUTO_FREE char *from = xasprintf("clearance>=s-ue; %s", valid);
        AUTO_FREE char *exactly = xasprintf("clearance=s-ue; %s", valid);

        expect(&kind_expert, "clearance>=s-ue", from);
        expect(&kind_expert, "clearance:s-ue", exactly);
        expect(&kind_expert, "clearance:none", "clearance=none");
        expect(&kind_expert, "clearance:-", "clearance=");
        expect(&kind_expert, "clearance<s-ue", "clearance<s-ue");
        expect(&kind_equipment, "clearance>=s-ue", "handles>=s-ue");
        expect(&kind_request, "clearance>=s-ue", "clearance>=s-ue");
}

Test(filter_roster, words_may_be_cut_short_where_one_alone_begins_so)
{
        expect(&kind_expert, "community:civ", "community=civilian");
        expect(&kind_team, "community:civ", "communities=civilian");
        expect(&kind_expert, "role:incident", "roles=incident-responder");
        expect(&kind_expert, "skill:ot", "skills=ot");
        expect(&kind_expert, "skill:malw", "skills=malw|malware");
        expect(&kind_expert, "skill:blacksmith", "skills=blacksmith");
        refuse(&kind_expert, "community:x",
               "community takes civilian, law-enforcement, diplomatic, defence, private; not \"x\" "
               "(nearest: defence)");
}

static void expect_offers(const char *line, const char *offers)
{
        struct desk d;
        const char *list[40];
        struct str out;

        desk_open(&d, &kind_expert);
        str_init(&out, 4000);
        size_t count = filter_complete(line, strlen(line), &d.ctx, &d.arena, list, ARRAY_LEN(list));
        for (size_t i = 0; i < count; i++)
                str_add_sep(&out, " ", list[i]);
        cr_expect_str_eq(str_text(&out), offers, "%s: %s", line, str_text(&out));
        str_finish(&out);
        desk_close(&d);
}

Test(filter_roster, completion_knows_them)
{
        expect_offers("re", "readiness: ready< ref: remote: rest_until:");
        expect_offers("fre", "free: free_from:");
        expect_offers("free:", "12h 14d 24h 2d 2h 5d 72h");
        expect_offers("ready<2", "24h 2d 2h");
        expect_offers("lang:roma", "ro");
        expect_offers("lang:ro>=", "ro>=a1 ro>=a2 ro>=b1 ro>=b2 ro>=c1 ro>=c2 ro>=native");
        expect_offers("lang:ro>=c", "ro>=c1 ro>=c2");
}
