/*
 * What a field takes, in a line: field_help of model/kind.h.
 */
#include <string.h>

#include "base/mem.h"
#include "model/kind.h"
#include "model/words.h"

#define LISTED_MAX 8 /* words that are all named; of more only the first FIRST_MAX */
#define FIRST_MAX  3

static const char *listed(const struct field *field, const struct words *words, bool notes,
                          struct arena *a)
{
        const struct word_list *list = words ? words_list(words, field->words) : NULL;
        size_t count = !list ? 0 : list->count > LISTED_MAX ? FIRST_MAX : list->count;
        const char *text = "";

        if (!count)
                return arena_printf(a, "the word list %s", field->words);
        for (size_t i = 0; i < count; i++) {
                const struct word *w = &list->words[i];
                bool noted = notes && w->note;

                text = arena_printf(a, "%s%s%s%s%s", text, i ? ", " : "", w->id, noted ? " " : "",
                                    noted ? w->note : "");
        }
        return count < list->count ? arena_printf(a, "%s ...", text) : text;
}

const char *field_help(const struct field *field, const struct words *words, struct arena *a)
{
        static const char *const marks[] = {"{words}", "{notes}"};

        for (size_t i = 0; field->words && i < ARRAY_LEN(marks); i++) {
                const char *at = strstr(field->help, marks[i]);

                if (at)
                        return arena_printf(a, "%.*s%s%s", (int)(at - field->help), field->help,
                                            listed(field, words, i == 1, a), at + strlen(marks[i]));
        }
        return field->help;
}
