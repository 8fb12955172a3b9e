#!/bin/bash
# SPDX-License-Identifier: MIT
# A knowledge base asked in SQL: random questions beside copies of the tables, the command sql, what it does
# not allow, damaged files, the extension in the shell of SQLite, and the examples of the man page.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
PATH=$build:$PATH
export LD_LIBRARY_PATH=$build/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
failures=0

failed() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

sql() {
    stemma-query "$@"
}

# answers WORDS KB STATEMENT: the lines of jsonl.
answers() {
    [ "$(stemma-query -f jsonl "$2" sql "$3")" = "$1" ] ||
        failed "$3: $(stemma-query -f jsonl "$2" sql "$3" 2>&1 | head -3), not $1"
}

# refuses STATUS WORDS STATEMENT
refuses() {
    stemma-query news.stemma sql "$3" >refused.out 2>refused.err
    status=$?
    [ $status = "$1" ] && grep -qF -- "$2" refused.err ||
        failed "$3: status $status, not $1; it says $(cat refused.err)"
}

for i in $(seq 1 400); do
    printf '2031-%02d-%02d\tActor %d\tEvent kind %d\tActor "%d"\n' $((i % 12 + 1)) $((i % 28 + 1)) \
        $((i * i % 37)) $((i % 7)) $((i * 13 % 29))
done >events.tsv
stemma-pack -q -o news.stemma --manifest "$source/tests/corpus/manifest.csv" "$source/tests/corpus/articles" &&
    stemma-pack -q --mapping icews -o coded.stemma events.tsv &&
    stemma-pack -q -o everything.stemma "$source/tests/tools/everything.jsonl" &&
    stemma-pack -q --mapping icews -o both.stemma "$source/tests/corpus/articles/"*1* events.tsv 2>/dev/null
[ -s both.stemma ] || failed "packing"

# Whatever way is taken, the answers are those of ordinary tables.
sql_differential=$build/tests/sql_differential
sanitized=$(grep -c '^STEMMA_SANITIZE:STRING=..*' "$build/CMakeCache.txt" 2>/dev/null)
rounds=${SQL_ROUNDS:-$((150 / (1 + 5 * ${sanitized:-0})))} # the same plans are tried, with fewer values
for question in "news.stemma 1" "news.stemma 2 2023-12-03" "coded.stemma 3" "both.stemma 4" "everything.stemma 5" \
    "both.stemma 6 2024-03"; do
    set -- $question
    "$sql_differential" "$1" "$rounds" "$2" ${3:+"$3"} >differs || { failed "$question"; head -20 differs; }
done

