#!/bin/sh
# The tables of commands and keys hold together: tables.c, linked with the program's own tables.
. "$(dirname "$0")/lib.sh"

if [ -e tests/lint/tables.c ]; then
        out=${BUILD:-build}/release-$(basename "${CC:-gcc}")/tests/lint/tables
        if ! ${MAKE:-make} --no-print-directory -s MODE=release "$out" >"$findings.code" 2>&1; then
                tail -n 5 "$findings.code" | sed 's/^/tests\/lint\/tables.c:1: /' | found
        elif ! "$out" >"$findings.code" 2>&1; then
                sed 's/^/tests\/lint\/tables.c:1: /' "$findings.code" | found
        fi
fi
verdict
