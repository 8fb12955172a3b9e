#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples that SPEC.md shows line by line are what the rules around them make."""

import pathlib
import re
import sys

from packing import (arena_of, column_block, hash_array, pack, posting_records,
                          row_blocks, token_record)

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


def inline(after):
    """The bytes of the first piece of code in hexadecimal behind some words."""
    for code in re.findall(r"`([^`]+)`", PAGE[PAGE.index(after) + len(after) :]):
        if re.fullmatch(r"[0-9a-f\s]+", code):
            return bytes.fromhex("".join(code.split()))
    return None


RELEASE = [[[1, ["Ida"]], [2, [], ["w:1"]]], [[0x30, 1, 1, 2, 5, 3]],
           [[1, 4, 0, 1 | 2 << 6 | 1 << 8, 1, [[2, 7, 4, 1, 2]], 0, 1]]]
# Which number a term of the vocabulary has moves whenever one before it comes in.
PATIENT = int(re.search(r"\*patient\* \(term (\d+)\)", PAGE).group(1))
LISTS = [(b"ab", 5, 1), (b"ab", 6, 4), (b"ab", 9, 3), (b"ac", 300, 0)]
EXAMPLES = {
    'the run {name "hand"': pack({0: "hand", 2: 2, 3: "s"}),
    'one person "Ida" at [5, 8)': pack(RELEASE),
    "the one column 10, 20, 14": column_block({"rows": 3, 1: [10, 20, 14]}),
    "list `ab` with (5,1)": b"".join(posting_records(LISTS)[0]),
}

QUANTITY = [4, 3, "1000", "prisoner"]
INLINE = {
    "*age*: ": pack({0: 2, 1: "age", 2: "age in years"}),
    "\"more than 1,000 prisoners\" is ": pack(QUANTITY),
    "with the raw words left off, and with them": pack(QUANTITY + ["more than 1,000 prisoners"]),
    "three rows, one assertion each": pack({18: 3, 19: bytes([0, 1]), 20: 1, 21: 1})[1:],
    "says Ida\": ": pack({0: [0, 0], 1: [1, 2], 2: 1, 5: "Ida"}),
    "key `00000003 00000001`,\nvalue ": pack([{0: 1, 1: 971, 2: 1, 5: [0, 200, 0, 200]}]),
    "called \"Ida\" in three documents": pack([1, "Ida", 0, 3, "", 0, 2]),
    "witnesses (0, 7), (0, 9), (3, 1)": pack([1, PATIENT, 10, 1, 2, 2, 1, bytes([0, 7, 0, 1, 3, 1])]),
    "a meeting (term 8) on a day": pack({0: 8, 1: "2031-05-04", 4: [40, 0, 40, 2]}),
    "two rows `90` and `91 01`: ": row_blocks([[], [1]])[0][1],
    "*Example:* \"Ada\", \"\":": arena_of(["Ada", ""]),
    "hash 0x38d394c2, number 7:": hash_array({(0x38D394C2, 7)}),
    "*Example:* \"arven\", \"arvenian\": ": token_record(["arven", "arvenian"]),
}

made = {**{after: (shown(after), one) for after, one in EXAMPLES.items()},
        **{after: (inline(after), one) for after, one in INLINE.items()}}
wrong = [after for after, (page, one) in made.items() if page != one]
for after in wrong:
    print("%s\n  shown %s\n  made  %s" % (after, made[after][0].hex(), made[after][1].hex()))
print("%d examples, %d are wrong" % (len(made), len(wrong)))
sys.exit(1 if wrong else 0)
