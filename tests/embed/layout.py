# SPDX-License-Identifier: MIT
"""Compares the structures that stemma.py declares with those of the headers.

    layout.py CC FLAG...: the compiler, and what it needs to find the headers
"""
import json
import os
import subprocess
import sys
import tempfile

import stemma

structures = list(stemma.layout())
lines = ["#include <stddef.h>", "#include <stdio.h>", "#include <stemma/stemma.h>", "int main(void)", "{",
         '    printf("{");']
for number, (name, _, fields) in enumerate(structures):
    comma = "," if number else ""
    lines.append(f'    printf("{comma}\\"{name}\\": [%zu", sizeof(stemma_{name}));')
    lines += [f'    printf(", %zu", offsetof(stemma_{name}, {field}));' for field in fields]
    lines.append('    printf("]");')
lines += ['    printf("}");', "    return 0;", "}", ""]
with tempfile.TemporaryDirectory() as work:
    with open(os.path.join(work, "layout.c"), "w", encoding="ascii") as file:
        file.write("\n".join(lines))
    program = os.path.join(work, "layout")
    subprocess.run([*sys.argv[1:], "-o", program, os.path.join(work, "layout.c")], check=True)
    there = json.loads(subprocess.run([program], capture_output=True, text=True, check=True).stdout)
wrong = 0
for name, size, fields in structures:
    if there[name] != [size, *fields.values()]:
        print(f"stemma_{name}: in C {there[name]}, in stemma.py {[size, *fields.values()]} {list(fields)}")
        wrong += 1
print(f"{len(structures)} structures, {wrong} differ")
sys.exit(wrong != 0 or len(structures) < 20)
