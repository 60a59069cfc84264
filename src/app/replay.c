/*
 * Key scripts: the console without a terminal. The format is in app/console.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/console.h"
#include "app/key_script.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/str.h"
#include "model/nearest.h"
#include "model/when.h"
#include "ui/ui.h"

#include "app_private.h"

#define SCRIPT_MAX (4u * 1024 * 1024)
#define SCREEN_MAX (8u * 1024 * 1024)
#define SLICES_MAX 100000 /* of ui_work: more is a console that never gets done */

struct replay {
        const struct replay_options *options;
        struct ui *ui;
        const char *name; /* of the script, for sentences */
        char *dir;        /* what its FILEs are relative to */
        int line;
        int missed; /* expectations */
        bool over;
};

/* ---- the console's turn -------------------------------------------------------------------- */

/* As the loop does between two keys, but to the end. */
static void settle(struct replay *r)
{
        for (int i = 0; i < SLICES_MAX && ui_work(r->ui, NULL, NULL); i++)
                ;
        free(ui_wants_copy(r->ui));
        ui_wants_bell(r->ui);
        ui_wants_redraw(r->ui);
        ui_wants_suspend(r->ui);
        if (ui_wants_quit(r->ui))
                r->over = true;
}

enum shown { SHOWN_TEXT, SHOWN_LOOKS, SHOWN_COLOURS };

static void screen_text(struct replay *r, enum shown shown, struct str *out)
{
        const struct canvas *c = ui_paint(r->ui);

        str_init(out, SCREEN_MAX);
        canvas_print(c, out);
        if (out->len && out->s[out->len - 1] != '\n')
                str_addc(out, '\n');
        if (shown == SHOWN_LOOKS)
                canvas_print_looks(c, out);
        else if (shown == SHOWN_COLOURS)
                theme_print(ui_theme(r->ui), c, out);
}

static void print_screen(struct replay *r)
{
        CLEANUP(str_finish) struct str text = {0};

        screen_text(r, SHOWN_TEXT, &text);
        printf("%s", str_text(&text));
}

static void missed(struct replay *r, const char *what, const char *text)
{
        r->missed++;
        app_say("%s:%d: %s: %s", r->name, r->line, what, text);
}

/* ---- keys ---------------------------------------------------------------------------------- */

static enum rc do_keys(struct replay *r, const char *s, struct err *err)
{
        int32_t chord;

        while (*s && !r->over) {
                enum rc rc = key_script_key(&s, &chord, err);

                if (rc != RC_OK)
                        return rc;
                ui_chord(r->ui, chord);
                settle(r);
        }
        return RC_OK;
}

static enum rc do_type(struct replay *r, const char *s, struct err *err)
{
        int32_t chord;

        while (*s && !r->over) {
                enum rc rc = key_script_char(&s, &chord, err);

                if (rc != RC_OK)
                        return rc;
                ui_chord(r->ui, chord);
                settle(r);
        }
        return RC_OK;
}

static enum rc do_paste(struct replay *r, const char *s, struct err *err)
{
        (void)err;
        ui_paste(r->ui, s);
        return RC_OK;
}

static enum rc do_command(struct replay *r, const char *s, struct err *err)
{
        return ui_command(r->ui, s, err);
}

/* ---- mouse, size, time --------------------------------------------------------------------- */

static enum rc do_click(struct replay *r, const char *s, struct err *err)
{
        int x, y;

        if (!key_script_number(&s, &x) || !key_script_number(&s, &y))
                return err_set(err, RC_INVALID, "click takes X Y");
        ui_mouse(r->ui, x, y, MOUSE_LEFT, strstr(s, "twice") != NULL);
        return RC_OK;
}

static enum rc do_wheel(struct replay *r, const char *s, struct err *err)
{
        int x, y;

        if (!key_script_number(&s, &x) || !key_script_number(&s, &y))
                return err_set(err, RC_INVALID, "wheel takes X Y up or down");
        ui_mouse(r->ui, x, y, strstr(s, "up") ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, false);
        return RC_OK;
}

