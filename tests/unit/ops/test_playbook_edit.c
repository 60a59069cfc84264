/* What comes of a playbook that somebody edited: a version of their own, or one that is derived. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "books.h"
#include "ops/playbook_edit.h"

TestSuite(playbook_edit);

#define LIST "# Water\n\n## Steps\n\n- Look (must)\n- Act\n"

struct desk_with_book {
        struct desk d;
        struct arena arena;
        struct held_playbook book;
};

/* The newest content of a thing, as it is edited. */
static void hold(struct desk_with_book *w, const char *id)
{
        struct err err = {0};

        cr_assert_eq(ops_playbook(&w->d.ops, id, &w->arena, &w->book, &err), RC_OK, "%s", err.text);
}

/* A playbook of another unit, or of the desk's. */
static void enter(struct desk_with_book *w, bool is_own)
{
        AUTO_FREE char *document = book_document(LIST, DESK_NOW - MINUTE);
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};

        memset(w, 0, sizeof(*w));
        desk_start(&w->d);
        for (char *at = document; is_own && (at = strstr(at, FOREIGN_UNIT)); at++)
                memcpy(at, w->d.ops.unit, strlen(FOREIGN_UNIT));
        cr_assert_eq(desk_import(&w->d, document, &err), RC_OK, "%s", err.text);
        hold(w, ops_resolve_value(&w->d.ops, "PB-0001", &a));
}

static void leave(struct desk_with_book *w)
{
        arena_finish(&w->arena);
        desk_stop(&w->d);
}

/* Every `old` becomes `new` of the same length. */
static enum rc save(struct desk_with_book *w, bool as_document, const char *old, const char *new,
                    struct playbook_saved *ret, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        const char *suffix;

        str_init(&text, PLAYBOOK_EDIT_MAX);
        if (as_document)
                str_addn(&text, w->book.doc.bytes, w->book.doc.len);
        else
                cr_assert_eq(ops_playbook_edit(&w->book, &text, &suffix, err), RC_OK);
        for (char *at = text.s; (at = strstr(at, old)); at += strlen(new))
                memcpy(at, new, strlen(new));
        return ops_playbook_save(&w->d.ops, &w->book, text.s, text.len, ret, err);
}

static void expect_own(struct desk_with_book *w, const struct playbook_saved *s, const char *from)
{
        const struct playbook *p;

        hold(w, s->id);
        p = w->book.doc.playbook;
        cr_assert_str_eq(p->created_by, w->d.ops.unit);
        cr_assert_eq(p->derived_count, 1);
        cr_assert_str_eq(p->derived_from[0], from);
        cr_assert_eq(p->created_ns, DESK_NOW * 1000000);
        cr_assert_eq(p->modified_ns, DESK_NOW * 1000000);
}

Test(playbook_edit, ones_own_gets_a_new_version)
{
        for (int as_document = 0; as_document < 2; as_document++) {
                struct desk_with_book w;
                struct playbook_saved s;
                struct err err = {0};

                enter(&w, true);
                cr_assert_eq(save(&w, as_document, "Look", "Hear", &s, &err), RC_OK, "%s",
                             err.text);
                cr_assert(!s.is_derived);
                cr_assert_str_eq(s.id, w.book.row.thing.id);
                hold(&w, s.id);
                cr_assert_str_eq(w.book.doc.playbook->id, BOOK_ID);
                cr_assert_eq(w.book.doc.playbook->modified_ns, DESK_NOW * 1000000);
                cr_assert_eq(w.book.doc.playbook->derived_count, 0);
                leave(&w);
        }
}

/* CACAO 2.0: who changes a playbook of another producer makes one of their own. */
Test(playbook_edit, of_anothers_comes_one_of_our_own_that_is_derived)
{
        for (int as_document = 0; as_document < 2; as_document++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct desk_with_book w;
                struct playbook_saved s;
                struct held_playbook old;
                struct err err = {0};
                char theirs[STIX_ID_MAX];

                enter(&w, false);
                strcpy(theirs, w.book.row.thing.id);
                cr_assert_eq(save(&w, as_document, "Look", "Hear", &s, &err), RC_OK, "%s",
                             err.text);
                cr_assert(s.is_derived);
                expect_own(&w, &s, BOOK_ID);
                cr_assert_str_neq(w.book.doc.playbook->id, BOOK_ID);
                desk_must_show(&w.d, s.id, "ref", "PB-0002");
                cr_assert_eq(ops_playbook(&w.d.ops, theirs, &a, &old, &err), RC_OK, "%s", err.text);
                cr_assert_eq(old.doc.playbook->modified_ns, (DESK_NOW - MINUTE) * 1000000);
                leave(&w);
        }
}

/* From then on it is ours: it keeps its id, and what it was derived from. */
Test(playbook_edit, what_was_derived_is_edited_like_ones_own)
{
        struct desk_with_book w;
        struct playbook_saved first, second;
        struct err err = {0};

        enter(&w, false);
        cr_assert_eq(save(&w, false, "Look", "Hear", &first, &err), RC_OK, "%s", err.text);
        hold(&w, first.id);
        clock_advance(MINUTE);
        cr_assert_eq(save(&w, false, "Hear", "Tell", &second, &err), RC_OK, "%s", err.text);
        cr_assert(!second.is_derived);
        cr_assert_str_eq(second.id, first.id);
        hold(&w, second.id);
        cr_assert_eq(w.book.doc.playbook->modified_ns, (DESK_NOW + MINUTE) * 1000000);
        cr_assert_eq(w.book.doc.playbook->derived_count, 1, "no list says it, and it is kept");
        leave(&w);
}

Test(playbook_edit, what_is_refused_changes_nothing)
{
        struct desk_with_book w;
        struct playbook_saved s;
        struct err err = {0};

        enter(&w, false);
        const int64_t before = desk_stats(&w.d).versions;
        cr_assert_eq(save(&w, false, "Look", "Look", &s, &err), RC_CONFLICT);
        cr_assert(strstr(err.text, "nothing was changed"), "%s", err.text);
        for (int as_document = 0; as_document < 2; as_document++) {
                err = (struct err){0};
                cr_assert_eq(save(&w, as_document, "00000000b1", "00000000b7", &s, &err),
                             RC_CONFLICT);
                cr_assert(strstr(err.text, "its id was changed"), "%s", err.text);
        }
        cr_assert_eq(desk_stats(&w.d).versions, before);
        leave(&w);
}
