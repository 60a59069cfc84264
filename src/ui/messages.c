/*
 * Messages: every notice and failure of this session, newest first.
 */
#include "ui/prompt.h"

#include <stdio.h>

#include "base/clock.h"
#include "ui/picker.h"

void messages_open(struct ui *ui)
{
        struct arena a;
        arena_init(&a);
        struct picker_row *rows = arena_array(&a, PICKER_ROWS_MAX, sizeof(*rows));
        size_t count = ui_message_count(ui);
        if (count > PICKER_ROWS_MAX)
                count = PICKER_ROWS_MAX;
        for (size_t i = 0; i < count; i++) {
                int64_t at_ms;
                const char *text = ui_message_at(ui, i, &at_ms);
                struct stamp_parts t;
                stamp_split(at_ms, &t);
                rows[i] = (struct picker_row){
                        .text = text,
                        .chord = arena_printf(&a, "%02d:%02dZ", t.hour, t.minute),
                };
        }
        picker_open(ui, &(struct picker){.title = "Messages of this session",
                                         .sign = "/",
                                         .rows = rows,
                                         .count = count,
                                         .chord_first = true});
        arena_finish(&a);
}
