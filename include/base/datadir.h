/*
 * The folder with what the programs read besides their configuration: word lists, laws, pages.
 */
#ifndef MUSTER_BASE_DATADIR_H
#define MUSTER_BASE_DATADIR_H

#include "base/err.h"

char *datadir_program(void); /* where this program lies; NULL where nobody says. malloc'ed */
/* $MUSTER_DATA, else beside the program or above it, else where it was installed. malloc'ed.
 * RC_NOTFOUND. */
enum rc datadir_find(char **ret, struct err *err);

#endif
