#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/kind.h"
#include "word_files.h"

#define EACH_KIND(k)                                                                               \
        for (size_t i_ = 0; i_ < kind_count(); i_++)                                               \
                for (const struct kind *k = kind_at(i_); k; k = NULL)
#define EACH_FIELD(f, k)                                                                           \
        for (const struct field *f = (k)->fields; f < (k)->fields + (k)->field_count; f++)

Test(kind, every_row_can_be_shown_and_asked_for)
{
        EACH_KIND(k)
        {
                cr_assert_leq(k->field_count, (size_t)KIND_FIELDS_MAX);
                EACH_FIELD(f, k)
                {
                        cr_expect(f->label && *f->label, "%s.%s has no label", k->name, f->name);
                        cr_expect(f->help && *f->help, "%s.%s has no help", k->name, f->name);
                        cr_expect(f->width >= 0 && f->width <= 40, "%s.%s", k->name, f->name);
                        for (const char *c = f->name; *c; c++)
                                cr_expect(islower((unsigned char)*c) || *c == '_' ||
                                                  (c > f->name && isdigit((unsigned char)*c)),
                                          "%s", f->name);
                        for (const char *c = f->head; *c; c++)
                                cr_expect(!islower((unsigned char)*c), "%s", f->head);
                        cr_expect_eq(field_find(k, f->name), f, "%s.%s is there twice", k->name,
                                     f->name);
                }
        }
}

Test(kind, one_column_takes_what_is_left)
{
        EACH_KIND(k)
        {
                int greedy = 0;

                EACH_FIELD(f, k)
                greedy += (f->flags & FIELD_COLUMN) && f->width == 0;
                cr_expect_eq(greedy, 1, "%s", k->name);
        }
}

Test(kind, scales_have_their_list_and_nothing_else_has)
{
        EACH_KIND(k)
        EACH_FIELD(f, k)
        {
                cr_expect_eq(f->type == FIELD_ENUM, f->list != NULL, "%s.%s", k->name, f->name);
                if (f->words)
                        cr_expect(f->type == FIELD_WORD || f->type == FIELD_WORDS, "%s", f->name);
                if (f->flags & FIELD_OFFERS)
                        cr_expect(f->words, "%s.%s offers no words", k->name, f->name);
                if (f->form)
                        cr_expect((f->type == FIELD_WORDS || f->type == FIELD_LINE) && !f->words,
                                  "%s.%s", k->name, f->name);
        }
}

Test(kind, every_word_list_that_a_field_names_ships_with_the_program)
{
        struct words *w = word_files_load();

        EACH_KIND(k)
        EACH_FIELD(f, k)
        if (f->words)
                cr_expect(words_list(w, f->words), "%s.%s: no list %s", k->name, f->name, f->words);
        words_destroy(w);
}

/* A derived field that a form offered, or a state that set could move, would go round its rule. */
static const char *help_of(const char *field, const struct words *w, struct arena *a)
{
        return field_help(field_find(&kind_incident, field), w, a);
}

Test(kind, help_names_the_words_of_the_list_in_force)
{
        static const char mine[] =
                "{\"name\":\"cg-outlook\",\"title\":\"ours\",\"version\":\"1\",\"source\":\"us\","
                "\"words\":[{\"id\":\"up\",\"label\":\"Up\"},{\"id\":\"down\",\"label\":\"Down\"}]"
                "}";
        CLEANUP(words_cleanup) struct words *w = word_files_load();
        CLEANUP(arena_finish) struct arena a = {0};

        cr_expect_str_eq(help_of("outlook", w, &a),
                         "for the next 6 hours: worsening, stable, improving");
        cr_expect_str_eq(help_of("impact", w, &a),
                         "red very large, yellow large, green minor, white no impact");
        cr_expect_str_eq(help_of("sectors", w, &a),
                         "NIS2 sectors, with blanks or commas: energy, transport, banking ...");
        cr_expect_str_eq(help_of("title", w, &a), field_find(&kind_incident, "title")->help);
        cr_assert_eq(words_add(w, mine, strlen(mine), NULL), RC_OK);
        cr_expect_str_eq(help_of("outlook", w, &a), "for the next 6 hours: up, down");
        cr_expect_str_eq(help_of("outlook", NULL, &a),
                         "for the next 6 hours: the word list cg-outlook");
        EACH_KIND(k)
        EACH_FIELD(f, k)
        cr_expect_null(strchr(field_help(f, w, &a), '{'), "%s.%s", k->name, f->name);
}

Test(kind, forms_offer_nothing_that_only_verbs_or_rules_may_change)
{
        EACH_KIND(k)
        EACH_FIELD(f, k)
        {
                if (f->flags & (FIELD_DERIVED | FIELD_STATE))
                        cr_expect(!(f->flags & FIELD_FORM), "%s.%s", k->name, f->name);
                if (f->flags & FIELD_NEEDED)
                        cr_expect(f->flags & FIELD_FORM, "%s.%s", k->name, f->name);
        }
}

Test(kind, names_of_kinds_lead_to_fields_of_the_right_type)
{
        EACH_KIND(k)
        {
                const struct field *title = field_find(k, k->title);
                const struct field *newest = field_find(k, k->newest);

                cr_assert(title && newest, "%s", k->name);
                cr_expect_eq(newest->type, FIELD_TIME);
                cr_expect(title->flags & FIELD_SEARCH);
                cr_expect(field_find(k, "ref") && field_find(k, "tlp") && field_find(k, "source"));
        }
}

