# SPDX-License-Identifier: MIT
"""Section 11.1 of SPEC.md: the orders in which documents, runs, mentions and judgements stand."""

from edtf_bounds import UNKNOWN, bounds


def ascends(keys):
    return all(a < b for a, b in zip(keys, keys[1:]))


def documents(file):
    """[I-1]"""
    keys = []
    for number, record in enumerate(file.documents):
        edtf = record.get(5, ["", ""])[1]
        first = bounds(edtf)[0] if edtf else UNKNOWN
        keys.append((first is UNKNOWN, first or 0, file.id(number)))
    return ascends(keys)


def runs(file):
    """[I-2] [R-22]: in order, and every one named by something."""
    keys = [(run.get(0, "").encode(), run.get(1, "").encode(), run.get(2, 0), run.get(3, "").encode())
            for run in file.runs]
    named = {one[4] - 1 for one in file.judgements() if 4 in one}
    named |= {one[2] - 1 for _, _, one in file.derivations() if 2 in one}
    named |= {record[21] - 1 for record in file.documents if 21 in record}
    for number in range(len(file.documents)):
        named |= {row[4] for row in file.testimony(number).assertions}
    return ascends(keys) and named == set(range(len(keys)))


def mention_key(row):
    """[I-4]: a canonical one goes first among equals."""
    kind, canonical, referent, spans, head = row
    further = [end for span in spans[1:] for end in span]
    return (*spans[0], kind, referent if referent >= 0 else 2**32, further, head or (0, 0), 1 - canonical)


def mentions(file):
    """[I-4]"""
    for number in range(len(file.documents)):
        keys = [mention_key(row) for row in file.testimony(number).mentions]
        if keys != sorted(keys):
            return False
    return True


def judgements(file):
    """[I-3] [R-34]"""
    return ascends([(one[0], one[1], one[2], one.get(4, 0), one.get(5, "").encode(),
                     one.get(6, "").encode(), one.get(7, "").encode(), one.get(3, 2000),
                     one.get(8, "").encode()) for one in file.judgements()])


ORDERS = {"documents": documents, "runs": runs, "mentions": mentions, "judgements": judgements}
