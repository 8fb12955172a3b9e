# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# GCC as released, warnings are errors: every test.
. tests/gates/common.sh
build release
run_tests release
