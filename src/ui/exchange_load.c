/*
 * Reading what the view Exchange shows: remotes, what waits for them, conflicts, what was refused.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/versions.h"
#include "ui/exchange_view.h"
#include "ui/ui.h"

#define SHOWN_MAX 100 /* of what waits, is held or was refused, per remote */

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

struct exchange_item *exchange_add_item(struct exchange *x, enum exchange_section section)
{
        x->items = arena_grow(&x->arena, x->items, x->item_count, &x->item_room, sizeof(*x->items));
        struct exchange_item *item = &x->items[x->item_count++];
        *item = (struct exchange_item){.section = section};
        return item;
}

/* ---- what an object is, in words ---- */

static const char *first_of(const struct row *row, const char *field)
{
        const struct value *v = thing_value(&row->thing, field);
        return v && v->count ? v->items[0] : NULL;
}

static void name_thing(const struct row *row, struct exchange_item *item)
{
        item->ref = row->ref;
        if (row->thing.kind == &kind_incident)
                item->incident = row->thing.id;
}

/* An entry of the log stands for what it is about. */
static void describe_entry(struct ops *ops, const struct row *row, struct arena *a,
                           struct exchange_item *item)
{
        const char *about = first_of(row, "about");
        struct row thing;
        item->text = thing_text(&row->thing, "text");
        if (!about || thing_by_id(ops->store, about, a, &thing, NULL) != RC_OK)
                return;
        name_thing(&thing, item);
}

static void describe(struct ops *ops, struct arena *a, struct exchange_item *item)
{
        struct row row;
        item->ref = "";
        if (thing_by_id(ops->store, item->id, a, &row, NULL) != RC_OK) {
                item->text = arena_strndup(a, item->id, strcspn(item->id, "-"));
                return;
        }
        if (row.thing.kind == &kind_log) {
                describe_entry(ops, &row, a, item);
                return;
        }
        name_thing(&row, item);
        item->text = thing_text(&row.thing, row.thing.kind->title);
        if (!item->incident)
                item->text = arena_printf(a, "%s %s", row.thing.kind->name,
                                          item->text ? item->text : "");
}

/* ---- remotes, and what goes there ---- */

static void add_versions(struct view *v, size_t remote, const struct version *list, size_t count)
{
        struct exchange *x = state_of(v);
        for (size_t i = 0; i < count; i++) {
                struct exchange_item *item = exchange_add_item(x, SECTION_OUTBOX);
                item->remote = remote;
                item->id = list[i].id;
                item->at_ms = list[i].received_ms;
                describe(ui_ops(v->ui), &x->arena, item);
        }
}

static enum rc load_waiting(struct view *v, size_t i, struct err *err)
{
        struct exchange *x = state_of(v);
        struct store *s = ui_ops(v->ui)->store;
        struct version *list = NULL;
        size_t count = 0;
        enum rc rc = delivery_again(s, &x->remotes[i].r, SHOWN_MAX, &x->arena, &list, &count, err);
        if (rc != RC_OK)
                return rc;
        add_versions(v, i, list, count);
        count = 0;
        rc = delivery_waiting(s, &x->remotes[i].r, SHOWN_MAX, &x->arena, &list, &count, err);
        add_versions(v, i, list, count);
        return rc;
}

/* Those of one section, of each remote the newest where there are many. */
static void add_deliveries(struct view *v, enum exchange_section section, size_t remote)
{
        struct exchange *x = state_of(v);
        const struct exchange_remote *r = &x->remotes[remote];
        size_t shown = 0;
        for (size_t i = r->delivery_count; i-- > 0 && shown < SHOWN_MAX;) {
                const struct delivery *d = &r->deliveries[i];
                bool refused = d->state == DELIVERY_QUARANTINED;
                if (d->state == DELIVERY_DROPPED || refused != (section == SECTION_QUARANTINE))
                        continue;
                struct exchange_item *item = exchange_add_item(x, section);
                item->remote = remote;
                item->d = d;
                item->id = d->object;
                item->at_ms = d->at_ms;
                describe(ui_ops(v->ui), &x->arena, item);
                shown++;
        }
}

static enum rc read_states(struct store *s, struct exchange_remote *r, struct arena *a,
                           struct err *err)
{
        enum rc rc = delivery_list(s, r->r.id, -1, a, &r->deliveries, &r->delivery_count, err);
        r->waiting = delivery_count(s, &r->r);
        r->gone = gone_count(s, r->r.id);
        for (size_t i = 0; rc == RC_OK && i < r->delivery_count; i++) {
                enum delivery_state state = r->deliveries[i].state;
                r->refused += state == DELIVERY_QUARANTINED;
                r->held += state == DELIVERY_HELD || state == DELIVERY_UNCONFIRMED;
        }
        return rc;
}

