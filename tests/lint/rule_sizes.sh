#!/bin/sh
# Files of at most 500 lines, functions of at most 90; from 400 and 60 it says so without failing.
. "$(dirname "$0")/lib.sh"

code src include tests/unit >"$findings.code"
awk -F '\t' '
        function judge(where, what, size, warn, most) {
                if (size > most)
                        print where ": " what " has " size " lines, at most " most
                else if (size > warn)
                        print where ": note: " what " has " size " lines" >"/dev/stderr"
        }
        $1 != file {
                if (file != "")
                        judge(file ":" last, "the file", last, 400, 500)
                file = $1
                begins = 0
        }
        { last = $2 }
        $3 == "{" { begins = $2 }                       # Linux braces: a function at the margin
        $3 == "}" && begins {
                judge(file ":" begins, "the function", $2 - begins + 1, 60, 90)
                begins = 0
        }
        END {
                if (file != "")
                        judge(file ":" last, "the file", last, 400, 500)
        }' "$findings.code" | found
verdict
