# SPDX-License-Identifier: MIT
"""Every command of stemma-query at terminals of 60, 80, 120 and 200 columns, about names in wide characters,
with combining marks, from right to left and with control characters: no line is wider than the terminal, nothing but
colour reaches it, colour ends with its line, and NO_COLOR is obeyed. And whoever finds nothing is told so.

    terminal.py BUILD SOURCE
"""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

build, source = sys.argv[1:3]
QUERY = os.path.join(build, "stemma-query")
failures = 0


def failed(what):
    global failures
    failures += 1
    print("FAILED:", what)


NAMES = ["王小明与他的非常长的名字和头衔", "Ἀλέξανδρος ὁ Μέγας", "Zoe\u0301 Vla\u0308dimir", "יוסף כהן",
         "محمد الأمين", "Evil\u001b[31mRed\u001b]0;title\u0007", "Over\u202eride", "Plain Jane",
         "Averyveryveryverylongnamewithoutanyspacesinitatallthatgoesonandonandonforever", "👩‍👩‍👧 Family"]


def write_kb(path):
    documents = []
    for number in range(4):
        text, referents, assertions = "", [], []

        def say(words):
            nonlocal text
            text += words
            return [len(text) - len(words), len(text)]

        def entity(name, kind="person"):
            span = say(name)
            # A name has its spaces collapsed; control characters it may have.
            referents.append({"kind": "entity", "type": kind, "names": [{"text": name}],
                              "mentions": [{"spans": [span], "kind": "name", "canonical": True}]})
            return len(referents) - 1

        who = [entity(NAMES[0])]
        for name in NAMES[1:]:
            say(" and ")
            who.append(entity(name))
        say(" were held in ")
        place = entity("ירושלים", "place")
        say(" with ")
        count = say(f"{12 + number} others")
        say(" and ")
        trigger = say("arrested")
        say(" on ")
        day = say("1 May")
        say(". ")
        referents.append({"kind": "event", "type": "justice.arrest",
                          "mentions": [{"spans": [trigger], "kind": "trigger", "canonical": True}]})
        event = len(referents) - 1

        def claim(subject, predicate, value, span):
            assertions.append({"subject": subject, "predicate": predicate, "object": value, "run": 0,
                               "polarity": "positive", "evidence": [{"part": "context", "spans": [span]}]})

        claim(event, "type", {"text": "justice.arrest"}, trigger)
        assertions[-1]["realis"] = "actual"
        for ordinal in who:
            claim(event, "patient", {"referent": ordinal}, trigger)
        claim(event, "patient", {"quantity": {"raw": f"{12 + number} others", "amount": str(12 + number),
                                              "counted": "other"}}, count)
        claim(event, "place", {"place": {"raw": "ירושלים", "referent": place}}, trigger)
        claim(event, "time", {"time": {"raw": "1 May", "edtf": "2031-05-01"}}, day)
        for ordinal in who[:4]:
            claim(ordinal, "role", {"text": NAMES[(ordinal + 3) % len(NAMES)]}, trigger)
            claim(ordinal, "sibling", {"referent": who[4]}, trigger)
        documents.append({"uri": f"https://a.example/{number}", "published": f"2031-05-0{number + 1}",
                          "publisher": NAMES[number], "title": " ".join(NAMES[::-1]), "text": text,
                          "referents": referents, "assertions": assertions})
    lines = [json.dumps({"record": "run", "run": 0, "name": "hand", "version": "1", "kind": "human"})]
    lines += [json.dumps(d) for d in documents]
    answer = subprocess.run([os.path.join(build, "stemma-pack"), "-q", "-f", "-o", path, "-"],
                            input="\n".join(lines) + "\n", text=True, capture_output=True, check=False)
    if answer.returncode != 0 or answer.stderr:
        failed(f"packing: {answer.stderr}")


# ---- At a terminal ------------------------------------------------------------------------------------

def at_terminal(columns, words, environment):
    """What a command writes to a terminal of so many columns, and its status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(words, stdout=slave, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                               env=environment)
    os.close(slave)
    out = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        out += more
    os.close(master)
    return out.decode("utf-8").replace("\r\n", "\n"), process.wait()


COLOR = re.compile(r"\x1b\[[0-9;]*m")


def width(line):
    """Columns, as a terminal counts them; of what they disagree on (joined emoji), the most."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Mn", "Me") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_lines(said, out, columns):
    if out.count("\u2068") != out.count("\u2069"):
        failed(f"{said}: isolates are not closed")
    for line in out.split("\n"):
        bare = COLOR.sub("", line)
        if width(bare) > columns:
            failed(f"{said}: {width(bare)} columns: {bare!r}")
            return
        if any(unicodedata.category(c) in ("Cc", "Co", "Cs") for c in bare) or \
                re.search("[\u200e\u200f\u202a-\u202e\u2066\u2067]", bare):
            failed(f"{said}: a character that drives the terminal: {bare!r}")
            return
        codes = COLOR.findall(line)
        if codes and codes[-1] != "\x1b[0m":
            failed(f"{said}: colour goes on behind {line!r}")
            return
        if bare.rstrip() != bare:
            failed(f"{said}: spaces at the end of {bare!r}")
            return


