/* A run and the content that it is taken by belong to one playbook. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "books.h"

TestSuite(run_contents);

#define LIST       "# Water\n\n## Steps\n\n- Look (must)\n- Tell (must)\n"
#define OTHER_LIST "# Fire\n\n## Steps\n\n- Run\n- Look\n- Shout\n"

struct room {
        struct desk d;
        char book[STIX_ID_MAX], run[STIX_ID_MAX];
};

static void enter(struct room *r)
{
        desk_start(&r->d);
        book_take(&r->d, LIST, DESK_NOW, r->book);
        run_start(&r->d, r->book, NULL, r->run);
}

/* Another playbook than r->book; its newest content. */
static void take_other(struct desk *d, char id[STIX_ID_MAX], char hash[HASH_TEXT])
{
        AUTO_FREE char *document = book_document(OTHER_LIST, DESK_NOW);
        CLEANUP(arena_finish) struct arena a = {0};
        struct held_playbook p;
        struct err err = {0};

        memcpy(strstr(document, "00000000b1"), "00000000b2", 10);
        cr_assert_eq(desk_import(d, document, &err), RC_OK, "%s", err.text);
        strcpy(id, ops_resolve_value(&d->ops, "PB-0002", &a));
        cr_assert_eq(ops_playbook(&d->ops, id, &a, &p, &err), RC_OK, "%s", err.text);
        memcpy(hash, p.hash, HASH_TEXT);
}

Test(run_contents, one_is_started_and_moved_only_by_a_content_of_its_playbook)
{
        char other[STIX_ID_MAX], run[STIX_ID_MAX], hash[HASH_TEXT];
        CLEANUP(arena_finish) struct arena a = {0};
        struct ops_run *dry = NULL;
        struct playbook_diff diff;
        struct run_move move;
        struct err err = {0};
        struct room r;

        enter(&r);
        take_other(&r.d, other, hash);
        const struct run_starting mixed = {.playbook = r.book, .hash = hash};
        cr_assert_eq(ops_run_start(&r.d.ops, &mixed, run, &err), RC_INVALID);
        cr_assert(strstr(err.text, "is one of PB-0002 Fire, not of PB-0001 Water"), "%s", err.text);
        err = (struct err){0};
        cr_assert_eq(ops_run_try(&r.d.ops, &mixed, &dry, &err), RC_INVALID);
        err = (struct err){0};
        cr_assert_eq(run_try(&r.d, r.run, "move", NULL, &err, "value", hash, NULL), RC_CONFLICT);
        cr_assert(strstr(err.text, "a version of another playbook"), "%s", err.text);
        struct ops_run *open = NULL;
        cr_assert_eq(ops_run_open(&r.d.ops, r.run, &open, &err), RC_OK);
        cr_assert_eq(ops_run_compare(open, hash, &a, &diff, &move, &err), RC_INVALID);
        ops_run_close(open);
        desk_must_show(&r.d, r.run, "steps", "2");
        err = (struct err){0};
        cr_assert_eq(ops_run_start(&r.d.ops,
                                   &(struct run_starting){.playbook = other, .hash = hash}, run,
                                   &err),
                     RC_OK, "%s", err.text);
        desk_must_show(&r.d, run, "steps", "3");
        desk_stop(&r.d);
}

