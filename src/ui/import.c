/*
 * A file comes in by a key or by ":import FILE"; behind the name of a table may stand its encoding,
 * "encoding=NAME". The console waits for it, so what is large comes in beside it, by the command
 * line.
 */
#include "ops/import.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/jsplit.h"
#include "ui/import_words.h"
#include "ui/prompt.h"
#include "ui_private.h"

/* Bytes: about a second of a console that stands still; 3 for rows of a name only. */
#define OBJECTS_MAX (8u << 20)
#define TABLE_MAX   (768u << 10)

/* ---- the name ---------------------------------------------------------------------------------
 */

/* As it was typed: blanks around it, quotes as a shell wants them, ~ for home. malloc'ed */
static char *path_of(const char *typed)
{
        typed += strspn(typed, " ");
        size_t len = strlen(typed);
        while (len && typed[len - 1] == ' ')
                len--;
        if (len > 1 && (typed[0] == '"' || typed[0] == '\'') && typed[len - 1] == typed[0]) {
                typed++;
                len -= 2;
        }
        AUTO_FREE char *name = xstrndup(typed, len);
        const char *home = getenv("HOME");
        if (home && name[0] == '~' && (name[1] == '/' || !name[1]))
                return xasprintf("%s%s", home, name + 1);
        return TAKE(name);
}

/* The encoding said behind the name of a table, malloc'ed; NULL: none is. */
static char *encoding_in(const char *typed, size_t *ret_name_len)
{
        static const char word[] = " encoding=";
        const char *at = strstr(typed, word), *value = at ? at + sizeof(word) - 1 : NULL;
        bool is_said = value && !strchr(value, '/');
        *ret_name_len = is_said ? (size_t)(at - typed) : strlen(typed);
        return is_said ? xstrndup(value, strcspn(value, " ")) : NULL;
}

/* ---- the file ---------------------------------------------------------------------------------
 */

struct source {
        char *path;
        const char *name;       /* its last part, for sentences */
        bool is_table, is_said; /* so is its encoding */
        struct encoding encoding;
        char *text;
        size_t len;
};

static void source_finish(struct source *s)
{
        free(s->path);
        free(s->text);
}

static enum rc source_name(struct source *s, const char *typed, struct err *err)
{
        size_t len;
        AUTO_FREE char *encoding = encoding_in(typed, &len);
        AUTO_FREE char *file = xstrndup(typed, len);
        s->path = path_of(file);
        const char *slash = strrchr(s->path, '/');
        s->name = slash && slash[1] ? slash + 1 : s->path;
        s->is_table = csv_is_named(s->path);
        s->is_said = encoding != NULL;
        if (!s->path[0])
                return err_set(err, RC_INVALID, "name a file; Esc leaves it");
        if (encoding && !s->is_table)
                return err_set(err, RC_INVALID, "%s is no table; only these have an encoding",
                               s->name);
        return encoding ? encoding_find(encoding, &s->encoding, err) : RC_OK;
}

/* Not what the console would wait for too long, nor what is no file. */
static enum rc source_check(const struct source *s, size_t most, struct err *err)
{
        struct stat st;
        if (stat(s->path, &st) != 0)
                return err_set(err, RC_NOTFOUND, "%s: %s", s->name, strerror(errno));
        if (S_ISDIR(st.st_mode))
                return err_set(err, RC_INVALID, "%s is a folder", s->name);
        if (!S_ISREG(st.st_mode))
                return err_set(err, RC_INVALID, "%s is not a plain file", s->name);
        if (st.st_size > (off_t)most)
                return err_set(err, RC_INVALID,
                               "%s has more than %zu KB and would hold up the console; muster "
                               "import takes it in beside it",
                               s->name, most >> 10);
        return RC_OK;
}

static enum rc source_read(struct source *s, struct err *err)
{
        size_t most = s->is_table ? TABLE_MAX : OBJECTS_MAX;
        enum rc rc = source_check(s, most, err);
        return rc == RC_OK ? file_read_regular(s->path, most, &s->text, &s->len, err) : rc;
}

/* ---- taking it in -----------------------------------------------------------------------------
 */

void import_told(struct ui *ui, const char *name, const struct import_result *r)
{
        ui_touched(ui, TOPIC_ALL);
        ui_notice(ui, r->refused ? NOTICE_WARN : NOTICE_DONE,
                  "%s: %" PRId64 " new, %" PRId64 " updated, %" PRId64 " unchanged, %" PRId64
                  " refused%s%s",
                  name, r->created, r->updated, r->unchanged, r->refused, r->why[0] ? "; " : "",
                  r->why);
}

static enum rc take_objects(struct ui *ui, const struct source *s, struct err *err)
{
        struct jsplit_memory memory = {s->text, s->len, 0};
        const struct jsplit_source source = jsplit_from_memory(&memory);
        const struct import_options o = {.name = s->name};
        struct import_result r = {0};
        enum rc rc = ops_import(ui_ops(ui), &source, &o, &r, err);
        if (rc == RC_OK)
                import_told(ui, s->name, &r);
        return rc == RC_INVALID ? err_wrap(err, rc, "%s is refused, nothing changed", s->name) : rc;
}

enum rc import_file(struct ui *ui, const char *typed, struct err *err)
{
        CLEANUP(source_finish) struct source s = {0};
        if (ui_why_no_writing(ui))
                return err_set(err, RC_DENIED, "import: %s", ui_why_no_writing(ui));
        enum rc rc = source_name(&s, typed, err);
        if (rc == RC_OK)
                rc = source_read(&s, err);
        if (rc != RC_OK)
                return rc;
        return s.is_table ? import_table_ask(ui, s.name, s.is_said ? &s.encoding : NULL, s.text,
                                             s.len, err)
                          : take_objects(ui, &s, err);
}

static enum rc file_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        (void)ctx;
        return import_file(ui, text, err);
}

enum rc import_ask(struct ui *ui, struct view *v, struct err *err)
{
        (void)v, (void)err;
        prompt_open(ui, &(struct prompt){.sign = "import",
                                         .hint = "a file: STIX, a CACAO playbook, a table (.csv)",
                                         .history = "import",
                                         .word = import_word_start,
                                         .complete = import_words,
                                         .accept = file_given});
        return RC_OK;
}
