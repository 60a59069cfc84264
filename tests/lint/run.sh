#!/bin/sh
# Judges the tree by every rule_*.sh beside this file and ends with the line "N passed, N failed".
#
# usage: run.sh [RULE...]      e.g. run.sh layers sizes
cd "$(dirname "$0")/../.." || exit 2

LINT_FLAGS=$(${MAKE:-make} -s --no-print-directory WERROR= flags 2>/dev/null)
export LINT_FLAGS

[ $# -gt 0 ] || set -- $(ls tests/lint/rule_*.sh | sed 's/.*rule_\(.*\)\.sh/\1/')
passed=0
failed=0
for rule in "$@"; do
        if said=$(sh tests/lint/rule_"$rule".sh); then
                passed=$((passed + 1))
                echo "ok $rule"
        else
                failed=$((failed + 1))
                printf '%s\n' "$said"
                echo "not ok $rule"
        fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
