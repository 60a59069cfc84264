/*
 * What the commands share: the functions behind the table in cli.c, and how they print.
 */
#ifndef MUSTER_APP_PRIVATE_H
#define MUSTER_APP_PRIVATE_H

#include "app/cli.h"
#include "app/scenario.h"
#include "ops/operators.h"

struct json_t;
struct str;

/* ---- cli_start.c, cli.c, cli_args.c ---- */
void options_print(void);
void help_print(void);
/* Reads the config (path NULL: the usual one) and fills in what the options left open. */
enum rc start_config(struct app *app, const char *path, struct err *err);
/* struct config_check, of which ctx is a struct app. */
enum rc config_check_value(void *ctx, const char *section, const char *name, const char *value,
                           struct err *err);
/* The command that argv names, with what stands behind it; gives back the exit status. */
int command_run(struct app *app, int argc, char **argv);
bool command_is_raw(int argc, char **argv); /* argc > 0 */
/* WRONG_USAGE after saying why. Where help is asked for nothing behind that counts. */
int args_read(const struct command *c, int argc, char **argv, struct args *ret, struct arena *a);
bool asks_help(const char *word);
/* What --limit says, else `usual`. WRONG_USAGE after saying why. */
int limit_asked(const struct args *args, size_t usual, size_t *ret);

/* ---- app.c ---- */
/* How this program opens its database; borrows from app. */
struct ops_options app_ops_options(const struct app *app, int mode);

/* ---- pin.c: PINs from files and from the terminal ---- */
/* Signs the operator in with the PIN of --pin-file or as typed. RC_DENIED, RC_INVALID. */
enum rc app_prove(struct app *app, struct ops *ops, struct err *err);
/* Of a file that nobody else can read, or, with path NULL, typed without echo after the question.
 * RC_INVALID: why it can't be taken. The caller wipes it. */
enum rc pin_read(const char *path, const char *question, char ret[PIN_BYTES], struct err *err);
bool pin_can_be_typed(void);

/* ---- cli_change.c ---- */
/* app_fail of what lacks a reason: it also says how the command line gives one. */
int app_fail_for_reason(enum rc rc, const struct err *err);

/* ---- the commands, by file ---- */
int cmd_version(struct app *app, const struct args *args);
int cmd_help(struct app *app, const struct args *args);
int cmd_init(struct app *app, const struct args *args);
int cmd_unit_show(struct app *app, const struct args *args);
int cmd_unit_export(struct app *app, const struct args *args);
int cmd_import(struct app *app, const struct args *args);
int cmd_export(struct app *app, const struct args *args);
int cmd_candidates(struct app *app, const struct args *args);
int cmd_list(struct app *app, const struct args *args);
int cmd_show(struct app *app, const struct args *args);
int cmd_new(struct app *app, const struct args *args);
int cmd_set(struct app *app, const struct args *args);
int cmd_do(struct app *app, const struct args *args);
int cmd_correct(struct app *app, const struct args *args);
int cmd_review(struct app *app, const struct args *args);
int cmd_metrics(struct app *app, const struct args *args);
int cmd_note(struct app *app, const struct args *args);
int cmd_undo(struct app *app, const struct args *args);
int cmd_remote_add(struct app *app, const struct args *args);
int cmd_remote_list(struct app *app, const struct args *args);
int cmd_remote_remove(struct app *app, const struct args *args);
int cmd_remote_test(struct app *app, const struct args *args);
int cmd_sync(struct app *app, const struct args *args);
int cmd_outbox_retry(struct app *app, const struct args *args);
int cmd_outbox_drop(struct app *app, const struct args *args);
int cmd_playbook_validate(struct app *app, const struct args *args);
int cmd_playbook_new(struct app *app, const struct args *args);
int cmd_playbook_list(struct app *app, const struct args *args);
int cmd_playbook_edit(struct app *app, const struct args *args);
int cmd_playbook_run(struct app *app, const struct args *args);
int cmd_playbook_diff(struct app *app, const struct args *args);
int cmd_playbook_export(struct app *app, const struct args *args);
int cmd_playbook_library(struct app *app, const struct args *args);
int cmd_playbook_suggest(struct app *app, const struct args *args);
int cmd_operator_add(struct app *app, const struct args *args);
int cmd_operator_list(struct app *app, const struct args *args);
int cmd_operator_remove(struct app *app, const struct args *args);
int cmd_operator_pin(struct app *app, const struct args *args);
int cmd_audit_verify(struct app *app, const struct args *args);
int cmd_audit_export(struct app *app, const struct args *args);
int cmd_backup(struct app *app, const struct args *args);
int cmd_doctor(struct app *app, const struct args *args);
int cmd_report_incident(struct app *app, const struct args *args);
int cmd_report_readiness(struct app *app, const struct args *args);
int cmd_doc(struct app *app, const struct args *args);
int cmd_complete(struct app *app, const struct args *args);

