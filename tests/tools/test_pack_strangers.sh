#!/bin/bash
# SPDX-License-Identifier: MIT
# Input made by strangers: each is packed or refused with a code and a line in the list of what was
# refused, soon, in bounded memory; what is packed is sound.
set -u
# shellcheck source=tests/tools/strangers.bash
source "$2/tests/tools/strangers.bash"

# ---- JSON Lines --------------------------------------------------------------------------------
text='Mayor Ilana Voss freed 30 prisoners in Tessaly.'
one() { # REFERENTS [ASSERTIONS [MORE]]
    printf '{"uri":"urn:x","text":"%s","referents":[%s],"assertions":[%s]%s}\n' \
        "$text" "$1" "${2-}" "${3-}"
}
person='{"kind":"entity","type":"person","names":[{"text":"Ilana Voss"}],"mentions":[{"spans":[[6,16]],"kind":"name","canonical":true}]}'
release='{"kind":"event","type":"justice.release","mentions":[{"spans":[[17,22]],"kind":"trigger","canonical":true}]}'
shown='"evidence":[{"part":"context","spans":[[0,22]]}]'
run='{"record":"run","run":0,"name":"stranger","version":"1","kind":"model"}'
said() { # SUBJECT PREDICATE OBJECT [MORE]
    printf '{"subject":%s,"predicate":"%s","object":%s,"run":0,%s%s}' "$1" "$2" "$3" "${4-}" "$shown"
}
lines() { # NAME STATUS CODE, the lines on standard input
    { echo "$run"; cat; } >in.jsonl
    try "$1" "$2" "$3" in.jsonl
}

one "$person,$release" "$(said 1 agent '{"referent":0}')" | lines "the pattern of what follows" 0 -
for number in 1e999 99999999999999999999999 -1 1.5 4294967295 4294967296 18446744073709551616 '"0"' \
    null '[]' 1e308 -0.0001; do
    one "$person,$release" "$(said "$number" agent '{"referent":0}')" |
        lines "subject $number" 6 '[A-Z_]*'
    one "$person,$release" "$(said 1 agent "{\"referent\":$number}")" |
        lines "object $number" 6 '[A-Z_]*'
    one "${person/\[6,16\]/[6,$number]}" "" | lines "span to $number" 6 '[A-Z_]*'
    one "$person" "" ",\"sentences\":[0,$number]" | lines "sentence at $number" 6 '[A-Z_]*'
done
one "$person,$release" "$(said 1 agent '{"referent":0}' '"confidence":1e300,')" |
    lines "confidence without measure" 6 '[A-Z_]*'
one "$person,$release" "$(said 1 patient '{"quantity":{"raw":"30","amount":"1e999"}}')" |
    lines "amount 1e999" 6 DECIMAL
digits=$(printf '%0200d' 7)
one "$person,$release" "$(said 1 patient "{\"quantity\":{\"raw\":\"30\",\"amount\":\"$digits\"}}")" |
    lines "amount of 200 digits" 6 DECIMAL
one "$person,$release" "$(said 1 place '{"place":{"raw":"Tessaly","latitude":"99999999999999999999","longitude":"0"}}')" |
    lines "latitude beyond the globe" 6 '[A-Z_]*'
for day in 9999999-99-99 2021-02-30 0000-00-00 -99999999999 2021-13 "2021/2020/2019" XXXX-XX-XX \
    Y17E8 '{2021..}' 99999999999999999999 2021-03-04T99:99:99Z; do
    one "$person,$release" "$(said 1 time "{\"time\":{\"raw\":\"\",\"edtf\":\"$day\"}}")" >day.jsonl
    { echo "$run"; cat day.jsonl; } >in.jsonl
    timeout "$patience" "$pack" -q -f -o kb.stemma in.jsonl 2>err
    got=$?
    [ "$got" = 0 ] || { [ "$got" = 6 ] && grep -q EDTF err; } || fail "day $day: status $got: $(cat err)"
done
printf '{"uri":"urn:x","published":"9999999-99-99","text":"abc"}\n' | lines "published on 9999999-99-99" 6 '[A-Z_]*'
one "$person,$release" "$(said 1 agent '{"referent":0}')" ',"published":{"edtf":"2021-99"}' |
    lines "published in month 99" 6 EDTF

