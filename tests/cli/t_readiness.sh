# Who is left of the experts, and who is on duty by a rota.
fresh readiness

run new expert name="Ana Ionescu" community=civilian roles=forensics languages=ro
run new expert name="Heikki Laine" community=civilian roles=forensics languages=fi
run new expert name="Marta Silva" community=defence roles=ciso languages=ro
run new deployment title="To the ministry" resources=EXP-0001 mode=remote from=2026-12-01T08:00Z until=2026-12-03T08:00Z
run report readiness
ends "readiness is told" 0
says "by role, with the names" "role forensics: 2 of 2 left: Ana Ionescu, Heikki Laine"
same "with people in it, it is marked on top and at the end" "$(sed -n '1p;$p' "$dir/out" | tr '\n' ' ')" \
        "TLP:AMBER+STRICT TLP:AMBER+STRICT "
run report readiness --without DEP-0001
ends "without a deployment" 0
says "those whom it takes are taken out" "role forensics: 1 of 2 left: Heikki Laine"
run report readiness --without EXP-0001,EXP-0003 --json
holds "what was taken out is told" without "EXP-0001,EXP-0003"
holds "JSON is marked" marking "TLP:AMBER+STRICT"
holds "and says that it is real" exercise false
holds "a gap says from when" gaps.0.first_day 2026-11-24
holds "and until when" gaps.0.last_day 2026-12-07
run report readiness --without NONE-1
ends "what there is not is refused" 1

run new rota name="Duty officers" members=EXP-0001,EXP-0002 starts=2026-11-23T08:00Z shift_hours=24 timezone=UTC
run show ROTA-0001
ends "a rota is shown" 0
says "with who is on duty" "on duty           2026-11-24T08:00:00Z to 2026-11-25T08:00:00Z  EXP-0002 Heikki Laine"
says "its turns by reference" "1 EXP-0001"
run list rotas
says "in the list too" "1 EXP-0001"
run show ROTA-0001 --json
holds "as JSON too" duties.0.who "EXP-0002 Heikki Laine"
holds "nobody has overridden it" duties.0.override false

# turns are swapped, overridden and taken over; who is on call follows
for expert in EXP-0001 EXP-0002 EXP-0003; do
        run set $expert verified=now readiness=r0
done
run do ROTA-0001 swap turn=2026-11-25T09:00Z with=2026-11-26T09:00Z
ends "turns are swapped" 0
run show ROTA-0001
says "the first has the turn of the second" "2026-11-25T08:00:00Z to 2026-11-26T08:00:00Z  EXP-0002 Heikki Laine (override)"
says "the second that of the first" "2026-11-26T08:00:00Z to 2026-11-27T08:00:00Z  EXP-0001 Ana Ionescu (override)"
says "the log says who and when" "turns swapped: EXP-0002 on duty from 2026-11-25 08:00Z to 2026-11-26 08:00Z, EXP-0001 from 2026-11-26 08:00Z"
run do ROTA-0001 swap turn=2026-11-25T09:00Z with=2026-11-25T10:00Z
warns "two turns of one person are none to swap" "both are turns of one person"
run do ROTA-0001 override who=EXP-0003 from=2026-11-27T08:00Z until=2026-11-27T20:00Z
ends "somebody else is put on duty" 0
run do ROTA-0001 override who=EXP-0003 from=2026-11-27T20:00Z until=2026-11-27T08:00Z
warns "it has to end behind its beginning" "it ends before it begins"
run do ROTA-0001 override who=EXP-0003 from=2026-11-27T20:00Z
warns "until when has to be said" "until"
run do ROTA-0001 override who=DEP-0001 from=2026-11-27T08:00Z until=2026-11-27T20:00Z
warns "only people are on duty" "DEP-0001 is no expert"
run list experts --filter status:on-call
says "who is on duty is on call" EXP-0002
run do ROTA-0001 take-over by=EXP-0003
warns "taking over needs a reason" "it needs a reason"
run do ROTA-0001 take-over by=EXP-0003 --reason sick
ends "a duty is taken over" 0
run show ROTA-0001 --json
holds "from now on" duties.0.who "EXP-0003 Marta Silva"
holds "until the shift ends" duties.0.until 2026-11-25T08:00:00.000Z
run show ROTA-0001
says "the log says from whom, and why" "taken over by EXP-0003 from EXP-0002 until 2026-11-25 08:00Z: sick"
run do ROTA-0001 take-over by=EXP-0003 --reason again
warns "who is on duty has nothing to take over" "it is their own duty, until 2026-11-25 08:00Z"
run list experts --filter status:on-call
says "the other is on call now" EXP-0003
same "and the first no more" "$(grep -c EXP-0002 "$dir/out")" 0
run set ROTA-0001 overrides=+2026-12-08T08:00Z/2026-12-08T20:00Z=EXP-0002
run show ROTA-0001
says "who stands in is in the log by reference, set by hand too" "+2026-12-08T08:00:00.000Z/2026-12-08T20:00:00.000Z=EXP-0002"
run new rota name=Empty
run do ROTA-0002 take-over by=EXP-0003 --reason sick
warns "nobody is on duty by a rota without members" "nobody is on duty"

