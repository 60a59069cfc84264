/*
 * PINs typed in a terminal: nothing of them is echoed, and the terminal is as it was afterwards.
 */
#define _GNU_SOURCE
#include "pty.h"

/* A shell that asks for a PIN, says how it ended, and then waits to be told to go. */
static bool write_script(const char *path, const char *command)
{
        FILE *f = fopen(path, "w");
        bool written = f && fprintf(f,
                                    "'%s' --db '%s' %s\necho \"status $?\"\nread line\n"
                                    "echo \"heard $line\"\n",
                                    muster, db, command) > 0;
        return f && fclose(f) == 0 && written;
}

static void ask(struct console *c, const char *command)
{
        AUTO_FREE char *path = xasprintf("%s/pin.sh", work);
        check(NULL, write_script(path, command), command);
        start_as(c, 100, 24, &(struct launch){.term = "xterm-256color", .script = path});
}

static void leave(struct console *c, const char *status)
{
        expect(c, status, status);
        type(c, "echoed\r");
        expect(c, "heard echoed", "the terminal echoes again");
        stop(c);
}

static void test_first(void)
{
        struct console c;
        ask(&c, "operator add duarte --role lead");
        expect(&c, "new PIN of duarte:", "it asks for the PIN");
        type(&c, "qqwwee\r");
        expect(&c, "again:", "and once more");
        type(&c, "qqwwxx\r");
        expect(&c, "the two are not the same", "two that differ");
        check(&c, !strstr(c.raw, "qq"), "nothing is echoed");
        leave(&c, "status 3");
        ask(&c, "operator add duarte --role lead");
        expect(&c, "new PIN of duarte:", "it asks for the PIN again");
        type(&c, "zzz\025987654\177\1773210\r"); /* 98763210 */
        expect(&c, "again:", "and once more again");
        type(&c, "98763210\r");
        leave(&c, "status 0");
}

static void test_lead(void)
{
        struct console c;
        ask(&c, "--as duarte operator add novak --role officer");
        expect(&c, "PIN of duarte:", "who asks is asked first");
        type(&c, "98763210\r");
        expect(&c, "new PIN of novak:", "then the new one");
        type(&c, "\003");
        leave(&c, "status 3");
}

int main(void)
{
        if (!set_up("pin"))
                return 1;
        test_first();
        test_lead();
        free(db);
        return failures ? 1 : 0;
}
