/*
 * What is read of a thing for its detail, at once: what it adds up to, its log, what it names.
 */
#include "ui/detail_parts.h"

#include <string.h>

#include "base/clock.h"
#include "model/answer.h"
#include "model/item.h"
#include "ops/runs.h"
#include "store/versions.h"

#define LOG_LEAST 100 /* rows to be shown, where there are so many */

/* "INC-0107 Phishing at a ministry", or the id of what we do not hold. */
static const char *other_end(struct ui *ui, const char *id, struct arena *a)
{
        struct row row;
        if (thing_by_id(ui_ops(ui)->store, id, a, &row, NULL) != RC_OK)
                return id;
        const char *title = thing_text(&row.thing, row.thing.kind->title);
        return arena_printf(a, "%s %s", row.ref, title ? title : "");
}

static void read_others(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret)
{
        for (size_t i = 0; i < ret->view.relation_count && i < DETAIL_RELATIONS_MAX; i++) {
                const struct relation *rel = &ret->view.relations[i];
                bool out = strcmp(rel->source, id) == 0;
                ret->others[i] = other_end(ui, out ? rel->target : rel->source, a);
        }
}

static void read_name(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret)
{
        struct row row;
        for (size_t i = 0; i < ret->name_count; i++)
                if (strcmp(ret->names[i].id, id) == 0)
                        return;
        if (ret->name_count == DETAIL_NAMES_MAX ||
            thing_by_id(ui_ops(ui)->store, id, a, &row, NULL) != RC_OK)
                return;
        ret->names[ret->name_count++] =
                (struct ref_name){.id = id,
                                  .ref = row.ref,
                                  .title = thing_text(&row.thing, row.thing.kind->title),
                                  .revoked = row.thing.revoked};
}

static const char *whom_of(const struct field *f, const char *item, struct arena *a)
{
        struct answer answer;
        if (f->accepts == answer_is && answer_read(item, &answer))
                return arena_strdup(a, answer.id);
        return item_who(f, item);
}

/* What its fields name, so that painting asks nobody. */
static void read_names(struct ui *ui, struct arena *a, struct detail_data *ret)
{
        const struct thing *t = &ret->view.row.thing;
        ret->names = arena_array(a, DETAIL_NAMES_MAX, sizeof(*ret->names));
        for (size_t i = 0; i < t->kind->field_count; i++) {
                const struct value *v = &t->values[i];
                enum field_type type = t->kind->fields[i].type;
                if (type == FIELD_REF && v->text && v->text[0])
                        read_name(ui, v->text, a, ret);
                for (size_t k = 0; type == FIELD_REFS && k < v->count; k++)
                        read_name(ui, v->items[k], a, ret);
                for (size_t k = 0; type == FIELD_WORDS && k < v->count; k++) {
                        const char *who = whom_of(&t->kind->fields[i], v->items[k], a);
                        if (who)
                                read_name(ui, who, a, ret);
                }
        }
}

/* An act on another thing that names this one says on which; a note is about both. */
static void name_subjects(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret)
{
        struct store *store = ui_ops(ui)->store;
        for (size_t i = 0; i < ret->log_count; i++) {
                struct thing *entry = &ret->log[i].thing;
                const char *text = thing_text(entry, "text"), *verb = thing_text(entry, "verb");
                const char *target = NULL;
                struct row row;
                if (text && verb && strcmp(verb, "note") != 0 &&
                    thing_value(entry, "about")->count > 1 &&
                    act_target(store, entry->id, a, &target, NULL) == RC_OK &&
                    strcmp(target, id) != 0 && thing_by_id(store, target, a, &row, NULL) == RC_OK)
                        thing_set(entry, "text", arena_printf(a, "%s: %s", row.ref, text));
        }
}

/* Where most of it is hidden more is read, so that a window is filled. */
static enum rc read_log(struct ui *ui, const char *id, const struct detail_wanted *w,
                        struct arena *a, struct detail_data *ret, struct err *err)
{
        size_t wanted = w->at_ms == CLOCK_NONE ? w->log : DETAIL_LOG_ALL;
        struct store *store = ui_ops(ui)->store;
        enum rc rc = thing_log_count(store, id, &ret->log_total, err);
        ret->by_entry = w->by_entry;
        ret->said_only = w->said_only;
        ret->at_ms = w->at_ms;
        while (rc == RC_OK) {
                rc = thing_log(store, id, 0, wanted, a, &ret->log, &ret->log_count, err);
                bool all = (int64_t)ret->log_count >= ret->log_total || wanted >= DETAIL_LOG_ALL;
                if (all || !ret->said_only || detail_log_shown(ret) >= LOG_LEAST)
                        break;
                wanted *= 4;
        }
        if (rc == RC_OK)
                name_subjects(ui, id, a, ret);
        if (rc == RC_OK && w->at_ms != CLOCK_NONE)
                detail_forget_later(ret);
        return rc;
}

/* Those that go on first, else in the order they came in. */
static enum rc read_runs(struct ui *ui, const char *id, struct arena *a, struct detail_data *ret,
                         struct err *err)
{
        struct row *rows;
        size_t count, n = 0;
        enum rc rc = ops_runs_of(ui_ops(ui), id, a, &rows, &count, err);
        if (rc != RC_OK)
                return rc;
        ret->runs = arena_array(a, count + 1, sizeof(*ret->runs));
        for (int ended = 0; ended < 2; ended++)
                for (size_t i = 0; i < count; i++)
                        if ((thing_rank(&rows[i].thing, "state") >= RUN_DONE) == ended)
                                ret->runs[n++] = rows[i];
        ret->run_count = n;
        return RC_OK;
}

enum rc detail_read(struct ui *ui, const char *id, const struct detail_wanted *w, struct arena *a,
                    struct detail_data *ret, struct err *err)
{
        struct ops *ops = ui_ops(ui);
        bool one = store_read_begin(ops->store);
        enum rc rc = ops_view(ops, id, w->at_ms, a, &ret->view, err);
        if (rc == RC_OK)
                rc = read_log(ui, id, w, a, ret, err);
        if (rc == RC_OK) {
                read_others(ui, id, a, ret);
                read_names(ui, a, ret);
                detail_merge(ret, a);
        }
        if (rc == RC_OK && ret->view.row.thing.kind == &kind_incident)
                clocks_derive(ops->law, &ret->view.folded, a, &ret->clocks);
        if (rc == RC_OK && ret->view.row.thing.kind == &kind_incident && w->at_ms == CLOCK_NONE)
                rc = read_runs(ui, id, a, ret, err);
        if (rc == RC_OK && ret->view.row.thing.kind == &kind_incident && w->at_ms == CLOCK_NONE)
                rc = detail_read_help(ui, id, a, ret, err);
        if (one)
                store_read_end(ops->store);
        return rc;
}
