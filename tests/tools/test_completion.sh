#!/bin/sh
# SPDX-License-Identifier: MIT
# What a tab does in the shells that are installed.
set -eu
exec python3 "$2/tests/tools/completion.py" "$1" "$2"
