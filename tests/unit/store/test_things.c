#include "store/things.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/clock.h"
#include "store_files.h"

#define PAIRS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct file f;

static void setup(void)
{
        file_setup(&f);
        work_begin(&f);
}

static void teardown(void)
{
        file_teardown(&f);
}

TestSuite(things, .init = setup, .fini = teardown);

Test(things, every_field_of_every_kind_comes_back_as_it_was_put)
{
        for (size_t k = 0; k < kind_count(); k++) {
                const struct kind *kind = kind_at(k);
                struct row in = make_row(&f, kind, numbered_id(&f, kind->stix_type, (int)k), NULL);
                struct row out = {0};

                for (size_t i = 0; i < kind->field_count; i++) {
                        const struct field *field = &kind->fields[i];
                        const char *text = arena_printf(&f.a, "%s, \xe2\x82\xac 'n' \"q\"; --\n%%",
                                                        field->name);

                        if (field->type == FIELD_ENUM)
                                text = field->list->items[field->list->count - 1].id;
                        else if (field->type == FIELD_TIME)
                                text = "2026-11-24T13:04:27.123Z";
                        else if (field->type == FIELD_COUNT)
                                text = "-12";
                        else if (strcmp(field->name, "ref") == 0)
                                text = NULL;
                        if (field_is_set(field))
                                thing_set_items(&in.thing, field->name,
                                                (const char *const[]){"b", text, "a,b"}, 3, &f.a);
                        else
                                thing_set(&in.thing, field->name, text);
                }
                in.flags = MARK_UNACKED | MARK_FOREIGN;
                in.ours = 5;
                in.unresolved = in.tlp_given = in.thing.revoked = true;
                in.thing.modified_ns = CLOCK_NONE;
                in.rid = put_row(&f, &in);
                MUST(thing_by_rid(f.s, kind, in.rid, &f.a, &out, err));
                for (size_t i = 0; i < kind->field_count; i++)
                        cr_assert(value_equal(&in.thing.values[i], &out.thing.values[i]), "%s.%s",
                                  kind->name, kind->fields[i].name);
                cr_assert_str_eq(out.thing.id, in.thing.id);
                cr_assert_str_eq(out.thing.created_by, UNIT);
                cr_assert_eq(out.thing.created_ms, 1000);
                cr_assert_eq(out.thing.modified_ns, CLOCK_NONE);
                cr_assert(out.unresolved && out.tlp_given && out.thing.revoked);
                cr_assert_eq(out.ours, 5);
                cr_assert_eq(out.flags & 0xff, MARK_UNACKED | MARK_FOREIGN);
        }
}

Test(things, flags_carry_the_rank_of_each_scale)
{
        const struct row in = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                                       PAIRS("severity=critical", "status=contained"));
        int shift = field_flags_shift(&kind_incident, field_index(&kind_incident, "severity"));
        struct row out;

        put_row(&f, &in);
        MUST(thing_by_id(f.s, in.thing.id, &f.a, &out, err));
        cr_assert_eq(out.flags >> shift & 7, SEV_CRITICAL);
        shift = field_flags_shift(&kind_incident, field_index(&kind_incident, "status"));
        cr_assert_eq(out.flags >> shift & 7, STATUS_CONTAINED);
}

Test(things, a_thing_keeps_its_row_when_it_changes)
{
        const char *id = numbered_id(&f, "incident", 1);
        struct row row = make_row(&f, &kind_incident, id,
                                  PAIRS("title=Hospital", "states=DE,FR", "class=fraud"));
        int64_t rid = put_row(&f, &row);

        thing_set(&row.thing, "title", "Airport");
        thing_set(&row.thing, "class", "");
        thing_set_items(&row.thing, "states", (const char *const[]){"FR", "IT"}, 2, &f.a);
        cr_assert_eq(put_row(&f, &row), rid);
        cr_assert_str_eq(matches(&f, &kind_incident, "airport"), "01");
        cr_assert_str_eq(matches(&f, &kind_incident, "hospital"), "");
        cr_assert_str_eq(matches(&f, &kind_incident, "states:DE"), "");
        cr_assert_str_eq(matches(&f, &kind_incident, "states:IT"), "01");
        cr_assert_str_eq(matches(&f, &kind_incident, "class:fraud"), "");
        cr_assert_str_eq(matches(&f, &kind_incident, "class:-"), "01");
}

