/*
 * A form for a verb, made from its row: the fields that it sets, its details, its reason, its text.
 * A new verb needs no form of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/guards.h"
#include "model/machine.h"
#include "model/offer.h"
#include "model/when.h"
#include "ui/thing_cmds.h"
#include "ui/verb_menu.h"
#include "ui_private.h"

#define NAME_REASON   "reason"
#define NAME_OCCURRED "occurred"
#define NAME_LATE     "late"
#define NAME_TEXT     "text"
#define NAME_DESPITE  "despite"
#define NAME_OFFER    "offer"

struct verb_form {
        struct view *view;
        const struct verb *verb;
        const struct kind *of; /* of what it is done to */
        struct kind kind;      /* the form's: `fields` in the order shown */
        struct field fields[KIND_FIELDS_MAX];
        struct thing now;
        struct arena arena;     /* of the thing's values */
        const char *still_open; /* what closing it would leave open, or NULL */
        const char *on_offer;   /* what there is to accept or decline, a line each; or NULL */
        struct enum_list offers;
};

static void free_form(void *ctx)
{
        struct verb_form *vf = ctx;
        arena_finish(&vf->arena);
        free(vf);
}

static void add_field(struct verb_form *vf, const struct field *f)
{
        if (vf->kind.field_count < KIND_FIELDS_MAX)
                vf->fields[vf->kind.field_count++] = *f;
}

static bool is_set_by(const struct verb *verb, const struct kind *kind, const struct field *f)
{
        const struct field *first = verb->field ? field_find(kind, verb->field) : NULL;
        bool is_reason = verb->needs_reason && f->flags & FIELD_WHY; /* asked for once */
        if (verb_asks(verb, f->name))
                return true;
        if (verb->value || verb->own_text || verb->derives || !first || is_reason ||
            f->flags & (FIELD_DERIVED | FIELD_STAMP))
                return false;
        return f == first || (f->group && first->group && strcmp(f->group, first->group) == 0);
}

static void add_fields(struct verb_form *vf)
{
        for (size_t i = 0; i < vf->of->field_count; i++) {
                struct field f = vf->of->fields[i];
                if (!is_set_by(vf->verb, vf->of, &vf->of->fields[i]))
                        continue;
                f.flags |= FIELD_FORM;
                if (f.flags & FIELD_WHO)
                        f.help = arena_printf(&vf->arena, "%s; empty: you", f.help);
                add_field(vf, &f);
        }
}

/* What is on offer, by number: to be chosen from. */
static void read_offers(struct verb_form *vf, const char *id)
{
        const struct value *offers;
        struct enum_item *items;
        struct ops_view now;
        if (ops_view(ui_ops(vf->view->ui), id, CLOCK_NONE, &vf->arena, &now, NULL) != RC_OK)
                return;
        offers = thing_value(&now.row.thing, "offers");
        items = arena_array(&vf->arena, offers->count + 1, sizeof(*items));
        for (size_t i = 0; i < offers->count; i++) {
                struct offer o;
                if (!offer_read(offers->items[i], &o))
                        continue;
                const char *number = arena_printf(&vf->arena, "%d", o.number);
                const char *text = offer_text(&now.folded, offers->items[i],
                                              ui_now_ms(vf->view->ui), &vf->arena);
                items[vf->offers.count++] = (struct enum_item){number, text, number};
                vf->on_offer = arena_printf(&vf->arena, "%s%s%s", vf->on_offer ? vf->on_offer : "",
                                            vf->on_offer ? "\n" : "", text);
        }
        vf->offers.name = NAME_OFFER;
        vf->offers.items = items;
}

static void add_occurred(struct verb_form *vf)
{
        add_field(vf, &(struct field){.name = NAME_OCCURRED,
                                      .label = "when",
                                      .help = "when it happened, if not now: -20min, 14:00",
                                      .type = FIELD_TIME,
                                      .flags = FIELD_FORM});
}

/* What is said against the conditions that are still open comes last, after why at all. */
static void add_details(struct verb_form *vf, bool against)
{
        for (const struct detail_row *row = vf->verb->details; row && row->name; row++) {
                struct field f = detail_field(row);
                bool despite = strcmp(row->name, NAME_DESPITE) == 0;
                if (row->own || despite != against ||
                    (despite && vf->verb->value && !vf->still_open))
                        continue;
                if (strcmp(row->name, NAME_LATE) == 0)
                        add_occurred(vf);
                if (vf->offers.count && strcmp(row->name, NAME_OFFER) == 0)
                        f.list = &vf->offers;
                if (despite && vf->still_open)
                        f.flags |= FIELD_NEEDED;
                if (row->needed && !row->person) /* a person not given is who is signed on */
                        f.flags |= FIELD_NEEDED;
                add_field(vf, &f);
        }
}

/* What the machine says by itself stands behind what people must say: when the next check-in is due
 * behind how they are. */
static bool is_said(const struct verb_form *vf)
{
        const struct machine *m = machine_of(vf->of);
        bool found = false;
        for (size_t i = 0; m && vf->verb->field && i < m->says_count; i++)
                found |= strcmp(m->says[i].verb, vf->verb->name) == 0 &&
                         strcmp(m->says[i].field, vf->verb->field) == 0;
        return found;
}

