#!/bin/sh
# Fuzzes with libFuzzer, one driver after the other, and ends with another status than 0 if one found
# something. Findings and the corpus grown stay in BUILD/fuzz-clang/campaign/NAME; a finding that was
# mended goes into tests/fuzz/corpus/NAME.
#
# usage: campaign.sh [NAME...]       (default: all drivers)
# environment: BUILD (build), MUSTER_FUZZ_SECONDS per driver (600)
cd "$(dirname "$0")/../.." || exit 2
out=${BUILD:-build}/fuzz-clang
seconds=${MUSTER_FUZZ_SECONDS:-600}
export MUSTER_DATA="$PWD/data" LC_ALL=C.UTF-8
failures=0

[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's/.*fuzz_//; s/\.c$//')
for name in "$@"; do
        program=$out/tests/fuzz/fuzz_$name
        kept=$out/campaign/$name
        if [ ! -x "$program" ]; then
                echo "not ok fuzz $name: no $program; make MODE=fuzz programs"
                failures=$((failures + 1))
                continue
        fi
        mkdir -p "$kept/corpus" "$kept/findings"
        "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
                -artifact_prefix="$kept/findings/" "$kept/corpus" "tests/fuzz/corpus/$name" \
                >"$kept/log" 2>&1 </dev/null
        status=$?
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$kept/log")
        if [ "$status" -eq 0 ]; then
                echo "ok fuzz $name: ${runs:-0} executions"
        else
                echo "not ok fuzz $name: after ${runs:-0} executions, in $kept/findings"
                grep -E '^(SUMMARY|==[0-9]+==ERROR)' "$kept/log" | head -n 4
                failures=$((failures + 1))
        fi
done
[ "$failures" -eq 0 ]
