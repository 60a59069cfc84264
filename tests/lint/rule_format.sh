#!/bin/sh
# clang-format 14 would change nothing.
. "$(dirname "$0")/lib.sh"

formatter=clang-format-14
command -v $formatter >/dev/null || formatter=clang-format
case $($formatter --version 2>/dev/null) in
*"version 14."*)
        sources src include tests | xargs -r $formatter --dry-run -Werror 2>&1 |
                awk -F : '/: error: / && !seen[$1]++ {
                        print $1 ":" $2 ": is not laid out as .clang-format says"
                }' | found
        ;;
*)
        echo "clang-format 14 is not installed: skipped" >&2
        [ -z "${CI:-}" ] || echo "Makefile:1: clang-format 14 is not installed" | found
        ;;
esac
verdict
