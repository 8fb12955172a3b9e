#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples that SPEC.md shows line by line are what the rules around them make."""

import pathlib
import re
import sys

from pack_records import column_block, pack, posting_records

PAGE = (pathlib.Path(__file__).parents[2] / "SPEC.md").read_text(encoding="utf-8")


def shown(after):
    """The bytes of the first fenced block behind some words, remarks left out."""
    block = PAGE[PAGE.index(after) :].split("```\n")[1]
    found = b""
    for line in block.splitlines():
        line = re.sub(r"^(key|value)", "", line)
        for token in line.split():
            if not re.fullmatch(r"([0-9a-f]{2})+", token):
                break
            found += bytes.fromhex(token)
    return found


RELEASE = [[[1, ["Ida"]], [2, [], ["w:1"]]], [[0x30, 1, 1, 2, 5, 3]],
           [[1, 4, 0, 1 | 2 << 6 | 1 << 8, 1, [[2, 7, 4, 1, 2]], 0, 1]]]
LISTS = [(b"ab", 5, 1), (b"ab", 6, 4), (b"ab", 9, 3), (b"ac", 300, 0)]
EXAMPLES = {
    'the run {name "hand"': pack({0: "hand", 2: 2, 3: "s"}),
    'one person "Ida" at [5, 8)': pack(RELEASE),
    "the one column 10, 20, 14": column_block({"rows": 3, 1: [10, 20, 14]}),
    "list `ab` with (5,1)": b"".join(posting_records(LISTS)[0]),
}

wrong = [after for after, made in EXAMPLES.items() if shown(after) != made]
for after in wrong:
    print("%s\n  shown %s\n  made  %s" % (after, shown(after).hex(), EXAMPLES[after].hex()))
print("%d examples, %d are wrong" % (len(EXAMPLES), len(wrong)))
sys.exit(1 if wrong else 0)