static void fail_on_finding(void *ctx, const char *finding)
{
        (void)ctx;
        cr_assert_fail("%s", finding);
}

Test(things, the_index_of_words_stays_true_through_many_changes)
{
        static const char *const titles[] = {"Hospital", "Airport", "Hospital", "", "Bank ß"};

        for (int i = 0; i < 200; i++) {
                const char *id = numbered_id(&f, "incident", i % 17);
                const char *title = arena_printf(&f.a, "title=%s", titles[i * 7 % 5]);
                const char *ref = arena_printf(&f.a, "ref=INC-%04d", i * 3 % 11 + 1);
                struct row row =
                        make_row(&f, &kind_incident, id, i % 3 ? PAIRS(title, ref) : PAIRS(title));

                row.thing.created_ms = i * 31 % 13;
                if (i % 4 == 0)
                        row.flags = MARK_FOREIGN;
                put_row(&f, &row);
        }
        work_end(&f);
        MUST(store_check(f.s, fail_on_finding, NULL, err));
}

Test(things, what_is_not_there_is_not_found)
{
        struct row row;
        struct err why = {0};

        cr_assert_eq(thing_by_id(f.s, numbered_id(&f, "incident", 1), &f.a, &row, &why),
                     RC_NOTFOUND);
        cr_assert(strstr(why.text, "incident--"), "%s", why.text);
        cr_assert_eq(thing_by_id(f.s, "inc", &f.a, &row, NULL), RC_NOTFOUND);
        cr_assert_eq(thing_by_rid(f.s, &kind_log, 5, &f.a, &row, NULL), RC_NOTFOUND);
}

static void put_log(const char *id, const char *occurred, const char *about)
{
        const struct row row =
                make_row(&f, &kind_log, id,
                         PAIRS(arena_printf(&f.a, "occurred=%s", occurred),
                               arena_printf(&f.a, "about=%s", about), "text=something happened"));

        put_row(&f, &row);
}

Test(things, the_log_of_a_thing_comes_newest_first_in_pages)
{
        const char *a = numbered_id(&f, "incident", 1), *b = numbered_id(&f, "incident", 2);
        struct row *rows;
        size_t count;
        int64_t total, before = 0;
        int seen = 0;

        for (int i = 0; i < 25; i++)
                put_log(numbered_id(&f, "note", i),
                        arena_printf(&f.a, "2026-11-24T10:%02d:00.000Z", i * 7 % 10 + 10),
                        i % 5 ? a : arena_printf(&f.a, "%s,%s", a, b));
        MUST(thing_log_count(f.s, a, &total, err));
        cr_assert_eq(total, 25);
        MUST(thing_log_count(f.s, b, &total, err));
        cr_assert_eq(total, 5);
        const char *last = "9";
        do {
                MUST(thing_log(f.s, a, before, 10, &f.a, &rows, &count, err));
                for (size_t i = 0; i < count; i++, seen++) {
                        const char *occurred = thing_text(&rows[i].thing, "occurred");

                        cr_assert_leq(strcmp(occurred, last), 0);
                        last = occurred;
                        before = rows[i].rid;
                }
        } while (count);
        cr_assert_eq(seen, 25);
        put_log(numbered_id(&f, "note", 3), "2027-01-01T00:00:00.000Z", b);
        MUST(thing_log_count(f.s, a, &total, err));
        cr_assert_eq(total, 24);
        MUST(thing_log(f.s, b, 0, 1, &f.a, &rows, &count, err));
        cr_assert_str_eq(rows[0].thing.id, numbered_id(&f, "note", 3));
        MUST(thing_log(f.s, b, 0, (size_t)1 << 40, &f.a, &rows, &count, err));
        cr_assert_eq(count, 6, "all of them, in the room of those that there are");
}

