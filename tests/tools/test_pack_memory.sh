#!/bin/bash
# SPDX-License-Identifier: MIT
# Packing within a budget: no more memory is held than --memory says and a constant; the bytes are those
# of any other budget and number of threads; a full disk is an error that leaves nothing behind; killed
# while it spills, it leaves nothing but the file that was there. [W-1] [W-7] [W-9]
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
failures=0
fail() {
    echo "FAILED $*"
    failures=$((failures + 1))
}
# Shadow memory of a sanitizer is neither small nor bounded.
sanitized=$(nm "$pack" 2>/dev/null | grep -c -E '__(asan|tsan)_init')

# With one it also takes its time: the same stages, with less to pack.
articles=800
budgets="2:32M 1:8M 2:1"
disks="1 8 24"
delays="0.05 0.3 0.9"
[ "$sanitized" = 0 ] || articles=150 budgets="2:32M 2:1" disks="1 8" delays=0.4
python3 "$source/tests/bench/make_articles.py" $articles >news.jsonl || exit 1

# Prints the most memory, in MiB, that a command held.
most_held() {
    python3 -c 'import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(status)' "$@"
}

held=$(most_held "$pack" -q -j 1 --memory 4G -o whole.stemma news.jsonl) || fail "a large budget"
for budget in $budgets; do
    least=$(most_held "$pack" -q -f -j ${budget%:*} --memory ${budget#*:} -o small.stemma news.jsonl) ||
        fail "$budget (threads:memory): status"
    cmp whole.stemma small.stemma || fail "$budget (threads:memory): other bytes"
    # The constant is generous: other work on the machine lets the guard come late.
    [ "$sanitized" != 0 ] || [ "$least" -le 96 ] ||
        fail "$budget (threads:memory): $least MiB were held, $held MiB without a bound"
done
[ "$sanitized" != 0 ] || [ "$held" -gt 102 ] || fail "the corpus is too small to show anything: $held MiB"

# On top of a file, too.
"$pack" -q -j 2 --memory 16M -b whole.stemma -o based.stemma news.jsonl 2>err || fail "on top of a file"
cmp whole.stemma based.stemma || fail "on top of a file: other bytes"

# No room for the temporary files, at any stage.
mkdir disk
if mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then
    for size in $disks; do
        mount -o remount,size=${size}m disk
        "$pack" -q --memory 16M -o disk/kb.stemma news.jsonl 2>err
        status=$?
        [ $status = 3 ] || fail "a disk of $size MiB: status $status: $(head -c 300 err)"
        grep -q "No space left.*\[WRITE_FAILED\]" err || fail "a disk of $size MiB: $(head -c 300 err)"
        [ -z "$(find disk -type f)" ] || fail "a disk of $size MiB: leftovers $(ls -a disk)"
        [ "$(df --output=used -B1 disk | tail -1)" -lt 65536 ] || fail "a disk of $size MiB: room is not given back"
    done
    umount disk
fi

# Ended at many moments while it spills.
mkdir ended
head -300 news.jsonl >few.jsonl
"$pack" -q -o few.stemma few.jsonl || fail "a part"
cp whole.stemma ended/kb.stemma
for signal in KILL TERM INT; do
    for delay in $delays; do
        "$pack" -q -f --memory 1M -o ended/kb.stemma few.jsonl 2>/dev/null &
        pid=$!
        sleep "$delay"
        kill -$signal $pid 2>/dev/null
        wait $pid 2>/dev/null
        [ "$(ls -A ended)" = kb.stemma ] || fail "SIG$signal after $delay s: leftovers $(ls -A ended)"
        cmp -s whole.stemma ended/kb.stemma || cmp -s few.stemma ended/kb.stemma || fail "SIG$signal after $delay s: the file is hurt"
    done
done
[ "$failures" = 0 ]