# What must be refused for what it says.
one "${person/person/dragon}" | lines "unknown type" 6 TYPE_UNKNOWN
one "$person,$release" "$(said 1 devours '{"referent":0}')" | lines "unknown predicate" 6 PREDICATE_UNKNOWN
one "$person,$release" "$(said 1 award '{"referent":0}')" | lines "a role of another event" 6 ROLE_UNKNOWN
one "${person/\[6,16\]/[6,6]}" | lines "empty span" 6 SPAN_EMPTY
one "${person/\[\[6,16\]\]/[[6,12],[10,16]]}" | lines "overlapping spans" 6 SPAN_ORDER
one "${person/\[\[6,16\]\]/[[12,16],[6,11]]}" | lines "spans that go back" 6 SPAN_ORDER
one "${person/\[\[6,16\]\]/[]}" | lines "no span" 6 '[A-Z_]*'
one "${person/\"Ilana Voss\"/\"Ilana Vass\"}" | lines "a name that does not read" 6 NAME_MISMATCH
one "$person,$release" "$(said 1 patient '{"quantity":{"raw":"40","amount":"40"}}' | sed 's/context/filler/')" |
    lines "a count that does not read" 6 FILLER_MISMATCH
one "$person,$release" "$(said 1 agent '{"referent":0}' '"speaker":1,"attribution":"speaker",')" |
    lines "an event that speaks" 6 REFERENT_KIND
one "$person,$release" "$(said 1 agent '{"referent":0}' | sed 's/"run":0/"run":7/')" |
    lines "a run that was not declared" 6 RUN_MISSING
printf '{"uri":"urn:x","text":"a\\u0000b"}\n' | lines "NUL in a text" 6 '[A-Z_]*'
printf '{"uri":"urn:x","text":"a\\ud800b"}\n' | lines "half a surrogate pair" 6 JSON_SYNTAX
printf '{"uri":"urn:x","text":"abc","text":"def"}\n' | lines "a key twice" 6 '[A-Z_]*'
printf '[]\n"x"\n3\nnull\n{}\n{"record":7}\n{"record":"spell"}\n' | lines "no records" 6 '[A-Z_]*'

# Names.
big=$(head -c 1000000 /dev/zero | tr '\0' N)
printf '%s\n' "${person/\"Ilana Voss\"/\"$big\"}" >big
{ printf '{"uri":"urn:x","text":"%s","referents":[' "$text"; tr -d '\n' <big; printf ']}\n'; } |
    lines "a name of 1 MB" 6 TEXT_TOO_LONG
awk -v text="$text" -v much="$much" 'BEGIN { printf "{\"uri\":\"urn:x\",\"text\":\"%s\",\"referents\":[{\"kind\":\"entity\",\"type\":\"person\",\"names\":[", text
    for (i = 0; i < 10000; i++) printf "%s{\"text\":\"Name %d\"}", i ? "," : "", i
    print "]}]}" }' | lines "10,000 names of one" 0 -
printf '{"uri":"urn:x","text":"\\u202eIlana\\u001b[31m Voss\\u0007 left.","referents":[{"kind":"entity","type":"person","names":[{"text":"\\u202eIlana\\u001b[31m Voss\\u0007"}],"mentions":[{"spans":[[0,17]],"canonical":true}]}]}\n' |
    lines "a name that would drive a terminal" 0 -
for command in "find Ilana" "show Ilana" "search left" "sources" "events" "stats"; do
    # shellcheck disable=SC2086 # the words of the command
    "$query" kb.stemma $command >out 2>err
    if grep -q -P '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' out err; then
        fail "query $command: control characters reach the terminal"
    fi
done
printf '{"uri":"urn:\\u001b]0;x\\u0007","published":"\\u001b[31m","text":"abc"}\n' |
    lines "control characters in what is refused" 6 '[A-Z_]*'

# ---- Much of everything --------------------------------------------------------------------------
# A tenth of it under sanitizers.
much=$((100000 / (1 + 9 * ${sanitized:-0})))
awk -v text="$text" -v much="$much" 'BEGIN { printf "{\"uri\":\"urn:x\",\"text\":\"%s\",\"referents\":[", text
    for (i = 0; i < much; i++) printf "%s{\"kind\":\"entity\",\"type\":\"person\",\"names\":[{\"text\":\"Ilana Voss\"}],\"mentions\":[{\"spans\":[[6,16]],\"kind\":\"name\",\"canonical\":true}]}", i ? "," : ""
    print "]}" }' | lines "$much referents on one span" 0 -
