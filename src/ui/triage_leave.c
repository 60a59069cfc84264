/*
 * The other ways out of the queue: parked until a time, or closed as the same as another incident.
 * What was answered until then is saved with it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/when.h"
#include "ui/prompt.h"
#include "ui/triage.h"
#include "ui_private.h"

#define SHOWN_COLUMNS 40 /* of a title beside a prompt or in a menu */

/* What a prompt carries along: the incident may be another one when it is answered. */
struct leaving {
        struct view *v;
        char id[STIX_ID_MAX];
        char of[STIX_ID_MAX]; /* of which it is a duplicate */
        char *of_ref, *why;   /* why they look alike; or NULL */
};

static struct triage *state_of(const struct view *v)
{
        return v->state;
}

static struct leaving *leaving_new(struct view *v)
{
        struct leaving *l = xcalloc(1, sizeof(*l));
        l->v = v;
        snprintf(l->id, sizeof(l->id), "%s", state_of(v)->row.thing.id);
        return l;
}

static void leaving_free(void *ctx)
{
        struct leaving *l = ctx;
        free(l->of_ref);
        free(l->why);
        free(l);
}

/* Of a title, as much as is told apart by. */
static const char *short_title(const struct ui *ui, const struct row *row, struct arena *a)
{
        const char *title = thing_text(&row->thing, "title");
        char cut[4 * SHOWN_COLUMNS + 8];
        text_cut(title ? title : "", SHOWN_COLUMNS, glyph_text(GLYPH_ELLIPSIS, ui_is_ascii(ui)),
                 cut, sizeof(cut));
        return arena_strdup(a, cut);
}

static enum rc leave(const struct leaving *l, const struct ops_request *r, const char *said,
                     struct err *err)
{
        const struct triage *t = state_of(l->v);
        if (!t->shown || strcmp(t->row.thing.id, l->id) != 0)
                return err_set(err, RC_NOTFOUND, "another incident is shown now; Esc goes to it");
        return triage_finish(l->v, r, said, err);
}

/* ---- parked -------------------------------------------------------------------------------- */

static enum rc read_until(const struct ui *ui, const char *text, int64_t *ret_ms, struct err *err)
{
        return when_read_ahead(text, ui_now_ms(ui), ret_ms, err);
}

static void show_until(struct ui *ui, void *ctx, const char *text, char *right, size_t size,
                       struct err *err)
{
        char when[WHEN_BYTES];
        int64_t ms;
        (void)ctx, (void)err;
        if (!text[0] || read_until(ui, text, &ms, NULL) != RC_OK)
                return;
        when_show(ms, ui_now_ms(ui), when);
        snprintf(right, size, "= %s", when);
}

static size_t until_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                          const char **ret, size_t max)
{
        static const char *const times[] = {"+1h", "+4h", "+8h", "tomorrow 08:00"};
        size_t n = 0;
        (void)ui, (void)ctx, (void)a;
        for (size_t i = 0; i < ARRAY_LEN(times) && n < max; i++)
                if (strncasecmp(times[i], text, at) == 0 && times[i][at])
                        ret[n++] = times[i];
        return n;
}

static enum rc until_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct leaving *l = ctx;
        struct ops_field f = {.name = "parked_until", .value = text};
        char when[WHEN_BYTES];
        int64_t ms;
        if (!text[0])
                return err_set(err, RC_INVALID, "until when? it always ends; Esc leaves it here");
        enum rc rc = read_until(ui, text, &ms, err);
        if (rc != RC_OK)
                return rc;
        when_show(ms, ui_now_ms(ui), when);
        AUTO_FREE char *said =
                xasprintf("%s parked until %s, then it comes back", state_of(l->v)->row.ref, when);
        return leave(
                l,
                &(struct ops_request){
                        .verb = "park", .fields = &f, .field_count = 1, .occurred_ms = CLOCK_NONE},
                said, err);
}

enum rc triage_park(struct ui *ui, struct view *v, struct err *err)
{
        AUTO_FREE char *sign = xasprintf("park %s until", state_of(v)->row.ref);
        (void)err;
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "+4h, tomorrow 08:00",
                                         .history = "until",
                                         .changed = show_until,
                                         .complete = until_words,
                                         .accept = until_given,
                                         .ctx = leaving_new(v),
                                         .free_ctx = leaving_free});
        return RC_OK;
}

/* ---- the same as another ------------------------------------------------------------------- */

static enum rc reason_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct leaving *l = ctx;
        struct ops_field f = {.name = "duplicate_of", .value = l->of};
        (void)ui;
        if (!text[0])
                return err_set(err, RC_INVALID, "a reason is needed; Esc leaves it as it is");
        AUTO_FREE char *said =
                xasprintf("%s closed as a duplicate of %s", state_of(l->v)->row.ref, l->of_ref);
        return leave(l,
                     &(struct ops_request){.verb = "duplicate",
                                           .fields = &f,
                                           .field_count = 1,
                                           .reason = text,
                                           .occurred_ms = CLOCK_NONE},
                     said, err);
}

