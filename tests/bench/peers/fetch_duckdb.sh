#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch_duckdb.sh FOLDER: puts DuckDB's library into FOLDER, from the npm registry, where it is published
# for one version without a build. Does nothing when it is there. Prints the path of the library.
set -eu
version=1.5.6-r.1
digest=21772b64913a904a8cd19e30c1d5671811d7fdface4b7dd53cd0300d743f43e16cf386f4e7c41ef78721ac208870d2651bc6375072145387817824315b998dd5
address=https://registry.npmjs.org/@duckdb/node-bindings-linux-x64/-/node-bindings-linux-x64-$version.tgz
library=$1/libduckdb-$version.so

if [ ! -f "$library" ]; then
    [ "$(uname -sm)" = "Linux x86_64" ] || { echo "DuckDB's library is fetched for Linux on x86-64 only" >&2; exit 3; }
    mkdir -p "$1"
    curl -fsSL -o "$1/duckdb.tgz" "$address"
    echo "$digest  $1/duckdb.tgz" | sha512sum -c --quiet >&2
    tar -xzf "$1/duckdb.tgz" -C "$1" package/libduckdb.so
    mv "$1/package/libduckdb.so" "$library"
    rmdir "$1/package"
    rm "$1/duckdb.tgz"
fi
echo "$library"
