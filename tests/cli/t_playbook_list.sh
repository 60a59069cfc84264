# Playbooks as checklists: there and back, and the library, which is kept as both.
dir=$TMPDIR/playbook-list
library=$MUSTER_TESTS/../data/playbooks
mkdir -p "$dir"

printf '# Small\n\n## Steps\n\n- Call back @duty-officer (5m) (must)\n' >"$dir/small.md"
bare playbook new "Another name" --from "$dir/small.md" --out "$dir/small.json"
ends "a list becomes a playbook" 0
bare playbook validate "$dir/small.json"
ends "which is valid" 0
says "and has the name that was given" "ok: Another name, 3 steps"
bare playbook list "$dir/small.json"
ends "a playbook becomes a list" 0
says "with its marks" "- Call back @duty-officer (5m) (must)"
cp "$dir/out" "$dir/again.md"
bare playbook new "Another name" --from "$dir/again.md"
same "and the same playbook again" "$(cksum <"$dir/out")" "$(cksum <"$dir/small.json")"

bare playbook new --from "$dir/small.md"
ends "without a name" 0
says "its heading is the name" '"name":"Small"'
printf '## Steps\n\n- Call back\n' >"$dir/nameless.md"
bare playbook new --from "$dir/nameless.md"
ends "neither a name nor a heading: refused" 3
warns "and told" 'nameless.md: line 1: expected "# NAME"'
bare playbook new "A name" --from "$dir/nameless.md"
ends "a name without a heading" 0
says "is the name" '"name":"A name"'

sed 's/^- Call back/- Look\n&/' "$dir/again.md" >"$dir/more.md"
call_back() { # LIST: the id of that step
        bare playbook new --from "$1" --out "$dir/step.json"
        grep -o '"action--[^"]*":{"agent":"[^"]*","commands":.{"command":"Call back"' "$dir/step.json" |
                cut -d'"' -f2
}
same "a step put in before another leaves its id" "$(call_back "$dir/more.md")" "$(call_back "$dir/again.md")"
same "which there is" "$(call_back "$dir/more.md" | cut -c1-8)" "action--"

printf '# Small\n\n## Steps\n\n- if leak\n' >"$dir/wrong.md"
bare playbook new Wrong --from "$dir/wrong.md" --out "$dir/wrong.json"
ends "a wrong list is refused" 3
warns "with its line and what was expected" "wrong.md: line 5: expected steps below it, indented"
same "and nothing is written" "$(ls "$dir/wrong.json" 2>/dev/null)" ""
bare playbook new --from "$dir/small.md" --out "$dir/small.json"
warns "a list without an id is told of one" "unless it says which one below its heading:"
sed "1a $(sed -n 's/^Id:/id:/p' "$dir/err")" "$dir/small.md" >"$dir/kept.md"
bare playbook new --from "$dir/kept.md" --out "$dir/kept.json"
same "which it may say" "$(cat "$dir/err")" ""
same "and is the same playbook then" "$(grep -o '"id":"playbook--[^"]*"' "$dir/kept.json")" \
        "$(grep -o '"id":"playbook--[^"]*"' "$dir/small.json")"
printf '# Leaky\n\n- if __leak__:value = true\n  - Close it\n' >"$dir/leaky.md"
bare playbook new --from "$dir/leaky.md" --out "$dir/leaky.json"
ends "a list of which validate would warn is taken" 0
warns "with the verdict" 'warn:'
warns "and what is found" 'condition: names __leak__, which is no variable of the playbook'
printf '# Two\n\n- Call @one @two\n' >"$dir/owners.md"
bare playbook new --from "$dir/owners.md"
ends "a second owner is refused" 3
warns "with both" 'owners.md: line 3: a step has one owner, not @one and @two'
bare playbook new Wrong
ends "no list: wrong usage" 2
bare playbook new Wrong --from "$dir/none.md"
ends "a list that is not there" 1
bare playbook list "$fixtures/playbook-view.json"
ends "a playbook that can't be run is no list" 3
bare complete playbook new X --f
says "completes its option" "--from"

for list in "$library"/*.md; do
        name=$(basename "$list" .md)
        bare playbook new "$(sed -n 's/^# //p' "$list")" --from "$list"
        same "library: $name.json is made of its list" "$(cksum <"$dir/out")" "$(cksum <"$library/$name.json")"
        bare --now 2026-11-26T20:00:00Z playbook validate --json "$library/$name.json"
        holds "library: $name is ok" 0.verdict ok
        holds "library: $name has no findings" 0.findings 0
        bare playbook list "$library/$name.json"
        same "library: $name gives its list" "$(cksum <"$dir/out")" "$(cksum <"$list")"
done
same "library: no deadline of a law counts from when its step is reached" \
        "$(grep -hE '(warning|notification|authority|answer, due|first 24 h).*\(within' "$library"/*.md)" ""
same "library: it has its fourteen playbooks" "$(ls "$library"/*.json | wc -l)" 14
