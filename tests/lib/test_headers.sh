#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public header stands alone, in C11 and in C++.
set -eu
source=$2
for header in "$source"/lib/include/stemma/*.h "$source"/format/include/stemma/*.h; do
    name=$(basename "$header")
    for language in "c -std=c11" "c++ -std=c++17"; do
        # shellcheck disable=SC2086
        printf '#include <stemma/%s>\n' "$name" |
            ${CXX:-g++} -x $language -fsyntax-only -Wall -Wextra -Wpedantic -Werror \
                -I"$source/lib/include" -I"$source/format/include" -
    done
done
