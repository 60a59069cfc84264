# Contacts: who was reached for what, who was only tried; found in the log, marked as the person.
fresh contact
run new expert name="Anna Popescu" states=RO
run new participant name="CERT-RO operations"
run new team name="Blue team"
run new incident title="Signalling outage" severity=high tlp=green
run new request title="OT help" incident=INC-0001 requester=CERT-RO

step "contact: reached" do EXP-0001 contact outcome=reached way=phone for=REQ-0001 "can come on Friday"
run show EXP-0001
says "contact: the person's log has it" "contacted by duarte: phone, reached: can come on Friday; for REQ-0001"
run show REQ-0001
says "contact: the request's has the reference" "EXP-0001 was asked: phone, reached"
! grep -q 'Friday\|Popescu' "$dir/out"
verdict $? "contact: and nothing more" "the request tells what is the person's"
step "contact: the outcome alone" do EXP-0001 contact tried
step "contact: words without quotes" do EXP-0001 contact tried way=radio nobody at the set
run show EXP-0001
says "contact: their text" "contacted by duarte: radio, no answer: nobody at the set"
step "contact: of an organisation" do ORG-0001 contact reached way=out-of-band text="x = 3"
step "contact: of a team" do TEAM-0001 contact tried for=INC-0001
run show INC-0001
says "contact: an incident's log" "TEAM-0001 was asked: no answer"
run list log --filter verb:contact --json
same "contact: found by their verb" "$(grep -c '"verb":"contact"' "$dir/out")" 5
run list log --filter 'verb:contact about:EXP-0001' --json
same "contact: of one person" "$(grep -c '"verb":"contact"' "$dir/out")" 3
holds "contact: marked as the person" 0.tlp amber+strict

run do EXP-0001 contact way=phone
ends "contact: whether they answered" 3
warns "contact: is asked for" "contact needs outcome"
run do EXP-0001 contact reached for=EXP-0001
ends "contact: about what it can be" 3
warns "contact: says which" "for takes"
run do INC-0001 contact reached
ends "contact: an incident answers no phone" 2
run do EXP-0001 contact reached --at 2026-11-24T12:00Z
ends "contact: told late" 3
warns "contact: needs to say why" "late"
step "contact: told late, and why" do EXP-0001 contact reached --at 2026-11-24T12:00Z for=INC-0001 late="on the road"
