/*
 * What can be done in the view Exchange: let things wait again, drop them, go to what they are
 * about.
 */
#include <stdlib.h>
#include <string.h>

#include "ops/outbox.h"
#include "ui/exchange_view.h"
#include "ui/prompt.h"
#include "ui/ui.h"

static struct exchange *state_of(const struct view *v)
{
        return v->state;
}

static int64_t remote_of(const struct exchange *x, const struct exchange_item *item)
{
        return x->remotes[item->remote].r.id;
}

/* ---- again ---- */

bool exchange_can_retry(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = state_of(v);
        const struct exchange_item *item = x ? exchange_current(x) : NULL;
        (void)ui;
        if (!item || item->c)
                return false;
        return item->d || (item->section == SECTION_REMOTES && x->remotes[item->remote].refused);
}

enum rc exchange_cmd_retry(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        int64_t count = 0;
        const char *name = x->remotes[item->remote].r.name;
        AUTO_FREE char *to = xstrdup(name);
        enum rc rc =
                item->d ? ops_outbox_retry(ui_ops(ui), item->id, remote_of(x, item), &count, err)
                        : ops_outbox_retry_all(ui_ops(ui), remote_of(x, item), &count, err);
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_EXCHANGE);
        ui_notice(ui, NOTICE_DONE, "%lld will go to %s again", (long long)count, to);
        return RC_OK;
}

/* ---- never ---- */

struct dropping {
        char *id, *what, *to;
        int64_t remote;
};

static void free_dropping(void *ctx)
{
        struct dropping *d = ctx;
        free(d->id);
        free(d->what);
        free(d->to);
        free(d);
}

bool exchange_can_drop(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = state_of(v);
        const struct exchange_item *item = x ? exchange_current(x) : NULL;
        (void)ui;
        return item && (item->section == SECTION_OUTBOX || item->section == SECTION_QUARANTINE);
}

static enum rc reason_given(struct ui *ui, void *ctx, const char *text, struct err *err)
{
        const struct dropping *d = ctx;
        int64_t count = 0;
        if (!text[strspn(text, " ")])
                return err_set(err, RC_INVALID, "why does it not go there? Esc changes nothing");
        enum rc rc = ops_outbox_drop(ui_ops(ui), d->id, d->remote, text, &count, err);
        if (rc != RC_OK)
                return rc;
        ui_touched(ui, TOPIC_EXCHANGE);
        ui_notice(ui, NOTICE_DONE, "%s will not go to %s; here it stays", d->what, d->to);
        return RC_OK;
}

enum rc exchange_cmd_drop(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        const char *what = item->ref && *item->ref ? item->ref : item->text;
        struct dropping *d = xcalloc(1, sizeof(*d));
        (void)err;
        *d = (struct dropping){.id = xstrdup(item->id),
                               .what = xstrdup(what),
                               .to = xstrdup(x->remotes[item->remote].r.name),
                               .remote = remote_of(x, item)};
        AUTO_FREE char *sign = xasprintf("%s never goes to %s, because", d->what, d->to);
        prompt_open(ui, &(struct prompt){.sign = sign,
                                         .hint = "the reason is kept; Esc changes nothing",
                                         .accept = reason_given,
                                         .ctx = d,
                                         .free_ctx = free_dropping});
        return RC_OK;
}

/* ---- in ---- */

/* What has a detail of its own is opened first, where the list leaves no room for it. */
static bool opens_detail(const struct ui *ui, const struct exchange *x,
                         const struct exchange_item *item)
{
        if (item->section == SECTION_REMOTES || item->c || !item->incident)
                return true;
        return ui_is_narrow(ui) && !x->in_detail;
}

/* In a detail that leads nowhere there is nothing more to open. */
bool exchange_can_go(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = state_of(v);
        const struct exchange_item *item = x ? exchange_current(x) : NULL;
        return item && !(x->in_detail && opens_detail(ui, x, item));
}

enum rc exchange_cmd_go(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        const struct exchange_item *item = exchange_current(x);
        if (!opens_detail(ui, x, item))
                return exchange_cmd_incident(ui, v, err);
        x->scroll = 0;
        x->in_detail = true;
        ui_dirty(ui);
        return RC_OK;
}

bool exchange_has_incident(const struct ui *ui, const struct view *v)
{
        const struct exchange *x = state_of(v);
        const struct exchange_item *item = x ? exchange_current(x) : NULL;
        (void)ui;
        return item && item->incident;
}

enum rc exchange_cmd_incident(struct ui *ui, struct view *v, struct err *err)
{
        struct exchange *x = state_of(v);
        AUTO_FREE char *id = xstrdup(exchange_current(x)->incident);
        x->in_detail = false;
        return ui_go_to_thing(ui, id, err);
}
