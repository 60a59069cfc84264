# The report on an incident: marked, complete, and nothing in it that may not be told.
fresh report
run new incident "title=Phishing at a ministry" severity=high tlp=green sectors=energy,health states=FR
run do INC-0001 owner novak
run note INC-0001 "The mail gateway was blocked"
run set INC-0001 "description=First line
second line"

run report incident --ref INC-0001
ends "a report" 0
same "is marked on top" "$(head -n 1 "$dir/out")" TLP:GREEN
same "is marked at the end" "$(tail -n 1 "$dir/out")" TLP:GREEN
says "says of what it is" "Incident INC-0001: Phishing at a ministry"
says "says as of when" "As of 2026-11-24T13:00:00Z"
says "says who made it" "made by duarte, Test unit, duty desk"
says "has the owner among the first" "owner           novak"
says "has its sectors by label" "energy, health"
says "keeps the lines of a text" "  second line"
says "has what was done" "opened by duarte"
says "has the notes" "The mail gateway was blocked"
says "says whose word it is" "every word is ours"
same "tells a note once" "$(grep -c gateway "$dir/out")" 1
same "has no line over 72 columns" "$(awk 'length > 72' "$dir/out")" ""
run report incident --ref INC-0001 --format json
ends "a report as JSON" 0
holds "JSON: marking" marking TLP:GREEN
holds "JSON: a field" bottom_line.severity high
holds "JSON: a set" reach.sectors.1 health
holds "JSON: a note" notes.0.text "The mail gateway was blocked"
holds "JSON: facts are an object" facts.tlp green
# Every field of the kind that is set is in it, whatever fields there will be.
run doctor --fields incident --json
fields=$("$PROGRAMS/jsonget" "" <"$dir/out" 2>/dev/null | tr -d '\n' | grep -o '"name": *"[a-z_]*"' | cut -d '"' -f 4)
run report incident --ref INC-0001 --format json
cp "$dir/out" "$dir/report.json"
run show INC-0001 --json
missing=
for field in $fields; do
        value=$("$PROGRAMS/jsonget" "$field" <"$dir/out" 2>/dev/null)
        case $field:$value in
        ref:* | title:* | description:* | *: | *:null | *:0) continue ;;
        esac
        grep -q "\"$field\":" "$dir/report.json" || missing="$missing $field"
done
same "has every field that is set" "$missing" ""

# As it was known then.
run --now 2026-11-24T15:00:00Z do INC-0001 severity critical --reason "it spreads"
run --now 2026-11-24T16:00:00Z report incident --ref INC-0001 --at 2026-11-24T14:00:00Z
says "as of then: severity" "severity        HIGH"
says "as of then: says when" "As of 2026-11-24T14:00:00Z"
! grep -q "it spreads" "$dir/out"
verdict $? "as of then: nothing that came later" "it has it"
run --now 2026-11-24T16:00:00Z report incident --ref INC-0001
says "now: severity" "severity        CRITICAL"

# The marking is the strictest of what is in it; a ceiling leaves out, counts and names.
run set INC-0001 tlp=amber
run note INC-0001 "only for our eyes"
run set INC-0001 tlp=green --reason "the ministry went public"
run report incident --ref INC-0001
same "marked as the strictest entry" "$(head -n 1 "$dir/out")" TLP:AMBER
run report incident --ref INC-0001 --ceiling green
ends "with a ceiling" 0
same "with a ceiling: marked as what is left" "$(head -n 1 "$dir/out")" TLP:GREEN
! grep -q "our eyes" "$dir/out"
verdict $? "with a ceiling: what is above is not in it" "it is"
says "with a ceiling: is counted" "LEFT OUT: "
says "with a ceiling: is named" "TLP:AMBER"
run report incident --ref INC-0001 --ceiling clear
ends "above the ceiling" 1
silent "above the ceiling: nothing is written"
warns "above the ceiling: says so" "above the ceiling TLP:CLEAR"

run report incident --ref INC-0009
ends "of no incident" 1
run report incident
ends "without a reference" 2
run report incident --ref INC-0001 --format pdf
ends "in a form that there is not" 2
run new participant name=X
run report incident --ref ORG-0001
ends "on what is no incident" 3

# What came from outside is harmless in every form.
run new incident "title=$(printf 'a\033[31mb')" "description=$(printf '[x](http://evil) \033]52;c\007')" severity=low
for format in txt md json; do
        run report incident --ref INC-0002 --format $format
        ! grep -q "$(printf '[\033\007]')" "$dir/out"
        verdict $? "harmless as $format" "an escape came through"
done
run report incident --ref INC-0002 --format md
says "Markdown from outside is text" '\[x\](http\://evil)'

run --db "$dir/exercise.db" init --unit "Test unit" --exercise
bare --db "$dir/exercise.db" --as duarte --now "$NOW" new incident title=x severity=low
bare --db "$dir/exercise.db" --as duarte --now "$NOW" report incident --ref INC-0001
same "an exercise says so on top and at the end" "$(grep -c '^EXERCISE EXERCISE EXERCISE$' "$dir/out")" 2

# Clocks of law are told as people read them, with the filing.
run new incident "title=Hospital group" severity=high
ref=$(sed -n 's/^\(INC-[0-9]*\) .*/\1/p' "$dir/out")
run do "$ref" start rule=nis2 anchor=2026-11-24T10:00Z
run do "$ref" file rule=nis2-ew authority=CNCS channel=portal reference=A1 items=all
run report incident --ref "$ref"
says "a filing has its authority" "portal, reference A1, in time"
says "what is owed has its time" "not filed, due"
says "what waits says for what" "starts when nis2-in is filed"
! grep -q "nis2-ew@" "$dir/out"
verdict $? "nothing is told as it is stored" "it is"
run --now 2026-11-28T11:00:00Z report incident --ref "$ref"
says "what is late says so" "not filed, was"
run report incident --ref "$ref" --format json
holds "JSON: a clock" clocks.0.what "NIS2 24h"
