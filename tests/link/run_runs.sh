#!/bin/sh
# Two consoles of a unit carry out one run through the hub, by command: each sees what the other did, and both have the
# same. Then a third unit, which never saw the file of the playbook.
. "$MUSTER_TESTS/cli/lib.sh"
hub=$MUSTER-hub
PROGRAMS=$PROGRAMS/../cli
umask 077
cd "$TMPDIR" || exit 2

if [ ! -x "$hub" ]; then
        echo "ok runs by command # SKIP there is no muster-hub"
        exit 0
fi
"$hub" --db hub.db collection add room --title Room >id || exit 2
"$hub" --db hub.db token add duty --collection room:rw >token || exit 2
mkfifo lines
"$hub" --db hub.db serve --listen 127.0.0.1:0 >lines 2>log &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT
read -r _ _ url <lines

# as WHO DESK ARG...: a command of somebody at a desk
as() {
        who=$1
        dir=$TMPDIR/$2
        shift 2
        mkdir -p "$dir"
        bare --db "$dir/muster.db" --as "$who" "$@"
}
# does NAME WHO DESK ARG...: it is done
does() {
        name=$1
        shift
        as "$@"
        ends "$name" 0
}
meet() {
        as ana one sync && as bea two sync && as ana one sync && as bea two sync
        ends "they meet" 0
}

does "a desk" ana one init --unit "Unit one"
does "its unit" ana one unit export unit.json
does "another desk of the unit" bea two init --join unit.json --desk night
for desk in one two; do
        does "the hub" ana "$desk" remote add hub "$url" --collection room --token-file "$TMPDIR/token" --ceiling amber
done
does "an incident" ana one new incident "title=Portal down" severity=high class=availability type=ddos tlp=green
does "a run, of a playbook that only this desk has taken in" ana one playbook run ddos --incident INC-0001
does "done" ana one do RUN-0001 complete step=1
meet
does "the other desk has the run" bea two show RUN-0001 --json
holds "it runs" state running
holds "what was done is done" done 1
does "and its playbook" bea two list playbooks
says "with the same reference" "PB-0001"
does "it goes on there" bea two do RUN-0001 complete step=2

# Apart, both answer the same step.
does "one says that it is done" ana one do RUN-0001 complete step=2 note="by phone"
does "and one goes on" bea two do RUN-0001 fail step=3
meet
as ana one show RUN-0001 --json
same "what contradicts nothing is no conflict" "$("$PROGRAMS/jsonget" disputed <"$dir/out")" 0
for desk in one two; do
        as ana "$desk" show RUN-0001 --json
        sed -n '/^  "plan"/,/^  \]/p; s/^  "\(state\|done\|steps\|open\|now\|disputed\|mandatory\|modified\)": /&/p' "$dir/out" >"$TMPDIR/$desk.txt"
done
cmp -s one.txt two.txt && [ -s one.txt ]
verdict $? "both consoles show the same" "$(diff one.txt two.txt | head -5)"

# Another unit gets the run, and the playbook with it; it gets the steps as tasks, as any tool does.
does "another unit" cai three init --unit "Unit three"
does "the hub" cai three remote add hub "$url" --collection room --token-file "$TMPDIR/token" --ceiling amber
does "it meets them" cai three sync
does "it has the run" cai three list runs --json
holds "under their name" 0.state running
does "and the playbook" cai three list playbooks --json
holds "by its title" 0.title "DDoS on public services"
does "all of it exported" cai three export "$TMPDIR/three.json"
grep -q '"task_types":\["playbook-step-execution"\]' "$TMPDIR/three.json"
verdict $? "and what was carried out, as tasks that any tool reads" "there is none"
[ "$failures" -eq 0 ]
