#include "ui/thing_cmds.h"

#include <string.h>

#include "base/clock.h"
#include "model/contact.h"
#include "model/marking.h"
#include "model/rules.h"
#include "ui/columns.h"
#include "ui/verb_menu.h"

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

/* ---- marking ---- */

static bool is_lowered(const struct row *row, void *ctx)
{
        const char *to = ctx;
        return enum_rank(&enum_tlp, to) < thing_rank(&row->thing, "tlp");
}

static bool ask_why_lower(struct view *v, const struct ops_request *r)
{
        AUTO_FREE char *to = xstrdup(r->fields[0].value);
        if (!thing_any(v, is_lowered, to))
                return false;
        thing_ask_reason(v, r, "why; it is kept with the change");
        return true;
}

enum rc thing_cmd_marking(struct ui *ui, struct view *v, struct err *err)
{
        static const struct thing_chooser chooser = {.title = "Marking",
                                                     .verb = "set",
                                                     .field = "tlp",
                                                     .question = "Mark",
                                                     .ask = ask_why_lower};
        static const char letters[] = {'c', 'g', 'a', 's', 'r'};
        struct choice choices[ARRAY_LEN(letters)];
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        int now = thing_current_rank(v, "tlp");
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
        thing_choose(v, &chooser, choices, ARRAY_LEN(letters));
        return RC_OK;
}

/* ---- notes ---- */

static enum rc note_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct ops_request r = {.verb = "note", .text = text, .occurred_ms = CLOCK_NONE};
        (void)ui;
        return thing_do_now(ctx, &r, err);
}

enum rc thing_cmd_note(struct ui *ui, struct view *v, struct err *err)
{
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        arena_init(&a);
        bool several = list_target_count(list_of(v)) > 1;
        AUTO_FREE char *who = thing_about(v);
        AUTO_FREE char *sign = xasprintf("note on %s", who);
        AUTO_FREE char *draft = xasprintf("note.%s", several ? list_kind(list_of(v))->plural
                                                     : thing_target(v, &a, &row) ? row.thing.id
                                                                                 : "");
        list_keep_targets(list_of(v));
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "what happened, what was done",
                                         .draft = draft,
                                         .accept = note_given,
                                         .ctx = v});
        return RC_OK;
}

/* ---- contacts ---- */

enum rc thing_cmd_contact(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return thing_open_form(v, CONTACT_VERB, err);
}

/* ---- menu and forms ---- */

enum rc thing_cmd_menu(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        verb_menu_open(v);
        return RC_OK;
}

enum rc thing_open_form(struct view *v, const char *verb, struct err *err)
{
        if (thing_check(v, err) != RC_OK)
                return RC_INVALID;
        verb_form_open(v, verb_find(list_kind(list_of(v)), verb));
        return RC_OK;
}

enum rc thing_cmd_decide(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui;
        return thing_open_form(v, "decide", err);
}
