/*
 * A calendar of data/holidays/NAME.json.
 */
#include <string.h>

#include "base/clock.h"
#include "model/clock_law_read.h"

#define TEXT_MAX   400
#define DAYS_MAX   366
#define OFFSET_MAX (14 * 60)
#define EASTER_MAX 200 /* days before or after */
#define YEAR_MIN   1900
#define YEAR_MAX   2099
#define DAY_MS     (24ll * 3600 * 1000)

static enum rc refuse(const struct law_reader *r, const char *key, size_t i, const char *takes)
{
        return err_set(r->err, RC_INVALID, "%s%s.%zu takes %s", r->at, key, i, takes);
}

/* "MM-DD" as month * 100 + day. A leap year tells what is a date. */
static bool read_month_day(const char *text, int *ret)
{
        struct stamp_parts p;
        int64_t day;

        if (!text || strlen(text) != 5)
                return false;
        AUTO_FREE char *date = xasprintf("2000-%s", text);
        if (!law_day(date, &day))
                return false;
        stamp_split(day * DAY_MS, &p);
        *ret = p.month * 100 + p.day;
        return true;
}

static enum rc read_fixed(const struct law_reader *r, struct calendar *ret)
{
        const struct json_t *list = NULL;
        enum rc rc = law_list(r, "fixed", DAYS_MAX, &list, &ret->fixed_count);
        int *days = arena_array(r->a, ret->fixed_count + 1, sizeof(*days));

        for (size_t i = 0; rc == RC_OK && i < ret->fixed_count; i++)
                if (!read_month_day(json_text(json_at(list, i), NULL), &days[i]))
                        rc = refuse(r, "fixed", i, "a month and day such as 12-25");
        ret->fixed = days;
        return rc;
}

static enum rc read_easter(const struct law_reader *r, struct calendar *ret)
{
        const struct json_t *list = NULL;
        enum rc rc = law_list(r, "easter", DAYS_MAX, &list, &ret->easter_count);
        int *days = arena_array(r->a, ret->easter_count + 1, sizeof(*days));

        for (size_t i = 0; rc == RC_OK && i < ret->easter_count; i++) {
                int64_t n = json_int(json_at(list, i), INT64_MIN);

                if (n < -EASTER_MAX || n > EASTER_MAX)
                        rc = refuse(r, "easter", i, "days from Easter Sunday, such as 1 or -2");
                else
                        days[i] = (int)n;
        }
        ret->easter = days;
        return rc;
}

static enum rc read_dates(const struct law_reader *r, struct calendar *ret)
{
        const struct json_t *list = NULL;
        enum rc rc = law_list(r, "dates", 10 * DAYS_MAX, &list, &ret->date_count);
        int64_t *days = arena_array(r->a, ret->date_count + 1, sizeof(*days));

        for (size_t i = 0; rc == RC_OK && i < ret->date_count; i++)
                if (!law_day(json_text(json_at(list, i), NULL), &days[i]))
                        rc = refuse(r, "dates", i, "a date such as 2026-12-25");
        ret->dates = days;
        return rc;
}

/* [first, last]; without it no holidays are known. */
static enum rc read_years(const struct law_reader *r, struct calendar *ret)
{
        const struct json_t *list = NULL;
        size_t count;
        enum rc rc = law_list(r, "years", 2, &list, &count);
        int64_t first, last;

        if (rc != RC_OK || !list)
                return rc;
        first = json_int(json_at(list, 0), 0);
        last = json_int(json_at(list, 1), 0);
        if (count != 2 || first < YEAR_MIN || last < first || last > YEAR_MAX)
                return err_set(r->err, RC_INVALID, "%syears takes the first and the last, %d to %d",
                               r->at, YEAR_MIN, YEAR_MAX);
        ret->first_year = (int)first;
        ret->last_year = (int)last;
        return RC_OK;
}

enum rc law_read_calendar(const struct law_reader *r, struct calendar *ret)
{
        enum rc rc = law_text(r, "state", true, 16, &ret->state);

        if (rc == RC_OK)
                rc = law_text(r, "zone", true, 16, &ret->zone);
        if (rc == RC_OK)
                rc = law_text(r, "note", false, TEXT_MAX, &ret->note);
        if (rc == RC_OK)
                rc = law_number(r, "offset", -OFFSET_MAX, OFFSET_MAX, &ret->offset_minutes);
        if (rc == RC_OK)
                rc = law_flag(r, "summer_time", &ret->summer_time);
        if (rc == RC_OK)
                rc = law_flag(r, "eastern", &ret->eastern);
        if (rc == RC_OK)
                rc = read_years(r, ret);
        if (rc == RC_OK)
                rc = read_fixed(r, ret);
        if (rc == RC_OK)
                rc = read_easter(r, ret);
        return rc == RC_OK ? read_dates(r, ret) : rc;
}
