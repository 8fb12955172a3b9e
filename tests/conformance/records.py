# SPDX-License-Identifier: MIT
"""Section 8 of SPEC.md: each kind of record, unpacked and checked in the order of [R-45]: first that
it is one canonical value, then its fields in ascending order, then what ties them together. What
breaks a rule ends it with Damage and the code of appendix C.2."""

import re

from canonical import Reader, head_of, unpack
from container import Damage, need

NONE = 2**32 - 1
LIMIT_TEXT = 2**30
FIELD, NAME, URI = 65535, 1024, 8192
TERM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
ENTITY_TYPE, EVENT_TYPE, PREDICATE = range(3)


class Bounds:
    """What numbers in records are compared with; `terms` are the kinds of the vocabulary's terms."""

    def __init__(self, documents=0, runs=0, entities=0, events=0, terms=()):
        self.documents, self.runs, self.entities, self.events = documents, runs, entities, events
        self.terms = list(terms)


# ---- Values ----


def number(value, most=2**64 - 1):
    need(isinstance(value, int) and value is not True and value >= 0, "RECORD_TYPE")
    need(value <= most, "NUMBER_OUT_OF_RANGE")
    return value


def signed(value, least, most):
    need(isinstance(value, int) and value is not True, "RECORD_TYPE")
    need(least <= value <= most, "NUMBER_OUT_OF_RANGE")
    return value


def text(value, limit=FIELD):
    need(isinstance(value, str), "RECORD_TYPE")
    need(len(value.encode()) <= limit, "TEXT_TOO_LONG")
    return value


def array(value, least, most=2**32 - 1):
    need(isinstance(value, list), "RECORD_TYPE")
    need(least <= len(value) <= most, "RECORD_LENGTH")
    return value


def data(value):
    need(isinstance(value, bytes), "RECORD_TYPE")
    return value


def present(check):
    """The same of a field of a map, which is not written when it is 0 or empty."""
    def of(value, *more):
        value = check(value, *more)
        need(value is True or (value != 0 and len(value) != 0 if not isinstance(value, int)
                               else value != 0), "FIELD_DEFAULT")
        return value
    return of


some_number, some_text, some_data = present(number), present(text), present(data)


def true(value):
    need(value is True, "RECORD_TYPE")


def fields(record, checks):
    """Runs the check of each field of a map, in their order."""
    need(isinstance(record, dict), "RECORD_TYPE")
    for key, value in record.items():
        if key in checks:
            checks[key](value)
        else:
            need(key >= 64, "UNKNOWN_FIELD")
    return record


def must_have(record, *keys):
    need(all(key in record for key in keys), "FIELD_MISSING")


def texts(*keys, limit=FIELD):
    return {key: lambda value: some_text(value, limit) for key in keys}


def term_of(value, kind, bounds, code="TERM_UNKNOWN"):
    number(value, NONE - 1)
    need(value < len(bounds.terms) and bounds.terms[value] == kind, code)


# ---- 8.1 meta ----


def meta(value):
    """The record `stemma`: keys 0 to 2 before anything else is looked at [R-18]."""
    reader, head = Reader(value), [None, None, None]
    try:
        kind, count = head_of(reader)
        magic = kind == "map" and count >= 3 and head_of(reader) == ("uint", 0) \
            and head_of(reader) == ("str", b"stemma")
    except Damage:
        magic = False
    need(magic, "NOT_STEMMA")
    for key in (1, 2):
        kind, found = head_of(reader)
        need(kind == "uint", "RECORD_TYPE")
        need(number(found, 127) == key, "FIELD_MISSING")
        kind, head[key] = head_of(reader)
        need(kind == "uint", "RECORD_TYPE")
        number(head[key], 2**32 - 1)
    need(head[1] == 3, "FORMAT_VERSION")
    record = unpack(value)
    fields({key: one for key, one in record.items() if key > 2},
           {3: features, 4: lambda one: [number(n) for n in array(one, 16, 16)]})
    must_have(record, 4)
    return record


