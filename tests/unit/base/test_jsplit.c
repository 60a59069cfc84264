#include "base/jsplit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

/* A source that gives at most `step` bytes per read, and fails or stops where told. */
struct drip {
        const char *bytes;
        size_t len, at, step;
        size_t fail_at; /* 0 = never */
};

static ptrdiff_t drip_read(void *ctx, char *buf, size_t size)
{
        struct drip *d = ctx;
        size_t n = d->len - d->at;
        if (d->fail_at && d->at >= d->fail_at) {
                errno = EIO;
                return -1;
        }
        n = n < d->step ? n : d->step;
        n = n < size ? n : size;
        memcpy(buf, d->bytes + d->at, n);
        d->at += n;
        return (ptrdiff_t)n;
}

static bool drip_rewind(void *ctx)
{
        struct drip *d = ctx;
        d->at = 0;
        return true;
}

static struct jsplit_source drip_source(struct drip *d)
{
        return (struct jsplit_source){.read = drip_read, .rewind = drip_rewind, .ctx = d};
}

/* Both passes; the spans, each followed by "|", are added to out. */
static enum rc split(struct drip *d, struct jsplit_shape *shape, struct str *out, struct err *err)
{
        struct jsplit_source src = drip_source(d);
        CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
        enum rc rc = jsplit_scan(&src, shape, err);
        if (rc != RC_OK)
                return rc;
        rc = jsplit_open(&src, shape, &js, err);
        const char *bytes;
        size_t len;
        while (rc == RC_OK && (rc = jsplit_next(js, &bytes, &len, err)) == RC_OK) {
                str_addn(out, bytes, len);
                str_addc(out, '|');
        }
        return rc == RC_NOTFOUND ? RC_OK : rc;
}

static struct jsplit_shape expect_spans(const char *text, const char *want)
{
        struct drip d = {.bytes = text, .len = strlen(text), .step = 1u << 20};
        CLEANUP(str_finish) struct str got = {0};
        struct jsplit_shape shape = {0};
        struct err err = {0};
        str_init(&got, 100000);
        cr_assert_eq(split(&d, &shape, &got, &err), RC_OK, "%s: %s", text, err.text);
        cr_assert_str_eq(str_text(&got), want);
        return shape;
}

Test(jsplit, a_bundle_gives_its_objects_as_written)
{
        struct jsplit_shape s = expect_spans(
                "{\"type\": \"bundle\", \"id\": \"b\", \"objects\": [ {\"type\":\"incident\", "
                "\"a\" : [1, {}]} ,\n"
                "{ \"x\":\"]}\\\"\" }], \"more\": {\"objects\": 5, \"type\": \"no\"}}\n",
                "{\"type\":\"incident\", \"a\" : [1, {}]}|{ \"x\":\"]}\\\"\" }|");
        cr_assert_eq(s.form, JSPLIT_ENVELOPE);
        cr_assert_eq(s.objects, 2);
        cr_assert_str_eq(s.type, "bundle");
        cr_assert_str_eq(s.first_type, "incident");
        cr_assert_eq(s.key_count, 4);
        cr_assert_str_eq(s.keys[2], "objects");
        cr_assert_str_eq(s.keys[3], "more");
}

Test(jsplit, objects_may_come_before_the_type)
{
        struct jsplit_shape s =
                expect_spans("{\"objects\":[{}],\"more\":false,\"type\":\"bundle\"}", "{}|");
        cr_assert_str_eq(s.type, "bundle");
        cr_assert_str_eq(s.first_type, "");
}

Test(jsplit, a_list_gives_its_members_even_those_that_are_no_objects)
{
        struct jsplit_shape s =
                expect_spans("[{\"type\":\"a\"},-1.5e+3 ,\"t\", null,[{}],{\"type\":\"b\"}]",
                             "{\"type\":\"a\"}|-1.5e+3|\"t\"|null|[{}]|{\"type\":\"b\"}|");
        cr_assert_eq(s.form, JSPLIT_LIST);
        cr_assert_eq(s.objects, 6);
        cr_assert_str_eq(s.type, "");
        cr_assert_str_eq(s.first_type, "a");
        cr_assert_eq(s.key_count, 0);
}

