#!/bin/sh
# Disks that are really full: each side has a small file system of its own, in a namespace of this test.
if [ "${1:-}" != inside ]; then
        if ! unshare -rm sh -c 'mkdir -p "$1" && mount -t tmpfs -o size=1m tmpfs "$1"' sh "$TMPDIR/try" 2>/dev/null; then
                echo "ok full disks # SKIP no file system can be mounted here"
                exit 0
        fi
        exec unshare -rm sh "$0" inside
fi
. "$MUSTER_TESTS/cli/lib.sh"
PROGRAMS=$PROGRAMS/../cli
hub=$MUSTER-hub
umask 077
cd "$TMPDIR" || exit 2

small() {
        mkdir -p "$1" && mount -t tmpfs -o size="$2" tmpfs "$1" || exit 2
}
fill() { dd if=/dev/zero of="$1/filler" bs=4096 2>/dev/null; }
# even opening takes room, and then the system's words are said
no_room() {
        grep -q -e "the disk is full" -e "No space left" "$dir/err"
        verdict $? "$1" "it does not"
}
clear_room() { rm "$1/filler"; }

# desk NAME [ARG...]: on the database of that desk, with time as it is
desk() {
        name=$1
        dir=$TMPDIR/$1.says
        mkdir -p "$dir"
        shift
        bare --db "$name/muster.db" --as "$name" "$@"
}

small hub 8m
small anna 8m
mkdir boris
"$hub" --db hub/hub.db collection add room --title Room >id || exit 2
"$hub" --db hub/hub.db token add duty --collection room:rw >token || exit 2
mkfifo lines
"$hub" --db hub/hub.db serve --listen 127.0.0.1:0 >lines 2>log &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT
read -r _ _ url <lines
desk anna init --unit "Unit" --desk one
desk anna unit export "$TMPDIR/unit.json"
desk boris init --unit "Unit" --desk two --join "$TMPDIR/unit.json"
for who in anna boris; do
        desk $who remote add hub "$url" --collection room --token-file "$TMPDIR/token" --ceiling red
        desk $who sync
        ends "$who meets the hub" 0
done

desk boris new incident "title=Seen from afar" severity=low
desk boris sync
fill anna
desk anna new incident "title=No room for this" severity=low
ends "a full disk: nothing is saved" 1
no_room "a full disk: it says so"
desk anna sync
ends "a full disk: nothing is received" 1
no_room "a full disk: sync says so"
clear_room anna
desk anna sync
ends "there is room again: it is received" 0
desk anna list incidents
says "nothing was lost" "Seen from afar"
! grep -q "No room" "$dir/out"
verdict $? "what was refused has changed nothing" "it is there"
desk anna audit verify
ends "the journal is sound" 0

fill hub
desk anna new incident "title=Typed while the hub was full" severity=low
ends "the hub's disk is full: work goes on" 0
desk anna sync
ends "the hub's disk is full: it is not sent" 1
warns "the hub's disk is full: the desk says whose fault" "500"
grep -q "the disk is full" log
verdict $? "the hub's log says so" "$(tail -n 1 log)"
desk boris sync
ends "what the hub has can be had" 0
clear_room hub
desk anna sync
ends "there is room at the hub: it is sent" 0
desk boris sync
desk boris list incidents
says "and arrives" "Typed while the hub was full"
exit $failures
