# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# memcheck: what no sanitizer sees, reads of memory that was never set, in the release build: the
# formats, a reader, a writer, and the tools over a small corpus.
. tests/gates/common.sh
need valgrind
build release >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
memcheck() { # COMMAND...: its own exit status may be any but 99
    valgrind --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect --quiet \
        --suppressions=tests/gates/valgrind.supp "$@" >"$work/out" 2>"$work/err"
    if [ $? = 99 ]; then
        echo "FAILED: $*"
        cat "$work/err"
        failed=$((failed + 1))
    fi
    runs=$((runs + 1))
}
failed=0
runs=0
for test in format_test_records format_test_column format_test_event_block format_test_canonical \
    format_test_edtf format_test_page_check lib_test_reader lib_test_writer_roundtrip lib_test_search \
    lib_test_find lib_test_conflict lib_test_events tools_test_interchange_read tools_test_read_csv; do
    memcheck "build/tests/$test"
done
mkdir "$work/articles"
for article in $(find tests/corpus/articles -type f | sort | head -n 6); do
    cp "$article" "$work/articles"
done
kb=$work/kb.stemma
memcheck build/stemma-pack -q -j 2 -o "$kb" --manifest tests/corpus/manifest.csv "$work/articles"
memcheck build/stemma-pack -q -o "$work/lines.stemma" tests/tools/everything.jsonl
for file in "$kb" "$work/lines.stemma"; do
    memcheck build/stemma-dump "$file"
    memcheck build/stemma-dump --check "$file"
    for question in stats events timeline conflicts sources "search prison" "find a"; do
        # shellcheck disable=SC2086
        memcheck build/stemma-query "$file" $question
    done
    memcheck build/stemma-query -f jsonl "$file" events --as-of 2024-01-01
done
echo "gate: $runs runs, $failed failed"
[ "$failed" = 0 ]
