# The incident desk: claims, parking, duplicates, updates, decisions, the log and its corrections.
fresh desk
at() { # TIME ARG...: as run, at another time
        when=$1
        shift
        bare --db "$dir/muster.db" --as duarte --now "2026-11-24T$when" "$@"
}
entry() { # FILTER: the id of the newest entry of the log
        bare --db "$dir/muster.db" list log --filter "$1" --limit 1 --json
        "$PROGRAMS/jsonget" 0.id <"$dir/out"
}

run new incident title=First severity=high class=availability states="FR BE" outlook=worsening
run new incident title=Second severity=low states=DE owner=novak occurred=-3h

# levels: always three together, with a reason
run do INC-1 escalate level=significant
ends "a level without a reason" 3
run do INC-1 escalate level=significant --reason "two States" --json
holds "a level is claimed" level significant
holds "by who is signed on" claimant duarte
holds "the reason is the rationale" rationale "two States"
run do INC-1 escalate level=crisis claimant=director rationale="five States" --json
holds "by another" claimant director
run do INC-1 escalate level=incident --reason "it was not" --json
holds "down again" level incident
run set INC-1 level=crisis
ends "a level is not set by itself" 3
warns "the verb that does is named" "muster do INC-0001 escalate level=... --reason WHY"
run set INC-1 status=closed
ends "nor is it closed so" 3
warns "the verb that closes is named" "muster do INC-0001 close --reason WHY"
run set INC-1 acked=now
warns "the verb that acknowledges is named" "muster do INC-0001 ack"
run set INC-1 held=crisis
warns "the verb that holds is named" "muster do INC-0001 hold held=... --reason WHY"
run set INC-1 update_every=4h
warns "the verb of the field itself before that of its group" "do INC-0001 cadence update_every=..."
run set INC-1 duplicate_of=INC-2
warns "the verb for duplicates is named" "muster do INC-0001 duplicate duplicate_of=... --reason WHY"
run new incident title=x severity=low level=crisis
ends "nor in a new one" 3
warns "it says what is needed" "all three together"

run unit show --json
unit=$("$PROGRAMS/jsonget" id <"$dir/out")
run note "$unit" "the shift begins"
run list log --filter "shift"
says "an entry about the unit itself has its name" "  Test unit  "

run do INC-1 hold notification --reason "below the threshold" --json
holds "what was decided against" held.0 notification
holds "who decided against it" held_by.0 duarte
run do INC-1 hold public-statement decider=minister --reason "asked not to" --json
holds "another stands beside it" held.0 notification
holds "in the order of their names" held.1 public-statement
holds "who decided that one" held_by.1 minister
run show INC-1
says "why each was decided against" "public-statement: asked not to (minister, "
says "with the reason" "below the threshold"
run list incidents --filter held:notification --json
holds "the first is listed still" 0.ref INC-0001
run list incidents --filter held_by:minister --json
holds "and by who decided" 0.ref INC-0001
run report incident --ref INC-1
says "a report has the reasons" "below the threshold"
run undo --json
run show INC-1 --json
holds "undo takes back the last alone" held.0 notification
holds "and leaves no other" held.1 "nothing (status 1)"
run list incidents --filter is:held --json
holds "what is held is listed" 0.ref INC-0001
run do INC-1 unhold --reason "now above it" --json
holds "and ended" held.0 "nothing (status 1)"

# what is derived, and what is said
run show INC-1 --json
holds "two States are cross-border" cross_border derived
run do INC-1 cross-border no --json
holds "denied" cross_border no
holds "denied by" cross_border_by duarte
run do INC-1 type ddos --json
holds "a type has its class" class availability
run do INC-2 type phishing --json
holds "another class" class fraud
run show INC-1 --json
holds "an outlook has a time" outlook_at 2026-11-24T13:00:00.000Z
at 19:00:00Z list incidents --filter is:stale --json
same "fresh for six hours" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
at 19:01:00Z list incidents --filter is:stale --json
holds "stale after them" 0.ref INC-0001

