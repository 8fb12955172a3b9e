#!/bin/bash
# SPDX-License-Identifier: MIT
# Bad input and bad places to write to: a message, the documented exit status, and the file that was
# there before untouched.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
failures=0

# expect NAME STATUS WORD COMMAND...: the command ends with the status and says the word on stderr.
expect() {
    local name=$1 status=$2 word=$3
    shift 3
    "$@" >out 2>err
    local got=$?
    if [ "$got" != "$status" ] || ! grep -q -- "$word" err; then
        echo "FAILED $name: status $got, wanted $status with \"$word\""
        cat err
        failures=$((failures + 1))
    fi
    if [ -n "$(find . -name '*.tmp*' -o -name '.*stemma*' -type f)" ]; then
        echo "FAILED $name: a temporary file was left"
        failures=$((failures + 1))
    fi
}
untouched() {
    if ! cmp -s kb.stemma before.stemma; then
        echo "FAILED $1: the old file changed"
        failures=$((failures + 1))
        cp before.stemma kb.stemma
    fi
}

mkdir one empty bad
echo 'Mayor Ilana Voss met reporters in Tessaly on Monday.' >one/a.txt
"$pack" -q -o kb.stemma one || exit 1
cp kb.stemma before.stemma

expect "no arguments" 2 "no output" "$pack"
expect "no input" 2 "no input" "$pack" -o x.stemma
expect "unknown option" 2 "--help" "$pack" --nonsense
expect "a number that is none" 2 "not a number" "$pack" -j many -o x.stemma one
expect "file is there" 3 OUTPUT_EXISTS "$pack" -o kb.stemma one
untouched "file is there"
expect "empty folder" 6 NO_DOCUMENTS "$pack" -f -o kb.stemma empty
untouched "empty folder"
expect "no such folder" 6 FILE_UNREADABLE "$pack" -f -o kb.stemma nowhere
untouched "no such folder"
: >bad/empty.txt
expect "empty file" 6 EMPTY_FILE "$pack" -f -o kb.stemma bad
untouched "empty file"
head -c 5000 /dev/zero >bad/zero.txt
expect "binary file" 6 BINARY_FILE "$pack" -f -o kb.stemma bad/zero.txt
printf 'first line\nabc \377\376 def\n' >bad/bytes.txt
expect "invalid UTF-8" 6 'bytes.txt:2:5.*ENCODING_INVALID' "$pack" -f -o kb.stemma bad/bytes.txt
untouched "invalid UTF-8"

# What is refused is listed; what is good is packed.
cp one/a.txt bad/good.txt
expect "good among bad" 6 "3 refused" "$pack" -o mixed.stemma bad
[ "$(wc -l <mixed.stemma.rejects.jsonl)" = 3 ] && [ -s mixed.stemma ] || {
    echo "FAILED good among bad: the list of refused records is not there"
    failures=$((failures + 1))
}

{ printf '{"uri":"x","text":"'; head -c 50000000 /dev/zero | tr '\0' a; printf '"}\n'
  echo '{"uri":"y","text":"Mayor Ilana Voss spoke."}'; } >long.jsonl
expect "a line of 50 MB" 6 'long.jsonl:1.*LINE_TOO_LONG' "$pack" -o long.stemma long.jsonl
rm long.jsonl
# Its values would take a gigabyte; the same number of bytes in a string, quotation marks and all, is no matter.
{ printf '{"uri":"x","text":"abc","x":['; head -c 12000000 /dev/zero | sed 's/\x00\x00\x00/[],/g'; printf '1]}\n'
  printf '{"uri":"y","text":"Mayor Ilana Voss spoke.","x":"\\"'; head -c 12000000 /dev/zero | sed 's/\x00\x00\x00/[],/g'; printf '"}\n'; } >complex.jsonl
