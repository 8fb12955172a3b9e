#!/bin/bash
# SPDX-License-Identifier: MIT
# Files, folders and arguments by strangers: what is no file, names that are none, links that lead away.
set -u
# shellcheck source=tests/tools/strangers.bash
source "$2/tests/tools/strangers.bash"
story='Mayor Ilana Voss met reporters in Velmora on Monday.'

# ---- What is no file ------------------------------------------------------------------------------
mkdir good
echo "$story" >good/good.txt
ln -s /dev/zero zero.jsonl
ln -s /dev/zero zero.txt
ln -s /dev/zero zero.csv
ln -s /dev/zero zero.html
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock.txt")'
for input in /dev/zero /dev/full zero.jsonl zero.txt zero.csv zero.html sock.txt /proc/self/mem; do
    try "$input" 6 FILE_UNREADABLE "$input" good
    documents "$input" 1
done
try "the null device" 6 EMPTY_FILE /dev/null good
documents "the null device" 1
try "a file of the system, of size 0" 0 - /proc/version good
documents "a file of the system" 2
mkfifo pipe.txt
echo 'Envoy Teo Brask spoke in Tessaly.' >pipe.txt &
try "a pipe by its name" 0 - pipe.txt good
documents "a pipe" 2
refused() { # NAME STATUS CODE ARGUMENTS...: nothing is packed
    local name=$1 status=$2 code=$3 got
    shift 3
    rm -f kb.stemma kb.stemma.rejects.jsonl
    timeout "$patience" "$pack" -q -o kb.stemma "$@" good >out 2>err </dev/null
    got=$?
    [ $got = "$status" ] && grep -q "$code" err || fail "$name: status $got: $(head -c 300 err)"
    [ ! -e kb.stemma ] || fail "$name: something was packed"
}
refused "judgements from a device" 3 FILE_UNREADABLE --judgements /dev/zero
refused "a manifest from a device" 3 FILE_UNREADABLE --manifest /dev/zero
refused "a manifest that is a folder" 3 FILE_UNREADABLE --manifest good
refused "a mapping from a device" 6 MAPPING_UNREADABLE --mapping ./zero.csv
refused "weights from a device" 4 MODEL_DAMAGED --model /dev/zero
head -c 5000000 /dev/urandom >noise
refused "weights of noise" 4 MODEL --model noise
model=$(find "$(dirname "$pack")" -name english.model | head -1)
if [ -n "$model" ]; then
    for size in 0 10 4095 4096 100000; do
        head -c $size "$model" >cut.model
        refused "weights cut to $size bytes" 4 MODEL --model cut.model
    done
    for place in 8 16 40 64; do
        cp "$model" bent.model
        printf '\377\377\377\177' | dd of=bent.model bs=1 seek=$place conv=notrunc 2>/dev/null
        timeout "$patience" "$pack" -q -f -o kb.stemma --model bent.model good >out 2>err
        got=$?
        [ $got = 4 ] || [ $got = 5 ] || [ $got = 0 ] || fail "weights bent at $place: status $got: $(head -c 200 err)"
    done
fi
refused "a base of noise" 4 . -b noise
"$pack" -q -f -o base.stemma good
for place in 24 4120 8202; do
    cp base.stemma bent.stemma
    printf '\377\377\377\177' | dd of=bent.stemma bs=1 seek=$place conv=notrunc 2>/dev/null
    rm -f kb.stemma
    timeout "$patience" "$pack" -q -o kb.stemma -b bent.stemma good >out 2>err
    got=$?
    [ $got = 4 ] || [ $got = 5 ] || [ $got = 0 ] || fail "a base bent at $place: status $got: $(head -c 200 err)"
done

# ---- Links and what is swapped ---------------------------------------------------------------------
mkdir -p tree/sub outside
echo "$story" >tree/story.txt
echo 'Secret words of another folder.' >outside/secret.txt
ln -s ../../outside/secret.txt tree/sub/secret.txt
ln -s "$work/outside/secret.txt" tree/absolute.txt
ln -s ../story.txt tree/sub/again.txt
ln -s ../outside tree/folder
ln "$work/tree/story.txt" tree/hard.txt
try "links out of a folder" 6 FILE_OUTSIDE tree
[ "$(grep -c FILE_OUTSIDE kb.stemma.rejects.jsonl)" = 2 ] || fail "links out of a folder: $(cat kb.stemma.rejects.jsonl)"
documents "links out of a folder" 3
"$dump" kb.stemma | grep -q Secret && fail "a link out of a folder was followed"
ln -s tree linked
try "a folder through a link" 6 FILE_OUTSIDE linked
documents "a folder through a link" 3
try "a link by its name" 0 - tree/absolute.txt
# A file that becomes a pipe, or goes, between the look and the reading: nobody waits for it.
mkdir swap
(for i in $(seq 300); do
    rm -f swap/m.txt
    mkfifo swap/m.txt 2>/dev/null
    rm -f swap/m.txt
    echo "$story" >swap/m.txt
done) &
writer=$!
for i in $(seq 8); do
    timeout "$patience" "$pack" -q -f -o kb.stemma swap good 2>err
    got=$?
    [ $got = 0 ] || [ $got = 6 ] || fail "a file that becomes a pipe: status $got: $(cat err)"
