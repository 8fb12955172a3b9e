# SPDX-License-Identifier: MIT
"""Sections 7 and 9 of SPEC.md the other way round: values and packed structures are put together."""

import math

from stemma_file import XXHASH

CHUNK = 1900
VALUE = 2030
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
    if width == 0 or not values:
        return b""
    text = "".join(format(value, "0%db" % width) for value in reversed(values))
    return int(text, 2).to_bytes((len(values) * width + 7) // 8, "little")


def column(values):
    """[P-7]: form, width, minimum, scale and data of a column."""
    count, least = len(values), min(values, default=0)
    far = [value - least for value in values]
    scale, width = 1, max(far, default=0).bit_length()
    divisor = math.gcd(*far) if far else 0
    if divisor > 1 and (max(far) // divisor).bit_length() < width:
        scale, width = divisor, (max(far) // divisor).bit_length()
    plain = [value // scale for value in far]
    best = (0, width, least, scale, bits(plain, width))
    slope = (values[-1] - values[0]) // (count - 1) if count > 1 else 0
    if slope != 0 and -(2**63) <= values[-1] - values[0] < 2**63:
        rests = [value - slope * i for i, value in enumerate(values)]
        low, high = min(rests), max(rests)
        if -(2**63) <= low and high < 2**63 and (high - low).bit_length() < width:
            ramp = (high - low).bit_length()
            best = (1, ramp, low, slope, bits([one - low for one in rests], ramp))
    changes = [i for i in range(1, count) if plain[i] != plain[i - 1]]
    if changes:
        data = (len(changes).to_bytes(4, "little") + bits(changes, (count - 1).bit_length())
                + bits([plain[i] for i in [0] + changes], width))
        if len(data) < len(best[4]) // 4:
            best = (2, width, least, scale, data)
    return best


def column_block(block):
    """[P-3] to [P-7], [P-24]"""
    ids = [key for key in block if key != "rows"]
    head = block["rows"].to_bytes(4, "little") + len(ids).to_bytes(2, "little") + bytes(2)
    at, data = 8 + 32 * len(ids), b""
    for one in ids:
        form, width, least, scale, packed = column(block[one])
        head += (one.to_bytes(2, "little") + bytes([width, form])
                 + len(block[one]).to_bytes(4, "little") + least.to_bytes(8, "little", signed=True)
                 + scale.to_bytes(8, "little", signed=scale < 0)
                 + (at + len(data)).to_bytes(4, "little") + len(packed).to_bytes(4, "little"))
        data += packed + bytes(-len(packed) % 8)
    return head + data + bytes(8)


def event_block(block):
    """The columns of an EventBlock, made of what its events are [P-9], [P-10], [P-25]."""
    rows = block.stored["rows"]
    result = {**block.column, 9: [], 10: [], 11: [], 12: [], 13: [], 24: []}
    frames = {}
    for one in block.participants:
        result[13].append(len(result[12]))
        roles = tuple(role for role, _, _ in one)
        if roles not in frames:
            frames[roles] = len(frames)
            result[11] += roles
            result[10].append(len(result[11]))
        result[9].append(frames[roles])
        result[12] += [entity for _, entity, _ in one]
        result[24] += [variant for _, _, variant in one]
    return present(rows, result, (1, 2))


def present(rows, result, always):
    """Columns in order, without those that are all 0."""
    kept = {key: result[key] for key in sorted(result) if key in always or any(result[key])}
    return {"rows": rows, **kept}


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


def packed_numbers(numbers):
    """[P-16]: (head, data)"""
    best = None
    count = len(numbers)
    for width in range(max(numbers).bit_length(), -1, -1):
        places = [i for i, one in enumerate(numbers) if one >> width]
        if len(places) > 255:
            break
        upper = (max(numbers) >> width).bit_length()
        size = (count * width + 7) // 8
        if places:
            size += 2 + len(places) + (len(places) * upper + 7) // 8
        if best is None or size < best[0]:
            best = size, width, places, upper
    _, width, places, upper = best
    data = bits([one & (1 << width) - 1 for one in numbers], width)
    if not places:
        return bytes([width]), data
    return (bytes([width | 128, len(places), upper]),
            data + bytes(places) + bits([numbers[place] >> width for place in places], upper))


def chunk_of(items, apart=False):
    """[P-17]"""
    ids, payloads = [one[0] for one in items], [one[1] for one in items]
    head = data = b""
    if len(ids) > 1:
        head, data = packed_numbers([b - a for a, b in zip(ids, ids[1:])])
    choices = sorted(set(payloads))
    mode = 0 if choices == [0] else 1 if len(choices) == 1 else 3
    payload_head, payload_data = b"", b""
    if mode == 1:
        payload_head = varint(choices[0])
    elif mode == 3:
        payload_head, payload_data = packed_numbers([one - choices[0] for one in payloads])
        payload_head = varint(choices[0]) + payload_head
        if len(choices) <= 16 and choices[-1] > choices[0] + 1:
            listed = (bytes([len(choices)]) + varint(choices[0])
                      + b"".join(varint(b - a - 1) for a, b in zip(choices, choices[1:])))
            width = (len(choices) - 1).bit_length()
            places = bits([choices.index(one) for one in payloads], width)
            if len(listed) + len(places) < len(payload_head) + len(payload_data):
                mode, payload_head, payload_data = 2, listed, places
    more = (len(ids) - 1) * 4 + mode
    start = varint(more) + varint(ids[0]) if apart else varint(2 * ids[0] + 1) + varint(more)
    if not apart and not more:
        start = varint(2 * ids[0])
    return start + head + payload_head + data + payload_data


class Postings:
    """[P-11] to [P-18], [P-34]"""

    def __init__(self, fixed, apart):
        self.records, self.entries, self.fixed, self.apart = [], [], fixed, apart

    def end_value(self):
        if self.entries:
            head = 2 + 2 * ((len(self.entries) + 7) // 8 - 1)
            starts = [head + sum(map(len, self.entries[:i])) for i in range(8, len(self.entries), 8)]
            count = len(self.entries) + (0 if self.apart else 32768)
            self.records.append((self.key, count.to_bytes(2, "little")
                                 + b"".join(one.to_bytes(2, "little") for one in starts)
                                 + b"".join(self.entries)))
        self.entries, self.size = [], 0

    def head_of(self, name):
        base = name
        if self.entries:
            base = self.list if self.apart or len(self.entries) % 8 == 0 else self.last
        if self.fixed == 4:
            return varint(int.from_bytes(name, "big") - int.from_bytes(base, "big"))
        shared = 0
        while shared < min(len(name), len(base)) and name[shared] == base[shared]:
            shared += 1
        sizes = shared, len(name) - shared
        if self.fixed:
            return varint(shared) + name[shared:]
        if self.apart:
            return varint(shared) + varint(sizes[1]) + name[shared:]
        return (bytes([min(sizes[0], 15) | min(sizes[1], 15) << 4])
                + b"".join(varint(size - 15) for size in sizes if size >= 15) + name[shared:])

    def add_list(self, name, items):
        pending, at = [], 0
        while at < len(items) or pending:
            more = 256 - len(pending)
            pending, at = pending + items[at : at + more], at + more
            pending = self.add_chunk(name, pending)

    def add_chunk(self, name, pending):
        """Puts a chunk of the first ones in; gives back what was given off."""
        while True:
            head = self.head_of(name)
            key = len(self.key) if self.entries else len(name) + 9
            used = 2 + 2 * (len(self.entries) // 8) + sum(map(len, self.entries))
            room = VALUE - key - used - len(head)
            count, least = len(pending), 16 if self.entries else 1
            chunk = chunk_of(pending, self.apart)
            while len(chunk) > room and count > least:
                count = max(count * max(room, 0) // len(chunk), least)
                chunk = chunk_of(pending[:count], self.apart)
            if len(chunk) <= room:
                if not self.entries:
                    self.list = name
                    self.key = (name + b"\0" + pending[0][0].to_bytes(4, "big")
                                + pending[0][1].to_bytes(4, "big"))
                self.entries.append(head + chunk)
                self.last = name
                return pending[count:]
            self.end_value()


def posting_records(rows, fixed=None, apart=False):
    """`apart`: as format 3.2 and before have them."""
    builder, i = Postings(fixed, apart), 0
    while i < len(rows):
        end = i
        while end < len(rows) and rows[end][0] == rows[i][0]:
            end += 1
        builder.add_list(rows[i][0], [one[1:] for one in rows[i:end]])
        i = end
    builder.end_value()
    return builder.records


def arena_of(texts):
    """[P-22]"""
    names, count = [text.encode() for text in texts], len(texts)
    offsets = [0]
    for name in names:
        offsets.append(offsets[-1] + len(name))
    slope = offsets[-1] // count if count else 0
    base = offsets[::64]
    rests = [offset - base[i // 64] - slope * (i % 64) for i, offset in enumerate(offsets)]
    sink = -min(rests)
    width = (max(rests) + sink).bit_length()
    numbers = [count, offsets[-1], slope, sink, width, *base]
    return (b"".join(one.to_bytes(4, "little") for one in numbers)
            + bits([rest + sink for rest in rests], width) + b"".join(names) + bytes(8))


def hash_of(text):
    data = text.encode()
    return XXHASH.XXH3_64bits(data, len(data)) & 0xFFFFFFFF


def hash_array(pairs):
    """[P-23], of (hash, number)."""
    count, b = len(pairs), 0
    while b < 24 and count > 8 << b:
        b += 1
    width = max((number for _, number in pairs), default=0).bit_length()
    cut = sorted((hash >> 32 - b, hash << b >> 24 & 255, number) for hash, number in set(pairs))
    before = [0] * ((1 << b) + 1)
    for bucket, _, _ in cut:
        before[bucket + 1] += 1
    for i in range(1 << b):
        before[i + 1] += before[i]
    return (count.to_bytes(4, "little") + bytes([b, width, 0, 0]) + bits(before, count.bit_length())
            + bits([number << 8 | eight for _, eight, number in cut], 8 + width) + bytes(8))


def token_record(texts):
    """[P-30]"""
    starts, data, last = [], b"", b""
    for i, text in enumerate(texts):
        one, shared = text.encode(), 0
        if i % 16 == 0:
            starts.append(len(data))
            last = b""
        while shared < min(len(one), len(last)) and one[shared] == last[shared]:
            shared += 1
        sizes = shared, len(one) - shared
        data += bytes([min(sizes[0], 15) | min(sizes[1], 15) << 4])
        data += b"".join(varint(size - 15) for size in sizes if size >= 15) + one[shared:]
        last = one
    return b"".join(one.to_bytes(4, "little") for one in [len(texts), *starts]) + data
