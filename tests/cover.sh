#!/bin/sh
# Runs the tests on the build with MODE=cover and says how many lines of each layer they reach;
# VERBOSE=1 says so for each file too.
cd "$(dirname "$0")/.." || exit 2

BUILD=${BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$PWD/$BUILD ;;
esac
compiler=$(basename "${CC##* }")
out=$BUILD/cover-${compiler:-gcc}

find "$out" -name '*.gcda' -delete
MUSTER_UNITS=cover MUSTER_MODES=cover BUILD=$BUILD tests/run.sh unit screens cli link fault || exit 1
find "$out/src" -name '*.gcda' | LC_ALL=C sort | xargs -r gcov -n -r -s "$PWD" 2>/dev/null |
        awk -v verbose="${VERBOSE:-}" '
        function part(title, hit, all) {
                printf "%-32s %6d of %6d lines  %5.1f %%\n", title, hit, all, all ? 100 * hit / all : 0
        }
        /^File / {
                file = $2
                gsub(/\047/, "", file)
        }
        /^Lines executed:/ && file ~ /^src\// {
                sub(/^Lines executed:/, "")
                sub(/%/, "")
                hit = int($1 * $3 / 100 + 0.5)
                split(file, path, "/")
                if (!(path[2] in lines))
                        name[++layers] = path[2]
                hits[path[2]] += hit
                lines[path[2]] += $3
                sum_hits += hit
                sum_lines += $3
                if (verbose)
                        part(file, hit, $3)
                file = ""
        }
        END {
                for (i = 1; i <= layers; i++)
                        part("src/" name[i], hits[name[i]], lines[name[i]])
                part("all", sum_hits, sum_lines)
        }'
