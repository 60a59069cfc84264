/*
 * Reading what the view Exchange shows: remotes, what waits for them, conflicts, what was refused.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/enums.h"
#include "model/when.h"
#include "store/versions.h"
#include "ui/exchange_view.h"
#include "ui/ui.h"

#define SHOWN_MAX     100 /* of what waits, is held or was refused, per remote */
#define CONFLICTS_MAX 50
#define SAID_MAX      8000

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

static struct exchange_item *add_item(struct exchange *x, enum exchange_section section)
{
        if (x->item_count == x->item_room) {
                size_t room = x->item_room ? 2 * x->item_room : 64;
                struct exchange_item *more = arena_array(&x->arena, room, sizeof(*more));
                if (x->item_count)
                        memcpy(more, x->items, x->item_count * sizeof(*more));
                x->items = more;
                x->item_room = room;
        }
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
                struct exchange_item *item = add_item(x, SECTION_OUTBOX);
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
                struct exchange_item *item = add_item(x, section);
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
                add_item(x, SECTION_REMOTES)->remote = i;
        }
        return rc;
}

/* ---- conflicts ---- */

static enum rc ask_conflicts(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        const struct ops *ops = ui_ops(v->ui);
        const struct filter_context ctx = {
                .kind = &kind_incident,
                .values = {.words = ops->words, .now_ms = ui_now_ms(v->ui)}};
        struct filter filter;
        enum rc rc = filter_read("is:conflict", &ctx, &x->conflict_arena, &filter, NULL, err);
        return rc == RC_OK ? query_open(ops->store, &filter, NULL, 0, &x->conflicts, err) : rc;
}

/* Goes on where a key interrupted it. */
static enum rc load_conflicts(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        enum rc rc;
        if (!x->conflicts)
                return RC_OK;
        rc = query_run(x->conflicts, SIZE_MAX, err);
        if (rc != RC_OK)
                return rc;
        x->conflict_total = query_known(x->conflicts);
        rc = query_page(x->conflicts, 0, CONFLICTS_MAX, &x->conflict_arena, &x->conflict_rows,
                        &x->conflict_count, err);
        query_close(x->conflicts);
        x->conflicts = NULL;
        return rc;
}

static void add_conflicts(struct exchange *x)
{
        for (size_t i = 0; i < x->conflict_count; i++) {
                const struct row *row = &x->conflict_rows[i];
                struct exchange_item *item = add_item(x, SECTION_CONFLICTS);
                item->id = item->incident = row->thing.id;
                item->ref = row->ref;
                item->text = thing_text(&row->thing, "title");
        }
}

/* ---- all of it ---- */

static bool is_same(const struct exchange *x, const struct exchange_item *a,
                    enum exchange_section s, const char *id, int64_t remote)
{
        if (a->section != s)
                return false;
        if (s == SECTION_CONFLICTS)
                return strcmp(a->id, id) == 0;
        return x->remotes[a->remote].r.id == remote && (!a->id || strcmp(a->id, id) == 0);
}

/* The cursor follows the item, not the row. */
struct place {
        bool known;
        enum exchange_section section;
        int64_t remote;
        char id[STIX_ID_MAX];
};

static void remember(const struct exchange *x, struct place *ret)
{
        const struct exchange_item *item = exchange_current(x);
        *ret = (struct place){.known = item != NULL};
        if (!item)
                return;
        ret->section = item->section;
        if (item->section != SECTION_CONFLICTS)
                ret->remote = x->remotes[item->remote].r.id;
        if (item->id)
                strncpy(ret->id, item->id, sizeof(ret->id) - 1);
}

static void go_back_to(struct exchange *x, const struct place *p)
{
        for (size_t i = 0; p->known && i < x->item_count; i++) {
                if (is_same(x, &x->items[i], p->section, p->id, p->remote)) {
                        x->at = i;
                        return;
                }
        }
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
        add_conflicts(x);
        for (size_t i = 0; i < x->remote_count; i++)
                add_deliveries(v, SECTION_QUARANTINE, i);
        for (size_t i = 0; i < x->remote_count; i++)
                add_deliveries(v, SECTION_OUTBOX, i);
        for (size_t i = 0; rc == RC_OK && i < x->remote_count; i++)
                rc = load_waiting(v, i, err);
        return rc;
}