static enum rc do_resize(struct replay *r, const char *s, struct err *err)
{
        int cols, rows;

        if (!key_script_number(&s, &cols) || !key_script_number(&s, &rows) || !cols || !rows ||
            cols > CANVAS_COLS_MAX || rows > CANVAS_ROWS_MAX)
                return err_set(err, RC_INVALID, "resize takes COLUMNSxROWS");
        ui_resize(r->ui, cols, rows);
        return RC_OK;
}

static enum rc do_wait(struct replay *r, const char *s, struct err *err)
{
        const struct replay_options *o = r->options;
        int64_t ms;
        enum rc rc = duration_read(s, &ms, err);

        if (rc != RC_OK)
                return rc;
        if (!clock_is_fixed())
                return err_set(err, RC_INVALID, "wait needs --now");
        clock_advance(ms);
        if (o->passed)
                rc = o->passed(o->ctx, err);
        ui_tick(r->ui);
        ui_changed(r->ui, TOPIC_ALL);
        return rc;
}

/* ---- expectations -------------------------------------------------------------------------- */

static enum rc do_expect(struct replay *r, const char *s, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};

        (void)err;
        screen_text(r, SHOWN_TEXT, &text);
        if (!strstr(str_text(&text), s))
                missed(r, "not on the screen", s);
        return RC_OK;
}

static enum rc do_refuse(struct replay *r, const char *s, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};

        (void)err;
        screen_text(r, SHOWN_TEXT, &text);
        if (strstr(str_text(&text), s))
                missed(r, "on the screen", s);
        return RC_OK;
}

/* The lines that differ, with a - what was expected and with a + what came. */
static void print_difference(const char *expected, const char *got)
{
        for (int line = 1; *expected || *got; line++) {
                size_t a = strcspn(expected, "\n"), b = strcspn(got, "\n");

                if (a != b || memcmp(expected, got, a) != 0)
                        printf("@@ %d\n-%.*s\n+%.*s\n", line, (int)a, expected, (int)b, got);
                expected += a + (expected[a] == '\n');
                got += b + (got[b] == '\n');
        }
}

static enum rc compare(struct replay *r, const char *file, enum shown shown, struct err *err)
{
        AUTO_FREE char *path =
                file[0] == '/' ? xstrdup(file) : file_join(r->dir ? r->dir : ".", file);
        const char *mode = getenv("MUSTER_SCREENS");
        CLEANUP(str_finish) struct str text = {0};
        AUTO_FREE char *expected = NULL;
        size_t len;
        enum rc rc;

        screen_text(r, shown, &text);
        if (mode && strcmp(mode, "write") == 0)
                return file_replace(path, str_text(&text), text.len, err);
        rc = file_read(path, SCREEN_MAX, &expected, &len, err);
        if (rc != RC_OK)
                return rc;
        if (strcmp(expected, str_text(&text)) == 0)
                return RC_OK;
        missed(r, "the screen is not as in", file);
        print_difference(expected, str_text(&text));
        return RC_OK;
}

static enum rc do_screen(struct replay *r, const char *s, struct err *err)
{
        return compare(r, s, SHOWN_TEXT, err);
}

static enum rc do_looks(struct replay *r, const char *s, struct err *err)
{
        return compare(r, s, SHOWN_LOOKS, err);
}

static enum rc do_colours(struct replay *r, const char *s, struct err *err)
{
        return compare(r, s, SHOWN_COLOURS, err);
}

static enum rc do_print(struct replay *r, const char *s, struct err *err)
{
        (void)s;
        (void)err;
        if (!r->options->quiet)
                print_screen(r);
        return RC_OK;
}

/* ---- the script ---------------------------------------------------------------------------- */

