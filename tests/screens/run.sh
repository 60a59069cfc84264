#!/bin/sh
# The console by key scripts: every NAME.keys here but readme-*. Comments at its top say how it is played:
#   # data: demo | NAME | empty      the demo's scenario, fixtures/screens/NAME.json, an empty database
#   # size: 80x24                    (120x36)
#   # options: --theme mono          more options
#   # before: NAME                   the commands of fixtures/screens/NAME.cmds first, a line each: TIME ARGS
#   # remotes: NAME...               as exchange_state.c says they were left
# The clock stands at NOW. MUSTER_SCREENS=write writes the screens anew; look at what changed.
# environment: SCREENS="list-80 form" plays those only
here=$(cd "$(dirname "$0")" && pwd)
export MUSTER_DATA="$here/../../data"
NOW=2026-11-24T13:04:27Z
failures=0
printf 'ascii = yes\n' >"$TMPDIR/ascii.ini"
printf 'footer = f-keys\n' >"$TMPDIR/f-keys.ini"
printf 'review_significant = yes\n' >"$TMPDIR/review.ini"
printf 'sign_in = required\n' >"$TMPDIR/sign-in.ini"
(umask 077 && printf '482910\n' >"$TMPDIR/lead.pin" && printf 'sunflower\n' >"$TMPDIR/officer.pin" &&
        printf 'pigeon-7\n' >"$TMPDIR/viewer.pin")

# What scripts take in: ~/NAME
cp "$here/../fixtures/screens/people.csv" "$HOME/people of the pool.csv"
printf 'Name;Country\n\243ukasz \257\363\263\346;PL\n' >"$HOME/polish.csv"
printf 'Name\n\217d\263o\n' >"$HOME/neither.csv"
cp "$here/../fixtures/stix/incident-plain.json" "$HOME"
truncate -s 9M "$HOME/large.json"

# word KEY FILE DEFAULT
word() {
        found=$(sed -n "s/^# $1: //p" "$2" | head -n 1)
        echo "${found:-$3}"
}

# before NAME DATABASE
before() {
        made=$2
        while read -r at line; do
                eval "set -- $line"
                "$MUSTER" --now "2026-11-24T$at" --db "$made" --config "$TMPDIR/review.ini" "$@" </dev/null || return 1
        done <"$here/../fixtures/screens/$1.cmds"
}

# make_data DATA BEFORE REMOTES DATABASE
make_data() {
        "$MUSTER" --now "$NOW" --db "$4" init --unit "CERT-EU" --desk "duty desk" || return 1
        [ "$1" = empty ] || "$MUSTER" --now "$NOW" --db "$4" --as duarte import "$here/../fixtures/screens/$1.json"
        [ -z "$2" ] || before "$2" "$4" >/dev/null || return 1
        # shellcheck disable=SC2086
        [ -z "$3" ] || "$PROGRAMS/exchange_state" "$4" $3
}

# database DATA BEFORE REMOTES DATABASE: many scripts begin with the same, which is made once
database() {
        begun=$TMPDIR/begun-$(echo "$1-$2-$3" | tr ' /' '__').db
        [ -e "$begun" ] || make_data "$1" "$2" "$3" "$begun" || return 1
        for end in "" -wal .key; do
                [ ! -e "$begun$end" ] || cp "$begun$end" "$4$end" || return 1
        done
}

play() {
        size=$(word size "$1" 120x36)
        more=$(word options "$1" "" | sed "s|ASCII|--config $TMPDIR/ascii.ini|; s|F_KEYS|--config $TMPDIR/f-keys.ini|
                s|SIGN_IN|--config $TMPDIR/sign-in.ini|")
        data=$(word data "$1" demo)
        commands=$(word before "$1" "")
        remotes=$(word remotes "$1" "")
        db=$TMPDIR/$2.db
        case $data in
        demo) set -- "$1" "$2" --demo ;;
        *)
                database "$data" "$commands" "$remotes" "$db" || return 1
                set -- "$1" "$2" --db "$db" --as duarte
                ;;
        esac
        script=$1
        name=$2
        shift 2
        # shellcheck disable=SC2086
        "$MUSTER" --now "$NOW" --size "$size" $more "$@" --replay "$script"
}

for script in "$here"/*.keys; do
        name=$(basename "$script" .keys)
        case " ${SCREENS:-$name} " in
        *" $name "*) ;;
        *) continue ;;
        esac
        case $name in
        readme-*) continue ;;
        esac
        if play "$script" "$name" >"$TMPDIR/out" 2>"$TMPDIR/err" </dev/null; then
                echo "ok $name"
        else
                echo "not ok $name: $(grep -v 'is ready$' "$TMPDIR/err" | head -n 3 | tr '\n' ' ')"
                failures=$((failures + 1))
                grep -A 2 '^@@' "$TMPDIR/out" | head -n 40
        fi
done
[ "$failures" -eq 0 ]
