#include "model/same.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#define WORDS_MAX     16 /* of a name */
#define LETTERS_LEAST 3  /* of a word that tells something */
#define DIGITS_LEAST  6  /* of a number that reaches one person */

/* How the kinds are told by; any other is told by its title. */
static const struct {
        const char *kind;
        const char *sure[2];  /* equal in one of these: the same */
        bool by_name;         /* its title tells something       */
        const char *home;     /* differs: another; or NULL       */
        const char *states;   /* have none in common: another    */
        const char *reach[2]; /* beside a similar name           */
        const char *words;
} tellings[] = {
        {"equipment", {"serial", "tag"}, false, NULL, NULL, {NULL}, "serial, tag"},
        {"expert",
         {NULL},
         true,
         "home",
         "states",
         {"phone", "contact"},
         "name, with no other home, State, phone, contact"},
        {NULL, {NULL}, true, NULL, NULL, {NULL}, "name"},
};

static size_t telling_of(const struct kind *kind)
{
        size_t i = 0;

        while (tellings[i].kind && strcmp(tellings[i].kind, kind->name) != 0)
                i++;
        return i;
}

const char *same_by(const struct kind *kind)
{
        return tellings[telling_of(kind)].words;
}

/* ---- names -----------------------------------------------------------------------------------
 */

