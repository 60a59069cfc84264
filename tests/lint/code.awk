# C without comments and without what is between quotes: FILE<tab>LINE<tab>TEXT. Names in #include
# stay.
FNR == 1 { comment = 0 }
{
        line = $0
        text = ""
        if (!comment && line ~ /^[ \t]*#[ \t]*include/) {
                sub(/\/[*\/].*/, "", line)
                print FILENAME "\t" FNR "\t" line
                next
        }
        while (line != "") {
                if (comment) {
                        at = index(line, "*/")
                        if (!at)
                                break
                        line = substr(line, at + 2)
                        comment = 0
                        continue
                }
                if (!match(line, /["'\/]/)) {
                        text = text line
                        break
                }
                text = text substr(line, 1, RSTART - 1)
                line = substr(line, RSTART)
                if (substr(line, 1, 2) == "//")
                        break
                if (substr(line, 1, 2) == "/*") {
                        comment = 1
                        text = text " "
                        line = substr(line, 3)
                } else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^'([^'\\]|\\.)*'/)) {
                        quote = substr(line, 1, 1)
                        text = text quote quote
                        line = substr(line, RLENGTH + 1)
                } else {
                        text = text substr(line, 1, 1)
                        line = substr(line, 2)
                }
        }
        print FILENAME "\t" FNR "\t" text
}
