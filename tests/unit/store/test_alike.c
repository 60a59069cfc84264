#include "store/alike.h"

#include <criterion/criterion.h>

#include "base/clock.h"
#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct file f;

static void put(int n, const char *const *pairs)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", n), pairs);

        put_row(&f, &row);
}

static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
        put(1, PAIRS("title=Water gateways scanned", "status=new", "states=AT", "owner=ilves",
                     "created=2026-11-20T10:00:00.000Z", "modified=2026-11-20T10:00:00.000Z"));
        put(2, PAIRS("title=Portal down", "description=a water board", "status=closed",
                     "states=AT,SI", "owner=ilves", "modified=2026-11-21T10:00:00.000Z"));
        put(3, PAIRS("title=\"Water\" and OR NOT", "status=active", "owner=novak",
                     "modified=2026-11-22T10:00:00.000Z"));
        put(4, PAIRS("title=Nobody's", "status=new", "modified=2026-11-23T10:00:00.000Z"));
        work_end(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(alike, .init = setup, .fini = teardown);

Test(alike, words_are_looked_for_in_their_field_only)
{
        const char *const words[] = {"water", "gateways"};
        int64_t *rids;
        size_t count;

        MUST(things_with_words(f.s, &kind_incident, "title", words, 2, 10, &f.a, &rids, &count,
                               err));
        cr_assert_eq(count, 2, "not what only its description says");
        cr_assert_eq(rids[0], 3, "the newest first");
        cr_assert_eq(rids[1], 1);
        MUST(things_with_words(f.s, &kind_incident, "title", words, 2, 1, &f.a, &rids, &count,
                               err));
        cr_assert_eq(count, 1);
        MUST(things_with_words(f.s, &kind_incident, "title", words, 0, 1, &f.a, &rids, &count,
                               err));
        cr_assert_eq(count, 0);
}

Test(alike, words_are_no_syntax)
{
        const char *const words[] = {"or", "\"", "not*", "title:"};
        int64_t *rids;
        size_t count;

        MUST(things_with_words(f.s, &kind_incident, "title", words, 4, 10, &f.a, &rids, &count,
                               err));
        cr_assert_eq(count, 1);
        cr_assert_eq(rids[0], 3);
}

static size_t with_water(void)
{
        const char *const words[] = {"water"};
        int64_t *rids;
        size_t count;

        MUST(things_with_words(f.s, &kind_incident, "title", words, 1, 10, &f.a, &rids, &count,
                               err));
        return count;
}

Test(alike, what_was_found_for_a_word_holds_until_words_are_written)
{
        struct file other = f;

        cr_assert_eq(with_water(), 2);
        work_begin(&f);
        put(1, PAIRS("title=Water gateways scanned", "status=closed"));
        work_end(&f);
        cr_assert_eq(with_water(), 2, "other fields than words");
        work_begin(&f);
        put(3, PAIRS("title=Fire", "status=active"));
        work_end(&f);
        cr_assert_eq(with_water(), 1, "not what no longer has it");
        work_begin(&f);
        put(5, PAIRS("title=Water again"));
        cr_assert_eq(with_water(), 2);
        store_rollback(f.s);
        cr_assert_eq(with_water(), 1, "not what was never written");
        MUST(store_open(f.path, STORE_WRITE, &other.s, err));
        arena_init(&other.a);
        work_begin(&other);
        const struct row row = make_row(&other, &kind_incident, numbered_id(&other, "incident", 6),
                                        PAIRS("title=Water elsewhere"));
        put_row(&other, &row);
        work_end(&other);
        cr_assert_eq(with_water(), 2, "what others wrote");
        store_close(other.s);
        arena_finish(&other.a);
}

Test(alike, members_of_a_set_are_found)
{
        int64_t *rids;
        size_t count;

        MUST(things_with_item(f.s, &kind_incident, "states", "AT", 10, &f.a, &rids, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_eq(rids[0], 2, "the newest first");
        MUST(things_with_item(f.s, &kind_incident, "states", "FR", 10, &f.a, &rids, &count, err));
        cr_assert_eq(count, 0);
}

Test(alike, people_come_with_what_they_have_open)
{
        struct person_load *people;
        size_t count;

        MUST(things_people(f.s, &kind_incident, "owner", 100, 10, &f.a, &people, &count, err));
        cr_assert_eq(count, 2);
        cr_assert_str_eq(people[0].name, "ilves", "who has most");
        cr_assert_eq(people[0].open, 1, "the closed one does not count");
        cr_assert_str_eq(people[1].name, "novak");
        MUST(things_people(f.s, &kind_incident, "owner", 2, 10, &f.a, &people, &count, err));
        cr_assert_eq(count, 1, "of the two newest one has an owner");
        cr_assert_str_eq(people[0].name, "novak");
}

Test(alike, fields_without_an_index_are_refused)
{
        const char *const words[] = {"water"};
        struct person_load *people;
        int64_t *rids;
        size_t count;

        cr_assert_eq(things_with_words(f.s, &kind_incident, "class", words, 1, 1, &f.a, &rids,
                                       &count, NULL),
                     RC_INVALID);
        cr_assert_eq(
                things_with_item(f.s, &kind_incident, "title", "x", 1, &f.a, &rids, &count, NULL),
                RC_INVALID);
        cr_assert_eq(
                things_people(f.s, &kind_incident, "nobody", 1, 1, &f.a, &people, &count, NULL),
                RC_INVALID);
}

Test(alike, a_query_counts_by_a_scale_on_its_way)
{
        struct filter filter = make_filter(&f, &kind_incident, "status:new,active sort:status");
        struct query *q;

        MUST(query_open(f.s, &filter, NULL, 0, &q, err));
        query_tally_by(q, field_index(&kind_incident, "status"));
        MUST(query_run(q, SIZE_MAX, err));
        cr_assert_eq(query_known(q), 3);
        cr_assert_eq(query_tally(q)[STATUS_NEW + 1], 2);
        cr_assert_eq(query_tally(q)[STATUS_ACTIVE + 1], 1);
        cr_assert_eq(query_tally(q)[STATUS_CLOSED + 1], 0);
        query_close(q);
}

Test(alike, the_next_time_is_the_earliest_to_come)
{
        int64_t noon, next;

        stamp_parse_ms("2026-11-24T12:00:00.000Z", &noon, NULL);
        MUST(things_next_time(f.s, &kind_incident, "parked_until", noon, &next, err));
        cr_assert_eq(next, CLOCK_NONE, "none is parked");
        work_begin(&f);
        put(5, PAIRS("title=a", "status=new", "parked_until=2026-11-24T18:00:00.000Z"));
        put(6, PAIRS("title=b", "status=new", "parked_until=2026-11-24T16:00:00.000Z"));
        put(7, PAIRS("title=c", "status=new", "parked_until=2026-11-24T11:00:00.000Z"));
        work_end(&f);
        MUST(things_next_time(f.s, &kind_incident, "parked_until", noon, &next, err));
        cr_assert_eq(next, noon + 4 * 3600 * 1000ll);
        MUST(things_next_time(f.s, &kind_incident, "parked_until", next, &next, err));
        cr_assert_eq(next, noon + 6 * 3600 * 1000ll);
        cr_assert_neq(things_next_time(f.s, &kind_incident, "title", noon, &next, NULL), RC_OK);
}
