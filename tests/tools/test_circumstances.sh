#!/bin/bash
# SPDX-License-Identifier: MIT
# Where and how the tools are run: places without write permission, full devices, closed pipes, a
# file that is replaced while it is read, two writers of one file.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
dump=$build/stemma-dump
query=$build/stemma-query
fail() {
    echo "FAILED $*" | tee -a "$work/failed"
}
# expect NAME STATUS WORD COMMAND...: ends with the status and says the word on standard error.
expect() {
    local name=$1 status=$2 word=$3 got
    shift 3
    "$@" >out 2>err
    got=$?
    [ "$got" = "$status" ] || fail "$name: status $got, wanted $status: $(head -c 300 err)"
    [ -z "$word" ] || grep -q -- "$word" err || fail "$name: not \"$word\": $(head -c 300 err)"
}
nothing_left() { # NAME FOLDER: only the knowledge base is in the folder
    [ "$(ls -A "$2")" = kb.stemma ] || fail "$1: left behind: $(ls -A "$2" | tr '\n' ' ')"
}

mkdir shelf
"$pack" -q -o shelf/kb.stemma "$source"/tests/corpus/articles/prisoners-0[1-8]* || exit 1
nothing_left "packing" shelf

# ---- Read-only places ----------------------------------------------------------------------------
chmod 755 "$work"
chmod 444 shelf/kb.stemma
chmod 555 shelf
cp "$dump" "$query" . && chmod 755 stemma-dump stemma-query
another=()
if [ "$(id -u)" = 0 ] && id nobody >/dev/null 2>&1; then
    if command -v setpriv >/dev/null; then
        another=(setpriv --reuid nobody --clear-groups)
    elif command -v runuser >/dev/null; then
        another=(runuser -u nobody --)
    fi
fi
read_all() { # NAME
    expect "$1: dump" 0 "" "${another[@]}" ./stemma-dump shelf/kb.stemma
    [ -s out ] || fail "$1: dump wrote nothing"
    expect "$1: check" 0 "0 problems" "${another[@]}" ./stemma-dump --check shelf/kb.stemma
    expect "$1: find" 0 "" "${another[@]}" ./stemma-query shelf/kb.stemma find Darovich
    expect "$1: stats" 0 "" "${another[@]}" ./stemma-query shelf/kb.stemma stats
    nothing_left "$1" shelf
}
"${another[@]}" test -w shelf && [ "$(id -u)" != 0 ] && fail "the folder can be written to"
read_all "a folder without write permission"
if [ "$(id -u)" = 0 ]; then
    mkdir -p mounted
    if mount --bind shelf mounted 2>/dev/null; then
        if mount -o remount,bind,ro mounted 2>/dev/null; then
            expect "read-only mount: check" 0 "0 problems" "$dump" --check mounted/kb.stemma
            expect "read-only mount: find" 0 "" "$query" mounted/kb.stemma find Darovich
            expect "read-only mount: pack" 3 OUTPUT_ "$pack" -f -o mounted/kb.stemma shelf/kb.stemma
            nothing_left "read-only mount" mounted
        fi
        umount mounted
    fi
fi
if [ ${#another[@]} != 0 ]; then
    cp "$pack" . && chmod 755 stemma-pack
    expect "pack without permission" 3 OUTPUT_FOLDER "${another[@]}" ./stemma-pack -f -o shelf/kb.stemma shelf/kb.stemma
    nothing_left "pack without permission" shelf
    cp shelf/kb.stemma secret.stemma
    chmod 000 secret.stemma
    expect "a file that may not be read: dump" 3 "ermission denied" "${another[@]}" ./stemma-dump secret.stemma
    expect "a file that may not be read: query" 3 "ermission denied" "${another[@]}" ./stemma-query secret.stemma stats
fi
chmod 755 shelf
chmod 644 shelf/kb.stemma

# ---- What is no knowledge base ---------------------------------------------------------------------
mkfifo pipe
: >empty
for tool in "$dump" "$dump --check" "$query"; do
    arguments=()
    [ "$tool" != "$query" ] || arguments=(stats)
    # shellcheck disable=SC2086 # the option belongs to the tool
    {
        expect "$tool of nothing" 3 "nowhere" $tool nowhere.stemma "${arguments[@]}"
        $tool shelf "${arguments[@]}" >out 2>err
        case $? in 3 | 4) [ -s err ] || fail "$tool of a folder: no message" ;; *) fail "$tool of a folder: $?" ;; esac
        timeout 10 $tool pipe "${arguments[@]}" >out 2>err
        case $? in 3 | 4) [ -s err ] || fail "$tool of a pipe: no message" ;; *) fail "$tool of a pipe waits or lies" ;; esac
        timeout 10 $tool /dev/zero "${arguments[@]}" >out 2>err
        case $? in 3 | 4) [ -s err ] || fail "$tool of a device: no message" ;; *) fail "$tool of a device waits or lies" ;; esac
        expect "$tool of an empty file" 4 . $tool empty "${arguments[@]}"
    }
