#include "ui/incident_cmds.h"

#include <string.h>

#include "base/clock.h"
#include "ui/verb_menu.h"
#include "ui_private.h"

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

enum rc incident_cmd_ack(struct ui *ui, struct view *v, struct err *err)
{
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        (void)ui;
        thing_do(v, &(struct ops_request){.verb = "ack", .occurred_ms = CLOCK_NONE}, "Acknowledge");
        return RC_OK;
}

/* ---- choices ---- */

enum rc incident_cmd_severity(struct ui *ui, struct view *v, struct err *err)
{
        static const struct thing_chooser chooser = {
                .title = "Severity", .verb = "severity", .field = "severity", .question = "Change"};
        static const char letters[] = {'n', 'l', 'm', 'h', 'c'};
        struct choice choices[ARRAY_LEN(letters)];
        size_t count = 0;
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        int now = thing_current_rank(v, "severity");
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
        thing_choose(v, &chooser, choices, count);
        return RC_OK;
}

void incident_ask_closing(struct view *v, const struct ops_request *r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        if (thing_still_open(v, &a))
                verb_form_open(v, verb_find(&kind_incident, "close"));
        else
                thing_ask_reason(v, r, "why it is closed; it is kept with the change");
}

static bool is_closed(const struct row *row, void *ctx)
{
        (void)ctx;
        return thing_rank(&row->thing, "status") == STATUS_CLOSED;
}

static bool ask_why_status(struct view *v, const struct ops_request *r)
{
        if (strcmp(r->fields[0].value, "closed") == 0) {
                incident_ask_closing(v, r);
                return true;
        }
        if (!thing_any(v, is_closed, NULL))
                return false;
        thing_ask_reason(v, r, "why; it is kept with the change");
        return true;
}

enum rc incident_cmd_status(struct ui *ui, struct view *v, struct err *err)
{
        static const struct thing_chooser chooser = {.title = "Status",
                                                     .verb = "status",
                                                     .field = "status",
                                                     .question = "Change",
                                                     .ask = ask_why_status};
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
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        int now = thing_current_rank(v, "status");
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
        thing_choose(v, &chooser, choices, ARRAY_LEN(rows));
        return RC_OK;
}

/* ---- the owner ---- */

static enum rc owner_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct ops_field f = {.name = "owner", .value = text};
        struct ops_request r = {
                .verb = "owner", .fields = &f, .field_count = 1, .occurred_ms = CLOCK_NONE};
        (void)ui;
        return thing_do_now(ctx, &r, err);
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
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        struct arena a;
        struct row row;
        arena_init(&a);
        const char *now = thing_target(v, &a, &row) ? thing_text(&row.thing, "owner") : NULL;
        AUTO_FREE char *who = thing_about(v);
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

/* ---- the rest ---- */

enum rc incident_cmd_triage(struct ui *ui, struct view *v, struct err *err)
{
        (void)v;
        return triage_start(ui, err);
}

enum rc incident_cmd_escalate(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return thing_open_form(v, "escalate", err);
}
