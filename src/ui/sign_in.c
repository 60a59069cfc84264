#include "ui/sign_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/crypt.h"
#include "base/text.h"
#include "ui/list.h"
#include "ui/sign_in_asks.h"
#include "ui_private.h"

bool sign_in_asks(const struct overlay *o)
{
        const struct sign_in *st = o->state;
        return st->of != SIGN_IN_LOCK || ui_ops(o->ui)->sign_in;
}

bool sign_in_asks_pin(const struct overlay *o)
{
        return ui_ops(o->ui)->sign_in;
}

static void wipe_pin(struct sign_in *st)
{
        crypt_wipe(st->lines[SIGN_IN_PIN].text, sizeof(st->lines[SIGN_IN_PIN].text));
        line_set(&st->lines[SIGN_IN_PIN], "");
}

/* ---- another is there ------------------------------------------------------------------------ */

/* Lists that ask for "me" ask for another. */
static void read_filters(struct ui *ui)
{
        for (size_t i = 0; i < ui->pane_count; i++) {
                struct list *l = ui->panes[i].opened ? view_list(&ui->panes[i].view) : NULL;
                AUTO_FREE char *line = l ? xstrdup(list_filter(l)) : NULL;
                if (l)
                        list_set_filter(l, line, NULL);
        }
        ui_set_stale(ui, TOPIC_ALL);
        ui_ready(ui, ui_pane(ui));
}

static void welcome(struct ui *ui, const struct ops_person *p, bool again)
{
        AUTO_FREE char *warning = ops_person_warning(p);
        if (warning)
                ui_notice(ui, NOTICE_WARN, "%s", warning);
        else if (!again)
                ui_notice(ui, NOTICE_DONE, "%s is at the console%s", p->name,
                          p->is_proven ? "" : ", unproven");
        if (!again)
                read_filters(ui);
}

static bool is_same(const char *before, const char *now)
{
        return before && strcmp(before, now) == 0;
}

static enum rc sign_in(struct overlay *o, struct err *err)
{
        struct sign_in *st = o->state;
        struct ui *ui = o->ui;
        struct ops *ops = ui->ops;
        const char *before = ops->operator;
        struct ops_person p = {0};
        enum rc rc = ops->sign_in ? ops_sign_in(ops, st->lines[SIGN_IN_NAME].text,
                                                st->lines[SIGN_IN_PIN].text, &p, err)
                                  : ops_call_operator(ops, st->lines[SIGN_IN_NAME].text, err);
        if (rc != RC_OK)
                return rc;
        if (!p.is_proven)
                snprintf(p.name, sizeof(p.name), "%s", ops->operator);
        ui_remove(ui, o);
        welcome(ui, &p, is_same(before, ops->operator));
        return RC_OK;
}

