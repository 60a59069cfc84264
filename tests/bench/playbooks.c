/*
 * How fast playbooks are read and judged, beside bare jansson on the same bytes. They come from a
 * seeded generator: 5 to 60 steps, a third of them branching, with commands, variables and agents;
 * the same seed gives the same bytes.
 *
 *   playbooks COUNT [SEED]  ->  "playbooks=N steps=N bytes=N ok=N bare_ms=... read_ms=..."
 *
 * Each playbook is read by both one after the other, so that what else the machine does falls on
 * both.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/str.h"
#include "wire/cacao.h"

#define BYTES_MAX (1 << 20)
#define ID        "%s--%08x-0000-4000-8000-%012x"

static uint64_t state;

static uint64_t next(void)
{
        uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
}

static double now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- generating -------------------------------------------------------------------------------
 */

static const char *const phrases[] = {
        "Ask the owner of the system what depends on it. ",
        "Write down who decided and when. ",
        "Isolate the segment, but leave the logging on. ",
        "Do not restart: the memory is evidence. ",
        "Call the duty officer of the sector and of the CSIRT. ",
        "Compare the hash with what the vendor published. ",
        "Tell the board in two sentences what is known and what is not. ",
};

static void add_text(struct str *out, size_t phrases_most)
{
        for (size_t i = 1 + next() % phrases_most; i > 0; i--)
                str_add(out, phrases[next() % ARRAY_LEN(phrases)]);
}

static void add_action(struct str *out, unsigned i, const char *on)
{
        str_addf(out, "\"" ID "\":{\"type\":\"action\",\"name\":\"Step %u\",\"description\":\"",
                 "action", i, i, i);
        add_text(out, 5);
        str_addf(out,
                 "\",\"timeout\":%u,\"agent\":\"" ID "\",\"in_args\":[\"__host__\"],"
                 "\"out_args\":[\"__found__\"],\"commands\":[{\"type\":\"manual\",\"command\":\"",
                 (unsigned)(next() % 100) * 60000, "group", 7U, (unsigned)(next() % 3));
        add_text(out, 3);
        str_addf(out, "on __host__:value\"}]%s}", on);
}

/* Step i of count, and where it goes on; the branches of a branching one are an action of its own.
 */
static void add_step(struct str *out, unsigned i, unsigned count)
{
        char after[200], ends[200];
        const char *type = i + 1 < count ? "action" : "end";

        snprintf(after, sizeof(after), ",\"on_completion\":\"" ID "\"", type, i + 1, i + 1);
        snprintf(ends, sizeof(ends), ",\"on_completion\":\"" ID "\"", "end", count, count);
        if (next() % 3 != 0) {
                add_action(out, i, after);
                return;
        }
        str_addf(out,
                 "\"" ID "\":{\"type\":\"if-condition\",\"name\":\"Found?\","
                 "\"condition\":\"__found__:value = 'yes' AND NOT __host__:value = ''\","
                 "\"on_true\":\"" ID "\"%s},",
                 "action", i, i, "action", i + 1000, i + 1000, after);
        add_action(out, i + 1000, ends);
}

static size_t add_playbook(struct str *out)
{
        unsigned count = 5 + (unsigned)(next() % 56);

        str_addf(out,
                 "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\",\"id\":\"" ID "\","
                 "\"name\":\"A playbook\",\"created_by\":\"" ID "\","
                 "\"created\":\"2026-11-24T10:00:00.000Z\",\"modified\":\"2026-11-24T10:00:00."
                 "000Z\","
                 "\"playbook_types\":[\"mitigation\"],\"priority\":3,\"severity\":70,"
                 "\"playbook_variables\":{\"__host__\":{\"type\":\"string\",\"external\":true},"
                 "\"__found__\":{\"type\":\"string\",\"value\":\"no\"}},\"agent_definitions\":{",
                 "playbook", (unsigned)next(), 1U, "identity", 1U, 1U);
        for (unsigned i = 0; i < 3; i++)
                str_addf(out, "%s\"" ID "\":{\"type\":\"group\",\"name\":\"Team %u\"}",
                         i ? "," : "", "group", 7U, i, i);
        str_addf(out,
                 "},\"workflow_start\":\"" ID "\",\"workflow\":{\"" ID
                 "\":{\"type\":\"start\",\"on_completion\":\"" ID "\"},\"" ID
                 "\":{\"type\":\"end\"}",
                 "start", 0U, 0U, "start", 0U, 0U, "action", 1U, 1U, "end", count, count);
        for (unsigned i = 1; i < count; i++) {
                str_addc(out, ',');
                add_step(out, i, count);
        }
        str_add(out, "}}");
        return count + 1;
}

/* ---- measuring --------------------------------------------------------------------------------
 */

static double parse_bare(const struct str *text)
{
        double began = now_ms();
        json_error_t why;
        json_t *j = json_loadb(text->s, text->len, 0, &why);

        if (!j) {
                fprintf(stderr, "playbooks: %s\n", why.text);
                exit(1);
        }
        json_decref(j);
        return now_ms() - began;
}

static double read_playbook(const struct str *text, size_t *ok)
{
        double began = now_ms();
        struct cacao_file file;
        struct arena a;

        arena_init(&a);
        cacao_read_file(text->s, text->len, 1795687200000, &a, &file);
        *ok += file.verdict == CACAO_OK && file.doc_count == 1;
        if (file.verdict != CACAO_OK && *ok == 0)
                fprintf(stderr, "playbooks: %s: %s\n", file.docs[0].findings[0].path,
                        file.docs[0].findings[0].message);
        arena_finish(&a);
        return now_ms() - began;
}

int main(int argc, char **argv)
{
        long count = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
        size_t ok = 0, bytes = 0, steps = 0;
        double bare = 0, read = 0;
        struct str text;

        if (count <= 0 || argc > 3) {
                fprintf(stderr, "usage: playbooks COUNT [SEED]\n");
                return 2;
        }
        state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        str_init(&text, BYTES_MAX);
        for (long i = 0; i < count; i++) {
                str_clear(&text);
                steps += add_playbook(&text);
                bytes += text.len;
                bare += parse_bare(&text);
                read += read_playbook(&text, &ok);
        }
        str_finish(&text);
        printf("playbooks=%ld steps=%zu bytes=%zu ok=%zu bare_ms=%.1f read_ms=%.1f\n", count, steps,
               bytes, ok, bare, read);
        return 0;
}
