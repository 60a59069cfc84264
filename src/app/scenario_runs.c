/*
 * Runs of a scenario: playbooks of the library that our desks carried out. Steps are named by their
 * numbers; who, when and what as in any entry. What the run would not take is an error of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "model/rules.h"
#include "model/when.h"
#include "ops/run_book.h"

#include "app_private.h"

#define FIRST_NAME 100000 /* so that what comes in besides keeps its names */

struct staging {
        const struct gathering *g;
        const struct json_t *doc; /* of the run */
        struct cacao_doc book;
        char hash[HASH_TEXT], carrier[STIX_ID_MAX];
        struct subject *thing;
        const char *incident; /* id, or NULL */
        struct run_start start;
        struct run *run;
};

static const char *text_of(const struct json_t *obj, const char *key)
{
        return json_text(json_get(obj, key), NULL);
}

static enum rc read_time(const struct gathering *g, const struct json_t *obj, int64_t *ret)
{
        const char *at = NULL;
        enum rc rc = scenario_need(g, obj, "at", &at);

        return rc == RC_OK ? when_read(at, g->sc->start_ms, ret, g->err) : rc;
}

/* ---- the playbook -------------------------------------------------------------------------- */

static enum rc read_playbook(struct staging *st)
{
        struct scenario *sc = st->g->sc;
        const char *name = NULL;
        AUTO_FREE char *bytes = NULL;
        AUTO_FREE char *path = NULL;
        size_t len = 0;
        enum rc rc = scenario_need(st->g, st->doc, "playbook", &name);

        if (rc != RC_OK)
                return rc;
        path = xasprintf("%s/../playbooks/%s.json", sc->folder, name);
        rc = file_read(path, CACAO_FILE_MAX, &bytes, &len, st->g->err);
        if (rc != RC_OK)
                return rc;
        cacao_read(arena_strndup(&sc->arena, bytes, len), len, CLOCK_NONE, &sc->arena, &st->book);
        if (!st->book.playbook || st->book.verdict >= CACAO_VIEW_ONLY)
                return err_set(st->g->err, RC_INVALID, "%s can't be run", path);
        cacao_name_content(st->book.bytes, len, st->hash);
        cacao_carrier_id(&st->book, st->carrier);
        return RC_OK;
}

/* Its carrier, and the act of ours that gives it its reference; once. */
static void write_playbook(struct staging *st, const char *by, int64_t at)
{
        struct scenario *sc = st->g->sc;
        CLEANUP(str_finish) struct str carrier = {0};
        struct subject *s = scenario_subject(sc, st->carrier);

        if (s)
                return;
        str_init(&carrier, SCENARIO_MAX);
        cacao_write_carrier(&st->book, &carrier);
        scenario_gather(st->g, str_text(&carrier));
        s = scenario_add_subject(sc);
        s->key = s->id = arena_strdup(&sc->arena, st->carrier);
        s->ref = scenario_next_ref(sc, &kind_playbook);
        thing_init(&s->now, &kind_playbook, s->id);
        s->shown = s->now;
        scenario_opening(st->g, s, by, at);
}

/* ---- the run ------------------------------------------------------------------------------- */

static enum rc start_run(struct staging *st, const char *by, int64_t at)
{
        struct scenario *sc = st->g->sc;
        const char *key = NULL, *on = text_of(st->doc, "incident"), *title;
        const struct subject *incident = on ? scenario_subject(sc, on) : NULL;
        enum rc rc = scenario_need(st->g, st->doc, "key", &key);
        struct subject *s;

        if (rc == RC_OK && on && !incident)
                rc = err_set(st->g->err, RC_INVALID, "%s is no incident", on);
        if (rc != RC_OK)
                return rc;
        st->incident = incident ? incident->id : NULL;
        title = text_of(st->doc, "title");
        s = st->thing = scenario_add_subject(sc);
        s->key = arena_strdup(&sc->arena, key);
        s->id = scenario_id(sc, "task", key);
        s->ref = scenario_next_ref(sc, &kind_run);
        thing_init(&s->now, &kind_run, s->id);
        thing_set(&s->now, "title", title ? title : st->book.playbook->name);
        thing_set(&s->now, "playbook", arena_strdup(&sc->arena, st->carrier));
        thing_set(&s->now, "content", arena_strdup(&sc->arena, st->hash));
        thing_set(&s->now, "incident", st->incident);
        thing_set(&s->now, "tlp", incident ? thing_text(&incident->shown, "tlp") : "green");
        s->shown = s->now;
        scenario_opening(st->g, s, by, at);
        st->start = (struct run_start){
                .playbook = st->book.playbook, .hash = st->hash, .who = by, .at_ms = at};
        st->run = run_create(&st->start);
        return RC_OK;
}

/* ---- what was done in it ------------------------------------------------------------------- */

static void add(struct act *act, struct act_detail *details, const char *name, const char *value)
{
        if (value)
                details[act->detail_count++] = (struct act_detail){name, value};
}

static int compare_details(const void *a, const void *b)
{
        return strcmp(((const struct act_detail *)a)->name, ((const struct act_detail *)b)->name);
}

