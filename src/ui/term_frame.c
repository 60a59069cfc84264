/*
 * The bytes of a frame, gathered and sent with one write: each write wakes whoever reads the
 * terminal.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui_private.h"

#define ROOM_FIRST 16384

void frame_finish(struct frame_out *f)
{
        free(f->bytes);
        *f = (struct frame_out){0};
}

static void make_room(struct frame_out *f, size_t more)
{
        if (f->len + more <= f->room)
                return;
        f->room = f->room ? 2 * f->room : ROOM_FIRST;
        if (f->room < f->len + more)
                f->room = f->len + more;
        f->bytes = xreallocarray(f->bytes, f->room, 1);
}

void frame_add(struct frame_out *f, const char *bytes, size_t len)
{
        if (!len)
                return;
        make_room(f, len);
        memcpy(f->bytes + f->len, bytes, len);
        f->len += len;
}

/* "$<5>": a pause that no terminal made in software needs. */
void frame_add_capability(struct frame_out *f, const char *string)
{
        while (string && *string) {
                const char *pause = strstr(string, "$<");
                const char *end = pause ? strchr(pause, '>') : NULL;
                frame_add(f, string, end ? (size_t)(pause - string) : strlen(string));
                string = end ? end + 1 : NULL;
        }
}

static void add_byte(struct frame_out *f, char c)
{
        make_room(f, 1);
        f->bytes[f->len++] = c;
}

static void add_characters(struct frame_out *f, const struct cell *cell, bool utf8)
{
        wchar_t text[4];
        char bytes[4];
        bool whole = cell_characters(cell, utf8, text);
        for (const wchar_t *at = text; *at; at++)
                frame_add(f, bytes, text_put((uint32_t)*at, bytes));
        if (!whole && cell->width == 2)
                add_byte(f, ' ');
}

void frame_add_cell(struct frame_out *f, const struct cell *cell, bool utf8)
{
        bool plain = cell->width == 1 && cell->cp[0] < 0x7f && !cell->cp[1];
        if (plain && (!cell->cp[0] || cell->cp[0] >= 0x20))
                add_byte(f, cell->cp[0] ? (char)cell->cp[0] : ' ');
        else if (cell->width > 0)
                add_characters(f, cell, utf8);
}

void frame_send(struct frame_out *f)
{
        for (size_t at = 0; at < f->len;) {
                ssize_t n = write(STDOUT_FILENO, f->bytes + at, f->len - at);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        break;
                at += (size_t)n;
        }
        f->len = 0;
}