static enum rc load_remotes(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        struct store *s = ui_ops(v->ui)->store;
        struct remote *list = NULL;
        enum rc rc = remote_list(s, &x->arena, &list, &x->remote_count, err);
        if (rc != RC_OK)
                return rc;
        x->remotes = arena_array(&x->arena, x->remote_count + 1, sizeof(*x->remotes));
        for (size_t i = 0; rc == RC_OK && i < x->remote_count; i++) {
                x->remotes[i].r = list[i];
                rc = read_states(s, &x->remotes[i], &x->arena, err);
                exchange_add_item(x, SECTION_REMOTES)->remote = i;
        }
        return rc;
}

/* ---- what is not there any more ---- */

static enum rc load_gone(struct view *v, size_t i, struct err *err)
{
        struct exchange *x = state_of(v);
        struct gone *list = NULL;
        size_t count = 0;
        enum rc rc = gone_list(ui_ops(v->ui)->store, x->remotes[i].r.id, SHOWN_MAX, &x->arena,
                               &list, &count, err);
        for (size_t k = 0; k < count; k++) {
                struct exchange_item *item = exchange_add_item(x, SECTION_GONE);
                item->remote = i;
                item->id = list[k].id;
                item->at_ms = list[k].since_ms;
                describe(ui_ops(v->ui), &x->arena, item);
        }
        return rc;
}

/* ---- all of it ---- */

/* The cursor follows the item, not the row. */
struct place {
        bool known;
        enum exchange_section section;
        int64_t remote;
        char id[STIX_ID_MAX];
        char *key; /* of a conflict; malloc'ed */
};

static void forget_place(struct place *p)
{
        free(p->key);
}

static int64_t remote_of(const struct exchange *x, const struct exchange_item *item)
{
        return item->c || item->o || item->peer ? 0 : x->remotes[item->remote].r.id;
}

static void remember(const struct exchange *x, struct place *ret)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct exchange_item *item = exchange_current(x);
        *ret = (struct place){.known = item != NULL};
        if (!item)
                return;
        ret->section = item->section;
        ret->remote = remote_of(x, item);
        if (item->c)
                ret->key = xstrdup(conflict_key(item, &a));
        if (item->id)
                strncpy(ret->id, item->id, sizeof(ret->id) - 1);
}

static bool is_at(const struct exchange *x, const struct exchange_item *item, const struct place *p)
{
        if (item->section != p->section)
                return false;
        if (p->key)
                return conflict_is_same(item, p->key);
        return remote_of(x, item) == p->remote && (!item->id || strcmp(item->id, p->id) == 0);
}

static void go_back_to(struct exchange *x, const struct place *p)
{
        for (size_t i = 0; p->known && i < x->item_count; i++) {
                if (is_at(x, &x->items[i], p)) {
                        x->at = i;
                        return;
                }
        }
        x->chosen[0] = '\0';
        x->in_detail = false;
        if (x->at >= x->item_count)
                x->at = x->item_count ? x->item_count - 1 : 0;
}

static void forget_items(struct exchange *x)
{
        arena_reset(&x->arena);
        x->items = NULL;
        x->item_count = x->item_room = x->remote_count = x->line_count = 0;
}

static enum rc load_items(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        enum rc rc = load_remotes(v, err);
        if (rc != RC_OK)
                return rc;
        conflicts_add(x);
        booked_add(x);
        rc = clocks_add(v, err);
        for (size_t i = 0; i < x->remote_count; i++)
                add_deliveries(v, SECTION_QUARANTINE, i);
        for (size_t i = 0; i < x->remote_count; i++)
                add_deliveries(v, SECTION_OUTBOX, i);
        for (size_t i = 0; rc == RC_OK && i < x->remote_count; i++)
                rc = load_waiting(v, i, err);
        for (size_t i = 0; rc == RC_OK && i < x->remote_count; i++)
                rc = load_gone(v, i, err);
        return rc;
}

enum rc exchange_load(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        CLEANUP(forget_place) struct place place = {0};
        remember(x, &place);
        enum rc counted = conflicts_load(v, err);
        v->stale = 0;
        if (counted == RC_BUSY && x->counted)
                return counted;
        forget_items(x);
        enum rc rc = counted == RC_OK || counted == RC_BUSY ? load_items(v, err) : counted;
        go_back_to(x, &place);
        exchange_keep_marks(x);
        exchange_lay_out(x, v->ui);
        ui_dirty(v->ui);
        return rc == RC_OK ? counted : rc;
}

void exchange_finish(struct exchange *x)
{
        conflicts_finish(x);
        arena_finish(&x->arena);
}
