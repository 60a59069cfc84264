# From a new incident to people on site and home again, by commands alone; and who is booked twice.
fresh deploy

# As the second person.
second() { bare --db "$dir/muster.db" --as bea --now "$NOW" "$@"; }

step "an incident" new incident title="Water works by hand" severity=high class=availability states=RO
step "an expert" new expert name="Ilinca Salcia" states=RO skills=ot languages="ro:native, en:c1" clearance=s-ue verified=now
step "another" new expert name="Tove Haddad" states=SE skills=ot languages="sv:native, en:c1" clearance=c-ue verified=now
step "a team of both" new team name="Danube team" members="EXP-0001, EXP-0002" verified=now
step "a kit" new equipment name="Control kit" category=ot-kit serial=EX7001 condition=worn verified=now
step "a request" new request title="A team for the nights" incident=INC-0001 requester="RO CSIRT" route=spoc spoc="RO SPOC" \
        entity="Water works" entity_class=essential impact="pumps by hand" use="cover the nights" needs="one team" measures="off the network" \
        other_support=none headcount=2 mode=on-site from=+10h until=+8d states=RO severity=high cross_border=no skills=ot

run do REQ-0001 take
ends "nothing that nobody submitted is assessed" 3
step "it is submitted by one" do REQ-0001 submit
run do REQ-0001 confirm
ends "the same person does not confirm it" 3
second do REQ-0001 confirm --json
ends "another does" 0
holds "now it is submitted" state submitted
step "an answer is owed" show REQ-0001 --json
holds "within 48 hours" reply_due 2026-11-26T13:00:00.000Z
step "taken" do REQ-0001 take
step "approved" do REQ-0001 approve --reason "no other help is near"
step "offered" do REQ-0001 offer provider="SE CSIRT" resource="two people, a kit" expires=+24h offers=+1@2026-11-25T13:00:00.000Z
step "accepted" do REQ-0001 accept offer=1 accepted=+1@2026-11-25T13:00:00.000Z
step "signed" do REQ-0001 sign liability=host legal_status="law of the host" data_handling="stays on site" limits="TLP:AMBER"

step "a deployment" new deployment title="Danube team to the water works" incident=INC-0001 request=REQ-0001 resources="TEAM-0001, EQP-0001" \
        mode=on-site from=+10h until=+8d place=Constanta states=RO host="liaison" checkin_every=240 checks="papers, insurance, medical, interests, rest"
step "alerted" do DEP-0001 alert
step "who is held" show EXP-0001 --json
holds "a member of the team is held" status held
step "confirmed" do DEP-0001 confirm
step "mobilises" do DEP-0001 mobilise
step "the request is active" do REQ-0001 deploy
run do DEP-0001 depart
ends "nothing leaves without its serial numbers" 3
run do DEP-0001 manifest manifest=+NOTMINE
ends "nothing is on the manifest that does not go" 3
warns "it says which" "NOTMINE is the serial of nothing that goes"
step "manifest" do DEP-0001 manifest manifest=+EX7001
for verb in depart arrive; do
        step "$verb" do DEP-0001 $verb
done
step "access and the rules of evidence" set DEP-0001 access="access, evidence-rules"
step "start" do DEP-0001 start
step "check-in" do DEP-0001 check-in words="all well, at the works" --json
holds "it is operational" state operational
step "a second one" new deployment title="Somewhere else" resources=EXP-0001 mode=remote from=+2d until=+3d checks="papers, insurance, medical, interests, rest"
run do DEP-0002 alert
ends "nobody is booked twice" 3
warns "it is said for what" "DEP-0001"
step "hand-over" do DEP-0001 hand-over successor="the works"
step "demobilise" do DEP-0001 demobilise
step "return" do DEP-0001 return checked_in=EX7001 condition=good sanitised=now
step "the kit" show EQP-0001 --json
holds "it tells by itself how it came back" condition good
step "rest" do DEP-0001 rest
run do DEP-0001 close
ends "who still rests is not closed without a reason" 3
step "close" do DEP-0001 close --reason "both are home" --json
holds "it is closed" state closed
step "the support has ended" do REQ-0001 end
step "its report is there" do REQ-0001 report summary="report 12" results="nights covered"
step "closing is asked for" do REQ-0001 close lessons="spare controllers, filed"
second do REQ-0001 confirm --json
ends "and confirmed by another" 0
holds "the request is closed" state closed
run do INC-0001 close --reason "pumps run by themselves" --json
ends "so is the incident" 0

