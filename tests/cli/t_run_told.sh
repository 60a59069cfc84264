# What is said of what was done in a run: to who did it, and in the timeline.
fresh told
second() { bare --db "$dir/muster.db" --as bea --now "$NOW" "$@"; }

printf '%s\n' '# Plan' '' '## Variables' '- host string: which' '## Steps' '- Cut the line (two)' \
        '- if it rings' '  - Answer it' '- run playbook--11111111-1111-4111-8111-111111111111 Other' \
        '- Look' >"$dir/plan.md"
printf '%s\n' '# Other' 'Id: playbook--11111111-1111-4111-8111-111111111111' '' '- Think' >"$dir/other.md"
for list in plan other; do
        step "$list: a playbook" playbook new --from "$dir/$list.md" --out "$dir/$list.json"
        step "$list: comes in" import "$dir/$list.json"
done
step "started" playbook run PB-0001

# ---- who completes a step for two ----

step "one for two" do RUN-0001 complete step=1
says "is not done, and who completed it is told" "  1 Cut the line: waits for a second person, who says: muster do RUN-0001 sign step=1"
second do RUN-0001 sign step=1
ends "signed" 0
run show RUN-0001
says "then it is done" "1      Cut the line [done]"
step "one for one" do RUN-0001 answer step=2 value=yes
same "says nothing of others" "$(wc -l <"$dir/out")" 1

# ---- the timeline ----

step "handed over" do RUN-0001 hand-over value=bea
step "due" do RUN-0001 due step=2a.1 value=+2h
step "done" do RUN-0001 complete step=2a.1
step "with the other playbook" do RUN-0001 answer step=3 value=PB-0002
run show PB-0002 --json
hash=$("$PROGRAMS/jsonget" content <"$dir/out" | cut -c 1-12)
run show RUN-0001
says "to whom" "handed over to bea by duarte"
says "until when" "due time changed to 2026-11-24T15:00:00Z by duarte"
says "as it was answered" "2 it rings: answered yes by duarte"
says "a content by its beginning" "3 Other: answered $hash… by duarte"

printf '%s\n' '# Ways' '## Variables' '- way string: which' '## Steps' '- switch way' '  - case by road' '    - Drive' \
        '  - default' '    - Walk' >"$dir/ways.md"
step "a playbook with ways" playbook new --from "$dir/ways.md" --out "$dir/ways.json"
step "comes in" import "$dir/ways.json"
step "started" playbook run PB-0003
run show RUN-0002
says "a way of two words is one word to type" "muster do RUN-0002 answer step=1 value='by road'"
says "any other has a name" "muster do RUN-0002 answer step=1 value=otherwise"
step "that is taken" do RUN-0002 answer step=1 value=otherwise
run show RUN-0002
says "and told" "1 Which way: way: answered otherwise by duarte"

# ---- evidence that is a file ----

echo log >"$dir/proxy.log"
hash=$(sha256sum "$dir/proxy.log" | cut -d ' ' -f 1)
step "a file" do RUN-0001 evidence step=1 value="$dir/proxy.log"
step "a file alone" do RUN-0001 evidence "$dir/proxy.log"
step "a reference" do RUN-0001 evidence step=1 value="receipt 7/2026"
run show RUN-0001
says "is kept by its name and hash" "1 Cut the line: evidence kept proxy.log sha256:$hash by duarte"
says "of the run, too" "Z  duarte        evidence kept proxy.log sha256:$hash by duarte"
says "what is none is kept as it is" "evidence kept receipt 7/2026 by duarte"
run do RUN-0001 evidence step=1 value=./nothing
ends "one that is not there is not kept" 1

# ---- a playbook inside ----

fresh inside
for day in 20 22; do
        printf '%s\n' '# Other' 'Id: playbook--11111111-1111-4111-8111-111111111111' \
                'Created: 2026-11-20T12:00:00.000Z' "Modified: 2026-11-${day}T12:00:00.000Z" '' "- Think as on $day" >"$dir/other.md"
        step "a playbook of $day" playbook new --from "$dir/other.md" --out "$dir/other.json"
        step "comes in" import "$dir/other.json"
