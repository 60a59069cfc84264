#!/bin/sh
# Two desks of a unit write and meet through a hub while any of the three is killed at any moment: nothing
# that was typed is lost, nothing is there twice, and in the end all have the same.
#
# MUSTER_SYNC_KILLS (20): how many rounds; in each, each of the three may be killed. MUSTER_SEED (1).
. "$MUSTER_TESTS/cli/lib.sh"
hub=$MUSTER-hub
PROGRAMS=$PROGRAMS/../cli
rounds=${MUSTER_SYNC_KILLS:-20}
umask 077
cd "$TMPDIR" || exit 2

if [ ! -x "$hub" ]; then
        echo "ok kills # SKIP there is no muster-hub"
        exit 0
fi
slow=1
[ "$MUSTER_MODE" = release ] || slow=4
"$hub" --db hub.db collection add room --title Room >id || exit 2
"$hub" --db hub.db token add duty --collection room:rw >token || exit 2
mkfifo lines
pid=
trap '[ -z "$pid" ] || kill $pid 2>/dev/null' EXIT

# serve [SECONDS]: the hub, killed so long after it was ready; false: it can't have its place
serve() {
        "$hub" --db hub.db serve --listen "$place" >lines 2>>log &
        pid=$!
        url=
        read -r _ _ url <lines
        [ -n "$url" ] || return 1
        [ $# -eq 0 ] || (sleep "$1"; kill -KILL "$pid") 2>/dev/null &
}

# desk NAME [ARG...]: on the database of that desk, with time as it is
desk() {
        dir=$TMPDIR/$1
        mkdir -p "$dir"
        name=$1
        shift
        bare --db "$dir/muster.db" --as "$name" "$@"
}

meet() {
        desk "$1" remote add hub "http://$place/" --collection room --token-file "$TMPDIR/token" --ceiling red
}

# impatient NAME: after failures a desk waits, longer and longer; who sets the remote up anew does not, and sends
# all of it again
impatient() {
        desk "$1" remote list
        if grep -q offline "$dir/out"; then
                desk "$1" remote remove hub
                meet "$1"
        fi
}

# moments ROUND: three times in seconds, at which the hub and the desks are killed
moments() {
        awk -v seed="$((${MUSTER_SEED:-1} * 1000 + $1))" -v slow="$slow" 'BEGIN {
                srand(seed)
                printf "%.3f %.3f %.3f\n", slow * (0.05 + rand() * 0.25), slow * (0.005 + rand() * 0.15),
                        slow * (0.005 + rand() * 0.15) }'
}

# it comes back at the same place, so not where the system takes ports for everybody
port=$((20000 + $$ % 10000))
place=127.0.0.1:$port
until serve; do
        port=$((port + 1))
        place=127.0.0.1:$port
done
desk anna init --unit "Unit" --desk one
desk anna unit export "$TMPDIR/unit.json"
desk boris init --unit "Unit" --desk two --join "$TMPDIR/unit.json"
desk carla init --unit "Unit" --desk three --join "$TMPDIR/unit.json"
for who in anna boris carla; do
        meet $who
        ends "$who: remote add" 0
done
desk anna new incident "title=Under fire" severity=low
desk anna sync
desk boris sync
ends "they have met" 0
kill "$pid"
wait "$pid"

killed=0
round=0
while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        set -- $(moments $round)
        desk anna note INC-0001 "anna said $round."
        [ "$status" -eq 0 ] || verdict 1 "round $round: anna's note" "status $status"
        desk boris note INC-0001 "boris said $round."
        [ "$status" -eq 0 ] || verdict 1 "round $round: boris's note" "status $status"
        impatient anna
        impatient boris
        serve "$1" || verdict 1 "round $round: the hub starts" "$(tail -n 1 log)"
        timeout -s KILL "$2" "$MUSTER" --db anna/muster.db --as anna sync >/dev/null 2>&1 </dev/null &
        anna=$!
        timeout -s KILL "$3" "$MUSTER" --db boris/muster.db --as boris sync >/dev/null 2>&1 </dev/null &
        boris=$!
        for one in "$anna" "$boris" "$pid"; do
                wait "$one"
                [ $? -ne 137 ] || killed=$((killed + 1))
        done
done
[ "$killed" -ge "$rounds" ]
verdict $? "$killed kills in $rounds rounds" "too few"

serve || verdict 1 "the hub starts" "$(tail -n 1 log)"
calm=0
while [ "$calm" -lt 20 ]; do
        calm=$((calm + 1))
        moved=0
        for who in anna boris; do
                impatient $who
                desk $who sync
                grep -q "done  *0 sent, 0 received" "$dir/out" || moved=1
        done
        [ "$moved" -eq 1 ] || break
done
[ "$calm" -lt 20 ]
verdict $? "they fall silent after $calm exchanges" "they do not"
desk carla sync
ends "a third comes late" 0

for who in anna boris carla; do
        desk $who list log --filter "verb:note" --json
        tr ',' '\n' <"$dir/out" | sed -n 's/.*"text":"\([a-z]* said [0-9]*\.\)".*/\1/p' | sort >"$dir/said"
        same "$who has each note once" "$(uniq -d "$dir/said" | wc -l) $(wc -l <"$dir/said")" \
                "0 $((2 * rounds))"
        desk $who audit verify
        ends "$who: the journal is sound" 0
        desk $who doctor --json
        holds "$who: nothing is found" findings 0
        desk $who export "$TMPDIR/$who.json"
done
cmp -s anna/said boris/said && cmp -s anna/said carla/said
verdict $? "all have the same notes" "they differ"
cmp -s anna.json boris.json && cmp -s anna.json carla.json
verdict $? "all export the same bytes" "they differ"
exit $failures
