# SPDX-License-Identifier: MIT
"""stemma-query where memory is refused or calls of the system fail: it says so and why, or answers as
ever; never anything else."""
import subprocess

from faults import LONG, Sweep

sweep = Sweep("query")
query = sweep.tool("query")
subprocess.run([sweep.build + "/tests/write_query_kb", "small.kb"], check=True)
with open("news.jsonl", "wb") as out:
    subprocess.run(["python3", sweep.source + "/tests/bench/make_articles.py", "30"], check=True, stdout=out)
subprocess.run([sweep.tool("pack"), "-q", "-o", "news.kb", "news.jsonl"], check=True)


def first_id(*arguments):
    """The id that ends the first line of an answer."""
    lines = subprocess.run([query, *arguments, "--format=tsv"], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return lines[1].split("\t")[lines[0].split("\t").index("id")]


entity = first_id("news.kb", "find", "Anna")
event = first_id("news.kb", "events")
documents = [first_id("news.kb", "sources", f"--offset={i}") for i in (0, 3)]

QUESTIONS = [
    ["find", "Anna"], ["find", "Hana Stomaiv"], ["find", "Stoma", "--prefix"], ["find", "Zzyzx"],
    ["show", entity], ["show", event], ["show", documents[0]], ["show", "Anna Saihes"],
    ["events", "-n", "20"], ["events", "--who", "Anna", "--from", "2010-01-02", "-n", "3"],
    ["events", "--place", "Tazov"], ["events", "-t", "contact", "--amount", "2.."],
    ["timeline", entity, "-n", "10"], ["timeline", entity, "--by", "month"],
    ["why", event], ["conflicts", "-n", "3"], ["conflicts", entity], ["agree", "-n", "5"],
    ["between", "Anna Saihes", "Hanna Stomaiv"], ["sources"], ["sources", documents[0]],
    ["sources", *documents, "--passages"], ["sources", "--format=dot"], ["doubtful", "-n", "3"],
    ["doubtful", "--format=resolver", "-n", "3"], ["search", "police arrested"],
    ["search", "\"human rights\" OR city", "--in", "Anna Saihes"], ["diff", "2010-01-02"], ["diff", "small.kb"],
    ["sql", "SELECT type, count(*) FROM event GROUP BY type ORDER BY 2 DESC, 1 LIMIT 5"], ["stats"],
]

# Memory: every form of the answers of the small file, which asks the most code for the least; the news
# with larger tables.
for question in QUESTIONS:
    forms = ["text", "json", "jsonl", "csv", "tsv"] if LONG else ["text"]
    if any(word.startswith("--format") for word in question):
        forms = [None]
    for form in forms:
        line = [query, *([f"--format={form}"] if form else []), "news.kb", *question]
        if sweep.only not in " ".join(line):
            continue
        if "sql" in question:  # a child of a fork may not open the file again, which SQLite does
            sweep.one_by_one(line, "alloc", ["ENOMEM"], every=1 if LONG else 10)
            continue
        # At full length every call of two forms; of the others, which share most code with these, each place.
        some = form not in (None, "text", "json")
        for action in ("ENOMEM", "ENOMEM:on") if LONG and form in (None, "text") else ("ENOMEM",):
            sweep.each(line, "alloc", action, every=1 if LONG else 3, distinct=True if some else None)
line = [query, "--as-of=2010-01-02", "news.kb", "show", entity]
sweep.each(line, "alloc", "ENOMEM")

# Where standard output is full, closed, a pipe that nobody reads, or may not grow.
for question in QUESTIONS if LONG else QUESTIONS[::6]:
    for form in ("text", "json"):
        if not any(word.startswith("--format") for word in question):
            sweep.to_nowhere([query, f"--format={form}", "news.kb", *question])

# The system.
for question in QUESTIONS if LONG else QUESTIONS[::10]:
    line = [query, "news.kb", *question]
    for kind, action in (("open", "EMFILE"), ("open", "EACCES"), ("read", "EIO"), ("read", "short"),
                         ("read", "EINTR"), ("write", "EIO"), ("write", "ENOSPC"), ("write", "short"),
                         ("map", "ENOMEM"), ("stat", "EIO"), ("close", "EIO"), ("dir", "EIO")):
        if "sql" in question:
            sweep.one_by_one(line, kind, [action])
        else:
            sweep.each(line, kind, action)
sweep.end()
