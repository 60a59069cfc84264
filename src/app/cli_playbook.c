/*
 * Playbooks as files: what is wrong with them.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "wire/cacao.h"

#include "app_private.h"

#define INDENT 2

struct validating {
        bool json;
        struct json_t *files;
        int refused, view_only, failed; /* files */
};

/* Its place in the file, then that in the playbook. */
static const char *full_path(const struct cacao_doc *doc, const struct cacao_finding *f,
                             struct arena *a)
{
        return arena_printf(a, "%s%s%s", doc->where, *doc->where && *f->path ? "." : "", f->path);
}

static void add_json(struct validating *v, const char *name, const struct cacao_file *file,
                     struct arena *a)
{
        struct json_t *obj = json_new_obj(), *findings = json_new_list();

        for (size_t i = 0; i < file->doc_count; i++)
                for (size_t k = 0; k < file->docs[i].finding_count; k++) {
                        const struct cacao_finding *f = &file->docs[i].findings[k];
                        struct json_t *one = json_new_obj();

                        json_set_text(one, "path", full_path(&file->docs[i], f, a));
                        json_set_text(one, "message", f->message);
                        json_push(findings, one);
                }
        json_set_text(obj, "file", name);
        json_set_text(obj, "verdict", cacao_verdict_name(file->verdict));
        json_set(obj, "findings", findings);
        json_push(v->files, obj);
}

static void print_file(const char *name, const struct cacao_file *file, struct arena *a)
{
        const struct playbook *first = file->docs[0].playbook;

        print_cell(name, 0);
        printf(": %s", cacao_verdict_name(file->verdict));
        if (file->doc_count > 1) {
                printf(": %zu playbooks", file->doc_count);
        } else if (first) {
                printf(": ");
                print_cell(first->name ? first->name : "without a name", 0);
                printf(", %zu steps", first->step_count);
        }
        printf("\n");
        for (size_t i = 0; i < file->doc_count; i++)
                for (size_t k = 0; k < file->docs[i].finding_count; k++) {
                        const struct cacao_finding *f = &file->docs[i].findings[k];
                        const char *path = full_path(&file->docs[i], f, a);

                        printf("%*s%s%s%s\n", INDENT, "", path, *path ? ": " : "", f->message);
                }
}

static void tell(struct validating *v, const char *name, const struct cacao_file *file,
                 struct arena *a)
{
        v->refused += file->verdict == CACAO_REFUSED;
        v->view_only += file->verdict == CACAO_VIEW_ONLY;
        if (v->json)
                add_json(v, name, file, a);
        else
                print_file(name, file, a);
}

static void validate(struct validating *v, const char *name)
{
        const char *path = strcmp(name, "-") == 0 ? "/dev/stdin" : name;
        AUTO_FREE char *bytes = NULL;
        CLEANUP(arena_finish) struct arena a = {0};
        struct cacao_file file;
        struct err err = {0};
        size_t len;
        enum rc rc = file_read(path, CACAO_FILE_MAX, &bytes, &len, &err);

        arena_init(&a);
        if (rc == RC_OK) {
                cacao_read_file(bytes, len, clock_now_ms(), &a, &file);
                tell(v, name, &file, &a);
                return;
        }
        const struct cacao_finding finding = {CACAO_REFUSED, "", err.text};
        const struct cacao_doc doc = {
                .verdict = CACAO_REFUSED, .where = "", .findings = &finding, .finding_count = 1};

        file = (struct cacao_file){CACAO_REFUSED, &doc, 1};
        v->failed += rc != RC_INVALID;
        tell(v, name, &file, &a);
}

int cmd_playbook_validate(struct app *app, const struct args *args)
{
        struct validating v = {.json = args_option(args, "--json")};

        (void)app;
        if (v.json)
                v.files = json_new_list();
        for (size_t i = 0; i < args->count; i++)
                validate(&v, args->words[i]);
        if (v.json)
                print_json(v.files);
        if (v.failed)
                return FAILED;
        if (v.refused)
                return REFUSED;
        return v.view_only ? PARTLY : DONE;
}
