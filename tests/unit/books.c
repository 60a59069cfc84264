#include "books.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* ---- playbooks ----------------------------------------------------------------------------- */

struct reading {
        struct arena *a;
        struct playbook *p;
        struct step *steps;
        struct variable *variables;
        struct words {
                char *word[64];
                size_t count;
        } * lines;
        size_t line_count;
};

static void split(struct arena *a, char *line, struct words *ret)
{
        char *save = NULL;

        for (char *w = strtok_r(line, " ", &save); w && ret->count < ARRAY_LEN(ret->word);
             w = strtok_r(NULL, " ", &save))
                ret->word[ret->count++] = arena_strdup(a, w);
}

static const char *name_of(struct arena *a, const char *word)
{
        return arena_printf(a, "__%s__", word);
}

static enum step_type type_of(const char *word)
{
        static const struct {
                const char *word;
                enum step_type type;
        } types[] = {{"start", STEP_START},   {"end", STEP_END},
                     {"action", STEP_ACTION}, {"parallel", STEP_PARALLEL},
                     {"if", STEP_IF},         {"while", STEP_WHILE},
                     {"switch", STEP_SWITCH}, {"playbook", STEP_PLAYBOOK}};

        for (size_t i = 0; i < ARRAY_LEN(types); i++)
                if (strcmp(types[i].word, word) == 0)
                        return types[i].type;
        return STEP_UNKNOWN;
}

static void add_branch(struct reading *r, struct step *s, const char *word)
{
        const char *eq = strchr(word, '=');
        struct step_branch *list = arena_array(r->a, s->branch_count + 1, sizeof(*list));

        if (s->branch_count)
                memcpy(list, s->branches, s->branch_count * sizeof(*list));
        list[s->branch_count] = (struct step_branch){
                .label = eq ? arena_strndup(r->a, word, (size_t)(eq - word)) : NULL,
                .step = playbook_step(r->p, eq ? eq + 1 : word)};
        if (s->type == STEP_IF)
                list[s->branch_count].label = s->branch_count ? "false" : "true";
        s->branches = list;
        s->branch_count++;
}

static void add_condition(struct reading *r, struct step *s, const char *word)
{
        if (*word == '?') {
                s->condition_text = "Are all of them clean?";
                return;
        }
        s->condition_text = arena_printf(r->a, "__%s__:value", word);
        s->condition = condition_parse(s->condition_text, r->a);
}

static bool is_key(const char *word, const char *key, const char **ret)
{
        size_t len = strlen(key);

        *ret = word + len;
        return strncmp(word, key, len) == 0;
}

static void add_name(struct reading *r, const char *const **list, size_t *count, const char *word)
{
        const char **grown = arena_array(r->a, *count + 1, sizeof(*grown));

        for (size_t i = 0; i < *count; i++)
                grown[i] = (*list)[i];
        grown[(*count)++] = name_of(r->a, word);
        *list = grown;
}

static void add_own(struct reading *r, struct step *s, const char *word)
{
        struct variable *v = arena_array(r->a, 1, sizeof(*v));

        *v = (struct variable){.name = name_of(r->a, word), .type_name = "string"};
        s->variables = v;
        s->variable_count = 1;
}

static void read_word(struct reading *r, struct step *s, const char *w)
{
        const char *v;

        switch (*w) {
        case '>': s->on_completion = playbook_step(r->p, w + 1); return;
        case '+': s->on_success = playbook_step(r->p, w + 1); return;
        case '!': s->on_failure = playbook_step(r->p, w + 1); return;
        case '/': add_branch(r, s, w + 1); return;
        case '?': add_condition(r, s, w + 1); return;
        case '=': s->switch_text = s->switch_variable = name_of(r->a, w + 1); return;
        case '@': s->playbook_id = w + 1; return;
        default: break;
        }
        s->two_person |= strcmp(w, "two") == 0;
        s->mandatory |= strcmp(w, "must") == 0;
        if (is_key(w, "delay=", &v))
                s->delay_ms = strtoll(v, NULL, 10);
        if (is_key(w, "timeout=", &v))
                s->timeout_ms = strtoll(v, NULL, 10);
        if (is_key(w, "name=", &v))
                s->name = v;
        if (is_key(w, "owner=", &v))
                s->owner = v;
        if (is_key(w, "in=", &v))
                add_name(r, &s->in_args, &s->in_count, v);
        if (is_key(w, "out=", &v))
                add_name(r, &s->out_args, &s->out_count, v);
        if (is_key(w, "var=", &v))
                add_own(r, s, v);
}

static int compare_steps(const void *a, const void *b)
{
        return strcmp(((const struct step *)a)->id, ((const struct step *)b)->id);
}

static int compare_variables(const void *a, const void *b)
{
        return strcmp(((const struct variable *)a)->name, ((const struct variable *)b)->name);
}

