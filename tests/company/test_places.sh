#!/bin/bash
# SPDX-License-Identifier: MIT
# Places and company: folders that cannot be written, other users, no home, several packs at one
# output. Readers leave no trace, writers the old file or the new one and nothing else.
set -u
build=$1
work=$(mktemp -d)
mounted=
cleanup() {
    [ -z "$mounted" ] || umount "$mounted"
    chmod -R u+w "$work"
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work" || exit 1
fail() { # also out of subshells
    echo "FAILED $*" | tee -a "$work/failed"
}
pack=$build/stemma-pack
query=$build/stemma-query
dump=$build/stemma-dump
export XDG_CACHE_HOME=$work/cache
mkdir one two kb cache
for i in 1 2 3 4 5 6 7 8; do
    echo "Mayor Ilana Voss met envoy Teo Brask $i times in Tessaly on Monday." >one/$i.txt
    echo "The court in Velmora freed Orla Penn and $i others on 4 March 2031." >two/$i.txt
done
"$pack" -q -o kb/news.stemma one || fail "the first file"
"$pack" -q -o two.stemma two || fail "the second file"
cp kb/news.stemma one.stemma

# All that can be asked without arguments that must be looked up.
ask_all() { # FILE
    local file=$1
    "$query" "$file" find "Ilana Voss" || return 1
    "$query" "$file" search Tessaly || return 2
    "$query" "$file" stats || return 3
    "$query" "$file" sources || return 4
    "$query" "$file" sql "SELECT count(*) FROM document" || return 5
    "$dump" "$file" || return 6
    "$dump" --check -q "$file" || return 7
}
ask_all kb/news.stemma >wanted 2>&1 || fail "asking: $?: $(cat wanted)"
traces() { # of a folder and all below it
    find "$1" -printf '%p %s %i %T@ %C@ %m\n' | sort
}
asked() { # NAME FILE: answers are as wanted, the folder is as before
    local folder
    folder=$(dirname "$2")
    traces "$folder" >before
    ask_all "$2" >got 2>&1 || fail "$1: status $?: $(tail -3 got)"
    sed "s#$2#kb/news.stemma#g" got | cmp -s - wanted || fail "$1: other answers: $(diff got wanted | head -3)"
    traces "$folder" | cmp -s - before || fail "$1: it left something: $(traces "$folder" | diff - before)"
}

asked "an ordinary folder" kb/news.stemma
(unset HOME XDG_CACHE_HOME; asked "no home" kb/news.stemma)
(unset XDG_CACHE_HOME; HOME=/nonexistent asked "a home that is not there" kb/news.stemma)
(XDG_CACHE_HOME=/proc asked "a cache folder that cannot be used" kb/news.stemma)
(XDG_CACHE_HOME=kb/news.stemma asked "a cache folder that is a file" kb/news.stemma)
chmod 444 kb/news.stemma
chmod 555 kb
asked "a read-only folder" kb/news.stemma
chmod 755 kb

# ---- Read-only media ------------------------------------------------------------------------------
mkdir medium
if mount -t tmpfs -o size=4m tmpfs medium 2>/dev/null; then
    mounted=$work/medium
    cp one.stemma medium/news.stemma
    mount -o remount,ro medium || fail "remounting"
    asked "a read-only medium" medium/news.stemma
    "$pack" -q -f -o medium/news.stemma two 2>err
    [ $? = 3 ] && grep -q OUTPUT_FOLDER err || fail "packing to a read-only medium: $(cat err)"
    "$pack" -q -o from-medium.stemma -b medium/news.stemma medium two 2>err || fail "packing from it: $(cat err)"
    umount medium
    mounted=
else
    echo "skipped: a read-only medium (nothing can be mounted here)"
fi

# ---- Another user ---------------------------------------------------------------------------------
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    # Where lines are counted, that user could not write the count.
    nobody() { LLVM_PROFILE_FILE=/dev/null setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
    chmod 755 "$work"
    if nobody "$query" --version >/dev/null 2>&1; then
        mkdir theirs
        cp one.stemma theirs/news.stemma
        chmod 444 theirs/news.stemma
        traces theirs >before
        export -f ask_all
        export query dump
        nobody bash -c 'ask_all theirs/news.stemma' >got 2>&1 || fail "another user: $?: $(tail -3 got)"
        sed "s#theirs/#kb/#g" got | cmp -s - wanted || fail "another user is told other things"
        nobody "$pack" -q -f -o theirs/news.stemma two 2>err
        [ $? = 3 ] && grep -q OUTPUT_FOLDER err || fail "another user packs: $(cat err)"
        traces theirs | cmp -s - before || fail "another user left something: $(traces theirs | diff - before)"
        chmod 600 theirs/news.stemma
        nobody "$query" theirs/news.stemma stats >out 2>err
        [ $? = 3 ] && grep -q SYSTEM err || fail "a file of another's: $(cat err)"
        # A cache folder that another user prepared is not used, and does no harm.
        mkdir -p planted/stemma/checked && chmod -R 777 planted
        chown -R 65534 planted
        (XDG_CACHE_HOME=$work/planted asked "a cache folder of another's" kb/news.stemma)
        [ -z "$(find planted -type f)" ] || fail "something was put into a cache folder of another's"
    else
        echo "skipped: another user (the programs are out of his reach)"
    fi
else
    echo "skipped: another user (not root)"
fi

# ---- Several packs at one output ------------------------------------------------------------------
race() { # COUNT OPTIONS...: they begin at once; their statuses in the file `statuses`
    local count=$1 i
    shift
    rm -rf race statuses err.*
    mkdir race
    [ "$1" = - ] || cp one.stemma race/kb.stemma
    shift
    for i in $(seq "$count"); do
        (
            "$pack" -q -j 1 "$@" -o race/kb.stemma "$([ $((i % 2)) = 0 ] && echo one || echo two)" 2>err.$i
            echo $? >>statuses
        ) &
    done
    wait
    cmp -s race/kb.stemma one.stemma || cmp -s race/kb.stemma two.stemma || fail "$count packs: half a file"
    [ "$(find race -mindepth 1 | wc -l)" = 1 ] || fail "$count packs left: $(ls -A race)"
}
for count in 2 10; do
    race $count -
    [ "$(grep -c '^0$' statuses)" = 1 ] || fail "$count packs: $(grep -c '^0$' statuses) won: $(cat statuses | tr '\n' ' ')"
    [ "$(grep -c '^3$' statuses)" = $((count - 1)) ] || fail "$count packs: statuses $(tr '\n' ' ' <statuses)"
    [ "$(cat err.* | grep -c OUTPUT_EXISTS)" = $((count - 1)) ] || fail "$count packs: $(cat err.*)"
    race $count old --force
    [ "$(grep -c '^0$' statuses)" = "$count" ] || fail "$count packs with --force: $(cat statuses err.* | tr '\n' ' ')"
done

# Packing over a file that is read all the while: each reader is told of the one or the other.
cp one.stemma kb/moving.stemma
"$query" one.stemma stats | sed 's/one.stemma/x/' >told.one
"$query" two.stemma stats | sed 's/two.stemma/x/' >told.two
(for i in 1 2 3 4 5 6 7 8 9 10; do
    "$pack" -q -f -j 1 -o kb/moving.stemma "$([ $((i % 2)) = 0 ] && echo one || echo two)" || fail "packing over it"
done) &
writer=$!
while kill -0 $writer 2>/dev/null; do
    "$query" kb/moving.stemma stats >got 2>err
    got=$?
    if [ $got = 3 ] && grep -q FILE_REPLACED err; then
        continue
    fi
    sed 's#kb/moving.stemma#x#' got >told
    { [ $got = 0 ] && { cmp -s told told.one || cmp -s told told.two; }; } || fail "read while it is replaced: $got: $(cat err) $(head -5 told)"
done
wait $writer
[ "$(ls -A kb)" = "$(printf 'moving.stemma\nnews.stemma')" ] || fail "left in the folder: $(ls -A kb)"

# ---- Who may read ---------------------------------------------------------------------------------
# A file that was kept from others is not shown to them by packing it again.
mode_of() { stat -c %a "$1"; }
(umask 077 && "$pack" -q -o private.stemma one) || fail "a private file"
for mode in 600 640 444; do
    chmod $mode private.stemma
    (umask 022 && "$pack" -q -f -o private.stemma two) || fail "a private file again"
    [ "$(mode_of private.stemma)" = $mode ] || fail "of mode $mode a file became one of $(mode_of private.stemma)"
done
(umask 022 && "$pack" -q -o public.stemma one) || fail "a new file"
[ "$(mode_of public.stemma)" = 644 ] || fail "a new file has mode $(mode_of public.stemma)"
if [ "$(id -u)" = 0 ]; then
    chown 65534:65534 private.stemma
    "$pack" -q -f -o private.stemma one || fail "another's file"
    [ "$(stat -c %u:%g:%a private.stemma)" = 65534:65534:444 ] || fail "another's file became $(stat -c %u:%g:%a private.stemma)"
fi

# ---- Output among the input -----------------------------------------------------------------------
cp one.stemma same.stemma
"$pack" -q -f -o same.stemma same.stemma 2>err || fail "a file onto itself: $(cat err)"
"$dump" --check -q same.stemma || fail "a file onto itself is damaged"
cmp -s same.stemma one.stemma || fail "a file onto itself is another"
cp -r one inside
"$pack" -q -o inside/kb.stemma inside 2>err || fail "output in the input folder: $(cat err)"
cp inside/kb.stemma first.stemma
"$pack" -q -f -o inside/kb.stemma inside 2>err
got=$?
[ $got = 0 ] || [ $got = 6 ] || fail "output in the input folder again: $got $(cat err)"
"$dump" --check -q inside/kb.stemma || fail "output in the input folder is damaged"
"$query" inside/kb.stemma stats >got
"$query" first.stemma stats >wanted.again
[ "$(grep -m1 -i documents got)" = "$(grep -m1 -i documents wanted.again)" ] || fail "output in the input folder: $(head -5 got)"

# A link that waits where the list of what was refused goes is not written through.
mkdir trap
: >one/empty.txt
echo precious >trap/target
ln -s target trap/kb.stemma.rejects.jsonl
"$pack" -q -o trap/kb.stemma one 2>err
[ $? = 6 ] && grep -q OUTPUT_NOT_FILE err || fail "a link for a list: $(cat err)"
[ "$(cat trap/target)" = precious ] || fail "a file was overwritten through a link"
[ -s trap/kb.stemma ] || fail "a link for a list: nothing packed"
[ ! -e "$work/failed" ]
