# For the rules: sourced, never run. A rule is called in the root of the tree that it judges, prints
# "FILE:LINE: RULE: what is wrong" for each finding and ends by calling `verdict`.
# shellcheck shell=sh

rule=$(basename "$0" .sh)
rule=${rule#rule_}
lint=$(cd "$(dirname "$0")" && pwd)
findings=$(mktemp) || exit 2
trap 'rm -f "$findings" "$findings.code"' EXIT

# sources FOLDER...: the C files and headers there
sources() {
        find "$@" -name '*.[ch]' 2>/dev/null | LC_ALL=C sort
}

# code FOLDER...: their lines as FILE<tab>LINE<tab>TEXT, with comments and the insides of strings
# blanked, so that a word in them is not taken for code
code() {
        # shellcheck disable=SC2046  # our file names have no blanks
        set -- $(sources "$@")
        [ $# -eq 0 ] || awk -f "$lint/code.awk" "$@"
}

# found: takes "FILE:LINE: what is wrong" lines
found() {
        sed "s/^\([^:]*:[0-9]*\): /\1: $rule: /" >>"$findings"
}

verdict() {
        [ -s "$findings" ] || exit 0
        cat "$findings"
        exit 1
}
