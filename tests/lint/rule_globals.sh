#!/bin/sh
# No variable outlives a call, but those that globals.txt allows with a reason.
. "$(dirname "$0")/lib.sh"

code src >"$findings.code"
awk -F '\t' '
        # of a declaration at the margin, or a static one: is it a variable that can change?
        function name_of(text) {
                sub(/ *[=;].*/, "", text)
                if (match(text, /\( *\*+ *[a-z_0-9]+/)) {
                        text = substr(text, RSTART, RLENGTH)
                } else {
                        sub(/ *\[.*/, "", text)
                        sub(/ *__attribute__.*/, "", text)
                }
                sub(/.*[^A-Za-z0-9_]/, "", text)
                return text
        }
        function can_change(text) {
                sub(/ *[=;].*/, "", text)
                if (text ~ /\( *\*+ *const/)
                        return 0
                if (text ~ /\( *\*/)
                        return 1
                if (text ~ /\(/)
                        return 0
                if (text ~ /\*[^*]*$/)
                        return text !~ /\* *const[^*]*$/
                return text !~ /(^| )const /
        }
        FILENAME != ARGV[2] {
                if ($0 !~ /^#/ && split($0, word, /[ \t]+/) >= 3)
                        reason[word[1] " " word[2]] = FNR
                next
        }
        $3 ~ /^[a-z_][^()]*( [*]*[a-z_0-9]+)(\[[^=]*\])*( =.*|;)$/ ||
        $3 ~ /^[a-z_].*\( *\*+[a-z_ 0-9]*[a-z_0-9](\[[^\]]*\])*\)\(.*\)( =.*|;)$/ ||
        $3 ~ /^[ ]+static [^()]*(;| =)/ ||
        $3 ~ /^(static )?_Thread_local/ {
                if ($3 ~ /^(typedef|extern|return|goto|else|case)/ || !can_change($3))
                        next
                if ($3 ~ /^(struct|enum|union) [a-z_0-9]+;$/)
                        next
                key = $1 " " name_of($3)
                if (key in reason)
                        used[key] = 1
                else
                        print $1 ":" $2 ": " name_of($3) " is a variable that outlives the call"
        }
        END {
                for (key in reason)
                        if (!(key in used))
                                print "tests/lint/globals.txt:" reason[key] ": there is no " key
        }' "$lint/globals.txt" "$findings.code" | found
verdict
