#!/bin/sh
# The hub on PostgreSQL: what is tested on SQLite, and what only PostgreSQL can do.
. "$MUSTER_TESTS/cli/lib.sh"
postgres=$MUSTER_TESTS/postgres.sh

MUSTER_POSTGRES=$(sh "$postgres" start)
started=$?
if [ $started -eq 77 ]; then
        echo "ok the hub on PostgreSQL # SKIP it is not installed"
        exit 0
fi
[ $started -eq 0 ] || {
        echo "not ok PostgreSQL starts: status $started"
        exit 1
}
export MUSTER_POSTGRES
trap 'sh "$postgres" stop' EXIT
trap 'exit 130' INT TERM HUP

status=0
# a NAME COMMAND...: says how long it took
a() {
        name=$1
        shift
        began=$(date +%s%N)
        "$@" || status=1
        echo "# $name: $((($(date +%s%N) - began) / 1000000)) ms"
}

# a service file says where it is, and the list of processes nothing
service() {
        address=$(sh "$postgres" fresh) || return 1
        name=${address%\?*}
        printf '[room]\nhost=%s\nuser=hub\ndbname=%s\n' "$MUSTER_POSTGRES" "${name##*/}" >"$TMPDIR/services"
        PGSERVICEFILE=$TMPDIR/services "$MUSTER-hub" --db 'postgresql:///?service=room' collection add room --title Room
}
if service >/dev/null; then
        echo "ok a service file says where the database is"
else
        echo "not ok a service file says where the database is"
        status=1
fi

units=$PROGRAMS/../../unit/hub
[ ! -x "$units" ] || a "unit tests" "$units" --tap
# consoles that meet through it, and the hub alone in the builds that look for faults
case $MUSTER_MODE in
release) programs="test_hubs test_exchange" ;;
*) programs="test_hub test_hub_pages test_hub_bodies test_hub_crowd test_hubs test_exchange" ;;
esac
for program in $programs; do
        a "$program" "$PROGRAMS/$program"
done
[ -z "$MUSTER_HUBS_OBJECTS" ] || a run_sync sh "$MUSTER_TESTS/link/run_sync.sh" # when there is time
exit $status
