#include "ui/changed.h"

uint64_t changed_fields(const struct thing *before, const struct thing *after)
{
        uint64_t fields = 0;
        for (size_t i = 0; before->kind == after->kind && i < after->kind->field_count; i++)
                if (!value_equal(&before->values[i], &after->values[i]))
                        fields |= UINT64_C(1) << i;
        return fields;
}

void changed_note(struct changed *ch, struct ui *ui, uint64_t fields)
{
        int64_t now = ui_now_ms(ui);
        for (size_t i = 0; i < KIND_FIELDS_MAX; i++)
                if (fields >> i & 1)
                        ch->at_ms[i] = now;
        if (fields)
                ui_wake_at(ui, now + CHANGED_MS);
}

uint64_t changed_now(const struct changed *ch, int64_t now_ms)
{
        uint64_t fields = 0;
        for (size_t i = 0; i < KIND_FIELDS_MAX; i++)
                if (ch->at_ms[i] && now_ms < ch->at_ms[i] + CHANGED_MS)
                        fields |= UINT64_C(1) << i;
        return fields;
}
