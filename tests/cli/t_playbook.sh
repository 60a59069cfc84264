# Playbooks as files: what is said of them, and the status.
dir=$TMPDIR/playbook
mkdir -p "$dir"
action=workflow.action--00000000-0000-4000-8000-000000000002

bare playbook validate "$fixtures/playbook.json"
ends "a playbook without a flaw" 0
says "is ok, with its name and steps" "playbook.json: ok: Isolate a host, 3 steps"
same "and nothing more is said" "$(wc -l <"$dir/out")" 1
bare playbook validate "$fixtures/playbook-warn.json"
ends "one to warn of" 0
says "has the path and the sentence" "  $action.agent: names an agent that is not defined: group--"
bare playbook validate "$fixtures/playbook-view.json"
ends "one that can't be run" 4
says "can be viewed" "playbook-view.json: view-only"
bare playbook validate "$fixtures/one-incident.json"
ends "no playbook" 3
says "is refused with a sentence" "holds no playbook"
bare playbook validate "$fixtures/playbook-fences.md"
ends "playbooks in Markdown" 4
says "are counted" "view-only: 2 playbooks"
says "and named by their line" "line-46.$action.on_completion"

bare playbook validate "$fixtures/playbook.json" "$fixtures/playbook-view.json" "$fixtures/playbook-warn.json" --json
ends "several files: one can't be run" 4
same "JSON: one entry a file" "$("$PROGRAMS/jsonget" <"$dir/out")" 3
holds "JSON: the file" 0.file "$fixtures/playbook.json"
holds "JSON: the verdict" 0.verdict ok
holds "JSON: no findings" 0.findings 0
holds "JSON: view-only" 1.verdict view-only
holds "JSON: the path of a finding" 1.findings.0.path "$action.on_completion"
holds "JSON: its sentence" 2.findings.0.message "names an agent that is not defined: group--40000000-0000-4000-8000-000000000009"
bare playbook validate "$fixtures/playbook-view.json" "$fixtures/broken.json" --json
ends "several files: one is refused" 3
holds "JSON: refused" 1.verdict refused
bare playbook validate "$fixtures/playbook.json" "$dir/none.json" --json
ends "a file that is not there" 1
holds "JSON: the others are answered" 0.verdict ok
holds "JSON: why" 1.findings.0.message "$dir/none.json: No such file or directory"
: >"$dir/empty"
bare playbook validate "$dir/empty"
ends "an empty file" 3
printf '{"type":"playbook","workflow":{},"name":"a\\u001b[2Jb\\u202e"}' >"$dir/hostile.json"
bare playbook validate "$dir/hostile.json"
says "a name is harmless" 'a\x1b[2Jb<U+202E>'
"$MUSTER" playbook validate - --json <"$fixtures/playbook.json" >"$dir/out" 2>"$dir/err"
status=$?
ends "standard input, a file" 0
cat "$fixtures/playbook.json" | "$MUSTER" playbook validate - --json >"$dir/out" 2>"$dir/err"
status=$?
ends "standard input, a pipe" 0
holds "JSON: of standard input" 0.verdict ok
bare playbook validate
ends "no file: wrong usage" 2
bare playbook
ends "half a command" 2
warns "names the whole" "playbook validate"
bare --now 2026-11-24T13:00:00Z playbook validate "$fixtures/playbook.json"
ends "the time may be fixed" 0
bare complete playbook validate --j
says "completes its option" "--json"
