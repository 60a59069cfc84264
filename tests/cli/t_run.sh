# A shipped playbook, carried out by commands from an incident to its end: a branch, a parallel block, a step for two, a skip.
fresh run

# As the second person.
second() { bare --db "$dir/muster.db" --as bea --now "$NOW" "$@"; }

step "the library comes in" playbook library
says "all of it" "14 new playbooks"
run playbook library
says "once" "0 new playbooks"
step "listed" list playbooks --filter "types:notification title" --json
step "an incident" new incident title="Portal down" class=availability type=ddos severity=high sectors=public-administration
step "what fits it" playbook suggest INC-0001 --json
holds "the playbook against DDoS" 0.title "DDoS on public services"
holds "with the reason" 0.why "type Distributed Denial of Service; class Availability; severity high"
pb=$("$PROGRAMS/jsonget" 0.ref <"$dir/out")

step "its document" playbook export "$pb" "$dir/ddos.json"
cmp -s "$dir/ddos.json" "$MUSTER_DATA/playbooks/ddos.json"
verdict $? "is given back byte for byte" "it differs"
step "a dry run" playbook run "$pb" --dry-run
says "shows the whole plan" "7b.1   Look for logins"
run list runs --json
same "and writes nothing" "$("$PROGRAMS/jsonget" <"$dir/out")" 0

step "it is started" playbook run "$pb" --incident INC-0001 --json
holds "running" state running
holds "for the incident" ref RUN-0001
run do RUN-0001 complete step=9
ends "what is not reached is not completed" 3
warns "with a sentence" "RUN-0001: "
run do RUN-0001 complete step=99
ends "nor what does not exist" 3
warns "and what is to be done is named" "to be done first: 1"
run do RUN-0001 skip step=1
ends "a skip needs a reason" 3

step "done, with a note" do RUN-0001 complete step=1 note="seen from three networks"
step "a note" do RUN-0001 note step=2 note="since 11:40"
step "an owner" do RUN-0001 owner step=2 value=me
step "a due time" do RUN-0001 due step=2 value=+20m
echo log >"$dir/proxy.log"
step "evidence: a file" do RUN-0001 evidence step=2 file="$dir/proxy.log"
step "done" do RUN-0001 complete step=2 --json
holds "two of them" done 2
step "taken back" show RUN-0001 --json
step "paused over the shift" do RUN-0001 pause --json
holds "paused" state paused
step "resumed" do RUN-0001 resume
step "handed over" do RUN-0001 hand-over value=bea --json
holds "to another" owner bea

step "a step is skipped" do RUN-0001 skip step=3 --reason "known already"
step "what is exhausted" do RUN-0001 value variable=kind value=Volume
run show RUN-0001 --json
holds "a word in other letters is the word that decides" variables.__kind__ volume
step "whom it hits" do RUN-0001 value variable=essential value=yes
step "a value is changed" do RUN-0001 set variable=essential value=false
run do RUN-0001 value variable=essential value=perhaps
ends "one that its type does not take" 3

printf '# Ask\n\n- if it rings\n  - Answer it\n- while it rings\n  - Wait\n' >"$dir/ask.md"
step "a playbook that asks" playbook new Ask --from "$dir/ask.md" --out "$dir/ask.json"
step "comes in" import "$dir/ask.json"
step "is run" playbook run PB-0015
run do RUN-0002 answer step=1 value=perhaps
ends "what is no answer is refused" 3
warns "and the answers are named" '"perhaps" is none of its ways on: yes, no'
step "yes, as people say it" do RUN-0002 answer step=1 value=Yes
step "done by its number" do RUN-0002 complete step=1a.1
run do RUN-0002 answer step=2 value=perhaps
warns "those of a while, too" 'none of its ways on: again, leave'
step "a letter, as in the console" do RUN-0002 answer step=2 value=b --json
holds "was the last answer" state done

# What is to be done now is what the plan says is now: answers where it asks, signs where it waits.
turn() {
        run show RUN-0001 --json
        at=$(sed -n 's/^  "now": "\([0-9a-z.]*\) .*/\1/p' "$dir/out")
        [ -n "$at" ]
}
turns=0
while turn && [ $turns -lt 80 ]; do
        turns=$((turns + 1))
        [ $turns -eq 24 ] && run do RUN-0001 value variable=ended value=true
        run do RUN-0001 complete step="$at" note="n" && [ $status -eq 0 ] && continue
        second do RUN-0001 sign step="$at" && [ $status -eq 0 ] && continue
        run do RUN-0001 answer step="$at" value=leave && [ $status -eq 0 ] && continue
        run do RUN-0001 answer step="$at" value=true && [ $status -eq 0 ] && continue
        run do RUN-0001 answer step="$at" value=default && [ $status -eq 0 ] && continue
        run do RUN-0001 skip step="$at" --reason "not in this exercise"
        [ $status -eq 0 ] || break
