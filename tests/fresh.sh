#!/bin/sh
# Proves that a bare Debian 12 with nothing but make can do `make demo` (without a terminal) and
# `make test`: in a chroot made by debootstrap from the mirror that this machine's apt uses.
# Needs root, debootstrap, some 3 GB and the network.
#
# usage: fresh.sh [FOLDER]      (default: a temporary one, removed afterwards; a folder given is kept)
set -eu
cd "$(dirname "$0")/.."

die() {
        echo "fresh.sh: $1" >&2
        exit 2
}

[ "$(id -u)" -eq 0 ] || die "needs root"
command -v debootstrap >/dev/null || die "needs debootstrap"
mirror=$(apt-get indextargets --format '$(CODENAME) $(SITE)' 'Created-By: Packages' |
        sed -n 's/^bookworm //p' | head -n 1)
[ -n "$mirror" ] || die "found no bookworm mirror in this machine's apt sources"

if [ $# -gt 0 ]; then
        root=$1
        keep=1
        mkdir -p "$root"
else
        root=$(mktemp -d)
        keep=
fi
leave() {
        umount "$root/dev/pts" 2>/dev/null || true
        umount "$root/proc" 2>/dev/null || true
        if [ -z "$keep" ] && ! grep -qF " $root/" /proc/mounts; then
                rm -rf --one-file-system "$root"
        fi
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

# "/" is for everybody: PostgreSQL runs as a user of its own.
chmod 755 "$root"
echo "== a bare bookworm with make"
[ -e "$root/usr/bin/make" ] ||
        debootstrap --variant=minbase --include=make bookworm "$root" "$mirror"

# The network and apt as they are here: mirrors, proxies, keys and certificates.
for name in etc/resolv.conf etc/hosts; do
        [ ! -e "/$name" ] || cat "/$name" >"$root/$name"
done
rm -f "$root/etc/apt/sources.list"
cp -R /etc/apt/sources.list* /etc/apt/trusted.gpg* /etc/apt/keyrings /etc/apt/auth.conf* \
        "$root/etc/apt/" 2>/dev/null || true
grep -lE '^ *Acquire' /etc/apt/apt.conf /etc/apt/apt.conf.d/* 2>/dev/null |
        xargs -r -I '{}' cp '{}' "$root/etc/apt/apt.conf.d/"
mkdir -p "$root/etc/ssl/certs" "$root/usr/share/keyrings"
cp -n /usr/share/keyrings/* "$root/usr/share/keyrings/" 2>/dev/null || true
[ -e "$root/etc/ssl/certs/ca-certificates.crt" ] ||
        cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2>/dev/null || true

mount -t proc proc "$root/proc"
mount -t devpts -o ptmxmode=0666 devpts "$root/dev/pts"

rm -rf "$root/muster"
mkdir "$root/muster"
tar -c --exclude=./build --exclude=./.git . | tar -x --no-same-owner -C "$root/muster"

# inside COMMAND...: in the chroot, with an environment as bare as the rest and no terminal
inside() {
        echo "== $*"
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
                chroot "$root" setsid -w "$@" </dev/null 2>&1 | cat
}

status() {
        inside sh -c "cd /muster && $1; echo \"status \$?\"" | tee "$root/said"
        grep -qx 'status 0' "$root/said" || die "'$1' failed in a fresh Debian"
}

status 'make demo'
status 'make test'
echo "a fresh Debian 12 can do both"