Test(jsplit, only_the_first_member_gives_the_first_type)
{
        cr_assert_str_eq(expect_spans("[{\"a\":{\"type\":\"x\"}},{\"type\":\"y\"}]",
                                      "{\"a\":{\"type\":\"x\"}}|{\"type\":\"y\"}|")
                                 .first_type,
                         "");
        cr_assert_str_eq(expect_spans("[1,{\"type\":\"y\"}]", "1|{\"type\":\"y\"}|").first_type,
                         "");
        cr_assert_str_eq(expect_spans("[{\"type\":7}]", "{\"type\":7}|").first_type, "");
}

Test(jsplit, one_object_is_its_own_span)
{
        struct jsplit_shape s = expect_spans(" {\"type\":\"playbook\",\"o\":{\"type\":\"x\"}} ",
                                             "{\"type\":\"playbook\",\"o\":{\"type\":\"x\"}}|");
        cr_assert_eq(s.form, JSPLIT_OBJECT);
        cr_assert_str_eq(s.first_type, "playbook");
        cr_assert_eq(expect_spans("{}", "{}|").form, JSPLIT_OBJECT);
}

Test(jsplit, an_envelope_may_be_empty)
{
        cr_assert_eq(expect_spans("{\"objects\":[]}", "").form, JSPLIT_ENVELOPE);
        cr_assert_eq(expect_spans("{\"objects\": null}", "").form, JSPLIT_ENVELOPE);
        cr_assert_eq(expect_spans("[]", "").form, JSPLIT_LIST);
}

Test(jsplit, passes_over_a_byte_order_mark)
{
        struct jsplit_shape s = expect_spans("\xEF\xBB\xBF[{}]", "{}|");
        cr_assert_eq(s.bytes, 7);
}

Test(jsplit, long_names_and_types_are_cut_between_characters)
{
        struct jsplit_shape s =
                expect_spans("{\"abcdefghijklmnopqrstuvwxyz1234\xC3\xBC\":1,\"type\":\"t\"}",
                             "{\"abcdefghijklmnopqrstuvwxyz1234\xC3\xBC\":1,\"type\":\"t\"}|");
        cr_assert_str_eq(s.keys[0], "abcdefghijklmnopqrstuvwxyz1234");
}

static const char everything[] =
        "{\"type\":\"bun\\u0064le\",\"k\\n\":[[],{},[[1]],\"\"],\"objects\":[\n"
        "{\"type\":\"x\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\",\"n\":[0,-0.5,1e9,12E-3,-1.25e+07],"
        "\"s\":\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 and some more text\"},\r\n"
        "\ttrue , false,null, 17 ,\"\xED\x9F\xBF\xEE\x80\x80\",{\"a\":{\"b\":{\"c\":[{}]}}} ]} ";

Test(jsplit, does_not_depend_on_where_windows_end)
{
        CLEANUP(str_finish) struct str whole = {0};
        struct jsplit_shape first = {0};
        struct drip d = {.bytes = everything, .len = sizeof(everything) - 1, .step = 1u << 20};
        str_init(&whole, 100000);
        cr_assert_eq(split(&d, &first, &whole, NULL), RC_OK);
        for (size_t step = 1; step < sizeof(everything); step++) {
                CLEANUP(str_finish) struct str got = {0};
                struct jsplit_shape shape = {0};
                struct err err = {0};
                str_init(&got, 100000);
                d.step = step;
                cr_assert_eq(split(&d, &shape, &got, &err), RC_OK, "%zu: %s", step, err.text);
                cr_assert_str_eq(str_text(&got), str_text(&whole));
                cr_assert_eq(memcmp(&shape, &first, sizeof(shape)), 0);
        }
        cr_assert_eq(first.objects, 7);
}

