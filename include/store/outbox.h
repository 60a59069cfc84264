/*
 * Outbox: versions of ours that have not gone to a remote yet; and drafts: half-typed forms.
 */
#ifndef MUSTER_STORE_OUTBOX_H
#define MUSTER_STORE_OUTBOX_H

#include "store/store.h"

enum rc outbox_put(struct store *s, int64_t vid, struct err *err); /* in the op's transaction */
int64_t outbox_count(struct store *s);

/* What waits, oldest first, with vid > after, at most max: no bytes. */
struct version;
enum rc outbox_list(struct store *s, int64_t after, size_t max, struct arena *a,
                    struct version **ret, size_t *ret_count, struct err *err);

/* key: form and thing, e.g. "incident.new". body: the form's own text. Each call is a transaction
 * of its own. */
enum rc draft_put(struct store *s, const char *key, const char *body, int64_t at_ms,
                  struct err *err);
enum rc draft_get(struct store *s, const char *key, struct arena *a, const char **ret_body,
                  int64_t *ret_at_ms, struct err *err); /* RC_NOTFOUND */
enum rc draft_drop(struct store *s, const char *key, struct err *err);

#endif