def features(value):
    last = None
    for one in array(value, 1, 16):
        name, needed = array(one, 2, 2)
        text(name, 64)
        number(needed, 1)
        need(last is None or last < name.encode(), "FEATURE_ORDER")
        last = name.encode()


def digests(value):
    record, last = unpack(value), None
    for one in array(record, 0, 64):
        name, entries, digest = array(one, 3, 3)
        text(name, 31)
        number(entries)
        need(len(data(digest)) == 16, "DIGEST_SIZE")
        need(last is None or last < name.encode(), "DIGEST_ORDER")
        last = name.encode()
    return record


# ---- 8.2 to 8.4: vocabulary, run, document ----


def term(value):
    record = fields(unpack(value), {0: lambda one: some_number(one, 2), **texts(1, limit=NAME),
                                    3: true, **texts(2, 4, 5)})
    need(TERM.fullmatch(record.get(1, "")), "TERM_NAME")
    return record


def run(value):
    return fields(unpack(value), {**texts(0, 1, 3), 2: lambda one: some_number(one, 3)})


def varints(value, code):
    reader, result = Reader(value), []
    try:
        while reader.left():
            result.append(reader.varint())
            need(result[-1] < 2**32, code)
    except Damage:
        raise Damage(code) from None
    return result


def offsets(value, size, code):
    at = -1
    for i, step in enumerate(varints(value, code)):
        need(i == 0 or step > 0, code)
        at = at + step if i else step
        need(at < size, code)


def furniture(value, size):
    numbers, at = varints(value, "FURNITURE_ORDER"), 0
    for gap, length in zip(numbers[::2], numbers[1::2]):
        need(length > 0, "FURNITURE_ORDER")
        at += gap + length
        need(at <= size, "FURNITURE_ORDER")


def published(value):
    raw, edtf = array(value, 2, 2)
    text(raw)
    text(edtf)
    need(raw or edtf, "FIELD_DEFAULT")


def digest_of(value):
    need(len(data(value)) == 32, "DIGEST_SIZE")


def gaps_are_sound(gaps, rows):
    """[R-41]"""
    numbers, row, at = varints(gaps, "ROW_ORDER"), 1, 0
    need(len(numbers) % 2 == 0, "ROW_ORDER")
    for i in range(0, len(numbers), 2):
        before, skipped = numbers[i : i + 2]
        need(skipped >= 1 and (before >= 1 or i == 0), "ROW_ORDER")
        at, row = at + before, row + before + skipped
        need(at < rows, "ROW_ORDER")
    need(row + rows - at - 1 < NONE, "ROW_ORDER")


def document(value):
    need(len(value) <= 2**30, "RECORD_TOO_LONG")
    record = unpack(value)
    need(isinstance(record, dict), "RECORD_TYPE")
    size = record.get(11, 0)
    whole = min(size, NONE) if isinstance(size, int) else 0
    fields(record, {
        0: lambda one: some_text(one, URI), **texts(1, 2, 3, 4, 6, 7, 8, 9), 5: published,
        10: digest_of, 11: lambda one: some_number(one, 2**63 - 1),
        12: lambda one: some_number(one, whole), 13: true, 14: some_data, 15: some_data,
        16: some_data, 17: lambda one: [number(n, NONE - 1) for n in array(one, 3, 3)],
        18: lambda one: some_number(one, NONE - 1), 19: some_data,
        20: lambda one: some_number(one, NONE - 1), 21: lambda one: some_number(one, NONE - 1)})
    must_have(record, 10, 17)
    is_set = 18 in record
    need(is_set == (21 in record) == (20 in record), "FIELD_MISSING")
    if is_set:
        need(record[17][0] + record[18] < NONE, "ROW_ORDER")
        need(record[17][2] + record[18] * record[20] < NONE, "ROW_ORDER")
        gaps_are_sound(record.get(19, b""), record[18])
        need(13 in record, "ROW_ORDER")
    else:
        need(size <= LIMIT_TEXT and 19 not in record, "NUMBER_OUT_OF_RANGE")
    need(sum(one < 128 for one in record.get(16, b"")) % 2 == 0, "FURNITURE_ORDER")
    offsets(record.get(14, b""), whole, "SENTENCE_ORDER")
    offsets(record.get(15, b""), whole, "PARAGRAPH_ORDER")
    furniture(record.get(16, b""), whole)
    return record


