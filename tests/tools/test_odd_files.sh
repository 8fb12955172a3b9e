#!/bin/bash
# SPDX-License-Identifier: MIT
# What a distrustful user hands to the tools as a knowledge base, and how he starts them: pipes, devices, files of
# no or one byte, holes of terabytes, no standard streams, little of everything that the system limits. Each
# ends soon with a status and a reason, or answers as ever.
#     test_odd_files.sh BUILD SOURCE
set -u
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export XDG_CACHE_HOME=$work/cache
query=$build/stemma-query
dump=$build/stemma-dump
pack=$build/stemma-pack
sanitized=$(sed -n 's/^STEMMA_SANITIZE:[A-Z]*=//p' "$build/CMakeCache.txt")
failures=0
fail() {
    echo "FAILED $*"
    failures=$((failures + 1))
}

mkdir in folder
for i in 1 2 3 4 5 6; do
    echo "Mayor Ilana Voss met envoy Teo Brask $i times in Tessaly on Monday." >in/$i.txt
done
"$pack" -q -o good.stemma in || fail "packing"
"$dump" good.stemma >good.jsonl || fail "dumping"
"$query" good.stemma stats >good.stats || fail "asking"

# ---- What is no knowledge base -----------------------------------------------------------------------
told() { # NAME STATUS CODE COMMAND...
    local name=$1 status=$2 code=$3 got
    shift 3
    timeout 60 "$@" >out 2>err </dev/null
    got=$?
    [ $got = "$status" ] && grep -q "\[$code\]" err || fail "$name: $*: status $got: $(head -c 300 err)"
}
every() { # STATUS CODE FILE
    told "a question" "$1" "$2" "$query" "$3" stats
    told "a trusting question" "$1" "$2" "$query" --trusted "$3" stats
    told "a dump" "$1" "$2" "$dump" "$3"
    told "the check" "$1" "$2" "$dump" --check -q "$3"
    told "salvage" "$1" "$2" "$dump" --salvage "$3"
}
mkfifo pipe
: >none
printf x >one
head -c 8191 good.stemma >short
ln -s round round
ln -s gone dangling
every 4 NOT_REGULAR pipe
every 4 NOT_REGULAR folder
every 4 NOT_REGULAR /dev/zero
every 4 NOT_REGULAR /dev/full
every 4 NOT_STEMMA none
every 4 NOT_STEMMA one
every 4 NOT_STEMMA short
every 4 NOT_STEMMA /proc/version
every 3 SYSTEM round
every 3 SYSTEM dangling
every 3 SYSTEM ''

# ---- Holes of terabytes ------------------------------------------------------------------------------
if truncate -s 8T holes 2>/dev/null && cp good.stemma long && truncate -s 4T long 2>/dev/null; then
    told "a question to a hole" 4 FILE_MAGIC "$query" holes stats
    told "a trusting question to a hole" 4 NOT_STEMMA "$query" --trusted holes stats
    told "a dump of a hole" 4 FILE_MAGIC "$dump" holes
    told "the check of a hole" 4 FILE_MAGIC "$dump" --check -q holes
    told "salvage of a hole" 4 NOT_STEMMA "$dump" --salvage holes
    told "a file that grew" 4 META_MAP_SIZE "$query" long stats
    told "a trusted file that grew" 4 FILE_SIZE "$query" --trusted long stats
    told "the check of a file that grew" 4 META_MAP_SIZE "$dump" --check -q long
    timeout 60 "$dump" --salvage long >out 2>err || fail "salvage of a file that grew: $(cat err)"
    cmp -s out good.jsonl || fail "salvage of a file that grew brings another dump"
else
    echo "skipped: holes (no file here may be that long)"
fi

