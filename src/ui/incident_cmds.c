#include "ui/incident_cmds.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/marking.h"
#include "ui/prompt.h"
#include "ui/verb_menu.h"
#include "ui_private.h"

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

enum rc incident_cmd_ack(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        (void)ui;
        incident_do(v, &(struct ops_request){.verb = "ack", .occurred_ms = CLOCK_NONE},
                    "Acknowledge");
        return RC_OK;
}

/* ---- choices ---- */

struct chooser {
        struct view *view;
        const char *verb, *field, *question;
};

static struct chooser *chooser_new(struct view *v, const char *verb, const char *field,
                                   const char *question)
{
        struct chooser *ch = xcalloc(1, sizeof(*ch));
        *ch = (struct chooser){.view = v, .verb = verb, .field = field, .question = question};
        return ch;
}

static struct ops_request one_field(const struct ops_field *f, const char *verb, const char *reason)
{
        return (struct ops_request){.verb = verb,
                                    .fields = f,
                                    .field_count = 1,
                                    .reason = reason,
                                    .occurred_ms = CLOCK_NONE};
}

struct choice_made {
        const char *field, *value;
};

static bool row_needs_reason(const struct row *row, void *ctx)
{
        const struct choice_made *made = ctx;
        if (strcmp(made->field, "status") == 0)
                return thing_rank(&row->thing, "status") == STATUS_CLOSED;
        if (strcmp(made->field, "tlp") == 0)
                return enum_rank(&enum_tlp, made->value) < thing_rank(&row->thing, "tlp");
        return false;
}

void incident_ask_closing(struct view *v, const struct ops_request *r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        if (incident_still_open(v, &a))
                verb_form_open(v, verb_find(&kind_incident, "close"));
        else
                incident_ask_reason(v, r, "why it is closed; it is kept with the change");
}

static void picked(struct ui *ui, void *ctx, const char *value)
{
        struct chooser *ch = ctx;
        struct ops_field f = {.name = ch->field, .value = value};
        struct ops_request r = one_field(&f, ch->verb, NULL);
        (void)ui;
        struct choice_made made = {.field = ch->field, .value = value};
        if (strcmp(ch->field, "status") == 0 && strcmp(value, "closed") == 0)
                incident_ask_closing(ch->view, &r);
        else if (incident_any(ch->view, row_needs_reason, &made))
                incident_ask_reason(ch->view, &r, "why; it is kept with the change");
        else
                incident_do(ch->view, &r, ch->question);
}

static void choose(struct view *v, const char *title, const struct choice *choices, size_t count,
                   struct chooser *ch)
{
        AUTO_FREE char *who = incident_about(v);
        AUTO_FREE char *heading = xasprintf("%s of %s", title, who);
        list_keep_targets(list_of(v));
        menu_open(v->ui, &(struct menu){.title = heading,
                                        .choices = choices,
                                        .count = count,
                                        .picked = picked,
                                        .ctx = ch,
                                        .free_ctx = free});
}

static int current_rank(struct view *v, const char *field)
{
        struct arena a;
        struct row row;
        arena_init(&a);
        int rank = incident_target(v, &a, &row) ? thing_rank(&row.thing, field) : -1;
        arena_finish(&a);
        return rank;
}

enum rc incident_cmd_severity(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        static const char letters[] = {'n', 'l', 'm', 'h', 'c'};
        struct choice choices[ARRAY_LEN(letters)];
        size_t count = 0;
        int now = current_rank(v, "severity");
        (void)ui;
        for (int rank = SEV_CRITICAL; rank >= SEV_NONE; rank--)
                choices[count++] = (struct choice){
                        .chord = letters[rank],
                        .label = enum_at(&enum_severity, rank)->label,
                        .value = enum_at(&enum_severity, rank)->id,
                        .glyph = severity_glyph(rank),
                        .look = {.ink = severity_role(rank), .attr = ATTR_BOLD},
                        .current = rank == now,
                };
        choose(v, "Severity", choices, count, chooser_new(v, "severity", "severity", "Change"));
        return RC_OK;
}

