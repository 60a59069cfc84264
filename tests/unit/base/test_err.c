#include "base/err.h"

#include <string.h>

#include <criterion/criterion.h>

Test(err, keeps_the_first_sentence)
{
        struct err err = {0};
        cr_assert_eq(err_set(&err, RC_FAIL, "disk %s", "full"), RC_FAIL);
        err_set(&err, RC_BUSY, "closing failed too");
        cr_assert_str_eq(err.text, "disk full");
        cr_assert_eq(err.rc, RC_FAIL);
}

Test(err, wraps_from_the_outside)
{
        struct err err = {0};
        err_set(&err, RC_FAIL, "disk full");
        cr_assert_eq(err_wrap(&err, RC_FAIL, "saving %s", "INC-0007"), RC_FAIL);
        err_wrap(&err, RC_FAIL, "importing a.json");
        cr_assert_str_eq(err.text, "importing a.json: saving INC-0007: disk full");
}

Test(err, wrapping_without_a_sentence_gives_the_context_alone)
{
        struct err err = {0};
        err_wrap(&err, RC_NOTFOUND, "no such thing");
        cr_assert_str_eq(err.text, "no such thing");
}

Test(err, survives_sentences_longer_than_the_room)
{
        struct err err = {0};
        char big[3000];
        memset(big, 'x', sizeof(big) - 1);
        big[sizeof(big) - 1] = '\0';
        err_set(&err, RC_FAIL, "%s", big);
        err_wrap(&err, RC_FAIL, "context");
        cr_assert_eq(strlen(err.text), sizeof(err.text) - 1);
        cr_assert_eq(strncmp(err.text, "context: xxx", 12), 0);
}

Test(err, nobody_has_to_listen)
{
        cr_assert_eq(err_set(NULL, RC_DENIED, "x"), RC_DENIED);
        cr_assert_eq(err_wrap(NULL, RC_DENIED, "x"), RC_DENIED);
        err_clear(NULL);
}

Test(err, can_be_used_again_once_cleared)
{
        struct err err = {0};
        err_set(&err, RC_FAIL, "one");
        err_clear(&err);
        err_set(&err, RC_BUSY, "two");
        cr_assert_str_eq(err.text, "two");
        cr_assert_eq(err.rc, RC_BUSY);
}
