/*
 * One timeline of what was done here and of what others say happened: by when it happened, or by
 * when it was entered.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "model/part.h"
#include "ui/detail_parts.h"

static bool is_moment(const struct thing *part)
{
        return part->kind == &part_event && part_ms(part) != CLOCK_NONE;
}

int64_t detail_moment_total(const struct detail_data *data)
{
        int64_t n = data->log_total;
        for (size_t i = 0; i < data->view.part_count; i++)
                n += is_moment(&data->view.parts[i]);
        return n;
}

/* Newest first; of one time as found, that is the newest entry first. */
struct placed {
        struct detail_moment moment;
        size_t place;
};

static int compare(const void *va, const void *vb)
{
        const struct placed *a = va, *b = vb;
        if (a->moment.at_ms != b->moment.at_ms)
                return a->moment.at_ms > b->moment.at_ms ? -1 : 1;
        return (a->place > b->place) - (a->place < b->place);
}

static int64_t time_of_row(const struct detail_data *data, const struct row *row)
{
        int64_t recorded = thing_ms(&row->thing, "recorded");
        if (data->by_entry && recorded != CLOCK_NONE)
                return recorded;
        return thing_ms(&row->thing, "occurred");
}

/* What is older than the log read so far comes with the rest of it. */
static bool is_behind(const struct detail_data *data, int64_t at_ms)
{
        size_t count = data->log_count;
        return count && (int64_t)count < data->log_total &&
               at_ms < time_of_row(data, &data->log[count - 1]);
}

static bool is_shown(const struct detail_data *data, const struct row *row)
{
        return !data->said_only || !(row->flags & MARK_SYSTEM);
}

size_t detail_log_shown(const struct detail_data *data)
{
        size_t n = 0;
        for (size_t i = 0; i < data->log_count; i++)
                n += is_shown(data, &data->log[i]);
        return n;
}

void detail_merge(struct detail_data *data, struct arena *a)
{
        size_t room = data->log_count + data->view.part_count + 1, count = 0;
        struct placed *all = arena_array(a, room, sizeof(*all));
        for (size_t i = 0; i < data->log_count; i++) {
                const struct row *row = &data->log[i];
                if (!is_shown(data, row))
                        continue;
                all[count] = (struct placed){{time_of_row(data, row), row, NULL}, count};
                count++;
        }
        for (size_t i = 0; i < data->view.part_count; i++) {
                const struct thing *event = &data->view.parts[i];
                int64_t at = data->by_entry && event->created_ms != CLOCK_NONE ? event->created_ms
                                                                               : part_ms(event);
                if (!is_moment(event) || is_behind(data, at))
                        continue;
                all[count] = (struct placed){{at, NULL, event}, count};
                count++;
        }
        qsort(all, count, sizeof(*all), compare);
        data->moments = arena_array(a, count + 1, sizeof(*data->moments));
        for (size_t i = 0; i < count; i++)
                data->moments[i] = all[i].moment;
        data->moment_count = count;
}
