/*
 * Raw: every version held, and the newest one's text as it came, made harmless for the terminal.
 */
#include "ui/detail_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypt.h"
#include "base/json.h"
#include "base/str.h"
#include "base/text.h"
#include "store/versions.h"

#define RAW_SHOWN_MAX (256 * 1024)

static void add_versions(const struct detail_data *data, struct str *out)
{
        char hex[HASH_TEXT], stamp[STAMP_BYTES], got[STAMP_BYTES];
        size_t count = data->view.version_count;
        if (!count)
                return;
        str_addf(out, "%zu version%s held, oldest first\n", count, count == 1 ? "" : "s");
        for (size_t i = 0; i < count; i++) {
                const struct version *v = &data->view.versions[i];
                crypt_hex(v->sha, HASH_BYTES, hex);
                hex[12] = '\0';
                snprintf(stamp, sizeof(stamp), "undated");
                if (v->modified_ns != CLOCK_NONE)
                        stamp_format(v->modified_ns / 1000000, stamp);
                stamp_format_s(v->received_ms, got);
                str_addf(out, "%-24s  sha256 %s  %zu bytes  received %s%s\n", stamp, hex, v->len,
                         got, v->is_own ? "  ours" : "");
        }
        str_add(out, "\n");
}

/* Indented where it can be read as JSON, else as it is. */
static char *readable(const char *bytes, size_t len)
{
        struct json_t *j = NULL;
        struct str out;
        str_init(&out, RAW_SHOWN_MAX);
        if (len <= RAW_SHOWN_MAX && json_parse(bytes, len, &j, NULL) == RC_OK)
                json_print(j, 2, &out);
        else
                str_addn(&out, bytes, len);
        json_free(j);
        AUTO_FREE char *text = str_take(&out);
        return text_clean(text, strlen(text), true);
}

static void add_object(const struct detail_data *data, struct str *out)
{
        const struct ops_view *v = &data->view;
        if (!v->raw) {
                str_add(out, "This thing was made here and has not been published yet; its acts "
                             "are in the "
                             "timeline.\n");
                return;
        }
        AUTO_FREE char *text = readable(v->raw, v->raw_len);
        str_add(out, text);
}

static void count_line(void *ctx, const char *line, size_t len)
{
        (void)line, (void)len;
        (*(int *)ctx)++;
}

struct detail_extent detail_draw_raw(const struct detail_draw *d, struct canvas *c, struct rect r)
{
        CLEANUP(str_finish) struct str text = {0};
        int rows = 0;
        str_init(&text, 2 * RAW_SHOWN_MAX);
        add_versions(d->data, &text);
        for (size_t i = 0; i < d->data->view.relation_count; i++) {
                const struct relation *rel = &d->data->view.relations[i];
                str_addf(&text, "%s  %s  %s\n", rel->source, rel->type, rel->target);
        }
        add_object(d->data, &text);
        text_wrap(str_text(&text), (size_t)r.w, count_line, &rows);
        canvas_wrap(c, r, d->scroll, (struct look){.ink = ROLE_TEXT}, str_text(&text));
        return (struct detail_extent){.rows = rows, .window = r.h};
}
