# SPDX-License-Identifier: MIT
"""What the golden vectors of records (section 8) are made of: a good one or more of every kind, and one
that breaks each rule."""

import records
from packing import pack
from vector_values import bad, typed

# What the numbers in the records are compared with. Terms by number: their kind and name.
TERMS = [(0, "person"), (1, "justice.release"), (2, "agent"), (2, "patient")]
WORLD = {"documents": 4, "runs": 2, "entities": 6, "events": 3,
         "terms": [{"kind": kind, "name": name} for kind, name in TERMS]}
BOUNDS = records.Bounds(4, 2, 6, 3, [kind for kind, _ in TERMS])

ACTORS, ITEMS, SIZE = 3, 3, 100  # actors of the data set, items of the detail, bytes of the text
DIGEST = bytes(range(32))


def read_object(data):
    value = records.unpack(data)
    records.object_code(value)
    return value


READ = {
    "stemma": records.meta, "digest": records.digests, "vocabulary": records.term, "run": records.run,
    "document": records.document, "judgement": lambda data: records.judgement(data, BOUNDS),
    "derivation": lambda data: records.derivations(data, 3, 1, BOUNDS),
    "alias": lambda data: records.alias(data, "Ida Lorn", 5),
    "claim": lambda data: records.claim(data, BOUNDS),
    "row": lambda data: records.row(data, ACTORS, BOUNDS),
    "detail": lambda data: records.detail(data, ITEMS, BOUNDS), "object": read_object,
}


def meta(**changes):
    record = {0: "stemma", 1: 3, 2: 0, 4: [0] * 16}
    record.update({int(key[1:]): value for key, value in changes.items()})
    return {key: value for key, value in sorted(record.items()) if value is not None}


def document(**changes):
    record = {10: DIGEST, 11: SIZE, 12: 90, 17: [2, 1, 1]}
    record.update({int(key[1:]): value for key, value in changes.items()})
    return {key: value for key, value in sorted(record.items()) if value is not None}


def rows(**changes):
    return document(**{"_12": None, "_13": True, "_17": [3, 0, 0], "_18": 3, "_20": 2, "_21": 1, **changes})


def verdict(**changes):
    record = {0: [0, 0], 1: [1, 2], 2: 1, 5: "Ida"}
    record.update({int(key[1:]): value for key, value in changes.items()})
    return {key: value for key, value in sorted(record.items()) if value is not None}


COPY = {0: 1, 1: 971, 2: 1, 5: [0, 200, 0, 200]}
CLAIM = [1, 3, 10, 1, 2, 2, 1, bytes([0, 7, 0, 1, 3, 1])]


def claim(at, value):
    return CLAIM[:at] + [value] + CLAIM[at + 1 :]


