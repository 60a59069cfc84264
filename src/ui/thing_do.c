/*
 * A verb on what is marked or current: its targets, the question before it, the sentence after it.
 */
#include "ui/thing_cmds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/marking.h"
#include "model/rules.h"
#include "ops/closing.h"

#define TARGETS_MAX 1000 /* the screen waits for an act on several */

/* A request that outlives the key that asked for it: what a prompt or a confirmation carries along.
 */
struct pending {
        struct view *view;
        struct arena arena;
        struct ops_request request;
        struct ops_field field; /* the one field of most requests */
};

static struct list *list_of(const struct view *v)
{
        return ((struct list_view *)v->state)->list;
}

static struct pending *pending_new(struct view *v, const struct ops_request *r)
{
        struct pending *p = xcalloc(1, sizeof(*p));
        p->view = v;
        arena_init(&p->arena);
        p->request = *r;
        p->request.verb = arena_strdup(&p->arena, r->verb);
        p->request.reason = arena_strdup(&p->arena, r->reason);
        p->request.text = arena_strdup(&p->arena, r->text);
        struct ops_field *fields = arena_array(&p->arena, r->field_count + 1, sizeof(*fields));
        for (size_t i = 0; i < r->field_count; i++) {
                fields[i].name = arena_strdup(&p->arena, r->fields[i].name);
                fields[i].value = arena_strdup(&p->arena, r->fields[i].value);
        }
        p->request.fields = fields;
        struct ops_field *details = arena_array(&p->arena, r->detail_count + 1, sizeof(*details));
        for (size_t i = 0; i < r->detail_count; i++) {
                details[i].name = arena_strdup(&p->arena, r->details[i].name);
                details[i].value = arena_strdup(&p->arena, r->details[i].value);
        }
        p->request.details = details;
        return p;
}

static void pending_free(void *ctx)
{
        struct pending *p = ctx;
        arena_finish(&p->arena);
        free(p);
}

static const char *did(const struct view *v, const struct ops_request *r)
{
        const struct verb *verb = verb_find(list_kind(list_of(v)), r->verb);
        return verb && verb->did ? verb->did : r->verb;
}

/* What only stands in the log is not undone: u would take back what was done before it. */
static bool can_undo(const struct view *v, const struct ops_request *r)
{
        const struct verb *verb = verb_find(list_kind(list_of(v)), r->verb);
        return verb && !(verb->said && verb->sets == SETS_NONE);
}

/* With what it is done to, what it was about: that has an entry of its own then. */
static unsigned topics_of(const struct view *v, const struct ops_request *r)
{
        const struct kind *kind = list_kind(list_of(v));
        const struct verb *verb = verb_find(kind, r->verb);
        unsigned topics = topics_of_kind(kind);
        CLEANUP(arena_finish) struct arena a = {0};
        for (size_t i = 0; verb && i < r->detail_count; i++) {
                const struct detail_row *row = verb_detail(verb, r->details[i].name);
                struct ops *ops = ui_ops(v->ui);
                const char *ref, *id = row && row->kinds && r->details[i].value
                                               ? ops_resolve_value(ops, r->details[i].value, &a)
                                               : NULL;
                const struct kind *about = id ? ops_kind_of(ops, id, &a, &ref) : NULL;
                if (about)
                        topics |= topics_of_kind(about);
        }
        return topics;
}

/* ---- what a verb acts on ---- */

struct targets {
        struct arena arena;
        struct row *rows;
        size_t count;
};

static void targets_read(struct targets *t, struct view *v)
{
        const char *const *ids;
        arena_init(&t->arena);
        size_t count = list_targets(list_of(v), &t->arena, &ids);
        t->rows = arena_array(&t->arena, count + 1, sizeof(*t->rows));
        t->count = 0;
        for (size_t i = 0; i < count; i++)
                if (thing_by_id(ui_ops(v->ui)->store, ids[i], &t->arena, &t->rows[t->count],
                                NULL) == RC_OK)
                        t->count++;
}

