# SPDX-License-Identifier: MIT
"""stemma-pack where memory is refused, calls of the system fail, the disk is full, or it is killed: the file
that was there stays as it was or the new one stands there, whole, and nothing else is left. [W-7] [W-9]"""
import functools
import os
import shutil
import signal
import subprocess

from faults import INTERNAL, LONG, OK, REJECTED, SYSTEM, Sweep

sweep = Sweep("pack")
pack = sweep.tool("pack")

FILES = {
    "in/one.html": "<html><head><title>Mayor meets reporters</title></head><body><h1>Mayor meets reporters</h1>"
                   "<p>Mayor Ilana Voss met reporters in Tessaly on Monday. Police arrested 12 people.</p>"
                   "<ul><li>The minister Bo Ruk said Voss had resigned.</li></ul></body></html>",
    "in/two.md": "# Strike ends\n\nUnion leader *Tam Sorn* ended a strike in **Orell** on 3 May 2031, the "
                 "[Courier](http://c.example) said.\n\n- one\n- `two`\n",
    "in/three.txt": "Mayor Ilana Voss met reporters in Tessaly on Monday. She resigned.\n",
    "manifest.csv": "file,uri,published,publisher\none.html,https://a.example/1,2031-05-01,The Courier\n"
                    "two.md,https://a.example/2,2031-05-04,The Courier\n"
                    "three.txt,https://a.example/3,2031-05-02,The Bulletin\n",
    "rows.tsv": "".join(f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}\tActor {i * i % 97}\tEvent kind {i % 7}\t"
                        f"Actor \"{i * 13 % 89}\"\n" for i in range(200)),
    "bad.jsonl": '{"uri":"x","text":"Mayor Ilana Voss spoke."}\n{"uri":"y"}\n{"uri":\n',
}
os.mkdir("in")
os.mkdir("out")
for name, words in FILES.items():
    with open(name, "w") as file:
        file.write(words)
with open("news.jsonl", "wb") as file:
    subprocess.run(["python3", sweep.source + "/tests/bench/make_articles.py", "12"], check=True, stdout=file)
subprocess.run([pack, "-q", "-o", "old.kb", "in/three.txt"], check=True)
subprocess.run([pack, "-q", "-o", "base.kb", "news.jsonl"], check=True)
subprocess.run([sweep.tool("query"), "base.kb", "doubtful", "--format=resolver"], check=False,
               stdout=open("judgements.jsonl", "wb"))
OLD = open("old.kb", "rb").read()

WORKS = {
    "articles": ["-j1", "--manifest", "manifest.csv", "in"],
    "threads": ["-j3", "news.jsonl"],
    "table": ["-j1", "--mapping", "icews", "rows.tsv"],
    "interchange": ["-j1", sweep.source + "/tests/tools/everything.jsonl"],
    "base": ["-j1", "--base", "base.kb", "--memory", "1", "--judgements", "judgements.jsonl", "in"],
    "disk": ["-j1", "--memory", "1", "news.jsonl"],
    "refused": ["-j1", "bad.jsonl"],
}


