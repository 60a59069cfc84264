#!/bin/sh
# The root holds what the architecture names, dot files and what is built; nothing else.
. "$(dirname "$0")/lib.sh"

for name in *; do
        case $name in
        src | include | themes | data | tests | Makefile | README.md | build) ;;
        *) echo "$name:1: does not belong into the root" ;;
        esac
done | found
verdict
