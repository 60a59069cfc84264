/*
 * What ships beside the program: word lists, the law of clocks, themes, the demo's scenario.
 */
#ifndef MUSTER_APP_DATA_H
#define MUSTER_APP_DATA_H

#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "ui/theme.h"

struct clock_law;
struct words;

enum rc data_words(const char *dir, struct words **ret, struct err *err);
/* data/clocks and data/holidays; none is fine. RC_INVALID names the file. */
enum rc data_law(const char *dir, struct clock_law **ret, struct err *err);
/* RC_INVALID names the file. None is fine. In the arena. */
enum rc data_themes(const char *dir, struct arena *a, struct theme **ret, size_t *ret_count,
                    struct err *err);

#endif
