# SPDX-License-Identifier: MIT
# For tests of input made by strangers; read with `source` after `set -u`, with the build folder and
# the source folder as arguments. A folder of the test's own is entered and removed at the end.
pack=$1/stemma-pack
dump=$1/stemma-dump
query=$1/stemma-query
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
fail() { # also out of the subshells of pipes
    echo "FAILED $*" | tee -a "$work/failed"
}
sanitized=$(grep -c '^STEMMA_SANITIZE:STRING=..*' "$1/CMakeCache.txt" 2>/dev/null)
[ "${sanitized:-0}" != 0 ] || ulimit -v 3000000
patience=$((10 * (1 + 5 * ${sanitized:-0})))

# try NAME STATUS CODE INPUT...: packs the input with that status; the code stands in the list of
# what was refused (CODE "-": nothing is refused). Whatever was packed passes --check.
try() {
    local name=$1 status=$2 code=$3 got
    shift 3
    rm -f kb.stemma kb.stemma.rejects.jsonl
    timeout "$patience" "$pack" -q -j 2 -o kb.stemma "$@" >out 2>err </dev/null
    got=$?
    [ "$got" = "$status" ] || fail "$name: status $got, wanted $status: $(head -c 300 err)"
    if [ "$code" = - ]; then
        [ ! -e kb.stemma.rejects.jsonl ] || fail "$name: $(head -c 300 kb.stemma.rejects.jsonl)"
    else
        grep -q "\"code\":\"$code\"" kb.stemma.rejects.jsonl 2>/dev/null ||
            fail "$name: no $code: $(head -c 300 kb.stemma.rejects.jsonl 2>/dev/null)"
        [ -s err ] || fail "$name: no message"
    fi
    if grep -q '[[:cntrl:]]' <(tr -d '\n' <err); then
        fail "$name: control characters on the terminal"
    fi
    if [ -e kb.stemma ]; then
        timeout "$patience" "$dump" --check -q kb.stemma >out 2>&1 ||
            fail "$name: packed, but: $(head -c 300 out)"
    fi
}

# What the list of what was refused must say besides.
listed() { # NAME PATTERN
    grep -q -- "$2" kb.stemma.rejects.jsonl 2>/dev/null || fail "$1: the list does not say $2: $(head -c 300 kb.stemma.rejects.jsonl 2>/dev/null)"
}
# How many documents the file has that was packed last.
documents() { # NAME COUNT
    local got
    got=$("$dump" kb.stemma 2>/dev/null | grep -c '"record":"document"')
    [ "$got" = "$2" ] || fail "$1: $got documents, wanted $2"
}