class Output:
    """The folder of the output: what may stand in it after a run, with an old file there or without."""

    def __init__(self, words, replace):
        self.command = [pack, "-q", "-o", "out/kb", *(["-f"] if replace else []), *words]
        self.replace = replace
        self.clean()
        self.status = subprocess.run(self.command, capture_output=True).returncode
        self.new = self.now()
        if self.new is None or self.status not in (0, 6):
            sweep.complain(f"status {self.status} when nothing fails", self.command)

    def clean(self):
        shutil.rmtree("out")
        os.mkdir("out")
        if self.replace:
            with open("out/kb", "wb") as file:
                file.write(OLD)

    @staticmethod
    def now():
        return open("out/kb", "rb").read() if os.path.exists("out/kb") else None

    @staticmethod
    def sound(rest):
        """A file without what could not be read of the input."""
        check = subprocess.run([sweep.tool("dump"), "--check", "out/kb"], capture_output=True)
        return f"not sound: {check.stdout}" if check.returncode or rest else None

    def wrong(self, status):
        """What is wrong with the folder after a run that ended so."""
        before = OLD if self.replace else None
        now = self.now()
        rest = sorted(set(os.listdir("out")) - {"kb", "kb.rejects.jsonl"})
        if status == REJECTED and now not in (before, self.new):
            return self.sound(rest)
        if now not in (before, self.new):
            return f"a file that is neither the old nor the new, of {len(now or b'')} bytes"
        if status == OK and now != self.new:
            return f"status {status}, and there is no new file"
        if status == -signal.SIGKILL:
            if len(rest) > 1 or not all(name.endswith(".stemma-tmp") for name in rest):
                return f"left after it was killed: {rest}"
            sweep.counts["killed: the old file"] += now == before
            sweep.counts["killed: the new file"] += now != before
            sweep.counts["killed: a temporary file is left"] += len(rest)
            again = subprocess.run(self.command, capture_output=True)
            if self.now() != self.new and not (now == self.new and not self.replace):
                return f"the next one ends with {again.returncode}: {again.stderr}"
            return None
        if status not in (OK, REJECTED):
            sweep.counts["failed: the old file"] += now == before
            sweep.counts["failed: the new file"] += now != before
        return f"left: {rest}" if rest else None


outputs = {}


def output_of(name, replace=True):
    """The output of a work: what it is when nothing fails is found once in each process."""
    if (name, replace) not in outputs:
        outputs[name, replace] = Output(WORKS[name], replace)
    return outputs[name, replace]


def fail(name, kind, actions, replace=True, every=1, allowed=(SYSTEM, INTERNAL), part=(0, 1)):
    output = output_of(name, replace)
    sweep.one_by_one(output.command, kind, actions, allowed, every=every, before=output.clean, after=output.wrong,
                     part=part)


def bound(name, replace):
    output = output_of(name, replace)
    sweep.within(output.command, 20 * len(output.new), 60 if LONG else 4, output.clean, output.wrong)


tasks = []


def later(work, name, *arguments, **options):
    if sweep.only in name:
        tasks.append(functools.partial(work, name, *arguments, **options))


# What takes longest first.
for name in ("disk", "threads", "base", "interchange", "articles", "table", "refused"):
    for action in ("ENOMEM", "ENOMEM:on") if LONG else ("ENOMEM",):
        for part in range(4):
            later(fail, name, "alloc", (action,), every=1 if LONG else 30, part=(part, 4))
# A disk, or a limit, on which there is room for so much.
for name in ("disk", "base", "articles", "table") if LONG else ("disk",):
    for replace in (True, False):
        later(bound, name, replace)
CALLS = {"open": ("EMFILE", "EACCES", "ENOSPC"), "read": ("EIO",),
         "write": ("ENOSPC", "EIO", "EDQUOT"), "sync": ("EIO", "ENOSPC"),
         "name": ("EIO", "ENOSPC", "EACCES"), "size": ("ENOSPC", "EDQUOT"), "map": ("ENOMEM",),
         "stat": ("EIO",), "close": ("EIO",), "dir": ("EIO",)}
for name in WORKS if LONG else ("base",):
    for kind, actions in CALLS.items():
        later(fail, name, kind, actions if LONG else actions[:1])
    # Tried again, or done without. LMDB takes a write of its own that falls short for a failure, and a read
    # that a signal came into or that falls short; so do the readers of whole files.
    for kind, actions in (("size", ("EINTR",)), ("thread", ("EAGAIN",)), ("read", ("short",))):
        allowed = {"size": (), "thread": (SYSTEM,), "read": (SYSTEM,)}[kind]  # LMDB copies with a thread
        later(fail, name, kind, actions, allowed=allowed)
    for kind, actions in (("write", ("EINTR", "short")), ("read", ("EINTR",))):
        later(fail, name, kind, actions)
for kind in ("open", "write", "sync", "name", "size", "map", "close") if LONG else ("sync", "name"):
    for replace in (True, False):
        later(fail, "disk", kind, ("kill", "killed"), replace)
        later(fail, "disk", kind, ("EIO",), replace)
sweep.in_shares(tasks)
sweep.end()
