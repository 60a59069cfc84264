/*
 * Notices above the keys and the messages of the session; what was typed before, by list.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui_private.h"

#define NOTICE_MS    8000
#define NOTICE_BYTES 1200

static void keep(struct ui *ui, const char *text)
{
        struct message *m = &ui->messages[ui->message_next];
        free(m->text);
        *m = (struct message){.at_ms = ui_now_ms(ui), .text = xstrdup(text)};
        ui->message_next = (ui->message_next + 1) % MESSAGES_MAX;
        if (ui->message_count < MESSAGES_MAX)
                ui->message_count++;
}

static void drop(struct ui *ui)
{
        free(ui->notice);
        ui->notice = NULL;
        ui_dirty(ui);
}

/* Takes text over. */
static void show(struct ui *ui, enum notice kind, char *text)
{
        drop(ui);
        ui->notice = text;
        ui->notice_kind = kind;
        ui->notice_until_ms = kind == NOTICE_FAIL ? CLOCK_NONE : ui_now_ms(ui) + NOTICE_MS;
}

static char *clean_text(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

static char *clean_text(const char *fmt, va_list args)
{
        char text[NOTICE_BYTES];
        vsnprintf(text, sizeof(text), fmt, args);
        return text_clean(text, strlen(text), false);
}

void ui_notice(struct ui *ui, enum notice kind, const char *fmt, ...)
{
        va_list args;
        va_start(args, fmt);
        char *text = clean_text(fmt, args);
        va_end(args);
        if (kind != NOTICE_HINT)
                keep(ui, text);
        show(ui, kind, text);
}

void ui_say_failure(struct ui *ui, enum rc rc, const struct err *err)
{
        const char *text = err->text;
        if (!text[0])
                text = rc == RC_BUSY ? "the database is busy; nothing changed, try again"
                                     : "that failed; nothing changed";
        ui_notice(ui, NOTICE_FAIL, "%s", text);
}

void ui_drop_failure(struct ui *ui)
{
        if (ui->notice && (ui->notice_kind == NOTICE_FAIL || ui->notice_kind == NOTICE_HINT))
                drop(ui);
}

void ui_drop_notice(struct ui *ui)
{
        if (ui->notice)
                drop(ui);
}

void ui_expire_notice(struct ui *ui)
{
        if (ui_is_linear(ui)) /* who reads by hand takes the time it takes */
                return;
        if (ui->notice && ui->notice_until_ms != CLOCK_NONE && ui_now_ms(ui) >= ui->notice_until_ms)
                drop(ui);
}

size_t ui_message_count(const struct ui *ui)
{
        return ui->message_count;
}

const char *ui_message_at(const struct ui *ui, size_t i, int64_t *ret_ms)
{
        size_t at = (ui->message_next + MESSAGES_MAX - 1 - i) % MESSAGES_MAX;
        *ret_ms = ui->messages[at].at_ms;
        return ui->messages[at].text;
}

/* ---- history ---- */

static struct history *find(const struct ui *ui, const char *name)
{
        struct history *h = name ? ui->histories : NULL;
        while (h && strcmp(h->name, name) != 0)
                h = h->next;
        return h;
}

static void take_out(struct history *h, size_t i)
{
        free(h->lines[i]);
        memmove(&h->lines[i], &h->lines[i + 1], (h->count - i - 1) * sizeof(h->lines[0]));
        h->count--;
}

void ui_history_add(struct ui *ui, const char *name, const char *text)
{
        struct history *h = find(ui, name);
        if (!name || !text[0])
                return;
        if (!h) {
                h = xcalloc(1, sizeof(*h));
                h->name = xstrdup(name);
                h->next = ui->histories;
                ui->histories = h;
        }
        char *line = xstrdup(text);
        for (size_t i = h->count; i-- > 0;)
                if (strcmp(h->lines[i], line) == 0)
                        take_out(h, i);
        if (h->count == HISTORY_MAX)
                take_out(h, HISTORY_MAX - 1);
        memmove(&h->lines[1], &h->lines[0], h->count * sizeof(h->lines[0]));
        h->lines[0] = line;
        h->count++;
}

size_t ui_history_count(const struct ui *ui, const char *name)
{
        const struct history *h = find(ui, name);
        return h ? h->count : 0;
}

const char *ui_history_at(const struct ui *ui, const char *name, size_t i)
{
        return find(ui, name)->lines[i];
}

void ui_finish_notices(struct ui *ui)
{
        free(ui->notice);
        for (size_t i = 0; i < MESSAGES_MAX; i++)
                free(ui->messages[i].text);
        while (ui->histories) {
                struct history *h = ui->histories;
                ui->histories = h->next;
                while (h->count)
                        take_out(h, h->count - 1);
                free(h->name);
                free(h);
        }
}
