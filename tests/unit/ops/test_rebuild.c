#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/jsplit.h"
#include "store/journal.h"
#include "store/query.h"
#include "unit/desk.h"

TestSuite(rebuild);

#define THINGS 2500 /* several batches */

/* Many foreign incidents and what is done on some, so that a rebuild has several batches. */
static void fill(struct desk *d)
{
        CLEANUP(str_finish) struct str file = {0};
        struct err err = {0};
        char id[STIX_ID_MAX];

        str_init(&file, 8 << 20);
        str_add(&file, "[{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"" FOREIGN_UNIT
                       "\",\"created\":\"2026-11-24T09:00:00.000Z\",\"modified\":"
                       "\"2026-11-24T09:00:00.000Z\",\"name\":\"FR CERT\"}");
        for (int i = 1; i <= THINGS; i++) {
                AUTO_FREE char *one = foreign_incident(i, i % 60, i % 7 ? "Flood" : "Fire", "");

                str_addf(&file, ",\n%s", one);
        }
        str_add(&file, "]");
        cr_assert_eq(desk_import(d, str_text(&file), &err), RC_OK, "%s", err.text);
        cr_assert_eq(d->result.created, THINGS + 1, "%s", d->result.why);
        desk_do(d, FOREIGN_ID(1), "owner", "owner", "me");
        desk_do(d, FOREIGN_ID(2), "severity", "severity", "critical");
        desk_new(d, "Ours", "high", id);
        desk_do(d, id, "note", NULL, "seen");
}

static void print_row(const struct row *row, struct str *out)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct kind *kind = row->thing.kind;

        str_addf(out, "%lld %s %s %x %llx %d%d", (long long)row->rid, row->thing.id, row->ref,
                 row->flags, (unsigned long long)row->ours, row->unresolved, row->tlp_given);
        for (size_t i = 0; i < kind->field_count; i++) {
                const struct value *v = &row->thing.values[i];

                str_addf(out, "|%s",
                         field_is_set(&kind->fields[i]) ? value_join(v, ",", &a)
                         : v->text                      ? v->text
                                                        : "");
        }
        str_addc(out, '\n');
}

/* All rows that a line finds, as text. */
static void print_found(struct ops *ops, const struct kind *kind, const char *line, struct str *out)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter_context fc = {.kind = kind, .values = {.now_ms = DESK_NOW}};
        struct filter f;
        struct query *q = NULL;
        struct row *rows = NULL;
        size_t count = 0;
        struct err err = {0};

        cr_assert_eq(filter_read(line, &fc, &a, &f, NULL, &err), RC_OK, "%s", err.text);
        cr_assert_eq(query_open(ops->store, &f, NULL, 0, &q, &err), RC_OK, "%s", err.text);
        cr_assert_eq(query_run(q, SIZE_MAX, &err), RC_OK, "%s", err.text);
        cr_assert_eq(query_page(q, 0, query_known(q), &a, &rows, &count, &err), RC_OK);
        for (size_t i = 0; i < count; i++)
                print_row(&rows[i], out);
        query_close(q);
}

/* What boards show, through several of their indexes; malloc'ed. */
static char *boards(struct ops *ops)
{
        CLEANUP(str_finish) struct str out = {0};
        int64_t total = 0;

        str_init(&out, 32 << 20);
        for (size_t i = 0; i < kind_count(); i++) {
                cr_assert_eq(query_total(ops->store, kind_at(i), &total, NULL), RC_OK);
                str_addf(&out, "%lld\n", (long long)total);
                print_found(ops, kind_at(i), "", &out);
        }
        print_found(ops, &kind_incident, "fire sort:title", &out);
        print_found(ops, &kind_incident, "owner:duarte", &out);
        print_found(ops, &kind_incident, "severity:critical sort:ref", &out);
        return str_take(&out);
}

static void found_sound(void *ctx, const char *finding)
{
        (void)ctx;
        cr_assert_fail("%s", finding);
}

static void sound(struct desk *d)
{
        struct journal_report report;
        struct err err = {0};

        cr_assert_eq(store_check(d->ops.store, found_sound, NULL, &err), RC_OK, "%s", err.text);
        cr_assert_eq(journal_verify(d->ops.store, &report, &err), RC_OK, "%s", err.text);
}

static void rebuild(struct desk *d)
{
        struct err err = {0};

        cr_assert_eq(ops_rebuild(&d->ops, &(struct rebuild_options){0}, &err), RC_OK, "%s",
                     err.text);
}

