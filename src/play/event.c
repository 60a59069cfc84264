#include "play/event.h"

#include <string.h>

#include "base/mem.h"

static const struct play_verb_row rows[] = {
        [PLAY_COMPLETE] = {"complete", .step = true, .outcome = true},
        [PLAY_FAIL] = {"fail", .step = true, .outcome = true},
        [PLAY_SKIP] = {"skip", .step = true, .reason = true, .outcome = true},
        [PLAY_NOT_APPLICABLE] = {"not-applicable", .step = true, .reason = true, .outcome = true},
        [PLAY_SIGN] = {"sign", .step = true},
        [PLAY_ANSWER] = {"answer", .step = true, .value = true, .outcome = true},
        [PLAY_SET] = {"set", .step = true, .run = true, .value = true},
        [PLAY_OWNER] = {"owner", .step = true, .run = true, .value = true},
        [PLAY_DUE] = {"due", .step = true, .value = true},
        [PLAY_NOTE] = {"note", .step = true, .run = true, .after_end = true},
        [PLAY_EVIDENCE] = {"evidence", .step = true, .run = true, .value = true, .after_end = true},
        [PLAY_HAND_OVER] = {"hand-over", .step = true, .run = true, .value = true},
        [PLAY_PAUSE] = {"pause", .run = true},
        [PLAY_RESUME] = {"resume", .run = true},
        [PLAY_CANCEL] = {"cancel", .run = true, .reason = true},
        [PLAY_SETTLE] = {"settle", .step = true, .after_end = true},
        [PLAY_UNDO] = {"undo", .run = true, .value = true, .after_end = true},
        [PLAY_MOVE] = {"move", .run = true, .value = true, .after_end = true},
};

const struct play_verb_row *play_verb_row(enum play_verb verb)
{
        return (size_t)verb < ARRAY_LEN(rows) ? &rows[verb] : NULL;
}

enum play_verb play_verb_of(const char *name)
{
        for (size_t i = 0; name && i < ARRAY_LEN(rows); i++)
                if (strcmp(rows[i].name, name) == 0)
                        return (enum play_verb)i;
        return PLAY_UNKNOWN;
}

static int compare_int(int64_t a, int64_t b)
{
        return (a > b) - (a < b);
}

static int compare_text(const char *a, const char *b)
{
        if (!a || !b)
                return (a != NULL) - (b != NULL);
        return strcmp(a, b);
}

int play_event_compare(const struct play_event *a, const struct play_event *b)
{
        int order = compare_int(a->hlc, b->hlc);

        if (!order)
                order = compare_text(a->console, b->console);
        return order ? order : compare_text(a->id, b->id);
}

int play_event_compare_all(const struct play_event *a, const struct play_event *b)
{
        const char *const left[] = {a->who,    a->place, a->variable, a->value,
                                    a->reason, a->note,  a->was};
        const char *const right[] = {b->who,    b->place, b->variable, b->value,
                                     b->reason, b->note,  b->was};
        int order = play_event_compare(a, b);

        if (!order)
                order = compare_int(a->at_ms, b->at_ms);
        if (!order)
                order = compare_int(a->verb, b->verb);
        if (!order)
                order = compare_int(a->round, b->round);
        for (size_t i = 0; !order && i < ARRAY_LEN(left); i++)
                order = compare_text(left[i], right[i]);
        return order;
}
