/*
 * Who could go: the candidates for an incident, a request or a deployment, best first, with
 * reasons; and the deployment of those who are chosen.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "model/when.h"
#include "ops/find.h"

#include "app_private.h"

#define LISTED     20 /* unless --limit says another number */
#define REF_WIDTH  10
#define NAME_WIDTH 28
#define WHEN_WIDTH 18

static const char *const says_names[] = {
        [RANK_SAYS_FITS] = "fits",       [RANK_SAYS_MISSING] = "missing",
        [RANK_SAYS_EXPIRES] = "expires", [RANK_SAYS_RESTS] = "rests",
        [RANK_SAYS_LATE] = "late",       [RANK_SAYS_BOOKED] = "booked",
        [RANK_SAYS_NOTE] = "note"};

/* ---- text ---------------------------------------------------------------------------------- */

static void print_head(const struct finding *f, struct arena *a)
{
        const char *needs = find_needs_text(&f->needs, f->ranking.now_ms, a);

        printf("%s for %s %s\n", f->kind->plural, f->about.ref,
               thing_text(&f->about.thing, f->about.thing.kind->title));
        if (*needs)
                printf("needed: %s\n", needs);
        printf("%zu of %zu\n", f->count, f->all);
}

static void print_candidate(const struct finding *f, size_t i, struct arena *a)
{
        const struct ranked *r = &f->list[i];
        struct rank_reason *reasons = NULL;
        char when[WHEN_BYTES] = "not by itself";
        size_t count = 0;

        if (r->departure_ms != CLOCK_NONE)
                when_show(r->departure_ms, f->ranking.now_ms, when);
        print_cell(r->facts->ref, REF_WIDTH);
        printf("  ");
        print_cell(r->facts->name, NAME_WIDTH);
        printf("  ");
        print_cell(when, WHEN_WIDTH);
        printf("  ");
        if (r->missing)
                printf("%d missing\n", r->missing);
        else
                printf("nothing is missing\n");
        rank_why(&f->ranking, r->facts, a, &reasons, &count);
        for (size_t k = 0; k < count; k++) {
                printf("    %s ", reasons[k].says == RANK_SAYS_FITS   ? "+"
                                  : reasons[k].says == RANK_SAYS_NOTE ? " "
                                                                      : "-");
                print_cell(reasons[k].text, 0);
                printf("\n");
        }
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static struct json_t *json_of_reasons(const struct finding *f, const struct ranked *r,
                                      struct arena *a)
{
        struct json_t *list = json_new_list();
        struct rank_reason *reasons = NULL;
        size_t count = 0;

        rank_why(&f->ranking, r->facts, a, &reasons, &count);
        for (size_t i = 0; i < count; i++) {
                struct json_t *obj = json_new_obj();

                json_set_text(obj, "says", says_names[reasons[i].says]);
                json_set_text(obj, "text", reasons[i].text);
                json_push(list, obj);
        }
        return list;
}

static struct json_t *json_of_missed(const struct ranked *r)
{
        struct json_t *list = json_new_list();

        for (int i = 0; i < RANK_CRITERIA; i++)
                if (r->missed & RANK_BIT(i))
                        json_push(list, json_new_text(rank_criterion_name((enum rank_criterion)i)));
        return list;
}

static struct json_t *json_of_candidate(const struct finding *f, size_t i, struct arena *a)
{
        const struct ranked *r = &f->list[i];
        struct json_t *obj = json_new_obj();

        json_set_int(obj, "place", (int64_t)i + 1);
        json_set_text(obj, "ref", r->facts->ref);
        json_set_text(obj, "id", r->facts->id);
        json_set_text(obj, "name", r->facts->name);
        json_set_int(obj, "missing", r->missing);
        json_set(obj, "missed", json_of_missed(r));
        json_set_time_or_null(obj, "departure", r->departure_ms);
        json_set(obj, "reasons", json_of_reasons(f, r, a));
        return obj;
}

/* ---- what is asked for ---------------------------------------------------------------------- */

static int read_options(const struct args *args, struct find_options *ret)
{
        const char *kind = args_option(args, "--kind"), *left = args_option(args, "--leave-out");
        struct err err = {0};

        *ret = (struct find_options){.filter = args_option(args, "--filter")};
        if (kind && !(ret->kind = kind_asked(kind)))
                return WRONG_USAGE;
        if (left && find_criteria_read(left, &ret->left_out, &err) != RC_OK)
                return usage_fail("%s", err.text);
        return DONE;
}

static void print_finding(const struct finding *f, size_t limit, bool json, struct arena *a)
{
        struct json_t *list = json ? json_new_list() : NULL;

        if (!json)
                print_head(f, a);
        for (size_t i = 0; i < f->count && i < limit; i++) {
                if (json)
                        json_push(list, json_of_candidate(f, i, a));
                else
                        print_candidate(f, i, a);
        }
        if (json)
                print_json(list);
}

int cmd_candidates(struct app *app, const struct args *args)
{
        struct find_options options;
        const struct finding *finding;
        struct err err = {0};
        struct ops ops;
        const char *id = NULL;
        size_t limit;
        enum rc rc = app_load_data(app, &err);
        int status = rc == RC_OK ? read_options(args, &options) : app_fail(rc, &err);

        if (status == DONE)
                status = limit_asked(args, LISTED, &limit);
        if (status != DONE)
                return status;
        rc = app_open(app, APP_READ, false, &ops, &err);
        if (rc != RC_OK)
                return app_fail(rc, &err);
        rc = ops_resolve(&ops, args->words[0], &app->arena, &id, &err);
        if (rc == RC_OK)
                rc = ops_find(&ops, id, &options, &app->arena, &finding, &err);
        if (rc == RC_OK)
                print_finding(finding, limit, args_option(args, "--json") != NULL, &app->arena);
        ops_close(&ops);
        return rc == RC_OK ? DONE : app_fail(rc, &err);
}
