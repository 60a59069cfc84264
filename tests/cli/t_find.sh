# who could go: conditions of the filter line on rosters, and find.
fresh find
run new incident title="Signalling outage on rail corridor" severity=high
run new expert name="Anna Popescu" community=civilian states=RO roles=incident-responder skills="ot rail" \
        languages="ro:c1, en:b2" clearance=s-ue clearance_until=2027-06-01 readiness=r12 verified=now
run new expert name="Bruno Silva" community=law-enforcement roles=forensics skills=malware \
        languages="pt:native, ro:a2" clearance=s-ue clearance_until=2026-11-01 readiness=r0 verified=now
run new expert name="Carla Meier" community=civilian roles=incident-responder skills=ot languages="de:native, ro:b2" \
        clearance=ts-ue readiness=r0 verified=now leave="2026-11-26/2026-11-28" holder="BSI duty officer"
run new expert name="Dan Ionescu" roles=incident-responder languages=ro:native notice=30m verified=now
run new equipment name="Forensic kit" category=forensic-kit lead_time=6h handles=s-ue verified=now
run new team name="Blue team" communities=civilian readiness=r24 verified=now

# finds NAME LINE REF...: exactly these experts, by reference
finds() {
        name=$1 line=$2
        shift 2
        run list experts --filter "$line sort:ref"
        same "$name" "$(sed 1d "$dir/out" | cut -d ' ' -f 1 | tr '\n' ' ')" "$(printf '%s ' "$@")"
}

finds "a language at any level" "lang:ro" EXP-0001 EXP-0002 EXP-0003 EXP-0004
finds "a language from a level on" "lang:ro>=b2" EXP-0001 EXP-0003 EXP-0004
# a clearance of EXP-0002 has run out: it is not ready
finds "who could leave in less than 12 hours" "ready<12h" EXP-0003 EXP-0004
finds "who could leave within 12 hours" "ready<=12h" EXP-0001 EXP-0003 EXP-0004
finds "who is free for a day" "free:1d" EXP-0001 EXP-0003 EXP-0004
finds "who is free until a leave begins" "free:2026-11-25" EXP-0001 EXP-0003 EXP-0004
finds "who is free for five days" "free:5d" EXP-0001 EXP-0004
finds "whose clearance has not run out" "clearance>=s-ue" EXP-0001 EXP-0003
finds "a word cut short" "community:civ" EXP-0001 EXP-0003
finds "all of the conditions of the duty officer" "ready<=12h lang:ro clearance>=s-ue skill:ot free:5d" EXP-0001
run list equipment --filter "ready<12h clearance>=s-ue"
says "equipment has a lead time" "EQP-0001"
run list teams --filter "ready<12h"
same "a team has its readiness" "$(wc -l <"$dir/out")" 1
run list experts --filter "lang:ro>=d1"
ends "no such level" 3
warns "the nearest is named" "nearest: a1"
run list experts --filter "reddy<12h"
ends "no such condition" 3
warns "the nearest field is named" "no field reddy"

run new request title="OT help" incident=INC-0001 requester="CERT-RO" roles=incident-responder skills=ot \
        languages=ro:b2 clearance=s-ue from="2026-11-25 08:00" until="2026-11-29"
run find REQ-0001
ends "candidates are found" 0
says "what is needed is said" "needed: incident-responder, ot, ro:b2, S-UE"
same "the best is first, and who is away last" "$(grep '^EXP' "$dir/out" | cut -d ' ' -f 1 | tr '\n' ' ')" "EXP-0001 EXP-0004 EXP-0002 EXP-0003 "
says "of the best nothing is missing" "nothing is missing"
says "a leave is a reason against" "on leave from"
says "who releases is told" "BSI duty officer releases it"
run find REQ-0001 --json
holds "JSON: the first" 0.ref EXP-0001
holds "JSON: nothing is missing" 0.missing 0
holds "JSON: what who is away fails" 3.missed.0 free
holds "JSON: a reason" 0.reasons.0.says fits
run find REQ-0001 --leave-out free,skill,clearance --json
same "what is left out counts for nothing" "$(grep -c '"missing": 0' "$dir/out")" 3
run find REQ-0001 --leave-out rolle
ends "no such criterion" 2
warns "it names those there are" "nearest: role"
run find INC-0001 --filter "skill:ot" --limit 1
says "a filter narrows" "2 of 4"
same "a limit is kept" "$(grep -c '^EXP' "$dir/out")" 1
run find INC-0001 --kind equipment
says "equipment can go" "EQP-0001"
run find INC-0001 --kind rotas
ends "a rota can't" 3
run find EXP-0001
ends "nobody is sent to an expert" 3
warns "it says so" "nobody is sent to it"
run find INC-9999
ends "nothing there" 1
