# Two desks of one unit that do not know of each other, and what they see when they meet.
fresh meeting
one=$dir/muster.db
two=$dir/two.db
run new incident title="Seen by both" severity=medium
run unit export "$dir/unit.json"
bare --db "$two" init --join "$dir/unit.json" --desk "second desk"
ends "the second desk joins" 0

# carry FROM TO: all that one desk knows, to the other
carry() {
        bare --db "$1" --as duarte export "$dir/bundle.json"
        bare --db "$2" --as novak import "$dir/bundle.json"
}

carry "$one" "$two"
ends "the incident reaches it" 0
bare --db "$one" --as duarte --now 2026-11-24T13:10:00Z do INC-0001 severity high
bare --db "$two" --as novak --now 2026-11-24T13:11:00Z do INC-0001 severity low
ends "both say something" 0
carry "$one" "$two"
carry "$two" "$one"
for db in "$one" "$two"; do
        desk=$(basename "$db" .db)
        bare --db "$db" list conflicts --json
        holds "a conflict at $desk" 0.field severity
        holds "with both heads at $desk" 0.heads 2
        holds "what stood before at $desk" 0.before medium
        holds "who says the later one at $desk" 0.heads.1.operator novak
        bare --db "$db" show INC-0001 --json
        holds "the later one is shown at $desk" severity low
        holds "show has the conflict at $desk" conflicts 1
done
bare --db "$one" list conflicts --json
holds "one of them is ours" 0.heads.0.ours true
holds "the other is in force" 0.heads.1.in_force true
bare --db "$one" list conflicts
says "as text" "high (duarte)"
says "as text, with what stood before" "before: medium"
bare --db "$one" --as duarte --now 2026-11-24T13:20:00Z do INC-0001 settle severity=high --json
ends "settled" 0
holds "settled: the value" severity high
holds "settled: no conflict" conflict false
bare --db "$one" --as duarte do INC-0001 settle severity=low
ends "nothing left to settle" 3
carry "$one" "$two"
bare --db "$two" show INC-0001 --json
holds "settled at the other desk" severity high
holds "no conflict at the other desk" conflicts 0

bare --db "$two" --as novak --now 2026-11-24T13:30:00Z note INC-0001 "Written by a clock that is ahead."
bare --db "$two" --as novak --now 2026-11-24T13:30:00Z export "$dir/ahead.json"
bare --db "$one" --as duarte --now 2026-11-24T13:26:50Z import "$dir/ahead.json"
bare --db "$one" list peers --json
holds "a clock that is ahead: whose" 0.operator novak
holds "a clock that is ahead: in words" 0.clock "+00:03:10 ahead"
holds "a clock that is ahead: in seconds" 0.clock_ahead_s 190
bare --db "$one" list peers
says "a clock that is ahead: as text" "at least +00:03:10 ahead"
