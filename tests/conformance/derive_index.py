#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Derives the index of a .stemma file from its testimony and judgements by section 11 of SPEC.md
and compares it with the tables of the file, row by row. The full text (table `term`) is left out:
it needs Snowball's stemmers.

    derive_index.py FILE      says what was compared; ends with 1 when anything differs"""

import re
import sys
from collections import Counter

from edtf_bounds import UNKNOWN, bounds
from fold_names import fold, folding_key
from stemma_file import XXHASH, File, columns, object_of, postings, rows_of



def collapse(text):
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" \t\n\r\f\v")


def folded(text):
    """[I-14]"""
    plain = fold(text) if len(text.encode()) <= 512 else ""
    return "f" + plain if plain else "w" + collapse(text)


def decimal(text):
    sign, digits = ("-", text[1:]) if text[:1] == "-" else ("", text)
    digits = re.sub(r"^0+(?=\d)", "", digits)
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits if digits == "0" else sign + digits


def normal(value):
    """Kind and normal form [I-13] of an object that is no referent."""
    kind, fields = object_of(value)
    get = lambda name: fields.get(name, "")
    if kind == 1:
        return kind, folded(get("text")).encode()
    if kind == 2:
        return kind, ("e" + get("edtf") if get("edtf") else folded(get("raw"))).encode()
    if kind == 3:
        if get("gazetteer"):
            return kind, ("g" + get("gazetteer")).encode()
        if get("raw"):
            return kind, folded(get("raw")).encode()
        angles = [fields.get(name, -2**31) for name in ("latitude", "longitude")]
        return kind, b"c" + b"".join((one % 2**32).to_bytes(4, "big") for one in angles)
    if kind == 4:
        numbers = [decimal(get(name)) for name in ("amount", "lower", "upper")]
        form = "n%d%s|%s|%s|%s|%s" % (fields.get("modifier", 0), *numbers, collapse(get("unit")),
                                      folded(get("counted")))
        return kind, (form if any(numbers) else form + "|" + folded(get("raw"))).encode()
    return kind, b""


class Index:
    def __init__(self, file):
        self.file = file
        self.testimony = [file.testimony(i) for i in range(len(file.documents))]
        self.base, self.referents = [], []
        for number, one in enumerate(self.testimony):
            self.base.append(len(self.referents))
            self.referents += [(number, i, row) for i, row in enumerate(one.referents)]
        self.kinds = [file.terms[row[0]].get(0, 0) for _, _, row in self.referents]
        self.predicate = {term[1]: i for i, term in enumerate(file.terms) if term.get(0, 0) == 2}
        self.clusters()
        self.groups()
        self.claims()
        self.entities()
        self.events()
        self.number_claims()

    def clusters(self):
        """[I-7] to [I-9], by the plainest means."""
        member = list(range(len(self.referents)))
        sets = {i: {i} for i in member}
        blocked = set()
        edges = []
        for number, one in enumerate(self.file.judgements()):
            if 7 not in one and one[2] != 3:
                edges.append((4 in one, one[2] == 1, -one.get(3, 0), number,
                              self.base[one[0][0]] + one[0][1], self.base[one[1][0]] + one[1][1]))
        for _, same, _, _, left, right in sorted(edges):
            a, b = member[left], member[right]
            if a == b:
                continue
            if not same:
                blocked.add(frozenset((a, b)))
            elif frozenset((a, b)) not in blocked and self.kinds[left] == self.kinds[right]:
                for one in sets[b]:
                    member[one] = a
                sets[a] |= sets.pop(b)
                blocked = {frozenset(a if x == b else x for x in pair) for pair in blocked}
        least = {min(members): sorted(members) for members in sets.values()}
        self.members = least
        self.cluster = {one: first for first, members in least.items() for one in members}

    def groups(self):
        self.group = list(range(len(self.file.documents)))
        for source, target, one in self.file.derivations():
            if 4 not in one and one[0] != 4:
                a, b = self.group[source], self.group[target]
                self.group = [min(a, b) if x in (a, b) else x for x in self.group]

    def support(self, documents):
        documents = set(documents)
        return len(documents), len({self.group[one] for one in documents})

    def claims(self):
        """{cluster: [claim]}; a claim has its witnesses in order."""
        found = {}
        for number, one in enumerate(self.testimony):
            for ordinal, row in enumerate(one.assertions):
                referent = lambda i: self.cluster[self.base[number] + i]
                kind, fields = object_of(row[2])
                code = fields["referent"] if kind == 0 else fields.get("referent", 0) - 1
                form = (0, referent(code)) if kind == 0 or (kind == 3 and code >= 0) else normal(row[2])
                speaker = referent(row[6][1] - 1) if row[6][1] else None
                key = (referent(row[0]), row[1], form, row[3] & 3)
                found.setdefault(key, []).append((number, ordinal, row, speaker))
        self.by_cluster = {}
        for (cluster, predicate, form, polarity), witnesses in found.items():
            documents, independent = self.support(one[0] for one in witnesses)
            speakers = len({one[3] for one in witnesses} - {None})
            self.by_cluster.setdefault(cluster, []).append(
                (predicate, form, polarity, witnesses, documents, independent, speakers))

    def typical(self, members):
        counts = Counter(self.referents[one][2][0] for one in members)
        return min(counts, key=lambda term: (-counts[term], term))

    def entities(self):
        mentions = Counter()
        for number, one in enumerate(self.testimony):
            mentions.update(self.base[number] + row[2] for row in one.mentions if row[2] >= 0)
        rows = []
        for first, members in self.members.items():
            if self.kinds[first] != 0:
                continue
            uses, kinds = {}, {}
            for one in members:
                for name in self.referents[one][2][1]:
                    text, kind = (name, 0) if isinstance(name, str) else name[:2]
                    uses.setdefault(text, set()).add(self.referents[one][0])
                    kinds[text] = min(kind, kinds.get(text, 3))
            names = sorted(((text, kinds[text], len(uses[text])) for text in uses),
                           key=lambda one: (-one[2], one[0].encode()))
            term = self.typical(members)
            person = self.file.terms[term][1] == "person"

            def rank(name):
                full = person and " " in name[0]
                best = {0: 6 if full else 4, 1: 5 if full else 3, 2: 2, 3: 1}[name[1]]
                return -best, -name[2], -len(name[0].encode()), name[0].encode()

            shown = names.index(min(names, key=rank)) if names else 0
            rows.append((-sum(mentions[one] for one in members), first, term, shown, names,
                         self.support(self.referents[one][0] for one in members)[0]))
        self.entity_rows = sorted(rows)
        self.number = {row[1]: i for i, row in enumerate(self.entity_rows)}

    def events(self):
        special = {self.predicate.get(name) for name in ("type", "time", "place", "content", "quantity")}
        rows = []
        for first, members in self.members.items():
            if self.kinds[first] != 1:
                continue
            times, places, happened, all_kinds, roles = [], [], Counter(), Counter(), set()
            for predicate, form, polarity, witnesses, _, independent, _ in self.by_cluster.get(first, []):
                entity = form[0] == 0 and self.kinds[form[1]] == 0
                if predicate == self.predicate.get("type"):
                    for one in witnesses:
                        flags = one[2][3] & 0xFF
                        all_kinds[flags] += 1
                        if flags & 3 == 1 and flags >> 6 == 1:
                            happened[flags] += 1
                if polarity == 2:
                    continue
                if predicate == self.predicate.get("time") and form[0] == 2 and form[1][:1] == b"e":
                    found = bounds(form[1][1:].decode())
                    start = found[0] if found[0] is not UNKNOWN else -(2**63)
                    times.append((-independent, -found[4], start, form[1], found))
                elif predicate == self.predicate.get("place") and entity:
                    places.append((-independent, self.number[form[1]]))
                elif entity and predicate not in special:
                    roles.add((predicate, self.number[form[1]]))
            counts = happened or all_kinds
            flags = min(counts, key=lambda one: (-counts[one], one)) if counts else 0
            found = min(times)[4] if times else (UNKNOWN,) * 4 + (0, 0, 0, 0)
            order = (found[0] is UNKNOWN, found[0] or 0, first)
            rows.append((order, first, self.typical(members), found,
                         min(places)[1] + 1 if places else 0, sorted(roles), flags,
                         self.support(self.referents[one][0] for one in members)))
        self.event_rows = sorted(rows)
        self.number.update({row[1]: i for i, row in enumerate(self.event_rows)})

    def number_claims(self):
        """Claim rows in order, and the range of each subject."""
        self.claim_rows, self.ranges = [], {}
        subjects = [(row[1], 1) for row in self.event_rows] + [(row[1], 0) for row in self.entity_rows]
        for first, kind in subjects:
            begin = len(self.claim_rows)

            def order(claim):
                form = claim[1]
                if form[0] == 0:
                    return claim[0], 0, self.kinds[form[1]], self.number[form[1]], b"", claim[2]
                return claim[0], form[0], 0, 0, form[1], claim[2]

            for claim in sorted(self.by_cluster.get(first, []), key=order):
                value = claim[3][0][2][2]
                if claim[1][0] == 0:
                    code = self.number[claim[1][1]] * 2 + self.kinds[claim[1][1]]
                    value = code if isinstance(value, int) else value[:2] + [code + 1] + value[3:]
                data, last = bytearray(), (0, None)
                for document, ordinal, _, _ in claim[3]:
                    step = document - last[0]
                    same = last[1] is not None and step == 0
                    for number in (step, ordinal - last[1] - 1 if same else ordinal):
                        while number >= 0x80:
                            data.append(number & 0x7F | 0x80)
                            number >>= 7
                        data.append(number)
                    last = (document, ordinal)
                self.claim_rows.append([self.number[first] * 2 + kind, claim[0], value, claim[2],
                                        claim[4], claim[5], claim[6], bytes(data)])
            self.ranges[first] = (begin, len(self.claim_rows) - begin)

    # ---- What the tables should hold ----

    def first(self, referent):
        return list(self.referents[referent][:2])

    def expected_entities(self):
        events = Counter(entity for row in self.event_rows for entity in {one[1] for one in row[5]})
        return [[row[2], row[3], [item for name in row[4] for item in name], row[5], -row[0],
                 events[i], *self.first(row[1]), *self.ranges[row[1]]]
                for i, row in enumerate(self.entity_rows)]

    def expected_columns(self, rows):
        """The event columns of up to 4096 rows."""
        result = {"rows": len(rows), **{i: [] for i in range(1, 20)}}
        start = offset = 0
        for _, first, term, found, place, roles, flags, support in rows:
            start = start if found[0] is UNKNOWN else found[0]
            four = found[:4]
            line = {1: term, 2: start, 6: sum(1 << i for i in range(4) if four[i] is UNKNOWN),
                    7: found[4] | found[5] << 4 | found[6] << 5 | found[7] << 6, 8: place,
                    9: len(roles), 12: support[0], 13: support[1], 14: flags,
                    15: self.first(first)[0], 16: self.first(first)[1],
                    17: self.ranges[first][0], 18: self.ranges[first][1], 19: offset}
            for i in (1, 2, 3):
                line[2 + i] = 0 if four[i] is UNKNOWN else four[i] - start
            for column, value in line.items():
                result[column].append(value)
            result[10] += [role for role, _ in roles]
            result[11] += [entity for _, entity in roles]
            offset += len(roles)
        return result

    def expected_postings(self):
        number = lambda one: one.to_bytes(4, "big")
        tables = {name: set() for name in ("participation", "type", "place", "membership", "name", "gram")}
        for i, row in enumerate(self.event_rows):
            tables["type"].add((number(row[2]), i, 0))
            if row[4]:
                tables["place"].add((number(row[4] - 1), i, 0))
            tables["participation"] |= {(number(entity), i, role) for role, entity in row[5]}
        for i, row in enumerate(self.entity_rows):
            tables["type"].add((number(row[2]), i, 0))
            proper = any(kind != 3 for _, kind, _ in row[4])
            for text, kind, _ in row[4]:
                if kind == 3 and proper:
                    continue
                plain, key = fold(text), folding_key(text)
                keys = ["f" + key] if key else []
                keys += ["t" + one for one in key.split()] + ["p" + one for one in plain.split()]
                tables["name"] |= {(cut(one.encode()), i, 0) for one in keys}
                for token in plain.split():
                    padded = "^" + token + "$"
                    tables["gram"] |= {(padded[j : j + 3].encode(), i, 0)
                                       for j in range(len(padded) - 2)}
        for first, members in self.members.items():
            name = (b"v" if self.kinds[first] else b"e") + number(self.number[first])
            tables["membership"] |= {(name, *self.first(one)) for one in members}
        return {name: sorted(rows) for name, rows in tables.items()}


def cut(data):
    return data if len(data) <= 120 else data[:120].decode("utf-8", "ignore").encode()


def labels(value):
    count = int.from_bytes(value[:4], "little")
    ends = [int.from_bytes(value[4 + 4 * i : 8 + 4 * i], "little") for i in range(count + 1)]
    names = value[8 + 4 * count :]
    return [names[a:b].decode() for a, b in zip(ends, ends[1:])]


def exact(rows):
    """[P-23]"""
    pairs = set()
    for i, row in enumerate(rows):
        proper = any(kind != 3 for _, kind, _ in row[4])
        for text, kind, _ in row[4]:
            plain = fold(text).encode()
            if plain and (kind != 3 or not proper):
                pairs.add((XXHASH.XXH3_64bits(plain, len(plain)) & 0xFFFFFFFF, i))
    numbers = [len(pairs)] + [number for pair in sorted(pairs) for number in pair]
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def main(path):
    file = File(path)
    index = Index(file)
    failed = []

    def compare(name, stored, derived):
        same = stored == derived
        print("%-14s %6d %s" % (name, len(derived), "same" if same else "DIFFERENT"))
        if not same:
            failed.append(name)
            pairs = enumerate(zip(stored, derived)) if isinstance(stored, list) else ()
            for i, (a, b) in pairs:
                if a != b:
                    print("  row %d\n  stored  %r\n  derived %r" % (i, a, b))
                    break

    compare("entity", rows_of(file.tables["entity"]), index.expected_entities())
    compare("claim", rows_of(file.tables["claim"]), index.claim_rows)
    blocks = [index.expected_columns(index.event_rows[i : i + 4096])
              for i in range(0, len(index.event_rows), 4096)]
    compare("event", [columns(value) for _, value in file.tables["event"]], blocks)
    group = [one for _, value in file.tables["group"] for one in columns(value)[1]]
    compare("group", group, index.group)
    member = [one for _, value in file.tables["member"] for one in columns(value)[1]]
    compare("member", member, [index.number[index.cluster[i]] * 2 + kind
                               for i, kind in enumerate(index.kinds)])
    for name, rows in index.expected_postings().items():
        compare(name, postings(file.tables[name]), rows)
    shown = [row[4][row[3]][0] if row[4] else "" for row in index.entity_rows]
    compare("label", labels(dict(file.tables["label"])[b"arena"]), shown)
    pairs = dict(file.tables["label"])[b"exact"]
    compare("label exact", pairs, exact(index.entity_rows))
    identity = sorted((int.from_bytes(key, "big"), int.from_bytes(value, "little"))
                      for key, value in file.tables["identity"])
    compare("identity", [number for _, number in identity],
            sorted(range(len(file.documents)), key=file.id))
    counts = [len(file.documents), len(index.referents), len(index.entity_rows),
              len(index.event_rows), len(index.claim_rows)]
    compare("counts", [file.counts[i] for i in (0, 1, 7, 8, 9)], counts)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
