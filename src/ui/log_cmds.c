#include "ui/log_cmds.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/rules.h"
#include "model/when.h"
#include "ui/entry.h"
#include "ui/form.h"
#include "ui/prompt.h"

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

static enum rc done(struct ui *ui, enum rc rc, const char *sentence)
{
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_LOG | TOPIC_INCIDENTS);
        ui_notice(ui, NOTICE_DONE, "%s", sentence);
        return rc;
}

/* ---- notes -------------------------------------------------------------------------------------
 */

static enum rc note_into(struct ui *ui, const char *scope, const char *text, const char *sentence,
                         struct err *err)
{
        struct ops *ops = ui_ops(ui);
        const struct ops_field detail = {"scope", scope};
        const struct ops_request r = {.verb = "note",
                                      .text = text,
                                      .details = &detail,
                                      .detail_count = 1,
                                      .occurred_ms = CLOCK_NONE};
        return done(ui, ops_do(ops, ops->unit, &r, err), sentence);
}

static enum rc duty_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        (void)ctx;
        return note_into(ui, "duty", text, "noted in the duty log", err);
}

static enum rc general_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        (void)ctx;
        return note_into(ui, "general", text, "noted in the general log", err);
}

enum rc log_cmd_note_duty(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        prompt_open(ui, &(struct prompt){.sign = "duty log",
                                         .hint = "who is on duty, what is handed over",
                                         .draft = "note.duty",
                                         .accept = duty_given});
        return RC_OK;
}

enum rc log_cmd_note_general(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        prompt_open(ui, &(struct prompt){.sign = "general log",
                                         .hint = "what happened, what was done",
                                         .draft = "note.general",
                                         .accept = general_given});
        return RC_OK;
}

/* ---- an entry with all that it may have --------------------------------------------------------
 */

#define NAME_TEXT     "text"
#define NAME_ABOUT    "about"
#define NAME_OCCURRED "occurred"
#define ENTRY_FIELDS  8

/* The fields of an entry's form: the details of a note among what else it may say. */
static const struct kind *entry_kind(struct field fields[ENTRY_FIELDS], struct kind *kind)
{
        static const struct field more[] = {
                {.name = NAME_TEXT,
                 .label = "text",
                 .help = "what happened, what was done",
                 .type = FIELD_TEXT,
                 .flags = FIELD_FORM | FIELD_NEEDED},
                {.name = NAME_ABOUT,
                 .label = "incident",
                 .help = "its reference; empty: it belongs to the unit",
                 .type = FIELD_LINE,
                 .flags = FIELD_FORM},
                {.name = NAME_OCCURRED,
                 .label = "occurred",
                 .help = "when it happened, if not now: -20min, 14:00",
                 .type = FIELD_TIME,
                 .flags = FIELD_FORM},
        };
        static const char *const details[] = {"scope", "significant", "late"};
        const struct verb *note = verb_find(&kind_log, "note");
        size_t n = 0;
        for (size_t i = 0; i < ARRAY_LEN(more); i++)
                fields[n++] = more[i];
        for (size_t i = 0; i < ARRAY_LEN(details); i++) {
                fields[n] = detail_field(verb_detail(note, details[i]));
                fields[n++].flags |= FIELD_FORM;
        }
        *kind = (struct kind){
                .name = "entry", .plural = "entries", .fields = fields, .field_count = n};
        return kind;
}

struct entry_form {
        struct field fields[ENTRY_FIELDS];
        struct kind kind;
};

static const char *given(const struct ops_field *fields, size_t count, const char *name)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(fields[i].name, name) == 0)
                        return fields[i].value;
        return NULL;
}

static enum rc subject_of(struct ops *ops, const char *ref, const char *scope, struct arena *a,
                          const char **ret_id, struct err *err)
{
        if (ref)
                return ops_resolve(ops, ref, a, ret_id, err);
        if (scope && strcmp(scope, "incident") == 0)
                return err_set(err, RC_INVALID, "incident: say which one");
        *ret_id = ops->unit;
        return RC_OK;
}

static enum rc entry_given(struct ui *ui, void *ctx, const struct ops_field *fields, size_t count,
                           struct err *err)
{
        const char *text = given(fields, count, NAME_TEXT),
                   *about = given(fields, count, NAME_ABOUT);
        const char *at = given(fields, count, NAME_OCCURRED);
        const char *scope = given(fields, count, "scope"), *id = NULL;
        const struct verb *note = verb_find(&kind_log, "note");
        struct ops_field details[ENTRY_FIELDS + 1];
        struct ops_request r = {
                .verb = "note", .text = text, .details = details, .occurred_ms = CLOCK_NONE};
        CLEANUP(arena_finish) struct arena a = {0};
        (void)ctx;
        arena_init(&a);
        for (size_t i = 0; i < count; i++)
                if (verb_detail(note, fields[i].name))
                        details[r.detail_count++] = fields[i];
        if (!scope && !about)
                details[r.detail_count++] = (struct ops_field){"scope", "general"};
        enum rc rc = subject_of(ui_ops(ui), about, scope, &a, &id, err);
        if (rc == RC_OK && at)
                rc = when_read(at, ui_now_ms(ui), &r.occurred_ms, err);
        if (rc == RC_OK)
                rc = ops_do(ui_ops(ui), id, &r, err);
        return done(ui, rc, "written into the log");
}

