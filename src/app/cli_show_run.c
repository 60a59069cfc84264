/*
 * A run and a playbook as `show` has them: the whole plan, and of a run how long its steps took.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "model/when.h"
#include "ops/run_book.h"
#include "ops/runs.h"

#include "app_private.h"

#define INDENT      2
#define DEMANDS_MAX 400
#define AGENT_MAX   120

static const char *state_name(enum step_state state)
{
        static const char *const names[] = {
                [STEP_IS_NOT_REACHED] = "not-reached",
                [STEP_IS_NOW] = "now",
                [STEP_IS_TO_SIGN] = "to-sign",
                [STEP_IS_UNDER_WAY] = "under-way",
                [STEP_IS_DONE] = "done",
                [STEP_IS_FAILED] = "failed",
                [STEP_IS_SKIPPED] = "skipped",
                [STEP_IS_NOT_APPLICABLE] = "not-applicable",
                [STEP_IS_LEFT] = "left",
        };

        return names[state];
}

/* ---- text ---------------------------------------------------------------------------------- */

static void add_span(struct str *out, const char *word, int64_t ms)
{
        char span[WHEN_BYTES];

        if (ms <= 0)
                return;
        when_age(ms, span);
        str_add_sep(out, ", ", word);
        str_add(out, span);
}

/* What the playbook asks of who does it: "must, two persons, PAP, takes 10 min, asked of analyst".
 */
static void print_demands(const struct plan_row *row)
{
        const struct step *s = row->step;
        const struct actor *agent = step_agent(row->playbook, s);
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, DEMANDS_MAX);
        if (s->mandatory)
                str_add_sep(&out, ", ", "must");
        if (s->two_person)
                str_add_sep(&out, ", ", "two persons");
        if (s->adversary)
                str_add_sep(&out, ", ", "PAP");
        add_span(&out, "takes ", (int64_t)s->minutes * 60000);
        add_span(&out, "within ", s->timeout_ms);
        add_span(&out, "not before ", s->delay_ms);
        if (agent && agent->name) {
                str_add_sep(&out, ", ", "asked of ");
                str_add_cut(&out, agent->name, AGENT_MAX);
        }
        if (!out.len)
                return;
        printf(" (");
        print_cell(str_text(&out), 0);
        printf(")");
}

static void print_row(const struct plan_row *row, struct arena *a)
{
        char at[STAMP_BYTES];

        printf("%*s", (row->depth + 1) * INDENT, "");
        if (row->kind != PLAN_STEP) {
                print_cell(plan_title(row, a), 0);
                printf("\n");
                return;
        }
        printf("%-6s ", row->number);
        print_cell(plan_title(row, a), 0);
        if (!row->run_step || !run_step_is_settled(row->run_step))
                print_demands(row);
        if (row->run_step)
                printf(" [%s]", state_name(row->state));
        else if (row->not_taken)
                printf(" [not taken]");
        else if (row->kept)
                printf(" [answered, not reached]");
        if (row->owner) {
                printf(" @");
                print_cell(row->owner, 0);
        }
        if (row->due_ms != CLOCK_NONE && row->run_step && run_step_is_open(row->run_step)) {
                stamp_format_s(row->due_ms, at);
                printf(" due %s", at);
        }
        printf("\n");
}

static void print_plan(const struct plan *plan, struct arena *a)
{
        printf("\nsteps\n");
        for (size_t i = 0; i < plan->count; i++)
                print_row(&plan->rows[i], a);
}

void print_run(struct ops_run *r)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct plan plan;

        if (ops_run_newer(r))
                printf("a newer version of its playbook is held: muster playbook diff\n");
        if (ops_run_why_missing(r)) {
                print_cell(ops_run_why_missing(r), 0);
                printf("\n");
        }
        if (!ops_run_state(r))
                return;
        plan_make(ops_run_state(r), &a, &plan);
        print_plan(&plan, &a);
        print_steps_now(r, &plan, &a);
}

