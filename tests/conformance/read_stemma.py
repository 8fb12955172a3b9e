#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A second reader of .stemma files, written from SPEC.md alone.

    read_stemma.py FILE         writes the interchange of FILE, one JSON object a line
    read_stemma.py FILE DUMP    compares it with DUMP, which stemma-dump wrote; 1 when they differ
"""

import collections
import itertools
import json
import pathlib
import sys

from data_set import DataSets
from stemma_file import ENUMS, File, furniture_of, object_of, offsets_of


class Interchange:
    """The lines of a dump, in the order of [X-2]."""

    def __init__(self, file):
        self.file, self.sets = file, DataSets(file)

    def points(self, number):
        """Byte offset -> code point, of a text that is there."""
        text = self.file.text(number)
        if text is None:
            return None
        places, count = {}, 0
        for at, byte in enumerate(text):
            if byte & 0xC0 != 0x80:
                places[at] = count
                count += 1
        places[len(text)] = count
        return places

    def lines(self):
        file = self.file
        yield {"record": "header", "format": "stemma", "version": "1.1", "offsets": "codepoint",
               "judged": True}
        for number, run in enumerate(file.runs):
            yield tidy({"record": "run", "run": number, "name": run[0], "version": run.get(1),
                        "kind": ENUMS["run"][run.get(2, 0)], "settings": run.get(3)})
        builtin = built_in()
        for term in file.terms:
            if term not in builtin:
                yield tidy({"record": "term", "kind": ENUMS["term"][term.get(0, 0)], "name": term[1],
                            "label": term.get(2), "single_valued": term.get(3),
                            "roles": term.get(4, "").split(), "crosswalk": term.get(5, "").split()})
        for number in range(len(file.documents)):
            yield self.document(number)
            if 18 in file.documents[number]:
                yield from self.rows(number)
        for one in file.judgements():
            yield tidy({"record": "judgement", "left": self.end(one[0]), "right": self.end(one[1]),
                        "verdict": ENUMS["verdict"][one[2]], "score": share(one.get(3)),
                        **author(one, 4), "created": one.get(6), "retracted": one.get(7),
                        "reason": one.get(8)})
        for source, target, one in file.derivations():
            yield self.derivation(source, target, one)

    def end(self, pair):
        return "%s.%d" % (self.file.id(pair[0]), pair[1])

    def derivation(self, source, target, one):
        ranges, numbers = [], one.get(5, [])
        maps = [self.points(source), self.points(target)] if numbers else []
        ends = [0, 0]
        for i in range(0, len(numbers), 4):
            shared = []
            for side in (0, 1):
                start = ends[side] + numbers[i + 2 * side]
                ends[side] = start + numbers[i + 2 * side + 1]
                shared += [maps[side][at] if maps[side] else at for at in (start, ends[side])]
            ranges.append(shared)
        return tidy({"record": "derivation", "from": self.file.id(source), "to": self.file.id(target),
                     "kind": ENUMS["derivation"][one[0]], "score": share(one.get(1)),
                     **author(one, 2), "retracted": one.get(4), "ranges": ranges})

    def document(self, number):
        file, record = self.file, self.file.documents[number]
        text, places = file.text(number), self.points(number)
        place = (lambda at: places[at]) if places else (lambda at: at)
        span = lambda one: [place(one[0]), place(one[1])]
        result = {}
        for key, name in enumerate(["title", "publisher", "agency", "byline"], 1):
            result[name] = record.get(key)
        if 5 in record:
            result["published"] = tidy({"raw": record[5][0], "edtf": record[5][1]})
        for key, name in enumerate(["retrieved", "language", "media_type", "licence"], 6):
            result[name] = record.get(key)
        result = {"record": "document", "id": file.id(number), "uri": record.get(0, ""), **tidy(result)}
        if text is None:
            result.update(text_withheld=True, digest=record[10].hex(), text_size=record.get(11, 0),
                          offsets="utf8")
        else:
            result["text"] = text.decode("utf-8")
        for key, name in ((14, "sentences"), (15, "paragraphs")):
            if key in record:
                result[name] = [place(at) for at in offsets_of(record[key])]
        if 16 in record:
            result["furniture"] = [span(one) for one in furniture_of(record[16])]

        def quoted(spans):
            shown = {"spans": [span(one) for one in spans]}
            if text is not None:
                shown["text"] = [text[a:b].decode("utf-8") for a, b in spans]
            return shown

        def mention(row):
            shown = {**quoted(row[3]), "kind": ENUMS["mention"][row[0]] if row[0] else None}
            shown["canonical"] = True if row[1] else None
            shown["head"] = span(row[4]) if row[4] else None
            return tidy(shown)

        testimony = file.testimony(number)
        of = {}
        for row in testimony.mentions:
            of.setdefault(row[2], []).append(mention(row))
        result["referents"] = [self.referent(row, of.get(i))
                               for i, row in enumerate(testimony.referents)]
        if -1 in of:
            result["mentions"] = of[-1]
        if 18 in record:
            result.update(run=record[21] - 1, rows=record[18])
        if testimony.assertions:
            result["assertions"] = [self.assertion(row, quoted) for row in testimony.assertions]
        return result

    def rows(self, number):
        """[X-11], [X-12]: the rows of a data set."""
        referents = self.file.testimony(number).referents
        names = [row[1][0] for row in referents]
        times = collections.Counter(names)
        shown = [name if times[name] == 1 else i for i, name in enumerate(names)]
        actor = lambda ordinal: None if ordinal is None else shown[ordinal]
        term = lambda code: self.file.terms[code][1]
        for row in self.sets.rows(number):
            roles = {}
            for role, ordinal in row.participants:
                roles.setdefault(term(role), []).append(shown[ordinal])
            line = {"record": "row", "row": row.number, "type": term(row.type), "time": row.time,
                    "participants": {role: actors if len(actors) > 1 else actors[0]
                                     for role, actors in roles.items()} or None,
                    "place": actor(row.place), "source": actor(row.source),
                    "external_id": row.external_id, "content": row.content}
            if row.quantity:
                line["quantity"] = tidy({"predicate": term(row.quantity[0]),
                                         "amount": row.quantity[1], "unit": row.quantity[2]})
            yield tidy(line)

    def referent(self, row, mentions):
        term = self.file.terms[row[0]]
        names = []
        for name in row[1]:
            name = [name] if isinstance(name, str) else name
            names.append(tidy({"text": name[0],
                               "kind": ENUMS["name"][name[1]] if name[1:] and name[1] else None,
                               "language": name[2] if name[2:] else None}))
        return tidy({"kind": ENUMS["referent"][term.get(0, 0)], "type": term[1], "names": names,
                     "external_ids": row[2] if row[2:] else None, "mentions": mentions})

    def object(self, value):
        kind, fields = object_of(value)
        if kind == 0:
            return fields
        if kind == 1:
            return fields
        if kind in (5, 6):
            return {"some" if kind == 5 else "none": True}
        if kind == 3:
            code = fields.pop("referent", 0)
            for angle in ("latitude", "longitude"):
                if angle in fields:
                    fields[angle] = fields[angle] / 10**7
            shown = {key: value for key, value in fields.items()
                     if value or key in ("latitude", "longitude")}
            if code:
                shown["referent"] = code - 1
            return {"place": shown}
        if kind == 4 and fields.get("modifier"):
            fields["modifier"] = ENUMS["modifier"][fields["modifier"]]
        return {["time", "quantity"][kind // 4]: {key: one for key, one in fields.items() if one}}

    def assertion(self, row, quoted):
        flags, (confidence, speaker, via) = row[3], row[6]
        shown = {"subject": row[0], "predicate": self.file.terms[row[1]][1],
                 "object": self.object(row[2])}
        for name, shift, size in (("polarity", 0, 3), ("certainty", 2, 3), ("tense", 4, 3),
                                  ("realis", 6, 3), ("attribution", 8, 3), ("stance", 10, 7)):
            code = flags >> shift & size
            if code and not (name == "attribution" and speaker and code == 1):
                shown[name] = ENUMS[name][code]
        if speaker:
            shown["speaker"] = speaker - 1
        if via:
            shown["via"] = via - 1
        if confidence:
            shown["confidence"] = (confidence - 1) / 1000
        shown["run"] = row[4]
        if row[5]:
            shown["evidence"] = [{"part": ENUMS["evidence"][part], **quoted(spans)}
                                 for part, spans in row[5]]
        return shown


def built_in():
    """The built-in terms, from appendix B.3 of the page itself."""
    terms, kind = [], None
    with open(pathlib.Path(__file__).parents[2] / "SPEC.md", encoding="utf-8") as page:
        section = page.read().split("### B.3 ")[1].split("## Appendix C")[0]
    for line in section.splitlines():
        cells = [one.strip(" `") for one in line.strip("|").split("|")]
        if line.startswith(("| entity type", "| event type", "| predicate")):
            kind = ENUMS["term"].index(cells[0].replace(" ", "_"))
        elif line.startswith("| `"):
            term = {0: kind, 1: cells[0], 2: cells[1], 5: cells[-1]}
            if kind == 1:
                term[4] = cells[2]
            elif kind == 2:
                term[3] = cells[2] == "yes"
            terms.append({key: value for key, value in sorted(term.items()) if value})
    return terms


def tidy(fields):
    """Without what is at its default [X-7]."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def share(code):
    """[X-8]"""
    return None if not code else (code - 1) / 1000


def author(one, field):
    return {"run": one[field] - 1} if field in one else {"author": one[field + 1]}


def compare(lines, dump):
    """Whether the lines are those of a dump, as JSON; tells of the first that is not."""
    with open(dump, encoding="utf-8") as stream:
        theirs = [json.loads(line) for line in stream]
    for number, (mine, other) in enumerate(itertools.zip_longest(lines, theirs), 1):
        if mine != other:
            print("line %d\n  from the file  %s\n  from the dump  %s" % (
                number, json.dumps(mine, ensure_ascii=False), json.dumps(other, ensure_ascii=False)))
            return False
    print("%d lines are the same" % len(theirs))
    return True


def main(arguments):
    if len(arguments) == 3:
        return 0 if compare(Interchange(File(arguments[1])).lines(), arguments[2]) else 1
    if len(arguments) != 2:
        return __doc__
    for line in Interchange(File(arguments[1])).lines():
        print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
