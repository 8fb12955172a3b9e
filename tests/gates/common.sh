# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# What the gates share. A gate runs in the root of the source, prints what a reader of its log needs,
# lines "gate: ..." for the summary, and exits 0 when it is passed. tests/run sets $jobs.
jobs=${jobs:-2}
STEMMA_GATES_LONG=${STEMMA_GATES_LONG:-}

# Ends the gate when a program it needs is not there.
need() { # PROGRAM...
    for program in "$@"; do
        if ! command -v "$program" >/dev/null; then
            echo "gate: $program is missing (tools/setup gates)"
            exit 1
        fi
    done
}

configure() { # PRESET
    mkdir -p build/gates
    cmake --preset "$1" -G Ninja >"build/gates/configure-$1.log" 2>&1 || { cat "build/gates/configure-$1.log"; exit 1; }
}

build() { # PRESET [TARGET...]
    configure "$1"
    built=$1
    shift
    [ $# = 0 ] || set -- --target "$@"
    cmake --build --preset "$built" -j "$jobs" "$@" || exit 1
}

run_tests() { # PRESET CTEST-OPTION...
    log=build/gates/ctest-$1.log
    preset=$1
    shift
    mkdir -p build/gates
    ctest --preset "$preset" -j "$jobs" --no-tests=error "$@" >"$log" 2>&1
    passed=$?
    cat "$log"
    sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\)/gate: \2 tests, \1 failed/p' "$log"
    return $passed
}
