#!/bin/sh
# What cleans up behind itself has a value where it is declared: a return before the first use would clean up what
# happens to lie there.
. "$(dirname "$0")/lib.sh"

code src tests >"$findings.code"
awk -F '\t' '$3 ~ /^ +(CLEANUP\([a-z_]+\)|AUTO_FREE) [^=]*;$/ {
        print $1 ":" $2 ": what cleans up behind itself has no value yet"
}' "$findings.code" | found
verdict
