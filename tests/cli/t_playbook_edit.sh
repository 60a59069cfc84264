# A playbook of the library in one's own editor, from a console: taken in where it can be run, else kept as typed.
fresh playbook-edit
run playbook library
ends "edit: the library comes in" 0
keys() { bare --db "$dir/muster.db" --as duarte --now 2026-11-28T13:00:00Z --size 100x24 --replay "$dir/edit.keys"; }

printf 'keys 7e\nexpect PB-0015 is new, your own, derived from PB-0001\n' >"$dir/edit.keys"
EDITOR="sed -i s/code.word/password/" keys
ends "edit: another unit's playbook becomes one of our own" 0
run list playbooks --filter "ref:PB-0015" --json
holds "edit: which is of now" 0.version 2026-11-28T13:00:00.000Z
run list playbooks --filter "ref:PB-0001" --json
holds "edit: and theirs is as it was" 0.version 2026-11-26T12:00:00.000Z
run playbook export PB-0015 "$dir/derived.json"
same "edit: it says what it was derived from" "$(grep -c '"derived_from":\["'"$(sed -n 's/.*"id":"\(playbook--[^"]*\)".*/\1/p' \
        "$MUSTER_DATA/playbooks/comms-check.json")"'"\]' "$dir/derived.json")" 1

printf '# A call list\n\n## Steps\n\n- Call\n' >"$dir/own.md"
run playbook new "A call list" --from "$dir/own.md" --out "$dir/own.json"
ends "edit: a playbook of our own" 0
run import "$dir/own.json"
ends "edit: comes in" 0
printf 'keys 7Ge\nexpect PB-0016 has a new version\n' >"$dir/edit.keys"
EDITOR="sed -i s/Call/Phone/" keys
ends "edit: one's own gets a new version" 0
run list playbooks --filter "ref:PB-0016" --json
holds "edit: of now" 0.version 2026-11-28T13:00:00.000Z

printf 'keys 7e\nexpect nothing was changed\n' >"$dir/edit.keys"
EDITOR=true keys
ends "edit: without a change there is none" 0

printf 'keys 7e\nexpect What is wrong with the new version\nexpect Nothing was taken in\n' >"$dir/edit.keys"
EDITOR="sed -i s/^-.parallel.*/-parallel/" keys
ends "edit: what can't be read is refused, and said" 0
printf 'keys 7e\nexpect is new, your own\n' >"$dir/edit.keys"
VISUAL='sed -i "s/^-parallel/- parallel Ways/"' keys
ends "edit: what was typed comes back with the next try" 0

printf 'keys 7e\nexpect nothing is changed\n' >"$dir/edit.keys"
EDITOR=false keys
ends "edit: an editor that fails changes nothing" 0
printf 'keys 7e\nexpect no editor is set\n' >"$dir/edit.keys"
(unset EDITOR VISUAL && keys && exit "$status")
status=$?
ends "edit: without an editor it says so" 0

# The same from the command line.
edit() { bare --db "$dir/muster.db" --as duarte --now 2026-11-28T14:00:00Z playbook edit "$@"; }

EDITOR="sed -i s/Phone/Radio/" edit PB-0016
ends "playbook edit: one's own gets a new version" 0
says "playbook edit: and says so" 'PB-0016 has a new version; runs stay with theirs'
run list playbooks --filter "ref:PB-0016" --json
holds "playbook edit: of now" 0.version 2026-11-28T14:00:00.000Z
EDITOR="sed -i s/code.word/countersign/" edit PB-0001 --json
ends "playbook edit: another unit's becomes one of our own" 0
derived=$("$PROGRAMS/jsonget" ref <"$dir/out")
holds "playbook edit: which is told as JSON" kind playbook
run playbook export "$derived" "$dir/derived.json"
same "playbook edit: it says what it was derived from" "$(grep -c '"derived_from"' "$dir/derived.json")" 1

EDITOR="sed -i s/^##.*/###/" edit PB-0016
ends "playbook edit: what can't be run is refused" 3
warns "playbook edit: with what is wrong" 'PB-0016 is as it was: '
warns "playbook edit: and what was typed is kept" 'muster playbook edit PB-0016 goes on with it'
printf 'keys 7/ref:PB-0016<Enter>e\nexpect PB-0016 has a new version\n' >"$dir/edit.keys"
EDITOR='sed -i "s/^###/## Steps/;s/^- Radio/- Telex/"' keys
ends "playbook edit: for whoever edits it at the console, too" 0

EDITOR="sed -i s/^##.*/###/" edit PB-0016
warns "playbook edit: what was refused can be given up" 'save an empty file to give it up'
EDITOR="cp /dev/null" edit PB-0016
ends "playbook edit: an empty file gives it up" 3
warns "playbook edit: and it says so" 'PB-0016: given up, nothing was changed'
EDITOR=true edit PB-0016
warns "playbook edit: the next one begins with what is held" 'PB-0016: nothing was changed'
EDITOR="sed -i s/^##.*/###/" edit PB-0016
printf 'keys 7/ref:PB-0016<Enter>e\nexpect given up, nothing was changed\n' >"$dir/edit.keys"
EDITOR="cp /dev/null" keys
ends "playbook edit: at the console, too" 0

EDITOR=true edit PB-0016
ends "playbook edit: without a change there is no version" 3
warns "playbook edit: and it says so" 'PB-0016: nothing was changed'
EDITOR='sh -c "echo Saying; exit 1" sh' edit PB-0016 --json
ends "playbook edit: an editor that fails changes nothing" 1
warns "playbook edit: and it says so" 'ended without saving; nothing is changed'
silent "playbook edit: what an editor prints is no answer of ours"
echo "a line" >"$dir/typed"
EDITOR='sh -c "read line || exit 0; exit 1" sh' sh -c 'exec "$@" <"$0"' "$dir/typed" \
        "$MUSTER" --db "$dir/muster.db" --as duarte playbook edit PB-0016 >"$dir/out" 2>"$dir/err"
warns "playbook edit: without a terminal an editor reads nothing" 'PB-0016: nothing was changed'
(unset EDITOR VISUAL && edit PB-0016 && exit "$status")
status=$?
ends "playbook edit: without an editor it fails" 1
warns "playbook edit: and says what to do" 'no editor is set: EDITOR=vi muster, for example'
EDITOR=true edit INC-0001
ends "playbook edit: what is not there can't be edited" 1
EDITOR=true bare --db "$dir/muster.db" playbook edit PB-0016
ends "playbook edit: who changes something says who he is" 2
EDITOR=true edit PB-0016 PB-0002
ends "playbook edit: one at a time" 2
