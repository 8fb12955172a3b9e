#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lines and branches that ran, per folder, of what llvm-cov exported.

    coverage.py SUMMARY.json LEAST LAYER...   exit 1 when fewer than LEAST % of a layer's lines ran
"""
import json
import os
import sys


def share(part):
    return 100.0 * part[1] / part[0] if part[0] else 100.0


def add(sums, name, summary):
    kinds = sums.setdefault(name, {"lines": [0, 0], "branches": [0, 0]})
    for kind, sum_of in kinds.items():
        sum_of[0] += summary[kind]["count"]
        sum_of[1] += summary[kind]["covered"]


def main():
    least, layers = float(sys.argv[2]), sys.argv[3:]
    with open(sys.argv[1]) as file:
        files = json.load(file)["data"][0]["files"]
    root = os.path.abspath(os.curdir) + os.sep
    sums, totals, worst = {}, {}, []
    for entry in files:
        path = os.path.abspath(entry["filename"])
        name = path[len(root):] if path.startswith(root) else path
        layer = name.split(os.sep)[0]
        if layer not in layers:
            continue
        add(sums, os.path.dirname(name), entry["summary"])
        add(totals, layer, entry["summary"])
        lines = entry["summary"]["lines"]
        worst.append((lines["count"] - lines["covered"], name, share((lines["count"], lines["covered"]))))
    print(f"{'FOLDER':24} {'LINES':>7} {'RAN':>8} {'BRANCHES':>9} {'RAN':>8}")
    for name, kinds in sorted(sums.items()) + sorted(totals.items()):
        lines, branches = kinds["lines"], kinds["branches"]
        print(f"{name:24} {lines[0]:7} {share(lines):7.2f}% {branches[0]:9} {share(branches):7.2f}%")
    print("Files with the most lines that did not run:")
    for missing, name, ran in sorted(worst, reverse=True)[:30]:
        print(f"{missing:6} {ran:7.2f}% {name}")
    failed = [layer for layer in layers if layer not in totals or share(totals[layer]["lines"]) < least]
    print("gate: " + ", ".join(
        f"{layer} {share(totals[layer]['lines']):.1f} % of lines, "
        f"{share(totals[layer]['branches']):.1f} % of branches" for layer in layers if layer in totals))
    if failed:
        print(f"gate: fewer than {least:g} % of lines of {', '.join(failed)}")
    return 1 if failed else 0


sys.exit(main())
