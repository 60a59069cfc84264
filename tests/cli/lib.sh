# For the tests of the command line: a database of its own, and checks that report.
#
#   fresh NAME               a new folder $dir and database of the unit "Test unit"
#   run ARG...               muster on that database as duarte; sets $status; output in $dir/out, $dir/err
#   step NAME ARG...         the same, and it ended with 0
#   bare ARG...              run without --db and --as
#   ends NAME STATUS         the last run ended with that status
#   says NAME TEXT           its standard output has the text;   silent NAME: it has none
#   warns NAME TEXT          its standard error has the text
#   holds NAME PATH VALUE    its standard output is one JSON document with this value there
export MUSTER_DATA="${MUSTER_TESTS:-$PWD/tests}/../data"
fixtures=${MUSTER_TESTS:-$PWD/tests}/fixtures/cli
NOW=2026-11-24T13:00:00Z
failures=0

bare() {
        "$MUSTER" "$@" >"$dir/out" 2>"$dir/err" </dev/null
        status=$?
}

run() { bare --db "$dir/muster.db" --as duarte --now "$NOW" "$@"; }

fresh() {
        dir=$TMPDIR/$1
        mkdir -p "$dir"
        run init --unit "Test unit" --desk "duty desk"
        ends "$1: init" 0
}

verdict() {
        if [ "$1" -eq 0 ]; then
                echo "ok $2"
                return
        fi
        echo "not ok $2: $3"
        failures=$((failures + 1))
        sed 's/^/    out: /' "$dir/out" | head -n 12
        sed 's/^/    err: /' "$dir/err" | head -n 12
}

ends() {
        [ "$status" -eq "$2" ]
        verdict $? "$1" "status $status, expected $2"
}

step() {
        name=$1
        shift
        run "$@"
        ends "$name" 0
}

says() {
        grep -qF -- "$2" "$dir/out"
        verdict $? "$1" "does not say \"$2\""
}

silent() {
        [ ! -s "$dir/out" ]
        verdict $? "$1" "says something"
}

warns() {
        grep -qF -- "$2" "$dir/err"
        verdict $? "$1" "does not warn \"$2\""
}

holds() {
        found=$("$PROGRAMS/jsonget" "$2" <"$dir/out") || found="nothing (status $?)"
        [ "$found" = "$3" ]
        verdict $? "$1" "$2 is $found, expected $3"
}

same() {
        [ "$2" = "$3" ]
        verdict $? "$1" "\"$2\" is not \"$3\""
}