GOOD = [
    ("stemma", "an empty file", "R-18", meta()),
    ("stemma", "an ignorable feature", "V-3", meta(_3=[["time-travel", 0]])),
    ("stemma", "a minor version that is not known", "V-1", meta(_2=7)),
    ("stemma", "a field that is not known", "V-4", meta(_64=[1])),
    ("digest", "two tables", "R-48", [["alias", 0, bytes(16)], ["claim", 3, bytes(range(16))]]),
    ("vocabulary", "an entity type", "R-20", {1: "person", 2: "person"}),
    ("vocabulary", "an event type with roles", "R-20", {0: 1, 1: "justice.release", 4: "agent patient", 5: "cameo:0841"}),
    ("vocabulary", "a single-valued predicate", "R-20", {0: 2, 1: "born", 3: True}),
    ("run", "one with all fields", "R-22", {0: "hand", 1: "1", 2: 2, 3: "s"}),
    ("run", "one without any", "R-10", {}),
    ("document", "the least", "R-23", {10: DIGEST, 17: [0, 0, 0]}),
    ("document", "one with all fields", "R-23", document(
        _0="urn:x", _1="t", _2="p", _3="a", _4="b", _5=["May", "2031-05"], _6="2031-06-01", _7="en",
        _8="text/plain", _9="CC0", _14=bytes([0, 40, 20]), _15=bytes([0, 60]), _16=bytes([80, 10, 2, 8]))),
    ("document", "a raw date alone", "R-23", document(_5=["yesterday", ""])),
    ("document", "a withheld text", "R-26", document(_12=None, _13=True)),
    ("document", "rows from 1 on", "R-41", rows()),
    ("document", "rows with numbers left out", "R-41", rows(_19=bytes([0, 1, 2, 3]))),
    ("document", "a table beyond 2^30 bytes", "R-41", rows(_11=2**31)),
    ("judgement", "by a person", "R-33", verdict()),
    ("judgement", "by a program, with all fields", "R-33",
     verdict(_2=3, _3=1001, _4=2, _5=None, _6="2031", _7="2031-05", _8="r")),
    ("judgement", "a score of 0", "R-33", verdict(_3=1)),
    ("derivation", "a copy with ranges", "R-35", [COPY]),
    ("derivation", "a person and a program", "R-35", [{0: 1, 3: "Ida"}, COPY]),
    ("derivation", "a range that goes back", "R-35", [{0: 4, 3: "Ida", 5: [50, 10, 90, 10, -30, 5, 0, 5]}]),
    ("alias", "two names", "R-60", [1, "Ida", 0, 3, "", 0, 2]),
    ("alias", "one name", "R-60", [0, "", 1, 5]),
    ("claim", "the claim of the page", "R-37", CLAIM),
    ("claim", "without witnesses", "R-37", [0, 2, "text", 0, 0, 0, 0, b""]),
    ("claim", "a place that is an entity", "R-13", claim(2, [3, "", 5])),
    ("row", "a meeting", "R-42", {0: 1, 1: "2031-05-04", 4: [2, 0, 2, 2]}),
    ("row", "the least", "R-42", {0: 1}),
    ("row", "all fields", "R-42", {0: 1, 1: "2031", 2: 3, 3: 1, 4: [3, 1], 5: "c:1", 6: "t", 7: [3, "2", "km"]}),
    ("detail", "of three events", "R-43", [0, {5: "c:1", 6: "t"}, {7: [2, "3", ""], 8: "2031~"}]),
    ("object", "a referent", "R-13", 7), ("object", "a text", "R-13", "loud"),
    ("object", "a time", "R-13", [2, "2031-05", "in May"]),
    ("object", "a time without words", "R-13", [2, "2031-05"]),
    ("object", "a place with coordinates 0", "R-13", [3, "x", 0, "", 0, 0, 0]),
    ("object", "a place of words", "R-13", [3, "the square"]),
    ("object", "a quantity", "R-13", [4, 3, "1000", "prisoner"]),
    ("object", "a quantity with a unit", "R-14", [4, 0, "", "", "", "1", "2", "km"]),
    ("object", "nothing known of a quantity", "R-13", [4]),
    ("object", "some value", "R-13", [5]), ("object", "no value", "R-13", [6]),
]
LONG = "x" * 65536
BAD = [
    ("stemma", "no map", "R-18", [1], "NOT_STEMMA"), ("stemma", "another magic", "R-18", meta(_0="stemmb"), "NOT_STEMMA"),
    ("stemma", "another major version", "R-18", meta(_1=4), "FORMAT_VERSION"),
    ("stemma", "no minor version", "R-18", meta(_2=None), "FIELD_MISSING"),
    ("stemma", "no counts", "R-12", meta(_4=None, _64=1), "FIELD_MISSING"),
    ("stemma", "fifteen counts", "R-12", meta(_4=[0] * 15), "RECORD_LENGTH"),
    ("stemma", "a text for a count", "R-12", meta(_4=["0"] + [0] * 15), "RECORD_TYPE"),
    ("stemma", "no features in a list", "R-12", meta(_3=[]), "RECORD_LENGTH"),
    ("stemma", "seventeen features", "R-12", meta(_3=[["f%02d" % i, 0] for i in range(17)]), "RECORD_LENGTH"),
    ("stemma", "features that do not ascend", "V-3", meta(_3=[["b", 0], ["a", 0]]), "FEATURE_ORDER"),
    ("stemma", "a feature with flag 2", "V-3", meta(_3=[["a", 2]]), "NUMBER_OUT_OF_RANGE"),
    ("stemma", "an unknown field below 64", "R-11", meta(_5=1), "UNKNOWN_FIELD"),
    ("digest", "tables that do not ascend", "R-48", [["b", 0, bytes(16)], ["a", 0, bytes(16)]], "DIGEST_ORDER"),
    ("digest", "a digest of 15 bytes", "R-48", [["a", 0, bytes(15)]], "DIGEST_SIZE"),
    ("digest", "a name of 32 bytes", "R-48", [["a" * 32, 0, bytes(16)]], "TEXT_TOO_LONG"),
    ("digest", "a row of two", "R-12", [["a", 0]], "RECORD_LENGTH"),
    ("vocabulary", "no name", "R-20", {0: 2}, "TERM_NAME"), ("vocabulary", "upper case", "R-20", {1: "Person"}, "TERM_NAME"),
    ("vocabulary", "an empty part", "R-20", {1: "a..b"}, "TERM_NAME"), ("vocabulary", "a digit first", "R-20", {1: "1a"}, "TERM_NAME"),
    ("vocabulary", "a kind that is not known", "R-12", {0: 3, 1: "a"}, "NUMBER_OUT_OF_RANGE"),
    ("vocabulary", "kind 0 written", "R-10", {0: 0, 1: "a"}, "FIELD_DEFAULT"),
    ("vocabulary", "an empty label", "R-10", {1: "a", 2: ""}, "FIELD_DEFAULT"),
    ("vocabulary", "a name of 1,025 bytes", "R-12", {1: "a" * 1025}, "TEXT_TOO_LONG"),
    ("vocabulary", "1 for true", "R-12", {1: "a", 3: 1}, "RECORD_TYPE"),
    ("run", "an unknown kind", "R-12", {2: 4}, "NUMBER_OUT_OF_RANGE"), ("run", "an unknown field", "R-11", {4: 1}, "UNKNOWN_FIELD"),
    ("run", "a name of 65,536 bytes", "R-12", {0: LONG}, "TEXT_TOO_LONG"), ("run", "an array", "R-12", [], "RECORD_TYPE"),
    ("document", "no digest", "R-12", document(_10=None), "FIELD_MISSING"),
    ("document", "no counts", "R-12", document(_17=None), "FIELD_MISSING"),
    ("document", "a digest of 31 bytes", "R-12", document(_10=DIGEST[1:]), "DIGEST_SIZE"),
    ("document", "a URI of 8,193 bytes", "R-12", document(_0="x" * 8193), "TEXT_TOO_LONG"),
    ("document", "a date without either", "R-10", document(_5=["", ""]), "FIELD_DEFAULT"),
    ("document", "more code points than bytes", "R-12", document(_12=101), "NUMBER_OUT_OF_RANGE"),
    ("document", "a text beyond 2^30 bytes", "R-41", document(_11=2**30 + 1), "NUMBER_OUT_OF_RANGE"),
    ("document", "two sentences at one place", "R-23", document(_14=bytes([0, 0])), "SENTENCE_ORDER"),
    ("document", "a sentence at the end of the text", "R-23", document(_14=bytes([100])), "SENTENCE_ORDER"),
    ("document", "an offset that ends early", "R-23", document(_14=bytes([0, 128])), "SENTENCE_ORDER"),
    ("document", "a paragraph behind the text", "R-23", document(_15=bytes([0, 101])), "PARAGRAPH_ORDER"),
    ("document", "empty furniture", "R-23", document(_16=bytes([10, 0])), "FURNITURE_ORDER"),
    ("document", "half a span of furniture", "R-23", document(_16=bytes([10])), "FURNITURE_ORDER"),
    ("document", "furniture behind the text", "R-23", document(_16=bytes([90, 11])), "FURNITURE_ORDER"),
    ("document", "2^32 - 1 referents", "R-12", document(_17=[2**32 - 1, 0, 0]), "NUMBER_OUT_OF_RANGE"),
    ("document", "rows without stride", "R-41", rows(_20=None), "FIELD_MISSING"),
    ("document", "rows without a run", "R-41", rows(_21=None), "FIELD_MISSING"),
    ("document", "a run without rows", "R-41", document(_21=1), "FIELD_MISSING"),
    ("document", "gaps without rows", "R-41", document(_19=bytes([0, 1])), "NUMBER_OUT_OF_RANGE"),
    ("document", "rows of a stored text", "R-41", rows(_13=None), "ROW_ORDER"),
    ("document", "a gap of no rows", "R-41", rows(_19=bytes([1, 0])), "ROW_ORDER"),
    ("document", "two gaps at one place", "R-41", rows(_19=bytes([1, 1, 0, 1])), "ROW_ORDER"),
    ("document", "a gap without a row behind it", "R-41", rows(_19=bytes([3, 1])), "ROW_ORDER"),
    ("document", "half a gap", "R-41", rows(_19=bytes([1])), "ROW_ORDER"),
    ("document", "more assertions than have numbers", "R-41", rows(_18=2**20, _20=2**12), "ROW_ORDER"),
    ("judgement", "left is right", "R-33", verdict(_1=[0, 0]), "JUDGEMENT_ORDER"),
    ("judgement", "left behind right", "R-33", verdict(_0=[1, 3]), "JUDGEMENT_ORDER"),
    ("judgement", "a document that is not there", "R-33", verdict(_1=[4, 0]), "NUMBER_OUT_OF_RANGE"),
    ("judgement", "nobody's", "R-33", verdict(_5=None), "AUTHOR"), ("judgement", "two authors", "R-33", verdict(_4=1), "AUTHOR"),
    ("judgement", "a run that is not there", "R-33", verdict(_4=3, _5=None), "NUMBER_OUT_OF_RANGE"),
    ("judgement", "verdict 4", "R-12", verdict(_2=4), "NUMBER_OUT_OF_RANGE"),
    ("judgement", "no verdict", "R-12", verdict(_2=None), "FIELD_MISSING"),
    ("judgement", "no left", "R-12", verdict(_0=None), "FIELD_MISSING"),
    ("judgement", "a score of 1001", "R-12", verdict(_3=1002), "NUMBER_OUT_OF_RANGE"),
    ("judgement", "three numbers for a referent", "R-12", verdict(_0=[0, 0, 0]), "RECORD_LENGTH"),
    ("derivation", "none", "R-35", [], "RECORD_LENGTH"), ("derivation", "no kind", "R-12", [{3: "Ida"}], "FIELD_MISSING"),
    ("derivation", "kind 6", "R-12", [{0: 6, 3: "Ida"}], "NUMBER_OUT_OF_RANGE"),
    ("derivation", "nobody's", "R-35", [{0: 1}], "AUTHOR"),
    ("derivation", "the same twice", "R-35", [{0: 1, 3: "Ida"}] * 2, "DERIVATION_ORDER"),
    ("derivation", "a program before a person", "R-35", [COPY, {0: 1, 3: "Ida"}], "DERIVATION_ORDER"),
    ("derivation", "an empty range", "R-35", [{0: 1, 3: "Ida", 5: [0, 0, 0, 1]}], "SPAN_ORDER"),
    ("derivation", "a range before the text", "R-35", [{0: 1, 3: "Ida", 5: [-1, 5, 0, 5]}], "SPAN_OUT_OF_RANGE"),
    ("derivation", "three numbers for a range", "R-35", [{0: 1, 3: "Ida", 5: [0, 1, 0]}], "RECORD_LENGTH"),
    ("derivation", "five numbers", "R-35", [{0: 1, 3: "Ida", 5: [0, 1, 0, 1, 5]}], "RECORD_LENGTH"),
    ("alias", "no name", "R-60", [0], "RECORD_LENGTH"), ("alias", "half a name", "R-60", [0, "", 1], "RECORD_LENGTH"),
    ("alias", "no such name to show", "R-60", [1, "", 0, 1], "NUMBER_OUT_OF_RANGE"),
    ("alias", "the name to show is spelled out", "R-60", [0, "Ida Lorn", 0, 1], "NAME_EMPTY"),
    ("alias", "an empty name beside it", "R-60", [0, "", 0, 1, "", 0, 1], "NAME_EMPTY"),
    ("alias", "kind 4", "R-12", [0, "", 4, 1], "NUMBER_OUT_OF_RANGE"),
    ("alias", "more documents than the entity has", "R-36", [0, "", 0, 6], "NUMBER_OUT_OF_RANGE"),
    ("claim", "a subject that is not there", "R-37", claim(0, 7), "SUBJECT_OUT_OF_RANGE"),
    ("claim", "an event type for a predicate", "R-37", claim(1, 1), "TERM_UNKNOWN"),
    ("claim", "an object that is not there", "R-37", claim(2, 12), "REFERENT_OUT_OF_RANGE"),
    ("claim", "polarity 3", "R-12", claim(3, 3), "NUMBER_OUT_OF_RANGE"),
    ("claim", "more documents than witnesses", "R-37", claim(4, 4), "WITNESS_COUNT"),
    ("claim", "more independent than documents", "R-37", claim(5, 3), "WITNESS_COUNT"),
    ("claim", "more speakers than witnesses", "R-37", claim(6, 4), "WITNESS_COUNT"),
    ("claim", "a witness in no document", "R-37", claim(7, bytes([0, 7, 0, 1, 4, 1])), "WITNESS_ORDER"),
    ("claim", "half a witness", "R-37", claim(7, bytes([0, 7, 0])), "WITNESS_ORDER"),
    ("claim", "seven items", "R-12", CLAIM[:7], "RECORD_LENGTH"),
    ("row", "no type", "R-12", {1: "2031"}, "FIELD_MISSING"), ("row", "a predicate for a type", "R-42", {0: 2}, "TERM_UNKNOWN"),
    ("row", "a role that is no predicate", "R-42", {0: 1, 4: [0, 0]}, "TERM_UNKNOWN"),
    ("row", "an actor that is not there", "R-42", {0: 1, 4: [2, 3]}, "NUMBER_OUT_OF_RANGE"),
    ("row", "an actor twice", "R-42", {0: 1, 4: [2, 1, 2, 1]}, "PARTICIPANT"),
    ("row", "roles that descend", "R-42", {0: 1, 4: [3, 0, 2, 0]}, "PARTICIPANT"),
    ("row", "half a participant", "R-42", {0: 1, 4: [2]}, "RECORD_LENGTH"),
    ("row", "no participants in a list", "R-42", {0: 1, 4: []}, "RECORD_LENGTH"),
    ("row", "place 0 written", "R-10", {0: 1, 2: 0}, "FIELD_DEFAULT"),
    ("row", "a place that is not there", "R-42", {0: 1, 2: 4}, "NUMBER_OUT_OF_RANGE"),
    ("row", "field 8, which a detail has", "R-11", {0: 1, 8: "2031"}, "UNKNOWN_FIELD"),
    ("detail", "too few items", "R-43", [0, 0], "RECORD_LENGTH"), ("detail", "an empty map", "R-43", [0, {}, 0], "FIELD_DEFAULT"),
    ("detail", "an item of 1", "R-43", [1, 0, 0], "NUMBER_OUT_OF_RANGE"),
    ("detail", "a type, which a row has", "R-11", [{0: 1}, 0, 0], "UNKNOWN_FIELD"),
    ("object", "an empty array", "R-13", [], "RECORD_LENGTH"), ("object", "kind 7", "R-13", [7], "NUMBER_OUT_OF_RANGE"),
    ("object", "a referent in an array", "R-13", [0, 1], "OBJECT_KIND"), ("object", "a text in an array", "R-13", [1, "a"], "OBJECT_KIND"),
    ("object", "an empty item at the end", "R-13", [2, "2031", ""], "FIELD_DEFAULT"),
    ("object", "a 0 at the end", "R-13", [4, 0], "FIELD_DEFAULT"), ("object", "too many items", "R-13", [2, "", "a", "b"], "RECORD_LENGTH"),
    ("object", "one coordinate", "R-13", [3, "x", 0, "", 0, 5], "RECORD_LENGTH"),
    ("object", "a latitude beyond the pole", "R-13", [3, "x", 0, "", 0, 900_000_001, 0], "NUMBER_OUT_OF_RANGE"),
    ("object", "modifier 6", "R-13", [4, 6], "NUMBER_OUT_OF_RANGE"), ("object", "some value and more", "R-13", [5, 1], "RECORD_LENGTH"),
    ("object", "a map", "R-13", {0: 1}, "RECORD_TYPE"), ("object", "true", "R-13", True, "RECORD_TYPE"),
]


