#!/bin/bash
# SPDX-License-Identifier: MIT
# One version everywhere, one version of the format, one table of exit statuses; and the defaults that
# --help and the man pages name are the same ones.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

failed() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

same() { # WHAT EXPECTED FOUND
    [ -n "$2" ] || failed "$1: nothing to compare with"
    [ "$2" = "$3" ] || failed "$1: $3, not $2"
}

# The paragraph of an option in a man page, without the marks of scdoc, as one line.
paragraph() { # PAGE OPTION
    awk -v option="$2" '
        /^# /{inside = ($0 == "# OPTIONS")}
        /^\*-/{mine = inside && index($0 " ", option) && match($0, option "[^a-z-]")}
        mine' "$1" | tr -d '*_\\' | tr '\n\t' '  '
}

release=$(sed -n 's/^project(stemma VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")
format=$(sed -n 's/^Format version \([0-9.]*\) .*/\1/p' "$source/SPEC.md")
header=$source/lib/include/stemma/version.h
same "version.h" "$release" "$(sed -n 's/.*STEMMA_VERSION_STRING "\(.*\)"/\1/p' "$header")"
same "the numbers of version.h" "$release" \
    "$(sed -n 's/^#define STEMMA_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\)/\2/p' "$header" | paste -sd .)"
same "the shared library" "libstemma.so.$release" "$(basename "$(readlink -f "$build/lib/libstemma.so")")"
statuses=$(sed -n 's/^ *STM_EXIT_[A-Z]* = \([0-9]*\).*/\1/p' "$source/tools/common/exit_codes.h" | tr -d '\n')

defaults=0
for tool in pack query dump; do
    page=$source/tools/man/stemma-$tool.1.scd
    "$build/stemma-$tool" --version >version
    same "$tool --version" "stemma-$tool $release" "$(head -n 1 version)"
    same "$tool --version, of the format" "$format" "$(sed -n 's/^format \([0-9.]*\);.*/\1/p' version)"
    "$build/stemma-$tool" --help >help
    same "exit statuses of $tool --help" "$statuses" \
        "$(sed -n '/^Exit status:/,$p' help | grep -oE '\b[0-9] [a-z]' | cut -c1 | tr -d '\n')"
    same "exit statuses of $page" "$statuses" \
        "$(awk '/^# /{inside = ($0 == "# EXIT STATUS")} inside' "$page" | sed -n 's/^\*\([0-9]*\)\*$/\1/p' | tr -d '\n')"
    # Numbers, sizes and names of files: "default: one a processor" is prose, which may differ.
    while read -r option value; do
        defaults=$((defaults + 1))
        paragraph "$page" "$option" | grep -qiE "default[^.]* ${value//./\\.}([ ,.;]|$)" ||
            failed "$tool $option: --help says default $value, the man page does not"
    done < <(sed -nE 's/^ +(-[A-Za-z], )?(--[a-z-]+).*default:? ([^ ;,]+).*/\2 \3/p' help | grep -E ' .*[0-9.]')
done
[ "$defaults" -ge 4 ] || failed "only $defaults defaults were compared"
echo "$failures failures"
[ "$failures" = 0 ]
