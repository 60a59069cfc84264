/*
 * The commands of an action.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/cacao_reading.h"

/* section 5 of the standard: command-type-ov */
static const char *const types[] = {"manual",     "bash",    "caldera-cmd", "elastic",
                                    "http-api",   "jupyter", "kestrel",     "openc2-http",
                                    "powershell", "sigma",   "ssh",         "yara"};

/* ---- headers --------------------------------------------------------------------------------- */

struct headers {
        struct cacao_reading *r;
        struct command_header *list;
        size_t count, room;
};

static void add_header(struct headers *h, const char *name, const struct json_t *v)
{
        if (json_kind(v) != JSON_TEXT || h->count >= PLAYBOOK_LIST_MAX)
                return;
        h->list = arena_grow(h->r->a, h->list, h->count, &h->room, sizeof(*h->list));
        h->list[h->count++] = (struct command_header){
                name, cacao_clean(h->r, v, "headers", false, CACAO_LINE_MAX)};
}

static bool read_header(void *ctx, const char *key, struct json_t *v)
{
        struct headers *h = ctx;
        const char *name = cacao_id_of(h->r, key, strlen(key));

        if (json_kind(v) == JSON_TEXT)
                add_header(h, name, v);
        for (size_t i = 0; json_kind(v) == JSON_LIST && i < json_len(v); i++)
                add_header(h, name, json_at(v, i));
        return true;
}

static int compare_headers(const void *pa, const void *pb)
{
        const struct command_header *a = pa, *b = pb;
        int order = strcmp(a->name, b->name);

        return order ? order : strcmp(a->value, b->value);
}

static void read_headers(struct cacao_reading *r, const struct json_t *obj, struct step_command *c)
{
        struct headers h = {.r = r};

        json_each(cacao_member(r, obj, "headers", JSON_OBJ), read_header, &h);
        if (h.count)
                qsort(h.list, h.count, sizeof(*h.list), compare_headers);
        c->headers = h.list;
        c->header_count = h.count;
}

/* ---- the command ----------------------------------------------------------------------------- */

static void read_command(struct cacao_reading *r, const struct json_t *obj, struct step_command *c)
{
        c->type = cacao_line(r, obj, "type");
        c->text = cacao_payload(r, obj, "command", "command_b64");
        c->content = cacao_payload(r, obj, "content", "content_b64");
        c->description = cacao_text(r, obj, "description");
        read_headers(r, obj, c);
        if (!c->type) {
                cacao_find(r, CACAO_WARN, "type", "is missing: it is shown as text");
                c->type = "manual";
        } else if (!cacao_is_one_of(c->type, types, ARRAY_LEN(types))) {
                cacao_find(r, CACAO_WARN, "type", "%s is no type of command: it is shown as text",
                           c->type);
        }
        if (!c->text && !c->content)
                cacao_find(r, CACAO_WARN, "command", "is missing");
}

void cacao_read_commands(struct cacao_reading *r, const struct json_t *obj, struct step *s)
{
        const struct json_t *list = cacao_member(r, obj, "commands", JSON_LIST);
        size_t count = cacao_count(r, list, "commands", PLAYBOOK_LIST_MAX), kept = 0;
        struct step_command *commands;

        if (!count)
                return;
        commands = arena_array(r->a, count, sizeof(*commands));
        cacao_enter(r, "commands", 0);
        for (size_t i = 0; i < count; i++) {
                cacao_enter(r, NULL, i);
                if (json_kind(json_at(list, i)) == JSON_OBJ)
                        read_command(r, json_at(list, i), &commands[kept++]);
                else
                        cacao_find(r, CACAO_WARN, NULL, "is not an object");
                cacao_leave(r);
        }
        cacao_leave(r);
        s->commands = commands;
        s->command_count = kept;
}
