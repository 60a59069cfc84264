/* Completion of a command line, a word a line: silent, whatever stands there, and it writes nothing
 * but candidates. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cli.h"
#include "base/text.h"
#include "fuzz.h"

#define WORDS_MAX 32
#define OUT_BYTES (256 * 1024)

static size_t cut(char *text, char **words)
{
        size_t count = 0;
        while (count < WORDS_MAX) {
                words[count++] = text;
                text += strcspn(text, "\n");
                if (!*text)
                        break;
                *text++ = '\0';
        }
        return count;
}

/* What it prints goes into memory. */
static void run(struct app *app, const struct command *c, const struct args *args)
{
        static char out[OUT_BYTES];
        FILE *mine = stdout, *memory = fmemopen(out, sizeof(out), "w");
        if (!memory)
                abort();
        stdout = memory;
        int status = c->run(app, args);
        stdout = mine;
        fflush(memory);
        long len = ftell(memory);
        fclose(memory);
        if (status != DONE)
                abort();
        for (long i = 0; i < len; i++)
                if ((unsigned char)out[i] < ' ' && out[i] != '\n' && out[i] != '\t')
                        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        AUTO_FREE char *text = xstrndup((const char *)data, size);
        char *words[WORDS_MAX], name[] = "complete", *argv[] = {name};
        struct app app = {.db = "/nowhere/muster.db"};
        struct args args = {.words = words, .count = cut(text, words)};
        int name_words;
        arena_init(&app.arena);
        config_init(&app.config);
        run(&app, command_find(1, argv, &name_words), &args);
        app_finish(&app);
        return 0;
}
