#!/bin/sh
# Fuzzes with libFuzzer, as many drivers at once as there are processors, and ends with another status
# than 0 if one found something. Findings and the corpus grown stay in BUILD/fuzz-clang/campaign/NAME; a
# finding that was mended goes into tests/fuzz/corpus/NAME.
#
# usage: campaign.sh [NAME...]       (default: all drivers)
# environment: BUILD (build), MUSTER_FUZZ_SECONDS per driver (600)
cd "$(dirname "$0")/../.." || exit 2
export MUSTER_DATA="$PWD/data" LC_ALL=C.UTF-8 out="${BUILD:-build}/fuzz-clang" seconds="${MUSTER_FUZZ_SECONDS:-600}"

if [ $# -eq 0 ]; then
        for source in tests/fuzz/fuzz_*.c; do
                name=${source##*/fuzz_}
                set -- "$@" "${name%.c}"
        done
fi
# shellcheck disable=SC2016
printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" sh -c '
        program=$out/tests/fuzz/fuzz_$0
        kept=$out/campaign/$0
        if [ ! -x "$program" ]; then
                echo "not ok fuzz $0: no $program; make MODE=fuzz programs"
                exit 1
        fi
        mkdir -p "$kept/corpus" "$kept/findings"
        "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
                -artifact_prefix="$kept/findings/" "$kept/corpus" "tests/fuzz/corpus/$0" \
                >"$kept/log" 2>&1 </dev/null
        status=$?
        runs=$(sed -n "s/^stat::number_of_executed_units: *//p" "$kept/log")
        if [ "$status" -eq 0 ]; then
                echo "ok fuzz $0: ${runs:-0} executions"
        else
                echo "not ok fuzz $0: after ${runs:-0} executions, in $kept/findings"
                grep -E "^(SUMMARY|==[0-9]+==ERROR)" "$kept/log" | head -n 4
                exit 1
        fi'
