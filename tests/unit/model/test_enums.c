#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "model/enums.h"

static const struct enum_list *const lists[] = {&enum_severity,  &enum_status,      &enum_tlp,
                                                &enum_clock,     &enum_roster,      &enum_readiness,
                                                &enum_clearance, &enum_proficiency, &enum_cefr};

Test(enums, every_name_of_a_value_leads_back_to_its_rank)
{
        for (size_t l = 0; l < ARRAY_LEN(lists); l++)
                for (int rank = 0; rank < (int)lists[l]->count; rank++) {
                        const struct enum_item *item = enum_at(lists[l], rank);

                        cr_expect_eq(enum_rank(lists[l], item->id), rank, "%s", item->id);
                        cr_expect_eq(enum_rank(lists[l], item->label), rank, "%s", item->label);
                        cr_expect_leq(strlen(item->brief), strlen(item->label));
                }
}

Test(enums, ranks_are_those_that_rules_count_on)
{
        cr_expect_eq(enum_rank(&enum_severity, "CRITICAL"), SEV_CRITICAL);
        cr_expect_eq(enum_rank(&enum_severity, "none"), SEV_NONE);
        cr_expect_eq(enum_rank(&enum_status, "Recovering"), STATUS_RECOVERING);
        cr_expect_eq(enum_rank(&enum_status, "closed"), STATUS_CLOSED);
        cr_expect_eq(enum_rank(&enum_tlp, "amber+strict"), TLP_AMBER_STRICT);
        cr_expect_eq(enum_rank(&enum_tlp, "red"), TLP_RED);
        cr_expect_eq(enum_rank(&enum_roster, "on-call"), ROSTER_ON_CALL);
        cr_expect_eq(enum_rank(&enum_roster, "unverified"), ROSTER_UNVERIFIED);
        cr_expect_eq(enum_rank(&enum_readiness, "R72"), READY_R72);
        cr_expect_eq(enum_rank(&enum_clearance, "S-UE"), CLEARANCE_S_UE);
        cr_expect_eq(enum_rank(&enum_clearance, "ts-ue"), CLEARANCE_TS_UE);
        cr_expect_lt(enum_rank(&enum_cefr, "b2"), enum_rank(&enum_cefr, "c1"));
}

Test(enums, what_is_not_in_the_list_has_no_rank_and_no_id)
{
        cr_expect_eq(enum_rank(&enum_severity, "hihg"), -1);
        cr_expect_eq(enum_rank(&enum_severity, ""), -1);
        cr_expect_eq(enum_rank(&enum_severity, NULL), -1);
        cr_expect_null(enum_id(&enum_tlp, -1));
        cr_expect_null(enum_id(&enum_tlp, 5));
}

/* A narrow list must not show AMBER for AMBER+STRICT. */
Test(enums, no_two_values_look_alike_where_there_is_no_room)
{
        for (size_t l = 0; l < ARRAY_LEN(lists); l++)
                for (size_t i = 0; i < lists[l]->count; i++)
                        for (size_t k = 0; k < i; k++)
                                cr_expect_str_neq(lists[l]->items[i].brief,
                                                  lists[l]->items[k].brief);
}
