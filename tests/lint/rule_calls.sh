#!/bin/sh
# No banned function is called, and what has its place is called only there: calls.txt.
. "$(dirname "$0")/lib.sh"

code src include | awk '
        FILENAME != "-" {
                if ($0 !~ /^#/ && NF >= 3) {
                        only[$1] = $2
                        instead[$1] = $0
                        sub(/^[^ ]+ +[^ ]+ +/, "", instead[$1])
                }
                next
        }
        {
                split($0, field, "\t")
                text = field[3]
                while (match(text, /[A-Za-z_][A-Za-z0-9_]* *\(/)) {
                        before = RSTART > 1 ? substr(text, RSTART - 1, 1) : " "
                        name = substr(text, RSTART, RLENGTH)
                        text = substr(text, RSTART + RLENGTH)
                        sub(/ *\($/, "", name)
                        if (!(name in only) || before ~ /[.>A-Za-z0-9_]/)
                                continue
                        many = split(only[name], file, ",")
                        allowed = 0
                        for (i = 1; i <= many; i++) {
                                glob = file[i]
                                gsub(/\./, "\\.", glob)
                                gsub(/\*/, "[^/]*", glob)
                                allowed = allowed || field[1] ~ ("^" glob "$")
                        }
                        if (!allowed)
                                print field[1] ":" field[2] ": " name "(): use " instead[name]
                }
        }' "$lint/calls.txt" - | found
verdict
