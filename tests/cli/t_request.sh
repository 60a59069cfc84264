# A request for support by commands only, from draft to closed, and what is refused on the way.
fresh request

second() { bare --db "$dir/muster.db" --as novak --now "$NOW" "$@"; }

run new incident title="No power" severity=high
run new request title="Analysts for the grid" incident=INC-0001 requester=CERT-PT route=spoc entity=Grid --json
ends "a request" 0
holds "its reference" ref REQ-0001
holds "it is a draft" state draft
run do REQ-0001 submit
ends "what is not complete is not submitted" 3
warns "what is missing" "(a) is not complete"
run set REQ-0001 impact="no power" use="to clean it" needs="4 analysts" measures="cut off" other_support=none
run do REQ-0001 submit
ends "nor without a point of contact" 3
warns "which is named" "spoc"
run set REQ-0001 spoc=CNCS
run set REQ-0001 state=submitted
ends "no form moves it" 3
run do REQ-0001 submit --json
holds "it waits for a second person" asking submit
holds "and is a draft until then" state draft
run do REQ-0001 confirm
ends "who asked does not confirm" 3
warns "why" "another person than who asked for it confirms it"
run do REQ-0001 confirm confirmed_by=novak
ends "nor by writing another name" 3
second do REQ-0001 confirm --json
holds "another person does" state submitted
holds "and is kept" confirmed_by novak
run set REQ-0001 needs="8 analysts"
ends "what was submitted stays" 3
second do REQ-0001 return --reason "how many?" --json
holds "it may be returned" state returned
run set REQ-0001 needs="8 analysts"
ends "then it is changed" 0
run do REQ-0001 resubmit --json
holds "and sent again" state submitted
second do REQ-0001 approve --reason "grave"
ends "nobody assesses it yet" 3
second do REQ-0001 take
second do REQ-0001 approve severity=high entity_class=essential cross_border=no
ends "a decision says why" 3
second do REQ-0001 approve severity=high entity_class=essential cross_border=no --reason "grave" --json
holds "approved" state approved
holds "by whom" decider novak
second do REQ-0001 offer provider=CERT-EE resource="4 analysts" expires=yesterday
ends "an offer that is over" 3
second do REQ-0001 offer provider=CERT-EE resource="4 analysts" expires=+24h
ends "an offer" 0
run show REQ-0001
says "show tells what is on offer" "offers            1@2026-11-25"
run do REQ-0001 accept 7
ends "no such offer" 3
warns "its number" "no offer has the number 7"
run do REQ-0001 accept 1 --json
holds "accepted" state accepted
run do REQ-0001 sign liability=theirs legal_status=ours data_handling="stays here" limits=amber --json
holds "agreed" state agreed
run do REQ-0001 end
ends "no step is left out" 3

# ---- what is confirmed is what was asked for; one place, one request --------------------------------

fresh places
run new incident title="Ransom at a hospital" severity=high
for n in 1 2; do
        run new request title="Request $n" incident=INC-0001 requester=CERT-RO route=cert-eu entity=E impact=I use=U \
                needs=N measures=M other_support=none
        run do REQ-000$n submit
done
bare --db "$dir/muster.db" --as novak --now "$NOW" set REQ-0001 needs="twenty people"
ends "the second person may change it" 0
warns "but then it is asked for anew" "REQ-0001: it is not what duarte asked for any more, so submit is void"
bare --db "$dir/muster.db" --as novak --now "$NOW" do REQ-0001 confirm
warns "so it can't be confirmed" "nobody has asked for it yet"
run show REQ-0001
says "the log says so" "asked for submit withdrawn"
run set REQ-0001 asking=submit
ends "nobody asks by a change" 3
run set REQ-0002 title="Another title"
run show REQ-0002 --json
holds "what is not part of it changes nothing" asking submit
run do REQ-0001 submit
for n in 1 2; do
        bare --db "$dir/muster.db" --as novak --now "$NOW" do REQ-000$n confirm
        ends "request $n is confirmed" 0
done
run do REQ-0001 rank rank=1 rank_why="a hospital"
ends "it gets a place" 0
run do REQ-0002 rank rank=1 rank_why="another hospital"
ends "nobody else gets the same" 3
warns "and it says whose it is" "place 1 is that of REQ-0001 Request 1; give that another place first"
run do REQ-0001 rank rank=1 rank_why="a hospital, still"
ends "it may keep its own" 0
run do REQ-0001 withdraw --reason "solved"
run do REQ-0002 rank rank=1 rank_why="the only one left"
ends "who is over competes no more" 0
run new request title="Request 3" incident=INC-0001 requester=CERT-RO route=cert-eu entity=E impact=I use=U \
        needs=N measures=M other_support=none
run do REQ-0003 submit
run do REQ-0003 withdraw --reason "solved"
run show REQ-0003
same "what is withdrawn asks for nothing" "$(grep -c 'asked for  ' "$dir/out")" 0
