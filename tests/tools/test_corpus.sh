#!/bin/bash
# SPDX-License-Identifier: MIT
# Packs the sample corpus and scores it: the figures stay above their floor, whatever the number of
# threads, and the scorer notices a bad gold file and a floor that is not reached.
#     test_corpus.sh BUILD SOURCE
set -u
build=$1
corpus=$2/tests/corpus
score=$build/tests/quality/score_corpus
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# expect CODE WHAT COMMAND...: the command ends with CODE and says something when that is not 0.
expect() {
    local code=$1 what=$2 got
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq "$code" ] || fail "$what: exit code $got, not $code: $(head -n 3 "$work/err")"
    [ "$code" -eq 0 ] || [ -s "$work/err" ] || fail "$what: no message"
}

# Every article has one row in the manifest and one document in the gold file.
tail -n +2 "$corpus/manifest.csv" | cut -d, -f1 | sort >"$work/rows"
ls "$corpus/articles" | sort >"$work/files"
cmp -s "$work/rows" "$work/files" || fail "manifest and articles differ"
[ "$(wc -l <"$work/files")" -ge 40 ] || fail "fewer than 40 articles"

pack() {
    "$build/stemma-pack" -q -f -j "$1" -o "$work/$1.stemma" --rejects "$work/rejects.jsonl" \
        --manifest "$corpus/manifest.csv" "$corpus/articles" || fail "pack with $1 threads"
}
pack 1
pack 4
cmp -s "$work/1.stemma" "$work/4.stemma" || fail "one and four threads give different bytes"

# conflicts NAME: what stemma-query shows of NAME.stemma, for the scorer.
conflicts() {
    "$build/stemma-query" -n 0 -f jsonl "$work/$1.stemma" conflicts >"$work/$1.jsonl" ||
        fail "conflicts of $1"
}
conflicts 1
expect 0 "score" "$score" --conflicts "$work/1.jsonl" --floor "$corpus/floor.json" "$work/1.stemma" "$corpus/gold.json"
cat "$work/out"
grep -q '^documents .*1\.000' "$work/out" || fail "not all documents are in the file"

expect 0 "score as JSON" "$score" --json "$work/1.stemma" "$corpus/gold.json"
grep -q '"events": {' "$work/out" || fail "no events in the JSON"

echo '{"events.f1": 1.01}' >"$work/floor.json"
expect 1 "a floor out of reach" "$score" --floor "$work/floor.json" "$work/1.stemma" \
    "$corpus/gold.json"
echo '{"elephants.f1": 0}' >"$work/floor.json"
expect 2 "a floor of nothing" "$score" --floor "$work/floor.json" "$work/1.stemma" \
    "$corpus/gold.json"
sed 's/"event": "release-december"/"event": "release-of-nobody"/' "$corpus/gold.json" \
    >"$work/gold.json"
expect 2 "a conflict about no event" "$score" "$work/1.stemma" "$work/gold.json"
sed 's/"date": "2023-12-02"/"date": "on Saturday"/' "$corpus/gold.json" >"$work/gold.json"
expect 2 "a date that is no EDTF" "$score" "$work/1.stemma" "$work/gold.json"
expect 2 "no knowledge base" "$score" "$work/none.stemma" "$corpus/gold.json"

# A gold file may leave lists out: what is not annotated is not scored.
echo '{"documents": {"prisoners-12.txt": "prisoners-12.txt"}, "entities": [{"id": "a", "type":
    "person", "forms": ["Mikhas Darovich"], "documents": ["prisoners-12.txt"]}]}' >"$work/gold.json"
echo '{"entities.f1": 1.0}' >"$work/floor.json"
expect 0 "a small gold" "$score" --floor "$work/floor.json" "$work/1.stemma" "$work/gold.json"

# Without judgements every document stands alone: the scorer must see that.
"$build/stemma-pack" -q -f --judge none -o "$work/alone.stemma" --rejects "$work/rejects.jsonl" \
    --manifest "$corpus/manifest.csv" "$corpus/articles" || fail "pack without judgements"
echo '{"copies.recall": 0.1, "persons.recall": 0.4, "same_event.recall": 0.5}' >"$work/floor.json"
expect 1 "nothing judged" "$score" --floor "$work/floor.json" "$work/alone.stemma" \
    "$corpus/gold.json"
[ "$(wc -l <"$work/err")" -eq 3 ] || fail "nothing judged, and yet: $(cat "$work/err")"

# Testimony that says exactly what the gold says gets full marks: what the figures lack is the
# program's, not the scorer's. (One footballer bears the name of a minister in one article, and a
# form that two bear is not scored: hence the 0.98.)
expect 0 "gold as testimony" "$build/tests/quality/gold_testimony" "$work/1.stemma" \
    "$corpus/gold.json"
cp "$work/out" "$work/gold.jsonl"
"$build/stemma-pack" -q -f --judge none -o "$work/gold.stemma" --rejects "$work/rejects.jsonl" \
    "$work/gold.jsonl" || fail "pack the gold"
[ ! -s "$work/rejects.jsonl" ] || fail "refused: $(head -n 3 "$work/rejects.jsonl")"
for figure in entities.f1 mentions.recall types.precision kept_apart.precision events.f1 \
    reports.f1 same_event.f1 not_done.precision counts.f1 copies.f1 copy_kinds.precision \
    attributions.f1 conflicts.f1 conflict_sides.f1 conflict_values.recall as_of.recall; do
    echo "\"$figure\": 1.0,"
done >"$work/floor.json"
{ echo "{"; cat "$work/floor.json"; echo '"participants.recall": 0.98 }'; } >"$work/full.json"
mv "$work/gold.jsonl" "$work/testimony.jsonl"
conflicts gold
expect 0 "full marks" "$score" --conflicts "$work/gold.jsonl" --floor "$work/full.json" "$work/gold.stemma" "$corpus/gold.json"
[ "$failures" -eq 0 ] || cat "$work/err" >&2

[ "$failures" -eq 0 ]