enum rc thing_check(const struct view *v, struct err *err)
{
        size_t count = list_target_count(list_of(v));
        if (count > TARGETS_MAX)
                return err_set(err, RC_INVALID, "%zu %s are marked; an act takes %d at most", count,
                               list_noun(list_of(v), count), TARGETS_MAX);
        return RC_OK;
}

bool thing_any(struct view *v, bool (*is)(const struct row *row, void *ctx), void *ctx)
{
        struct targets t;
        bool any = false;
        targets_read(&t, v);
        for (size_t i = 0; i < t.count && !any; i++)
                any = is(&t.rows[i], ctx);
        arena_finish(&t.arena);
        return any;
}

/* Each sentence once, however many it is true of. */
const char *thing_still_open(struct view *v, struct arena *a)
{
        const char *all = NULL;
        struct targets t;
        targets_read(&t, v);
        for (size_t i = 0; i < t.count; i++) {
                CLEANUP(arena_finish) struct arena one = {0};
                struct closing_list open = {.count = 0};
                ops_still_open(ui_ops(v->ui), t.rows[i].thing.id, &one, &open, NULL);
                for (size_t k = 0; k < open.count; k++)
                        if (!all || !strstr(all, open.sentences[k]))
                                all = arena_printf(a, "%s%s%s",
                                                   all ? all : "still open: ", all ? ", " : "",
                                                   open.sentences[k]);
        }
        arena_finish(&t.arena);
        return all;
}

bool thing_target(struct view *v, struct arena *a, struct row *ret)
{
        const char *const *ids;
        return list_targets(list_of(v), a, &ids) > 0 &&
               thing_by_id(ui_ops(v->ui)->store, ids[0], a, ret, NULL) == RC_OK;
}

/* What is marked and acknowledged already needs nothing: it does not stand in the way of the rest.
 */
static size_t targets_of(struct view *v, const char *verb, struct arena *a,
                         const char *const **ret_ids)
{
        if (strcmp(verb, "ack") != 0 || list_target_count(list_of(v)) < 2)
                return list_targets(list_of(v), a, ret_ids);
        struct targets t;
        targets_read(&t, v);
        const char **ids = arena_array(a, t.count + 1, sizeof(*ids));
        size_t n = 0;
        for (size_t i = 0; i < t.count; i++)
                if (t.rows[i].flags & MARK_UNACKED)
                        ids[n++] = arena_strdup(a, t.rows[i].thing.id);
        arena_finish(&t.arena);
        *ret_ids = ids;
        return n;
}

static void say_done(struct view *v, const struct ops_request *r, const char *const *ids,
                     size_t count)
{
        struct arena a;
        struct row row;
        arena_init(&a);
        if (count > 1)
                ui_notice(v->ui, NOTICE_DONE, "%zu %s: %s", count, list_noun(list_of(v), count),
                          did(v, r));
        else if (thing_by_id(ui_ops(v->ui)->store, ids[0], &a, &row, NULL) == RC_OK)
                ui_notice(v->ui, NOTICE_DONE, can_undo(v, r) ? "%s: %s; u undoes it" : "%s: %s",
                          row.ref, did(v, r));
        arena_finish(&a);
}

/* What waited for a second person, and does so no more. */
static void say_voided(struct view *v, const struct targets *before)
{
        for (size_t i = 0; i < before->count; i++) {
                CLEANUP(arena_finish) struct arena a = {0};
                const char *voided = ops_voided(ui_ops(v->ui), &before->rows[i], &a);
                if (voided)
                        ui_notice(v->ui, NOTICE_WARN, "%s", voided);
        }
}

