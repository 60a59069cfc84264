# What others say of an incident: show, show --json, export with a filter.
fresh parts
screens=$fixtures/../screens

run import "$screens/parts.json"
ends "import of parts" 0
run list incidents --json
part_ref=$("$PROGRAMS/jsonget" 0.ref <"$dir/out")
run show "$part_ref"
ends "show with parts" 0
says "show has a heading for events" "Events"
says "show: an event" "2026-11-24T02:05:00Z  File servers encrypted"
says "show: a task and whose it is" "outcome under way, owner Health CERT, due 2026-11-25T08:00:00Z"
says "show: an opinion in words" "strongly disagrees"
says "show: what an impact hits" "hits Hospital of Vannes"
run show "$part_ref" --json
holds "events" events 4
holds "events are in order" events.0.start 2026-11-23T15:10:00.000Z
holds "an event has its id" events.0.id event--0e000000-0000-4000-8000-000000000001
holds "impacts" impacts.1.criticality 95
holds "impacts name what they hit by id" impacts.1.impacted_refs.0 identity--0e000000-0000-4000-8000-0000000000a1
holds "tasks" tasks.1.outcome ongoing
holds "tasks: the owner" tasks.1.owner "Health CERT"
holds "opinions" opinions.1.opinion strongly-disagree
holds "reports" reports.0.published 2026-11-24T11:30:00.000Z
holds "reports: groupings too" reports.1.form grouping
holds "what is not said is null" events.0.end null
holds "all of them are there" parts_cut false
run show "$part_ref" --at 2026-11-24T12:00:00Z
ends "show before it was known" 1
run export "$dir/parts.json" --filter hospitals
ends "export with a filter" 0
grep -qF '"opinion":"strongly-disagree","explanation":"The second hospital' "$dir/parts.json"
verdict $? "an opinion goes with its incident byte for byte" "not in the file"
run new incident title=Another severity=low --json
holds "an incident without parts" ref INC-0001
run show INC-0001 --json
holds "has empty lists" tasks 0
