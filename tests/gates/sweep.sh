# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# The sweeps, at full length, one after the other: their lines "figure: ..." are what a release says
# of itself. $STEMMA_SEED changes what they try.
. tests/gates/common.sh
build release
STEMMA_LONG=1
export STEMMA_LONG
if ctest --preset release -L sweep -j "$jobs" --timeout 14400 --no-tests=error -V; then
    echo "gate: every sweep passed"
else
    echo "gate: a sweep failed"
    exit 1
fi
