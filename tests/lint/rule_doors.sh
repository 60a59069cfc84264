#!/bin/sh
# Only the file named in doors.txt includes the header of a foreign library.
. "$(dirname "$0")/lib.sh"

code src include | awk '
        # a glob of ours as a regular expression, where * stands for STAR
        function pattern(glob, star) {
                gsub(/\./, "\\.", glob)
                gsub(/\*/, star, glob)
                return "^" glob "$"
        }
        FILENAME != "-" {
                if ($0 !~ /^#/ && NF >= 4) {
                        n++
                        header[n] = pattern($1, ".*")
                        only[n] = $2
                }
                next
        }
        {
                split($0, field, "\t")
                if (field[3] !~ /^[ \t]*#[ \t]*include/)
                        next
                name = field[3]
                sub(/^[^<"]*[<"]/, "", name)
                sub(/[>"].*/, "", name)
                for (i = 1; i <= n; i++) {
                        if (name !~ header[i])
                                continue
                        allowed = 0
                        many = split(only[i], file, ",")
                        for (j = 1; j <= many; j++)
                                allowed = allowed || field[1] ~ pattern(file[j], "[^/]*")
                        if (!allowed)
                                print field[1] ":" field[2] ": <" name "> has its door at " \
                                      (only[i] == "-" ? "the tests" : only[i])
                }
        }' "$lint/doors.txt" - | found
verdict
