#!/bin/bash
# SPDX-License-Identifier: MIT
# The same corpus gives the same bytes: whatever the order of the input, the number of threads, the
# locale, the time zone, the umask; packed from folders, from its dump, or on top of a part of it.
# [W-1] [X-2] [X-9]
set -eu
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
pack=$build/stemma-pack
cp -r "$source/tests/corpus/articles" corpus
manifest=$source/tests/corpus/manifest.csv
"$pack" -q -j 1 -m $manifest -o one.stemma corpus
"$pack" -q -j 2 -m $manifest -o two.stemma corpus
cmp one.stemma two.stemma
LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Pacific/Kiritimati "$pack" -q -m $manifest -o locale.stemma corpus
cmp one.stemma locale.stemma
(umask 077 && "$pack" -q -m $manifest -o umask.stemma corpus)
cmp one.stemma umask.stemma

"$build/stemma-dump" one.stemma >dump.jsonl
"$pack" -q -o again.stemma dump.jsonl
cmp one.stemma again.stemma
# The documents in reverse order; what refers to them follows.
{ grep -v '"record":"document"' dump.jsonl | grep -vE '"record":"(judgement|derivation)"'
  grep '"record":"document"' dump.jsonl | tac
  grep -E '"record":"(judgement|derivation)"' dump.jsonl | tac; } >reversed.jsonl
"$pack" -q -j 2 -o reversed.stemma reversed.jsonl
cmp one.stemma reversed.stemma

# A part first, the rest on top of it.
mkdir part
for file in $(cd corpus && find . -name '*.txt' | sort | head -15); do
    mkdir -p "part/$(dirname "$file")"
    cp "corpus/$file" "part/$file"
done
"$pack" -q -m $manifest -o part.stemma part 2>/dev/null || [ $? = 6 ] # rows without a file
"$pack" -q -b part.stemma -m $manifest -o whole.stemma corpus
cmp one.stemma whole.stemma

# Two halves that were judged apart are judged as one corpus when they are put together: as files or
# as dumps, in any order. [X-9]
mkdir first second
n=0
for file in corpus/*; do
    n=$((n + 1))
    if [ $((n % 2)) = 0 ]; then cp "$file" first/; else cp "$file" second/; fi
done
for half in first second; do
    "$pack" -q -m $manifest -o $half.stemma $half 2>/dev/null || [ $? = 6 ] # rows without a file
    "$build/stemma-dump" -q $half.stemma >$half.jsonl
done
"$pack" -q -o shards.stemma first.stemma second.stemma
cmp one.stemma shards.stemma
"$pack" -q -o dumps.stemma second.jsonl first.jsonl
cmp one.stemma dumps.stemma
