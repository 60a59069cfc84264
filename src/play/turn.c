/*
 * The log of a run, and taking it: one event after the last, or, where one comes late, undoes or
 * moves, all of them anew.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#include "play_private.h"

/* ---- the log ------------------------------------------------------------------------------- */

static size_t find_entry(const struct run_machine *m, const char *id)
{
        uintptr_t at = (uintptr_t)text_map_get(&m->ids, id);

        return at ? at - 1 : SIZE_MAX;
}

static void remember(struct run_machine *m, size_t i)
{
        *text_map_put(&m->ids, m->run.log[i].event->id) = (void *)(uintptr_t)(i + 1);
}

enum news { NEWS_NONE, NEWS_LAST, NEWS_ANEW };

/* Puts it behind the others; says whether it belongs there, or nothing is new. */
static enum news add(struct run_machine *m, const struct play_event *e)
{
        struct run *run = &m->run;
        size_t known = find_entry(m, e->id);
        bool last;

        if (known != SIZE_MAX) {
                if (play_event_compare_all(e, run->log[known].event) <= 0)
                        return NEWS_NONE;
                run->log[known].event = e;
                return NEWS_ANEW;
        }
        if (run->log_count == m->log_room) {
                m->log_room = m->log_room ? m->log_room * 2 : 64;
                run->log = xreallocarray(run->log, m->log_room, sizeof(*run->log));
        }
        last = !run->log_count || play_event_compare(run->log[run->log_count - 1].event, e) < 0;
        run->log[run->log_count++] = (struct run_entry){.event = e};
        remember(m, run->log_count - 1);
        return last && e->verb != PLAY_UNDO && e->verb != PLAY_MOVE ? NEWS_LAST : NEWS_ANEW;
}

static int compare_entries(const void *a, const void *b)
{
        return play_event_compare(((const struct run_entry *)a)->event,
                                  ((const struct run_entry *)b)->event);
}

/* Each id by its new place; a content that was replaced may have given another key. */
static void put_in_order(struct run_machine *m)
{
        qsort(m->run.log, m->run.log_count, sizeof(*m->run.log), compare_entries);
        text_map_finish(&m->ids);
        for (size_t i = 0; i < m->run.log_count; i++)
                remember(m, i);
}

/* ---- what all are taken by ----------------------------------------------------------------- */

static void find_undone(struct run_machine *m)
{
        text_map_finish(&m->undone);
        for (size_t i = 0; i < m->run.log_count; i++) {
                const struct play_event *e = m->run.log[i].event;
                size_t target;

                if (e->verb != PLAY_UNDO || !e->value)
                        continue;
                target = find_entry(m, e->value);
                if (target >= i || m->run.log[target].event->verb == PLAY_UNDO ||
                    text_map_get(&m->undone, e->value))
                        continue;
                *text_map_put(&m->undone, e->value) = &m->run.log[i];
        }
}

const struct playbook *play_find(const struct run_start *start, const char *hash)
{
        if (strcmp(hash, start->hash) == 0)
                return start->playbook;
        return start->find ? start->find(start->ctx, hash) : NULL;
}

bool play_is_version(const struct run_start *start, const struct playbook *p)
{
        const char *mine = start->playbook->id;

        return p->id == mine || (p->id && mine && strcmp(p->id, mine) == 0);
}

/* A version that the run is taken by, and the entry of the log from which on. */
struct version {
        const struct playbook *playbook;
        const char *hash;
        size_t from;
};

/* The last ones that a run came through: each takes all events once more. */
#define VERSIONS_MAX 4

static size_t add_version(struct version *list, size_t count, const struct version *v)
{
        if (list[count - 1].playbook == v->playbook)
                return count;
        if (count == VERSIONS_MAX)
                memmove(list, list + 1, --count * sizeof(*list));
        list[count] = *v;
        return count + 1;
}

static size_t find_versions(struct run_machine *m, struct version list[VERSIONS_MAX])
{
        struct run *run = &m->run;
        size_t count = 1;

        list[0] = (struct version){run->start->playbook, run->start->hash, 0};
        run->missing = NULL;
        for (size_t i = 0; i < run->log_count; i++) {
                const struct play_event *e = run->log[i].event;
                const struct playbook *p;

                if (e->verb != PLAY_MOVE || !e->value || text_map_get(&m->undone, e->id))
                        continue;
                p = play_find(run->start, e->value);
                if (p && !play_is_version(run->start, p))
                        continue;
                run->missing = p ? NULL : e->value;
                if (p)
                        count = add_version(list, count, &(struct version){p, e->value, i});
        }
        return count;
}

/* ---- turns --------------------------------------------------------------------------------- */

