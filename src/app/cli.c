#include "app/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/nearest.h"

#include "app_private.h"

/* ---- saying -------------------------------------------------------------------------------- */

int usage_fail(const char *fmt, ...)
{
        char text[1024];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);
        app_say("%s", text);
        return WRONG_USAGE;
}

const struct kind *kind_asked(const char *name)
{
        const struct kind *kind = kind_find(name);

        if (!kind)
                usage_fail("no kind %s; nearest: %s", name, kind_nearest(name));
        return kind;
}

/* ---- help ---------------------------------------------------------------------------------- */

void help_print(void)
{
        const struct command *c;

        printf("usage: muster [OPTION]... [COMMAND]     without a command: the console\n\n");
        options_print();
        printf("\n");
        for (size_t i = 0; (c = command_at(i)); i++)
                if (!c->hidden)
                        printf("  %-15s %s\n", c->name, c->help);
        printf("\nmuster help COMMAND explains one, and so does muster COMMAND --help. REF is a "
               "reference such\nas INC-0231, a STIX id or the beginning of either. Status: 0 done, "
               "1 failed, 2 wrong\nusage, 3 input refused, 4 done in part.\n");
}

/* ---- finding the command ------------------------------------------------------------------- */

/* Words of argv that name the command: 2 for "unit show". */
static int names_command(const struct command *c, int argc, char **argv)
{
        size_t first = strcspn(c->name, " ");

        if (strlen(argv[0]) != first || strncmp(argv[0], c->name, first) != 0)
                return 0;
        if (!c->name[first])
                return 1;
        return argc > 1 && strcmp(argv[1], c->name + first + 1) == 0 ? 2 : 0;
}

const struct command *command_find(int argc, char **argv, int *ret_words)
{
        const struct command *c;

        for (size_t i = 0; (c = command_at(i)); i++) {
                *ret_words = names_command(c, argc, argv);
                if (*ret_words)
                        return c;
        }
        return NULL;
}

bool command_is_raw(int argc, char **argv)
{
        int words;
        const struct command *c = command_find(argc, argv, &words);

        return c && c->raw;
}

static int no_command(int argc, char **argv)
{
        AUTO_FREE char *both = argc > 1 ? xasprintf("%s %s", argv[0], argv[1]) : xstrdup(argv[0]);
        const struct command *c;
        struct nearest nearest;

        nearest_init(&nearest, both);
        for (size_t i = 0; (c = command_at(i)); i++) {
                size_t first = strcspn(c->name, " ");

                if (strncmp(argv[0], c->name, first) == 0 && !argv[0][first] && c->name[first])
                        return usage_fail("muster %s %s %s", c->name, c->args,
                                          "is one; muster help lists the others");
                nearest_offer(&nearest, c->name);
        }
        return usage_fail("no command %s; nearest: %s; muster help lists them", argv[0],
                          nearest.best);
}

static int explain(const struct command *c)
{
        printf("muster %s %s\n%s\n", c->name, c->args, c->help);
        if (c->more)
                c->more();
        return DONE;
}

/* All whose first of two words it is; false where there are none. */
static bool explain_group(const char *first)
{
        const struct command *c;
        size_t len = strlen(first);
        bool any = false;

        for (size_t i = 0; (c = command_at(i)); i++) {
                if (strncmp(c->name, first, len) != 0 || c->name[len] != ' ')
                        continue;
                if (any)
                        printf("\n");
                any = true;
                explain(c);
        }
        return any;
}

int cmd_help(struct app *app, const struct args *args)
{
        const struct command *c;
        int words;

        (void)app;
        if (!args->count) {
                help_print();
                return DONE;
        }
        c = command_find((int)args->count, args->words, &words);
        if (c)
                return explain(c);
        if (args->count == 1 && explain_group(args->words[0]))
                return DONE;
        return no_command((int)args->count, args->words);
}

/* ---- running ------------------------------------------------------------------------------- */

int command_run(struct app *app, int argc, char **argv)
{
        struct args args = {0};
        int words = 0;
        const struct command *c = command_find(argc, argv, &words);
        int status;

        if (!c && argc == 2 && asks_help(argv[1]) && explain_group(argv[0]))
                return DONE;
        if (!c)
                return no_command(argc, argv);
        if (c->raw)
                args = (struct args){.words = argv + words, .count = (size_t)(argc - words)};
        status = c->raw ? DONE : args_read(c, argc - words, argv + words, &args, &app->arena);
        if (status != DONE)
                return status;
        if (args.help)
                return explain(c);
        if (c->writes && !app->operator)
                return usage_fail("who are you? --as NAME before the command, or operator= in the "
                                  "config");
        app->proves = c->writes && app->config.sign_in == SIGN_IN_REQUIRED;
        if (app->proves && !app->pin_file && !pin_can_be_typed())
                return usage_fail("the config asks for a sign-in: --pin-file FILE, with the PIN of "
                                  "%s, before the command",
                                  app->operator);
        return c->run(app, &args);
}