/* The packed flags are 32 bits, and a plan has one bit for each value of a scale. */
Test(kind, packed_scales_fit_and_do_not_overlap)
{
        EACH_KIND(k)
        {
                unsigned used = (1u << FLAGS_FIRST_ENUM_BIT) - 1;

                for (size_t i = 0; i < k->field_count; i++) {
                        int shift = field_flags_shift(k, (int)i);

                        if (k->fields[i].type != FIELD_ENUM) {
                                cr_expect_eq(shift, -1);
                                continue;
                        }
                        unsigned mask = field_flags_mask(&k->fields[i]);
                        unsigned bits = mask << shift;
                        cr_assert_eq(bits >> shift, mask, "%s.%s", k->name, k->fields[i].name);
                        cr_expect_eq(used & bits, 0u, "%s.%s", k->name, k->fields[i].name);
                        cr_expect_leq(k->fields[i].list->count, (size_t)mask);
                        cr_expect_lt(mask, 1u << FLAGS_ENUM_BITS);
                        used |= bits;
                }
        }
        cr_expect_eq(field_flags_shift(&kind_incident, -1), -1);
        cr_expect_eq(field_flags_shift(&kind_incident, KIND_FIELDS_MAX), -1);
}

Test(kind, is_found_by_singular_plural_and_prefix)
{
        EACH_KIND(k)
        {
                cr_expect_eq(kind_find(k->name), k);
                cr_expect_eq(kind_find(k->plural), k);
                cr_expect_eq(kind_of_prefix(k->prefix), k);
        }
        cr_expect_eq(kind_find("Incidents"), &kind_incident);
        cr_expect_null(kind_find("incid"));
        cr_expect_eq(kind_of_prefix("EXP"), &kind_expert);
        cr_expect_null(kind_of_prefix("EXPE"));
        cr_expect_str_eq(kind_nearest("incidnet"), "incident");
        cr_expect_str_eq(kind_nearest("part"), "participant");
}

Test(kind, nearest_field_has_the_flags_asked_for)
{
        cr_expect_str_eq(field_nearest(&kind_incident, "colour", 0), "owner");
        cr_expect_str_eq(field_nearest(&kind_incident, "severty", 0), "severity");
        cr_expect_str_eq(field_nearest(&kind_incident, "occured", FIELD_FORM), "occurred");
        cr_expect_str_neq(field_nearest(&kind_incident, "status", FIELD_FORM), "status");
        cr_expect_null(field_nearest(&kind_log, "text", FIELD_NEEDED));
}

Test(kind, fields_of_an_incident_are_those_of_the_contract_in_this_order)
{
        static const char *const names[] = {
                "ref",          "title",      "description",  "severity",        "status",
                "owner",        "acked",      "acked_by",     "level",           "claimant",
                "rationale",    "held",       "held_by",      "held_why",        "class",
                "type",         "root_cause", "impact",       "outlook",         "outlook_at",
                "sectors",      "states",     "cross_border", "cross_border_by", "entity",
                "communities",  "tlp",        "pap",          "parked_until",    "parked_by",
                "duplicate_of", "links",      "update_every", "update_due",      "clocks",
                "filings",      "next_clock", "next_due",     "occurred",        "created",
                "modified",     "due",        "triaged_at",   "contained_at",    "closed_at",
                "source"};

        cr_assert_eq(kind_incident.field_count, ARRAY_LEN(names));
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                cr_expect_str_eq(kind_incident.fields[i].name, names[i]);
        cr_expect_str_eq(field_find(&kind_incident, "acked")->group, "ack");
        cr_expect_str_eq(field_find(&kind_incident, "acked_by")->group, "ack");
}

/* Names in their order, with blanks. */
static void expect_names(const struct kind *k, const char *names)
{
        CLEANUP(str_finish) struct str have = {0};

        str_init(&have, 4000);
        for (size_t i = 0; i < k->field_count; i++)
                str_add_sep(&have, " ", k->fields[i].name);
        cr_expect_str_eq(str_text(&have), names, "%s: %s", k->name, str_text(&have));
}

/* Scripts and other consoles rely on them. */
Test(kind, fields_of_the_rosters_are_there_in_this_order)
{
        expect_names(&kind_expert,
                     "ref name callsign description status status_until booked community "
                     "states home roles proficiency skills languages clearance clearance_by "
                     "clearance_until certificates phone contact timezone location readiness "
                     "notice remote max_days on_call leave papers interests holder verified "
                     "free_from departure notice_min busy_from rest_until tlp created "
                     "modified source");
        expect_names(&kind_team,
                     "ref name description status status_until booked lead members needs "
                     "filled type cover_24h self_sufficient max_days readiness notice "
                     "rotation holder agreement area communities states location verified "
                     "free_from departure notice_min busy_from rest_until tlp created "
                     "modified source");
        expect_names(&kind_equipment,
                     "ref name description status status_until booked category tag serial "
                     "owner location states quantity left condition custodian kit "
                     "inspection_until calibrated_until licence_until weight power volume "
                     "handles export lead_time sanitised readiness holder verified free_from "
                     "departure notice_min busy_from tlp created modified source");
        expect_names(&kind_agreement,
                     "ref title parties giver taker what since until tlp created modified "
                     "source");
        expect_names(&kind_rota,
                     "ref name members starts shift_hours timezone overrides tlp created "
                     "modified source");
}

Test(kind, is_found_by_the_type_on_the_wire)
{
        cr_assert_eq(kind_of_type("incident--x", 8), &kind_incident);
        cr_assert_eq(kind_of_type("case-incident", 13), &kind_incident);
        cr_assert_eq(kind_of_type("note", 4), &kind_log);
        cr_assert_eq(kind_of_type("identity", 8), &kind_participant);
        cr_assert_eq(kind_of_type("x-muster-asset", 14), &kind_equipment);
        cr_assert_null(kind_of_type("inciden", 7));
        cr_assert_null(kind_of_type("case-incident-x", 15));
        cr_assert_null(kind_of_type("", 0));
}
