#!/bin/sh
# SPDX-License-Identifier: MIT
# The annotated sentences and the gold passages keep to their form: marks balance, labels are the
# four, every annotated text stands in its passage, types and predicates are in the vocabulary.
# Usage: test_annotated_text.sh BUILD_DIRECTORY SOURCE_DIRECTORY
set -eu
python3 - "$2" <<'PYTHON'
import json
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
wrong = []


def check(good, where, what):
    if not good:
        wrong.append(f"{where}: {what}")


def sentences(path):
    count = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        check(line == line.strip(), where, "white space at an end")
        rest = re.sub(r"\[(PER|ORG|LOC|NORP) [^\[\] ](?:[^\[\]]*[^\[\] ])?\]", "", line)
        check("[" not in rest and "]" not in rest, where, "a mark of a name is not well formed")
        count += bool(line)
    check(count > 100, path.name, "few sentences")


def passages(path):
    text = path.read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    if path.name.endswith("_test.jsonl"):
        check(list(lines[0]) == ["note"], path.name, "does not begin with its note")
        lines = lines[1:]
    check(len({line["id"] for line in lines}) == len(lines), path.name, "an id stands twice")
    return [(f"{path.name}: {line['id']}", line) for line in lines]


def texts(where, text, values):
    for value in values:
        check(value is None or value and value in text, where, f"not in the passage: {value}")


def values(where, line):
    for key in ("times", "quantities"):
        at = 0
        for entry in line[key]:
            at = line["text"].find(entry["text"], at)
            check(at >= 0, where, f"not there or out of order: {entry['text']}")
            at = max(at, 0) + len(entry["text"])


def speech(where, line):
    for said in line["statements"]:
        keys = ("cue", "speaker", "speaker_name", "addressee", "via")
        texts(where, line["text"], [said.get(key) for key in keys] + said["content"])
        check(said["form"] in ("direct", "indirect", "mixed"), where, "form")
        check(said["stance"] in ("asserts", "denies", "questions", "demands"), where, "stance")


def events(where, line, vocabulary):
    happened = line.get("events", [])
    check("events" in line or "facts" in line, where, "neither events nor facts")
    for event in happened:
        check(f'"{event["type"]}"' in vocabulary, where, f"type {event['type']}")
        args = [arg["text"] for arg in event["args"] if "count" not in arg]
        texts(where, line["text"], args + [event["trigger"], event.get("place")])
        for arg in event["args"]:
            check(f'"{arg["role"]}"' in vocabulary, where, f"role {arg['role']}")
    for relation in line.get("relations", []):
        check(f'"{relation["predicate"]}"' in vocabulary, where, relation["predicate"])
        check(relation["from"] < len(happened) > relation["to"], where, "relation to no event")
    for fact in line.get("facts", []):
        texts(where, line["text"], [fact["subject"], fact["object"]])
        check(f'"{fact["predicate"]}"' in vocabulary, where, f"predicate {fact['predicate']}")


for path in sorted((source / "tools/train/sentences").glob("*.txt")):
    sentences(path)
gold = source / "tests/quality/gold"
vocabulary = (source / "lib/index/vocabulary_builtin.c").read_text("utf-8")
for part in ("dev", "test"):
    for where, line in passages(gold / f"values_{part}.jsonl"):
        values(where, line)
    for where, line in passages(gold / f"speech_{part}.jsonl"):
        speech(where, line)
    for where, line in passages(gold / f"events_{part}.jsonl"):
        events(where, line, vocabulary)
print("\n".join(wrong[:50]))
sys.exit(1 if wrong else 0)
PYTHON
