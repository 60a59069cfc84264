#include "desk.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/jsplit.h"
#include "base/str.h"
#include "base/text.h"
#include "model/words.h"
#include "ops/import.h"
#include "ui/chord.h"

#define NOW        "2026-11-24T13:04:27Z"
#define FIELDS_MAX 12

static void add_words(struct words *w, const char *dir, const char *name)
{
        AUTO_FREE char *path = file_join(dir, name);
        AUTO_FREE char *bytes = NULL;
        struct err err = {0};
        size_t len;
        cr_assert_eq(file_read(path, WORDS_BYTES_MAX, &bytes, &len, &err), RC_OK, "%s", err.text);
        cr_assert_eq(words_add(w, bytes, len, &err), RC_OK, "%s: %s", name, err.text);
}

static struct words *load_words(void)
{
        const char *data = getenv("MUSTER_DATA");
        AUTO_FREE char *dir = file_join(data ? data : "data", "words");
        struct words *w = words_create();
        struct err err = {0};
        char **names = NULL;
        cr_assert_eq(file_list(dir, ".json", &names, &err), RC_OK, "%s", err.text);
        for (size_t i = 0; names[i]; i++)
                add_words(w, dir, names[i]);
        file_list_free(names);
        return w;
}

static void start(struct desk *d, int cols, int rows)
{
        struct ops_options o = {
                .path = d->path,
                .mode = STORE_WRITE | STORE_CREATE,
                .operator= "duarte",
                .words = d->words,
                .unit_name = "Test Unit",
        };
        struct err err = {0};
        cr_assert_eq(ops_open(&o, &d->ops, &err), RC_OK, "%s", err.text);
        d->ui = ui_create(
                &(struct ui_options){.ops = &d->ops, .cols = cols, .rows = rows, .bell = true});
}

void desk_open(struct desk *d, int cols, int rows)
{
        int64_t now;
        const char *tmp = getenv("TMPDIR");
        *d = (struct desk){0};
        stamp_parse_ms(NOW, &now, NULL);
        clock_fix(now);
        snprintf(d->dir, sizeof(d->dir), "%.40s/desk.XXXXXX", tmp ? tmp : "/tmp");
        cr_assert(mkdtemp(d->dir), "%s", d->dir);
        snprintf(d->path, sizeof(d->path), "%s/muster.db", d->dir);
        d->words = load_words();
        start(d, cols, rows);
}

static void stop(struct desk *d)
{
        ui_destroy(d->ui);
        ops_close(&d->ops);
}

void desk_restart(struct desk *d)
{
        const struct canvas *c = ui_paint(d->ui);
        int cols = c->cols, rows = c->rows;
        stop(d);
        start(d, cols, rows);
}

static void remove_files(const char *dir)
{
        char **names = NULL;
        if (file_list(dir, "", &names, NULL) == RC_OK) {
                for (size_t i = 0; names[i]; i++) {
                        AUTO_FREE char *path = file_join(dir, names[i]);
                        unlink(path);
                }
                file_list_free(names);
        }
        rmdir(dir);
}

void desk_close(struct desk *d)
{
        stop(d);
        words_destroy(d->words);
        free(d->screen);
        remove_files(d->dir);
}

/* ---- what others do ---- */

char *desk_new(struct desk *d, const char *title, ...)
{
        struct ops_field fields[FIELDS_MAX] = {{.name = "title", .value = title}};
        size_t count = 1;
        va_list args;
        va_start(args, title);
        const char *name = va_arg(args, const char *);
        while (name) {
                fields[count++] =
                        (struct ops_field){.name = name, .value = va_arg(args, const char *)};
                name = va_arg(args, const char *);
        }
        va_end(args);
        struct ops_request r = {
                .verb = "open", .fields = fields, .field_count = count, .occurred_ms = CLOCK_NONE};
        char id[STIX_ID_MAX];
        struct err err = {0};
        cr_assert_eq(ops_new(&d->ops, &kind_incident, &r, id, &err), RC_OK, "%s", err.text);
        ui_changed(d->ui, TOPIC_ALL);
        return xstrdup(id);
}