/* Who completes a step for two must not believe that it is done. */
void print_to_sign(struct app *app, struct ops *ops, const char *id, const char *verb)
{
        const struct play_verb_row *did = play_verb_row(run_verb_of_act(verb));
        CLEANUP(ops_run_cleanup) struct ops_run *run = NULL;
        struct plan plan = {0};

        if (!did || !did->outcome || ops_run_open(ops, id, &run, NULL) != RC_OK ||
            !ops_run_state(run))
                return;
        plan_make(ops_run_state(run), &app->arena, &plan);
        for (size_t i = 0; i < plan.count; i++) {
                const struct plan_row *row = &plan.rows[i];

                if (row->kind != PLAN_STEP || !row->run_step || row->state != STEP_IS_TO_SIGN)
                        continue;
                printf("  %s ", row->number);
                print_cell(plan_title(row, &app->arena), 0);
                printf(": waits for a second person, who says: muster do %s sign step=%s\n",
                       ops_run_row(run)->ref, row->number);
        }
}

void print_playbook(const struct held_playbook *p, struct arena *a)
{
        struct plan plan;

        for (size_t i = 0; i < p->doc.finding_count; i++) {
                printf("%s ", i ? "               " : "findings       ");
                print_cell(p->doc.findings[i].path, 0);
                printf("%s", *p->doc.findings[i].path ? ": " : "");
                print_cell(p->doc.findings[i].message, 0);
                printf("\n");
        }
        if (p->is_twin)
                printf("warning          another content has the same id and time\n");
        if (!p->doc.playbook || p->doc.verdict >= CACAO_VIEW_ONLY)
                return;
        plan_make_dry(p->doc.playbook, a, &plan);
        print_plan(&plan, a);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static const char *who_first(const struct run_step *s)
{
        const struct play_event *first = s ? run_step_first(s) : NULL;

        if (!first && s)
                first = s->ended;
        return first ? first->who : NULL;
}

static const char *who_signed(const struct run_step *s)
{
        const struct play_event *second = s ? run_step_second(s) : NULL;

        return second ? second->who : NULL;
}

static struct json_t *json_of_step(const struct plan_row *row, struct arena *a)
{
        const struct run_step *s = row->run_step;
        const struct actor *agent = step_agent(row->playbook, row->step);
        struct json_t *obj = json_new_obj();

        json_set_text(obj, "number", row->number);
        json_set_text(obj, "title", plan_title(row, a));
        json_set_text_or_null(obj, "name", row->step->name);
        json_set_text(obj, "place", row->place);
        json_set_text(obj, "step", row->step->id);
        json_set_text(obj, "type", row->step->type_name);
        json_set_int(obj, "depth", row->depth);
        json_set_text(obj, "state", state_name(row->state));
        json_set_bool(obj, "not_taken", row->not_taken);
        json_set_bool(obj, "next", row->next);
        json_set_bool(obj, "answer_waits", row->kept != NULL);
        json_set_bool(obj, "mandatory", row->step->mandatory);
        json_set_bool(obj, "two_person", row->step->two_person);
        json_set_bool(obj, "pap", row->step->adversary);
        json_set_text_or_null(obj, "asked_of", agent ? agent->name : NULL);
        json_set_int(obj, "minutes", row->step->minutes);
        json_set_int(obj, "within", row->step->timeout_ms / 1000);
        json_set_int(obj, "not_before", row->step->delay_ms / 1000);
        json_set_text_or_null(obj, "owner", row->owner);
        json_set_time_or_null(obj, "due", row->due_ms);
        json_set_text_or_null(obj, "answer", s ? s->answer : NULL);
        json_set_time_or_null(obj, "opened", s ? s->opened_ms : CLOCK_NONE);
        json_set_time_or_null(obj, "ended", s ? s->ended_ms : CLOCK_NONE);
        json_set_text_or_null(obj, "by", who_first(s));
        json_set_text_or_null(obj, "signed_by", who_signed(s));
        json_set_int(obj, "notes", s && s->said ? s->said->notes : 0);
        json_set_int(obj, "evidence", s && s->said ? s->said->evidence : 0);
        json_set_int(obj, "contradictions", s ? s->conflicts : 0);
        return obj;
}

static struct json_t *json_of_plan(const struct plan *plan, struct arena *a)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < plan->count; i++)
                if (plan->rows[i].kind == PLAN_STEP)
                        json_push(list, json_of_step(&plan->rows[i], a));
        return list;
}

