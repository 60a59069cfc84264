#!/bin/sh
# sync and remote test against a hub: two units meet through it, by command. MUSTER_POSTGRES: the hub is on that.
. "$MUSTER_TESTS/cli/lib.sh"
hub=$MUSTER-hub
PROGRAMS=$PROGRAMS/../cli
umask 077
cd "$TMPDIR" || exit 2

if [ ! -x "$hub" ]; then
        echo "ok sync by command # SKIP there is no muster-hub"
        exit 0
fi
db=hub.db
[ -z "$MUSTER_POSTGRES" ] || db=$(sh "$MUSTER_TESTS/postgres.sh" fresh) || exit 2
"$hub" --db "$db" collection add room --title Room >id || exit 2
"$hub" --db "$db" token add duty --collection room:rw >token || exit 2
"$hub" --db "$db" token add reader --collection room >reader || exit 2
echo nonsense >wrong

mkfifo lines
"$hub" --db "$db" serve --listen 127.0.0.1:0 >lines 2>log &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT
read -r _ _ url <lines

# desk NAME: the database of a unit, and time as it is
desk() {
        dir=$TMPDIR/$1
        mkdir -p "$dir"
        at init --unit "Unit $1"
}
at() { bare --db "$dir/muster.db" --as duarte "$@"; }

desk one
at remote add hub "$url" --collection room --token-file "$TMPDIR/token" --ceiling amber
ends "remote add" 0
at remote test hub
ends "remote test" 0
says "remote test says what we may" "we may read and write"
at list outbox
says "remote test exchanges nothing" "waiting"
at new incident "title=Seen by both" severity=high tlp=green
at new incident "title=For us only" severity=low tlp=red
at sync --once --json
ends "sync" 0
holds "sync: whose" remotes.0.name hub
holds "sync: how it ended" remotes.0.state done
holds "sync: nothing waits" remotes.0.pending 0
holds "sync: nothing came" remotes.0.received 0
holds "sync: nothing was merged" remotes.0.merged 0
holds "sync: nothing was refused" remotes.0.refused 0
same "sync: the members are those of the contract" "$(grep -o '"[a-z_]*":' "$dir/out" | sort | tr -d '\n')" \
        '"merged":"name":"pending":"received":"refused":"remotes":"sent":"state":'
[ "$("$PROGRAMS/jsonget" remotes.0.sent <"$dir/out")" -gt 1 ]
verdict $? "sync: something went" "nothing went"
at list outbox --json
holds "what is above the ceiling is held back" 0.state held
at list outbox
says "and it is said why" "TLP:"
at remote list --json
holds "the remote is live" 0.state live
holds "and what it is to us is known" 0.can_write true
at sync
ends "sync again" 0
says "sync again: what went along comes back, and is not received" "0 sent, 0 received"

desk two
at remote add hub "$url" --collection room --token-file "$TMPDIR/token"
at sync --json
ends "the other unit" 0
[ "$("$PROGRAMS/jsonget" remotes.0.received <"$dir/out")" -gt 1 ]
verdict $? "the other unit gets something" "nothing came"
at list incidents
says "the other unit sees it" "Seen by both"
! grep -q "For us only" "$dir/out"
verdict $? "and not what is held back" "it left"
dir=$TMPDIR/one
at set INC-0001 "title=Seen by both, better" >"$dir/out"
at sync
dir=$TMPDIR/two
at sync --json
ends "a newer version comes" 0
holds "a newer version: it is merged" remotes.0.merged 1
holds "a newer version: it and its act were received" remotes.0.received 2
at remote add shut "$url" --collection room --token-file "$TMPDIR/wrong"
at sync
ends "one of two remotes" 4
warns "whose fault" "shut: "
says "the other is done" "done"
at remote remove hub
at sync
ends "only one that refuses" 1
at remote test shut
ends "remote test: it refuses" 1
warns "remote test: why" "401"
! grep -q nonsense "$dir/out" "$dir/err"
verdict $? "no secret is said" "it is"
at remote list --json
holds "remote list: it refuses" 0.state refused
at remote list
says "remote list: it refuses, as text" "refused "
at remote remove shut
at sync --json
ends "no remote" 0
same "no remote: an empty list" "$("$PROGRAMS/jsonget" remotes <"$dir/out")" 0
at sync --once --watch
ends "once and watch" 2

desk three
at remote add hub "$url" --collection room --token-file "$TMPDIR/reader"
at new incident "title=Never asked" severity=low tlp=green
at remote test hub
says "a reader may read" "we may read"
at sync --json
ends "what a reader can't send is left" 4

dir=$TMPDIR/four
mkdir -p "$dir"
at init --unit "Unit four" --ceiling clear
at remote add hub "$url" --collection room --token-file "$TMPDIR/token" --ceiling clear
at sync --json
ends "what is above our own ceiling is refused" 4
[ "$("$PROGRAMS/jsonget" remotes.0.refused <"$dir/out")" -gt 0 ]
verdict $? "and counted" "nothing was refused"

dir=$TMPDIR/three
kill $pid
wait $pid 2>/dev/null
at remote add gone "$url" --collection room
at sync --json
ends "nobody answers" 1
holds "nobody answers: the state" remotes.0.state offline
[ "$failures" -eq 0 ]
