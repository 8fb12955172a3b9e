#!/bin/bash
# SPDX-License-Identifier: MIT
# conflicts as text shows the last eight of many counts that were taken back, and says how many came before; as
# JSON it shows all.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
# document PAPER DAY COUNT: one article that says how many were hurt
document() {
    printf '{"record":"document","uri":"https://example.org/%s/%s","publisher":"Paper %s","published":{"edtf":"2031-05-%s"},"text":"%s were hurt, told %s on %s.","referents":[{"kind":"event","type":"life.injure","mentions":[{"spans":[[4,13]],"kind":"trigger","canonical":true}]}],"assertions":[{"subject":0,"predicate":"patient","object":{"quantity":{"raw":"%s","amount":"%s","lower":"%s","upper":"%s"}},"polarity":"positive","realis":"actual","certainty":"certain","run":0,"evidence":[{"part":"filler","spans":[[0,3]]}]}]}\n' \
        "$1" "$2" "$1" "$2" "$3" "$1" "$2" "$3" "$3" "$3" "$3"
}
# kb NAME REVISED: that many papers give a count of their own and take it back; another paper denies what they say then
kb() {
    local paper i ids
    {
        echo '{"record":"header","format":"stemma","version":"1.1","offsets":"codepoint"}'
        echo '{"record":"run","run":0,"name":"example/hand","kind":"human"}'
        for ((paper = 1; paper <= $2; paper++)); do
            document "$paper" 0"$((paper % 9 + 1))" "$((100 + paper))"
        done
        for ((paper = 1; paper <= $2; paper++)); do
            document "$paper" 20 500
        done
        document 99 21 900
    } >"$1.jsonl"
    "$build/stemma-pack" -q -o apart.stemma -f "$1.jsonl" || exit 1
    mapfile -t ids < <("$build/stemma-dump" -q apart.stemma | grep -o '"record":"document","id":"[^"]*"' | cut -d'"' -f8)
    {
        cat "$1.jsonl"
        for ((i = 1; i < ${#ids[@]}; i++)); do
            printf '{"record":"judgement","left":"%s.0","right":"%s.0","verdict":"same","score":0.9,"run":0}\n' \
                "${ids[0]}" "${ids[$i]}"
        done
    } >joined.jsonl
    "$build/stemma-pack" -q -f -o "$1.stemma" joined.jsonl || exit 1
}
# expect NAME LINES MORE: so many updated counts as text, and what is said of the rest
expect() {
    local lines more
    "$build/stemma-query" "$1.stemma" conflicts >"$1.text" || failed=1
    lines=$(grep -c '(updated: 500)' "$1.text")
    more=$(grep -o '[.]\{3\} and .*' "$1.text")
    [ "$lines/$more" = "$2/$3" ] || {
        echo "$1: $lines lines, $2 wanted; \"$more\", \"$3\" wanted"
        cat "$1.text"
        failed=1
    }
}
kb many 12
kb few 9
expect many 8 "... and 4 updated before these: --format json shows all"
expect few 9 ""
all=$("$build/stemma-query" --format jsonl many.stemma conflicts | grep -o '"updated_by":"[^"]*"' | wc -l)
[ "$all" = 12 ] || {
    echo "$all updates as JSON, 12 wanted"
    failed=1
}
"$build/stemma-query" --sentences many.stemma conflicts | grep -q 'updated before' && {
    echo "--sentences tells of what it does not list"
    failed=1
}
exit "$failed"
