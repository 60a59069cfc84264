/*
 * A playbook -> a checklist, where its workflow is one that nests.
 */
#include <string.h>

#include "base/str.h"
#include "model/marking.h"
#include "wire/playbook_list_reading.h"

#define INDENT    2
#define MINUTE_MS 60000

struct writing {
        const struct playbook *p;
        struct str *out;
        struct err *err;
        unsigned char *met; /* a list says each step once */
};

static enum rc cannot(const struct writing *w, const struct step *s, const char *what)
{
        return err_set(w->err, RC_INVALID, "%s: a list can't say %s", s->name ? s->name : s->id,
                       what);
}

/* ---- text ------------------------------------------------------------------------------------ */

/* Each line behind `mark`; without one what would be read otherwise gets a "\" in front. */
static void add_lines(struct writing *w, int indent, const char *mark, const char *text)
{
        while (text) {
                size_t len = strcspn(text, "\n");

                str_addf(w->out, "%*s%s", indent, "", mark);
                if (!*mark && (!len || strchr(" ->\\#", *text) || list_bullet(text)))
                        str_addc(w->out, '\\');
                str_addn(w->out, text, len);
                str_addc(w->out, '\n');
                text = text[len] ? text + len + 1 : NULL;
        }
}

static const char *bare(struct arena *a, const char *name)
{
        return arena_strndup(a, name + 2, strlen(name) - 4);
}

static void add_span(struct str *out, const char *word, int64_t minutes)
{
        int64_t n = minutes;
        char unit = 'm';

        if (n % 1440 == 0) {
                n /= 1440;
                unit = 'd';
        } else if (n % 60 == 0) {
                n /= 60;
                unit = 'h';
        }
        if (minutes)
                str_addf(out, " (%s%lld%c)", word, (long long)n, unit);
}

/* ---- the head -------------------------------------------------------------------------------- */

static void add_list(struct str *out, const char *key, const char *const *words, size_t count)
{
        if (!count)
                return;
        str_addf(out, "%s: ", key);
        for (size_t i = 0; i < count; i++)
                str_addf(out, "%s%s", i ? ", " : "", words[i]);
        str_addc(out, '\n');
}

static void add_time(struct str *out, const char *key, int64_t ns)
{
        char stamp[STAMP_BYTES];

        if (ns == CLOCK_NONE)
                return;
        stamp_format(ns / 1000000, stamp);
        str_addf(out, "%s: %s\n", key, stamp);
}

static void add_number(struct str *out, const char *key, int n)
{
        if (n >= 0)
                str_addf(out, "%s: %d\n", key, n);
}

static void write_head(struct writing *w)
{
        const struct playbook *p = w->p;

        str_addf(w->out, "# %s\n\nId: %s\n", p->name, p->id);
        if (p->created_by)
                str_addf(w->out, "By: %s\n", p->created_by);
        add_time(w->out, "Created", p->created_ns);
        add_time(w->out, "Modified", p->modified_ns);
        add_list(w->out, "Types", p->types, p->type_count);
        add_list(w->out, "Activities", p->activities, p->activity_count);
        add_list(w->out, "Sectors", p->sectors, p->sector_count);
        add_list(w->out, "Labels", p->labels, p->label_count);
        add_number(w->out, "Priority", p->priority);
        add_number(w->out, "Severity", p->severity);
        add_number(w->out, "Impact", p->impact);
        if (p->tlp >= 0)
                str_addf(w->out, "TLP: %s\n", tlp_name((enum tlp)p->tlp));
        if (p->description) {
                str_addc(w->out, '\n');
                add_lines(w, 0, "> ", p->description);
        }
}

static void write_variables(struct writing *w, struct arena *a)
{
        if (w->p->variable_count)
                str_add(w->out, "\n## Variables\n\n");
        for (size_t i = 0; i < w->p->variable_count; i++) {
                const struct variable *v = &w->p->variables[i];

                str_addf(w->out, "- %s %s", bare(a, v->name), v->type_name);
                if (v->value)
                        str_addf(w->out, " = %s", v->value);
                if (v->description)
                        str_addf(w->out, ": %s", v->description);
                str_addc(w->out, '\n');
        }
}

