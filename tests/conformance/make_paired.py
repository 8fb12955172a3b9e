#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes interchange of just enough documents for pairs of words, of every kind that there is [I-38]: those of
level 1 with a list, common ones that are only named, those that would have a list at level 0 and have none.

    make_paired.py >paired.jsonl        the interchange: 4,500 documents without assertions
    make_paired.py FILE                 what table `neighbour` of FILE holds: its digest, level, lists, names"""

import itertools
import json
import sys

from packed import postings
from stemma_file import File, digest_of

DOCUMENTS = 4500
BETWEEN = "o"         # in all texts, between any two words: its pairs are common
ALWAYS = "abcd"       # in all texts
MOSTLY = "pqrstuvw"   # in 4,400: their pairs are frequent at level 0, and together too many
PAIRS = [*itertools.permutations(ALWAYS, 2), *itertools.permutations(MOSTLY, 2)]


def text_of(number):
    words = [one for one in ALWAYS + MOSTLY if MOSTLY.find(one) != number % 45]
    pair = PAIRS[number % 130] if number % 130 < len(PAIRS) else ()
    if not set(pair) <= set(words):
        pair = ()
    parts = [one for one in words if one not in pair]
    return (" %s " % BETWEEN).join([*parts, *([" ".join(pair)] if pair else [])])


def write():
    print(json.dumps({"record": "header", "format": "stemma", "version": "1.1", "judged": True}))
    for number in range(DOCUMENTS):
        print(json.dumps({"record": "document", "uri": "u:%d" % number, "text": text_of(number), "referents": [],
                          "mentions": [], "assertions": []}))


def tell(path):
    file = File(path)
    rows = file.tables["neighbour"]
    found = postings("neighbour", rows)
    names = {key for key, _, _ in found if key.endswith(b"!")}
    lists = {key for key, _, _ in found} - names - {b" "}
    print("minor %d digest %s level %d lists %d of %d names %d" % (
        file.minor, digest_of(rows).hex(), dict((key, number) for key, number, _ in found)[b" "], len(lists),
        len(found) - len(names) - 1, len(names)))


if __name__ == "__main__":
    tell(sys.argv[1]) if len(sys.argv) == 2 else write()
