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
