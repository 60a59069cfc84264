#!/bin/sh
# Through a proxy, as https_proxy and no_proxy say: it is used, it sees no secret, loopback goes without.
. "$MUSTER_TESTS/cli/lib.sh"
hub=$MUSTER-hub
relay=$PROGRAMS/proxy
PROGRAMS=$PROGRAMS/../cli
umask 077
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY
cd "$TMPDIR" || exit 2

if [ ! -x "$hub" ] || ! command -v openssl >/dev/null; then
        echo "ok sync through a proxy # SKIP there is no muster-hub, or no openssl"
        exit 0
fi
# the name of the hub is one that only the proxy knows
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hub \
        -addext subjectAltName=DNS:hub.invalid -keyout key.pem -out cert.pem 2>err || exit 2
"$hub" --db hub.db collection add room --title Room >id || exit 2
"$hub" --db hub.db token add duty --collection room:rw >token || exit 2

# started NAME COMMAND...: in the background; its first line is in $line
started() {
        mkfifo "$1.lines"
        name=$1
        shift
        "$@" >"$name.lines" 2>"$name.log" &
        pids="$pids $!"
        read -r line <"$name.lines"
}
pids=
trap 'kill $pids 2>/dev/null' EXIT
started hub "$hub" --db hub.db serve --listen 127.0.0.1:0 --tls-cert cert.pem --tls-key key.pem
port=${line##*:}
port=${port%/}
started plain "$hub" --db hub.db serve --listen 127.0.0.1:0
plain=${line#listening on }
started proxy "$relay" "$TMPDIR/record" "$port"
proxy=$line

dir=$TMPDIR/one
mkdir -p "$dir"
at() { bare --db "$dir/muster.db" --as duarte "$@"; }
at init --unit "Unit one"
at remote add hub "https://hub.invalid:$port/taxii2/" --collection room --token-file "$TMPDIR/token" --ca "$TMPDIR/cert.pem"
ends "remote add" 0
at sync --once
ends "without a proxy nobody knows the name" 1
warns "and that is said" "hub.invalid"

export https_proxy="http://officer:to-the-proxy@127.0.0.1:$proxy"
at sync --once --json
ends "through the proxy" 0
holds "through the proxy it is done" remotes.0.state done
grep -q "^CONNECT hub.invalid:$port HTTP/1.1" record
verdict $? "the proxy was asked for the hub" "$(head -n 3 record)"
grep -q "^Proxy-Authorization: Basic $(printf officer:to-the-proxy | openssl base64)" record
verdict $? "it hears the name and password that are for it" "$(head -n 5 record | cat -v)"
! grep -aq "^Authorization" record && ! grep -aqF "$(cat token)" record && ! grep -aq Bearer record
verdict $? "and neither the token nor who we are" "it stands in the record"
! grep -q to-the-proxy "$dir/out" "$dir/err" proxy.log
verdict $? "the password for the proxy is not said" "it is"

: >record
no_proxy=other.invalid,hub.invalid
export no_proxy
at sync --once
ends "no_proxy: it is not used" 1
[ ! -s record ]
verdict $? "no_proxy: it was not asked" "$(head -n 3 record)"
unset no_proxy

at remote remove hub
export http_proxy=$https_proxy all_proxy=$https_proxy
at remote add room "$plain" --collection room --token-file "$TMPDIR/token"
at sync --once
ends "loopback goes without a proxy" 0
[ ! -s record ]
verdict $? "loopback: the proxy was not asked" "$(head -n 3 record)"

[ "$failures" -eq 0 ]
