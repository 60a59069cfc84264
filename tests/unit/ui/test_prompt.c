#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk.h"

Test(prompt, a_half_typed_note_comes_back_on_the_same_database)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "n");
        desk_type(&d, "ward 3 restored");
        desk_restart(&d);
        desk_lacks(&d, "ward 3 restored");
        desk_keys(&d, "n");
        desk_says(&d, "ward 3 restored");
        desk_says(&d, "draft restored");
        desk_type(&d, ", ward 4 started");
        desk_keys(&d, "Enter");
        desk_says(&d, "INC-0001: noted");
        desk_says(&d, "ward 3 restored, ward 4 started");
        desk_keys(&d, "n");
        desk_lacks(&d, "draft restored");
        desk_close(&d);
}

Test(prompt, leaving_keeps_what_was_typed_for_that_incident_only)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        free(desk_new(&d, "Breach", "severity", "high", NULL));
        desk_keys(&d, "n");
        desk_type(&d, "half a thought");
        desk_keys(&d, "Esc j n");
        desk_lacks(&d, "half a thought");
        desk_keys(&d, "Esc k n");
        desk_says(&d, "half a thought");
        desk_close(&d);
}

Test(prompt, a_note_goes_to_the_incident_it_was_begun_on)
{
        struct desk d;
        desk_open(&d, 160, 48);
        AUTO_FREE char *worse = desk_new(&d, "Breach", "severity", "high", "class", "other", NULL);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_screen(&d);
        desk_keys(&d, "n");
        desk_type(&d, "about the breach");
        desk_do(&d, worse, "status", "status", "closed", "false alarm");
        desk_screen(&d);
        desk_keys(&d, "Enter");
        desk_says(&d, "INC-0001: noted");
        desk_close(&d);
}

Test(prompt, an_empty_note_is_refused_in_words_and_stays_open)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "n Enter");
        desk_says(&d, "it needs a text");
        desk_says(&d, "note on INC-0001");
        desk_close(&d);
}

Test(prompt, history_comes_with_up_and_the_typed_line_with_down)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "o");
        desk_type(&d, "novak");
        desk_keys(&d, "Enter o");
        desk_type(&d, "il");
        desk_keys(&d, "Up");
        AUTO_FREE char *older = desk_row(&d, "owner of INC-0001");
        cr_assert(strstr(older, "novak"), "%s", older);
        desk_keys(&d, "Down");
        AUTO_FREE char *typed = desk_row(&d, "owner of INC-0001");
        cr_assert(strstr(typed, "owner of INC-0001 il"), "%s", typed);
        desk_close(&d);
}

Test(prompt, pasted_lines_become_one_and_run_no_keys)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "n");
        ui_paste(d.ui, "first\nsecond\x1b[31m");
        AUTO_FREE char *row = desk_row(&d, "note on INC-0001");
        cr_assert(strstr(row, "first second\\x1b[31m"), "%s", row);
        desk_close(&d);
}

Test(prompt, a_completion_replaces_the_whole_word_with_its_dashes)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "/");
        desk_type(&d, "class:malicious-c");
        desk_keys(&d, "Tab");
        desk_says(&d, "class:malicious-code ");
        desk_lacks(&d, "malicious-malicious");
        desk_close(&d);
}

Test(prompt, the_log_is_filtered_by_the_reference_of_what_it_is_about)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        free(desk_new(&d, "Breach", "severity", "high", NULL));
        desk_keys(&d, "8 /");
        desk_type(&d, "about:INC-0002");
        desk_keys(&d, "Enter");
        desk_says(&d, "opened by duarte: Breach");
        desk_lacks(&d, "opened by duarte: Outage");
        desk_close(&d);
}
