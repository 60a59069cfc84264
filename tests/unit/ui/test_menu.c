#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk.h"
#include "ui/prompt.h"

Test(menu, the_letter_chooses_and_the_row_shows_it)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "s");
        desk_says(&d, "Severity of INC-0001");
        desk_keys(&d, "c");
        desk_lacks(&d, "Severity of INC-0001");
        AUTO_FREE char *row = desk_row(&d, "INC-0001    ◆ CRITICAL");
        cr_assert(row);
        desk_says(&d, "INC-0001: severity changed; u undoes it");
        desk_close(&d);
}

Test(menu, starts_on_the_value_it_has_and_escape_changes_nothing)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "medium", NULL));
        desk_keys(&d, "s");
        AUTO_FREE char *row = desk_row(&d, "m   ◇ MEDIUM");
        cr_assert(strstr(row, "▌ m"), "%s", row);
        desk_keys(&d, "Up Esc");
        desk_says(&d, "INC-0001    ◇ MEDIUM");
        desk_keys(&d, "s Up Enter");
        desk_says(&d, "INC-0001    ◈ HIGH");
        desk_close(&d);
}

Test(menu, stands_where_it_does_not_hide_the_row_it_is_about)
{
        struct desk d;
        desk_open(&d, 80, 24);
        for (int i = 0; i < 14; i++)
                free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "G S");
        AUTO_FREE char *below = desk_row(&d, "▌  INC-00");
        cr_assert(below);
        desk_keys(&d, "Esc g S");
        AUTO_FREE char *above = desk_row(&d, "▌  INC-00");
        cr_assert(above);
        desk_close(&d);
}

static void keep_value(struct ui *ui, void *ctx, const char *value)
{
        char **kept = ctx;
        (void)ui;
        *kept = xstrdup(value);
}

Test(menu, a_value_of_any_length_is_picked_whole)
{
        struct desk d;
        char text[2000];
        AUTO_FREE char *kept = NULL;
        desk_open(&d, 80, 24);
        memset(text, 'x', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        menu_open(d.ui, &(struct menu){.title = "Which?",
                                       .choices = (const struct choice[]){{.chord = 'a',
                                                                           .label = "long",
                                                                           .glyph = GLYPH_COUNT,
                                                                           .value = text}},
                                       .count = 1,
                                       .picked = keep_value,
                                       .ctx = &kept});
        desk_keys(&d, "a");
        cr_assert(kept);
        cr_assert_eq(strlen(kept), sizeof(text) - 1);
        desk_close(&d);
}

Test(menu, a_lower_marking_and_closing_ask_for_a_reason)
{
        struct desk d;
        struct err err = {0};
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", "tlp", "amber", NULL));
        cr_assert_eq(ui_command(d.ui, "incident.marking", &err), RC_OK, "%s", err.text);
        desk_says(&d, "lower: needs a reason");
        desk_keys(&d, "g");
        desk_says(&d, "reason for INC-0001");
        desk_keys(&d, "Enter");
        desk_says(&d, "a reason is needed");
        desk_type(&d, "published by the vendor");
        desk_keys(&d, "Enter");
        desk_says(&d, "TLP:GREEN");
        cr_assert_eq(ui_command(d.ui, "incident.marking", &err), RC_OK);
        desk_keys(&d, "r");
        desk_says(&d, "TLP:RED");
        desk_close(&d);
}

Test(menu, a_refused_act_says_why_and_what_it_is_about)
{
        struct desk d;
        desk_open(&d, 120, 36);
        free(desk_new(&d, "Outage", "severity", "low", NULL));
        desk_keys(&d, "a");
        desk_says(&d, "INC-0001: already acknowledged");
        desk_keys(&d, "j");
        desk_lacks(&d, "already acknowledged");
        desk_close(&d);
}
