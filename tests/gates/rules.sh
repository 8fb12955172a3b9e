# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Rules of the tree that no compiler knows.
. tests/gates/common.sh
need python3 git
exec python3 tests/gates/rules.py
