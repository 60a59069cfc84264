/*
 * One line on stderr for each request, name=value. No secrets, no queries, no content.
 */
#include "hub/server_log.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"

#define LINE_MAX_BYTES 4096

/* In quotes where it would not be one word. */
static void add(struct str *line, const char *name, const char *value)
{
        AUTO_FREE char *clean = text_clean(value, strlen(value), false);

        str_addf(line, " %s=", name);
        if (*clean && !strpbrk(clean, " \"\\="))
                str_add(line, clean);
        else
                json_quote(clean, line);
}

/* One write, so that lines of several threads don't mix. */
static void put(struct str *line)
{
        str_addc(line, '\n');
        if (write(STDERR_FILENO, str_text(line), line->len) < 0)
                return; /* a full disk must not stop the hub */
}

static void begin(struct str *line)
{
        char stamp[STAMP_BYTES];

        stamp_format(clock_now_ms(), stamp);
        str_init(line, LINE_MAX_BYTES);
        str_addf(line, "time=%s", stamp);
}

void server_log_request(const struct server_log *l)
{
        CLEANUP(str_finish) struct str line = {0};

        begin(&line);
        add(&line, "client", l->client);
        add(&line, "who", l->who ? l->who : "-");
        add(&line, "method", l->method);
        add(&line, "path", l->path);
        str_addf(&line, " status=%d in=%" PRIu64 " out=%" PRIu64 " ms=%.2f", l->status, l->bytes_in,
                 l->bytes_out, (double)l->took_ns / 1e6);
        if (l->why && *l->why)
                add(&line, "why", l->why);
        put(&line);
}

void server_log_too_often(const char *client, const char *who, const char *what, uint64_t refused)
{
        CLEANUP(str_finish) struct str line = {0};

        begin(&line);
        add(&line, "event", "too-often");
        add(&line, "client", client);
        add(&line, "who", who ? who : "-");
        add(&line, "what", what);
        str_addf(&line, " refused=%" PRIu64, refused);
        put(&line);
}

void server_log_event(const char *event, const char *detail)
{
        CLEANUP(str_finish) struct str line = {0};

        begin(&line);
        add(&line, "event", event);
        if (detail)
                add(&line, "detail", detail);
        put(&line);
}
