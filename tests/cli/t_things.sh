# new, set, do, note, show, list.
fresh things

run new incident title="Mail is down" severity=high states="FR,BE" sectors=health --json
ends "new" 0
holds "new gives a reference" ref INC-0001
holds "new knows its kind" kind incident
holds "a new one is new" status new
holds "who opens it has taken note of it" acked_by duarte
holds "sets are lists" states.1 FR
holds "what is not set is null" owner null
holds "the default marking is shown" tlp amber
holds "and said to be one" tlp_given false

run new incident severity=high
ends "a needed field is missing" 3
warns "it is named" "title"
run new incident title=x severity=hih
ends "a wrong value" 3
warns "a wrong value: nearest" "nearest: high"
run new incident title=x severity=low colour=red
ends "an unknown field" 3
warns "an unknown field is named" "colour"
run new incident title
ends "no FIELD=VALUE" 2
run new log text=x
ends "the log is written by note" 2
run list incidents --json
holds "its age is that of the last change" 0.age 0
same "refusals left nothing" "$("$PROGRAMS/jsonget" <"$dir/out")" 1
bare --db "$dir/muster.db" --now 2026-11-24T15:01:40Z list incidents --json
holds "in seconds" 0.age 7300
bare --db "$dir/muster.db" --now 2026-11-24T12:00:00Z list incidents --json
holds "a clock that is behind makes it no less than 0" 0.age 0

run set INC-0001 owner=novak states=+DE
ends "set" 0
says "set says what it changed" "INC-0001"
run show INC-0001 --json
holds "the owner is set" owner novak
holds "a member was added" states 3
run set inc-1 states=-DE --json
holds "a member was taken out" states 2
run set INC-0001 status=closed
ends "a state moves by its verb" 3
run set INC-0001 tlp=red --json
holds "a marking is given" tlp red
run set INC-0001 tlp=green
ends "a lower marking needs a reason" 3
warns "it says so, and how one is given" "a lower marking needs a reason; --reason TEXT gives it"
run set INC-0001 severity=frightful
! grep -q -- --reason "$dir/err"
verdict $? "what no reason would mend does not ask for one" "it does"
run set INC-0001 tlp=green --reason "cleared with the owner" --json
holds "with one it goes down" tlp green

run do INC-0001 ack
ends "twice acknowledged" 3
warns "twice acknowledged: why" "already acknowledged"
run do INC-0001 severity critical --json
holds "do with a value" severity critical
run do INC-0001 severity severity=medium --reason "fewer sites" --json
holds "do with FIELD=VALUE" severity medium
run do INC-0001 close
ends "closing needs a reason" 3
warns "closing says how it is given" "it needs a reason; --reason TEXT gives it"
run do INC-0001 close --reason "mail is back"
ends "closing needs a class" 3
warns "what is open is named" "it has no class"
run do INC-0001 class availability
run do INC-0001 close --reason "mail is back" --json
holds "closed" status closed
run do INC-0001 close --reason again
ends "closed twice" 3
run do INC-0001 reopen --reason "mail is down again" --json
holds "reopened" status active
run do INC-0001 explode
ends "an unknown verb" 2
warns "an unknown verb: nearest" "nearest:"

# What was decided against is no longer so when somebody claims it.
run do INC-0001 hold significant --reason "two sites only"
run list incidents --filter held:significant --json
holds "it is held" 0.ref INC-0001
run do INC-0001 escalate level=incident --reason "one state"
run list incidents --filter held:significant --json
holds "a lower level leaves that alone" 0.ref INC-0001
run do INC-0001 escalate level=significant --reason "four sites by now" --json
holds "claimed" level significant
run list incidents --filter held:significant --json
same "who claims it has lifted the hold" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run undo --dry-run
says "what would be undone" "would be undone: "
run undo --json
ends "undo" 0
run show INC-0001 --json
holds "the level is back" level incident
holds "and so is the hold" held.0 significant
run do INC-0001 unhold --reason "a test"

# A type is of one class.
run set INC-0001 type=phishing --json
holds "a type says its class" class fraud
run set INC-0001 class=availability type=phishing
ends "a type of another class" 3
warns "its own class is named" "fraud"
run set INC-0001 class=availability --json
holds "another class takes the type away" type null
run do INC-0001 undo
ends "undo is no verb of a thing" 3
warns "where it is" "muster undo"

run note INC-0001 called the provider
ends "note" 0
run note INC-0001 "   "
ends "an empty note" 3
run note INC-0099 hello
ends "a note on nothing" 1
run note INC-0001 -- --json is text here
ends "what stands behind -- is text" 0

