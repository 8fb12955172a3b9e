# SPDX-License-Identifier: MIT
"""stemma-dump where memory is refused, calls of the system fail, or it is killed: what it writes is whole,
or it does not end as if it were; a file that it was to replace stays until then."""
import os
import shutil
import signal
import subprocess

from faults import INTERNAL, LONG, OK, SYSTEM, Sweep

sweep = Sweep("dump")
dump = sweep.tool("dump")
with open("news.jsonl", "wb") as out:
    subprocess.run(["python3", sweep.source + "/tests/bench/make_articles.py", "8"], check=True, stdout=out)
with open("rows.tsv", "w") as out:
    out.writelines(f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}\tActor {i * i % 97}\tEvent kind {i % 7}\t"
                   f"Actor \"{i * 13 % 89}\"\n" for i in range(200))
subprocess.run([sweep.tool("pack"), "-q", "-o", "news.kb", "news.jsonl"], check=True)
subprocess.run([sweep.tool("pack"), "-q", "-o", "rows.kb", "--mapping", "icews", "rows.tsv"], check=True)

CALLS = {"open": ("EMFILE", "EACCES"), "read": ("EIO", "EINTR", "short"), "write": ("ENOSPC", "EIO", "EDQUOT", "short"),
         "sync": ("EIO",), "name": ("EIO", "EACCES"), "map": ("ENOMEM",), "stat": ("EIO",), "close": ("EIO",)}

# To standard output.
works = [["news.kb"], ["rows.kb"], ["--check", "news.kb"], ["--check", "rows.kb"],
         ["--check", "--format=json", "news.kb"], ["--stats", "news.kb"], ["--table=vocabulary", "news.kb"],
         ["--table=event", "rows.kb"], ["--documents=0..1", "--no-text", "news.kb"],
         ["--salvage", "news.kb"], ["--salvage", "--proven", "rows.kb"]]
for words in works:
    threads = words[0] == "--check" or not words[0].startswith("--")
    line = [dump, *(["-j1"] if threads else []), *words]  # a child of a fork has but one thread
    if sweep.only not in " ".join(line):
        continue
    for action in ("ENOMEM", "ENOMEM:on") if LONG else ("ENOMEM",):
        sweep.each(line, "alloc", action, every=1 if LONG else 2)
    if LONG or words in works[:3]:
        for kind, actions in CALLS.items():
            for action in actions:
                sweep.each(line, kind, action)


class Output:
    """A file that is written, and was there before."""

    def __init__(self, words):
        self.command = [dump, "-q", "-j1", "-f", "-o", "out/text", *words]
        self.clean()
        subprocess.run(self.command, check=True)
        self.new = open("out/text", "rb").read()

    @staticmethod
    def clean():
        shutil.rmtree("out", ignore_errors=True)
        os.mkdir("out")
        with open("out/text", "wb") as file:
            file.write(b"old")

    def wrong(self, status):
        now = open("out/text", "rb").read()
        rest = set(os.listdir("out")) - {"text"}
        if now not in (b"old", self.new):
            return f"neither the old nor the new, but {len(now)} bytes"
        if status == OK and now != self.new:
            return "status 0, and the file is the old one"
        if status == -signal.SIGKILL:
            sweep.counts["killed: the new file"] += now == self.new
            sweep.counts["killed: the old file"] += now != self.new
            return f"left: {rest}" if len(rest) > 1 else None
        return f"left: {rest}" if rest else None


# Where standard output is full, closed, a pipe that nobody reads, or may not grow.
for words in works:
    sweep.to_nowhere([dump, *words])

# A disk, or a limit, on which there is room for so much: what is written to a file is whole or not there.
for words in (["news.kb"], ["rows.kb"]) if LONG else (["rows.kb"],):
    output = Output(words)
    if sweep.only in " ".join(output.command):
        sweep.within(output.command, 2 * len(output.new), 60 if LONG else 4, output.clean, output.wrong)

for words in (["news.kb"], ["rows.kb"]):
    output = Output(words)
    if sweep.only not in " ".join(output.command):
        continue
    sweep.one_by_one(output.command, "alloc", ["ENOMEM"], before=output.clean, after=output.wrong,
                     every=1 if LONG else 15)
    sweep.one_by_one(output.command, "write", ["EINTR", "short"], (), before=output.clean, after=output.wrong)
    for kind, actions in {**CALLS, "write": ("ENOSPC", "EIO", "EDQUOT", "kill", "killed"),
                          "sync": ("EIO", "EDQUOT", "kill", "killed"),
                          "name": ("EIO", "ENOSPC", "kill", "killed")}.items():
        sweep.one_by_one(output.command, kind, actions, (SYSTEM, INTERNAL), before=output.clean,
                         after=output.wrong)
    if not LONG:
        break
sweep.end()
