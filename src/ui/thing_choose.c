/*
 * A value for a field of what is marked or current, chosen by letter.
 */
#include "ui/thing_cmds.h"

#include <stdlib.h>

#include "base/clock.h"

struct choosing {
        struct view *view;
        const struct thing_chooser *chooser;
};

static void picked(struct ui *ui, void *ctx, const char *value)
{
        struct choosing *c = ctx;
        const struct ops_field f = {.name = c->chooser->field, .value = value};
        const struct ops_request r = {.verb = c->chooser->verb,
                                      .fields = &f,
                                      .field_count = 1,
                                      .occurred_ms = CLOCK_NONE};
        (void)ui;
        if (!c->chooser->ask || !c->chooser->ask(c->view, &r))
                thing_do(c->view, &r, c->chooser->question);
}

void thing_choose(struct view *v, const struct thing_chooser *ch, const struct choice *choices,
                  size_t count)
{
        AUTO_FREE char *who = thing_about(v);
        AUTO_FREE char *title = xasprintf("%s of %s", ch->title, who);
        struct choosing *c = xcalloc(1, sizeof(*c));
        *c = (struct choosing){.view = v, .chooser = ch};
        list_keep_targets(((struct list_view *)v->state)->list);
        menu_open(v->ui, &(struct menu){.title = title,
                                        .choices = choices,
                                        .count = count,
                                        .picked = picked,
                                        .ctx = c,
                                        .free_ctx = free});
}

int thing_current_rank(struct view *v, const char *field)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;
        arena_init(&a);
        return thing_target(v, &a, &row) ? thing_rank(&row.thing, field) : -1;
}
