/*
 * Who is on duty by a rota, as people read it and as programs do.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "ops/duties.h"

#include "app_private.h"

void print_duties(const struct duties *duties)
{
        char from[STAMP_BYTES], until[STAMP_BYTES];

        if (duties->odd_zone) {
                printf("%-17s the time zone ", "");
                print_cell(duties->odd_zone, 0);
                printf(" is not known here: shifts are counted in UTC\n");
        }
        for (size_t i = 0; i < duties->count; i++) {
                stamp_format_s(duties->list[i].duty.span.from_ms, from);
                stamp_format_s(duties->list[i].duty.span.until_ms, until);
                printf("%-17s %s to %s  ", i ? "" : "on duty", from, until);
                print_cell(duties->list[i].who, 0);
                printf("%s", duties->list[i].duty.is_override ? " (override)" : "");
                if (duties->list[i].away) {
                        printf("  ! ");
                        print_cell(duties->list[i].away, 0);
                }
                printf("\n");
        }
}

void json_add_duties(struct json_t *obj, const struct duties *duties)
{
        struct json_t *list = json_new_list();
        char from[STAMP_BYTES], until[STAMP_BYTES];

        for (size_t i = 0; i < duties->count; i++) {
                struct json_t *one = json_new_obj();

                stamp_format(duties->list[i].duty.span.from_ms, from);
                stamp_format(duties->list[i].duty.span.until_ms, until);
                json_set_text(one, "from", from);
                json_set_text(one, "until", until);
                json_set(one, "id",
                         duties->list[i].duty.id ? json_new_text(duties->list[i].duty.id)
                                                 : json_new_null());
                json_set_text(one, "who", duties->list[i].who);
                if (duties->list[i].away)
                        json_set_text(one, "away", duties->list[i].away);
                json_set_bool(one, "override", duties->list[i].duty.is_override);
                json_push(list, one);
        }
        json_set(obj, "duties", list);
}
