#!/bin/sh
# muster-hub over TLS, by a client not written by us: versions, certificates of clients, gzip, and
# that nothing is served in plain text beyond loopback.
hub=$MUSTER-hub
failed=0

ok() {
        echo "ok $1"
}

not_ok() {
        echo "not ok $1: $2"
        failed=1
}

for tool in curl openssl; do
        if ! command -v $tool >/dev/null; then
                echo "ok hub over TLS # SKIP $tool is not installed"
                exit 0
        fi
done
cd "$TMPDIR" || exit 2

# issue NAME SUBJECT AUTHORITY USAGE: NAME.pem and NAME-key.pem
issue() {
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" \
                -keyout "$1-key.pem" -out "$1.csr" 2>/dev/null &&
                printf 'extendedKeyUsage=%s\nsubjectAltName=IP:127.0.0.1\n' "$4" >"$1.ext" &&
                openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3-key.pem" -CAcreateserial \
                        -days 2 -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}

# authority NAME
authority() {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
                -subj "/CN=$1" -keyout "$1-key.pem" -out "$1.pem" 2>/dev/null
}

authority ca && authority wrong-ca &&
        issue server /CN=hub ca serverAuth &&
        issue duty /CN=duty ca clientAuth &&
        issue nobody /CN=nobody ca clientAuth &&
        issue false /CN=duty wrong-ca clientAuth &&
        issue misused /CN=duty ca serverAuth || exit 2

"$hub" --db hub.db collection add room --title Room >id || exit 2
token=$("$hub" --db hub.db token add duty --collection room:rw) || exit 2

# ---- refused before it starts -------------------------------------------------------------------

if timeout 20 "$hub" --db hub.db serve --listen 0.0.0.0:0 >out 2>err; then
        not_ok "plain http beyond loopback is refused" "it served"
else
        ok "plain http beyond loopback is refused"
fi
if timeout 20 "$hub" --db hub.db serve --listen 127.0.0.1:0 --tls-cert server.pem \
        --tls-key nothing.pem >out 2>err; then
        not_ok "a key that is not there" "it served"
else
        ok "a key that is not there"
fi
for rate in 0 -1 x '' 1x 1000001 99999999; do
        timeout 20 "$hub" --db hub.db serve --listen 127.0.0.1:0 --rate "$rate" >out 2>err
        status=$?
        if [ $status = 2 ] && grep -q 'from 1 to 1000000, or off' err; then
                ok "--rate '$rate' is refused"
        else
                not_ok "--rate '$rate' is refused" "status $status: $(cat err)"
        fi
done

# ---- serving ------------------------------------------------------------------------------------

mkfifo lines
"$hub" --db hub.db serve --listen 127.0.0.1:0 --tls-cert server.pem --tls-key server-key.pem \
        --client-ca ca.pem >lines 2>log &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT
read -r _ _ url <lines
url=${url%/}
case $url in
https://127.0.0.1:*) ok "it says where" ;;
*) not_ok "it says where" "$url" ;;
esac

# ask NAME STATUS CURL-ARGUMENT...
ask() {
        name=$1
        want=$2
        shift 2
        got=$(curl -s -m 20 -o body -w '%{http_code}' --cacert ca.pem \
                -H 'Accept: application/taxii+json;version=2.1' "$@")
        if [ "$got" = "$want" ]; then
                ok "$name"
        else
                not_ok "$name" "$got instead of $want: $(head -c 300 body)"
        fi
}

objects=$url/api/collections/room/objects/
ask "a token over TLS" 200 -H "Authorization: Bearer $token" "$objects"
ask "TLS 1.2" 200 --tls-max 1.2 -H "Authorization: Bearer $token" "$objects"
ask "not TLS 1.1" 000 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 "$url/taxii2/"
ask "nobody" 401 "$objects"
ask "a certificate that names a token" 200 --cert duty.pem --key duty-key.pem "$objects"
ask "one that names none" 401 --cert nobody.pem --key nobody-key.pem "$objects"
ask "one for servers" 401 --cert misused.pem --key misused-key.pem "$objects"
case $(curl -s -m 20 -o body -w '%{http_code}' --cacert ca.pem --cert false.pem \
        --key false-key.pem "$objects") in
401 | 000) ok "one of another authority" ;;
*) not_ok "one of another authority" "it got in" ;;
esac

# some 2 MB: larger than what TLS or curl send at once
{
        printf '{"objects":['
        i=0
        while [ $i -lt 1000 ]; do
                [ $i -eq 0 ] || printf ','
                printf '{"type":"note","spec_version":"2.1","id":"note--%08x-0000-4000-8000-000000000000",' $i
                printf '"created":"2026-11-26T10:00:00.000Z","modified":"2026-11-26T10:00:00.000Z","content":"%02000d"}' $i
                i=$((i + 1))
        done
        printf ']}'
} >objects
ask "two megabytes" 202 --cert duty.pem --key duty-key.pem --data-binary @objects \
        -H 'Content-Type: application/taxii+json;version=2.1' "$objects"
ask "and chunked" 202 --cert duty.pem --key duty-key.pem --data-binary @objects \
        -H 'Content-Type: application/taxii+json;version=2.1' -H 'Transfer-Encoding: chunked' \
        "$objects"
ask "packed" 200 --compressed -H "Authorization: Bearer $token" "$objects?limit=1000"
if [ "$(tr -d '\n' <body | sed 's/^{"more":false,//')" = "$(tr -d '\n' <objects | sed 's/^{//')" ]; then
        ok "what comes back packed is what was sent"
else
        not_ok "what comes back packed is what was sent" "$(head -c 300 body)"
fi

# ---- the log, and the end -----------------------------------------------------------------------

if grep -q 'who=duty method=GET path=/api/collections/room/objects/ status=200' log &&
        ! grep -q "$token" log; then
        ok "each request is a line, without secrets"
else
        not_ok "each request is a line, without secrets" "$(head -n 3 log)"
fi
kill $pid
if wait $pid; then
        ok "it stops"
else
        not_ok "it stops" "status $?"
fi
trap - EXIT
exit $failed
