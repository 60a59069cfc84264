#!/bin/sh
# The measurements of rosters: 10,000 experts, 5,000 pieces of equipment, 50,000 deployments, most of them over.
# As run.sh says.
#
# MUSTER_BENCH_EXPERTS (10000), MUSTER_BENCH_ASSETS (5000), MUSTER_BENCH_DEPLOYMENTS (50000)
. "$MUSTER_TESTS/bench/lib.sh"
experts=${MUSTER_BENCH_EXPERTS:-10000}
assets=${MUSTER_BENCH_ASSETS:-5000}
deployments=${MUSTER_BENCH_DEPLOYMENTS:-50000}

db=$TMPDIR/rosters.db
run_muster() { "$MUSTER" --db "$db" --as bench "$@"; }
console() { # pty options...
        line=$("$PROGRAMS/pty" -s 200x60 "$@" -e q -- "$MUSTER" --db "$db" --as bench)
        case $line in
        *rss_kb=-1*) echo "not ok the console runs: it ended at once ($*)" >&2 && return 1 ;;
        esac
        printf '%s\n' "$line"
}
# measured NAME pty options...: the lines of each run
measured() {
        name=$1
        shift
        : >"$TMPDIR/keys"
        for i in $(seq "$runs"); do
                console "$@" >>"$TMPDIR/keys" || exit 1
        done
        say "$name: $(cat "$TMPDIR/keys")"
}
# keys NAME LIMIT pty options...: the p99 of each run's keys, the median of the runs. A key that was
# not answered within a second is no key that was seen.
keys() {
        name=$1
        limit=$2
        shift 2
        measured "$name" "$@"
        p99=$(median_of p99_ms "$TMPDIR/keys")
        seen=$(median_of keys "$TMPDIR/keys")
        verdict "$name, p99 within $limit ms" "$p99 ms of $seen keys" "$seen > 0 && $p99 <= $limit" \
                "$(median_of p50_ms "$TMPDIR/keys")"
}

run_muster init --unit Bench >/dev/null
"$PROGRAMS/gen_rosters" "$experts" "$assets" "$deployments" 1 >"$TMPDIR/rosters.json"
say "$experts experts, $assets pieces of equipment, $deployments deployments: $("$PROGRAMS/spend" "$MUSTER" --db "$db" \
        --as bench import "$TMPDIR/rosters.json")"
rm "$TMPDIR/rosters.json"
run_muster new incident title='Ransomware at a hospital group' severity=high states=RO >/dev/null

keys 'experts, a key of the filter' 30 -p '4/' -k 'lang:ro>=b2 skill:ot ready<12h' -n 100
keys 'equipment, a key of the filter' 30 -p '5/' -k 'kit category:laptop' -n 100
measured 'who can go, opened as soon as the incidents are there' -p 2 -k d -n 1
keys 'who can go, opened' 30 -p '2dq' -k dq -n 50 -c
keys 'who can go, a filter' 30 -p '2d/lang:ro>=b2\r' -k '/\x15lang:ro>=b1\r' -n 150
keys 'who can go, down and up' 30 -p '2d' -k 'jk' -n 100
keys 'who can go, a key of the filter' 30 -p '2d/' -k 'lang:ro>=b2 skill:ot ready<12h' -n 100
keys 'the time chart, down' 16 -p '6v' -k j -n 200
keys 'the time chart, later and earlier' 16 -p '6v' -k '<Right><Left>' -n 100
keys 'who is left and when nobody is' 50 -p '4Wq' -k 'Wq' -n 20 -c
rss=$(median_of rss_kb "$TMPDIR/keys")
verdict 'memory of a console that has asked who is left, at most 64 MB' "$rss kB" "$rss <= 65536"
exit $bad
