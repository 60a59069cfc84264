#include "hub/hub_cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/mem.h"
#include "base/text.h"
#include "hub/backend.h"
#include "hub/rate.h"
#include "hub/server.h"
#include "hub/tokens.h"

enum { DONE, FAILED, WRONG_USAGE, REFUSED };

#define RIGHTS_MAX 64
#define TEXT_MAX   1000 /* of a title or a description */

/* What stands on the line. */
struct line {
        const char *db;
        const char *words[4]; /* behind the command */
        size_t word_count;
        const char *listen, *tls_cert, *tls_key, *client_ca, *rate, *title, *alias, *description;
        const char *rights[RIGHTS_MAX]; /* --collection, may stand several times */
        size_t right_count;
};

/* THE table of options. */
static const struct option {
        const char *name, *value, *help;
        size_t place; /* of a const char * in struct line */
} options[] = {
        {"--db", "FILE or postgresql://...", "the database; else muster/hub.db in the data folder",
         offsetof(struct line, db)},
        {"--listen", "ADDR:PORT", "where to answer; port 0 takes a free one and says which",
         offsetof(struct line, listen)},
        {"--tls-cert", "FILE", "the hub's certificate and its chain, PEM",
         offsetof(struct line, tls_cert)},
        {"--tls-key", "FILE", "the key of the certificate, PEM", offsetof(struct line, tls_key)},
        {"--client-ca", "FILE", "who issues certificates of clients, PEM; showing one is optional",
         offsetof(struct line, client_ca)},
        {"--rate", "N | off",
         "requests a second of one address, and of one token; 500, or 10,000 on loopback",
         offsetof(struct line, rate)},
        {"--title", "TEXT", "of a collection, for people", offsetof(struct line, title)},
        {"--alias", "NAME", "another name of a collection", offsetof(struct line, alias)},
        {"--description", "TEXT", "of a collection, for people",
         offsetof(struct line, description)},
        {"--collection", "ID[:rw]", "UUID or alias, with :rw for who may write; several times",
         offsetof(struct line, rights)},
};

/* ---- saying -----------------------------------------------------------------------------------
 */

__attribute__((format(printf, 2, 3))) static int say(int status, const char *fmt, ...)
{
        char text[2048];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(text, sizeof(text), fmt, ap);
        va_end(ap);

        AUTO_FREE char *clean = text_clean(text, strlen(text), false);

        fprintf(stderr, "muster-hub: %s\n", clean);
        return status;
}

static int fail(enum rc rc, const struct err *err)
{
        return say(rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_NOTFOUND ? REFUSED : FAILED,
                   "%s", err->text);
}

/* ---- collections ------------------------------------------------------------------------------
 */

/* TAXII asks for a UUID: a name that is none becomes the alias of a new one. */
static int cmd_collection_add(struct backend *b, const struct line *l, struct arena *a)
{
        bool is_uuid = ident_is_uuid(l->words[0], strlen(l->words[0]));
        char id[UUID_TEXT];
        struct hub_collection c = {.id = is_uuid ? l->words[0] : id,
                                   .alias = is_uuid ? l->alias : l->words[0],
                                   .title = l->title ? l->title : l->words[0],
                                   .description = l->description};
        struct err err = {0};
        enum rc rc;

        (void)a;
        if (!is_uuid && l->alias)
                return say(WRONG_USAGE, "--alias goes with a UUID; %s is an alias itself",
                           l->words[0]);
        if (c.alias && (!token_is_name(c.alias) || ident_is_uuid(c.alias, strlen(c.alias))))
                return say(REFUSED, "an alias is made of letters, digits and . _ - @");
        if (strlen(c.title) > TEXT_MAX || (c.description && strlen(c.description) > TEXT_MAX))
                return say(REFUSED, "the text is longer than %d bytes", TEXT_MAX);
        if (!is_uuid)
                ident_uuid4(id);
        rc = b->ops->collection_add(b, &c, &err);
        if (rc != RC_OK)
                return fail(rc, &err);
        printf("%s\n", c.id);
        return DONE;
}

