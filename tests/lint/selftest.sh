#!/bin/sh
# Proves the rules: none finds fault with a small clean tree, and each names the file and line of a
# fault planted there. Prints "ok NAME" and "not ok NAME: why" lines.
lint=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d) || exit 2
trap 'rm -rf "$tree"' EXIT
failed=0
unset CI

clean_tree() {
        rm -rf "$tree/root"
        mkdir -p "$tree/root/src/base" "$tree/root/src/ui" "$tree/root/include/base" \
                "$tree/root/tests/unit/base"
        cd "$tree/root" || exit 2
        cp -R "$lint" tests/lint
        cp "$lint/../../.clang-format" .
        touch Makefile README.md
        cat >include/base/good.h <<'END'
/* atoi(), typedef struct and "time(" in a comment are no fault. */
#ifndef GOOD_H
#define GOOD_H

#include <stddef.h>

struct good {
        size_t size;
        void (*clear)(struct good *);
};

enum good_word { GOOD_ONE, GOOD_TWO };

int good_twice(int n);

#endif
END
        cat >src/base/good.c <<'END'
#include "base/good.h"

#include <string.h>

static const int numbers[] = {1, 2, 3};
static const char *const words[] = {
        "system(\"rm\") /* no comment",
        "two // neither",
};
static int (*const steps[])(int) = {good_twice};

int good_twice(int n)
{
        static const int two = 2;
        return two * n + numbers[0] - 1 + 0 * (int)strlen(words[0]) * (steps[0] != NULL);
}
END
        : >tests/lint/globals.txt
        rm -f tests/lint/tables.c
}

# judge RULE: what the rule says, in $said; fails if it found something
judge() {
        said=$(BUILD=build LINT_FLAGS='-std=gnu11 -Iinclude -Wall -Wextra' sh "tests/lint/rule_$1.sh" 2>/dev/null)
}

# names RULE PLACE FAULT: the rule says PLACE (FILE:LINE); FAULT is what was planted
names() {
        judge "$1" && said="nothing"
        case "
$said" in
        *"
$2: $1: "*)
                echo "ok lint $1 finds $3"
                ;;
        *)
                failed=1
                echo "not ok lint $1 finds $3: it says: $(echo "$said" | head -n 3)"
                ;;
        esac
        clean_tree
}

# plant FILE: adds what comes in
plant() {
        mkdir -p "$(dirname "$1")"
        cat >>"$1"
}

