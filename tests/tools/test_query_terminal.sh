#!/bin/sh
# SPDX-License-Identifier: MIT
# What commands print at a terminal fits it and does not drive it.
set -eu
exec python3 "$2/tests/tools/terminal.py" "$1" "$2"
