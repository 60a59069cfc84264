/*
 * Saved filters: lines with a name. Those of the configuration are one person's; those saved here
 * are in the database, so that every console of the desk has them, and a backup too.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "model/filter.h"
#include "ui/list_cmds.h"
#include "ui/prompt.h"
#include "ui_private.h"

#define META_FILTERS    "saved_filters"
#define NAME_COLUMNS    20
#define SAVED_BYTES_MAX 65536

static struct saved_filter *find(struct ui *ui, const char *name)
{
        for (size_t i = 0; i < ui->saved_count; i++)
                if (strcmp(ui->saved[i].name, name) == 0)
                        return &ui->saved[i];
        return NULL;
}

static void put(struct ui *ui, const char *name, const char *line, bool shared)
{
        struct saved_filter *s = find(ui, name);
        if (s) {
                char *old = s->line;
                s->line = xstrdup(line);
                free(old);
                return;
        }
        if (ui->saved_count == SAVED_MAX)
                return;
        ui->saved[ui->saved_count++] = (struct saved_filter){
                .name = xstrdup(name), .line = xstrdup(line), .shared = shared};
}

static void forget(struct ui *ui, size_t i)
{
        free(ui->saved[i].name);
        free(ui->saved[i].line);
        memmove(&ui->saved[i], &ui->saved[i + 1], (--ui->saved_count - i) * sizeof(ui->saved[0]));
}

void saved_filters_finish(struct ui *ui)
{
        while (ui->saved_count)
                forget(ui, ui->saved_count - 1);
}

void ui_saved_filter(struct ui *ui, const char *name, const char *line)
{
        put(ui, name, line, false);
        saved_tabs_changed(ui);
}

static bool take_one(void *ctx, const char *name, struct json_t *line)
{
        if (json_text(line, NULL))
                put(ctx, name, json_text(line, ""), true);
        return true;
}

/* What another console saved is there too. */
static void load_shared(struct ui *ui)
{
        CLEANUP(json_cleanup) struct json_t *doc = NULL;
        AUTO_FREE char *text = ui->ops->store ? meta_get(ui->ops->store, META_FILTERS) : NULL;
        if (text && json_parse(text, strlen(text), &doc, NULL) == RC_OK)
                json_each(doc, take_one, ui);
}

void saved_filters_load(struct ui *ui)
{
        for (size_t i = ui->saved_count; i-- > 0;)
                if (ui->saved[i].shared)
                        forget(ui, i);
        load_shared(ui);
        saved_tabs_changed(ui);
}

static enum rc store_shared(struct ui *ui, struct err *err)
{
        CLEANUP(json_cleanup) struct json_t *doc = json_new_obj();
        CLEANUP(str_finish) struct str text = {0};
        struct store *store = ui->ops->store;
        for (size_t i = 0; i < ui->saved_count; i++)
                if (ui->saved[i].shared)
                        json_set_text(doc, ui->saved[i].name, ui->saved[i].line);
        str_init(&text, SAVED_BYTES_MAX);
        json_print(doc, 0, &text);
        if (text.over)
                return err_set(err, RC_INVALID, "there are too many saved filters");
        enum rc rc = store_begin(store, err);
        if (rc == RC_OK)
                rc = meta_set(store, META_FILTERS, str_text(&text), err);
        if (rc == RC_OK)
                rc = store_commit(store, err);
        store_rollback(store);
        return rc;
}

static enum rc check_name(const struct ui *ui, const char *name, struct err *err)
{
        if (ui_why_no_writing(ui))
                return err_set(err, RC_DENIED, "%s", ui_why_no_writing(ui));
        if (!name[0] || strchr(name, ' ') || text_width(name) > NAME_COLUMNS)
                return err_set(err, RC_INVALID, "a name of one word, at most %d columns",
                               NAME_COLUMNS);
        return RC_OK;
}

