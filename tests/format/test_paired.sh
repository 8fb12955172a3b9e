#!/bin/bash
# SPDX-License-Identifier: MIT
# The smallest file with a table of pairs that has all there can be in one is made anew, and is what it was
# when it was made first; both readers say the same of it, and the second derives the same index. [I-38] [V-6]
set -eu
build=$1
source=$2
here=$source/tests/conformance
if ! command -v python3 >/dev/null; then
    echo "python3 is not there: nothing was compared"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONDONTWRITEBYTECODE=1

python3 "$here/make_paired.py" >paired.jsonl
"$build/stemma-pack" -q -o paired.stemma paired.jsonl
found=$(python3 "$here/make_paired.py" paired.stemma)
wanted="minor 3 digest a1a3ccdd38d3de29daf77be429581bdb level 1 lists 12 of 420 names 24"
if [ "$found" != "$wanted" ]; then
    echo "the file is another one: $found"
    exit 1
fi
"$build/stemma-dump" -q --check paired.stemma
"$build/stemma-dump" -q paired.stemma >dump.jsonl
"$build/stemma-query" --format jsonl --limit 0 paired.stemma sql "$(python3 "$here/compare_claims.py")" >claims.jsonl ||
    [ $? = 1 ] # there are no claims
python3 "$here/read_stemma.py" paired.stemma dump.jsonl
python3 "$here/derive_index.py" paired.stemma claims.jsonl
python3 "$here/pack_records.py" paired.stemma
"$build/stemma-pack" -q -o again.stemma dump.jsonl
cmp again.stemma paired.stemma

# What stands in it tells phrases apart: by a list, by a name, by neither at level 1, by texts below it.
count() {
    "$build/stemma-query" --limit 0 --format jsonl paired.stemma search "\"$1\"" | wc -l
}
[ "$(count "a b")" = "$(grep -c ' a b"' paired.jsonl)" ]
[ "$(count "b a c")" = 0 ]
[ "$(count "p q")" = "$(grep -c ' p q"' paired.jsonl)" ]
[ "$(count "o a")" = "$(grep -c 'o a[ "]' paired.jsonl)" ]
