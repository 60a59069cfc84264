# remote, outbox, list outbox and quarantine: what can be said without a server.
fresh remote
hub=https://hub.example/taxii2/
umask 077
printf 'not-a-secret\n' >"$dir/token"
token=$dir/token

run remote list --json
ends "remote list: none" 0
same "remote list: none is an empty list" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run remote add eu-jcu "$hub" --collection eu --token-file "$token"
ends "remote add" 0
warns "remote add says what may go there" "up to TLP:AMBER goes there"
run remote add lab http://127.0.0.1:6100/ --collection lab --ceiling green --default-marking red
ends "remote add: plain http to this machine" 0
run remote list --json
holds "remote list: by name" 0.name eu-jcu
holds "remote list: nothing is known yet" 0.state new
holds "remote list: how we are known there" 0.auth token
holds "remote list: everything waits" 0.pending 1
holds "remote list: its ceiling" 1.ceiling green
holds "remote list: what is unmarked" 1.default_marking red
holds "remote list: no time yet" 0.synced null
holds "remote list: its clock is not known" 0.clock null
holds "remote list: its clock, in seconds" 0.clock_ahead_s null
holds "remote list: nothing is missing there" 0.gone 0
! grep -q not-a-secret "$dir/out"
verdict $? "remote list: no secret" "the secret is printed"
run remote list
says "remote list: a line each" "1 to send, 0 held, 0 refused"
run doctor --json
holds "doctor counts remotes" remotes 2
run --read-only remote list
ends "remote list: read-only" 0

run remote add eu-jcu "$hub" --collection eu
ends "remote add: a name is given once" 3
warns "remote add: which one" "there is a remote eu-jcu already"
run remote add "a b" "$hub" --collection eu
ends "remote add: a name is a word" 2
run remote add x "$hub"
ends "remote add: no collection" 2
run remote add x http://hub.example/ --collection eu
ends "remote add: plain http to others" 3
warns "remote add: why" "plain http is for this machine only"
run remote add x http://127.0.0.1.evil.example/ --collection eu
ends "remote add: what only looks like this machine" 3
run remote add x http://127.0.0.1@evil.example/ --collection eu
ends "remote add: nor a name before another machine" 3
run remote add x ftp://hub.example/ --collection eu
ends "remote add: no server" 3
run remote add x https://u:hush@hub.example/ --collection eu
ends "remote add: a password in the address" 3
! grep -q hush "$dir/err"
verdict $? "remote add: does not repeat it" "the password is printed"
run remote add x "$hub" --collection eu --token-file "$dir/none"
ends "remote add: no such file" 3
chmod 644 "$token"
run remote add x "$hub" --collection eu --token-file "$token"
ends "remote add: a secret that others can read" 3
warns "remote add: what to do" "chmod 600"
chmod 600 "$token"
run remote add x "$hub" --collection eu --user u
ends "remote add: half a way in" 2
run remote add x "$hub" --collection eu --token-file "$token" --user u --password-file "$token"
ends "remote add: two ways in" 2
run remote add x "$hub" --collection eu --ceiling pink
ends "remote add: no label" 2
bare --db "$dir/muster.db" remote add x "$hub" --collection eu
ends "remote add: nobody" 2
run --read-only remote add x "$hub" --collection eu
ends "remote add: read-only" 1
run remote list --json
same "remote add: refused changes nothing" "$("$PROGRAMS/jsonget" 2.name <"$dir/out" 2>/dev/null)" ""

run new incident "title=Phishing at a ministry" severity=low --json
id=$("$PROGRAMS/jsonget" id <"$dir/out")
run list outbox --json
holds "list outbox: for each remote" 0.remote eu-jcu
holds "list outbox: it waits" 0.state waiting
holds "list outbox: nothing is wrong" 0.why null
holds "list outbox: what it is" 1.kind log
holds "list outbox: by its reference" 1.ref LOG-0001
note=$("$PROGRAMS/jsonget" 1.id <"$dir/out")
run list outbox
says "list outbox: as text" "waiting"
run list quarantine --json
same "list quarantine: empty" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run list gone --json
same "list gone: empty" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run list peers --json
same "list peers: empty" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run outbox retry "$note"
ends "outbox retry: nothing was refused" 1
run outbox drop "$note" --reason "a test"
ends "outbox drop" 0
run outbox drop "$note"
ends "outbox drop: again is the same" 0
run list outbox --json
! grep -q "$note" "$dir/out"
verdict $? "outbox drop: it waits no more" "it is listed"
run outbox retry "$note"
ends "outbox retry: what was dropped" 0
run list outbox --json
grep -q "$note" "$dir/out"
verdict $? "outbox retry: it waits again" "it is not listed"
run audit verify
ends "outbox: the journal is sound" 0
run outbox drop nothing
ends "outbox drop: no such object" 1
run show "$id"
ends "outbox drop: here all stays" 0

run remote remove lab
ends "remote remove" 0
run remote remove lab
ends "remote remove: there is none" 1
run remote list --json
holds "remote remove: the other stays" 0.name eu-jcu

dir=$TMPDIR/remote-exercise
mkdir -p "$dir"
run init --unit "Test unit" --exercise
run remote add eu "$hub" --collection eu
ends "an exercise meets nobody outside" 3
warns "an exercise: why" "exercise"
run remote add lab http://localhost:6100/ --collection eu
ends "an exercise: this machine" 0
