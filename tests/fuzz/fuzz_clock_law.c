/* Law files: read or refused with a sentence, and whatever was read can be counted with. */
#include <stdlib.h>

#include "base/clock.h"
#include "fuzz.h"
#include "model/clock_law.h"

static void count(const struct clock_law *law, const struct clock_rule *rule)
{
        static const int64_t anchors[] = {-9214560000000, 0, 1795525200000, 9214646399999};
        struct period_end end;

        for (size_t i = 0; rule->dated && i < sizeof(anchors) / sizeof(*anchors); i++) {
                period_end(&rule->period, clock_calendar(law, rule->calendar), anchors[i], &end);
                if (end.due_ms <= anchors[i])
                        abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct clock_law *law = clock_law_create();
        struct err err = {0};
        enum rc rc = clock_law_add(law, (const char *)data, size, &err);

        if (rc != RC_OK && (!err.text[0] || clock_regime_count(law) != 0 || *clock_law_hash(law)))
                abort();
        for (size_t i = 0; i < clock_regime_count(law); i++)
                for (size_t k = 0; k < clock_regime_at(law, i)->rule_count; k++)
                        count(law, &clock_regime_at(law, i)->rules[k]);
        clock_law_destroy(law);
        return 0;
}
