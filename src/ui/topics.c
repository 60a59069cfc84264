/*
 * What changes with a thing: a row for each kind whose views need not all read again.
 */
#include "ui/view.h"

unsigned topics_of_kind(const struct kind *kind)
{
        static const struct {
                const struct kind *kind;
                unsigned topics;
        } rows[] = {
                {&kind_incident, TOPIC_INCIDENTS | TOPIC_LOG},
                {&kind_participant, TOPIC_PARTICIPANTS | TOPIC_LOG},
                {&kind_request, TOPIC_REQUESTS | TOPIC_LOG},
                {&kind_expert, TOPIC_ROSTERS | TOPIC_DEPLOYMENTS | TOPIC_LOG},
                {&kind_team, TOPIC_ROSTERS | TOPIC_DEPLOYMENTS | TOPIC_LOG},
                {&kind_equipment, TOPIC_ROSTERS | TOPIC_DEPLOYMENTS | TOPIC_LOG},
                {&kind_deployment, TOPIC_DEPLOYMENTS | TOPIC_ROSTERS | TOPIC_LOG},
                {&kind_agreement, TOPIC_ROSTERS | TOPIC_LOG},
                {&kind_rota, TOPIC_ROSTERS | TOPIC_LOG},
                {&kind_playbook, TOPIC_PLAYBOOKS | TOPIC_LOG},
                {&kind_run, TOPIC_PLAYBOOKS | TOPIC_INCIDENTS | TOPIC_LOG},
        };
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                if (rows[i].kind == kind)
                        return rows[i].topics;
        return (unsigned)TOPIC_ALL;
}