/* ---- steps ----------------------------------------------------------------------------------- */

/* "Call (30m)" would be a call that takes that long. */
static bool ends_like_a_mark(const char *name)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const struct list_item item = {.text = arena_printf(&a, "\\%s", name)};
        struct list_marks m;

        return list_marks_read(&item, &a, &m, NULL) != RC_OK || strcmp(m.name, name) != 0;
}

static const char *not_said(const struct step *s)
{
        if (s->on_failure >= 0)
                return "what follows a failure";
        if (s->target_count || s->variable_count || s->in_count)
                return "targets, variables of a step, or what it takes";
        if (s->owner)
                return "an identity as the owner";
        if (s->delay_ms % MINUTE_MS || s->timeout_ms % MINUTE_MS)
                return "a time that is not in whole minutes";
        if (s->type == STEP_UNKNOWN)
                return "a step of this type";
        if (s->type == STEP_ACTION &&
            (s->command_count != 1 || strcmp(s->commands[0].type, "manual") != 0 ||
             !s->commands[0].text || s->commands[0].content || s->commands[0].description))
                return "other than one command that is done by hand";
        if (s->type == STEP_ACTION && (!s->name || !*s->name))
                return "a step without a name";
        if (s->type == STEP_ACTION && ends_like_a_mark(s->name))
                return "a name that ends like a mark";
        if (s->type == STEP_ACTION && s->agent < 0)
                return "a step that nobody does";
        return s->playbook_version_ns != CLOCK_NONE ? "the version of another playbook" : NULL;
}

static void add_role(struct writing *w, const struct step *s)
{
        const char *name = w->p->agents[s->agent].name;

        str_add(w->out, " @");
        for (; name && *name; name++)
                str_addc(w->out, (char)(*name == ' ' ? '-' : *name));
}

static void write_action(struct writing *w, const struct step *s, int indent, struct arena *a)
{
        const char *rest;

        /* "run" is a word of a block once something stands behind it */
        if (*s->name == '\\' || list_checkbox(s->name) ||
            list_word_of(arena_printf(a, "%s @", s->name), false, &rest) != WORD_NONE)
                str_addc(w->out, '\\');
        str_add(w->out, s->name);
        add_role(w, s);
        add_span(w->out, "", s->minutes);
        add_span(w->out, "within ", s->timeout_ms / MINUTE_MS);
        add_span(w->out, "after ", s->delay_ms / MINUTE_MS);
        if (s->two_person)
                str_add(w->out, " (two)");
        if (s->mandatory)
                str_add(w->out, " (must)");
        if (s->adversary)
                str_add(w->out, " (pap)");
        for (size_t i = 0; i < s->out_count; i++)
                str_addf(w->out, "%s%s", i ? ", " : " (gives ", bare(a, s->out_args[i]));
        str_add(w->out, s->out_count ? ")\n" : "\n");
        add_lines(w, indent + INDENT, "> ", s->description);
        if (strcmp(s->commands[0].text, s->name) != 0)
                add_lines(w, indent + INDENT, "", s->commands[0].text);
}

static enum rc write_chain(struct writing *w, int at, int indent, int stop, struct arena *a);

static const char *asked(const struct writing *w, const char *text, struct arena *a)
{
        size_t len = text ? strlen(text) : 0, suffix = strlen(VARIABLE_SUFFIX);

        if (len > suffix && strcmp(text + len - suffix, VARIABLE_SUFFIX) == 0) {
                const char *name = arena_strndup(a, text, len - suffix);

                if (variable_is_name(name, strlen(name)) &&
                    variable_find(w->p->variables, w->p->variable_count, name) >= 0)
                        return bare(a, name);
        }
        return text ? text : "";
}

/* The name of a branch is that of the end it leads to. */
static const char *branch_name(const struct writing *w, int at)
{
        for (size_t n = 0; at >= 0 && n <= w->p->step_count; n++) {
                const struct step *s = &w->p->steps[at];

                if (s->type == STEP_END)
                        return s->name ? s->name : "unnamed";
                at = s->on_completion >= 0 ? s->on_completion : s->on_success;
        }
        return "unnamed";
}

