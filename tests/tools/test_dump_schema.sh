#!/bin/sh
# SPDX-License-Identifier: MIT
# What stemma-dump prints as JSON is what its schema says.
set -eu
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "python3-jsonschema is missing: tools/setup tests installs it"
    exit 1
fi
exec python3 "$2/tests/tools/dump_schema.py" "$1" "$2"
