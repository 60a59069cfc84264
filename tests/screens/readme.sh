#!/bin/sh
# Fills in the screens of README.md, and its row of the views (it begins with "| `2`"). Between "<!-- screen: NAME 120x36 -->" and "<!-- end -->" stands
# what the demo shows in that size after the key script tests/screens/readme-NAME.keys.
#
# usage: readme.sh [--check]        (--check: changes nothing, fails where a screen is not as it is)
# environment: MUSTER (build/muster)
set -eu
cd "$(dirname "$0")/../.."

MUSTER=${MUSTER:-build/muster}
NOW=2026-11-24T13:04:27Z

work=$(mktemp -d "${TMPDIR:-/tmp}/muster-readme.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
# Nothing of the caller's: no config, no zone, no theme.
mkdir "$work/home" "$work/run"
# The folder of this project, wherever the program was built.
export MUSTER_DATA="${MUSTER_DATA:-$PWD/data}"
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" LC_ALL=C.UTF-8 TZ=UTC
unset NO_COLOR XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME MUSTER_SCREENS

sed -n 's/^<!-- screen: \([a-z0-9-]*\) \([0-9]*x[0-9]*\) -->$/\1 \2/p' README.md >"$work/screens"
[ -s "$work/screens" ] || {
        echo "readme.sh: README.md has no line '<!-- screen: NAME 120x36 -->'" >&2
        exit 1
}

while read -r name size; do
        "$MUSTER" --demo --now "$NOW" --size "$size" --replay "tests/screens/readme-$name.keys" \
                >"$work/$name" </dev/null
        [ -s "$work/$name" ] || {
                echo "readme.sh: readme-$name.keys shows nothing" >&2
                exit 1
        }
done <"$work/screens"

# The keys of the views, from the manual, which has them from the tables.
"$MUSTER" doc man7 >"$work/man7"
views=$(sed -n 's/^\\fB\([0-9]\)\\fR \\fIview\.\([a-z]*\)\\fR$/\1 \2/p' "$work/man7" | sort -u |
        awk '{ keys = keys " `" $1 "`"; names = names (NR > 1 ? ", " : "") $2 }
                END { print "|" keys " | " names " |" }')
[ "$views" != "| |  |" ] || {
        echo "readme.sh: the manual names no views" >&2
        exit 1
}

awk -v folder="$work" -v views="$views" '
        /^\| `2`/ { print views; next }
        skipping && $0 != "<!-- end -->" { next }
        { skipping = 0; print }
        $1 == "<!--" && $2 == "screen:" && $NF == "-->" {
                print "```text"
                while ((getline line <(folder "/" $3)) > 0)
                        print line
                print "```"
                open = $3
                skipping = 1
        }
        $0 == "<!-- end -->" { open = "" }
        END {
                if (open != "") {
                        print "readme.sh: the screen " open " has no <!-- end -->" >"/dev/stderr"
                        exit 1
                }
        }' README.md >"$work/README.md"

if cmp -s README.md "$work/README.md"; then
        exit 0
fi
if [ "${1:-}" = --check ]; then
        diff README.md "$work/README.md" | head -n 40 >&2 || true
        echo "readme.sh: README.md is not what the demo and the manual show" >&2
        exit 1
fi
cat "$work/README.md" >README.md
