/*
 * What a reload brought: rows that are new or changed flash, and the values that others changed in
 * them are strong for a while.
 */
#include <string.h>

#include "base/clock.h"
#include "ui_private.h"

#define SEEN_MAX   512
#define FNV_OFFSET UINT32_C(2166136261)
#define FNV_PRIME  UINT32_C(16777619)

/* What a row was before. Of its values only hashes, since the page that had them is gone then. */
struct seen {
        int64_t rid, modified_ns;
        unsigned flags;
        uint32_t values[COLUMNS_MAX];
};
struct list_seen {
        size_t count;
        struct seen rows[SEEN_MAX];
};

static uint32_t hash_text(uint32_t hash, const char *s)
{
        for (; s && *s; s++)
                hash = (hash ^ (unsigned char)*s) * FNV_PRIME;
        return (hash ^ 0xff) * FNV_PRIME;
}

static uint32_t hash_value(const struct value *v)
{
        uint32_t hash = hash_text(FNV_OFFSET, v->text);
        for (size_t i = 0; i < v->count; i++)
                hash = hash_text(hash, v->items[i]);
        return hash;
}

static const struct value *value_at(const struct list *l, const struct row *row, size_t column)
{
        return &row->thing.values[l->columns.items[column].field];
}

struct list_seen *list_remember(const struct list *l)
{
        struct list_seen *seen = xcalloc(1, sizeof(*seen));
        for (size_t i = 0; i < l->page_count && i < SEEN_MAX; i++) {
                const struct row *row = &l->page[i];
                struct seen *s = &seen->rows[seen->count++];
                *s = (struct seen){row->rid, row->thing.modified_ns, row->flags, {0}};
                for (size_t k = 0; k < l->columns.count; k++)
                        s->values[k] = hash_value(value_at(l, row, k));
        }
        return seen;
}

static void flash_row(struct list *l, int64_t rid, uint64_t fields)
{
        int64_t now = ui_now_ms(l->ui);
        if (l->flash_count == LIST_FLASHES_MAX) {
                memmove(l->flashes, l->flashes + 1, (LIST_FLASHES_MAX - 1) * sizeof(*l->flashes));
                l->flash_count--;
        }
        l->flashes[l->flash_count++] = (struct list_flash){rid, now, fields};
        if (fields)
                ui_wake_at(l->ui, now + CHANGED_MS);
}

static uint64_t fields_changed(const struct list *l, const struct row *row, const struct seen *s)
{
        uint64_t fields = 0;
        for (size_t k = 0; ui_others_wrote(l->ui) && k < l->columns.count; k++)
                if (s->values[k] != hash_value(value_at(l, row, k)))
                        fields |= UINT64_C(1) << l->columns.items[k].field;
        return fields;
}

static void look_at(struct list *l, const struct row *row, const struct list_seen *seen,
                    const struct query *old)
{
        size_t at;
        for (size_t k = 0; k < seen->count; k++) {
                const struct seen *s = &seen->rows[k];
                if (s->rid != row->rid)
                        continue;
                uint64_t fields = fields_changed(l, row, s);
                if (fields || s->flags != row->flags || s->modified_ns != row->thing.modified_ns)
                        flash_row(l, row->rid, fields);
                return;
        }
        if (query_position(old, row->rid, &at) != RC_OK)
                flash_row(l, row->rid, 0);
}

void list_tell_news(struct list *l, const struct list_seen *seen, const struct query *old)
{
        for (size_t i = 0; i < l->page_count; i++)
                look_at(l, &l->page[i], seen, old);
}

int64_t list_flashed_at(const struct list *l, int64_t rid)
{
        for (size_t i = l->flash_count; i-- > 0;)
                if (l->flashes[i].rid == rid)
                        return l->flashes[i].at_ms;
        return CLOCK_NONE;
}

uint64_t list_changed_now(const struct list *l, int64_t rid)
{
        int64_t now = ui_now_ms(l->ui);
        uint64_t fields = 0;
        for (size_t i = l->flash_count; i-- > 0;)
                if (l->flashes[i].rid == rid && now < l->flashes[i].at_ms + CHANGED_MS)
                        fields |= l->flashes[i].fields;
        return fields;
}
