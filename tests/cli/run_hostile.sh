#!/bin/sh
# Hostile documents: each is imported or refused with a sentence that says which file, which object and what;
# what is refused changes nothing; and whatever they hold, no control byte of theirs reaches the terminal.
H=$PROGRAMS/hostile
export MUSTER_DATA="$MUSTER_TESTS/../data"
work=$(mktemp -d "${TMPDIR:-/tmp}/hostile.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
db=$work/desk.db
bad=0

muster() {
        "$MUSTER" --db "$db" --as duarte --now 2026-11-24T12:00:00Z "$@"
}

# is NAME WHY: the verdict on the command before
is() {
        [ $? -eq 0 ] && verdict="ok $1" || { verdict="not ok $1: $2" && bad=1; }
        printf '%s' "$verdict" | tr '\n' ' ' | tr -cd '\040-\176'
        echo
}

# What is held; the size of the file may change.
held() {
        muster doctor --json | grep -v '"bytes"'
}

clean() {
        "$H" clean <"$work/out" >"$work/why" && "$H" clean <"$work/err" >"$work/why"
}

# import FILE...: status in $status, what it says in $work/out and $work/err
import() {
        muster import "$@" >"$work/out" 2>"$work/err"
        status=$?
}

# refused NAME STATUS PLACE...: $work/in.json is refused with that exit status and a sentence with these words
refused() {
        name=$1
        want=$2
        shift 2
        held >"$work/before"
        import "$work/in.json"
        why=
        [ "$status" -eq "$want" ] || why="status $status"
        for word in in.json "$@"; do
                grep -qiF -- "$word" "$work/err" || why="$why, no '$word'"
        done
        clean || why="$why, $(cat "$work/why")"
        held >"$work/after"
        cmp -s "$work/before" "$work/after" || why="$why, something changed"
        [ -z "$why" ]
        is "$name" "$why; $(head -c 300 "$work/err")"
}

# taken NAME: $work/in.json is imported
taken() {
        import "$work/in.json"
        why="status $status; $(head -c 300 "$work/err")"
        [ "$status" -eq 0 ] && clean
        is "$1" "$why; $(cat "$work/why")"
}

bytes() {
        printf "$1" >"$work/in.json"
}

id=incident--00000000-0000-4000-8000-0000000000ab
when='"created":"2026-11-24T08:00:00.000Z","modified":"2026-11-24T08:00:00.000Z"'

# object MEMBERS [ID]: a bundle whose second object is bad
object() {
        printf '{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[%s,{%s}]}' \
                '{"type":"x-known","spec_version":"2.1","id":"x-known--00000000-0000-4000-8000-000000000001",'"$when"'}' \
                "\"type\":\"incident\",\"spec_version\":\"2.1\",$1" >"$work/in.json"
}

muster init --unit "Hostile desk" || exit 1
object "\"id\":\"$id\",$when,\"name\":\"before\""
taken "a bundle that is sound"
cp "$work/in.json" "$work/sound.json"

# ---- the file as a whole ----

size=$(wc -c <"$work/sound.json")
for cut in 1 2 9 40 $((size / 2)) $((size - 1)); do
        head -c "$cut" "$work/sound.json" >"$work/in.json"
        refused "cut off after $cut bytes" 3 refused byte
done
: >"$work/in.json"
refused "an empty file" 3 refused empty
"$H" noise 100000 >"$work/in.json"
refused "noise" 3 refused byte
bytes '{"type":"incident","id":"%s","name":"\377\376\200"}'
refused "8-bit text" 3 UTF-8 byte
bytes '{"type":"incident","name":"\355\240\200"}'
refused "a surrogate in UTF-8" 3 UTF-8 byte
bytes '{"type":"incident","name":"a\033[31mb"}'
refused "an escape byte in a string" 3 "control" byte
bytes '{"type":"incident","name":"a\000b"}'
refused "a NUL byte in a string" 3 "control" byte
bytes '\377\376{\000}\000'
refused "UTF-16" 3 UTF-8
for depth in 300 100000; do
        "$H" deep "$depth" >"$work/in.json"
        refused "$depth deep" 3 deep byte
done
"$H" long 20000000 >"$work/in.json"
refused "an object of 20 MB" 3 "object is larger than 16 MiB"
{ printf '[' && "$H" long 20000000 && printf ']'; } >"$work/in.json"
refused "an object of 20 MB in a list" 3 "object is larger than 16 MiB" "line 1, byte 2"
bytes '{"a":1} {"b":2}'
refused "two documents" 3 refused byte
bytes '"just a string"'
refused "a string" 3 refused
bytes '{"playbook":true}'
refused "JSON of no kind we know" 3 "no STIX"
mkdir "$work/folder"
import "$work/folder"
[ "$status" -eq 1 ] && grep -q "folder: .*directory" "$work/err"
is "a folder" "status $status; $(cat "$work/err")"
import "$work/nowhere.json"
[ "$status" -eq 1 ] && grep -q "nowhere.json: No such file" "$work/err"
is "no file" "status $status; $(cat "$work/err")"

# ---- one object ----

# wrong NAME MEMBERS WORD...: the second object is refused and named
wrong() {
        name=$1
        object "$2"
        shift 2
        refused "$name" 4 "object 2" "$@"
}

wrong "an id with slashes" "\"id\":\"incident--../../../etc/passwd\",$when" "id is not"
wrong "an id with an escape" "\"id\":\"incident--\\u001b[31m\",$when" "id is not"
wrong "an id with a NUL" "\"id\":\"$id\\u0000\",$when" "id is not"
wrong "an id of another type" "\"id\":\"malware--00000000-0000-4000-8000-0000000000ab\",$when" "its id says another"
wrong "an id that is a number" "\"id\":7,$when" "id is not a string"
wrong "no id" "\"name\":\"x\",$when" "id is missing"
wrong "id twice" "\"id\":\"$id\",\"id\":\"malware--00000000-0000-4000-8000-0000000000ab\",$when" "its id says another"
wrong "a date that is none" "\"id\":\"$id\",\"created\":\"2026-13-45T99:99:99Z\"" "$id" "created is not a timestamp"
wrong "a date without a zone" "\"id\":\"$id\",\"modified\":\"2026-11-24T08:00:00\"" "$id" "modified is not a timestamp"
wrong "a date that is a number" "\"id\":\"$id\",\"modified\":1700000000" "$id" "modified is not a timestamp"
wrong "a date in the year 99999" "\"id\":\"$id\",\"modified\":\"99999-01-01T00:00:00Z\"" "$id" "modified is not a timestamp"
wrong "a number beyond all" "\"id\":\"$id\",$when,\"x\":1e400" "number"
wrong "a lone surrogate" "\"id\":\"$id\",$when,\"name\":\"\\ud800\"" "invalid Unicode"
bytes '[7,"text",null,[],{}]'
refused "things that are no objects" 3 "refused"
bytes '[{"type":"x-known","id":"x-known--00000000-0000-4000-8000-000000000001",'"$when"'},7,"text",null,[],{}]'
import "$work/in.json"
[ "$status" -eq 4 ] && [ "$(grep -c 'object [2-6]: ' "$work/err")" -eq 5 ] && clean
is "what is no object is refused by number" "status $status; $(cat "$work/err" "$work/why")"

# ---- odd, but to be kept ----

object "\"id\":\"$id\",$when,\"name\":\"one\",\"name\":\"two\""
taken "a key twice"
grep -q "in.json: $id: a key stands twice" "$work/err"
is "a key twice is told" "$(cat "$work/err")"
new="\"id\":\"incident--00000000-0000-4000-8000-0000000000ac\",$when"
object "$new,\"x\":123456789012345678901234567890,\"y\":-9223372036854775809,\"z\":1e-400"
taken "integers beyond 64 bits are kept"
muster export "$work/out.json" 2>"$work/err" && grep -qF '123456789012345678901234567890,"y":-9223372036854775809,"z":1e-400' "$work/out.json"
is "and given back as they were" "$(cat "$work/err")"
"$H" long 10000000 >"$work/in.json"
taken "a name of 10 MB"
for what in "list incidents" "list incidents --json" "show incident--00000000-0000-4000-8000-0000000000aa"; do
        # shellcheck disable=SC2086 # words of a command
        muster $what >"$work/out" 2>"$work/err"
        [ $? -eq 0 ] && [ "$(wc -c <"$work/out")" -lt 1000000 ] && clean
        is "$what shows only what can be read of it" "$(wc -c <"$work/out") bytes; $(cat "$work/why")"
done

# ---- poison in every text ----

for file in "$MUSTER_TESTS"/fixtures/stix/*.json; do
        for dose in keys all text; do
                "$H" poison "$dose" "$file" >"$work/in.json"
                import "$work/in.json"
                { [ "$status" -eq 0 ] || [ "$status" -eq 4 ]; } && clean
                is "poison in $dose of $(basename "$file")" "status $status; $(cat "$work/why")"
        done
done
esc=$(printf '\033[2J\302\233')
bidi=$(printf '\342\200\256')
muster new incident "title=new $esc$bidi" "description=$esc$bidi" severity=high >"$work/out" 2>"$work/err"
clean
is "an own title" "$(cat "$work/why")"
ref=$(muster list incidents --json --limit 1 | sed -n 's/.*"ref":"\([A-Z]*-[0-9]*\)".*/\1/p')
muster note "$ref" "noted $esc$bidi" >"$work/out" 2>"$work/err"
clean
is "an own note" "$(cat "$work/why")"
muster do "$ref" ack --reason "because $esc$bidi" >"$work/out" 2>"$work/err"
clean
is "an own reason" "$(cat "$work/why")"

# said ARGUMENT...: whatever its status, what it prints is clean
said() {
        muster "$@" >"$work/out" 2>"$work/err"
        clean
        is "muster $*" "$(cat "$work/why")"
}

for kind in incidents participants log conflicts outbox quarantine gone peers filters; do
        said list "$kind"
        said list "$kind" --json
done
for ref in $(muster list incidents --json | tr ',{' '\n\n' | sed -n 's/^"id":"\(.*\)"/\1/p'); do
        said show "$ref"
        said show "$ref" --json
        said show "$ref" --at 2026-11-24T11:00:00Z
done
said list incidents --filter "$esc"
said list "in$esc"
said show "X$esc"
said "un$esc"
said "--$esc"
said set "$ref" "ti$esc=x"
said do "$ref" "ver$bidi"
said doctor
said audit verify
cp "$work/sound.json" "$work/na$esc$bidi
me.json"
said import "$work/na$esc$bidi
me.json"
said import --json "$work/na$esc$bidi
me.json"
db="$work/na$esc.db" && said doctor
db=$work/desk.db

# ---- the console ----

cat >"$work/keys" <<'KEYS'
print
keys jjj<Enter>
print
keys <Tab>
print
keys <Tab>
print
keys <Tab>
print
keys <Esc>G<Enter>
print
keys <Tab><Tab>G
print
keys <Esc>v
print
keys m
print
keys <Esc>e
print
keys <Esc><Esc>n
print
keys <Esc>1
print
keys 2
print
keys j<Enter>
print
keys <Esc>3
print
keys 4
print
keys :
print
keys <Esc>?
print
keys <Esc>1/x<Enter>
print
keys <Esc>a
print
keys u
print
KEYS
printf 'type /title:%s\nprint\nkeys <Enter>\nprint\nkeys <Esc>1n\npaste %s\nprint\n' "$esc$bidi" "$esc$bidi" >>"$work/keys"
for size in 120x36 80x24 200x60; do
        "$MUSTER" --db "$db" --as duarte --now 2026-11-24T12:00:00Z --size "$size" --replay "$work/keys" \
                >"$work/out" 2>"$work/err"
        status=$?
        [ "$status" -eq 0 ] && grep -qF 'x1b[2J' "$work/out" && clean
        is "the console at $size shows it harmless" "status $status; $(cat "$work/why" "$work/err")"
done

# ---- nowhere to write ----

for what in "list incidents" "list incidents --json" "doctor" "export -"; do
        # shellcheck disable=SC2086 # words of a command
        muster $what >/dev/full 2>"$work/err"
        [ $? -eq 1 ] && [ -s "$work/err" ]
        is "$what to a full disk has failed, and says so" "$(cat "$work/err")"
done
# Links and pipes of our own: a program that puts a file in the place of a device must not find one here.
ln -s /dev/full "$work/full"
muster export "$work/full" >"$work/out" 2>"$work/err"
[ $? -eq 1 ] && grep -q "full: No space left" "$work/err" && [ -L "$work/full" ]
is "export to a device that is full" "$(cat "$work/err")"
mkfifo "$work/pipe"
timeout 60 cat "$work/pipe" >"$work/piped" &
muster export "$work/pipe" >"$work/out" 2>"$work/err" && wait $! && [ -p "$work/pipe" ] && [ -s "$work/piped" ]
is "export to a pipe leaves it a pipe" "$(cat "$work/err")"
ln -s exported.json "$work/link.json"
echo old >"$work/exported.json"
muster export "$work/link.json" >"$work/out" 2>"$work/err" && [ -L "$work/link.json" ] &&
        cmp -s "$work/exported.json" "$work/piped"
is "export by a link leaves it a link" "$(cat "$work/err")"
yes '[' | head -c 3000000 | muster import - >"$work/out" 2>"$work/err"
[ $? -eq 3 ] && grep -q ' deep' "$work/err"
is "what comes by a pipe is refused like a file" "$(cat "$work/err")"

# ---- afterwards ----

muster audit verify >"$work/out" 2>"$work/err"
is "the journal is sound" "$(cat "$work/err")"
muster new incident "title=Tampered with" severity=low >"$work/out" 2>"$work/err"
"$MUSTER" --db "$db" backup "$work/changed.db"
at=$(grep -obUa 'incident\.new' "$work/changed.db" | head -n 1 | cut -d: -f1)
printf 'X' | dd of="$work/changed.db" bs=1 seek="$at" conv=notrunc 2>"$work/err"
"$MUSTER" --db "$work/changed.db" audit verify >"$work/out" 2>"$work/err"
[ $? -eq 1 ] && grep -q 'journal entry [0-9]* is broken' "$work/err"
is "one byte of the journal changed by hand is named" "$(cat "$work/out" "$work/err")"
exit "$bad"
