#!/bin/bash
# SPDX-License-Identifier: MIT
# stemma-query where its output goes wrong: a full device, a closed pipe, a file that is cut short.
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

complain()
{
    echo "FAILED: $*"
    failed=1
}

# status NUMBER COMMAND...: the command ends with this status, not by a signal, and says something on
# standard error when it fails.
status()
{
    local wanted=$1 got
    shift
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [[ $got -eq $wanted ]] || complain "$* ended with $got, not $wanted"
    [[ $wanted -lt 2 || -s $work/err ]] || complain "$* says nothing"
}

for i in 1 2 3 4 5 6 7 8 9; do
    printf '{"record":"document","uri":"https://a.example/%s","published":{"edtf":"2031-05-0%s"},"text":"President Ada Vex met Bo Ruk in Orell on Monday. Report %s."}\n' $i $i $i
done >"$work/in.jsonl"
"$build/stemma-pack" -q -o "$work/kb" "$work/in.jsonl" || complain "packing"

status 0 "$build/stemma-query" "$work/kb" sources
status 0 "$build/stemma-query" --help
status 0 "$build/stemma-query" --version
status 0 "$build/stemma-query" find --help
grep -q -- --type "$work/out" || complain "find --help does not name --type"
grep -q -- --who "$work/out" && complain "find --help names --who, which find does not take"
status 2 "$build/stemma-query"
status 2 "$build/stemma-query" "$work/kb"
status 3 "$build/stemma-query" "$work/none" stats
head -c 9000 "$work/kb" >"$work/cut"
status 4 "$build/stemma-query" "$work/cut" stats
: >"$work/empty"
status 4 "$build/stemma-query" "$work/empty" stats

# says STATUS WORDS COMMAND...: standard error says what is wrong, in these words.
says()
{
    local words=$2
    status "$1" "${@:3}"
    grep -qF -- "$words" "$work/err" || complain "${*:3} does not say \"$words\": $(cat "$work/err")"
}

# Whoever gets no answer is told why.
query=$build/stemma-query
says 3 "stemma-query: $work/none: Cannot" "$query" "$work/none" stats
says 1 "find: nothing found" "$query" "$work/kb" find Zzyzx
says 1 "search: nothing found as of that date" "$query" --as-of 2030 "$work/kb" search Orell
says 1 "does not know 'persn'" "$query" -t persn "$work/kb" find Vex
says 1 "does not know 'justice.relese'" "$query" -t justice.relese "$work/kb" events
says 2 "an argument is empty; give NAME" "$query" "$work/kb" find ' '
says 2 "is after --to" "$query" --from 2032 --to 2031 "$work/kb" events
says 2 "not a number of 0 or more" "$query" -n -3 "$work/kb" events
says 2 "find: --who goes with events, timeline and conflicts" "$query" "$work/kb" find Vex --who Ruk
says 2 "stats: --limit does not go with it" "$query" "$work/kb" stats --limit 3
status 0 "$query" --schema
status 1 "$query" --format json "$work/kb" find Zzyzx
[[ ! -s $work/err ]] || complain "an empty answer to a program is no news: $(cat "$work/err")"

# A full device is an error that is told.
if [[ -e /dev/full ]]; then
    for format in text json jsonl csv tsv; do
        "$build/stemma-query" "$work/kb" sources --format $format >/dev/full 2>"$work/err"
        got=$?
        [[ $got -eq 3 && -s $work/err ]] || complain "full device, $format: $got"
    done
fi

# A closed pipe ends the program quietly.
for format in text jsonl csv; do
    { for i in $(seq 200); do
          "$build/stemma-query" "$work/kb" sources --format $format 2>>"$work/err.pipe" || break
      done; } | head -n 1 >/dev/null
done
[[ ! -s $work/err.pipe ]] || complain "closed pipe: $(head -n 1 "$work/err.pipe")"

# The same question gives the same bytes, whatever the locale and the time zone.
LC_ALL=C TZ=UTC "$build/stemma-query" "$work/kb" events --format json >"$work/a"
LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo "$build/stemma-query" "$work/kb" events --format json >"$work/b"
cmp "$work/a" "$work/b" || complain "locale"

exit $failed
