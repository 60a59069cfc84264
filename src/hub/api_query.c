/*
 * The query of a request: limit, next, added_after, match[...]. What is not known is ignored, as
 * the standard says; what can't be read is refused.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hub/api.h"

#define LIST_MAX    1000 /* values of one match */
#define NEXT_DIGITS 16   /* of a `next`: "a" and the place in hexadecimal digits */

static enum api_step read_limit(struct api_call *call, const char *text, struct api_query *q)
{
        char *end;
        unsigned long long n = strtoull(text, &end, 10);

        if (strspn(text, "0123456789") != strlen(text) || end == text || !n)
                return api_refuse(call, 400, "limit is not a number from 1.");
        q->limit = n < TAXII_PAGE_MAX ? (size_t)n : TAXII_PAGE_MAX;
        return API_BODY;
}

static void begin_after(struct api_query *q, int64_t us)
{
        if (us > q->query.after_us)
                q->query.after_us = us;
}

static enum api_step read_after(struct api_call *call, const char *text, struct api_query *q)
{
        int64_t us;

        if (taxii_date_read(text, &us, NULL) != RC_OK)
                return api_refuse(call, 400,
                                  "added_after is not a time such as "
                                  "2026-11-26T10:00:00.000000Z.");
        begin_after(q, us);
        q->known_us = us;
        return API_BODY;
}

static enum api_step read_must_know(struct api_call *call, const char *text, struct api_query *q)
{
        (void)call;
        q->must_know = true;
        q->known_id = *text ? text : NULL;
        return API_BODY;
}

static enum api_step read_next(struct api_call *call, const char *text, struct api_query *q)
{
        if (text[0] != 'a' || strlen(text) != NEXT_DIGITS + 1 ||
            strspn(text + 1, "0123456789abcdef") != NEXT_DIGITS)
                return api_refuse(call, 400, "next is not one that this hub gave.");
        begin_after(q, (int64_t)strtoull(text + 1, NULL, 16));
        return API_BODY;
}

const char *api_version_of(const struct hub_object *o, char out[TAXII_DATE_MAX])
{
        if (o->version)
                return o->version;
        taxii_date_print(o->added_us, out);
        return out;
}

const char *api_write_next(int64_t added_us, struct arena *a)
{
        return arena_printf(a, "a%0*" PRIx64, NEXT_DIGITS, (uint64_t)added_us);
}

/* Splits at commas; empty pieces are nothing. */
static enum api_step read_list(struct api_call *call, const char *text, const char *const **ret,
                               size_t *ret_count)
{
        const char **list = arena_array(&call->arena, LIST_MAX, sizeof(*list));
        size_t count = 0;

        while (*text) {
                size_t len = strcspn(text, ",");

                if (count == LIST_MAX)
                        return api_refuse(call, 400, "More than %d values in one match.", LIST_MAX);
                if (len)
                        list[count++] = arena_strndup(&call->arena, text, len);
                text += len + (text[len] == ',');
        }
        *ret = list;
        *ret_count = count;
        return API_BODY;
}

static enum api_step read_ids(struct api_call *call, const char *text, struct api_query *q)
{
        return read_list(call, text, &q->query.ids, &q->query.id_count);
}

static enum api_step read_types(struct api_call *call, const char *text, struct api_query *q)
{
        return read_list(call, text, &q->query.types, &q->query.type_count);
}

static enum api_step read_specs(struct api_call *call, const char *text, struct api_query *q)
{
        return read_list(call, text, &q->query.specs, &q->query.spec_count);
}

static unsigned version_word(const char *word)
{
        if (strcmp(word, "first") == 0)
                return HUB_FIRST;
        if (strcmp(word, "last") == 0)
                return HUB_LAST;
        return strcmp(word, "all") == 0 ? HUB_ALL : 0;
}

static enum api_step read_versions(struct api_call *call, const char *text, struct api_query *q)
{
        const char *const *words;
        size_t count;
        int64_t *times;

        if (read_list(call, text, &words, &count) == API_REPLY)
                return API_REPLY;
        times = arena_array(&call->arena, count + 1, sizeof(*times));
        q->query.versions = 0;
        q->query.times_us = times;
        q->query.time_count = 0;
        for (size_t i = 0; i < count; i++) {
                unsigned known = version_word(words[i]);

                q->query.versions |= known;
                if (!known &&
                    taxii_date_read(words[i], &times[q->query.time_count++], NULL) != RC_OK)
                        return api_refuse(call, 400,
                                          "match[version] takes first, last, all and "
                                          "times.");
        }
        if (!count)
                q->query.versions = HUB_LAST;
        return API_BODY;
}

/* THE table of what a query may say. */
static const struct {
        const char *name;
        enum api_step (*read)(struct api_call *call, const char *text, struct api_query *q);
} parameters[] = {
        {"limit", read_limit},
        {"added_after", read_after},
        {TAXII_MUST_KNOW, read_must_know},
        {"next", read_next},
        {"match[id]", read_ids},
        {"match[type]", read_types},
        {"match[version]", read_versions},
        {"match[spec_version]", read_specs},
};

enum api_step api_read_query(struct api_call *call, struct api_query *ret)
{
        struct api_query q = {.limit = TAXII_PAGE_MAX,
                              .known_us = HUB_NO_TIME,
                              .query = {.collection = call->collection.key,
                                        .after_us = INT64_MIN,
                                        .versions = HUB_LAST}};

        for (size_t i = 0; i < call->request.arg_count; i++) {
                const struct hub_pair *arg = &call->request.args[i];

                for (size_t j = 0; j < ARRAY_LEN(parameters); j++)
                        if (strcmp(arg->name, parameters[j].name) == 0 &&
                            parameters[j].read(call, arg->value ? arg->value : "", &q) == API_REPLY)
                                return API_REPLY;
        }
        *ret = q;
        return API_BODY;
}