# parking ends by itself
run do INC-1 park
ends "parking needs a time" 3
run do INC-1 park +31d
ends "at most 30 days" 3
run do INC-1 park -1h
ends "not in the past" 3
run do INC-1 park 60d
ends "parking at most 30 days, without a sign too" 3
warns "it is understood as a time to come" "at most 30 days ahead"
run do INC-1 park 2h --json
holds "parked" parked_until 2026-11-24T15:00:00.000Z
run list incidents --filter is:parked --json
holds "listed as parked" 0.ref INC-0001
at 15:00:01Z list incidents --filter is:parked --json
same "back by itself" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run do INC-1 unpark --json
holds "back by hand" parked_until null
run do INC-1 unpark
ends "back already" 3

# updates
run do INC-1 cadence 4h --json
holds "a cadence in minutes" update_every 240
holds "the first is due" update_due 2026-11-24T17:00:00.000Z
at 14:00:00Z do INC-1 update "two of four restored" --json
holds "an update moves it on" update_due 2026-11-24T18:00:00.000Z
at 18:01:00Z list incidents --filter is:overdue --json
holds "overdue" 0.ref INC-0001
at 18:02:00Z do INC-1 close --reason done
ends "closing names what is open" 3
warns "an update" "an update is overdue"
at 18:02:00Z do INC-1 cadence 0 --json
holds "no cadence" update_due null

# links, duplicates, merges
run do INC-2 link INC-1 --json
ends "linked" 0
run show INC-1
says "both ways" "linked from       INC-0002"
run do INC-1 duplicate INC-1 --reason same
ends "not of itself" 3
at 18:03:00Z do INC-1 merge INC-2 --reason "same campaign" --json
holds "an owner is carried over" owner novak
holds "States are" states 3
holds "the earlier time is" occurred 2026-11-24T10:00:00.000Z
run show INC-2 --json
holds "the other is closed" status closed
same "as a duplicate" "$("$PROGRAMS/jsonget" duplicate_of <"$dir/out" | cut -c1-10)" incident--
run show INC-1
says "and reached from the one that stays" "its duplicates    INC-0002"
at 18:04:00Z do INC-2 reopen --reason "it was another" --json
holds "reopened it is none" duplicate_of null

# assessments
run do INC-1 outlook outlook=improving likelihood=very-likely confidence=moderate
ends "an outlook says how likely it is" 0
run show INC-1
says "in its timeline" "likelihood very likely; confidence moderate"
run do INC-1 outlook outlook=stable likelihood=90%
ends "in words of the list" 3

# decisions
run do INC-1 decide decision="Cut the link" rationale="it spreads" grade=B2 review=+4h
ends "decided" 0
run show INC-1 --json
holds "a decision in full" decisions.0.decision "Cut the link"
holds "with who decided" decisions.0.decider duarte
holds "in the timeline" decisions 1
run show INC-1
says "as a block" "because           it spreads"
decision=$(entry verb:decide)
at 16:59:00Z list log --filter is:review-due --json
same "not due yet" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
at 17:01:00Z list log --filter is:review-due --json
holds "due" 0.id "$decision"
at 17:02:00Z do INC-1 decide decision="Keep it cut" rationale="it still does" follows="$decision"
at 17:03:00Z list log --filter is:review-due --json
same "a later one that names it ends that" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run do INC-1 decide decision=x rationale=y follows=INC-1
ends "what is followed is a decision" 3

