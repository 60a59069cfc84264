#include "ui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/outbox.h"
#include "ui_private.h"

#define DRAFT_PAUSE_MS 500

static void save_draft(struct overlay *o)
{
        struct form_state *st = o->state;
        struct ops *ops = ui_ops(o->ui);
        if (!st->unsaved || !st->f.draft || ops->readonly)
                return;
        if (form_fields_changed(&st->fields)) {
                AUTO_FREE char *body = form_fields_save(&st->fields);
                draft_put(ops->store, st->f.draft, body, clock_now_ms(), NULL);
        } else {
                draft_drop(ops->store, st->f.draft, NULL);
        }
        st->unsaved = false;
        st->saved_ns = clock_mono_ns();
}

static void look_ahead(struct overlay *o)
{
        struct form_state *st = o->state;
        if (!st->f.follows)
                return;
        struct ops_field *fields = xcalloc(st->fields.count + 1, sizeof(*fields));
        size_t count = form_fields_result(&st->fields, fields);
        free(st->follows);
        st->follows_refused = false;
        st->follows = st->f.follows(o->ui, st->f.ctx, fields, count, &st->follows_refused);
        free(fields);
}

static void go_to(struct overlay *o, size_t at)
{
        struct form_state *st = o->state;
        if (st->at < st->fields.count && st->fields.fields[st->at].line.len)
                form_field_check(&st->fields, st->at);
        st->at = at;
        save_draft(o);
}

static void submit(struct overlay *o)
{
        struct form_state *st = o->state;
        size_t bad = form_fields_check(&st->fields);
        st->error[0] = '\0';
        if (bad < st->fields.count) {
                st->at = bad;
                save_draft(o);
                return;
        }
        struct ops_field *fields = xcalloc(st->fields.count + 1, sizeof(*fields));
        size_t count = form_fields_result(&st->fields, fields);
        struct err err = {0};
        enum rc rc = st->f.accept(o->ui, st->f.ctx, fields, count, &err);
        free(fields);
        if (rc != RC_OK) {
                snprintf(st->error, sizeof(st->error), "%.500s", err.text);
                save_draft(o);
                return;
        }
        if (st->f.draft && !ui_ops(o->ui)->readonly)
                draft_drop(ui_ops(o->ui)->store, st->f.draft, NULL);
        st->unsaved = false;
        ui_remove(o->ui, o);
}

static void leave(struct overlay *o)
{
        struct form_state *st = o->state;
        save_draft(o);
        if (st->f.draft && form_fields_changed(&st->fields))
                ui_notice(o->ui, NOTICE_DONE, "what you typed is kept as a draft");
        ui_remove(o->ui, o);
}

/* What Tab would write in place of what is half typed; NULL: it goes on. */
static const char *offer_of(const struct form_state *st, struct arena *a)
{
        const char *offers[FORM_OFFERS_MAX];
        const struct form_field *f = &st->fields.fields[st->at];
        bool partial = f->line.at > 0 && !strchr(" ,", f->line.text[f->line.at - 1]);
        size_t n = partial ? form_field_offers(&st->fields, st->at, a, offers) : 0;
        for (size_t i = 0; i < n; i++)
                if (form_field_is_typed_out(&st->fields, st->at, offers[i]))
                        return NULL;
        return n ? offers[0] : NULL;
}

static bool accept_offer(struct form_state *st)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *offer = offer_of(st, &a);
        if (offer)
                form_field_accept(&st->fields, st->at, offer);
        return offer != NULL;
}

/* A value that was chosen, not written, or a time, which stands there to the millisecond, and that
 * nobody touched: typing gives another one. */
static bool is_replaced_by(const struct form_field *f, int32_t chord)
{
        bool chosen = f->field->type == FIELD_ENUM || f->field->type == FIELD_WORD ||
                      f->field->type == FIELD_TIME;
        return chosen && chord_is_text(chord) && f->line.len && f->line.at == f->line.len &&
               strcmp(f->line.text, f->initial) == 0;
}

static void edit_chord(struct overlay *o, int32_t chord)
{
        struct form_state *st = o->state;
        struct form_field *f = &st->fields.fields[st->at];
        if (f->too_long)
                return;
        bool multi = f->field->type == FIELD_TEXT;
        if (is_replaced_by(f, chord))
                line_set(&f->line, "");
        if (multi && chord == CHORD_ENTER)
                line_insert(&f->line, "\n");
        else if (!line_chord(&f->line, chord))
                return;
        f->error[0] = f->understood[0] = '\0';
        st->error[0] = '\0';
        st->unsaved = true;
        st->restored = false;
        if (f->line.len && f->field->type != FIELD_LINE && f->field->type != FIELD_TEXT) {
                form_field_check(&st->fields, st->at);
                f->error[0] = '\0'; /* refused when the field is left, not while it is typed */
        }
        if (clock_mono_ns() - st->saved_ns > DRAFT_PAUSE_MS * 1000000ll)
                save_draft(o);
}

