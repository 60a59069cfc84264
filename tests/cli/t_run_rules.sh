# What a run shows and asks for whatever its playbook is about: names with values.
fresh rules
second() { bare --db "$dir/muster.db" --as bea --now "$NOW" "$@"; }

# take NAME LINE...: a checklist of these lines comes in as a playbook
take() {
        printf '%s\n' "# $1" "" "$2" >"$dir/list.md"
        run playbook new "$1" --from "$dir/list.md" --out "$dir/list.json"
        ends "$1: a playbook" 0
        run import "$dir/list.json"
        ends "$1: comes in" 0
}

# ---- values in the names of steps ----

take "Names" '## Variables
- victim string: Who was hit
- law string = nis2: Which law holds
## Steps
- Ask who it is (gives victim)
- Call __victim__:value under __law__:value (must)
- parallel Both at once
  - branch at __victim__:value
    - Look at __victim__:value
  - branch here
    - Wait'
step "a dry run" playbook run PB-0001 --dry-run
says "shows what is supposed, and what is not known by its name" "2      Call __victim__:value under nis2"
step "an incident" new incident title="Call" class=availability severity=high
step "started" playbook run PB-0001 --incident INC-0001
step "said" do RUN-0001 value step=1 variable=victim value="Hospital A"
step "done" do RUN-0001 complete step=1 --json
holds "what is to be done now is shown with it" now "2 Call Hospital A under nis2"
run do INC-0001 close --reason over
warns "so is what stands in the way of closing" "RUN-0001 has mandatory steps open: 2 Call Hospital A under nis2"
run show RUN-0001
says "and a branch" "at Hospital A"
run show RUN-0001 --json
holds "a step is titled by it" plan.1.title "Call Hospital A under nis2"
holds "and has its name" plan.1.name "Call __victim__:value under __law__:value"
step "done, too" do RUN-0001 complete step=2
run show INC-0001
says "the timeline says it" "RUN-0001: 2 Call Hospital A under nis2: done by duarte"
run show RUN-0001 --json
same "so do the plan and the times" "$(grep -c '"title": "Call Hospital A under nis2"' "$dir/out")" 2

# ---- what two persons do, two leave out ----

take "Both" '## Steps
- Cut the line (two) (must)
- parallel At once
  - branch bell
    - Ring the bell
  - branch gate
    - Close the gate (two)'
step "one for two" playbook run PB-0002
step "one wants it left out" do RUN-0002 skip step=1 --reason "it is cut already" --json
holds "that leaves nothing out" now "1 Cut the line"
run show RUN-0002 --json
holds "it waits" plan.0.state to-sign
holds "who asked" plan.0.by duarte
run do RUN-0002 sign step=1
ends "not for the same person" 3
warns "and it says so" "the second signature is another person's"
second do RUN-0002 skip step=1 --reason "so I think"
ends "nor is it asked twice" 3
warns "it says who asked" "duarte wants it left out; that waits for a second person"
second do RUN-0002 sign step=1 --json
ends "but for another" 0
run show RUN-0002 --json
holds "then it is left out" plan.0.state skipped
holds "by one" plan.0.by duarte
holds "and another" plan.0.signed_by bea
run show RUN-0002
says "the log says what was signed" "1 Cut the line: signed as skipped by bea"
step "all of a block with such a step" do RUN-0002 not-applicable step=2 --reason "no gate here"
run show RUN-0002 --json
holds "waits, too" plan.1.state to-sign
holds "and its steps can be done" plan.2.state now
second do RUN-0002 sign step=2 --json
holds "signed, it ends the run" state done

# ---- paused ----

step "another run" playbook run PB-0001
step "paused" do RUN-0003 pause
run do RUN-0003 complete step=1 --reason "all the same"
ends "a paused run takes no completion, whatever the reason" 3
warns "it says how it goes on" "the run is paused; resume it first: P in the run, or the verb resume"
for verb in fail skip not-applicable; do
        run do RUN-0003 $verb step=1 --reason "no"
        ends "nor $verb" 3
done
step "a note is kept" do RUN-0003 note step=1 note="more at eight"
step "and a value" do RUN-0003 value step=1 variable=victim value="Hospital B"
step "resumed" do RUN-0003 resume
step "it takes one" do RUN-0003 complete step=1 --json
holds "done" done 1

# ---- what a dry run says of each step ----

