# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# memcheck: what no sanitizer sees, reads of memory that was never set, in the release build: the
# formats, a reader, a writer, and the tools over a small corpus.
. tests/gates/common.sh
need valgrind
build release >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/failed"
: >"$work/runs"
# One command of one line: its own exit status may be any but 99.
cat >"$work/memcheck" <<'END'
said=$(mktemp "$0.XXXXXX")
# shellcheck disable=SC2086
valgrind --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect --quiet \
    --suppressions=tests/gates/valgrind.supp $1 >/dev/null 2>"$said"
if [ $? = 99 ]; then
    { echo "FAILED: $1"; cat "$said"; }
    echo "$1" >>"${0%/*}/failed"
fi
echo "$1" >>"${0%/*}/runs"
END
memcheck() { # the commands come as lines
    xargs -d '\n' -n 1 -P "$jobs" sh "$work/memcheck"
}
mkdir "$work/articles"
for article in $(find tests/corpus/articles -type f | sort | head -n 6); do
    cp "$article" "$work/articles"
done
kb=$work/kb.stemma
{
    echo "build/stemma-pack -q -j 2 -o $kb --manifest tests/corpus/manifest.csv $work/articles"
    echo "build/stemma-pack -q -o $work/lines.stemma tests/tools/everything.jsonl"
    for test in format_test_records format_test_column format_test_event_block format_test_canonical \
        format_test_edtf format_test_page_check lib_test_reader lib_test_writer_roundtrip lib_test_search \
        lib_test_find lib_test_conflict lib_test_events tools_test_interchange_read tools_test_read_csv; do
        echo "build/tests/$test"
    done
} | memcheck
for file in "$kb" "$work/lines.stemma"; do
    echo "build/stemma-dump $file"
    echo "build/stemma-dump --check $file"
    for question in stats events timeline conflicts sources "search prison" "find a"; do
        echo "build/stemma-query $file $question"
    done
    echo "build/stemma-query -f jsonl $file events --as-of 2024-01-01"
done | memcheck
echo "gate: $(wc -l <"$work/runs") runs, $(wc -l <"$work/failed") failed"
[ ! -s "$work/failed" ] && [ -e "$kb" ] && [ -e "$work/lines.stemma" ]
