/*
 * Which deployments name a resource: an expert by itself or as a member of a team, a piece of
 * equipment by itself or as a part of a kit. Read from the rows of deployments; what each holds,
 * and how hard, follows from its state (model/booking.h). And which rotas name an expert.
 */
#ifndef MUSTER_STORE_BOOKINGS_H
#define MUSTER_STORE_BOOKINGS_H

#include "store/things.h"

struct booked {
        struct row deployment;
        const char *via; /* id of the team or kit through which it is named; NULL: by itself */
};

/* Those that take anything and are not over at `since_ms`, by from; at most max. `except`: the id
 * of one to leave out, or NULL. In the arena. */
enum rc bookings_of(struct store *s, const char *resource, int64_t since_ms, const char *except,
                    size_t max, struct arena *a, struct booked **ret, size_t *ret_count,
                    struct err *err);

/* Ids of teams and kits that a resource belongs to. */
enum rc bookings_groups(struct store *s, const char *resource, struct arena *a, const char ***ret,
                        size_t *ret_count, struct err *err);

/* Resources and, of the teams and kits among them, the members and parts: each once. */
enum rc bookings_members(struct store *s, const char *const *resources, size_t count,
                         struct arena *a, const char ***ret, size_t *ret_count, struct err *err);

/* Ids of the rotas that name an expert, among the members or the overrides. */
enum rc bookings_rotas(struct store *s, const char *expert, struct arena *a, const char ***ret,
                       size_t *ret_count, struct err *err);

#endif
