#!/bin/bash
# SPDX-License-Identifier: MIT
# Tables as users have them: packed, asked, dumped and packed again to the same bytes; joined by id; refused
# rows listed; the mappings that come with the program found and used. [X-9] [X-11] [X-12]
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
PATH=$build:$PATH
failures=0

failed() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

same() { # A B WHAT
    cmp -s "$1" "$2" || failed "$3"
}

again() { # KB: what its dump makes is the same file
    stemma-dump "$1" >again.jsonl && stemma-pack -q -f -o again.stemma again.jsonl || failed "$1 again"
    same "$1" again.stemma "the dump of $1 makes another file"
    stemma-dump --check "$1" >check.out || { failed "check of $1"; head -5 check.out; }
}

# Four columns, by a mapping that comes with the program, from a file, a pipe, gzip and zstd.
for i in $(seq 1 3000); do
    printf '2031-%02d-%02d\tActor %d\tEvent kind %d\tActor "%d"\n' $((i % 12 + 1)) $((i % 28 + 1)) \
        $((i * i % 97)) $((i % 7)) $((i * 13 % 89))
done >events.tsv
stemma-pack -q --mapping icews -o plain.stemma events.tsv || failed "pack of a table"
again plain.stemma
mkdir gz zst one
gzip -c events.tsv >gz/events.tsv
(cd gz && stemma-pack -q --mapping icews -j 1 -o ../gz.stemma events.tsv) || failed "pack of gzip"
same plain.stemma gz.stemma "gzip, or one thread, makes another file"
if command -v zstd >/dev/null; then
    zstd -q -c events.tsv >zst/events.tsv
    (cd zst && stemma-pack -q --mapping icews -o ../zst.stemma events.tsv) || failed "pack of zstd"
    same plain.stemma zst.stemma "zstd makes another file"
fi
gzip -c events.tsv >one/events.tsv.gz
stemma-pack -q --mapping icews -o folder.stemma one || failed "pack of a folder"
[ "$(stemma-query --format jsonl folder.stemma events --limit 0 | wc -l)" = 3000 ] || failed "3000 events"
stemma-pack -q --mapping icews -o pipe.stemma - <events.tsv || failed "pack of a pipe"
stemma-pack -q --mapping "$source/tools/mappings/icews.map" -o path.stemma events.tsv ||
    failed "a mapping by its path"
[ "$(stemma-query --format jsonl plain.stemma find 'Actor 1' --limit 1 | grep -c '"name":"Actor 1"')" = 1 ] ||
    failed "an actor is found"

# A table whose header names our fields; refused rows are listed with line and column, the rest is packed.
cat >deeds.csv <<'EOF'
time,type,agent:person,patient:person,place,content,quantity,id
2031-05-01,justice.release,"Oda ""the Owl"" Brill",Ivo Tamm,Sarn,"for want
of proof",,court:17
2031-05,justice.arrest,Oda Brill,"Ivo Tamm",,,2,court:18
2031-13,justice.arrest,Oda Brill,Ivo Tamm,,,,
2031-05-02,justice.arrest,Oda Brill,Ivo Tamm
2031-05-03,justice.arrest,"Oda" Brill,Ivo Tamm,,,,
2031-05-04,justice.arrest,Oda Brill,,,,many,
,contact.meet,,,,,,
EOF
stemma-pack -o deeds.stemma deeds.csv 2>deeds.err
[ $? = 6 ] || failed "refused rows give exit status 6"
grep -q '1 data set with 2 rows\|1 data set with 3 rows' deeds.err || { failed "rows are counted"; cat deeds.err; }
for place in '"line":5,"code":"EDTF"' '"line":6,"code":"ROW_COLUMNS"' \
    '"line":7,"column":32,"code":"CSV_QUOTE_STRAY"' '"line":8,"code":"DECIMAL"'; do
    grep -q "$place" deeds.stemma.rejects.jsonl || failed "$place is not listed"
done
again deeds.stemma
stemma-dump deeds.stemma | grep '"record":"row"' >rows
grep -q '"row":2,"type":"justice.release","time":"2031-05-01","participants":{"agent":"Oda \\"the Owl\\" Brill","patient":"Ivo Tamm"},"place":"Sarn","external_id":"court:17","content":"for want\\nof proof"}' rows ||
    { failed "the first row"; cat rows; }

# The sample of the test corpus, with a mapping of its own.
stemma-pack -q --mapping "$source/tests/corpus/tables/matches.map" -o matches.stemma \
    "$source/tests/corpus/tables/matches.csv" 2>/dev/null || failed "pack of the sample table"
again matches.stemma
[ "$(stemma-query --format jsonl matches.stemma events --who 'Oda Brill' | wc -l)" = 4 ] ||
    failed "matches of a player, in pairs too"
stemma-query matches.stemma events --type pelda.double >pairs
grep -q 'pelda match of pairs: .*Oda Brill' pairs || { failed "the label of a type that was made"; cat pairs; }
stemma-query matches.stemma show Sarn >place || failed "a place of a table"
stemma-query matches.stemma why "$(stemma-query --format jsonl matches.stemma events --type pelda.double --limit 1 |
    grep -o '"v\.[^"]*"' | head -1 | tr -d '"')" >why.out
grep -q '#row=4 ' why.out && grep -q 'agent  *Kesta Vole' why.out && grep -q 'quantity  *1204 people' why.out ||
    { failed "the row behind a claim"; cat why.out; }