/* What the file says of its tables and indexes; malloc'ed. */
static char *schema(const struct desk *d)
{
        CLEANUP(str_finish) struct str out = {0};
        sqlite3_stmt *stmt = NULL;
        sqlite3 *db = NULL;

        str_init(&out, 1 << 20);
        cr_assert_eq(sqlite3_open(d->path, &db), SQLITE_OK);
        cr_assert_eq(sqlite3_prepare_v2(db,
                                        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' ||"
                                        " ifnull(sql, '') FROM sqlite_schema ORDER BY 1",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW)
                str_addf(&out, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
        sqlite3_finalize(stmt);
        sqlite3_close(db);
        return str_take(&out);
}

Test(rebuild, leaves_the_tables_as_they_were_made)
{
        AUTO_FREE char *before = NULL, *after = NULL;
        struct desk d;

        desk_start(&d);
        before = schema(&d);
        cr_assert(strstr(before, "sqlite_autoindex_thing_incident_1"));
        rebuild(&d);
        after = schema(&d);
        cr_assert_str_eq(before, after);
        desk_stop(&d);
}

Test(rebuild, makes_the_same_rows_again)
{
        AUTO_FREE char *before = NULL, *after = NULL, *again = NULL;
        struct store_stats counts;
        struct desk d;

        desk_start(&d);
        fill(&d);
        before = boards(&d.ops);
        counts = desk_stats(&d);
        rebuild(&d);
        after = boards(&d.ops);
        cr_assert(strcmp(before, after) == 0);
        cr_assert_eq(desk_stats(&d).things, counts.things);
        cr_assert_eq(desk_stats(&d).journal, counts.journal);
        rebuild(&d);
        desk_reopen(&d, STORE_WRITE);
        again = boards(&d.ops);
        cr_assert(strcmp(before, again) == 0);
        sound(&d);
        desk_stop(&d);
}

/* malloc'ed */
static char *things(struct ops *ops)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 1 << 20);
        for (size_t i = 0; i < kind_count(); i++)
                print_found(ops, kind_at(i), "", &out);
        return str_take(&out);
}

/* What was made here is shown by what was said of it, a rebuild reads it back. */
Test(rebuild, makes_the_same_rows_of_what_was_made_here)
{
        AUTO_FREE char *before = NULL, *after = NULL;
        char expert[STIX_ID_MAX], team[STIX_ID_MAX], kit[STIX_ID_MAX], unit[STIX_ID_MAX],
                rota[STIX_ID_MAX], gone[STIX_ID_MAX], incident[STIX_ID_MAX];
        struct desk d;

        desk_start(&d);
        desk_new(&d, "Ours", "high", incident);
        desk_make_of(&d, &kind_participant, unit, "name", "CERT Greece", "states", "EL", NULL);
        desk_make_of(&d, &kind_expert, expert, "name", "Ana Ionescu", "states", "RO", "home", unit,
                     "roles", "incident-responder", "languages", "ro:native en:c1", NULL);
        desk_make_of(&d, &kind_team, team, "name", "Response team", "members", expert, "needs",
                     "incident-responder:1", NULL);
        desk_make_of(&d, &kind_equipment, kit, "name", "Forensic kit", "category", "forensic-kit",
                     NULL);
        desk_make_of(&d, &kind_deployment, gone, "title", "To the hospital", "incident", incident,
                     "resources", team, "from", "+1h", "until", "+3d", NULL);
        desk_do(&d, gone, "alert", NULL, NULL);
        desk_make_of(&d, &kind_rota, rota, "name", "On duty", "members", expert, "starts",
                     "2026-11-24T00:00Z", "shift_hours", "24", NULL);
        before = things(&d.ops);
        rebuild(&d);
        after = things(&d.ops);
        cr_assert_str_eq(before, after);
        sound(&d);
        desk_stop(&d);
}

/* Another connection that looks and writes between two batches. */
struct neighbour {
        struct desk *d;
        struct ops ops;
        char *before;
        int turns;
        char id[STIX_ID_MAX];
};

static void open_neighbour(struct neighbour *n)
{
        struct err err = {0};

        cr_assert_eq(ops_open(&(struct ops_options){.path = n->d->path,
                                                    .mode = STORE_WRITE,
                                                    .operator= "bruno",
                                                    .words = n->d->words},
                              &n->ops, &err),
                     RC_OK, "%s", err.text);
}

