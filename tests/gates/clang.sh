# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Clang with AddressSanitizer and UndefinedBehaviorSanitizer: every test. The lines of format/ and
# lib/ are counted on the way, for gate coverage.
. tests/gates/common.sh
need clang
build clang
rm -rf build-clang/profile
# Processes of one program add up in four files, for those that end at once.
LLVM_PROFILE_FILE=$PWD/build-clang/profile/%4m.profraw
export LLVM_PROFILE_FILE
run_tests clang
