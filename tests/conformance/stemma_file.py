# SPDX-License-Identifier: MIT
"""Sections 5 to 8 of SPEC.md: pages, values and tables of a .stemma file, with nothing but Python's
standard library (and libzstd and libxxhash, called through ctypes).

It is made to be read beside SPEC.md, not to be fast. What breaks a rule ends it with Damage."""

import ctypes
import hashlib

PAGE = 4096
NONE = 2**32 - 1
NO_PAGE = 2**64 - 1


class Damage(Exception):
    """The file breaks a rule of the format."""


def need(condition, code):
    if not condition:
        raise Damage(code)


def le(data, at, size):
    return int.from_bytes(data[at : at + size], "little")


def be(data):
    return int.from_bytes(data, "big")


# ---- Section 5: pages ----


class Pages:
    """The tables of a file as sorted lists of (key, value)."""

    def __init__(self, data):
        self.data = data
        self.claimed = {0, 1}
        need(len(data) % PAGE == 0 and len(data) >= 2 * PAGE, "FILE_SIZE")
        for page in (0, 1):
            base = page * PAGE
            need(le(data, base + 16, 4) == 0xBEEFC0DE and le(data, base + 20, 4) == 1, "META_MAGIC")
            need(le(data, base, 8) == page and le(data, base + 8, 8) == 8 << 16, "META_HEADER")
            need(le(data, base + 32, 8) == len(data), "META_MAP_SIZE")
            need(le(data, base + 40, 4) == PAGE and le(data, base + 44, 2) == 8, "META_PAGE_SIZE")
            need(le(data, base + 144, 8) == page, "META_TXNID")
            need(not any(data[base + 152 : base + PAGE]), "META_UNUSED")
        main = self.tree(data[PAGE + 88 : PAGE + 136], 2)
        self.tables = {name.decode("ascii"): self.tree(record, 0) for name, record in main}
        need(len(self.claimed) == len(data) // PAGE, "PAGE_UNUSED")

    def claim(self, number, count=1):
        for page in range(number, number + count):
            need(2 <= page < len(self.data) // PAGE, "PAGE_RANGE")
            need(page not in self.claimed, "PAGE_SHARED")
            self.claimed.add(page)

    def tree(self, record, flags):
        """The records under a 48-byte table record, with its counts verified."""
        need(len(record) == 48 and le(record, 0, 6) == 0, "TABLE_FLAGS")
        depth, root = le(record, 6, 2), le(record, 40, 8)
        found = {"branch": 0, "leaf": 0, "overflow": 0}
        rows = []
        if root == NO_PAGE:
            need(le(record, 6, 34) == 0, "TABLE_EMPTY")
        else:
            need(1 <= depth <= 16, "TABLE_DEPTH")
            self.walk(root, depth, flags, rows, found)
        need([le(record, 8, 8), le(record, 16, 8), le(record, 24, 8), le(record, 32, 8)]
             == [found["branch"], found["leaf"], found["overflow"], len(rows)], "TABLE_COUNTERS")
        need(all(a[0] < b[0] for a, b in zip(rows, rows[1:])), "NODE_ORDER")
        return rows

    def walk(self, number, levels, flags, rows, found):
        data, base = self.data, number * PAGE
        self.claim(number)
        lower, upper = le(data, base + 12, 2), le(data, base + 14, 2)
        need(le(data, base, 8) == number and le(data, base + 8, 2) == 0, "PAGE_NUMBER")
        need(le(data, base + 10, 2) == (2 if levels == 1 else 1), "PAGE_KIND")
        need(16 <= lower <= upper <= PAGE and lower % 2 == 0, "PAGE_BOUNDS")
        count, end = (lower - 16) // 2, PAGE
        need(count >= (1 if levels == 1 else 2), "PAGE_COUNT")
        found["leaf" if levels == 1 else "branch"] += 1
        for node in range(count):
            at = le(data, base + 16 + 2 * node, 2)
            key_size = le(data, base + at + 6, 2)
            key = data[base + at + 8 : base + at + 8 + key_size]
            if levels > 1:
                need((key_size == 0) == (node == 0) and key_size <= 511, "NODE_KEY_SIZE")
                size = 8 + key_size
                self.walk(le(data, base + at, 6), levels - 1, flags, rows, found)
            else:
                value_size, node_flags = le(data, base + at, 4), le(data, base + at + 4, 2)
                need(1 <= key_size <= 511, "NODE_KEY_SIZE")
                size, value_at = 8 + key_size + value_size, base + at + 8 + key_size
                if node_flags == 1 and flags == 0:
                    need(size > 2038, "NODE_PLACEMENT")
                    run, first = (15 + value_size) // PAGE + 1, le(data, value_at, 8)
                    self.claim(first, run)
                    need(le(data, first * PAGE, 12) == first | 4 << 80, "OVERFLOW_HEADER")
                    need(le(data, first * PAGE + 12, 4) == run, "OVERFLOW_RUN")
                    found["overflow"] += run
                    size, value_at = 8 + key_size + 8, first * PAGE + 16
                else:
                    need(node_flags == flags, "NODE_FLAGS")
                    need(size <= 2038, "NODE_PLACEMENT")
                rows.append((key, data[value_at : value_at + value_size]))
            need(at + size + size % 2 == end, "NODE_PACKING")
            end = at
        need(end == upper, "NODE_PACKING")


# ---- Section 7.1: canonical MessagePack ----


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(self.at + size <= len(self.data), "RECORD_TRUNCATED")
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self):
        value = shift = 0
        while True:
            need(self.at < len(self.data), "RECORD_TRUNCATED")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                need(byte != 0 or shift == 7, "RECORD_FORM")
                return value

    def left(self):
        return self.at < len(self.data)


WIDE = {0xC4: ("bin", 1), 0xC5: ("bin", 2), 0xC6: ("bin", 4), 0xCC: ("uint", 1), 0xCD: ("uint", 2),
        0xCE: ("uint", 4), 0xCF: ("uint", 8), 0xD0: ("int", 1), 0xD1: ("int", 2), 0xD2: ("int", 4),
        0xD3: ("int", 8), 0xD9: ("str", 1), 0xDA: ("str", 2), 0xDB: ("str", 4), 0xDC: ("array", 2),
        0xDD: ("array", 4), 0xDE: ("map", 2), 0xDF: ("map", 4)}


def value_of(reader, depth=0):
    need(reader.at < len(reader.data), "RECORD_TRUNCATED")
    head = reader.data[reader.at]
    reader.at += 1
    if head < 0x80:
        return head
    if head >= 0xE0:
        return head - 256
    if head == 0xC3:
        return True
    if head < 0x90:
        kind, number = "map", head & 15
    elif head < 0xA0:
        kind, number = "array", head & 15
    elif head < 0xC0:
        kind, number = "str", head & 31
    else:
        need(head in WIDE, "RECORD_FORM")
        kind, width = WIDE[head]
        number = int.from_bytes(reader.take(width), "big", signed=kind == "int")
    if kind in ("uint", "int"):
        return number
    if kind == "bin":
        return bytes(reader.take(number))
    if kind == "str":
        text = reader.take(number).decode("utf-8")
        need("\0" not in text, "TEXT_NOT_UTF8")
        return text
    need(depth < 8, "RECORD_NESTING")
    need(number <= len(reader.data) - reader.at, "RECORD_COUNT")
    if kind == "array":
        return [value_of(reader, depth + 1) for _ in range(number)]
    result, last = {}, -1
    for _ in range(number):
        key = value_of(reader)
        need(isinstance(key, int) and last < key < 128, "MAP_ORDER")
        result[key] = value_of(reader, depth + 1)
        last = key
    return result


def unpack(data):
    reader = Reader(data)
    value = value_of(reader)
    need(not reader.left(), "RECORD_TRAILING")
    return value


# ---- Compression: libzstd ----

ZSTD = ctypes.CDLL("libzstd.so.1")
ZSTD.ZSTD_createDCtx.restype = ctypes.c_void_p
ZSTD.ZSTD_decompress_usingDict.restype = ctypes.c_size_t
ZSTD.ZSTD_decompress_usingDict.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t,
                                           ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p,
                                           ctypes.c_size_t]
