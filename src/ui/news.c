/*
 * What others send while one looks elsewhere: an incident that is new, or has become critical, is
 * said once above the keys and rings the bell once. It takes no key and no focus.
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/alike.h"
#include "ui_private.h"

/* The newest of those that a filter lets through, at most `max`. */
static enum rc newest(struct ui *ui, const char *line, size_t max, struct arena *a,
                      struct row **ret, size_t *ret_count, struct err *err)
{
        struct filter_context ctx = {.kind = &kind_incident,
                                     .values = {.words = ui->ops->words,
                                                .now_ms = ui_now_ms(ui),
                                                .me = ui->ops->operator} };
        struct filter filter;
        struct query *q = NULL;
        enum rc rc = filter_read(line, &ctx, a, &filter, NULL, err);
        if (rc == RC_OK)
                rc = query_open(ui->ops->store, &filter, NULL, 0, &q, err);
        if (rc == RC_OK)
                rc = query_run(q, max, err);
        if (rc == RC_OK)
                rc = query_page(q, 0, max, a, ret, ret_count, err);
        query_close(q);
        return rc;
}

enum rc news_newest_unacked(struct ui *ui, struct arena *a, struct row *ret, struct err *err)
{
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc = newest(ui, "is:unacked status:open", 1, a, &rows, &count, err);
        if (rc == RC_OK && !count)
                rc = err_set(err, RC_NOTFOUND, "no incident is unacknowledged");
        if (rc == RC_OK)
                *ret = rows[0];
        return rc;
}

/* From the counts that are kept by flags, where a rank is stored as one more: no scan. No rank is
 * above CRITICAL, so that its bits tell it from all others. */
static void count(struct ui *ui)
{
        struct news *ret = &ui->news;
        int shift = field_flags_shift(&kind_incident, field_index(&kind_incident, "severity"));
        struct store *store = ui->ops->store;
        if (!store)
                return;
        query_count_unacked(store, &kind_incident, ui_now_ms(ui), &ret->unacked, NULL);
        query_count_marks(store, &kind_incident, (unsigned)(SEV_CRITICAL + 1) << shift,
                          &ret->critical, NULL);
        things_next_time(store, &kind_incident, "parked_until", ui_now_ms(ui), &ret->wake_ms, NULL);
}

void news_begin(struct ui *ui)
{
        ui->news.wake_ms = CLOCK_NONE;
        count(ui);
}

/* Nobody writes when a parked one comes back, so whoever shows incidents has to look again. */
void news_tick(struct ui *ui)
{
        struct news *n = &ui->news;
        if (n->wake_ms == CLOCK_NONE || ui_now_ms(ui) < n->wake_ms)
                return;
        n->wake_ms = CLOCK_NONE;
        n->back = true;
        ui_changed(ui, TOPIC_INCIDENTS);
}

static const char *severity_of(const struct row *row)
{
        int severity = thing_rank(&row->thing, "severity");
        return severity > SEV_NONE ? enum_at(&enum_severity, severity)->label : "";
}

static void tell(struct ui *ui, const char *what, const struct row *row)
{
        const char *title = thing_text(&row->thing, "title"), *word = severity_of(row);
        bool unacked = row->flags & MARK_UNACKED;
        ui_notice(ui, NOTICE_WARN, "%s: %s%s%s %s%s", what, row->ref, word[0] ? " " : "", word,
                  title ? title : "", unacked ? "; A acknowledges the newest" : "");
        ui_bell(ui);
}

static bool is_known(const struct news *n, int64_t rid)
{
        for (size_t i = 0; i < n->known_count; i++)
                if (n->known[i] == rid)
                        return true;
        return false;
}

/* The first that is critical and was not; NULL where so many are that nobody can tell. */
static const struct row *find_worse(const struct news *n, const struct row *rows, size_t count)
{
        if (!n->loaded || count == NEWS_KNOWN_MAX)
                return NULL;
        for (size_t i = 0; i < count; i++)
                if (!is_known(n, rows[i].rid))
                        return &rows[i];
        return NULL;
}

/* *ret_worse: borrowed from the arena. */
static enum rc look_at_critical(struct ui *ui, struct arena *a, const struct row **ret_worse)
{
        struct news *n = &ui->news;
        struct row *rows = NULL;
        size_t count = 0;
        enum rc rc =
                newest(ui, "severity:critical status:open", NEWS_KNOWN_MAX, a, &rows, &count, NULL);
        if (rc != RC_OK)
                return rc;
        *ret_worse = find_worse(n, rows, count);
        for (size_t i = 0; i < count; i++)
                n->known[i] = rows[i].rid;
        n->known_count = count;
        n->loaded = true;
        return RC_OK;
}

/* Of those that came back the one that did last. */
static bool find_back(struct ui *ui, struct arena *a, struct row *ret)
{
        struct row *rows = NULL;
        size_t count = 0;
        bool found = newest(ui, "is:unacked status:open -parked_until:- sort:-parked_until", 1, a,
                            &rows, &count, NULL) == RC_OK &&
                     count;
        if (found)
                *ret = rows[0];
        return found;
}

/* More are critical, or unacknowledged, than when one looked last. Of several the worst is named.
 */
void news_look(struct ui *ui)
{
        struct news *n = &ui->news;
        int64_t unacked = n->unacked, critical = n->critical;
        const struct row *worse = NULL;
        struct row row;
        struct arena a;
        n->due = false;
        if (!ui->ops->store)
                return;
        arena_init(&a);
        count(ui);
        if ((n->critical != critical || !n->loaded) &&
            look_at_critical(ui, &a, &worse) == RC_BUSY) { /* a key waits: later */
                n->unacked = unacked;
                n->critical = critical;
                n->due = true;
        }
        int64_t more = n->unacked - unacked;
        AUTO_FREE char *many = more > 1 ? xasprintf("%lld new", (long long)more) : xstrdup("new");
        if (worse && n->critical > critical)
                tell(ui, worse->flags & MARK_UNACKED ? many : "worse", worse);
        else if (more > 0 && n->back && find_back(ui, &a, &row))
                tell(ui, "back from parking", &row);
        else if (more > 0 && news_newest_unacked(ui, &a, &row, NULL) == RC_OK)
                tell(ui, many, &row);
        n->back = n->back && n->due;
        arena_finish(&a);
}
