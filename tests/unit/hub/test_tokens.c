/* Who gets in with a token, and that the database does not help who stole it. */
#include "hub/tokens.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "hub_file.h"

static struct hub_collection collection;
static char token[TOKEN_TEXT];

static void setup(void)
{
        struct hub_right right;
        struct hub_token t = {.name = "duty", .rights = &right, .right_count = 1};

        hub_file_open();
        collection = hub_file_collection();
        right = (struct hub_right){.collection = collection.key, .may_write = true};
        token_make(&t, token, &hub_file_arena);
        cr_assert_eq(hub_file->ops->token_add(hub_file, &t, NULL), RC_OK);
}

TestSuite(tokens, .init = setup, .fini = hub_file_close);

static enum rc recognise(const char *authorization, const char *certificate, struct hub_token *ret)
{
        return token_recognise(hub_file, authorization, certificate, &hub_file_arena, ret, NULL);
}

static const char *bearer(const char *text)
{
        return arena_printf(&hub_file_arena, "Bearer %s", text);
}

Test(tokens, known_by_what_was_printed)
{
        struct hub_token t;

        cr_assert_eq(recognise(bearer(token), NULL, &t), RC_OK);
        cr_assert_str_eq(t.name, "duty");
        cr_assert(token_right(&t, collection.key)->may_write);
        cr_assert_null(token_right(&t, collection.key + 1));
        cr_assert_eq(recognise(arena_printf(&hub_file_arena, "bearer   %s", token), NULL, &t),
                     RC_OK);
}

Test(tokens, every_digit_counts)
{
        for (size_t i = 0; i < strlen(token); i++) {
                struct hub_token t;
                char *other = arena_strdup(&hub_file_arena, token);

                other[i] = other[i] == '0' ? '1' : '0';
                cr_assert_eq(recognise(bearer(other), NULL, &t), RC_DENIED, "digit %zu", i);
        }
}

Test(tokens, two_are_never_the_same)
{
        struct hub_token t = {.name = "x"};
        char other[TOKEN_TEXT];

        token_make(&t, other, &hub_file_arena);
        cr_assert_str_neq(token, other);
        cr_assert_eq(strlen(other), TOKEN_TEXT - 1);
}

Test(tokens, a_verified_certificate_names_one)
{
        struct hub_token t;

        cr_assert_eq(recognise(NULL, "duty", &t), RC_OK);
        cr_assert_eq(recognise(NULL, "Duty", &t), RC_DENIED);
        cr_assert_eq(recognise(NULL, NULL, &t), RC_DENIED);
        cr_assert_eq(recognise("Digest x", "duty", &t), RC_DENIED);
}

Test(tokens, revoked_and_given_again)
{
        struct hub_token t, again = {.name = "duty"};

        cr_assert_eq(hub_file->ops->token_add(hub_file, &again, NULL), RC_FAIL); /* no label */
        again.label = "l";
        cr_assert_eq(hub_file->ops->token_add(hub_file, &again, NULL), RC_CONFLICT);
        cr_assert_eq(hub_file->ops->token_revoke(hub_file, "duty", NULL), RC_OK);
        cr_assert_eq(recognise(bearer(token), NULL, &t), RC_DENIED);
        cr_assert_eq(recognise(NULL, "duty", &t), RC_DENIED);
        cr_assert_eq(hub_file->ops->token_revoke(hub_file, "duty", NULL), RC_NOTFOUND);
        cr_assert_eq(hub_file->ops->token_add(hub_file, &again, NULL), RC_OK);
        cr_assert_eq(recognise(bearer(token), NULL, &t), RC_DENIED);
}

Test(tokens, the_file_does_not_hold_them)
{
        char piece[4096 + TOKEN_TEXT];
        FILE *f;

        if (hub_file_is_postgres)
                return;
        hub_file_close_only();
        f = fopen(hub_file_path, "rb");
        cr_assert_not_null(f);
        while (fread(piece, 1, 4096, f) > 0)
                cr_assert_null(memmem(piece, 4096, token + 17, 48));
        fclose(f);
}

Test(tokens, names)
{
        cr_assert(token_is_name("csirt-ee.duty_1@example.org"));
        cr_assert_not(token_is_name(""));
        cr_assert_not(token_is_name("a b"));
        cr_assert_not(token_is_name("a:b"));
        cr_assert_not(token_is_name("\xc3\xa4"));
        cr_assert_not(
                token_is_name("0123456789012345678901234567890123456789012345678901234567890123x"));
}
