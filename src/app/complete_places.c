/*
 * What may stand in the places that commands name: one row each.
 */
#include <stdio.h>
#include <string.h>

#include "app/complete.h"
#include "app/data.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "model/clock_law.h"
#include "model/marking.h"
#include "model/words.h"
#include "store/operators.h"
#include "store/remotes.h"

#include "app_private.h"

#define REFS_MAX   200
#define OFFERS_MAX 200

/* ---- words of tables ----------------------------------------------------------------------- */

static void offer_kinds(struct completing *c)
{
        for (size_t i = 0; i < kind_count(); i++)
                complete_offer(c, kind_at(i)->plural, NULL);
}

static void offer_labels(struct completing *c)
{
        for (size_t i = 0; i < enum_tlp.count; i++)
                complete_offer(c, enum_tlp.items[i].id, tlp_name((enum tlp)i));
}

static void offer_encodings(struct completing *c)
{
        const struct encoding_known *e;

        for (size_t i = 0; (e = encoding_known(i)); i++)
                complete_offer(c, e->name, e->whose);
}

static void offer_themes(struct completing *c)
{
        struct theme *themes = NULL;
        size_t count = 0;

        complete_offer(c, theme_night.name, NULL);
        complete_offer(c, theme_mono.name, NULL);
        if (app_load_data(c->app, NULL) == RC_OK)
                data_themes(c->app->data_dir, &c->app->arena, &themes, &count, NULL);
        for (size_t i = 0; i < count; i++)
                if (strcmp(themes[i].name, theme_night.name) != 0 &&
                    strcmp(themes[i].name, theme_mono.name) != 0)
                        complete_offer(c, themes[i].name, NULL);
}

/* The words of names that go on as those typed do: "audit" to export, verify. */
static void offer_commands(struct completing *c)
{
        const struct command *cmd;
        const char *before = "";

        for (size_t i = 0; (cmd = command_at(i)); i++) {
                size_t first = strcspn(cmd->name, " ");
                const char *word = arena_strndup(&c->app->arena, cmd->name, first);
                bool second = c->word_count > 0;

                if (cmd->hidden ||
                    (second && (strcmp(c->words[0], word) != 0 || !cmd->name[first])))
                        continue;
                if (second)
                        word = cmd->name + first + 1;
                if (strcmp(word, before) != 0)
                        complete_offer(c, word, cmd->name[first] && !second ? NULL : cmd->help);
                before = word;
        }
}

static void offer_files(struct completing *c)
{
        (void)c;
        printf("<files>\n");
}

/* ---- things -------------------------------------------------------------------------------- */

static void offer_refs(struct completing *c)
{
        struct arena *a = &c->app->arena;
        const char **ids = NULL;
        struct row *rows = NULL;
        size_t count = 0;

        if (!complete_open(c))
                return;
        if (strstr(c->typed, "--")) {
                thing_ids(c->ops.store, c->typed, REFS_MAX, a, &ids, &count, NULL);
                for (size_t i = 0; i < count; i++)
                        complete_offer(c, ids[i], NULL);
                return;
        }
        thing_by_ref(c->ops.store, c->typed, REFS_MAX, a, &rows, &count, NULL);
        for (size_t i = 0; i < count; i++)
                complete_offer(c, rows[i].ref,
                               thing_text(&rows[i].thing, rows[i].thing.kind->title));
}

static void offer_remotes(struct completing *c)
{
        struct remote *list = NULL;
        size_t count = 0;

        if (complete_open(c))
                remote_list(c->ops.store, &c->app->arena, &list, &count, NULL);
        for (size_t i = 0; i < count; i++)
                complete_offer(c, list[i].name, list[i].url);
}

static void offer_operators(struct completing *c)
{
        struct operator_entry *list = NULL;
        size_t count = 0;

        if (complete_open(c))
                operator_list(c->ops.store, &c->app->arena, &list, &count, NULL);
        for (size_t i = 0; i < count; i++)
                complete_offer(c, list[i].name, enum_id(&enum_operator, list[i].role));
}

/* What was held back or refused somewhere. */
static void offer_objects(struct completing *c)
{
        struct remote *list = NULL;
        size_t count = 0;

        if (complete_open(c))
                remote_list(c->ops.store, &c->app->arena, &list, &count, NULL);
        for (size_t i = 0; i < count; i++) {
                struct delivery *held = NULL;
                size_t n = 0;

                delivery_list(c->ops.store, list[i].id, -1, &c->app->arena, &held, &n, NULL);
                for (size_t j = 0; j < n && j < OFFERS_MAX; j++)
                        complete_offer(c, held[j].object, held[j].why);
        }
}

