# A playbook of the library in one's own editor, from a console: taken in where it can be run, else kept as typed.
fresh playbook-edit
run playbook library
ends "edit: the library comes in" 0
keys() { bare --db "$dir/muster.db" --as duarte --now 2026-11-28T13:00:00Z --size 100x24 --replay "$dir/edit.keys"; }

printf 'keys 7e\nexpect PB-0001 has a new version\n' >"$dir/edit.keys"
EDITOR="sed -i s/code.word/password/" keys
ends "edit: a change is a new version" 0
run list playbooks --filter "ref:PB-0001" --json
holds "edit: which is of now" 0.version 2026-11-28T13:00:00.000Z

printf 'keys 7e\nexpect nothing was changed\n' >"$dir/edit.keys"
EDITOR=true keys
ends "edit: without a change there is none" 0

printf 'keys 7e\nexpect What is wrong with the new version\nexpect Nothing was taken in\n' >"$dir/edit.keys"
EDITOR="sed -i s/^-.parallel.*/-parallel/" keys
ends "edit: what can't be read is refused, and said" 0
printf 'keys 7e\nexpect has a new version\n' >"$dir/edit.keys"
VISUAL='sed -i "s/^-parallel/- parallel Ways/"' keys
ends "edit: what was typed comes back with the next try" 0

printf 'keys 7e\nexpect nothing is changed\n' >"$dir/edit.keys"
EDITOR=false keys
ends "edit: an editor that fails changes nothing" 0
printf 'keys 7e\nexpect no editor is set\n' >"$dir/edit.keys"
(unset EDITOR VISUAL && keys && exit "$status")
status=$?
ends "edit: without an editor it says so" 0