static struct json_t *json_of_times(const struct run_times *times)
{
        struct json_t *list = json_new_list();

        for (size_t i = 0; i < times->count; i++) {
                const struct step_time *t = &times->steps[i];
                struct json_t *obj = json_new_obj();

                json_set_text(obj, "step", t->step->id);
                json_set_text(obj, "title", t->title);
                json_set_int(obj, "times", (int64_t)t->count);
                json_set_int(obj, "seconds", t->total_ms / 1000);
                json_set_int(obj, "longest", t->longest_ms / 1000);
                json_set_int(obj, "expected", t->expected_ms / 1000);
                json_set_bool(obj, "open", t->open);
                json_push(list, obj);
        }
        return list;
}

static bool add_variable(struct json_t *obj, const struct run *run, const struct variable *v)
{
        json_set_text_or_null(obj, v->name, run_value(run, NULL, v->name));
        return true;
}

static struct json_t *json_of_values(const struct run *run)
{
        struct json_t *obj = json_new_obj();

        for (size_t i = 0; i < run->playbook->variable_count; i++)
                add_variable(obj, run, &run->playbook->variables[i]);
        return obj;
}

void json_add_run(struct json_t *obj, struct ops_run *r)
{
        const struct run *run = ops_run_state(r);
        CLEANUP(arena_finish) struct arena a = {0};
        struct run_times times;
        struct plan plan;

        json_set_text_or_null(obj, "newer", ops_run_newer(r));
        json_set_text_or_null(obj, "why_missing", ops_run_why_missing(r));
        if (!run)
                return;
        plan_make(run, &a, &plan);
        run_times(run, clock_now_ms(), &a, &times);
        json_set_text_or_null(obj, "why", run->why);
        json_set_int(obj, "not_applied", (int64_t)run->not_applied);
        json_set_int(obj, "seconds", times.total_ms / 1000);
        json_set(obj, "plan", json_of_plan(&plan, &a));
        json_set(obj, "times", json_of_times(&times));
        json_set(obj, "variables", json_of_values(run));
}

static struct json_t *json_of_versions(struct ops *ops, const char *id, struct arena *a)
{
        struct json_t *list = json_new_list();
        struct playbook_version *versions = NULL;
        size_t count = 0;

        if (ops_playbook_versions(ops, id, a, &versions, &count, NULL) != RC_OK)
                count = 0;
        for (size_t i = 0; i < count; i++) {
                struct json_t *obj = json_new_obj();
                int64_t ns = versions[i].modified_ns;

                json_set_text(obj, "content", versions[i].hash);
                json_set_time_or_null(obj, "version", ns == CLOCK_NONE ? ns : ns / 1000000);
                json_push(list, obj);
        }
        return list;
}

void json_add_playbook(struct json_t *obj, struct ops *ops, const struct held_playbook *p,
                       struct arena *a)
{
        struct json_t *findings = json_new_list();
        struct plan plan;

        for (size_t i = 0; i < p->doc.finding_count; i++) {
                struct json_t *one = json_new_obj();

                json_set_text(one, "path", p->doc.findings[i].path);
                json_set_text(one, "message", p->doc.findings[i].message);
                json_push(findings, one);
        }
        json_set(obj, "findings", findings);
        json_set_bool(obj, "twin", p->is_twin);
        json_set(obj, "versions", json_of_versions(ops, p->row.thing.id, a));
        if (!p->doc.playbook || p->doc.verdict >= CACAO_VIEW_ONLY)
                return;
        plan_make_dry(p->doc.playbook, a, &plan);
        json_set(obj, "plan", json_of_plan(&plan, a));
}
