#!/bin/sh
# Every tests/cli/t_*.sh: commands, exit status, output.
. "$(dirname "$0")/lib.sh"

for test in "$(dirname "$0")"/t_*.sh; do
        . "$test"
done
[ "$failures" -eq 0 ]