# Events and mentions in the shape of GDELT: rows of one id are one event with several sources.
event() { # ID DAY ACTOR1 ACTOR2 CODE PLACE URL
    printf '%s\t%s' "$1" "$2"
    for column in $(seq 3 61); do
        case $column in
        7) printf '\t%s' "$3" ;; 13) printf '\tGOV' ;; 17) printf '\t%s' "$4" ;; 27) printf '\t%s' "$5" ;;
        53) printf '\t%s' "$6" ;; 61) printf '\t%s' "$7" ;; *) printf '\t' ;;
        esac
    done
    printf '\n'
}
mention() { # ID SOURCE
    printf '%s\t20310501100000\t20310501101500\t1\t%s\turl\t1\t-1\t4\t9\t1\t50\t800\t-1.5\t\t\n' "$1" "$2"
}
mkdir feed
{
    event 71 20310501 DRAVINIA HALMARK 042 Sarn https://www.gazette.example/a
    event 72 20310501 DRAVINIA '' 141 Sarn https://www.gazette.example/b
    event 73 20310502 HALMARK DRAVINIA 0311 '' https://courier.example/c
    event 74 20310502 HALMARK DRAVINIA --- '' https://courier.example/d
} >feed/20310501101500.export.CSV
{
    mention 71 gazette.example
    mention 71 courier.example
    mention 73 herald.example
    mention 99 herald.example
} >feed/20310501101500.mentions.CSV
stemma-pack -q --mapping gdelt-mentions --mapping gdelt-events -o first.stemma feed || failed "pack of a feed"
stemma-pack -q --mapping gdelt-events --mapping gdelt-mentions -o feed.stemma feed || failed "pack of a feed"
again feed.stemma
stemma-query --format jsonl feed.stemma events >feed.events
grep -q '"type":"contact.meet".*"documents":2' feed.events || { failed "an event of two tables"; cat feed.events; }
grep -q '"type":"cameo.c0311"' feed.events || failed "a code without a type of ours"
[ "$(wc -l <feed.events)" = 4 ] || { failed "71, 72, 73 and 99 are four events"; cat feed.events; }
stemma-dump feed.stemma | grep -c '"reason":"same external id"' | grep -qx 3 || failed "three joins"
stemma-dump feed.stemma | grep -q '"label":"intent of economic cooperation"' || failed "the label of a code"

# Articles, a data set and people's judgements in one file; --base keeps them.
mkdir articles
echo "President Ilana Voss freed 5 prisoners in Tessaly on Monday, 5 May 2031." >articles/1.txt
stemma-pack -q --mapping icews -o both.stemma articles events.tsv || failed "articles and a table"
again both.stemma
stemma-pack -q -o based.stemma --base plain.stemma articles || failed "--base with a data set"
same both.stemma based.stemma "--base makes another file"
stemma-pack -q -o merged.stemma plain.stemma articles || failed "a .stemma file with a data set"
same both.stemma merged.stemma "a .stemma file among the inputs makes another file"
id=$(stemma-dump plain.stemma | sed -n 's/.*"record":"document","id":"\([^"]*\)".*/\1/p')
printf '{"record":"judgement","left":"%s.0","right":"%s.1","verdict":"same","author":"ida"}\n' "$id" "$id" >people.jsonl
stemma-pack -q -o judged.stemma --judgements people.jsonl --mapping icews events.tsv || failed "a judgement of actors"
again judged.stemma
stemma-pack -q -o rejudged.stemma --base judged.stemma || failed "--base alone"
same judged.stemma rejudged.stemma "people's judgements of actors stay"

# Lines of interchange that are not as they should be.
stemma-dump deeds.stemma >deeds.jsonl
sed '/"record":"row"/s/"Ivo Tamm"}/"Nobody Here"}/' deeds.jsonl | stemma-pack -q -f -o odd.stemma - 2>/dev/null
grep -q ACTOR_UNKNOWN odd.stemma.rejects.jsonl || failed "an actor that is not there"
sed '$d' deeds.jsonl | stemma-pack -q -f -o odd.stemma - 2>/dev/null
grep -q ROWS_MISSING odd.stemma.rejects.jsonl || failed "fewer rows than promised"
grep -v '"record":"document"' deeds.jsonl | cat - articles.jsonl 2>/dev/null |
    stemma-pack -q -f -o odd.stemma - 2>/dev/null
grep -q ROWS_REFUSED odd.stemma.rejects.jsonl || failed "rows without their document"
sed 's/"record":"row","row"/"row":9,"record": "row","row"/' deeds.jsonl | stemma-pack -q -f -o odd.stemma - 2>/dev/null
grep -q JSON_SYNTAX odd.stemma.rejects.jsonl || failed "a key given twice"
sed 's/^{"record":"row",/{ "record" : "row", /' deeds.jsonl | stemma-pack -q -f -o odd.stemma - ||
    failed "rows with white space"
same deeds.stemma odd.stemma "white space makes another file"

# Mappings that are none.
stemma-pack -q --mapping nowhere -o no.stemma events.tsv 2>no.err
[ $? = 6 ] && grep -q MAPPING_UNREADABLE no.err || failed "a mapping that is not there"
grep -q 'no such mapping' no.err || failed "a mapping that is not there: $(cat no.err)"
mkdir maps && ln -s round.map maps/round.map
STEMMA_MAPPINGS=$PWD/maps stemma-pack -q --mapping round -o no.stemma events.tsv 2>no.err
[ $? = 6 ] && grep -q 'cannot be opened.*symbolic links.*MAPPING_UNREADABLE' no.err || failed "a mapping nobody can open: $(cat no.err)"
printf '[column x]\nfills = time\n' >bad.map
stemma-pack -q --mapping ./bad.map -o no.stemma events.tsv 2>no.err
grep -q MAPPING_INCOMPLETE no.err && [ ! -e no.stemma ] || failed "a mapping without a type"
echo "$failures failures"
[ "$failures" = 0 ]