/* Of a field, for people: its type in a word, and what sets it. */
const char *field_type_name(const struct field *field);
const char *field_set_by(const struct field *field);
/* Verbs of `do` that say their value themselves: "close" is status closed. NULL behind the last. */
struct short_verb {
        const char *name, *verb, *value;
};
const struct short_verb *short_verb_at(size_t i);

/* Wrong usage, said on stderr; gives back the exit status. */
int usage_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* NULL, after it was said, where there is no such kind. */
const struct kind *kind_asked(const char *name);
enum rc ceiling_asked(const struct args *args, int *ret, struct err *err);

/* ---- cli_print.c: things as text and as JSON ---- */
/* Null where it is not known. */
void json_set_text_or_null(struct json_t *obj, const char *key, const char *text);
void json_set_time_or_null(struct json_t *obj, const char *key, int64_t ms);
struct json_t *json_of_row(const struct row *row);
/* Every field of the kind is there, null or [] where it is not set, so that scripts find it. */
struct json_t *json_of_fields(const struct thing *t);
/* What others say of a thing by objects of their own: a list per kind of them, into obj. */
/* cli_show_duties.c */
struct duties;
struct ops_run;
struct held_playbook;
void print_duties(const struct duties *duties);
void json_add_duties(struct json_t *obj, const struct duties *duties);
/* cli_verbs.c: the verbs of each kind, for the help of do */
void help_verbs(void);
/* cli_show_run.c: the steps of a run and of a playbook */
void print_run(struct ops_run *run);
struct plan;
/* cli_show_step.c: what the steps say that wait for somebody; lines of a text, made harmless */
void print_steps_now(struct ops_run *r, const struct plan *plan, struct arena *a);
void print_lines(const char *text, int indent);
/* Of a run in which that was done: the steps that wait for a second person. */
void print_to_sign(struct app *app, struct ops *ops, const char *id, const char *verb);
void json_add_run(struct json_t *obj, struct ops_run *run);
void print_playbook(const struct held_playbook *p, struct arena *a);
void json_add_playbook(struct json_t *obj, struct ops *ops, const struct held_playbook *p,
                       struct arena *a);
/* cli_show_times.c: of a playbook over its runs; nothing is printed where there was none */
struct times_of_book;
void print_playbook_times(const struct times_of_book *t);
void json_add_playbook_times(struct json_t *obj, const struct times_of_book *t);
void json_add_parts(struct json_t *obj, const struct ops_view *v);
void print_parts(const struct ops_view *v, const struct words *words, struct arena *a);
/* A value as people read it; "" when not set. In the arena. */
const char *show_value(const struct row *row, const char *field, const struct words *words,
                       struct arena *a);
/* Prints the document and a line end; hands the value over to free. */
void print_json(struct json_t *j);
/* JSON as it is, but what no terminal may get is escaped. */
void print_json_text(const char *text);
/* `text` in exactly `columns`, cut or filled, made harmless; 0 = as long as it is. */
void print_cell(const char *text, size_t columns);
#define REMOTE_COLUMNS 16 /* of a name in a list */
/* One thing after a change: JSON, or its reference and title. */
int print_thing(struct app *app, struct ops *ops, const char *id, bool json);

/* ---- cli_transfer.c: files in and out ---- */
struct import_result;
struct export_options;
/* "-" is standard input; what comes by a pipe is kept in a file meanwhile, so that it can be read
 * twice. */
enum rc source_open(const char *name, int *ret, struct err *err);
struct json_t *json_of_import(const char *name, const struct import_result *r);
void print_import(const char *name, const char *noun, const struct import_result *r);
/* A console on the same database goes first: somebody waits for each of its keys. */
void make_way(void);
/* Where there is no database yet, what an import would do is tried on one that nobody keeps: app
 * names it from then on; in a folder (malloc'ed) for tempdir_remove(). */
enum rc database_of_dry_run(struct app *app, char **ret_dir, struct err *err);

/* ---- cli_table.c: the same of tables, CSV ---- */
int import_table(struct app *app, const struct args *args);
int export_table(struct ops *ops, const char *path, const struct export_options *o);

/* ---- cli_clocks.c ---- */
struct clock_list;
struct json_t *json_of_clocks(const struct clock_list *list, struct arena *a);
void print_clocks(const struct clock_list *list, struct arena *a);

/* ---- list's other tables ---- */
int list_conflicts(struct app *app, const struct args *args);
int list_outbox(struct app *app, const struct args *args);
int list_quarantine(struct app *app, const struct args *args);
int list_gone(struct app *app, const struct args *args);
int list_peers(struct app *app, const struct args *args);
int list_sign_ins(struct app *app, const struct args *args);
struct json_t *json_of_conflict(const struct folded *f, const struct fold_heads *h);
size_t count_conflicts(const struct folded *f);

