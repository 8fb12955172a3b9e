#!/bin/bash
# SPDX-License-Identifier: MIT
# The golden vectors are what the second reader makes of what it is given, and the whole files among
# them are what our programs make of their interchange and say of them. (That our library agrees with
# the vectors is tested by test_golden_*.c.)
# tests/conformance/make_vectors.py FOLDER BUILD writes them anew.
set -eu
build=$1
source=$2
vectors=$source/tests/vectors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
failed=0

for name in smallest small; do
    "$build/stemma-dump" -q --check "$vectors/$name.stemma" || failed=1
    "$build/stemma-dump" -q "$vectors/$name.stemma" | cmp - "$vectors/$name.jsonl" || failed=1 # [F-1]
done
# [X-9] [W-1]
"$build/stemma-pack" -q -o "$work/small.stemma" "$vectors/small.jsonl"
cmp "$work/small.stemma" "$vectors/small.stemma" || failed=1

# Every vector names a rule that there is.
grep -ohE '"rule": "[A-Z]-[0-9]+"' "$vectors"/*.json | grep -oE '[A-Z]-[0-9]+' | sort -u |
    while read -r rule; do
        grep -q "^- \*\*\[$rule\]\*\*" "$source/SPEC.md" || echo "no rule $rule in SPEC.md"
    done >"$work/unknown"
if [ -s "$work/unknown" ]; then
    cat "$work/unknown"
    failed=1
fi

if command -v python3 >/dev/null; then
    python3 "$source/tests/conformance/make_vectors.py" "$vectors" || failed=1
    for name in smallest small; do
        python3 "$source/tests/conformance/read_stemma.py" "$vectors/$name.stemma" \
            "$vectors/$name.jsonl" >"$work/read" || {
            cat "$work/read"
            failed=1
        }
    done
else
    echo "python3 is not there: the second reader was not asked"
fi
exit "$failed"
