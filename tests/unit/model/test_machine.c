/* The machines against the arrows that were agreed on, one by one. */
#include "model/machine.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static const struct machine *const machines[] = {&machine_request, &machine_deployment};

struct expected {
        const char *from, *verb, *to; /* "" = stays, or back to one of several */
};

/* ---- the tables hold together -------------------------------------------------------------- */

static bool has_arrow(const struct machine *m, const char *verb)
{
        for (size_t i = 0; i < m->arrow_count; i++)
                if (strcmp(m->arrows[i].verb, verb) == 0)
                        return true;
        return false;
}

Test(machine, verbs_and_arrows_name_each_other)
{
        for (size_t k = 0; k < ARRAY_LEN(machines); k++) {
                const struct machine *m = machines[k];

                cr_assert_eq(machine_of(m->kind), m);
                for (size_t i = 0; i < verb_count(); i++)
                        if (verb_at(i)->kind && strcmp(verb_at(i)->kind, m->kind->name) == 0)
                                cr_expect(has_arrow(m, verb_at(i)->name), "%s", verb_at(i)->name);
                for (size_t i = 0; i < m->arrow_count; i++) {
                        const struct arrow *a = &m->arrows[i];
                        const struct verb *verb = verb_find(m->kind, a->verb);
                        bool first = i == 0 || strcmp(m->arrows[i - 1].verb, a->verb) != 0;

                        cr_assert(verb && verb->kind, "%s", a->verb);
                        cr_expect(a->from && (a->from >> m->states->count) == 0, "%s", a->verb);
                        cr_expect(!first || a->why_not, "%s does not say why not", a->verb);
                        if (strcmp(verb->field, MACHINE_FIELD) == 0)
                                cr_expect_eq(enum_rank(m->states, verb->value), a->to, "%s",
                                             a->verb);
                }
        }
        cr_assert_null(machine_of(&kind_incident));
}

Test(machine, what_a_verb_says_it_may_set)
{
        for (size_t k = 0; k < ARRAY_LEN(machines); k++) {
                const struct machine *m = machines[k];

                for (size_t i = 0; i < m->says_count; i++) {
                        const struct machine_says *row = &m->says[i];
                        const struct act none = {.verb = row->verb};
                        const struct verb *verb = verb_find(m->kind, row->verb);
                        int field = field_index(m->kind, row->field);

                        cr_assert(verb && field >= 0, "%s %s", row->verb, row->field);
                        cr_expect(verb_may_set(verb, m->kind, &none) >> field & 1,
                                  "%s does not set %s", row->verb, row->field);
                        cr_expect(!row->as || field_find(m->kind, row->as));
                        cr_expect(!row->since || field_find(m->kind, row->since));
                        cr_expect(!row->span || field_find(m->kind, row->span));
                }
        }
}

/* What asks, also, and value name is there. */
Test(machine, fields_that_verbs_name_are_there)
{
        for (size_t i = 0; i < verb_count(); i++) {
                const struct verb *verb = verb_at(i);
                const char *const lists[] = {verb->also, verb->asks};

                for (size_t l = 0; verb->kind && l < ARRAY_LEN(lists); l++)
                        for (const char *at = lists[l] ? lists[l] : ""; *at;
                             at += strspn(at, " ")) {
                                char name[64];

                                snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, " "), at);
                                cr_expect(field_find(kind_find(verb->kind), name), "%s names %s",
                                          verb->name, name);
                                at += strcspn(at, " ");
                        }
        }
}

/* ---- arrow by arrow ------------------------------------------------------------------------ */

static const char *const competing[] = {"submitted", "returned", "assessing", "approved",
                                        "partial",   "offered",  NULL};

static const struct expected of_requests[] = {
        {"draft", "submit", ""},
        {"draft", "confirm", "submitted"},
        {"submitted", "return", "returned"},
        {"returned", "resubmit", "submitted"},
        {"submitted", "take", "assessing"},
        {"assessing", "approve", "approved"},
        {"assessing", "part", "partial"},
        {"assessing", "refuse", "refused"},
        {"approved", "offer", "offered"},
        {"partial", "offer", "offered"},
        {"offered", "offer", ""},
        {"offered", "accept", "accepted"},
        {"offered", "decline", ""},
        {"offered", "expire", "expired"},
        {"accepted", "sign", "agreed"},
        {"agreed", "deploy", "active"},
        {"active", "end", "ended"},
        {"ended", "report", "reported"},
        {"reported", "close", ""},
        {"reported", "confirm", "closed"},
        {"draft", "withdraw", "withdrawn"},
        {"submitted", "withdraw", "withdrawn"},
        {"returned", "withdraw", "withdrawn"},
        {"assessing", "withdraw", "withdrawn"},
        {"approved", "withdraw", "withdrawn"},
        {"partial", "withdraw", "withdrawn"},
        {"offered", "withdraw", "withdrawn"},
        {"accepted", "withdraw", "withdrawn"},
        {"agreed", "withdraw", "withdrawn"},
        {"draft", "inform", ""},
        {"submitted", "inform", ""},
        {"returned", "inform", ""},
        {"assessing", "inform", ""},
        {"approved", "inform", ""},
        {"partial", "inform", ""},
        {"offered", "inform", ""},
        {"accepted", "inform", ""},
        {"agreed", "inform", ""},
        {"active", "inform", ""},
        {"ended", "inform", ""},
        {"reported", "inform", ""},
};

