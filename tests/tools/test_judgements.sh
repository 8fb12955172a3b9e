#!/bin/bash
# SPDX-License-Identifier: MIT
# What doubtful asks is decided and packed again: the file does as the person says, says who it was, and
# asks no more. Resolver lines with names of their own; lines that cannot be used.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
query=$build/stemma-query
failures=0

failed() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

pack() {
    "$build/stemma-pack" -q -f "$@" || failed "pack $* ($?)"
}

# Five reports from an invented island; who they speak of was joined by a program that was not sure.
python3 - >in.jsonl <<'PYTHON'
import json
print(json.dumps({"record": "header", "format": "stemma", "version": "1.1", "judged": True}))
print(json.dumps({"record": "run", "run": 0, "name": "reader", "version": "1"}))
names = ["Ora Lind", "O. Lind", "Ora Lindt", "Tam Sorn", "Tam Sorn"]
for i, name in enumerate(names):
    text = f"{name} is a poet."
    print(json.dumps({
        "record": "document", "uri": f"urn:{i}", "publisher": f"Paper {i}", "published": f"2031-01-0{i + 1}",
        "text": text, "sentences": [0],
        "referents": [{"kind": "entity", "type": "person", "names": [{"text": name}],
                       "mentions": [{"spans": [[0, len(name)]], "text": [name], "canonical": True}]}],
        "assertions": [{"subject": 0, "predicate": "role", "object": {"text": "poet"}, "run": 0,
                        "evidence": [{"part": "filler", "spans": [[len(text) - 5, len(text) - 1]],
                                      "text": ["poet"]}]}]}))
PYTHON
pack -o plain.stemma --judge none - <in.jsonl
for i in 0 1 2 3 4; do
    id[i]=$("$query" plain.stemma sources --format csv | sed -n "$((i + 2))s/^d\([^,]*\),.*/e\1/p").0
