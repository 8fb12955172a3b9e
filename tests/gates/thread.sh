# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# ThreadSanitizer: the tests of threads, and only what they need is built.
. tests/gates/common.sh
build thread thread_tests
run_tests thread -L threads
