#!/bin/sh
# SPDX-License-Identifier: MIT
# Every problem code that stemma-pack can give stands in its man page or in SPEC.md.
set -eu
source=$2
missing=0
for code in $(cat "$source"/tools/pack/*.c "$source"/tools/pack/*/*.c "$source"/tools/common/*.c |
              grep -oE '"[A-Z]+(_[A-Z]+)+"' | tr -d '"' | sort -u); do
    case $code in NO_COLOR | NO_MEMORY | STEMMA_*) continue ;; esac
    if ! sed 's/\\_/_/g' "$source/tools/man/stemma-pack.1.scd" | grep -qw "$code" &&
        ! grep -qw "$code" "$source/SPEC.md"; then
        echo "$code is documented nowhere"
        missing=$((missing + 1))
    fi
done
[ "$missing" = 0 ]
