#include "ui/prompt.h"

#include <string.h>

#include "base/text.h"

void line_set(struct line_edit *l, const char *text)
{
        l->len = l->at = 0;
        l->scroll = 0;
        l->text[0] = '\0';
        line_insert(l, text ? text : "");
}

void line_insert(struct line_edit *l, const char *text)
{
        size_t room = sizeof(l->text) - 1 - l->len;
        size_t add = 0;
        struct text_cluster cl;
        while (text_next(text + add, strlen(text + add), &cl) && add + cl.bytes <= room)
                add += cl.bytes;
        memmove(l->text + l->at + add, l->text + l->at, l->len - l->at + 1);
        memcpy(l->text + l->at, text, add);
        l->at += add;
        l->len += add;
}

static size_t next_at(const struct line_edit *l, size_t at)
{
        struct text_cluster cl;
        return text_next(l->text + at, l->len - at, &cl) ? at + cl.bytes : l->len;
}

static size_t previous_at(const struct line_edit *l, size_t at)
{
        size_t from = 0, here = 0;
        while (here < at) {
                from = here;
                here = next_at(l, here);
        }
        return from;
}

static size_t word_left(const struct line_edit *l, size_t at)
{
        while (at > 0 && l->text[at - 1] == ' ')
                at--;
        while (at > 0 && l->text[at - 1] != ' ')
                at--;
        return at;
}

static void cut(struct line_edit *l, size_t from, size_t to)
{
        memmove(l->text + from, l->text + to, l->len - to + 1);
        l->len -= to - from;
        l->at = from;
}

static bool remove_chord(struct line_edit *l, int32_t chord)
{
        switch (chord) {
        case CHORD_BACKSPACE:
        case CHORD_CTRL('H'): cut(l, previous_at(l, l->at), l->at); return true;
        case CHORD_DELETE: {
                size_t at = l->at;
                cut(l, at, next_at(l, at));
                return true;
        }
        case CHORD_CTRL('U'): cut(l, 0, l->at); return true;
        case CHORD_CTRL('K'): cut(l, l->at, l->len); return true;
        case CHORD_CTRL('W'): cut(l, word_left(l, l->at), l->at); return true;
        default: return false;
        }
}

bool line_chord(struct line_edit *l, int32_t chord)
{
        if (chord_is_text(chord)) {
                char utf8[5] = "";
                utf8[text_put((uint32_t)chord, utf8)] = '\0';
                line_insert(l, utf8);
                return true;
        }
        switch (chord) {
        case CHORD_LEFT: l->at = previous_at(l, l->at); return true;
        case CHORD_RIGHT: l->at = next_at(l, l->at); return true;
        case CHORD_HOME:
        case CHORD_CTRL('A'): l->at = 0; return true;
        case CHORD_END:
        case CHORD_CTRL('E'): l->at = l->len; return true;
        case CHORD_CTRL('B'): l->at = word_left(l, l->at); return true;
        default: return remove_chord(l, chord);
        }
}

/* First byte shown, so that the cursor stays inside `columns`. */
static size_t first_shown(const struct line_edit *l, int columns)
{
        char before[LINE_BYTES];
        memcpy(before, l->text, l->at);
        before[l->at] = '\0';
        size_t from = 0;
        while (from < l->at && text_width(before + from) >= (size_t)columns)
                from = next_at(l, from);
        return from;
}

void line_draw(const struct line_edit *l, struct canvas *c, struct rect r, struct look look,
               bool current)
{
        size_t from = current ? first_shown(l, r.w) : 0;
        canvas_fill(c, (struct rect){r.x, r.y, r.w, 1}, look);
        canvas_text(c, r.x, r.y, r.w, look, l->text + from);
        if (!current)
                return;
        char before[LINE_BYTES];
        memcpy(before, l->text + from, l->at - from);
        before[l->at - from] = '\0';
        c->cursor_x = r.x + (int)text_width(before);
        c->cursor_y = r.y;
        c->cursor_shown = true;
}
