#include "books_random.h"

#include "base/str.h"

uint32_t random_below(struct random *r, uint32_t n)
{
        r->state ^= r->state << 13;
        r->state ^= r->state >> 7;
        r->state ^= r->state << 17;
        return (uint32_t)(r->state >> 32) % n;
}

struct random random_of(uint64_t seed)
{
        return (struct random){seed * 0x9e3779b97f4a7c15u + 1};
}

/* ---- playbooks ----------------------------------------------------------------------------- */

struct writing {
        struct random *r;
        enum book_kind kind;
        struct str out;
        int count, most;
};

static int write_chain(struct writing *w, int depth);

static const char *flags(struct writing *w)
{
        static const char *const some[] = {"", "", "", " two", " timeout=60000", " delay=5000"};

        return some[random_below(w->r, ARRAY_LEN(some))];
}

static void write_action(struct writing *w, int id, int next)
{
        int fix = ++w->count;

        switch (random_below(w->r, 4)) {
        case 0: str_addf(&w->out, "n%d action +n%d%s\n", id, next, flags(w)); break;
        case 1:
                str_addf(&w->out, "n%d action +n%d !n%d%s\n", id, next, fix, flags(w));
                str_addf(&w->out, "n%d action >n%d\n", fix,
                         w->kind == BOOK_VALID || random_below(w->r, 2) ? next : id);
                break;
        default: str_addf(&w->out, "n%d action >n%d%s\n", id, next, flags(w)); break;
        }
}

static void write_branching(struct writing *w, int id, int next, int depth, const char *type,
                            int branches)
{
        static const char *const labels[] = {"a", "b", "default"};
        int first[3];

        for (int i = 0; i < branches; i++)
                first[i] = write_chain(w, depth - 1);
        str_addf(&w->out, "n%d %s %cn%d", id, type, random_below(w->r, 2) ? '>' : '+', next);
        for (int i = 0; i < branches; i++)
                str_addf(&w->out, " /%s%sn%d", *type == 's' ? labels[i] : "",
                         *type == 's' ? "=" : "", first[i]);
        if (*type == 's' && (w->kind == BOOK_VALID || random_below(w->r, 2)))
                str_add(&w->out, " =kind");
        if (*type == 'i' || *type == 'w')
                str_addf(&w->out, " ?%s", random_below(w->r, 3) ? "?" : "yes");
        str_addc(&w->out, '\n');
}

static void write_step(struct writing *w, int id, int next, int depth)
{
        switch (w->count < w->most && depth > 0 ? random_below(w->r, 9) : 8) {
        case 0: write_branching(w, id, next, depth, "parallel", 2); break;
        case 1: write_branching(w, id, next, depth, "parallel", 3); break;
        case 2: write_branching(w, id, next, depth, "if", 2); break;
        case 3: write_branching(w, id, next, depth, "if", 1); break;
        case 4: write_branching(w, id, next, depth, "while", 1); break;
        case 5: write_branching(w, id, next, depth, "switch", 3); break;
        case 6: str_addf(&w->out, "n%d playbook >n%d in=kind out=kind\n", id, next); break;
        default: write_action(w, id, next); break;
        }
}

/* Its first step; its last is an end of its own. */
static int write_chain(struct writing *w, int depth)
{
        int first = ++w->count, id = first;

        for (uint32_t n = random_below(w->r, 3) + 1; n > 0; n--) {
                int next = ++w->count;

                write_step(w, id, next, depth);
                id = next;
        }
        str_addf(&w->out, "n%d end\n", id);
        return first;
}

static void write_wild(struct writing *w)
{
        static const char *const types[] = {"action", "action",   "parallel", "if", "while",
                                            "switch", "playbook", "other",    "end"};
        static const char *const ways[] = {">", "+", "!", "/", "/"};

        for (int i = 0; i < 12; i++) {
                const char *type = types[random_below(w->r, ARRAY_LEN(types))];

                str_addf(&w->out, "n%d %s", i, type);
                for (uint32_t k = random_below(w->r, 4) + 1; k > 0; k--) {
                        const char *way = ways[random_below(w->r, ARRAY_LEN(ways))];

                        if (*type == 's' && *way == '/')
                                way = "/a=";
                        str_addf(&w->out, " %sn%d", way, (int)random_below(w->r, 12));
                }
                str_addf(&w->out, " ?%s%s\n", random_below(w->r, 2) ? "?" : "yes", flags(w));
        }
        str_add(&w->out, "s start >n0\n");
}

const struct playbook *book_random(struct random *r, struct arena *a, enum book_kind kind)
{
        struct writing w = {.r = r, .kind = kind, .most = 40};
        const struct playbook *p;

        str_init(&w.out, 1 << 20);
        if (kind == BOOK_WILD)
                write_wild(&w);
        else
                str_addf(&w.out, "s start >n%d\n", write_chain(&w, 3));
        if (random_below(r, 3) == 0)
                str_add(&w.out, "x action >xe\nxe end\nexception x\n");
        str_addf(&w.out, "var yes bool%s\nvar kind string%s\n", random_below(r, 4) ? "" : " true",
                 random_below(r, 4) ? "" : " b");
        p = book_read(a, str_text(&w.out));
        str_finish(&w.out);
        return p;
}
