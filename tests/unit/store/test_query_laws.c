#include "store/query.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "store_files.h"

#define MANY 1200

static struct file f;

static void setup(void)
{
        file_setup(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(query_laws, .init = setup, .fini = teardown);

static void put(int n, const char *const *pairs)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), pairs);

        put_row(&f, &row);
}

/* Deterministic rows: many equal keys, some without. */
static void put_many(void)
{
        static const char *const severities[] = {"none", "low", "medium", "high", "critical"};
        static const char *const states[] = {"DE", "FR", "IT", "DE,FR", "FR,IT"};
        static const char *const words[] = {"hospital", "airport", "bank", "grid", "water"};
        unsigned x = 12345;

        work_begin(&f);
        for (int i = 0; i < MANY; i++) {
                const char *pairs[8];
                int n = 0;

                x = x * 1103515245u + 12345u;
                pairs[n++] =
                        arena_printf(&f.a, "title=%s %s", words[x >> 16 & 3], words[x >> 20 & 3]);
                pairs[n++] = arena_printf(&f.a, "modified=2026-11-%02uT00:00:00.000Z",
                                          (x >> 8) % 20 + 1);
                if (x & 0x100)
                        pairs[n++] = arena_printf(&f.a, "severity=%s", severities[(x >> 11) % 5]);
                if (x & 0x200)
                        pairs[n++] = arena_printf(&f.a, "states=%s", states[(x >> 13) % 5]);
                if (x & 0x400)
                        pairs[n++] = arena_printf(&f.a, "owner=%s", words[(x >> 14) % 5]);
                pairs[n++] = x & 0x800 ? "status=closed" : "status=active";
                pairs[n] = NULL;
                put(i, pairs);
        }
        work_end(&f);
}

static bool always(void *ctx)
{
        ++*(int *)ctx;
        return true;
}

Test(query_laws, interrupted_or_paged_gives_the_same_rows_in_the_same_order)
{
        static const char *const lines[] = {"",
                                            "sort:severity",
                                            "sort:-severity",
                                            "sort:title",
                                            "sort:-title",
                                            "sort:owner",
                                            "sort:-owner",
                                            "sort:modified",
                                            "sort:-created",
                                            "hospital",
                                            "bank -grid sort:title",
                                            "states:DE",
                                            "-states:DE,IT sort:-severity",
                                            "states:-",
                                            "owner:bank,-",
                                            "modified>2026-11-10 severity>=low",
                                            "modified<2026-11-03 sort:owner",
                                            "description:- sort:ref",
                                            "-hospital -owner:bank",
                                            "status:open severity:- sort:-owner"};

        put_many();
        for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
                const struct filter filter = make_filter(&f, &kind_incident, lines[i]);
                struct query *whole = NULL, *bits = NULL, *pages = NULL;
                int asked = 0;
                enum rc rc;

                MUST(query_open(f.s, &filter, NULL, 0, &whole, err));
                MUST(query_open(f.s, &filter, NULL, 0, &bits, err));
                MUST(query_open(f.s, &filter, NULL, 0, &pages, err));
                MUST(query_run(whole, SIZE_MAX, err));
                MUST(meta_set(f.s, "meanwhile", "0", err)); /* the order is not known any more */
                store_set_interrupt(f.s, always, &asked);
                while ((rc = query_run(bits, SIZE_MAX, NULL)) == RC_BUSY)
                        /* others write meanwhile: no reader is in the way, and nothing is lost */
                        MUST(meta_set(f.s, "meanwhile", "1", err));
                store_set_interrupt(f.s, NULL, NULL);
                cr_assert_eq(rc, RC_OK);
                cr_assert_gt(asked, 2, "%s", lines[i]);
                for (size_t want = 1; !query_is_done(pages); want += 7)
                        MUST(query_run(pages, want, err));
                cr_assert_eq(query_known(bits), query_known(whole), "%s", lines[i]);
                cr_assert_eq(query_known(pages), query_known(whole), "%s", lines[i]);
                for (size_t j = 0; j < query_known(whole); j++) {
                        cr_assert_eq(query_rid(bits, j), query_rid(whole, j), "%s", lines[i]);
                        cr_assert_eq(query_rid(pages, j), query_rid(whole, j), "%s", lines[i]);
                }
                query_close(whole);
                query_close(bits);
                query_close(pages);
        }
}

/* Read from an order that an earlier walk left, page by page, while others write and another walk
 * leaves its own. */
