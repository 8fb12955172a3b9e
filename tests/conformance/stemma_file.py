# SPDX-License-Identifier: MIT
"""Sections 6 to 8 and 14 of SPEC.md: a .stemma file opened, its values and tables, with nothing but
Python's standard library (and libzstd and libxxhash, called through ctypes).

It is made to be read beside SPEC.md, not to be fast. What breaks a rule ends it with Damage."""

import ctypes
import hashlib

import records
from canonical import Reader, unpack
from container import PAGE, Damage, Pages, le, need

NONE = 2**32 - 1


def be(data):
    return int.from_bytes(data, "big")


# ---- Compression: libzstd ----

ZSTD = ctypes.CDLL("libzstd.so.1")
ZSTD.ZSTD_createDCtx.restype = ctypes.c_void_p
ZSTD.ZSTD_decompress_usingDict.restype = ctypes.c_size_t
ZSTD.ZSTD_decompress_usingDict.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t,
                                           ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p,
                                           ctypes.c_size_t]
ZSTD.ZSTD_createDDict.restype = ctypes.c_void_p
ZSTD.ZSTD_createDDict.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
ZSTD.ZSTD_freeDDict.argtypes = [ctypes.c_void_p]
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


def decompress(codec, data, size, dictionary, code="TEXT_BLOCK"):
    if codec == 0:
        need(len(data) == size, code)
        return data
    need(codec == 2 or (codec == 1 and dictionary is not None), code)
    need(0 <= size <= 2**32 and size <= 40000 * len(data), code)  # more no frame can hold
    words = dictionary if codec == 1 else b""
    out = ctypes.create_string_buffer(max(size, 1))
    got = ZSTD.ZSTD_decompress_usingDict(CONTEXT, out, size, data, len(data), words, len(words))
    need(got == size, code)
    return out.raw[:size]


def part_of(value, dictionary, name="TESTIMONY"):
    """The raw payload of a part of `testimony` or `detail`."""
    need(len(value) >= 5, name + "_HEADER")
    size = le(value, 1, 4)
    need(value[0] != 0 or len(value) == 5 + size, name + "_HEADER")
    return decompress(value[0], value[5:], size, dictionary, name + "_COMPRESSION")


def usable(dictionary):
    """Whether libzstd takes it: what begins with the magic number must be a whole dictionary."""
    made = ZSTD.ZSTD_createDDict(dictionary, len(dictionary))
    ZSTD.ZSTD_freeDDict(made)
    return made is not None


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


def document_key(digest, uri):
    """[R-1]: the number that is the key in `identity`."""
    return be(hashlib.sha256(digest + uri.encode()).digest()[:8]) >> 4 << 4


def document_id(digest, uri):
    number = document_key(digest, uri) >> 4
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
    """The rows of all parts of one document, which records.testimony() has checked."""

    def __init__(self, parts):
        self.referents, self.mentions, self.assertions = [], [], []
        for referents, mentions, assertions in parts:
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
        return spans, spans[0][0]


# ---- Sections 9.1, 9.4: whether the sizes of a packed structure add up ----


def packed_size(width, count):
    return (width * count + 7) // 8


def columns_fit(value):
    """[P-3] to [P-5]: the directory of a column block."""
    count = le(value, 4, 2)
    if len(value) < 48 or not 1 <= count <= 64 or le(value, 6, 2) != 0:
        return False
    at, last = 8 + 32 * count, -1
    for i in range(count):
        if at > len(value):
            return False
        entry = value[8 + 32 * i : 40 + 32 * i]
        name, width, form, elements, size = (le(entry, 0, 2), entry[2], entry[3], le(entry, 4, 4),
                                             le(entry, 28, 4))
        if (name <= last or width > 64 or form > 2 or elements > 1 << 22 or not any(entry[16:24])
                or le(entry, 24, 4) != at or size > len(value) - at):
            return False
        last, wanted = name, packed_size(width, elements)
        if form == 2:
            changes = le(value, at, 4)
            if size < 4 or not 1 <= changes < elements:
                return False
            wanted = (4 + packed_size((elements - 1).bit_length(), changes)
                      + packed_size(width, changes + 1))
        if size != wanted:
            return False
        at += size + -size % 8
    return len(value) - at == 8


