# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# cppcheck; tests/gates/cppcheck.txt says what it is wrong about, and why.
. tests/gates/common.sh
need cppcheck
# One file a process: with -j of its own it keeps one processor busy only.
check() { # the files come as lines
    xargs -n 1 -P "$jobs" cppcheck --std=c11 -D_GNU_SOURCE -D__BYTE_ORDER__=1234 \
        -D__ORDER_LITTLE_ENDIAN__=1234 -I format -I lib -I tools -I format/include -I lib/include \
        --enable=warning,performance,portability --inline-suppr --quiet \
        --suppressions-list=tests/gates/cppcheck.txt --error-exitcode=1
}
sources=$(find format lib tools -name '*.c' | sort)
echo "$sources" | check || exit 1
echo "gate: $(echo "$sources" | wc -l) files"