static int cmd_collection_list(struct backend *b, const struct line *l, struct arena *a)
{
        struct hub_collection *list;
        struct err err = {0};
        size_t count;
        enum rc rc = b->ops->collection_list(b, a, &list, &count, &err);

        (void)l;
        if (rc != RC_OK)
                return fail(rc, &err);
        for (size_t i = 0; i < count; i++) {
                AUTO_FREE char *title = text_clean(list[i].title, strlen(list[i].title), false);

                printf("%s  %-20s  %s\n", list[i].id, list[i].alias ? list[i].alias : "-", title);
        }
        return DONE;
}

/* ---- tokens -----------------------------------------------------------------------------------
 */

/* ID, ID:r or ID:rw */
static enum rc read_right(struct backend *b, const char *text, struct arena *a,
                          struct hub_right *ret, struct err *err)
{
        const char *colon = strchr(text, ':');
        const char *name = arena_strndup(a, text, colon ? (size_t)(colon - text) : strlen(text));
        struct hub_collection c;
        enum rc rc;

        if (colon && strcmp(colon, ":r") != 0 && strcmp(colon, ":rw") != 0)
                return err_set(err, RC_INVALID, "%s: a right is r or rw", text);
        rc = b->ops->collection_find(b, name, a, &c, err);
        if (rc == RC_OK)
                *ret = (struct hub_right){.collection = c.key,
                                          .id = c.id,
                                          .may_write = colon && strcmp(colon, ":rw") == 0};
        return rc;
}

static int cmd_token_add(struct backend *b, const struct line *l, struct arena *a)
{
        struct hub_right *rights = arena_array(a, l->right_count + 1, sizeof(*rights));
        struct hub_token t = {.name = l->words[0],
                              .created_us = clock_now_ms() * 1000,
                              .rights = rights,
                              .right_count = l->right_count};
        char text[TOKEN_TEXT];
        struct err err = {0};
        enum rc rc = RC_OK;

        if (!l->right_count)
                return say(WRONG_USAGE, "which collections? --collection ID[:rw]...");
        if (!token_is_name(t.name))
                return say(REFUSED, "a name is made of at most %d letters, digits and . _ - @",
                           TOKEN_NAME_MAX);
        for (size_t i = 0; rc == RC_OK && i < l->right_count; i++)
                rc = read_right(b, l->rights[i], a, &rights[i], &err);
        if (rc != RC_OK)
                return fail(rc, &err);
        token_make(&t, text, a);
        rc = b->ops->token_add(b, &t, &err);
        if (rc != RC_OK)
                return fail(rc, &err);
        printf("%s\n", text);
        crypt_wipe(text, sizeof(text));
        return DONE;
}

static int cmd_token_list(struct backend *b, const struct line *l, struct arena *a)
{
        struct hub_token *list;
        struct err err = {0};
        size_t count;
        enum rc rc = b->ops->token_list(b, a, &list, &count, &err);

        (void)l;
        if (rc != RC_OK)
                return fail(rc, &err);
        for (size_t i = 0; i < count; i++) {
                char created[STAMP_BYTES];

                stamp_format_s(list[i].created_us / 1000, created);
                printf("%-20s  %s ", list[i].name, created);
                for (size_t j = 0; j < list[i].right_count; j++)
                        printf(" %s:%s", list[i].rights[j].id,
                               list[i].rights[j].may_write ? "rw" : "r");
                printf("\n");
        }
        return DONE;
}

static int cmd_token_revoke(struct backend *b, const struct line *l, struct arena *a)
{
        struct err err = {0};
        enum rc rc = b->ops->token_revoke(b, l->words[0], &err);

        (void)a;
        return rc == RC_OK ? DONE : fail(rc, &err);
}

/* ---- serving ----------------------------------------------------------------------------------
 */

static bool read_rate(const char *text, struct server_options *o)
{
        unsigned long n = strtoul(text, NULL, 10);

        if (strcmp(text, "off") == 0)
                n = RATE_OFF;
        else if (!*text || strlen(text) > 7 || strspn(text, "0123456789") != strlen(text) || !n ||
                 n > RATE_MAX)
                return false;
        o->rate = o->loopback_rate = (unsigned)n;
        return true;
}

