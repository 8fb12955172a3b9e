#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes up news: make_articles.py COUNT > articles.jsonl

Writes COUNT articles without testimony as JSON Lines, the same for the same COUNT and every smaller
one a beginning of every larger one. Places, people and happenings are invented; how many of them there
are grows with the corpus as it does in real news, one article in ten is a copy of an earlier one with
cuts, and many tell of the same happenings.
"""
import json
import random
import sys

ONSETS = "B Br D Dr F G Gr H J K Kr L M N P R S St T Tr V Z".split()
VOWELS = "a e i o u ai ei".split()
CODAS = "l n r s m k t v nd rk st".split()
GIVEN = ("Anna Boris Clara Daniel Elena Felix Greta Hanna Ivan Julia Karl Lena Maria Nadia Oskar Peter Rosa "
         "Simon Tomas Vera").split()
OFFICES = ["president", "foreign minister", "interior minister", "opposition leader", "prosecutor general",
           "defence minister", "human rights activist", "journalist", "union leader", "police chief"]
DEEDS = [
    "Police in {city} arrested {name}, {a} {office} of {country}, on {day}.",
    "A court in {city} sentenced {name} to {count} years in prison on {day}.",
    "{name}, {a} {office} of {country}, met {other} in {city} on {day}.",
    "{country} released {count} prisoners on {day}, among them {name}, {other} said.",
    "At least {count} people were killed in an explosion in {city} on {day}, the interior ministry said.",
    "{country} imposed sanctions on {land} on {day}, {name} announced.",
    "{name} resigned as {office} of {country} on {day}.",
    "Thousands of people protested in {city} on {day} against {name}.",
    "{name} accused {other} of attacking the town of {city}.",
    "The parliament of {country} appointed {name} as {office} on {day}.",
]
TALK = [
    '"{country} will not give in," {name} told reporters in {city}.',
    "{other} denied the accusation, saying that {country} had acted within the law.",
    "Observers in {city} expect further talks between {country} and {land} before the winter.",
    "The decision was welcomed by {other}, who called it a step in the right direction.",
    "Residents of {city} spoke of long queues and closed shops.",
    "It was not clear how many of those held in {city} would be freed.",
    "According to {name}, negotiations with {land} had lasted for {count} days.",
    "The {office} of {land}, {other}, declined to comment.",
]


def word(rng, least, most):
    return "".join(rng.choice(ONSETS).lower() + rng.choice(VOWELS) for _ in range(rng.randint(least, most))) + \
        rng.choice(CODAS)


def pool(seed, least, most):
    """Item i of an endless list that does not depend on how much of it is asked for."""
    known = []

    def at(index):
        while len(known) <= index:
            rng = random.Random(f"{seed} {len(known)}")
            known.append(word(rng, least, most).capitalize())
        return known[index]
    return at


SURNAMES = pool("surname", 2, 3)
CITIES = pool("city", 1, 3)
COUNTRIES = pool("country", 1, 2)


def article(number):
    rng = random.Random(f"article {number}")
    reach = 20 + int(6 * (number + 1) ** 0.6)

    def one_of(count):
        return min(int(rng.paretovariate(0.7)) - 1, count - 1)

    def person():
        index = one_of(reach)
        return f"{GIVEN[index * 7 % len(GIVEN)]} {SURNAMES(index)}"

    day = number // 12
    date = f"{2010 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}"
    month = "January February March April May June July August September October November December".split()
    spoken = f"{day % 28 + 1} {month[day // 28 % 12]}"
    scene = random.Random(f"happening {number // 4}") if rng.random() < 0.5 else rng
    cast = [person() for _ in range(4)]
    if scene is not rng:
        rng, kept = scene, rng
        cast = [person() for _ in range(4)]
        rng = kept
    sentences = []
    for _ in range(rng.randint(12, 30)):
        form = rng.choice(DEEDS if rng.random() < 0.35 else TALK)
        office = rng.choice(OFFICES)
        sentences.append(form.format(
            name=rng.choice(cast), other=rng.choice(cast), city=CITIES(one_of(reach)),
            country=COUNTRIES(one_of(60)), land=COUNTRIES(one_of(60)), office=office,
            a="an" if office[0] in "aeiou" else "a", count=rng.randint(2, 40), day=spoken))
    paragraphs = [" ".join(sentences[i:i + 3]) for i in range(0, len(sentences), 3)]
    return {"title": sentences[0][:80], "publisher": f"The {CITIES(number % 40)} Courier", "date": date,
            "paragraphs": paragraphs}


def main():
    out = sys.stdout
    for number in range(int(sys.argv[1])):
        rng = random.Random(f"copy {number}")
        made = article(number)
        if number >= 10 and rng.random() < 0.1:
            source = article(number - rng.randint(1, 9))
            made["paragraphs"] = source["paragraphs"][:rng.randint(3, 9)] + made["paragraphs"][:1]
        record = {"record": "document", "uri": f"https://example.org/news/{number}", "title": made["title"],
                  "publisher": made["publisher"], "published": {"edtf": made["date"]}, "language": "en",
                  "text": made["title"] + "\n\n" + "\n\n".join(made["paragraphs"])}
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


main()
