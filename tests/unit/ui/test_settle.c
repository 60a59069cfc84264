/*
 * Conflicts settled where they are listed: ours, theirs, what stood before, or another value.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk.h"

TestSuite(settle);

#define ONE "incident--0a000000-0000-4000-8000-000000000001"
#define TWO "incident--0a000000-0000-4000-8000-000000000002"

/* What another console said of it without having seen ours: an hour ago, so that ours is later. */
static void they_say(struct desk *d, const char *id, int number, const char *severity)
{
        static const char form[] =
                "{\"type\":\"note\",\"spec_version\":\"2.1\","
                "\"id\":\"note--0c000000-0000-4000-8000-%012d\","
                "\"created_by_ref\":\"identity--0b000000-0000-4000-8000-000000000002\","
                "\"created\":\"2026-11-24T11:58:33.000Z\",\"modified\":\"2026-11-24T11:58:33."
                "000Z\","
                "\"content\":\"severity\",\"authors\":[\"ilves\"],\"object_refs\":[\"%s\"],"
                "\"extensions\":{\"extension-definition--5a4e5f3c-8a0f-4c7d-9b56-2f6a4d1c7e10\":"
                "{\"extension_type\":\"property-extension\",\"console\":\"bc6580495035cf9e\","
                "\"hlc\":117671297875968000,\"occurred\":\"2026-11-24T11:58:33.000Z\","
                "\"operator\":\"ilves\",\"set\":{\"severity\":\"%s\"},\"target\":\"%s\","
                "\"verb\":\"severity\"}}}";
        AUTO_FREE char *document = xasprintf(form, number, id, severity, id);
        desk_import(d, document);
}

/* The view with one conflict: HIGH is ours and in force, CRITICAL theirs, MEDIUM was before. */
static void open_with_one(struct desk *d, int cols, int rows)
{
        desk_open(d, cols, rows);
        free(desk_arrive(d, 1, "Signals", 55));
        desk_do(d, ONE, "severity", "severity", "high", NULL);
        they_say(d, ONE, 1, "critical");
        desk_keys(d, "9");
}

static const char *severity(struct desk *d, const char *id, struct arena *a)
{
        struct row row;
        struct err err = {0};
        cr_assert_eq(thing_by_id(d->ops.store, id, a, &row, &err), RC_OK, "%s", err.text);
        return thing_text(&row.thing, "severity");
}

Test(settle, one_key_takes_ours_theirs_or_what_stood_before)
{
        static const struct {
                const char *keys, *becomes, *says;
        } rows[] = {
                {"m", "high", "severity is HIGH; CRITICAL of ilves 11:58Z stays in the log"},
                {"t", "critical", "severity is CRITICAL; HIGH of duarte 13:04Z stays in the log"},
                {"b", "medium", "severity is MEDIUM; CRITICAL of ilves 11:58Z, HIGH of duarte"},
                {"s", "high", "severity is HIGH"},
                {"Left s", "critical", "severity is CRITICAL"},
                {"Right s", "medium", "severity is MEDIUM"},
                {"Enter Left Enter", "critical", "severity is CRITICAL"},
                {"Enter Right Right Enter", "critical", "severity is CRITICAL"},
        };
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                CLEANUP(arena_finish) struct arena a = {0};
                struct desk d;
                open_with_one(&d, 160, 40);
                desk_says(&d, "severity: CRITICAL or HIGH");
                desk_says(&d, "OURS, in force");
                desk_says(&d, "THEIRS");
                desk_says(&d, "BEFORE");
                desk_says(&d, "1 to settle");
                desk_keys(&d, rows[i].keys);
                desk_says(&d, rows[i].says);
                desk_lacks(&d, "severity: CRITICAL or HIGH");
                cr_assert_str_eq(severity(&d, ONE, &a), rows[i].becomes, "%s", rows[i].keys);
                desk_keys(&d, "u");
                desk_says(&d, "undone");
                desk_close(&d);
        }
}

