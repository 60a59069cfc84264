/*
 * The word lists that ship with the program, from $MUSTER_DATA/words or data/words.
 */
#ifndef TESTS_UNIT_MODEL_WORD_FILES_H
#define TESTS_UNIT_MODEL_WORD_FILES_H

#include "model/words.h"

struct words *word_files_load(void); /* fails the test where a list can't be read */

#endif