static void read_head(struct reading *r, const struct words *w)
{
        if (strcmp(w->word[0], "var") == 0)
                r->variables[r->p->variable_count++] =
                        (struct variable){.name = name_of(r->a, w->word[1]),
                                          .type_name = w->word[2],
                                          .type = variable_type_of(w->word[2]),
                                          .value = w->count > 3 ? w->word[3] : NULL,
                                          .constant = w->count > 4};
        else if (strcmp(w->word[0], "exception") != 0)
                r->steps[r->p->step_count++] = (struct step){.id = w->word[0],
                                                             .name = w->word[0],
                                                             .type = type_of(w->word[1]),
                                                             .type_name = w->word[1],
                                                             .agent = -1,
                                                             .on_completion = -1,
                                                             .on_success = -1,
                                                             .on_failure = -1,
                                                             .playbook_version_ns = CLOCK_NONE};
}

static void read_body(struct reading *r, const struct words *w)
{
        int at = playbook_step(r->p, w->word[0]);

        if (strcmp(w->word[0], "exception") == 0)
                r->p->exception = playbook_step(r->p, w->word[1]);
        if (at < 0)
                return;
        if (r->steps[at].type == STEP_START && r->p->start < 0)
                r->p->start = at;
        for (size_t i = 2; i < w->count; i++)
                read_word(r, &r->steps[at], w->word[i]);
}

static void read_lines(struct reading *r, const char *lines)
{
        char *copy = arena_strdup(r->a, lines), *save = NULL;
        size_t max = 1;

        for (const char *s = lines; *s; s++)
                max += *s == '\n';
        r->lines = arena_array(r->a, max, sizeof(*r->lines));
        r->steps = arena_array(r->a, max, sizeof(*r->steps));
        r->variables = arena_array(r->a, max, sizeof(*r->variables));
        for (char *l = strtok_r(copy, "\n", &save); l; l = strtok_r(NULL, "\n", &save)) {
                split(r->a, l, &r->lines[r->line_count]);
                r->line_count += r->lines[r->line_count].count > 0;
        }
}

const struct playbook *book_read(struct arena *a, const char *lines)
{
        struct reading r = {.a = a, .p = arena_alloc(a, sizeof(*r.p))};

        *r.p = (struct playbook){.id = "playbook--1", .name = "Test", .start = -1, .exception = -1};
        read_lines(&r, lines);
        for (size_t i = 0; i < r.line_count; i++)
                read_head(&r, &r.lines[i]);
        qsort(r.steps, r.p->step_count, sizeof(*r.steps), compare_steps);
        qsort(r.variables, r.p->variable_count, sizeof(*r.variables), compare_variables);
        r.p->steps = r.steps;
        r.p->variables = r.variables;
        for (size_t i = 0; i < r.line_count; i++)
                read_body(&r, &r.lines[i]);
        return r.p;
}

/* ---- people -------------------------------------------------------------------------------- */

static const struct playbook *find_other(void *ctx, const char *hash)
{
        struct table *t = ctx;

        if (strncmp(hash, "hash-", 5) != 0 || hash[5] < '0' || hash[5] > '3')
                return NULL;
        return t->others[hash[5] - '0'];
}

void table_open(struct table *t, const char *lines)
{
        *t = (struct table){.who = "duarte", .at_ms = BOOK_START_MS};
        t->start = (struct run_start){.playbook = book_read(&t->arena, lines),
                                      .hash = "hash",
                                      .who = "duarte",
                                      .at_ms = BOOK_START_MS,
                                      .find = find_other,
                                      .ctx = t};
        t->run = run_create(&t->start);
}

void table_close(struct table *t)
{
        run_destroy(t->run);
        arena_finish(&t->arena);
}

struct play_event *make(struct table *t, enum play_verb verb, const char *place, const char *value)
{
        struct play_event *e = arena_alloc(&t->arena, sizeof(*e));
        const struct run_step *s = place ? run_step_at(t->run, place) : NULL;

        t->at_ms += 60000;
        *e = (struct play_event){.id = arena_printf(&t->arena, "note--%06zu", ++t->said),
                                 .console = "0000000000000001",
                                 .hlc = (int64_t)t->said << 16,
                                 .who = t->who,
                                 .at_ms = t->at_ms,
                                 .verb = verb,
                                 .place = place,
                                 .value = value,
                                 .reason = value,
                                 .round = s ? s->rounds : 0};
        return e;
}

bool say(struct table *t, enum play_verb verb, const char *place, const char *value)
{
        run_apply(t->run, make(t, verb, place, value));
        return t->run->log[t->run->log_count - 1].applied;
}

bool set(struct table *t, const char *place, const char *variable, const char *value)
{
        struct play_event *e = make(t, PLAY_SET, place, value);

        e->variable = variable;
        run_apply(t->run, e);
        return t->run->log[t->run->log_count - 1].applied;
}

const char *why_not(const struct table *t)
{
        const char *why = t->run->log[t->run->log_count - 1].why_not;

        return why ? why : "";
}

const char *to_do(struct table *t)
{
        const char *list = "";

        for (size_t i = 0; i < t->run->live_count; i++)
                if (run_step_is_open(t->run->live[i]))
                        list = arena_printf(&t->arena, "%s%s%s", list, *list ? " " : "",
                                            t->run->live[i]->place);
        return list;
}

enum step_state state_of(const struct table *t, const char *place)
{
        const struct run_step *s = run_step_at(t->run, place);

        return s ? s->state : STEP_IS_NOT_REACHED;
}

char *printed(const struct run *run)
{
        struct str out;

        str_init(&out, 64u << 20);
        run_print(run, &out);
        return str_take(&out);
}