static size_t reason_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                           const char **ret, size_t max)
{
        const struct leaving *l = ctx;
        (void)ui, (void)a;
        if (!l->why || !max || strncasecmp(l->why, text, at) != 0 || !l->why[at])
                return 0;
        ret[0] = l->why;
        return 1;
}

static void ask_reason(struct view *v, const struct row *other, const char *why)
{
        struct leaving *l = leaving_new(v);
        snprintf(l->of, sizeof(l->of), "%s", other->thing.id);
        l->of_ref = xstrdup(other->ref);
        l->why = why ? xstrdup(why) : NULL;
        AUTO_FREE char *sign =
                xasprintf("%s is the same as %s, because", state_of(v)->row.ref, l->of_ref);
        prompt_open(v->ui, &(struct prompt){.sign = sign,
                                            .hint = "the reason; it is kept with it",
                                            .history = "reason",
                                            .complete = reason_words,
                                            .accept = reason_given,
                                            .ctx = l,
                                            .free_ctx = leaving_free});
}

static enum rc find_other(struct ui *ui, const char *text, struct arena *a, struct row *ret,
                          struct err *err)
{
        const char *id;
        enum rc rc = ops_resolve(ui_ops(ui), text, a, &id, err);
        if (rc == RC_OK)
                rc = thing_by_id(ui_ops(ui)->store, id, a, ret, err);
        if (rc == RC_OK && ret->thing.kind != &kind_incident)
                rc = err_set(err, RC_INVALID, "%s is no incident", ret->ref);
        return rc;
}

static void show_other(struct ui *ui, void *ctx, const char *text, char *right, size_t size,
                       struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row other;
        (void)ctx, (void)err;
        if (text[0] && find_other(ui, text, &a, &other, NULL) == RC_OK)
                snprintf(right, size, "= %s", short_title(ui, &other, &a));
}

static enum rc other_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct leaving *l = ctx;
        CLEANUP(arena_finish) struct arena a = {0};
        struct row other;
        enum rc rc = find_other(ui, text, &a, &other, err);
        if (rc == RC_OK && strcmp(other.thing.id, l->id) == 0)
                rc = err_set(err, RC_INVALID, "nothing is a duplicate of itself");
        if (rc == RC_OK)
                ask_reason(l->v, &other, NULL);
        return rc;
}

static void ask_other(struct view *v)
{
        AUTO_FREE char *sign = xasprintf("%s is the same as", state_of(v)->row.ref);
        prompt_open(v->ui, &(struct prompt){.sign = sign,
                                            .hint = "its reference, such as INC-0012",
                                            .history = "other",
                                            .changed = show_other,
                                            .accept = other_given,
                                            .ctx = leaving_new(v),
                                            .free_ctx = leaving_free});
}

static void other_picked(struct ui *ui, void *ctx, const char *value)
{
        struct view *v = ctx;
        const struct triage *t = state_of(v);
        (void)ui;
        for (size_t i = 0; i < t->alike_count; i++) {
                if (strcmp(t->alike[i].row.thing.id, value) != 0)
                        continue;
                ask_reason(v, &t->alike[i].row, t->alike[i].why);
                return;
        }
        if (t->shown)
                ask_other(v);
}

/* Those that look like it, by letter, the likeliest first; or any other by its reference. */
enum rc triage_duplicate(struct ui *ui, struct view *v, struct err *err)
{
        const struct triage *t = state_of(v);
        CLEANUP(arena_finish) struct arena a = {0};
        struct choice choices[TRIAGE_ALIKE_MAX + 1];
        size_t count = 0;
        (void)err;
        if (!t->alike_count) {
                ask_other(v);
                return RC_OK;
        }
        for (; count < t->alike_count; count++) {
                const struct triage_alike *al = &t->alike[count];
                choices[count] = (struct choice){
                        .chord = 'a' + (int32_t)count,
                        .label = arena_printf(&a, "%s  %s", al->row.ref,
                                              short_title(ui, &al->row, &a)),
                        .note = al->why,
                        .glyph = severity_glyph(thing_rank(&al->row.thing, "severity")),
                        .value = al->row.thing.id};
        }
        choices[count++] = (struct choice){.chord = 'x',
                                           .label = "another, by its reference",
                                           .glyph = GLYPH_COUNT,
                                           .value = ""};
        AUTO_FREE char *title = xasprintf("%s is the same as", t->row.ref);
        menu_open(ui, &(struct menu){.title = title,
                                     .choices = choices,
                                     .count = count,
                                     .picked = other_picked,
                                     .ctx = v});
        return RC_OK;
}
