#!/bin/bash
# SPDX-License-Identifier: MIT
# A record of interchange that is refused is listed with its line and code; it takes nothing else with
# it: the good records around it make the same file as without it.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
dump=$build/stemma-dump
failures=0

person='"referents":[{"kind":"entity","type":"person","names":[{"text":"Voss"}],"mentions":[{"spans":[[0,4]],"canonical":true}]}]'
cat >good.jsonl <<END
{"record":"header","version":"1.0","judged":true}
{"record":"run","run":0,"name":"example/reader"}
{"uri":"u","text":"Voss spoke.",$person}
{"uri":"v","text":"Voss did not speak.",$person}
END
"$pack" -q -o good.stemma good.jsonl || exit 1
u=$("$dump" good.stemma | sed -n 's/.*"id":"\([^"]*\)","uri":"u".*/\1/p')
v=$("$dump" good.stemma | sed -n 's/.*"id":"\([^"]*\)","uri":"v".*/\1/p')
[ -n "$u" ] && [ -n "$v" ] || exit 1

# refused CODE LINE: alone behind the good ones
refused() {
    { cat good.jsonl; printf '%s\n' "$2"; } >in.jsonl
    "$pack" -q -f -o kb.stemma in.jsonl 2>err
    local got=$?
    if [ $got != 6 ] || ! grep -q "^{\"file\":\"in.jsonl\",\"line\":5,.*\"code\":\"$1\"" kb.stemma.rejects.jsonl ||
        ! cmp -s good.stemma kb.stemma; then
        echo "FAILED $1: status $got: $2"
        cat err kb.stemma.rejects.jsonl
        failures=$((failures + 1))
    fi
    rm -f kb.stemma kb.stemma.rejects.jsonl
}

refused JSON_SYNTAX '{"uri":"x",'
refused ENCODING_INVALID "$(printf '{"uri":"x","text":"\xff"}')"
refused RECORD_UNKNOWN '{"record":"sentence"}' # [X-1]
refused RECORD_UNKNOWN '{"record":"header"}'
refused FIELD_MISSING '{"uri":"x"}'
refused FIELD_TYPE '{"uri":["x"],"text":"y"}'
refused ID_MISMATCH '{"uri":"x","text":"y","referents":[],"id":"000000000000"}'
refused ID_MISMATCH '{"uri":"x","text":"y","referents":[],"id":"not an id"}'
refused OFFSETS_UNIT '{"uri":"x","text":"y","offsets":"lines"}'
refused SPAN_OUT_OF_RANGE '{"uri":"x","text":"y","sentences":[7],"referents":[]}'
refused SPAN_SPLITS_CHARACTER '{"uri":"x","text":"é","offsets":"utf8","sentences":[1],"referents":[]}'
refused QUOTE_MISMATCH '{"uri":"x","text":"Voss","referents":[{"kind":"entity","type":"person","mentions":[{"spans":[[0,4]],"text":["Foss"],"canonical":true}]}]}'
assertion='"object":{"text":"mayor"},"evidence":[{"spans":[[0,4]]}]'
refused RUN_MISSING "{\"uri\":\"x\",\"text\":\"Voss spoke.\",$person,\"assertions\":[{\"subject\":0,\"predicate\":\"role\",\"run\":1,$assertion}]}" # [X-6]
refused RUN_MISSING "{\"uri\":\"x\",\"text\":\"Voss spoke.\",$person,\"assertions\":[{\"subject\":0,\"predicate\":\"role\",$assertion}]}"
refused EDTF '{"uri":"x","text":"y","referents":[],"published":"yesterday"}'
refused FIELD_VALUE '{"record":"run","run":70000,"name":"x"}'
refused DANGLING_REF "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"000000000000.0\",\"verdict\":\"same\",\"author\":\"a\"}"
refused DANGLING_REF "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$v.1\",\"verdict\":\"same\",\"author\":\"a\"}"
refused FIELD_VALUE "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$u.0\",\"verdict\":\"same\",\"author\":\"a\"}"
refused FIELD_VALUE "{\"record\":\"judgement\",\"left\":\"$u\",\"right\":\"$v.0\",\"verdict\":\"same\",\"author\":\"a\"}"
refused AUTHOR "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$v.0\",\"verdict\":\"same\"}"
refused AUTHOR "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$v.0\",\"verdict\":\"same\",\"author\":\"a\",\"run\":0}"
refused RUN_MISSING "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$v.0\",\"verdict\":\"same\",\"run\":3}"
refused EDTF "{\"record\":\"judgement\",\"left\":\"$u.0\",\"right\":\"$v.0\",\"verdict\":\"same\",\"author\":\"a\",\"created\":\"once\"}"
refused FIELD_VALUE "{\"record\":\"derivation\",\"from\":\"$u\",\"to\":\"$v\",\"kind\":\"copy\",\"author\":\"a\",\"score\":1.5}"
refused FIELD_VALUE "{\"record\":\"derivation\",\"from\":\"$u\",\"to\":\"$u\",\"kind\":\"copy\",\"author\":\"a\",\"score\":1}"
refused SPAN_EMPTY "{\"record\":\"derivation\",\"from\":\"$u\",\"to\":\"$v\",\"kind\":\"copy\",\"author\":\"a\",\"score\":1,\"ranges\":[[0,3,2,2]]}"
refused SPAN_OUT_OF_RANGE "{\"record\":\"derivation\",\"from\":\"$u\",\"to\":\"$v\",\"kind\":\"copy\",\"author\":\"a\",\"score\":1,\"ranges\":[[0,3,2,99]]}"

# A header of a newer version is no line to pass over.
{ echo '{"record":"header","version":"2.0"}'; tail -n +2 good.jsonl; } >newer.jsonl
"$pack" -q -o newer.stemma newer.jsonl 2>err
got=$?
if [ $got != 5 ] || ! grep -q VERSION_UNSUPPORTED err || [ -e newer.stemma ]; then
    echo "FAILED a newer version: status $got"
    failures=$((failures + 1))
fi
echo "$failures failures"
[ "$failures" = 0 ]
