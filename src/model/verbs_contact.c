/*
 * The verb of contacts, of all that can be asked to come: people, teams, organisations, and who
 * keeps equipment. It sets nothing, so each stays in the log as it was.
 */
#include "model/contact.h"

#include <string.h>

#include "model/guards.h"
#include "model/words.h"

static const struct detail_row contact_details[] = {
        {.name = "way",
         .label = "way",
         .help = "on which way: {words}",
         .type = FIELD_WORD,
         .words = CONTACT_WAYS,
         .told = true},
        {.name = "outcome",
         .label = "outcome",
         .help = "whether they answered: {words}",
         .type = FIELD_WORD,
         .words = CONTACT_OUTCOMES,
         .needed = true,
         .told = true,
         .joint = ", "},
        {.name = "text",
         .label = "answer",
         .help = "what the answer was; it stays with who was contacted",
         .type = FIELD_TEXT,
         .told = true,
         .joint = ": "},
        {.name = "for",
         .label = "for",
         .help = "what it was about: an incident, a request, a deployment; its log says who was "
                 "asked, by reference",
         .type = FIELD_REF,
         .kinds = "incident request deployment",
         .told = true},
        ROW_LATE,
        {.name = "with",
         .label = "with",
         .own = true,
         .help = "the entry at what it was about",
         .type = FIELD_REF},
        {.name = NULL},
};

#define CONTACT_OF(who)                                                                            \
        {                                                                                          \
                .kind = (who), .name = CONTACT_VERB, .did = "contacted", .label = "contact",       \
                .words = "call phone reach ask", .group = "log", .letter = 'c', .said = true,      \
                .help = "writes down that somebody was reached, or that it was tried",             \
                .sets = SETS_NONE, .details = contact_details                                      \
        }

const struct verb verbs_of_contacts[] = {
        CONTACT_OF("expert"), CONTACT_OF("participant"),
        CONTACT_OF("team"),   CONTACT_OF("equipment"),
        {.name = NULL},
};

const char *contact_told(const struct act *act, const struct words *words, struct arena *a)
{
        const char *outcome = act_detail(act, "outcome"), *way = act_detail(act, "way");

        if (!act->verb || strcmp(act->verb, CONTACT_VERB) != 0 || !outcome)
                return NULL;
        outcome = word_label(words, CONTACT_OUTCOMES, outcome);
        return way ? arena_printf(a, "%s, %s", word_label(words, CONTACT_WAYS, way), outcome)
                   : arena_strdup(a, outcome);
}