run show INC-0001 --json
holds "the timeline begins with the opening" timeline.0.verb open
holds "conflicts are a list" conflicts 0
grep -q '"text": "called the provider"' "$dir/out"
verdict $? "the timeline has the note" "it has not"
run show INC-0001
says "show has the title" "Mail is down"
says "show has the notes" "called the provider"
run show INC
ends "a prefix of one" 0
run new incident title="Second" severity=low
run show INC
ends "a prefix of two" 3
warns "the candidates are named" "INC-0002"
run show nothing-like-it
ends "no such thing" 1
run show INC-0001 --at "2026-11-23T00:00Z"
ends "not known then" 1
run show INC-0001 --at sometime
ends "a wrong --at" 2

# As it was known then.
NOW=2026-11-24T15:00:00Z
run do INC-0001 severity critical
run show INC-0001 --at 2026-11-24T14:00:00Z --json
holds "--at shows what was known" severity medium
run show INC-0001 --json
holds "now shows what is known" severity critical
NOW=2026-11-24T13:00:00Z

run list incidents
says "list has heads" "SEVERITY"
says "list has rows" "Mail is down"
run list incidents --filter "severity:critical" --json
holds "a filter" 0.ref INC-0001
same "a filter: one" "$("$PROGRAMS/jsonget" <"$dir/out")" 1
run list incident --sort -created --limit 1 --json
same "a limit" "$("$PROGRAMS/jsonget" <"$dir/out")" 1
run list incidents --sort title --json
holds "sorted" 0.title "Mail is down"
run list incidents --sort -title --json
holds "sorted down" 0.title "Second"
run list incidents --limit few
ends "a wrong limit" 2
run list incidents --filter "colour:red"
ends "a wrong filter" 3
warns "a wrong filter: nearest" "nearest"
silent "a wrong filter prints nothing"
run list incidents --filter "title:nothinglikethis" --json
same "an empty list is a list" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run list log --json
holds "the log is a list" 0.kind log
entry=$("$PROGRAMS/jsonget" 0.ref <"$dir/out")
same "an entry has a reference" "${entry%%[0-9]*}" LOG-
id=$("$PROGRAMS/jsonget" 0.id <"$dir/out")
run show "$entry" --json
holds "it is shown by its reference" id "$id"
run list participants --json
same "our unit is a participant" "$(grep -c "Test unit" "$dir/out")" 1

run --read-only set INC-0001 title=x
ends "--read-only forbids writing" 1
run --read-only list incidents
ends "--read-only reads" 0

# What others call a case-incident is an incident to all commands.
cat >"$dir/case.json" <<'EOF'
{"type":"bundle","id":"bundle--00000000-0000-4000-8000-00000000c000","objects":[{"type":"case-incident",
"spec_version":"2.1","id":"case-incident--00000000-0000-4000-8000-00000000c001",
"created":"2026-11-24T10:00:00.000Z","modified":"2026-11-24T10:00:00.000Z","name":"A case of theirs"}]}
EOF
run import "$dir/case.json"
ends "a case-incident is imported" 0
run list incidents --filter "theirs"
says "it is listed" "A case of theirs"
run show case-incident--00000000-0000-4000-8000-00000000c001 --json
holds "it is shown" title "A case of theirs"
run do case-incident--00000000-0000-4000-8000-00000000c001 ack --json
holds "it is acknowledged" acked_by duarte
run list log --filter "about:case-incident--00000000-0000-4000-8000-00000000c001" --json
entries=$("$PROGRAMS/jsonget" <"$dir/out")
same "its log has what was done on it" "$entries" 1
run list incidents --filter theirs --json
ref=$("$PROGRAMS/jsonget" 0.ref <"$dir/out")
run list log --filter "about:$ref" --json
same "a log is asked for by short reference" "$("$PROGRAMS/jsonget" <"$dir/out")" "$entries"
run list log --filter "about:INC-9999"
ends "about nothing" 3
warns "about nothing: why" "INC-9999"

# What was made here waits to go out.
fresh outbox
run new incident "title=Waits" severity=low
run list outbox --json
ends "list outbox" 0
run list outbox
says "list outbox: the unit waits" "identity--"
says "list outbox: and the act that opened the incident" "note--"

# What came without a marking counts as the default one.
cat >"$dir/unmarked.json" <<'END'
{"type":"incident","spec_version":"2.1","id":"incident--7d4d6c2e-0f0e-4c0a-9d5c-0a2b5a3c9f11",
 "created":"2026-11-20T10:00:00.000Z","modified":"2026-11-20T10:00:00.000Z","name":"Unmarked"}
