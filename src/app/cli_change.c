/*
 * What changes things: new, set, do, note.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "model/rules.h"

#include "app_private.h"

#define FIELDS_MAX KIND_FIELDS_MAX

/* ---- FIELD=VALUE --------------------------------------------------------------------------- */

/* Words from `from` on into r; those without '=' are wrong usage. What is a detail of the verb
 * (NULL: none is) goes to the details, the rest to the fields. */
static int read_fields(struct app *app, const struct args *args, size_t from,
                       const struct verb *verb, struct ops_request *r)
{
        struct ops_field *fields = arena_array(&app->arena, FIELDS_MAX, sizeof(*fields));
        struct ops_field *details = arena_array(&app->arena, FIELDS_MAX, sizeof(*details));

        r->fields = fields;
        r->details = details;
        if (args->count - from > FIELDS_MAX)
                return usage_fail("more than %d fields", FIELDS_MAX);
        for (size_t i = from; i < args->count; i++) {
                const char *word = args->words[i];
                size_t len = strcspn(word, "=");

                if (!len || !word[len])
                        return usage_fail("%s is not of the form FIELD=VALUE", word);
                const struct ops_field said = {.name = arena_strndup(&app->arena, word, len),
                                               .value = word + len + 1};
                if (verb && verb_detail(verb, said.name))
                        details[r->detail_count++] = said;
                else
                        fields[r->field_count++] = said;
        }
        return DONE;
}

/* ---- one thing is changed ------------------------------------------------------------------ */

struct change {
        const struct args *args;
        struct ops_request request;
        /* Completes the request once the kind is known, or NULL; exit status. */
        int (*complete)(struct app *app, struct change *c, const struct kind *kind);
};

static int apply(struct app *app, struct ops *ops, struct change *c, const char *id)
{
        struct err err = {0};
        struct row row;
        enum rc rc = thing_by_id(ops->store, id, &app->arena, &row, &err);
        int status = DONE;

        if (rc == RC_OK && c->complete)
                status = c->complete(app, c, row.thing.kind);
        if (status != DONE)
                return status;
        if (rc == RC_OK)
                rc = ops_do(ops, id, &c->request, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        return print_thing(app, ops, id, args_option(c->args, "--json") != NULL);
}

static int change(struct app *app, struct change *c)
{
        struct err err = {0};
        struct ops ops;
        const char *id = NULL;
        enum rc rc = app_open(app, APP_WRITE, false, &ops, &err);
        int status;

        if (rc != RC_OK)
                return app_fail(rc, &err);
        c->request.reason = args_option(c->args, "--reason");
        c->request.occurred_ms = CLOCK_NONE;
        rc = ops_resolve(&ops, c->args->words[0], &app->arena, &id, &err);
        status = rc == RC_OK ? apply(app, &ops, c, id) : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}

int cmd_set(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "set"}};
        int status = read_fields(app, args, 1, NULL, &c.request);

        return status == DONE ? change(app, &c) : status;
}

int cmd_note(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .request = {.verb = "note"}};
        CLEANUP(str_finish) struct str text = {0};

        str_init(&text, VALUE_TEXT_MAX + 1);
        for (size_t i = 1; i < args->count; i++)
                str_add_sep(&text, " ", args->words[i]);
        if (text.over)
                return usage_fail("a note is at most %d bytes long", VALUE_TEXT_MAX);
        c.request.text = str_text(&text);
        return change(app, &c);
}

/* ---- verbs --------------------------------------------------------------------------------- */

/* Verbs that say their value themselves. */
static const struct short_verb {
        const char *name, *verb, *value;
} short_verbs[] = {
        {"close", "status", "closed"},       {"reopen", "status", "active"},
        {"activate", "status", "active"},    {"contain", "status", "contained"},
        {"recover", "status", "recovering"},
};

static void set_value(struct app *app, struct ops_request *r, const char *field, const char *value)
{
        struct ops_field *one = arena_alloc(&app->arena, sizeof(*one));

        *one = (struct ops_field){.name = field, .value = value};
        r->fields = one;
        r->field_count = 1;
}

/* "do REF severity high" and "do REF close" are short for what names the field. */
static int complete_verb(struct app *app, struct change *c, const struct kind *kind)
{
        const char *name = c->args->words[1];
        const struct verb *verb;
        const char *value = c->args->count == 3 ? c->args->words[2] : NULL;

        for (size_t i = 0; i < ARRAY_LEN(short_verbs); i++) {
                if (strcmp(short_verbs[i].name, name) != 0 || c->args->count > 2)
                        continue;
                name = short_verbs[i].verb;
                value = short_verbs[i].value;
        }
        verb = verb_find(kind, name);
        if (!verb)
                return usage_fail("no verb %s for a thing of kind %s; nearest: %s", name,
                                  kind->name, verb_nearest(kind, name));
        c->request.verb = verb->name;
        if (verb->needs_text)
                return usage_fail("muster note REF TEXT writes a note");
        if (!value || strchr(value, '=') || !verb->field)
                return read_fields(app, c->args, 2, verb, &c->request);
        set_value(app, &c->request, verb->field, value);
        return DONE;
}

int cmd_do(struct app *app, const struct args *args)
{
        struct change c = {.args = args, .complete = complete_verb};

        return change(app, &c);
}

/* ---- new ----------------------------------------------------------------------------------- */

int cmd_new(struct app *app, const struct args *args)
{
        const struct kind *kind = kind_asked(args->words[0]);
        struct ops_request r = {.verb = "open", .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];
        struct err err = {0};
        struct ops ops;
        enum rc rc;
        int status;

        if (!kind)
                return WRONG_USAGE;
        if (kind->derived)
                return usage_fail("%s", kind->derived);
        if (kind == &kind_log)
                return usage_fail("muster note REF TEXT writes into the log");
        status = read_fields(app, args, 1, NULL, &r);
        if (status != DONE)
                return status;
        rc = app_open(app, APP_WRITE, true, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_new(&ops, kind, &r, id, &err);
        status = rc == RC_OK ? print_thing(app, &ops, id, args_option(args, "--json") != NULL)
                             : app_fail(rc, &err);
        ops_close(&ops);
        return status;
}
