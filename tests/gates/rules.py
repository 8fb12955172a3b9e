#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rules of the tree that no compiler knows: which layer includes which, what format/ may call, how
long a file may grow, that each says its licence, and what stands at the top. Prints each breach, exits 1 when there is one.
"""
import os
import re
import subprocess
import sys

LONGEST = 500  # lines of a file
LAYERS = ["format", "lib", "tools", "tests"]  # each may include those before it
# format/ is pure functions over bytes: no allocation, no files, no LMDB.
FORMAT_HEADERS = {"stdio.h", "unistd.h", "fcntl.h", "lmdb.h", "pthread.h", "sys/mman.h", "sys/stat.h", "errno.h",
                  "locale.h", "time.h"}
FORMAT_CALLS = re.compile(r"\b(malloc|calloc|realloc|free|strdup|alloca|getenv|abort|exit|f?printf|time)\s*\(")
CODE = (".c", ".h")
TOP = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "SPEC.md"}  # beside LAYERS and .*
SOURCES = (".c", ".h", ".py", ".sh", ".cmake")


def without_comments(text):
    """The code, in as many lines; strings are kept short so that none looks like code."""
    def blank(found):
        kept = found.group(0)
        return "\n" * kept.count("\n") if kept.startswith("/") else '""'
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", blank, text, flags=re.DOTALL)


def places(layer):
    """Where a quoted include of a layer is looked for, its own folder apart."""
    below = LAYERS[:LAYERS.index(layer) + 1]
    return [place for name in below for place in (name, os.path.join(name, "include"))]


def check_includes(name, text, breaches):
    layer = name.split("/")[0]
    folders = [os.path.dirname(name)] + places(layer)
    public = "/include/" in name
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not found:
            continue
        kind, wanted = found.groups()
        if layer == "format" and kind == "<" and wanted in FORMAT_HEADERS:
            breaches.append(f"{name}:{number}: format/ does without <{wanted}>")
        if kind == '"' or wanted.startswith("stemma/"):
            where = [os.path.join(folder, wanted) for folder in folders]
            inside = [path for path in where if os.path.exists(path)]
            if not inside and any(os.path.exists(os.path.join(higher, wanted)) for higher in LAYERS):
                breaches.append(f"{name}:{number}: {layer}/ includes {wanted} of a layer above it")
            for path in inside[:1]:
                if os.path.normpath(path).split(os.sep)[0] not in LAYERS[:LAYERS.index(layer) + 1]:
                    breaches.append(f"{name}:{number}: {layer}/ includes {path} of a layer above it")
        if public and not (wanted.startswith("stemma/") or re.fullmatch(r"std\w+\.h|limits\.h|string\.h", wanted)):
            breaches.append(f"{name}:{number}: a public header includes {wanted}")


def check_calls(name, text, breaches):
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        found = FORMAT_CALLS.search(line)
        if found:
            breaches.append(f"{name}:{number}: format/ does without {found.group(1)}()")


def exceptions():
    """Files that may be longer than the rule says, each with its reason."""
    listed = {}
    with open("tests/gates/long_files.txt") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                path, _, reason = line.strip().partition(" ")
                listed[path] = reason.strip()
    return listed


def main():
    listing = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
                             check=True, stdout=subprocess.PIPE, text=True).stdout
    names = [name for name in listing.split("\0") if name and os.path.exists(name)]
    breaches, count, listed, needed = [], 0, exceptions(), set()
    for name in names:
        if not name.startswith(".") and name not in TOP and name.split("/")[0] not in LAYERS:
            breaches.append(f"{name}: does not belong at the top")
        script = name in ("tests/run", "tools/setup", "tools/demo", "tests/bench/run", "tests/quality/run")
        if not (name.endswith(SOURCES) or script):
            continue
        count += 1
        with open(name, encoding="utf-8", errors="replace") as file:
            text = file.read()
        if "SPDX-License-Identifier: MIT" not in "\n".join(text.splitlines()[:3]):
            breaches.append(f"{name}:1: no SPDX line")
        if len(text.splitlines()) > LONGEST:
            needed.add(name)
            if not listed.get(name):
                breaches.append(f"{name}: {len(text.splitlines())} lines, more than {LONGEST} "
                                "(tests/gates/long_files.txt lists exceptions)")
        if name.endswith(CODE) and name.split("/")[0] in LAYERS:
            check_includes(name, text, breaches)
            if name.startswith("format/"):
                check_calls(name, text, breaches)
    breaches += [f"tests/gates/long_files.txt: {name} is not too long" for name in listed if name not in needed]
    print("\n".join(breaches))
    print(f"gate: {count} files, {len(breaches)} breaches")
    return 1 if breaches or count < 100 else 0


sys.exit(main())
