#!/bin/bash
# SPDX-License-Identifier: MIT
# The weights of the reader: found beside the program, named by --model, missed only where there is something to read,
# and written into the run of what was read.
#     test_model_option.sh BUILD SOURCE
set -u
build=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# expect CODE WORDS COMMAND...: the command ends with CODE and says WORDS on standard error.
expect() {
    local code=$1 words=$2 got
    shift 2
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || fail "$*: exit code $got, not $code: $(head -n 2 err)"
    grep -q -- "$words" err || fail "$*: does not say $words: $(head -n 2 err)"
}

mkdir alone
cp "$build/stemma-pack" alone/
echo '{"uri":"a","text":"Mayor Ilana Voss met reporters in Tessaly on Monday."}' >read.jsonl
model=$build/models/english.model

"$build/stemma-pack" -q -o kb.stemma read.jsonl || fail "the model beside the program is not found"
"$build/stemma-pack" -q -o named.stemma --model "$model" read.jsonl || fail "--model"
cmp -s kb.stemma named.stemma || fail "one model gives different bytes, named or found"
"$build/stemma-dump" kb.stemma >kb.jsonl
grep -q '"name":"stemma-pack/english-news".*"settings":"model=[0-9a-f]\{32\}"' kb.jsonl ||
    fail "the run does not name the model"

expect 3 MODEL_MISSING alone/stemma-pack -q -o none.stemma read.jsonl
[ ! -e none.stemma ] || fail "something was written without a model"
"$work/alone/stemma-pack" -q -o again.stemma kb.jsonl || fail "testimony needs a model"
cmp -s kb.stemma again.stemma || fail "testimony packed without a model gives other bytes"
alone/stemma-pack -q -o given.stemma --model "$model" read.jsonl || fail "--model without one beside the program"
cmp -s kb.stemma given.stemma || fail "the program's place changes the bytes"

expect 3 MODEL_MISSING "$build/stemma-pack" -q -o none.stemma --model nowhere.model kb.jsonl
head -c 100000 "$model" >cut.model
expect 4 MODEL_DAMAGED "$build/stemma-pack" -q -o none.stemma --model cut.model read.jsonl
: >empty.model
expect 4 MODEL_DAMAGED "$build/stemma-pack" -q -o none.stemma --model empty.model read.jsonl

[ "$failures" -eq 0 ]