Test(things, unresolved_markings_are_listed_until_resolved)
{
        const char **ids;
        size_t count;

        for (int i = 0; i < 9; i++) {
                struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", i), NULL);

                row.unresolved = i % 2;
                put_row(&f, &row);
        }
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 3), NULL);
        put_row(&f, &row);
        MUST(things_unresolved(f.s, &f.a, &ids, &count, err));
        cr_assert_eq(count, 3);
        cr_assert_str_eq(ids[0], numbered_id(&f, "incident", 1));
        cr_assert_str_eq(ids[2], numbered_id(&f, "incident", 7));
}

static void rebuild_begin(void)
{
        int64_t vid;

        MUST(things_fresh_begin(f.s, &vid, err));
        MUST(store_begin(f.s, err));
}

static void rebuild_end(void)
{
        MUST(store_commit(f.s, err));
        MUST(store_begin(f.s, err));
        MUST(things_fresh_show(f.s, err));
        MUST(store_commit(f.s, err));
        things_fresh_end(f.s);
}

static void fail_on(void *ctx, const char *finding)
{
        (void)ctx;
        cr_assert_fail("%s", finding);
}

Test(things, a_rebuild_takes_their_place_and_never_gives_a_row_id_twice)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                                        PAIRS("title=Hospital"));
        const struct row other = make_row(&f, &kind_incident, numbered_id(&f, "incident", 2),
                                          PAIRS("title=Airport"));
        int64_t before = put_row(&f, &row), total;

        work_end(&f);
        cr_assert_not(things_are_stale(f.s));
        MUST(meta_set(f.s, "things_format", "another", err));
        cr_assert(things_are_stale(f.s));
        rebuild_begin();
        put_row(&f, &other);
        rebuild_end();
        cr_assert_not(things_are_stale(f.s));
        MUST(query_total(f.s, &kind_incident, &total, err));
        cr_assert_eq(total, 1);
        cr_assert_str_eq(matches(&f, &kind_incident, "hospital"), "");
        cr_assert_str_eq(matches(&f, &kind_incident, "airport"), "02");
        work_begin(&f);
        cr_assert_gt(put_row(&f, &row), before);
        cr_assert_str_eq(ref_of(&f, row.thing.id), "X-0001");
        work_end(&f);
        MUST(things_drop_unused(f.s, err));
        cr_assert_eq(file_number(&f, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'stale_*'"
                                     " OR name GLOB 'fresh_*'"),
                     0);
        MUST(store_check(f.s, fail_on, NULL, err));
}

Test(things, a_rebuild_keeps_row_ids_and_leaves_files_as_a_new_one_has_them)
{
        static const char schema[] =
                "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'thing_*' AND"
                " replace(sql, '\"', '') LIKE '%' || replace(tbl_name, '_fts', '') || '%'";
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1), NULL);
        struct row other = make_row(&f, &kind_incident, numbered_id(&f, "incident", 2), NULL);
        int64_t names = file_number(&f, schema), one = put_row(&f, &row), two = put_row(&f, &other);

        work_end(&f);
        for (int i = 0; i < 2; i++) {
                rebuild_begin();
                cr_assert_eq(put_row(&f, &other), two);
                cr_assert_eq(put_row(&f, &row), one);
                cr_assert_eq(put_row(&f, &row), one);
                rebuild_end();
                MUST(things_drop_unused(f.s, err));
        }
        cr_assert_eq(file_number(&f, schema), names);
        file_reopen(&f, STORE_WRITE);
        cr_assert_str_eq(matches(&f, &kind_incident, "sort:ref"), "01 02");
        MUST(store_check(f.s, fail_on, NULL, err));
}