Test(jsplit, refuses_every_beginning_of_a_document)
{
        for (size_t len = 0; len + 2 < sizeof(everything); len++) { /* the last byte is a blank */
                struct drip d = {.bytes = everything, .len = len, .step = 7};
                struct jsplit_source src = drip_source(&d);
                struct jsplit_shape shape;
                cr_assert_eq(jsplit_scan(&src, &shape, NULL), RC_INVALID, "%zu", len);
        }
}

static void expect_refused(const char *bytes, size_t len, const char *sentence)
{
        struct jsplit_memory m = {.bytes = bytes, .len = len};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct jsplit_shape shape = {.objects = 77};
        struct err err = {0};
        cr_assert_eq(jsplit_scan(&src, &shape, &err), RC_INVALID, "%s", bytes);
        cr_assert_str_eq(err.text, sentence, "%s: %s", bytes, err.text);
        cr_assert_eq(shape.objects, 77);
}

Test(jsplit, says_what_is_wrong_and_where)
{
        static const struct {
                const char *text, *sentence;
        } rows[] = {
                {"", "line 1, byte 1: the file is empty"},
                {" \n ", "line 2, byte 4: the file is empty"},
                {"\"text\"", "line 1, byte 1: a document begins with \"{\" or \"[\""},
                {"17", "line 1, byte 1: a document begins with \"{\" or \"[\""},
                {"[1]\n{}", "line 2, byte 5: there is more behind the end of the document"},
                {"[1,]", "line 1, byte 4: a value is expected here"},
                {"{\"a\":1,}", "line 1, byte 8: a name in quotes is expected here"},
                {"{\"a\" 1}", "line 1, byte 6: a colon is expected here"},
                {"{a:1}", "line 1, byte 2: a name in quotes is expected here"},
                {"[1 2]", "line 1, byte 4: a comma or \"]\" is expected here"},
                {"[1}", "line 1, byte 3: a comma or \"]\" is expected here"},
                {"{\"a\":1]", "line 1, byte 7: a comma or \"}\" is expected here"},
                {"[\n\"abc", "line 2, byte 3: a string is not closed"},
                {"[\"abc\n\"]", "line 1, byte 2: a string is not closed"},
                {"[\"a\tb\"]", "line 1, byte 4: a control byte in a string is not escaped"},
                {"[\"\\x\"]", "line 1, byte 4: an escape in a string is wrong"},
                {"[\"\\u12g4\"]", "line 1, byte 7: an escape in a string is wrong"},
                {"[\"\xC3(\"]", "line 1, byte 4: a byte is not UTF-8"},
                {"[\"\xC0\xAF\"]", "line 1, byte 3: a byte is not UTF-8"},
                {"[\"\xE0\x9F\xBF\"]", "line 1, byte 4: a byte is not UTF-8"},
                {"[\"\xED\xA0\x80\"]", "line 1, byte 4: a byte is not UTF-8"},
                {"[\"\xF4\x90\x80\x80\"]", "line 1, byte 4: a byte is not UTF-8"},
                {"[\"\xF5\x80\x80\x80\"]", "line 1, byte 3: a byte is not UTF-8"},
                {"[01]", "line 1, byte 2: a number is malformed"},
                {"[1.]", "line 1, byte 2: a number is malformed"},
                {"[-]", "line 1, byte 2: a number is malformed"},
                {"[1e]", "line 1, byte 2: a number is malformed"},
                {"[1e+]", "line 1, byte 2: a number is malformed"},
                {"[1.5.2]", "line 1, byte 2: a number is malformed"},
                {"[+1]", "line 1, byte 2: a value is expected here"},
                {"[.5]", "line 1, byte 2: a value is expected here"},
                {"[NaN]", "line 1, byte 2: a value is expected here"},
                {"[nul]", "line 1, byte 2: a value is expected here"},
                {"[truee]", "line 1, byte 6: a comma or \"]\" is expected here"},
                {"[1", "line 1, byte 3: the file ends while a list or an object is open"},
                {"{\"objects\":{}}", "line 1, byte 12: \"objects\" is not a list"},
                {"{\"objects\":[],\"objects\":[]}", "line 1, byte 15: \"objects\" is there twice"},
        };
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                expect_refused(rows[i].text, strlen(rows[i].text), rows[i].sentence);
}

