#!/bin/bash
# SPDX-License-Identifier: MIT
# --help, man page and completion of each tool name the same options with the same choices; the table of
# exit statuses is one; the examples of the man pages work.
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

# What a user's shell offers behind the words given.
offers() { # TOOL WORD...
    local tool=$1
    COMP_WORDS=("stemma-$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    unset COMP_LINE
    "$(complete -p "stemma-$tool" | sed 's/.*-F \([^ ]*\) .*/\1/')" >/dev/null 2>&1
    printf '%s\n' "${COMPREPLY[@]}" | sort -u
}

section() { # PAGE HEADING: the lines of a section of a man page
    awk -v heading="# $2" '/^# /{inside = ($0 == heading); next} inside' "$1"
}

# All but the trainer, which is not installed.
tools=$(cd "$source/tools" && for tool in */main.c; do dirname "$tool"; done | grep -v '^train$')
[ "$(echo "$tools" | grep -c 'pack\|dump')" = 2 ] || failed "the tools are not where they are looked for"
for tool in $tools; do
    page=$source/tools/man/stemma-$tool.1.scd
    completion=$build/completion/bash/stemma-$tool
    help=$tool.help
    "$build/stemma-$tool" --help >"$help" || failed "$tool --help"
    if [ ! -f "$page" ] || [ ! -f "$completion" ]; then
        failed "$tool has no man page or no completion"
        continue
    fi
    # shellcheck disable=SC1090
    source "$completion" || failed "the completion of $tool does not load"

    sed -n 's/^ \{2,6\}\(-[A-Za-z], \)\{0,1\}\(--[a-z-]*\).*/\1\2/p' "$help" | tr -d ' ' | tr ',' '\n' |
        sort -u >"$tool.help.options"
    section "$page" OPTIONS | grep '^\*-' | grep -oE '\*--?[A-Za-z][a-z-]*' | tr -d '*' |
        sort -u >"$tool.man.options"
    offers "$tool" - >"$tool.completion.options"
    offers "$tool" -- >"$tool.completion.long"
    [ "$(wc -l <"$tool.help.options")" -gt 4 ] || failed "$tool: --help names options"
    diff "$tool.help.options" "$tool.man.options" || failed "$tool: --help and the man page differ"
    # Completion need not offer the short forms.
    grep '^--' "$tool.help.options" | diff - "$tool.completion.long" ||
        failed "$tool: --help and completion differ"
    [ -z "$(comm -13 "$tool.help.options" "$tool.completion.options")" ] ||
        failed "$tool: completion offers options that are not there"

    # --name=one|two|three
    sed -n 's/^ .*\(--[a-z-]*\)=\([a-z0-9|-]*|[a-z0-9|-]*\).*/\1 \2/p' "$help" >"$tool.choices"
    while read -r name choices; do
        section "$page" OPTIONS | grep '^\*-' | tr -d '*_' | grep -q -- "$name=$choices\$" ||
            failed "$tool $name: the man page has other choices than $choices"
        [ "$(offers "$tool" "$name" "" | tr '\n' ' ')" = \
            "$(echo "$choices" | tr '|' '\n' | sort -u | tr '\n' ' ')" ] ||
            failed "$tool $name: completion offers other choices than $choices"
        [ "$(offers "$tool" "$name" = "${choices%%|*}")" = "${choices%%|*}" ] ||
            failed "$tool $name=: completion does not know the form with ="
    done <"$tool.choices"

    [ "$(section "$page" "EXIT STATUS" | grep -oE '^\*[0-9]\*$' | tr -d '*\n')" = 01234567 ] ||
        failed "$tool: the man page does not list the exit statuses 0 to 7"
    [ "$(sed -n '/^Exit status:/,$p' "$help" | grep -oE '\b[0-9] [a-z]' | cut -c1 | tr -d '\n')" = \
        01234567 ] || failed "$tool: --help does not list the exit statuses 0 to 7"
    grep -q "^stemma-$tool - " "$page" || failed "$tool: the man page does not say its name"
    if command -v scdoc >/dev/null && ! scdoc <"$page" >"$tool.1"; then
        failed "$tool: scdoc does not take the man page"
    fi
done
[ "$(sort -u ./*.help | grep -c '^Exit status:')" = 1 ] || failed "the exit statuses differ between tools"
[ "$(wc -l <dump.choices)" = 2 ] || failed "the choices of dump were not found"

# Completion offers the commands, and to a command the options that its own help has.
sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' query.help | sort >commands
[ "$(wc -l <commands)" -gt 8 ] || failed "stemma-query --help lists no commands"
offers query kb "" | diff commands - || failed "completion offers other commands"
while read -r command; do
    "$build/stemma-query" "$command" --help >command.help || failed "$command --help"
    grep -q "^Usage: stemma-query \[OPTIONS\] KB $command" command.help || failed "$command --help: usage"
    sed -n 's/^ \{2,6\}\(-[A-Za-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' command.help | sort >command.options
    offers query kb "$command" -- | diff command.options - || failed "$command: --help and completion differ"
    section "$source/tools/man/stemma-query.1.scd" COMMANDS | grep -q "^\*$command\*" ||
        failed "$command is not in the man page"
done <commands

# Completion offers the tables there are.
"$build/stemma-dump" --table nowhere kb 2>&1 | sed -n 's/.*there are: //p' | tr ' ' '\n' | sort >tables
[ "$(wc -l <tables)" = 30 ] || failed "there are 30 tables"
offers dump --table "" | diff tables - || failed "completion offers other tables"

# The examples, in order, in a folder where what they name is.
PATH=$build:$PATH
mkdir articles today feed
for i in 1 2 3 4 5; do
    echo "President Ilana Voss freed $i prisoners in Tessaly on Monday, aides told the Noor Agency." \
        >"articles/$i.txt"
done
echo "Orest Kalden met President Ilana Voss in Tessaly on Tuesday." >today/6.txt
{ echo file,published,publisher; for i in 1 2 3 4 5; do echo "$i.txt,2024-05-0$i,The Post"; done; } \
    >manifest.csv
cp "$source/tests/tools/everything.jsonl" extracted.jsonl
awk 'BEGIN {for (i = 1; i <= 61; i++)
    printf "%s%s", i == 1 ? 7 : i == 2 ? 20310501 : i == 7 ? "DRAVINIA" : i == 27 ? "042" : "", i < 61 ? "\t" : "\n"}' \
    >feed/20310501101500.export.CSV
stemma-pack -q -o first.stemma -m manifest.csv articles
stemma-dump first.stemma | sed -n 's/.*"record":"document","id":"\([^"]*\)".*/\1/p' | head -2 | tr '\n' ' ' |
    sed 's/\([^ ]*\) \([^ ]*\) /{"record":"judgement","left":"\1.0","right":"\2.0","verdict":"not_same","author":"alice"}\n/' \
        >looked.jsonl
examples=0
for tool in pack dump; do
    section "$source/tools/man/stemma-$tool.1.scd" EXAMPLES | sed -n 's/^\$ //p' >"$tool.examples"
    while read -r command; do
        bash -o pipefail -c "$command" >example.out 2>example.err </dev/null ||
            { failed "$tool: $command"; cat example.err; }
        examples=$((examples + 1))
    done <"$tool.examples"
done
[ "$examples" -ge 10 ] || failed "only $examples examples were found"
stemma-dump news.stemma | grep -q '"author":"alice"' || failed "the judgement of the example is not there"
echo "$failures failures"
[ "$failures" = 0 ]
