# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# The sweeps at full length: their lines "figure: ..." are what a release says of itself. The release's
# all; beside them, under AddressSanitizer and UndefinedBehaviorSanitizer, the one of damaged files and the
# one of memory that the library is refused. Either queue takes one sweep after the other, some of which are
# several processes, so that no processor waits for the longest. Nothing here has a limit of time that a slow
# machine could break but the one of a sweep that hangs. $STEMMA_SEED changes what they try.
#
# Processor time of each, in minutes, once measured: sanitized, damaged files 14.5, library's memory 1.5; release,
# damaged files 4, pack's faults 9, salvage 5, queries' faults 3, library's memory 0.4, dump's faults 0.3, fuzzers 8 and
# their build 10.
. tests/gates/common.sh
need clang
build release
build clang hostile_test_mutation_sweep faults_test_fault_library_sweep
STEMMA_LONG=1
export STEMMA_LONG
hours=14400 # seconds

sanitized() {
    LLVM_PROFILE_FILE=/dev/null ctest --preset clang -R '^(hostile_test_mutation|faults_test_fault_library)_sweep$' \
        --timeout $hours --no-tests=error -V
}

sanitized >build/gates/sweep-sanitized.log 2>&1 &
other=$!
failed=""
ctest --preset release -L sweep --timeout $hours --no-tests=error -V || failed="$failed release"
wait $other || failed="$failed sanitized"
sed 's/figure: /figure: under sanitizers: /' build/gates/sweep-sanitized.log
if [ -n "$failed" ]; then
    echo "gate: a sweep failed:$failed"
    exit 1
fi
echo "gate: every sweep passed"