static void add_words(struct verb_form *vf)
{
        const struct verb *verb = vf->verb;
        if (verb->needs_text)
                add_field(vf, &(struct field){.name = NAME_TEXT,
                                              .label = "text",
                                              .help = "what happened, what was done",
                                              .type = FIELD_TEXT,
                                              .flags = FIELD_FORM | FIELD_NEEDED});
        if (verb->needs_reason || (verb->guard && !verb->value))
                add_field(vf, &(struct field){.name = NAME_REASON,
                                              .label = "reason",
                                              .help = "why; it is kept with the act",
                                              .type = FIELD_LINE,
                                              .flags = FIELD_FORM |
                                                       (verb->needs_reason ? FIELD_NEEDED : 0)});
}

/* The value that stands now, so that only what is changed is handed over. Who claimed it then, and
 * why, is not who claims it now. */
static void fill_now(struct verb_form *vf, const struct row *row)
{
        thing_init(&vf->now, &vf->kind, arena_strdup(&vf->arena, row->thing.id));
        for (size_t i = 0; i < vf->kind.field_count; i++) {
                const struct value *v = thing_value(&row->thing, vf->fields[i].name);
                const char *name = vf->fields[i].name;
                bool is_set = vf->verb->field && strcmp(name, vf->verb->field) == 0 &&
                              vf->verb->guard != guard_hold; /* it comes to those that stand */
                if (!v || value_is_empty(v) || !(is_set || verb_asks(vf->verb, name)))
                        continue;
                const char **items = arena_array(&vf->arena, v->count + 1, sizeof(*items));
                for (size_t k = 0; k < v->count; k++)
                        items[k] = arena_strdup(&vf->arena, v->items[k]);
                if (field_is_set(&vf->fields[i]))
                        thing_set_items(&vf->now, vf->fields[i].name, items, v->count, &vf->arena);
                else
                        thing_set(&vf->now, vf->fields[i].name, arena_strdup(&vf->arena, v->text));
        }
}

/* What was typed, as the request has it. */
static enum rc form_given(struct ui *ui, void *ctx, const struct ops_field *given, size_t count,
                          struct err *err)
{
        struct verb_form *vf = ctx;
        struct ops_field fields[KIND_FIELDS_MAX], details[KIND_FIELDS_MAX];
        struct ops_request r = {.verb = vf->verb->name,
                                .fields = fields,
                                .details = details,
                                .occurred_ms = CLOCK_NONE};
        enum rc rc = RC_OK;
        for (size_t i = 0; i < count; i++) {
                if (verb_detail(vf->verb, given[i].name))
                        details[r.detail_count++] = given[i];
                else if (strcmp(given[i].name, NAME_REASON) == 0)
                        r.reason = given[i].value;
                else if (strcmp(given[i].name, NAME_TEXT) == 0)
                        r.text = given[i].value;
                else if (strcmp(given[i].name, NAME_OCCURRED) == 0)
                        rc = when_read(given[i].value, ui_now_ms(ui), &r.occurred_ms, err);
                else
                        fields[r.field_count++] = given[i];
        }
        return rc == RC_OK ? thing_do_now(vf->view, &r, err) : rc;
}

static bool asks_details(const struct verb *verb)
{
        for (const struct detail_row *row = verb->details; row && row->name; row++)
                if (!row->own)
                        return true;
        return false;
}

bool verb_has_form(const struct verb *verb)
{
        return (verb->field && !verb->value) || verb->asks || verb->needs_text ||
               verb->needs_reason || asks_details(verb);
}

void verb_form_open(struct view *v, const struct verb *verb)
{
        struct list *list = ((struct list_view *)v->state)->list;
        struct verb_form *vf = xcalloc(1, sizeof(*vf));
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        *vf = (struct verb_form){.view = v, .verb = verb, .of = list_kind(list)};
        vf->kind = (struct kind){.name = "verb", .plural = "verbs", .fields = vf->fields};
        arena_init(&vf->arena);
        if (verb->value && verb_detail(verb, NAME_DESPITE))
                vf->still_open = thing_still_open(v, &vf->arena);
        bool one = list_target_count(list) == 1 && thing_target(v, &a, &row);
        if (one && verb_detail(verb, NAME_OFFER))
                read_offers(vf, row.thing.id);
        if (!is_said(vf))
                add_fields(vf);
        add_details(vf, false);
        if (is_said(vf))
                add_fields(vf);
        add_words(vf);
        add_details(vf, true);
        if (one)
                fill_now(vf, &row);
        else
                thing_init(&vf->now, &vf->kind, "");
        AUTO_FREE char *who = thing_about(v);
        AUTO_FREE char *title = xasprintf("%s: %s", who, verb->label ? verb->label : verb->name);
        AUTO_FREE char *submit = xasprintf("Save: %s", verb->label ? verb->label : verb->name);
        AUTO_FREE char *draft =
                xasprintf("verb.%s.%s", verb->name, one ? row.thing.id : vf->of->plural);
        list_keep_targets(list);
        form_open(v->ui, &(struct form){.title = title,
                                        .submit = submit,
                                        .draft = draft,
                                        .note = vf->still_open ? vf->still_open : vf->on_offer,
                                        .note_warns = vf->still_open != NULL,
                                        .kind = &vf->kind,
                                        .now = &vf->now,
                                        .accept = form_given,
                                        .ctx = vf,
                                        .free_ctx = free_form});
}