static const struct instruction {
        const char *name;
        enum rc (*run)(struct replay *r, const char *rest, struct err *err);
        bool after_end; /* also once the console was left */
} steps[] = {
        {"keys", do_keys, false},       {"type", do_type, false},      {"paste", do_paste, false},
        {"command", do_command, false}, {"click", do_click, false},    {"wheel", do_wheel, false},
        {"resize", do_resize, false},   {"wait", do_wait, false},      {"expect", do_expect, true},
        {"refuse", do_refuse, true},    {"screen", do_screen, true},   {"looks", do_looks, true},
        {"print", do_print, true},      {"colours", do_colours, true},
};

static enum rc play_step(struct replay *r, const struct instruction *step, const char *rest,
                         struct err *err)
{
        enum rc rc;

        if (r->over && !step->after_end)
                return err_set(err, RC_INVALID, "the console was left already");
        rc = step->run(r, rest, err);
        settle(r);
        return rc;
}

static enum rc play_line(struct replay *r, const struct key_script *script, const char *line,
                         struct err *err)
{
        AUTO_FREE char *word = xstrndup(line, script->count);
        struct nearest nearest;

        nearest_init(&nearest, word);
        for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
                nearest_offer(&nearest, steps[i].name);
                if (strcmp(steps[i].name, word) == 0)
                        return play_step(r, &steps[i], key_script_rest(script, line), err);
        }
        return err_set(err, RC_INVALID, "no step %s; nearest: %s", word, nearest.best);
}

static enum rc play(struct replay *r, char *text, struct err *err)
{
        struct key_script script = {.at = text};
        enum rc rc = RC_OK;
        const char *line;

        while (rc == RC_OK && (line = key_script_next(&script))) {
                r->line = script.line;
                rc = play_line(r, &script, line, err);
                if (rc != RC_OK)
                        err_wrap(err, rc, "%s:%d", r->name, r->line);
        }
        return rc;
}

static enum rc read_script(const char *path, char **ret, struct err *err)
{
        CLEANUP(str_finish) struct str text = {0};
        char buf[16384];
        size_t n, len;

        if (strcmp(path, "-") != 0)
                return file_read(path, SCRIPT_MAX, ret, &len, err);
        str_init(&text, SCRIPT_MAX);
        while ((n = fread(buf, 1, sizeof(buf), stdin)) > 0)
                str_addn(&text, buf, n);
        if (text.over)
                return err_set(err, RC_INVALID, "standard input: larger than %u bytes", SCRIPT_MAX);
        *ret = str_take(&text);
        return RC_OK;
}

/* With a fixed clock the same script gives the same screen, ids and all; another script on the same
 * database must not give the same ids again. */
static void seed(struct ops *ops, const char *script)
{
        struct store_stats stats = {0};
        uint8_t hash[HASH_BYTES];
        AUTO_FREE char *text = NULL;
        uint64_t n;

        if (!clock_is_fixed())
                return;
        store_stats(ops->store, &stats, NULL);
        text = xasprintf("%lld %lld %s", (long long)clock_now_ms(), (long long)stats.versions,
                         script);
        crypt_sha256(text, strlen(text), hash);
        memcpy(&n, hash, sizeof(n));
        ident_seed(n);
}

int replay_run(struct app *app, const struct replay_options *o)
{
        AUTO_FREE char *script = NULL;
        struct replay r = {.options = o, .name = o->path};
        struct err err = {0};
        enum rc rc = read_script(o->path, &script, &err);

        if (rc != RC_OK)
                return app_fail(rc, &err);
        seed(o->ops, script);
        r.dir = strcmp(o->path, "-") == 0 ? NULL : file_dirname(o->path);
        r.ui = console_create(app, o->ops, o->exercise, app->cols, app->rows, &err);
        rc = r.ui ? RC_OK : RC_INVALID;
        if (rc == RC_OK) {
                settle(&r);
                rc = play(&r, script, &err);
                print_screen(&r);
                ui_save(r.ui);
        }
        ui_destroy(r.ui);
        free(r.dir);
        if (rc != RC_OK)
                return app_fail(RC_INVALID, &err);
        return r.missed ? FAILED : DONE;
}