# ---- Without standard streams ------------------------------------------------------------------------
# What the program opens must not take their places.
cp good.stemma damaged
printf 'xxxxxxxxxxxxxxxx' | dd of=damaged bs=1 seek=$(($(wc -c <damaged) - 4096)) conv=notrunc 2>/dev/null
"$dump" -f --salvage --report wanted.report -o wanted.dump damaged 2>said
[ -s said ] || fail "salvage of a damaged file says nothing"
[ -s wanted.dump ] || fail "nothing is left of a file that lost a page of its index"
for closed in '2>&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    bash -c "'$dump' -f --salvage --report got.report -o got.dump damaged $closed"
    cmp -s wanted.dump got.dump || fail "$closed: another dump"
    cmp -s wanted.report got.report || fail "$closed: another report: $(head -c 200 got.report)"
    rm -f kb.stemma*
    printf '{"uri":"a"}\n{"uri":"b","text":"Envoy Teo Brask spoke."}\n' >lines.jsonl
    bash -c "'$pack' -o kb.stemma lines.jsonl $closed"
    [ $? = 6 ] && "$dump" --check -q kb.stemma || fail "$closed: packing"
    [ "$(wc -l <kb.stemma.rejects.jsonl)" = 1 ] || fail "$closed: what was refused: $(cat kb.stemma.rejects.jsonl)"
done
bash -c "'$query' good.stemma stats <&- 2>&-" | cmp -s - good.stats || fail "another answer without the others"
bash -c "'$query' good.stemma stats >&-" 2>err
[ $? = 3 ] && grep -q 'Bad file descriptor' err || fail "an answer to nowhere: $(cat err)"
bash -c "'$pack' -q -f -o kb.stemma - <&-" 2>err
[ $? = 3 ] && grep -q 'Bad file descriptor' err || fail "input from nowhere: $(cat err)"

# ---- Pipes that end ----------------------------------------------------------------------------------
for signal in default ignored; do
    [ $signal = default ] || trap '' PIPE
    {
        sleep 0.2 # until nobody reads
        "$dump" good.stemma 2>err
        echo $? >got
    } | true
    [ "$(cat got)" = 3 ] || fail "a pipe that nobody reads ($signal): $(cat got)"
    [ ! -s err ] || fail "a pipe that nobody reads ($signal) is worth words: $(cat err)"
done

# ---- Little of everything ----------------------------------------------------------------------------
within() { # LIMIT...: answers as ever, or status 3 or 7 with a reason
    local got file
    for file in "$query good.stemma stats" "$dump good.stemma" "$dump --check -q good.stemma" \
        "$dump --salvage good.stemma" "$pack -q -f -j 2 -o less.stemma in"; do
        rm -f less.stemma*
        # What keeps the loader from starting a program is not ours to tell.
        (exec >out 2>err && ulimit "$@" && exec $file)
        got=$?
        case $got in
        0) [ ! -e less.stemma ] || cmp -s less.stemma good.stemma || fail "$*: $file: another file" ;;
        3 | 7) grep -q '\[[A-Z_]*\]' err || fail "$*: $file: status $got without a reason: $(cat err)" ;;
        6) grep -q '\[FILE_UNREADABLE\]' err || fail "$*: $file: $(cat err)" ;;
        127) grep -q 'shared libraries' err || fail "$*: $file: $(cat err)" ;;
        *) fail "$*: $file: status $got: $(head -c 200 err)" ;;
        esac
        [ "$got" = 0 ] || [ ! -e less.stemma ] || [ "$got" = 6 ] || fail "$*: something is left"
    done
}
if [ -z "$sanitized" ]; then
    for most in 8000 16000 32000 64000 128000 256000; do within -v $most; done
    for most in 4 5 6 8 12; do within -n $most; done
    for most in 128 256; do within -s $most; done
fi

# ---- Whatever the place says -------------------------------------------------------------------------
for locale in C POSIX C.UTF-8 xx_YY.nothing ../../../etc $'\xff\xfe' ''; do
    LC_ALL=$locale LANG=$locale TZ=Nowhere/Never "$query" good.stemma stats | cmp -s - good.stats || fail "in locale '$locale' another answer"
    LC_ALL=$locale LANG=$locale "$pack" -q -f -o there.stemma in && cmp -s good.stemma there.stemma || fail "in locale '$locale' another file"
done
echo "$failures failures"
[ $failures = 0 ]
