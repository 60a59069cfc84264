/*
 * What a key may wait for: reading stops then, and goes on when no key waits (ui_work).
 */
#include "base/clock.h"
#include "ui_private.h"

#define KEY_MS 12

static bool is_over(void *ctx)
{
        const int64_t *end_ns = ctx;
        return clock_mono_ns() > *end_ns;
}

bool ui_at_key(const struct ui *ui)
{
        return ui->depth > 0;
}

void key_budget_begin(struct key_budget *b, struct ui *ui)
{
        struct store *store = ui_ops(ui)->store;
        b->ui = ui;
        b->end_ns = clock_mono_ns() + KEY_MS * 1000000ll;
        if (store)
                store_set_interrupt(store, is_over, &b->end_ns);
}

void key_budget_end(struct key_budget *b)
{
        struct store *store = ui_ops(b->ui)->store;
        if (store)
                store_set_interrupt(store, NULL, NULL);
}
