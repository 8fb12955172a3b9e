#!/bin/bash
# SPDX-License-Identifier: MIT
# A reader that was written from SPEC.md alone reads what our writer makes, says of it what our
# reader says, derives the index that our writer derived and the claims that our reader tells of, and
# puts every record together again, dictionaries and compressed blocks included.
# What protects which rule is said in the programs of tests/conformance. [F-1] [X-9]
set -eu
build=$1
source=$2
if ! command -v python3 >/dev/null; then
    echo "python3 is not there: nothing was compared"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONDONTWRITEBYTECODE=1

# $1 is a file. The programs run side by side.
read_again() {
    local here=$source/tests/conformance programs=() failed=0 one
    "$build/stemma-dump" -q "$1" >dump.jsonl
    "$build/stemma-query" --format jsonl --limit 0 "$1" sql \
        "$(python3 "$here/compare_claims.py")" >claims.jsonl
    python3 "$here/read_stemma.py" "$1" dump.jsonl >read.out 2>&1 &
    programs+=($!)
    python3 "$here/derive_index.py" "$1" claims.jsonl >derive.out 2>&1 &
    programs+=($!)
    python3 "$here/pack_records.py" "$1" >pack.out 2>&1 &
    programs+=($!)
    python3 "$here/compress_again.py" "$1" >compress.out 2>&1 &
    programs+=($!)
    for one in "${programs[@]}"; do
        wait "$one" || failed=1
    done
    echo "== $1"
    cat read.out derive.out pack.out compress.out
    return "$failed"
}

"$build/stemma-pack" -q -m "$source/tests/corpus/manifest.csv" -o articles.stemma \
    "$source/tests/corpus/articles"
read_again articles.stemma

# Every corner of the format, data sets among them, more than one block of events and documents, and
# enough documents for pairs of words that nearly all of them have.
python3 "$source/tests/conformance/make_cases.py" 4500 >cases.jsonl
"$build/stemma-pack" -q -o cases.stemma cases.jsonl
"$build/stemma-dump" -q --check cases.stemma
read_again cases.stemma
cp dump.jsonl cases.jsonl
"$build/stemma-pack" -q -o again.stemma cases.jsonl
cmp again.stemma cases.stemma

# Tables as users have them: one of 1000 rows, and one with rows that are refused, so that numbers
# are left out.
for i in $(seq 1 1000); do
    printf '2031-%02d-%02d\tActor %d\tEvent kind %d\tActor "%d"\n' $((i % 12 + 1)) $((i % 28 + 1)) \
        $((i * i % 97)) $((i % 7)) $((i * 13 % 89))
done >events.tsv
"$build/stemma-pack" -q --mapping "$source/tools/mappings/icews.map" -o table.stemma events.tsv
read_again table.stemma
cat >deeds.csv <<'EOF'
time,type,agent:person,patient:person,place,content,quantity,id
2031-05-01,justice.release,"Oda ""the Owl"" Brill",Ivo Tamm,Sarn,"for want
of proof",,court:17
2031-13,justice.arrest,Oda Brill,Ivo Tamm,,,,
2031-05,justice.arrest,Oda Brill,"Ivo Tamm",,,2,court:18
2031-05-04,justice.arrest,Oda Brill,,,,many,
,contact.meet,,,,,,
EOF
"$build/stemma-pack" -q -o deeds.stemma deeds.csv 2>/dev/null || [ $? = 6 ]
read_again deeds.stemma
[ "$(grep -c '"record":"row"' dump.jsonl)" = 3 ]

# The examples in the page.
python3 "$source/tests/conformance/check_examples.py"
sed -n '/^```json$/,/^```$/p' "$source/SPEC.md" | grep '^{' >example.jsonl
"$build/stemma-pack" -q -o example.stemma example.jsonl
read_again example.stemma
"$build/stemma-dump" -q example.stemma >dump.jsonl
[ "$(sed 's/"id":"[0-9a-z]*",//' dump.jsonl)" = "$(cat example.jsonl)" ]

# A file that is cut or changed is refused, not read as another.
size=$(stat -c %s articles.stemma)
head -c $((size - 4096)) articles.stemma >cut.stemma
if python3 "$source/tests/conformance/read_stemma.py" cut.stemma >/dev/null 2>&1; then
    echo "a file that was cut is read"
    exit 1
fi
for change in 's/"verdict":"same"/"verdict":"unsure"/' 's/"time":"2031-05-04~"/"time":"2031-05-04"/'; do
    sed "$change" cases.jsonl >other.jsonl
    if python3 "$source/tests/conformance/read_stemma.py" cases.stemma other.jsonl >/dev/null; then
        echo "a dump that differs is taken for the same"
        exit 1
    fi
done
