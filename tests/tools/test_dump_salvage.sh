#!/bin/bash
# SPDX-License-Identifier: MIT
# stemma-dump --salvage: what it gives packs again to a sound file; its exit status says how much was lost;
# its report says what.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
dump=$build/stemma-dump
failures=0

fail() {
    echo "FAILED $*"
    failures=$((failures + 1))
}

salvage() { # STATUS NAME
    rm -f saved.jsonl report
    "$dump" --salvage -o saved.jsonl --report report bad.stemma 2>err
    local got=$?
    [ $got = "$1" ] || { fail "$2: status $got, not $1"; head -3 err; }
}

packs() { # NAME
    if ! "$build/stemma-pack" -q -f -o again.stemma saved.jsonl 2>err; then
        fail "$1: what was saved does not pack"
        head -3 err
    elif ! "$dump" -q --check again.stemma >out; then
        fail "$1: what was packed is not sound"
        head -3 out
    fi
}

wipe() { # FIRST COUNT
    cp kb.stemma bad.stemma
    dd if=/dev/zero of=bad.stemma bs=4096 seek="$1" count="$2" conv=notrunc 2>/dev/null
}

"$build/stemma-pack" -q -o kb.stemma "$source/tests/tools/everything.jsonl" || exit 1
"$dump" -o kb.jsonl kb.stemma || exit 1
pages=$(($(stat -c %s kb.stemma) / 4096))

cp kb.stemma bad.stemma
salvage 0 "a sound file"
cmp -s kb.jsonl saved.jsonl || fail "a sound file does not give its dump"
[ ! -s report ] || fail "a sound file has losses"

wipe 0 2
salvage 0 "no meta pages"
cmp -s kb.jsonl saved.jsonl || fail "without meta pages something is missing"
grep -q '"what":"page"' report || fail "the damaged page is not told"
packs "no meta pages"
cmp -s kb.stemma again.stemma || fail "what was saved does not make the same file"

for page in $(seq 2 $((pages - 1))); do
    wipe "$page" 1
    rm -f saved.jsonl report
    "$dump" -q --salvage -o saved.jsonl --report report bad.stemma 2>/dev/null
    got=$?
    case $got in
    0) cmp -s kb.jsonl saved.jsonl || fail "page $page: status 0, but something is missing" ;;
    1)
        [ -s report ] || fail "page $page: no report"
        packs "page $page"
        ;;
    4) [ ! -e saved.jsonl ] || fail "page $page: nothing was saved, and yet something written" ;;
    *) fail "page $page: status $got" ;;
    esac
done

head -c $((pages * 4096 * 2 / 3 + 77)) kb.stemma >bad.stemma
"$dump" -q --salvage -o saved.jsonl -f bad.stemma 2>/dev/null
case $? in
0 | 1) packs "two thirds of a file" ;;
*) fail "two thirds of a file: nothing" ;;
esac

head -c 100000 /dev/zero >bad.stemma
salvage 4 "zeros"
[ ! -e saved.jsonl ] || fail "something was written of zeros"
rm bad.stemma
salvage 3 "no file"

# Options that do nothing together.
for arguments in "--salvage --check" "--salvage --documents 1" "--salvage --trusted" "--salvage --jobs 2" \
    "--report x" "--proven" "--salvage --stats" "--checks pages" "--max-problems 3" "--check --checks nonsense" "--check --checks ,"; do
    # shellcheck disable=SC2086
    "$dump" $arguments kb.stemma >/dev/null 2>err
    [ $? = 2 ] || fail "$arguments: not refused"
    [ -s err ] || fail "$arguments: no word"
done

# A report does not replace what is there.
cp kb.stemma bad.stemma
echo mine >report
"$dump" -q --salvage --report report bad.stemma >/dev/null 2>&1
[ $? = 3 ] && [ "$(cat report)" = mine ] || fail "a file that was there was replaced by a report"

"$dump" --checks list | grep -q '^evidence ' || fail "checks are not listed"
"$dump" -q --check --checks pages,digests --format jsonl kb.stemma |
    grep -q '"check":"index","state":"unasked"' || fail "a check that nobody asked for was made"
"$dump" --check kb.stemma 2>&1 | grep -q '^index  *ok ' || fail "no table of checks"
echo "$failures failures"
[ $failures = 0 ]
