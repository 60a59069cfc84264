/*
 * complete: what may stand in place of the last word, for the completion of shells. It is silent
 * about whatever is wrong and writes nothing.
 */
#include <stdio.h>
#include <string.h>

#include "app/complete.h"
#include "base/text.h"

#include "app_private.h"

#define PLACES_MAX 32

/* ---- offers -------------------------------------------------------------------------------- */

void complete_offer_open(struct completing *c, const char *word, const char *tail, const char *what)
{
        if (strncmp(word, c->typed, strlen(c->typed)) != 0 ||
            !text_is_clean(word, strlen(word), false) ||
            !text_is_clean(c->lead, strlen(c->lead), false))
                return;
        printf("%s%s%s", c->lead, word, tail);
        if (what && *what) {
                printf("\t");
                print_cell(what, 0);
        }
        printf("\n");
}

void complete_offer(struct completing *c, const char *word, const char *what)
{
        complete_offer_open(c, word, "", what);
}

bool complete_open(struct completing *c)
{
        if (!c->tried)
                c->opened = app_open(c->app, APP_READ, false, &c->ops, NULL) == RC_OK;
        c->tried = true;
        return c->opened;
}

/* ---- what a command takes ------------------------------------------------------------------ */

/* "[--kind KIND]" and "[VALUE | FIELD=VALUE...]" as words: --kind, KIND, VALUE|FIELD=VALUE... */
struct places {
        const char *words[PLACES_MAX];
        size_t count;
};

static char *without_brackets(struct arena *a, const char *s, size_t len)
{
        char *word = arena_strndup(a, s, len);
        size_t kept = 0;

        for (size_t i = 0; i < len; i++)
                if (word[i] != '[' && word[i] != ']')
                        word[kept++] = word[i];
        word[kept] = '\0';
        return word;
}

static void add_place(struct places *p, const char *word, bool joined, struct arena *a)
{
        bool is_option = strncmp(word, "--", 2) == 0;

        if (joined && p->count && !is_option)
                p->words[p->count - 1] = arena_printf(a, "%s|%s", p->words[p->count - 1], word);
        else if (p->count < PLACES_MAX)
                p->words[p->count++] = word;
}

static struct places places_of(const char *args, struct arena *a)
{
        struct places p = {0};
        bool joined = false;

        for (args += strspn(args, " "); *args; args += strspn(args, " ")) {
                size_t len = strcspn(args, " ");
                const char *word = without_brackets(a, args, len);

                if (strcmp(word, "|") != 0)
                        add_place(&p, word, joined, a);
                joined = strcmp(word, "|") == 0;
                args += len;
        }
        return p;
}

static bool option_takes_value(const struct command *c, const char *name, size_t len)
{
        for (const char *at = c->options ? c->options : ""; *at;) {
                size_t n = strcspn(at, "= ");

                if (n == len && strncmp(at, name, n) == 0)
                        return at[n] == '=';
                at += n + strspn(at + n, "= ");
        }
        return false;
}

static const char *place_of_option(const struct command *c, const struct places *p,
                                   const char *name, size_t len)
{
        for (size_t i = 0; i + 1 < p->count && option_takes_value(c, name, len); i++)
                if (strlen(p->words[i]) == len && strncmp(p->words[i], name, len) == 0)
                        return p->words[i + 1];
        return NULL;
}

/* A place with "..." takes all that follow. */
static const char *place_at(const struct command *c, const struct places *p, size_t position)
{
        size_t at = 0;

        for (size_t i = 0; i < p->count; i++) {
                const char *word = p->words[i];

                if (strncmp(word, "--", 2) == 0) {
                        i += option_takes_value(c, word, strlen(word));
                        continue;
                }
                if (at == position || strstr(word, "..."))
                        return word;
                at++;
        }
        return NULL;
}

/* ---- the line ------------------------------------------------------------------------------ */

