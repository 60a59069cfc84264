#include "ui/import_words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/encoding.h"
#include "base/mem.h"

#define WORD    "encoding="
#define COMMAND "import "

static bool names_table(const char *text, size_t len)
{
        while (len && strchr(" \"'", text[len - 1]))
                len--;
        AUTO_FREE char *name = xstrndup(text, len);
        return csv_is_named(name);
}

/* What begins the word that ends at `at`, if that is an encoding behind a table; else `at`. */
size_t import_word_start(const char *text, size_t at)
{
        size_t from = at;
        while (from && text[from - 1] != ' ')
                from--;
        size_t len = at - from, most = sizeof(WORD) - 1;
        bool is_word = len && strncasecmp(text + from, WORD, len < most ? len : most) == 0;
        return is_word && names_table(text, from) ? from : at;
}

/* The letters of the name that are there, and how many. */
static const char *begun(const char *text, size_t from, size_t at, size_t *ret_len)
{
        size_t word = sizeof(WORD) - 1;
        *ret_len = at - from > word ? at - from - word : 0;
        return text + from + (at - from > word ? word : at - from);
}

size_t import_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                    const char **ret, size_t max)
{
        const struct encoding_known *e;
        size_t from = import_word_start(text, at), count = 0, len;
        const char *name = begun(text, from, at, &len);
        (void)ui, (void)ctx;
        for (size_t i = 0; from < at && count < max && (e = encoding_known(i)); i++)
                if (strncasecmp(e->name, name, len) == 0 && e->name[len])
                        ret[count++] = arena_printf(a, WORD "%s", e->name);
        return count;
}

char *import_line_next(const char *line)
{
        const struct encoding_known *e, *found = NULL;
        size_t at = strlen(line), from = import_word_start(line, at), len;
        const char *name = begun(line, from, at, &len);
        if (strncmp(line, COMMAND, sizeof(COMMAND) - 1) != 0 || from == at)
                return NULL;
        for (size_t i = 0; !found && (e = encoding_known(i)); i++) {
                if (strncasecmp(e->name, name, len) != 0)
                        continue;
                found = e->name[len] ? e : encoding_known(i + 1);
                if (!found)
                        found = encoding_known(0);
        }
        return found ? xasprintf("%.*s" WORD "%s", (int)from, line, found->name) : NULL;
}
