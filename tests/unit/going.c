#include "unit/going.h"

#include <criterion/criterion.h>

#include "base/mem.h"

void going_expert(struct desk *d, const char *name, char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_expert, id, "name", name, "verified", "2026-11-24", "clearance",
                     "s-ue", "languages", "ro:c1", NULL);
}

void going_planned(struct desk *d, const char *who, const char *from, const char *until,
                   char id[STIX_ID_MAX])
{
        desk_make_of(d, &kind_deployment, id, "title", "Team", "resources", who, "from", from,
                     "until", until, "checks", "interests,rest,papers,medical,insurance", NULL);
}

void going_book(struct desk *d, const char *id)
{
        desk_move(d, id, "alert");
        desk_move(d, id, "confirm");
}

enum rc going_try(struct desk *d, const char *id, const char *verb, struct err *err)
{
        *err = (struct err){0};
        return desk_try(d, id, verb, NULL, NULL, "as agreed", err);
}

void going_shows(struct desk *d, const char *id, const char *field, const char *wanted)
{
        CLEANUP(arena_finish) struct arena a = {0};
        const char *shown = desk_shows(d, id, field, &a);

        cr_expect_str_eq(shown, wanted, "%s is %s, not %s", field, shown, wanted);
}

bool going_in_conflict(struct desk *d, const char *id, const char *with)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct row row;

        desk_row(d, id, &a, &row);
        return (row.flags & MARK_CONFLICT) && value_has(thing_value(&row.thing, "overlaps"), with);
}
