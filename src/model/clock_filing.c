/*
 * What a filing says besides its time: with whom, how, under which number, and what it has.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/clocks.h"

#define TOLD_BYTES 8000

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

/* In the order of the law; of a rule that is not known here as it was said. */
const char *clock_content_told(const struct clock *c, struct arena *a)
{
        const char *items = c->filing ? act_detail(c->filing, "items") : NULL;
        bool all = text_has_word(items, CLOCK_BETWEEN, "all");
        CLEANUP(str_finish) struct str has = {0}, lacks = {0};

        if (!items || !*items)
                return NULL;
        if (!c->rule)
                return arena_printf(a, "content: %s", items);
        str_init(&has, TOLD_BYTES);
        str_init(&lacks, TOLD_BYTES);
        for (size_t i = 0; i < c->rule->content_count; i++) {
                const struct clock_item *item = &c->rule->content[i];
                bool there = all || text_has_word(items, CLOCK_BETWEEN, item->id);

                str_add_sep(there ? &has : &lacks, ", ", item->id);
        }
        if (!has.len)
                return all ? "content: all" : NULL;
        return arena_printf(a, "content: %s%s%s%s", str_text(&has), all ? " (all)" : "",
                            lacks.len ? "; without " : "", str_text(&lacks));
}
