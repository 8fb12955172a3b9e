#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists the bytes of the smallest file as appendix A of SPEC.md shows them, for whoever edits it:

    STEMMA_SPEC_EXAMPLE=smallest.stemma build/tests/format_test_spec_example
    show_smallest.py smallest.stemma"""

import sys

from canonical import Reader, value_of
from stemma_file import PAGE, le

SHORT = {"arena": "0 names, sizes and base 0; slack", "exact": "0 pairs; slack", "sound": "0 pairs; slack",
         "text": "0 tokens"}


def show(data, at, size, remark):
    for start in range(0, size, 16):
        line = "%06x  %s" % (at + start, data[at + start : at + min(start + 16, size)].hex(" "))
        print("%-56s  ; %s" % (line, remark) if start == 0 else line)


def meta_page(data, page):
    base = page * PAGE
    if page:
        show(data, base, 8, "page number 1")
    show(data, base + 8, 8, "pad 0, kind 8: meta page %d" % page)
    show(data, base + 16, 8, "magic, data version 1")
    show(data, base + 32, 8, "map size %d" % len(data))
    show(data, base + 40, 8, "free list: page size 4096, flags 8, depth 0")
    show(data, base + 80, 8, "its root: none")
    if page == 0:
        show(data, base + 128, 8, "main table: root none")
    else:
        table(data, base + 88, "main table: pad 0, flags 0, depth 1", "its")
    show(data, base + 136, 8, "last page %d" % le(data, base + 136, 8))
    if page:
        show(data, base + 144, 8, "transaction 1")


def table(data, at, first, whose):
    root = le(data, at + 40, 8)
    if root == 2**64 - 1:
        show(data, at + 40, 8, "%s root: none" % whose)
        return
    show(data, at, 8, first)
    show(data, at + 16, 8, "%s leaf pages: %d" % (whose, le(data, at + 16, 8)))
    show(data, at + 32, 8, "%s entries: %d" % (whose, le(data, at + 32, 8)))
    show(data, at + 40, 8, "%s root: page %d" % (whose, root))


def record(data, at, size, key):
    """The value of a node of `meta`, item by item."""
    reader = Reader(data[at : at + size])

    def item(remark, read):
        start = reader.at
        read()
        show(data, at + start, reader.at - start, remark)

    skip = lambda: (value_of(reader), value_of(reader))
    if key == "digest":
        count = le(data, at + 2, 1)
        item("array of %d" % count, lambda: reader.take(3))
        for _ in range(count):
            name, entries, _ = value_of(Reader(data[at + reader.at : at + size]))
            item('["%s", %d, digest]' % (name, entries), lambda: value_of(reader))
        return
    item("map of 4", lambda: reader.take(1))
    item('0: "stemma"', skip)
    item("1: major %d" % data[at + reader.at + 1], skip)
    item("2: minor %d" % data[at + reader.at + 1], skip)
    item("4: array of 16", lambda: reader.take(4))
    item("the counts, all 0", lambda: [value_of(reader) for _ in range(16)])


def leaf(data, page, name):
    base = page * PAGE
    lower, upper = le(data, base + 12, 2), le(data, base + 14, 2)
    count = (lower - 16) // 2
    show(data, base, 8, "page number %d" % page)
    show(data, base + 8, 8, "%s: leaf, lower %d, upper %d" % (name, lower, upper))
    show(data, base + 16, 2 * count, "pointers of %d nodes" % count)
    for node in reversed(range(count)):
        at = base + le(data, base + 16 + 2 * node, 2)
        size, flags, key_size = le(data, at, 4), le(data, at + 4, 2), le(data, at + 6, 2)
        key = data[at + 8 : at + 8 + key_size].decode()
        show(data, at, 8, "node %d: value %d bytes, flags %d, key %d bytes" % (node, size, flags, key_size))
        show(data, at + 8, key_size, '"%s"' % key)
        if flags == 2:
            table(data, at + 8 + key_size, "its pad, flags, depth 1", "its")
        elif key in SHORT:
            show(data, at + 8 + key_size, size, SHORT[key])
        else:
            record(data, at + 8 + key_size, size, key)


def main(path):
    with open(path, "rb") as stream:
        data = stream.read()
    meta_page(data, 0)
    meta_page(data, 1)
    main = le(data, PAGE + 128, 8) * PAGE
    names = {main // PAGE: "main table"}
    for node in range((le(data, main + 12, 2) - 16) // 2):
        at = main + le(data, main + 16 + 2 * node, 2)
        key_size = le(data, at + 6, 2)
        names[le(data, at + 8 + key_size + 40, 8)] = "table " + data[at + 8 : at + 8 + key_size].decode()
    for page in range(2, len(data) // PAGE):
        leaf(data, page, names[page])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
