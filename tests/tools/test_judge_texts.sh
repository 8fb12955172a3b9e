#!/bin/bash
# SPDX-License-Identifier: MIT
# What the judge takes from the texts themselves: namesakes that an article tells apart, one name
# with the article in two spellings, meetings of which each newspaper names another half.
#     test_judge_texts.sh BUILD SOURCE
set -u
build=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# article NAME DATE: an article from standard input.
mkdir "$work/in"
article() {
    { printf -- '---\ntitle: %s\ndate: %s\npublisher: %s\nlanguage: en\n---\n\n' "$1" "$2" "$1"; cat; } >"$work/in/$1.md"
}

pack() {
    "$build/stemma-pack" -q -f -o "$work/x.stemma" "$work/in" || fail "pack"
    rm -f "$work/in"/*
}

query() {
    "$build/stemma-query" -n 0 -f csv "$work/x.stemma" "$@"
}

article One 2031-05-02 <<'EOF'
Foreign Minister Anton Welbeck flew to Quorley on Friday. Anton Welbeck met the striking dockers in the harbour.
EOF
article Two 2031-05-02 <<'EOF'
Anton Welbeck of Quorley Town scored three goals on Friday. "We were lucky," he said. He shares his name with the foreign minister, who was in the harbour that day.
EOF
article Three 2031-05-03 <<'EOF'
Foreign Minister Anton Welbeck said on Saturday that the dockers of Quorley were right.
EOF
pack
[ "$(query find 'Anton Welbeck' | tail -n +2 | wc -l)" -eq 2 ] || fail "namesakes: $(query find 'Anton Welbeck')"

article One 2031-05-02 <<'EOF'
Union leader Fatima al-Tabbari of the Free Union of Dockers was arrested in Quorley on Friday, Labour Minister Olegas Brintar said.
EOF
article Two 2031-05-03 <<'EOF'
Fatma et-Tabari, the leader of the Free Union of Dockers, was arrested in Quorley on Friday. Labour Minister Olegas Brintar spoke of a crime.
EOF
pack
[ "$(query find 'Fatima al-Tabbari' | tail -n +2 | wc -l)" -eq 1 ] || fail "articles: $(query find 'Fatima al-Tabbari')"

for version in named other; do
    who='the special envoy Jon Marsh'
    [ "$version" = named ] || who='the coach Jon Marsh'
    article One 2031-05-04 <<EOF
Sudravia freed 52 prisoners on Sunday, among them Karl Lund, following discussions in Velgrad with $who. President Olegas Brintar signed the pardons after President Ada Holt lifted sanctions on timber.
EOF
    article Two 2031-05-05 <<'EOF'
President Olegas Brintar released 52 prisoners over the weekend, among them Karl Lund. This followed negotiations with a representative of President Ada Holt, who lifted sanctions on timber.
EOF
    pack
    query events --type contact.meet >"$work/$version.csv"
done
[ "$(tail -n +2 "$work/named.csv" | wc -l)" -eq 1 ] || fail "talks: $(cat "$work/named.csv")"
[ "$(tail -n +2 "$work/other.csv" | wc -l)" -eq 2 ] || fail "talks of others: $(cat "$work/other.csv")"

[ "$failures" -eq 0 ]
