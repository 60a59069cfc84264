/*
 * Rotas: who is on duty when (model/rota.h). Rows as in kinds.c.
 */
#include "base/mem.h"
#include "model/item.h"
#include "model/kind.h"

#include "model_private.h"

static const struct field rota_fields[] = {
        ROW_REF,
        {.name = "name",
         .label = "name",
         .head = "NAME",
         .help = "what is on duty by it",
         .type = FIELD_LINE,
         .flags = FIELD_NEEDED | FIELD_FORM | FIELD_COLUMN | FIELD_SORT | FIELD_SEARCH},
        {.name = "members",
         .label = "members",
         .head = "MEMBERS",
         .help = "in their order, each with its number or as they stand: 1 EXP-0003, EXP-0007",
         .type = FIELD_WORDS,
         .kinds = "expert",
         .flags = FIELD_FORM | FIELD_COLUMN,
         .form = &item_turn,
         .width = 16},
        {.name = "starts",
         .label = "starts",
         .head = "STARTS",
         .help = "when the first of them takes over; the hour of every hand-over follows from it",
         .type = FIELD_TIME,
         .flags = FIELD_FORM | FIELD_COLUMN,
         .width = 13},
        {.name = "shift_hours",
         .label = "hours a shift",
         .head = "SHIFT H",
         .help = "how many hours a shift has",
         .type = FIELD_COUNT,
         .flags = FIELD_FORM | FIELD_COLUMN,
         .width = 7},
        {.name = "timezone",
         .label = "time zone",
         .head = "ZONE",
         .help = "whose hours count: a State, such as FR, CET, or UTC",
         .type = FIELD_LINE,
         .flags = FIELD_FORM | FIELD_COLUMN,
         .width = 6},
        {.name = "overrides",
         .label = "overrides",
         .head = "OVERRIDES",
         .help = "who else is on duty when, FROM/UNTIL=REF: tomorrow 08:00/+8h=EXP-0003",
         .type = FIELD_WORDS,
         .kinds = "expert",
         .flags = FIELD_FORM,
         .form = &item_override,
         .width = 16},
        ROWS_ORIGIN,
};

const struct kind kind_rota = {
        .name = "rota",
        .plural = "rotas",
        .prefix = "ROTA",
        .stix_type = "x-muster-rota",
        .fields = rota_fields,
        .field_count = ARRAY_LEN(rota_fields),
        .listed = "ref name starts shift_hours timezone members",
        .default_filter = "sort:name",
        .title = "name",
        .newest = "modified",
};
