#include "wire/stix.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"

#include "stix_private.h"

static void add_number(struct str *contact, const struct json_t *entry)
{
        const char *number = json_text(json_get(entry, "contact_number"), "");
        const char *type = json_text(json_get(entry, "contact_number_type"), "");

        if (!*number)
                return;
        str_add_sep(contact, "; ", type);
        str_add(contact, *type ? " " : "");
        str_add(contact, number);
}

/* contact_information, then the numbers of the contact extension. */
static const char *read_contact(struct stix_reading *r)
{
        const struct json_t *plain = stix_member(r, r->json, "contact_information", JSON_TEXT);
        const struct json_t *ext = stix_extension(r, STIX_EXT_CONTACT);
        const struct json_t *numbers = stix_member(r, ext, "contact_numbers", JSON_LIST);
        CLEANUP(str_finish) struct str contact = {0};

        str_init(&contact, 4 * VALUE_LINE_MAX);
        str_addn(&contact, json_text(plain, ""), json_text_len(plain));
        for (size_t i = 0; i < json_len(numbers); i++)
                add_number(&contact, json_at(numbers, i));
        if (!contact.len)
                return NULL;
        return stix_clean(r->a, contact.s, contact.len, false, VALUE_LINE_MAX);
}

static void read_words(struct stix_reading *r, const char *field)
{
        const char *const *words = NULL;
        size_t count = stix_member_lines(r, r->json, field, &words);

        stix_set_items(r, field, words, count);
}

/* People and teams are for the rosters; who is neither is an organisation that takes part. */
static const struct kind *kind_of_class(const char *class)
{
        if (class && strcmp(class, "individual") == 0)
                return &kind_expert;
        return class && strcmp(class, "group") == 0 ? &kind_team : &kind_participant;
}

enum rc stix_read_identity(struct stix_reading *r, struct err *err)
{
        const char *class = stix_member_line(r, r->json, "identity_class");
        struct thing *t = stix_new_thing(r, kind_of_class(class));

        (void)err;
        r->o->what = STIX_THING;
        stix_set_stamp(r, "created", t->created_ms);
        stix_set_stamp(r, "modified", stix_ms(t->modified_ns));
        if (!stix_read_state(r)) {
                thing_set(t, "description", stix_member_text(r, r->json, "description"));
                thing_set(t, "contact", read_contact(r));
                if (t->kind == &kind_participant)
                        read_words(r, "roles");
                read_words(r, "sectors");
        }
        if (!thing_text(t, "name"))
                stix_set_title(r, "name");
        if (!thing_text(t, "class"))
                thing_set(t, "class", class);
        r->o->unit_name = thing_text(t, "name");
        return RC_OK;
}
