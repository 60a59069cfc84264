#!/bin/sh
# Every header compiles alone, and has a guard.
. "$(dirname "$0")/lib.sh"

sources include src | grep '\.h$' |
        xargs -r -P 2 -I '{}' sh -c '
                printf "#include \"%s\"\n#include \"%s\"\nextern int not_empty;\n" "{}" "{}" |
                        ${CC:-gcc} -std=gnu11 -D_GNU_SOURCE= -Wall -Wextra -Wpedantic -Wno-gnu -Werror \
                                -Wno-unknown-warning-option -Iinclude -I. \
                                -fsyntax-only -x c - 2>&1 | grep -E "error|fatal" | head -n 3 |
                        sed "s|^[^:]*:[0-9:]* *|{}:1: does not compile alone: |"' | found
verdict
