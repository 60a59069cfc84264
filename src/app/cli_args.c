/*
 * What stands behind a command: plain words and options, in any order.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/nearest.h"

#include "app_private.h"

const char *args_option(const struct args *args, const char *name)
{
        for (size_t i = args->option_count; i-- > 0;)
                if (strcmp(args->options[i].name, name) == 0)
                        return args->options[i].value;
        return NULL;
}

int limit_asked(const struct args *args, size_t usual, size_t *ret)
{
        const char *said = args_option(args, "--limit");
        char *end;
        unsigned long n;

        *ret = usual;
        if (!said)
                return DONE;
        errno = 0;
        n = strtoul(said, &end, 10);
        if (said[0] < '0' || said[0] > '9' || *end || errno)
                return usage_fail("--limit takes a number, not %s", said);
        *ret = n;
        return DONE;
}

/* Finds "--json" among "--filter= --json". */
static bool find_option(const struct command *c, const char *typed, size_t len, bool *ret_value,
                        struct nearest *nearest, struct arena *a)
{
        const char *at = c->options ? c->options : "";

        while (*at) {
                size_t n = strcspn(at, "= ");

                nearest_offer(nearest, arena_strndup(a, at, n));
                if (n == len && strncmp(at, typed, n) == 0) {
                        *ret_value = at[n] == '=';
                        return true;
                }
                at += n + strspn(at + n, "= ");
        }
        return false;
}

static int refuse_option(const struct command *c, const char *typed, const struct nearest *nearest)
{
        if (nearest->best)
                return usage_fail("muster %s has no option %s; nearest: %s", c->name, typed,
                                  nearest->best);
        return usage_fail("muster %s has no option %s", c->name, typed);
}

/* Gives back how many arguments it took, 0 after saying why not. */
static int read_arg_option(const struct command *c, int argc, char **argv, struct args *args,
                           struct arena *a)
{
        size_t len = strcspn(argv[0], "=");
        struct nearest nearest;
        bool takes = false, inside = argv[0][len] == '=';
        const char *value = inside ? argv[0] + len + 1 : argc > 1 ? argv[1] : NULL;

        nearest_init(&nearest, argv[0]);
        if (!find_option(c, argv[0], len, &takes, &nearest, a)) {
                refuse_option(c, argv[0], &nearest);
                return 0;
        }
        if (takes ? !value : inside) {
                usage_fail("%.*s takes %s", (int)len, argv[0], takes ? "a value" : "no value");
                return 0;
        }
        if (args->option_count == ARGS_OPTIONS_MAX) {
                usage_fail("too many options");
                return 0;
        }
        args->options[args->option_count].name = arena_strndup(a, argv[0], len);
        args->options[args->option_count++].value = takes ? value : "";
        return takes && !inside ? 2 : 1;
}

bool asks_help(const char *word)
{
        return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int args_read(const struct command *c, int argc, char **argv, struct args *args, struct arena *a)
{
        args->words = arena_array(a, (size_t)argc + 1, sizeof(*args->words));
        for (int i = 0; i < argc;) {
                int took = 1;

                if (strcmp(argv[i], "--") == 0) {
                        while (++i < argc)
                                args->words[args->count++] = argv[i];
                        break;
                }
                if (asks_help(argv[i])) {
                        args->help = true;
                        return DONE;
                }
                if (strncmp(argv[i], "--", 2) == 0)
                        took = read_arg_option(c, argc - i, argv + i, args, a);
                else
                        args->words[args->count++] = argv[i];
                if (!took)
                        return WRONG_USAGE;
                i += took;
        }
        if (args->count < c->least || args->count > c->most)
                return usage_fail("usage: muster %s %s", c->name, c->args);
        return DONE;
}