# ---- 8.8, 8.9: judgement, derivation ----


def score(value):
    some_number(value, 1001)


def author(record, key):
    need((key in record) != (key + 1 in record), "AUTHOR")


def judgement(value, bounds):
    def referent(one):
        pair = array(one, 2, 2)
        need(number(pair[0], NONE) < bounds.documents, "NUMBER_OUT_OF_RANGE")
        number(pair[1], NONE - 1)

    record = fields(unpack(value), {
        0: referent, 1: referent, 2: lambda one: some_number(one, 3), 3: score,
        4: lambda one: some_number(one, bounds.runs), **texts(5, 6, 7, 8)})
    must_have(record, 0, 1, 2)
    author(record, 4)
    need(record[0] < record[1], "JUDGEMENT_ORDER")
    return record


def ranges(value):
    need(len(array(value, 4)) % 4 == 0, "RECORD_LENGTH")
    ends = [0, 0]
    for i in range(0, len(value), 2):
        start = ends[i // 2 % 2] + signed(value[i], -(2**32 - 1), 2**32 - 1)
        length = number(value[i + 1], 2**32 - 1)
        need(length > 0, "SPAN_ORDER")
        need(0 <= start and start + length < 2**32, "SPAN_OUT_OF_RANGE")
        ends[i // 2 % 2] = start + length


def derivation_order(record):
    """[R-35]"""
    found, ends, numbers = [], [0, 0], record.get(5, [])
    for i in range(0, len(numbers), 2):
        start = ends[i // 2 % 2] + numbers[i]
        ends[i // 2 % 2] = start + numbers[i + 1]
        found += [start, start + numbers[i + 1]]
    return (record[0], record.get(2, 0), record.get(3, "").encode(), record.get(4, "").encode(),
            record.get(1, 2000), found)


def derivations(value, source, target, bounds):
    record = unpack(value)
    last = None
    for one in array(record, 1):
        fields(one, {0: lambda kind: some_number(kind, 5), 1: score,
                     2: lambda run: some_number(run, bounds.runs), **texts(3, 4), 5: ranges})
        must_have(one, 0)
        author(one, 2)
        need(source < bounds.documents and target < bounds.documents, "DOCUMENT_OUT_OF_RANGE")
        need(source != target, "DERIVATION_SELF")
        order = derivation_order(one)
        need(last is None or last < order, "DERIVATION_ORDER")
        last = order
    return record


# ---- 7.2: objects ----


def object_code(value):
    """Checks an object; the code of what it names, or None."""
    if isinstance(value, str):
        text(value)
        return None
    if isinstance(value, int) and value is not True and value >= 0:
        return number(value, 2**64 - 2)
    kind = number(array(value, 1, 8)[0], 6)
    rest, code, empty = value[1:], None, False
    shapes = {2: "tt", 3: "tntn", 4: "ntttttt", 5: "", 6: ""}
    need(kind in shapes, "OBJECT_KIND")
    mosts = {3: (0, 2**64 - 1, 0, 2**32 - 1), 4: (5,)}.get(kind, ())
    count = 0
    for i, (one, shape) in enumerate(zip(rest, shapes[kind])):
        if shape == "t":
            empty = text(one) == ""
        else:
            empty = number(one, mosts[i]) == 0
            code = one - 1 if kind == 3 and i == 1 and one else code
        count += 1
    if kind == 3 and len(rest) == 6:
        signed(rest[4], -900_000_000, 900_000_000)
        signed(rest[5], -1_800_000_000, 1_800_000_000)
        count, empty = 6, False
    need(count == len(rest), "RECORD_LENGTH")
    need(not empty, "FIELD_DEFAULT")
    return code


# ---- 8.10, 8.12: alias, claim ----


def alias(value, label, documents):
    """A row of `alias` of an entity with that label and so many documents."""
    row = unpack(value)
    need(isinstance(row, list), "RECORD_TYPE")
    need(len(row) > 1 and len(row) % 3 == 1, "RECORD_LENGTH")
    need(number(row[0], NONE) < len(row) // 3, "NUMBER_OUT_OF_RANGE")
    for i in range(len(row) // 3):
        name, kind, known = row[1 + 3 * i : 4 + 3 * i]
        text(name, NAME)
        number(kind, 3)
        number(known, documents)
        need((name == "") == (i == row[0]), "NAME_EMPTY")
    need(label != "", "LABEL")
    return row


def exists(code, bounds):
    return code >> 1 < (bounds.events if code & 1 else bounds.entities)


def claim(value, bounds):
    row = unpack(value)
    array(row, 8, 8)
    packed = data(row[7])
    need(sum(one < 128 for one in packed) % 2 == 0, "WITNESS_ORDER")
    number(row[0])
    number(row[1], NONE)
    need(exists(row[0], bounds), "SUBJECT_OUT_OF_RANGE")
    term_of(row[1], PREDICATE, bounds)
    code = object_code(row[2])
    need(code is None or exists(code, bounds), "REFERENT_OUT_OF_RANGE")
    number(row[3], 2)
    for one in row[4:7]:
        number(one, NONE)
    numbers, at, ordinal = varints(packed, "WITNESS_ORDER"), 0, -1
    for i, (step, more) in enumerate(zip(numbers[::2], numbers[1::2])):
        at += step
        ordinal = ordinal + 1 + more if i and step == 0 else more
        need(at < bounds.documents and ordinal < NONE, "WITNESS_ORDER")
    count = len(numbers) // 2
    need(row[4] <= count and row[5] <= row[4] and row[6] <= count, "WITNESS_COUNT")
    return row


# ---- 8.16, 8.17: row, detail ----


def quantity(value, bounds):
    array(value, 3, 3)
    term_of(value[0], PREDICATE, bounds)
    text(value[1])
    text(value[2])


def rare(bounds):
    return {**texts(5, limit=NAME), **texts(6), 7: lambda one: quantity(one, bounds)}


def row(value, actors, bounds):
    def participants(one):
        need(isinstance(one, list), "RECORD_TYPE")
        need(len(one) > 0 and len(one) % 2 == 0, "RECORD_LENGTH")
        last = None
        for pair in zip(one[::2], one[1::2]):
            term_of(pair[0], PREDICATE, bounds)
            need(number(pair[1], NONE) < actors, "NUMBER_OUT_OF_RANGE")
            need(last is None or last < pair, "PARTICIPANT")
            last = pair

    record = fields(unpack(value), {
        0: lambda one: term_of(one, EVENT_TYPE, bounds), **texts(1),
        2: lambda one: some_number(one, actors), 3: lambda one: some_number(one, actors),
        4: participants, **rare(bounds)})
    must_have(record, 0)
    return record


def detail(value, count, bounds):
    items = unpack(value)
    for item in array(items, count, count):
        if not isinstance(item, int) or item is True:
            fields(item, {**rare(bounds), **texts(8)})
            need(any(key < 64 for key in item), "FIELD_DEFAULT")
        else:
            number(item, 0)
    return items


# ---- 8.7: testimony ----


def spans_of(numbers, base, size):
    """The spans of a flat array."""
    result = []
    for i in range(0, len(numbers), 2):
        start = (result[-1][1] if result else base) + signed(numbers[i], -(2**32 - 1), 2**32 - 1)
        length = number(numbers[i + 1], 2**32 - 1)
        need(length > 0, "SPAN_ORDER")
        need(start >= 0 and start + length <= size, "SPAN_OUT_OF_RANGE")
        need(not result or start >= result[-1][1], "SPAN_ORDER")
        result.append((start, start + length))
    return result


def name(value):
    if isinstance(value, list):
        array(value, 2, 3)
        some_text(value[0], NAME)
        number(value[1], 3)
        if len(value) == 3:
            some_text(value[2])
        else:
            need(value[1] != 0, "FIELD_DEFAULT")
    else:
        some_text(value, NAME)


def referent(value, bounds):
    array(value, 2, 3)
    need(number(value[0], NONE) < len(bounds.terms), "NUMBER_OUT_OF_RANGE")
    need(bounds.terms[value[0]] != PREDICATE, "TERM_KIND")
    need(isinstance(value[1], list), "RECORD_TYPE")
    for one in value[1]:
        name(one)
    if len(value) == 3:
        for one in array(value[2], 1):
            text(one)


def mention(value, start, referents, size):
    """Checks a mention; its first span's start."""
    array(value, 4, 4 + 2 * 65535)
    flags = number(value[0], 63)
    number(value[1], referents)
    need(flags & 15 <= 5, "MENTION_KIND")
    before = 4 if flags & 32 else 2
    need(len(value) % 2 == 0 and before < len(value) <= before + 2 * 65535, "RECORD_LENGTH")
    if before == 4:
        signed(value[2], -(2**32 - 1), 2**32 - 1)
        number(value[3], 2**32 - 1)
    spans = spans_of(value[before:], start, size)
    if before == 4:
        at = spans[0][0] + value[2]
        need(at >= 0 and value[3] > 0 and at + value[3] <= size, "SPAN_OUT_OF_RANGE")
    return spans[0][0]


def assertion(value, start, referents, size, bounds):
    """Checks an assertion; the start of its last evidence."""
    array(value, 6, 9)
    need(number(value[0], NONE) < referents, "NUMBER_OUT_OF_RANGE")
    need(number(value[1], NONE) < len(bounds.terms), "NUMBER_OUT_OF_RANGE")
    need(bounds.terms[value[1]] == PREDICATE, "TERM_KIND")
    code = object_code(value[2])
    need(code is None or code < referents, "REFERENT_OUT_OF_RANGE")
    flags = number(value[3], 8191)
    need(flags & 3 <= 2 and flags >> 8 & 3 <= 2 and flags >> 10 <= 4, "FLAGS")
    need(number(value[4], NONE) < bounds.runs, "NUMBER_OUT_OF_RANGE")
    need(isinstance(value[5], list), "RECORD_TYPE")
    for one in value[5]:
        array(one, 3, 1 + 2 * 65535)
        number(one[0], 2)
        need(len(one) % 2 == 1, "RECORD_LENGTH")
        start = spans_of(one[1:], start, size)[0][0]
    for i, one in enumerate(value[6:]):
        number(one, referents if i else 1001)
    need(len(value) == 6 or value[-1] != 0, "FIELD_DEFAULT")
    need((flags >> 8 & 3 == 1) == (len(value) > 7 and value[7] != 0), "ATTRIBUTION")
    return start


def testimony_shape(part):
    """What is counted before anything is looked at: arrays and their lengths."""
    array(part, 3, 3)
    for rows, least, most in zip(part, (2, 4, 6), (3, 4 + 2 * 65535, 9)):
        need(isinstance(rows, list), "RECORD_TYPE")
        for value in rows:
            array(value, least, most)
            if least == 2:
                need(all(isinstance(one, list) for one in value[1:]), "RECORD_TYPE")
            elif least == 6:
                need(isinstance(value[5], list), "RECORD_TYPE")
                for one in value[5]:
                    array(one, 3, 1 + 2 * 65535)


def testimony(values, counts, size, bounds):
    """The raw payloads of all parts of a document of those counts [referents, mentions,
    assertions] and that size of text: lists of rows."""
    parts = []
    for value in values:
        parts.append(unpack(value))
        testimony_shape(parts[-1])
    done = [0, 0, 0]
    for part in parts:
        starts = [0, 0]
        for kind, rows in enumerate(part):
            need(done[kind] + len(rows) <= counts[kind], "TESTIMONY_COUNT")
            need(not rows or done[:kind] == counts[:kind], "TESTIMONY_ORDER")
            for one in rows:
                if kind == 0:
                    referent(one, bounds)
                elif kind == 1:
                    starts[0] = mention(one, starts[0], counts[0], size)
                else:
                    starts[1] = assertion(one, starts[1], counts[0], size, bounds)
            done[kind] += len(rows)
    need(done == counts, "TESTIMONY_COUNT")
    return parts
