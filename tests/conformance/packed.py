# SPDX-License-Identifier: MIT
"""Section 9 of SPEC.md: packed structures, read. Putting them together is pack_records.py."""

from canonical import Reader, unpack
from container import Damage, le, need
from stemma_file import arena_fits, be, columns_fit, hashes_fit, packed_size as size_of, tokens_fit


def bits(data, width, count):
    """[P-4]: numbers of some bits each."""
    if width == 0:
        return [0] * count
    mask, most = (1 << width) - 1, (width + 14) // 8
    return [int.from_bytes(data[at >> 3 : (at >> 3) + most], "little") >> (at & 7) & mask
            for at in range(0, width * count, width)]


def signed(data):
    return int.from_bytes(data, "little", signed=True)


# ---- 9.1 Column blocks ----


def runs_of(data, width, count):
    """[P-24]: the bits of each element of a column of runs."""
    changes, place = le(data, 0, 4), (count - 1).bit_length()
    need(1 <= changes < count, "COLUMN_BLOCK")
    middle = 4 + size_of(place, changes)
    positions = bits(data[4:middle], place, changes)
    values = bits(data[middle:], width, changes + 1)
    need(all(a < b for a, b in zip([0] + positions, positions)), "COLUMN_BLOCK")
    ends = positions + [count]
    return [value for value, a, b in zip(values, [0] + positions, ends) for _ in range(b - a)]


def columns(value):
    """{id: list} of a column block; those that are absent are not in it."""
    need(columns_fit(value), "COLUMN_BLOCK")
    rows, count = le(value, 0, 4), le(value, 4, 2)
    result = {"rows": rows}
    for i in range(count):
        entry = value[8 + 32 * i : 40 + 32 * i]
        name, width, form, elements = le(entry, 0, 2), entry[2], entry[3], le(entry, 4, 4)
        minimum, scale = signed(entry[8:16]), le(entry, 16, 8)
        offset, size = le(entry, 24, 4), le(entry, 28, 4)
        data = value[offset : offset + size]
        slope = signed(entry[16:24])
        if form == 2:
            found = [minimum + scale * one for one in runs_of(data, width, elements)]
        elif form == 0:
            found = [minimum + scale * one for one in bits(data, width, elements)]
        else:
            found = [minimum + slope * k + one for k, one in enumerate(bits(data, width, elements))]
        need(all(-(2**63) <= one < 2**63 for one in found), "COLUMN_BLOCK")
        result[name] = found
    return result


def blocks_of(table):
    """The column blocks of a table whose keys count them."""
    need([be(key) for key, _ in table] == list(range(len(table))), "KEY_ORDER")
    return [columns(value) for _, value in table]


class EventBlock:
    """A column block of events [P-9], [P-10], [P-25]: its columns with zeros where they are absent,
    and each event's participants as (role, entity, variant)."""

    FLAT = (10, 11, 12, 24)

    def __init__(self, value):
        self.stored = columns(value)
        rows = self.stored["rows"]
        for name, column in self.stored.items():
            need(name == "rows" or name in self.FLAT or len(column) == rows, "COLUMN_ROWS")
            need(name in ("rows", 1, 2) or any(column), "COLUMN_BLOCK")
        zeros = [0] * rows
        self.column = {i: self.stored.get(i, zeros) for i in range(1, 30) if i not in self.FLAT}
        roles, entities = self.stored.get(11, []), self.stored.get(12)
        # A column of zeros is absent also when it is flat: its length follows from the frames.
        ends = self.stored.get(10, [0] * (max(self.column[9], default=-1) + 1))
        frames = [roles[a:b] for a, b in zip([0] + ends, ends)]
        sizes = [len(frames[one]) for one in self.column[9]]
        flat = [0] * sum(sizes)
        entities, variants = entities or flat, self.stored.get(24, flat)
        need(len(entities) == len(flat) == len(variants), "PARTICIPANT")
        need(all(one == sorted(one) for one in frames), "PARTICIPANT")
        self.participants, at = [], 0
        for row in range(rows):
            need(self.column[13][row] == at, "PARTICIPANT")
            frame = frames[self.column[9][row]] if frames else []
            end = at + len(frame)
            self.participants.append(list(zip(frame, entities[at:end], variants[at:end])))
            at = end


# ---- 9.3 Row blocks ----