take "Demands" '## Steps
- Cut it off @technical-lead (30m) (within 2h) (after 1d) (two) (must) (pap)
- Wait'
step "a dry run" playbook run PB-0003 --dry-run
says "names all that a step asks for" "(must, two persons, PAP, takes 30 min, within 02:00, not before 24:00, asked of technical lead)"
step "in JSON" playbook run PB-0003 --dry-run --json
holds "whom" plan.0.asked_of "technical lead"
holds "how long" plan.0.minutes 30
holds "until when" plan.0.within 7200
holds "from when" plan.0.not_before 86400
holds "must" plan.0.mandatory true
holds "two" plan.0.two_person true
holds "PAP" plan.0.pap true

# ---- which playbooks are suggested ----

fresh suggested
step "the library" playbook library
# suggested NAME FIELD=VALUE...: the first that is suggested for an incident of low severity, with why
suggested() {
        said=$1
        shift
        run new incident title=Down severity=low "$@" --json
        ref=$("$PROGRAMS/jsonget" ref <"$dir/out")
        run playbook suggest "$ref"
        same "$said" "$(sed -n '1s/^PB-[0-9]* *//p' "$dir/out")" "$expected"
}
expected="DDoS on public services (class Availability)"
suggested "by class alone" class=availability
expected="Ransomware at an essential entity (class Malicious Code)"
suggested "for what most call ransomware, too" class=malicious-code
expected="OT and grid disturbance (sector energy)"
suggested "by sector alone" sectors=energy
expected="NIS2 notification (an essential entity owes reports under NIS2)"
suggested "by the entity alone" entity=essential
expected="NIS2 notification (an important entity owes reports under NIS2)"
suggested "and for an important one" entity=important
expected=
suggested "none where nothing fits" class=fraud
step "a severe one" new incident title=Down severity=critical --json
step "by severity alone" playbook suggest INC-0007 --json
holds "that is the reason" 0.why "severity critical"
holds "one" 0.reasons 1
step "one whose clock was started" do INC-0006 start rule=nis2-ew
step "is suggested for" playbook suggest INC-0006
says "by the clock" "NIS2 notification (clock NIS2 24h)"

# ---- how long it took, over all runs ----

# at TIME ARG...: as duarte, then
at() {
        time=$1
        shift
        bare --db "$dir/muster.db" --as duarte --now "2026-11-24T$time" "$@"
}
fresh times
take "Twice" '## Steps
- Look (10m)
- Write it down'
run show PB-0001
[ "$(grep -c "^times of" "$dir/out")" -eq 0 ]
verdict $? "of what nobody ran nothing is said" "something is"
at 13:00:00Z playbook run PB-0001
at 13:20:00Z do RUN-0001 complete step=1
at 13:21:00Z do RUN-0001 complete step=2
at 14:00:00Z playbook run PB-0001
at 14:40:00Z do RUN-0002 complete step=1
at 15:00:00Z show PB-0001
says "it says of how many" "times of 2 runs, 1 ended: median 21 min, longest 21 min"
says "and of each step, the slowest first" "30 min    40 min    10 min      2  Look"
at 15:00:00Z show PB-0001 --json
holds "the same in JSON" times.0.median 1800
holds "the longest" times.0.longest 2400
holds "how often" times.0.times 2
holds "what was expected" times.0.expected 600
holds "runs" runs.started 2
holds "ended" runs.ended 1

# ---- who signed ----

fresh signed
step "one that is signed" import "$fixtures/playbook-signed.json"
run show PB-0001
says "matches a key that nobody vouches for" "key-unknown"
says "and it says so" "it matches the key that it carries; whose key that is nobody here knows"
run list playbooks --filter signed:key-unknown --json
holds "that can be asked for" 0.ref PB-0001
step "it is run as any" playbook run PB-0001
sed 's/Call/Shout/; s/"modified": "2026-11-24T10:00:00.000Z"/"modified": "2026-11-24T11:00:00.000Z"/' "$fixtures/playbook-signed.json" >"$dir/forged.json"
run import "$dir/forged.json"
run show PB-0001 --json
holds "changed since, its signature is bad" signed bad
run playbook run PB-0001
ends "it is not started" 3
warns "it says why not, and how it is" "has a bad signature: it may not be as it was signed; with a reason it is started all the same"
step "with a reason it is" playbook run PB-0001 --reason "ACME confirmed the change by telephone"
step "a dry run asks nothing" playbook run PB-0001 --dry-run

# ---- help ----

run help do
says "the help of do has the verbs of runs" "  complete step= [note=]"
says "with what they need" "  skip step= [note=] --reason TEXT"
says "and what they do" "signs, as a second person, what was completed, answered or left out"
says "and those of anything else" "  escalate"
