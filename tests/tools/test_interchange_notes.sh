#!/bin/bash
# SPDX-License-Identifier: MIT
# [X-3]
# Keys that mean nothing are kept out, and told of: each once, wherever it stands, in the list of
# refusals. The document is taken.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
line='"text":"Voss spoke.","colour":1,"referents":[{"kind":"entity","type":"person","typ":2,"names":[{"text":"Voss","typ":3}]}]'
{ echo "{\"uri\":\"a\",$line}"; echo "{\"uri\":\"b\",\"shape\":0,$line}"; } >in.jsonl
"$build/stemma-pack" -q -o kb.stemma in.jsonl 2>err || exit 1
cat >wanted <<'END'
1 KEY_UNKNOWN note colour
1 KEY_UNKNOWN note referents[0].typ
2 KEY_UNKNOWN note shape
END
sed 's/.*"line":\([0-9]*\),.*"code":"\([A-Z_]*\)","reason":"\([^:"]*\):.*"severity":"\([a-z]*\)".*/\1 \2 \4 \3/' \
    kb.stemma.rejects.jsonl | diff wanted - || { cat kb.stemma.rejects.jsonl; exit 1; }
[ "$("$build/stemma-dump" kb.stemma | grep -c '"record":"document"')" = 2 ]
