# SPDX-License-Identifier: MIT
"""What the golden vectors of whole files are made of: sound files, and edits each of which makes one of
them break a rule."""

import random

from container import LEAF, PAGE, Damage, Pages, le
from stemma_file import File


def invented_text(words):
    """Text of words that there are nowhere, which compresses badly."""
    source = random.Random(7)
    letters = ["bdfgklmnprstvz", "aeiou"]
    made = []
    for i in range(words):
        word = "".join(source.choice(letters[k % 2]) for k in range(source.randint(4, 9)))
        made.append(word + ("." if i % 12 == 11 else ""))
    return " ".join(made)


def small_interchange():
    """Lines of the small file's interchange, as a program would write them."""
    person = {"kind": "entity", "type": "person", "names": [{"text": "Ida Lorn"}]}
    left = "Ida Lorn left Brill on 4 May 2031."
    filler = lambda a, b: [{"part": "filler", "spans": [[a, b]], "text": [left[a:b]]}]
    named = lambda a, b, kind=None: {"spans": [[a, b]], "canonical": True, **({"kind": kind} if kind else {})}
    said = {"subject": 2, "polarity": "positive", "realis": "actual", "run": 0}
    yield {"record": "header", "format": "stemma", "version": "1.1", "offsets": "codepoint", "judged": True}
    yield {"record": "run", "run": 0, "name": "hand", "kind": "human"}
    yield {"record": "document", "uri": "urn:example:1", "title": "Departure", "publisher": "The Brill Post",
           "published": {"edtf": "2031-05-05"}, "language": "en", "text": left, "sentences": [0],
           "referents": [
               {**person, "mentions": [named(0, 8)]},
               {"kind": "entity", "type": "place", "names": [{"text": "Brill"}], "mentions": [named(14, 19)]},
               {"kind": "event", "type": "movement.flee", "mentions": [named(9, 13, "trigger")]}],
           "assertions": [
               {**said, "predicate": "agent", "object": {"referent": 0}, "evidence": filler(0, 8)},
               {**said, "predicate": "origin", "object": {"referent": 1}, "evidence": filler(14, 19)},
               {**said, "predicate": "time", "object": {"time": {"raw": "4 May 2031", "edtf": "2031-05-04"}},
                "evidence": filler(23, 33)}]}
    yield {"record": "document", "uri": "urn:example:2", "published": {"edtf": "2031-05-06"}, "language": "en",
           "text": "Ida Lorn " + invented_text(700),
           "referents": [{**person, "mentions": [named(0, 8)]}]}
    yield {"record": "document", "uri": "", "text": "Nobody said anything.", "referents": []}
    yield {"record": "document", "uri": "urn:example:3", "text_withheld": True, "digest": "00" * 32,
           "text_size": 40, "offsets": "utf8", "referents": [
               {"kind": "entity", "type": "person", "names": [{"text": "Oda"}]},
               {"kind": "entity", "type": "person", "names": [{"text": "Ivo"}]}], "run": 0, "rows": 2}
    yield {"record": "row", "row": 2, "type": "contact.meet", "time": "2031-05-01", "participants": {"participant": ["Oda", "Ivo"]}}
    yield {"record": "row", "row": 4, "type": "justice.arrest", "time": "2031-05~", "participants": {"patient": "Oda"}}


def small_judgements(ids):
    """The lines that come after the documents; `ids` by URI."""
    one, two = (ids["urn:example:%d" % i] for i in (1, 2))
    yield {"record": "judgement", "left": one + ".0", "right": two + ".0", "verdict": "same",
           "score": 0.9, "author": "Ada", "reason": "one name"}
    yield {"record": "derivation", "from": two, "to": one, "kind": "quotes", "run": 0, "ranges": [[0, 8, 0, 8]]}


# ---- Edits ----