CONTEXT = ZSTD.ZSTD_createDCtx()


# ---- Digests: libxxhash ----

XXHASH = ctypes.CDLL("libxxhash.so.0")


class Hash128(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


XXHASH.XXH3_128bits.restype = Hash128
XXHASH.XXH3_64bits.restype = ctypes.c_uint64
XXHASH.XXH3_128bits.argtypes = XXHASH.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def digest_of(rows):
    """The digest of a table (8.1)."""
    data = b"".join(len(part).to_bytes(8, "little") + part for row in rows for part in row)
    found = XXHASH.XXH3_128bits(data, len(data))
    return found.high.to_bytes(8, "big") + found.low.to_bytes(8, "big")


def decompress(codec, data, size, dictionary):
    if codec == 0:
        need(len(data) == size, "TEXT_BLOCK")
        return data
    need(codec == 2 or (codec == 1 and dictionary is not None), "TEXT_BLOCK")
    words = dictionary if codec == 1 else b""
    out = ctypes.create_string_buffer(max(size, 1))
    got = ZSTD.ZSTD_decompress_usingDict(CONTEXT, out, size, data, len(data), words, len(words))
    need(got == size, "TEXT_BLOCK")
    return out.raw[:size]


# ---- Section 8: tables ----

ENUMS = {
    "referent": ["entity", "event"],
    "mention": ["name", "nominal", "pronoun", "trigger", "time", "quantity"],
    "name": ["name", "alias", "acronym", "nominal"],
    "modifier": ["none", "about", "at_least", "more_than", "at_most", "less_than"],
    "polarity": ["unspecified", "positive", "negative"],
    "certainty": ["unspecified", "certain", "probable", "possible"],
    "tense": ["unspecified", "past", "present", "future"],
    "realis": ["unspecified", "actual", "generic", "other"],
    "attribution": ["none", "speaker", "unstated"],
    "stance": ["unspecified", "asserts", "denies", "questions", "reports"],
    "evidence": ["filler", "predicate", "context"],
    "run": ["rule", "model", "human", "import"],
    "verdict": [None, "same", "not_same", "unsure"],
    "derivation": [None, "copy", "excerpt", "revision", "quotes", "same_agency"],
    "term": ["entity_type", "event_type", "predicate"],
}
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def document_id(digest, uri):
    number = be(hashlib.sha256(digest + uri.encode()).digest()[:8]) >> 4
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(11, -1, -1))


