#!/bin/sh
# gcc and clang take every source without a warning.
. "$(dirname "$0")/lib.sh"

[ -n "${LINT_FLAGS:-}" ] ||
        LINT_FLAGS="-std=gnu11 -D_GNU_SOURCE= -Iinclude -Wall -Wextra -Wshadow -Wstrict-prototypes"
export LINT_FLAGS
for compiler in gcc clang; do
        if ! command -v $compiler >/dev/null; then
                echo "$compiler is not installed: skipped" >&2
                [ -z "${CI:-}" ] || echo "Makefile:1: $compiler is not installed" | found
                continue
        fi
        sources src tests | grep '\.c$' |
                compiler=$compiler xargs -r -P 2 -n 8 sh -c '
                        eval "set -- $LINT_FLAGS -Itests -Werror -fsyntax-only \"\$@\""
                        said=$($compiler "$@" 2>&1) || printf "%s\n" "$said"' sh |
                awk -F : -v compiler=$compiler '/^[^ ]+:[0-9]+:[0-9]+: (fatal )?error: / {
                        where = $1 ":" $2
                        sub(/^[^ ]+ (fatal )?error: /, "")
                        if (!seen[where, $0]++)
                                print where ": " compiler ": " $0
                }' | found
done
verdict
