#include "model/closing.h"

#include "base/clock.h"
#include "base/mem.h"

static bool is_empty(const struct thing *now, const char *field)
{
        const struct value *v = thing_value(now, field);

        return v && value_is_empty(v);
}

static bool is_unacked(const struct thing *now, int64_t now_ms)
{
        (void)now_ms;
        return is_empty(now, "acked");
}

static bool has_no_severity(const struct thing *now, int64_t now_ms)
{
        (void)now_ms;
        return is_empty(now, "severity");
}

static bool has_no_class(const struct thing *now, int64_t now_ms)
{
        (void)now_ms;
        return is_empty(now, "class");
}

static bool owes_update(const struct thing *now, int64_t now_ms)
{
        int64_t due = thing_ms(now, "update_due");

        return due != CLOCK_NONE && due < now_ms;
}

static const struct {
        bool (*is_open)(const struct thing *now, int64_t now_ms);
        const char *sentence;
} conditions[] = {
        {is_unacked, "nobody has acknowledged it"},
        {has_no_severity, "it has no severity"},
        {has_no_class, "it has no class"},
        {owes_update, "an update is overdue"},
};

size_t closing_open(const struct thing *now, int64_t now_ms, const char *ret[CLOSING_MAX])
{
        size_t count = 0;

        for (size_t i = 0; i < ARRAY_LEN(conditions) && count < CLOSING_MAX; i++)
                if (conditions[i].is_open(now, now_ms))
                        ret[count++] = conditions[i].sentence;
        return count;
}
