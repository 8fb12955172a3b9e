#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes every record of a .stemma file apart and puts it together again by sections 7 and 9 of
SPEC.md: the same values must be the same bytes, in the same records.

    pack_records.py FILE      says what was compared; ends with 1 when anything differs"""

import math
import sys

from stemma_file import File, columns, decompress, le, postings, rows_of, unpack

CHUNK = 1900
MAGIC = bytes.fromhex("28b52ffd")

# ---- Section 7.1 ----


def number(value):
    if value < 0:
        for width, head in ((0, None), (1, 0xD0), (2, 0xD1), (4, 0xD2), (8, 0xD3)):
            if width == 0 and value >= -32:
                return bytes([value + 256])
            if width and value >= -(1 << 8 * width - 1):
                return bytes([head]) + value.to_bytes(width, "big", signed=True)
    if value < 128:
        return bytes([value])
    for width, head in ((1, 0xCC), (2, 0xCD), (4, 0xCE), (8, 0xCF)):
        if value < 1 << 8 * width:
            return bytes([head]) + value.to_bytes(width, "big")
    raise ValueError(value)


def sized(size, short, most, heads):
    if size < most:
        return bytes([short | size])
    for width, head in heads:
        if size < 1 << 8 * width:
            return bytes([head]) + size.to_bytes(width, "big")
    raise ValueError(size)


def pack(value):
    if value is True:
        return b"\xc3"
    if isinstance(value, int):
        return number(value)
    if isinstance(value, str):
        data = value.encode()
        return sized(len(data), 0xA0, 32, ((1, 0xD9), (2, 0xDA), (4, 0xDB))) + data
    if isinstance(value, bytes):
        return sized(len(value), 0, 0, ((1, 0xC4), (2, 0xC5), (4, 0xC6))) + value
    if isinstance(value, list):
        return sized(len(value), 0x90, 16, ((2, 0xDC), (4, 0xDD))) + b"".join(map(pack, value))
    body = b"".join(pack(key) + pack(one) for key, one in value.items())
    return sized(len(value), 0x80, 16, ((2, 0xDE), (4, 0xDF))) + body


# ---- Section 9 ----


def varint(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def bits(values, width):
    packed = sum(value << i * width for i, value in enumerate(values))
    return packed.to_bytes((len(values) * width + 7) // 8, "little")


def column_block(block):
    """[P-3] to [P-7]"""
    ids = [key for key in block if key != "rows"]
    head = block["rows"].to_bytes(4, "little") + len(ids).to_bytes(2, "little") + bytes(2)
    at, data = 8 + 32 * len(ids), b""
    for one in ids:
        values = block[one]
        least = min(values, default=0)
        far = [value - least for value in values]
        scale, width = 1, max(far, default=0).bit_length()
        divisor = math.gcd(*far) if far else 0
        if divisor > 1 and (max(far) // divisor).bit_length() < width:
            scale, width = divisor, (max(far) // divisor).bit_length()
        packed = bits([value // scale for value in far], width)
        start = at + len(data)
        head += (one.to_bytes(2, "little") + bytes([width, 0]) + len(values).to_bytes(4, "little")
                 + least.to_bytes(8, "little", signed=True) + scale.to_bytes(8, "little")
                 + start.to_bytes(4, "little") + len(packed).to_bytes(4, "little"))
        data += packed + bytes(-len(packed) % 8)
    return head + data + bytes(8)


def row_blocks(rows):
    """[P-20]"""
    records, first, held = [], 0, []

    def end():
        if held:
            starts = [2 + 2 * len(held) + sum(map(len, held[:i])) for i in range(len(held))]
            records.append((first.to_bytes(4, "big"), len(held).to_bytes(2, "little")
                            + b"".join(one.to_bytes(2, "little") for one in starts)
                            + b"".join(held)))

    size = 2
    for i, row in enumerate(map(pack, rows)):
        if held and size + 2 + len(row) > CHUNK:
            end()
            first, held, size = i, [], 2
        held.append(row)
        size += 2 + len(row)
    end()
    return records


def chunk_of(items):
    """[P-16]"""
    ids, payloads = [one[0] for one in items], [one[1] for one in items]
    steps = [b - a for a, b in zip(ids, ids[1:])]
    has = any(payloads)
    least = min(payloads)
    out = varint((len(items) - 1) * 2 + has) + varint(ids[0])
    id_width = max(steps, default=0).bit_length()
    width = (max(payloads) - least).bit_length()
    if steps:
        out += bytes([id_width])
    if has:
        out += varint(least) + (bytes([width]) if steps else b"")
    if steps:
        out += bits(steps, id_width)
        if has:
            out += bits([one - least for one in payloads], width)
    return out


class Postings:
    """[P-11] to [P-18]"""

    def __init__(self):
        self.records, self.entries = [], []

    def end_value(self):
        if self.entries:
            head = 2 + 2 * len(self.entries)
            starts = [head + sum(map(len, self.entries[:i])) for i in range(len(self.entries))]
            self.records.append((self.key, len(self.entries).to_bytes(2, "little")
                                 + b"".join(one.to_bytes(2, "little") for one in starts)
                                 + b"".join(self.entries)))
        self.entries = []

    def add_list(self, name, items):
        pending = []
        items = list(items)
        while items or pending:
            while items and len(pending) < 256:
                pending.append(items.pop(0))
            pending = self.add_chunk(name, pending)

    def add_chunk(self, name, pending):
        """Puts a chunk of the first ones in; gives back what was given off."""
        while True:
            if self.entries:
                shared = 0
                while shared < min(len(name), len(self.list)) and name[shared] == self.list[shared]:
                    shared += 1
            else:
                shared = len(name)
            head = varint(shared) + varint(len(name) - shared) + name[shared:]
            room = CHUNK - (2 + 2 * len(self.entries) + sum(map(len, self.entries)) + 2 + len(head))
            count = len(pending)
            chunk = chunk_of(pending)
            if len(chunk) > room and (not self.entries or (room >= 400 and count > 64)):
                least = 32 if self.entries else 1
                while len(chunk) > room and count > least:
                    count -= count // 8 + 1
                    chunk = chunk_of(pending[:count])
            if len(chunk) <= room:
                if not self.entries:
                    self.list = name
                    self.key = (name + b"\0" + pending[0][0].to_bytes(4, "big")
                                + pending[0][1].to_bytes(4, "big"))
                self.entries.append(head + chunk)
                return pending[count:]
            self.end_value()


def posting_records(rows):
    builder, i = Postings(), 0
    while i < len(rows):
        end = i
        while end < len(rows) and rows[end][0] == rows[i][0]:
            end += 1
        builder.add_list(rows[i][0], [one[1:] for one in rows[i:end]])
        i = end
    builder.end_value()
    return builder.records


# ---- All tables ----


def same_testimony(file, value):
    raw = decompress(value[0], value[5:], le(value, 1, 4), file.dictionaries["testimony"])
    return pack(unpack(raw)) == raw


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

    for name in ("vocabulary", "run", "document", "judgement", "derivation"):
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
    for name in ("entity", "claim"):
        tell(name, len(file.tables[name]), row_blocks(rows_of(file.tables[name])) == file.tables[name])
    for name in ("event", "group", "member"):
        rows = file.tables[name]
        tell(name, len(rows), all(column_block(columns(value)) == value for _, value in rows))
    for name in ("participation", "type", "place", "membership", "name", "gram", "term"):
        rows = file.tables[name]
        tell(name, len(rows), posting_records(postings(rows)) == rows)
    runs = [tuple((run.get(0, "").encode(), run.get(1, "").encode(), run.get(2, 0),
                   run.get(3, "").encode())) for run in file.runs]
    tell("order of runs", len(runs), all(a < b for a, b in zip(runs, runs[1:])))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
