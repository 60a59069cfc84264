#!/bin/sh
# No tab and no trailing white space in C; nothing left to do; no path of somebody's machine anywhere.
. "$(dirname "$0")/lib.sh"

tab=$(printf '\t')
{
        sources src include tests |
                xargs -r grep -nE "[[:blank:]]+\$|$tab" /dev/null |
                sed 's/^\([^:]*:[0-9]*\):.*/\1: a tab or trailing white space/'
        sources src include tests |
                xargs -r grep -nwE '(TODO|FIXME|XXX|HACK)' /dev/null |
                sed 's/^\([^:]*:[0-9]*\):.*/\1: something is left to do/'
        find src include themes data tests Makefile README.md -type f 2>/dev/null |
                grep -v '^tests/lint/' |
                xargs -r grep -InE '(^|[^A-Za-z0-9_.~])/(home|work|root|Users)/[A-Za-z0-9_]' /dev/null |
                sed 's/^\([^:]*:[0-9]*\):.*/\1: names a path of one machine/'
} | found
verdict
