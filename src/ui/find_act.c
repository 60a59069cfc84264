/*
 * What is asked and done about who could go: the filter, the criteria, a contact, the alert.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "model/contact.h"
#include "model/item.h"
#include "model/words.h"
#include "ui/find_state.h"
#include "ui/prompt.h"

#define USUAL_SPAN   "now/+7d"
#define OUTCOMES_MAX 8

/* ---- the filter ---- */

static enum rc filter_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct overlay *o = ctx;
        struct find_state *st = o->state;
        char before[sizeof(st->filter)];
        (void)ui;
        if (strlen(text) >= sizeof(st->filter))
                return err_set(err, RC_INVALID, "the filter is too long");
        memcpy(before, st->filter, sizeof(before));
        snprintf(st->filter, sizeof(st->filter), "%s", text);
        enum rc rc = find_load(o, err);
        if (rc != RC_OK)
                memcpy(st->filter, before, sizeof(before));
        return rc;
}

static size_t filter_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max)
{
        const struct overlay *o = ctx;
        const struct find_state *st = o->state;
        const struct filter_context fc = {.kind = st->found->kind,
                                          .values = {.words = ui_ops(ui)->words,
                                                     .now_ms = ui_now_ms(ui),
                                                     .me = ui_ops(ui)->operator} };
        return filter_complete(text, at, &fc, a, ret, max);
}

void find_ask_filter(struct overlay *o)
{
        const struct find_state *st = o->state;
        prompt_open(o->ui, &(struct prompt){.sign = "/",
                                            .hint = "ready<12h lang:ro>=b2 clearance>=s-ue "
                                                    "skill:ot free:5d",
                                            .initial = st->filter,
                                            .history = "filter",
                                            .word = filter_word_start,
                                            .complete = filter_words,
                                            .accept = filter_given,
                                            .ctx = o});
}

/* ---- criteria ---- */

static void criterion_picked(struct ui *ui, void *ctx, const char *value)
{
        struct overlay *o = ctx;
        struct find_state *st = o->state;
        struct err err = {0};
        unsigned turned = 0;
        enum rc rc = find_criteria_read(value, &turned, &err);
        st->left_out ^= turned;
        if (rc == RC_OK)
                rc = find_load(o, &err);
        if (rc != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
}

void find_ask_left_out(struct overlay *o)
{
        static const char letters[] = {
                [RANK_ROLE] = 'r',      [RANK_SKILL] = 's',     [RANK_LANGUAGE] = 'l',
                [RANK_CLEARANCE] = 'c', [RANK_COMMUNITY] = 'o', [RANK_STATE] = 't',
                [RANK_CATEGORY] = 'g',  [RANK_PAPERS] = 'p',    [RANK_MODE] = 'm',
                [RANK_DAYS] = 'd',      [RANK_EXPIRY] = 'e',    [RANK_REST] = 'z',
                [RANK_NOTICE] = 'n',    [RANK_FREE] = 'f'};
        const struct find_state *st = o->state;
        struct choice choices[RANK_CRITERIA];
        for (int i = 0; i < RANK_CRITERIA; i++) {
                bool out = st->left_out & RANK_BIT(i);
                choices[i] = (struct choice){.chord = letters[i],
                                             .label = rank_criterion_name((enum rank_criterion)i),
                                             .note = out ? "left out; takes it in again" : NULL,
                                             .glyph = GLYPH_COUNT,
                                             .value = rank_criterion_name((enum rank_criterion)i)};
        }
        menu_open(o->ui, &(struct menu){.title = "Leave out",
                                        .choices = choices,
                                        .count = RANK_CRITERIA,
                                        .picked = criterion_picked,
                                        .ctx = o});
}

/* ---- a contact ---- */

/* "phone, can come on Friday": what stands in front of the comma, if it is a way; `*ret_rest` is
 * what was answered. */
static const char *way_said(const struct words *words, const char *text, struct arena *a,
                            const char **ret_rest)
{
        size_t len = strcspn(text, ","), end = len;
        while (end && text[end - 1] == ' ')
                end--;
        const struct word *way =
                word_find(words_list(words, CONTACT_WAYS), arena_strndup(a, text, end));
        *ret_rest = way ? text + len + strspn(text + len, ", ") : text;
        return way ? way->id : NULL;
}

static enum rc contact_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct overlay *o = ctx;
        const struct find_state *st = o->state;
        const struct roster_facts *f = st->found->list[st->at].facts;
        CLEANUP(arena_finish) struct arena a = {0};
        const char *answer, *way = way_said(ui_ops(ui)->words, text, &a, &answer);
        const struct ops_field details[] = {{"outcome", st->outcome},
                                            {"for", st->id},
                                            {"way", way ? way : ""},
                                            {"text", answer}};
        enum rc rc = ops_do(ui_ops(ui), f->id,
                            &(struct ops_request){.verb = CONTACT_VERB,
                                                  .details = details,
                                                  .detail_count = ARRAY_LEN(details),
                                                  .occurred_ms = CLOCK_NONE},
                            err);
        if (rc != RC_OK)
                return rc;
        ui_notice(ui, NOTICE_DONE, "noted with %s and with %s", f->ref, st->found->about.ref);
        ui_touched(ui, topics_of_kind(f->kind) | topics_of_kind(st->found->about.thing.kind));
        return RC_OK;
}

