#include "meeting.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static void must(enum rc rc, const struct err *err)
{
        cr_assert_eq(rc, RC_OK, "%s", err->text);
}

void meet_of(struct meeting *m, const char *root, const char *collection)
{
        struct err err = {0};
        int64_t id;

        memset(m, 0, sizeof(*m));
        desk_start(&m->desk);
        server_start(&m->server);
        must(http_open(&m->http, &err), &err);
        AUTO_FREE char *url = xasprintf("%s/taxii2/", m->server.url);
        const struct remote r = {.name = "eu-jcu",
                                 .url = url,
                                 .collection = C_ID,
                                 .auth = REMOTE_OPEN,
                                 .ceiling = TLP_AMBER_STRICT,
                                 .default_marking = -1};
        must(remote_add(m->desk.ops.store, &r, &id, &err), &err);
        server_say(&m->server, "GET /taxii2/", 200, NULL,
                   "{\"title\":\"T\",\"api_roots\":[\"/api/\"]}");
        server_say(&m->server, "GET /api/", 200, NULL, root);
        server_say(&m->server, "GET " AT, 200, NULL, collection);
        look(m);
}

#define READABLE "{\"id\":\"" C_ID "\",\"title\":\"C\",\"can_read\":true,\"can_write\":false}"
#define WRITABLE "{\"id\":\"" C_ID "\",\"title\":\"C\",\"can_read\":true,\"can_write\":true}"
#define VERSIONS "\"versions\":[\"application/taxii+json;version=2.1\"]"
#define ROOT     "{\"title\":\"R\"," VERSIONS ",\"max_content_length\":104857600}"

void meet(struct meeting *m)
{
        meet_of(m, ROOT, READABLE);
        server_say(&m->server, MANIFEST, 200, NULL, "{}");
}

void meet_writing(struct meeting *m)
{
        meet_of(m, ROOT, WRITABLE);
        server_say(&m->server, MANIFEST, 200, NULL, "{}");
}

void meet_ordered(struct meeting *m)
{
        meet_of(m, "{\"title\":\"R\"," VERSIONS ",\"x_muster_ordered\":true}", WRITABLE);
}

void part(struct meeting *m)
{
        exchange_close(m->x);
        http_close(m->http);
        server_stop(&m->server);
        desk_stop(&m->desk);
        arena_finish(&m->a);
}

/* ---- the exchange ------------------------------------------------------------------------------
 */

void look(struct meeting *m)
{
        struct err err = {0};

        if (m->x)
                exchange_look(m->x, &m->report);
        must(remote_by_name(m->desk.ops.store, "eu-jcu", &m->a, &m->remote, &err), &err);
}

void save_remote(struct meeting *m)
{
        struct err err = {0};

        must(remote_save(m->desk.ops.store, &m->remote, &err), &err);
}

enum rc open_altered(struct meeting *m, bool once, struct err *err)
{
        return exchange_open(
                &(struct exchange_options){
                        .ops = &m->desk.ops, .http = m->http, .remote = &m->remote, .once = once},
                &m->x, err);
}

void open_exchange(struct meeting *m, bool once)
{
        struct err err = {0};

        exchange_close(TAKE(m->x));
        look(m);
        must(open_altered(m, once, &err), &err);
}

void settle(struct meeting *m)
{
        int64_t end = clock_mono_ns() + 30 * INT64_C(1000000000);

        while (!exchange_is_over(m->x)) {
                exchange_turn(m->x);
                if (!http_running(m->http) && exchange_next_ms(m->x) > clock_now_ms())
                        break;
                if (http_running(m->http))
                        http_run(m->http, 1000);
                cr_assert_lt(clock_mono_ns(), end, "it does not come to rest");
        }
        look(m);
}

void round_trip(struct meeting *m)
{
        open_exchange(m, true);
        settle(m);
}

/* ---- things ------------------------------------------------------------------------------------
 */

void new_incident(struct meeting *m, const char *title, const char *tlp, char id[STIX_ID_MAX])
{
        const struct ops_field fields[] = {{"title", title}, {"severity", "high"}, {"tlp", tlp}};
        struct err err = {0};

        must(ops_new(&m->desk.ops, &kind_incident,
                     &(struct ops_request){.fields = fields,
                                           .field_count = tlp ? 3 : 2,
                                           .occurred_ms = CLOCK_NONE},
                     id, &err),
             &err);
}

bool holds(struct meeting *m, const char *id)
{
        CLEANUP(arena_finish) struct arena a = {0};
        struct version v;

        return version_newest(m->desk.ops.store, id, false, &a, &v, NULL) == RC_OK;
}

char *theirs(int number, const char *name)
{
        return xasprintf("{\"type\":\"incident\",\"spec_version\":\"2.1\",\"id\":"
                         "\"incident--00000000-0000-4000-8000-%012d\","
                         "\"created\":\"2026-11-24T10:00:00.000Z\","
                         "\"modified\":\"2026-11-24T10:00:00.000Z\",\"name\":\"%s\"}",
                         number, name);
}

char *envelope(int from, int count, const char *more)
{
        CLEANUP(str_finish) struct str out = {0};

        str_init(&out, 8u << 20);
        str_add(&out, "{\"objects\":[");
        for (int i = 0; i < count; i++) {
                AUTO_FREE char *one = theirs(from + i, "Theirs");

                str_add(&out, i ? "," : "");
                str_add(&out, one);
        }
        str_addf(&out, "]%s}", more);
        return str_take(&out);
}

void went_well(const struct meeting *m, int received)
{
        cr_assert_null(m->report.error, "%s", m->report.error);
        cr_assert_eq(m->report.state, EXCHANGE_RESTING);
        cr_assert_eq(m->report.received, received, "%d came", (int)m->report.received);
}

void watermark_is(const struct meeting *m, const char *text)
{
        if (!text) {
                cr_assert_null(m->remote.watermark, "%s", m->remote.watermark);
                return;
        }
        cr_assert_not_null(m->remote.watermark);
        cr_assert_str_eq(m->remote.watermark, text);
}
