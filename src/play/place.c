#include "play/place.h"

#include <string.h>

#include "base/mem.h"

static bool is_plain(unsigned char c)
{
        return c > ' ' && c != 127 && !strchr("/.#%", c);
}

static void add_id(struct str *out, const char *id)
{
        for (const char *s = id; *s; s++) {
                if (is_plain((unsigned char)*s))
                        str_addc(out, *s);
                else
                        str_addf(out, "%%%02x", (unsigned char)*s);
        }
}

void place_add(struct str *out, const char *around, enum step_type type, int branch, const char *id,
               int visit)
{
        if (around) {
                str_add(out, around);
                if (type == STEP_IF)
                        str_add(out, branch == 0 ? ".true/" : ".false/");
                else if (type == STEP_PLAYBOOK)
                        str_add(out, ".in/");
                else
                        str_addf(out, ".%d/", type == STEP_WHILE ? branch : branch + 1);
        }
        add_id(out, id);
        if (visit > 1)
                str_addf(out, "#%d", visit);
}

/* ---- reading ------------------------------------------------------------------------------- */

static int hex(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The id at s, up to what ends it; false where it is none that add_id writes. */
static bool read_id(const char **s, char out[PLACE_ID_MAX + 1])
{
        size_t len = 0;

        while (**s && !strchr("/.#", **s)) {
                char c = **s;

                if (len == PLACE_ID_MAX)
                        return false;
                if (c == '%') {
                        if (hex((*s)[1]) < 0 || hex((*s)[2]) < 0)
                                return false;
                        c = (char)(hex((*s)[1]) * 16 + hex((*s)[2]));
                        *s += 2;
                }
                if (!c)
                        return false;
                out[len++] = c;
                ++*s;
        }
        out[len] = 0;
        return len > 0;
}

/* 1 to 9 digits, without a zero in front. */
static int read_number(const char **s)
{
        int n = 0, digits = 0;

        while (**s >= (digits ? '0' : '1') && **s <= '9' && digits++ < 9)
                n = n * 10 + (*(*s)++ - '0');
        return n;
}

static bool read_word(const char **s, const char *word)
{
        size_t len = strlen(word);

        if (strncmp(*s, word, len) != 0)
                return false;
        *s += len;
        return true;
}

static bool read_branch(const char **s, const struct step *step)
{
        int n;

        switch (step->type) {
        case STEP_IF: return read_word(s, "true/") || read_word(s, "false/");
        case STEP_PLAYBOOK: return read_word(s, "in/");
        case STEP_WHILE: return read_number(s) > 0 && read_word(s, "/");
        case STEP_PARALLEL:
        case STEP_SWITCH:
                n = read_number(s);
                return n > 0 && (size_t)n <= step->branch_count && read_word(s, "/");
        default: return false;
        }
}

bool place_fits(const struct playbook *p, const char *place)
{
        const char *s = place;
        char id[PLACE_ID_MAX + 1];

        if (strlen(place) > PLACE_MAX)
                return false;
        for (;;) {
                int at = read_id(&s, id) ? playbook_step(p, id) : -1;

                if (at < 0)
                        return false;
                if (*s == '#' && (s++, read_number(&s) < 2))
                        return false;
                if (!*s)
                        return p->steps[at].type != STEP_START && p->steps[at].type != STEP_END;
                if (*s++ != '.' || !read_branch(&s, &p->steps[at]))
                        return false;
                if (p->steps[at].type == STEP_PLAYBOOK)
                        return *s != 0;
        }
}
