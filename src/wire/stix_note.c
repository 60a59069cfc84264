#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/mem.h"
#include "model/accept.h"

#include "stix_private.h"

static const char *read_text(struct stix_reading *r)
{
        const char *content = stix_member_text(r, r->json, "content");
        const char *abstract = stix_member_text(r, r->json, "abstract");
        const char *both = NULL;

        if (!content)
                stix_find(r, "content is missing");
        if (!abstract || !*abstract || !content || !*content)
                return content && *content ? content : abstract;
        both = arena_printf(r->a, "%s\n%s", abstract, content);
        return stix_clean(r->a, both, strlen(both), true, VALUE_TEXT_MAX);
}

static const char *read_authors(struct stix_reading *r)
{
        struct value authors = {0};
        const char *line = NULL;

        authors.count = stix_member_lines(r, r->json, "authors", &authors.items);
        if (!authors.count)
                return NULL;
        if (authors.count > VALUE_ITEMS_MAX)
                authors.count = VALUE_ITEMS_MAX;
        line = value_join(&authors, ", ", r->a);
        return stix_clean(r->a, line, strlen(line), false, VALUE_LINE_MAX);
}

/* Things that it is about; entries of the log that it names are in fields of their own. */
static void show_about(struct stix_reading *r)
{
        const char **ids = arena_array(r->a, r->o->ref_count + 1, sizeof(*ids));
        size_t count = 0;

        for (size_t i = 0; i < r->o->ref_count; i++) {
                const char *id = r->o->refs[i];

                if (kind_of_type(id, ident_type_len(id)) != &kind_log)
                        ids[count++] = id;
        }
        stix_set_items(r, "about", ids, count);
}

/* Details that lists filter by; a value that is none of its field stays in the act alone. */
static void show_details(struct stix_reading *r)
{
        static const char *const shown[][2] = {
                {"scope", "scope"},       {"late", "late"},     {"significant", "significant"},
                {"corrects", "corrects"}, {"review", "review"}, {"wants_review", "awaiting"},
        };
        const struct act *act = r->o->act;

        thing_set(r->o->thing, "scope", "incident");
        for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
                const struct field *field = field_find(&kind_log, shown[i][1]);
                const char *said = act_detail(act, shown[i][0]), *value = NULL;

                if (said && accept_value(field, said, r->a, &value))
                        thing_set(r->o->thing, field->name, value);
        }
}

static void show_act(struct stix_reading *r)
{
        const struct act *act = r->o->act;
        struct thing *t = r->o->thing;

        thing_set(t, "ref", act->ref);
        thing_set(t, "operator", act->operator);
        thing_set(t, "role", act->role);
        thing_set(t, "console", act->console);
        thing_set(t, "verb", act->verb);
        thing_set(t, "text", act->text);
        thing_set(t, "reason", act->reason);
        show_about(r);
        show_details(r);
        stix_set_stamp(r, "occurred", act->occurred_ms);
}

static void show_note(struct stix_reading *r)
{
        struct thing *t = r->o->thing;

        thing_set(t, "operator", read_authors(r));
        thing_set(t, "verb", "note");
        thing_set(t, "scope", "incident");
        thing_set(t, "text", read_text(r));
        stix_set_items(r, "about", r->o->refs, r->o->ref_count);
        stix_set_stamp(r, "occurred", t->created_ms);
}

enum rc stix_read_note(struct stix_reading *r, struct err *err)
{
        const struct json_t *ext = json_get(json_get(r->json, "extensions"), STIX_EXT_ACT);
        enum rc rc = ext ? stix_read_act(r, ext, err) : RC_OK;

        if (rc != RC_OK)
                return rc;
        r->o->what = ext ? STIX_ACT : STIX_NOTE;
        stix_new_thing(r, &kind_log);
        stix_set_stamp(r, "recorded", r->o->thing->created_ms);
        if (ext)
                show_act(r);
        else
                show_note(r);
        return RC_OK;
}