# What tables hold is what the other commands say.
[ "$(sql -f csv news.stemma sql 'SELECT id, type, label, time, documents, independent FROM event' | tr -d '\r' | tail -n +2)" = \
    "$(sql -f jsonl news.stemma events | python3 -c '
import csv, json, sys
w = csv.writer(sys.stdout, lineterminator="\n")
for line in sys.stdin:
    e = json.loads(line)
    w.writerow([e["id"], e["type"], e["label"], e["time"]["edtf"], e["documents"], e["independent"]])')" ] ||
    failed "events are not those of the command events"
for count in documents:document entities:entity events:event claims:claim assertions:assertion evidence:evidence \
    mentions:mention referents:referent names:name judgements:judgement derivations:derivation runs:run \
    vocabulary:term assertions:witness; do
    stated=$(sql -f csv news.stemma stats | tr -d '\r' | grep "^${count%%:*}," | cut -d, -f2)
    found=$(sql -f csv news.stemma sql "SELECT count(*) FROM ${count##*:}" | tr -d '\r' | tail -1)
    [ "$stated" = "$found" ] || failed "$count: stats say $stated, the table $found"
done
[ "$(sql -f csv news.stemma sql "SELECT count(*) FROM mention JOIN document ON document.number = mention.document
    WHERE substr(document.text, start + 1, end - start) <> mention.text AND mention.text NOT LIKE '%…%'" |
    tr -d '\r' | tail -1)" = 0 ] || failed "start and end are not where the words are"

# The command.
answers '{"a":1,"a_2":2.5,"b":null,"c":"x","d":"x'"'00ff'"'"}' news.stemma "SELECT 1 AS a, 2.5 AS a, NULL AS b, 'x' AS c, x'00ff' AS d"
answers '{"x":1.0e+300}' news.stemma "SELECT 1e300 AS x"
answers '{"n":3}' news.stemma "CREATE TEMP TABLE t AS SELECT * FROM event LIMIT 3; -- three
    SELECT count(*) AS n FROM t;"
answers '{"name":"Andrei Kovarin"}' news.stemma "SELECT name FROM find('Kovarin', 'person') JOIN entity ON number = entity ORDER BY score DESC, number LIMIT 1"
[ "$(echo 'SELECT 7 AS n' | sql -f tsv news.stemma sql -)" = "$(printf 'n\n7')" ] || failed "standard input"
[ "$(sql -n 2 --offset 1 -f tsv news.stemma sql 'SELECT number FROM event' | tr '\n' ' ')" = "number 1 2 " ] ||
    failed "--limit and --offset"
sql --as-of 2023-12-01 -f jsonl news.stemma events | wc -l >known
[ "$(sql --as-of 2023-12-01 -f tsv news.stemma sql 'SELECT count(*) FROM event' | tail -1)" = "$(cat known)" ] ||
    failed "--as-of"
sql news.stemma sql "SELECT 1 WHERE 0" 2>/dev/null
[ $? = 1 ] || failed "no row is nothing found"
plan=$(sql -f csv news.stemma sql "EXPLAIN QUERY PLAN SELECT label FROM participant AS p JOIN event AS e ON e.number = p.event
    WHERE p.entity = 3")
echo "$plan" | grep -q "participant by entity" && echo "$plan" | grep -q "event by number" || failed "the plan: $plan"
sql -f csv news.stemma sql "EXPLAIN QUERY PLAN SELECT id FROM event WHERE who = 3 AND type = 'justice.arrest' AND earliest > '2023'" |
    grep -q "event by type and earliest range and who" || failed "the plan of who"
sql -f csv coded.stemma sql "EXPLAIN QUERY PLAN SELECT type, count(*) FROM event WHERE earliest > '2031-03' GROUP BY type ORDER BY 2 DESC" |
    grep -q "FOR GROUP BY" && failed "events are not met type by type"
sql -f csv news.stemma sql "EXPLAIN QUERY PLAN SELECT id FROM event ORDER BY earliest DESC LIMIT 3" | grep -q "TEMP B-TREE" &&
    failed "events are sorted again"

# What is refused.
refuses 2 "no such column: nowhere" "SELECT nowhere FROM event"
refuses 2 "at byte 7" "SELECT nowhere FROM event"
refuses 2 "syntax error" "SELEC 1"
refuses 2 "may not be modified" "UPDATE event SET type = 'x'"
refuses 2 "only the last statement" "SELECT 1; SELECT 2"
refuses 2 "no statement" "/* nothing */"
refuses 2 "no query solution" "SELECT * FROM find"
refuses 2 "only where it is given" "SELECT who FROM event"
for statement in "ATTACH 'other.db' AS o" "DROP TABLE event" "CREATE TABLE t(a)" "PRAGMA journal_mode = OFF" "VACUUM" \
    "PRAGMA temp_store_directory = '/'" "VACUUM INTO 'copy.db'" \
    "CREATE VIRTUAL TABLE v USING stemma('news.stemma', 'event')"; do
    refuses 2 "not allowed" "$statement"
done
refuses 2 "not authorized to use function" "SELECT load_extension('x')"
refuses 2 "may not be modified" "DELETE FROM sqlite_master"
[ "$(find . -newer news.stemma -name '*.db')" = "" ] || failed "a file was made"
timeout -s INT 1 "$build/stemma-query" news.stemma sql \
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n" >/dev/null 2>stopped
[ $? != 0 ] && grep -q interrupted stopped || failed "the interrupt key does not end a statement"

# Damaged files: an error, no crash. (Not with --trusted: what the walk over the pages would refuse LMDB may not survive.)
python3 - news.stemma <<'EOF'
import random, sys
data = open(sys.argv[1], "rb").read()
chance = random.Random(7)
for i in range(40):
    damaged = bytearray(data)
    for _ in range(1 + i % 4):
        at = chance.randrange(8192, len(damaged))
        damaged[at:at + 8] = bytes(chance.randrange(256) for _ in range(8))
    open(f"damaged.{i}", "wb").write(damaged)
EOF
told=0
for i in $(seq 0 39); do
    for table in document entity name event participant claim witness assertion evidence referent mention judgement; do
        timeout 20 "$build/stemma-query" -f csv "damaged.$i" sql "SELECT * FROM $table" >out.csv 2>err.txt
        status=$?
        case $status in
        0 | 1) ;;
        4) told=$((told + 1)) ;;
        *) failed "damaged.$i $table: status $status: $(head -1 err.txt)" ;;
        esac
        [ $status != 4 ] || [ -s err.txt ] || failed "damaged.$i: nothing is said"
    done
