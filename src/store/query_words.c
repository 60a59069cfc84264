/*
 * Words of a filter: as a question to the index of words, and found in a row's own text by the
 * index's tokenizer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define PIECES_MAX 48 /* more tokens that begin so: FTS5 collects them */
#define TOKENS_MAX 32

/* ---- the tokenizer --------------------------------------------------------------------------- */

struct tokenizer {
        fts5_tokenizer call;
        Fts5Tokenizer *own;
};

void words_close(struct store *s)
{
        if (s->tokenizer)
                s->tokenizer->call.xDelete(s->tokenizer->own);
        free(TAKE(s->tokenizer));
}

static fts5_api *fts5_of(struct store *s)
{
        fts5_api *api = NULL;
        sqlite3_stmt *stmt = NULL;

        if (sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK)
                return NULL;
        sqlite3_bind_pointer(stmt, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(stmt);
        sqlite3_finalize(stmt);
        return api;
}

static enum rc words_open(struct store *s, struct err *err)
{
        const char *options[] = {TOKENIZER_OPTIONS};
        fts5_api *api = s->tokenizer ? NULL : fts5_of(s);
        struct tokenizer t = {0};
        void *ctx = NULL;

        if (s->tokenizer)
                return RC_OK;
        if (!api || api->xFindTokenizer(api, TOKENIZER, &ctx, &t.call) != SQLITE_OK ||
            t.call.xCreate(ctx, options, (int)ARRAY_LEN(options), &t.own) != SQLITE_OK)
                return err_set(err, RC_FAIL, "the words of %s can't be read", s->path);
        s->tokenizer = xmalloc(sizeof(t));
        *s->tokenizer = t;
        return RC_OK;
}

/* ---- what is asked for ----------------------------------------------------------------------- */

struct reading {
        struct str out;
        size_t count;
};

static int take_token(void *ctx, int flags, const char *token, int len, int from, int to)
{
        struct reading *r = ctx;

        (void)flags, (void)from, (void)to;
        str_addn(&r->out, token, (size_t)len);
        str_addc(&r->out, '\0');
        r->count++;
        return SQLITE_OK;
}

static enum rc read_word(struct store *s, struct plan_word *w, struct err *err)
{
        struct reading r = {0};
        int flags = FTS5_TOKENIZE_QUERY | (w->exact ? 0 : FTS5_TOKENIZE_PREFIX);
        int code;

        str_init(&r.out, MATCH_BYTES_MAX);
        code = s->tokenizer->call.xTokenize(s->tokenizer->own, &r, flags, w->text,
                                            (int)strlen(w->text), take_token);
        if (code == SQLITE_OK && !r.out.over && r.count <= TOKENS_MAX) {
                w->token_count = r.count;
                w->tokens = str_take(&r.out);
        }
        str_finish(&r.out);
        return code == SQLITE_OK ? RC_OK : sql_fail(s, err);
}

enum rc words_read(struct store *s, struct plan_word *words, size_t count, struct err *err)
{
        enum rc rc = count ? words_open(s, err) : RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                if (!words[i].tokens)
                        rc = read_word(s, &words[i], err);
        return rc;
}

const char *words_last_token(const struct plan_word *w)
{
        const char *token = w->tokens;

        for (size_t i = 1; i < w->token_count; i++)
                token += strlen(token) + 1;
        return token;
}

size_t word_characters(const char *text)
{
        size_t n = 0;

        for (; *text; text++)
                n += ((unsigned char)*text & 0xc0) != 0x80;
        return n;
}

bool word_is_long_to_find(const struct plan_word *w)
{
        return !w->exact && w->token_count &&
               word_characters(words_last_token(w)) < FTS_PREFIX_LEAST;
}

/* ---- as a question to the index -------------------------------------------------------------- */

/* "e" + "mail" *; tokens are letters and digits, so that nothing in them is syntax. */
static void put_phrase(const struct plan_word *w, const char *last, bool begins, struct str *out)
{
        const char *token = w->tokens;

        for (size_t i = 1; i < w->token_count; i++, token += strlen(token) + 1)
                str_addf(out, "\"%s\" + ", token);
        str_addf(out, "\"%s\"%s", last, begins ? " *" : "");
}

/* The last token as it is, and all that there is that goes on from it. */
static void put_beginning(const struct plan_word *w, struct str *out)
{
        const char *stem = words_last_token(w), *piece = str_text(&w->pieces);
        bool is_letter = word_characters(stem) < FTS_PREFIX_LEAST;

        put_phrase(w, stem, !w->pieces_tell, out);
        for (size_t i = 0; w->pieces_tell && i < w->piece_count; i++, piece += strlen(piece) + 1) {
                str_add(out, " OR ");
                put_phrase(w, piece, is_letter, out);
        }
}

/* What no token can be read of is asked as it was typed; quotes are doubled, so that nothing in it
 * is syntax. */
static void put_raw(const struct plan_word *w, struct str *out)
{
        str_addc(out, '"');
        for (const char *p = w->text; *p; p++)
                str_addn(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
        str_add(out, w->exact ? "\"" : "\" *");
}

static void put_word(const struct table *t, const struct plan_word *w, struct str *out)
{
        char column[COLUMN_NAME];

        if (w->field >= 0) {
                column_of(t->kind, w->field, column);
                str_addf(out, "%s : ", column);
        }
        str_addc(out, '(');
        if (!w->token_count)
                put_raw(w, out);
        else if (w->exact)
                put_phrase(w, words_last_token(w), false, out);
        else
                put_beginning(w, out);
        str_addc(out, ')');
}

enum rc words_write_match(struct store *s, struct table *t, struct plan_word *words, size_t count,
                          struct str *out, struct err *err)
{
        enum rc rc = RC_OK;

        for (size_t i = 0; rc == RC_OK && i < count; i++)
                rc = word_find_pieces(s, t, &words[i], err);
        for (size_t i = 0; rc == RC_OK && i < count; i++) {
                str_add(out, i ? " AND " : "");
                put_word(t, &words[i], out);
        }
        if (rc == RC_OK && out->over)
                rc = err_set(err, RC_INVALID, "too many words");
        return rc;
}

/* ---- in a row's own text --------------------------------------------------------------------- */

struct looking {
        const struct plan_word *words;
        size_t count, left; /* words not found yet */
        int field;          /* whose text is read */
        struct words_seen *seen;
};

static bool is_token(const struct plan_word *w, const char *want, bool last, const char *token,
                     size_t len)
{
        size_t n = strlen(want);

        return memcmp(want, token, n < len ? n : len) == 0 &&
               (n == len || (n < len && last && !w->exact));
}

static uint32_t go_on(const struct plan_word *w, uint32_t begun, const char *token, size_t len)
{
        const char *want = w->tokens;
        uint32_t now = 0;

        for (size_t i = 0; i < w->token_count; i++, want += strlen(want) + 1)
                if ((i == 0 || begun >> (i - 1) & 1) &&
                    is_token(w, want, i + 1 == w->token_count, token, len))
                        now |= 1u << i;
        return now;
}

static int look_at_token(void *ctx, int flags, const char *token, int len, int from, int to)
{
        struct looking *l = ctx;

        (void)flags, (void)from, (void)to;
        for (size_t i = 0; i < l->count; i++) {
                const struct plan_word *w = &l->words[i];

                if (l->seen->has[i] || (w->field >= 0 && w->field != l->field) || !w->token_count)
                        continue;
                l->seen->begun[i] = go_on(w, l->seen->begun[i], token, (size_t)len);
                l->seen->has[i] = l->seen->begun[i] >> (w->token_count - 1) & 1;
                l->left -= l->seen->has[i];
        }
        return l->left ? SQLITE_OK : SQLITE_DONE;
}

void words_look(struct store *s, const struct table *t, const struct plan_word *words, size_t count,
                const struct fts_text *text, struct words_seen *ret)
{
        struct looking l = {.words = words, .count = count, .left = count, .seen = ret};

        memset(ret->has, 0, sizeof(ret->has));
        for (int i = 0; i < t->searched_count && l.left; i++) {
                if (!text->text[i])
                        continue;
                l.field = t->searched[i];
                memset(ret->begun, 0, sizeof(ret->begun));
                s->tokenizer->call.xTokenize(s->tokenizer->own, &l, FTS5_TOKENIZE_DOCUMENT,
                                             text->text[i], (int)strlen(text->text[i]),
                                             look_at_token);
        }
}
