#!/bin/bash
# SPDX-License-Identifier: MIT
# Small changes of all inputs of the fuzz targets' corpora, from a fixed seed that STEMMA_SEED changes, by
# any compiler: a few of each, many with STEMMA_LONG. With STEMMA_LONG and a clang that has libFuzzer, also the
# fuzzers themselves, STEMMA_FUZZ_SECONDS (20) for each target.
#     test_fuzz_sweep.sh BUILD SOURCE
set -u
build=$1
source=$2
seed=${STEMMA_SEED:-1}
each=1
[ -z "${STEMMA_LONG:-}" ] || each=200
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
total=0

for program in "$build"/tests/fuzz/fuzz_*; do
    target=${program##*/fuzz_}
    [ -d "$source/tests/fuzz/corpus/$target" ] || continue
    many=$each
    case $target in
    pack | forged | file | model) many=$(((each + 9) / 10)) ;; # a whole file each time
    esac
    if ! STEMMA_SEED=$seed "$program" -m "$many" -o "$work/$target.input" \
        "$source/tests/fuzz/corpus/$target" 2>"$work/said"; then
        # The input outlives us, as it says what is wrong.
        kept=$build/tests/fuzz/found-$target
        cp "$work/$target.input" "$kept" 2>/dev/null
        echo "FAIL: $target, seed $seed; repeat it with: $program $kept" >&2
        tail -n 20 "$work/said" >&2
        failures=$((failures + 1))
        continue
    fi
    count=$(sed -n 's/ inputs$//p' "$work/said" | tail -n 1)
    total=$((total + count))
done
echo "figure: fuzz targets: $total inputs given, seed $seed, $failures targets ended"

if [ -n "${STEMMA_LONG:-}" ] && echo 'int LLVMFuzzerTestOneInput(const char *d, long n) { return d == 0 && n < 0; }' |
    clang -x c -fsanitize=fuzzer,address - -o "$work/probe" 2>/dev/null; then
    if cmake -S "$source" -B "$build/fuzz-long" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug \
        "-DCMAKE_C_FLAGS_DEBUG=-O1 -g1" -DSTEMMA_FUZZ=ON \
        -DSTEMMA_SANITIZE=fuzzer-no-link,address,undefined >"$work/configured" 2>&1 &&
        cmake --build "$build/fuzz-long" --target fuzzers >"$work/built" 2>&1; then
        STEMMA_SEED=$seed STEMMA_FUZZ_TIMEOUT=25 BUILD=$build/fuzz-long STEMMA_JOBS=${STEMMA_JOBS:-$(nproc)} \
            "$source/tests/fuzz/run" all "${STEMMA_FUZZ_SECONDS:-20}" || failures=$((failures + 1))
    else
        tail -n 20 "$work/configured" "$work/built" >&2
        failures=$((failures + 1))
    fi
fi
[ "$failures" -eq 0 ]