static const struct expected of_deployments[] = {
        {"planned", "alert", "alerted"},
        {"alerted", "confirm", "confirmed"},
        {"alerted", "decline", "declined"},
        {"confirmed", "mobilise", "mobilising"},
        {"mobilising", "depart", "in-transit"},
        {"mobilising", "remote-ready", "remote-ready"},
        {"in-transit", "arrive", "on-site"},
        {"on-site", "start", "operational"},
        {"remote-ready", "start", "operational"},
        {"operational", "hand-over", "handing-over"},
        {"handing-over", "demobilise", "demobilising"},
        {"recalled", "demobilise", "demobilising"},
        {"demobilising", "return", "returned"},
        {"returned", "rest", "resting"},
        {"resting", "close", "closed"},
        {"planned", "stand-down", "stood-down"},
        {"alerted", "stand-down", "stood-down"},
        {"confirmed", "stand-down", "stood-down"},
        {"mobilising", "stand-down", "stood-down"},
        {"in-transit", "recall", "recalled"},
        {"on-site", "recall", "recalled"},
        {"remote-ready", "recall", "recalled"},
        {"operational", "recall", "recalled"},
        {"handing-over", "recall", "recalled"},
        {"suspended", "recall", "recalled"},
        {"mobilising", "suspend", "suspended"},
        {"in-transit", "suspend", "suspended"},
        {"on-site", "suspend", "suspended"},
        {"remote-ready", "suspend", "suspended"},
        {"operational", "suspend", "suspended"},
        {"handing-over", "suspend", "suspended"},
        {"suspended", "resume", ""}, /* back to where it was */
        {"confirmed", "extend", ""},
        {"mobilising", "extend", ""},
        {"in-transit", "extend", ""},
        {"on-site", "extend", ""},
        {"remote-ready", "extend", ""},
        {"operational", "extend", ""},
        {"handing-over", "extend", ""},
        {"suspended", "extend", ""},
        {"declined", "substitute", "planned"},
        {"planned", "substitute", ""},
        {"alerted", "substitute", ""},
        {"confirmed", "substitute", ""},
        {"mobilising", "substitute", ""},
        {"in-transit", "substitute", ""},
        {"on-site", "substitute", ""},
        {"remote-ready", "substitute", ""},
        {"operational", "substitute", ""},
        {"handing-over", "substitute", ""},
        {"suspended", "substitute", ""},
};

static const struct expected *find(const struct expected *rows, size_t count, const char *from,
                                   const char *verb)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(rows[i].from, from) == 0 && strcmp(rows[i].verb, verb) == 0)
                        return &rows[i];
        return NULL;
}

static bool is_one_of(const char *const *list, const char *text)
{
        for (size_t i = 0; list[i]; i++)
                if (strcmp(list[i], text) == 0)
                        return true;
        return false;
}

/* Every verb in every state: what is not in the list is refused, and says why. */
static void expect_arrows(const struct machine *m, const struct expected *rows, size_t count,
                          const char *const *left_out)
{
        struct thing now;

        thing_init(&now, m->kind, "task--00000000-0000-4000-8000-000000000001");
        for (size_t state = 0; state < m->states->count; state++) {
                const char *from = m->states->items[state].id;

                thing_set(&now, MACHINE_FIELD, from);
                thing_set(&now, "asking", NULL);
                for (size_t i = 0; i < verb_count(); i++) {
                        const struct verb *verb = verb_at(i);
                        const struct expected *e;
                        const char *why;

                        if (!verb->kind || strcmp(verb->kind, m->kind->name) != 0 ||
                            is_one_of(left_out, verb->name))
                                continue;
                        e = find(rows, count, from, verb->name);
                        if (strcmp(verb->name, "confirm") == 0)
                                thing_set(&now, "asking", state ? "close" : "submit");
                        why = verb_may_not(verb, &now);
                        thing_set(&now, "asking", NULL);
                        cr_expect_eq(e != NULL, why == NULL, "%s of %s: %s", verb->name, from,
                                     why ? why : "may");
                        cr_expect(why == NULL || *why);
                        cr_expect_eq(machine_to(m, verb->name, &now),
                                     e && *e->to ? enum_rank(m->states, e->to) : MACHINE_STAYS,
                                     "%s of %s", verb->name, from);
                }
        }
}

Test(machine, arrows_of_requests_are_those_agreed_and_no_others)
{
        static const char *const left_out[] = {"rank", NULL};
        struct thing now;

        expect_arrows(&machine_request, of_requests, ARRAY_LEN(of_requests), left_out);
        thing_init(&now, &kind_request, NULL);
        for (size_t i = 0; i < enum_request_state.count; i++) {
                const char *state = enum_request_state.items[i].id;

                thing_set(&now, MACHINE_FIELD, state);
                cr_expect_eq(verb_may_not(verb_find(&kind_request, "rank"), &now) == NULL,
                             is_one_of(competing, state), "%s", state);
        }
}

Test(machine, arrows_of_deployments_are_those_agreed_and_no_others)
{
        static const char *const left_out[] = {"check-in", "manifest", NULL};

        expect_arrows(&machine_deployment, of_deployments, ARRAY_LEN(of_deployments), left_out);
}

Test(machine, what_has_no_state_is_where_it_begins)
{
        struct thing now;

        thing_init(&now, &kind_request, NULL);
        cr_assert_eq(machine_state(&machine_request, &now), REQUEST_DRAFT);
        cr_assert_eq(machine_rank(&machine_request, ""), REQUEST_DRAFT);
        cr_assert_eq(machine_rank(&machine_request, "asleep"), -1);
        cr_assert_null(verb_may_not(verb_find(&kind_request, "submit"), &now));
        cr_assert_not_null(verb_may_not(verb_find(&kind_request, "take"), &now));
}
