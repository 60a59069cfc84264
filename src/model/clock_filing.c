/*
 * What a filing says besides its time: with whom, how, under which number, and what it has.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/clocks.h"

#define TOLD_BYTES 8000
#define BLANKS     " ,\t"

const char *clock_filing_told(const struct clock *c, struct arena *a)
{
        static const struct {
                const char *detail, *before;
        } told[] = {{"authority", "with "},
                    {"channel", "by "},
                    {"reference", "reference "},
                    {"by", "sent by "}};
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, TOLD_BYTES);
        for (size_t i = 0; c->filing && i < ARRAY_LEN(told); i++) {
                const char *said = act_detail(c->filing, told[i].detail);

                if (said && *said)
                        str_addf(&out, "%s%s%s",
                                 !out.len ? ""
                                 : i == 1 ? " "
                                          : ", ",
                                 told[i].before, said);
        }
        return out.len ? arena_strdup(a, str_text(&out)) : NULL;
}

bool clock_has_item(const char *items, const char *id)
{
        size_t len = strlen(id);

        for (const char *p = items; p && *p; p += strcspn(p, BLANKS)) {
                p += strspn(p, BLANKS);
                if (strncmp(p, id, len) == 0 && (!p[len] || strchr(BLANKS, p[len])))
                        return true;
        }
        return false;
}

/* In the order of the law; of a rule that is not known here as it was said. */
const char *clock_content_told(const struct clock *c, struct arena *a)
{
        const char *items = c->filing ? act_detail(c->filing, "items") : NULL;
        bool all = clock_has_item(items, "all");
        CLEANUP(str_finish) struct str has = {0}, lacks = {0};

        if (!items || !*items)
                return NULL;
        if (!c->rule)
                return arena_printf(a, "content: %s", items);
        str_init(&has, TOLD_BYTES);
        str_init(&lacks, TOLD_BYTES);
        for (size_t i = 0; i < c->rule->content_count; i++) {
                const struct clock_item *item = &c->rule->content[i];
                bool there = all || clock_has_item(items, item->id);

                str_add_sep(there ? &has : &lacks, ", ", item->id);
        }
        if (!has.len)
                return all ? "content: all" : NULL;
        return arena_printf(a, "content: %s%s%s%s", str_text(&has), all ? " (all)" : "",
                            lacks.len ? "; without " : "", str_text(&lacks));
}
