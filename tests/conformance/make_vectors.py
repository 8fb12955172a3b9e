#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The golden vectors of tests/vectors, made by the second reader from what vector_*.py give it.

    make_vectors.py FOLDER          compares what it makes with the files of FOLDER; 1 when any differs
    make_vectors.py FOLDER BUILD    writes them, and the whole files with the programs of BUILD"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import vector_files
import vector_packed
import vector_records
import vector_values
from stemma_file import File, digest_of

VALUES = {
    "varint": ("Varints: bytes and the number that they are", vector_values.varints),
    "messagepack": ("Canonical MessagePack: bytes and the value with its kind", vector_values.messagepack),
    "key": ("Keys of records: their form, bytes and numbers", vector_values.keys),
    "id": ("Ids: of documents from text and URI; public ids that are read or not", vector_values.ids),
    "digest": ("Digests of tables: records (key, value) and the XXH3-128 of them", vector_values.digests),
    "edtf": ("Times: their four bounds in seconds, null when unknown, and the rest", vector_values.times),
    "name": ("Names: plain fold, folding key, and the hash of the plain fold", vector_values.names),
    "term": ("Words of a text in a language: their terms in order", vector_values.terms),
    "column": ("Column blocks: bytes and elements by column", vector_packed.column_vectors),
    "posting": ("Posting tables: (list key, id, payload) and the records they make", vector_packed.posting_vectors),
    "row_block": ("Row blocks: rows and the records they make", vector_packed.row_vectors),
    "label": ("The record arena of label: its texts", vector_packed.label_vectors),
    "hash": ("Hash arrays: pairs of hash and number", vector_packed.hash_vectors),
    "token": ("The record text of token: its texts", vector_packed.token_vectors),
    "record": ("Records of tables: bytes and the value; `world` is what their numbers refer to",
               vector_records.vectors),
    "testimony": ("Payloads of all parts of a document; `world` as for records", vector_records.testimony),
}


def line_of(one):
    return json.dumps(one, ensure_ascii=False, separators=(", ", ": "))


def page_of(about, vectors, **more):
    """A file of vectors, one a line."""
    names = [(one.get("table"), one["name"]) for one in vectors]
    assert len(set(names)) == len(names), [one for one in names if names.count(one) > 1]
    head = "".join(" %s: %s,\n" % (json.dumps(key), line_of(value)) for key, value in more.items())
    return "{\n \"about\": %s,\n%s \"vectors\": [\n%s\n ]\n}\n" % (
        json.dumps(about), head, ",\n".join("  " + line_of(one) for one in vectors))


def values():
    for name, (about, vectors) in VALUES.items():
        more = {"world": {**vector_records.WORLD, "actors": vector_records.ACTORS,
                          "items": vector_records.ITEMS, "text_size": vector_records.SIZE,
                          "label": "Ida Lorn", "label_documents": 5, "from": 3, "to": 1}} \
            if name in ("record", "testimony") else {}
        yield name + ".json", page_of(about, list(vectors()), **more)


def files(folder):
    """The vectors of whole files, from those in the folder."""
    about = ("Whole files. Sound ones: their interchange and the digest of each table. Broken ones: a sound "
             "file with bytes put at offsets, then cut or filled with zeros to a size; the status and code "
             "with which it is refused when it is opened, or that a checker reports")
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "edited.stemma")
        for name in ("smallest", "small"):
            file = File(folder / (name + ".stemma"))
            found.append({"name": "the %s file" % name, "rule": "F-1", "file": name + ".stemma",
                          "dump": name + ".jsonl", "counts": file.counts,
                          "digests": {table: digest_of(rows).hex() for table, rows in
                                      sorted(file.tables.items()) if table != "meta"}})
        data = (folder / "small.stemma").read_bytes()
        found += vector_files.vectors("small.stemma", data, path)
    return "file.json", page_of(about, found)


def make_files(folder, build):
    """The sound files and their interchange."""
    tool = lambda name, *more: subprocess.run([build / ("stemma-" + name), "-q", *more], check=True,
                                              capture_output=True, text=True).stdout
    subprocess.run([build / "tests" / "format_test_spec_example"], check=True,
                   env={**os.environ, "STEMMA_SPEC_EXAMPLE": str(folder / "smallest.stemma")})
    lines = [line_of(one) + "\n" for one in vector_files.small_interchange()]
    with tempfile.TemporaryDirectory() as scratch:
        source, target = os.path.join(scratch, "in.jsonl"), os.path.join(scratch, "out.stemma")
        for again in (0, 1):
            pathlib.Path(source).write_text("".join(lines), encoding="utf-8")
            tool("pack", "-f", "-o", target, source)
            file = File(target)
            ids = {one.get(0, ""): file.id(i) for i, one in enumerate(file.documents)}
            if not again:
                lines += [line_of(one) + "\n" for one in vector_files.small_judgements(ids)]
        (folder / "small.stemma").write_bytes(pathlib.Path(target).read_bytes())
    for name in ("smallest", "small"):
        (folder / (name + ".jsonl")).write_text(tool("dump", str(folder / (name + ".stemma"))),
                                                encoding="utf-8")


def main(folder, build=None):
    folder, wrong = pathlib.Path(folder), []
    if build:
        folder.mkdir(exist_ok=True)
        make_files(folder, pathlib.Path(build))
    count = 0
    for name, page in [*values(), files(folder)]:
        path = folder / name
        count += len(json.loads(page)["vectors"])
        if build:
            path.write_text(page, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != page:
            wrong.append(name)
    for name in wrong:
        print("%s is not what the second reader makes of it" % (folder / name))
    print("%d vectors in %d files" % (count, len(VALUES) + 1))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if 2 <= len(sys.argv) <= 3 else __doc__)