static enum rc confirm(struct overlay *o, struct err *err)
{
        struct sign_in *st = o->state;
        struct ui *ui = o->ui;
        struct second_person s = st->second;
        struct ops_person p;
        enum rc rc = ops_second(ui->ops, s.first, st->lines[SIGN_IN_NAME].text,
                                st->lines[SIGN_IN_PIN].text, &p, err);
        if (rc != RC_OK)
                return rc;
        st->second.free_ctx = NULL;
        ui_remove(ui, o);
        s.confirmed(ui, s.ctx, &p);
        if (s.free_ctx)
                s.free_ctx(s.ctx);
        return RC_OK;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static void accept(struct overlay *o)
{
        struct sign_in *st = o->state;
        struct err err = {0};
        err_clear(&st->error);
        if (!sign_in_asks(o)) {
                ui_remove(o->ui, o);
                return;
        }
        if (!st->lines[SIGN_IN_NAME].len) {
                err_set(&st->error, RC_INVALID, "who is it?");
                st->at = SIGN_IN_NAME;
                return;
        }
        if (sign_in_asks_pin(o) && st->at == SIGN_IN_NAME) {
                st->at = SIGN_IN_PIN;
                return;
        }
        if ((st->of == SIGN_IN_SECOND ? confirm(o, &err) : sign_in(o, &err)) != RC_OK)
                st->error = err;
        wipe_pin(st);
}

/* The lock stays; where nothing was open yet there is nothing to stay for. */
static void step_back(struct overlay *o)
{
        struct sign_in *st = o->state;
        wipe_pin(st);
        err_clear(&st->error);
        if (st->of == SIGN_IN_START)
                o->ui->wants_quit = true;
        else if (st->of != SIGN_IN_LOCK)
                ui_remove(o->ui, o);
        else
                st->at = sign_in_asks(o) ? SIGN_IN_PIN : SIGN_IN_NAME;
}

static void sign_in_chord(struct overlay *o, int32_t chord)
{
        struct sign_in *st = o->state;
        bool turns = chord == CHORD_TAB || chord == CHORD_BACKTAB || chord == CHORD_UP ||
                     chord == CHORD_DOWN;
        if (chord == CHORD_ENTER)
                accept(o);
        else if (chord == CHORD_ESC || chord == CHORD_CTRL('C'))
                step_back(o);
        else if (turns && sign_in_asks_pin(o))
                st->at = st->at == SIGN_IN_NAME ? SIGN_IN_PIN : SIGN_IN_NAME;
        else if (sign_in_asks(o))
                line_chord(&st->lines[st->at], chord);
        ui_dirty(o->ui);
}

static void sign_in_paste(struct overlay *o, const char *text)
{
        struct sign_in *st = o->state;
        AUTO_FREE char *line = xstrndup(text, strcspn(text, "\n"));
        if (sign_in_asks(o))
                line_insert(&st->lines[st->at], line);
        crypt_wipe(line, strlen(line));
}

static void sign_in_close(struct overlay *o)
{
        struct sign_in *st = o->state;
        wipe_pin(st);
        if (st->second.free_ctx)
                st->second.free_ctx(st->second.ctx);
        free(st->first);
        free(st->question);
}

/* ---- opening --------------------------------------------------------------------------------- */

static const char *const start_keys[] = {"Enter", "sign in", "Tab", "name, PIN",
                                         "Esc",   "quit",    NULL};
static const char *const lock_keys[] = {"Enter", "open", "Tab", "name, PIN", NULL};
static const char *const open_keys[] = {"Enter", "open", NULL};
static const char *const box_keys[] = {"Enter", "accept", "Tab", "name, PIN", "Esc", "back", NULL};
static const char *const name_keys[] = {"Enter", "accept", "Esc", "back", NULL};

#define SIGN_IN_OPS(what)                                                                          \
        .name = what, .state_size = sizeof(struct sign_in), .draw = sign_in_draw,                  \
        .chord = sign_in_chord, .paste = sign_in_paste, .close = sign_in_close

/* Without and with PINs. */
static const struct overlay_ops all_ops[][2] = {
        [SIGN_IN_START] = {{SIGN_IN_OPS("sign-in"), .covers = true, .keys = start_keys},
                           {SIGN_IN_OPS("sign-in"), .covers = true, .keys = start_keys}},
        [SIGN_IN_LOCK] = {{SIGN_IN_OPS("lock"), .covers = true, .keys = open_keys},
                          {SIGN_IN_OPS("lock"), .covers = true, .keys = lock_keys}},
        [SIGN_IN_CHANGE] = {{SIGN_IN_OPS("operator"), .keys = name_keys},
                            {SIGN_IN_OPS("operator"), .keys = box_keys}},
        [SIGN_IN_SECOND] = {{SIGN_IN_OPS("second person"), .keys = name_keys},
                            {SIGN_IN_OPS("second person"), .keys = box_keys}},
};

static struct sign_in *open_for(struct ui *ui, enum sign_in_of of)
{
        struct overlay *o = ui_push(ui, &all_ops[of][ui->ops->sign_in]);
        struct sign_in *st = o->state;
        st->of = of;
        return st;
}

void ui_sign_in(struct ui *ui)
{
        ui_save(ui);
        open_for(ui, SIGN_IN_START);
}

void ui_lock(struct ui *ui, bool idle)
{
        struct sign_in *st;
        if (ui_is_covered(ui))
                return;
        ui_save(ui);
        ops_tell_lock(ui->ops, idle, NULL); /* it is locked whether or not that can be written */
        st = open_for(ui, SIGN_IN_LOCK);
        if (!ui->ops->sign_in)
                return;
        line_set(&st->lines[SIGN_IN_NAME], ui->ops->operator);
        st->at = SIGN_IN_PIN;
}

void ui_change_operator(struct ui *ui)
{
        open_for(ui, SIGN_IN_CHANGE);
}

/* What somebody else began waits for who is here. */
static void offer_operator(struct ui *ui, struct sign_in *st)
{
        const char *who = ui->ops->operator;
        if (!st->first || !who || strcasecmp(st->first, who) == 0)
                return;
        line_set(&st->lines[SIGN_IN_NAME], who);
        st->at = ui->ops->sign_in ? SIGN_IN_PIN : SIGN_IN_NAME;
}

void ui_second_person(struct ui *ui, const struct second_person *s)
{
        struct sign_in *st = open_for(ui, SIGN_IN_SECOND);
        st->second = *s;
        st->question = xstrdup(s->question);
        st->second.question = st->question;
        st->first = s->first ? xstrdup(s->first) : NULL;
        st->second.first = st->first;
        offer_operator(ui, st);
}

/* Whoever is away for longer than this has left the console to anybody. */
void sign_in_tick(struct ui *ui)
{
        int64_t now = ui_now_ms(ui);
        if (now < ui->typed_ms)
                ui->typed_ms = now;
        if (ui->options.lock_after_ms && now - ui->typed_ms >= ui->options.lock_after_ms)
                ui_lock(ui, true);
}
