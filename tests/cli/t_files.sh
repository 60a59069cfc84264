# import, export, unit, audit, backup, doctor.
fresh files

run import "$fixtures/one-incident.json" --json
ends "import" 0
holds "import counts" files.0.objects 2
holds "what is new" files.0.new 2
holds "the file is named" files.0.file "$fixtures/one-incident.json"
holds "nothing refused" files.0.refused 0
run import "$fixtures/one-incident.json" --json
ends "again" 0
holds "again changes nothing" files.0.unchanged 2
run import "$fixtures/updated.json"
says "an update is counted" "1 updated"
run list incidents --json
holds "the newer version shows" 0.title "Ransomware at a test hospital, second site"
run import "$fixtures/envelope.json" --dry-run --json
holds "a dry run says what would be" files.0.state checked
holds "a dry run counts" files.0.new 1
run list incidents --filter envelope --json
same "a dry run changes nothing" "$("$PROGRAMS/jsonget" <"$dir/out")" 0

run import "$fixtures/mixed.json" --json
ends "a bad object: done in part" 4
holds "it is refused" files.0.refused 1
holds "the others are in" files.0.new 2
holds "the counts add up" files.0.objects 3
warns "it is named" "1f6d2a7b9e03"
run import "$fixtures/broken.json"
ends "a broken file is refused" 3
warns "with its line" "line 3"
warns "and nothing changed" "nothing changed"
run import "$fixtures/broken.json" "$fixtures/envelope.json"
ends "one of two" 4
run import "$dir/none.json"
ends "no such file" 1
"$MUSTER" --db "$dir/muster.db" --as duarte import - --json <"$fixtures/envelope.json" >"$dir/out" 2>"$dir/err"
status=$?
ends "standard input, a file" 0
cat "$fixtures/envelope.json" | "$MUSTER" --db "$dir/muster.db" --as duarte import - --json >"$dir/out" 2>"$dir/err"
status=$?
ends "standard input, a pipe" 0
holds "and it was known" files.0.unchanged 1
printf 'hello' >"$dir/text"
run import "$dir/text"
ends "no JSON at all" 3
: >"$dir/empty"
run import "$dir/empty"
ends "an empty file" 3

bare --db "$dir/dry.db" --as duarte import "$fixtures/envelope.json" --dry-run --json
ends "a dry run without a database" 0
holds "counts" files.0.new 1
[ ! -e "$dir/dry.db" ]
verdict $? "and makes none" "it made one"
bare --db "$dir/made/new.db" --as duarte import "$fixtures/envelope.json"
ends "import makes a database" 0
same "of mode 0600" "$(stat -c %a "$dir/made/new.db")" 600

run new incident title="Ours" severity=low tlp=red
run export "$dir/all.json"
ends "export" 0
run export - --ceiling green
says "export to standard output is a bundle" '"type":"bundle"'
warns "what is above the ceiling is held back" "held back"
! grep -q '"Ours"' "$dir/out"
verdict $? "and not there" "it is"
run export "$dir/one.json" --kind incident --filter envelope
ends "export by a filter" 0
grep -q 'From an envelope' "$dir/one.json" && ! grep -q 'test hospital' "$dir/one.json"
verdict $? "has what the filter says" "it has not"
run export "$dir/no/such/folder.json"
ends "no such folder" 1
run export "$dir/x.json" --ceiling blue
ends "an unknown ceiling" 2
run export "$dir/x.json" --filter colour:red
ends "export: a wrong filter" 3
bare --db "$dir/copy.db" --as novak import "$dir/all.json"
ends "another desk takes the export in" 0
bare --db "$dir/copy.db" list incidents --filter Ours --json
holds "and sees the incident" 0.title Ours

run unit show --json
holds "unit show" name "Test unit"
holds "unit show: desk" desk "duty desk"
run unit export "$dir/unit.json"
ends "unit export" 0
bare --db "$dir/joined.db" init --join "$dir/unit.json" --desk "second desk"
ends "another desk joins" 0
bare --db "$dir/joined.db" unit show --json
holds "it is the same unit" name "Test unit"
bare --db "$dir/muster.db" init --unit Again
ends "init leaves a database alone" 3
bare --db "$dir/x.db" init
ends "init needs a unit" 2
bare --db "$dir/x.db" init --unit X --ceiling blue
ends "init: an unknown ceiling" 2

