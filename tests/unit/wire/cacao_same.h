/* Two playbooks compared member by member; the first that differs is named. */
#ifndef MUSTER_TESTS_CACAO_SAME_H
#define MUSTER_TESTS_CACAO_SAME_H

#include "model/playbook.h"

void cacao_assert_same(const struct playbook *a, const struct playbook *b);

#endif
