#!/bin/sh
# SPDX-License-Identifier: MIT
# No text of a file, no name and no word of a command line drives a terminal.
set -eu
exec python3 "$2/tests/tools/strangers_terminal.py" "$1"