Test(settle, where_there_is_no_room_it_is_opened_first)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        open_with_one(&d, 80, 24);
        desk_lacks(&d, "THEIRS");
        desk_keys(&d, "Enter");
        desk_says(&d, "THEIRS");
        desk_says(&d, "takes OURS: HIGH");
        desk_keys(&d, "Left");
        desk_says(&d, "takes THEIRS: CRITICAL");
        cr_assert_str_eq(severity(&d, ONE, &a), "high", "choosing is not taking");
        desk_keys(&d, "Esc");
        desk_lacks(&d, "THEIRS");
        desk_keys(&d, "Enter o");
        desk_says(&d, "2 Inc");
        desk_says(&d, "Signals");
        desk_close(&d);
}

Test(settle, marked_ones_are_settled_together_after_a_question)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        open_with_one(&d, 160, 40);
        free(desk_arrive(&d, 2, "Water", 10));
        desk_do(&d, TWO, "severity", "severity", "medium", NULL);
        they_say(&d, TWO, 2, "high");
        desk_says(&d, "2 to settle");
        desk_keys(&d, "Space Space");
        desk_says(&d, "2 to settle, 2 marked");
        desk_keys(&d, "t");
        desk_says(&d, "Settle 2 conflicts: take theirs?");
        desk_keys(&d, "Esc");
        cr_assert_str_eq(severity(&d, ONE, &a), "high", "nothing is done without a yes");
        desk_keys(&d, "t y");
        desk_says(&d, "2 conflicts are settled");
        cr_assert_str_eq(severity(&d, ONE, &a), "critical");
        cr_assert_str_eq(severity(&d, TWO, &a), "high");
        desk_says(&d, "none");
        desk_close(&d);
}

Test(settle, another_value_may_be_written)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        open_with_one(&d, 160, 40);
        desk_keys(&d, "w");
        desk_type(&d, "severe");
        desk_keys(&d, "Enter");
        desk_says(&d, "severe");
        cr_assert_str_eq(severity(&d, ONE, &a), "high");
        desk_keys(&d, "^U");
        desk_type(&d, "low");
        desk_keys(&d, "Enter");
        desk_says(&d, "severity is settled");
        cr_assert_str_eq(severity(&d, ONE, &a), "low");
        desk_close(&d);
}

static void click(struct desk *d, const char *text, bool twice)
{
        AUTO_FREE char *row = desk_row(d, text);
        int y = desk_row_number(d, text);
        cr_assert_not_null(row, "%s", text);
        *strstr(row, text) = '\0';
        ui_mouse(d->ui, (int)text_width(row) + 1, y, MOUSE_LEFT, false);
        if (twice)
                ui_mouse(d->ui, (int)text_width(row) + 1, y, MOUSE_LEFT, true);
}

Test(settle, the_mouse_chooses_and_takes)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct desk d;
        open_with_one(&d, 160, 40);
        click(&d, "BEFORE", false);
        desk_says(&d, "takes BEFORE: MEDIUM");
        click(&d, "THEIRS", true);
        desk_says(&d, "severity is CRITICAL");
        cr_assert_str_eq(severity(&d, ONE, &a), "critical");
        desk_close(&d);
}

/* What is chosen stays chosen, and the row stays under the cursor, while others go on. */
Test(settle, what_comes_in_meanwhile_moves_nothing)
{
        struct desk d;
        open_with_one(&d, 160, 40);
        desk_keys(&d, "Left");
        desk_says(&d, "takes THEIRS: CRITICAL");
        free(desk_arrive(&d, 2, "Water", 90));
        desk_do(&d, TWO, "severity", "severity", "low", NULL);
        they_say(&d, TWO, 2, "high");
        desk_says(&d, "2 to settle");
        desk_says(&d, "takes THEIRS: CRITICAL");
        desk_keys(&d, "w");
        desk_type(&d, "half a wo");
        they_say(&d, ONE, 3, "low");
        desk_says(&d, "half a wo");
        desk_says(&d, "severity of");
        desk_close(&d);
}
