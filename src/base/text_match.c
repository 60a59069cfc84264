#include "base/text.h"

#include <string.h>

#include <utf8proc.h>

#include "base/mem.h"
#include "base/str.h"

#define DISTANCE_MAX 64  /* code points compared */
#define FUZZY_MAX    256 /* bytes compared       */

#define SCORE_LETTER 1
#define SCORE_NEXT   7    /* right behind the letter before */
#define SCORE_WORD   6    /* at the beginning of a word     */
#define SCORE_FIRST  8    /* at the beginning of the text   */
#define SCORE_WHOLE  4096 /* it is one of the words: above what FUZZY_MAX letters reach */

/* Letters that Unicode does not take apart, as people type them. */
static const char *typed_as(utf8proc_int32_t cp)
{
        switch (cp) {
        case 0xE6: return "ae";
        case 0xF0:
        case 0x111: return "d";
        case 0xF8: return "o";
        case 0xFE: return "th";
        case 0x127: return "h";
        case 0x131: return "i";
        case 0x142: return "l";
        case 0x153: return "oe";
        default: return NULL;
        }
}

static void add_folded(utf8proc_int32_t cp, struct str *out)
{
        const char *typed = typed_as(cp);
        char bytes[4];
        if (typed)
                str_add(out, typed);
        else
                str_addn(out, bytes, text_put((uint32_t)cp, bytes));
}

static void fold_one(uint32_t cp, struct str *out)
{
        utf8proc_int32_t parts[32];
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(
                (utf8proc_int32_t)cp, parts, (utf8proc_ssize_t)ARRAY_LEN(parts),
                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                        UTF8PROC_IGNORE,
                &boundary);
        if (n < 0 || n > (utf8proc_ssize_t)ARRAY_LEN(parts)) {
                add_folded((utf8proc_int32_t)cp, out);
                return;
        }
        for (utf8proc_ssize_t i = 0; i < n; i++)
                add_folded(parts[i], out);
}

char *text_fold(const char *s)
{
        size_t len = strlen(s);
        struct str out;
        str_init(&out, 64 * len + 1);
        for (size_t at = 0; at < len;) {
                uint32_t cp;
                size_t n = text_decode(s + at, len - at, &cp);
                if (!n)
                        str_add(&out, "\xEF\xBF\xBD");
                else if (cp < 0x80)
                        str_addc(&out, (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp));
                else
                        fold_one(cp, &out);
                at += n ? n : 1;
        }
        return str_take(&out);
}

static size_t folded_points(const char *s, uint32_t out[DISTANCE_MAX])
{
        AUTO_FREE char *folded = text_fold(s);
        size_t len = strlen(folded), count = 0;
        for (size_t at = 0; at < len && count < DISTANCE_MAX;)
                at += text_decode(folded + at, len - at, &out[count++]);
        return count;
}

static size_t least(size_t a, size_t b)
{
        return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b)
{
        uint32_t x[DISTANCE_MAX], y[DISTANCE_MAX];
        size_t nx = folded_points(a, x), ny = folded_points(b, y);
        size_t rows[3][DISTANCE_MAX + 1];
        for (size_t j = 0; j <= ny; j++)
                rows[0][j] = j;
        for (size_t i = 1; i <= nx; i++) {
                size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
                row[0] = i;
                for (size_t j = 1; j <= ny; j++) {
                        row[j] = least(least(above[j], row[j - 1]) + 1,
                                       above[j - 1] + (x[i - 1] != y[j - 1]));
                        if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                                row[j] = least(row[j], two[j - 2] + 1);
                }
        }
        return rows[nx % 3][ny];
}

static bool is_word_byte(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static int place_score(const char *s, size_t at)
{
        if (at == 0)
                return SCORE_FIRST;
        return is_word_byte(s[at - 1]) ? SCORE_LETTER : SCORE_WORD;
}

/* best[j]: the best score of the pattern so far with its last letter at s[j - 1]; -1 = it can't be
 * there. */
static int best_match(const char *pattern, const char *s, size_t len)
{
        int rows[2][FUZZY_MAX + 1];
        for (size_t j = 0; j <= len; j++)
                rows[0][j] = j ? -1 : 0;
        size_t i = 0;
        for (; pattern[i]; i++) {
                int *row = rows[(i + 1) % 2], *above = rows[i % 2], reach = -1;
                row[0] = -1;
                for (size_t j = 1; j <= len; j++) {
                        reach = above[j - 1] > reach ? above[j - 1] : reach;
                        row[j] = -1;
                        if (pattern[i] != s[j - 1] || reach < 0)
                                continue;
                        row[j] = reach + place_score(s, j - 1);
                        if (i && above[j - 1] >= 0 && above[j - 1] + SCORE_NEXT > row[j])
                                row[j] = above[j - 1] + SCORE_NEXT;
                }
        }
        int best = -1;
        for (size_t j = 0; j <= len; j++)
                best = rows[i % 2][j] > best ? rows[i % 2][j] : best;
        return best;
}

int text_fuzzy(const char *pattern, const char *s)
{
        AUTO_FREE char *letters = text_fold(pattern);
        AUTO_FREE char *text = text_fold(s);
        size_t len = strnlen(text, FUZZY_MAX), put = 0;
        for (size_t i = 0; letters[i]; i++) {
                if (letters[i] != ' ')
                        letters[put++] = letters[i];
        }
        letters[put] = '\0';
        return best_match(letters, text, len);
}

static bool is_one_of(const char *pattern, const char *words)
{
        AUTO_FREE char *word = text_fold(pattern);
        size_t len = strlen(word);
        for (const char *at = words; len && *at; at += strspn(at, " ")) {
                size_t next = strcspn(at, " ");
                if (next == len && strncmp(at, word, len) == 0)
                        return true;
                at += next;
        }
        return false;
}

int text_fuzzy_word(const char *pattern, const char *words, const char *s)
{
        return words && is_one_of(pattern, words) ? SCORE_WHOLE : text_fuzzy(pattern, s);
}
