/*
 * The fields of an open form as a value: what was typed, what it was before, what was understood.
 * Knows nothing of keys or painting; form.c does those.
 */
#ifndef MUSTER_UI_FORM_FIELDS_H
#define MUSTER_UI_FORM_FIELDS_H

#include "ops/ops.h"
#include "ui/prompt.h"

#define FORM_OFFERS_MAX 8

struct form_field {
        const struct field *field;
        struct line_edit line;
        char *initial;        /* text it started with; unchanged fields are not handed over */
        char error[256];      /* why it is refused, "" when it is not           */
        char understood[128]; /* "= Wed 25 Nov 08:00Z", "" when it goes without saying */
        bool too_long;        /* can't be edited here: the value stays as it is */
};

struct form_fields {
        struct form_field *fields;
        size_t count;
        struct value_context values; /* what words, names and references mean; now_ms is not used */
        /* How a thing is called: its reference, or with its title; NULL = not held. Arena. NULL:
         * ids stay as they are. The context is that of values.resolve. */
        const char *(*name_of)(void *ctx, const char *id, bool with_title, struct arena *a);
};

/* names NULL: all fields of the kind with FIELD_FORM. `now` NULL: all empty. */
void form_fields_init(struct form_fields *ff, const struct kind *kind, const char *const *names,
                      const struct thing *now);
void form_fields_finish(struct form_fields *ff);

/* Reads one field; false: refused, error says why. */
bool form_field_check(const struct form_fields *ff, size_t i);
/* All of them; the first refused one, or count. */
size_t form_fields_check(const struct form_fields *ff);
bool form_fields_changed(const struct form_fields *ff);
/* Changed fields, borrowed; room for ff->count. */
size_t form_fields_result(const struct form_fields *ff, struct ops_field *ret);

/* Words of the field's list that begin with or contain what stands before the cursor; ids. */
size_t form_field_offers(const struct form_fields *ff, size_t i, struct arena *a,
                         const char *ret[FORM_OFFERS_MAX]);
/* What is being typed is that word already, whatever else begins with it. */
bool form_field_is_typed_out(const struct form_fields *ff, size_t i, const char *offer);
/* Puts an offered word in place of the one being typed. */
void form_field_accept(const struct form_fields *ff, size_t i, const char *offer);

/* Draft text (one JSON object: field name to what was typed), and back. malloc'ed. */
char *form_fields_save(const struct form_fields *ff);
bool form_fields_restore(struct form_fields *ff, const char *draft);

#endif
