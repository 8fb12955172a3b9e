# SPDX-License-Identifier: MIT
"""Section 5 of SPEC.md: the pages of a file, checked in the order of [C-24] and read. What breaks a
rule ends it with Damage and the code of appendix C.1."""

PAGE = 4096
NO_PAGE = 2**64 - 1
MAGIC = 0xBEEFC0DE
META, BRANCH, LEAF, OVERFLOW = 8, 1, 2, 4
BIG, TABLE = 1, 2
MOST_IN_LEAF = 2038
NAME_BYTES = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")

# Codes that do not mean damage (appendix C).
STATUS = {"FILE_MAGIC": "NOT_STEMMA", "NOT_STEMMA": "NOT_STEMMA", "NOT_REGULAR": "NOT_STEMMA",
          "META_VERSION": "UNSUPPORTED", "META_PAGE_SIZE": "UNSUPPORTED",
          "FORMAT_VERSION": "UNSUPPORTED", "FEATURE_UNKNOWN": "UNSUPPORTED"}


class Damage(Exception):
    """The file breaks a rule of the format; `code` says which."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code
        self.status = STATUS.get(code, "DAMAGED")


def need(condition, code):
    if not condition:
        raise Damage(code)


def le(data, at, size):
    return int.from_bytes(data[at : at + size], "little")


class Pages:
    """The tables of a file as sorted lists of (key, value)."""

    def __init__(self, data):
        self.data, self.count = data, len(data) // PAGE
        self.claimed = {0, 1}
        self.leaves, self.branches, self.runs = [], [], []
        need(len(data) >= 24 and le(data, 16, 4) == MAGIC, "FILE_MAGIC")
        need(le(data, 20, 4) == 1, "META_VERSION")
        need(len(data) < 152 or le(data, 40, 4) == PAGE, "META_PAGE_SIZE")
        need(len(data) % PAGE == 0 and len(data) >= 2 * PAGE, "FILE_SIZE")
        for page in (0, 1):
            self.meta(page)
        main = []
        self.tree(PAGE + 88, TABLE, main)
        self.tables = {}
        for name, at in main:
            rows = self.tables[name.decode("ascii")] = []
            self.tree(at, 0, rows)
        need(len(self.claimed) == self.count, "PAGE_UNUSED")

    def meta(self, page):
        data, base = self.data, page * PAGE
        need(le(data, base + 16, 4) == MAGIC, "META_MAGIC")
        need(le(data, base + 20, 4) == 1, "META_VERSION")
        need(le(data, base + 40, 4) == PAGE, "META_PAGE_SIZE")
        need(le(data, base, 8) == page and le(data, base + 8, 8) == META << 16, "META_HEADER")
        need(le(data, base + 24, 8) == 0, "META_ADDRESS")
        need(le(data, base + 32, 8) == len(data), "META_MAP_SIZE")
        need(le(data, base + 44, 2) == 8, "META_FREE_FLAGS")
        need(self.is_empty(base + 40), "META_FREE_LIST")
        need(le(data, base + 136, 8) == (self.count - 1 if page else 1), "META_LAST_PAGE")
        need(le(data, base + 144, 8) == page, "META_TXNID")
        need(page == 1 or (le(data, base + 88, 6) == 0 and self.is_empty(base + 88)),
             "META_OLD_ROOT")
        need(not any(data[base + 152 : base + PAGE]), "META_UNUSED")

    def is_empty(self, at):
        """Whether a table record says that nothing is in the table."""
        return le(self.data, at + 6, 34) == 0 and le(self.data, at + 40, 8) == NO_PAGE

    def claim(self, number, count=1):
        need(2 <= number < self.count and count <= self.count - number, "PAGE_RANGE")
        for page in range(number, number + count):
            need(page not in self.claimed, "PAGE_SHARED")
            self.claimed.add(page)

    def tree(self, at, flags, rows):
        """The records of the table whose record lies at a place of the file. Of the main table, the
        places of the records that it names."""
        data = self.data
        need(le(data, at, 6) == 0, "TABLE_FLAGS")
        depth, root = le(data, at + 6, 2), le(data, at + 40, 8)
        if root == NO_PAGE:
            need(self.is_empty(at), "TABLE_EMPTY")
            return
        need(1 <= depth <= 16, "TABLE_DEPTH")
        found = [0, 0, 0]
        self.page(root, depth, flags, rows, found, None, None)
        need([le(data, at + 8 * i, 8) for i in (1, 2, 3, 4)] == found + [len(rows)],
             "TABLE_COUNTERS")

    def page(self, number, levels, flags, rows, found, least, bound):
        """A page with all that lies under it. Its keys are from `least` on and below `bound`."""
        self.claim(number)
        data, base = self.data, number * PAGE
        leaf = levels == 1
        lower, upper = le(data, base + 12, 2), le(data, base + 14, 2)
        need(le(data, base, 8) == number, "PAGE_NUMBER")
        need(le(data, base + 8, 4) == (LEAF if leaf else BRANCH) << 16, "PAGE_KIND")
        need(16 <= lower <= upper <= PAGE and lower % 2 == 0, "PAGE_BOUNDS")
        count = (lower - 16) // 2
        need(count >= (1 if leaf else 2), "PAGE_COUNT")
        places = [le(data, base + 16 + 2 * i, 2) for i in range(count)]
        if leaf:
            keys = self.leaf_nodes(base, places, upper, flags, rows, found)
        else:
            keys = self.branch_nodes(base, places, upper)
        need(least is None or keys[0 if leaf else 1] >= least, "NODE_SEPARATOR")
        need(bound is None or keys[-1] < bound, "NODE_SEPARATOR")
        found[1 if leaf else 0] += 1
        (self.leaves if leaf else self.branches).append((base, lower, upper))
        if leaf:
            if flags == TABLE:
                self.names(rows, count)
            return
        keys = [least] + keys[1:] + [bound]
        for i, at in enumerate(places):
            self.page(le(data, base + at, 6), levels - 1, flags, rows, found, keys[i], keys[i + 1])

    def names(self, rows, count):
        """The last `count` nodes of the main table name tables [C-8]."""
        for i in range(len(rows) - count, len(rows)):
            name, (at, size) = rows[i]
            need(size == 48, "TABLE_RECORD")
            need(1 <= len(name) <= 32 and NAME_BYTES.issuperset(name), "TABLE_NAME")
            need(i < 64, "TABLE_LIMIT")
            rows[i] = (name, at)

    def leaf_nodes(self, base, places, upper, flags, rows, found):
        data, end, keys = self.data, PAGE, []
        for at in places:
            need(upper <= at <= end - 8 and at % 2 == 0, "NODE_BOUNDS")
            head = base + at
            value_size, node_flags = le(data, head, 4), le(data, head + 4, 2)
            key_size = le(data, head + 6, 2)
            need(1 <= key_size <= 511, "NODE_KEY_SIZE")
            size = 8 + key_size + value_size
            big = node_flags != flags
            if big:
                need(node_flags == BIG and flags == 0, "NODE_FLAGS")
                need(value_size <= 2**30, "NODE_VALUE_SIZE")
                need(size > MOST_IN_LEAF, "NODE_PLACEMENT")
                size = 8 + key_size + 8
            else:
                need(size <= MOST_IN_LEAF, "NODE_PLACEMENT")
            need(at + size + size % 2 == end, "NODE_PACKING")
            keys.append(bytes(data[head + 8 : head + 8 + key_size]))
            need(len(keys) < 2 or keys[-2] < keys[-1], "NODE_ORDER")
            place = head + 8 + key_size
            if big:
                place = self.run(le(data, place, 8), value_size, found)
            rows.append((keys[-1], (place, value_size) if flags == TABLE
                         else data[place : place + value_size]))
            end = at
        need(end == upper, "NODE_PACKING")
        return keys

    def branch_nodes(self, base, places, upper):
        data, end, keys = self.data, PAGE, []
        for i, at in enumerate(places):
            need(upper <= at <= end - 8 and at % 2 == 0, "NODE_BOUNDS")
            key_size = le(data, base + at + 6, 2)
            need(1 <= key_size <= 511 if i else key_size == 0, "NODE_KEY_SIZE")
            need(at + 8 + key_size + key_size % 2 == end, "NODE_PACKING")
            keys.append(bytes(data[base + at + 8 : base + at + 8 + key_size]))
            need(i < 2 or keys[-2] < keys[-1], "NODE_ORDER")
            end = at
        need(end == upper, "NODE_PACKING")
        return keys

    def run(self, first, value_size, found):
        """An overflow run [C-17]; where its value begins."""
        count = (15 + value_size) // PAGE + 1
        self.claim(first, count)
        base = first * PAGE
        need(le(self.data, base, 8) == first and le(self.data, base + 8, 4) == OVERFLOW << 16,
             "OVERFLOW_HEADER")
        need(le(self.data, base + 12, 4) == count, "OVERFLOW_RUN")
        found[2] += count
        self.runs.append((base + 16 + value_size, base + count * PAGE))
        return base + 16

    def slack(self):
        """[C-18]: whether all that has no meaning is zero. A checker asks, a reader need not."""
        data = self.data
        gaps = [(base + lower, base + upper) for base, lower, upper in self.leaves + self.branches]
        for base, lower, upper in self.leaves + self.branches:
            leaf = le(data, base + 10, 2) == LEAF
            for place in range(base + 16, base + lower, 2):
                at = base + le(data, place, 2)
                size = 8 + le(data, at + 6, 2)
                if leaf:
                    size += 8 if le(data, at + 4, 2) == BIG else le(data, at, 4)
                gaps.append((at + size, at + size + size % 2))
        return not any(any(data[a:b]) for a, b in gaps + self.runs)