done
kill $writer 2>/dev/null
wait $writer 2>/dev/null

# ---- Names ----------------------------------------------------------------------------------------
python3 - <<'PY'
import os
os.makedirs("names")
os.makedirs("names/dir.html")
for i, name in enumerate([b"new\nline.txt", b"-o.txt", b"--force.txt", b"l" * 251 + b".txt", "\u202egpj.txt".encode(),
                          b"\x1b]0;x\x07.txt", b"a b'\"$(touch x).txt", b"bad\xff\xfe.txt", b"..txt", b".hidden.txt", b"%s%n.txt"]):
    with open(b"names/" + name, "wb") as out:
        out.write(b"Mayor Voss left %d towns." % i)
os.makedirs("deep")
os.chdir("deep")
for i in range(1000):
    os.mkdir("d" * 8)
    os.chdir("d" * 8)
    if i in (10, 440, 999):
        with open("x.txt", "w") as out:
            out.write("Mayor Voss left %d times." % i)
PY
try "names that are none" 6 TEXT_NOT_UTF8 names
documents "names that are none" 8
[ ! -e x ] || fail "a name was run"
(cd names && try "names that look like options" 0 - -- -o.txt --force.txt)
try "folders a thousand deep" 6 PATH_TOO_LONG deep
documents "folders a thousand deep" 2
chmod -R u+w deep
mkdir many
(cd many && for i in $(seq 1000); do echo "Mayor Voss $i left." >$i.txt; done)
try "1,000 files" 0 - many
documents "1,000 files" 1000

# ---- Questions ------------------------------------------------------------------------------------
ask() { # NAME STATUS ARGUMENTS...
    local name=$1 status=$2 got
    shift 2
    timeout "$patience" "$query" base.stemma "$@" >out 2>err
    got=$?
    case " $status " in
    *" $got "*) ;;
    *) fail "$name: status $got, wanted $status: $(head -c 200 err)" ;;
    esac
    if grep -q '[[:cntrl:]]' <(tr -d '\n' <err); then
        fail "$name: control characters on the terminal"
    fi
    [ "$(wc -c <err)" -lt 2000 ] || fail "$name: a message of $(wc -c <err) bytes"
}
many() { # CHARACTER: 120,000 of them; a pattern in bash takes seconds for it
    head -c 120000 /dev/zero | tr '\0' "$1"
}
long=$(many x)
words=$(seq -s ' OR ' 12000)
ask "a name of 120,000 bytes" 1 find "$long"
ask "a word of 120,000 bytes" "1 2" search "$long"
ask "12,000 words" 2 search "$words"
ask "12,000 words in a name" 1 find "$words"
ask "120,000 parentheses" 2 search "$(many "(")"
ask "120,000 quotation marks" "1 2" search "$(many '"')"
ask "120,000 stars" 2 search "$(many "*")"
ask "a search that is not UTF-8" "1 2 6" search $'\377\376'
ask "a name that is not UTF-8" "1 6" find $'\377'
ask "hops without end" "0 1" between "Ilana Voss" Velmora --hops 999999999
ask "results without end" "0 1" events --limit 18446744073709551615
ask "more results than that" 2 events --limit 99999999999999999999
ask "fewer than none" 2 events --limit -1
ask "an unknown form" 2 events --format $'no\033[31mpe'
ask "a day that is none" 2 events --as-of 9999999-99-99
ask "a year far away" 2 events --from Y170000000002
ask "an id that is long" 1 show "e.$long"
ask "a number beyond numbers" 2 why c.zzzzzzzzzzzz.99999999999999999
for statement in "ATTACH '/etc/passwd' AS x" "SELECT load_extension('x')" "PRAGMA writable_schema = 1" "VACUUM INTO 'out'" \
    "SELECT readfile('/etc/passwd')" "SELECT writefile('w', 'x')" "CREATE VIRTUAL TABLE temp.x USING fts5(a)" "DETACH main" \
    "SELECT zeroblob(1000000000)" "PRAGMA temp.max_page_count = 1000000000" "PRAGMA temp_store_directory = '/'" \
    "SELECT $(head -c 30000 /dev/zero | tr '\0' '(')1" "SELECT $(seq -s , 3000)"; do
    ask "sql ${statement:0:40}" 2 sql "$statement"
done
[ ! -e w ] && [ ! -e vacuum ] && [ ! -e out.db ] || fail "SQL made a file"
printf 'SELECT 1\0; DROP' | timeout "$patience" "$query" base.stemma sql - >out 2>err
[ $? = 2 ] || fail "a statement with a NUL"
head -c 20000000 /dev/zero | tr '\0' x | timeout "$patience" "$query" base.stemma sql - >out 2>err
[ $? = 3 ] || fail "a statement of 20 MB: $(cat err)"
"$query" base.stemma sql 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c' >out 2>err &
asking=$!
sleep 0.5
kill -INT $asking 2>/dev/null # a shell in the background may have told it to ignore that
sleep 0.2
kill -TERM $asking 2>/dev/null
wait $asking
[ $? != 0 ] || fail "a question without end ended"
cmp -s base.stemma <("$pack" -q -f -o again.stemma good && cat again.stemma) || fail "asking changed the file"
[ ! -e "$work/failed" ]
