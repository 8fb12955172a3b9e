# SPDX-License-Identifier: MIT
"""Checks and reports of salvage of sound and damaged files are what tools/schema/dump.schema.json says, key by
key; json and jsonl tell the same; the same whatever the number of threads.

    dump_schema.py BUILD SOURCE
"""
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

build, source = sys.argv[1:3]
DUMP = os.path.join(build, "stemma-dump")
PAGE = 4096
failures = 0
seen = set()


def failed(what):
    global failures
    failures += 1
    print("FAILED:", what)


def run(*words):
    return subprocess.run([*words], capture_output=True, check=False, text=True)


def validator(name):
    return Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{name}"}]})


def must_fit(validate, item, what):
    for error in validate.iter_errors(item):
        failed(f"{what}: {error.message[:200]} in {json.dumps(item)[:200]}")


def note(item):
    kind = item.get("record", "document")
    seen.update((kind, key) for key in item)
    if kind == "lost":
        seen.add(("what", item["what"]))
    if kind in ("check", "table"):
        seen.add((kind, "state", item["state"]))


with open(os.path.join(source, "tools/schema/dump.schema.json"), encoding="utf-8") as stream:
    SCHEMA = json.load(stream)
Draft202012Validator.check_schema(SCHEMA)
line_fits, document_fits = validator("line"), validator("check_document")

with tempfile.TemporaryDirectory() as folder:
    kb, bad, report = (os.path.join(folder, name) for name in ("kb.stemma", "bad.stemma", "report"))
    packed = run(os.path.join(build, "stemma-pack"), "-q", "-o", kb, os.path.join(source, "tests/tools/everything.jsonl"))
    if packed.returncode != 0:
        sys.exit(packed.stderr)
    with open(kb, "rb") as stream:
        sound = stream.read()
    pages = len(sound) // PAGE
    damages = {"sound": sound, "half": sound[:len(sound) // 2], "metas": bytes(2 * PAGE) + sound[2 * PAGE:],
               "nothing": bytes(8 * PAGE), "no file": b"x" * 10}
    for page in range(2, pages):
        damages[f"page {page}"] = sound[:page * PAGE] + bytes(PAGE) + sound[(page + 1) * PAGE:]
    for at in range(2 * PAGE + 50, len(sound), len(sound) // 40):
        damages[f"byte {at}"] = sound[:at] + bytes([sound[at] ^ 0x41]) + sound[at + 1:]
    for name, content in damages.items():
        with open(bad, "wb") as stream:
            stream.write(content)
        lines = run(DUMP, "-q", "--check", "--format", "jsonl", bad)
        if lines.stdout != run(DUMP, "-q", "--check", "--format", "jsonl", "-j", "3", bad).stdout:
            failed(f"{name}: threads find something else")
        items = [json.loads(line) for line in lines.stdout.splitlines()]
        whole = json.loads(run(DUMP, "-q", "--check", "--format", "json", bad).stdout)
        must_fit(document_fits, whole, name)
        for item in items:
            must_fit(line_fits, item, name)
            note(item)
        for kind, key in (("problem", "found"), ("check", "checks"), ("table", "tables")):
            if [{k: v for k, v in item.items() if k != "record"} for item in items if item["record"] == kind] != whole[key]:
                failed(f"{name}: json and jsonl differ in {key}")
        if os.path.exists(report):
            os.unlink(report)
        saved = run(DUMP, "-q", "--salvage", "--report", report, bad)
        if saved.returncode not in (0, 1, 4):
            failed(f"{name}: salvage ends with {saved.returncode}: {saved.stderr}")
        with open(report, encoding="utf-8") as stream:
            for line in stream:
                must_fit(line_fits, json.loads(line), name)
                note(json.loads(line))
for definition in ("problem", "check", "table", "summary", "lost"):
    for key in SCHEMA["$defs"][definition]["properties"]:
        if (definition, key) not in seen:
            failed(f"nothing shows the key {key} of {definition}")
for what in SCHEMA["$defs"]["lost"]["properties"]["what"]["enum"]:
    if ("what", what) not in seen:
        print(f"not seen: a loss of {what}")
print(f"{len(damages)} files, {failures} failures")
sys.exit(1 if failures else 0)
