#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Derives the index of a .stemma file from its testimony and judgements by section 11 of SPEC.md
and compares it with the tables of the file, row by row. The full text (table `term`) needs Snowball's
library (libstemmer); without it that is left out.

    derive_index.py FILE [CLAIMS]     says what was compared; ends with 1 when anything differs. CLAIMS:
                                      what stemma-query tells of all claims, see compare_claims.py"""

import functools
import sys
from collections import Counter

import compare_claims
import derive_terms
import voices
from data_set import POSITIVE_ACTUAL, DataSets, detail_of
from differences import differences
from edtf_bounds import UNKNOWN, bounds
from fold_names import fold, key_of
from normal_form import normal
from packing import hash_array, hash_of, present
from packed import EventBlock, arena, blocks_of, columns, postings, rows_of, tokens
from canonical import unpack
from contested import amounts_of, contested
from stemma_file import File, be, document_key, le, object_of, part_of


class Index:
    def __init__(self, file):
        self.file = file
        self.testimony = [file.testimony(i) for i in range(len(file.documents))]
        self.base, self.referents = [], []
        self.predicate = {term[1]: i for i, term in enumerate(file.terms) if term.get(0, 0) == 2}
        sets = DataSets(file)
        self.rows = {i: sets.rows(i) for i, record in enumerate(file.documents) if 18 in record}
        self.assertions = [list(enumerate(one.assertions)) for one in self.testimony]
        for number, one in enumerate(self.testimony):
            self.base.append(len(self.referents))
            referents = one.referents + [[row.type, []] for row in self.rows.get(number, [])]
            self.referents += [(number, i, row) for i, row in enumerate(referents)]
        self.ordered = all(self.add_rows(number, rows) for number, rows in self.rows.items())
        self.kinds = [file.terms[row[0]].get(0, 0) for _, _, row in self.referents]
        self.clusters()
        self.fold_rows()
        self.groups()
        self.claims()
        self.entities()
        self.events()
        self.number_claims()

    def add_rows(self, number, rows):
        """What the rows of a data set say [T-18]; whether its actors stand in order [I-30]."""
        record, actors = self.file.documents[number], self.testimony[number].referents
        says = [row.says(self.file, self.predicate) for row in rows]
        stride = record[20]
        for k, (row, things) in enumerate(zip(rows, says)):
            via = 0 if row.source is None else row.source + 1
            self.assertions[number] += [
                (record[17][2] + k * stride + j,
                 (len(actors) + k, predicate, value, POSITIVE_ACTUAL, record[21] - 1, [], (0, 0, via)))
                for j, (predicate, value) in enumerate(things)]
        uses = Counter(actor for row in rows for actor in row.uses())
        keys = [(-uses[i], row[0], row[1][0].encode()) for i, row in enumerate(actors)]
        return (all(a < b for a, b in zip(keys, keys[1:])) and max(map(len, says)) == stride
                and all(len(row) == 2 and len(row[1]) == 1 and isinstance(row[1][0], str)
                        for row in actors))

    def fold_rows(self):
        """[I-31]: {referent number: row} of those that are folded."""
        self.folded = {}
        for number, rows in self.rows.items():
            base = self.base[number]
            first = base + len(self.testimony[number].referents)
            for k, row in enumerate(rows):
                pairs = [(role, self.cluster[base + actor]) for role, actor in row.participants]
                if self.members.get(first + k) == [first + k] and len(set(pairs)) == len(pairs):
                    self.folded[first + k] = row

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
        """{cluster: [claim]}; a claim has its witnesses in order, and is worded as by the first [I-16]."""
        found = {}
        for number, assertions in enumerate(self.assertions):
            for ordinal, row in assertions:
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

    def expected_members(self):
        """(key, columns) of each record of `member`: 4096 referents of one document."""
        result, ends = [], self.base[1:] + [len(self.referents)]
        for number, (first, end) in enumerate(zip(self.base, ends)):
            leads = [self.number[self.cluster[i]] * 2 + self.kinds[i] for i in range(first, end)]
            for block in range(0, len(leads), 4096):
                part = leads[block : block + 4096]
                key = number.to_bytes(4, "big") + (block // 4096).to_bytes(4, "big")
                result.append((key, {"rows": len(part), 1: part}))
        return result

    def typical(self, members):
        counts = Counter(self.referents[one][2][0] for one in members)
        return min(counts, key=lambda term: (-counts[term], term))

    def happening(self, members):
        """The type of an event: one that says only that something happened does not count beside others."""
        telling = [one for one in members if self.file.terms[self.referents[one][2][0]][1] != "event"]
        return self.typical(telling or members)

    def entities(self):
        mentions = Counter()
        for number, one in enumerate(self.testimony):
            mentions.update(self.base[number] + row[2] for row in one.mentions if row[2] >= 0)
            mentions.update(self.base[number] + actor
                            for row in self.rows.get(number, []) for actor in row.uses())
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
            rows.append((order, first, self.happening(members), found,
                         min(places)[1] + 1 if places else 0, sorted(roles), flags,
                         self.support(self.referents[one][0] for one in members)))
        self.event_rows = sorted(rows)
        self.number.update({row[1]: i for i, row in enumerate(self.event_rows)})

    def number_claims(self):
        """Claim rows in order, without those of folded rows [I-33], and the range of each subject."""
        self.claim_rows, self.ranges, self.claim_total = [], {}, 0
        subjects = [(row[1], 1) for row in self.event_rows] + [(row[1], 0) for row in self.entity_rows]
        for first, kind in subjects:
            begin = self.claim_total
            self.claim_total += len(self.by_cluster.get(first, []))
            self.ranges[first] = (begin, self.claim_total - begin)
            if first in self.folded:
                continue

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

    # ---- What the tables should hold ----

    def first(self, referent):
        return list(self.referents[referent][:2])

    def contested(self, first):
        single = {i for i, term in enumerate(self.file.terms)
                  if term.get(3) and i != self.predicate.get("type")}
        return contested(self.by_cluster.get(first, []), single)

    def expected_entities(self):
        """Column blocks of entities and the rows of `alias`."""
        events = Counter(entity for row in self.event_rows for entity in {one[1] for one in row[5]})
        lines, aliases = [], []
        for i, (mentions, first, term, shown, names, documents) in enumerate(self.entity_rows):
            alias = 0
            if names and names != [(names[shown][0], 0, documents)]:
                aliases.append([shown])
                for place, name in enumerate(names):
                    aliases[-1] += ["" if place == shown else name[0], *name[1:]]
                alias = len(aliases)
            lines.append([term, documents, -mentions, events[i] + mentions, *self.first(first),
                          *self.ranges[first], alias, self.contested(first)])
        return in_blocks(lines, (1,)), aliases

    def variant(self, actor, document):
        """[P-26]"""
        base = self.base[document]
        same = [one for one in self.members[self.cluster[base + actor]]
                if base <= one < base + len(self.testimony[document].referents)]
        return same.index(base + actor)

    def expected_events(self):
        """Column blocks of events, `detail` and `fence`."""
        blocks, details, unstored, known = [], {}, 0, 0
        fence = {1: [], 2: [], 3: [], 4: []}
        for number, (_, first, term, found, place, roles, flags, support) in enumerate(self.event_rows):
            at, four, row = number & 4095, found[:4], self.folded.get(first)
            if at == 0:
                frames, start = {}, 0
                result = {i: [] for i in range(1, 30)}
                blocks.append(result)
            known = known if found[0] is UNKNOWN else found[0]
            start = start if found[0] is UNKNOWN else found[0]
            if at == 0:
                for column, value in enumerate((known, self.ranges[first][0], unstored,
                                                int(found[0] is UNKNOWN)), 1):
                    fence[column].append(value)
            key = tuple(role for role, _ in roles)
            if key not in frames:
                frames[key] = len(frames)
                result[11] += key
                result[10].append(len(result[11]))
            line = {1: term, 2: start, 6: sum(1 << i for i in range(4) if four[i] is UNKNOWN),
                    7: found[4] | found[5] << 4 | found[6] << 5 | found[7] << 6, 8: place,
                    9: frames[key], 13: len(result[12]), 14: support[0], 15: support[1], 16: flags,
                    17: self.first(first)[0], 18: self.first(first)[1],
                    19: self.ranges[first][0], 20: self.ranges[first][1], 21: int(row is not None),
                    22: unstored, 23: 0, 25: 0, 26: 0,
                    27: 0 if row is not None else self.contested(first)}
            line[28], line[29] = amounts_of(self.by_cluster.get(first, []))
            for i in (1, 2, 3):
                line[2 + i] = 0 if four[i] is UNKNOWN else four[i] - start
            variants = [0] * len(roles)
            if row is not None:
                document = self.first(first)[0]
                entity = lambda actor: self.number[self.cluster[self.base[document] + actor]]
                of = {(role, entity(actor)): self.variant(actor, document)
                      for role, actor in row.participants}
                variants = [of[pair] for pair in roles]
                if row.place is not None:
                    line[25] = self.variant(row.place, document)
                if row.source is not None:
                    line[23], line[26] = entity(row.source) + 1, self.variant(row.source, document)
                unstored += line[20]
                item = detail_of(row, found)
                if item:
                    details.setdefault((number >> 12, at >> 8), {})[at & 255] = item
            for column, value in line.items():
                result[column].append(value)
            result[12] += [entity for _, entity in roles]
            result[24] += variants
        blocks = [present(len(one[1]), one, (1, 2)) for one in blocks]
        fence = [present(len(blocks), fence, (1,))] if blocks else []
        parts = {}
        for (block, part), items in details.items():
            size = min(256, blocks[block]["rows"] - 256 * part)
            parts[block, part] = [items.get(i, 0) for i in range(size)]
        return blocks, parts, fence

    def expected_rows(self):
        """{(document, index): map} of `row` [R-42]."""
        result = {}
        for number, rows in self.rows.items():
            first = self.base[number] + len(self.testimony[number].referents)
            for k, row in enumerate(rows):
                if first + k not in self.folded:
                    fields = {0: row.type, 1: row.time, 2: None if row.place is None else row.place + 1,
                              3: None if row.source is None else row.source + 1,
                              4: [one for pair in row.participants for one in pair],
                              5: row.external_id, 6: row.content, 7: row.quantity}
                    result[number, k] = {key: one for key, one in fields.items() if one or key == 0}
        return result

    def expected_counts(self):
        """The counts of `meta`, without those of the full text."""
        uses = sum(len(row.uses()) for rows in self.rows.values() for row in rows)
        said = [row for one in self.assertions for _, row in one]
        rows_say = sum(len(one) for one in self.assertions) - sum(
            len(one.assertions) for one in self.testimony)
        texts = sum(record.get(11, 0) for record in self.file.documents if not record.get(13))
        return {0: len(self.file.documents), 1: len(self.referents),
                2: sum(len(one.mentions) for one in self.testimony) + uses, 3: len(said),
                4: sum(len(row[5]) for row in said) + rows_say, 5: len(self.file.judgements()),
                6: len(list(self.file.derivations())), 7: len(self.entity_rows),
                8: len(self.event_rows), 9: self.claim_total,
                10: sum(len(row[4]) for row in self.entity_rows), 12: len(self.file.runs),
                13: len(self.file.terms), 14: texts}

    @functools.cached_property
    def name_tables(self):
        """[I-23]: {(token number; entity)}, the tokens, and the pairs of both hash arrays."""
        counting = []
        for i, row in enumerate(self.entity_rows):
            proper = any(kind != 3 for _, kind, _ in row[4])
            counting += [(fold(text), i) for text, kind, _ in row[4] if kind != 3 or not proper]
        words = sorted({word for plain, _ in counting for word in plain.split()}, key=str.encode)
        number = {word: i for i, word in enumerate(words)}
        exact = {(hash_of(plain), i) for plain, i in counting if plain}
        sounds = {(hash_of(key_of(word)), i) for i, word in enumerate(words) if key_of(word)}
        names = {(number[word], i) for plain, i in counting for word in plain.split()}
        return names, words, exact, sounds

    def expected_postings(self):
        number = lambda one: one.to_bytes(4, "big")
        tables = {name: set() for name in ("participation", "type", "place", "membership", "speaker",
                                        "name", "gram")}
        for i, row in enumerate(self.event_rows):
            tables["type"].add((number(row[2]), i, 0))
            if row[4]:
                tables["place"].add((number(row[4] - 1), i, 0))
            tables["participation"] |= {(number(entity), i, role) for role, entity in row[5]}
            quoted = {}
            for claim in self.by_cluster.get(row[1], []):
                for document, _, _, speaker in claim[3]:
                    if speaker is not None:
                        quoted.setdefault(speaker, set()).add(document)
            tables["speaker"] |= {(number(self.number[speaker]), i, min(found) - self.first(row[1])[0])
                                  for speaker, found in quoted.items()}
        tables["type"] |= {(number(row[2]), i, 0) for i, row in enumerate(self.entity_rows)}
        names, words, _, _ = self.name_tables
        tables["name"] = {(number(token), entity, 0) for token, entity in names}
        for i, word in enumerate(words):
            padded = "^" + word + "$"
            tables["gram"] |= {(padded[j : j + 3].encode(), i, 0) for j in range(len(padded) - 2)}
        for first, members in self.members.items():
            if len(members) > 1:
                name = (b"v" if self.kinds[first] else b"e") + number(self.number[first])
                tables["membership"] |= {(name, *self.first(one)) for one in members}
        return {name: sorted(rows) for name, rows in tables.items()}


def in_blocks(lines, always):
    """Rows of columns 1, 2, 3, … as column blocks of 4096."""
    blocks = [lines[i : i + 4096] for i in range(0, len(lines), 4096)]
    return [present(len(block), dict(enumerate(map(list, zip(*block)), 1)), always) for block in blocks]


def detail_items(table):
    return {(be(key[:4]), be(key[4:])): unpack(part_of(value, None))
            for key, value in table}


def main(path, claims=None):
    file = File(path)
    index = Index(file)
    failed = []

    def compare(name, stored, derived):
        same = stored == derived
        count = derived if isinstance(derived, int) else len(derived)
        print("%-15s %6d %s" % (name, count, "same" if same else "DIFFERENT"))
        if not same:
            failed.append(name)
            for where, a, b in differences(stored, derived):
                print("  %s\n  stored  %r\n  derived %r" % (where, a, b))
                break

    tables = file.tables
    entities, aliases = index.expected_entities()
    compare("entity", blocks_of(tables["entity"]), entities)
    compare("alias", rows_of(tables["alias"]), aliases)
    compare("claim", rows_of(tables["claim"]), index.claim_rows)
    events, details, fence = index.expected_events()
    compare("event", blocks_of(tables["event"]), events)
    compare("detail", detail_items(tables["detail"]), details)
    compare("fence", [columns(value) for _, value in tables["fence"]], fence)
    stored = {(be(key[:4]), be(key[4:])): unpack(value) for key, value in tables["row"]}
    compare("row", stored, index.expected_rows())
    compare("order of actors", index.ordered, True)
    group = [block[1] for block in blocks_of(tables["group"])]
    compare("group", sum(group, []), index.group)
    if derive_terms.SNOWBALL:
        derive_terms.compare_terms(file, compare)
    compare("member", [(key, columns(value)) for key, value in tables["member"]], index.expected_members())
    compare("voice", [(key, columns(value)) for key, value in tables["voice"]], voices.expected(index.testimony))
    for name, rows in index.expected_postings().items():
        compare(name, postings(name, tables[name]), rows)
    _, words, exact, sounds = index.name_tables
    label, token = dict(tables["label"]), dict(tables["token"])
    shown = [row[4][row[3]][0] if row[4] else "" for row in index.entity_rows]
    compare("label", arena(label[b"arena"]), shown)
    compare("label exact", label[b"exact"], hash_array(exact))
    compare("token", tokens(token[b"text"]), words)
    compare("token sound", token[b"sound"], hash_array(sounds))
    compare("identity", [(be(key), le(value, 0, 4)) for key, value in tables["identity"]],
            sorted((document_key(record[10], record.get(0, "")), number)
                   for number, record in enumerate(file.documents)))
    counts = index.expected_counts()
    compare("counts", {key: file.counts[key] for key in counts}, counts)
    if claims:
        compare("claims told", compare_claims.told(claims), compare_claims.derived(index))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if 2 <= len(sys.argv) <= 3 else __doc__)
