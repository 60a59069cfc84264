/*
 * complete: what may stand in the place of the last word, for the completion of shells. It asks no
 * database, so that it tells nothing of what a hub holds.
 */
#include <stdio.h>
#include <string.h>

#include "hub/hub_cli.h"

#define WORDS_MAX 4

struct completing {
        const char *words[WORDS_MAX]; /* that stand before, without the options and their values */
        size_t count;
        const char *typed;
};

static void offer(const struct completing *c, const char *word, size_t len, const char *what)
{
        if (strncmp(word, c->typed, strlen(c->typed)) != 0 || strlen(c->typed) > len)
                return;
        printf("%.*s", (int)len, word);
        if (what)
                printf("\t%s", what);
        printf("\n");
}

static bool find_option(const char *name, size_t len, struct hub_cli_text *ret)
{
        for (size_t i = 0; hub_cli_option_at(i, ret); i++)
                if (strlen(ret->name) == len && strncmp(ret->name, name, len) == 0)
                        return true;
        return false;
}

/* Whether the words begin with the command's; *ret_words: how many those are. */
static bool begins_with(const struct completing *c, const char *command, size_t *ret_words)
{
        *ret_words = 0;
        for (const char *at = command; *at; at += strspn(at, " ")) {
                size_t len = strcspn(at, " ");
                const char *word = *ret_words < c->count ? c->words[*ret_words] : "";

                if (strlen(word) != len || strncmp(word, at, len) != 0)
                        return false;
                ++*ret_words;
                at += len;
        }
        return true;
}

/* The part of its name that comes next: "add" of "token add" behind "token". */
static void offer_command(const struct completing *c, const struct hub_cli_text *command,
                          const char *before)
{
        const char *at = command->name;

        for (size_t i = 0; i < c->count; i++) {
                size_t len = strcspn(at, " ");

                if (strlen(c->words[i]) != len || strncmp(c->words[i], at, len) != 0 || !at[len])
                        return;
                at += len + 1;
        }
        size_t len = strcspn(at, " ");
        bool is_said = before && strncmp(before, command->name, len + 1) == 0 && !c->count;

        if (!is_said)
                offer(c, at, len, at[len] ? NULL : command->help);
}

static void offer_options(const struct completing *c, const struct hub_cli_text *command)
{
        struct hub_cli_text o;

        for (size_t i = 0; hub_cli_option_at(i, &o); i++)
                if (command ? strstr(command->options, o.name) != NULL
                            : strcmp(o.name, "--db") == 0)
                        offer(c, o.name, strlen(o.name), o.help);
}

/* "man8 | bash" as its words; places for people stand in capitals. */
static void offer_words(const struct completing *c, const char *args)
{
        for (; *args; args += strspn(args, " |")) {
                size_t len = strcspn(args, " ");

                if (*args >= 'a' && *args <= 'z')
                        offer(c, args, len, NULL);
                args += len;
        }
}

static void offer_all(const struct completing *c)
{
        struct hub_cli_text command, found = {0};
        const char *before = NULL;
        size_t words;

        for (size_t i = 0; hub_cli_command_at(i, &command); i++)
                if (begins_with(c, command.name, &words))
                        found = command;
        if (c->typed[0] == '-') {
                offer_options(c, found.name ? &found : NULL);
                return;
        }
        if (found.name) {
                offer_words(c, found.args);
                return;
        }
        for (size_t i = 0; hub_cli_command_at(i, &command); i++) {
                offer_command(c, &command, before);
                before = command.name;
        }
}

void hub_complete(const char *const *words, size_t count)
{
        struct completing c = {.typed = words[count - 1]};
        struct hub_cli_text o = {0};
        bool is_value = false;

        for (size_t i = 0; i + 1 < count; i++) {
                size_t len = strcspn(words[i], "=");

                if (is_value) {
                        is_value = false;
                        continue;
                }
                if (strncmp(words[i], "--", 2) == 0)
                        is_value = find_option(words[i], len, &o) && !words[i][len];
                else if (c.count < WORDS_MAX)
                        c.words[c.count++] = words[i];
        }
        if (!is_value)
                offer_all(&c);
        else if (strcmp(o.args, "FILE") == 0)
                printf("<files>\n");
        else if (strchr(o.args, '|'))
                offer_words(&c, o.args);
}
