/*
 * Stands in for libFuzzer: feeds the files of a corpus to LLVMFuzzerTestOneInput, as they are and
 * damaged in a reproducible way. Prints one line as tests/README.md asks.
 *
 * usage: fuzz_NAME ROUNDS FOLDER
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { FILES_MAX = 1000, SIZE_MAX_BYTES = 1 << 20 };

struct seed {
        uint8_t *data;
        size_t size;
};

static uint64_t next_random(uint64_t *state)
{
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        return *state;
}

/* A copy of exactly the size, so that ASan sees a read beyond the end. */
static void feed(const uint8_t *data, size_t size)
{
        uint8_t *copy = malloc(size > 0 ? size : 1);
        if (copy == NULL)
                abort();
        memcpy(copy, data, size);
        LLVMFuzzerTestOneInput(copy, size);
        free(copy);
}

static void feed_damaged(const struct seed *seed, const struct seed *other, uint64_t *state)
{
        uint8_t *copy = malloc(seed->size + other->size + 1);
        if (copy == NULL)
                abort();
        memcpy(copy, seed->data, seed->size);
        size_t size = seed->size;
        for (uint64_t edits = 1 + next_random(state) % 4; edits > 0 && size > 0; edits--) {
                size_t at = next_random(state) % size;
                size_t len = 1 + next_random(state) % 16;
                switch (next_random(state) % 5) {
                case 0: copy[at] ^= (uint8_t)(1U << next_random(state) % 8); break;
                case 1: copy[at] = (uint8_t)next_random(state); break;
                case 2: copy[at] = (uint8_t) "{}[]\",:\\0-eu\n\xff"[next_random(state) % 14]; break;
                case 3: size = at; break;
                default:
                        len = len < size - at ? len : size - at;
                        memmove(copy + at, copy + at + len, size - at - len);
                        size -= len;
                        break;
                }
        }
        if (next_random(state) % 8 == 0 && other->size > 0) {
                size_t from = next_random(state) % other->size;
                memcpy(copy + size, other->data + from, other->size - from);
                size += other->size - from;
        }
        feed(copy, size);
        free(copy);
}

static int read_seed(const char *folder, const char *name, struct seed *ret_seed)
{
        char path[1024];
        int len = snprintf(path, sizeof(path), "%s/%s", folder, name);
        if (len < 0 || (size_t)len >= sizeof(path))
                return 0;
        FILE *file = fopen(path, "rb");
        if (file == NULL)
                return 0;
        uint8_t *data = malloc(SIZE_MAX_BYTES);
        if (data == NULL)
                abort();
        size_t size = fread(data, 1, SIZE_MAX_BYTES, file);
        fclose(file);
        *ret_seed = (struct seed){.data = data, .size = size};
        return 1;
}

static size_t read_corpus(const char *folder, struct seed *seeds)
{
        struct dirent **names = NULL;
        int found = scandir(folder, &names, NULL, alphasort);
        size_t count = 0;
        for (int i = 0; i < found; i++) {
                if (names[i]->d_name[0] != '.' && count < FILES_MAX)
                        count += (size_t)read_seed(folder, names[i]->d_name, &seeds[count]);
                free(names[i]);
        }
        free(names);
        return count;
}

int main(int argc, char **argv)
{
        static struct seed seeds[FILES_MAX];
        if (argc != 3) {
                fprintf(stderr, "usage: %s ROUNDS FOLDER\n", argv[0]);
                return 2;
        }
        size_t count = read_corpus(argv[2], seeds);
        if (count == 0) {
                printf("not ok %s: no corpus in %s\n", argv[0], argv[2]);
                return 1;
        }
        uint64_t state = 0x9e3779b97f4a7c15U;
        long rounds = strtol(argv[1], NULL, 10);
        for (size_t i = 0; i < count; i++)
                feed(seeds[i].data, seeds[i].size);
        for (long i = 0; i < rounds; i++)
                feed_damaged(&seeds[next_random(&state) % count],
                             &seeds[next_random(&state) % count], &state);
        for (size_t i = 0; i < count; i++)
                free(seeds[i].data);
        const char *slash = strrchr(argv[0], '/');
        printf("ok %s: %zu files, %ld damaged\n", slash != NULL ? slash + 1 : argv[0], count,
               rounds);
        return 0;
}
