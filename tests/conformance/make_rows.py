# SPDX-License-Identifier: MIT
"""Invented data sets that use every corner of rows, for make_cases.py."""

import hashlib
import json

# Times that are not the usual text of their bounds, and some that are.
TIMES = ["2031-05-04", "2031-05-04~", "2031-05-04?", "2031%", "2031-05", "2031-05-XX", "2031-XX-XX", "203X",
         "20XX", "2031-22", "2031/2032", "2031-05/..", "../2031", "[2031..2033]", "[..2031]", "[2031-02..]",
         "2031-05-04T10:30", "2031-05-04T10:30Z", "2031-05-04T10:30:15", "2031-05-04T10:30:15Z",
         "2031-05-04T23:30+02:00", "2031-05-04T10:30:15-05:30", "2031-05-04T00:10:00Z~", "0001", "9999-12-31", ""]
KINDS = ["person", "organization", "place", "vessel.ferry"]


class DataSet:
    """Lines of one data set; its actors are numbered as they are named first."""

    def __init__(self, uri, **fields):
        self.uri, self.fields, self.actors, self.rows = uri, fields, {}, []
        self.digest, self.size = hashlib.sha256(uri.encode()).digest(), 5 * 10**9

    def actor(self, name, kind="person"):
        return self.actors.setdefault((kind, name), len(self.actors))

    def row(self, number, type, **fields):
        kept = {key: one for key, one in fields.items() if one not in (None, "", {})}
        self.rows.append({"record": "row", "row": number, "type": type, **kept})
        return len(self.rows) - 1

    def referent(self, row):
        """The row with an index, as judgements name it."""
        return len(self.actors) + row

    def end(self, document_id):
        print(json.dumps({"record": "document", "uri": self.uri, **self.fields, "text_withheld": True,
                          "digest": self.digest.hex(), "text_size": self.size, "run": 1,
                          "rows": len(self.rows),
                          "referents": [{"kind": "entity", "type": kind, "names": [{"text": name}]}
                                        for kind, name in self.actors]}, ensure_ascii=False))
        for row in self.rows:
            print(json.dumps(row, ensure_ascii=False))
        self.id = document_id(self.digest, self.uri)


def corners():
    """Few rows, each with something of its own; actors of one name, one that no row has."""
    one = DataSet("urn:rows:1", title="Corners", publisher="The Vell Gazette", published="2031-05",
                  media_type="text/csv", licence="CC0-1.0", language="en")
    ida, bo, ann = one.actor("Ida1"), one.actor("Bo1"), one.actor("Ann, \"the\" \\ Roe")
    port, firm, twin = one.actor("Port Vell", "place"), one.actor("Vell Lines", "organization"), \
        one.actor("Ida1", "organization")
    odd, ship, cyril = one.actor("!!!", "thing"), one.actor("Ида", "vessel.ferry"), one.actor("x" * 300)
    one.actor("Nobody")
    number = 4
    for i, time in enumerate(TIMES):
        number += 1 if i % 5 else 3
        one.row(number, "contact.meet", time=time, participants={"participant": [ida, bo, ida]})
        number += 1
        one.row(number, "justice.arrest", time=time, participants={"patient": bo, "agent": [firm]},
                place=port, source=firm)
    for fields in (
            {}, {"external_id": "w:1"}, {"content": "Щ says \"no\"\n\tand goes"}, {"source": odd},
            {"quantity": {"predicate": "quantity", "amount": "012.50", "unit": "t of  coal"}},
            {"quantity": {"predicate": "patient", "amount": "-3"}, "participants": {"patient": [twin, ida]}},
            {"participants": {"agent": ida, "patient": ida, "charge": odd}, "place": port},
            {"participants": {"agent": [ship, cyril, ann], "patient": [port]}, "place": cyril, "source": ship},
            {"external_id": "w:1", "content": "c" * 3000, "time": "2031-05-04T10:30:59Z",
             "quantity": {"predicate": "quantity", "amount": "7", "unit": "ships"}}):
        number += 1
        one.row(number, "justice.arrest", **fields)
    one.row(4000000000, "sport.race", participants={"agent": "Bo1"}, time="2031-05-04")
    return one


def many(count, rng):
    """More than a block of rows, times in no order; some rows have what few have."""
    one = DataSet("urn:rows:2", published="2031-06", media_type="text/tab-separated-values")
    for i in range(300):
        one.actor("Ida%d" % (i % 150) if i < 200 else "Firm of Quay %d" % i, KINDS[i // 150 if i < 200 else 1])
    for i in range(count):
        left, right = int(300 * rng.random() ** 3), rng.randrange(300)
        fields = {"time": "20%02d-%02d-%02d" % (rng.randrange(20, 40), rng.randrange(1, 13),
                                                rng.randrange(1, 29))}
        if i % 7 == 0:
            fields = {"participants": {"participant": sorted({left, right, i % 300})}, "time": "2031"}
        else:
            fields["participants"] = {"agent": left, "patient": right}
        if i % 11 == 0:
            fields["place"] = (left + 1) % 300
        if i % 13 == 0:
            fields["source"] = rng.randrange(5)
        if i % 170 == 0:
            fields["external_id"] = "feed:%d" % i
        one.row(i + 2 + i // 1000, "contact.meet" if i % 7 == 0 else "justice.arrest", **fields)
    return one


def plain(count):
    """Rows without a header or a gap, in order, all alike, most without a time: so many that a block of
    events begins with one."""
    one = DataSet("urn:rows:3", media_type="text/tab-separated-values")
    for i in range(count):
        time = "" if i % 4 else "2031-%02d-%02d" % (1 + i // 80, 1 + i // 3 % 28)
        one.row(i + 1, "statement.say", time=time,
                participants={"speaker": one.actor("Oda %d" % (i % 9))})
    return one


def data_sets(rng, document_id):
    sets = [corners(), many(4200, rng), plain(900)]
    for one in sets:
        one.end(document_id)
    return sets


def joins(sets, person, event):
    """Pairs of "DOCUMENT.REFERENT" to join: actors and rows, in one data set, across, with an article."""
    corner, big, level = sets
    name = lambda one, referent: "%s.%d" % (one.id, referent)
    row = lambda one, index: name(one, one.referent(index))
    ida, bo = (corner.actors["person", word] for word in ("Ida1", "Bo1"))
    cyril, ann = corner.actors["person", "x" * 300], corner.actors["person", "Ann, \"the\" \\ Roe"]
    yield name(corner, cyril), name(corner, ann)
    yield name(corner, cyril), name(corner, corner.actors["vessel.ferry", "Ида"])
    yield name(corner, ida), person
    yield name(corner, ida), name(big, 1)
    yield name(corner, bo), name(big, 2)
    yield name(big, 3), name(big, 4)
    yield name(big, 7), name(big, 290)
    yield name(level, 3), name(big, 299)
    yield row(corner, 0), row(corner, 3)
    yield row(corner, 2), event
    yield row(corner, len(corner.rows) - 2), row(corner, len(corner.rows) - 3)
    yield row(corner, 5), row(big, 11)
    yield row(big, 14), row(big, 21)
    yield row(big, 4199), row(level, 699)
    for i in range(100, 140, 4):
        yield row(level, i), row(level, i + 2)
