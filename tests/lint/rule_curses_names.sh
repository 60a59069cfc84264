#!/bin/sh
# Nothing of ours is named like something that curses.h owns: a function there, a macro, or both.
. "$(dirname "$0")/lib.sh"

code src include | awk -F '\t' '
        FILENAME != "-" {
                if ($0 !~ /^#/) {
                        n = split($0, word, " ")
                        for (i = 1; i <= n; i++)
                                owned[word[i]] = 1
                }
                next
        }
        $1 == "src/ui/term.c" { next }
        { name = "" }
        $3 ~ /^#[ ]*define[ ]/ {
                name = $3
                sub(/^#[ ]*define[ ]+/, "", name)
                sub(/[^A-Za-z0-9_].*/, "", name)
        }
        $3 ~ /^[a-z].*\(/ && $3 !~ /^typedef/ {         # a function begins at the margin
                name = $3
                sub(/ *\(.*/, "", name)
                sub(/.*[ *]/, "", name)
        }
        $3 ~ /^[ ]*enum .*\{/ { inside = 1 }
        inside && $3 ~ /^[ ]+[A-Z]/ {
                n = split($3, word, /[^A-Za-z0-9_]+/)
                for (i = 1; i <= n; i++)
                        if (word[i] in owned)
                                name = word[i]
        }
        $3 ~ /\}/ { inside = 0 }
        name in owned { print $1 ":" $2 ": " name " belongs to curses.h" }
        ' "$lint/curses_names.txt" - | found
verdict