done
run show RUN-0001 --json
holds "it comes to its end" state done
holds "what was answered contradicts nothing" disputed 0
holds "the slowest step is listed first" times.0.open false
run show INC-0001
says "all of it stands in the incident's timeline" "RUN-0001: 1 Check from outside"
run do RUN-0001 complete step=1
ends "an ended run takes no answers" 3
step "but notes" do RUN-0001 note note="to be told at the debriefing"

# ---- closing ----

step "another run" playbook run ddos --incident INC-0001
run do INC-0001 close --reason over
ends "an incident with mandatory steps open is not closed" 3
warns "they are named" "RUN-0003 has mandatory steps open: 2 Write down start"
step "cancelled" do RUN-0003 cancel --reason "a duplicate"
step "then it is" do INC-0001 close --reason over

# ---- another version ----

sed 's/"modified":"2026-11-26T18:00:00.000Z"/"modified":"2026-11-27T12:00:00.000Z"/; s/Keep going/Keep it going/' \
        "$MUSTER_DATA/playbooks/ddos.json" >"$dir/newer.json"
step "a run of the old one" playbook run "$pb"
step "a newer version comes in" import "$dir/newer.json"
step "what is different" playbook diff RUN-0004
says "is said" "changed"
step "in JSON" playbook diff RUN-0004 --json
holds "nothing would be lost" losses 0
step "moved" do RUN-0004 move value=newest
run playbook diff RUN-0004
ends "then there is no newer one" 1
sed 's/Keep it going/Go on/' "$dir/newer.json" >"$dir/twin.json"
run import "$dir/twin.json"
ends "another content of the same id and time" 0
warns "is warned of" "two contents under one id and time"
step "both are held" show "$pb" --json
holds "three contents" versions 3
holds "and it says so" twin true

# ---- bad input ----

run new playbook title=x
ends "nobody makes a playbook by fields" 3
warns "but by a file" "muster import FILE"
run playbook run INC-0001
ends "an incident is no playbook" 3
run playbook run nothing-of-that-name
ends "nor is a name that nothing has" 1
run do RUN-0004 complete step="$(printf '%8000s' x)"
ends "a step of 8,000 bytes" 3
run do RUN-0004 value variable=nil value=1
ends "no such variable" 3
run do RUN-0004 move value=ffff
ends "no such content" 3
run list playbooks --filter "title:Ransomware*" --json
other=$("$PROGRAMS/jsonget" 0.ref <"$dir/out")
step "another playbook" show "$other" --json
hash=$("$PROGRAMS/jsonget" versions.0.content <"$dir/out")
run do RUN-0004 move value="$other"
ends "a run does not move to another playbook" 3
warns "and it says so" "a version of another playbook"
run new run playbook="$pb" content="$hash"
ends "nor does it begin with a content of another" 3
warns "whose it is" "is one of $other"
run do RUN-0004 evidence step=1 file="$dir/nothing"
ends "no such file" 1

# ---- killed at any point ----

# Each is killed a little later than the one before: what it said to be done is there, what it did not is there or not.
kept=0
for i in 0 1 2 3 4 5 6 7 8 9; do
        "$MUSTER" --db "$dir/muster.db" --as duarte --now "$NOW" do RUN-0004 remark note="killed $i" >"$dir/out" 2>"$dir/err" &
        pid=$!
        for _ in $(seq "$i"); do
                "$MUSTER" version >"$dir/none"
        done
        kill -9 $pid 2>/dev/null
        { wait $pid; } 2>/dev/null && kept=$((kept + 1))
done
run show RUN-0004
there=$(grep -c "noted by duarte: killed" "$dir/out")
[ "$there" -ge "$kept" ] && [ "$(grep "noted by duarte: killed" "$dir/out" | sort -u | wc -l)" -eq "$there" ]
verdict $? "who is killed in the middle leaves the entry whole or not at all ($kept said so)" "$there are there"
step "the journal is sound" audit verify
step "and it goes on" do RUN-0004 complete step=1 --json
holds "where it was" done 1

# ---- a step that asks is not completed without what it asks for -----------------------------------------
fresh asked
run playbook run nis2-notification
run do RUN-0001 complete step=1
run do RUN-0001 complete step=2
ends "what it asks for is missing" 3
warns "it says which, and how it is given" "it asks for __significant__, which the verb value gives"
run do RUN-0001 value step=2 variable=significant value=true
step "with it" do RUN-0001 complete step=2 --json
holds "it is done, and the way goes by it" now "3b.1 Is the entity a trust service provider?"