# the log
run note INC-1 "Call at nine."
note=$(entry '"Call at nine"')
run note INC-1 "Call at eight." --at -2h
ends "late without a word" 3
warns "it says how late" "02:00 ago"
run note INC-1 "Call at eight." --at -2h --late "on the phone"
ends "late with a word" 0
run list log --filter is:late --json
holds "late ones are listed" 0.late "on the phone"
holds "with when it happened" 0.occurred 2026-11-24T11:00:00.000Z
run list log --filter is:late
says "the list says when, to the minute" "2026-11-24T11:00Z  duarte"
run show INC-0001
says "show says that it is late, and why" "Call at eight. - written down late, at 2026-11-24T13:00:00Z: on the phone"
run note INC-1 "Soon." --at +2h
ends "not before it happens" 3
run note --general "Power cut"
run note --duty "Took over"
run list log --filter scope:general --json
holds "the general log" 0.text "Power cut"
run list log --filter scope:duty --json
holds "the duty log" 0.text "Took over"
at 13:10:00Z correct "$note" "Call at ten."
ends "a correction has a reason" 3
at 13:10:00Z correct "$note" "Call at ten." --reason misheard
ends "corrected" 0
correction=$(entry verb:correct)
at 13:20:00Z correct "$correction" "Call at eleven." --reason "misheard again"
ends "a correction is corrected" 0
at 13:21:00Z correct "$note" "Call at twelve." --reason "misheard once more"
ends "an entry is corrected once" 3
warns "the correction is what is corrected then" "corrected already"
run list log --filter is:corrected --json
same "both are corrected" "$("$PROGRAMS/jsonget" <"$dir/out")" 2
run show INC-1
says "the old one stays, with a sign" "~ Call at nine. - corrected by duarte"
at 16:00:00Z show INC-1 --at 2026-11-24T13:05:00Z --json
entry=$(grep -c '"corrected_by": "note' "$dir/out")
same "nothing was corrected yet then" "$entry" 0
at 16:00:00Z show INC-1 --at 2026-11-24T13:15:00Z --json
entry=$(grep -c '"corrected_by": "note' "$dir/out")
same "one was then" "$entry" 1
run correct "$(entry verb:escalate)" x --reason y
ends "what was done is not corrected" 3
warns "but undone" "undo it"

# as it was known then
at 14:00:00Z do INC-1 decide decision="Call the ministry" rationale="two States"
at 15:00:00Z do INC-1 decide decision="Call nobody else" rationale="it is over"
run show INC-1 --at tomorrow
ends "what is ahead is not known yet" 2
warns "it says so" "what will be known then nobody knows"
at 16:00:00Z show INC-1 --at 2026-11-24T14:30:00Z
says "a decision made before is known then" "Call the ministry"
known=$(grep -c "Call nobody else" "$dir/out")
same "one made later is not" "$known" 0
at 16:00:00Z show INC-1 --at 2026-11-24T13:59:00Z --json
known=$(grep -c "Call the ministry" "$dir/out")
same "nor that one before it was made" "$known" 0
run list log --filter "verb:decide,note,correct -is:system" --json
written=$("$PROGRAMS/jsonget" <"$dir/out")
run list log --filter "verb:decide,note,correct" --json
same "what people wrote is no act of the system" "$written" "$("$PROGRAMS/jsonget" <"$dir/out")"
run list log --filter "verb:escalate -is:system" --json
same "what verbs wrote is" "$("$PROGRAMS/jsonget" <"$dir/out")" 0

echo 'review_significant = yes' >"$dir/muster.ini"
bare --db "$dir/muster.db" --config "$dir/muster.ini" --as duarte --now "$NOW" note INC-1 "Second site down." --significant
significant=$(entry is:awaiting-review)
run review "$significant"
ends "not by its author" 3
bare --db "$dir/muster.db" --as novak --now "$NOW" review "$significant" "read it"
ends "by another" 0
run list log --filter is:awaiting-review --json
same "then nothing waits" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run list log --filter is:significant --json
holds "it stays significant" 0.id "$significant"

# A correction stands in the log of what it corrects, and weighs as much.
run note --general "Bridge open at nine." --significant
says "the entry is told, not the unit" "Bridge open at nine."
said=$(sed -n 's/^\(LOG-[0-9]*\) .*/\1/p' "$dir/out")
bare --db "$dir/muster.db" --config "$dir/muster.ini" --as duarte --now "$NOW" correct "$said" "Bridge open at ten." --reason typing
says "and so is what corrects it" "Bridge open at ten."
corrected=$(sed -n 's/^\(LOG-[0-9]*\) .*/\1/p' "$dir/out")
run list log --filter 'scope:general is:significant'
says "it is in the same log, as significant" "$corrected"
run list log --filter is:awaiting-review
says "and waits for another person where the desk asks for one" "$corrected"
run list log --filter verb:note
says "the list says what an entry is about" "INC-0001"

# figures
run metrics --json
holds "things are counted" things 2
holds "acknowledged" times.acknowledge.count 2
holds "the oldest are named" oldest 2
run metrics
says "in words" "to acknowledge"
run doctor --json
holds "doctor names the lists" word_lists.rsit-type 1003

