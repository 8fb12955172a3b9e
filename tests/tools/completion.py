# SPDX-License-Identifier: MIT
"""Completion as somebody at a terminal meets it: bash, zsh and fish, those that are installed, get keys and
a tab; what the command then is told is written down by a program of the test.

    completion.py BUILD SOURCE
"""
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

build, source = sys.argv[1:3]
failures = 0


def failed(what):
    global failures
    failures += 1
    print("FAILED:", what)


def write_kb(path):
    """Entities with names that a shell must not obey."""
    names = ["Ada Vex", "Ada Veronn", "Neil O'Dell", "Rita $(touch pwned) `touch pwned`", "Quo \"Quote\" Quill",
             "Zoe; touch pwned", "Semi&colon|pipe>pwned", "Back\\slash Bob", "Été Noir", "Tab\u0007bell Ugh",
             "Star * Gaze", "Bang !! Hist"]
    text = ". ".join(names) + "."
    at, referents = 0, []
    for name in names:
        at = text.index(name, at)
        referents.append({"kind": "entity", "type": "person", "names": [{"text": name}],
                          "mentions": [{"spans": [[at, at + len(name)]], "kind": "name", "canonical": True}]})
    record = {"uri": "https://a.example/1", "text": text, "published": "2031-05-01", "referents": referents}
    answer = subprocess.run([os.path.join(build, "stemma-pack"), "-q", "-f", "-o", path, "-"],
                            input=json.dumps(record), text=True, capture_output=True, check=False)
    if answer.returncode != 0:
        failed(f"packing: {answer.stderr}")


# ---- A shell at a terminal ----------------------------------------------------------------------------

class Shell:
    def __init__(self, words, environment, ready):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(words[0], words, environment)
        self.seen = ""
        self.wait(ready, 20)

    def read(self, seconds):
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                return
            try:
                self.seen += os.read(self.terminal, 65536).decode("utf-8", "replace")
            except OSError:
                return
            if "\x1b[c" in self.seen or "\x1b[0c" in self.seen:  # fish asks what terminal this is
                self.seen = self.seen.replace("\x1b[c", "").replace("\x1b[0c", "")
                os.write(self.terminal, b"\x1b[?62c")

    def wait(self, pattern, seconds):
        end = time.monotonic() + seconds
        while not re.search(pattern, self.seen) and time.monotonic() < end:
            self.read(0.1)

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def end(self):
        try:
            os.write(self.terminal, b"\x03\nexit\n")
            time.sleep(0.2)
            os.close(self.terminal)
        except OSError:
            pass
        os.waitpid(self.pid, 0)


