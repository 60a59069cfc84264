#!/bin/sh
# The exchange and the hub, measured: like run.sh, each figure beside its peer or bare limit in the same run.
#
# MUSTER_BENCH_OBJECTS (100000), MUSTER_BENCH_RUNS (3), MUSTER_BENCH_CONSOLES (50)
. "$MUSTER_TESTS/bench/lib.sh"
consoles=${MUSTER_BENCH_CONSOLES:-50}
each=100  # objects of a POST
writers=4 # at once
umask 077
cd "$TMPDIR" || exit 2
"$PROGRAMS/gen" "$objects" 1 >load.json
say "$(wc -c <load.json) bytes, $objects incidents, $(nproc) cores"

# hub NAME: serves NAME.db; $url, $port, $token, $hub (its process); its log is NAME.log
hub() {
        [ -e "$1.db" ] || "$MUSTER-hub" --db "$1.db" collection add room --title Room >id
        [ -e "$1.token" ] || "$MUSTER-hub" --db "$1.db" token add "$1" --collection room:rw >"$1.token"
        token=$(cat "$1.token")
        rm -f lines
        mkfifo lines
        "$MUSTER-hub" --db "$1.db" serve --listen 127.0.0.1:0 >lines 2>"$1.log" &
        hub=$!
        read -r _ _ url <lines
        port=${url##*:}
        port=${port%/}
}
hub_ends() { kill $hub && wait $hub; }
trap 'kill $hub $others 2>/dev/null' EXIT
# desk NAME: a database of the unit; the first founds it
desk() {
        rm -f "$1".db*
        if [ -e unit.json ]; then
                "$MUSTER" --db "$1.db" init --join unit.json >/dev/null
        else
                "$MUSTER" --db "$1.db" init --unit Bench >/dev/null
                "$MUSTER" --db "$1.db" unit export unit.json >/dev/null
        fi
}
at() { "$MUSTER" --db "$desk.db" --as bench "$@"; }
joins() { at remote add hub "$url" --collection room --token-file "$TMPDIR/$1.token" >/dev/null; }

# ---- what is sent is on disk ------------------------------------------------------------------------
for i in $(seq "$runs"); do
        rm -f load.db* load.token peer.db*
        [ -z "$hub" ] || hub_ends
        hub load
        posts=$("$PROGRAMS/hub_client" post "$port" "$token" load.json $each $writers)
        peer=$("$PROGRAMS/hub_peer" post load.db peer.db $each)
        say "POSTs of $each objects by $writers clients: $posts; bare SQLite: $peer"
        ratio "$(value wall_ms "$peer")" "$(value wall_ms "$posts")" >>posts
        echo >>posts
done
rate=$(median <posts)
verdict "durable POSTs against bare SQLite, at least 0.5" "$rate" "$rate >= 0.5"

# ---- pages ------------------------------------------------------------------------------------------
for i in $(seq "$runs"); do
        pages=$("$PROGRAMS/hub_client" walk "$port" "$token" 500)
        peer=$("$PROGRAMS/hub_peer" read load.db 500)
        say "pages of 500: $pages; SQLite and a socket: $peer"
        ratio "$(value wall_ms "$peer")" "$(value wall_ms "$pages")" >>pages
        echo >>pages
done
rate=$(median <pages)
verdict "pages of 500 against SQLite and a socket, at least 0.5" "$rate" "$rate >= 0.5"

# ---- a first sync -----------------------------------------------------------------------------------
for i in $(seq "$runs"); do
        desk=file
        desk file
        import=$("$PROGRAMS/spend" "$MUSTER" --db file.db --as bench import load.json)
        desk=sync
        desk sync
        joins load
        sync=$("$PROGRAMS/spend" "$MUSTER" --db sync.db --as bench sync --once)
        say "first sync: $sync; import: $import"
        ratio "$(value wall_ms "$import")" "$(value wall_ms "$sync")" >>syncs
        echo >>syncs
        echo "$sync" >>spent
done
rate=$(median <syncs)
rss=$(median_of rss_kb spent)
came=$(at list incidents --limit 100000000 | wc -l)
verdict "first sync against an import, at least 0.7" "$rate" "$rate >= 0.7"
verdict "first sync memory under 64 MB" "$rss KB" "$rss < 65536"
verdict "first sync brings all" "$came of $objects" "$came >= $objects"

# ---- keys while a first sync runs, by the console's own thread --------------------------------------
# As in run.sh: a gap of 15 ms tells a key's picture from that of arrivals. Of 200 keys the p99 is the second worst: too few.
keys() { "$PROGRAMS/pty" -s 200x60 -g 15 -k j -n 500 -e q -- "$MUSTER" --db "$1.db" --as bench; }
"$PROGRAMS/gen" "$objects" 2 >other.json
desk=keys
desk keys
at import other.json >/dev/null
rm other.json
for i in $(seq "$runs"); do
        keys keys >>alone
        rm -f busy.db*
        "$MUSTER" --db keys.db backup busy.db >/dev/null
        cp keys.db.key busy.db.key
        desk=busy
        joins load
        keys busy >>busy
        health=$(at remote list --json | tr -d ' \n' | sed -n 's/.*"state":"\([a-z]*\)".*/\1/p')
        say "the first sync after that: $health" # "new": it was not over
done
say "j while a first sync runs: $(cat busy)"
say "the same without a remote: $(cat alone)"
idle=$(median_of p99_ms alone)
p99=$(median_of p99_ms busy)
verdict "j while a first sync runs, p99 at most doubled" "$p99 and $idle ms" "$p99 <= 2 * $idle"
rm -f keys.db* busy.db* file.db* sync.db*

# ---- many who wait ----------------------------------------------------------------------------------
hub_ends
hub crowd
crowd=$("$PROGRAMS/hub_client" wait "$port" "$token" 500 $hub)
say "clients that wait: $crowd"
answered=$(value answered "$crowd")
rss=$(value rss_kb "$crowd")
verdict "500 clients that wait are all answered" "$answered" "$answered == 500"
verdict "hub memory with 500 clients that wait under 64 MB" "$rss KB" "$rss < 65536"

# ---- from one console to another --------------------------------------------------------------------
# Two consoles of one unit, each in a terminal. The others, where there are some, are processes `muster
# sync --watch`: each with a database of its own, which keeps and folds what comes as a console does.
hub_ends
# meet NAME: a hub NAME, and two desks one and two with one incident; acts add up, so each measurement
# has its own
meet() {
        hub "$1"
        desk=one
        desk one
        joins "$1"
        at new incident "title=Relayed" severity=low >/dev/null
        at sync --once >/dev/null
        desk=two
        desk two
        joins "$1"
        at sync --once >/dev/null
}
meet relay
alone=$("$PROGRAMS/relay" one.db two.db 100 Relayed)
say "two consoles: $alone"
p50=$(value p50_ms "$alone")
verdict "from one console to another within 300 ms, median" "$p50 ms" "${p50:-9999} > 0 && ${p50:-9999} <= 300"

# ---- idle -------------------------------------------------------------------------------------------
# requests of a console that is open for so many seconds, from the hub's log
asked() {
        before=$(wc -l <relay.log)
        "$PROGRAMS/pty" -s 80x24 -i "$1" -e q -- "$MUSTER" --db one.db --as bench >/dev/null
        tail -n +$((before + 1)) relay.log | grep -c 'method='
}
short=$(asked 5)
long=$(asked 45)
say "requests in 5 s: $short, in 45 s: $long"
verdict "an idle console asks by its long poll only" "$((long - short)) requests in 40 s" \
        "$long - $short <= 40 / 4 + 1"

# ---- a line that is cut -------------------------------------------------------------------------------
cut=$(cd "$MUSTER_TESTS/.." && "$PROGRAMS/../screens/test_cable" | sed -n 's/^# offline_ms=//p' | sort -n | tail -n 1)
verdict "OFFLINE is said within 5 s" "$cut ms" "${cut:-9999} <= 5000"

# ---- the same among many ----------------------------------------------------------------------------
hub_ends
meet many
for i in $(seq 3 "$consoles"); do
        desk=other$i
        desk other$i
        joins many
        "$MUSTER" --db other$i.db --as bench sync --watch >/dev/null 2>&1 &
        others="$others $!"
done
for i in $(seq 3 "$consoles"); do # all are complete
        desk=other$i
        until at remote list --json | grep -q '"synced": "'; do :; done
done
crowd=$("$PROGRAMS/relay" one.db two.db 100 Relayed)
kill $others
say "$consoles consoles: $crowd"
p99=$(value p99_ms "$crowd")
verdict "from one console to another among $consoles within 1 s, p99" "$p99 ms" \
        "${p99:-9999} > 0 && ${p99:-9999} <= 1000"
hub_ends
exit $bad
