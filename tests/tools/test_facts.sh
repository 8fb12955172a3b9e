#!/bin/bash
# SPDX-License-Identifier: MIT
# A fact about a person is shown with the person, each with the words that say so; two articles that
# disagree about a spouse are in conflict.
#     test_facts.sh BUILD SOURCE
set -u
build=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

mkdir "$work/in"
cat >"$work/in/one.txt" <<'END'
Lawyer leaves the country

Anna Bell, a veteran lawyer, left on Monday. Anna Bell founded the Open Door Group. She lives in Vienna. Anna Bell's husband, Erik Holm, stayed.
END
cat >"$work/in/two.txt" <<'END'
Union protests

Anna Bell, a veteran lawyer, spoke to the union. Anna Bell's husband, Peter Lund, said that Anna Bell is the leader of the Green Party.
END
"$build/stemma-pack" -q -o "$work/kb.stemma" "$work/in" || fail "pack"
"$build/stemma-dump" --check "$work/kb.stemma" >"$work/check" || fail "check: $(cat "$work/check")"

id=$("$build/stemma-query" --format jsonl "$work/kb.stemma" find "Anna Bell" |
    sed -n '1s/.*"id":"\([^"]*\)".*/\1/p')
[ -n "$id" ] || fail "nobody is found"
"$build/stemma-query" --format jsonl "$work/kb.stemma" show "$id" >"$work/show" || fail "show"
for words in '"role"' 'veteran lawyer' '"residence"' 'Vienna' '"spouse"'; do
    grep -q -- "$words" "$work/show" || fail "not shown: $words"
done
"$build/stemma-query" "$work/kb.stemma" show "$id" >"$work/text" || fail "show for people"
grep -q 'veteran lawyer' "$work/text" || fail "not shown to people: $(head -n 20 "$work/text")"

claim=$(sed -n 's/.*"id":"\(c\.[^"]*\)"[^}]*"predicate":"role".*/\1/p' "$work/show" | head -n 1)
[ -n "$claim" ] || claim=$(grep -o '"c\.[^"]*"' "$work/show" | head -n 1 | tr -d '"')
"$build/stemma-query" "$work/kb.stemma" why "$claim" >"$work/why" || fail "why $claim"
grep -q 'Anna Bell' "$work/why" || fail "no words behind the fact: $(cat "$work/why")"
"$build/stemma-query" "$work/kb.stemma" conflicts >"$work/conflicts" || fail "conflicts"
grep -q 'spouse' "$work/conflicts" || fail "no conflict about the spouse: $(cat "$work/conflicts")"

[ "$failures" -eq 0 ]