Test(jsplit, refuses_nul_bytes_anywhere)
{
        expect_refused("[\"a\0b\"]", 7,
                       "line 1, byte 4: a control byte in a string is not escaped");
        expect_refused("[1,\0]", 5, "line 1, byte 4: a value is expected here");
        expect_refused("[1]\n\0", 5,
                       "line 2, byte 5: there is more behind the end of the document");
}

Test(jsplit, knows_utf16)
{
        static const char sentence[] = "the file is not UTF-8 but UTF-16 or UTF-32";
        expect_refused("\xFF\xFE[\0]\0", 6, sentence);
        expect_refused("\xFE\xFF\0[\0]", 6, sentence);
        expect_refused("[\0]\0", 4, sentence);
        expect_refused("\0[\0]", 4, sentence);
}

Test(jsplit, nests_only_so_deep)
{
        char text[2 * JSPLIT_DEPTH_MAX + 10];
        struct jsplit_memory m = {.bytes = text, .len = 2 * JSPLIT_DEPTH_MAX};
        struct jsplit_source src = jsplit_from_memory(&m);
        struct jsplit_shape shape;
        memset(text, '[', JSPLIT_DEPTH_MAX);
        memset(text + JSPLIT_DEPTH_MAX, ']', JSPLIT_DEPTH_MAX);
        cr_assert_eq(jsplit_scan(&src, &shape, NULL), RC_OK);
        memset(text, '[', JSPLIT_DEPTH_MAX + 1);
        expect_refused(text, JSPLIT_DEPTH_MAX + 1,
                       "line 1, byte 257: the file nests deeper than 256 levels");
}

/* [{"a":"xxx..."}], the object of `size` bytes; with `bare`, without the list. */
static char *big_object(size_t size, bool bare, size_t *ret_len)
{
        char *text = xmalloc(size + 3);
        memset(text, 'x', size + 2);
        memcpy(text, "[{\"a\":\"", 7);
        memcpy(text + size - 1, "\"}]", 4);
        *ret_len = bare ? size : size + 2;
        if (bare)
                memmove(text, text + 1, size);
        return text;
}

Test(jsplit, an_object_has_a_largest_size)
{
        size_t len;
        AUTO_FREE char *fits = big_object(JSPLIT_OBJECT_MAX, false, &len);
        struct drip d = {.bytes = fits, .len = len, .step = 1u << 20};
        CLEANUP(str_finish) struct str got = {0};
        struct jsplit_shape shape;
        str_init(&got, 2 * JSPLIT_OBJECT_MAX);
        cr_assert_eq(split(&d, &shape, &got, NULL), RC_OK);
        cr_assert_eq(got.len, JSPLIT_OBJECT_MAX + 1);
        cr_assert_eq(memcmp(got.s, fits + 1, JSPLIT_OBJECT_MAX), 0);
        AUTO_FREE char *over = big_object(JSPLIT_OBJECT_MAX + 1, false, &len);
        expect_refused(over, len, "line 1, byte 2: an object is larger than 16 MiB");
        AUTO_FREE char *bare = big_object(JSPLIT_OBJECT_MAX + 1, true, &len);
        expect_refused(bare, len, "the object is larger than 16 MiB");
}

Test(jsplit, a_failing_disk_is_not_a_refusal)
{
        struct drip d = {
                .bytes = everything, .len = sizeof(everything) - 1, .step = 50, .fail_at = 100};
        struct jsplit_source src = drip_source(&d);
        struct jsplit_shape shape;
        struct err err = {0};
        cr_assert_eq(jsplit_scan(&src, &shape, &err), RC_FAIL);
        cr_assert_str_eq(err.text, "the file can't be read: Input/output error");
}

