#!/bin/bash
# SPDX-License-Identifier: MIT
# sources: what documents share of which none is said to derive from the other.
# Arguments: the build folder, the source folder.
set -u
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
query=$build/stemma-query

complain()
{
    echo "FAILED: $*"
    failed=1
}

# holds WORDS COMMAND...: its standard output has these words.
holds()
{
    local words=$1
    shift
    "$@" >"$work/out" 2>"$work/err" || complain "$* ended with $?: $(cat "$work/err")"
    grep -qF -- "$words" "$work/out" || complain "$* does not say \"$words\": $(cat "$work/out")"
}

mkdir "$work/articles"
cat >"$work/articles/1.txt" <<'END'
The harbour of Sorn was closed on Sunday after a crane fell on two barges. Mayor Ilda Prewitt ordered divers to search the wreck for the missing pilot Osk Tamm. Insurers at Halden put the damage at 340 million crowns. The weather had been calm.
END
cat >"$work/articles/2.txt" <<'END'
Nobody may enter the port this week. A falling crane sank two barges in Sorn and the harbour closed. Divers sent by Ilda Prewitt are searching for Osk Tamm, the pilot whom they are missing. It will cost insurers at Halden some 340 million crowns.
END
cat >"$work/articles/3.txt" <<'END'
A choir from Lund sang in the old mill. Tickets were sold out within the hour. The king opened a bridge in Tessaly and it rained all day long.
END
{ echo file,published,language; for i in 1 2 3; do echo "$i.txt,2031-05-0$i,en"; done; } >"$work/manifest.csv"
"$build/stemma-pack" -q -o "$work/kb" --manifest "$work/manifest.csv" "$work/articles" || complain "packing"
mapfile -t ids < <("$query" "$work/kb" sources --format tsv | tail -n +2 | sort -t$'\t' -k4 | cut -f1)
[[ ${#ids[@]} -eq 3 ]] || complain "three documents: ${ids[*]}"

# The file claims nothing: three documents, three sources.
holds "3 documents, 3 independent" "$query" "$work/kb" sources

for question in "sources --passages" "sources ${ids[0]} --passages" "sources ${ids[0]} ${ids[1]}"; do
    # shellcheck disable=SC2086
    holds '"kind":"alike","score":null,"likeness":0.' "$query" "$work/kb" $question --format jsonl
    [[ $(wc -l <"$work/out") -eq 1 ]] || complain "$question: one pair"
    [[ $(grep -o '"wording":"rewritten"' "$work/out" | wc -l) -eq 3 ]] || complain "$question: three sentences"
    # shellcheck disable=SC2086
    holds "alike (" "$query" "$work/kb" $question
    grep -q "«340 million crowns»" "$work/out" || complain "$question: what is common is not marked"
    # shellcheck disable=SC2086
    holds "rewritten" "$query" "$work/kb" $question --format csv
    [[ $(wc -l <"$work/out") -eq 4 ]] || complain "$question: a row a passage"
done

# status NUMBER COMMAND...
status()
{
    local wanted=$1 got
    shift
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [[ $got -eq $wanted ]] || complain "$* ended with $got, not $wanted"
}
status 1 "$query" "$work/kb" sources "${ids[0]}" "${ids[2]}"
status 1 "$query" "$work/kb" sources "${ids[2]}" --passages
status 1 "$query" "$work/kb" sources --passages --as-of 2031-05-01
status 2 "$query" "$work/kb" sources "${ids[0]}" "${ids[0]}"
status 2 "$query" "$work/kb" sources "${ids[0]}" nonsense
status 2 "$query" "$work/kb" sources "${ids[0]}" "${ids[1]}" "${ids[2]}"

# Of a file of very many, pairs are not looked for, and that is said; those like one are.
for i in $(seq 1001); do
    printf '{"record":"document","uri":"https://a.example/%s","language":"en","text":"Report %s of the tower in Orell: wind %s, water %s, nothing seen."}\n' \
        "$i" "$i" $((i * 7)) $((i * 13))
done >"$work/in.jsonl"
"$build/stemma-pack" -q --judge none -o "$work/many" "$work/in.jsonl" || complain "packing many"
status 1 "$query" "$work/many" sources --passages
grep -q "in files of up to 1000" "$work/err" || complain "many documents: $(cat "$work/err")"

exit $failed
