# SPDX-License-Identifier: MIT
"""What the golden vectors of section 9 are made of: column blocks, posting tables, row blocks, labels
and tokens, good and bad."""

from packing import (arena_of, chunk_of, column_block, hash_array, posting_records, row_blocks, pack,
                          token_record)
from packed import arena, columns, hashes, postings, rows_of, tokens
from vector_values import bad, wide

# ---- Column blocks ----

COLUMNS = [
    ("the column of the page", [10, 20, 14], "P-4"), ("no elements", [], "P-7"), ("one element", [7], "P-7"),
    ("all equal", [5] * 9, "P-7"), ("negative ones", [-3, -1, -2], "P-7"), ("a scale", [0, 86400, 172800, 86400], "P-7"),
    ("a ramp", [7, 10, 13, 16], "P-7"), ("a ramp with rests", [0, 11, 19, 31, 40], "P-7"),
    ("a ramp that falls", [90, 80, 70, 60], "P-7"),
    ("runs", [1] * 100 + [900] * 200 + [1] * 100, "P-24"), ("runs to the last element", [0] * 300 + [70000], "P-24"),
    ("the whole range", [-(2**63), 2**63 - 1], "P-4"), ("widths above 56", [0, 2**60, 5], "P-5"),
    ("a width of 8", [0, 255, 3, 9], "P-4"),
]


def column_vector(name, rule, block):
    data = column_block(block)
    found = columns(data)
    assert found == block, name
    return {"name": name, "rule": rule, "hex": data.hex(), "rows": block["rows"],
            "columns": [[key, [wide(one) for one in block[key]]] for key in block if key != "rows"]}


def column_vectors():
    for name, values, rule in COLUMNS:
        yield column_vector(name, rule, {"rows": len(values), 1: values})
    yield column_vector("two columns, one of them flat", "P-8", {"rows": 2, 1: [1, 2], 12: [5, 6, 7]})
    good = column_block({"rows": 3, 1: [10, 20, 14]})
    runs = column_block({"rows": 400, 1: [1] * 100 + [900] * 200 + [1] * 100})
    two = column_block({"rows": 2, 1: [1, 2], 12: [5, 6, 7]})

    def broken(name, rule, data, *edits):
        data = bytearray(data)
        for at, more in edits:
            data[at : at + len(more)] = more
        return bad(columns, name, rule, bytes(data), "COLUMN_BLOCK")

    yield broken("no column", "P-3", good, (4, b"\0\0"))
    yield broken("65 columns", "P-3", good, (4, b"\x41\0"))
    yield broken("bytes 6 and 7 are not zero", "P-3", good, (6, b"\1"))
    yield broken("an id twice", "P-3", two, (40, b"\1\0"))
    yield broken("ids that descend", "P-3", two, (8, b"\x0d\0"))
    yield broken("a width of 65", "P-4", good, (10, b"\x41"))
    yield broken("an unknown form", "P-4", good, (11, b"\3"))
    yield broken("a scale of 0", "P-4", good, (24, bytes(8)))
    yield broken("a count beyond the data", "P-5", good, (12, b"\x40"))
    yield broken("a count above 2^22", "P-4", good, (12, b"\1\0\x40\0"), (10, b"\0"), (36, bytes(4)))
    yield broken("an offset that is not the next one", "P-5", good, (32, b"\x30"))
    yield broken("data that is too long", "P-5", good, (36, b"\3"))
    yield broken("no slack", "P-5", good[:-8])
    yield broken("more than slack", "P-5", good + b"\0")
    yield broken("an element beyond 64 bits", "P-4", column_block({"rows": 2, 1: [0, 2**63 - 1]}),
                 (16, b"\1"))
    yield broken("runs without a change", "P-24", runs, (40, bytes(4)))
    yield broken("as many changes as elements", "P-24", runs, (40, b"\x90\1"))
    yield broken("positions that do not ascend", "P-24", runs, (44, b"\0\0"))
    yield broken("cut in the directory", "P-3", good[:20])


# ---- Posting tables ----