# ---- two desks that do not know of each other book the same person ----
fresh twice
one=$dir/muster.db
two=$dir/two.db
run new expert name="Iga Sosnk" verified=now
run unit export "$dir/unit.json"
bare --db "$two" --now "$NOW" init --join "$dir/unit.json" --desk "second desk"

# hand FROM TO: all that one desk knows, to the other
hand() {
        bare --db "$1" --now "$NOW" --as duarte export "$dir/bundle.json"
        bare --db "$2" --now "$NOW" --as novak import "$dir/bundle.json"
}

# book DB WHO AT
book() {
        bare --db "$1" --as "$2" --now "$3" new deployment title="Sent by $2" resources=EXP-0001 from=2026-11-25T08:00Z \
                until=2026-11-28T08:00Z checks="papers, insurance, medical, interests, rest"
        bare --db "$1" --as "$2" --now "$3" do DEP-0001 alert
        bare --db "$1" --as "$2" --now "$3" do DEP-0001 confirm
        ends "$2 books the expert" 0
}

hand "$one" "$two"
book "$one" duarte 2026-11-24T13:10:00Z
book "$two" novak 2026-11-24T13:11:00Z
bare --db "$one" list conflicts
silent "alone there is nothing to settle"
hand "$one" "$two"
hand "$two" "$one"
for db in "$one" "$two"; do
        desk=$(basename "$db" .db)
        bare --db "$db" --now 2026-11-24T13:20:00Z list conflicts --json
        holds "both deployments are named at $desk" 0.field overlaps
        holds "with whom they share at $desk" 0.resource_ref EXP-0001
        bare --db "$db" --now 2026-11-24T13:20:00Z list conflicts
        says "in words at $desk" "EXP-0001 Iga Sosnk is booked for DEP-0001 and for DEP-0001b Sent by novak"
        says "from the other side, too, at $desk" "EXP-0001 Iga Sosnk is booked for DEP-0001b and for DEP-0001 Sent by duarte"
done
bare --db "$one" --as duarte --now 2026-11-24T13:30:00Z do DEP-0001b stand-down --reason "the first one goes"
ends "one of them stands down" 0
hand "$one" "$two"
for db in "$one" "$two"; do
        bare --db "$db" --now 2026-11-24T13:40:00Z list conflicts
        silent "then all is settled at $(basename "$db" .db)"
done

# ---- ten laptops under one reference ----------------------------------------------------------------

fresh count
run new equipment name=Laptops category=laptop quantity=10 condition=good verified=now
for n in 1 2 3; do
        run new deployment title="Site $n" resources=EQP-0001 from=2026-11-24T08:00Z until=2026-11-28T08:00Z \
                checks="papers, insurance, medical, interests, rest"
done
run set DEP-0001 quantities=EQP-0001=4
ends "how many go is said" 0
run set DEP-0002 quantities="5 x EQP-0001"
ends "in another way, too" 0
run set DEP-0002 quantities=EQP-0001=11
ends "not more than there are" 3
warns "and it says how many there are" "there are only 10 of EQP-0001 Laptops, not 11"
for n in 1 2; do
        run do DEP-000$n alert
        run do DEP-000$n confirm
        ends "deployment $n takes some" 0
done
run do DEP-0003 alert
ends "who says no number takes all" 3
warns "and is told who has them" "this takes all 10 (quantities says how many)"
run show EQP-0001
says "what is left is shown" "left              1"
says "and it is ready" "status            ready"
run show DEP-0001
says "by reference" "4 EQP-0001"
run list equipment --json
holds "in JSON, too" 0.left 1
run list deployments --filter is:conflict
same "nothing is booked twice" "$(grep -c DEP- "$dir/out")" 0
run new request title="Laptops for a ministry" category=laptop headcount=3 from=2026-11-24T08:00Z until=2026-11-27T08:00Z
run find REQ-0001 --kind equipment
says "who can go says what is left" "1 of 10 left: DEP-000"
run report readiness
says "readiness counts pieces" "category laptop: 1 of 1 left: Laptops (1)"
run report readiness --without DEP-0001
says "and what a deployment takes of them" "category laptop: 1 of 5 left: Laptops (1)"

