#!/bin/bash
# SPDX-License-Identifier: MIT
# Pages, tables, manifests and lines of JSON that strangers made: one file after the other, each beside a
# sound one that is packed whatever becomes of its neighbour.
set -u
# shellcheck source=tests/tools/strangers.bash
source "$2/tests/tools/strangers.bash"
make="python3 $2/tests/tools/strangers.py"
size=${STRANGERS_SIZE:-200000}
mkdir good
echo 'Mayor Ilana Voss met reporters in Velmora on Monday.' >good/good.txt

# beside FILE [OPTIONS]: packs the file and the sound one; nothing else but refusing the file may happen.
slowest=0
beside() {
    local name=$1 got begun=${EPOCHREALTIME/./} taken
    shift
    rm -f kb.stemma kb.stemma.rejects.jsonl
    timeout "$patience" "$pack" -q -j 2 -o kb.stemma "$@" good >out 2>err </dev/null
    got=$?
    taken=$((${EPOCHREALTIME/./} - begun))
    [ $taken -le $slowest ] || { slowest=$taken; slowest_name=$name; }
    [ $got = 0 ] || [ $got = 6 ] || { fail "$name: status $got: $(head -c 300 err)"; return; }
    [ $got = 0 ] || [ -s kb.stemma.rejects.jsonl ] || fail "$name: refused, and not listed"
    grep -q '[[:cntrl:]]' <(tr -d '\n' <err) && fail "$name: control characters on the terminal"
    "$dump" kb.stemma 2>/dev/null >dumped || fail "$name: cannot be read back"
    grep -q 'Velmora' dumped || fail "$name: the sound text is missing"
    grep -q 'root:' dumped && fail "$name: a file was read that nobody named"
    "$dump" --check -q kb.stemma >out 2>&1 || fail "$name: packed, but: $(head -c 300 out)"
    case $name in
    */ok-*) [ "$(grep -c '"record":"document"' dumped)" = 2 ] || fail "$name: it should have been packed: $(head -c 300 err)" ;;
    esac
}

$make pages pages "$size"
for file in pages/*; do
    beside "$file" "$file"
done
# All at once, in one folder.
beside "all pages" pages

$make tables tables "$size"
for file in tables/*; do
    beside "$file" "$file"
done
beside "all tables" tables
for number in 2 3 4 5 6 7 8 9 10 11 12; do
    grep -q "\"line\":$number,.*EDTF" kb.stemma.rejects.jsonl || fail "dates: row $number is not listed"
done

$make manifests manifests "$size"
mkdir in
echo 'Envoy Teo Brask spoke in Tessaly.' >in/a.txt
for file in manifests/*; do
    rm -f kb.stemma kb.stemma.rejects.jsonl
    timeout "$patience" "$pack" -q -o kb.stemma -m "$file" in >out 2>err
    got=$?
    [ $got = 0 ] || [ $got = 6 ] || fail "$file: status $got: $(head -c 300 err)"
    [ $got = 0 ] || [ -s kb.stemma.rejects.jsonl ] || fail "$file: refused, and not listed"
    grep -q '[[:cntrl:]]' <(tr -d '\n' <err) && fail "$file: control characters on the terminal"
    if [ -e kb.stemma ] && "$dump" kb.stemma | grep -q 'root:'; then
        fail "$file: a file outside was read"
    fi
done
for file in missing blank again stray outside dates; do
    timeout "$patience" "$pack" -q -f -o kb.stemma -m manifests/$file.csv in 2>/dev/null
    documents "manifest $file" 1
done

$make lines lines "$size"
for file in lines/*; do
    beside "$file" "$file"
    grep -q '"uri":"urn:ok"' dumped || fail "$file: the sound line is missing"
done
beside "all lines" lines
echo "figure: slowest of $size bytes: $slowest_name, $((slowest / 1000)) ms"
[ ! -e "$work/failed" ]