clean_tree
for script in "$lint"/rule_*.sh; do
        rule=$(basename "$script" .sh)
        rule=${rule#rule_}
        if judge "$rule"; then
                echo "ok lint $rule likes a clean tree"
        else
                failed=1
                echo "not ok lint $rule likes a clean tree: $(echo "$said" | head -n 3)"
        fi
done

echo '#include "ui/ui.h"' | plant src/base/bad.c
names layers src/base/bad.c:1 "base including ui"
echo '#include "bad_private.h"' | plant include/base/bad.h
names layers include/base/bad.h:1 "an interface including a private header"
echo 'int x(void);' | plant src/extra/bad.c
names layers src/extra/bad.c:1 "a folder that is in no table"
echo '#include <sqlite3.h>' | plant src/ui/bad.c
names doors src/ui/bad.c:1 "sqlite in ui"
echo '#include <ncursesw/curses.h>' | plant src/ui/bad.c
names doors src/ui/bad.c:1 "curses outside of term.c"
echo '#include <criterion/criterion.h>' | plant src/base/bad.c
names doors src/base/bad.c:1 "Criterion outside of the tests"
printf 'int x(char *s)\n{\n        return atoi(s);\n}\n' | plant src/base/bad.c
names calls src/base/bad.c:3 "a banned function"
printf 'long x(void)\n{\n        return (long)time(0);\n}\n' | plant src/ui/bad.c
names calls src/ui/bad.c:3 "time() outside of the clock"
printf 'void x(void)\n{\n        printf("x");\n}\n' | plant src/base/bad.c
names calls src/base/bad.c:3 "printing below app"
echo 'size_t bad(void);' | plant include/base/bad.h
names headers include/base/bad.h:1 "a header that needs another one first"
echo 'struct bad { int a; };' | plant include/base/bad.h
names headers include/base/bad.h:1 "a header without a guard"
printf 'int bad_fine(int n);\nint bad_fine(int n)\n{\n        int unused;\n        return n;\n}\n' |
        plant src/base/bad.c
names compile src/base/bad.c:4 "a warning"
printf 'int y;\nvoid refresh(void)\n{\n}\n' | plant src/ui/bad.c
names curses_names src/ui/bad.c:2 "a function that curses owns"
printf '#define LINES 3\n' | plant include/base/bad.h
names curses_names include/base/bad.h:1 "a macro that curses owns"
printf 'enum rc {\n        FINE,\n        OK,\n};\n' | plant include/base/bad.h
names curses_names include/base/bad.h:3 "a constant that curses owns"
printf 'static int count;\n' | plant src/base/bad.c
names globals src/base/bad.c:1 "a variable of a file"
printf 'static const char *names[] = {\n        0,\n};\n' | plant src/base/bad.c
names globals src/base/bad.c:1 "a table of constants that can be exchanged"
printf 'static void (*hook)(int);\n' | plant src/base/bad.c
names globals src/base/bad.c:1 "a hook"
printf 'int x(void)\n{\n        static int n = 0;\n        return n++;\n}\n' | plant src/base/bad.c
names globals src/base/bad.c:3 "a variable of a function that lives on"
printf 'void x(int n)\n{\n        CLEANUP(str_finish) struct str out;\n        if (n)\n                return;\n}\n' |
        plant src/base/bad.c
names cleanup src/base/bad.c:3 "what cleans up behind itself without a value"
printf 'src/base/good.c gone because it was there\n' | plant tests/lint/globals.txt
names globals tests/lint/globals.txt:1 "an allowance that nobody needs"
touch src/base/a.h src/base/b.h
names private_headers src/base/b.h:1 "a second private header"
awk 'BEGIN { for (i = 1; i <= 501; i++) print "int x" i "(void);" }' | plant src/base/bad.c
names sizes src/base/bad.c:501 "a long file"
awk 'BEGIN { print "int x(void)\n{"; for (i = 1; i < 90; i++) print ";"; print "}" }' |
        plant src/base/bad.c
names sizes src/base/bad.c:2 "a long function"
printf 'typedef struct bad bad;\n' | plant include/base/bad.h
names typedefs include/base/bad.h:1 "a typedef of a struct"
touch notes.txt
names toplevel notes.txt:1 "a stray file in the root"
printf 'int x; \n' | plant src/base/bad.c
names text src/base/bad.c:1 "trailing white space"
printf 'int x;\n\tint y;\n' | plant src/base/bad.c
names text src/base/bad.c:2 "a tab"
printf '/* TO%s: later */\n' DO | plant src/base/bad.c
names text src/base/bad.c:1 "work left to do"
printf 'see /ho%s/somebody/x\n' me | plant README.md
names text README.md:1 "a path of one machine"
if command -v clang-format-14 >/dev/null; then
        printf 'int  x(void){return 1;}\n' | plant src/base/bad.c
        names format src/base/bad.c:1 "another layout"
else
        echo "ok lint format finds another layout # SKIP clang-format-14 is not installed"
fi
printf 'tests/lint/tables:\n\t@echo "no rule" >&2; exit 1\n' | plant Makefile
touch tests/lint/tables.c
names tables tests/lint/tables.c:1 "tables that do not hold together"

# parts NAME STATUS LINE SCRIPT: the parts of a run of all tests do what the script says, for $1 their suite
parts() {
        printf '%s\n' "$4" >"$tree/part.sh"
        said=$(MUSTER_MODES='release asan' OMP_NUM_THREADS=2 MUSTER_PART="sh $tree/part.sh" \
                sh "$lint/../run.sh" 2>&1)
        status=$?
        if [ $status -eq "$2" ] && [ "$(echo "$said" | tail -n 1)" = "$3" ]; then
                echo "ok run.sh: $1"
        else
                echo "not ok run.sh: $1: status $status, $said"
                failed=1
        fi
}
parts "parts that pass" 0 "16 passed, 0 failed" 'echo "2 passed, 0 failed"'
parts "one with failures" 1 "16 passed, 3 failed" \
        '[ $1 = lint ] || { echo "2 passed, 0 failed"; exit 0; }; echo "2 passed, 3 failed"; exit 1'
parts "one that ends early" 1 "14 passed, 1 failed" \
        '[ $1 = lint ] || { echo "2 passed, 0 failed"; exit 0; }; echo "ok one"'
parts "one that is killed" 1 "14 passed, 1 failed" \
        '[ $1 = lint ] && kill -9 $$; echo "2 passed, 0 failed"'
parts "one that passes and ends with a status" 1 "16 passed, 1 failed" \
        'echo "2 passed, 0 failed"; [ $1 != lint ] || exit 3'
parts "one that shows such a line of another" 1 "14 passed, 1 failed" \
        'echo "2 passed, 0 failed"; [ $1 != lint ] || echo "and more"'
exit $failed
