#!/bin/sh
# Playbooks that others wrote, where they are at hand (MUSTER_CORPUS, or ../shared/corpus): each has a verdict, and it
# is what the schemas and the graph by another tool (cacao-VERDICTS.json) imply, or stands below with the reason.
corpus=${MUSTER_CORPUS:-$MUSTER_TESTS/../../shared/corpus}
export MUSTER_DATA="$MUSTER_TESTS/../data"

[ -d "$corpus/cacao" ] && [ -f "$corpus/cacao-VERDICTS.json" ] || {
        echo "ok the corpus of playbooks # SKIP no corpus here"
        exit 0
}

work=$(mktemp -d "${TMPDIR:-/tmp}/cacao.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# Where ours differs: the name (its beginning), our verdict, why.
cat >"$work/differs" <<'END'
cacao__5e272ba95c__LIST.json warn a blank before the identifier of a step is passed over: the step is there without it
cacao__8d09da33cd__spec-3.1-example.json warn it was valid until the end of 2023
misp-playbooks__5bd7c2edc2__sample_misp_playbook_to_cacao_malware_triage.json warn its times have no milliseconds
END

# is NAME WHY: the verdict on the command before
is() {
        [ $? -eq 0 ] && echo "ok $1" || { echo "not ok $1: $2" && bad=1; }
}

files=0
for file in "$corpus/cacao"/*.json; do
        files=$((files + 1))
        name=$(basename "$file")
        "$MUSTER" --now 2026-11-24T12:00:00Z playbook validate --json "$file" >"$work/out" 2>"$work/err"
        status=$?
        verdict=$("$PROGRAMS/jsonget" 0.verdict <"$work/out")
        printf '%s\t%s\n' "$name" "$verdict" >>"$work/ours"
        case $verdict:$status in
        ok:0 | warn:0 | view-only:4 | refused:3) ;;
        *) echo "$name: $verdict with status $status" >>"$work/odd" ;;
        esac
        case $verdict:$("$PROGRAMS/jsonget" 0.findings <"$work/out") in
        warn:0 | view-only:0 | refused:0) echo "$name: $verdict, and no word why" >>"$work/odd" ;;
        esac
        "$PROGRAMS/hostile" clean <"$work/out" >"$work/why" || echo "$name: $(cat "$work/why")" >>"$work/odd"
done
[ ! -s "$work/odd" ] && [ ! -s "$work/err" ]
is "$files playbooks have a verdict, its status and its reasons" "$(cat "$work/odd" "$work/err")"

"$PROGRAMS/cacao_expected" "$corpus/cacao-VERDICTS.json" | sort >"$work/theirs"
sort "$work/ours" | comm -13 "$work/theirs" - | tr '\t' ' ' >"$work/news"
awk '{ print $1, $2 }' "$work/differs" | sort >"$work/known"
[ "$(comm -23 "$work/news" "$work/known")" = "" ]
is "each is what others say of it, or the reason is known" "$(comm -23 "$work/news" "$work/known" | tr '\n' ';')"
[ "$(comm -13 "$work/news" "$work/known")" = "" ]
is "and each known difference is one" "$(comm -13 "$work/news" "$work/known" | tr '\n' ';')"
for verdict in ok warn view-only refused; do
        grep -q "$(printf '\t')$verdict\$" "$work/ours"
        is "some are $verdict" "none is"
done

files=0
for file in "$corpus/playbook-in-stix"/*.json; do
        [ -f "$file" ] || continue
        files=$((files + 1))
        "$MUSTER" playbook validate --json "$file" >"$work/out" 2>"$work/err"
        case $("$PROGRAMS/jsonget" 0.verdict <"$work/out") in
        warn | view-only) echo "$file" >>"$work/carried" ;;
        esac
        "$PROGRAMS/hostile" clean <"$work/out" >>"$work/why" && [ ! -s "$work/err" ] || echo "$file" >>"$work/unclean"
done
[ ! -s "$work/unclean" ] && { [ "$files" -eq 0 ] || [ -s "$work/carried" ]; }
is "$files files of STIX are looked through for playbooks" "$(cat "$work/unclean")"
exit "$bad"