static const struct plan_row *row_of(const struct plan *plan, const char *number)
{
        for (size_t i = 0; number && i < plan->count; i++)
                if (plan->rows[i].kind == PLAN_STEP && strcmp(plan->rows[i].number, number) == 0)
                        return &plan->rows[i];
        return NULL;
}

static void say_details(struct staging *st, const struct json_t *entry, const struct plan_row *row,
                        struct act *act)
{
        struct arena *a = &st->g->sc->arena;
        struct act_detail *details = arena_array(a, 8, sizeof(*details));
        const struct run_step *step = row ? row->run_step : NULL;

        add(act, details, "step", row ? row->number : NULL);
        add(act, details, "place", row ? arena_strdup(a, row->place) : NULL);
        add(act, details, "value", text_of(entry, "value"));
        add(act, details, "variable", text_of(entry, "variable"));
        add(act, details, "note", text_of(entry, "note"));
        add(act, details, "incident", st->incident);
        if (step && step->step->type == STEP_WHILE && step->rounds)
                add(act, details, "round", arena_printf(a, "%d", step->rounds));
        qsort(details, act->detail_count, sizeof(*details), compare_details);
        act->details = details;
}

static enum rc do_entry(struct staging *st, const struct json_t *entry)
{
        struct scenario *sc = st->g->sc;
        const char *by = NULL, *verb = NULL, *number = text_of(entry, "step"), *why;
        const struct plan_row *row;
        struct plan plan;
        struct act act = {.reason = text_of(entry, "reason")};
        const struct play_event *event;
        int64_t at = 0;
        enum rc rc = read_time(st->g, entry, &at);

        if (rc == RC_OK)
                rc = scenario_need(st->g, entry, "by", &by);
        if (rc == RC_OK)
                rc = scenario_need(st->g, entry, "do", &verb);
        if (rc != RC_OK)
                return rc;
        plan_make(st->run, &sc->arena, &plan);
        row = row_of(&plan, number);
        act.verb = run_act_verb(play_verb_of(verb));
        if (!act.verb || (number && !row))
                return err_set(st->g->err, RC_INVALID, "%s %s: there is no such thing", verb,
                               number ? number : "");
        scenario_name_act(sc, &act, by, at);
        say_details(st, entry, row, &act);
        act.text = run_sentence(&(struct run_telling){.run = st->run,
                                                      .plan = &plan,
                                                      .row = row,
                                                      .step = row ? row->run_step : NULL,
                                                      .verb = play_verb_of(verb),
                                                      .value = act_detail(&act, "value"),
                                                      .variable = act_detail(&act, "variable"),
                                                      .who = by,
                                                      .note = act_detail(&act, "note"),
                                                      .reason = act.reason},
                                &sc->arena);
        act.target = st->thing->id;
        act.kind = kind_run.name;
        event = run_event_of(&act, &sc->arena);
        why = run_why_not(st->run, event);
        if (why)
                return err_set(st->g->err, RC_INVALID, "%s %s: %s", verb, number ? number : "",
                               why);
        run_apply(st->run, event);
        scenario_write_act(st->g, st->thing, &act, false);
        return RC_OK;
}

/* ---- all of them --------------------------------------------------------------------------- */

static enum rc hold(struct staging *st, const char **ret_by, int64_t *ret_at)
{
        enum rc rc = read_time(st->g, st->doc, ret_at);

        if (rc == RC_OK)
                rc = scenario_need(st->g, st->doc, "by", ret_by);
        if (rc == RC_OK)
                rc = read_playbook(st);
        if (rc == RC_OK)
                write_playbook(st, *ret_by, *ret_at);
        return rc;
}

static enum rc play(struct staging *st)
{
        const struct json_t *log = json_get(st->doc, "log");
        const char *by = NULL;
        int64_t at = 0;
        enum rc rc = hold(st, &by, &at);

        if (rc == RC_OK)
                rc = start_run(st, by, at);
        for (size_t i = 0; rc == RC_OK && i < json_len(log); i++)
                rc = do_entry(st, json_at(log, i));
        return rc;
}

static enum rc hold_all(const struct gathering *g)
{
        const struct json_t *playbooks = json_get(g->sc->doc, "playbooks");
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < json_len(playbooks); i++) {
                struct staging st = {.g = g, .doc = json_at(playbooks, i)};
                const char *by = NULL;
                int64_t at = 0;

                rc = hold(&st, &by, &at);
                if (rc != RC_OK)
                        rc = err_wrap(g->err, rc, "playbook %zu", i);
        }
        return rc;
}

enum rc scenario_runs(const struct gathering *g)
{
        const struct json_t *runs = json_get(g->sc->doc, "runs");
        size_t names = g->sc->names;
        enum rc rc = RC_OK;

        g->sc->names = FIRST_NAME;
        for (size_t i = 0; rc == RC_OK && i < json_len(runs); i++) {
                struct staging st = {.g = g, .doc = json_at(runs, i)};

                rc = play(&st);
                run_destroy(st.run);
                if (rc != RC_OK)
                        rc = err_wrap(g->err, rc, "run %zu", i);
        }
        if (rc == RC_OK)
                rc = hold_all(g);
        g->sc->names = names;
        return rc;
}
