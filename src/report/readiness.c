#include "report/readiness.h"

#include "base/clock.h"
#include "base/json.h"

static void add_names(struct str *out, const char *what, const char *const *names, size_t count)
{
        if (!count)
                return;
        str_addf(out, "; %s: ", what);
        for (size_t i = 0; i < count; i++)
                str_addf(out, "%s%s", i ? ", " : "", names[i]);
}

static size_t all_of(const struct readiness_group *g)
{
        return g->left_count + g->busy_count + g->out_count;
}

static void print_group(const struct readiness_group *g, struct str *out)
{
        str_addf(out, "  %-22s %zu of %zu left", g->key, g->left_count, all_of(g));
        add_names(out, "left", g->left, g->left_count);
        add_names(out, "held, away or expired", g->busy, g->busy_count);
        add_names(out, "taken out", g->out, g->out_count);
        str_add(out, "\n");
}

static void print_gap(const struct readiness_gap *gap, struct str *out)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format(gap->span.from_ms, from);
        stamp_format(gap->span.until_ms, until);
        str_addf(out, "  %.16sZ to %.16sZ  %s %s: %s%s\n", from, until,
                 readiness_what_name(gap->group->what), gap->group->key,
                 gap->alone ? "only " : "nobody", gap->alone ? gap->alone : "");
}

void readiness_print_text(const struct readiness_sum *r, const char *without, struct str *out)
{
        char now[STAMP_BYTES];

        stamp_format_s(r->now_ms, now);
        str_addf(out, "Readiness as of %s", now);
        if (without)
                str_addf(out, ", without %s", without);
        str_addf(out, "\n%zu of %zu experts are left: ready, on call or unverified\n", r->left,
                 r->experts);
        for (size_t i = 0; i < r->group_count; i++) {
                const struct readiness_group *g = &r->groups[i];

                if (i == 0 || r->groups[i - 1].what != g->what)
                        str_addf(out, "\nBy %s\n", readiness_what_name(g->what));
                print_group(g, out);
        }
        str_addf(out, "\nGaps and single points of failure, the next %d days\n", READINESS_DAYS);
        for (size_t i = 0; i < r->gap_count; i++)
                print_gap(&r->gaps[i], out);
        if (!r->gap_count)
                str_add(out, "  none: in every role, language and community two are free\n");
}

static struct json_t *json_of_names(const char *const *names, size_t count)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < count; i++)
                json_push_text(list, names[i]);
        return list;
}

static struct json_t *json_of_group(const struct readiness_group *g)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "what", readiness_what_name(g->what));
        json_set_text(obj, "key", g->key);
        json_set(obj, "left", json_of_names(g->left, g->left_count));
        json_set(obj, "busy", json_of_names(g->busy, g->busy_count));
        json_set(obj, "out", json_of_names(g->out, g->out_count));
        return obj;
}

static struct json_t *json_of_gap(const struct readiness_gap *gap)
{
        struct json_t *obj = json_new_obj();
        char from[STAMP_BYTES], until[STAMP_BYTES];

        stamp_format(gap->span.from_ms, from);
        stamp_format(gap->span.until_ms, until);
        json_set_text(obj, "what", readiness_what_name(gap->group->what));
        json_set_text(obj, "key", gap->group->key);
        json_set_text(obj, "from", from);
        json_set_text(obj, "until", until);
        json_set(obj, "only", gap->alone ? json_new_text(gap->alone) : json_new_null());
        return obj;
}

struct json_t *readiness_json(const struct readiness_sum *r, const char *without)
{
        struct json_t *obj = json_new_obj(), *groups = json_new_list(), *gaps = json_new_list();
        char now[STAMP_BYTES];

        stamp_format(r->now_ms, now);
        json_set_text(obj, "as_of", now);
        json_set(obj, "without", without ? json_new_text(without) : json_new_null());
        json_set_int(obj, "experts", (int64_t)r->experts);
        json_set_int(obj, "left", (int64_t)r->left);
        for (size_t i = 0; i < r->group_count; i++)
                json_push(groups, json_of_group(&r->groups[i]));
        for (size_t i = 0; i < r->gap_count; i++)
                json_push(gaps, json_of_gap(&r->gaps[i]));
        json_set(obj, "groups", groups);
        json_set(obj, "gaps", gaps);
        return obj;
}
