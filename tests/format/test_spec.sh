#!/bin/bash
# SPDX-License-Identifier: MIT
# SPEC.md and the sources say the same: every rule is defined once and cited where it is protected,
# limits, enumerations and problem codes are those of the headers and sources.
set -u
source_dir=$2
spec=$source_dir/SPEC.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
failed=0

problem() {
    echo "$1"
    failed=1
}

# $1 has lines that $2 lacks: each is a problem called $3.
must_be_in() {
    comm -23 "$work/$1" "$work/$2" | while read -r line; do echo "$3: $line"; done >"$work/found"
    if [ -s "$work/found" ]; then
        cat "$work/found"
        failed=1
    fi
}

# ---- Rules ----
rule='\[[CRPTIWVXF]-[0-9]+\]'
grep -oE "^- \*\*$rule" "$spec" | grep -oE "$rule" | sort >"$work/all"
sort -u "$work/all" >"$work/defined"
uniq -d "$work/all" | while read -r id; do echo "defined twice: $id"; done >"$work/twice"
[ -s "$work/twice" ] && problem "$(cat "$work/twice")"
[ -s "$work/defined" ] || problem "no rule is defined"

cd "$source_dir" || exit 1
grep -oE "$rule" "$spec" | sort -u >"$work/in_spec"
grep -rhoE "$rule" tests --include='*.[ch]' --include='*.sh' --include='*.py' | sort -u >"$work/in_tests"
grep -rhoE "/?\*.*$rule|//.*$rule" format lib tools --include='*.[ch]' | grep -oE "$rule" | sort -u >"$work/in_sources"
must_be_in in_spec defined "SPEC.md cites a rule that it does not have"
must_be_in in_tests defined "a test cites a rule that SPEC.md does not have"
must_be_in in_sources defined "a source cites a rule that SPEC.md does not have"

must_be_in defined in_tests "no test cites a rule"
echo "$(comm -12 "$work/defined" "$work/in_tests" | wc -l) of $(wc -l <"$work/defined") rules are cited by tests"

# ---- Sections that sources send their reader to ----
sed -nE 's/^#+ ([0-9.]+ )?(Appendix [A-Z]: )?(.*)$/\3/p' "$spec" | tr -d '`' | sort -u >"$work/headings"
grep -rhoE 'SPEC\.md, "[^"]+"' format lib tools --include='*.[ch]' | sed -E 's/.*"(.*)"/\1/' |
    sort -u >"$work/sent_to"
[ -s "$work/sent_to" ] || problem "no source names a section"
must_be_in sent_to headings "a source names a section that SPEC.md does not have"

# ---- Limits ----
sed -nE 's/^#define (STEMMA_[A-Z_]+) ([^/]*[^/ ]).*/\1 \2/p' format/limits.h |
    while read -r name value; do
        value=${value//u/}
        echo "$name $((value))"
    done | sort >"$work/limits_header"
sed -n '/^## 12\. /,/^## 13\. /p' "$spec" | sed -nE 's/^\| `(STEMMA_[A-Z_]+)` \| ([0-9]+) \|.*/\1 \2/p' |
    sort >"$work/limits_spec"
[ -s "$work/limits_header" ] || problem "no limits were found"
must_be_in limits_header limits_spec "format/limits.h has a limit that SPEC.md has not, or with another value"
must_be_in limits_spec limits_header "SPEC.md has a limit that format/limits.h has not, or with another value"

# ---- Enumerations: STEMMA_TENSE_PAST = 1 is "tense 1 past" ----
cat format/include/stemma/{testimony,judgement,vocabulary,edtf}.h |
    sed -nE 's/^ *STEMMA_([A-Z]+)_([A-Z_]+) = ([0-9]+).*/\1 \3 \2/p' | tr 'A-Z' 'a-z' |
    sort >"$work/enums_headers"
sed -n '/^### B\.2 /,/^### B\.3 /p' "$spec" | sed -nE 's/^\| ([a-z]+) \| (.*[a-z]) \|$/\1 \2/p' |
    while read -r name values; do
        echo "$values" | sed 's/ · /\n/g' | sed "s/^/$name /"
    done | grep -v '^enumeration ' | sort >"$work/enums_spec"
[ -s "$work/enums_headers" ] || problem "no enumerations were found"
must_be_in enums_headers enums_spec "a header has a value that SPEC.md has not"
must_be_in enums_spec enums_headers "SPEC.md has a value that no header has"

# ---- Statuses ----
sed -nE 's/^ *STEMMA_(E_)?([A-Z_]+) = (-?[0-9]+).*/\2 \3/p' format/include/stemma/status.h | sort >"$work/status_header"
sed -n '/^### B\.4 /,/^## /p' "$spec" | sed -nE 's/^\| ([A-Z_]+) \| (-?[0-9]+) \|.*/\1 \2/p' | sort >"$work/status_spec"
[ -s "$work/status_header" ] || problem "no statuses were found"
must_be_in status_header status_spec "status.h has a status that SPEC.md has not, or with another number"
must_be_in status_spec status_header "SPEC.md has a status that status.h has not, or with another number"

# ---- Codes: what format/ and lib/ report, and the interchange, is in appendix C ----
grep -hoE '"[A-Z][A-Z0-9]+(_[A-Z0-9]+)*"' format/*.[ch] lib/*/*.[ch] \
    tools/common/interchange_*.c tools/common/json_in.c tools/pack/intake_stream.c tools/pack/row_lines.c tools/pack/edges.c tools/pack/corpus.c |
    tr -d '"' | sort -u >"$work/literals"
# Capitals that are no codes: names of statuses, EDTF, the coder's name of UTF-8, words in messages.
grep -vE '^(STEMMA_.*|XX|T|Z|UTF_8|URI|INTERNAL|HOME|XDG_CACHE_HOME)$' "$work/literals" >"$work/codes"
sed -n '/^## Appendix C/,/^## Appendix D/p' "$spec" | grep -oE '`[A-Z][A-Z0-9_]+`' | tr -d '`' |
    sort -u >"$work/codes_spec"
must_be_in codes codes_spec "a code is not in appendix C"
# The other way round through what sources and page_problem.h hold.
{
    cat "$work/codes"
    grep -oE 'X\([A-Z_]+' format/page_problem.h | cut -c3-
} | sort -u >"$work/codes_sources"
must_be_in codes_spec codes_sources "appendix C has a code that no source reports"
grep -ohE '\(`[A-Z][A-Z0-9_]+`|, `[A-Z][A-Z0-9_]+`' "$spec" | grep -oE '[A-Z][A-Z0-9_]+' |
    grep -vE '^(STEMMA_|MDB_|YY)' | sort -u >"$work/codes_text"
must_be_in codes_text codes_spec "the text of SPEC.md names a code that appendix C has not"

exit "$failed"
