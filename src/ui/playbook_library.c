/*
 * The playbooks that come with Muster, taken in by a key.
 */
#include "ops/playbooks.h"
#include "ui/playbooks_view.h"
#include "ui/prompt.h"
#include "ui_private.h"

enum rc playbook_cmd_library(struct ui *ui, struct view *v, struct err *err)
{
        int count = 0;
        enum rc rc = ops_import_library(ui_ops(ui), NULL, &count, err);
        (void)v;
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_PLAYBOOKS | TOPIC_LOG);
        if (count)
                ui_notice(ui, NOTICE_DONE, "%d playbook%s came in", count, count == 1 ? "" : "s");
        else
                ui_notice(ui, NOTICE_DONE, "all that come with Muster are held");
        return RC_OK;
}

static void take(struct ui *ui, void *ctx)
{
        struct err err = {0};
        enum rc rc = playbook_cmd_library(ui, NULL, &err);
        (void)ctx;
        if (rc != RC_OK)
                ui_say_failure(ui, rc, &err);
}

void playbook_offer_library(struct ui *ui)
{
        confirm_open(ui, &(struct confirm){.question = "No playbook is held. Take in the library?",
                                           .consequence = "Those that come with Muster; others "
                                                          "of the unit get them too.",
                                           .yes = "take them in",
                                           .confirmed = take});
}
