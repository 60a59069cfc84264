# For the measurements: how a figure is taken and judged. Each promised figure is one line
# "ok NAME: figure" or "not ok NAME: figure"; what else is said begins with "#".
objects=${MUSTER_BENCH_OBJECTS:-100000}
runs=${MUSTER_BENCH_RUNS:-3}
bad=0

say() { printf '%s\n' "$*" | sed 's/^/# /'; }
# verdict NAME FIGURE CONDITION [MEDIAN_MS]: awk decides. Beside a p99 that is missed stands what this machine makes, at
# the same time, of a bare loop as long as the median: a p99 that the loop misses, too, is the machine's.
verdict() {
        if awk "BEGIN { exit !($3) }"; then
                echo "ok $1: $2"
        else
                echo "not ok $1: $2"
                bad=1
                [ -z "${4:-}" ] || say "a bare loop of $4 ms, here and now: $("$PROGRAMS/spend" --loop "$4")"
        fi
}
value() { printf '%s\n' "$2" | tr ' ' '\n' | sed -n "s/^$1=//p"; }
# of lines "NAME=FIGURE ..." in a file: the median of one figure, so that one disturbed run decides nothing
median_of() { tr ' ' '\n' <"$2" | sed -n "s/^$1=//p" | median; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
now() { date +%s.%N; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
