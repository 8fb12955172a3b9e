#!/bin/bash
# SPDX-License-Identifier: MIT
# The type of an event is "event", which says only that something happened, only as long as no
# document says more [I-17]: for the whole file and as of a day.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
# document DAY TYPE: one article that tells of one happening of that type
document() {
    printf '{"record":"document","uri":"https://example.org/%s","published":{"edtf":"2024-05-0%s"},"text":"They stormed it, day %s.","referents":[{"kind":"event","type":"%s","mentions":[{"spans":[[5,12]],"kind":"trigger","canonical":true}]}],"assertions":[{"subject":0,"predicate":"type","object":{"text":"%s"},"polarity":"positive","realis":"actual","run":0,"evidence":[{"part":"filler","spans":[[5,12]]}]}]}\n' \
        "$1" "$1" "$1" "$2" "$2"
}
{
    echo '{"record":"header","format":"stemma","version":"1.1","offsets":"codepoint"}'
    echo '{"record":"run","run":0,"name":"example/hand","kind":"human"}'
    document 1 event
    document 2 event
    document 3 conflict.attack
} >in.jsonl
"$build/stemma-pack" -q -o apart.stemma in.jsonl || exit 1
"$build/stemma-dump" -q apart.stemma >apart.jsonl
mapfile -t ids < <(grep -o '"id":"[^"]*"' apart.jsonl | cut -d'"' -f4)
{
    cat in.jsonl
    for other in 1 2; do
        printf '{"record":"judgement","left":"%s.0","right":"%s.0","verdict":"same","score":0.9,"run":0}\n' \
            "${ids[0]}" "${ids[$other]}"
    done
} >joined.jsonl
"$build/stemma-pack" -q -o kb.stemma joined.jsonl || exit 1
# expect TYPE OPTIONS...
expect() {
    local wanted=$1 got
    shift
    got=$("$build/stemma-query" --format jsonl kb.stemma events "$@" | grep -o '"type":"[^"]*"' | head -n 1)
    [ "$got" = "\"type\":\"$wanted\"" ] || {
        echo "events $*: $got, wanted $wanted"
        failed=1
    }
}
expect conflict.attack
expect event --as-of 2024-05-02
expect conflict.attack --as-of 2024-05-03
"$build/stemma-dump" -q --check kb.stemma || failed=1
exit "$failed"