def arena_fits(value):
    count, size, width = le(value, 0, 4), le(value, 4, 4), le(value, 16, 4)
    return (len(value) >= 20 and count < NONE and width <= 32
            and len(value) == 20 + 4 * (count // 64 + 1) + packed_size(width, count + 1) + size + 8)


def hashes_fit(value):
    if len(value) < 8:
        return False
    count, bits, width = le(value, 0, 4), value[4], value[5]
    least = next(b for b in range(25) if b == 24 or count <= 8 << b)
    return (bits == least and width <= 32 and le(value, 6, 2) == 0
            and len(value) == 16 + packed_size(count.bit_length(), (1 << bits) + 1)
            + packed_size(8 + width, count))


def tokens_fit(value):
    count = le(value, 0, 4)
    head = 4 + 4 * ((count + 15) // 16)
    return len(value) >= head and len(value) - head >= count


# ---- Section 14: opening ----

# Every table of appendix B.1.
TABLES = ("alias claim derivation detail document entity event fence gram group identity judgement label "
          "member membership meta name participation place row run speaker term testimony text token type "
          "vocabulary voice").split()
NEAR = "postings.near"  # the one feature that is known [V-7]
POSTINGS = ("participation type place membership speaker name gram term neighbour").split()
LIMITED = (0, 5, 7, 8, 9, 12, 13)  # counts that number things
MIB = 1 << 20


class File:
    """A file, opened as section 14 says: what is wrong is told by the code of the first step that
    finds it. `whole` compares the digests of the tables, too, and unpacks what every use of it
    needs."""

    def __init__(self, path, whole=True):
        with open(path, "rb") as stream:
            data = stream.read()
        need(len(data) >= 2 * PAGE, "NOT_STEMMA")
        self.pages = Pages(data)
        self.tables = self.pages.tables
        need(all(name in self.tables for name in TABLES), "TABLE_MISSING")
        meta = dict(self.tables["meta"])
        need(b"stemma" in meta, "NOT_STEMMA")
        head = records.meta(meta[b"stemma"])
        self.features = {name for name, _ in head.get(3, [])}
        need(not any(needed and name != NEAR for name, needed in head.get(3, [])), "FEATURE_UNKNOWN")
        self.minor, self.counts = head[2], head[4]
        self.check_counts()
        self.read_terms()
        self.dictionaries = {kind: meta.get(b"dictionary." + kind.encode())
                             for kind in ("text", "testimony")}
        for one in self.dictionaries.values():
            need(one is None or len(one) <= MIB and usable(one), "DICTIONARY")
        self.check_dictionaries(meta)
        self.check_names()
        self.check_fence()
        if whole:
            self.read_whole(meta)

    def check_dictionaries(self, meta):
        """[R-48]: one that the digests do not know, or of which they cannot be asked, is taken as it is."""
        if any(self.dictionaries.values()):
            try:
                told = {name: row for name, *row in records.digests(meta.get(b"digest", b"\x90"))}
            except Damage:
                told = {}
            for kind, one in self.dictionaries.items():
                name = "dictionary." + kind
                need(one is None or told.get(name) in (None, [1, digest_of([(name.encode(), one)])]), "DICTIONARY")

    def check_counts(self):
        """[R-19]"""
        counts, tables = self.counts, self.tables
        need(all(counts[i] < NONE for i in LIMITED), "COUNT_LIMIT")
        need(counts[13] <= 65535, "COUNT_MISMATCH")
        for i, name in ((0, "document"), (5, "judgement"), (12, "run"), (13, "vocabulary")):
            need(counts[i] == len(tables[name]), "COUNT_MISMATCH")
        need((counts[8] + 4095) // 4096 == len(tables["event"]), "COUNT_MISMATCH")

    def read_terms(self):
        """[R-20]"""
        self.terms, last = [], None
        for i, (key, value) in enumerate(self.tables["vocabulary"]):
            need(len(key) == 4 and be(key) == i, "KEY_ORDER")
            self.terms.append(records.term(value))
            order = self.terms[-1].get(0, 0), self.terms[-1][1].encode()
            need(last is None or last < order, "TERM_ORDER")
            last = order

    def check_names(self):
        """Step 14: the heads of the records of names; what they lead to is checked when used."""
        label, token = dict(self.tables["label"]), dict(self.tables["token"])
        need(arena_fits(label.get(b"arena", b"")) and hashes_fit(label.get(b"exact", b"")), "LABEL")
        need(le(label[b"arena"], 0, 4) == self.counts[7], "LABEL")
        need(tokens_fit(token.get(b"text", b"")) and hashes_fit(token.get(b"sound", b"")), "TOKEN")

    def check_fence(self):
        """Step 15"""
        value, blocks = dict(self.tables["fence"]).get(b"event"), len(self.tables["event"])
        if value is None:
            need(blocks == 0, "FENCE")
            return
        need(columns_fit(value) and le(value, 0, 4) == blocks, "FENCE")
        entries = [value[8 + 32 * i : 40 + 32 * i] for i in range(le(value, 4, 2))]
        counts = {le(entry, 0, 2): le(entry, 4, 4) for entry in entries}
        need(1 in counts and all(counts.get(i, blocks) == blocks for i in (1, 2, 3, 4)), "FENCE")

    def read_whole(self, meta):
        """Digests [R-47], [R-48], keys [P-2], and what every use of a file needs."""
        need(b"digest" in meta, "DIGEST_MISSING")
        told = {name: [entries, digest] for name, entries, digest in records.digests(meta[b"digest"])}
        for name, rows in sorted(self.tables.items()):
            if name != "meta" and name in (*TABLES, "neighbour"):  # others are passed over [V-4]
                need(name in told, "DIGEST_MISSING")
                need(told[name][0] == len(rows), "DIGEST_ENTRIES")
                need(told[name][1] == digest_of(rows), "DIGEST_MISMATCH")
        for kind, one in self.dictionaries.items():
            need(one is None or self.minor == 0 or "dictionary." + kind in told, "DIGEST_MISSING")
        self.bounds = records.Bounds(self.counts[0], self.counts[12], self.counts[7], self.counts[8],
                                     [term.get(0, 0) for term in self.terms])
        for name in ("run", "document", "judgement"):
            need(all(key == i.to_bytes(4, "big") for i, (key, _) in enumerate(self.tables[name])),
                 "RECORD_NUMBER")
        self.runs = [records.run(value) for _, value in self.tables["run"]]
        self.documents = [records.document(value) for _, value in self.tables["document"]]
        self.blocks, self.parts = {}, {}
        for name, found in (("text", self.blocks), ("testimony", self.parts)):
            for key, value in self.tables[name]:
                need(len(key) == 8 and be(key[:4]) < len(self.documents), "RECORD_NUMBER")
                numbered = found.setdefault(be(key[:4]), [])
                need(be(key[4:]) == len(numbered), "RECORD_NUMBER")
                numbered.append(value)

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
        document = self.documents[number]
        parts = [part_of(value, self.dictionaries["testimony"]) for value in self.parts.get(number, [])]
        return Testimony(records.testimony(parts, document[17], min(document.get(11, 0), NONE),
                                           self.bounds))

    def judgements(self):
        return [records.judgement(value, self.bounds) for _, value in self.tables["judgement"]]

    def derivations(self):
        result = []
        for key, value in self.tables["derivation"]:
            ends = be(key[:4]), be(key[4:])
            result += [(*ends, one) for one in records.derivations(value, *ends, self.bounds)]
        return result
