/*
 * The cable is pulled while somebody types: the hub falls silent, and later it is killed. The
 * console says OFFLINE, what is half typed stays, what is done meanwhile waits and
 * goes when the hub is back.
 */
#define _GNU_SOURCE
#include "hub_beside.h"

#define UP "\xe2\x86\x91" /* what waits stands behind it */

static void prepare(void)
{
        found_hub();
        start_hub();
        add_remote("duarte");
}

/* `make bench` judges the time. */
static void expect_offline(struct console *c, const char *what)
{
        double begun = now_ms();
        bool said = wait_for(c, "OFFLINE", true);

        printf("# offline_ms=%.0f\n", now_ms() - begun);
        check(c, said, what);
}

static void test_silence(struct console *c)
{
        type(c, "n");
        expect(c, "note on", "n asks for a note");
        type(c, "half a sen");
        expect(c, "half a sen", "it is half typed");
        kill(hub, SIGSTOP);
        expect_offline(c, "a hub that falls silent shows");
        check(c, on_screen(c, "half a sen"), "what was half typed is still there");
        type(c, "tence\r");
        check(c, wait_for(c, "note on", false), "the note is saved all the same");
        check(c, wait_for(c, UP "0", false) && on_screen(c, UP), "and waits");
        kill(hub, SIGCONT);
        expect(c, "LIVE", "the hub is back: it is live again");
        expect(c, UP "0", "and what waited is sent");
}

static void test_death(struct console *c)
{
        type(c, "+");
        expect(c, "New incident", "+ opens the form");
        type(c, "Cable cut at");
        expect(c, "Cable cut at", "its title is half typed");
        kill(hub, SIGKILL);
        waitpid(hub, NULL, 0);
        expect_offline(c, "a hub that dies shows");
        check(c, on_screen(c, "Cable cut at"), "the form is still there");
        start_hub();
        expect(c, "LIVE", "another hub in its place: it is live again");
        check(c, on_screen(c, "Cable cut at"), "and the form is as it was");
        type(c, " the port\t\thigh\023");
        check(c, wait_for(c, "New incident", false), "the form is saved");
        expect(c, "Cable cut at the port", "with all that was typed");
        expect(c, UP "0", "and goes out");
}

/* Another desk, which knows nothing but the hub. */
static void test_arrived(void)
{
        bool ok = shell("cd %s && m='%s --db other.db --as novak' && $m init --unit Other "
                        "2>/dev/null && $m remote add room http://%s/ --collection room "
                        "--token-file token 2>/dev/null && $m sync >/dev/null && "
                        "$m list incidents | grep -q 'Cable cut at the port'",
                        work, muster, place);

        check(NULL, ok, "another desk gets it from the hub");
}

int main(void)
{
        struct console c;

        if (!set_up("cable"))
                return 1;
        if (!there_is_a_hub("pulling the cable"))
                return 0;
        prepare();
        start(&c, 120, 36);
        expect(&c, "LIVE", "the console is synchronised");
        expect(&c, UP "0", "and nothing is left to send");
        test_silence(&c);
        test_death(&c);
        type(&c, "q");
        finish(&c, "q leaves");
        test_arrived();
        kill(hub, SIGTERM);
        waitpid(hub, NULL, 0);
        free(db);
        return failures ? 1 : 0;
}