awk -v text="$text" -v much="$much" 'BEGIN { printf "{\"uri\":\"urn:x\",\"text\":\"%s\",\"referents\":[{\"kind\":\"entity\",\"type\":\"person\",\"names\":[{\"text\":\"Ilana Voss\"}],\"mentions\":[", text
    for (i = 0; i < much; i++) printf "%s{\"spans\":[[6,16]],\"kind\":\"name\",\"canonical\":%s}", i ? "," : "", i ? "false" : "true"
    print "]}]}" }' | lines "$much mentions on one span" 0 -
awk -v text="$text" -v much="$much" 'BEGIN { printf "{\"uri\":\"urn:x\",\"text\":\"%s\",\"referents\":[{\"kind\":\"entity\",\"type\":\"person\"},{\"kind\":\"entity\",\"type\":\"person\"}],\"assertions\":[", text
    for (i = 0; i < much / 2; i++) printf "%s{\"subject\":%d,\"predicate\":\"parent\",\"object\":{\"referent\":%d},\"run\":0,\"evidence\":[{\"part\":\"context\",\"spans\":[[0,22]]}]}", i ? "," : "", i % 2, (i + 1) % 2
    print "]}" }' | lines "parents of each other, $((much / 2)) times" 0 -
one "$person" "$(said 0 parent '{"referent":0}')" | lines "one's own parent" 0 -
awk 'BEGIN { printf "{\"uri\":\"urn:x\",\"text\":\""; for (i = 0; i < 1000000; i++) printf " "
    printf "\",\"referents\":[{\"kind\":\"event\",\"type\":\"justice.release\"}],\"assertions\":[{\"subject\":0,\"predicate\":\"patient\",\"object\":{\"quantity\":{\"raw\":\"30\",\"amount\":\"30\"}},\"run\":0,\"evidence\":["
    for (i = 0; i < 20000; i++) printf "%s{\"part\":\"filler\",\"spans\":[[0,1000000]]}", i ? "," : ""
    print "]}]}" }' | lines "a million blanks quoted 20,000 times" 6 EVIDENCE_TOO_LONG

# ---- Judgements and derivations ------------------------------------------------------------------
awk 'BEGIN { for (i = 0; i < 2000; i++) printf "{\"uri\":\"urn:%d\",\"text\":\"Ilana Voss left %d.\",\"referents\":[{\"kind\":\"entity\",\"type\":\"person\",\"names\":[{\"text\":\"Ilana Voss\"}],\"mentions\":[{\"spans\":[[0,10]],\"kind\":\"name\",\"canonical\":true}]}]}\n", i, i }' >many.jsonl
"$pack" -q --judge none -o many.stemma many.jsonl || fail "2,000 documents"
"$dump" many.stemma >many.dump
sed -n 's/.*"record":"document","id":"\([a-z0-9]*\)".*/\1/p' many.dump >ids
[ "$(wc -l <ids)" = 2000 ] || fail "2,000 documents have no ids"
# A chain of decisions, half of them against the other half; then all in one circle.
{ cat many.dump
  awk -v much="$much" '{ id[NR] = $1 } END { for (i = 0; i < much; i++) { a = i % NR + 1; b = (i * 7 + 1) % NR + 1; if (a == b) b = b % NR + 1
    printf "{\"record\":\"judgement\",\"left\":\"%s.0\",\"right\":\"%s.0\",\"verdict\":\"%s\",\"score\":0.9,\"author\":\"p%d\"}\n", id[a], id[b], i % 2 ? "same" : "not_same", i } }' ids; } >chain.jsonl
try "$much judgements" 0 - --judge none chain.jsonl
{ cat many.dump
  awk '{ id[NR] = $1 } END { for (i = 1; i <= NR; i++)
    printf "{\"record\":\"derivation\",\"from\":\"%s\",\"to\":\"%s\",\"kind\":\"copy\",\"score\":1.0,\"author\":\"p\"}\n", id[i], id[i % NR + 1] }' ids; } >circle.jsonl
