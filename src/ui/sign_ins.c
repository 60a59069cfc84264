/*
 * Who signed in, who was refused, when it was locked: from the journal, newest first.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/journal.h"
#include "ui/picker.h"
#include "ui/sign_in.h"

#define SIGN_INS_MAX 200

static void fill(struct picker_row *to, const struct journal_row *from, struct arena *a)
{
        const struct journal_entry *e = &from->entry;
        char at[STAMP_BYTES];
        stamp_format_s(e->at_ms, at);
        *to = (struct picker_row){
                .text = arena_printf(a, "%s  %s%s%s%s%s", at, strchr(e->op, '.') + 1,
                                     e->operator[0] ? "  " : "", e->operator,
                                     e->note[0] ? "  " : "", e->note),
                .chord = "",
        };
}

void sign_ins_open(struct ui *ui)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct journal_row *list = NULL;
        size_t count = 0;
        struct err err = {0};
        if (journal_list_operators(ui_ops(ui)->store, SIGN_INS_MAX, &a, &list, &count, &err) !=
            RC_OK) {
                ui_notice(ui, NOTICE_FAIL, "%s", err.text);
                return;
        }
        struct picker_row *rows = arena_array(&a, count + 1, sizeof(*rows));
        for (size_t i = 0; i < count; i++)
                fill(&rows[i], &list[i], &a);
        picker_open(ui, &(struct picker){.title = count ? "Sign-ins, newest first"
                                                        : "Nobody has signed in here yet",
                                         .sign = "/",
                                         .rows = rows,
                                         .count = count});
}
