#!/bin/sh
# Prints one word per folder and foreign library that it includes: "src/base=jansson". A header of
# ours counts for the folder of its sources. With -p: "MODULE PACKAGE" lines of what is included at
# all under the folders named (default: src include tests).
#
# usage: uses.sh [-p] [FOLDER...]
cd "$(dirname "$0")/../.." || exit 2
want=dirs
[ "$1" = -p ] && want=packages && shift
[ $# -gt 0 ] || set -- src include tests

grep -rE --include='*.[ch]' '^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*<' "$@" 2>/dev/null |
awk -v want=$want '
        FNR == NR {
                if ($0 !~ /^#/ && NF >= 4 && $3 != "-") {
                        n++
                        pattern[n] = $1
                        module[n] = $3
                        package[n] = $4
                }
                next
        }
        {
                dir = $0
                sub(/:.*/, "", dir)
                sub(/\/[^\/]*$/, "", dir)
                sub(/^include\//, "src/", dir)
                header = $0
                sub(/^[^<]*</, "", header)
                sub(/>.*/, "", header)
                for (i = 1; i <= n; i++) {
                        stem = pattern[i]
                        if (sub(/\*$/, "", stem) ? index(header, stem) == 1 : header == stem)
                                word = want == "dirs" ? dir "=" module[i] : module[i] " " package[i]
                        else
                                continue
                        if (!(word in seen))
                                print word
                        seen[word] = 1
                }
        }' tests/lint/doors.txt -
