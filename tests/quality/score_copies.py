#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well copies among documents are found: score_copies.py BUILD [--json] [--size N] [--errors]

Invents articles, derives others from them as newspapers do (cut short, words changed, sentences left out, a
half used beside other text, an agency's report under another headline, a later edition), and adds what looks
alike but is not derived: the same happening told in other words, the same footer under every page of a
paper, the same quotation, the same set phrases. The articles of the sample corpus are edited, too. What
stemma-pack finds is compared with what was done: pairs, kind, direction, and the shared passages.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

ONSETS = "B Br D Dr F G Gr H J K Kr L M N P R S St T Tr V Z Sh Ch".split()
VOWELS = "a e i o u ai ei ou".split()
CODAS = "l n r s m k t v nd rk st lm".split()
GIVEN = "Anna Boris Clara Daniel Elena Felix Greta Hanna Ivan Julia Karl Lena Maria Nadia Oskar Peter Rosa Simon Vera".split()
NOUNS = ("bridge harbour school budget river market railway hospital archive orchard factory library tunnel "
         "stadium reservoir depot monastery airfield quarry brewery theatre lighthouse canal museum warehouse").split()
KINDS = ("old new disputed unfinished crowded abandoned costly famous leaking modest northern southern rebuilt "
         "private public wooden narrow flooded empty restored").split()
TRADES = ("minister mayor judge engineer teacher farmer doctor driver lawyer sailor banker baker nurse miner "
          "professor inspector architect historian firefighter conductor").split()
TIMES = "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|last week|this month|in the spring|before the holidays".split("|")
WAYS = ("quietly hastily finally reluctantly openly twice slowly suddenly formally briefly again unexpectedly").split()
VERBS = ("inspect repair sell close visit photograph measure survey paint insure rent defend extend clean "
         "guard rename list audit lease fence").split()
# Each line tells one kind of fact in four ways.
FACTS = [
    ["{name}, {a_trade} from {city}, will {verb} the {kind} {noun} near {town} {time}.",
     "The {kind} {noun} of {town} is to see {name} of {city}, who plans to {verb} it {time}.",
     "Plans to {verb} a {kind} {noun} outside {town} were confirmed {time} by {trade} {name} ({city}).",
     "{time_cap}, {town} expects {name}: the {trade} from {city} intends to {verb} its {kind} {noun}."],
    ["The council of {city} spent {count} million on the {noun}, {count2} percent more than {name} had {way} promised.",
     "{count} million went into the {noun}; {name} had {way} spoken of less, and the excess of {count2} percent angered {city}.",
     "For its {noun} {city} paid {count2} percent above the sum that {name} {way} named, {count} million in all.",
     "{name} {way} underestimated the {noun}: {city} put {count} million into it, exceeding the plan by {count2} percent."],
    ["A {kind} {noun} in {town} collapsed {time}, and {count} people, among them {a_trade}, were taken to {city}.",
     "{count} residents of {town} were brought to {city} after their {kind} {noun} fell down {time}; one works as {a_trade}.",
     "{time_cap} {town} lost its {kind} {noun}. Ambulances from {city} carried away {count} victims, {a_trade} included.",
     "Including {a_trade}, {count} persons needed help from {city} when walls of the {kind} {noun} at {town} gave way {time}."],
    ["{name} {way} refused to {verb} anything in {town} until the {trade}s of {city} return the {noun}.",
     "Unless {city}'s {trade}s give back the {noun}, {name} {way} declines to {verb} a single thing at {town}.",
     "Nothing in {town} would be touched, {name} {way} declared: first, {trade}s in {city} must hand over the {noun} they want to {verb}.",
     "The {noun} has to come back from the {trade}s at {city}; so long {name} will {way} not {verb} around {town}."],
    ["Some {count} {trade}s marched through {town} {time} because the {kind} {noun} may be closed for {count2} months.",
     "Fearing that a {kind} {noun} shuts for {count2} months, {trade}s took to the streets of {town} {time}; police counted {count}.",
     "{time_cap}, as many as {count} {trade}s protested at {town} over {count2} months without the {kind} {noun}.",
     "In {town} the possible closing of the {kind} {noun} ({count2} months) brought {count} {trade}s out {time}."],
    ["{name} bought the {noun} between {city} and {town} for {count} thousand, {time}, and will {verb} it {way}.",
     "The {noun} on the way from {city} to {town} has {a_trade} as its new owner: {name} gave {count} thousand and means to {way} {verb} it.",
     "{count} thousand was the price at which {name} acquired {time} what {city} and {town} call their {noun}, in order to {verb} it {way}.",
     "Ownership of the {noun} passed {time} to {name}, whose offer of {count} thousand beat rivals from {city} and {town}."],
    ["Nobody in {city} remembers when the {kind} {noun} was last used, said {name}, {a_trade} for {count} years.",
     "{name} has been {a_trade} for {count} years and cannot tell when {city} last used its {kind} {noun}.",
     "When did the {kind} {noun} serve {city} for the last time? Even {name}, with {count} years as {a_trade}, does not know.",
     "The last use of {city}'s {kind} {noun} is beyond the memory of {a_trade} {name}, who has worked there {count} years."],
    ["Rain delayed the {trade}s who {way} {verb} the {noun}; {town} now waits until {count} workers arrive from {city}.",
     "Because of heavy rain {town} must wait for {count} men from {city} before {trade}s can {way} {verb} its {noun}.",
     "{count} hands are expected from {city}, yet the rain keeps {trade}s from the {noun} that {town} wants to {verb} {way}.",
     "With the {noun} under water, {trade}s cannot {way} {verb} it, and {city} has not sent {town} the {count} helpers it asked for."],
]
PHRASES = ["according to people familiar with the matter", "did not immediately respond to a request for comment",
           "it was not clear on Monday what had caused the accident", "in what observers called a sign of the times"]


def word(rng):
    return "".join(rng.choice(ONSETS).lower() + rng.choice(VOWELS) for _ in range(rng.randint(1, 3))) + rng.choice(CODAS)


def name_of(rng):
    return f"{rng.choice(GIVEN)} {word(rng).capitalize()}"


def a(noun):
    return ("an " if noun[0] in "aeiou" else "a ") + noun


class Story:
    """Facts with their names, to be told in any number of ways."""

    def __init__(self, seed, size=None):
        rng = random.Random(f"story {seed}")
        cast = [name_of(rng) for _ in range(4)]
        places = [word(rng).capitalize() for _ in range(5)]
        self.facts = []
        for _ in range(size or rng.randint(12, 24)):
            trade = rng.choice(TRADES)
            time = rng.choice(TIMES)
            self.facts.append((rng.randrange(len(FACTS)), {
                "name": rng.choice(cast), "city": rng.choice(places), "town": rng.choice(places), "trade": trade,
                "a_trade": a(trade), "noun": rng.choice(NOUNS), "kind": rng.choice(KINDS), "verb": rng.choice(VERBS),
                "time": time, "time_cap": time[0].upper() + time[1:], "way": rng.choice(WAYS),
                "count": rng.randint(3, 900), "count2": rng.randint(2, 60)}))
        self.title = f"{rng.choice(KINDS).capitalize()} {rng.choice(NOUNS)} divides {places[0]}"

    def tell(self, seed, avoid=()):
        """Sentences; the ways in which facts are told are not those in `avoid`."""
        rng = random.Random(f"telling {seed}")
        ways = []
        for index, _ in self.facts:
            free = [w for w in range(4) if (len(ways), w) not in avoid]
            ways.append((len(ways), rng.choice(free)))
        return [FACTS[kind][ways[i][1]].format(**slots) for i, (kind, slots) in enumerate(self.facts)], ways


class Corpus:
    def __init__(self):
        self.documents = []
        self.truth = {}  # (from, to) -> (kinds allowed, shared sentences or None)

    def add(self, title, sentences, day, publisher, agency=None, uri=None, tail=None):
        number = len(self.documents)
        paragraphs = [" ".join(sentences[i:i + 3]) for i in range(0, len(sentences), 3)]
        if tail:
            paragraphs.append(tail)
        record = {"record": "document", "uri": uri or f"https://{publisher.lower().replace(' ', '')}.example/{number}",
                  "title": title, "publisher": publisher, "language": "en",
                  "published": {"edtf": f"2024-{1 + day // 28 % 12:02}-{1 + day % 28:02}"},
                  "text": title + "\n\n" + "\n\n".join(paragraphs)}
        if agency:
            record["agency"] = agency
        self.documents.append(record)
        return record["uri"]

    def derive(self, new, old, kinds, shared=None):
        self.truth[(new, old)] = (kinds, shared)


def change_words(rng, sentence, share):
    words = sentence.split(" ")
    for i in range(len(words)):
        if rng.random() < share:
            words[i] = word(rng)
    return " ".join(words)


def split_sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) >= 4]