# a second one like it
run new incident title="Ransom at a hospital" severity=high
run new request title="Forensics" incident=INC-0001 requester=CERT-RO roles=forensics languages=ro headcount=2 \
        from=2026-11-25T08:00Z until=2026-11-27T08:00Z
run find INC-0001
says "an incident needs what its request does" "needed: forensics, ro, from"
run report readiness --for INC-0001
ends "whether a second incident could be met" 0
says "what it would need" "Needed: forensics, ro, from"
says "the first one comes first" "0 fit, 2 are needed; the first one still takes Ana Ionescu and lacks 1"
run report readiness --for REQ-0001 --without EXP-0001 --json
holds "of a request, without one" fitting 0
holds "how many are needed" needed 2
holds "how many the first one lacks" lacks 2
holds "it is not enough" enough false
run report readiness --for EXP-0001
ends "nobody is sent to a person" 3

# who is confirmed already is away with the deployment, and there without it
run set EXP-0001 clearance=s-ue
run new deployment title="At the hospital" incident=INC-0001 resources=EXP-0001 mode=remote from=2026-11-24T10:00Z \
        until=2026-11-27T08:00Z checks="papers, insurance, medical, interests, rest"
run do DEP-0002 alert
run do DEP-0002 confirm
ends "it is confirmed" 0
run report readiness
says "one of two is left" "role forensics: 1 of 1 left: Heikki Laine"
run report readiness --without DEP-0002
says "what it takes is the loss" "role forensics: 1 of 2 left: Heikki Laine"
run report readiness --for DEP-0002
says "a second one asks for others" "1 is needed"
same "not for who goes to the first" "$(grep -c 'needed: .*Ana Ionescu' "$dir/out")" 0
run report readiness --for INC-0001
says "one goes to it, one more is needed" "0 fit, 2 are needed; the first one itself lacks 1"
same "a second one is marked too" "$(sed -n '1p;$p' "$dir/out" | tr '\n' ' ')" "TLP:AMBER+STRICT TLP:AMBER+STRICT "

# people and equipment are asked for what they can be
run new equipment name="Imaging kit" category=forensic-kit lead_time=1h verified=now
run new request title="Forensics with a kit" requester=CERT-RO roles=forensics category=forensic-kit headcount=1 \
        from=2026-12-10T08:00Z until=2026-12-12T08:00Z
run find REQ-0002 --filter name:Heikki
says "who goes misses no kit" "nothing is missing"
run find REQ-0002 --kind equipment
says "a kit misses no role" "nothing is missing"
run report readiness --for REQ-0002
says "so they fit" "1 fits, 1 is needed"
says "and the kit is counted" "category forensic-kit: 1 of 1 left: Imaging kit"

bare --db "$dir/game.db" init --unit Game --exercise
bare --db "$dir/game.db" report readiness
says "an exercise says so" "EXERCISE EXERCISE EXERCISE"