enum rc thing_do_now(struct view *v, const struct ops_request *r, struct err *err)
{
        struct list *list = list_of(v);
        struct arena a;
        arena_init(&a);
        const char *const *ids;
        size_t count = targets_of(v, r->verb, &a, &ids);
        struct targets before = {.count = 0};
        if (list_kind(list) == &kind_request)
                targets_read(&before, v);
        enum rc rc =
                count ? ops_do_all(ui_ops(v->ui), ids, count, r, err)
                      : err_set(err, RC_NOTFOUND, "no %s is left to do it to", list_noun(list, 1));
        if (rc == RC_OK) {
                char name[80];
                snprintf(name, sizeof(name), "%s.%s", list_kind(list)->name, r->verb);
                ui_remember(v->ui, name, r);
                list_keep_targets(list);
                list_touch(list);
                list_unmark(list);
                ui_touched(v->ui, topics_of(v, r));
                say_done(v, r, ids, count);
                say_voided(v, &before);
                thing_second_after(v, r->verb, ids, count);
        }
        arena_finish(&before.arena);
        arena_finish(&a);
        return rc;
}

static void do_or_say(struct view *v, const struct ops_request *r)
{
        struct err err = {0};
        if (thing_do_now(v, r, &err) != RC_OK)
                ui_notice(v->ui, NOTICE_FAIL, "%s", err.text);
}

static void confirmed(struct ui *ui, void *ctx)
{
        struct pending *p = ctx;
        (void)ui;
        do_or_say(p->view, &p->request);
}

/* What the question leaves open: all or none, what is not in sight, what needs nothing. */
static char *consequence(const struct view *v, size_t count)
{
        size_t hidden, marked = list_marked(list_of(v), &hidden);
        size_t idle = marked - count;
        AUTO_FREE char *others =
                idle ? xasprintf("; %zu of those marked need%s nothing", idle, idle == 1 ? "s" : "")
                     : xstrdup("");
        return hidden ? xasprintf("%zu of those marked %s not in the list as it is filtered now%s",
                                  hidden, hidden == 1 ? "is" : "are", others)
                      : xasprintf("All or none of them; u undoes them one by one%s", others);
}

void thing_do(struct view *v, const struct ops_request *request, const char *question)
{
        size_t marked = list_target_count(list_of(v));
        if (thing_second_instead(v, request->verb))
                return;
        if (marked < 2) {
                do_or_say(v, request);
                return;
        }
        struct arena a;
        const char *const *ids;
        arena_init(&a);
        size_t count = targets_of(v, request->verb, &a, &ids);
        arena_finish(&a);
        list_keep_targets(list_of(v));
        if (!count) {
                ui_notice(v->ui, NOTICE_FAIL, "all %zu are acknowledged already", marked);
                return;
        }
        AUTO_FREE char *ask =
                xasprintf("%s %zu %s?", question, count, list_noun(list_of(v), count));
        AUTO_FREE char *what = consequence(v, count);
        AUTO_FREE char *yes = xasprintf("%s %zu", question, count);
        confirm_open(v->ui, &(struct confirm){.question = ask,
                                              .consequence = what,
                                              .yes = yes,
                                              .confirmed = confirmed,
                                              .ctx = pending_new(v, request),
                                              .free_ctx = pending_free});
}

char *thing_about(struct view *v)
{
        size_t count = list_target_count(list_of(v));
        struct arena a;
        struct row row;
        arena_init(&a);
        char *who = count > 1 ? xasprintf("%zu %s", count, list_noun(list_of(v), count))
                              : xstrdup(thing_target(v, &a, &row) ? row.ref : "nothing");
        arena_finish(&a);
        return who;
}

static enum rc reason_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct pending *p = ctx;
        (void)ui;
        if (!text[0])
                return err_set(err, RC_INVALID, "a reason is needed; Esc leaves it as it is");
        p->request.reason = arena_strdup(&p->arena, text);
        return thing_do_now(p->view, &p->request, err);
}

void thing_ask_reason(struct view *v, const struct ops_request *r, const char *hint)
{
        AUTO_FREE char *who = thing_about(v);
        AUTO_FREE char *sign = xasprintf("reason for %s", who);
        prompt_open(v->ui, &(struct prompt){.sign = sign,
                                            .hint = hint,
                                            .history = "reason",
                                            .accept = reason_given,
                                            .ctx = pending_new(v, r),
                                            .free_ctx = pending_free});
}
