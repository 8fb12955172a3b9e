#!/bin/bash
# SPDX-License-Identifier: MIT
# The parallel stage of stemma-pack over every kind of input: the bytes of one thread, and (built
# with a thread sanitizer) no data race.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
failures=0
fail() {
    echo "FAILED $*"
    failures=$((failures + 1))
}

# A sanitizer takes its time: less of each kind.
pages=40 lines=300 numbers="1 2 8"
! grep -q '^STEMMA_SANITIZE:STRING=.' "$build/CMakeCache.txt" || pages=12 lines=60 numbers="1 8"

mkdir pages
cp "$source"/tests/corpus/articles/* pages
for i in $(seq $pages); do
    printf '<html><head><title>Talks %d</title><meta name="author" content="Orla Penn"></head><body><h1>Talks %d</h1><p>Mayor Ilana Voss freed %d prisoners in Tessaly on %d March 2031, aides said.</p></body></html>\n' \
        "$i" "$i" "$i" $((i % 28 + 1)) >"pages/page-$i.html"
done
: >pages/empty.txt
printf '\377\376broken' >pages/broken.txt
"$pack" -q -j 1 -o seed.stemma pages/*.html || fail "the seed"
{ "$build/stemma-dump" seed.stemma
  for i in $(seq $lines); do
      printf '{"uri":"urn:%d","published":"2031-04-02","text":"Mayor Ilana Voss met envoy Teo Brask %d times in Velmora, Orla Penn told reporters on Monday."}\n' "$i" "$i"
      [ $((i % 50)) != 0 ] || echo '{"uri":7}'
  done; } >lines.jsonl

for input in pages lines.jsonl "pages lines.jsonl seed.stemma" "-b seed.stemma pages"; do
    for threads in $numbers; do
        # shellcheck disable=SC2086 # several inputs
        "$pack" -q -f -j $threads -o $threads.stemma $input 2>err
        status=$?
        # The broken ones are refused; any other status is a defect, a data race for one.
        [ $status = 0 ] || [ $status = 6 ] || fail "$input with $threads threads: status $status: $(head -c 2000 err)"
        cmp -s 1.stemma $threads.stemma || fail "$input: $threads threads give other bytes"
        [ $threads = 1 ] || cmp -s 1.stemma.rejects.jsonl $threads.stemma.rejects.jsonl ||
            fail "$input: $threads threads refuse otherwise"
    done
done
"$pack" -q -f -j 8 --judge all -o again.stemma seed.stemma || fail "judging all again"
cmp -s seed.stemma again.stemma || fail "judged again with 8 threads, the file differs"
[ "$failures" = 0 ]
