#!/bin/sh
# Documents that others wrote, where they are at hand (MUSTER_CORPUS, or ../shared/corpus): each is imported or refused
# with a sentence; every version of it is kept, and given back byte for byte.
corpus=${MUSTER_CORPUS:-$MUSTER_TESTS/../../shared/corpus}
folders="stix-incident stix-oca stix-validator misp-events"
export MUSTER_DATA="$MUSTER_TESTS/../data"

[ -d "$corpus/stix-incident" ] || {
        echo "ok the corpus # SKIP no corpus here"
        exit 0
}

work=$(mktemp -d "${TMPDIR:-/tmp}/corpus.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
db=$work/desk.db
bad=0

muster() {
        "$MUSTER" --db "$db" --as duarte --now 2026-11-24T12:00:00Z "$@"
}

# is NAME WHY: the verdict on the command before
is() {
        [ $? -eq 0 ] && echo "ok $1" || { echo "not ok $1: $2" && bad=1; }
}

# doctor KEY: one number of its report
doctor() {
        muster doctor --json 2>/dev/null | sed -n "s/^ *\"$1\": \([0-9]*\).*/\1/p"
}

# The objects with an id that STIX allows, by another reading of it than the program's.
valid() {
        grep -E "$(printf '\t')[a-z][a-z0-9-]+--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$(printf '\t')"
}

muster init --unit "Corpus desk" >"$work/out" 2>&1 || exit 1
objects=$(doctor objects)
versions=$(doctor versions)

# ---- every file ----

taken=0
for folder in $folders; do
        [ -d "$corpus/$folder" ] || continue
        files=0
        why=
        for file in "$corpus/$folder"/*; do
                [ -f "$file" ] || continue
                files=$((files + 1))
                muster import "$file" >"$work/out" 2>"$work/err"
                status=$?
                name=$(basename "$file")
                case $status in
                0) ;;
                3) grep -qF "$name: refused: " "$work/err" || why="$why $name: no sentence;" ;;
                4) grep -qF "$name: object " "$work/err" || why="$why $name: no sentence;" ;;
                *) why="$why $name: status $status;" ;;
                esac
                new=$(sed -n 's/.* objects, \([0-9]*\) new, \([0-9]*\) updated,.*/\1 \2/p' "$work/out")
                taken=$((taken + ${new% *} + ${new#* }))
                "$PROGRAMS/hostile" clean <"$work/out" >"$work/why" &&
                        "$PROGRAMS/hostile" clean <"$work/err" >"$work/why" ||
                        why="$why $name: $(cat "$work/why");"
        done
        [ -z "$why" ] && [ "$files" -gt 0 ]
        is "$files files of $folder are imported or refused with a sentence" "$why"
        [ "$folder" = stix-incident ] || continue

        "$PROGRAMS/spans" "$corpus/$folder"/* | valid | sort -u >"$work/spans"
        want=$(cut -f 1 "$work/spans" | sort -u | wc -l)
        have=$(($(doctor versions) - versions))
        [ "$have" -eq "$want" ]
        is "every version of $folder is kept: $have" "$want in the files"
        want=$(cut -f 2 "$work/spans" | sort -u | wc -l)
        have=$(($(doctor objects) - objects))
        [ "$have" -eq "$want" ]
        is "every object of $folder is kept: $have" "$want in the files"

        command -v jq >"$work/why" || {
                echo "ok jq counts the same # SKIP no jq here"
                continue
        }
        want=$(jq -r 'if type == "array" then .[] else (.objects // [.])[] end
                      | [.id, .modified // ""] | "x\t" + join("\t")' "$corpus/$folder"/*.json |
                valid | sort -u | wc -l)
        have=$(cut -f 2,3 "$work/spans" | sort -u | wc -l)
        [ "$have" -eq "$want" ]
        is "jq finds as many ids and dates: $have" "$want by jq"
done
have=$(($(doctor versions) - versions))
[ "$have" -eq "$taken" ]
is "what was said to be new or updated is there: $have" "$taken were said"

# ---- again, and out again ----

for folder in $folders; do
        muster import "$corpus/$folder"/* >>"$work/again" 2>"$work/err"
done
grep -q ' 0 new, 0 updated, [1-9][0-9]* unchanged' "$work/again" &&
        ! grep -q ' [1-9][0-9]* new,\| [1-9][0-9]* updated,' "$work/again"
is "a second import changes nothing" "$(grep -m 1 ' [1-9][0-9]* new,\| [1-9][0-9]* updated,' "$work/again")"

muster export "$work/out.json" 2>"$work/err"
is "all of it is exported" "$(cat "$work/err")"
for folder in $folders; do
        "$PROGRAMS/spans" "$corpus/$folder"/* | valid
done | cut -f 1 | sort -u >"$work/theirs"
"$PROGRAMS/spans" "$work/out.json" | cut -f 1 | sort >"$work/ours"
comm -12 "$work/theirs" "$work/ours" >"$work/both"
[ "$(wc -l <"$work/both")" -eq "$taken" ]
is "every object byte for byte" "$(wc -l <"$work/both") of $taken"
[ "$(wc -l <"$work/ours")" -eq "$(doctor versions)" ]
is "and nothing besides but our own" "$(wc -l <"$work/ours") objects"

db=$work/other.db
muster init --unit "Other desk" >"$work/out" 2>&1
muster import "$work/out.json" >"$work/out" 2>"$work/err"
muster export "$work/again.json" 2>"$work/err"
"$PROGRAMS/spans" "$work/again.json" | cut -f 1 | sort -u >"$work/again"
[ "$(comm -23 "$work/ours" "$work/again" | wc -l)" -eq 0 ]
is "another desk takes all of it and gives it back" "$(head -c 300 "$work/err")"

# ---- playbooks ----

# Each is kept by its content: the hash of the file is its name, and it is given back byte for byte.
back() {
        sha=$(sha256sum <"$1" | cut -d ' ' -f 1)
        for ref in $(muster list playbooks 2>/dev/null | grep -o '^PB-[0-9]*'); do
                muster playbook export "$ref" "$work/back" --content "$sha" 2>"$work/why" && cmp -s "$1" "$work/back" && return 0
        done
        return 1
}

db=$work/playbooks.db
muster init --unit "Corpus desk" >"$work/out" 2>&1
why=
taken=0
for file in "$corpus/cacao"/*.json; do
        muster import "$file" >"$work/out" 2>"$work/err"
        status=$?
        name=$(basename "$file")
        case $status in
        0)
                taken=$((taken + 1))
                [ "$(head -c 1 "$file")" != "[" ] && { back "$file" || why="$why $name: not given back;"; }
                ;;
        3) grep -qF "$name: refused: " "$work/err" || why="$why $name: no sentence;" ;;
        4) ;;
        *) why="$why $name: status $status;" ;;
        esac
        "$PROGRAMS/hostile" clean <"$work/out" >"$work/bad" && "$PROGRAMS/hostile" clean <"$work/err" >"$work/bad" ||
                why="$why $name: $(cat "$work/bad");"
done
[ -z "$why" ] && [ "$taken" -gt 20 ]
is "$taken files of cacao are taken in and given back byte for byte, the others refused with a sentence" "$why"
versions=$(doctor versions)
muster import "$corpus/cacao"/*.json >"$work/again" 2>"$work/err"
[ "$(doctor versions)" -eq "$versions" ]
is "a second import of them changes nothing" "$(doctor versions), was $versions"
muster list playbooks >"$work/out" 2>"$work/err" && "$PROGRAMS/hostile" clean <"$work/out" >"$work/why"
is "list playbooks" "$(cat "$work/err" "$work/why")"
for ref in $(grep -o '^PB-[0-9]*' "$work/out"); do
        muster show "$ref" >"$work/one" 2>"$work/err" && "$PROGRAMS/hostile" clean <"$work/one" >"$work/why" || break
done
is "each of them is shown" "$ref: $(cat "$work/err" "$work/why")"

# ---- what a person sees of it ----

db=$work/desk.db
for kind in incidents participants log; do
        muster list "$kind" >"$work/out" 2>"$work/err" && "$PROGRAMS/hostile" clean <"$work/out" >"$work/why"
        is "list $kind" "$(cat "$work/err" "$work/why")"
done
printf 'keys j<Enter>\nprint\nkeys <Tab>\nprint\nkeys <Tab>\nprint\nkeys <Esc>G<Enter><Tab><Tab>\nprint\nkeys <Esc>2\nprint\n' >"$work/keys"
muster --replay "$work/keys" >"$work/out" 2>"$work/err" && "$PROGRAMS/hostile" clean <"$work/out" >"$work/why"
is "the console shows it" "$(cat "$work/err" "$work/why")"
muster audit verify >"$work/out" 2>"$work/err"
is "the journal is sound" "$(cat "$work/err")"
exit "$bad"
