#!/bin/bash
# SPDX-License-Identifier: MIT
# stemma-dump: what each option writes, what it refuses, and how it ends when the file or the output is
# no good. Data on standard output, talk on standard error.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
pack=$build/stemma-pack
dump=$build/stemma-dump
failures=0

# expect NAME STATUS WORD COMMAND...: the command ends with the status and says the word on stderr; no
# word: it says nothing there.
expect() {
    local name=$1 status=$2 word=$3
    shift 3
    "$@" >out 2>err
    local got=$?
    if [ "$got" != "$status" ] || { [ -n "$word" ] && ! grep -q -- "$word" err; } ||
        { [ -z "$word" ] && [ -s err ]; }; then
        echo "FAILED $name: status $got, wanted $status with \"$word\""
        head -5 err
        failures=$((failures + 1))
    fi
}
holds() { # NAME PATTERN: standard output of the last command has such a line
    if ! grep -q -- "$2" out; then
        echo "FAILED $1: no \"$2\""
        head -c 500 out
        failures=$((failures + 1))
    fi
}
empty() { # NAME: nothing on standard output
    if [ -s out ]; then
        echo "FAILED $1: something on standard output"
        failures=$((failures + 1))
    fi
}

"$pack" -q -o kb.stemma "$source/tests/tools/everything.jsonl" || exit 1

# Usage.
expect "help" 0 "" "$dump" --help
holds "help" "^Usage: stemma-dump"
expect "version" 0 "" "$dump" -V
holds "version" "^format 3\.3"
for arguments in "" "kb.stemma kb.stemma" "--nonsense kb.stemma" "--check --stats kb.stemma" \
    "--offsets bytes kb.stemma" "--check --no-text kb.stemma" "--format json kb.stemma" \
    "--table run --format text kb.stemma" "--check --trusted kb.stemma" "--force kb.stemma" \
    "--table nowhere kb.stemma" "--documents 5..2 kb.stemma" "--documents a kb.stemma" \
    "--documents 1..99999999999 kb.stemma" "--stats --documents 1 kb.stemma"; do
    # shellcheck disable=SC2086
    expect "usage: $arguments" 2 "stemma-dump" "$dump" $arguments
    empty "usage: $arguments"
done

# Check.
expect "a sound file" 0 "0 problems" "$dump" --check kb.stemma
empty "a sound file"
expect "a sound file, quiet" 0 "" "$dump" -c -q kb.stemma
expect "a sound file, lines" 0 "" "$dump" -c -q --format jsonl kb.stemma
holds "a sound file, lines" '^{"record":"summary","file":"kb.stemma","problems":0,"records_checked":[1-9]'
expect "a sound file, document" 0 "" "$dump" -c -q --format json kb.stemma
holds "a sound file, document" '"found": \[\],'
holds "a sound file, document" '"problems": 0'
# One bit inside a value: in the text of a title, which nothing but the digest can tell.
title=$(grep -abo 'Voss frees' kb.stemma | head -1 | cut -d: -f1)
cp kb.stemma bit.stemma
printf 'w' | dd of=bit.stemma bs=1 seek="$title" conv=notrunc 2>/dev/null
expect "one letter changed" 1 "problem" "$dump" --check bit.stemma
holds "one letter changed" '^DIGEST_MISMATCH digests: document'
expect "one letter changed, lines" 1 "" "$dump" -q --check --format jsonl bit.stemma
holds "one letter changed, lines" '"record":"problem","check":"digests","code":"DIGEST_MISMATCH","where":"document"'
expect "one letter changed, document" 1 "" "$dump" -q --check --format json bit.stemma
holds "one letter changed, document" '"code": "DIGEST_MISMATCH"'

# A number that the file says of itself: how many bytes of text it holds. It is in no digest.
# Where its last byte is: the fifteenth number of an array of sixteen, each of one to five bytes.
place=$(python3 - <<'END'
data = open("kb.stemma", "rb").read()
at = data.index(b"\x04\xdc\x00\x10", data.index(b"\x00\xa6stemma\x01\x03\x02\x03\x03\x91")) + 4
for number in range(15):
    at += {0xCC: 2, 0xCD: 3, 0xCE: 5}.get(data[at], 1)
print(at - 1)
END
)
cp kb.stemma count.stemma
printf '\011' | dd of=count.stemma bs=1 seek="$place" conv=notrunc 2>/dev/null
expect "a wrong count" 1 "1 problem" "$dump" --check count.stemma
holds "a wrong count" '^COUNTS documents: .*bytes of text'

# Files that cannot be opened.
head -c 20000 kb.stemma >cut.stemma
echo "Once upon a time in Tessály." >story.stemma
: >empty.stemma
for how in "" --check --stats "--table run"; do
    # shellcheck disable=SC2086
    expect "cut file $how" 4 '\[' "$dump" $how cut.stemma
    # shellcheck disable=SC2086
    expect "a text $how" 4 '\[' "$dump" $how story.stemma
    # shellcheck disable=SC2086
    expect "an empty file $how" 4 '\[' "$dump" $how empty.stemma
    # shellcheck disable=SC2086
    expect "no file $how" 3 '\[' "$dump" $how nowhere.stemma
    # shellcheck disable=SC2086
    expect "a folder $how" 4 '\[' "$dump" $how .
done

# The major version of the format that the file names, one higher.
version=$(LC_ALL=C grep -aboP '\x00\xa6stemma\x01\x03' kb.stemma | head -1 | cut -d: -f1)
cp kb.stemma newer.stemma
printf '\004' | dd of=newer.stemma bs=1 seek=$((version + 9)) conv=notrunc 2>/dev/null
for how in "" --check --stats "--table run"; do
    # shellcheck disable=SC2086
    expect "a newer format $how" 5 '\[' "$dump" $how newer.stemma