expect "a line of 4 million arrays" 6 'complex.jsonl:1.*LINE_TOO_COMPLEX' "$pack" -o complex.stemma complex.jsonl
[ -s complex.stemma ] || {
    echo "FAILED a line of 4 million arrays: the line after it was not read"
    failures=$((failures + 1))
}
rm complex.jsonl
printf '%0100000d' 0 | tr 0 '[' >deep.jsonl
expect "JSON nested 100,000 deep" 6 JSON_SYNTAX "$pack" -f -o kb.stemma deep.jsonl
untouched "JSON nested 100,000 deep"
echo '{"uri":"x","text":"abc","referents":[{"kind":"entity","type":"person","mentions":[{"spans":[[0,9]]}]}]}' >span.jsonl
#
expect "a span outside the text" 6 'span.jsonl:1.*SPAN_OUT_OF_RANGE' "$pack" -f -o kb.stemma span.jsonl
echo '{"uri":"x","text":"abc","referents":[{"kind":"entity","type":"person","mentions":[{"spans":[[0,2]],"text":["ax"],"canonical":true}]}]}' >quote.jsonl
#
expect "a quotation that differs" 6 QUOTE_MISMATCH "$pack" -f -o kb.stemma quote.jsonl
untouched "a quotation that differs"

printf 'file,published\nnope.txt,2024\na.txt,2024-05-05\n' >manifest.csv
expect "manifest names a missing file" 6 'manifest.csv:2.*MANIFEST_FILE_MISSING' \
    "$pack" -o manifest.stemma -m manifest.csv one
expect "no manifest" 3 FILE_UNREADABLE "$pack" -f -o kb.stemma -m nowhere.csv one
untouched "no manifest"
expect "no folder to write to" 3 OUTPUT_FOLDER "$pack" -o nowhere/x.stemma one
if [ "$(id -u)" != 0 ]; then
    mkdir locked && chmod 555 locked
    expect "folder without write permission" 3 OUTPUT_FOLDER "$pack" -o locked/x.stemma one
fi
head -c 20000 before.stemma >cut.stemma
expect "base is damaged" 4 . "$pack" -f -o kb.stemma -b cut.stemma one
untouched "base is damaged"

# What to do is told where there is something to do.
expect "output exists" 3 "--force replaces it" "$pack" -o kb.stemma one
untouched "output exists"
expect "standard output" 2 "cannot go to standard output" "$pack" -o - one
[ ! -e - ] || { echo "FAILED standard output: a file named -"; failures=$((failures + 1)); }
expect "no input" 2 "name folders or files" "$pack" -o none.stemma
expect "one document" 0 ": 1 document$" "$pack" -o single.stemma one/a.txt

# A full disk, where this user may mount one.
mkdir disk
if mount -t tmpfs -o "size=$(($(wc -c <before.stemma) + 16384))" tmpfs disk 2>/dev/null; then
    cp before.stemma disk/kb.stemma
    expect "full disk" 3 "No space" "$pack" -f -o disk/kb.stemma one one/a.txt
    cmp before.stemma disk/kb.stemma || failures=$((failures + 1))
    [ "$(find disk -type f | wc -l)" = 1 ] || { echo "FAILED full disk: leftovers"; failures=$((failures + 1)); }
    umount disk
fi

# Killed at some moment: the old file or the new one, whole.
for i in $(seq 1 400); do echo "Mayor Ilana Voss met reporter $i in Tessaly on Monday, aides said." >"one/$i.txt"; done
"$pack" -q -o new.stemma one
for delay in 0.01 0.03 0.05 0.08 0.1 0.15 0.2; do
    "$pack" -q -f -o kb.stemma one 2>/dev/null &
    pid=$!
    sleep "$delay"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    if ! cmp -s kb.stemma before.stemma && ! cmp -s kb.stemma new.stemma; then
        echo "FAILED killed after $delay s: neither the old file nor the new one"
        failures=$((failures + 1))
    fi
done
echo "$failures failures"
[ "$failures" = 0 ]