def offsets_of(data):
    """Varints that are differences."""
    reader, at, result = Reader(data), 0, []
    while reader.left():
        at += reader.varint()
        result.append(at)
    return result


def furniture_of(data):
    reader, at, result = Reader(data), 0, []
    while reader.left():
        start = at + reader.varint()
        at = start + reader.varint()
        result.append((start, at))
    return result


def object_of(value):
    """An object as (kind, {field: value})."""
    if isinstance(value, int):
        return 0, {"referent": value}
    if isinstance(value, str):
        return 1, {"text": value}
    fields = {2: ["edtf", "raw"], 3: ["raw", "referent", "gazetteer", "radius", "latitude", "longitude"],
              4: ["modifier", "amount", "counted", "raw", "lower", "upper", "unit"], 5: [], 6: []}
    need(value[0] in fields and len(value) - 1 <= len(fields[value[0]]), "OBJECT_KIND")
    return value[0], dict(zip(fields[value[0]], value[1:]))


class Testimony:
    """The rows of all parts of one document."""

    def __init__(self, parts):
        self.referents, self.mentions, self.assertions = [], [], []
        for part in parts:
            referents, mentions, assertions = unpack(part)
            self.referents += referents
            start = 0
            for row in mentions:
                head, rest = None, row[2:]
                if row[0] & 32:
                    head, rest = rest[:2], rest[2:]
                spans, start = self.spans(rest, start)
                if head:
                    head = (spans[0][0] + head[0], spans[0][0] + head[0] + head[1])
                self.mentions.append((row[0] & 15, row[0] >> 4 & 1, row[1] - 1, spans, head))
            start = 0
            for row in assertions:
                evidence = []
                for one in row[5]:
                    spans, start = self.spans(one[1:], start)
                    evidence.append((one[0], spans))
                optional = (row[6:] + [0, 0, 0])[:3]
                self.assertions.append((row[0], row[1], row[2], row[3], row[4], evidence, optional))

    @staticmethod
    def spans(numbers, start):
        spans, end = [], start
        for step, length in zip(numbers[::2], numbers[1::2]):
            spans.append((end + step, end + step + length))
            end = spans[-1][1]
        need(len(numbers) % 2 == 0 and spans, "RECORD_LENGTH")
        return spans, spans[0][0]


