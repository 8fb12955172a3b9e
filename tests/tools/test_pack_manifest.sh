#!/bin/bash
# SPDX-License-Identifier: MIT
# A manifest that stands in the folder is taken without being named, said so, and gives the same file; one that
# is none, one that cannot be read and several are told of and let be.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
failures=0
complain() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

mkdir one two
echo 'Mayor Ilana Voss met reporters in Tessaly on Monday.' >one/a.txt
echo 'The dam at Korrin broke on Tuesday, killing four workers.' >one/b.txt
cp one/a.txt two/c.txt
"$pack" -q -o bare.stemma one || complain "packing without a manifest"
printf 'file,published,publisher\na.txt,2031-05-06,The Herald\nb.txt,2031-05-07,The Herald\n' >manifest.csv
"$pack" -q -o named.stemma --manifest manifest.csv one || complain "packing with a manifest that is named"
cp manifest.csv one/manifest.csv
"$pack" -o found.stemma one 2>said || complain "packing with a manifest in the folder"
cmp -s named.stemma found.stemma || complain "the manifest in the folder gave another file"
cmp -s bare.stemma found.stemma && complain "the manifest in the folder was not used"
grep -q 'one/manifest.csv describes 2 of the files' said || complain "its use was not said: $(cat said)"
"$pack" -q -f -o found.stemma one/a.txt one/b.txt || complain "packing the files themselves"
"$build/stemma-dump" found.stemma | grep -q 2031-05 && complain "files named themselves were described by the manifest beside them"

"$pack" -q -o apart.stemma --manifest one/manifest.csv one/*.txt || complain "files and manifest named from elsewhere"
"$build/stemma-dump" apart.stemma | grep -c 2031-05 | grep -qx 2 || complain "files named from elsewhere were not described"
(cd one && "$pack" -q -o ../inside.stemma --manifest ./manifest.csv ./*.txt) || complain "files and manifest named from inside"
"$build/stemma-dump" inside.stemma | grep -c 2031-05 | grep -qx 2 || complain "files named from inside were not described"

# let_be NAME REASON INPUT...: the run is right, without dates, and the list says why.
let_be() {
    local name=$1 reason=$2
    shift 2
    "$pack" -q -f -o kb.stemma "$@" 2>said || complain "$name: status $?"
    grep -q "\"code\":\"MANIFEST_UNUSED\".*$reason.*\"note\"" kb.stemma.rejects.jsonl || complain "$name: $(cat kb.stemma.rejects.jsonl)"
    "$build/stemma-dump" kb.stemma | grep -q 2031-05 && complain "$name: it was used"
}
printf 'name,version\nthing,2031-05-06\n' >one/manifest.csv
let_be "another program's table" 'no column' one
printf 'file\n\377\n' >one/manifest.csv
let_be "bytes that are no text" 'not a manifest' one
cp manifest.csv one/manifest.csv
printf 'file,published\nc.txt,2031-05-06\n' >two/manifest.csv
let_be "two folders with one each" 'several folders' one two
if [ "$(id -u)" != 0 ]; then
    chmod 0 one/manifest.csv
    let_be "no right to read it" 'ermission denied' one
    chmod 600 one/manifest.csv
fi
# A link is not followed: the folder may come from a stranger.
mv one/manifest.csv aside.csv
ln -s ../aside.csv one/manifest.csv
rm -f found.stemma*
"$pack" -q -o found.stemma one || complain "packing with a link for a manifest"
cmp -s bare.stemma found.stemma || complain "a link out of the folder was followed"

[ "$failures" = 0 ] || exit 1
echo "ok"