done

# ---- Output that fails -----------------------------------------------------------------------------
full() { # NAME COMMAND...
    local name=$1 got
    shift
    "$@" >/dev/full 2>err
    got=$?
    [ "$got" = 3 ] || fail "$name > /dev/full: status $got"
    grep -q "No space" err || fail "$name > /dev/full: $(head -c 200 err)"
}
if [ -e /dev/full ]; then
    full "dump" "$dump" shelf/kb.stemma
    full "dump --stats" "$dump" --stats shelf/kb.stemma
    full "dump --table" "$dump" --table document shelf/kb.stemma
    full "dump --check as JSON" "$dump" --check --format json shelf/kb.stemma
    for command in "find Darovich" "show Darovich" events "timeline Darovich" sources "search released" stats; do
        for format in text json csv; do
            # shellcheck disable=SC2086 # the words of the command
            full "query $command as $format" "$query" --format $format shelf/kb.stemma $command
        done
    done
    for tool in pack dump query; do
        full "$tool --help" "$build/stemma-$tool" --help
        full "$tool --version" "$build/stemma-$tool" --version
    done
fi
closed() { # NAME COMMAND...: whoever reads has gone; nothing is said about it
    local name=$1 got
    shift
    { sleep 0.1; "$@" 2>err; echo $? >status; } | true
    got=$(cat status)
    [ ! -s err ] || fail "$name | true: $(head -c 200 err)"
    [ "$got" -lt 128 ] || fail "$name | true: status $got"
}
closed "dump" "$dump" shelf/kb.stemma
closed "query events" "$query" shelf/kb.stemma events
closed "query as JSON" "$query" --format json shelf/kb.stemma events

# ---- Replaced while it is read ---------------------------------------------------------------------
"$dump" shelf/kb.stemma >before.jsonl
"$pack" -q -o new.stemma "$source"/tests/corpus/articles/mine-*
"$dump" new.stemma >after.jsonl
# The reader opens the file, and waits: its pipe is full until the new file has taken the name.
{
    "$dump" shelf/kb.stemma
    echo $? >status
} | {
    head -c 100 >read.jsonl
    "$pack" -q -f -o shelf/kb.stemma "$source"/tests/corpus/articles/mine-* || fail "publishing over a read file"
    cat >>read.jsonl
}
[ "$(cat status)" = 0 ] || fail "a reader whose file was replaced: status $(cat status)"
cmp before.jsonl read.jsonl || fail "a reader lost its file"
cmp new.stemma shelf/kb.stemma || fail "the new file is another"
"$dump" shelf/kb.stemma | cmp - after.jsonl || fail "the new file reads otherwise"
nothing_left "publishing over a read file" shelf

# Somebody copies another file over the one that is read, in place: a message, no crash.
cp shelf/kb.stemma cut.stemma
{
    "$dump" cut.stemma 2>err
    echo $? >status
} | {
    head -c 100 >/dev/null
    : >cut.stemma
    cat >/dev/null
}
[ "$(cat status)" = 3 ] || fail "a file cut short while it was read: status $(cat status)"
grep -q FILE_CHANGED err || fail "a file cut short while it was read: $(cat err)"

# ---- Two writers of one file -----------------------------------------------------------------------
"$pack" -q -o old.stemma "$source"/tests/corpus/articles/prisoners-0[1-8]*
mkdir race
for round in 1 2 3 4 5 6; do
    rm -f race/kb.stemma
    "$pack" -q -o race/kb.stemma "$source"/tests/corpus/articles/mine-* 2>err1 &
    one=$!
    "$pack" -q -o race/kb.stemma "$source"/tests/corpus/articles/prisoners-0[1-8]* 2>err2 &
    two=$!
    wait $one
    first=$?
    wait $two
    second=$?
    case $first.$second in
    0.3) cmp -s race/kb.stemma new.stemma || fail "round $round: the first won, the file is not its" ;;
    3.0) cmp -s race/kb.stemma old.stemma || fail "round $round: the second won, the file is not its" ;;
    *) fail "round $round: statuses $first and $second without --force: $(cat err1 err2)" ;;
    esac
    "$pack" -q -f -o race/kb.stemma "$source"/tests/corpus/articles/mine-* 2>err1 &
    one=$!
    "$pack" -q -f -o race/kb.stemma "$source"/tests/corpus/articles/prisoners-0[1-8]* 2>err2 &
    two=$!
    wait $one || fail "round $round: $(cat err1)"
    wait $two || fail "round $round: $(cat err2)"
    cmp -s race/kb.stemma new.stemma || cmp -s race/kb.stemma old.stemma ||
        fail "round $round: neither of the two files"
    nothing_left "round $round" race
done

[ ! -e failed ]