def questions(kb):
    def items(*words):
        out = subprocess.run([QUERY, "--format", "jsonl", kb, *words], capture_output=True, text=True,
                             check=False).stdout
        return [json.loads(line) for line in out.splitlines()]

    with open(os.path.join(source, "tools/schema/query.schema.json"), encoding="utf-8") as file:
        commands = json.load(file)["commands"]
    event = items("events")[0]
    people = [p["id"] for p in event["participants"]]
    claim = items("why", event["id"])[0]["claim"]["id"]
    document = items("sources")[0]["id"]
    asked = {"find": ["Plain Jane"], "show": [people[0]], "timeline": [people[3]], "why": [event["id"]],
             "between": people[:2], "search": ["arrested"],
             "diff": ["1900"], "sql": ["SELECT number, type, label, documents FROM event"]}
    for command in commands:
        yield [command, *asked.get(command, [])]
    for thing in (event["id"], claim, document, people[3], people[5]):
        yield ["show", thing]
    yield ["why", people[0]]
    yield ["find", NAMES[3]]
    yield ["agree", people[0]]
    yield ["between", people[0], people[4]]


# ---- Nothing found ------------------------------------------------------------------------------------

def check_nothing(kb):
    """Status 1, a note on standard error for people, an empty answer for programs."""
    empty = os.path.join(os.path.dirname(kb), "empty")
    subprocess.run([os.path.join(build, "stemma-pack"), "-q", "-f", "-o", empty, "-"], check=True, text=True,
                   input='{"uri":"a","text":"It rained.","published":"2031-05-01"}\n')
    asked = [["find", "Zzyzx"], ["show", "Zzyzx Qqq"], ["timeline", "Zzyzx Qqq"], ["events"], ["conflicts"], ["agree"],
             ["search", "zzyzx"], ["why", "v.000000000000.1"], ["sources", "--as-of", "1900"]]
    for words in asked:
        answer = subprocess.run([QUERY, empty, *words], capture_output=True, text=True, check=False)
        if answer.returncode != 1 or "stemma-query: " not in answer.stderr or answer.stdout:
            failed(f"nothing, {words}: status {answer.returncode}, {answer.stdout!r}, {answer.stderr!r}")
        answer = subprocess.run([QUERY, "-f", "json", empty, *words], capture_output=True, text=True, check=False)
        if answer.returncode != 1 or json.loads(answer.stdout) != []:
            failed(f"nothing as json, {words}: status {answer.returncode}, {answer.stdout!r}")


def main():
    with tempfile.TemporaryDirectory() as work:
        kb = os.path.join(work, "kb")
        write_kb(kb)
        plain = {"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": work, "LC_ALL": "C.UTF-8"}
        isolated = colored = 0
        for words in questions(kb):
            for columns in (60, 80, 120, 200):
                out, status = at_terminal(columns, [QUERY, kb, *words], plain)
                said = f"{words} at {columns}"
                if status not in (0, 1):
                    failed(f"{said}: status {status}")
                check_lines(said, out, columns)
                isolated += "\u2068" in out
                colored += "\x1b[" in out
                if os.environ.get("SHOW"):
                    print(out)
            bare, _ = at_terminal(80, [QUERY, kb, *words], dict(plain, NO_COLOR="1"))
            if "\x1b" in bare:
                failed(f"{words}: colour in spite of NO_COLOR")
            for color, wanted in (("always", True), ("auto", False), ("never", False)):
                piped = subprocess.run([QUERY, "--color", color, kb, *words], capture_output=True, text=True,
                                       env=plain, check=False).stdout
                if ("\x1b" in piped) and not wanted:
                    failed(f"{words}: --color {color} colours a pipe")
                if any(c and c[-1] != "\x1b[0m" for c in map(COLOR.findall, piped.split("\n"))):
                    failed(f"{words}: --color {color}: colour goes over the end of a line")
        if not isolated or not colored:
            failed("no line has words from right to left, or none has colour")
        check_nothing(kb)
    print(failures, "failures")
    return failures != 0


sys.exit(main())