class Places(Pages):
    """A sound file and where in it things are."""

    def __init__(self, data):
        self.order, self.record_at, self.first = [], {}, {}
        super().__init__(data)
        names = ["main"] + sorted(self.tables)
        self.record_at = dict(zip(names, self.order))

    def tree(self, at, flags, rows):
        self.order.append(at)
        super().tree(at, flags, rows)

    def root(self, name):
        """Where a table's root page begins."""
        return le(self.data, self.record_at[name] + 40, 8) * PAGE

    def node(self, page, number):
        return page + le(self.data, page + 16 + 2 * number, 2)

    def leaf(self, name, number=0):
        """Where a leaf page of a table begins: a child of the root, when there are levels."""
        page = self.root(name)
        if le(self.data, page + 10, 2) != LEAF:
            page = le(self.data, self.node(page, number), 6) * PAGE
        return page

    def big(self):
        """A node with an overflow run."""
        for base, lower, _ in self.leaves:
            for i in range((lower - 16) // 2):
                at = self.node(base, i)
                if le(self.data, at + 4, 2) == 1:
                    return at
        raise LookupError("no overflow run")

    def value(self, name, key):
        """Where the value of a record in the first leaf of a table begins."""
        page = self.leaf(name)
        for i in range((le(self.data, page + 12, 2) - 16) // 2):
            at = self.node(page, i)
            if self.data[at + 8 : at + 8 + le(self.data, at + 6, 2)] == key:
                return at + 8 + len(key)
        raise LookupError(key)


def number(value, size):
    return value.to_bytes(size, "little")


def container_edits(file):
    """(name, rule, code, edits, size of the file)"""
    data, size = file.data, len(file.data)
    at, last = file.record_at, size // PAGE
    branch, leaf = file.root("vocabulary"), file.leaf("vocabulary")
    big = file.big()
    run = le(data, big + 8 + le(data, big + 6, 2), 8) * PAGE
    main = file.root("main")
    first, second = file.node(leaf, 0), file.node(leaf, 1)
    named = file.node(main, 28)  # the last table, "voice"

    def one(name, rule, code, *edits, length=size):
        return name, rule, code, list(edits), length

    yield one("another magic number", "C-5", "FILE_MAGIC", (16, b"\xdf"))
    yield one("a file that ends behind its first page", "C-1", "NOT_STEMMA", length=PAGE)
    yield one("data version 2", "C-5", "META_VERSION", (20, b"\2"))
    yield one("pages of 8192 bytes", "C-5", "META_PAGE_SIZE", (40, number(8192, 4)))
    yield one("half a page behind the last one", "C-1", "FILE_SIZE", length=size + 2048)
    yield one("a page cut off", "C-5", "META_MAP_SIZE", length=size - PAGE)
    yield one("a page too many", "C-5", "META_MAP_SIZE", length=size + PAGE)
    yield one("a second meta page without magic", "C-5", "META_MAGIC", (PAGE + 16, b"\0"))
    yield one("a second meta page of data version 2", "C-5", "META_VERSION", (PAGE + 20, b"\2"))
    yield one("page number 7 on page 0", "C-5", "META_HEADER", (0, b"\7"))
    yield one("page 1 not marked as a meta page", "C-5", "META_HEADER", (PAGE + 10, b"\0"))
    yield one("a fixed address", "C-5", "META_ADDRESS", (24, b"\0\0\1"))
    yield one("another map size", "C-5", "META_MAP_SIZE", (32, number(size + PAGE, 8)))
    yield one("flags of the free list", "C-5", "META_FREE_FLAGS", (44, b"\0"))
    yield one("a free list", "C-5", "META_FREE_LIST", (80, number(2, 8)))
    yield one("another last page", "C-5", "META_LAST_PAGE", (PAGE + 136, number(last, 8)))
    yield one("transaction 3", "C-5", "META_TXNID", (PAGE + 144, b"\3"))
    yield one("a main table on page 0", "C-5", "META_OLD_ROOT", (128, number(2, 8)))
    yield one("something behind a meta page", "C-5", "META_UNUSED", (PAGE + 4095, b"\1"))
    yield one("a table with duplicates", "C-6", "TABLE_FLAGS", (at["vocabulary"] + 4, b"\4"))
    yield one("pad of a table", "C-6", "TABLE_FLAGS", (at["term"], b"\1"))
    yield one("an empty table with an entry", "C-6", "TABLE_EMPTY", (at["alias"] + 32, b"\1"))
    yield one("a table of no levels", "C-6", "TABLE_DEPTH", (at["vocabulary"] + 6, b"\0"))
    yield one("a table of 17 levels", "C-6", "TABLE_DEPTH", (at["vocabulary"] + 6, b"\x11"))
    yield one("one entry too many", "C-7", "TABLE_COUNTERS", (at["run"] + 32, b"\2"))
    yield one("a branch page too many", "C-7", "TABLE_COUNTERS", (at["run"] + 8, b"\1"))
    yield one("a root that is a meta page", "C-2", "PAGE_RANGE", (at["run"] + 40, number(1, 8)))
    yield one("a root behind the file", "C-2", "PAGE_RANGE", (at["run"] + 40, number(last, 8)))
    yield one("one root for two tables", "C-3", "PAGE_SHARED",
              (at["run"] + 40, data[at["document"] + 40 : at["document"] + 48]))
    yield one("a page that nothing leads to", "C-3", "PAGE_UNUSED",
              (at["run"] + 6, bytes(34) + b"\xff" * 8))
    yield one("a page with another's number", "C-9", "PAGE_NUMBER", (leaf, number(2, 8)))
    yield one("a leaf where a branch must be", "C-9", "PAGE_KIND", (at["run"] + 6, b"\2"))
    yield one("a dirty page", "C-9", "PAGE_KIND", (leaf + 10, b"\x12"))
    yield one("a pad in a page header", "C-9", "PAGE_KIND", (leaf + 8, b"\1"))
    yield one("pointers that end in the header", "C-11", "PAGE_BOUNDS", (leaf + 12, b"\x0e\0"))
    yield one("half a pointer", "C-11", "PAGE_BOUNDS", (leaf + 12, bytes([data[leaf + 12] | 1])))
    yield one("nodes before the pointers", "C-11", "PAGE_BOUNDS", (leaf + 14, b"\x10\0"))
    yield one("a leaf without nodes", "C-10", "PAGE_COUNT", (leaf + 12, b"\x10\0\0\x10"))
    yield one("a branch of one node", "C-10", "PAGE_COUNT", (branch + 12, b"\x12\0"))
    yield one("a node at an odd place", "C-11", "NODE_BOUNDS",
              (leaf + 16, number(le(data, leaf + 16, 2) - 1, 2)))
    yield one("a node before the nodes", "C-11", "NODE_BOUNDS", (leaf + 16, b"\x10\0"))
    yield one("an empty key", "C-13", "NODE_KEY_SIZE", (first + 6, b"\0\0"))
    yield one("a key of 512 bytes", "C-13", "NODE_KEY_SIZE", (first + 6, b"\0\2"))
    yield one("a first key in a branch", "C-13", "NODE_KEY_SIZE", (file.node(branch, 0) + 6, b"\4"))
    yield one("duplicates under a key", "C-14", "NODE_FLAGS", (first + 4, b"\4"))
    yield one("a table in a table", "C-14", "NODE_FLAGS", (first + 4, b"\2"))
    yield one("a value beyond 2^30 bytes", "C-16", "NODE_VALUE_SIZE", (big, number(2**30 + 1, 4)))
    yield one("a short value on pages of its own", "C-15", "NODE_PLACEMENT", (big, number(100, 4)))
    yield one("a long value in a leaf", "C-15", "NODE_PLACEMENT", (first, number(2040, 4)))
    yield one("a gap between nodes", "C-11", "NODE_PACKING", (first, number(le(data, first, 4) - 2, 4)))
    yield one("nodes that overlap", "C-11", "NODE_PACKING", (second, number(le(data, second, 4) + 2, 4)))
    yield one("an upper bound below the last node", "C-11", "NODE_PACKING",
              (leaf + 14, number(le(data, leaf + 14, 2) - 2, 2)))
    yield one("keys that do not ascend", "C-12", "NODE_ORDER", (second + 8, bytes(4)))
    yield one("a key below the separator", "C-12", "NODE_SEPARATOR",
              (file.node(branch, 1) + 11, bytes([data[file.node(branch, 1) + 11] + 1])))
    yield one("a key not below the next separator", "C-12", "NODE_SEPARATOR",
              (file.node(branch, 1) + 11, bytes([data[file.node(branch, 1) + 11] - 1])))
    yield one("a run with another's number", "C-17", "OVERFLOW_HEADER", (run, number(2, 8)))
    yield one("a run that is a leaf", "C-17", "OVERFLOW_HEADER", (run + 10, b"\2"))
    yield one("a run of two pages", "C-17", "OVERFLOW_RUN", (run + 12, b"\2"))
    yield one("a run behind the file", "C-17", "PAGE_RANGE",
              (big + 8 + le(data, big + 6, 2), number(last, 8)))
    yield one("an entry that is no table's record", "C-8", "TABLE_RECORD",
              (named, number(46, 4) + b"\2\0" + number(7, 2)))
    yield one("a table called ~oice", "C-8", "TABLE_NAME", (named + 8, b"~"))


def opening_edits(file):
    """What opening refuses behind the page check (section 14)."""
    data, size = file.data, len(file.data)
    meta = file.value("meta", b"stemma")
    counts = data.index(b"\4\xdc\0\x10", meta) + 4
    feature = data.index(b"postings.near", meta)
    vocabulary = file.leaf("vocabulary")
    node = file.node(vocabulary, 1)
    term = node + 8 + le(data, node + 6, 2)
    last = file.leaf("vocabulary", (le(data, file.root("vocabulary") + 12, 2) - 16) // 2 - 1)
    end = file.node(last, (le(data, last + 12, 2) - 16) // 2 - 1)
    main = file.root("main")
    fence = next(file.node(main, i) for i in range(29)
                 if data[file.node(main, i) + 8 :][:5] == b"fence")

    def one(name, rule, code, *edits):
        return name, rule, code, list(edits), size

    yield one("without the table fence", "R-17", "TABLE_MISSING", (fence + 12, b"f"))
    yield one("without the record of meta", "R-18", "NOT_STEMMA", (meta - 1, b"b"))
    yield one("another magic in meta", "R-18", "NOT_STEMMA", (meta + 8, b"b"))
    yield one("major version 4", "V-1", "FORMAT_VERSION", (meta + 10, b"\4"))
    yield one("a version that is a text", "R-18", "RECORD_TYPE", (meta + 10, b"\xa1"))
    yield one("nil in meta", "R-4", "RECORD_FORM", (counts, b"\xc0"))
    yield one("a needed feature that is not known", "V-3", "FEATURE_UNKNOWN", (feature, b"q"))
    yield one("one document more than there are", "R-19", "COUNT_MISMATCH", (counts, bytes([data[counts] + 1])))
    yield one("a number left out", "P-2", "KEY_ORDER", (end + 11, bytes([data[end + 11] + 1])))
    yield one("a term that is nil", "R-4", "RECORD_FORM", (term, b"\xc0"))
    yield one("a name in upper case", "R-20", "TERM_NAME", (term + 3, b"O"))
    yield one("terms out of order", "R-20", "TERM_ORDER", (term + 3, b"a"))
    label, token = file.value("label", b"arena"), file.value("token", b"sound")
    yield one("a name less than there are entities", "R-49", "LABEL", (label, bytes([data[label] - 1])))
    yield one("a width that the bytes are too few for", "P-23", "TOKEN", (token + 5, b"\x20"))
    place = file.value("fence", b"event")
    yield one("a fence of two rows", "R-49", "FENCE", (place, b"\2"))
    yield one("a fence of width 65", "P-4", "FENCE", (place + 10, b"\x41"))


def checking_edits(file):
    """What opening does not look at and a checker reports."""
    size = len(file.data)
    run, leaf = file.leaf("run"), file.leaf("vocabulary")
    value = file.node(run, 0) + 8 + 4
    yield "another byte in a value", "C-21", "DIGEST_MISMATCH", [(value + 3, b"H")], size
    yield "a byte in the gap of a page", "C-18", "PAGE_SLACK", \
        [(leaf + le(file.data, leaf + 14, 2) - 1, b"\1")], size


def edited(data, edits, size):
    data = bytearray(data)
    for at, more in edits:
        data[at : at + len(more)] = more
    return bytes(data[:size]) + bytes(max(0, size - len(data)))


def opened(path, data):
    """The code with which the second reader refuses a file, None when it does not."""
    with open(path, "wb") as stream:
        stream.write(data)
    try:
        file = File(path)
        return None if file.pages.slack() else "PAGE_SLACK"
    except Damage as damage:
        return damage.code


def vectors(base, data, scratch):
    file = Places(data)
    assert opened(scratch, data) is None
    for stage, edits in (("open", container_edits(file)), ("open", opening_edits(file)),
                         ("check", checking_edits(file))):
        for name, rule, code, changes, size in edits:
            found = opened(scratch, edited(data, changes, size))
            assert found == code, (name, found, code)
            yield {"name": name, "rule": rule, "file": base, "size": size, "stage": stage,
                   "edits": [[at, more.hex()] for at, more in changes], "code": code,
                   "status": Damage(code).status}
