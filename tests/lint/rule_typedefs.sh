#!/bin/sh
# No typedef of a struct, union or enum.
. "$(dirname "$0")/lib.sh"

code src include tests | awk -F '\t' '
        $3 ~ /(^|[^A-Za-z0-9_])typedef +(const +)?(struct|union|enum)([^A-Za-z0-9_]|$)/ {
                print $1 ":" $2 ": typedef of a struct, union or enum"
        }' | found
verdict
