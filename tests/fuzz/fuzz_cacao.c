/*
 * The CACAO reader: whatever comes, each playbook is refused with a sentence, or all text of it is
 * harmless, what refers to a list stays within it, and written it is read as what was written.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/str.h"
#include "base/text.h"
#include "fuzz.h"
#include "wire/cacao.h"

#define NOW 1795687200000

static void check_text(const char *s)
{
        if (s && !text_is_clean(s, strlen(s), true))
                abort();
}

static void check_index(int i, size_t count)
{
        if (i < -1 || (i >= 0 && (size_t)i >= count))
                abort();
}

static const char *no_value(void *ctx, const char *name)
{
        (void)ctx;
        return name[2] == 'a' ? "1" : NULL;
}

static void check_filled(const char *text)
{
        char *filled = text ? variable_fill(text, no_value, NULL, 4096) : NULL;

        if (filled && strlen(filled) > 4096)
                abort();
        check_text(filled);
        free(filled);
}

static void check_step(const struct playbook *p, const struct step *s)
{
        check_text(s->id);
        check_text(s->name);
        check_text(s->condition_text);
        check_filled(s->description);
        check_index(s->agent, p->agent_count);
        check_index(s->on_completion, p->step_count);
        check_index(s->on_success, p->step_count);
        check_index(s->on_failure, p->step_count);
        for (size_t i = 0; i < s->branch_count; i++)
                check_index(s->branches[i].step, p->step_count);
        for (size_t i = 0; i < s->target_count; i++)
                if (s->targets[i] < 0 || (size_t)s->targets[i] >= p->target_count)
                        abort();
        for (size_t i = 0; i < s->command_count; i++) {
                check_filled(s->commands[i].text);
                check_text(s->commands[i].content);
        }
        if (s->condition)
                condition_holds(s->condition, no_value, NULL);
}

static void check_playbook(const struct playbook *p)
{
        check_text(p->name);
        check_text(p->description);
        check_index(p->start, p->step_count);
        check_index(p->exception, p->step_count);
        for (size_t i = 0; i < p->step_count; i++) {
                check_step(p, &p->steps[i]);
                if (playbook_step(p, p->steps[i].id) != (int)i)
                        abort();
        }
        for (size_t i = 0; i < p->variable_count; i++)
                check_text(p->variables[i].value);
        for (size_t i = 0; i < p->signature_count; i++)
                check_text(p->signatures[i].signee);
}

/* What is written of it is a playbook, and written again the same bytes. */
static void check_written(const struct playbook *p, struct arena *a)
{
        struct str first, second;
        struct cacao_doc doc;

        str_init(&first, PLAYBOOK_BYTES_MAX);
        str_init(&second, PLAYBOOK_BYTES_MAX);
        cacao_write(p, &first);
        if (!first.over) {
                cacao_read(first.s, first.len, NOW, a, &doc);
                if (!doc.playbook)
                        abort();
                cacao_write(doc.playbook, &second);
                if (first.len != second.len || memcmp(first.s, second.s, first.len) != 0)
                        abort();
        }
        str_finish(&first);
        str_finish(&second);
}

static void check_doc(const struct cacao_doc *doc, struct arena *a)
{
        enum cacao_verdict worst = CACAO_OK;

        for (size_t i = 0; i < doc->finding_count; i++) {
                check_text(doc->findings[i].path);
                check_text(doc->findings[i].message);
                if (!doc->findings[i].message[0])
                        abort();
                if (doc->findings[i].verdict > worst)
                        worst = doc->findings[i].verdict;
        }
        if (worst != doc->verdict || (doc->verdict == CACAO_REFUSED) != !doc->playbook)
                abort();
        if (doc->playbook) {
                check_playbook(doc->playbook);
                check_written(doc->playbook, a);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena a;
        struct cacao_file file;

        crypt_start(NULL);
        arena_init(&a);
        cacao_read_file((const char *)data, size, NOW, &a, &file);
        if (!file.doc_count)
                abort();
        for (size_t i = 0; i < file.doc_count; i++)
                check_doc(&file.docs[i], &a);
        arena_finish(&a);
        return 0;
}
