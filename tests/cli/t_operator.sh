# operator, list sign-ins, and a configuration that asks for a sign-in.
fresh operator
umask 077
printf '482910\n' >"$dir/lead"
printf 'sunflower\n' >"$dir/officer"
printf 'pigeon-7\n' >"$dir/viewer"
printf 'wrong pin\n' >"$dir/wrong"
printf '12345\n' >"$dir/short"
printf 'sign_in = required\n' >"$dir/required.ini"

# as NAME PINFILE ARG...: on the database, with a sign-in required
as() {
        who=$1
        pin=$2
        shift 2
        bare --config "$dir/required.ini" --db "$dir/muster.db" --now "$NOW" --as "$who" --pin-file "$dir/$pin" "$@"
}

run operator list --json
same "operator list: none is an empty list" "$("$PROGRAMS/jsonget" <"$dir/out")" 0
run operator add duarte --role officer --pin-file "$dir/lead"
ends "operator add: the first is a lead" 3
run operator add duarte --role lead --pin-file "$dir/short"
ends "operator add: a short PIN" 3
warns "operator add: says how long" "at least 6 characters"
run operator add duarte --role boss --pin-file "$dir/lead"
ends "operator add: no such role" 2
run operator add duarte --role lead
ends "operator add: nothing asks without a terminal" 2
warns "operator add: says what is missing" "--pin-file FILE behind the command"
run operator add duarte --role lead --pin-file "$dir/absent"
ends "operator add: no such file" 3
chmod 640 "$dir/lead"
run operator add duarte --role lead --pin-file "$dir/lead"
ends "operator add: a file that others read" 3
warns "operator add: says what to do" "chmod 600"
chmod 600 "$dir/lead"
run operator add duarte --role lead --pin-file "$dir"
ends "operator add: a folder" 3
bare --db "$dir/muster.db" --now "$NOW" operator add duarte --role lead --pin-file "$dir/lead"
ends "operator add: the first needs nobody" 0
run operator add novak --role officer --pin-file "$dir/officer"
ends "operator add: then a lead is asked for, without a sign-in too" 2
bare --db "$dir/muster.db" operator add novak --role officer --pin-file "$dir/officer"
ends "operator add: and named" 2
run --pin-file "$dir/wrong" operator add novak --role officer --pin-file "$dir/officer"
ends "operator add: who proves it" 1
warns "operator add: by a PIN that fits" "name and PIN do not fit"
run --pin-file "$dir/lead" operator add novak --role officer --pin-file "$dir/officer"
ends "operator add: by a lead" 0
warns "operator add: who was there is told of wrong PINs" "1 wrong PIN for duarte"
as duarte lead operator add visitor --role viewer --pin-file "$dir/viewer"
ends "operator add: a viewer" 0
as duarte lead operator add Novak --role viewer --pin-file "$dir/viewer"
ends "operator add: a name is given once" 3
as novak officer operator add petrov --role lead --pin-file "$dir/viewer"
ends "operator add: not by an officer" 1
as novak officer operator remove visitor
ends "operator remove: nor removed" 1

bare --config "$dir/required.ini" --db "$dir/muster.db" operator list --json
ends "operator list: needs nobody" 0
holds "operator list: by name" 1.name novak
holds "operator list: its role" 1.role officer
holds "operator list: no wrong PIN" 1.wrong_pins 0
holds "operator list: when" 0.signed_in 2026-11-24T13:00:00.000Z
! grep -q argon "$dir/out"
verdict $? "operator list: no hash" "a hash is printed"
run operator list
says "operator list: a line each" "novak             officer  signed in 2026-11-24T13:00:00Z"

