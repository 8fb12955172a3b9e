#!/bin/bash
# SPDX-License-Identifier: MIT
# A damaged file ends stemma-dump with a message and a documented status, whatever it is asked for: never
# a crash, never a wait. --check finds every change of a byte.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
dump=$build/stemma-dump
failures=0
"$build/stemma-pack" -q -o kb.stemma "$source/tests/tools/everything.jsonl" || exit 1
size=$(stat -c %s kb.stemma)

try() { # NAME ALLOWED COMMAND...
    local name=$1 allowed=$2
    shift 2
    timeout 20 "$@" >out 2>err
    local got=$?
    if [[ " $allowed " != *" $got "* ]] || { [ $got -gt 2 ] && [ ! -s err ]; }; then
        echo "FAILED $name: status $got of $*"
        head -3 err
        failures=$((failures + 1))
    fi
}

# Bytes that are not zero: most of the others are gaps, which are looked at last.
LC_ALL=C grep -aboP '[^\x00]' kb.stemma | cut -d: -f1 >used
count=$(wc -l <used)
number=1
for _ in $(seq 1 40); do
    number=$(((number * 69069 + 12345) % 2147483648)) # the same numbers on every machine
    at=$(sed -n "$((number / 256 % count + 1))p" used)
    cp kb.stemma bad.stemma
    old=$(od -An -tu1 -j "$at" -N 1 kb.stemma | tr -d ' ')
    printf '%b' "\\0$(printf %o $(((old + 1 + number % 200) % 256)))" |
        dd of=bad.stemma bs=1 seek="$at" conv=notrunc 2>/dev/null
    cmp -s kb.stemma bad.stemma && continue
    try "byte $at" "1 3 4 5" "$dump" --check bad.stemma
    try "byte $at" "0 3 4 5 7" "$dump" bad.stemma
    try "byte $at" "0 3 4 5" "$dump" --stats bad.stemma
    for table in meta event name testimony claim; do
        try "byte $at" "0 3 4 5" "$dump" --table $table bad.stemma
    done
done
for part in 0 1 100 4095 4096 8192 $((size / 2)) $((size - 4096)) $((size - 1)); do
    head -c "$part" kb.stemma >bad.stemma
    for how in --check --stats "--table run" ""; do
        # shellcheck disable=SC2086
        try "first $part bytes" "4" "$dump" $how bad.stemma
    done
done
# A byte in the gaps of pages means nothing to a reader, but the file is then not sealed.
for at in $(LC_ALL=C grep -aboP '\x00{400}' kb.stemma | cut -d: -f1 | head -3); do
    cp kb.stemma bad.stemma
    printf 'x' | dd of=bad.stemma bs=1 seek=$((at + 200)) conv=notrunc 2>/dev/null
    try "gap at $at" "1 4" "$dump" --check bad.stemma
done
# However many threads write, it is the same lines and, where the file is damaged, the same end.
"$build/stemma-pack" -q -o many.stemma "$source/tests/corpus/articles" || exit 1
LC_ALL=C grep -aboP '[^\x00]' many.stemma | cut -d: -f1 >used
count=$(wc -l <used)
damaged=0
for step in $(seq 0 24); do
    cp many.stemma bad.stemma
    at=$(sed -n "$((step * count / 25 + 1))p" used)
    [ "$step" = 0 ] || printf '\377\376\375' | dd of=bad.stemma bs=1 seek="$at" conv=notrunc 2>/dev/null
    timeout 20 "$dump" --trusted --jobs 1 bad.stemma >one.jsonl 2>one.err
    status=$?
    damaged=$((damaged + (status != 0)))
    for jobs in 2 8; do
        timeout 20 "$dump" --trusted --jobs $jobs bad.stemma >out 2>err
        [ $? = $status ] && cmp -s out one.jsonl && cmp -s err one.err && continue
        echo "FAILED bytes at $at: $jobs threads write something else"
        failures=$((failures + 1))
    done
done
[ $damaged -ge 3 ] || { echo "FAILED: only $damaged files were damaged"; failures=$((failures + 1)); }
echo "$failures failures"
[ "$failures" = 0 ]