done
printf '%s\n' '# Plan' 'Id: playbook--22222222-2222-4222-8222-222222222222' '' \
        '- run playbook--11111111-1111-4111-8111-111111111111 Other' \
        '- run playbook--33333333-3333-4333-8333-333333333333 Nobody has it' >"$dir/plan.md"
step "one that runs it" playbook new --from "$dir/plan.md" --out "$dir/plan.json"
step "comes in, too" import "$dir/plan.json"
step "started" playbook run PB-0002
step "the newest" do RUN-0001 answer step=1 value=newest --json
holds "is that of the other" now "1.1 Think as on 22"
step "done" do RUN-0001 complete step=1.1
run do RUN-0001 answer step=2 value=newest
ends "what nobody has is not taken in" 3
warns "which it is" "playbook--33333333-3333-4333-8333-333333333333 is not held here"
sed 's/"playbook_id"/"playbook_version":"2026-11-20T12:00:00.000Z",&/g
        s/playbook--22222222/playbook--44444444/' "$dir/plan.json" >"$dir/of.json"
step "one that names a version" import "$dir/of.json"
step "started" playbook run PB-0003
step "the newest" do RUN-0002 answer step=1 value=newest --json
holds "is the version that it names" now "1.1 Think as on 20"

# ---- what is to be done now ----

fresh now
cat >"$dir/block.json" <<'JSON'
{"type":"playbook","spec_version":"cacao-2.0","id":"playbook--66666666-6666-4666-8666-666666666666",
"name":"Block","created_by":"identity--66666666-6666-4666-8666-666666666661",
"created":"2026-11-20T12:00:00.000Z","modified":"2026-11-20T12:00:00.000Z",
"workflow_start":"start--66666666-6666-4666-8666-666666666662",
"agent_definitions":{"individual--66666666-6666-4666-8666-666666666663":{"type":"individual","name":"Ana"}},
"target_definitions":{"linux--66666666-6666-4666-8666-666666666664":{"type":"linux","name":"web1","address":{"ipv4":["192.0.2.1"]}}},
"playbook_variables":{"__ip__":{"type":"ipv4-addr","value":"192.0.2.7"},"__seen__":{"type":"bool"}},
"workflow":{
"start--66666666-6666-4666-8666-666666666662":{"type":"start","on_completion":"action--66666666-6666-4666-8666-666666666665"},
"action--66666666-6666-4666-8666-666666666665":{"type":"action","name":"Block it","description":"At the border.",
"agent":"individual--66666666-6666-4666-8666-666666666663","targets":["linux--66666666-6666-4666-8666-666666666664"],"out_args":["__seen__"],
"commands":[{"type":"manual","command":"Ask first"},{"type":"ssh","command":"ufw deny from __ip__:value"}],
"on_completion":"if-condition--66666666-6666-4666-8666-666666666666"},
"if-condition--66666666-6666-4666-8666-666666666666":{"type":"if-condition","condition":"it is quiet","on_true":"end--66666666-6666-4666-8666-666666666667"},
"end--66666666-6666-4666-8666-666666666667":{"type":"end"}}}
JSON
step "a playbook with commands" import "$dir/block.json"
step "started" playbook run PB-0001
run show RUN-0001
says "what the step says" "    At the border."
says "what people do" "    Ask first"
says "what is run elsewhere, and on what" "    run this yourself (ssh) on web1 (192.0.2.1):"
says "with the values that are known" "      ufw deny from 192.0.2.7"
says "what it asks for" "    it asks for __seen__: muster do RUN-0001 value variable=__seen__ value=..."
step "said" do RUN-0001 value variable=__seen__ value=yes
step "done" do RUN-0001 complete step=1
run show RUN-0001
says "how a question is answered" "    muster do RUN-0001 answer step=2 value=no"
step "no" do RUN-0001 answer step=2 value=no
run show RUN-0001
same "of one that has ended nothing" "$(grep -c 'to be done now' "$dir/out")" 0
