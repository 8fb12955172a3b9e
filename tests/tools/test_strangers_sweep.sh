#!/bin/sh
# SPDX-License-Identifier: MIT
# Input far beyond reason: bombs, floods, endless lines. With STEMMA_LONG in sizes that matter.
set -eu
exec python3 "$2/tests/tools/strangers_sweep.py" "$1"
