#include "model/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

static const char *const words[] = {
        [ANSWER_ASKED] = "asked", [ANSWER_YES] = "yes", [ANSWER_NO] = "no", [ANSWER_OUT] = "out"};

const char *answer_text(enum answer_word word)
{
        return words[word];
}

bool answer_write(const char *id, enum answer_word word, int64_t at_ms, char out[ANSWER_BYTES])
{
        size_t len = strlen(id);
        char stamp[STAMP_BYTES];

        if (len >= STIX_ID_MAX || !ident_is_stix(id, len))
                return false;
        stamp_format(at_ms, stamp);
        snprintf(out, ANSWER_BYTES, "%s=%s@%s", id, words[word], stamp);
        return true;
}

static bool find_word(const char *text, size_t len, enum answer_word *ret)
{
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0) {
                        *ret = (enum answer_word)i;
                        return true;
                }
        return false;
}

bool answer_read(const char *item, struct answer *ret)
{
        const char *says = strchr(item, '='), *at = says ? strchr(says, '@') : NULL;
        struct answer a = {0};
        char again[ANSWER_BYTES];

        if (!at || (size_t)(says - item) >= sizeof(a.id))
                return false;
        memcpy(a.id, item, (size_t)(says - item));
        if (!find_word(says + 1, (size_t)(at - says - 1), &a.word) ||
            stamp_parse_ms(at + 1, &a.at_ms, NULL) != RC_OK ||
            !answer_write(a.id, a.word, a.at_ms, again) || strcmp(again, item) != 0)
                return false;
        *ret = a;
        return true;
}

bool answer_is(const char *item)
{
        struct answer a;

        return answer_read(item, &a);
}
