#!/bin/bash
# SPDX-License-Identifier: MIT
# The tools walk a large file before they trust it, and remember that it passed: the next question is answered
# without the walk, --trusted never walks, --verify always does. What is seen of a walk is one more mapping of
# the file, which the library of faults counts.
#     test_remembered.sh BUILD SOURCE
set -u
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export XDG_CACHE_HOME=$work/cache
mkdir cache
shim=$build/tests/faults/stemma_fault.so
failures=0
fail() {
    echo "FAILED $*"
    failures=$((failures + 1))
}

awk 'BEGIN { print "time\ttype\tagent\tpatient\tplace"; for (i = 0; i < 300000; i++)
    printf "20%02d-%02d-%02d\tmeet\tActor %d\tActor %d\tTown %d\n", i % 31 + 10, i % 12 + 1, i % 28 + 1, i * 7919 % 8191, i * 104729 % 8179, i % 499 }' >rows.tsv
"$build/stemma-pack" -q -o large.stemma rows.tsv || fail "packing"
[ "$(stat -c %s large.stemma)" -ge 4194304 ] || fail "the file is too small to be worth a memory"
rm rows.tsv
sleep 3 # what changed a moment ago is not remembered

memories() {
    find cache -type f | wc -l
}
mapped() { # COMMAND...: how often it mapped something
    rm -f log
    FAULT_COUNT=1 FAULT_LOG=$work/log LD_PRELOAD=$shim "$@" >answer 2>err || fail "$*: $?: $(cat err)"
    sed -n 's/^total map //p' log
}

if [ -e "$shim" ]; then
    for ask in "$build/stemma-query FILE sources" "$build/stemma-query FILE find Actor" "$build/stemma-dump -q --table=vocabulary FILE"; do
        rm -rf cache/stemma
        file=${ask/FILE/large.stemma}
        # shellcheck disable=SC2086
        {
            walked=$(mapped $file)
            recalled=$(mapped $file)
            cp answer first
            verified=$(mapped $file --verify)
            cmp -s answer first || fail "$file: another answer with --verify"
            trusted=$(mapped $file --trusted)
            cmp -s answer first || fail "$file: another answer with --trusted"
        }
        if ! [ "$recalled" -lt "$walked" ] || [ "$verified" != "$walked" ] || [ "$trusted" != "$recalled" ]; then
            fail "$file: mapped $walked times, then $recalled, with --verify $verified, with --trusted $trusted"
        fi
    done
else
    echo "skipped: what is mapped (no library of faults in this build)"
fi

# Who trusts and who wants to see for himself leaves no memory; and a memory is no more than one small file.
rm -rf cache/stemma
for option in --trusted --verify; do
    "$build/stemma-query" large.stemma stats $option >/dev/null || fail "$option"
    [ "$(memories)" = 0 ] || fail "$option leaves a memory"
done
"$build/stemma-query" large.stemma stats >/dev/null
[ "$(memories)" = 1 ] || fail "a question leaves $(memories) memories"

# A file that was changed since is walked again, whatever its time says.
touch -r large.stemma before
for page in {2..60}; do
    printf x | dd of=large.stemma bs=1 seek=$((page * 4096 + 10)) conv=notrunc 2>/dev/null
done
touch -r before large.stemma
"$build/stemma-query" large.stemma stats >/dev/null 2>err
[ $? = 4 ] || fail "a file that was changed since passes: $(cat err)"
echo "$failures failures"
[ $failures = 0 ]
