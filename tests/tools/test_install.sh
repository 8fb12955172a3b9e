#!/bin/sh
# SPDX-License-Identifier: MIT
# What `cmake --install` puts down is enough to build and run a program against: by the CMake
# package, by pkg-config, shared and static.
set -eu
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/root" >/dev/null
printf '{"uri":"a","text":"Mayor Ilana Voss met reporters in Tessaly on Monday.","published":"2024-05-07"}\n' |
    "$work/root/bin/stemma-pack" -q -o "$work/kb.stemma" -
for file in stemma/schema/query.schema.json bash-completion/completions/stemma-query \
    zsh/site-functions/_stemma-pack fish/vendor_completions.d/stemma-dump.fish; do
    [ -s "$work/root/share/$file" ] || { echo "FAILED: share/$file is not installed"; exit 1; }
done
lib=$(dirname "$(find "$work/root" -name libstemma.so)")
export PKG_CONFIG_PATH="$lib/pkgconfig" LD_LIBRARY_PATH="$lib"

cmake -G Ninja -S "$source/tests/install" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/root" >/dev/null
cmake --build "$work/build" >/dev/null
"$work/build/consumer" "$work/kb.stemma" Voss | grep -q 'Voss: 1 documents'

# shellcheck disable=SC2046
cc -o "$work/shared" "$source/tests/install/consumer.c" $(pkg-config --cflags --libs stemma)
"$work/shared" "$work/kb.stemma" Voss | grep -q Voss
# shellcheck disable=SC2046
cc -o "$work/static" "$source/tests/install/consumer.c" $(pkg-config --cflags stemma) \
    "$lib/libstemma.a" $(pkg-config --libs --static stemma | sed 's/-lstemma / /')
LD_LIBRARY_PATH="" "$work/static" "$work/kb.stemma" Voss | grep -q Voss
