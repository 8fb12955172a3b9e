# SPDX-License-Identifier: MIT
"""Every command of stemma-query, asked about several knowledge bases: what it prints as JSON is what
tools/schema/query.schema.json says, key by key; json and jsonl are the same items; csv and tsv have the
columns of the schema and the same fields. Every definition and key of the schema is printed by something.

    query_schema.py BUILD SOURCE

A new command needs questions in QUESTIONS. In a question E, V, C and D stand for ids of an entity, event,
claim and document of the file, A and B for two entities that a claim ties, and KB for the file.
"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

build, source = sys.argv[1:3]
QUERY = os.path.join(build, "stemma-query")
with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
    SANITIZED = re.search(r"^STEMMA_SANITIZE:STRING=.", cache.read(), re.MULTILINE) is not None
QUESTIONS = {
    "find": ["NAME", "NAME -n 1 --offset 1", "NAME --type person", "NAME --prefix"],
    "show": ["E", "V", "C", "D", "show"],
    "events": ["", "-n 3", "--actual", "--from 2000 --to 2040", "--who NAME", "--type justice",
               "--whom NAME", "--with agent=NAME --with patient=", "--type justice,contact --role patient",
               "--during 2000/2040", "--amount 1..", "--certainty certain", "--publisher Bulletin",
               "--speaker NAME", "--place E"],
    "timeline": ["E", "NAME --actual", "E --by month", "E --by year -n 2 --offset 1", "NAME --during 2031"],
    "why": ["E", "V", "C", "-n 2 E"],
    "conflicts": ["", "E", "V"],
    "agree": ["", "E", "V"],
    "between": ["E E2", "E E3", "E2 E9", "A B", "E E2 --hops 3 -n 40", "E E3 --hops 4 -n 40"],
    "sources": ["", "D", "V", "--passages", "D --passages", "D D2"],
    "doubtful": ["", "-n 0"],
    "sql": ["SELECT number, id, type, earliest, documents * 0.5, place FROM event", "SELECT 1, 1, NULL WHERE 0"],
    "search": ["the", "WORD", "the --in E", "(the OR WORD) NOT title:zzz", "w*", "-- -zzz", "language:en"],
    "diff": ["1900", "2023-12-01 2024", "sample"],
    "stats": [""],
}
# Keys that no small file shows.
UNSEEN = set()
failures = 0


def failed(what):
    global failures
    failures += 1
    print("FAILED:", what)


def run(*words):
    answer = subprocess.run([*words], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    answer.stdout, answer.stderr = answer.stdout.decode(), answer.stderr.decode()  # line ends as they are
    return answer


def ask(kb, *words):
    return run(QUERY, kb, *words)


# ---- Which keys were seen ----------------------------------------------------------------------------

class Seen:
    """Walks an item beside its schema and notes the definitions and keys that it shows."""

    def __init__(self, schema):
        self.schema = schema
        self.validator = Draft202012Validator(schema)
        self.keys = set()
        self.defs = set()

    def fits(self, part, item):
        return self.validator.evolve(schema=part).is_valid(item)

    def walk(self, part, item, where):
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[1]
            self.defs.add(name)
            self.walk(self.schema["$defs"][name], item, name)
        for branch in part.get("oneOf", []) + part.get("anyOf", []):
            if self.fits(branch, item):
                self.walk(branch, item, where)
        if isinstance(item, dict):
            for key, value in item.items():
                if key in part.get("properties", {}):
                    self.keys.add((where, key))
                    self.walk(part["properties"][key], value, f"{where}.{key}")
        if isinstance(item, list) and "items" in part:
            for value in item:
                self.walk(part["items"], value, f"{where}[]")

    def all_keys(self, part, where):
        for key, value in part.get("properties", {}).items():
            yield where, key
            yield from self.all_keys(value, f"{where}.{key}")
        for branch in part.get("oneOf", []) + part.get("anyOf", []):
            yield from self.all_keys(branch, where)
        if "items" in part:
            yield from self.all_keys(part["items"], f"{where}[]")

    def unseen(self):
        for name, part in self.schema["$defs"].items():
            if name not in self.defs and "columns" not in part:
                yield name
            yield from (f"{w}.{k}" for w, k in self.all_keys(part, name) if (w, k) not in self.keys)


# ---- One question ------------------------------------------------------------------------------------

def all_columns(schema, name):
    """The lists of columns that a command may print."""
    part = schema["$defs"][name]
    if "columns" in part:
        return [part["columns"]]
    return [c for branch in part.get("oneOf", [])
            for c in all_columns(schema, branch["$ref"].rsplit("/", 1)[1])]


def plain(field):
    """A field of tsv without its escapes."""
    out, i = [], 0
    while i < len(field):
        if field[i] == "\\" and field[i + 1:i + 2] in ("t", "n", "r", "\\"):
            out.append({"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[field[i + 1]])
            i += 2
        else:
            out.append(field[i])
            i += 1
    return "".join(out)


def read_rows(answer, form):
    if form == "csv":
        return list(csv.reader(io.StringIO(answer.stdout, newline=""), strict=True))
    return [[plain(f) for f in line.split("\t")] for line in answer.stdout.split("\n")[:-1]]


def check_rows(schema, kb, command, words):
    rows = {}
    for form in ("csv", "tsv"):
        answer = ask(kb, command, "--format", form, *words)
        if answer.returncode not in (0, 1):
            failed(f"{command} {words} {form}: status {answer.returncode}: {answer.stderr}")
            return
        rows[form] = read_rows(answer, form)
    said = f"{command} {' '.join(words)}"
    if rows["csv"] != rows["tsv"]:
        failed(f"{said}: csv and tsv differ")
    if rows["csv"] and rows["csv"][0] not in all_columns(schema, command) != [["*"]]:
        failed(f"{said}: columns {rows['csv'][0]}, not {all_columns(schema, command)}")
    if any(len(row) != len(rows["csv"][0]) for row in rows["csv"]):
        failed(f"{said}: rows of other lengths than the first line")


def check(schema, seen, kb, command, words):
    """Asks in all forms for programs. The items."""
    said = f"{os.path.basename(kb)}: {command} {' '.join(words)}"
    lines = ask(kb, command, "--format", "jsonl", *words)
    # Under sanitizers one form is enough of most files: that the forms agree is seen in a release.
    every_form = not SANITIZED or os.path.basename(kb) == "everything"
    answer = ask(kb, command, "--format", "json", *words) if every_form else lines
    if answer.returncode not in (0, 1) or lines.returncode != answer.returncode:
        failed(f"{said}: status {answer.returncode}, {lines.returncode}: {answer.stderr}")
        return []
    items = json.loads(answer.stdout) if every_form else [json.loads(line) for line in lines.stdout.splitlines()]
    if not isinstance(items, list) or items != [json.loads(line) for line in lines.stdout.splitlines()]:
        failed(f"{said}: json is not the array of the lines of jsonl")
        return []
    if (answer.returncode == 1) != (items == []):
        failed(f"{said}: {len(items)} items and status {answer.returncode}")
    part = {"$ref": f"#/$defs/{command}"}
    for item in items:
        if not seen.fits(part, item):
            for error in list(seen.validator.evolve(schema=part).iter_errors(item))[:3]:
                best = min(error.context or [error], key=lambda e: len(e.message))
                failed(f"{said}: at {list(error.absolute_path)}: {best.message[:300]}")
            break
        seen.walk(part, item, command)
    if every_form:
        check_rows(schema, kb, command, words)
    return items


# ---- Questions ---------------------------------------------------------------------------------------

def words_of(question, ids):
    return [ids.get(word, word) for word in question.split() if ids.get(word, word) is not None]


def ids_of(kb, name, word):
    """What the letters of QUESTIONS stand for in a file."""
    def items(*words):
        out = ask(kb, "--format", "jsonl", *words).stdout
        return [json.loads(line) for line in out.splitlines()]

    ids = {"NAME": name, "WORD": word, "KB": kb}
    people = items("find", name, "-n", "0")
    events = items("events", "-n", "40")
    for event in events:
        people += event["participants"]
    entities = list(dict.fromkeys(p["id"] for p in people if p["id"].startswith("e.")))
    claims = [c["claim"]["id"] for e in events[:1] for c in items("why", e["id"], "-n", "1")]
    documents = items("sources", "-n", "2")
    for i in range(9):
        if entities:
            ids["E" if i == 0 else f"E{i + 1}"] = entities[min(i, len(entities) - 1)]
    for claim in items("agree", "-n", "0"):
        if claim["subject"]["id"][0] == "e" and claim["object"].get("id", "")[:1] == "e":
            ids.update({"A": claim["subject"]["id"], "B": claim["object"]["id"]})
    ids.update({"V": events[0]["id"] if events else None, "C": claims[0] if claims else None,
                "D": documents[0]["id"], "D2": documents[1]["id"] if len(documents) > 1 else None})
    return ids


def ask_all(schema, seen, kb, name, word, dates):
    ids = ids_of(kb, name, word)
    for command in schema["commands"]:
        if command not in QUESTIONS:
            failed(f"no question for {command}")
        for question in QUESTIONS.get(command, []):
            for date in ["", *dates]:
                words = words_of(question, ids)
                if words.count(None) or any(w in ("E", "V", "C", "D", "A") for w in words):
                    continue
                check(schema, seen, kb, command, words + (["--as-of", date] if date else []))
    # An event each: what few of them have is in some of them.
    for event in [json.loads(line) for line in
                  ask(kb, "events", "--format", "jsonl", "-n", "60").stdout.splitlines()]:
        check(schema, seen, kb, "why", [event["id"]])


def pack(kb, *words):
    answer = run(os.path.join(build, "stemma-pack"), "-q", "-f", "-o", kb, *words)
    if answer.returncode != 0:
        failed(f"packing {kb}: {answer.stderr}")
    return kb


def main():
    with open(os.path.join(source, "tools/schema/query.schema.json"), encoding="utf-8") as file:
        text = file.read()
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    if run(QUERY, "--schema").stdout != text:
        failed("stemma-query --schema prints something else than the file")
    usage = run(QUERY, "--help").stdout
    commands = [line.split()[0] for line in
                usage[usage.index("Commands:\n") + 10:].split("\n\n")[0].splitlines()]
    if commands != schema["commands"]:
        failed(f"--help has commands {commands}, the schema {schema['commands']}")
    if schema["anyOf"] != [{"$ref": f"#/$defs/{c}"} for c in commands]:
        failed("the alternatives of the schema are not its commands")
    seen = Seen(schema)
    corpus = os.path.join(source, "tests/corpus")
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        subprocess.run([os.path.join(build, "tests/write_query_kb"), "small"], check=True)
        subprocess.run([os.path.join(build, "tests/write_query_kb"), "chain", "chain"], check=True)
        pack("sample", "--manifest", f"{corpus}/manifest.csv", f"{corpus}/articles")
        pack("games", "--mapping", f"{corpus}/tables/matches.map", f"{corpus}/tables/matches.csv")
        pack("everything", os.path.join(source, "tests/tools/everything.jsonl"))
        ask_all(schema, seen, "small", "Ada Vex", "prisoners", ["2031-05-02", "1999"])
        ask_all(schema, seen, "chain", "Ada Vex", "freed", [])
        ask_all(schema, seen, "sample", "Kovarina", "released", ["2023-12-01"])
        ask_all(schema, seen, "games", "Oda Brill", "goal", [])
        ask_all(schema, seen, "everything", "Ada", "the", [])
    for what in seen.unseen():
        if what not in UNSEEN:
            failed(f"nothing shows {what}: is it printed at all?")
    for what in UNSEEN - set(seen.unseen()):
        failed(f"{what} stands among those that nothing shows")
    print(failures, "failures")
    return failures != 0


sys.exit(main())
