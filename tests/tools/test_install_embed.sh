#!/bin/sh
# SPDX-License-Identifier: MIT
# The questions that one asks, asked by programs that know the library only as it was installed: one in C and
# one in Python, through a binding whose structures are compared with the headers. Both say the same.
set -eu
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/root" >/dev/null
lib=$(dirname "$(find "$work/root" -name libstemma.so)")
export PKG_CONFIG_PATH="$lib/pkgconfig" LD_LIBRARY_PATH="$lib" STEMMA_LIBRARY="$lib/libstemma.so"
export PYTHONDONTWRITEBYTECODE=1
"$build/tests/write_query_kb" "$work/kb"

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -o "$work/questions" "$source/tests/embed/questions.c" \
    $(pkg-config --cflags --libs stemma)
"$work/questions" "$work/kb" 'Ada Vex' 'Bo Ruk' 2031-05-02 >"$work/c" ||
    { echo "FAILED: questions.c"; cat "$work/c"; exit 1; }
# shellcheck disable=SC2046
python3 "$source/tests/embed/layout.py" cc $(pkg-config --cflags stemma)
python3 "$source/tests/embed/questions.py" "$work/kb" 'Ada Vex' 'Bo Ruk' 2031-05-02 >"$work/python" ||
    { echo "FAILED: questions.py"; cat "$work/python"; exit 1; }
grep -v '^doubt' "$work/c" >"$work/c.same"
grep -v '^error' "$work/python" | diff "$work/c.same" - || { echo "FAILED: C and Python differ"; exit 1; }

for answer in 'find: Ada Vex: 4 documents' 'event: justice.release 2031-05-01, 3 documents, 2 independent' \
    'both: justice.release' 'day: 2031-05-01, 1 events, 2 independent: Ada Vex releases' \
    'between: Ada Vex - Ada Vex releases 12 prisoners' 'why: patient 12 prisoners because "12 prisoners", copied from document 0' \
    'why: patient about 15 prisoners because "about 15 prisoners", says Ila Moor' \
    'source:   https://echo.example/77, group 0' 'agree: role president' 'search: ' \
    'as of 2031-05-02:'; do
    grep -qF "$answer" "$work/c" || { echo "FAILED: no '$answer' in:"; cat "$work/c"; exit 1; }
done
grep -q '^error: -2 ' "$work/python" || { echo "FAILED: no error is raised"; exit 1; }
# As of the second day two documents spoke of it.
sed '1,/^as of/d' "$work/c" | grep -q 'justice.release 2031-05-01, 2 documents, 1 independent' ||
    { echo "FAILED: as of a date"; cat "$work/c"; exit 1; }
