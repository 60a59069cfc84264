#include "drafts.h"

#include <string.h>

#include "base/str.h"

struct draft *draft(struct arena *a, const char *console, int second, const char *verb)
{
        struct draft *d = arena_alloc(a, sizeof(*d));

        d->act = (struct act){
                .id = arena_printf(a, "note--0000000%s-0000-4000-8000-%012d", console, second),
                .target = "incident--00000000-0000-4000-8000-000000000001",
                .verb = verb,
                .text = verb,
                .operator= "duarte",
                .console = console,
                .unit = "identity--00000000-0000-4000-8000-00000000000a",
                .hlc = (DRAFT_START + second * INT64_C(1000)) * 65536,
                .occurred_ms = DRAFT_START + second * INT64_C(1000),
                .created_ms = DRAFT_START + second * INT64_C(1000),
                .sets = d->sets,
                .elements = d->elements,
                .was = d->was,
                .details = d->details,
        };
        return d;
}

struct draft *draft_set(struct draft *d, const char *field, const char *value)
{
        d->sets[d->act.set_count++] = (struct act_set){.field = field, .value = value};
        return d;
}

static struct draft *touch(struct draft *d, const char *field, const char *item, bool remove)
{
        d->elements[d->act.element_count++] =
                (struct act_element){.field = field, .item = item, .remove = remove};
        return d;
}

struct draft *draft_add(struct draft *d, const char *field, const char *item)
{
        return touch(d, field, item, false);
}

struct draft *draft_remove(struct draft *d, const char *field, const char *item)
{
        return touch(d, field, item, true);
}

struct draft *draft_say(struct draft *d, const char *name, const char *value)
{
        d->details[d->act.detail_count++] = (struct act_detail){.name = name, .value = value};
        return d;
}

void draft_saw_id(struct draft *d, const char *field, const char *id)
{
        size_t i = 0;

        while (i < d->act.was_count && strcmp(d->was[i].field, field) != 0)
                i++;
        if (i == d->act.was_count)
                d->was[d->act.was_count++] = (struct act_was){.field = field, .ids = d->names[i]};
        if (d->was[i].count < DRAFT_NAMES)
                d->names[i][d->was[i].count++] = id;
}

struct draft *draft_saw(struct draft *d, const char *field, const struct draft *seen)
{
        draft_saw_id(d, field, seen->act.id);
        return d;
}

void draft_saw_all(struct draft *d, const struct folded *f, const char *field, const char *item,
                   struct arena *a)
{
        const char *const *ids;
        size_t count = fold_was(f, field_index(f->thing.kind, field), &item, item ? 1 : 0, a, &ids);

        for (size_t i = 0; i < count; i++)
                draft_saw_id(d, field, ids[i]);
}

struct draft *draft_opening(struct arena *a)
{
        struct draft *d = draft(a, "a", 0, "open");

        draft_set(draft_set(d, "title", "Ransomware"), "severity", "medium");
        return draft_set(draft_set(d, "status", "new"), "ref", "INC-0007");
}

const char *folded_text(const struct folded *f, const char *field)
{
        const char *text = thing_text(&f->thing, field);

        return text ? text : "";
}

const char *draft_refused(const struct draft *d, const struct folded *f)
{
        for (size_t i = 0; i < f->log_count; i++)
                if (strcmp(f->log[i].act->id, d->act.id) == 0)
                        return f->log[i].applied ? "" : f->log[i].why_not;
        return "(not there)";
}

void fold_drafts(const struct thing *base, struct draft *const *drafts, struct arena *a,
                 struct folded *ret)
{
        const struct act *acts[16];
        size_t count = 0;

        while (drafts[count] && count < ARRAY_LEN(acts)) {
                acts[count] = &drafts[count]->act;
                count++;
        }
        fold(&kind_incident, base, acts, count, a, ret);
}

char *fold_text(const struct folded *f)
{
        struct str out;

        str_init(&out, 4 * 1024 * 1024);
        fold_print(f, &out);
        return str_take(&out);
}
