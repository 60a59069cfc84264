#!/bin/sh
# Runs the tests that `make` has built and ends with the line "N passed, N failed".
#
# usage: run.sh [unit[/LAYER] | lint | screens | cli | link | fault | fuzz | bench]...
#        (default: all but bench)
# environment: BUILD (build), CC (gcc), MUSTER_MODES (which builds the scripts are run with;
#        default "release asan"), MUSTER_UNITS (which build the unit tests are of; asan),
#        VERBOSE=1 prints every test
#
# How a suite reports, and how to add one: tests/README.md.
cd "$(dirname "$0")/.." || exit 2

BUILD=${BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$PWD/$BUILD ;;
esac
compiler=$(basename "${CC##* }")
compiler=${compiler:-gcc}
modes=${MUSTER_MODES:-release asan}

work=$(mktemp -d "${TMPDIR:-/tmp}/muster-tests.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

passed=0
failed=0

# The same surroundings for everybody, nothing of the caller's.
unset NO_COLOR XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
unset MAKEFLAGS MFLAGS MAKELEVEL COLUMNS LINES VISUAL EDITOR
export LC_ALL=C.UTF-8 TZ=UTC TERM=xterm-256color
# On the Linux console ncurses asks libgpm for the mouse, which leaks what it opens.
export NCURSES_GPM_TERMS=none
export MUSTER_TESTS="$PWD/tests" MUSTER_DATA="$PWD/data"

# prepare NAME: a home, a place for temporary files and one for the sanitizers' reports
prepare() {
        here=$work/$(echo "$1" | tr ' /' '__')
        mkdir -p "$here/tmp" "$here/home" "$here/reports"
        export TMPDIR="$here/tmp" HOME="$here/home"
        # A size that cannot be had must reach our die hook, as in the finished program.
        export ASAN_OPTIONS="log_path=$here/reports/asan:detect_leaks=1:abort_on_error=0:allocator_may_return_null=1:detect_stack_use_after_return=1:quarantine_size_mb=16"
        export UBSAN_OPTIONS="log_path=$here/reports/ubsan:print_stacktrace=1:halt_on_error=1"
        export TSAN_OPTIONS="log_path=$here/reports/tsan:halt_on_error=0:second_deadlock_stack=1"
}

# settle NAME STATUS: counts what the command said in $here/out, and what the sanitizers said
settle() {
        name=$1
        status=$2
        ok=$(grep -cE '^ok( |$)' "$here/out")
        skipped=$(grep -cE '^ok .*# SKIP' "$here/out")
        bad=$(grep -cE '^not ok( |$)' "$here/out")
        ok=$((ok - skipped))
        reports=$(find "$here/reports" -type f -size +0 | wc -l)
        why=
        if [ "$reports" -gt 0 ]; then
                why="$reports sanitizer reports"
        elif [ "$bad" -gt 0 ]; then
                :
        elif [ "$status" -eq 124 ]; then
                why="took too long"
        elif [ "$status" -ne 0 ]; then
                why="ended with status $status"
        elif [ $((ok + skipped)) -eq 0 ]; then
                why="ran no test"
        fi
        [ -z "$why" ] || bad=$((bad + 1))
        passed=$((passed + ok))
        failed=$((failed + bad))
        printf '%-28s %4d passed, %d failed' "$name" "$ok" "$bad"
        [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
        printf ' (%d s)\n' $(($(date +%s) - began))
        [ -z "${VERBOSE:-}" ] || cat "$here/out"
        [ "$bad" -gt 0 ] || return
        [ -z "$why" ] || echo "not ok $name: $why"
        [ -n "${VERBOSE:-}" ] || grep -A 3 -E '^not ok' "$here/out" | head -n 100
        tail -n 40 "$here/err"
        find "$here/reports" -type f -size +0 -exec head -n 45 {} + | head -n 200
}

# run NAME COMMAND...: one suite
run() {
        suite=$1
        shift
        prepare "$suite"
        began=$(date +%s)
        timeout --kill-after=10 "${MUSTER_LIMIT_S:-600}" "$@" >"$here/out" 2>"$here/err" </dev/null
        settle "$suite" $?
        # Criterion's TAP names the test, its plain report the assertion.
        case "$bad $*" in
        0\ *) ;;
        *--tap) timeout 60 "$1" 2>&1 </dev/null | grep -E '^\[(----|FAIL|CRASH)\]' | head -n 60 ;;
        esac
        rm -rf "$here"
}

# verdict NAME COMMAND...: a test of the runner itself
verdict() {
        began=$(date +%s)
        name=$1
        shift
        if "$@"; then
                echo "ok $name" >"$here/out"
        else
                echo "not ok $name" >"$here/out"
        fi
        : >"$here/err"
        settle "$name" 0
}

# Criterion says "passed" for a test that leaks: the reports must be there all the same.
planted_are_found() {
        prepare planted
        "$1" --tap >"$here/out" 2>"$here/err" </dev/null
        mkdir "$here/seen"
        mv "$here"/reports/* "$here/seen/" 2>/dev/null
        verdict "planted leak is found" grep -qrs 'LeakSanitizer: detected' "$here/seen"
        verdict "planted overflow is found" grep -qrs 'signed integer overflow' "$here/seen"
}

run_unit() {
        units=$BUILD/${MUSTER_UNITS:-asan}-$compiler/unit
        if [ "$1" != "unit" ]; then
                run "$1" "$units/${1#unit/}" --tap
                return
        fi
        [ -n "${MUSTER_UNITS:-}" ] || planted_are_found "$units/planted"
        for layer in $(sed -n 's/^uses_\([a-z]*\).*/\1/p' tests/lint/layers.mk); do
                set -- tests/unit/"$layer"/*.c
                [ ! -e "$1" ] || run "unit/$layer" "$units/$layer" --tap
        done
}

# tests/FOLDER/run*.sh, else and besides the programs tests/FOLDER/test_*.c
run_folder() {
        folder=$1
        for mode in $modes; do
                out=$BUILD/$mode-$compiler
                export MUSTER="$out/muster" MUSTER_MODE="$mode" PROGRAMS="$out/tests/$folder"
                for script in tests/"$folder"/run*.sh; do
                        [ ! -e "$script" ] ||
                                run "$folder/$(basename "$script" .sh) $mode" sh "$script"
                done
                for source in tests/"$folder"/test_*.c; do
                        [ -e "$source" ] || continue
                        program=$(basename "$source" .c)
                        tap=
                        grep -q 'criterion/criterion.h' "$source" && tap=--tap
                        [ -n "$tap" ] && [ "$mode" = tsan ] && continue
                        run "$folder/$program $mode" "$PROGRAMS/$program" $tap
                done
        done
}

# every tests/fuzz/fuzz_NAME.c over tests/fuzz/corpus/NAME/ and mutations of it
run_fuzz() {
        out=$BUILD/asan-$compiler/tests/fuzz
        for source in tests/fuzz/fuzz_*.c; do
                [ -e "$source" ] || continue
                target=$(basename "$source" .c)
                run "fuzz/${target#fuzz_}" "$out/$target" "${MUSTER_FUZZ_ROUNDS:-2000}" \
                        "tests/fuzz/corpus/${target#fuzz_}"
        done
}

# What a run of all consists of, what takes longest first: all of it in the build that looks for faults, and the
# commands of the one people use. The rest in that one: make check-long.
parts="unit asan/screens asan/cli asan/fault asan/link release/cli fuzz lint"

# settle_part NAME FILE: counts what a part said; it must have run to its end
settle_part() {
        status=$(cat "$2.status" 2>/dev/null)
        if ! tail -n 1 "$2" | grep -qE '^[0-9]+ passed, [0-9]+ failed$'; then
                tail -n 1 "$2"
                echo "not ok $1 ended early, with status $status"
                failed=$((failed + 1))
                return
        fi
        ok=$(tail -n 1 "$2" | sed 's/ .*//')
        bad=$(tail -n 1 "$2" | sed 's/.*, \(.*\) failed/\1/')
        if [ "$status" != 0 ] && [ "$bad" -eq 0 ]; then
                echo "not ok $1 ended with status $status"
                bad=1
        fi
        passed=$((passed + ok))
        failed=$((failed + bad))
}

# Few tests use two processors: as many parts at once as there are. MUSTER_PART: what runs a part, for the
# test of this.
run_side_by_side() {
        export BUILD CC MUSTER_PART="${MUSTER_PART:-sh tests/run.sh}"
        # shellcheck disable=SC2016
        printf '%s\n' $parts | xargs -n 1 -P "$(nproc)" sh -c '
                file=$0/$(echo "$1" | tr / _)
                case $1 in */*) export MUSTER_MODES="${1%/*}" ;; esac
                $MUSTER_PART "${1#*/}" >"$file" 2>&1
                echo $? >"$file.status"
                sed "\$d" "$file"' "$work"
        for part in $parts; do
                settle_part "$part" "$work/$(echo "$part" | tr / _)"
        done
}

if [ $# -eq 0 ] && [ "$modes" = "release asan" ]; then
        run_side_by_side
elif [ $# -eq 0 ]; then
        set -- lint unit screens cli link fault fuzz
fi
for suite in "$@"; do
        case $suite in
        unit | unit/*) run_unit "$suite" ;;
        lint) run "lint rules" sh tests/lint/selftest.sh ;;
        fuzz) run_fuzz ;;
        screens | cli | link | fault | bench) run_folder "$suite" ;;
        *)
                echo "run.sh: no suite is called '$suite'" >&2
                exit 2
                ;;
        esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
