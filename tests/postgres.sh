#!/bin/sh
# A PostgreSQL of its own for tests: in a temporary folder, on a socket there, no TCP, gone afterwards.
#
# usage: postgres.sh start              makes and starts one, and prints its folder
#        postgres.sh fresh              makes a database and prints its address
#        postgres.sh sql URL SQL        runs it, prints what comes back without ornament
#        postgres.sh crash | begin      stops it as a loss of power would; starts it again
#        postgres.sh stop               stops and removes it
# All but start take the folder from MUSTER_POSTGRES. Status 77: PostgreSQL is not installed.
# initdb refuses root: then it is run by postgres, or else by nobody.
bin=$(for d in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null)"; do
        [ -x "$d/initdb" ] && echo "$d"
done | tail -n 1)
[ -n "$bin" ] || exit 77
unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGOPTIONS PGDATA
dir=$MUSTER_POSTGRES
[ "$1" = start ] || [ -d "$dir/data" ] || exit 2

as_server() {
        if [ "$(id -u)" -ne 0 ]; then
                "$@"
                return
        fi
        (cd / && setpriv --reuid="$who" --regid="$(id -g "$who")" --clear-groups env HOME=/ "$@")
}
who=postgres
id $who >/dev/null 2>&1 || who=nobody

# the disk is as safe as the system is: what dies in tests is the server, or the hub
begin() {
        as_server "$bin/pg_ctl" start --silent --wait --pgdata="$dir/data" --log="$dir/server.log" --options="-k $dir \
                -c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=32MB \
                -c max_connections=200 -c log_min_messages=fatal" </dev/null >/dev/null 2>&1
}

case $1 in
start)
        dir=$(mktemp -d /tmp/muster-postgres.XXXXXX) || exit 1
        [ "$(id -u)" -ne 0 ] || chown "$who" "$dir" || exit 1
        as_server "$bin/initdb" --pgdata="$dir/data" --username=hub --auth=trust --encoding=UTF8 \
                --locale=C --no-sync >"$dir/initdb.log" 2>&1 && begin || {
                cat "$dir"/*log >&2
                exit 1
        }
        echo "$dir"
        ;;
fresh)
        name=t$$
        "$bin/createdb" --host="$dir" --username=hub "$name" || exit 1
        echo "postgresql://hub:s3cret@/$name?host=$dir"
        ;;
sql) "$bin/psql" --no-psqlrc --quiet --tuples-only --no-align --dbname="$2" --command="$3" ;;
crash) as_server "$bin/pg_ctl" stop --silent --wait --mode=immediate --pgdata="$dir/data" ;;
begin) begin ;;
stop)
        as_server "$bin/pg_ctl" stop --silent --wait --mode=immediate --pgdata="$dir/data"
        rm -rf "$dir"
        ;;
*)
        echo "postgres.sh: what is '$1'?" >&2
        exit 2
        ;;
esac
