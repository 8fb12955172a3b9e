#!/bin/bash
# SPDX-License-Identifier: MIT
# A file of an earlier minor version is read, checked and taken in like one of today, and says the same.
# tests/vectors/small_3_0.stemma is what programs of format 3.0 made of small.jsonl.
set -eu
build=$1
source=$2
vectors=$source/tests/vectors
before=$vectors/small_3_0.stemma
today=$vectors/small.stemma
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
failed=0

fail() {
    echo "$1"
    failed=1
}

if cmp -s "$before" "$today"; then
    fail "there is nothing to compare"
fi
"$build/stemma-dump" -q --check "$before" || fail "the check finds problems" # [P-34] [V-7]
"$build/stemma-dump" -q "$before" | cmp - "$vectors/small.jsonl" || fail "it says something else"

# [V-6] What is in it makes a file of today; so it does taken in as it is.
"$build/stemma-dump" -q "$before" | "$build/stemma-pack" -q -o "$work/again.stemma" -
cmp "$work/again.stemma" "$today" || fail "its dump makes another file"
"$build/stemma-pack" -q -o "$work/old.stemma" "$before"
"$build/stemma-pack" -q -o "$work/new.stemma" "$today"
cmp "$work/old.stemma" "$work/new.stemma" || fail "taken in it is another file"

# Lists of every posting table that has one, by the questions that go through them.
ask() {
    "$build/stemma-query" -f json "$before" "$@" >"$work/before" 2>&1 || true
    "$build/stemma-query" -f json "$today" "$@" >"$work/today" 2>&1 || true
    cmp "$work/before" "$work/today" || fail "another answer: $*"
    grep -q '"' "$work/before" || fail "no answer: $*"
}
ask find "ida lorn"
ask find --prefix id
ask show "Ida Lorn"
ask events --who "Ida Lorn"
ask events -t movement
ask search lorn
ask search "ida lorn"
ask search "anyth*"

if command -v python3 >/dev/null; then
    python3 "$source/tests/conformance/read_stemma.py" "$before" "$vectors/small.jsonl" >"$work/read" ||
        fail "$(cat "$work/read")"
    for program in derive_index pack_records; do
        python3 "$source/tests/conformance/$program.py" "$before" >"$work/read" || fail "$(cat "$work/read")"
    done
fi
exit "$failed"