def sample_articles(source):
    folder = os.path.join(source, "tests", "corpus", "articles")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield split_sentences(" ".join(file.read().split()))


def unlike(articles):
    """Those that share next to nothing with an earlier one: the sample corpus has copies of its own."""
    known = set()
    for sentences in articles:
        words = words_of(" ".join(sentences))
        runs = {tuple(words[i:i + 5]) for i in range(len(words) - 4)}
        if len(runs & known) <= 3:
            yield sentences
        known |= runs


def make(size, source):
    corpus = Corpus()
    papers = [f"The {word(random.Random(f'paper {i}')).capitalize()} Courier" for i in range(24)]
    footers = {}
    for paper in papers:
        rng = random.Random(f"footer {paper}")
        footers[paper] = (f"{paper} has been printed in {word(rng).capitalize()} since {rng.randint(1850, 1990)}. Letters to the "
                          f"editors reach us under box {rng.randint(10, 99)}; subscriptions can be ended at any time with a notice "
                          f"of {rng.randint(2, 9)} weeks. No part of this page may be reproduced, stored or passed on "
                          "without the written consent of the publisher, who takes no responsibility for the content "
                          "of advertisements or of pages to which it links.")
    agencies = ["Norpress", "Delta Wire"]
    samples = list(unlike(s for s in sample_articles(source) if len(s) >= 8))

    def original(number, rng):
        """A story of its own, or one from the sample corpus with its names left as they are."""
        return Story(f"original {number}").tell(f"original {number}")[0]

    for number in range(size):
        rng = random.Random(f"document {number}")
        day = number % 300
        paper = rng.choice(papers)
        tail = footers[paper]
        story = Story(number)
        sentences, ways = story.tell(number)
        if number < len(samples):
            sentences, ways = samples[number], None
        other_paper = rng.choice([p for p in papers if p != paper])
        later = day + rng.randint(1, 2)
        edit = ["cut", "words", "drop", "half", "wire", "two papers", "edition", "told again", "quotation", "phrases",
                "alone", "alone"][number % 12]
        if number < len(samples):
            edit = ["cut", "words", "drop", "half"][number % 4]
        if edit == "wire":
            agency = rng.choice(agencies)
            old = corpus.add(story.title, sentences, day, agency, agency)
            new = corpus.add(Story(f"headline {number}").title, sentences[:max(6, len(sentences) * 9 // 10)], day,
                             other_paper, agency, tail=footers[other_paper])
            corpus.derive(new, old, {"copy", "excerpt"})
            continue
        if edit == "two papers":
            agency = rng.choice(agencies)
            cut = max(6, len(sentences) * 2 // 3)
            old = corpus.add(story.title, sentences[:cut] + Story(f"more {number}").tell(1)[0][:4], day, paper, agency, tail=tail)
            new = corpus.add(Story(f"headline {number}").title, sentences[2:] + Story(f"most {number}").tell(1)[0][:4], day,
                             other_paper, agency, tail=footers[other_paper])
            corpus.derive(new, old, {"same_agency", "copy", "excerpt"})
            corpus.derive(old, new, {"same_agency", "copy", "excerpt"})
            continue
        if edit == "edition":
            uri = f"https://{paper.lower().replace(' ', '')}.example/story-{number}"
            old = corpus.add(story.title, sentences, day, paper, uri=uri + ".html", tail=tail)
            fresh = Story(f"update {number}").tell(1)[0][:4]
            new = corpus.add(story.title, fresh + [s for s in sentences if rng.random() < 0.85], day + 1, paper,
                             uri=uri + "?updated=1", tail=tail)
            corpus.derive(new, old, {"revision"})
            continue
        if edit == "quotation":
            said = " ".join(word(rng) for _ in range(rng.randint(14, 26)))
            speaker = name_of(rng)
            first = sentences[:4] + [f'"{said.capitalize()}," said {speaker} {rng.choice(TIMES)}.'] + sentences[4:]
            old = corpus.add(story.title, first, day, paper, tail=tail)
            again = Story(f"quoting {number}")
            second = again.tell(1)[0]
            corpus.add(again.title, second[:6] + [f'{speaker} told reporters: "{said.capitalize()}."'] + second[6:], later,
                       other_paper, tail=footers[other_paper])
            continue
        if edit == "phrases":
            for copy in range(3):
                rival = Story(f"phrases {number} {copy}")
                telling = rival.tell(1)[0]
                for phrase in PHRASES:
                    telling.insert(rng.randrange(len(telling)), f"{name_of(rng)} of {word(rng).capitalize()} {phrase}.")
                corpus.add(rival.title, telling, day + copy, rng.choice(papers))
            continue
        old = corpus.add(story.title, sentences, day, paper, tail=tail)
        if edit == "cut":
            kept = sentences[:max(4, int(len(sentences) * rng.uniform(0.35, 0.6)))]
            new = corpus.add(story.title, kept, later, other_paper)
            corpus.derive(new, old, {"excerpt", "copy"}, kept)
        elif edit == "words":
            new = corpus.add(story.title, [change_words(rng, s, 0.05) for s in sentences], later, other_paper)
            corpus.derive(new, old, {"copy"})
        elif edit == "drop":
            kept = [s for s in sentences if rng.random() >= 0.3]
            new = corpus.add(story.title, kept, later, other_paper)
            corpus.derive(new, old, {"excerpt", "copy"}, kept)
        elif edit == "half":
            kept = sentences[:len(sentences) // 2]
            foreign = Story(f"foreign {number}").tell(1)[0][:len(kept)]
            new = corpus.add(Story(f"headline {number}").title, foreign[:2] + kept + foreign[2:], later, other_paper,
                             tail=footers[other_paper])
            corpus.derive(new, old, {"quotes", "excerpt"}, kept)
        elif edit == "told again":
            again = story.tell(f"again {number}", avoid=set(ways))[0]
            corpus.add(Story(f"headline {number}").title, again, later, other_paper, tail=footers[other_paper])
    return corpus


def covered(ranges):
    return set(i for start, end in ranges for i in range(start, end))


def words_of(text):
    return re.findall(r"\w+", text.lower())


def score(corpus, found, texts, errors):
    truth = corpus.truth
    pairs = {frozenset(p) for p in truth}
    hit = set()
    wrong = []
    kinds = directions = 0
    overlap = []
    exact = total = 0
    for (new, old), (kind, ranges) in found.items():
        pair = frozenset((new, old))
        if pair not in pairs:
            wrong.append((new, old, kind))
            continue
        hit.add(pair)
        if (new, old) in truth:
            directions += 1
            allowed, shared = truth[(new, old)]
            kinds += kind in allowed
            if kind not in allowed and errors:
                print("kind", kind, "not", allowed, new, old, file=sys.stderr)
            if shared:
                want = set()
                for sentence in shared:
                    at = texts[new].find(sentence)
                    want |= set(range(at, at + len(sentence)))
                if texts[old].startswith(texts[new].split("\n")[0] + "\n"):
                    want |= set(range(len(texts[new].split("\n")[0])))
                want = {i for i in want if texts[new][i].isalnum()}
                got = {i for i in covered([(r[0], r[1]) for r in ranges]) if texts[new][i].isalnum()}
                overlap.append(2 * len(want & got) / (len(want) + len(got)))
        elif errors:
            print("direction", kind, new, old, file=sys.stderr)
        for start, end, other, other_end in ranges:
            total += 1
            exact += words_of(texts[new][start:end]) == words_of(texts[old][other:other_end])
    if errors:
        for new, old, kind in wrong:
            print("wrong", kind, new, old, file=sys.stderr)
        for pair in sorted(sorted(p) for p in pairs - hit):
            print("missing", *pair, [truth.get((pair[0], pair[1])), truth.get((pair[1], pair[0]))][0], file=sys.stderr)
    return {"recall": len(hit) / len(pairs), "precision": len(hit) / (len(hit) + len(wrong)) if hit else 0.0,
            "kind": kinds / max(1, directions), "direction": directions / max(1, len(hit)),
            "passages": sum(overlap) / max(1, len(overlap)), "ranges that read the same": exact / max(1, total)}


TARGETS = {"recall": 0.99, "precision": 0.98, "kind": 0.95, "direction": 0.95, "passages": 0.97,
           "ranges that read the same": 1.0}


def main():
    build = sys.argv[1]
    size = int(sys.argv[sys.argv.index("--size") + 1]) if "--size" in sys.argv else 600
    source = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    corpus = make(size, source)
    with tempfile.TemporaryDirectory() as folder:
        news = os.path.join(folder, "news.jsonl")
        base = os.path.join(folder, "news.stemma")
        with open(news, "w", encoding="utf-8") as file:
            for record in corpus.documents:
                # Testimony that says nothing: texts are compared, not read.
                file.write(json.dumps(dict(record, referents=[], assertions=[])) + "\n")
        subprocess.run([os.path.join(build, "stemma-pack"), "-q", "-f", "-o", base, news], check=True)
        dump = subprocess.run([os.path.join(build, "stemma-dump"), base], capture_output=True, text=True, check=True).stdout
    records = [json.loads(line) for line in dump.splitlines()]
    uri = {r["id"]: r["uri"] for r in records if r["record"] == "document"}
    texts = {r["uri"]: r["text"] for r in records if r["record"] == "document"}
    found = {(uri[r["from"]], uri[r["to"]]): (r["kind"], r.get("ranges", [])) for r in records if r["record"] == "derivation"}
    figures = score(corpus, found, texts, "--errors" in sys.argv)
    for measure, value in figures.items():
        if "--json" in sys.argv:
            print(json.dumps({"task": "copies", "data": f"{len(corpus.documents)} invented articles", "part": "dev",
                              "measure": measure, "score": round(value, 4), "target": TARGETS[measure]}))
        else:
            print(f"{measure:28} {value:.3f}")


main()
