#!/bin/sh
# A folder includes only what the table in layers.mk lets it include, by the interface's full name.
. "$(dirname "$0")/lib.sh"

code src include | awk -F '\t' '
        FILENAME != "-" {
                if (split($0, side, /[ \t]*=[ \t]*/) == 2 && side[1] ~ /^uses_/) {
                        layer = substr(side[1], 6)
                        may[layer, layer] = known[layer] = 1
                        n = split(side[2], word, " ")
                        for (i = 1; i <= n; i++)
                                may[layer, word[i]] = 1
                }
                next
        }
        split($1, path, "/") < 3 {
                if (!lost[$1]++)
                        print $1 ":" $2 ": lies in no layer"
                next
        }
        !(path[2] in known) {
                if (!lost[path[2]]++)
                        print $1 ":" $2 ": the folder " path[2] " is not in the table of layers"
                next
        }
        $3 ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
                name = $3
                sub(/^[^"]*"/, "", name)
                sub(/".*/, "", name)
                if (name ~ /\.\./ || name ~ /\.c$/)
                        print $1 ":" $2 ": includes \"" name "\""
                else if (split(name, part, "/") == 1) {
                        if (path[1] != "src")
                                print $1 ":" $2 ": an interface includes the private \"" name "\""
                } else if (!((path[2], part[1]) in may))
                        print $1 ":" $2 ": " path[2] " may not include \"" name "\""
        }' "$lint/layers.mk" - | found
verdict
