#!/bin/bash
# SPDX-License-Identifier: MIT
# A reader that was written from SPEC.md alone reads what our writer makes, says of it what our
# reader says, derives the index that our writer derived, and puts every record together again,
# dictionaries and compressed blocks included.
# [F-1] [I-2] [I-7] [I-16] [I-17] [I-21] [P-2] [P-7] [P-17] [P-18] [P-20] [R-22] [R-36] [W-2] [W-3] [W-4] [X-1] [X-6] [X-7] [X-8] [X-10]
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

# $1 is a file.
read_again() {
    "$build/stemma-dump" -q "$1" >dump.jsonl
    python3 "$source/tests/conformance/read_stemma.py" "$1" dump.jsonl
    python3 "$source/tests/conformance/derive_index.py" "$1"
    python3 "$source/tests/conformance/pack_records.py" "$1"
    python3 "$source/tests/conformance/compress_again.py" "$1"
}

"$build/stemma-pack" -q -m "$source/tests/corpus/manifest.csv" -o articles.stemma \
    "$source/tests/corpus/articles"
read_again articles.stemma

# Every corner of the format, and more than one block of events and documents.
python3 "$source/tests/conformance/make_cases.py" 4100 >cases.jsonl
"$build/stemma-pack" -q -o cases.stemma cases.jsonl
"$build/stemma-dump" -q --check cases.stemma
read_again cases.stemma

# The examples in the page.
python3 "$source/tests/conformance/check_examples.py"
sed -n '/^```json$/,/^```$/p' "$source/SPEC.md" | grep '^{' >example.jsonl
"$build/stemma-pack" -q -o example.stemma example.jsonl
"$build/stemma-dump" -q example.stemma >dump.jsonl
[ "$(sed 's/"id":"[0-9a-z]*",//' dump.jsonl)" = "$(cat example.jsonl)" ]

# A file that is cut or changed is refused, not read as another.
size=$(stat -c %s articles.stemma)
head -c $((size - 4096)) articles.stemma >cut.stemma
if python3 "$source/tests/conformance/read_stemma.py" cut.stemma >/dev/null 2>&1; then
    echo "a file that was cut is read"
    exit 1
fi
sed 's/"verdict":"same"/"verdict":"unsure"/' dump.jsonl >other.jsonl
if python3 "$source/tests/conformance/read_stemma.py" cases.stemma other.jsonl >/dev/null; then
    echo "a dump that differs is taken for the same"
    exit 1
fi
