/*
 * Which encodings may stand behind the name of a table, "FILE.csv encoding=NAME", while that is
 * typed.
 */
#ifndef MUSTER_UI_IMPORT_WORDS_H
#define MUSTER_UI_IMPORT_WORDS_H

#include "ui/prompt.h"

/* For a prompt. */
size_t import_word_start(const char *text, size_t at);
size_t import_words(struct ui *ui, void *ctx, const char *text, size_t at, struct arena *a,
                    const char **ret, size_t max);

/* For the palette: "import FILE.csv enc" with the first that goes on so, one that is whole with the
 * next, malloc'ed; NULL: no encoding can stand there. */
char *import_line_next(const char *line);

#endif