static bool look_and_write(void *ctx)
{
        static const struct ops_field mine = {"severity", "low"};
        const struct ops_field fields[] = {{"title", "Meanwhile"}, {"severity", "high"}};
        struct neighbour *n = ctx;
        struct err err = {0};

        if (n->turns++ == 0) {
                AUTO_FREE char *now = boards(&n->ops);

                cr_assert(strcmp(now, n->before) == 0, "the old rows are served");
                cr_assert_eq(ops_do(&n->ops, FOREIGN_ID(3),
                                    &(struct ops_request){.verb = "severity",
                                                          .fields = &mine,
                                                          .field_count = 1,
                                                          .occurred_ms = CLOCK_NONE},
                                    &err),
                             RC_OK, "%s", err.text);
        }
        if (n->turns == 3)
                cr_assert_eq(ops_new(&n->ops, &kind_incident,
                                     &(struct ops_request){.fields = fields,
                                                           .field_count = 2,
                                                           .occurred_ms = CLOCK_NONE},
                                     n->id, &err),
                             RC_OK, "%s", err.text);
        return false;
}

Test(rebuild, loses_nothing_that_is_written_between_its_batches)
{
        CLEANUP(arena_finish) struct arena a = {0};
        AUTO_FREE char *after = NULL, *again = NULL;
        struct neighbour n;
        struct err err = {0};
        struct desk d;
        struct row row;

        desk_start(&d);
        fill(&d);
        n = (struct neighbour){.d = &d, .before = boards(&d.ops)};
        open_neighbour(&n);
        cr_assert_eq(ops_rebuild(&d.ops,
                                 &(struct rebuild_options){.stop = look_and_write, .ctx = &n},
                                 &err),
                     RC_OK, "%s", err.text);
        cr_assert_geq(n.turns, 3);
        cr_assert_str_eq(desk_shows(&d, FOREIGN_ID(3), "severity", &a), "low");
        cr_assert_str_eq(desk_shows(&d, n.id, "title", &a), "Meanwhile");
        after = boards(&n.ops);
        rebuild(&d);
        again = boards(&d.ops);
        cr_assert(strcmp(after, again) == 0);
        desk_row(&d, n.id, &a, &row);
        cr_assert_str_eq(row.ref, "INC-0002");
        sound(&d);
        ops_close(&n.ops);
        free(n.before);
        desk_stop(&d);
}

static bool third_time(void *ctx)
{
        return ++*(int *)ctx == 3;
}

static void die_half_way(void *ctx, int64_t done, int64_t all)
{
        (void)ctx;
        if (done > all / 2)
                _exit(7);
}

Test(rebuild, that_is_stopped_changes_nothing)
{
        AUTO_FREE char *before = NULL, *after = NULL;
        struct err err = {0};
        int turns = 0;
        struct desk d;

        desk_start(&d);
        fill(&d);
        before = boards(&d.ops);
        cr_assert_eq(ops_rebuild(&d.ops,
                                 &(struct rebuild_options){.stop = third_time, .ctx = &turns},
                                 &err),
                     RC_FAIL);
        cr_assert(strstr(err.text, "stopped"), "%s", err.text);
        after = boards(&d.ops);
        cr_assert(strcmp(before, after) == 0);
        desk_stop(&d);
}

Test(rebuild, starts_over_after_a_process_that_died)
{
        AUTO_FREE char *before = NULL, *after = NULL, *again = NULL;
        int status = 0;
        struct err err = {0};
        struct desk d;
        pid_t child;

        desk_start(&d);
        fill(&d);
        before = boards(&d.ops);
        cr_assert_eq(meta_set(d.ops.store, "things_format", "another", &err), RC_OK);
        ops_close(&d.ops);
        child = fork();
        if (child == 0) {
                ops_open(&(struct ops_options){.path = d.path,
                                               .mode = STORE_WRITE,
                                               .words = d.words,
                                               .progress = die_half_way},
                         &d.ops, NULL);
                _exit(0);
        }
        cr_assert_eq(waitpid(child, &status, 0), child);
        cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 7, "%x", (unsigned)status);
        desk_reopen(&d, STORE_READ);
        after = boards(&d.ops);
        cr_assert(strcmp(before, after) == 0, "the old rows are still there");
        cr_assert(things_are_stale(d.ops.store));
        desk_reopen(&d, STORE_WRITE);
        cr_assert_not(things_are_stale(d.ops.store));
        again = boards(&d.ops);
        cr_assert(strcmp(before, again) == 0);
        sound(&d);
        desk_stop(&d);
}
