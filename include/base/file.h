/*
 * Files: private modes, atomic replacement, XDG folders. Paths come from the operator or from us,
 * never from a document.
 */
#ifndef MUSTER_BASE_FILE_H
#define MUSTER_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Whole file, NUL-terminated behind len. RC_NOTFOUND where there is none; RC_INVALID where larger
 * than max. */
enum rc file_read(const char *path, size_t max, char **ret, size_t *ret_len, struct err *err);

/* The same of a regular file alone: RC_INVALID for a pipe, a device or a folder, without waiting
 * for anybody to write into it. For what lies in a folder or at a place that is always looked at.
 */
enum rc file_read_regular(const char *path, size_t max, char **ret, size_t *ret_len,
                          struct err *err);

/* Writes to a temporary beside it (mode 0600), fsyncs, renames, fsyncs the folder: old or new,
 * never half. */
enum rc file_replace(const char *path, const char *bytes, size_t len, struct err *err);

/* A new file (mode 0600), fsynced; RC_CONFLICT where there is one of that name, which stays as it
 * is.
 */
enum rc file_create(const char *path, const char *bytes, size_t len, struct err *err);

enum rc file_mkdirs(const char *path, struct err *err); /* mode 0700, parents too */
bool file_exists(const char *path);
char *file_join(const char *dir, const char *name); /* malloc'ed */
char *file_dirname(const char *path);               /* malloc'ed */

enum xdg { XDG_CONFIG, XDG_DATA, XDG_STATE, XDG_RUNTIME };
/* $XDG_..._HOME/muster; relative values are ignored as the spec says. NULL where there is no home.
 * malloc'ed */
char *file_xdg(enum xdg which);

/* Names in a folder that end with suffix, sorted by bytes; malloc'ed list of malloc'ed names,
 * NULL-terminated. */
enum rc file_list(const char *dir, const char *suffix, char ***ret, struct err *err);
void file_list_free(char **names);

#endif
