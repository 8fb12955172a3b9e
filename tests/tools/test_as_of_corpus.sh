#!/bin/sh
# SPDX-License-Identifier: MIT
# The sample corpus cut at several documents answers like files of the known documents alone.
set -eu
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/stemma-pack" -q -o "$work/sample.stemma" --manifest "$source/tests/corpus/manifest.csv" \
    "$source/tests/corpus/articles"
"$build/tests/lib_test_as_of" "$work/sample.stemma"