void desk_do(struct desk *d, const char *id, const char *verb, const char *field, const char *value,
             const char *reason)
{
        struct ops_field f = {.name = field, .value = value};
        struct ops_request r = {
                .verb = verb,
                .fields = &f,
                .field_count = field ? 1 : 0,
                .text = field ? NULL : value,
                .reason = reason,
                .occurred_ms = CLOCK_NONE,
        };
        struct err err = {0};
        cr_assert_eq(ops_do(&d->ops, id, &r, &err), RC_OK, "%s", err.text);
        ui_changed(d->ui, TOPIC_ALL);
}

void desk_import(struct desk *d, const char *document)
{
        struct jsplit_memory memory = {.bytes = document, .len = strlen(document)};
        struct jsplit_source source = jsplit_from_memory(&memory);
        struct import_options o = {.name = "test.json"};
        struct import_result result;
        struct err err = {0};
        cr_assert_eq(ops_import(&d->ops, &source, &o, &result, &err), RC_OK, "%s", err.text);
        ui_changed(d->ui, TOPIC_ALL);
}

char *desk_arrive(struct desk *d, int number, const char *title, int criticality)
{
        static const char form[] =
                "{\"type\":\"incident\",\"spec_version\":\"2.1\","
                "\"id\":\"incident--0a000000-0000-4000-8000-%012d\","
                "\"created_by_ref\":\"identity--0b000000-0000-4000-8000-000000000001\","
                "\"created\":\"%s\",\"modified\":\"%s\",\"name\":\"%s\","
                "\"extensions\":{\"extension-definition--ef765651-680c-498d-9894-99799f2fa126\":"
                "{\"extension_type\":\"property-extension\",\"investigation_status\":\"new\","
                "\"criticality\":%d}}}";
        char stamp[STAMP_BYTES];
        stamp_format(clock_now_ms(), stamp);
        AUTO_FREE char *document = xasprintf(form, number, stamp, stamp, title, criticality);
        desk_import(d, document);
        return xasprintf("incident--0a000000-0000-4000-8000-%012d", number);
}

/* ---- keys ---- */

static void settle(struct desk *d)
{
        while (ui_work(d->ui, NULL, NULL))
                ;
}

void desk_keys(struct desk *d, const char *chords)
{
        while (*chords) {
                char name[CHORD_TEXT];
                size_t len = strcspn(chords, " ");
                snprintf(name, sizeof(name), "%.*s", (int)len, chords);
                int32_t chord = chord_read(name, NULL);
                cr_assert_neq(chord, CHORD_NONE, "no chord %s", name);
                ui_chord(d->ui, chord);
                settle(d);
                chords += len;
                chords += strspn(chords, " ");
        }
}

void desk_type(struct desk *d, const char *text)
{
        size_t len = strlen(text);
        while (len) {
                uint32_t cp;
                size_t bytes = text_decode(text, len, &cp);
                ui_chord(d->ui, (int32_t)cp);
                text += bytes;
                len -= bytes;
        }
        settle(d);
}

/* ---- the screen ---- */

const char *desk_screen(struct desk *d)
{
        struct str out;
        settle(d);
        str_init(&out, 1 << 20);
        canvas_print(ui_paint(d->ui), &out);
        free(d->screen);
        d->screen = str_take(&out);
        return d->screen;
}

char *desk_row(struct desk *d, const char *with)
{
        const char *at = strstr(desk_screen(d), with);
        if (!at)
                return NULL;
        while (at > d->screen && at[-1] != '\n')
                at--;
        return xstrndup(at, strcspn(at, "\n"));
}

int desk_row_number(struct desk *d, const char *with)
{
        const char *at = strstr(desk_screen(d), with);
        int y = 0;
        for (const char *p = d->screen; at && p < at; p++)
                y += *p == '\n';
        return at ? y : -1;
}

struct look desk_look(struct desk *d, const char *text)
{
        const char *at = strstr(desk_screen(d), text);
        cr_assert(at, "not on the screen: %s\n%s", text, d->screen);
        const char *row = at;
        while (row > d->screen && row[-1] != '\n')
                row--;
        AUTO_FREE char *before = xstrndup(row, (size_t)(at - row));
        const struct cell *cell =
                canvas_at(ui_paint(d->ui), (int)text_width(before), desk_row_number(d, text));
        return cell->look;
}
