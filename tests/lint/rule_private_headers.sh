#!/bin/sh
# At most one private header in a folder of src/: interfaces live in include/.
. "$(dirname "$0")/lib.sh"

sources src | grep '\.h$' | awk -F / '
        { dir = $1 "/" $2 }
        seen[dir]++ { print $0 ":1: a second private header in " dir }' | found
verdict