run audit verify
ends "audit verify" 0
says "audit verify says it" "sound"
printf 'no key\n' >"$dir/unsigned.db.key"
bare --db "$dir/unsigned.db" init --unit "Without a key"
bare --db "$dir/unsigned.db" audit verify
ends "a journal that nobody signed is sound all the same" 0
says "it has no signature" "0 signatures"
says "and what that means is said" "nothing is signed: the entries fit together"
run audit export "$dir/journal.jsonl"
ends "audit export" 0
same "audit export: one line for each entry and the key" "$(grep -c . "$dir/journal.jsonl")" \
        "$(($(bare --db "$dir/muster.db" doctor --json && "$PROGRAMS/jsonget" journal <"$dir/out") + 1))"
run backup "$dir/backup.db"
ends "backup" 0
bare --db "$dir/backup.db" list incidents --filter Ours --json
holds "a backup is a database" 0.title Ours
run backup "$dir/backup.db"
ends "backup overwrites nothing" 3
cp "$dir/muster.db.key" "$dir/key"
for own in muster.db backup.db muster.db.key muster.db-wal muster.db-shm muster.db.console; do
        run export "$dir/$own"
        ends "export does not take the place of $own" 3
        run audit export "$dir/$own"
        ends "nor does audit export" 3
done
warns "it says whose file it is" "muster.db.console is kept beside the database"
run unit export "$dir/muster.db"
ends "nor does unit export" 3
warns "it says why" "muster.db is a database"
run playbook list "$MUSTER_DATA/playbooks/ddos.json" --out "$dir/muster.db"
ends "nor does a playbook" 3
run backup "$dir/muster.db-wal"
ends "nor does a backup" 3
same "the key is the same" "$(cat "$dir/key")" "$(cat "$dir/muster.db.key")"
run audit verify
ends "and nothing is lost" 0
run export "$dir/all.json"
ends "an export takes the place of another" 0
run doctor --json
ends "doctor" 0
holds "doctor finds nothing" findings 0
holds "doctor: no remotes" remotes 0
run doctor --fields incident
says "doctor --fields" "severity"
says "with the words that a field takes" "for the next 6 hours: worsening, stable, improving"
cp -R "$MUSTER_DATA" "$dir/data"
printf '{"name":"cg-outlook","title":"ours","version":"9","source":"us","words":[%s,%s]}' \
        '{"id":"up","label":"Up"}' '{"id":"down","label":"Down"}' >"$dir/data/words/cg-outlook.json"
saved=$MUSTER_DATA
MUSTER_DATA=$dir/data
run doctor --fields incident
MUSTER_DATA=$saved
says "of the list in force" "for the next 6 hours: up, down"
run doctor --fields incident --json
holds "doctor --fields --json" 0.name ref
printf 'this is no database, but long enough to look at' >"$dir/junk.db"
bare --db "$dir/junk.db" list incidents
ends "a file that is no database" 3
run list conflicts --json
same "no conflicts" "$("$PROGRAMS/jsonget" <"$dir/out")" 0

"$PROGRAMS/locked" "$dir/muster.db" "$MUSTER" --db "$dir/muster.db" --as duarte note INC-0001 Late \
        >"$dir/out" 2>"$dir/err"
status=$?
ends "a locked database takes no note" 1
warns "it says so" "muster.db is locked by another program"
! grep -q -e "--reason" "$dir/err"
verdict $? "and wants no reason" "it asks for one"

if [ -w /dev/full ]; then
        "$MUSTER" --db "$dir/muster.db" list incidents --json >/dev/full 2>"$dir/err"
        status=$?
        : >"$dir/out"
        ends "a full disk behind standard output" 1
fi

# ---- a reference is typed again: a list never cuts it ------------------------------------------------
fresh refs
bare --db "$dir/other.db" init --unit "CERT-XX"
bare --db "$dir/other.db" --as novak new incident title="Relay station down" severity=high
bare --db "$dir/other.db" --as novak export "$dir/other.json"
run import "$dir/other.json"
run list incidents
says "a list shows the whole reference" "CERT-XX INC-0001  high "