done
[ $told -gt 10 ] || failed "only $told statements met damage"

# Who asks no SQL does not wait for SQLite to be loaded.
if ldd "$build/stemma-query" | grep -q sqlite; then
    failed "stemma-query is linked with SQLite"
fi

# In the shell of SQLite.
if command -v sqlite3 >/dev/null && [ "${sanitized:-0}" = 0 ]; then
    shell() {
        sqlite3 "$@"
    }
    [ "$(shell :memory: '.load stemma_sqlite' "SELECT stemma_attach('news.stemma', 'kb_')" 'SELECT count(*) FROM kb_document')" = \
        "$(printf '17\n%s' "$(stemma-query -f jsonl news.stemma sources | wc -l)")" ] || failed "stemma_attach"
    shell copy.db '.load stemma_sqlite' "CREATE VIRTUAL TABLE event USING stemma('news.stemma')" \
        "CREATE VIEW seen AS SELECT * FROM event" "CREATE TABLE mine AS SELECT id FROM event" || failed "a table in a database"
    shell copy.db '.load stemma_sqlite' 'SELECT count(*) FROM event WHERE id IN (SELECT id FROM mine)' >in.database
    [ "$(cat in.database)" = "$(stemma-query -f jsonl news.stemma events | wc -l)" ] || failed "a table of a database that is opened again"
    shell copy.db '.load stemma_sqlite' 'SELECT count(*) FROM seen' >view.out 2>&1
    grep -q 'unsafe use of virtual table' view.out || failed "a view of a database opens files: $(cat view.out)"
    mv news.stemma away.stemma
    shell copy.db '.load stemma_sqlite' 'SELECT count(*) FROM mine' >/dev/null || failed "a database whose file is gone"
    shell copy.db '.load stemma_sqlite' 'SELECT count(*) FROM event' >gone.out 2>&1
    grep -q 'news.stemma' gone.out || failed "a file that is gone: $(cat gone.out)"
    mv away.stemma news.stemma
    for wrong in "'none.stemma', 'event'" "'news.stemma', 'evnt'" "'news.stemma', 'event', as_of=soon" "'news.stemma', 'event', 'more'" \
        "'events.tsv', 'event'"; do
        shell :memory: '.load stemma_sqlite' "CREATE VIRTUAL TABLE x USING stemma($wrong)" >wrong.out 2>&1 &&
            failed "stemma($wrong) is taken"
        grep -q 'stemma\|events.tsv' wrong.out || failed "stemma($wrong) says $(cat wrong.out)"
    done
    page=$source/tools/man/stemma-sql.7.scd
else
    echo "no sqlite3, or one without the sanitizer: the extension is not tried"
    page=$work/page
    grep -v '^\$ sqlite3' "$source/tools/man/stemma-sql.7.scd" >"$page"
fi
# A Python that was built without loadable extensions cannot try them; Debian's own can.
python=
for candidate in /usr/bin/python3 python3; do
    if "$candidate" -c 'import sqlite3; sqlite3.Connection.enable_load_extension' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -n "$python" ] && [ "${sanitized:-0}" = 0 ]; then
    "$python" - <<'EOF' || failed "the extension in Python"
import sqlite3
connection = sqlite3.connect(":memory:")
connection.enable_load_extension(True)
connection.load_extension("stemma_sqlite")
connection.execute("SELECT stemma_attach('news.stemma')")
assert connection.execute("SELECT count(*) FROM document WHERE number < ?", (10,)).fetchone() == (10,)
EOF
else
    echo "no Python can load the extension: that is not tried"
fi

# The examples of the man page, and its tables and columns.
sed -n 's/^\$ //p' "$page" >examples
[ "$(wc -l <examples)" -ge 5 ] || failed "the man page has no examples"
while read -r command; do
    bash -o pipefail -c "$command" >example.out 2>example.err </dev/null && { [ -s example.out ] || [ "${command#echo}" != "$command" ]; } ||
        { failed "$command"; cat example.err; }
done <examples
for table in document entity name event participant claim witness assertion evidence referent mention judgement derivation run term; do
    for column in $(sql -f tsv news.stemma sql "SELECT name FROM pragma_table_xinfo('$table')" | tail -n +2); do
        tr _ ' ' <"$source/tools/man/stemma-sql.7.scd" | grep -qw -- "${column//_/ }" || failed "the man page does not name $table.$column"
    done
done
echo "$failures failures"
[ "$failures" = 0 ]