enum rc log_cmd_new(struct ui *ui, struct view *v, struct err *err)
{
        struct entry_form *ef = xcalloc(1, sizeof(*ef));
        (void)v, (void)err;
        form_open(ui, &(struct form){.title = "New entry of the log",
                                     .submit = "Write the entry",
                                     .draft = "log.new",
                                     .kind = entry_kind(ef->fields, &ef->kind),
                                     .accept = entry_given,
                                     .ctx = ef,
                                     .free_ctx = free});
        return RC_OK;
}

/* ---- corrections -------------------------------------------------------------------------------
 */

static const struct field correction_fields[] = {
        {.name = NAME_TEXT,
         .label = "text",
         .help = "what it should have said; the old text stays, struck",
         .type = FIELD_TEXT,
         .flags = FIELD_FORM | FIELD_NEEDED},
        {.name = "reason",
         .label = "reason",
         .help = "why it is corrected; it is kept with the correction",
         .type = FIELD_LINE,
         .flags = FIELD_FORM | FIELD_NEEDED},
};

static const struct kind correction_kind = {.name = "correction",
                                            .plural = "corrections",
                                            .fields = correction_fields,
                                            .field_count = ARRAY_LEN(correction_fields)};

/* An act on what the entry is about, which names the entry. */
static enum rc act_on_entry(struct ui *ui, const char *entry, const char *link,
                            struct ops_request *r, const char *sentence, struct err *err)
{
        struct ops_field details[2] = {{link, entry}};
        const char *id = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        arena_init(&a);
        if (r->detail_count)
                details[1] = r->details[0];
        r->details = details;
        r->detail_count++;
        r->occurred_ms = CLOCK_NONE;
        enum rc rc = ops_entry_subject(ui_ops(ui), entry, &a, &id, err);
        if (rc == RC_OK)
                rc = ops_do(ui_ops(ui), id, r, err);
        return done(ui, rc, sentence);
}

static enum rc correction_given(struct ui *ui, void *ctx, const struct ops_field *fields,
                                size_t count, struct err *err)
{
        struct ops_request r = {.verb = "correct",
                                .text = given(fields, count, NAME_TEXT),
                                .reason = given(fields, count, "reason")};
        if (!r.text)
                return err_set(err, RC_INVALID, "the text is as it was; Esc leaves it");
        return act_on_entry(ui, ctx, "corrects", &r, "corrected; the old text stays, struck", err);
}

static const struct row *current(const struct view *v)
{
        return list_current(list_of(v));
}

bool log_can_correct(const struct ui *ui, const struct view *v)
{
        const struct row *row = current(v);
        (void)ui;
        return row && verb_is_said(thing_text(&row->thing, "verb")) &&
               !entry_is_corrected(&row->thing);
}

static const char *why_not_correct(const struct row *row)
{
        if (!row)
                return "there is no entry to correct";
        if (entry_is_corrected(&row->thing))
                return "it is corrected already; correct the entry that corrects it";
        return "that entry says what was done; undo it, or do it again";
}

enum rc log_cmd_correct(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = current(v);
        struct thing now;
        CLEANUP(arena_finish) struct arena a = {0};
        arena_init(&a);
        if (!log_can_correct(ui, v))
                return err_set(err, RC_CONFLICT, "%s", why_not_correct(row));
        thing_init(&now, &correction_kind, row->thing.id);
        thing_set(&now, NAME_TEXT, thing_text(&row->thing, "text"));
        const char *name = entry_name(&row->thing, ui_now_ms(ui), &a);
        form_open(ui, &(struct form){.title = arena_printf(&a, "Correct the entry of %s", name),
                                     .submit = "Write the correction",
                                     .draft = arena_printf(&a, "correct.%s", row->thing.id),
                                     .kind = &correction_kind,
                                     .now = &now,
                                     .accept = correction_given,
                                     .ctx = xstrdup(row->thing.id),
                                     .free_ctx = free});
        return RC_OK;
}

/* ---- reviews -----------------------------------------------------------------------------------
 */

static enum rc review_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct ops_field comment = {"comment", text};
        struct ops_request r = {
                .verb = "review", .details = &comment, .detail_count = text[0] ? 1 : 0};
        return act_on_entry(ui, ctx, "reviews", &r, "reviewed", err);
}

bool log_can_review(const struct ui *ui, const struct view *v)
{
        const struct row *row = current(v);
        (void)ui;
        return row && entry_has(&row->thing, entry_mark_at(ENTRY_AWAITING));
}

enum rc log_cmd_review(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = current(v);
        if (!log_can_review(ui, v))
                return err_set(err, RC_CONFLICT, "this entry does not wait for a review");
        const char *author = thing_text(&row->thing, "operator"), *me = ui_ops(ui)->operator;
        if (author && me && strcmp(author, me) == 0)
                return err_set(err, RC_CONFLICT, "another person than its author reviews it");
        prompt_open(ui, &(struct prompt){.sign = "reviewed",
                                         .hint = "what there is to say about it; Enter: nothing",
                                         .accept = review_given,
                                         .ctx = xstrdup(row->thing.id),
                                         .free_ctx = free});
        return RC_OK;
}

/* ---- what is shown -----------------------------------------------------------------------------
 */

enum rc log_cmd_system(struct ui *ui, struct view *v, struct err *err)
{
        AUTO_FREE char *line = filter_turn_term(list_filter(list_of(v)), LOG_TERM);
        enum rc rc = list_set_filter(list_of(v), line, err);
        if (rc == RC_OK)
                ui_notice(ui, NOTICE_HINT, "%s",
                          filter_has_term(line, LOG_TERM) ? LOG_TERM_SAID
                                                          : "acts of the system are shown too");
        return rc;
}
