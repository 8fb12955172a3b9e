# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Shell scripts of the tree.
. tests/gates/common.sh
need shellcheck
files=$(git ls-files '*.sh' tests/run tests/bench/run tools/setup tools/demo .ci/run)
# Warnings and errors: notes would have expansions quoted that are lists on purpose. SC2154: variables
# that a sourced script sets.
# shellcheck disable=SC2086
shellcheck -S warning -e SC2154 $files || exit 1
# shellcheck disable=SC2086
echo "gate: $(echo $files | wc -w) scripts"