done

# Stats.
expect "stats off a terminal" 0 "" "$dump" --stats kb.stemma
holds "stats off a terminal" '^{"record":"file","file":"kb.stemma","bytes":'"$(stat -c %s kb.stemma)"',"documents":4,'
holds "stats off a terminal" '^{"record":"table","table":"vocabulary","layer":"testimony","entries":'
[ "$(grep -c '"record":"table"' out)" = 29 ] || { echo "FAILED stats: not 29 tables"; failures=$((failures + 1)); }
expect "stats, text" 0 "" "$dump" --stats --format text kb.stemma
holds "stats, text" '^TABLE  *LAYER  *ENTRIES  *BYTES'
holds "stats, text" '^documents  *4$'
expect "stats, document" 0 "" "$dump" --trusted --stats --format json kb.stemma
holds "stats, document" '"documents": 4'
# The bytes of the tables, of what is beside them and of the file agree.
"$dump" --stats --format text kb.stemma | awk '/^file /{file = $2} /^head and/{sum += $4}
    / (testimony|judgement|index|meta) /{sum += $4} END {exit !(sum == file && file > 0)}' ||
    { echo "FAILED stats: the bytes do not add up"; failures=$((failures + 1)); }

# Tables: each decodes.
for table in claim derivation document entity event gram group identity judgement label member \
    membership meta name participation place run speaker term testimony text type vocabulary voice; do
    expect "table $table" 0 "" "$dump" --table $table kb.stemma
    holds "table $table" "^{\"table\":\"$table\",\"key\":\""
    if grep -q '"problem"' out; then
        echo "FAILED table $table: a record does not decode"
        failures=$((failures + 1))
    fi
done
expect "a run" 0 "" "$dump" -t run kb.stemma
holds "a run" '"key":"00000001","bytes":[0-9]*,"value":{"0":"example/reader","1":"2","2":1,"3":"threshold=0.5"}}$'
expect "counts" 0 "" "$dump" -t meta kb.stemma
holds "counts" '"key":"stemma","bytes":[0-9]*,"value":{"0":"stemma","1":3,'
expect "testimony" 0 "" "$dump" -t testimony kb.stemma
holds "testimony" '"Ілана Вос"'

# Documents that are not there.
expect "documents beyond the last" 1 "number 3" "$dump" --documents 4.. kb.stemma
empty "documents beyond the last"

# Output.
expect "to a file" 0 "" "$dump" -o all.jsonl kb.stemma
empty "to a file"
cmp -s all.jsonl "$source/tests/tools/everything.jsonl" ||
    { echo "FAILED to a file: another text"; failures=$((failures + 1)); }
expect "the file is there" 3 "--force replaces it .OUTPUT_EXISTS" "$dump" -o all.jsonl kb.stemma
expect "to standard output by name" 0 "" "$dump" -q -o - kb.stemma
cmp -s out all.jsonl || { echo "FAILED to standard output by name"; failures=$((failures + 1)); }
echo old >old.jsonl
expect "a damaged file leaves the old output" 4 '\[' "$dump" -f -o old.jsonl cut.stemma
[ "$(cat old.jsonl)" = old ] || { echo "FAILED: the old output is gone"; failures=$((failures + 1)); }
expect "the file is replaced" 0 "" "$dump" -f -o all.jsonl --no-text kb.stemma
grep -q text_withheld all.jsonl || { echo "FAILED: not replaced"; failures=$((failures + 1)); }
expect "no folder" 3 OUTPUT_FOLDER "$dump" -o nowhere/all.jsonl kb.stemma
expect "problems are written to a file" 1 "" "$dump" -q --check -o problems.txt bit.stemma
grep -q DIGEST_MISMATCH problems.txt || { echo "FAILED: no problems in the file"; failures=$((failures + 1)); }

if [ -w /dev/full ]; then
    for how in "" "--check --format json" --stats "--table run" --help; do
        # shellcheck disable=SC2086
        "$dump" $how kb.stemma >/dev/full 2>err
        got=$?
        if [ $got != 3 ] || ! grep -q "standard output" err; then
            echo "FAILED full disk $how: status $got"
            failures=$((failures + 1))
        fi
    done
fi
# A reader that goes away is no reason to complain, nor to go on. The dump is longer than a pipe holds.
for i in $(seq 1 300); do printf '{"uri":"u%d","text":"%0400d","referents":[]}\n' "$i" "$i"; done |
    "$pack" -q -o long.stemma -
"$dump" long.stemma 2>err | head -1 >out
if [ -s err ] || [ "$(wc -l <out)" != 1 ]; then
    echo "FAILED a closed pipe: $(cat err)"
    failures=$((failures + 1))
fi

# Locale and time zone do not matter.
LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati "$dump" kb.stemma | cmp -s - "$source/tests/tools/everything.jsonl" ||
    { echo "FAILED: the locale matters"; failures=$((failures + 1)); }
# Neither the file nor its folder need be writable, and nothing is left beside it.
mkdir shelf && cp kb.stemma shelf && chmod 444 shelf/kb.stemma && chmod 555 shelf
expect "a read-only shelf" 0 "" "$dump" --table run shelf/kb.stemma
[ "$(find shelf -type f | wc -l)" = 1 ] || { echo "FAILED: something was left"; failures=$((failures + 1)); }
chmod 755 shelf
echo "$failures failures"
[ "$failures" = 0 ]
