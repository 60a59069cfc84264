/*
 * Who was asked to go, and what they said: a line for each in the Summary of a deployment.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/answer.h"
#include "model/when.h"
#include "ui/columns.h"
#include "ui/detail_parts.h"

static int compare_times(const void *pa, const void *pb)
{
        const struct answer *a = pa, *b = pb;

        if (a->at_ms != b->at_ms)
                return (a->at_ms > b->at_ms) - (a->at_ms < b->at_ms);
        return (a->word > b->word) - (a->word < b->word);
}

/* Those of one person stand together, since a set is sorted. */
static size_t read_answers(const struct value *v, size_t from, struct answer *ret)
{
        size_t count = 0;

        while (from + count < v->count && answer_read(v->items[from + count], &ret[count]) &&
               strcmp(ret[count].id, ret[0].id) == 0)
                count++;
        return count;
}

const char *detail_answers_text(const struct value *v, size_t *at, const struct row_style *style,
                                struct arena *a)
{
        static const char *const words[] = {[ANSWER_ASKED] = "asked",
                                            [ANSWER_YES] = "said yes",
                                            [ANSWER_NO] = "said no",
                                            [ANSWER_OUT] = "taken out"};
        static const struct field who = {.name = "resources", .type = FIELD_REFS};
        struct answer *list = arena_array(a, v->count - *at + 1, sizeof(*list));
        size_t count = read_answers(v, *at, list);
        const char *text;

        if (!count)
                return v->items[(*at)++];
        *at += count;
        qsort(list, count, sizeof(*list), compare_times);
        text = field_item_text(&who, list[0].id, style, a);
        for (size_t i = 0; i < count; i++) {
                char when[WHEN_BYTES];

                when_show(list[i].at_ms, style->now_ms, when);
                text = arena_printf(a, "%s%s %s %s", text, i ? "," : ":", words[list[i].word],
                                    when);
        }
        return text;
}