class File:
    def __init__(self, path):
        with open(path, "rb") as stream:
            self.tables = Pages(stream.read()).tables
        meta = dict(self.tables["meta"])
        need(b"stemma" in meta, "NOT_STEMMA")
        head = unpack(meta[b"stemma"])
        need(head[0] == "stemma" and head[1] == 2, "FORMAT_VERSION")
        need(not any(needed for _, needed in head.get(3, [])), "FEATURE_UNKNOWN")
        self.counts = head[4]
        digests = [[name, len(rows), digest_of(rows)]
                   for name, rows in sorted(self.tables.items()) if name != "meta"]
        need(unpack(meta[b"digest"]) == digests, "DIGEST_MISMATCH")
        self.dictionaries = {kind: meta.get(b"dictionary." + kind.encode())
                             for kind in ("text", "testimony")}
        self.terms = [unpack(value) for _, value in self.tables["vocabulary"]]
        self.runs = [unpack(value) for _, value in self.tables["run"]]
        self.documents = [unpack(value) for _, value in self.tables["document"]]
        self.blocks, self.parts = {}, {}
        for key, value in self.tables["text"]:
            self.blocks.setdefault(be(key[:4]), []).append(value)
        for key, value in self.tables["testimony"]:
            self.parts.setdefault(be(key[:4]), []).append(value)
        need(len(self.documents) == self.counts[0], "COUNT_MISMATCH")

    def id(self, number):
        document = self.documents[number]
        return document_id(document[10], document.get(0, ""))

    def text(self, number):
        """Bytes of the text, None when it is withheld."""
        document = self.documents[number]
        if document.get(13):
            return None
        size, result = document.get(11, 0), b""
        for block in self.blocks.get(number, []):
            part = min(PAGE, size - len(result))
            result += decompress(block[0], block[1:], part, self.dictionaries["text"])
        need(len(result) == size, "TEXT_BLOCK_MISSING")
        need(hashlib.sha256(result).digest() == document[10], "TEXT_DIGEST")
        return result

    def testimony(self, number):
        parts = [decompress(value[0], value[5:], le(value, 1, 4), self.dictionaries["testimony"])
                 for value in self.parts.get(number, [])]
        result = Testimony(parts)
        need([len(result.referents), len(result.mentions), len(result.assertions)]
             == self.documents[number][17], "TESTIMONY_COUNT")
        return result

    def judgements(self):
        return [unpack(value) for _, value in self.tables["judgement"]]

    def derivations(self):
        return [(be(key[:4]), be(key[4:]), one)
                for key, value in self.tables["derivation"] for one in unpack(value)]