def cases():
    yield "the lists of the page", 0, [(b"ab", 5, 1), (b"ab", 6, 4), (b"ab", 9, 3), (b"ac", 300, 0)]
    yield "one posting", 4, [(bytes(4), 0, 0)]
    yield "lists of numbers", 4, [(bytes([0, 0, 1, i]), i, 7) for i in range(20)]
    yield "all payloads equal", 5, [(b"e\0\0\0\1", i * i, 9) for i in range(40)]
    yield "few payloads", 4, [(bytes(4), i, (3, 500, 90000)[i % 3]) for i in range(60)]
    yield "packed payloads", 4, [(bytes(4), i, i * 37 % 1000) for i in range(60)]
    yield "exceptions", 4, [(bytes(4), i + 100000 * (i > 30), 0) for i in range(64)]
    yield "ids far apart, several payloads each", 5, [(b"e\0\0\0\2", i // 3 * 10**9, i % 3 * 5000) for i in range(13)]
    yield "one id with two payloads", 5, [(b"v\0\0\0\0", 4, 1), (b"v\0\0\0\0", 4, 2)]
    yield "a chunk and one posting", 0, [(b"long", i, 0) for i in range(257)]
    yield "the greatest numbers", 5, [(b"v\xff\xff\xff\xfe", 2**32 - 2, 2**32 - 2)]
    yield "pairs of terms, in the order of the first ones", 0, [
        (b"of copper", 3, 0), (b"of the", 3, 0), (b"of the", 9, 0), (b"often the", 1, 0)]
    yield "a level, pairs, and one that is common and only named", 0, [
        (b" ", 17, 0), (b"of copper", 3, 0), (b"of copper!", 411, 0), (b"of coppers", 8, 0), (b"often the", 1, 0)]
    yield "more than a value holds", 0, [(b"w%03d" % (i // 40), i * 977, i * 7919 % 5003) for i in range(1200)]


def read_postings(data, key, size):
    return postings({0: "term", 4: "type", 5: "membership"}[size], [(key, data)], chunk_of)


def sound_postings(apart):
    for name, size, items in cases():
        items = sorted(items)
        records = posting_records(items, size or None, apart)
        table = {0: "term", 4: "type", 5: "membership"}[size]
        assert postings(table, records) == items, name
        yield {"name": name + ", as before 3.3" * apart, "rule": "P-34" if apart else "P-18", "list_size": size,
               **({"before_3_3": True} if apart else {}),
               "postings": [[one[0].hex(), one[1], one[2]] for one in items],
               "records": [[key.hex(), value.hex()] for key, value in records]}


def examples(apart):
    """Records of which broken ones are made."""
    return (posting_records([(b"ab", 5, 1), (b"ab", 6, 4), (b"ab", 9, 3), (b"ac", 300, 0)], None, apart)[0],
            posting_records([(bytes([0, 0, 1, i]), i, 7) for i in range(20)], 4, apart)[0])


def posting_vectors():
    yield from sound_postings(False)
    (key, value), (many_key, many) = examples(False)

    def broken(name, rule, data, key=key, size=0):
        return {**bad(read_postings, name, rule, data, "POSTING_VALUE", key, size), "key": key.hex(),
                "list_size": size}

    h = bytes.fromhex
    yield broken("no entry", "P-13", h("0080"))
    yield broken("fewer entries than are there", "P-13", b"\1" + value[1:])
    yield broken("more entries than are there", "P-13", b"\3" + value[1:])
    yield broken("an offset that leads elsewhere", "P-13", many[:2] + bytes([many[2] + 1]) + many[3:],
                 many_key, 4)
    yield broken("a list key that is not that of the record", "P-14", value, b"abc" + key[2:])
    yield broken("a first id that is not that of the record", "P-14", value, key[:6] + b"\6" + key[7:])
    yield broken("shares more bytes than the record's list key has", "P-14", value[:2] + b"\3" + value[3:])
    yield broken("shares more bytes than the list key before has", "P-14", value[:10] + b"\x13" + value[11:])
    yield broken("shares fewer bytes than it could", "P-14", value[:10] + h("20" "6163" "d804"))
    yield broken("a list key of 121 bytes", "P-11", value[:10] + h("f2" "68") + b"c" * 119 + h("d804"))
    yield broken("an empty list key", "P-11", h("0180" "00" "0b01" "01"), key)
    yield broken("lists that descend", "P-15", value[:11] + b"a" + value[12:])
    yield broken("a posting twice", "P-12", h("0180" "02" "0b05" "00" "01"), key)
    yield broken("a posting in two entries", "P-12", h("0280" "020b0101" "020b0101"), key)
    yield broken("an entry that begins before the last one ends", "P-12", h("0280" "020b0101" "02090101"), key)
    yield broken("257 postings", "P-17", h("0180" "02" "0b8108" "00" "01"), key)
    yield broken("payloads of mode 3 that are all equal", "P-17", h("0180" "02" "0b0b" "02" "01" "00" "0d"), key)
    yield broken("payload 0 in mode 1", "P-17", h("0180" "02" "0b01" "00"), key[:-1] + b"\0")
    yield broken("a posting that needs no more than its id, and has it", "P-17", h("0180" "02" "0b00"),
                 key[:-1] + b"\0")
    yield broken("wider than it must be", "P-16", h("0180" "02" "0b0b" "03" "01" "02" "19" "2c"), key)
    yield broken("a width of 33", "P-16", h("0180" "02" "0b08" "21") + bytes(9), key[:-1] + b"\0")
    yield broken("unused bits", "P-16", value[:8] + b"\x1d" + value[9:])
    yield broken("an id beyond 32 bits", "P-17",
                 h("0180" "02" "ffffffff1f" "04" "01" "01"), b"ab\0" + b"\xff" * 4 + bytes(4))
    yield broken("a first id beyond 32 bits", "P-17", h("0180" "02" "8080808020"), b"ab" + bytes(9))
    yield broken("a value that ends early", "P-13", value[:-1])
    yield broken("a byte behind the last entry", "P-13", value + b"\0")
    yield broken("entries of the form before, said to be of this one", "P-34",
                 examples(True)[0][1].replace(b"\2\0", b"\2\x80", 1))
    yield from postings_before()


def postings_before():
    """[P-34]"""
    yield from sound_postings(True)
    (key, value), (many_key, many) = examples(True)

    def broken(name, rule, data, key=key, size=0):
        return {**bad(read_postings, name + ", as before 3.3", rule, data, "POSTING_VALUE", key, size),
                "key": key.hex(), "list_size": size}

    h = bytes.fromhex
    yield broken("no entry", "P-13", h("0000"))
    yield broken("fewer entries than are there", "P-13", b"\1" + value[1:])
    yield broken("more entries than are there", "P-13", b"\3" + value[1:])
    yield broken("an offset that leads elsewhere", "P-13", many[:2] + bytes([many[2] + 1]) + many[3:],
                 many_key, 4)
    yield broken("a list key that is not that of the record", "P-14", value, b"abc" + key[2:])
    yield broken("a first id that is not that of the record", "P-14", value, key[:6] + b"\6" + key[7:])
    yield broken("shares more bytes than there are", "P-14", value[:2] + b"\3" + value[3:])
    yield broken("shares fewer bytes than it could", "P-14", value[:-6] + h("000261" "63" "00" "ac02"))
    yield broken("lists that descend", "P-15", value[:-4] + b"a" + value[-3:])
    yield broken("a posting twice", "P-12", h("0100" "0200" "05" "05" "00" "01"), key)
    yield broken("a posting in two entries", "P-12", h("0200" "0200010501" "0200010501"), key)
    yield broken("an entry that begins before the last one ends", "P-12", h("0200" "0200010501" "0200010401"), key)
    yield broken("257 postings", "P-17", h("0100" "0200" "8108" "05" "00" "01"), key)
    yield broken("payloads of mode 3 that are all equal", "P-17",
                 h("0100" "0200" "0b" "05" "02" "01" "00" "0d"), key)
    yield broken("payload 0 in mode 1", "P-17", h("0100" "0200" "01" "05" "00"), key[:-1] + b"\0")
    yield broken("wider than it must be", "P-16", h("0100" "0200" "0b" "05" "03" "01" "02" "1900" "2c")[:-2]
                 + h("2c"), key)
    yield broken("a width of 33", "P-16", h("0100" "0200" "08" "05" "21") + bytes(9), key[:-1] + b"\0")
    yield broken("unused bits", "P-16", value[:10] + b"\x1d" + value[11:])
    yield broken("an id beyond 32 bits", "P-17",
                 h("0100" "0200" "04" "ffffffff0f" "01" "01"), b"ab\0" + b"\xff" * 4 + bytes(4))
    yield broken("a value that ends early", "P-13", value[:-1])
    yield broken("a byte behind the last entry", "P-13", value + b"\0")


# ---- Row blocks ----


def read_rows(data):
    return rows_of([(bytes(4), data)])


def row_vectors():
    big = [["x" * 1000], ["y" * 900], [1], ["z" * 3000], [2]]
    for name, rows in (("two rows", [[], [1]]), ("one row", [["Ida"]]), ("rows of several records", big)):
        records = row_blocks(rows)
        assert rows_of(records) == rows
        yield {"name": name, "rule": "P-20", "rows": [pack(row).hex() for row in rows],
               "records": [[key.hex(), value.hex()] for key, value in records]}
    for name, data, code in (
            ("nothing", "", "ROW_DIRECTORY"), ("no row", "0000", "ROW_DIRECTORY"),
            ("a directory that is cut", "020006", "ROW_DIRECTORY"),
            ("a first row that begins elsewhere", "0100050090", "ROW_DIRECTORY"),
            ("a row that is empty", "020006000600" "9101", "ROW_OFFSET"),
            ("a row beyond the value", "02000600ff00" "909101", "ROW_OFFSET"),
            ("offsets that descend", "030008000a000900" "90909090", "ROW_OFFSET")):
        yield bad(read_rows, name, "P-20", bytes.fromhex(data), code)


# ---- Labels and tokens ----


def label_vectors():
    for name, texts in (("the labels of the page", ["Ada", ""]), ("none", []), ("one", ["Ida Lorn"]),
                        ("without any text", ["", "", ""]),
                        ("more than a group", ["n%d" % (i * i) for i in range(130)])):
        data = arena_of(texts)
        assert arena(data) == texts
        yield {"name": name, "rule": "P-22", "hex": data.hex(), "texts": texts}
    good = arena_of(["Ada", "", "Bo"])
    for name, data in (("cut", good[:-1]), ("a head that is cut", good[:12]),
                       ("a byte too many", good + b"\0"), ("a width of 33", good[:16] + b"\x21" + good[17:]),
                       ("a first offset that is not 0", good[:20] + b"\1" + good[21:]),
                       ("a last offset that is not the end", good[:8] + b"\0" + good[9:]),
                       ("one name too many", b"\4" + good[1:])):
        yield bad(arena, name, "P-22", data, "LABEL")


def hash_vectors():
    for name, pairs in (("the pair of the page", [(0x38D394C2, 7)]), ("none", []),
                        ("one hash, three numbers", [(5, 1), (5, 9), (5, 3)]),
                        ("buckets", [(i * 2654435761 % 2**32, i) for i in range(100)])):
        data = hash_array(set(pairs))
        hashes(data)
        yield {"name": name, "rule": "P-23", "hex": data.hex(), "pairs": [list(one) for one in sorted(set(pairs))]}
    good = hash_array({(i * 2654435761 % 2**32, i) for i in range(20)})
    for name, data in (("cut", good[:-1]), ("a head that is cut", good[:7]), ("too many buckets", good[:4] + b"\5" + good[5:]),
                       ("a width that is too much", good[:5] + b"\x0a" + good[6:]),
                       ("reserved bytes", good[:6] + b"\1" + good[7:]),
                       ("a first bucket that does not begin at 0", good[:8] + b"\1" + good[9:])):
        yield bad(hashes, name, "P-23", data, "LABEL")


def token_vectors():
    for name, texts in (("the tokens of the page", ["arven", "arvenian"]), ("none", []),
                        ("long ones", ["a" * 20, "a" * 40, "b" * 512]),
                        ("two blocks", ["t%02d" % i for i in range(20)]), ("beyond ASCII", ["a", "ба", "東"])):
        data = token_record(texts)
        assert tokens(data) == texts
        yield {"name": name, "rule": "P-30", "hex": data.hex(), "texts": texts}
    h = bytes.fromhex
    for name, data in (("nothing", b""), ("a head that is cut", h("020000")),
                       ("a text that is cut", h("01000000000000005061")),
                       ("an empty text", h("010000000000000000")),
                       ("shares more than there is", h("0200000000000000" "1061" "1262")),
                       ("shares less than it could", h("0200000000000000" "1061" "206162")),
                       ("a text twice", h("0200000000000000" "1061" "01")),
                       ("texts that descend", h("0200000000000000" "1062" "1061")),
                       ("a block that begins elsewhere", h("0100000001000000" "1061")),
                       ("a byte behind the last one", h("0100000000000000" "106100"))):
        yield bad(tokens, name, "P-30", data, "TOKEN")
