# SPDX-License-Identifier: MIT
"""No text of a file drives a terminal: strangers_terminal.py BUILD

Every text that a document can have carries escape sequences, controls and characters that turn the reading
direction. What people read must show them as marks; what programs read must have them as they were."""
import json
import os
import re
import subprocess
import sys
import tempfile

BUILD = sys.argv[1]
EVIL = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\u2066\x7f\u200f"
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
failures = []


def fail(*words):
    failures.append(" ".join(str(word) for word in words))
    print("FAILED", *words)


def run(*arguments, program="stemma-query"):
    done = subprocess.run([os.path.join(BUILD, program), *arguments], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def document(number):
    name = "Ilana" + EVIL + "Voss"
    place = "Tess" + EVIL + "aly"
    text = "%s freed 30%s prisoners in %s on %d May 2031." % (name, EVIL, place, number)

    def span(piece):
        at = text.index(piece)
        return [[at, at + len(piece)]]

    shown = [{"part": "context", "spans": [[0, len(text)]]}]

    def said(predicate, value, **more):
        return {"subject": 1, "predicate": predicate, "object": value, "run": 0, "evidence": shown, **more}

    return {
        "uri": "urn:%d:%s" % (number, EVIL), "title": "Title" + EVIL, "publisher": "Publisher" + EVIL, "agency": "Agency" + EVIL,
        "byline": "By" + EVIL, "licence": "Licence" + EVIL, "published": {"raw": "May" + EVIL, "edtf": "2031-05-%02d" % number},
        "text": text, "offsets": "codepoint",
        "referents": [
            {"kind": "entity", "type": "person", "names": [{"text": name}],
             "mentions": [{"spans": span(name), "kind": "name", "canonical": True}]},
            {"kind": "event", "type": "justice.release", "mentions": [{"spans": span("freed"), "kind": "trigger", "canonical": True}]},
            {"kind": "entity", "type": "place", "names": [{"text": place}],
             "mentions": [{"spans": span(place), "kind": "name", "canonical": True}]},
        ],
        "assertions": [
            said("agent", {"referent": 0}), said("place", {"referent": 2}),
            said("patient", {"quantity": {"raw": "3%d" % number + EVIL, "amount": "3%d" % number, "unit": "prison" + EVIL}}),
            said("time", {"time": {"raw": "on" + EVIL, "edtf": "2031-05-%02d" % number}}, speaker=0, attribution="speaker"),
        ],
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("in.jsonl", "w", encoding="utf-8") as out:
            out.write(json.dumps({"record": "run", "run": 0, "name": "run" + EVIL, "version": EVIL, "kind": "model", "settings": EVIL}) + "\n")
            for number in (1, 2, 3):
                out.write(json.dumps(document(number)) + "\n")
        kb = "kb%s.stemma" % EVIL
        status, _, err = run("-o", kb, "in.jsonl", program="stemma-pack")
        if status != 0:
            fail("packing", status, err)
            return
        if DANGEROUS.search(err):
            fail("stemma-pack drives the terminal:", repr(err))
        _, dumped, _ = run(kb, program="stemma-dump")
        lines = [json.loads(line) for line in dumped.splitlines()]
        uri = next(line["uri"] for line in lines if line["record"] == "document")
        if EVIL not in uri:
            fail("the dump lost something:", repr(uri))
        _, found, _ = run(kb, "find", "Ilana", "--format", "json")
        _, events, _ = run(kb, "events", "--format", "json")
        person = re.search(r'"(e\.[a-z0-9]+\.\d+)"', found)
        event = re.search(r'"(v\.[a-z0-9]+\.\d+)"', events)
        if not person or not event:
            fail("nothing is found:", found[:200], events[:200])
            return
        questions = [
            ["find", "Ilana"], ["find", EVIL], ["show", person[1]], ["show", event[1]], ["show", "nobody" + EVIL], ["events"],
            ["timeline", person[1]], ["why", event[1]], ["conflicts"], ["conflicts", event[1]], ["agree"], ["sources"], ["doubtful"],
            ["search", "prisoners"], ["search", '"' + EVIL], ["diff", "2031-05-02"], ["stats"], ["between", "Ilana", "Tess"],
            ["events", "--who", EVIL], ["events", "--from", EVIL], ["events", "--type", EVIL], ["nonsense" + EVIL], ["events", "--limit", EVIL],
            ["--" + EVIL], ["sql", "SELECT * FROM document"], ["sql", "SELECT name, names.text FROM names" + EVIL],
            ["sql", "SELECT char(27) || '[31m', name AS \"a%s\" FROM entity" % EVIL.replace("\x00", "")], ["events", "--publisher", "Publisher"],
            ["why", event[1], "--sentences"], ["sources", "--passages"],
        ]
        whole = 0
        for question in questions:
            status, out, err = run(kb, *question, "--color", "never")
            if status > 7:
                fail(question, "ended with", status)
            for where, text in (("output", out), ("messages", err)):
                bad = DANGEROUS.search(text)
                if bad:
                    fail(question, where, "drives the terminal:", repr(text[max(0, bad.start() - 40):bad.start() + 20]))
            status, out, err = run(kb, *question, "--format", "jsonl")
            for line in out.splitlines() if status == 0 else []:
                whole += EVIL in json.dumps(json.loads(line), ensure_ascii=False).replace("\\u001b", "\x1b").replace("\\u0007", "\x07")
        if whole == 0:
            fail("no answer in JSON has the texts as they are")
        for arguments in ([kb, "--check"], [kb, "--stats"], ["no" + EVIL], [kb, "--documents", "9-9"], ["--" + EVIL], ["--offsets", EVIL, kb]):
            _, out, err = run(*arguments, program="stemma-dump")
            if DANGEROUS.search(err):
                fail("stemma-dump", arguments, "drives the terminal:", repr(err))
        with open("bad" + EVIL + ".jsonl", "w", encoding="utf-8") as out:
            out.write('{"uri":"%s"\n' % EVIL)
            out.write(json.dumps({"uri": "x" + EVIL, "text": "a", "title" + EVIL: 1, "referents": [{"kind": EVIL}]}) + "\n")
            out.write(json.dumps({"uri": "x", "published": EVIL, "text": "a"}) + "\n")
        with open("bad" + EVIL + ".map", "w", encoding="utf-8") as out:
            out.write("[table%s]\nx%s = %s\n" % (EVIL, EVIL, EVIL))
        os.mkdir("pages" + EVIL)
        with open("pages%s/a%s.txt" % (EVIL, EVIL), "wb") as out:
            out.write(b"\xff")
        with open("ok.txt", "w", encoding="utf-8") as out:
            out.write("Mayor Voss left.")
        with open("manifest.csv", "w", encoding="utf-8") as out:
            out.write('file,mood%s,published\n"gone%s.txt",x,y\nok.txt,x,"%s"\n' % (EVIL, EVIL, EVIL))
        for arguments in (["-o", "x.stemma", "bad" + EVIL + ".jsonl"], ["-o", "x.stemma", "--mapping", "bad" + EVIL + ".map", "ok.txt"],
                          ["-o", "x.stemma", "pages" + EVIL], ["-o", "x.stemma", "-m", "manifest.csv", "ok.txt"], ["-o", kb, "ok.txt"],
                          ["-o", EVIL + "/x", "ok.txt"], ["--" + EVIL], ["-o", "x", "--model", EVIL, "ok.txt"], ["-o", "x", "-b", EVIL, "ok.txt"],
                          ["-o", "x", "--judgements", EVIL, "ok.txt"], ["-o", "x", "--memory", EVIL, "ok.txt"], ["-f", "-v", "-o", "y" + EVIL, "ok.txt"]):
            status, out, err = run(*arguments, program="stemma-pack")
            if DANGEROUS.search(err) or DANGEROUS.search(out):
                fail("stemma-pack", arguments, "drives the terminal:", repr(err))
            if status not in (0, 2, 3, 4, 6):
                fail("stemma-pack", arguments, status, repr(err))


main()
sys.exit(1 if failures else 0)