# what a sign-in is asked for
bare --config "$dir/required.ini" --db "$dir/muster.db" --as novak new incident title=x severity=low
ends "required: a command that writes needs a PIN" 2
warns "required: says so" "the config asks for a sign-in: --pin-file FILE, with the PIN of novak"
bare --config "$dir/required.ini" --db "$dir/muster.db" new incident title=x severity=low
ends "required: and a name" 2
as novak wrong new incident title=x severity=low
ends "required: a PIN that fits" 1
as novak officer new incident "title=Phishing at a ministry" severity=low --json
ends "required: an officer writes" 0
as novak officer show INC-1 --json
holds "required: as who has signed in" timeline.0.operator novak
as visitor viewer new incident title=x severity=low
ends "required: a viewer writes nothing" 1
warns "required: says so in one sentence" "visitor is a viewer and changes nothing"
as visitor viewer sync
ends "required: nor exchanges" 1
as novak officer remote add eu https://hub.example/taxii2/ --collection eu
ends "required: an officer adds no remote" 1
warns "required: says who does" "novak is no lead, and remotes are changed by one"
as duarte lead remote add eu https://hub.example/taxii2/ --collection eu
ends "required: a lead does" 0
as novak officer remote remove eu
ends "required: an officer removes none" 1
bare --config "$dir/required.ini" --db "$dir/muster.db" list incidents
ends "required: reading needs nobody" 0
says "required: reads" "Phishing at a ministry"
bare --config "$dir/required.ini" --db "$dir/muster.db" export "$dir/bundle.json"
ends "required: an export is reading" 0
! grep -q "argon\|visitor" "$dir/bundle.json"
verdict $? "an export has no operators" "it has"
as novak officer --read-only new incident title=x severity=low
ends "required: read-only stays read-only" 1

# PINs
as visitor viewer operator pin visitor --pin-file "$dir/short"
ends "operator pin: a short one" 3
printf 'pigeon-8\n' >"$dir/viewer8"
as visitor viewer operator pin visitor --pin-file "$dir/viewer8"
ends "operator pin: one's own" 0
as visitor viewer operator pin visitor --pin-file "$dir/viewer8"
ends "operator pin: the old one fits no more" 1
as novak officer operator pin visitor --pin-file "$dir/viewer"
ends "operator pin: not by an officer" 1
as duarte lead operator pin visitor --pin-file "$dir/viewer"
ends "operator pin: by a lead" 0
as duarte lead operator remove duarte
ends "operator remove: the last lead" 3
as duarte lead operator remove visitor
ends "operator remove" 0
as duarte lead operator remove visitor
ends "operator remove: twice" 3

# wrong PINs, each by a program of its own
for i in 1 2; do as novak wrong set INC-1 severity=high; done
as novak wrong set INC-1 severity=high
warns "wrong PINs: the third says how long" "the next try in 2 s"
as novak officer set INC-1 severity=high
ends "wrong PINs: then the right one waits" 1
warns "wrong PINs: says so" "too many wrong PINs for novak"
saved=$NOW
NOW=2026-11-24T12:00:00Z
as novak officer set INC-1 severity=high
ends "wrong PINs: a clock set back does not help" 1
NOW=2026-11-24T12:00:02Z
as novak officer set INC-1 severity=high
ends "wrong PINs: what waits is waited for" 0
warns "sign-in: a clock set back is told" "behind what was written here before"
NOW=$saved

# stolen: who has the file can read it, but its operators' PINs are only hashes, and copies carry the waits
run list sign-ins --json
holds "list sign-ins: the newest first" 0.what sign-in
holds "list sign-ins: who" 0.operator novak
says "list sign-ins: that the clock was set back" "officer; clock set back "
holds "list sign-ins: who was refused" 1.note "novak, 3 in a row"
run list sign-ins --limit 2
same "list sign-ins: so many" "$(wc -l <"$dir/out")" 2
run list sign-ins --limit 0
ends "list sign-ins: none" 2
run audit verify
ends "the journal is sound with all that" 0
run backup "$dir/copy.db"
ends "a backup" 0
! grep -aq "sunflower\|482910\|wrong pin" "$dir/muster.db" "$dir/copy.db"
verdict $? "no PIN is in the file" "one is"
bare --config "$dir/required.ini" --db "$dir/copy.db" --as thief --pin-file "$dir/wrong" set INC-1 severity=low
ends "a stolen copy asks for the same operators" 1
bare complete --db "$dir/muster.db" operator remove no
says "completes an operator" "novak"
bare complete --db "$dir/muster.db" operator add x --role of
says "completes a role" "officer"

bare --config "$dir/required.ini" --db "$dir/absent.db" --as novak --pin-file "$dir/officer" new incident title=x severity=low
ends "required: where there is no database nobody is an operator" 1
[ ! -e "$dir/absent.db" ]
verdict $? "required: and none is made" "one is"
printf 'sign_in = maybe\n' >"$dir/bad.ini"
bare --config "$dir/bad.ini" --db "$dir/muster.db" list incidents
ends "a config that asks for neither" 3
printf 'lock_after = soon\n' >"$dir/bad.ini"
bare --config "$dir/bad.ini" --db "$dir/muster.db" list incidents
ends "a config that locks at no time" 3
warns "a config that locks at no time: says what it takes" "lock_after takes minutes from 0 to 1440, not soon"
