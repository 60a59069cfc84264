/*
 * Two planted faults. Criterion calls both tests passed; tests/run.sh must find them all the same,
 * or its word on the other tests is worth nothing. Not a part of the ordinary tests.
 */
#include <limits.h>
#include <stdlib.h>

#include <criterion/criterion.h>

static void *volatile kept;
static volatile int big = INT_MAX;
static volatile int sum;

Test(planted, leak)
{
        kept = malloc(4321);
        cr_assert(kept != NULL);
        kept = NULL;
}

Test(planted, undefined)
{
        sum = big + 1;
        cr_assert(sum != 0);
}
