# SPDX-License-Identifier: MIT
"""Rows of data sets (8.16, 8.17 and the rules of section 10 in SPEC.md): what they are, told from
the index of a file, and what they say."""

import datetime

from edtf_bounds import UNKNOWN, bounds
from packed import EventBlock, blocks_of, columns
import records
from container import need
from stemma_file import be, offsets_of, part_of

POSITIVE_ACTUAL = 1 | 1 << 6


class Row:
    """One row: type, roles and the quantity's predicate are terms, actors are ordinals, None for
    what is not there."""

    def __init__(self, type, participants, place, source, fields):
        self.type, self.participants, self.place, self.source = type, participants, place, source
        self.time = fields.get(8)
        self.external_id, self.content, self.quantity = (fields.get(key) for key in (5, 6, 7))
        self.number = None
        self.folded = False

    def uses(self):
        """Its actors, each as often as it is used."""
        others = [one for one in (self.place, self.source) if one is not None]
        return [actor for _, actor in self.participants] + others

    def says(self, file, names):
        """[T-18]: (predicate, object) in order; `names` leads from predicates to terms."""
        found = [(names["type"], 0, 0, file.terms[self.type][1])]
        if self.time:
            found.append((names["time"], 0, 0, [2, self.time]))
        if self.place is not None:
            found.append((names["place"], 0, self.place, [3, "", self.place + 1]))
        found += [(role, 0, actor, actor) for role, actor in self.participants]
        if self.content:
            found.append((names["content"], 0, 0, self.content))
        if self.quantity:
            predicate, amount, unit = self.quantity
            found.append((predicate, 1, 0, [4, 0, amount] + (["", "", "", "", unit] if unit else [])))
        return [(one[0], one[3]) for one in sorted(found, key=lambda one: one[:3])]


def usual_time(start, precision, end, approximate, uncertain):
    """[R-44]: the text that bounds have by themselves, None when none has exactly them."""
    try:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=start)
    except OverflowError:
        return None
    form = {2: "%04d", 4: "%04d-%02d", 5: "%04d-%02d-%02d"}.get(precision)
    if precision == 6:
        form = "%04d-%02d-%02dT%02d:%02d" + ("Z" if end - start == 59 else ":%02dZ")
    if form is None:
        return None
    parts = moment.timetuple()[: form.count("%")]
    return form % parts + ["", "~", "?", "%"][approximate + 2 * uncertain]


def time_of(column, row):
    """The usual time of an event's bounds; "" when no bound is known."""
    unknown, seven = column[6][row], column[7][row]
    if unknown == 15:
        return ""
    if unknown:
        return None
    start = column[2][row]
    four = (start, *(start + column[i][row] for i in (3, 4, 5)))
    told = four + (seven & 15, seven >> 4 & 1, seven >> 5 & 1, seven >> 6 & 1)
    text = usual_time(start, told[4], four[3], told[6], told[7])
    return text if text and bounds(text) == told else None


class DataSets:
    """The rows of a file, by (document, index)."""

    def __init__(self, file):
        self.file = file
        self.events = [EventBlock(value) for _, value in file.tables["event"]]
        self.stored = {}
        for key, value in file.tables["row"]:
            need(len(key) == 8 and be(key[:4]) < len(file.documents), "RECORD_NUMBER")
            actors = file.documents[be(key[:4])][17][0]
            self.stored[be(key[:4]), be(key[4:])] = records.row(value, actors, file.bounds)
        self.details, self.member = {}, {}
        for key, value in file.tables["detail"]:
            block, part = be(key[:4]), be(key[4:])
            need(block < len(self.events) and len(key) == 8, "RECORD_NUMBER")
            left = self.events[block].stored["rows"] - 256 * part
            need(left > 0, "RECORD_NUMBER")
            items = records.detail(part_of(value, None, "DETAIL"), min(left, 256), file.bounds)
            need(any(items), "DETAIL_HEADER")
            self.details[block, part] = items
        for key, value in file.tables["member"]:
            self.member.setdefault(be(key[:4]), []).extend(columns(value)[1])
        self.entity_types = [term for block in blocks_of(file.tables["entity"]) for term in block[1]]
        used = 0
        for number, record in enumerate(file.documents):
            if 18 in record:
                used += sum(not row.folded for row in self.rows(number))
        need(used == len(self.stored), "COUNT_MISMATCH")

    def numbers(self, record):
        """[R-41]"""
        numbers, next_number = [], 1
        gaps = iter(plain_varints(record.get(19, b"")))
        for before, skipped in zip(gaps, gaps):
            need(skipped >= 1 and (before >= 1 or not numbers), "ROW_ORDER")
            numbers += range(next_number, next_number + before)
            next_number += before + skipped
        left = record[18] - len(numbers)
        need(left >= 1, "ROW_ORDER")
        return numbers + list(range(next_number, next_number + left))

    def rows(self, document):
        record = self.file.documents[document]
        member, actors = self.member[document], record[17][0]
        of = {}
        for ordinal in range(actors):
            need(member[ordinal] & 1 == 0, "MEMBER_MISSING")
            of.setdefault(member[ordinal] >> 1, []).append(ordinal)
        result = []
        for index, number in enumerate(self.numbers(record)):
            event = member[actors + index]
            need(event & 1 == 1, "MEMBER_MISSING")
            row = self.row(document, actors + index, event >> 1, of)
            if row is None:
                fields = self.stored[document, index]
                flat = fields.get(4, [])
                row = Row(fields[0], list(zip(flat[::2], flat[1::2])), fields.get(2, 0) - 1,
                          fields.get(3, 0) - 1, fields)
                row.time = fields.get(1, "")
                row.place, row.source = (one if one >= 0 else None for one in (row.place, row.source))
            row.number = number
            pairs = row.participants
            need(all(a < b for a, b in zip(pairs, pairs[1:])), "PARTICIPANT")
            result.append(row)
        return result

    def row(self, document, ordinal, event, of):
        """The row of a folded event, None of another."""
        block, at = self.events[event >> 12], event & 4095
        column = block.column
        item = self.details.get((event >> 12, at >> 8), [0] * 256)[at & 255]
        if not column[21][at]:
            need(item == 0 and not any(one[2] for one in block.participants[at]), "FOLDED_ROW")
            need(not (column[23][at] or column[25][at] or column[26][at]), "FOLDED_ROW")
            return None
        need((column[17][at], column[18][at]) == (document, ordinal), "FOLDED_ROW")
        need(item == 0 or item, "FIELD_DEFAULT")
        actor = lambda entity, variant: of[entity - 1][variant] if entity else None
        row = Row(column[1][at], sorted((role, of[entity][variant])
                                        for role, entity, variant in block.participants[at]),
                  actor(column[8][at], column[25][at]), actor(column[23][at], column[26][at]),
                  item or {})
        usual = time_of(column, at)
        need(row.time is None or row.time != usual, "FIELD_DEFAULT")
        need(row.time is not None or usual is not None, "FIELD_MISSING")
        row.time = usual if row.time is None else row.time
        row.folded = True
        return row


def plain_varints(data):
    """Varints, as offsets_of() adds them up, one by one."""
    ends = offsets_of(data)
    return [end - start for start, end in zip([0] + ends, ends)]


def detail_of(row, found):
    """What `detail` holds of a folded row whose event has the bounds `found`."""
    item = {key: one for key, one in ((5, row.external_id), (6, row.content), (7, row.quantity)) if one}
    if row.time:
        text = None
        if UNKNOWN not in found[:4]:
            text = usual_time(found[0], found[4], found[3], found[6], found[7])
        if text != row.time:
            item[8] = row.time
    return item or 0
