#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes an invented corpus as interchange that uses every corner of the format: all kinds of
objects, names, times and judgements, a withheld text, terms of its own, long texts, more than one
block of events and documents; and data sets (make_rows.py).

    make_cases.py DOCUMENTS    how many documents to add to the hand-made ones"""

import hashlib
import json
import random
import sys

from make_rows import data_sets, joins

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def id_of(digest, uri):
    number = int.from_bytes(hashlib.sha256(digest + uri.encode()).digest()[:8], "big") >> 4
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(11, -1, -1))


def document_id(text, uri):
    return id_of(hashlib.sha256(text.encode()).digest(), uri)


def say(**line):
    print(json.dumps(line, ensure_ascii=False))


class Document:
    """A document whose spans are found by their words."""

    def __init__(self, uri, text, **fields):
        self.text, self.uri = text, uri
        self.line = {"record": "document", "uri": uri, "text": text, **fields, "referents": [],
                     "mentions": [], "assertions": []}

    def spans(self, *words):
        found, at = [], 0
        for one in words:
            at = self.text.index(one, at)
            found.append([at, at + len(one)])
            at += len(one)
        return found

    def referent(self, kind, type, words, names, **fields):
        mentions = []
        for i, word in enumerate(words):
            spans = self.spans(*word) if isinstance(word, tuple) else self.spans(word)
            mention = {"spans": spans, "kind": "name" if kind == "entity" else "trigger"}
            if i == 0:
                mention["canonical"] = True
                mention["head"] = [spans[-1][0], spans[-1][1]]
            mentions.append(mention)
        self.line["referents"].append({"kind": kind, "type": type, "names": names,
                                       "mentions": mentions, **fields})
        return len(self.line["referents"]) - 1

    def claim(self, subject, predicate, object, evidence=None, **fields):
        spans = self.spans(evidence) if evidence else [[0, min(len(self.text), 40)]]
        part = "filler" if evidence else "context"
        self.line["assertions"].append({"subject": subject, "predicate": predicate, "object": object,
                                        "run": 0, "evidence": [{"part": part, "spans": spans}],
                                        **fields})

    def end(self):
        print(json.dumps({key: value for key, value in self.line.items() if value != []
                          or key == "referents"}, ensure_ascii=False))
        return document_id(self.text, self.uri)


def name(text, kind="name", **fields):
    return {"text": text, "kind": kind, **fields}


TIMES = ["2031-05-04", "2031-05", "2031", "203X", "20XX", "2031-21", "2031-24", "2031-XX",
         "2031-05-XX", "2031-XX-XX", "2031-05-04?", "2031-05~", "2031%", "2031/2032", "2031-05/..",
         "../2031", "/2031", "2031/", "[2031..2033]", "[..2031]", "[2031-02..]", "2031-05-04T10:30",
         "2031-05-04T10:30:15Z", "2031-05-04T23:30+02:00", "2031-05-04T01:30:00-05:30",
         "0001", "9999-12-31", "2031-05-04/2031-05"]
PEOPLE = ["Zoë J.R. O'Neal", "Щербина Ольга", "Tschërbak-Vogt", "المرسي", "Georgiou Παπαδοπούλου",
          "Kazimyr Dzhokh", "Յակոբ Գրիգոր", "დავით ბერიძე", "דוד לוי", "Nguyễn Văn Ánh",
          "ÆØÅ Łukasz Þór", "中村 健", "A. B. Smith-Ōhara", "e\u0308 И\u0306ван", "x" * 300]
# Every letter that is written in Latin, in words of its own and within one.
for first, last in ((0xC0, 0x17F), (0x180, 0x1BF), (0x250, 0x26F), (0x391, 0x3CE), (0x400, 0x45F),
                    (0x490, 0x4E9), (0x531, 0x587), (0x5D0, 0x5F4), (0x621, 0x64A), (0x660, 0x6D2),
                    (0x6F0, 0x6F9), (0x10D0, 0x10F0), (0x2B9, 0x2BF), (0x1E00, 0x1E9F)):
    letters = [chr(code) for code in range(first, last + 1)]
    for i in range(0, len(letters), 40):
        PEOPLE += [" ".join(letters[i : i + 40]), "".join(letters[i : i + 40])]
# Every habit, in the middle, at the beginning and at the end of a word.
SPELLINGS = """ah ae ck cz ch ce ci cy c dzh dz dj dh eyo eio ee e gh g iou iya iia ija ia ie io iu ja je jo
ju j kh lj nj oe ou oo o ph q rz schtsch shch sch sh sz tsch tch ts tz th ue wh w x yia ya ye yo yu y zh
bb ll""".split()
for i in range(0, len(SPELLINGS), 20):
    PEOPLE.append(" ".join("%s %sb b%s b%sb" % (one, one, one, one) for one in SPELLINGS[i : i + 20]))
PEOPLE += ["J.R. Roe", "A.B.Roe", "I. Roe", "Roe Jr.", "e.g.", "a..b", "O'Neal O’Neal O`Neal", "ου ού Ου",
           "b\u0345d \u037a \u1fb3\u1f85", "\u1160ab\u115f \u034f\u3164c", "\ufb01 \u1d400 \u2167 \u33b6"]


def first_document():
    text = ("Zoë J.R. O'Neal met Щербина Ольга in Port Vell. More than 1,000 prisoners, and again"
            " dozens, were freed. The guards, it is said, left. 🙂 End of the page.")
    one = Document("urn:case:1", text, title="A title", publisher="The Vell Gazette", agency="VNA",
                   byline="By nobody", published={"raw": "May 4", "edtf": "2031-05-04"},
                   retrieved="2031-05-06", language="en-GB", media_type="text/plain",
                   licence="CC0-1.0", sentences=[0, 48], paragraphs=[0],
                   furniture=[[text.index("🙂"), len(text)]])
    zoe = one.referent("entity", "person", ["Zoë J.R. O'Neal"],
                       [name("Zoë J.R. O'Neal", language="en"), name("Zoë", "alias"),
                        name("ZO", "acronym"), name("the envoy", "nominal")],
                       external_ids=["wikidata:Q0", "x:y"])
    olha = one.referent("entity", "person", ["Щербина Ольга"], [name("Щербина Ольга")])
    port = one.referent("entity", "place", ["Port Vell"], [name("Port Vell")])
    guards = one.referent("entity", "group", ["The guards"], [name("The guards", "nominal")])
    ship = one.referent("entity", "vessel.ferry", [], [])
    meet = one.referent("event", "contact.meet", ["met"], [])
    free = one.referent("event", "justice.release", [("prisoners", "freed")], [])
    one.claim(meet, "type", {"text": "contact.meet"}, "met", polarity="positive", realis="actual",
              certainty="certain", tense="past", confidence=0.913)
    one.claim(meet, "participant", {"referent": zoe}, "Zoë J.R. O'Neal", polarity="positive")
    one.claim(meet, "participant", {"referent": olha}, "Щербина Ольга")
    one.claim(meet, "place", {"place": {"raw": "Port Vell", "referent": port, "gazetteer": "g:1",
                                        "latitude": 53.9, "longitude": -27.5666667, "radius": 1200}},
              "Port Vell")
    one.claim(free, "type", {"text": "justice.release"}, "freed", polarity="negative",
              realis="other", speaker=olha, via=zoe, stance="denies", confidence=0)
    one.claim(free, "patient", {"quantity": {"raw": "More than 1,000 prisoners", "amount": "01000.50",
                                             "lower": "1000", "counted": "prisoner", "unit": "",
                                             "modifier": "more_than"}}, "More than 1,000 prisoners")
    one.claim(free, "patient", {"quantity": {"raw": "dozens", "counted": "Prisoner"}}, "dozens",
              attribution="unstated")
    one.claim(free, "agent", {"none": True})
    one.claim(free, "origin", {"some": True})
    one.claim(free, "place", {"place": {"latitude": 0, "longitude": 0}})
    one.claim(free, "time", {"time": {"raw": "again"}}, "again")
    one.claim(zoe, "role", {"text": "Envoy of the  Coast"}, polarity="positive")
    one.claim(zoe, "flies", {"text": "!!!"}, stance="questions")
    one.claim(guards, "located", {"place": {"gazetteer": "g:2"}})
    one.claim(ship, "role", {"text": "long " * 200})
    one.line["mentions"] = [{"spans": one.spans("1,000"), "kind": "quantity"},
                            {"spans": one.spans("again"), "kind": "time"}]
    return one.end()


def withheld_document():
    text = "Tarik left Port Vell."
    digest = hashlib.sha256(text.encode()).hexdigest()
    say(record="document", uri="urn:case:2", text_withheld=True, digest=digest,
        text_size=len(text.encode()), offsets="utf8", published="2031",
        referents=[{"kind": "entity", "type": "person", "names": [name("Tarik")],
                    "mentions": [{"spans": [[0, 5]], "canonical": True}]}],
        assertions=[{"subject": 0, "predicate": "located", "object": {"text": "Port Vell"}, "run": 1,
                     "evidence": [{"part": "filler", "spans": [[11, 20]]}]}])
    return document_id(text, "urn:case:2")


def timed_document(i, edtf):
    person = PEOPLE[i % len(PEOPLE)]
    one = Document("urn:time:%d" % i, "%s was arrested then, in text %d." % (person, i))
    who = one.referent("entity", "person", [person], [name(person)])
    event = one.referent("event", "justice.arrest", ["arrested"], [])
    one.claim(event, "type", {"text": "justice.arrest"}, polarity="positive", realis="actual")
    one.claim(event, "patient", {"referent": who}, polarity="positive")
    one.claim(event, "time", {"time": {"raw": "then", "edtf": edtf}}, "then")
    return one.end()


def random_document(i, rng):
    words = " ".join(rng.choice(["harbour", "strike", "Vell", "minister", "said", "freed", "on",
                                 "the", "quay"]) for _ in range(1500 if i % 160 == 0 else rng.choice([6, 12])))
    text = "Ida%d met Bo%d. %s, on the quay." % (i % 37, i % 11, words)  # [I-38]: what all have
    published = "20%02d-%02d-%02d" % (rng.randrange(10, 40), rng.randrange(1, 13), rng.randrange(1, 29))
    one = Document("urn:many:%d" % i, text, published=published)
    people = [one.referent("entity", "person", [word], [name(word)])
              for word in ("Ida%d" % (i % 37), "Bo%d" % (i % 11))]
    event = one.referent("event", "contact.meet", ["met"], [])
    one.claim(event, "type", {"text": "contact.meet"}, "met", polarity="positive", realis="actual")
    for who in people:
        one.claim(event, "participant", {"referent": who}, polarity="positive")
    if rng.random() < 0.8:
        one.claim(event, "time", {"time": {"edtf": published}})
    return one.end()


def worded_documents():
    """Texts of all languages that have a stemmer, and words of every kind."""
    words = ("l'homme d’État qu\u02bcil aujourd'hui 'quoted' rock'n'roll o' prisoner's PRISONERS' Straße"
             " ﬁnance Ångström \u1160a\u115f \u0345b \u037ac ÆON cafe\u0301 naïve İstanbul ΣΊΣΥΦΟΣ освобождённых заключенные Ёлка й и\u0306"
             " ประเทศไทย 東京タワー ひらがな カ 한국어 ab東cd'東 '東 2031 ³⁴ ½ Ⅳ x\u0301\u0302\u0303 \u0301 soft\u00adhyphen"
             " zero\u200dwidth a_b a-b a.b http://x.example/y?z ـمدينة القاهرة हिन्दी क्षेत्र " + "é" * 130 + " " + "y" * 300
             + " " + "'a" * 90 + " voyageuses erschossenen liberados gefangenen veröffentlichung detenidos"
             " arrestati vapautettiin fångarna løslatt losgelaten")
    for i, language in enumerate(["", "da", "de-AT", "EN_gb", "es", "fi", "fr-CA", "it", "nl", "nb", "nn", "no",
                                  "pt", "ru", "sv", "uk", "english", "be"]):
        Document("urn:words:%d" % i, "%s %d" % (words, i), **({"language": language} if language else {})).end()


def main(count):
    rng = random.Random(7)
    say(record="header", format="stemma", version="1.1", judged=True)
    say(record="run", run=0, name="hand", version="2", kind="human", settings="careful")
    say(record="run", run=1, name="reader", kind="model")
    say(record="run", run=2, name="never used", kind="rule")
    say(record="term", kind="entity_type", name="vessel.ferry", label="ferry", crosswalk=["x:ferry"])
    say(record="term", kind="predicate", name="flies", label="flies", single_valued=True)
    say(record="term", kind="event_type", name="sport.race", roles=["agent", "target"])
    sets = data_sets(rng, id_of)
    first, withheld = first_document(), withheld_document()
    timed = [timed_document(i, TIMES[i % len(TIMES)]) for i in range(max(len(TIMES), len(PEOPLE)))]
    many = [random_document(i, rng) for i in range(count)]
    worded_documents()
    pair = lambda a, i, b, j: {"left": "%s.%d" % (a, i), "right": "%s.%d" % (b, j)}
    for i in range(0, len(timed) - 3, 3):
        a, b, c = timed[i : i + 3]
        say(record="judgement", **pair(a, 0, b, 0), verdict="same", score=0.9, run=1)
        say(record="judgement", **pair(b, 0, c, 0), verdict="same", score=0.8, run=1)
        say(record="judgement", **pair(a, 0, c, 0), verdict="not_same", author="Ida",
            created="2031-06", reason="I know them",
            **({"retracted": "2031-07"} if i % 2 else {}))
        say(record="judgement", **pair(a, 1, b, 1), verdict="same", author="Bo")
        say(record="judgement", **pair(b, 1, a, 1), verdict="not_same", score=1, run=0)
        say(record="judgement", **pair(a, 1, b, 0), verdict="same", author="Bo")
        say(record="judgement", **pair(b, 1, c, 1), verdict="unsure", score=0, run=0)
    say(record="derivation", **{"from": timed[0], "to": first}, kind="copy", score=0.97, run=1,
        ranges=[[0, 8, 4, 12], [9, 12, 0, 3]])
    say(record="derivation", **{"from": timed[0], "to": first}, kind="quotes", score=0, author="Ida")
    say(record="derivation", **{"from": timed[0], "to": first}, kind="quotes", author="Ida")
    say(record="derivation", **{"from": timed[1], "to": timed[0]}, kind="same_agency", score=1, run=1)
    say(record="derivation", **{"from": timed[2], "to": timed[0]}, kind="excerpt", score=0.5, run=1,
        retracted="2031")
    say(record="derivation", **{"from": withheld, "to": timed[3]}, kind="revision", score=0.5, run=1,
        ranges=[[0, 5, 0, 5]])
    for left, right in joins(sets, "%s.0" % first, "%s.5" % first):
        say(record="judgement", left=left, right=right, verdict="same", author="Ida")
    for i in range(0, min(count, 600) - 1, 2):
        say(record="judgement", **pair(many[i], 0, many[i + 1], 1), verdict="same", score=0.5, run=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
