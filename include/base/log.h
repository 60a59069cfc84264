/*
 * The program's own log file (not the operators' log): one line per event, control bytes escaped.
 * Off until log_open(); a full-screen program can't write to stderr. Never holds secrets or object
 * text.
 */
#ifndef MUSTER_BASE_LOG_H
#define MUSTER_BASE_LOG_H

#include <stdarg.h>

#include "base/err.h"

enum rc log_open(const char *path, struct err *err); /* appends, mode 0600 */
void log_close(void);
void log_line(const char *module, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
