#include "report/readiness.h"

#include "base/clock.h"
#include "base/json.h"
#include "model/marking.h"

#include "report_private.h"

#define DAY_MS    (24 * INT64_C(3600000))
#define DAY_BYTES 10 /* 2026-11-25 */

static void add_line(struct str *out, const struct readiness_places *places,
                     enum readiness_what what, const char *word, const char *text)
{
        if (places)
                places->place(places->ctx, out->len, what, word);
        str_addf(out, "  %s\n", text);
}

static void add_lines(struct str *out, const struct readiness_places *places,
                      const struct readiness_line *lines, size_t count)
{
        for (size_t i = 0; i < count; i++)
                add_line(out, places, lines[i].what, lines[i].word, lines[i].text);
}

void readiness_print_text(const struct readiness_told *r, const struct readiness_places *places,
                          struct str *out)
{
        char now[STAMP_BYTES];

        stamp_format_s(r->now_ms, now);
        report_banner(r->marking, r->exercise, out);
        str_addf(out, "\nReadiness as of %s", now);
        if (r->without)
                str_addf(out, ", without %s", r->without);
        str_add(out, "\n\nFree in the next 24 hours\n");
        add_lines(out, places, r->is->lines, r->is->line_count);
        if (!r->is->line_count)
                str_add(out, "  there are no experts and no equipment yet\n");
        str_addf(out, "\nGaps and single points of failure, the next %d days\n", READINESS_DAYS);
        for (size_t i = 0; i < r->is->gap_count; i++)
                add_line(out, places, r->is->gaps[i].what, r->is->gaps[i].word,
                         r->is->gaps[i].text);
        if (!r->is->gap_count)
                str_add(out, "  none\n");
        str_addc(out, '\n');
        report_banner(r->marking, r->exercise, out);
}

static void add_marking(struct json_t *obj, enum tlp marking, bool exercise)
{
        json_set_text(obj, "marking", tlp_name(marking));
        json_set_bool(obj, "exercise", exercise);
}

static void add_day(struct json_t *obj, const char *name, int64_t day)
{
        char stamp[STAMP_BYTES];

        stamp_format(day * DAY_MS, stamp);
        stamp[DAY_BYTES] = '\0';
        json_set_text(obj, name, stamp);
}

static struct json_t *json_of_line(const struct readiness_line *line)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "what", readiness_what_name(line->what));
        json_set_text(obj, "word", line->word);
        json_set_int(obj, "before", line->before);
        json_set_int(obj, "left", line->left);
        json_set_text(obj, "text", line->text);
        return obj;
}

static struct json_t *json_of_gap(const struct readiness_gap *gap)
{
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "what", readiness_what_name(gap->what));
        json_set_text(obj, "word", gap->word);
        add_day(obj, "first_day", gap->first_day);
        add_day(obj, "last_day", gap->last_day);
        json_set_int(obj, "days", gap->last_day - gap->first_day + 1);
        json_set_int(obj, "left", gap->left);
        json_set_text(obj, "text", gap->text);
        return obj;
}

struct json_t *readiness_json(const struct readiness_told *r)
{
        struct json_t *obj = json_new_obj(), *lines = json_new_list(), *gaps = json_new_list();
        char now[STAMP_BYTES];

        stamp_format(r->now_ms, now);
        add_marking(obj, r->marking, r->exercise);
        json_set_text(obj, "as_of", now);
        json_set(obj, "without", r->without ? json_new_text(r->without) : json_new_null());
        for (size_t i = 0; i < r->is->line_count; i++)
                json_push(lines, json_of_line(&r->is->lines[i]));
        for (size_t i = 0; i < r->is->gap_count; i++)
                json_push(gaps, json_of_gap(&r->is->gaps[i]));
        json_set(obj, "left", lines);
        json_set(obj, "gaps", gaps);
        return obj;
}

/* ---- a second one -------------------------------------------------------------------------- */

void second_print_text(const struct second_told *s, const struct readiness_places *places,
                       struct str *out)
{
        char now[STAMP_BYTES];

        stamp_format_s(s->now_ms, now);
        report_banner(s->marking, s->exercise, out);
        str_addf(out, "\nA second one like %s as of %s", s->ref, now);
        if (s->without)
                str_addf(out, ", without %s", s->without);
        str_addf(out, "\n\nNeeded: %s\n", *s->needs ? s->needs : "nobody has said what");
        str_addf(out, "%s\n", s->second->text);
        add_lines(out, places, s->second->lines, s->second->line_count);
        str_addc(out, '\n');
        report_banner(s->marking, s->exercise, out);
}

struct json_t *second_json(const struct second_told *s)
{
        struct json_t *obj = json_new_obj(), *lines = json_new_list();
        char now[STAMP_BYTES];

        stamp_format(s->now_ms, now);
        add_marking(obj, s->marking, s->exercise);
        json_set_text(obj, "as_of", now);
        json_set_text(obj, "for", s->ref);
        json_set(obj, "without", s->without ? json_new_text(s->without) : json_new_null());
        json_set_text(obj, "needs", s->needs);
        json_set_int(obj, "needed", s->second->needed);
        json_set_int(obj, "first", s->second->first);
        json_set_int(obj, "lacks", s->second->lacks);
        json_set_int(obj, "fitting", s->second->fitting);
        json_set_bool(obj, "enough", s->second->fitting >= s->second->needed);
        json_set_text(obj, "text", s->second->text);
        for (size_t i = 0; i < s->second->line_count; i++)
                json_push(lines, json_of_line(&s->second->lines[i]));
        json_set(obj, "left", lines);
        return obj;
}
