#!/bin/bash
# SPDX-License-Identifier: MIT
# Every rule of SPEC.md that a file can break, and every problem code that can be met in a file, has a way to
# break it in tests/hostile, or stands in exceptions.txt with a reason.
set -u
source_dir=$2
spec=$source_dir/SPEC.md
here=$source_dir/tests/hostile
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# Codes in the first column of a part of appendix C.
codes_of() {
    sed -n "/^### $1 /,/^##/p" "$spec" | grep '^|' | grep -E "${2:-.}" | cut -d'|' -f2 |
        grep -oE '`[A-Z][A-Z0-9_]+`' | tr -d '`'
}

{
    codes_of C.1
    codes_of C.2
    codes_of C.3
    codes_of C.4 'reported|DAMAGED|UNSUPPORTED|NOT_STEMMA'
} | sort -u >"$work/codes"
grep -oE '^- \*\*\[[CRPTIVF]-[0-9]+\]' "$spec" | grep -oE '[A-Z]-[0-9]+' | sort -u >"$work/rules"
sort -u "$work/codes" "$work/rules" >"$work/wanted"

# What breakers are for: records, then pages, whose rules stand in appendix C.1.
{
    grep -hoE '"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"' "$here"/break_*.c "$here"/test_breakers.c | tr -d '"'
    grep -hoE '"[CRPTIVF]-[0-9]+"' "$here"/break_*.c | tr -d '"'
    grep -hoE '(MADE|AT|NODE)\(([A-Z_]+)' "$source_dir/tests/support/page_breakers.c" | sed 's/.*(//'
    sed -n '/^### C.1 /,/^##/p' "$spec" | grep '^|' | while read -r line; do
        code=$(echo "$line" | cut -d'|' -f2 | tr -d '` ')
        grep -q "[(]$code," "$source_dir/tests/support/page_breakers.c" &&
            echo "$line" | cut -d'|' -f4 | grep -oE 'C-[0-9]+'
    done
    grep -oE '\[C-18\]' "$here/test_breakers.c" | tr -d '[]'
} | sort -u >"$work/have"

grep -vE '^ *(#|$)' "$here/exceptions.txt" | awk '{print $1}' | sort >"$work/excepted"
grep -vE '^ *(#|$)' "$here/exceptions.txt" | awk 'NF < 2 {print "an exception without a reason: " $1}' >"$work/bare"

say() {
    while read -r name; do
        echo "$1: $name"
    done >"$work/said"
    if [ -s "$work/said" ]; then
        cat "$work/said"
        touch "$work/failed" # a variable would be lost: it runs behind a pipe
    fi
}
[ -s "$work/codes" ] && [ -s "$work/rules" ] || say "SPEC.md has no codes or rules" <<<"$spec"
comm -23 "$work/wanted" "$work/have" | comm -23 - "$work/excepted" | say "nothing breaks it"
comm -12 "$work/excepted" "$work/have" | say "an exception that is broken all the same"
comm -23 "$work/excepted" "$work/wanted" | say "an exception that SPEC.md does not know"
uniq -d "$work/excepted" | say "an exception given twice"
sed 's/.*: //' "$work/bare" | say "an exception without a reason"
echo "$(comm -12 "$work/codes" "$work/have" | wc -l) of $(wc -l <"$work/codes") codes and" \
    "$(comm -12 "$work/rules" "$work/have" | wc -l) of $(wc -l <"$work/rules") rules have a way to break them"
[ ! -e "$work/failed" ]