static void start_over(struct overlay *o)
{
        struct form_state *st = o->state;
        for (size_t i = 0; i < st->fields.count; i++) {
                struct form_field *f = &st->fields.fields[i];
                line_set(&f->line, f->initial);
                f->error[0] = f->understood[0] = '\0';
        }
        st->at = 0;
        st->error[0] = '\0';
        st->restored = false;
        st->unsaved = true;
        save_draft(o);
}

static void form_chord(struct overlay *o, int32_t chord)
{
        struct form_state *st = o->state;
        size_t last = st->fields.count;
        bool on_field = st->at < last;
        bool multi = on_field && st->fields.fields[st->at].field->type == FIELD_TEXT;
        ui_dirty(o->ui);
        if (chord == CHORD_ESC || chord == CHORD_CTRL('C'))
                leave(o);
        else if (chord == CHORD_CTRL('S') || (chord == CHORD_ENTER && !on_field))
                submit(o);
        else if (chord == CHORD_CTRL('X'))
                start_over(o);
        else if (chord == CHORD_TAB && on_field && accept_offer(st))
                st->unsaved = true;
        else if (chord == CHORD_TAB || chord == CHORD_DOWN || (chord == CHORD_ENTER && !multi))
                go_to(o, on_field ? st->at + 1 : 0);
        else if (chord == CHORD_BACKTAB || chord == CHORD_UP)
                go_to(o, st->at ? st->at - 1 : last);
        else if (on_field)
                edit_chord(o, chord);
        else
                return;
        if (ui_top(o->ui) == o)
                look_ahead(o);
}

static void form_paste(struct overlay *o, const char *text)
{
        struct form_state *st = o->state;
        if (st->at >= st->fields.count || st->fields.fields[st->at].too_long)
                return;
        struct form_field *f = &st->fields.fields[st->at];
        AUTO_FREE char *clean = text_clean(text, strlen(text), f->field->type == FIELD_TEXT);
        line_insert(&f->line, clean);
        st->unsaved = true;
        save_draft(o);
        look_ahead(o);
        ui_dirty(o->ui);
}

static void form_close(struct overlay *o)
{
        struct form_state *st = o->state;
        free(st->follows);
        if (st->f.free_ctx)
                st->f.free_ctx(st->f.ctx);
        form_fields_finish(&st->fields);
        arena_finish(&st->arena);
}

static const char *const form_keys[] = {"Tab", "next",  "^S", "send",       "Esc", "keep draft",
                                        "^U",  "empty", "^X", "start over", NULL};

static const char *const completing_keys[] = {"Tab", "complete",   "^S", "send",
                                              "Esc", "keep draft", "^U", "empty",
                                              "^X",  "start over", NULL};

static const char *const *form_keys_now(const struct overlay *o)
{
        const struct form_state *st = o->state;
        CLEANUP(arena_finish) struct arena a = {0};
        return st->at < st->fields.count && offer_of(st, &a) ? completing_keys : form_keys;
}

static const struct overlay_ops form_ops = {
        .name = "form",
        .state_size = sizeof(struct form_state),
        .draw = form_draw,
        .chord = form_chord,
        .paste = form_paste,
        .keys = form_keys,
        .keys_now = form_keys_now,
        .save = save_draft,
        .close = form_close,
};

static void restore(struct overlay *o)
{
        struct form_state *st = o->state;
        const char *body;
        int64_t at_ms;
        if (draft_get(ui_ops(o->ui)->store, st->f.draft, &st->arena, &body, &at_ms, NULL) == RC_OK)
                st->restored = form_fields_restore(&st->fields, body);
}

static const char *name_of(void *ctx, const char *id, bool with_title, struct arena *a)
{
        struct ops *ops = ctx;
        struct row row;
        if (thing_by_id(ops->store, id, a, &row, NULL) != RC_OK || !row.ref)
                return NULL;
        const char *title = with_title ? thing_text(&row.thing, row.thing.kind->title) : NULL;
        return title ? arena_printf(a, "%s %s", row.ref, title) : row.ref;
}

void form_open(struct ui *ui, const struct form *f)
{
        struct overlay *o = ui_push(ui, &form_ops);
        struct form_state *st = o->state;
        arena_init(&st->arena);
        st->f = *f;
        st->f.title = arena_strdup(&st->arena, f->title);
        st->f.submit = arena_strdup(&st->arena, f->submit);
        st->f.draft = arena_strdup(&st->arena, f->draft);
        st->f.note = arena_strdup(&st->arena, f->note);
        st->fields.values = (struct value_context){.words = ui_ops(ui)->words,
                                                   .me = ui_ops(ui)->operator,
                                                   .resolve = ops_resolve_value,
                                                   .resolve_ctx = ui_ops(ui)};
        st->fields.name_of = name_of;
        form_fields_init(&st->fields, f->kind, f->fields, f->now);
        if (st->f.draft)
                restore(o);
        look_ahead(o);
}
