#!/bin/sh
# Installs what is missing to build, test and lint Muster on Debian 12; asks apt nothing if all is there.
#
# usage: deps.sh [build] [test] [lint] [two]     (default: the first three)
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- build test lint

missing=

# need PACKAGE COMMAND...: the package is missing if the command fails
need() {
        package=$1
        shift
        "$@" >/dev/null 2>&1 </dev/null && return
        case " $missing " in
        *" $package "*) ;;
        *) missing="$missing $package" ;;
        esac
}

# need_libraries FOLDER...: the libraries whose headers are included there
need_libraries() {
        libraries=$(tests/lint/uses.sh -p "$@")
        while read -r module package; do
                [ -z "$module" ] || need "$package" pkg-config --exists "$module"
        done <<END
$libraries
END
}

holds_file() {
        [ -n "$(find "$@" -print -quit 2>/dev/null)" ]
}

for part in "$@"; do
        case $part in
        build)
                need gcc command -v gcc
                need libc6-dev test -e /usr/include/stdio.h
                need pkg-config command -v pkg-config
                need_libraries src include
                ;;
        two)
                need tmux command -v tmux
                ;;
        test)
                need tmux command -v tmux
                need_libraries tests
                need postgresql holds_file /usr/lib/postgresql -name initdb
                need jq command -v jq
                need groff-base command -v groff
                need mandoc command -v mandoc
                need tzdata test -e /usr/share/zoneinfo/Europe/Brussels
                ;;
        lint)
                need clang command -v clang
                need libclang-rt-14-dev holds_file /usr/lib -name 'libclang_rt.asan*'
                need clang-format-14 command -v clang-format-14
                ;;
        *)
                echo "deps.sh: unknown part '$part'; known are build, test, lint, two" >&2
                exit 2
                ;;
        esac
done

[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
        echo "missing:$missing" >&2
        echo "this is not a Debian system: install what corresponds to these packages" >&2
        exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
        if ! command -v sudo >/dev/null; then
                echo "missing; as root, run: apt-get install --no-install-recommends$missing" >&2
                exit 1
        fi
fi
echo "installing with apt-get:$missing"
run_apt() {
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null
}
log=$(mktemp) || exit 1
# the tests have a PostgreSQL of their own: Debian need not make and start one
no_cluster=/etc/postgresql-common/createcluster.d/muster-tests.conf
finish() {
        rm -f "$log"
        case $missing in
        *postgresql*) $as_root rm -f $no_cluster ;;
        esac
}
trap finish EXIT
case $missing in
*postgresql*) $as_root sh -c "mkdir -p ${no_cluster%/*} && echo create_main_cluster=false >$no_cluster" ;;
esac
# shellcheck disable=SC2086  # one word per package
if run_apt update >"$log" 2>&1 &&
        run_apt install --yes --no-install-recommends $missing >"$log" 2>&1; then
        exit 0
fi
tail -n 20 "$log" >&2
echo "apt-get could not install:$missing" >&2
exit 1
