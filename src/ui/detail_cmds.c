#include "ui/detail_cmds.h"

#include <string.h>

#include "base/clock.h"
#include "model/when.h"
#include "ui/prompt.h"

enum rc detail_cmd_next_tab(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        detail_turn(detail_now(v), 1);
        return RC_OK;
}

enum rc detail_cmd_previous_tab(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        detail_turn(detail_now(v), -1);
        return RC_OK;
}

enum rc detail_cmd_order(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        detail_turn_timeline(detail_now(v));
        return RC_OK;
}

enum rc detail_cmd_system(struct ui *ui, struct view *v, struct err *err)
{
        (void)ui, (void)err;
        detail_turn_system(detail_now(v));
        return RC_OK;
}

enum rc detail_cmd_log(struct ui *ui, struct view *v, struct err *err)
{
        const struct row *row = list_current(((struct list_view *)v->state)->list);
        const char *ref = row && row->ref ? row->ref : "";
        AUTO_FREE char *line = xasprintf(strchr(ref, ' ') ? "about:\"%s\"" : "about:%s", ref);
        return ui_go_to_rows(ui, "log", line, err);
}

/* ---- as it was known then ----------------------------------------------------------------------
 */

static enum rc then_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        struct view *v = ctx;
        int64_t at_ms;
        if (!text[0])
                return err_set(err, RC_INVALID, "a time is needed; Esc leaves it as it is now");
        enum rc rc = when_read_known(text, ui_now_ms(ui), &at_ms, err);
        return rc == RC_OK ? detail_look_back(detail_now(v), at_ms, err) : rc;
}

enum rc detail_cmd_then(struct ui *ui, struct view *v, struct err *err)
{
        if (detail_then(detail_now(v)) != CLOCK_NONE)
                return detail_look_back(detail_now(v), CLOCK_NONE, err);
        prompt_open(ui, &(struct prompt){.sign = "as known at",
                                         .hint = "-2h, 09:30, yesterday 18:00, 24 Nov 13:04",
                                         .history = "then",
                                         .accept = then_given,
                                         .ctx = v});
        return RC_OK;
}