/* What others wrote is kept as it came, but nobody runs one playbook under the name of another. */
Test(run_contents, one_that_comes_in_with_a_content_of_another_playbook_can_t_be_run)
{
        char other[STIX_ID_MAX], hash[HASH_TEXT];
        CLEANUP(arena_finish) struct arena a = {0};
        struct held_playbook mine;
        struct err err = {0};
        struct room r;
        struct desk e;

        enter(&r);
        take_other(&r.d, other, hash);
        cr_assert_eq(ops_playbook(&r.d.ops, r.book, &a, &mine, NULL), RC_OK);
        AUTO_FREE char *file = desk_export(&r.d);
        for (char *at = file; (at = strstr(at, mine.hash));)
                memcpy(at, hash, HASH_TEXT - 1);
        desk_join(&e, &r.d, "bruno");
        cr_assert_eq(desk_import(&e, file, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "waits");
        struct ops_run *open = NULL;
        cr_assert_eq(ops_run_open(&e.ops, r.run, &open, &err), RC_OK, "%s", err.text);
        cr_assert_null(ops_run_state(open));
        cr_assert(strstr(ops_run_why_missing(open), "Fire, not of"), "%s",
                  ops_run_why_missing(open));
        ops_run_close(open);
        cr_assert_eq(run_try(&e, r.run, "complete", NULL, &err, "step", "1", NULL), RC_CONFLICT);
        cr_assert(strstr(err.text, "Fire, not of"), "%s", err.text);
        desk_stop(&r.d);
        desk_stop(&e);
}

/* ---- one playbook in two objects ------------------------------------------------------------- */

#define NEWER_LIST LIST "- Write\n"

Test(run_contents, a_version_of_the_playbook_counts_whatever_object_carries_it)
{
        AUTO_FREE char *newer = book_document(NEWER_LIST, DESK_NOW + MINUTE);
        AUTO_FREE char *object = book_carried(newer, "playbook_base64");
        char run[STIX_ID_MAX], hash[HASH_TEXT];
        struct err err = {0};
        struct room r;

        enter(&r);
        cr_assert_eq(desk_import(&r.d, object, &err), RC_OK, "%s", err.text);
        cacao_name_content(newer, strlen(newer), hash);
        const struct run_starting s = {.playbook = r.book, .hash = hash};
        cr_assert_eq(ops_run_start(&r.d.ops, &s, run, &err), RC_OK, "%s", err.text);
        desk_must_show(&r.d, run, "steps", "3");
        run_must(&r.d, run, "complete", "1");
        desk_must_show(&r.d, run, "done", "1");
        desk_stop(&r.d);
}

/* The runs of a desk, without what carries their playbook. */
static char *export_runs(struct desk *d)
{
        char *file = desk_export(d);

        for (char *at = file; (at = strstr(at, "playbook_bin"));)
                memcpy(at, "playbook_not", 12);
        return file;
}

Test(run_contents, a_run_from_elsewhere_goes_on_where_another_object_carries_its_playbook)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *object = book_carried(document, "playbook_bin");
        struct err err = {0};
        struct room r;
        struct desk e;

        enter(&r);
        run_must(&r.d, r.run, "complete", "1");
        AUTO_FREE char *runs = export_runs(&r.d);
        AUTO_FREE char *all = desk_export(&r.d);
        desk_join(&e, &r.d, "bruno");
        cr_assert_eq(desk_import(&e, runs, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "waits");
        cr_assert_eq(desk_import(&e, object, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "running");
        run_must(&e, r.run, "complete", "2");
        desk_must_show(&e, r.run, "state", "done");
        cr_assert_eq(desk_import(&e, all, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "done");
        desk_stop(&r.d);
        desk_stop(&e);
}

/* Whether it is the same playbook is known once its own object is here: then nobody goes on. */
Test(run_contents, what_turns_out_to_be_another_playbook_is_none_of_the_run_s)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW);
        AUTO_FREE char *file = book_document(LIST, DESK_NOW);
        struct err err = {0};
        struct room r;
        struct desk e;

        enter(&r);
        AUTO_FREE char *runs = export_runs(&r.d);
        for (char *at = runs; (at = strstr(at, r.book));)
                memcpy(at + strlen("course-of-action--"), "00000000-0000-4000-8000-0000000000c1",
                       36);
        desk_join(&e, &r.d, "bruno");
        cr_assert_eq(desk_import(&e, file, &err), RC_OK, "%s", err.text);
        cr_assert_eq(desk_import(&e, runs, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "running");
        memcpy(strstr(document, "00000000b1"), "00000000b2", 10);
        AUTO_FREE char *object = book_carried(document, "playbook_bin");
        cr_assert_eq(desk_import(&e, object, &err), RC_OK, "%s", err.text);
        desk_must_show(&e, r.run, "state", "waits");
        desk_stop(&r.d);
        desk_stop(&e);
}
