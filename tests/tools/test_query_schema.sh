#!/bin/sh
# SPDX-License-Identifier: MIT
# What every command prints for programs is what the JSON Schema says.
set -eu
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "python3-jsonschema is missing: tools/setup tests installs it"
    exit 1
fi
exec python3 "$2/tests/tools/query_schema.py" "$1" "$2"