enum rc incident_cmd_status(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        static const struct {
                char letter;
                const char *note;
        } rows[] = {
                [STATUS_NEW] = {'n', "nobody works on it yet"},
                [STATUS_ACTIVE] = {'a', "being handled"},
                [STATUS_CONTAINED] = {'c', "it does not spread any more"},
                [STATUS_RECOVERING] = {'r', "services come back"},
                [STATUS_CLOSED] = {'x', "needs a reason"},
        };
        struct choice choices[ARRAY_LEN(rows)];
        int now = current_rank(v, "status");
        (void)ui;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                choices[i] = (struct choice){
                        .chord = rows[i].letter,
                        .label = enum_at(&enum_status, (int)i)->label,
                        .value = enum_at(&enum_status, (int)i)->id,
                        .note = rows[i].note,
                        .glyph = GLYPH_COUNT,
                        .look = {.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                        .current = (int)i == now,
                };
        choose(v, "Status", choices, ARRAY_LEN(rows), chooser_new(v, "status", "status", "Change"));
        return RC_OK;
}

enum rc incident_cmd_marking(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        static const char letters[] = {'c', 'g', 'a', 's', 'r'};
        struct choice choices[ARRAY_LEN(letters)];
        int now = current_rank(v, "tlp");
        (void)ui;
        for (size_t i = 0; i < ARRAY_LEN(letters); i++)
                choices[i] = (struct choice){
                        .chord = letters[i],
                        .label = tlp_name((enum tlp)i),
                        .value = enum_at(&enum_tlp, (int)i)->id,
                        .note = now >= 0 && (int)i < now ? "lower: needs a reason" : NULL,
                        .glyph = GLYPH_COUNT,
                        .look = {.ink = tlp_role((int)i), .attr = ATTR_BOLD},
                        .current = (int)i == now,
                };
        choose(v, "Marking", choices, ARRAY_LEN(letters), chooser_new(v, "set", "tlp", "Mark"));
        return RC_OK;
}

/* ---- lines ---- */

static enum rc owner_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct ops_field f = {.name = "owner", .value = text};
        struct ops_request r = one_field(&f, "owner", NULL);
        (void)ui;
        return incident_do_now(ctx, &r, err);
}

static size_t owner_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                          const char **ret, size_t max)
{
        const char *me = ui_ops(ui)->operator;
        (void)ctx, (void)a;
        if (!me || !max || strncmp(me, text, at) != 0 || strlen(me) == at)
                return 0;
        ret[0] = me;
        return 1;
}

enum rc incident_cmd_owner(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        struct arena a;
        struct row row;
        arena_init(&a);
        const char *now = incident_target(v, &a, &row) ? thing_text(&row.thing, "owner") : NULL;
        AUTO_FREE char *who = incident_about(v);
        AUTO_FREE char *sign = xasprintf("owner of %s", who);
        AUTO_FREE char *hint =
                xasprintf("a name, or me; empty: nobody%s%s", now ? "; now " : "", now ? now : "");
        list_keep_targets(list_of(v));
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = hint,
                                         .history = "owner",
                                         .complete = owner_words,
                                         .accept = owner_given,
                                         .ctx = v});
        arena_finish(&a);
        return RC_OK;
}

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct ops_request r = {.verb = "note", .text = text, .occurred_ms = CLOCK_NONE};
        (void)ui;
        return incident_do_now(ctx, &r, err);
}

enum rc incident_cmd_note(struct ui *ui, struct view *v, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        struct arena a;
        struct row row;
        arena_init(&a);
        bool several = list_target_count(list_of(v)) > 1;
        AUTO_FREE char *who = incident_about(v);
        AUTO_FREE char *sign = xasprintf("note on %s", who);
        AUTO_FREE char *draft = xasprintf("note.%s", several                        ? "several"
                                                     : incident_target(v, &a, &row) ? row.thing.id
                                                                                    : "");
        list_keep_targets(list_of(v));
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "what happened, what was done",
                                         .draft = draft,
                                         .accept = note_given,
                                         .ctx = v});
        arena_finish(&a);
        return RC_OK;
}

enum rc incident_cmd_triage(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        return triage_start(ui, err);
}

enum rc incident_cmd_menu(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        verb_menu_open(v);
        return RC_OK;
}

static enum rc open_form_of(struct view *v, const char *verb, struct err *err)
{
        if (incident_check(v, err) != RC_OK)
                return RC_INVALID;
        verb_form_open(v, verb_find(&kind_incident, verb));
        return RC_OK;
}

enum rc incident_cmd_decide(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return open_form_of(v, "decide", err);
}

enum rc incident_cmd_escalate(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return open_form_of(v, "escalate", err);
}