static enum rc look_for_conflicts(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        if (v->loaded && !(v->stale & (TOPIC_INCIDENTS | TOPIC_LOG)))
                return RC_OK;
        query_close(x->conflicts);
        x->conflicts = NULL;
        arena_reset(&x->conflict_arena);
        x->conflict_count = x->conflict_total = 0;
        return ask_conflicts(v, err);
}

enum rc exchange_load(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        struct place place;
        remember(x, &place);
        forget_items(x);
        enum rc counted = look_for_conflicts(v, err);
        v->stale = 0;
        if (counted == RC_OK)
                counted = load_conflicts(v, err);
        if (counted != RC_OK && counted != RC_BUSY)
                return counted;
        enum rc rc = load_items(v, err);
        go_back_to(x, &place);
        exchange_lay_out(x, v->ui);
        x->again = true;
        ui_dirty(v->ui);
        return rc == RC_OK ? counted : rc;
}

/* ---- what the cursor came to rest on ---- */

static const char *head_words(const struct field *field, const struct fold_heads *h,
                              const struct fold_head *head)
{
        const struct enum_item *item = NULL;
        if (h->item)
                return head->value ? h->item : "not";
        if (head->value && field->type == FIELD_ENUM)
                item = enum_at(field->list, enum_rank(field->list, head->value));
        return item ? item->label : head->value ? head->value : "-";
}

/* Of a set both words are kept. */
static bool is_in_force(const struct folded *f, const struct field *field,
                        const struct fold_heads *h, const struct fold_head *head)
{
        const char *shown = thing_text(&f->thing, field->name);
        return !h->item && head->value && shown && strcmp(shown, head->value) == 0;
}

static void say_head(const struct folded *f, const struct fold_heads *h,
                     const struct fold_head *head, int64_t now_ms, struct str *out)
{
        const struct field *field = &f->thing.kind->fields[h->field];
        char stamp[WHEN_BYTES];
        when_show(head->act->created_ms, now_ms, stamp);
        str_addf(out, "  %s, by %s %s%s\n", head_words(field, h, head), head->act->operator, stamp,
                 is_in_force(f, field, h, head) ? ", in force" : "");
}

static void say_conflicts(const struct folded *f, int64_t now_ms, struct str *out)
{
        for (size_t i = 0; i < f->head_count; i++) {
                const struct fold_heads *h = &f->heads[i];
                if (!h->conflict)
                        continue;
                str_addf(out, "%s%s%s\n", f->thing.kind->fields[h->field].label, h->item ? " " : "",
                         h->item ? h->item : "");
                for (size_t j = 0; j < h->count; j++)
                        say_head(f, h, &h->heads[j], now_ms, out);
        }
}

enum rc exchange_settle(struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        const char *id = item && item->section == SECTION_CONFLICTS ? item->id : "";
        CLEANUP(str_finish) struct str said = {0};
        struct ops_view view;
        (void)err;
        if (!x->again && strcmp(x->detail_id, id) == 0)
                return RC_OK;
        x->again = false;
        x->said = NULL;
        arena_reset(&x->detail_arena);
        strncpy(x->detail_id, id, sizeof(x->detail_id) - 1);
        if (!*id || ops_view(ui_ops(v->ui), id, CLOCK_NONE, &x->detail_arena, &view, NULL) != RC_OK)
                return RC_OK;
        str_init(&said, SAID_MAX);
        say_conflicts(&view.folded, ui_now_ms(v->ui), &said);
        x->said = arena_strdup(&x->detail_arena, str_text(&said));
        return RC_OK;
}

void exchange_finish(struct exchange *x)
{
        query_close(x->conflicts);
        arena_finish(&x->arena);
        arena_finish(&x->conflict_arena);
        arena_finish(&x->detail_arena);
}