try "documents that copy each other in a circle" 0 - --judge none circle.jsonl
"$query" kb.stemma sources --limit 3 >out 2>err || fail "sources of a circle: $(cat err)"
first=$(head -1 ids)
second=$(sed -n 2p ids)
edge() { # NAME STATUS CODE LINE
    { cat many.dump; echo "$4"; } >edge.jsonl
    try "$1" "$2" "$3" --judge none edge.jsonl
}
edge "derivation from itself" 6 '[A-Z_]*' "{\"record\":\"derivation\",\"from\":\"$first\",\"to\":\"$first\",\"kind\":\"copy\",\"score\":1,\"author\":\"p\"}"
edge "judgement about nothing" 6 DANGLING_REF "{\"record\":\"judgement\",\"left\":\"$first.0\",\"right\":\"$second.4000000000\",\"verdict\":\"same\",\"score\":1,\"author\":\"p\"}"
edge "judgement about a stranger" 6 DANGLING_REF "{\"record\":\"judgement\",\"left\":\"$first.0\",\"right\":\"aaaaaaaaaaaa.0\",\"verdict\":\"same\",\"score\":1,\"author\":\"p\"}"
edge "shared ranges outside" 6 '[A-Z_]*' "{\"record\":\"derivation\",\"from\":\"$first\",\"to\":\"$second\",\"kind\":\"copy\",\"score\":1,\"author\":\"p\",\"ranges\":[[0,4000000000,0,5]]}"
edge "a score of 7" 6 '[A-Z_]*' "{\"record\":\"judgement\",\"left\":\"$first.0\",\"right\":\"$second.0\",\"verdict\":\"same\",\"score\":7,\"author\":\"p\"}"

# ---- HTML ------------------------------------------------------------------------------------------
mkdir html
{ head -c 1000000 /dev/zero | sed 's/\x00/<div>/g'; echo 'Mayor Ilana Voss left.'; } >html/deep.html
{ echo '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
  for i in b c d e f g h; do
      echo "<!ENTITY $i \"&$(echo $i | tr b-h a-g);&$(echo $i | tr b-h a-g);&$(echo $i | tr b-h a-g);\">"
  done
  echo '<!ENTITY file SYSTEM "file:///etc/passwd">]><html><body><p>Voss left. &h;&h;&h; &file;</p></body></html>'
} >html/entities.html
{ printf '<p '; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "a%d=\"x\" ", i }'; echo '>Voss left the town.</p>'; } >html/attributes.html
{ echo '<p>Voss left the town.</p><table>'; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<b><i><p><table>" }'; } >html/crossed.html
printf '<p>Voss left.</p><!--%01000000d' 0 >html/comment.html
try "pages that explode" 6 HTML_TAG_TOO_LARGE html
grep -q HTML_TOO_DEEP kb.stemma.rejects.jsonl || fail "HTML: nobody says that a page was cut"
"$dump" kb.stemma | grep -q 'root:' && fail "HTML: an entity read a file"

# ---- Folders -----------------------------------------------------------------------------------
mkdir -p folder/sub outside
echo 'Mayor Ilana Voss met reporters in Tessaly on Monday.' >folder/a.txt
echo 'Secret words of another folder.' >outside/secret.txt
ln -s .. folder/sub/up
ln -s ../folder folder/self
ln -s loop2.txt folder/loop1.txt
ln -s loop1.txt folder/loop2.txt
mkfifo folder/pipe.txt folder/pipe.jsonl
ln -s ../folder/pipe.txt folder/to-pipe.txt
ln -s /dev/zero folder/zero.txt
ln -s /dev/stdin folder/stdin.txt
mknod folder/device.txt c 1 5 2>/dev/null
try "links, pipes and devices in a folder" 6 FILE_UNREADABLE folder
[ "$("$dump" kb.stemma | grep -c '"record":"document"')" = 1 ] || fail "folder: not one document"
printf 'file,published\n../outside/secret.txt,2024\n/etc/passwd,2024\na.txt,2024-05-05\n' >manifest.csv
rm folder/loop?.txt
try "a manifest that points outside" 6 MANIFEST_FILE_MISSING -m manifest.csv folder
"$dump" kb.stemma | grep -q 'Secret\|root:' && fail "manifest: a file outside was read"
chmod 000 folder/a.txt
[ "$(id -u)" = 0 ] || try "a file without permission" 6 FILE_UNREADABLE folder
chmod 644 folder/a.txt

# A file that grows and shrinks while it is read: whole or refused, never a crash.
mkdir moving
(for i in $(seq 200); do
    head -c $((RANDOM * 20)) /dev/zero | tr '\0' 'a' >moving/m.txt
    echo ' Mayor Ilana Voss left.' >>moving/m.txt
done) &
writer=$!
for i in 1 2 3 4 5 6 7 8; do
    timeout "$patience" "$pack" -q -f -o kb.stemma moving 2>err
    got=$?
    [ $got = 0 ] || [ $got = 6 ] || fail "a file that moves: status $got: $(cat err)"
done
kill $writer 2>/dev/null
wait $writer 2>/dev/null

[ ! -e "$work/failed" ]
