/*
 * The answers about one incident as a draft: one JSON object, the fields answered and their values.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "store/outbox.h"
#include "ui/triage.h"
#include "ui_private.h"

#define DRAFT_BYTES_MAX 4096

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

static char *key_of(const struct triage *t)
{
        return xasprintf("triage.%s", t->row.thing.id);
}

static bool is_any(const struct triage *t)
{
        for (size_t q = 0; q < ASK_COUNT; q++)
                if (t->answered[q] && triage_field_of(q))
                        return true;
        return false;
}

static void take_answers(struct triage *t, const struct json_t *doc)
{
        for (size_t q = 0; q < ASK_COUNT; q++) {
                const char *field = triage_field_of(q);
                const char *value = field ? json_text(json_get(doc, field), NULL) : NULL;
                if (!value || strlen(value) >= TRIAGE_VALUE_BYTES)
                        continue;
                snprintf(t->answers[q], TRIAGE_VALUE_BYTES, "%s", value);
                t->answered[q] = true;
        }
}

/* The first question without an answer is asked. */
static void go_on(struct triage *t)
{
        t->at = ASK_SEVERITY;
        while (t->at < ASK_ACK && t->answered[t->at])
                t->at++;
}

void triage_draft_load(struct view *v)
{
        struct triage *t = state_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        const char *body;
        int64_t at_ms;
        AUTO_FREE char *key = key_of(t);
        if (draft_get(ui_ops(v->ui)->store, key, &a, &body, &at_ms, NULL) != RC_OK ||
            json_parse(body, strlen(body), &doc, NULL) != RC_OK)
                return;
        take_answers(t, doc);
        t->draft_held = true;
        go_on(t);
}

void triage_draft_save(struct view *v)
{
        struct triage *t = state_of(v);
        if (!t->draft_due || !t->shown)
                return;
        t->draft_due = false;
        if (!is_any(t)) {
                triage_draft_drop(v);
                return;
        }
        CLEANUP(json_cleanup) struct json_t *doc = json_new_obj();
        CLEANUP(str_finish) struct str body = {0};
        AUTO_FREE char *key = key_of(t);
        struct err err = {0};
        for (size_t q = 0; q < ASK_COUNT; q++)
                if (t->answered[q] && triage_field_of(q))
                        json_set_text(doc, triage_field_of(q), t->answers[q]);
        str_init(&body, DRAFT_BYTES_MAX);
        json_print(doc, 0, &body);
        if (draft_put(ui_ops(v->ui)->store, key, str_text(&body), ui_now_ms(v->ui), &err) == RC_OK)
                t->draft_held = true;
        else
                ui_notice(v->ui, NOTICE_WARN, "the answers are not kept yet: %s", err.text);
}

void triage_draft_drop(struct view *v)
{
        struct triage *t = state_of(v);
        AUTO_FREE char *key = key_of(t);
        t->draft_due = false;
        if (t->draft_held)
                draft_drop(ui_ops(v->ui)->store, key, NULL);
        t->draft_held = false;
}

char *triage_draft_kept(const struct view *v)
{
        const struct triage *t = state_of(v);
        return t->draft_held ? key_of(t) : NULL;
}