def rows_of(table):
    """All rows of a table of row blocks, by number."""
    result = []
    for key, value in table:
        need(be(key) == len(result), "KEY_ORDER")
        count = le(value, 0, 2)
        need(count >= 1 and len(value) >= 2 + 2 * count, "ROW_DIRECTORY")
        starts = [le(value, 2 + 2 * i, 2) for i in range(count)] + [len(value)]
        need(starts[0] == 2 + 2 * count, "ROW_DIRECTORY")
        need(all(a < b for a, b in zip(starts, starts[1:])), "ROW_OFFSET")
        result += [unpack(value[a:b]) for a, b in zip(starts, starts[1:])]
    return result


# ---- 9.2 Posting tables ----

# Bytes of a list key, where all have as many.
LIST_SIZE = {"participation": 4, "type": 4, "place": 4, "speaker": 4, "name": 4, "membership": 5}


class PackedNumbers:
    """[P-16]: the head is read first, the data when its turn has come."""

    def __init__(self, reader, count):
        head = reader.take(1)[0]
        self.count, self.width, self.places, self.upper = count, head & 127, 0, 0
        if head & 128:
            self.places, self.upper = reader.take(2)
            need(self.places >= 1 and self.upper >= 1, "POSTING_VALUE")
        need(self.width + self.upper <= 32, "POSTING_VALUE")

    def data(self, reader):
        numbers = bits(reader.take(size_of(self.width, self.count)), self.width, self.count)
        places = reader.take(self.places)
        upper = bits(reader.take(size_of(self.upper, self.places)), self.upper, self.places)
        need(all(a < b for a, b in zip(places, places[1:])), "POSTING_VALUE")
        for place, more in zip(places, upper):
            need(place < self.count and more > 0, "POSTING_VALUE")
            numbers[place] |= more << self.width
        return numbers


def chunk_of(reader, apart):
    """[P-17]: [(id, payload)]"""
    if apart:
        head, first = reader.varint(), reader.varint()  # [P-34]
    else:
        first = reader.varint()
        head = reader.varint() if first & 1 else 0
        need(not first & 1 or head, "POSTING_VALUE")
        first >>= 1
    count, mode = (head >> 2) + 1, head & 3
    need(count <= 256 and (count > 1 or mode < 2), "POSTING_VALUE")
    steps = PackedNumbers(reader, count - 1) if count > 1 else None
    choices, packed = [0], None
    if mode == 1:
        choices = [reader.varint()]
    elif mode == 2:
        many = reader.take(1)[0]
        need(2 <= many <= 16, "POSTING_VALUE")
        choices = [reader.varint()]
        for _ in range(many - 1):
            choices.append(choices[-1] + 1 + reader.varint())
    elif mode == 3:
        least = reader.varint()
        packed = PackedNumbers(reader, count)
    ids = [first]
    for step in steps.data(reader) if steps else []:
        ids.append(ids[-1] + step)
    if mode == 2:
        width = (many - 1).bit_length()
        places = bits(reader.take(size_of(width, count)), width, count)
        need(max(places) < many, "POSTING_VALUE")
        payloads = [choices[place] for place in places]
    elif mode == 3:
        payloads = [least + more for more in packed.data(reader)]
    else:
        payloads = choices * count
    need(ids[-1] < 2**32 and max(payloads) < 2**32, "POSTING_VALUE")
    return list(zip(ids, payloads))


def list_key(key, fixed):
    """The list key of a record key [P-11]."""
    record = key[:-9]
    need(1 <= len(record) <= 120 and key[-9] == 0, "KEY_FORM")
    need(len(record) == fixed if fixed else 0 not in record, "KEY_FORM")
    return record


def half(reader, size):
    return size + reader.varint() if size == 15 else size


def list_of(reader, base, fixed, apart):
    """[P-14], [P-34]: the list key of an entry, told by another one."""
    if fixed == 4:
        number = be(base) + reader.varint()
        need(number < 2**32, "POSTING_VALUE")
        return number.to_bytes(4, "big")
    if fixed:
        shared = reader.varint()
        left = fixed - shared
    elif apart:
        shared, left = reader.varint(), reader.varint()
    else:
        halves = reader.take(1)[0]
        shared = half(reader, halves & 15)
        left = half(reader, halves >> 4)
    need(shared <= len(base) and left >= 0 and 1 <= shared + left <= 120, "POSTING_VALUE")
    rest = reader.take(left)
    need(not rest or base[shared : shared + 1] != rest[:1], "POSTING_VALUE")
    return base[:shared] + rest