static void forget(struct run_machine *m)
{
        struct run *run = &m->run;

        text_map_finish(&m->places);
        arena_finish(&m->arena);
        run->steps = run->live = run->changed = NULL;
        run->step_count = run->live_count = run->changed_count = 0;
        m->step_room = m->live_room = m->changed_room = 0;
        m->arrivals = NULL;
        m->arrival_count = m->arrival_room = 0;
        m->said = (struct run_said){.due_ms = CLOCK_NONE};
        run->said = &m->said;
        run->state = RUN_IS_ON;
        run->paused = false;
        run->paused_ms = CLOCK_NONE;
        run->why = NULL;
        run->owner = run->start->who;
        run->ended_ms = CLOCK_NONE;
        run->not_applied = run->conflicts = 0;
        m->turn = 0;
        m->kept_count = 0;
}

static void take(struct run_machine *m, size_t i)
{
        struct run_entry *entry = &m->run.log[i];

        m->turn++;
        m->run.changed_count = 0;
        play_apply(m, entry);
}

static void take_by(struct run_machine *m, const struct version *v, size_t kept, size_t end)
{
        m->run.playbook = v->playbook;
        m->run.hash = v->hash;
        m->kept_until = kept;
        forget(m);
        play_begin(m);
        for (size_t i = 0; i < end; i++)
                take(m, i);
}

/* What counted by the version before is kept by the next (kept.c). */
static void take_anew(struct run_machine *m)
{
        struct version list[VERSIONS_MAX];
        size_t count;

        find_undone(m);
        count = find_versions(m, list);
        for (size_t n = 0; n + 1 < count; n++) {
                take_by(m, &list[n], n ? list[n].from : 0, list[n + 1].from);
                for (size_t i = 0; i < list[n + 1].from; i++)
                        m->run.log[i].counted = m->run.log[i].applied || m->run.log[i].waits;
        }
        take_by(m, &list[count - 1], count > 1 ? list[count - 1].from : 0, m->run.log_count);
}

struct run *run_create(const struct run_start *start)
{
        struct run_machine *m = xcalloc(1, sizeof(*m));

        m->run.machine = m;
        m->run.start = start;
        arena_init(&m->arena);
        str_init(&m->place, PLACE_MAX + 1);
        take_anew(m);
        return &m->run;
}

void run_destroy(struct run *run)
{
        struct run_machine *m = run ? run->machine : NULL;

        if (!m)
                return;
        text_map_finish(&m->places);
        text_map_finish(&m->ids);
        text_map_finish(&m->undone);
        arena_finish(&m->arena);
        str_finish(&m->place);
        free(m->run.log);
        free(m);
}

bool run_apply(struct run *run, const struct play_event *event)
{
        size_t before = run->log_count;

        run_apply_all(run, &event, 1);
        return run->log_count > before;
}

void run_apply_all(struct run *run, const struct play_event *const *events, size_t count)
{
        struct run_machine *m = run->machine;
        size_t taken = run->log_count;
        bool anew = false;

        for (size_t i = 0; i < count; i++)
                anew |= add(m, events[i]) == NEWS_ANEW;
        if (anew) {
                put_in_order(m);
                take_anew(m);
                return;
        }
        for (; taken < run->log_count; taken++)
                take(m, taken);
}

void run_again(struct run *run)
{
        take_anew(run->machine);
}

/* ---- what is where ------------------------------------------------------------------------- */

struct spot *play_spot(struct run_machine *m, const char *place)
{
        struct spot *spot = text_map_get(&m->places, place);

        if (!spot) {
                spot = arena_alloc(&m->arena, sizeof(*spot));
                spot->place = arena_strdup(&m->arena, place);
                spot->said.due_ms = CLOCK_NONE;
                *text_map_put(&m->places, spot->place) = spot;
        }
        return spot;
}

const struct run_step *run_step_at(const struct run *run, const char *place)
{
        const struct spot *spot = text_map_get(&run->machine->places, place);

        return spot ? spot->step : NULL;
}

const struct run_step *run_step_newest(const struct run *run, const char *place)
{
        const struct spot *spot = text_map_get(&run->machine->places, place);

        return spot ? spot->newest : NULL;
}

const struct run_said *run_said_at(const struct run *run, const char *place)
{
        const struct spot *spot = text_map_get(&run->machine->places, place);

        return spot && spot->is_said ? &spot->said : NULL;
}

const struct play_event *run_kept_at(const struct run *run, const char *place)
{
        const struct spot *spot = text_map_get(&run->machine->places, place);

        return spot && spot->kept ? run->log[spot->kept->entry].event : NULL;
}

const struct run_entry *run_entry_of(const struct run *run, const char *id)
{
        size_t at = find_entry(run->machine, id);

        return at == SIZE_MAX ? NULL : &run->log[at];
}
