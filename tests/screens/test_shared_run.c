/*
 * One run of a playbook on two consoles of a unit that meet through a hub: what is done at one is
 * seen at the other, and both end with the same plan. While the cable is cut both answer one step;
 * once it is back both show both answers.
 */
#define _GNU_SOURCE
#include "hub_beside.h"

#define PLAYBOOK "tests/fixtures/screens/beacon.json"
#define FIRST    8 /* rows of the plan, and of the step beside it, on 120x36 */
#define END      32

static struct console one, other;

static void in_both(const char *text, const char *what)
{
        AUTO_FREE char *here = xasprintf("%s, where it was done", what);
        AUTO_FREE char *there = xasprintf("%s, at the other desk", what);

        expect(&one, text, here);
        expect(&other, text, there);
}

/* Without what is empty at its end: cells never written and blanks look the same. */
static void row_of(struct console *c, int row, char out[4096])
{
        VTermRect r = {.start_row = row, .end_row = row + 1, .end_col = c->cols};
        size_t len = vterm_screen_get_text(c->screen, out, 4095, r);

        while (len && out[len - 1] == ' ')
                len--;
        out[len] = '\0';
}

static bool show_the_same(void)
{
        char a[4096], b[4096];

        for (int row = FIRST; row < END; row++) {
                row_of(&one, row, a);
                row_of(&other, row, b);
                if (strcmp(a, b) != 0)
                        return false;
        }
        return true;
}

/* From its first row, so that the same step stands beside it. */
static void expect_the_same_plan(const char *what)
{
        double end = now_ms() + WAIT_MS;

        type(&one, "g");
        type(&other, "g");
        while (!show_the_same() && now_ms() < end) {
                take(&one, 50);
                take(&other, 50);
        }
        check(&one, show_the_same(), what);
        if (!show_the_same())
                dump(&other);
}

static void prepare(void)
{
        char *first = db;
        bool ok;

        found_hub();
        start_hub();
        add_remote("duarte");
        ok = shell("m='%s --db %s --as duarte'; $m unit export %s/unit.json && "
                   "$m import " PLAYBOOK " >/dev/null 2>&1 && "
                   "$m new incident title='A ministry calls an address' severity=critical "
                   "class=malicious-code >/dev/null",
                   muster, db, work);
        db = xasprintf("%s/other.db", work);
        ok = ok && shell("%s --db %s init --join %s/unit.json --desk night 2>/dev/null", muster, db,
                         work);
        check(NULL, ok, "two desks of a unit");
        add_remote("novak");
        start_as(&other, 120, 36, &(struct launch){.term = "xterm-256color", .who = "novak"});
        free(db);
        db = first;
        start(&one, 120, 36);
}

/* The incident's playbook, started with three keys; the other desk opens the run that arrives. */
static void test_start(void)
{
        in_both("LIVE", "synchronised");
        in_both("A ministry calls an address", "the incident is there");
        type(&one, "p");
        expect(&one, "A beacon in the network", "p offers the playbook");
        type(&one, "\r");
        expect(&one, "dry run", "Enter shows it dry");
        type(&one, "p");
        expect(&one, "1 under way", "p starts it");
        type(&other, "7v");
        expect(&other, "RUN-0001", "the run arrives");
        type(&other, "\r");
        expect(&other, "1 under way", "and is opened");
}

static void test_in_turn(void)
{
        type(&one, "x");
        expect(&one, "note on 1", "x asks for a note");
        type(&one, "seen in the log of the name server\r");
        in_both("1 done", "the first step is done");
        in_both("seen in the log of the name server", "its note is there");
        type(&other, "gjx");
        expect(&other, "Machines that call", "the next one asks for what came out");
        type(&other, "ws-104, srv-3\r");
        expect(&other, "note on 2", "and for a note");
        type(&other, "\r");
        in_both("2 done", "the second step is done");
}

/* Both answer the third step, each in its own way, without the other. */
static void test_apart(void)
{
        kill(hub, SIGSTOP);
        in_both("OFFLINE", "the cable is cut");
        type(&one, "gjjx");
        expect(&one, "note on 3", "one desk says that it is done");
        type(&one, "told by telephone\r");
        expect(&one, "3 done", "it counts there");
        type(&other, "gjjf");
        expect(&other, "what went wrong in 3", "the other that it failed");
        type(&other, "no such registrar\r");
        expect(&other, "1 failed", "it counts there");
        check(&one, !on_screen(&one, "no such registrar"), "neither knows of the other");
        kill(hub, SIGCONT);
        in_both("LIVE", "the cable is back");
        in_both("answered in two ways", "both see that two answers contradict each other");
        type(&one, "gjj");
        type(&other, "gjj");
        in_both("told by telephone", "the one answer is there");
        in_both("no such registrar", "the other too");
        expect_the_same_plan("both show the same");
        type(&one, "gjjm");
        expect(&one, "This run", "m opens what can be done");
        type(&one, "s");
        check(&one, wait_for(&one, "answered in two ways", false), "what holds, holds");
        check(&other, wait_for(&other, "answered in two ways", false), "at the other desk too");
}

/* A step for two persons, a step left out; then to the end. */
static void test_end(void)
{
        type(&one, "gjjjx");
        expect(&one, "note on 4", "a step for two persons");
        type(&one, "\r");
        expect(&one, "Sign step 4", "asks who signs");
        expect(&other, "1 of 2 signed", "it waits for the second person");
        type(&one, "\033");
        type(&other, "gjjjS");
        expect(&other, "Sign step 4", "who is at the other desk signs there");
        type(&other, "\r");
        in_both("duarte, nova", "two have signed");
        type(&one, "gjjjjs");
        expect(&one, "why leave out 5", "the fifth is left out");
        type(&one, "they were cut off in the morning\r");
        in_both("they were cut off in the morning", "with its reason");
        expect(&one, "Leave out step 5", "that takes a second person, too");
        type(&one, "\033");
        type(&other, "gjjjjS");
        expect(&other, "Leave out step 5", "who signs at the other desk");
        type(&other, "\r");
        in_both("5 » Cut all machines", "then it is left out");
        type(&other, "Gx");
        expect(&other, "note on 6", "the last one is done at the other desk");
        type(&other, "\r");
        in_both("It is done", "that ends the run");
        expect_the_same_plan("both end with the same plan");
}

int main(void)
{
        static void (*const tests[])(void) = {test_start, test_in_turn, test_apart, test_end};

        if (!set_up("shared"))
                return 1;
        if (!there_is_a_hub("a run on two consoles"))
                return 0;
        prepare();
        for (size_t i = 0; i < ARRAY_LEN(tests) && !failures; i++)
                tests[i]();
        type(&one, ":app.quit\r");
        type(&other, ":app.quit\r");
        finish(&one, "q leaves");
        finish(&other, "q leaves the other");
        kill(hub, SIGTERM);
        waitpid(hub, NULL, 0);
        free(db);
        return failures ? 1 : 0;
}
