/*
 * The tokens that begin as a word of a filter does.
 *
 * FTS5 gives the rows of a whole token, and of a beginning that it has an index for, one by one.
 * For another beginning it first collects the rows of all tokens that begin so, and nothing stops
 * it meanwhile: with a million rows that takes from 50 to 900 ms. So such a beginning is asked for
 * by its pieces: the tokens, or for a letter the beginnings of two, that there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define PIECES_MAX      48 /* more of them: FTS5 collects them */
#define TOKEN_BYTES_MAX 256

/* A table of all tokens, of this connection. */
static enum rc vocabulary(struct store *s, struct table *t, struct err *err)
{
        char sql[256];
        enum rc rc;

        if (t->has_vocabulary)
                return RC_OK;
        snprintf(sql, sizeof(sql),
                 "CREATE VIRTUAL TABLE IF NOT EXISTS temp.%s_token"
                 " USING fts5vocab('main', '%s_fts', 'instance')",
                 t->name, t->name);
        if (s->readonly)
                sqlite3_exec(s->db, "PRAGMA query_only=OFF", NULL, NULL, NULL);
        rc = sql_exec(s, sql, err);
        if (s->readonly)
                sqlite3_exec(s->db, "PRAGMA query_only=ON", NULL, NULL, NULL);
        t->has_vocabulary = rc == RC_OK;
        return rc;
}

/* The first token from `from` on, if it begins with the stem; RC_NOTFOUND. RC_CONFLICT: it is too
 * long. Behind a token that many rows have this reads past all of them. */
static enum rc next_token(struct store *s, const struct table *t, const char *stem,
                          const char *from, char token[TOKEN_BYTES_MAX], struct err *err)
{
        char sql[128];
        sqlite3_stmt *stmt = NULL;
        const char *text;
        enum rc rc;

        snprintf(sql, sizeof(sql), "SELECT term FROM temp.%s_token WHERE term >= ?1 LIMIT 1",
                 t->name);
        rc = sql_first(s, &stmt, err, sql, "t", from);
        if (rc != RC_OK)
                return rc;
        text = (const char *)sqlite3_column_text(stmt, 0);
        if (!text || strncmp(text, stem, strlen(stem)) != 0)
                rc = RC_NOTFOUND;
        else if (strlen(text) >= TOKEN_BYTES_MAX)
                rc = RC_CONFLICT;
        else
                snprintf(token, TOKEN_BYTES_MAX, "%s", text);
        sqlite3_reset(stmt);
        return rc;
}

/* ---- those found last -------------------------------------------------------------------------
 */

#define STEMS_MAX 8 /* a filter has few words that go on growing */

/* Of a table: as long as nothing is written they hold for every longer stem too. */
struct known_stem {
        char *stem, *pieces; /* NULL: none */
        size_t count;
        int64_t version, changes;
};
struct known_pieces {
        struct known_stem stems[STEMS_MAX]; /* a ring */
        size_t next;
};

static void forget_stem(struct known_stem *k)
{
        free(k->stem);
        free(k->pieces);
        *k = (struct known_stem){0};
}

void tokens_forget(struct table *t)
{
        for (size_t i = 0; t->pieces && i < STEMS_MAX; i++)
                forget_stem(&t->pieces->stems[i]);
        free(TAKE(t->pieces));
}

static void remember(struct store *s, struct table *t, const struct plan_word *w, const char *stem)
{
        struct known_stem *k;

        if (!t->pieces)
                t->pieces = xcalloc(1, sizeof(*t->pieces));
        k = &t->pieces->stems[t->pieces->next++ % STEMS_MAX];
        forget_stem(k);
        *k = (struct known_stem){.stem = xstrdup(stem),
                                 .pieces = xmalloc(w->pieces.len + 1),
                                 .count = w->piece_count,
                                 .version = store_data_version(s),
                                 .changes = sqlite3_total_changes64(s->db)};
        memcpy(k->pieces, str_text(&w->pieces), w->pieces.len + 1);
}

static void add_piece(struct plan_word *w, const char *piece)
{
        str_addn(&w->pieces, piece, strlen(piece) + 1);
        w->piece_count++;
}

static bool is_begun_by(struct store *s, const struct known_stem *k, const char *stem)
{
        size_t len = k->stem ? strlen(k->stem) : 0;

        return len && strncmp(stem, k->stem, len) == 0 &&
               (!stem[len] || word_characters(k->stem) >= FTS_PREFIX_LEAST) &&
               k->version == store_data_version(s) && k->changes == sqlite3_total_changes64(s->db);
}

static bool take_known(struct store *s, const struct table *t, struct plan_word *w,
                       const char *stem)
{
        const struct known_stem *k = NULL;
        const char *piece;

        for (size_t i = 0; t->pieces && i < STEMS_MAX && !k; i++)
                if (is_begun_by(s, &t->pieces->stems[i], stem))
                        k = &t->pieces->stems[i];
        piece = k ? k->pieces : NULL;
        for (size_t i = 0; k && i < k->count; i++, piece += strlen(piece) + 1)
                if (strncmp(piece, stem, strlen(stem)) == 0)
                        add_piece(w, piece);
        return k != NULL;
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* The first characters of a token: a beginning that there is an index for. */
static void cut(char *token, size_t count)
{
        char *p = token;

        while (*p && count) {
                p++;
                count -= ((unsigned char)*p & 0xc0) != 0x80;
        }
        *p = '\0';
}

/* One piece more; RC_NOTFOUND: there is none. */
static enum rc find_piece(struct store *s, const struct table *t, struct plan_word *w,
                          const char *stem, struct err *err)
{
        bool is_letter = word_characters(stem) < FTS_PREFIX_LEAST;
        char token[TOKEN_BYTES_MAX];
        enum rc rc = next_token(s, t, stem, w->next, token, err);

        if (rc != RC_OK)
                return rc;
        if (is_letter)
                cut(token, FTS_PREFIX_LEAST);
        add_piece(w, token);
        free(w->next);
        w->next = xasprintf("%s%s", token, is_letter ? "\xf4\x8f\xbf\xbf" : "\x01");
        return RC_OK;
}

static enum rc find_all(struct store *s, struct table *t, struct plan_word *w, const char *stem,
                        struct err *err)
{
        enum rc rc = vocabulary(s, t, err);

        if (!w->next)
                w->next = xasprintf("%s%s", stem,
                                    word_characters(stem) < FTS_PREFIX_LEAST ? "\x01" : "");
        while (rc == RC_OK && w->piece_count <= PIECES_MAX) {
                rc = find_piece(s, t, w, stem, err);
                if (rc == RC_OK && store_is_interrupted(s))
                        return RC_BUSY;
        }
        if (rc == RC_NOTFOUND)
                remember(s, t, w, stem);
        w->pieces_tell = rc == RC_NOTFOUND;
        return rc == RC_NOTFOUND || rc == RC_CONFLICT ? RC_OK : rc;
}

enum rc word_find_pieces(struct store *s, struct table *t, struct plan_word *w, struct err *err)
{
        const char *stem = w->token_count ? words_last_token(w) : "";
        size_t length = word_characters(stem);
        enum rc rc = RC_OK;

        if (w->has_pieces || w->exact || !length ||
            (length >= FTS_PREFIX_LEAST && length <= FTS_PREFIX_MOST))
                return RC_OK;
        if (!w->next) {
                str_init(&w->pieces, MATCH_BYTES_MAX);
                w->pieces_tell = take_known(s, t, w, stem);
        }
        if (!w->pieces_tell)
                rc = find_all(s, t, w, stem, err);
        w->has_pieces = rc == RC_OK;
        return rc;
}