static void offer_options(struct completing *c, const struct command *command)
{
        const struct global_option *o;

        for (size_t i = 0; !command && (o = global_option_at(i)); i++)
                complete_offer(c, o->name, o->help);
        for (const char *at = command && command->options ? command->options : ""; *at;) {
                size_t n = strcspn(at, "= ");

                complete_offer(c, arena_strndup(&c->app->arena, at, n), NULL);
                at += n + strspn(at + n, "= ");
        }
}

/* "--kind=inc": the name stays, the value may change. */
static void offer_value_inside(struct completing *c, const char *place, size_t name_len)
{
        c->lead = arena_strndup(&c->app->arena, c->typed, name_len + 1);
        c->typed += name_len + 1;
        if (place)
                complete_place(c, place);
}

static void complete_behind(struct completing *c, char **words, size_t count)
{
        struct places p = places_of(c->command->args, &c->app->arena);
        const char *pending = NULL; /* the place of the option before */
        size_t len;

        for (size_t i = 0; i + 1 < count; i++) {
                bool is_value = pending != NULL;
                const char *place = is_value ? pending : place_at(c->command, &p, c->position);

                len = strcspn(words[i], "=");
                pending = NULL;
                if (!is_value && strncmp(words[i], "--", 2) == 0) {
                        if (!words[i][len])
                                pending = place_of_option(c->command, &p, words[i], len);
                        continue;
                }
                if (place)
                        complete_learn(c, place, words[i]);
                c->position += !is_value;
        }
        len = strcspn(c->typed, "=");
        if (!pending && strncmp(c->typed, "--", 2) == 0 && c->typed[len])
                offer_value_inside(c, place_of_option(c->command, &p, c->typed, len), len);
        else if (!pending && c->typed[0] == '-')
                offer_options(c, c->command);
        else if (pending || (pending = place_at(c->command, &p, c->position)))
                complete_place(c, pending);
}

/* The options before the command; how many words they take. Where the typed word is one of them, or
 * the value of one, it is completed and the answer is `count`. */
static size_t complete_global(struct completing *c, char **words, size_t count, const char **config)
{
        size_t i = 0;

        while (i + 1 < count && words[i][0] == '-') {
                const struct global_option *o = NULL;
                size_t len = strcspn(words[i], "="), k = 0;
                const char *value;

                while ((o = global_option_at(k++)) &&
                       (strlen(o->name) != len || strncmp(o->name, words[i], len) != 0))
                        ;
                if (!o)
                        return count;
                value = words[i][len] ? words[i] + len + 1 : o->value ? words[i + 1] : NULL;
                if (o->value && !words[i][len] && i + 2 >= count) {
                        complete_place(c, o->value);
                        return count;
                }
                if (strcmp(o->name, "--db") == 0)
                        c->app->db = value;
                else if (strcmp(o->name, "--config") == 0)
                        *config = value;
                i += o->value && !words[i][len] ? 2 : 1;
        }
        return i;
}

static void complete_line(struct completing *c, char **words, size_t count)
{
        const char *config = NULL;
        size_t skipped = complete_global(c, words, count, &config);
        int name_words = 0;

        if (skipped >= count)
                return;
        start_config(c->app, config, NULL);
        words += skipped;
        count -= skipped;
        if (count > 1)
                c->command = command_find((int)count - 1, words, &name_words);
        c->words = words;
        c->word_count = c->command ? 0 : count - 1;
        if (c->command)
                complete_behind(c, words + name_words, count - (size_t)name_words);
        else if (count == 1 && c->typed[0] == '-')
                offer_options(c, NULL);
        else
                complete_place(c, "COMMAND");
}

int cmd_complete(struct app *app, const struct args *args)
{
        struct completing c = {.app = app, .kind = &kind_incident, .lead = ""};

        if (!args->count)
                return DONE;
        app->readonly = true;
        c.typed = args->words[args->count - 1];
        complete_line(&c, args->words, args->count);
        if (c.opened)
                ops_close(&c.ops);
        return DONE;
}
