# SPDX-License-Identifier: MIT
"""Input far beyond reason, and what it takes to refuse it: strangers_sweep.py BUILD

Sizes are a hundredth of what they are when STEMMA_LONG is set. The figures are seconds and the most memory that a
program held; beyond the bounds below, or without an end, the test fails."""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

BUILD = sys.argv[1]
LONG = "STEMMA_LONG" in os.environ
SANITIZED = any(line.startswith("STEMMA_SANITIZE:STRING=") and line.strip() != "STEMMA_SANITIZE:STRING="
                for line in open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8"))
SCALE = 100 if LONG else 1
PATIENCE = (600 if LONG else 60) * (8 if SANITIZED else 1)  # seconds of processor time, and ten times as long in all
MEMORY = 2500  # MiB: of the longest texts that are read at all; 1 GiB is what one may take to be read
GOOD = '{"uri":"urn:ok","text":"Envoy Teo Brask spoke in Velmora."}\n'
failed = False


def repeat(name, head, piece, count, tail=b""):
    """A file of `count` pieces, written a megabyte at a time."""
    block = piece * max(1, (1 << 20) // len(piece))
    left = len(piece) * count
    with open(name, "wb") as out:
        out.write(head)
        while left > 0:
            left -= out.write(block[:left])
        out.write(tail)
    return name


def pack(what, *arguments, statuses=(0, 6), documents=1, memory=MEMORY):
    global failed
    for name in ("kb.stemma", "kb.stemma.rejects.jsonl"):
        if os.path.exists(name):
            os.unlink(name)
    begun = time.monotonic()
    with open("err", "wb") as err:
        child = subprocess.Popen(["timeout", str(10 * PATIENCE), os.path.join(BUILD, "stemma-pack"), "-q", "-j", "2", "-o", "kb.stemma", *arguments, "good.jsonl"],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE)))
        status = child.wait()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    took = time.monotonic() - begun
    listed = sum(1 for _ in open("kb.stemma.rejects.jsonl", "rb")) if os.path.exists("kb.stemma.rejects.jsonl") else 0
    print("figure: %s: status %d, %.1f s, %d listed, the most memory so far %d MiB" % (what, status, took, listed, most), flush=True)
    found = 0
    if os.path.exists("kb.stemma"):
        dumped = subprocess.run([os.path.join(BUILD, "stemma-dump"), "--no-text", "kb.stemma"], capture_output=True, check=False).stdout
        found = dumped.count(b'"record":"document"')
    if status not in statuses or found < documents or (most > memory and not SANITIZED):
        failed = True
        print("FAILED %s: status %d, %d documents, %d MiB: %s" % (what, status, found, most, open("err", "rb").read(300)))
    for argument in arguments:
        if os.path.isfile(argument):
            os.unlink(argument)


def main():
    million = 10000 * SCALE
    with open("good.jsonl", "w", encoding="utf-8") as out:
        out.write(GOOD)
    # Small memory first: the figures are the most that any child had until then.
    pack("%d lines that are no JSON" % (20 * million), repeat("bad.jsonl", b"", b"x\n", 20 * million), memory=300)
    pack("%d blank lines" % (100 * million), repeat("blank.jsonl", b"", b"\n", 100 * million), memory=300)
    with open("sparse.jsonl", "wb") as out:
        out.truncate(20480 * million)
    pack("a line of %d MB" % (20480 * million // 1000000), "sparse.jsonl", memory=300)
    row = gzip.compress(b"\0" * (1 << 20))
    pack("%d MiB of zeros in a small gzip file" % (million // 100),
         repeat("zeros.csv.gz", gzip.compress(b"time,type,agent,patient\n"), row, million // 100), memory=300)
    row = gzip.compress(b"2031-04-05,meet,Ilana Voss,Teo Brask\n" * 1000)
    pack("rows of a small gzip file, %d" % million, repeat("rows.csv.gz", gzip.compress(b"time,type,agent,patient\n"), row, million // 1000 or 1), memory=600)
    pack("a field of %d MB without an end" % (million // 1000), repeat("open.csv", b'time,type,agent,patient\n"', b"x", million * 1000), memory=600)
    os.mkdir("in")
    with open("in/a.txt", "w", encoding="utf-8") as out:
        out.write("Mayor Ilana Voss left.")
    repeat("manifest.csv", b"file,title\n", b"f0000001.txt,x\n", 15 * million)
    pack("a manifest of %d rows" % (15 * million), "-m", "manifest.csv", "in", documents=2, memory=900)
    os.unlink("manifest.csv") if os.path.exists("manifest.csv") else None
    os.mkdir("many")
    for i in range(million // 10):
        with open("many/%d.txt" % i, "w", encoding="utf-8") as out:
            out.write("%d: nothing to see.\n" % i)
    pack("%d files in a folder" % (million // 10), "--judge", "none", "many", documents=million // 10 + 1, memory=1500)
    for name, head, piece in (("page.html", b"<p>", b"<b>x</b> y "), ("page.html", b"", b"<div>"), ("page.md", b"", b"a *b* [c](d) "),
                              ("page.md", b"", b"![[]()"), ("text.txt", b"", b"Mayor Ilana Voss freed 30 prisoners in Tessaly and "),
                              ("text.txt", b"", b"<a"), ("text.txt", b"", b"Aa "), ("objects.jsonl", b'{"uri":"x","text":"a","x":[', b"{},")):
        size = 300000 * SCALE
        tail = b"1]}\n" if name.endswith("jsonl") else b""
        pack("%.1f MB of %s in %s" % (size / 1e6, json.dumps(piece.decode()), name), repeat(name, head, piece, size // len(piece), tail))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
sys.exit(1 if failed else 0)
