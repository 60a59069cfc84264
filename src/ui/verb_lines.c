#include "ui/verb_lines.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ui/picker.h"
#include "ui/thing_cmds.h"
#include "ui/verb_menu.h"
#include "ui_private.h"

#define NAME_BYTES 80

/* The view under the cursor has a menu of verbs: what it is about. */
struct about {
        struct view *view;
        const struct kind *kind;
        const struct cmd *menu;
        struct row row;
};

static bool find_about(struct ui *ui, struct arena *a, struct about *ret)
{
        struct view *v = ui_view(ui);
        struct list *list = view_list(v);
        char name[NAME_BYTES];

        if (!list)
                return false;
        snprintf(name, sizeof(name), "%s.menu", list_kind(list)->name);
        *ret = (struct about){.view = v, .kind = list_kind(list), .menu = cmd_find(ui, name)};
        return ret->menu && cmd_is_possible(ui, ret->menu) && thing_target(v, a, &ret->row);
}

/* False: a command of the view does it, or no menu has it. */
static bool name_of(struct ui *ui, const struct kind *kind, const struct verb *verb,
                    char ret[NAME_BYTES])
{
        snprintf(ret, NAME_BYTES, "%s.%s", kind->name, verb->name);
        return verb_menu_has(kind, verb) && !cmd_find(ui, ret);
}

static struct picker_row row_of(struct ui *ui, const struct about *about, const struct verb *verb,
                                const char *name, struct arena *a)
{
        const char *menu = cmd_chord(ui, about->menu);
        char *text = arena_printf(a, "%s: %s", verb->label ? verb->label : verb->name, verb->help);

        const char *words = arena_printf(a, "%s %s", verb->name, verb->words ? verb->words : "");

        text[0] = (char)toupper((unsigned char)text[0]);
        return (struct picker_row){
                .text = text,
                .name = arena_strdup(a, name),
                .chord = menu && verb->letter ? arena_printf(a, "%s %c", menu, verb->letter) : menu,
                .match = arena_printf(a, "%s %s %s", name, text, words),
                .words = words,
                .take = arena_strdup(a, name)};
}

size_t verb_lines(struct ui *ui, struct arena *a, struct picker_row *ret, size_t max)
{
        struct about about;
        char name[NAME_BYTES];
        size_t count = 0;

        if (!find_about(ui, a, &about))
                return 0;
        for (size_t i = 0; i < verb_count() && count < max; i++) {
                const struct verb *verb = verb_at(i);

                if (name_of(ui, about.kind, verb, name) && !verb_may_not(verb, &about.row.thing))
                        ret[count++] = row_of(ui, &about, verb, name, a);
        }
        return count;
}

enum rc verb_line_run(struct ui *ui, const char *line, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct about about;
        char name[NAME_BYTES];

        if (!find_about(ui, &a, &about))
                return RC_NOTFOUND;
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);
                const char *why;

                if (!name_of(ui, about.kind, verb, name) || strcmp(name, line) != 0)
                        continue;
                why = verb_may_not(verb, &about.row.thing);
                if (why)
                        return err_set(err, RC_CONFLICT, "%s: %s", about.row.ref, why);
                verb_start(about.view, verb);
                return RC_OK;
        }
        return RC_NOTFOUND;
}
