# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# cppcheck; tests/gates/cppcheck.txt says what it is wrong about, and why.
. tests/gates/common.sh
need cppcheck
mkdir -p build/gates/cppcheck
find format lib tools -name '*.c' | sort >build/gates/cppcheck.files
cppcheck --file-list=build/gates/cppcheck.files --std=c11 -D_GNU_SOURCE -D__BYTE_ORDER__=1234 \
    -D__ORDER_LITTLE_ENDIAN__=1234 -I format -I lib -I tools -I format/include -I lib/include \
    --enable=warning,performance,portability --inline-suppr --quiet -j "$jobs" \
    --suppressions-list=tests/gates/cppcheck.txt --error-exitcode=1 || exit 1
echo "gate: $(wc -l <build/gates/cppcheck.files) files"
