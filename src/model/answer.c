#include "model/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/machine.h"

static const char *const words[] = {
        [ANSWER_ASKED] = "asked", [ANSWER_YES] = "yes", [ANSWER_NO] = "no", [ANSWER_OUT] = "out"};

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

/* ---- what acts say of them ----------------------------------------------------------------- */

struct answering {
        const struct act *act;
        struct arena *arena;
        const char **items;
        size_t count;
};

static void say(struct answering *s, const char *id, enum answer_word word)
{
        char item[ANSWER_BYTES];

        if (answer_write(id, word, s->act->occurred_ms, item))
                s->items[s->count++] = arena_strdup(s->arena, item);
}

static void say_all(struct answering *s, const struct value *resources, enum answer_word word)
{
        for (size_t i = 0; i < resources->count; i++)
                say(s, resources->items[i], word);
}

/* Who stays is not asked again. */
static void say_moved(struct answering *s, const struct value *resources)
{
        for (size_t i = 0; i < s->act->element_count; i++) {
                const struct act_element *e = &s->act->elements[i];

                if (strcmp(e->field, "resources") == 0 &&
                    e->remove == value_has(resources, e->item))
                        say(s, e->item, e->remove ? ANSWER_OUT : ANSWER_ASKED);
        }
}

size_t answers_of(const struct act *act, const struct thing *now, struct arena *a,
                  const char *const **ret)
{
        const struct value *resources = thing_value(now, "resources");
        const char *who = act_detail(act, "resource");
        struct answering s = {.act = act, .arena = a};

        if (!resources)
                return 0;
        s.items = arena_array(a, resources->count + act->element_count + 1, sizeof(*s.items));
        if (strcmp(act->verb, "alert") == 0)
                say_all(&s, resources, ANSWER_ASKED);
        else if (strcmp(act->verb, "confirm") == 0)
                say_all(&s, resources, ANSWER_YES);
        else if (strcmp(act->verb, "decline") == 0 && who)
                say(&s, who, ANSWER_NO);
        else if (strcmp(act->verb, "decline") == 0)
                say_all(&s, resources, ANSWER_NO);
        else if (strcmp(act->verb, "substitute") == 0 ||
                 (strcmp(act->verb, "set") == 0 &&
                  machine_state(&machine_deployment, now) == DEPLOYMENT_ALERTED))
                say_moved(&s, resources);
        *ret = s.items;
        return s.count;
}

static bool is_moved(const struct act *act, const char *id, bool remove)
{
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];

                if (strcmp(e->field, "resources") == 0 && strcmp(e->item, id) == 0)
                        return e->remove == remove;
        }
        return false;
}

bool answers_follow(const struct act *act)
{
        for (size_t i = 0; i < act->element_count; i++) {
                const struct act_element *e = &act->elements[i];
                struct answer a;

                if (strcmp(e->field, "asked") != 0)
                        continue;
                if (e->remove || !answer_read(e->item, &a) ||
                    (a.word != ANSWER_ASKED && a.word != ANSWER_OUT) ||
                    !is_moved(act, a.id, a.word == ANSWER_OUT))
                        return false;
        }
        return true;
}
