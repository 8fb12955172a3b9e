#!/bin/bash
# SPDX-License-Identifier: MIT
# Interchange loses nothing: a file of every kind of record packs and dumps as the same text, and what
# is dumped packs as the same file, byte for byte, in every unit of offsets, with texts or without.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
dump=$build/stemma-dump
all=$source/tests/tools/everything.jsonl
failures=0

failed() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

"$pack" -q -o kb.stemma "$all" || failed "every kind of record packs"
[ ! -s kb.stemma.rejects.jsonl ] || failed "nothing of it is refused"
"$dump" kb.stemma >dump.jsonl || failed "it dumps"
cmp "$all" dump.jsonl || failed "the dump is the text that was packed"
"$dump" --check -q kb.stemma || failed "the file is sound"

for unit in codepoint utf8 utf16; do
    "$dump" --offsets $unit kb.stemma >$unit.jsonl || failed "dump in $unit"
    "$pack" -q -j 2 -o $unit.stemma $unit.jsonl || failed "pack from $unit"
    cmp kb.stemma $unit.stemma || failed "pack(dump(F)) is F, offsets in $unit"
    "$dump" --offsets $unit $unit.stemma | cmp - $unit.jsonl || failed "the $unit dump again"
done
# The units differ: the texts hold characters of one to four bytes.
[ "$(cat codepoint.jsonl utf8.jsonl utf16.jsonl | grep -c '"record":"derivation".*"ranges":\[\[3,66,0,63\]\]')" = 1 ] ||
    failed "ranges are counted in the unit of the header"
grep -q '"offsets":"utf16"' utf16.jsonl || failed "the header names the unit"

# Order means nothing, as long as each record comes after what it refers to.
{ grep -v '"record":"\(document\|judgement\|derivation\)"' dump.jsonl
  grep '"record":"document"' dump.jsonl | tac
  grep '"record":"\(judgement\|derivation\)"' dump.jsonl | tac; } >reversed.jsonl
"$pack" -q -o reversed.stemma reversed.jsonl
cmp kb.stemma reversed.stemma || failed "the order of documents and judgements"
# Through a pipe, with Windows line ends and blank lines.
sed 's/$/\r/; a\\' dump.jsonl | "$pack" -q -o pipe.stemma -
cmp kb.stemma pipe.stemma || failed "line ends of Windows, blank lines"

# Texts withheld: whether the dump leaves them out or pack does, the same file.
for unit in codepoint utf8 utf16; do
    "$dump" --no-text --offsets $unit kb.stemma >withheld.$unit.jsonl
    "$pack" -q -o withheld.$unit.stemma withheld.$unit.jsonl || failed "pack withheld texts, $unit"
    "$pack" -q --no-text -o packed.$unit.stemma $unit.jsonl || failed "withhold texts, $unit"
    cmp withheld.$unit.stemma packed.$unit.stemma || failed "withheld either way, $unit"
    "$dump" --offsets $unit withheld.$unit.stemma | cmp - withheld.$unit.jsonl ||
        failed "the dump of withheld texts, $unit"
done
cmp withheld.codepoint.stemma withheld.utf16.stemma || failed "withheld texts, whatever the unit"
grep -q 'freed more than' codepoint.jsonl || failed "the text is in a dump with texts"
grep -q 'freed more than' withheld.utf8.jsonl && failed "no text is left in a dump without texts"
grep -q '"text":\["' withheld.utf8.jsonl && failed "no quotation is left in a dump without texts"
"$dump" --check -q withheld.utf8.stemma || failed "the file without texts is sound"

# What pack reads itself, judges itself.
mkdir news
cat >news/a.txt <<'END'
TESSÁLY (Noor) — President Ilana Voss on Monday released 52 prisoners, aides told the Noor Agency.
Orest Kalden, 61, was freed from the jail of Tessály and taken to Ülm.
END
{ echo 'From our wires.'; cat news/a.txt; echo 'More to come 🕊.'; } >news/b.txt
cat >news/c.txt <<'END'
Orest Kalden met Ilana Voss in Ülm on Tuesday. She did not sign the agreement, Kalden said.
END
"$pack" -q -o news.stemma news || failed "pack news"
for unit in codepoint utf8 utf16; do
    "$dump" --offsets $unit news.stemma | "$pack" -q -f -o again.stemma - || failed "news, $unit"
    cmp news.stemma again.stemma || failed "pack(dump(F)) is F for what pack read itself, $unit"
done
[ "$("$dump" news.stemma | grep -c '"record":"judgement"')" -gt 0 ] || failed "there is a judgement"
[ "$("$dump" news.stemma | grep -c '"record":"derivation"')" -gt 0 ] || failed "there is a copy"

# A part of the documents, with the judgements inside it, packs too.
"$dump" --documents 0..1 kb.stemma >part.jsonl
[ "$(grep -c '"record":"document"' part.jsonl)" = 2 ] || failed "two documents of four"
"$pack" -q -o part.stemma part.jsonl || failed "a part of a dump packs"
[ ! -s part.stemma.rejects.jsonl ] || failed "no record of the part refers outside it"
"$dump" --documents 1.. kb.stemma | grep -c '"record":"document"' | grep -qx 3 || failed "from 1 on"
"$dump" --documents 3 kb.stemma | grep -c '"record":"document"' | grep -qx 1 || failed "number 3"
echo "$failures failures"
[ "$failures" = 0 ]
