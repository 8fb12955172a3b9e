# SPDX-License-Identifier: MIT
"""What the sweeps of faults share: runs of a program under the shim (shim.h), and judging how they end.

A sweep is repeated by its command line, which stands in each complaint: set the variables it names, and
the same call fails again. STEMMA_LONG tries every call where else the first of each distinct stack is, or
every k-th of those; STEMMA_SEED changes with which of them it begins.
"""
import collections
import os
import pickle
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

LONG = bool(os.environ.get("STEMMA_LONG"))
SEED = int(os.environ.get("STEMMA_SEED", "1"))
JOBS = int(os.environ.get("STEMMA_JOBS") or (os.cpu_count() if LONG else 1) or 1)
PATIENCE = 60  # seconds that one run may take
MANY = 3600 if LONG else 300  # seconds that a run may take that all its calls are tried in
MOST_COMPLAINTS = 25
OK, NOTHING, SYSTEM, DAMAGED, REJECTED, INTERNAL = 0, 1, 3, 4, 6, 7


def fnv(data):
    """The sum of shim_fork.c."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def one_line(errors):
    """Errors as shim_fork.c notes them."""
    return errors.decode(errors="replace").replace("\n", "|")


class Sweep:
    """One test program: its folders, what it found, and its figures."""

    def __init__(self, name):
        self.name = name
        self.build, self.source = map(os.path.abspath, sys.argv[1:3])
        self.shim = os.path.join(self.build, "tests/faults/stemma_fault.so")
        if not os.path.exists(self.shim):
            print("SKIPPED: no library of faults in this build")
            sys.exit(0)
        self.only = sys.argv[3] if len(sys.argv) > 3 else ""
        self.folder = tempfile.TemporaryDirectory(prefix="stemma-fault-")
        self.work = self.folder.name
        os.chdir(self.work)
        self.failures = 0
        self.places = set()
        self.counts = collections.Counter()
        self.log = os.path.join(self.work, ".shim.log")

    def tool(self, name):
        return os.path.join(self.build, "stemma-" + name)

    def run(self, arguments, stdin=None, **faults):
        """Ends a program under the shim: (status, output, errors, lines of the log)."""
        environment = dict(os.environ, LD_PRELOAD=self.shim, FAULT_LOG=self.log, HOME=self.work + "/none")
        environment.pop("XDG_CACHE_HOME", None)
        environment.update({key: str(value) for key, value in faults.items()})
        if os.path.exists(self.log):
            os.unlink(self.log)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with open(stdin or os.devnull, "rb") as source:
                try:
                    status = subprocess.run(arguments, stdin=source, stdout=out, stderr=err, env=environment,
                                            timeout=MANY if "FAULT_EACH" in faults else PATIENCE).returncode
                except subprocess.TimeoutExpired:
                    status = -signal.SIGALRM
            out.seek(0)
            err.seek(0)
            output, errors = out.read(), err.read()
        lines = open(self.log, errors="replace").read().splitlines() if os.path.exists(self.log) else []
        if status == 99:
            print("SKIPPED:", errors.decode())
            sys.exit(0)
        return status, output, errors, lines

    def true(self, arguments, stdin=None):
        """What a program says when nothing fails."""
        status, output, errors, _ = self.run(arguments, stdin)
        return status, output, errors

    def place(self, lines):
        """The functions of the program that a fault was met in, innermost first, of the log's lines."""
        functions = []
        for line in lines:
            if line.startswith("at ") and "/stemma-" in line:
                _, file, offset = line.split(" ")
                found = subprocess.run(["addr2line", "-f", "-e", file, offset], capture_output=True, text=True)
                functions.append(found.stdout.split("\n")[0])
        return functions

    def complain(self, what, arguments, stdin=None, lines=None, **faults):
        """Prints a complaint, once for each place that a fault was met in."""
        self.failures += 1
        if self.failures > 4 * MOST_COMPLAINTS:
            return
        place = ""
        if "FAULT" in faults:
            place = " < ".join(self.place(lines or self.run(arguments, stdin, **faults)[3])[:7])
            if place in self.places:
                return
            self.places.add(place)
        shown = " ".join([f"{key}={value}" for key, value in faults.items()] + list(arguments))
        print(f"FAILED: {what}\n    {shown}\n    in {place}", flush=True)

    def names_the_reason(self, errors):
        """Errors of a failure say what failed, with a code; or that memory was refused."""
        return re.search(r"\[[A-Z_]{4,}\]|[Mm]emory|: .*(error|space|interrupted|denied|[Tt]oo many|failed|too large)|unable to open|"
                         "SQLite cannot be used: .*libsqlite3",
                         errors) is not None

    def judge(self, true, status, output_as_ever, errors, allowed):
        """What is wrong with how a program ended, or None. `true`: its status and errors when nothing fails."""
        if status < 0:
            return f"ended by signal {-status}: {errors}"
        # READ_FAILED: a table that could not be read to its end.
        if status == REJECTED and re.search(r"\[(FILE_UNREADABLE|FOLDER_UNREADABLE|READ_FAILED|MAPPING_UNREADABLE)\]", errors):
            self.counts["a file of the input was refused"] += 1
            return None
        if status == REJECTED and "the list of what was refused cannot be written" in errors:
            self.counts["the list of what was refused was not written, and that is said"] += 1
            return None
        if status in (OK, NOTHING, REJECTED) and status == true[0]:
            self.counts["ended as if nothing had failed"] += 1
            if not output_as_ever:
                return f"another answer with status {status}"
            # A child says what is left to be said; and a line may be lost that could not be written.
            news = set(errors.split("|")[:-1]) - set(true[1].split("|"))
            if errors not in true[1] and news and "memory" not in errors:
                return f"status {status}, but it says '{errors}'"
            return None
        if status not in allowed:
            return f"status {status}: {errors}"
        if not self.names_the_reason(errors):
            return f"status {status} does not say why: '{errors}'"
        return None

    def each(self, arguments, kind, action, allowed=(SYSTEM, INTERNAL), stdin=None, every=1, distinct=None):
        """Every call of a class fails in a child of its own."""
        true = self.true(arguments, stdin)
        faults = {"FAULT_EACH": f"{kind}:{action}", "FAULT_EVERY": every, "FAULT_FIRST": SEED % every}
        if distinct if distinct is not None else not LONG:
            faults["FAULT_DISTINCT"] = 1
        status, output, errors, lines = self.run(arguments, stdin, **faults)
        if (status, output) != true[:2]:
            self.complain(f"the parent ended with {status}: {errors[-300:]!r}", arguments, stdin, lines, **faults)
        truth, words = fnv(true[1]), one_line(true[2])
        for line in lines:
            if not line.startswith("each "):
                continue
            _, number, _, how, code, total, _, errors = line.split(" ", 7)
            self.counts[f"{kind} {action}"] += 1
            once = {"FAULT": f"{kind}:{number}:{action}"}
            wrong = self.judge((true[0], words), -int(code) if how == "signal" else int(code),
                               int(total, 16) == truth, errors, allowed)
            if wrong:
                self.complain(wrong, arguments, stdin, **once)

    def first_calls(self, arguments, kind, stdin=None, every=1):
        """The numbers of the calls of a class to try: the first of each stack, or with STEMMA_LONG all."""
        if LONG:
            totals = [line.split() for line in self.run(arguments, stdin, FAULT_COUNT=1)[3]]
            count = next(int(words[2]) for words in totals if words[:2] == ["total", kind])
            return range(1, count + 1, every)
        lines = self.run(arguments, stdin, FAULT_LIST=kind, FAULT_EVERY=every, FAULT_FIRST=SEED % every)[3]
        return [int(line.split()[1]) for line in lines if line.startswith("first ")]

    def one_by_one(self, arguments, kind, actions, allowed=(SYSTEM, INTERNAL), stdin=None, every=1, before=None,
                   after=None, part=(0, 1)):
        """Every call of a class fails in a run of its own, of `part` (K, N) every N-th, beginning with the K-th;
        `before` makes ready for a run, `after` says of a status what is wrong then, or None."""
        if before:
            before()
        true = self.true(arguments, stdin)
        if before:
            before()
        for number in self.first_calls(arguments, kind, stdin, every)[part[0]::part[1]]:
            for action in actions:
                once = {"FAULT": f"{kind}:{number}:{action}"}
                if before:
                    before()
                status, output, errors, lines = self.run(arguments, stdin, **once)
                if not any(line.startswith("met ") for line in lines):
                    self.counts[f"{kind} {action}: not met"] += 1
                    continue
                self.counts[f"{kind} {action}"] += 1
                if action.startswith("kill"):
                    wrong = None if status == -9 else f"not killed: {status}"
                else:
                    wrong = self.judge((true[0], one_line(true[2])), status, output == true[1], one_line(errors)[:511],
                                       allowed)
                wrong = wrong or (after(status) if after else None)
                if wrong:
                    self.complain(wrong, arguments, stdin, lines, **once)

    def judge_end(self, what, arguments, true, allowed=(SYSTEM,), after=None, silent=False, **how):
        """A run under what is no fault of one call: `how` as subprocess has it."""
        run = subprocess.run(arguments, stderr=subprocess.PIPE, timeout=PATIENCE,
                             stdin=subprocess.DEVNULL, **how)
        errors = one_line(run.stderr)[:511]
        wrong = None
        if run.returncode not in (*allowed, true[0]) or run.returncode < 0:
            wrong = f"status {run.returncode}: {errors}"
        elif run.returncode == SYSTEM and not silent and not self.names_the_reason(errors):
            wrong = f"status {run.returncode} does not say why: '{errors}'"
        wrong = wrong or (after(run.returncode) if after else None)
        self.counts[what] += 1
        self.counts[what + ": enough"] += run.returncode == true[0]
        if wrong:
            self.complain(f"{what}: {wrong}", arguments)
        return run.returncode

    def to_nowhere(self, arguments):
        """Standard output that takes nothing, or not all: a program that says something does not end well."""
        if self.only not in " ".join(arguments):
            return
        true = self.true(arguments)
        if not true[1]:
            return
        ends = [None] * 4
        with open("/dev/full", "wb") as full:
            ends[0] = self.judge_end("/dev/full", arguments, true, stdout=full)
        ends[1] = self.judge_end("stdout closed", arguments, true, preexec_fn=lambda: os.close(1))
        reader, writer = os.pipe()
        os.close(reader)
        ends[2] = self.judge_end("a pipe that is closed", arguments, true, silent=True, stdout=writer)
        os.close(writer)
        limit = len(true[1]) // 2
        with tempfile.TemporaryFile() as out:
            ends[3] = self.judge_end("RLIMIT_FSIZE of half an answer", arguments, true, stdout=out,
                                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        if any(end == true[0] for end in ends):
            self.complain(f"status {true[0]} without an answer: {ends}", arguments)

    def within(self, arguments, most, steps, before, after):
        """A disk with room for so many bytes (FAULT_SPACE), and a limit for each file (RLIMIT_FSIZE)."""
        before()
        true = self.true(arguments)
        for step in range(steps):
            room = most * step // (steps - 1)  # the last one suffices
            room -= SEED * 977 % (room // 8 + 1) if step + 1 < steps else 0
            before()
            status, _, errors, _ = self.run(arguments, FAULT_SPACE=room)
            self.counts["FAULT_SPACE"] += 1
            self.counts["FAULT_SPACE: enough"] += status == true[0]
            errors = one_line(errors)[:511]
            wrong = None
            if status not in (true[0], SYSTEM):
                wrong = f"status {status}: {errors}"
            elif status == SYSTEM and not self.names_the_reason(errors):
                wrong = f"status {status} does not say why: '{errors}'"
            wrong = wrong or after(status)
            if step + 1 == steps and status != true[0]:
                wrong = f"a disk without bounds is full: {errors}"
            if wrong:
                self.complain(f"FAULT_SPACE={room}: {wrong}", arguments)
            before()
            self.judge_end("RLIMIT_FSIZE", arguments, true, after=after, stdout=subprocess.DEVNULL,
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))

    def in_shares(self, tasks):
        """Calls the functions `tasks`, in their order, in JOBS processes, each with a copy of the folder as it
        is now: whoever is free takes the next. What they count and complain of is as if one had done it."""
        waiting, put = os.pipe()
        for i in range(len(tasks)):
            os.write(put, i.to_bytes(2, "big"))
        os.close(put)
        with tempfile.TemporaryDirectory(prefix="stemma-fault-") as folder:
            children = [self.share(tasks, waiting, f"{folder}/{i}") for i in range(JOBS)]
            os.close(waiting)
            for i, child in enumerate(children):
                os.waitpid(child, 0)
                try:
                    with open(f"{folder}/{i}.found", "rb") as found:
                        counts, failures = pickle.load(found)
                except (OSError, EOFError):
                    counts, failures = {}, 1
                    print("FAILED: a process of the sweep ended by itself")
                self.counts.update(counts)
                self.failures += failures

    def share(self, tasks, waiting, folder):
        """Begins one process of in_shares()."""
        sys.stdout.flush()
        child = os.fork()
        if child != 0:
            return child
        try:
            shutil.copytree(self.work, folder)
            self.work, self.log = folder, folder + "/.shim.log"
            os.chdir(folder)
            self.counts.clear()
            self.failures = 0
            while number := os.read(waiting, 2):
                tasks[int.from_bytes(number, "big")]()
            with open(folder + ".found", "wb") as found:
                pickle.dump((dict(self.counts), self.failures), found)
        except BaseException:  # whatever it is: the parent must not go on in here
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    def end(self):
        for key in sorted(self.counts):
            print(f"figure: {self.name}: {key}: {self.counts[key]}")
        if self.failures > MOST_COMPLAINTS:
            print(f"... and {self.failures - MOST_COMPLAINTS} more")
        print(f"figure: {self.name}: complaints: {self.failures}")
        sys.exit(1 if self.failures else 0)