def vectors():
    for table, name, rule, value in GOOD:
        data = pack(value)
        assert READ[table](data) == value, name
        yield {"table": table, "name": name, "rule": rule, "hex": data.hex(), "value": typed(value)}
    for table, name, rule, value, code in BAD:
        yield {"table": table, **bad(READ[table], name, rule, pack(value), code)}


# ---- Testimony ----

IDA = [0, ["Ida", ["Ida Lorn", 1], ["Ide", 0, "de"]], ["w:1"]]
RELEASE = [1, []]
MENTION = [0x30, 1, 1, 2, 5, 3]
SAID = [1, 3, 0, 1 | 2 << 6 | 1 << 8, 1, [[2, 7, 4, 1, 2]], 0, 1]
WHOLE = [[IDA, RELEASE], [MENTION], [SAID]]


def said(at, value):
    return [[IDA, RELEASE], [MENTION], [SAID[:at] + [value] + SAID[at + 1 :]]]


def mentioned(mention):
    return [[IDA, RELEASE], [mention], [SAID]]


TESTIMONY_BAD = [
    ("two lists", [WHOLE[:2]], "R-28", "RECORD_LENGTH"),
    ("fewer referents than counted", [[[IDA], [], []]], "R-28", "TESTIMONY_COUNT"),
    ("one mention too many", [[WHOLE[0], [MENTION, MENTION], [SAID]]], "R-28", "TESTIMONY_COUNT"),
    ("mentions before all referents", [[[IDA], [MENTION], []], [[RELEASE], [], [SAID]]], "R-28", "TESTIMONY_ORDER"),
    ("a type that is a predicate", [[[[2, []], RELEASE], [MENTION], [SAID]]], "R-29", "TERM_KIND"),
    ("a type that is not there", [[[[4, []], RELEASE], [MENTION], [SAID]]], "R-29", "NUMBER_OUT_OF_RANGE"),
    ("an empty name", [[[[0, [""]], RELEASE], [MENTION], [SAID]]], "R-28", "FIELD_DEFAULT"),
    ("a kind of name that is its default", [[[[0, [["Ida", 0]]], RELEASE], [MENTION], [SAID]]], "R-28", "FIELD_DEFAULT"),
    ("no external ids in a list", [[[[0, [], []], RELEASE], [MENTION], [SAID]]], "R-28", "RECORD_LENGTH"),
    ("an unknown kind of mention", [mentioned([6, 1, 5, 3])], "T-2", "MENTION_KIND"),
    ("a mention of nobody who is there", [mentioned([0, 3, 5, 3])], "R-31", "NUMBER_OUT_OF_RANGE"),
    ("an empty mention", [mentioned([0, 1, 5, 0])], "R-30", "SPAN_ORDER"),
    ("a mention behind the text", [mentioned([0, 1, 99, 2])], "R-30", "SPAN_OUT_OF_RANGE"),
    ("a head behind the text", [mentioned([32, 1, 50, 60, 5, 3])], "R-30", "SPAN_OUT_OF_RANGE"),
    ("spans that overlap", [mentioned([0, 1, 5, 3, -1, 3])], "R-30", "SPAN_ORDER"),
    ("half a span", [mentioned([0, 1, 5, 3, 1])], "R-30", "RECORD_LENGTH"),
    ("reserved flags of a mention", [mentioned([64, 1, 5, 3])], "V-4", "NUMBER_OUT_OF_RANGE"),
    ("a subject that is not there", [said(0, 2)], "R-31", "NUMBER_OUT_OF_RANGE"),
    ("a predicate that is an event type", [said(1, 1)], "R-29", "TERM_KIND"),
    ("an object that is not there", [said(2, 2)], "R-31", "REFERENT_OUT_OF_RANGE"),
    ("reserved flags of an assertion", [said(3, 8192)], "V-4", "NUMBER_OUT_OF_RANGE"),
    ("polarity 3", [said(3, 3 | 1 << 8)], "R-32", "FLAGS"), ("stance 5", [said(3, 1 << 8 | 5 << 10)], "R-32", "FLAGS"),
    ("a speaker, but attributed to nobody", [said(3, 1)], "R-32", "ATTRIBUTION"),
    ("a run that is not there", [said(4, 2)], "R-31", "NUMBER_OUT_OF_RANGE"),
    ("evidence of part 3", [said(5, [[3, 7, 4]])], "T-2", "NUMBER_OUT_OF_RANGE"),
    ("evidence without span", [said(5, [[2]])], "R-30", "RECORD_LENGTH"),
    ("a confidence of 1001", [said(6, 1002)], "R-31", "NUMBER_OUT_OF_RANGE"),
    ("a speaker who is not there", [said(7, 3)], "R-31", "NUMBER_OUT_OF_RANGE"),
    ("a 0 at the end", [[[IDA, RELEASE], [MENTION], [SAID + [0]]]], "R-28", "FIELD_DEFAULT"),
]


def testimony():
    """Parts of a document of two referents, one mention and one assertion, and a text of 100 bytes."""
    def read(parts):
        return records.testimony(parts, [2, 1, 1], SIZE, BOUNDS)

    for name, parts in (("in one part", [WHOLE]), ("in four parts", [[[IDA], [], []], [[RELEASE], [], []],
                                                                     [[], [MENTION], []], [[], [], [SAID]]])):
        data = [pack(part) for part in parts]
        assert read(data) == parts
        yield {"name": name, "rule": "R-28", "parts": [one.hex() for one in data],
               "value": [typed(part) for part in parts]}
    for name, parts, rule, code in TESTIMONY_BAD:
        data = [pack(part) for part in parts]
        found = bad(lambda _: read(data), name, rule, b"", code)
        del found["hex"]
        yield {**found, "parts": [one.hex() for one in data]}