/* By its prefix; only what shows another unit's or none asks the database. */
static const struct kind *kind_of_ref(struct completing *c, const char *ref)
{
        const char *last = strrchr(ref, ' '), *dashes = strstr(ref, "--");
        const char *bare = last ? last + 1 : ref;
        const struct kind *kind =
                dashes ? kind_of_type(ref, (size_t)(dashes - ref))
                       : kind_of_prefix(arena_strndup(&c->app->arena, bare, strcspn(bare, "-")));
        struct row *rows = NULL;
        size_t count = 0;

        if (!kind && complete_open(c))
                thing_by_ref(c->ops.store, ref, 1, &c->app->arena, &rows, &count, NULL);
        return kind ? kind : count ? rows[0].thing.kind : &kind_incident;
}

/* ---- fields and values --------------------------------------------------------------------- */

static void offer_words(struct completing *c, const char *name)
{
        const struct word_list *list =
                app_load_data(c->app, NULL) == RC_OK ? words_list(c->app->words, name) : NULL;

        for (size_t i = 0; list && i < list->count; i++)
                complete_offer(c, list->words[i].id, list->words[i].label);
}

/* Of a set: the members typed before stay. */
static void keep_members(struct completing *c, const struct field *field)
{
        const char *comma = strrchr(c->typed, ',');
        const char *from = comma ? comma + 1 : c->typed;

        if (!field_is_set(field))
                return;
        from += *from == '+' || *from == '-';
        c->lead = arena_printf(&c->app->arena, "%s%.*s", c->lead, (int)(from - c->typed), c->typed);
        c->typed = from;
}

static void offer_values(struct completing *c, const struct field *field)
{
        keep_members(c, field);
        for (size_t i = 0; field->list && i < field->list->count; i++)
                complete_offer(c, field->list->items[i].id, NULL);
        if (field->words)
                offer_words(c, field->words);
        if (field->flags & FIELD_PERSON)
                complete_offer(c, "me", "the operator");
        if (field->type == FIELD_REF || field->type == FIELD_REFS)
                offer_refs(c);
}

static bool may_be_given(const struct completing *c, size_t i)
{
        const struct act nothing = {0};

        if (c->verb && c->verb->sets != SETS_HEADS)
                return verb_may_set(c->verb, c->kind, &nothing) >> i & 1;
        return c->kind->fields[i].flags & FIELD_FORM;
}

/* One that is named "rule" takes what the law knows: regimes and their rules. */
static void offer_rules(struct completing *c)
{
        const struct clock_law *law = app_load_data(c->app, NULL) == RC_OK ? c->app->law : NULL;

        for (size_t i = 0; i < clock_regime_count(law); i++) {
                const struct clock_regime *r = clock_regime_at(law, i);

                complete_offer(c, r->name, r->title);
                for (size_t k = 0; k < r->rule_count; k++)
                        complete_offer(c, r->rules[k].id, r->rules[k].what);
        }
}

static void offer_detail(struct completing *c, const struct detail_row *row)
{
        if (row->words)
                offer_words(c, row->words);
        else if (strcmp(row->name, "rule") == 0)
                offer_rules(c);
        else if (row->person)
                offer_operators(c);
        else if (row->type == FIELD_REF)
                offer_refs(c);
}

/* What a verb says besides the fields that it sets. */
static void offer_details(struct completing *c)
{
        size_t len = strcspn(c->typed, "=");
        const struct detail_row *row = c->verb ? c->verb->details : NULL;
        const struct detail_row *named = NULL;

        for (; row && row->name; row++) {
                if (row->own)
                        continue;
                if (!c->typed[len])
                        complete_offer_open(c, row->name, "=", row->help);
                else if (strlen(row->name) == len && strncmp(row->name, c->typed, len) == 0)
                        named = row;
        }
        if (!named)
                return;
        c->lead = arena_printf(&c->app->arena, "%s=", named->name);
        c->typed += len + 1;
        offer_detail(c, named);
}

static void offer_fields(struct completing *c)
{
        size_t len = strcspn(c->typed, "=");
        bool has_value = c->typed[len];
        const char *name = arena_strndup(&c->app->arena, c->typed, len);
        const struct field *field = has_value ? field_find(c->kind, name) : NULL;

        if (field) {
                c->lead = arena_printf(&c->app->arena, "%s=", name);
                c->typed += len + 1;
                offer_values(c, field);
        }
        for (size_t i = 0; !has_value && i < c->kind->field_count; i++)
                if (may_be_given(c, i))
                        complete_offer_open(c, c->kind->fields[i].name, "=",
                                            c->kind->fields[i].help);
        if (!field)
                offer_details(c);
}