def told(work):
    """The arguments that the command got, once it was run."""
    path = os.path.join(work, "told")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if os.path.exists(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
            if text.endswith("\0\0"):
                os.remove(path)
                return text[:-2].split("\0")
        time.sleep(0.05)
    return None


# What is typed behind "stemma-query kb.stemma " before the tab, and the last argument that the command gets.
TYPED = [
    ("stemma-query kb\t stats", "stats"),
    ("ev\t", "events"),
    ("events --who 'Ada Ver\t", "Ada Veronn"),
    ("events --who Ada\\ Ver\t", "Ada Veronn"),
    ('events --who "Ada Ver\t', "Ada Veronn"),
    ("events --who=Ada\\ Ver\t", "=Ada Veronn"),
    ("find Ada Ver\t", "Veronn"),
    ("events --who Nei\t", "Neil O'Dell"),
    ("events --who Rit\t", "Rita $(touch pwned) `touch pwned`"),
    ("events --who Quo\t", 'Quo "Quote" Quill'),
    ("events --who Zoe\t", "Zoe; touch pwned"),
    ("events --who Semi\t", "Semi&colon|pipe>pwned"),
    ("events --who Back\t", "Back\\slash Bob"),
    ("events --who Star\t", "Star * Gaze"),
    ("events --who Bang\t", "Bang !! Hist"),
    ("events --who \u00c9t\t", "\u00c9t\u00e9 Noir"),
    ("events --who Tab\t", "Tab"),  # its name has a control character
    ("events --act\t", "--actual"),
    ("events --format js\tl\t", "jsonl"),
    ("find --type pers\t", "person"),
]
BASH_ONLY = [
    ("events --who 'Nei\t", "Neil O'Dell"),
    ('events --who "Rit\t', "Rita $(touch pwned) `touch pwned`"),
    ('events --who "Quo\t', 'Quo "Quote" Quill'),
]


def try_shell(name, work, environment):
    home = os.path.join(work, "home")
    completion = os.path.join(build, "completion")
    if name == "bash":
        with open(os.path.join(home, "rc"), "w", encoding="utf-8") as file:
            file.write(f"PS1='ready> '\nset +o history\nset +H\nsource {completion}/bash/stemma-query\n"
                       "bind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n")
        words = ["bash", "--noprofile", "--rcfile", os.path.join(home, "rc"), "-i"]
    elif name == "zsh":
        with open(os.path.join(home, ".zshrc"), "w", encoding="utf-8") as file:
            file.write(f"fpath=({completion}/zsh $fpath)\nautoload -U compinit\ncompinit -u -D\n"
                       "PS1='ready> '\nsetopt NO_BEEP\nunsetopt BANG_HIST ZLE_BRACKETED_PASTE 2>/dev/null\n"
                       "unset zle_bracketed_paste\n")
        words = ["zsh", "-d", "-i"]
    else:
        folder = os.path.join(home, ".config/fish")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "config.fish"), "w", encoding="utf-8") as file:
            file.write(f"source {completion}/fish/stemma-query.fish\nfunction fish_prompt; echo 'ready> '; end\n"
                       "set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n")
        words = ["fish", "-i"]
    shell = Shell(words, environment, "ready> ")
    time.sleep(0.3)
    for keys, wanted in TYPED + (BASH_ONLY if name == "bash" else []):
        shell.seen = ""
        before, *rest = keys.split("\t")
        shell.type(("" if before.startswith("stemma") else "stemma-query kb.stemma ") + before + "\t")
        for i, more in enumerate(rest):
            shell.read(0.15)
            shell.type(more + ("\t" if i + 1 < len(rest) else ""))
        shell.type("\n")
        arguments = told(work)
        if os.environ.get("SHOW"):
            print(name, repr(keys), arguments)
        if arguments is None:
            failed(f"{name}: {keys!r}: the command did not run: {shell.seen[-300:]!r}")
            shell.type("\x03")
            shell.read(0.3)
        elif arguments[0] != "kb.stemma":
            failed(f"{name}: {keys!r} did not complete the file: {arguments}")
        elif arguments[-1] != wanted and not (wanted[0] == "=" and arguments[-1].endswith(wanted)):
            failed(f"{name}: {keys!r} gave {arguments}")
    shell.end()
    if os.path.exists(os.path.join(work, "pwned")):
        failed(f"{name}: a name was carried out as a command")
        os.remove(os.path.join(work, "pwned"))


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        os.mkdir("bin")
        os.mkdir("home")
        write_kb("kb.stemma")
        # Answers completion as the tool does; asked for anything else it writes down its arguments.
        with open("bin/stemma-query", "w", encoding="utf-8") as file:
            file.write(f"""#!/bin/sh
[ "$1" = --complete ] && exec {build}/stemma-query "$@"
printf '%s\\0' "$@" >{work}/told.new
printf '\\0' >>{work}/told.new
mv {work}/told.new {work}/told
""")
        os.chmod("bin/stemma-query", 0o755)
        environment = {"PATH": f"{work}/bin:" + os.environ["PATH"], "HOME": f"{work}/home", "TERM": "vt100",
                       "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": f"{work}/home/.config",
                       "XDG_CACHE_HOME": f"{work}/home/.cache", "COLUMNS": "200", "LINES": "50"}
        for name in ("bash", "zsh", "fish"):
            if shutil.which(name) is None:
                print(f"{name} is not installed: not tried")
                continue
            try_shell(name, work, environment)
    print(failures, "failures")
    return failures != 0


sys.exit(main())