Test(query_laws, an_order_that_is_read_stays_until_it_is_read)
{
        static const char *const lines[] = {"",
                                            "sort:-title",
                                            "hospital sort:title",
                                            "-grid",
                                            "states:DE",
                                            "-states:DE,IT",
                                            "bank",
                                            "owner:bank,- water sort:-owner"};

        put_many();
        for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
                const struct filter filter = make_filter(&f, &kind_incident, lines[i]);
                struct query *whole = NULL, *pages = NULL, *other = NULL;
                size_t want = 1;

                MUST(query_open(f.s, &filter, NULL, 0, &whole, err));
                MUST(query_run(whole, SIZE_MAX, err));
                MUST(query_open(f.s, &filter, NULL, 0, &pages, err));
                MUST(query_run(pages, want, err));
                MUST(meta_set(f.s, "meanwhile", "0", err));
                MUST(query_open(f.s, &filter, NULL, 0, &other, err));
                MUST(query_run(other, SIZE_MAX, err));
                for (; !query_is_done(pages); want += 7) {
                        MUST(query_run(pages, want, err));
                        cr_assert(query_is_done(pages) || query_known(pages) == want, "%s",
                                  lines[i]);
                }
                cr_assert_eq(query_known(pages), query_known(whole), "%s", lines[i]);
                for (size_t j = 0; j < query_known(whole); j++)
                        cr_assert_eq(query_rid(pages, j), query_rid(whole, j), "%s", lines[i]);
                query_close(whole);
                query_close(other);
                query_close(pages);
        }
}

/* What the row itself says of each term, told apart from the store's way. */
static bool row_matches(const struct row *row, int which)
{
        const char *title = thing_text(&row->thing, "title"),
                   *owner = thing_text(&row->thing, "owner");
        const char *modified = thing_text(&row->thing, "modified");
        const struct value *states = thing_value(&row->thing, "states");
        int severity = thing_rank(&row->thing, "severity"),
            status = thing_rank(&row->thing, "status");

        switch (which) {
        case 0: return strstr(title, "hospital") && severity >= SEV_MEDIUM;
        case 1: return value_has(states, "DE") && !strstr(title, "bank");
        case 2: return !owner || strcmp(owner, "water") == 0;
        case 3: return strcmp(modified, "2026-11-10") < 0 && status != STATUS_CLOSED;
        case 4: return value_is_empty(states) && severity < 0;
        default:
                return !value_has(states, "FR") &&
                       (!owner || (strcmp(owner, "bank") != 0 && strcmp(owner, "water") != 0));
        }
}

Test(query_laws, agrees_with_what_the_rows_say)
{
        static const char *const lines[] = {"hospital severity>=medium sort:title",
                                            "states:DE -bank sort:-severity",
                                            "owner:-,water",
                                            "modified<2026-11-10 status:open",
                                            "states:- severity:-",
                                            "-states:FR -owner:bank,water sort:owner"};

        put_many();
        for (int i = 0; i < 6; i++) {
                const struct filter filter = make_filter(&f, &kind_incident, lines[i]);
                const struct filter all = make_filter(&f, &kind_incident, "");
                struct query *q = NULL, *every = NULL;
                size_t want = 0, count, position;
                struct row *rows;

                MUST(query_open(f.s, &filter, NULL, 0, &q, err));
                MUST(query_run(q, SIZE_MAX, err));
                MUST(query_open(f.s, &all, NULL, 0, &every, err));
                MUST(query_run(every, SIZE_MAX, err));
                MUST(query_page(every, 0, MANY, &f.a, &rows, &count, err));
                cr_assert_eq(count, MANY);
                for (size_t j = 0; j < count; j++) {
                        bool match = row_matches(&rows[j], i);

                        want += match;
                        cr_assert_eq(query_position(q, rows[j].rid, &position) == RC_OK, match,
                                     "%s", lines[i]);
                }
                cr_assert_eq(query_known(q), want);
                query_close(q);
                query_close(every);
        }
}

/* The two ways to order what a set holds: few candidates are sorted, many are met along the index.
 */
Test(query_laws, few_and_many_candidates_come_in_the_same_order)
{
        static const char *const sorts[] = {
                "",           "sort:severity", "sort:-severity", "sort:title",    "sort:-title",
                "sort:owner", "sort:-owner",   "sort:ref",       "sort:modified", "sort:-created"};

        put_many();
        work_begin(&f);
        for (int i = 0; i < MANY; i += 30) {
                struct row *old = arena_alloc(&f.a, sizeof(*old));

                MUST(thing_by_id(f.s, numbered_id(&f, "incident", i), &f.a, old, err));
                thing_set(&old->thing, "description", "rare");
                put_row(&f, old);
        }
        work_end(&f);
        for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
                const char *few = arena_printf(&f.a, "rare %s", sorts[i]);
                const char *walked = arena_printf(&f.a, "-description:- %s", sorts[i]);

                cr_assert_str_eq(matches(&f, &kind_incident, few),
                                 matches(&f, &kind_incident, walked), "%s", sorts[i]);
                cr_assert_neq(*matches(&f, &kind_incident, few), '\0');
        }
}