static int cmd_serve(struct backend *b, const struct line *l, struct arena *a)
{
        struct server_options o = {.listen = l->listen,
                                   .certificate = l->tls_cert,
                                   .key = l->tls_key,
                                   .client_authorities = l->client_ca,
                                   .rate = RATE_USUAL,
                                   .loopback_rate = RATE_LOOPBACK};
        struct err err = {0};
        enum rc rc;

        (void)a;
        if (!l->listen)
                return say(WRONG_USAGE, "where? --listen ADDR:PORT");
        if (!l->tls_cert != !l->tls_key)
                return say(WRONG_USAGE, "--tls-cert and --tls-key go together");
        if (l->client_ca && !l->tls_cert)
                return say(WRONG_USAGE, "--client-ca needs --tls-cert and --tls-key");
        if (l->rate && !read_rate(l->rate, &o))
                return say(WRONG_USAGE, "--rate takes a number from 1 to %d, or off", RATE_MAX);
        rc = server_run(b, &o, &err);
        return rc == RC_OK ? DONE : fail(rc, &err);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static int cmd_doc(const struct line *l)
{
        struct err err = {0};
        enum rc rc = hub_doc_print(l->words[0], &err);

        return rc == RC_OK ? DONE : fail(rc, &err);
}

static int cmd_version(const struct line *l)
{
        (void)l;
        printf("muster-hub " MUSTER_VERSION "\n");
        return DONE;
}

static const struct command {
        const char *name, *args, *help, *options; /* options that it takes, --db besides */
        size_t words;                             /* so many stand behind it */
        int (*run)(struct backend *b, const struct line *l, struct arena *a);
        int (*say)(const struct line *l); /* instead: it needs no database */
} commands[] = {
        {"serve", "--listen ADDR:PORT [--tls-cert F --tls-key F] [--client-ca F] [--rate N | off]",
         "answers TAXII 2.1 clients; plain http on loopback only",
         "--listen --tls-cert --tls-key --client-ca --rate", 0, cmd_serve, NULL},
        {"collection add", "ID --title T [--alias A] [--description D]",
         "makes a collection; ID is a UUID, or an alias for a new one; prints the UUID",
         "--title --alias --description", 1, cmd_collection_add, NULL},
        {"collection list", "", "lists collections: UUID, alias, title", "", 0, cmd_collection_list,
         NULL},
        {"token add", "NAME --collection ID[:rw]...",
         "makes a token and prints it, this once; NAME is also that of a client certificate",
         "--collection", 1, cmd_token_add, NULL},
        {"token list", "", "lists tokens and their rights", "", 0, cmd_token_list, NULL},
        {"token revoke", "NAME", "from now on nobody gets in with it", "", 1, cmd_token_revoke,
         NULL},
        {"doc", "man8 | bash | zsh | fish",
         "prints the manual page, or what a shell needs to complete", "", 1, NULL, cmd_doc},
        {"version", "", "says which muster-hub this is", "", 0, NULL, cmd_version},
};

bool hub_cli_command_at(size_t i, struct hub_cli_text *ret)
{
        if (i >= ARRAY_LEN(commands))
                return false;
        *ret = (struct hub_cli_text){.name = commands[i].name,
                                     .args = commands[i].args,
                                     .help = commands[i].help,
                                     .options = commands[i].options};
        return true;
}

bool hub_cli_option_at(size_t i, struct hub_cli_text *ret)
{
        if (i >= ARRAY_LEN(options))
                return false;
        *ret = (struct hub_cli_text){
                .name = options[i].name, .args = options[i].value, .help = options[i].help};
        return true;
}

static void print_help(void)
{
        printf("usage: muster-hub [--db FILE] COMMAND\n\n"
               "  %s %s\n      %s\n\n",
               options[0].name, options[0].value, options[0].help);
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                printf("  %s %s\n      %s\n", commands[i].name, commands[i].args, commands[i].help);
        printf("\nStatus: 0 done, 1 failed, 2 wrong usage, 3 input refused.\n");
}

/* ---- reading the line -------------------------------------------------------------------------
 */

static const struct option *find_option(const char *name, size_t len)
{
        for (size_t i = 0; i < ARRAY_LEN(options); i++)
                if (strlen(options[i].name) == len && strncmp(options[i].name, name, len) == 0)
                        return &options[i];
        return NULL;
}

/* Gives back how many words it took; 0 after saying why not. */
static int read_option(struct line *l, int argc, char **argv)
{
        size_t len = strcspn(argv[0], "=");
        bool inside = argv[0][len] == '=';
        const struct option *o = find_option(argv[0], len);
        const char *value = inside ? argv[0] + len + 1 : argc > 1 ? argv[1] : NULL;

        if (!o || !value) {
                say(0, o ? "%.*s takes %s" : "there is no option %.*s", (int)len, argv[0],
                    o ? o->value : "");
                return 0;
        }
        if (o->place != offsetof(struct line, rights))
                *(const char **)(void *)((char *)l + o->place) = value;
        else if (l->right_count < RIGHTS_MAX)
                l->rights[l->right_count++] = value;
        else
                return say(0, "more than %d rights in one token", RIGHTS_MAX);
        return inside ? 1 : 2;
}

/* How many words name the command: 2 for "token add". */
static int names_command(const struct command *c, const char *const *words, size_t count)
{
        size_t first = strcspn(c->name, " ");

        if (!count || strlen(words[0]) != first || strncmp(words[0], c->name, first) != 0)
                return 0;
        if (!c->name[first])
                return 1;
        return count > 1 && strcmp(words[1], c->name + first + 1) == 0 ? 2 : 0;
}

/* An option that the command does not take would be passed over in silence. */
static bool takes_all(const struct command *c, const struct line *l)
{
        for (size_t i = 0; i < ARRAY_LEN(options); i++) {
                const char *given =
                        *(const char *const *)(const void *)((const char *)l + options[i].place);

                if (given && options[i].place != offsetof(struct line, db) &&
                    !strstr(c->options, options[i].name)) {
                        say(0, "%s does not take %s", c->name, options[i].name);
                        return false;
                }
        }
        return true;
}

static enum rc open_db(const char *given, struct backend **ret, struct err *err)
{
        AUTO_FREE char *dir = given ? NULL : file_xdg(XDG_DATA);
        AUTO_FREE char *usual = given ? NULL : file_join(dir ? dir : ".", "hub.db");
        enum rc rc = dir ? file_mkdirs(dir, err) : RC_OK;

        return rc == RC_OK ? backend_open(given ? given : usual, server_threads(), ret, err) : rc;
}

static int run_command(const struct command *c, struct line *l)
{
        CLEANUP(backend_cleanup) struct backend *b = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        struct err err = {0};
        enum rc rc;

        if (l->word_count != c->words)
                return say(WRONG_USAGE, "usage: muster-hub %s %s", c->name, c->args);
        if (!takes_all(c, l))
                return WRONG_USAGE;
        if (c->say)
                return c->say(l);
        rc = open_db(l->db, &b, &err);
        return rc == RC_OK ? c->run(b, l, &a) : fail(rc, &err);
}

static int find_and_run(struct line *l)
{
        for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
                size_t took = (size_t)names_command(&commands[i], l->words, l->word_count);

                if (!took)
                        continue;
                l->word_count -= took;
                memmove(l->words, l->words + took, l->word_count * sizeof(*l->words));
                return run_command(&commands[i], l);
        }
        return say(WRONG_USAGE,
                   l->word_count ? "no command %s; muster-hub --help lists them"
                                 : "%swhat? muster-hub --help lists the commands",
                   l->word_count ? l->words[0] : "");
}

int hub_cli_run(int argc, char **argv)
{
        struct line l = {.db = NULL};

        if (argc > 2 && strcmp(argv[1], "complete") == 0) {
                hub_complete((const char *const *)(argv + 2), (size_t)argc - 2);
                return DONE;
        }
        for (int i = 1; i < argc;) {
                int took = 1;

                if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "help") == 0) {
                        print_help();
                        return DONE;
                }
                if (strncmp(argv[i], "--", 2) == 0)
                        took = read_option(&l, argc - i, argv + i);
                else if (l.word_count < ARRAY_LEN(l.words))
                        l.words[l.word_count++] = argv[i];
                else
                        took = say(0, "what is %s for?", argv[i]);
                if (!took)
                        return WRONG_USAGE;
                i += took;
        }
        return find_and_run(&l);
}