# ---- one console confirms what the other declines ---------------------------------------------------

fresh apart
one=$dir/muster.db
two=$dir/two.db
run new expert name="Iga Sosnk" verified=now
run unit export "$dir/unit.json"
bare --db "$two" --now "$NOW" init --join "$dir/unit.json" --desk "second desk"
run new deployment title="To Brno" resources=EXP-0001 from=2026-11-25T08:00Z until=2026-11-28T08:00Z \
        checks="papers, insurance, medical, interests, rest"
run do DEP-0001 alert
hand "$one" "$two"
bare --db "$one" --as duarte --now 2026-11-24T13:10:00Z do DEP-0001 confirm
bare --db "$two" --as novak --now 2026-11-24T13:11:00Z do DEP-0001 decline --reason "her mother is ill"
ends "the other declines meanwhile" 0
hand "$one" "$two"
hand "$two" "$one"
for db in "$one" "$two"; do
        desk=$(basename "$db" .db)
        bare --db "$db" --now 2026-11-24T13:20:00Z list conflicts
        says "both words are there at $desk" "state         confirmed (duarte) | declined (novak, too late)"
        bare --db "$db" --now 2026-11-24T13:20:00Z list deployments --filter is:conflict
        says "it is listed at $desk" DEP-0001
done
bare --db "$one" --as duarte --now 2026-11-24T13:30:00Z do DEP-0001 settle state=declined
ends "who came too late can't be chosen" 3
warns "and it says what can be done" "it came too late to be declined; settle keeps confirmed, another verb ends it"
bare --db "$one" --as duarte --now 2026-11-24T13:30:00Z do DEP-0001 stand-down --reason "her mother is ill"
ends "a person gives way to the other" 0
hand "$one" "$two"
for db in "$one" "$two"; do
        bare --db "$db" --now 2026-11-24T13:40:00Z list conflicts
        silent "then it is settled at $(basename "$db" .db)"
        bare --db "$db" --now 2026-11-24T13:40:00Z show DEP-0001
        says "as it was chosen at $(basename "$db" .db)" "state             stood-down"
done

# ---- time goes on while no console is open ----------------------------------------------------------

fresh later
run new expert name="Iga Sosnk" verified=now
run new deployment title="To Brno" resources=EXP-0001 mode=remote from=+1h until=+1d \
        checks="papers, insurance, medical, interests, rest"
run do DEP-0001 alert
run do DEP-0001 confirm
run list experts --json
holds "before it begins the expert is held" 0.status held
at() { bare --db "$dir/muster.db" --now "$@"; }
at 2026-11-25T09:00:00Z --read-only list experts --json
holds "who may only read is told what was so last" 0.status held
at 2026-11-25T09:00:00Z list experts --json
holds "who is confirmed only is held then" 0.status held
run do DEP-0001 mobilise
at 2026-11-25T09:00:00Z list experts --json
holds "who has mobilised is deployed then" 0.status deployed
at 2027-03-25T09:00:00Z list experts --filter status:deployed
says "whose end is past and who is not back is still away" EXP-0001
run do DEP-0001 stand-down --reason "not needed"
at 2027-03-25T09:00:00Z show EXP-0001 --json
holds "who was not asked for long is unverified" status unverified

# ---- what a step may not skip -----------------------------------------------------------------------

fresh steps
run new incident title="Water works" severity=high class=availability states=RO
run new expert name="Ada Salcia" states=RO clearance=c-ue languages=ro:native verified=now
run new expert name="Bo Haddad" states=SE verified=now
run new equipment name="Kit one" category=ot-kit serial=S1 condition=good verified=now
run new equipment name="Kit two" category=ot-kit serial=S2 condition=good verified=now
run new equipment name="Kit three" category=ot-kit serial=S3 condition=good verified=now
run new team name="Ada's team" members=EXP-0001 verified=now
run new request title="Help" incident=INC-0001 requester="RO CSIRT" route=spoc
run new deployment title="Two kits" incident=INC-0001 request=REQ-0001 resources="TEAM-0001, EQP-0001, EQP-0002" mode=on-site \
        from=+1h until=+3d states=RO checks="papers, insurance, medical, interests, rest"