/* ---- loop_sync.c: who synchronises, beside the loop ---- */
struct loop_sync;
struct ui;
struct loop_sync *loop_sync_start(struct app *app, struct ops *ops, struct ui *ui);
void loop_sync_stop(struct loop_sync *ls);    /* NULL is fine */
int loop_sync_fd(const struct loop_sync *ls); /* -1: nobody synchronises */
bool loop_sync_take(struct loop_sync *ls);    /* its news; true: it wrote */
void loop_sync_wishes(struct loop_sync *ls);  /* of the console */
void loop_sync_look(struct loop_sync *ls);    /* others wrote: remotes may have changed */

/* ---- remote_url.c: which servers may be talked to ---- */
/* RC_INVALID: neither https nor http to loopback, or a password in it; an exercise's: not loopback.
 */
enum rc url_check(const char *url, bool exercise, struct err *err);

/* ---- outfile.c: a file that is there whole or not at all; "-" is stdout ---- */
struct outfile {
        char *path, *temp; /* NULL for stdout */
        int fd;
};
enum rc outfile_open(const char *path, struct outfile *ret, struct err *err);
/* For sinks: ctx is the struct outfile. */
enum rc outfile_write(void *ctx, const char *bytes, size_t len, struct err *err);
/* Asked where nothing was put in: a file of which all was held back is not replaced. RC_FAIL. */
enum rc outfile_may_be_empty(const struct outfile *out, int64_t held_back, struct err *err);
enum rc outfile_done(struct outfile *out, struct err *err);
void outfile_drop(struct outfile *out); /* nothing stays; after outfile_done nothing happens */

/* ---- tempdir.c: NAME.XXXXXX, mode 0700; malloc'ed ---- */
enum rc tempdir_make(const char *name, char **ret, struct err *err);
void tempdir_remove(const char *path); /* with the files in it */

/* ---- scenario.c, scenario_*.c: documents in the making ---- */
#define SCENARIO_MAX (4u * 1024 * 1024)

/* A thing, as the documents made so far say it is. */
struct subject {
        const char *key, *id;
        const char *unit; /* identity id; NULL = ours */
        const char *ref;
        struct thing now;                    /* by the unit whose it is          */
        struct thing shown;                  /* with what our desks said besides */
        const char *last[KIND_FIELDS_MAX];   /* the act that set the field             */
        const char *before[KIND_FIELDS_MAX]; /* the one that this replaced             */
};

struct scenario {
        struct arena arena;
        struct json_t *doc;
        const struct words *words;
        struct scenario_about about;
        int64_t start_ms, due_ms, hlc;
        char *folder; /* of the file and its tables */
        struct subject **subjects;
        size_t subject_count, subject_room;
        size_t next;  /* arrival  */
        size_t names; /* acts and notes named so far */
};

/* Where documents are gathered: a JSON list. */
struct gathering {
        struct scenario *sc;
        struct str *out;
        struct err *err;
};

enum rc scenario_need(const struct gathering *g, const struct json_t *obj, const char *key,
                      const char **ret);
/* type--UUID, made from the key; in the arena. */
const char *scenario_id(struct scenario *sc, const char *type, const char *key);
enum rc scenario_find_unit(const struct gathering *g, const char *key, const char **ret);
const char *scenario_stamp(struct scenario *sc, int64_t ms); /* in the arena */
/* Fills in who does it, where and when. */
void scenario_name_act(struct scenario *sc, struct act *act, const char *by, int64_t at);
/* One made apart did not know of the one before. */
void scenario_write_act(const struct gathering *g, struct subject *s, struct act *act, bool apart);
/* A plain note of the subject's own unit. */
void scenario_write_note(const struct gathering *g, const struct subject *s, const char *by,
                         const char *said, int64_t at);
/* What the subject's own unit says now. */
enum rc scenario_version(const struct gathering *g, const struct subject *s, int64_t at);
/* The act of ours that makes it what it is. */
void scenario_opening(const struct gathering *g, struct subject *s, const char *by, int64_t at);
struct subject *scenario_add_subject(struct scenario *sc);
struct subject *scenario_subject(const struct scenario *sc, const char *key); /* or NULL */
/* A field takes a value as typed; things are called by their keys. */
enum rc scenario_set(const struct gathering *g, struct thing *t, size_t field, const char *typed);
enum rc scenario_thing(const struct gathering *g, const struct kind *kind,
                       const struct json_t *obj);
enum rc scenario_tables(const struct gathering *g);
enum rc scenario_incident(const struct gathering *g, const struct json_t *obj);
/* start, stop and file: elements and details of the act. */
enum rc scenario_clock_act(const struct gathering *g, const struct json_t *entry, const char *by,
                           int64_t at, struct act *act);
void scenario_gather(const struct gathering *g, const char *object); /* into the list */
/* Of a kind that the file gives no numbers. */
const char *scenario_next_ref(struct scenario *sc, const struct kind *kind);
enum rc scenario_runs(const struct gathering *g);
enum rc scenario_entry(const struct gathering *g, struct subject *s, const struct json_t *entry);

#endif
