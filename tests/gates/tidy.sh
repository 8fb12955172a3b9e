# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# clang-tidy; .clang-tidy says what is switched off and why. Its analyzer takes ten times as long as
# all other checks: it looks at format/ with tests/run --long. In lib/ and tools/ it takes whatever a
# function fills in when its status is STEMMA_OK for unset or NULL, forty times; the compilers, the
# sanitizers and valgrind look there.
. tests/gates/common.sh
need clang-tidy
configure release
tidy() { # CHECKS: the files come as lines
    # One file a process: both processors have work until the end.
    xargs -n 1 -P "$jobs" clang-tidy -p build --quiet --checks="$1"
}
sources=$(find format lib tools -name '*.c' | sort)
echo "$sources" | tidy "-clang-analyzer-*" || exit 1
if [ -n "$STEMMA_GATES_LONG" ]; then
    analyzer="-*,clang-analyzer-*,-clang-analyzer-security.insecureAPI.*"
    analyzer="$analyzer,-clang-analyzer-core.UndefinedBinaryOperatorResult"
    echo "$sources" | grep '^format/' | tidy "$analyzer" || exit 1
    echo "gate: $(echo "$sources" | wc -l) files, analyzer on $(echo "$sources" | grep -c '^format/')"
else
    echo "gate: $(echo "$sources" | wc -l) files"
fi
