# The manual and the completion of shells: made by the program, clean, the same at every run.
dir=$TMPDIR/doc
mkdir -p "$dir"

hub() {
        "$MUSTER-hub" "$@" >"$dir/out" 2>"$dir/err"
        status=$?
}
for page in man1 man5 man7 man8; do
        program=bare
        [ $page != man8 ] || program=hub
        SOURCE_DATE_EPOCH=1764028800 $program doc $page
        ends "doc $page" 0
        says "doc $page is of the day it was asked for" 2025-11-25
        cp "$dir/out" "$dir/$page"
        SOURCE_DATE_EPOCH=1764028800 $program doc $page
        same "doc $page is the same again" "$(cksum <"$dir/out")" "$(cksum <"$dir/$page")"
        if command -v groff >/dev/null; then
                groff -man -ww -z -Tutf8 "$dir/$page" >"$dir/out" 2>"$dir/err"
                [ ! -s "$dir/out" ] && [ ! -s "$dir/err" ]
                verdict $? "doc $page: groff has nothing to say" "it warns"
        else
                echo "ok doc $page: groff has nothing to say # SKIP no groff"
        fi
        if command -v mandoc >/dev/null; then
                mandoc -Tlint -Wwarning <"$dir/$page" >"$dir/out" 2>"$dir/err"
                verdict $? "doc $page: mandoc has nothing to say" "it warns"
        else
                echo "ok doc $page: mandoc has nothing to say # SKIP no mandoc"
        fi
done
! grep -q '(null)' "$dir/man7"
verdict $? "doc man7: a kind that is no STIX says none" "it says (null)"
bare doc man2
ends "a page that there is not" 2
hub doc man1
ends "a page that the hub has not" 3
SOURCE_DATE_EPOCH=1764028800 bare --now "2030-01-01" doc man1
same "SOURCE_DATE_EPOCH goes before --now" "$(cksum <"$dir/out")" "$(cksum <"$dir/man1")"
bare --now 2026-11-24 doc man1
says "without SOURCE_DATE_EPOCH a page is of today" '2026\-11\-24'

# every command and every option of the hub stands on its page
hub --help
sed -n 's/^  \([a-z-][a-z -]*\).*/\1/p' "$dir/out" | sed 's/ *$//; s/ --.*//; s/^doc .*/doc/' >"$dir/commands"
missing=
while read -r command; do
        roff=$(printf '%s' "$command" | sed 's/-/\\-/g')
        grep -qF "fB$roff" "$dir/man8" || missing="$missing $command"
done <"$dir/commands"
same "man8 has all that --help names" "$missing" ""
same "which is more than one" "$(($(wc -l <"$dir/commands") > 5))" 1

cp -R "$MUSTER_DATA" "$dir/data"
printf '.TH X 1\n@nothing@\n' >"$dir/data/man/muster.1"
saved=$MUSTER_DATA
MUSTER_DATA=$dir/data
bare doc man1
MUSTER_DATA=$saved
ends "a page with a table that there is not" 3
warns "names it" "no table @nothing@"
silent "and is not printed"

# make install puts them where they are looked for, make uninstall takes everything away. What is
# built already is installed, from a folder of its own, so that nothing is built again.
make_it() {
        (cd "$MUSTER_TESTS/.." &&
                make -s -o all "$1" MODE=release BUILD="$dir/build" DESTDIR="$dir/root" "$2=/usr") \
                >"$dir/out" 2>"$dir/err"
        status=$?
        ends "make $1 $2=/usr" 0
}
if [ "$MUSTER_MODE" = release ]; then
        mkdir -p "$dir/build"
        cp "$MUSTER" "$dir/build/muster"
        cp "$MUSTER-hub" "$dir/build/muster-hub"
        make_it install prefix
        for file in bin/muster share/man/man1/muster.1 share/man/man5/muster.ini.5 \
                share/man/man7/muster.7 share/bash-completion/completions/muster \
                share/zsh/site-functions/_muster share/fish/vendor_completions.d/muster.fish \
                share/man/man8/muster-hub.8 share/bash-completion/completions/muster-hub \
                share/zsh/site-functions/_muster-hub \
                share/fish/vendor_completions.d/muster-hub.fish \
                share/muster/words/state.json share/muster/themes/night.ini; do
                [ -s "$dir/root/usr/$file" ]
                verdict $? "make install: $file" "it is not there"
        done
        saved=$MUSTER_DATA
        unset MUSTER_DATA
        "$dir/root/usr/bin/muster" complete --theme hi >"$dir/out" 2>"$dir/err"
        export MUSTER_DATA="$saved"
        says "the installed program finds its data" high-contrast
        make_it uninstall PREFIX
        same "make uninstall leaves no file" "$(find "$dir/root" -type f)" ""
else
        echo "ok make install # SKIP only the release build is installed"
fi