static int compare_words(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Its words, folded and sorted: "Kowalska, Anna" is "Anna Kowalska". */
static size_t words_of(const char *name, struct arena *a, const char *ret[WORDS_MAX])
{
        AUTO_FREE char *folded = text_fold(name ? name : "");
        const char *p = folded;
        size_t count = 0;

        while (*p && count < WORDS_MAX) {
                size_t len = 0;

                while (p[len] && is_letter(p[len]))
                        len++;
                if (len)
                        ret[count++] = arena_strndup(a, p, len);
                p += len + (p[len] != '\0');
        }
        qsort(ret, count, sizeof(*ret), compare_words);
        return count;
}

static const char *name_key(const struct thing *t, struct arena *a)
{
        CLEANUP(str_finish) struct str key = {0};
        const char *words[WORDS_MAX];
        size_t count = words_of(thing_text(t, t->kind->title), a, words);

        str_init(&key, 4 * VALUE_LINE_MAX);
        for (size_t i = 0; i < count; i++)
                str_add_sep(&key, " ", words[i]);
        return arena_strdup(a, str_text(&key));
}

static bool names_share_a_word(const struct thing *a, const struct thing *b, struct arena *arena)
{
        const char *mine[WORDS_MAX], *theirs[WORDS_MAX];
        size_t my_count = words_of(thing_text(a, a->kind->title), arena, mine);
        size_t their_count = words_of(thing_text(b, b->kind->title), arena, theirs);

        for (size_t i = 0; i < my_count; i++)
                for (size_t k = 0; k < their_count; k++)
                        if (strlen(mine[i]) >= LETTERS_LEAST && strcmp(mine[i], theirs[k]) == 0)
                                return true;
        return false;
}

/* ---- numbers, addresses, marks ---------------------------------------------------------------
 */

static size_t digits_of(const char *text, char *out)
{
        size_t count = 0;

        for (; *text; text++)
                if (*text >= '0' && *text <= '9')
                        out[count++] = *text;
        out[count] = '\0';
        return count;
}

/* A number by its digits, 00 in front being +; else folded text. */
static const char *way_key(const char *text, struct arena *a)
{
        char *digits = arena_alloc(a, strlen(text) + 1);
        AUTO_FREE char *folded = NULL;

        if (!text[strspn(text, "+0123456789 ()-./")] && digits_of(text, digits))
                return strncmp(digits, "00", 2) == 0 ? digits + 2 : digits;
        folded = text_fold(text);
        return arena_strdup(a, folded);
}

/* The same; "" for a number that too many have. */
static const char *reach_key(const char *text, struct arena *a)
{
        const char *key = way_key(text, a);

        return !key[strspn(key, "0123456789")] && strlen(key) < DIGITS_LEAST ? "" : key;
}

/* A serial or tag as it is, but for case and accents. */
static const char *mark_key(const char *text, struct arena *a)
{
        AUTO_FREE char *folded = text_fold(text);

        return arena_strdup(a, folded);
}

typedef const char *key_fn(const char *text, struct arena *a);

static const char *key_of(const struct thing *t, const char *field, key_fn *key, struct arena *a)
{
        const char *text = field ? thing_text(t, field) : NULL;

        return text && *text ? key(text, a) : "";
}

static bool share(const struct thing *x, const struct thing *y, const char *const fields[2],
                  key_fn *key, struct arena *a)
{
        for (size_t i = 0; i < 2 && fields[i]; i++) {
                const char *mine = key_of(x, fields[i], key, a);

                if (*mine && strcmp(mine, key_of(y, fields[i], key, a)) == 0)
                        return true;
        }
        return false;
}

/* Both have it, and it is not the same. */
static bool differ(const struct thing *x, const struct thing *y, const char *field, key_fn *key,
                   struct arena *a)
{
        const char *mine = key_of(x, field, key, a), *theirs = key_of(y, field, key, a);

        return *mine && *theirs && strcmp(mine, theirs) != 0;
}

/* ---- judging ---------------------------------------------------------------------------------
 */

static const char *as_is(const char *text, struct arena *a)
{
        (void)a;
        return text;
}

static bool states_differ(const struct thing *x, const struct thing *y, const char *field)
{
        const struct value *mine, *theirs;

        if (!field)
                return false;
        mine = thing_value(x, field);
        theirs = thing_value(y, field);
        for (size_t i = 0; i < mine->count; i++)
                if (value_has(theirs, mine->items[i]))
                        return false;
        return mine->count && theirs->count;
}

static bool ways_differ(const struct thing *x, const struct thing *y, const char *const fields[2],
                        struct arena *a)
{
        for (size_t i = 0; i < 2; i++)
                if (differ(x, y, fields[i], way_key, a))
                        return true;
        return false;
}

bool same_name(const struct thing *a, const struct thing *b, struct arena *arena)
{
        const char *name = name_key(a, arena);

        return tellings[telling_of(a->kind)].by_name && *name &&
               strcmp(name, name_key(b, arena)) == 0;
}

bool same_thing(const struct thing *a, const struct thing *b, struct arena *arena)
{
        size_t i = telling_of(a->kind);
        bool reached;

        if (share(a, b, tellings[i].sure, mark_key, arena))
                return true;
        if (!tellings[i].by_name || ways_differ(a, b, tellings[i].reach, arena))
                return false;
        reached = share(a, b, tellings[i].reach, reach_key, arena);
        if (same_name(a, b, arena))
                return reached || (!differ(a, b, tellings[i].home, as_is, arena) &&
                                   !states_differ(a, b, tellings[i].states));
        return reached && names_share_a_word(a, b, arena);
}

static size_t add_keys(const struct thing *t, const char *const fields[2], key_fn *key,
                       struct arena *a, const char **ret)
{
        size_t count = 0;

        for (size_t i = 0; i < 2 && fields[i]; i++) {
                const char *text = key_of(t, fields[i], key, a);

                if (*text)
                        ret[count++] = arena_printf(a, "%s:%s", fields[i], text);
        }
        return count;
}

size_t same_keys(const struct thing *t, struct arena *a, const char *ret[SAME_KEYS_MAX])
{
        size_t i = telling_of(t->kind), count = 0;
        const char *name = name_key(t, a);

        if (tellings[i].by_name && *name)
                ret[count++] = arena_printf(a, "name:%s", name);
        count += add_keys(t, tellings[i].sure, mark_key, a, ret + count);
        return count + add_keys(t, tellings[i].reach, reach_key, a, ret + count);
}