Test(things, a_rebuild_that_is_given_up_never_was)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                                        PAIRS("title=Hospital"));
        struct row other = row;

        put_row(&f, &row);
        work_end(&f);
        thing_set(&other.thing, "title", "Airport");
        rebuild_begin();
        put_row(&f, &other);
        MUST(store_commit(f.s, err));
        MUST(store_begin(f.s, err));
        MUST(things_fresh_show(f.s, err));
        things_fresh_end(f.s);
        cr_assert_str_eq(matches(&f, &kind_incident, "hospital"), "01");
        cr_assert_str_eq(matches(&f, &kind_incident, "airport"), "");
        MUST(store_check(f.s, fail_on, NULL, err));
}

Test(things, only_one_rebuilds_at_a_time)
{
        struct store *second;
        int64_t vid;

        work_end(&f);
        MUST(store_open(store_path(f.s), STORE_WRITE, &second, err));
        MUST(things_fresh_begin(f.s, &vid, err));
        cr_assert_eq(things_fresh_begin(second, &vid, NULL), RC_BUSY);
        MUST(things_drop_unused(second, err));
        cr_assert_gt(
                file_number(&f, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'fresh_*'"), 0,
                "it leaves alone what another fills");
        things_fresh_end(f.s);
        MUST(things_fresh_begin(second, &vid, err));
        things_fresh_end(second);
        store_close(second);
}

static const char automerge[] = "SELECT coalesce((SELECT v FROM thing_incident_fts_config "
                                "WHERE k = 'automerge'), 4)";

Test(things, a_connection_becomes_one_for_a_bulk_load_and_back)
{
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                                  PAIRS("title=Hospital"));

        put_row(&f, &row);
        work_end(&f);
        cr_assert_eq(file_number(&f, automerge), 4);
        MUST(store_set_bulk(f.s, true, err));
        work_begin(&f);
        thing_set(&row.thing, "title", "Airport");
        put_row(&f, &row);
        work_end(&f);
        cr_assert_eq(file_number(&f, automerge), 0);
        MUST(store_set_bulk(f.s, false, err));
        cr_assert_eq(file_number(&f, automerge), 4);
        work_begin(&f);
        thing_set(&row.thing, "title", "Bank");
        put_row(&f, &row);
        work_end(&f);
        cr_assert_eq(file_number(&f, automerge), 4);
        cr_assert_str_eq(matches(&f, &kind_incident, "bank"), "01");
}

Test(things, a_bulk_load_ends_with_usual_settings_even_if_it_was_cut_short)
{
        struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1),
                                  PAIRS("title=Hospital"));

        store_rollback(f.s);
        file_reopen(&f, STORE_BULK);
        work_begin(&f);
        put_row(&f, &row);
        work_end(&f);
        cr_assert_eq(file_number(&f, automerge), 0);
        MUST(things_bulk_end(f.s, err));
        cr_assert_eq(file_number(&f, automerge), 4);
        file_reopen(&f, STORE_BULK);
        work_begin(&f);
        thing_set(&row.thing, "title", "Airport");
        put_row(&f, &row);
        work_end(&f);
        file_reopen(&f, STORE_WRITE);
        work_begin(&f);
        thing_set(&row.thing, "title", "Bank");
        put_row(&f, &row);
        work_end(&f);
        cr_assert_eq(file_number(&f, automerge), 4);
        cr_assert_str_eq(matches(&f, &kind_incident, "bank"), "01");
}

Test(things, nothing_is_written_outside_a_transaction)
{
        const struct row row = make_row(&f, &kind_incident, numbered_id(&f, "incident", 1), NULL);

        store_rollback(f.s);
        cr_assert_eq(thing_put(f.s, &row, NULL, NULL), RC_FAIL);
}
