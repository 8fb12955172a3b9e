#!/bin/sh
# SPDX-License-Identifier: MIT
# A damaged compression dictionary gives no testimony that reads otherwise: nothing that needs it is
# answered, the check names it, and salvage says what may be altered. [R-48]
# Arguments: folder of the programs, folder of the sources.
set -eu
tools=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

python3 -B "$source/tests/bench/make_articles.py" 150 >news.jsonl
"$tools/stemma-pack" -q -o sound.kb news.jsonl
"$tools/stemma-dump" -q sound.kb >sound.jsonl

# One bit of each dictionary, somewhere in its contents: the testimony's comes first, then the text's.
python3 - <<'END'
data = open("sound.kb", "rb").read()
at = []
while (found := data.find(b"\x37\xa4\x30\xec", at[-1] + 4 if at else 0)) >= 0:
    at.append(found)
assert len(at) == 2, at
for name, begin in zip(("testimony", "text"), at):
    # near its end, where what is met most often stands
    pages = int.from_bytes(data[begin - 4 : begin - 2], "little")
    for back in range(4096 * pages - 16, 0, -1):
        if data[begin + back - 1] != 0:
            break
    damaged = bytearray(data)
    damaged[begin + back - 20] ^= 4
    open(name + ".kb", "wb").write(damaged)
END

for which in testimony text; do
    status=0
    "$tools/stemma-dump" -q "$which.kb" >"$which.jsonl" 2>errors || status=$?
    [ $status = 4 ] || fail "$which: the dump ends with $status"
    grep -q "DICTIONARY" errors || fail "$which: $(cat errors)"
    status=0
    "$tools/stemma-query" "$which.kb" search council >/dev/null 2>errors || status=$?
    [ $status = 4 ] || fail "$which: a search ends with $status"
    status=0
    "$tools/stemma-dump" --check --format json "$which.kb" >check.json 2>errors || status=$?
    [ $status = 4 ] || fail "$which: the check ends with $status"
    grep -q "DIGEST_MISMATCH" check.json || fail "$which: the check says $(cat check.json errors)"
    grep -q "meta dictionary.$which" check.json || fail "$which: the check says $(cat check.json errors)"
done

# Texts are proven one by one, testimony is not.
status=0
"$tools/stemma-dump" -q --salvage --report report.jsonl testimony.kb >salvaged.jsonl 2>errors || status=$?
[ $status = 1 ] || fail "salvage ends with $status: $(cat errors)"
grep -q "dictionary.testimony.*DIGEST_MISMATCH" report.jsonl || fail "salvage says $(head -c 1000 report.jsonl)"
"$tools/stemma-dump" -q --salvage --proven testimony.kb >proven.jsonl 2>errors || :
grep -q '"record":"document"' proven.jsonl || fail "proven: no document"
python3 - <<'END'
import json
sound = {}
for line in open("sound.jsonl"):
    one = json.loads(line)
    if one["record"] == "document":
        sound[one["id"]] = one
for line in open("proven.jsonl"):
    one = json.loads(line)
    if one["record"] == "document":
        assert one["text"] == sound[one["id"]]["text"]
        for key in ("mentions", "assertions", "referents"):
            assert one.get(key, []) in ([], sound[one["id"]].get(key)), key
END