static enum rc write_branches(struct writing *w, const struct step *s, int indent, struct arena *a)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; i < s->branch_count && rc == RC_OK; i++) {
                const struct step_branch *b = &s->branches[i];

                str_addf(w->out, "%*s- ", indent, "");
                if (s->type == STEP_PARALLEL)
                        str_addf(w->out, "branch %s\n", branch_name(w, b->step));
                else if (strcmp(b->label, "default") == 0)
                        str_add(w->out, "default\n");
                else
                        str_addf(w->out, "case %s\n", b->label);
                rc = write_chain(w, b->step, indent + INDENT, -1, a);
        }
        return rc;
}

static enum rc write_block(struct writing *w, int at, int indent, struct arena *a)
{
        const struct step *s = &w->p->steps[at];
        enum rc rc;

        switch (s->type) {
        case STEP_IF: str_addf(w->out, "if %s\n", asked(w, s->condition_text, a)); break;
        case STEP_WHILE: str_addf(w->out, "while %s\n", asked(w, s->condition_text, a)); break;
        case STEP_SWITCH: str_addf(w->out, "switch %s\n", asked(w, s->switch_text, a)); break;
        case STEP_PARALLEL:
                str_addf(w->out, "parallel%s%s\n", s->name ? " " : "", s->name ? s->name : "");
                break;
        default:
                str_addf(w->out, "run %s%s%s\n", s->playbook_id ? s->playbook_id : "",
                         s->name ? " " : "", s->name ? s->name : "");
                add_lines(w, indent + INDENT, "> ", s->description);
                return s->playbook_id ? RC_OK : cannot(w, s, "a playbook without an id");
        }
        add_lines(w, indent + INDENT, "> ", s->description);
        if (s->type == STEP_PARALLEL || s->type == STEP_SWITCH)
                return write_branches(w, s, indent + INDENT, a);
        rc = write_chain(w, s->branches[0].step, indent + INDENT, at, a);
        if (rc != RC_OK || s->type == STEP_WHILE || s->branches[1].step < 0)
                return rc;
        str_addf(w->out, "%*s- else\n", indent, "");
        return write_chain(w, s->branches[1].step, indent + INDENT, -1, a);
}

/* `stop`: the while that its body may lead back to. */
static enum rc write_chain(struct writing *w, int at, int indent, int stop, struct arena *a)
{
        if (indent / INDENT >= PLAYBOOK_LIST_DEPTH_MAX * 2)
                return err_set(w->err, RC_INVALID, "a list has at most %d levels",
                               PLAYBOOK_LIST_DEPTH_MAX);
        for (; at >= 0 && at != stop;) {
                const struct step *s = &w->p->steps[at];
                const char *why = not_said(s);
                enum rc rc = RC_OK;

                if (w->met[at])
                        return cannot(w, s, "a step that two ways lead to");
                w->met[at] = 1;
                if (s->type == STEP_END)
                        return RC_OK;
                if (why)
                        return cannot(w, s, why);
                if (s->type != STEP_START)
                        str_addf(w->out, "%*s- ", indent, "");
                if (s->type == STEP_ACTION)
                        write_action(w, s, indent, a);
                else if (s->type != STEP_START)
                        rc = write_block(w, at, indent, a);
                if (rc != RC_OK)
                        return rc;
                at = s->on_completion >= 0 ? s->on_completion : s->on_success;
        }
        return RC_OK;
}

enum rc playbook_list_write(const struct playbook *p, struct str *out, struct err *err)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct writing w = {.p = p, .out = out, .err = err};
        enum rc rc;

        w.met = arena_alloc(&a, p->step_count + 1);
        if (p->start < 0 || !p->name || !p->id)
                return err_set(err, RC_INVALID, "a list needs a name, an id and a start");
        if (p->exception >= 0)
                return err_set(err, RC_INVALID, "a list can't say what follows any failure");
        write_head(&w);
        write_variables(&w, &a);
        str_add(out, "\n## Steps\n\n");
        rc = write_chain(&w, p->start, 0, -1, &a);
        return rc == RC_OK && out->over
                       ? err_set(err, RC_INVALID, "the list is longer than %zu bytes", out->max)
                       : rc;
}