/* The one value that a verb is about: do REF severity high. */
static void offer_value(struct completing *c)
{
        const struct field *field =
                c->verb && c->verb->field ? field_find(c->kind, c->verb->field) : NULL;
        const struct detail_row *about = c->verb ? c->verb->details : NULL;

        if (strchr(c->typed, '='))
                return;
        while (about && about->name && (!about->needed || about->person || about->own))
                about++;
        if (about && about->name)
                offer_detail(c, about);
        else if (field)
                offer_values(c, field);
}

static void offer_sorts(struct completing *c)
{
        for (size_t i = 0; i < c->kind->field_count; i++)
                if (c->kind->fields[i].flags & FIELD_SORT)
                        complete_offer(c, c->kind->fields[i].name, c->kind->fields[i].help);
}

static void offer_verbs(struct completing *c)
{
        const struct short_verb *s;

        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *v = verb_at(i);

                if (verb_find(c->kind, v->name) == v && !v->needs_text && v->sets != SETS_ALL &&
                    v->sets != SETS_UNDO)
                        complete_offer(c, v->name, v->help);
        }
        for (size_t i = 0; (s = short_verb_at(i)); i++)
                if (verb_find(c->kind, s->verb))
                        complete_offer(c, s->name, s->value);
}

/* ---- the filter line ----------------------------------------------------------------------- */

static void offer_saved(struct completing *c)
{
        const struct config *config = &c->app->config;

        for (size_t i = 0; i < config->filter_count; i++)
                complete_offer(c, arena_printf(&c->app->arena, "@%s", config->filters[i].name),
                               config->filters[i].value);
}

static void offer_filter(struct completing *c)
{
        const char *line = c->typed, *offers[OFFERS_MAX];
        size_t at = strlen(line), from = filter_word_start(line, at), count;
        struct filter_context ctx = {.kind = c->kind,
                                     .values = {.now_ms = clock_now_ms(), .me = c->app->operator} };

        offer_saved(c);
        if (app_load_data(c->app, NULL) == RC_OK)
                ctx.values.words = c->app->words;
        count = filter_complete(line, at, &ctx, &c->app->arena, offers, OFFERS_MAX);
        c->lead = arena_printf(&c->app->arena, "%s%.*s", c->lead, (int)from, line);
        c->typed = "";
        for (size_t i = 0; i < count; i++)
                complete_offer(c, offers[i], NULL);
}

/* ---- the table ----------------------------------------------------------------------------- */

static const struct place {
        const char *name;
        void (*offer)(struct completing *c);
} places[] = {
        {"REF", offer_refs},           {"ENTRY", offer_refs},         {"KIND", offer_kinds},
        {"VERB", offer_verbs},         {"VALUE", offer_value},        {"FIELD=VALUE", offer_fields},
        {"FIELD", offer_sorts},        {"LINE", offer_filter},        {"LABEL", offer_labels},
        {"THEME", offer_themes},       {"FILE", offer_files},         {"KEYS", offer_files},
        {"COMMAND", offer_commands},   {"REMOTE", offer_remotes},     {"OBJECT", offer_objects},
        {"OPERATOR", offer_operators}, {"ENCODING", offer_encodings},
};

static bool is_name(const char *word)
{
        return word[0] >= 'A' && word[0] <= 'Z';
}

void complete_place(struct completing *c, const char *place)
{
        const char *lead = c->lead, *typed = c->typed;

        while (*place) {
                size_t len = strcspn(place, "|");
                size_t bare = len > 3 && strncmp(place + len - 3, "...", 3) == 0 ? len - 3 : len;
                const char *word = arena_strndup(&c->app->arena, place, bare);

                c->lead = lead;
                c->typed = typed;
                for (size_t i = 0; i < ARRAY_LEN(places); i++)
                        if (strcmp(places[i].name, word) == 0)
                                places[i].offer(c);
                if (!is_name(word))
                        complete_offer(c, word, NULL);
                place += len + (place[len] != '\0');
        }
}

void complete_learn(struct completing *c, const char *place, const char *word)
{
        const struct kind *kind = strncmp(place, "KIND", 4) == 0 ? kind_find(word) : NULL;
        const struct short_verb *s;

        if (strcmp(place, "REF") == 0)
                kind = kind_of_ref(c, word);
        if (kind)
                c->kind = kind;
        if (strncmp(place, "COMMAND", 7) == 0) {
                c->words = arena_array(&c->app->arena, 1, sizeof(*c->words));
                c->words[0] = arena_strdup(&c->app->arena, word);
                c->word_count = 1;
        }
        if (strcmp(place, "VERB") != 0)
                return;
        c->verb = verb_find(c->kind, word);
        for (size_t i = 0; !c->verb && (s = short_verb_at(i)); i++)
                if (strcmp(s->name, word) == 0)
                        c->verb = verb_find(c->kind, s->verb);
}