done
{
    cat in.jsonl
    for line in "0 1 same 0.55" "1 2 unsure 0.5" "3 4 same 0.95"; do
        read -r a b verdict score <<<"$line"
        left=${id[a]#e.} right=${id[b]#e.}
        printf '{"record":"judgement","left":"%s","right":"%s","verdict":"%s","score":%s,"run":0}\n' \
            "$left" "$right" "$verdict" "$score"
    done
} >judged.jsonl
pack -o one.stemma - <judged.jsonl

lines() { "$query" "$1" doubtful --format resolver 2>/dev/null; }
entities() { "$query" "$1" stats --format json | sed -n "s,.*\"entities\": \([0-9]*\).*,\1,p"; }

[ "$(lines one.stemma | wc -l)" = 2 ] || failed "two pairs are doubtful: $(lines one.stemma)"
[ "$(entities one.stemma)" = 3 ] || failed "three people at first"
for format in text json jsonl csv tsv; do
    "$query" one.stemma doubtful --format $format >answer || failed "doubtful as $format"
    grep -q "${id[1]}" answer || failed "doubtful as $format names the referents"
done

# Nothing decided: nothing changes.
lines one.stemma >nothing.jsonl
pack -o same.stemma --judge new --judgements nothing.jsonl - <judged.jsonl
cmp -s one.stemma same.stemma || failed "lines without a judgement change something"

# As a resolver line, and as the object that doubtful prints: the first are two, the second pair is one.
lines one.stemma | grep "${id[0]}" | sed 's/no_judgement/negative/; s/null,null/"Ida","2031-02-03T04:05:06.789"/' >decided.jsonl
"$query" one.stemma doubtful --format jsonl | grep "\"${id[2]}\",\"judgement" |
    sed 's/no_judgement/positive/; s/"user":null/"user":"Jon"/' >>decided.jsonl
[ "$(wc -l <decided.jsonl)" = 2 ] || failed "two decisions"
pack -o two.stemma --judgements decided.jsonl - <judged.jsonl
[ -z "$(lines two.stemma)" ] || failed "what was decided is asked again: $(lines two.stemma)"
[ "$(entities two.stemma)" = 3 ] || failed "three again, but others"
"$query" two.stemma why "${id[1]}" >why || failed "why"
grep -q 'Ida, 2031-02-03T04:05:06: not the same: .*\[parts\]' why || failed "why tells who parted them: $(cat why)"
grep -q 'Jon: the same' why || failed "why tells who joined them: $(cat why)"
grep -q 'joined by: .*Jon.*without it 1 + 1 documents instead of 2' why || failed "what would be without: $(cat why)"
"$query" two.stemma why "${id[0]}" | grep -q 'not the same' || failed "the other side tells it, too"
# What people said stays when the file is the base of another.
pack -o three.stemma --base two.stemma
"$query" three.stemma why "${id[0]}" | grep -q 'Ida.*not the same' || failed "a base keeps what people say"

# Names that tie lines together, also through each other; one is an unsure, one was deleted.
cat >names.jsonl <<LINES
["NK-a", "${id[0]}", "positive", 0.9, "Ida", "2031-02-03"]
["NK-b", "NK-a", "positive", null, "Ida", null]
["NK-b", "${id[2]}", "positive", null, null, null]
["Q42", "${id[3]}", "positive", null, "Ida", null]
["NK-b", "Q42", "negative", null, "Ida", null]
["${id[3]}", "${id[4]}", "unsure", null, "Ida", null]
["${id[3]}", "${id[4]}", "positive", null, "Jon", "2031-01-01", "2031-01-02"]
LINES
pack -o names.stemma --judge all --judgements names.jsonl - <judged.jsonl
"$build/stemma-dump" names.stemma | grep '"record":"judgement"' | grep author >stored
for wanted in '"verdict":"same".*"author":"unnamed"' '"verdict":"not_same".*"author":"Ida"' \
    '"verdict":"unsure".*"author":"Ida"' '"verdict":"same".*"author":"Jon".*"retracted":"2031-01-02"'; do
    grep -q "$wanted" stored || failed "$wanted is not among $(cat stored)"
done
[ "$(wc -l <stored)" = 4 ] || failed "seven lines come to four judgements"

# Lines that cannot be used are listed, each with its place and code; the others count.
cat >bad.jsonl <<LINES
["${id[0]}", "${id[1]}", "perhaps", null, null, null]
["${id[0]}"]
["${id[0]}", "${id[1]}", "positive"
["${id[0]}", "${id[0]}", "positive", null, null, null]
["NK-z", "${id[0]}", "negative", null, null, null]
["e.000000000000.1", "${id[0]}", "positive", null, null, null]
["${id[0]%.0}.7", "${id[1]}", "positive", null, null, null]
["v.${id[0]#e.}", "${id[1]}", "positive", null, null, null]
["${id[0]}", "${id[1]}", "positive", 2, null, null]
["${id[0]}", "${id[1]}", "positive", null, "Ida", "yesterday"]
["${id[0]}", "${id[2]}", "positive", null, "Ida", "2031"]
LINES
"$build/stemma-pack" -q -f -o bad.stemma --judgements bad.jsonl - <judged.jsonl 2>/dev/null
[ $? = 6 ] || failed "refused lines give the status 6"
wanted="1 FIELD_VALUE
2 FIELD_TYPE
3 JSON_SYNTAX
4 FIELD_VALUE
5 DANGLING_REF
6 DANGLING_REF
7 DANGLING_REF
8 DANGLING_REF
9 FIELD_VALUE
10 EDTF"
got=$(python3 -c '
import json
for p in sorted((json.loads(l) for l in open("bad.stemma.rejects.jsonl")), key=lambda p: p["line"]):
    assert p["file"] == "bad.jsonl" and p["reason"]
    print(p["line"], p["code"])')
[ "$got" = "$wanted" ] || failed "refused: $got"
[ "$("$build/stemma-dump" bad.stemma | grep -c '"author"')" = 1 ] || failed "the last line counts"
echo '["NK-a","NK-b","positive"]' | "$build/stemma-pack" -q -f -o no.stemma - 2>err
grep -q RECORD_UNKNOWN err || failed "decisions among documents are refused"

# The graph is one that Graphviz reads.
"$query" one.stemma sources --format dot >graph.dot || failed "dot"
if command -v dot >/dev/null; then
    dot -Tsvg graph.dot >graph.svg || failed "Graphviz reads it"
fi

[ $failures = 0 ]
