#include "app/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/nearest.h"

#include "app_private.h"

static int cmd_help(struct app *app, const struct args *args);

#define MANY 100000

/* THE table of commands. */
static const struct command commands[] = {
        {.name = "init",
         .args = "--unit NAME [--desk NAME] [--unit-id ID | --join FILE] [--ceiling LABEL] "
                 "[--exercise]",
         .help = "makes the database of a unit, or joins one",
         .options = "--unit= --desk= --unit-id= --join= --ceiling= --exercise",
         .run = cmd_init},
        {.name = "unit show",
         .args = "[--json]",
         .help = "says who we are",
         .options = "--json",
         .run = cmd_unit_show},
        {.name = "unit export",
         .args = "FILE",
         .help = "writes the unit's identity and definitions; another desk joins with it",
         .least = 1,
         .most = 1,
         .run = cmd_unit_export},
        {.name = "import",
         .args = "FILE... [--kind KIND [--map COLUMN=FIELD]... [--reason TEXT]] [--dry-run] "
                 "[--json]",
         .help = "takes in STIX 2.1: a bundle, a list, one object, a TAXII envelope; - is stdin. "
                 "With --kind: a table, CSV, a row a thing; its columns are found by their heads, "
                 "or said: \"Full name=name\", \"First+Last=name\", \"Notes=-\"; --dry-run "
                 "shows what each row would do",
         .options = "--kind= --map= --reason= --dry-run --json",
         .least = 1,
         .most = MANY,
         .writes = true,
         .run = cmd_import},
        {.name = "export",
         .args = "FILE [--filter LINE] [--kind KIND] [--ceiling LABEL] [--format stix|csv]",
         .help = "writes a plain STIX bundle, or of a kind a table: FILE.csv; - is stdout",
         .options = "--filter= --kind= --ceiling= --format=",
         .least = 1,
         .most = 1,
         .run = cmd_export},
        {.name = "list",
         .args = "KIND|conflicts|outbox|quarantine|gone|peers|sign-ins|filters [--filter LINE] "
                 "[--sort FIELD] [--limit N] [--json]",
         .help = "lists incidents, participants, the log; conflicts; what waits to go out, what "
                 "was refused there; what is no longer on a server that it came from; consoles "
                 "whose clock is ahead of ours; who signed in, and who was refused; saved filters",
         .options = "--filter= --sort= --limit= --json",
         .least = 1,
         .most = 1,
         .run = cmd_list},
        {.name = "show",
         .args = "REF [--at TIME] [--json]",
         .help = "shows one thing with its timeline; --at: as it was known then",
         .options = "--at= --json",
         .least = 1,
         .most = 1,
         .run = cmd_show},
        {.name = "new",
         .args = "KIND FIELD=VALUE... [--json]",
         .help = "opens a new thing",
         .options = "--json",
         .least = 1,
         .most = MANY,
         .writes = true,
         .run = cmd_new},
        {.name = "set",
         .args = "REF FIELD=VALUE... [--reason TEXT] [--json]",
         .help = "changes fields; +x and -x change members of a set",
         .options = "--reason= --json",
         .least = 2,
         .most = MANY,
         .writes = true,
         .run = cmd_set},
        {.name = "do",
         .args = "REF VERB [VALUE | FIELD=VALUE...] [--reason TEXT] [--at TIME] [--json]",
         .help = "does what the verb says: ack, severity, park, escalate, decide, close ...",
         .options = "--reason= --at= --json",
         .least = 2,
         .most = MANY,
         .writes = true,
         .run = cmd_do},
        {.name = "note",
         .args = "REF TEXT | --general TEXT | --duty TEXT [--at TIME] [--late WHY] "
                 "[--significant] [--json]",
         .help = "writes a note into the log of a thing, or into the general or duty log",
         .options = "--general --duty --at= --late= --significant --json",
         .least = 1,
         .most = MANY,
         .writes = true,
         .run = cmd_note},
        {.name = "undo",
         .args = "[--dry-run] [--json]",
         .help = "takes back the last change that was made here, or says which one that is",
         .options = "--dry-run --json",
         .writes = true,
         .run = cmd_undo},
        {.name = "report incident",
         .args = "--ref REF [--format md|txt|json] [--at TIME] [--ceiling LABEL]",
         .help = "writes the report on an incident, marked on top and at the end",
         .options = "--ref= --format= --at= --ceiling=",
         .run = cmd_report_incident},
        {.name = "report readiness",
         .args = "[--for REF] [--without REF,REF...] [--json]",
         .help = "says who is left by role, language and community, and where there is nobody or "
                 "one alone in the next 14 days; --for: whether a second incident or request like "
                 "this one could be met; --without: as if these were away",
         .options = "--for= --without= --json",
         .run = cmd_report_readiness},
        {.name = "correct",
         .args = "ENTRY TEXT --reason WHY [--json]",
         .help = "corrects an entry of the log by a new one; the old one stays",
         .options = "--reason= --json",
         .least = 2,
         .most = MANY,
         .writes = true,
         .run = cmd_correct},
        {.name = "review",
         .args = "ENTRY [COMMENT] [--json]",
         .help = "says that another person has read a significant entry of the log",
         .options = "--json",
         .least = 1,
         .most = MANY,
         .writes = true,
         .run = cmd_review},
        {.name = "find",
         .args = "REF [--kind KIND] [--filter LINE] [--leave-out CRITERION,...] [--limit N] "
                 "[--json]",
         .help = "who could go for an incident, a request or a deployment, best first, and why",
         .options = "--kind= --filter= --leave-out= --limit= --json",
         .least = 1,
         .most = 1,
         .run = cmd_candidates},
        {.name = "metrics",
         .args = "[--filter LINE] [--json]",
         .help = "how fast incidents are acknowledged, triaged, contained, closed; the backlog",
         .options = "--filter= --json",
         .run = cmd_metrics},
        {.name = "remote add",
         .args = "NAME URL --collection ID [--token-file FILE | --user NAME --password-file FILE | "
                 "--cert FILE --key FILE] [--ca FILE] [--ceiling LABEL] [--default-marking LABEL]",
         .help = "adds a TAXII 2.1 server to meet others through; what is above its ceiling "
                 "(without one AMBER) does not go there",
         .options = "--collection= --token-file= --user= --password-file= --cert= --key= --ca= "
                    "--ceiling= --default-marking=",
         .least = 2,
         .most = 2,
         .writes = true,
         .run = cmd_remote_add},
        {.name = "remote list",
         .args = "[--json]",
         .help = "lists the remotes: how old their data is, what waits for them, what went wrong",
         .options = "--json",
         .run = cmd_remote_list},
        {.name = "remote remove",
         .args = "REMOTE",
         .help = "forgets a remote; what came from there stays",
         .least = 1,
         .most = 1,
         .writes = true,
         .run = cmd_remote_remove},
        {.name = "remote test",
         .args = "REMOTE",
         .help = "asks a remote who we are there and what we may; nothing is exchanged",
         .least = 1,
         .most = 1,
         .writes = true,
         .run = cmd_remote_test},
        {.name = "sync",
         .args = "[--once|--watch] [--json]",
         .help = "exchanges with all remotes, one line each; --watch goes on until it is stopped",
         .options = "--once --watch --json",
         .writes = true,
         .run = cmd_sync},
        {.name = "outbox retry",
         .args = "OBJECT",
         .help = "lets an object that was held back or refused wait for its remotes again",
         .least = 1,
         .most = 1,
         .writes = true,
         .run = cmd_outbox_retry},
        {.name = "outbox drop",
         .args = "OBJECT [--reason TEXT]",
         .help = "an object never goes to the remotes that it waits for; it stays here",
         .options = "--reason=",
         .least = 1,
         .most = 1,
         .writes = true,
         .run = cmd_outbox_drop},
        {.name = "playbook validate",
         .args = "FILE... [--json]",
         .help = "says of each playbook file (CACAO 2.0) whether it is ok, warn, view-only or "
                 "refused, and why; - is stdin",
         .options = "--json",
         .least = 1,
         .most = MANY,
         .run = cmd_playbook_validate},
        {.name = "playbook new",
         .args = "[NAME] --from FILE [--out FILE]",
         .help = "makes a playbook (CACAO 2.0) from a checklist in Markdown: steps with @role, "
                 "(30m), (two), (must), and blocks if, while, switch, parallel; without NAME its "
                 "heading is the name",
         .options = "--from= --out=",
         .most = 1,
         .run = cmd_playbook_new},
        {.name = "playbook list",
         .args = "FILE [--out FILE]",
         .help = "prints a playbook as the checklist that playbook new reads, to be edited",
         .options = "--out=",
         .least = 1,
         .most = 1,
         .run = cmd_playbook_list},
        {.name = "playbook library",
         .args = "[--json]",
         .help = "takes in the playbooks that come with Muster, those that are not held yet",
         .options = "--json",
         .writes = true,
         .run = cmd_playbook_library},
        {.name = "playbook suggest",
         .args = "REF [--json]",
         .help = "which playbooks fit an incident, best first, and why",
         .options = "--json",
         .least = 1,
         .most = 1,
         .run = cmd_playbook_suggest},
        {.name = "playbook run",
         .args = "REF [--incident REF] [--content HASH] [--title TEXT] [--reason TEXT] "
                 "[--dry-run] [--json]",
         .help = "starts a run of a playbook, or of one of the library by its name; --dry-run: "
                 "shows its plan and writes nothing",
         .options = "--incident= --content= --title= --reason= --dry-run --json",
         .least = 1,
         .most = 1,
         .writes = true,
         .run = cmd_playbook_run},
        {.name = "playbook diff",
         .args = "REF [--from HASH] [--to HASH] [--json]",
         .help = "what is different in a newer version of a playbook; of a run also what it would "
                 "lose by moving to it",
         .options = "--from= --to= --json",
         .least = 1,
         .most = 1,
         .run = cmd_playbook_diff},
        {.name = "playbook export",
         .args = "REF FILE [--content HASH]",
         .help = "writes a playbook's document, byte for byte as it came; FILE may be -",
         .options = "--content=",
         .least = 2,
         .most = 2,
         .run = cmd_playbook_export},
        {.name = "operator add",
         .args = "NAME --role viewer|officer|lead [--pin-file FILE]",
         .help = "adds an operator with the PIN in FILE, or asks for one; the first is a lead, the "
                 "others are added by a lead",
         .options = "--role= --pin-file=",
         .least = 1,
         .most = 1,
         .run = cmd_operator_add},
        {.name = "operator list",
         .args = "[--json]",
         .help = "lists the operators, their roles, when they signed in last",
         .options = "--json",
         .run = cmd_operator_list},
        {.name = "operator remove",
         .args = "OPERATOR",
         .help = "removes an operator; what they did stays",
         .least = 1,
         .most = 1,
         .run = cmd_operator_remove},
        {.name = "operator pin",
         .args = "OPERATOR [--pin-file FILE]",
         .help = "gives an operator the PIN in FILE, or asks for one: by the operator, or by a "
                 "lead",
         .options = "--pin-file=",
         .least = 1,
         .most = 1,
         .run = cmd_operator_pin},
        {.name = "audit verify",
         .args = "",
         .help = "walks the hash chain of the journal and names the first broken entry",
         .run = cmd_audit_verify},
        {.name = "audit export",
         .args = "FILE",
         .help = "writes the journal, one JSON object a line; - is stdout",
         .least = 1,
         .most = 1,
         .run = cmd_audit_export},
        {.name = "backup",
         .args = "FILE",
         .help = "writes a copy of the whole database",
         .least = 1,
         .most = 1,
         .run = cmd_backup},
        {.name = "doctor",
         .args = "[--json] [--fields KIND]",
         .help = "checks the database and counts what is in it; --fields: the fields of a kind",
         .options = "--json --fields=",
         .run = cmd_doctor},
        {.name = "doc",
         .args = "man1|man5|man7|bash|zsh|fish",
         .help = "prints a manual page, or the completion of a shell; make install puts them in "
                 "their places",
         .least = 1,
         .most = 1,
         .hidden = true,
         .run = cmd_doc},
        {.name = "complete",
         .args = "[WORD]...",
         .help = "prints what may stand in place of the last word, with a tab before what it is; "
                 "<files>: names of files. The completion of the shells asks it",
         .most = MANY,
         .hidden = true,
         .raw = true,
         .run = cmd_complete},
        {.name = "version", .args = "", .help = "says which Muster this is", .run = cmd_version},
        {.name = "help",
         .args = "[COMMAND]...",
         .help = "lists the commands, or explains one",
         .most = 2,
         .run = cmd_help},
};

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
        printf("usage: muster [OPTION]... [COMMAND]     without a command: the console\n\n");
        options_print();
        printf("\n");
        for (size_t i = 0; i < ARRAY_LEN(commands); i++)
                if (!commands[i].hidden)
                        printf("  %-15s %s\n", commands[i].name, commands[i].help);
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
        for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
                *ret_words = names_command(&commands[i], argc, argv);
                if (*ret_words)
                        return &commands[i];
        }
        return NULL;
}

const struct command *command_at(size_t i)
{
        return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
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
        struct nearest nearest;

        nearest_init(&nearest, both);
        for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
                size_t first = strcspn(commands[i].name, " ");

                if (strncmp(argv[0], commands[i].name, first) == 0 && !argv[0][first] &&
                    commands[i].name[first])
                        return usage_fail("muster %s %s %s", commands[i].name, commands[i].args,
                                          "is one; muster help lists the others");
                nearest_offer(&nearest, commands[i].name);
        }
        return usage_fail("no command %s; nearest: %s; muster help lists them", argv[0],
                          nearest.best);
}

static int explain(const struct command *c)
{
        printf("muster %s %s\n%s\n", c->name, c->args, c->help);
        return DONE;
}

/* All whose first of two words it is; false where there are none. */
static bool explain_group(const char *first)
{
        size_t len = strlen(first);
        bool any = false;

        for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
                if (strncmp(commands[i].name, first, len) != 0 || commands[i].name[len] != ' ')
                        continue;
                if (any)
                        printf("\n");
                any = true;
                explain(&commands[i]);
        }
        return any;
}

static int cmd_help(struct app *app, const struct args *args)
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
