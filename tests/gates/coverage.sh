# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Of format/ and lib/, what the tests of gate clang ran.
. tests/gates/common.sh
llvm=$(clang --version 2>/dev/null | sed -n 's/.*version \([0-9]*\)\..*/\1/p')
suffix=""
command -v "llvm-cov-$llvm" >/dev/null && suffix=-$llvm
need clang "llvm-profdata$suffix" "llvm-cov$suffix" python3
if [ ! -d build-clang/profile ]; then
    echo "gate: nothing was counted: tests/run clang coverage"
    exit 1
fi
"llvm-profdata$suffix" merge -sparse build-clang/profile/*.profraw -o build-clang/all.profdata || exit 1
"llvm-cov$suffix" export build-clang/lib/libstemma.so -instr-profile=build-clang/all.profdata \
    -summary-only -skip-functions >build-clang/coverage.json || exit 1
echo "Lines that did not run: llvm-cov$suffix show build-clang/lib/libstemma.so" \
    "-instr-profile=build-clang/all.profdata FILE"
python3 tests/gates/coverage.py build-clang/coverage.json 90 format lib