enum rc saved_filter_save(struct ui *ui, const char *name, struct err *err)
{
        struct list *list = view_list(ui_view(ui));
        enum rc rc = check_name(ui, name, err);
        if (rc != RC_OK)
                return rc;
        if (!list)
                return err_set(err, RC_CONFLICT,
                               "there is no list here whose filter could be saved");
        saved_filters_load(ui);
        const struct saved_filter *before = find(ui, name);
        if (before && !before->shared)
                return err_set(err, RC_CONFLICT, "%s is in the configuration; change it there",
                               name);
        if (!before && ui->saved_count == SAVED_MAX)
                return err_set(err, RC_INVALID, "more than %d saved filters", SAVED_MAX);
        put(ui, name, list_filter(list), true);
        rc = store_shared(ui, err);
        if (rc == RC_OK)
                ui_notice(ui, NOTICE_DONE, "saved as %s, for all consoles of this database", name);
        saved_filters_load(ui);
        return rc;
}

enum rc saved_filter_drop(struct ui *ui, const char *name, struct err *err)
{
        enum rc rc = check_name(ui, name, err);
        if (rc != RC_OK)
                return rc;
        saved_filters_load(ui);
        const struct saved_filter *s = find(ui, name);
        if (!s)
                return err_set(err, RC_NOTFOUND, "no saved filter %s", name);
        if (!s->shared)
                return err_set(err, RC_CONFLICT, "%s is in the configuration; take it out there",
                               name);
        forget(ui, (size_t)(s - ui->saved));
        rc = store_shared(ui, err);
        if (rc == RC_OK)
                ui_notice(ui, NOTICE_DONE, "%s is no saved filter any more", name);
        saved_tabs_changed(ui);
        return rc;
}

/* ---- choosing ---- */

static int32_t letter_for(const struct choice *choices, size_t count, const char *name)
{
        for (int round = 0; round < 2; round++) {
                for (const char *p = round ? "abcdefghijklmnopqrstuvwxyz" : name; *p; p++) {
                        bool is_free = *p >= 'a' && *p <= 'z';
                        for (size_t i = 0; i < count; i++)
                                is_free &= choices[i].chord != *p;
                        if (is_free)
                                return *p;
                }
        }
        return CHORD_NONE;
}

static bool is_broken(const struct list *list, const char *line, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct filter filter;
        struct filter_context ctx = list_filter_context(list);
        return filter_read(line, &ctx, &a, &filter, NULL, err) != RC_OK;
}

static void picked(struct ui *ui, void *ctx, const char *name)
{
        struct list *list = view_list(ui_view(ui));
        const struct saved_filter *s = find(ui, name);
        struct err err = {0};
        (void)ctx;
        if (!list || !s)
                return;
        if (list_set_filter(list, s->line, &err) != RC_OK)
                ui_notice(ui, NOTICE_FAIL, "the saved filter %s: %s", name, err.text);
        view_list_changed(ui_view(ui));
}

enum rc list_cmd_saved(struct ui *ui, struct view *v, struct err *err)
{
        struct choice choices[SAVED_MAX];
        const struct list *list = view_list(v);
        CLEANUP(arena_finish) struct arena a = {0};
        saved_filters_load(ui);
        if (!ui->saved_count)
                return err_set(err, RC_NOTFOUND,
                               "no filter is saved; :filter.save NAME saves this one");
        for (size_t i = 0; i < ui->saved_count; i++) {
                const struct saved_filter *s = &ui->saved[i];
                struct err why = {0};
                bool broken = is_broken(list, s->line, &why);
                choices[i] = (struct choice){
                        .chord = letter_for(choices, i, s->name),
                        .label = s->name,
                        .note = broken ? arena_printf(&a, "not here: %s", why.text) : s->line,
                        .value = s->name,
                        .look = {.ink = ROLE_STRONG, .attr = ATTR_BOLD},
                        .glyph = broken ? GLYPH_FAILS : GLYPH_COUNT,
                        .current = strcmp(s->line, list_filter(list)) == 0};
        }
        menu_open(ui, &(struct menu){.title = "Saved filters",
                                     .choices = choices,
                                     .count = ui->saved_count,
                                     .picked = picked});
        return RC_OK;
}
