#!/bin/bash
# SPDX-License-Identifier: MIT
# [F-1] [F-2] The second reader is given the files that other tests make and open, sound and broken, and
# says of each what stemma-dump says. Normally those of a few tests, 60 of them; with STEMMA_LONG those of
# every test, all that are kept (see keep_files.c). A file that they disagree about is left in
# STEMMA_KEEP_WRONG, when that names a folder; then
#     tests/conformance/compare_files.py build/stemma-dump FOLDER
# repeats it.
set -u
build=$(realpath "$1")
source=$2
shim=$build/tests/keep_files.so
if ! command -v python3 >/dev/null; then
    echo "python3 is not there: nothing was compared"
    exit 0
fi
if grep -q '^CMAKE_C_FLAGS:[A-Z]*=.*-fsanitize\|^STEMMA_SANITIZE:[A-Z]*=..*' "$build/CMakeCache.txt"; then
    echo "a sanitizer must come first: nothing is preloaded"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files"
export PYTHONDONTWRITEBYTECODE=1
if [ -n "${STEMMA_LONG:-}" ]; then
    tests=(-LE 'sweep|install')
    each=400
    most=0
else
    tests=(-R '^lib_test_(writer_roundtrip|writer_rows|reader|open)$')
    each=8
    most=30
fi
# What tests make of being preloaded is not looked at: they are run by themselves, too.
STEMMA_KEEP=$work/files STEMMA_KEEP_EACH=$each LD_PRELOAD=$shim nice -n 10 \
    ctest --test-dir "$build" "${tests[@]}" >"$work/ctest" 2>&1
sed -n 's/^\([0-9]*% tests passed.*\)/figure: \1 while their files were kept/p' "$work/ctest"
if python3 "$source/tests/conformance/compare_files.py" "$build/stemma-dump" "$work/files" "$most"; then
    exit 0
fi
if [ -n "${STEMMA_KEEP_WRONG:-}" ]; then
    mkdir -p "$STEMMA_KEEP_WRONG" && cp "$work/files"/*.stemma "$STEMMA_KEEP_WRONG"
fi
exit 1
