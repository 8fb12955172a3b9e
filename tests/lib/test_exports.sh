#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library exports what its headers declare with STEMMA_API, and nothing else.
set -eu
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$source"/lib/include/stemma/*.h "$source"/format/include/stemma/*.h | tr '\n' ' ' |
    grep -oE 'STEMMA_API [^(;]*\(' | grep -oE 'stemma_[a-z0-9_]+ *\($' | tr -d ' (' |
    sort -u >"$work/declared"
nm -D --defined-only "$build/lib/libstemma.so" | awk '$2 != "A" {print $3}' | sed 's/@.*//' | sort -u >"$work/exported"
[ -s "$work/declared" ]
diff -u "$work/declared" "$work/exported"
echo "$(wc -l <"$work/exported") symbols, all declared"