run show REQ-0001
says "a line of another thing names the thing that it is about" "DEP-0001: opened by duarte: Two kits"
run do DEP-0001 alert
run do DEP-0001 decline resource=EXP-0002 --reason "he is ill"
ends "who does not go declines nothing" 3
warns "and it says who" "DEP-0001: EXP-0002 is not part of it"
run do DEP-0001 confirm
ends "two kits and a team are confirmed" 0
run set DEP-0001 clearance=s-ue
ends "more is not asked of who is confirmed than they have" 3
warns "and it says who has it not" "EXP-0001 Ada Salcia has no clearance S-UE"
run set DEP-0001 languages=hu:c1
ends "nor a language" 3
warns "which nobody speaks" "nobody who goes speaks hu:c1"
run set DEP-0001 clearance=c-ue languages=ro:c1
ends "what they have may be asked" 0
run do DEP-0001 mobilise
run do DEP-0001 depart manifest=+S1
ends "nothing leaves beside the manifest" 3
warns "and it says what would" "EQP-0002 Kit two is not on the manifest: manifest=+S2"
run do DEP-0001 manifest manifest="+S1, +S2"
run do DEP-0001 substitute resources="+EQP-0003 -EQP-0002" --reason "broken"
run do DEP-0001 depart manifest=+S3
ends "what stays does not stand on it" 3
warns "and it says what stays" "S2 is on the manifest and does not go: manifest=-S2"
run do DEP-0001 depart manifest="+S3, -S2"
ends "then it departs" 0
run do DEP-0001 manifest manifest=-S3
run do DEP-0001 recall --reason "over"
run do DEP-0001 demobilise
run do DEP-0001 return condition=good checked_in=all sanitised=now
ends "who takes it off the manifest still has to bring it home" 3
warns "by name" "EQP-0003 Kit three is not on the manifest"
run do DEP-0001 manifest manifest=+S3
run do DEP-0001 return condition=good checked_in=all sanitised=now
ends "then all is back" 0
run do DEP-0001 rest rest_until=+1h
ends "nobody rests less than is due" 3
warns "and it says until when" "they rest until 2026-11-25T00:00:00Z at least"
run do DEP-0001 rest
ends "11 hours it is" 0
run do REQ-0001 withdraw --reason "over"
run new deployment title="One more" request=REQ-0001 resources=EXP-0002 mode=remote from=+1h until=+3d
run do DEP-0002 alert
ends "nobody is asked for what was withdrawn" 3
warns "and it says so" "REQ-0001 is withdrawn; nobody goes for it any more"

# ---- a check-in that was asked for once -------------------------------------------------------------

fresh checkin
run new expert name="Iga Sosnk" verified=now
run new deployment title="From home" resources=EXP-0001 mode=remote from=+1h until=+3d checks="interests, rest"
for verb in alert confirm mobilise remote-ready; do
        run do DEP-0001 $verb
done
run do DEP-0001 check-in words="ready" checkin_due=+2h --json
holds "the next one is asked for" checkin_due 2026-11-24T15:00:00.000Z
bare --db "$dir/muster.db" --as duarte --now 2026-11-24T14:00:00Z do DEP-0001 check-in words="a word between" --json
holds "who is heard of before that still owes it" checkin_due 2026-11-24T15:00:00.000Z
bare --db "$dir/muster.db" --now 2026-11-24T16:00:00Z list deployments --filter is:overdue
says "who is not heard of is overdue" DEP-0001
bare --db "$dir/muster.db" --as duarte --now 2026-11-24T16:00:00Z do DEP-0001 check-in words="all well" --json
holds "who is heard of then owes nothing more" checkin_due null
bare --db "$dir/muster.db" --now 2026-11-24T17:00:00Z list deployments --filter is:overdue
same "and is not overdue" "$(grep -c DEP-0001 "$dir/out")" 0
