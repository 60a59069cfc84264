#include "books.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/str.h"
#include "wire/playbook_list.h"

static void must(enum rc rc, const struct err *err)
{
        cr_assert_eq(rc, RC_OK, "%s", err->text);
}

char *book_document(const char *list, int64_t modified_ms)
{
        CLEANUP(arena_finish) struct arena a = {0};
        CLEANUP(str_finish) struct str out = {0};
        const struct playbook_list_head head = {
                .id = BOOK_ID, .created_by = FOREIGN_UNIT, .now_ns = modified_ms * 1000000};
        const struct playbook *p = NULL;
        struct err err = {0};

        must(playbook_list_read(list, strlen(list), &head, &a, &p, &err), &err);
        str_init(&out, PLAYBOOK_BYTES_MAX);
        cacao_write(p, &out);
        return xstrdup(str_text(&out));
}

char *book_carried(const char *document, const char *member)
{
        AUTO_FREE char *coded = base64_encode(document, strlen(document), false);

        return xasprintf("{\"type\":\"course-of-action\",\"spec_version\":\"2.1\",\"id\":"
                         "\"course-of-action--00000000-0000-4000-8000-0000000000c1\","
                         "\"created_by_ref\":\"" FOREIGN_UNIT "\",\"created\":"
                         "\"2026-11-24T10:00:00.000Z\",\"modified\":\"2026-11-24T10:00:00.000Z\","
                         "\"name\":\"Theirs\",\"extensions\":{\"" CACAO_EXT_CARRIER "\":{"
                         "\"extension_type\":\"property-extension\",\"%s\":\"%s\"}}}",
                         member, coded);
}

static void carrier_id(const char *document, char id[STIX_ID_MAX])
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct cacao_doc doc;

        cacao_read(document, strlen(document), CLOCK_NONE, &a, &doc);
        cacao_carrier_id(&doc, id);
}

void book_take_document(struct desk *d, const char *document, char id[STIX_ID_MAX])
{
        struct err err = {0};

        must(desk_import(d, document, &err), &err);
        carrier_id(document, id);
}

void book_take(struct desk *d, const char *list, int64_t modified_ms, char id[STIX_ID_MAX])
{
        AUTO_FREE char *document = book_document(list, modified_ms);

        book_take_document(d, document, id);
}

void run_start(struct desk *d, const char *playbook, const char *incident, char id[STIX_ID_MAX])
{
        struct err err = {0};

        must(ops_run_start(&d->ops,
                           &(struct run_starting){.playbook = playbook, .incident = incident}, id,
                           &err),
             &err);
}

enum rc run_try(struct desk *d, const char *run, const char *verb, const char *reason,
                struct err *err, ...)
{
        struct ops_field details[8];
        struct ops_request r = {
                .verb = verb, .details = details, .reason = reason, .occurred_ms = CLOCK_NONE};
        const char *name;
        va_list ap;

        va_start(ap, err);
        while ((name = va_arg(ap, const char *)))
                details[r.detail_count++] = (struct ops_field){name, va_arg(ap, const char *)};
        va_end(ap);
        return ops_do(&d->ops, run, &r, err);
}

void run_must(struct desk *d, const char *run, const char *verb, const char *step)
{
        struct err err = {0};

        must(step ? run_try(d, run, verb, "because", &err, "step", step, NULL)
                  : run_try(d, run, verb, "because", &err, NULL),
             &err);
}

char *run_text(struct desk *d, const char *run)
{
        CLEANUP(ops_run_cleanup) struct ops_run *r = NULL;
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};

        must(ops_run_open(&d->ops, run, &r, &err), &err);
        cr_assert(ops_run_state(r));
        str_init(&out, 64 * 1024 * 1024);
        run_print(ops_run_state(r), &out);
        return xstrdup(str_text(&out));
}
