/* The law that ships, from data/clocks and data/holidays. */
#ifndef MUSTER_TESTS_MODEL_LAW_FILES_H
#define MUSTER_TESTS_MODEL_LAW_FILES_H

#include "model/clock_law.h"

struct clock_law *law_files_load(void); /* the test ends where a file is not read */

#endif
