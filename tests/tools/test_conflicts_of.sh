#!/bin/bash
# SPDX-License-Identifier: MIT
# Conflicts of some events are those of all whose subject is one of these events, as of any date.
set -u
build=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export PATH=$build:$PATH

stemma-pack -q -o news.stemma --manifest "$source/tests/corpus/manifest.csv" "$source/tests/corpus/articles" ||
    exit 1
exec python3 - <<'PYTHON'
import json
import subprocess
import sys


def ids(words):
    out = subprocess.run(["stemma-query", "--trusted", "-n", "0", "-f", "jsonl", "news.stemma", *words],
                         capture_output=True, text=True, check=False)
    if out.returncode not in (0, 1):
        sys.exit(f"FAILED: {words}: {out.returncode} {out.stderr}")
    return [json.loads(line) for line in out.stdout.splitlines()]


def subjects(words):
    return [(c["subject"]["id"], c["kind"], json.dumps(c["sides"])) for c in ids(["conflicts", *words])]


WAYS = [["--type", "justice"], ["--type", "justice.release"], ["--type", "life.die,conflict"], ["--actual"],
        ["--from", "2024"], ["--to", "2024-03"], ["--during", "2023-12"], ["--amount", "50..90"],
        ["--certainty", "certain"], ["--publisher", "Meridian"], ["--role", "patient"],
        ["--type", "justice", "--from", "2023-12", "--publisher", "Meridian"]]
failures = found = 0
for date in [], ["--as-of", "2023-12-03"], ["--as-of", "2024-02-08"], ["--as-of", "2024-04-24"]:
    every = subjects(date)
    for way in WAYS:
        wanted = {e["id"] for e in ids(["events", *way, *date])}
        expected = [c for c in every if c[0] in wanted]
        given = subjects([*way, *date])
        found += len(given)
        if given != expected:
            print(f"FAILED: {way} {date}: {[c[:2] for c in given]}, not {[c[:2] for c in expected]}")
            failures += 1
if found < 40:
    print(f"FAILED: only {found} conflicts were seen")
    failures += 1
print(f"{found} conflicts")
sys.exit(failures != 0)
PYTHON
