#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Gives every .stemma file of a folder to the second reader and to stemma-dump, and compares.

    compare_files.py DUMP FOLDER [MOST]     MOST: no more files than that, spread over all; 1 when any differs

Both give the same interchange, line for line; or both refuse: what opening refuses with the same code. A
file that only one of them refuses, or reads with other words, must be one in which stemma-dump --check
finds a problem: neither looks at all of a file that it has no use for."""

import collections
import json
import multiprocessing
import pathlib
import re
import subprocess
import sys

from container import Damage
from read_stemma import Interchange
from stemma_file import File


def ask(dump, *arguments):
    done = subprocess.run([dump, "-q", *arguments], capture_output=True, check=False)
    codes = re.findall(r"\[([A-Z][A-Z0-9_]+)\]$", done.stderr.decode("utf-8", "replace"), re.M)
    return done.returncode, codes[-1] if codes else "", done.stdout


def opens_as(path):
    """The code with which opening is refused, None when it is not."""
    try:
        File(path, whole=False)
    except Damage as damage:
        return damage.code
    return None


def interchange(path):
    """(lines, None) or (None, why not)."""
    try:
        return list(Interchange(File(path)).lines()), None
    except Damage as damage:
        return None, damage.code
    except Exception as error:  # what lies about itself may end anywhere, but not well
        return None, repr(error)


def verdict(task):
    """(what it was, what is wrong or None) of one file."""
    dump, path = task
    refused = opens_as(path)
    status, code, text = ask(dump, path)
    if refused:
        if status and code == refused:
            return "refused by both when it is opened", None
        return "opening", "opening: %s here, %d %s there" % (refused, status, code)
    lines, why = interchange(path)
    if lines is not None and not status:
        told = [json.loads(one) for one in text.decode().splitlines()]
        if told == lines:
            return "read by both, line for line", None
        why = "the lines differ"
    elif lines is None and status:
        return "refused by both when it is read", None
    found = ask(dump, "--check", path)[0]
    if found:
        return "damaged: one of them does not look there", None
    return "reading", "reading: %s here, %d %s there" % (why, status, code)


def verdicts(tasks):
    """Of all, in order: by two processes, or by this one where the system keeps no semaphores for them."""
    try:
        pool = multiprocessing.Pool(2)
    except OSError:
        yield from map(verdict, tasks)
        return
    with pool:
        yield from pool.imap(verdict, tasks, 8)


def main(dump, folder, most="0"):
    paths = sorted(map(str, pathlib.Path(folder).glob("*.stemma")))
    total, count = len(paths), min(int(most) or len(paths), len(paths))
    paths = [paths[i * total // count] for i in range(count)]
    counts, wrong = collections.Counter(), []
    for path, (kind, problem) in zip(paths, verdicts([(dump, one) for one in paths])):
        counts[kind] += 1
        if problem:
            wrong.append("%s: %s" % (path, problem))
    for kind, count in sorted(counts.items()):
        print("figure: %d files %s" % (count, kind))
    print("figure: %d of %d distinct files given to both readers, %d disagreements"
          % (len(paths), total, len(wrong)))
    print("\n".join(wrong[:20]))
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if 3 <= len(sys.argv) <= 4 else __doc__)
