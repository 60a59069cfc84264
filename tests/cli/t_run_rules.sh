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
