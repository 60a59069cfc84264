# Clocks of law: start, file, stop, and the list of them.
fresh clocks

run new incident title="Ransomware" severity=high states=FR
run do INC-0001 start rule=nis2 anchor=-2h
ends "start" 0
run list clocks --filter 'state:running sort:due' --json
holds "the regime starts both" 1.rule nis2-in
holds "the early warning is due first" 0.rule nis2-ew
holds "they show their incident" 0.ref INC-0001
run list clocks --filter rule:nis2-ew
says "the list says from when, and till when" "2026-11-24T11:00Z  2026-11-25T12:00Z"
run list clocks --filter 'due<30h' --json
same "a span of a time to come is ahead" "$("$PROGRAMS/jsonget" <"$dir/out")" 1
run list incidents --filter 'is:overdue'
ends "overdue is understood" 0

run do INC-0001 file rule=nis2-ew authority=CERT-FR
ends "a filing that lacks what it must have" 3
warns "it is named" "malicious"
run do INC-0001 file rule=nis2-ew authority=CERT-FR at=+1h items=all
ends "a filing to come" 3
warns "a filing to come: why" "still to come"
run do INC-0001 file rule=nis2-in authority=CERT-FR items=all channel=portal reference=2026-77
ends "file" 0
run show INC-0001
says "the sentence says in time" "in time"
says "and when the final is due" "NIS2 final due"
says "the block says why" "Regulation 1182/71"
says "under the clock stands with whom and how" "                  with "
says "and under which number" "reference 2026-77, sent by duarte"
says "and what it has" "                  content: "
run show INC-0001 --json
holds "show has the clocks" clocks.0.rule nis2-in
holds "with their filing" clocks.0.reference 2026-77
run list clocks --filter 'state:filed' --json
holds "the list knows in time" 0.in_time yes
holds "and who sent it" 0.by duarte

run do INC-0001 stop rule=nis2-ew
ends "stopping needs a reason" 3
warns "and says how it is given" "it needs a reason; --reason TEXT gives it"
run do INC-0001 stop rule=nis2-ew --reason "below the threshold"
ends "stop" 0
run new clock label=x
ends "a clock is not made by itself" 2
run new incident title="Port authority" severity=high states="FI PT"
run do INC-0002 start rule=nis2 state=PT
ends "start with a State" 0
run show INC-0002
says "whose days count is told" "by the days of PT"
run do INC-0002 file rule=nis2-in authority=CNCS items=all
run new incident title="Port authority" severity=high states="FI PT"
run do INC-0003 start rule=nis2
run do INC-0003 file rule=nis2-in authority=CNCS items=all
run show INC-0002 --json
holds "and what follows it" clocks.2.rule nis2-fr
holds "is due by them" clocks.2.due 2026-12-25T00:00:00.000Z
run show INC-0003 --json
holds "else by those where nothing says whose" clocks.2.due 2026-12-24T23:00:00.000Z
run metrics --json
holds "filings are counted" filings.count 3
holds "those in time" filings.in_time 3
holds "nothing is owed yet" filings.overdue 0
bare --db "$dir/muster.db" --now 2027-03-01T12:00:00Z metrics
says "the rate of those in time" "FILED IN TIME 3 of 3"
says "and what is owed still" "5 overdue and not filed"
bare --db "$dir/muster.db" --now "$NOW" metrics --filter 'title:port' --json
holds "of the incidents of the filter" filings.count 2
run do INC-0002 start rule=gdpr state=Atlantis
ends "no such State" 3
run do INC-0001 start rule=nis3
ends "an unknown regime" 3
warns "an unknown regime: nearest" "nearest: nis2"

# A clock of the law that runs holds the closing back.
run new incident title="Clocks run" severity=high class=availability
ref=$(sed -n 's/.*\(INC-[0-9]*\).*/\1/p' "$dir/out" | head -n 1)
run do "$ref" ack
run do "$ref" start rule=nis2
run do "$ref" close --reason "over"
ends "a running clock holds closing back" 3
warns "which" "not filed yet: NIS2"
run do "$ref" close --reason "over" despite="the authority knows"
ends "but for a reason" 0
