#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes every record of a .stemma file apart and puts it together again by sections 7 and 9 of
SPEC.md: the same values must be the same bytes, in the same records [W-2]. Their order is looked at, too.

    pack_records.py FILE      says what was compared; ends with 1 when anything differs"""

import sys

from canonical import unpack
from orders import ORDERS
from packed import LIST_SIZE, EventBlock, arena, columns, postings, rows_of, tokens
from packing import (arena_of, column_block, event_block, pack, posting_records, row_blocks,
                     token_record)
from stemma_file import NEAR, POSTINGS, File, part_of

MAGIC = bytes.fromhex("28b52ffd")

# ---- All tables ----


def same_testimony(file, value):
    raw = part_of(value, file.dictionaries["testimony"])
    return pack(unpack(raw)) == raw


def same_detail(value):
    raw = part_of(value, None)
    return pack(unpack(raw)) == raw and well_framed(value, 5, None)


def well_framed(value, head, dictionary):
    """[W-3] of a stored block whose frame begins at `head`."""
    if value[0] == 0:
        return True
    # Bits of a frame's descriptor: dictionary id, checksum, and that the content has a size.
    flags = value[head + 4]
    return (value[0] == (2 if dictionary is None else 1) and value[head : head + 4] == MAGIC
            and flags & 7 == 0 and flags & 0xE0 != 0)


def main(path):
    file = File(path)
    failed = []

    def tell(name, count, same):
        print("%-14s %6d %s" % (name, count, "same" if same else "DIFFERENT"))
        if not same:
            failed.append(name)

    for name in ("vocabulary", "run", "document", "judgement", "derivation", "row"):
        rows = file.tables[name]
        tell(name, len(rows), all(pack(unpack(value)) == value for _, value in rows))
    meta = dict(file.tables["meta"])
    tell("meta", 2, all(pack(unpack(meta[key])) == meta[key] for key in (b"stemma", b"digest")))
    rows = file.tables["testimony"]
    tell("testimony", len(rows), all(same_testimony(file, value) for _, value in rows))
    for name, head in (("text", 1), ("testimony", 5)):
        rows = file.tables[name]
        tell("frames of it", len(rows),
             all(well_framed(value, head, file.dictionaries[name]) for _, value in rows))
    rows = file.tables["detail"]
    tell("detail", len(rows), all(same_detail(value) for _, value in rows))
    for name in ("alias", "claim"):
        tell(name, len(file.tables[name]), row_blocks(rows_of(file.tables[name])) == file.tables[name])
    for name in ("entity", "group", "member", "fence", "voice"):
        rows = file.tables[name]
        tell(name, len(rows), all(column_block(columns(value)) == value for _, value in rows))
    rows = file.tables["event"]
    tell("event", len(rows), all(column_block(event_block(EventBlock(value))) == value
                                 for _, value in rows))
    for name in POSTINGS:
        rows = file.tables.get(name, [])
        made = posting_records(postings(name, rows), LIST_SIZE.get(name), NEAR not in file.features)
        tell(name, len(rows), made == rows)
    label = dict(file.tables["label"])[b"arena"]
    tell("label", 1, arena_of(arena(label)) == label)
    token = dict(file.tables["token"])[b"text"]
    tell("token", 1, token_record(tokens(token)) == token)
    for name, in_order in ORDERS.items():
        tell("order of " + name, len(file.tables.get(name[:-1], ())), in_order(file))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