Test(jsplit, notices_a_file_that_changes_between_the_passes)
{
        static const char before[] = "[{},{}]";
        static const char *const after[] = {"[{}]", "[{},{},{}]", "[{},{]"};
        for (size_t i = 0; i < ARRAY_LEN(after); i++) {
                struct drip d = {.bytes = before, .len = sizeof(before) - 1, .step = 100};
                struct jsplit_source src = drip_source(&d);
                struct jsplit_shape shape;
                CLEANUP(jsplit_cleanup) struct jsplit *js = NULL;
                cr_assert_eq(jsplit_scan(&src, &shape, NULL), RC_OK);
                d.bytes = after[i];
                d.len = strlen(after[i]);
                cr_assert_eq(jsplit_open(&src, &shape, &js, NULL), RC_OK);
                const char *bytes;
                size_t len;
                enum rc rc;
                while ((rc = jsplit_next(js, &bytes, &len, NULL)) == RC_OK)
                        ;
                cr_assert_eq(rc, RC_INVALID, "%s", after[i]);
        }
}

Test(jsplit, reads_files_and_says_where_it_cannot_seek)
{
        char path[] = "jsplit-XXXXXX";
        int fd = mkstemp(path), ends[2];
        struct jsplit_source src = jsplit_from_fd(&fd);
        struct jsplit_shape shape;
        cr_assert_geq(fd, 0);
        unlink(path);
        cr_assert_eq(write(fd, everything, sizeof(everything) - 1), sizeof(everything) - 1);
        cr_assert_eq(jsplit_scan(&src, &shape, NULL), RC_OK);
        cr_assert_eq(shape.objects, 7);
        close(fd);
        cr_assert_eq(pipe(ends), 0);
        fd = ends[0];
        cr_assert_eq(jsplit_scan(&src, &shape, NULL), RC_FAIL);
        close(ends[0]);
        close(ends[1]);
}

static uint32_t next_random(uint32_t *state)
{
        *state = *state * 1664525u + 1013904223u;
        return *state >> 8;
}

/* jansson refuses for reasons that are no business of pass 1. */
static bool is_jansson_only(const char *sentence)
{
        return strstr(sentence, "overflow") || strstr(sentence, "Unicode") ||
               strstr(sentence, "\\u0000") || strstr(sentence, "NUL");
}

Test(jsplit, accepts_and_refuses_what_jansson_does)
{
        static const char alphabet[] = "{}[]\",:\\ \n01-+.eEtruefalsn/\xC3\xA9\x80\xED\xF0\x01u";
        static const char seed[] =
                "{\"a\":[1,-2.5e3,{\"b\":\"x\\n\xC3\xA9\\u00e9\"}],\"c\":{\"d\":[true,"
                "null,false,[],{}]},\"e\":\"\xE2\x82\xAC\xF0\x9F\x98\x80\"}";
        uint32_t state = 7;
        int accepted = 0;
        for (int i = 0; i < 40000; i++) {
                char text[sizeof(seed)];
                memcpy(text, seed, sizeof(seed));
                for (uint32_t n = next_random(&state) % 3 + 1; n; n--)
                        text[1 + next_random(&state) % (sizeof(seed) - 3)] =
                                alphabet[next_random(&state) % (sizeof(alphabet) - 1)];
                struct jsplit_memory m = {.bytes = text, .len = sizeof(seed) - 1};
                struct jsplit_source src = jsplit_from_memory(&m);
                CLEANUP(json_cleanup) struct json_t *j = NULL;
                struct jsplit_shape shape;
                struct err ours = {0}, theirs = {0};
                enum rc rc = jsplit_scan(&src, &shape, &ours);
                enum rc judge = json_parse(text, sizeof(seed) - 1, &j, &theirs);
                accepted += rc == RC_OK;
                cr_assert(rc == judge || is_jansson_only(theirs.text), "%s: \"%s\", but \"%s\"",
                          text, ours.text, theirs.text);
        }
        cr_assert(accepted > 1000 && accepted < 39000, "%d", accepted);
}