def entries_of(key, value, fixed, chunks):
    """The postings of one record."""
    record, first = list_key(key, fixed), (be(key[-8:-4]), be(key[-4:]))
    need(len(key) + len(value) <= 2030, "POSTING_VALUE")
    count, result, name = le(value, 0, 2) & 32767, [], record
    apart = not le(value, 0, 2) & 32768
    marks = [le(value, 2 + 2 * i, 2) for i in range((count + 7) // 8 - 1)]
    reader = Reader(value)
    reader.take(2 + 2 * len(marks))
    for i in range(count):
        need(i == 0 or i % 8 or marks[i // 8 - 1] == reader.at, "POSTING_VALUE")
        name = list_of(reader, record if apart or i % 8 == 0 else name, fixed, apart)
        need(i > 0 or name == record, "POSTING_VALUE")
        start = reader.at
        chunk = chunk_of(reader, apart)
        need(i > 0 or chunk[0] == first, "POSTING_VALUE")
        need(chunks is None or chunks(chunk, apart) == value[start : reader.at], "POSTING_VALUE")
        result += [(bytes(name), *one) for one in chunk]
    need(count >= 1 and not reader.left(), "POSTING_VALUE")
    return result


def postings(name, table, chunks=None):
    """[(list key, id, payload)] of a posting table. `chunks` may put a chunk together again, which
    then must be the same bytes."""
    result = []
    for key, value in table:
        try:
            result += entries_of(key, value, LIST_SIZE.get(name), chunks)
        except Damage as damage:
            raise Damage("KEY_FORM" if damage.code == "KEY_FORM" else "POSTING_VALUE") from None
    need(all(a < b for a, b in zip(result, result[1:])), "POSTING_VALUE")
    return result


# ---- 9.4 Labels and tokens ----


def arena(value):
    """[P-22]: the texts."""
    need(arena_fits(value), "LABEL")
    count, size, slope, sink, width = (le(value, 4 * i, 4) for i in range(5))
    rests = 20 + 4 * (count // 64 + 1)
    base = [le(value, at, 4) for at in range(20, rests, 4)]
    texts = rests + size_of(width, count + 1)
    need(not any(value[-8:]), "LABEL")
    offsets = [base[i // 64] + slope * (i % 64) + rest - sink
               for i, rest in enumerate(bits(value[rests:texts], width, count + 1))]
    need(offsets[0] == 0 and offsets[-1] == size, "LABEL")
    need(all(a <= b for a, b in zip(offsets, offsets[1:])), "LABEL")
    return [value[texts + a : texts + b].decode() for a, b in zip(offsets, offsets[1:])]


def hashes(value, code="LABEL"):
    """[P-23]: [(bucket, 8 bits, number)]."""
    need(hashes_fit(value), code)
    count, b, width = le(value, 0, 4), value[4], value[5]
    places = size_of(count.bit_length(), (1 << b) + 1)
    before = bits(value[8 : 8 + places], count.bit_length(), (1 << b) + 1)
    pairs = bits(value[8 + places :], 8 + width, count)
    need(before[0] == 0 and before[-1] == count, code)
    result = []
    for bucket, (first, end) in enumerate(zip(before, before[1:])):
        need(first <= end <= count, code)
        result += [(bucket, pair & 255, pair >> 8) for pair in pairs[first:end]]
    need(result == sorted(result), code)
    need(max((one[2] for one in result), default=0).bit_length() == width, code)
    return result


def tokens(value):
    """[P-30]: the texts."""
    need(tokens_fit(value), "TOKEN")
    count, result = le(value, 0, 4), []
    blocks = (count + 15) // 16
    starts = [le(value, 4 + 4 * i, 4) for i in range(blocks)]
    reader, last = Reader(value[4 + 4 * blocks :]), b""
    try:
        for i in range(count):
            if i % 16 == 0:
                need(reader.at == starts[i // 16], "TOKEN")
                last = b""
            head = reader.take(1)[0]
            shared, left = head & 15, head >> 4
            shared += reader.varint() if shared == 15 else 0
            left += reader.varint() if left == 15 else 0
            need(shared <= len(last) and shared + left <= 512, "TOKEN")
            rest = reader.take(left)
            need(not rest or last[shared : shared + 1] != rest[:1], "TOKEN")
            last = last[:shared] + rest
            need(last and (not result or result[-1] < last), "TOKEN")
            result.append(last)
    except Damage:
        raise Damage("TOKEN") from None
    need(not reader.left(), "TOKEN")
    return [one.decode() for one in result]
