#include "app/key_script.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/chord.h"

#define NUMBER_MAX 10000

/* Cuts the next line off, without its end. */
static char *cut_line(struct key_script *s)
{
        char *line = s->at;
        size_t len = strcspn(line, "\n");

        s->at += len + (line[len] != '\0');
        line[len] = '\0';
        if (len && line[len - 1] == '\r')
                line[len - 1] = '\0';
        s->line++;
        return line + strspn(line, " \t");
}

const char *key_script_next(struct key_script *s)
{
        while (*s->at) {
                const char *line = cut_line(s);

                if (!*line || *line == '#')
                        continue;
                s->count = strcspn(line, " \t");
                return line;
        }
        return NULL;
}

const char *key_script_rest(const struct key_script *s, const char *line)
{
        return line + s->count + (line[s->count] != '\0');
}

static bool read_named_key(const char *s, int32_t *ret_chord, size_t *ret_bytes)
{
        size_t len = strcspn(s + 1, ">");
        AUTO_FREE char *name = xstrndup(s + 1, len);
        int bytes = 0;

        if (!s[1 + len] || !len)
                return false;
        *ret_bytes = len + 2;
        *ret_chord = strcmp(name, "lt") == 0 ? '<' : chord_read(name, &bytes);
        return *ret_chord != CHORD_NONE && (*ret_chord == '<' || (size_t)bytes == len);
}

enum rc key_script_char(const char **s, int32_t *ret_chord, struct err *err)
{
        uint32_t cp;
        size_t bytes = text_decode(*s, strnlen(*s, 4), &cp);

        if (!bytes)
                return err_set(err, RC_INVALID, "not UTF-8");
        *s += bytes;
        *ret_chord = (int32_t)cp;
        return RC_OK;
}

enum rc key_script_key(const char **s, int32_t *ret_chord, struct err *err)
{
        int32_t chord;
        size_t bytes;

        if (**s != '<')
                return key_script_char(s, ret_chord, err);
        if (!read_named_key(*s, &chord, &bytes))
                return err_set(err, RC_INVALID, "no key %.20s", *s);
        *s += bytes;
        *ret_chord = chord;
        return RC_OK;
}

bool key_script_number(const char **s, int *ret)
{
        char *end;
        long n;

        *s += strspn(*s, " x");
        if (**s < '0' || **s > '9')
                return false;
        n = strtol(*s, &end, 10);
        if (n > NUMBER_MAX)
                return false;
        *ret = (int)n;
        *s = end;
        return true;
}
