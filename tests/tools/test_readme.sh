#!/bin/sh
# SPDX-License-Identifier: MIT
# What README.md shows is what the programs print, and its C program compiles and runs.
set -eu
exec python3 "$2/tests/tools/readme.py" "$1" "$2"
