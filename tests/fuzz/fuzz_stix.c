/* The STIX reader: whatever comes, it is refused with a sentence, or all text for people is
 * harmless. */
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/text.h"
#include "fuzz.h"
#include "wire/stix.h"

static void check_text(const char *s)
{
        if (s && !text_is_clean(s, strlen(s), true))
                abort();
}

static void check_thing(const struct thing *t)
{
        for (size_t i = 0; i < t->kind->field_count; i++) {
                check_text(t->values[i].text);
                for (size_t k = 0; k < t->values[i].count; k++)
                        check_text(t->values[i].items[k]);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena a;
        struct stix_object o;
        struct err err = {0};
        arena_init(&a);
        if (stix_read((const char *)data, size, &a, &o, &err) == RC_OK) {
                if (o.thing)
                        check_thing(o.thing);
                if (o.part)
                        check_thing(o.part);
                for (size_t i = 0; i < o.link_count; i++)
                        if (!ident_is_stix(o.links[i].target, strlen(o.links[i].target)))
                                abort();
                if (o.act)
                        check_text(o.act->text);
        } else if (!err.text[0]) {
                abort();
        }
        check_text(err.text);
        arena_finish(&a);
        return 0;
}
