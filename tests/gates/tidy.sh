# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# clang-tidy; .clang-tidy says what is switched off and why. Its analyzer takes ten times as long as
# all other checks: it looks at all files with tests/run --long.
. tests/gates/common.sh
need clang-tidy
configure release
tidy() { # CHECKS: the files come as lines
    # One file a process: both processors have work until the end.
    xargs -n 1 -P "$jobs" clang-tidy -p build --quiet --checks="$1"
}
sources=$(find format lib tools -name '*.c' | sort)
if [ -n "$STEMMA_GATES_LONG" ]; then
    echo "$sources" | tidy "" || exit 1
    echo "gate: $(echo "$sources" | wc -l) files, analyzer"
else
    echo "$sources" | tidy "-clang-analyzer-*" || exit 1
    echo "gate: $(echo "$sources" | wc -l) files"
fi
