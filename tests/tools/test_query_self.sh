#!/bin/bash
# SPDX-License-Identifier: MIT
# An event that takes part in itself, is charged with itself and happens at itself: whatever a
# stranger wrote, each question about it ends with an answer.
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >input.jsonl <<'END'
{"record":"run","run":0,"name":"hand","version":"1","kind":"human"}
{"uri":"u","text":"The raid at the raid ended.","published":"2024-05-06","referents":[{"kind":"event","type":"justice.arrest","mentions":[{"spans":[[4,8]],"kind":"trigger","canonical":true}]}],"assertions":[{"subject":0,"predicate":"type","object":{"text":"justice.arrest"},"polarity":"positive","realis":"actual","run":0,"evidence":[{"part":"predicate","spans":[[4,8]]}]},{"subject":0,"predicate":"charge","object":{"place":{"raw":"the raid","referent":0}},"polarity":"positive","run":0,"evidence":[{"part":"filler","spans":[[12,20]]}]},{"subject":0,"predicate":"place","object":{"place":{"raw":"the raid","referent":0}},"polarity":"positive","run":0,"evidence":[{"part":"filler","spans":[[12,20]]}]},{"subject":0,"predicate":"agent","object":{"referent":0},"polarity":"positive","run":0,"evidence":[{"part":"predicate","spans":[[4,8]]}]}]}
END
"$build/stemma-pack" -q -o kb.stemma input.jsonl
"$build/stemma-dump" -q --check kb.stemma
id=$("$build/stemma-query" --format jsonl kb.stemma events | grep -o '"v\.[^"]*"' | head -n 1 | tr -d '"')
for format in text json jsonl csv tsv; do
    for question in events agree "why $id" "show $id" "timeline $id" sources; do
        # shellcheck disable=SC2086
        timeout 10 "$build/stemma-query" --format "$format" kb.stemma $question >answer 2>&1 || {
            status=$?
            [ "$status" -le 2 ] || { echo "FAILED $format $question: status $status"; exit 1; }
        }
        [ -s answer ] || { echo "FAILED $format $question: no answer"; exit 1; }
    done
done