static size_t ways(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                   const char **ret, size_t max)
{
        const struct word_list *list = words_list(ui_ops(ui)->words, CONTACT_WAYS);
        size_t count = 0;
        (void)ctx, (void)a;
        for (size_t i = 0; list && i < list->count && count < max; i++)
                if (strncasecmp(list->words[i].label, text, at) == 0)
                        ret[count++] = list->words[i].label;
        return count;
}

static void outcome_picked(struct ui *ui, void *ctx, const char *value)
{
        struct overlay *o = ctx;
        struct find_state *st = o->state;
        snprintf(st->outcome, sizeof(st->outcome), "%s", value);
        AUTO_FREE char *sign = xasprintf("contact with %s", st->found->list[st->at].facts->ref);
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "how, and the answer: phone, can come on Friday; "
                                                 "may be empty",
                                         .history = "contact",
                                         .complete = ways,
                                         .accept = contact_given,
                                         .ctx = o});
}

void find_ask_contact(struct overlay *o)
{
        const struct find_state *st = o->state;
        const struct word_list *list = words_list(ui_ops(o->ui)->words, CONTACT_OUTCOMES);
        struct choice choices[OUTCOMES_MAX];
        size_t count = 0;
        if (st->at >= st->found->count)
                return;
        for (; list && count < list->count && count < OUTCOMES_MAX; count++) {
                const struct word *w = &list->words[count];
                choices[count] = (struct choice){.chord = w->key ? w->key[0] : w->id[0],
                                                 .label = w->label,
                                                 .note = w->note,
                                                 .glyph = GLYPH_COUNT,
                                                 .value = w->id};
        }
        AUTO_FREE char *title = xasprintf("Contact with %s", st->found->list[st->at].facts->ref);
        menu_open(o->ui, &(struct menu){.title = title,
                                        .choices = choices,
                                        .count = count,
                                        .picked = outcome_picked,
                                        .ctx = o});
}

/* ---- the alert ---- */

static enum rc alert(struct overlay *o, const char *from, const char *until, struct err *err)
{
        const struct find_state *st = o->state;
        CLEANUP(arena_finish) struct arena a = {0};
        struct deploy d = {.about = st->id, .from = from, .until = until};
        char id[STIX_ID_MAX];
        struct row row;
        d.count = find_chosen(st, &a, &d.resources);
        enum rc rc = ops_deploy(ui_ops(o->ui), &d, id, err);
        if (rc != RC_OK)
                return rc;
        const struct kind *about = st->found->about.thing.kind;
        struct ui *ui = o->ui;
        ui_remove(ui, o);
        ui_touched(ui, topics_of_kind(&kind_deployment) | topics_of_kind(&kind_expert) |
                               topics_of_kind(&kind_team) | topics_of_kind(&kind_equipment) |
                               topics_of_kind(about));
        if (thing_by_id(ui_ops(ui)->store, id, &a, &row, NULL) == RC_OK)
                ui_notice(ui, NOTICE_DONE, "%s: alerted, %s; 6 shows deployments", row.ref,
                          thing_text(&row.thing, "title"));
        return RC_OK;
}

static enum rc span_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        static const struct field span = {
                .name = "from/until", .type = FIELD_LINE, .form = &item_period};
        const struct value_context values = {.now_ms = ui_now_ms(ui)};
        CLEANUP(arena_finish) struct arena a = {0};
        struct value v = {.text = NULL};
        enum rc rc = value_read(&span, text, &values, &a, &v, err);
        const char *slash = rc == RC_OK && v.text ? strchr(v.text, '/') : NULL;
        if (rc != RC_OK)
                return rc;
        if (!slash)
                return err_set(err, RC_INVALID, "say from when until when: " USUAL_SPAN);
        return alert(ctx, arena_strndup(&a, v.text, (size_t)(slash - v.text)), slash + 1, err);
}

void find_alert(struct overlay *o)
{
        const struct find_state *st = o->state;
        CLEANUP(arena_finish) struct arena a = {0};
        const char *const *ids;
        struct err err = {0};
        size_t count = find_chosen(st, &a, &ids);
        if (!count) {
                ui_notice(o->ui, NOTICE_HINT, "there is nobody to alert");
                return;
        }
        if (st->found->needs.from_ms != CLOCK_NONE && st->found->needs.until_ms != CLOCK_NONE) {
                if (alert(o, NULL, NULL, &err) != RC_OK)
                        ui_notice(o->ui, NOTICE_FAIL, "%s", err.text);
                return;
        }
        AUTO_FREE char *sign = xasprintf("alert %zu, from/until", count);
        prompt_open(o->ui, &(struct prompt){.sign = sign,
                                            .hint = "tomorrow 08:00/+3d",
                                            .initial = USUAL_SPAN,
                                            .history = "span",
                                            .accept = span_given,
                                            .ctx = o});
}