END
run import "$dir/unmarked.json"
unmarked=incident--7d4d6c2e
run set $unmarked tlp=green
ends "less than the default needs a reason" 3
warns "less than the default: why" "a lower marking needs a reason"
run set $unmarked tlp=red --json
holds "more needs none" tlp red

# What was put in and taken out is told by its reference, as is who takes over a duty.
fresh named
run new expert name="Ana Ionescu"
run new expert name="Bodo Klein"
run new team name=Alder members=EXP-0001
run set TEAM-0001 members="-EXP-0001 +EXP-0002"
run show TEAM-0001
says "who was taken out is named" "members -EXP-0001 +EXP-0002"
run new rota name=Desk members="EXP-0001 EXP-0002" starts=2026-11-24T00:00Z shift_hours=12 timezone=UTC \
        overrides="2026-11-25T08:00Z/+8h=EXP-0001"
run show ROTA-0001
says "who takes over a duty is named" "2026-11-25T16:00:00.000Z=EXP-0001"

# A field that names others takes those of its kinds.
fresh kinds
run new expert name="Ana Ionescu"
run new team name=Alder members=EXP-0001
run new deployment title=Go resources=EXP-0001
run set TEAM-0001 members=+TEAM-0001
ends "a team holds no team" 3
warns "it is told what it takes" "members takes experts; TEAM-0001 is a team"
run set TEAM-0001 lead=DEP-0001
warns "of one, too" "lead takes experts; DEP-0001 is a deployment"
run new deployment title=X resources="EXP-0001 DEP-0001"
warns "all that it takes are named" "resources takes experts, teams, equipment; DEP-0001 is a deployment"
run set DEP-0001 resources=+TEAM-0001
ends "a team goes" 0
run set DEP-0001 incident=DEP-0001
warns "an incident is one" "incident takes incidents; DEP-0001 is a deployment"
run new rota name=Desk members="1 TEAM-0001" starts=2026-11-24T00:00Z
warns "people take turns" "members takes experts; TEAM-0001 is a team"

# What can't be is refused where it is typed.
fresh never
run new agreement title=A since=2026-12-01 until=2026-11-30
ends "no agreement ends before it begins" 3
warns "that is said" "until must be after since: 2026-11-30 is not after 2026-12-01"
run new agreement title=A giver=PL taker=PL
warns "nobody owes themselves help" "giver and taker are both PL"
run new agreement title=A since=2026-12-01 giver=PL
run set AGR-0001 until=2026-11-30
warns "nor later" "until must be after since"
run set AGR-0001 taker=DE until=2027-12-01
ends "what can be is taken" 0
run new rota name=Desk timezone=Mars
warns "a zone is one that there is" 'timezone takes a State, such as FR, CET, or UTC; not "Mars"'
run new rota name=Desk shift_hours=0
warns "a shift has hours" "shift_hours takes 1 or more"
run new rota name=Desk shift_hours=8 timezone=FR
ends "a rota as it can be" 0

# ---- communities of organisations -------------------------------------------------------------------

fresh communities
run new participant name="CERT-RO" communities=civil,law-enforcement states=RO
ends "an organisation is of communities" 0
run new participant name="Navy SOC" communities="defence private"
run new participant name="Nobody" communities=militia
ends "another word is refused" 3
warns "with the nearest" "nearest:"
run list participants --filter community:civilian
says "they are filtered by" CERT-RO
same "and only these" "$(grep -c 'Navy SOC' "$dir/out")" 0
run show ORG-0001 --json
holds "a beginning stands for its word" communities.0 civilian
run new expert name="Ana" community=civil
ends "also of an expert" 0
run export "$dir/o.json"
bare --db "$dir/other.db" --now "$NOW" --as novak import "$dir/o.json"
bare --db "$dir/other.db" list participants --filter communities:defence --json
holds "they travel" 0.name "Navy SOC"
printf 'name,community\nEuropol EC3,law-enforcement\n' >"$dir/p.csv"
run import "$dir/p.csv" --kind participant
ends "a table has them" 0
run list participants --filter community:law-enforcement
says "under the usual name of the column" "Europol EC3"

# ---- a zone that exists ------------------------------------------------------------------------------

fresh zones
run new expert name="Ana" timezone=CTE
ends "a zone that there is not is refused" 3
warns "with the nearest" 'timezone takes a State, such as FR, CET, or UTC; not "CTE" (nearest: CET)'
run new expert name="Ana" timezone=FR
ends "a State is one" 0
run set EXP-0001 timezone=Mars
ends "when it is changed, too" 3
