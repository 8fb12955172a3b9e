# SPDX-License-Identifier: MIT
"""Claims as section 11 of SPEC.md makes them, those of folded rows among them, and as
`stemma-query --format jsonl --limit 0 FILE sql TOLD` tells of all, TOLD being what this program
prints when it is run: ids [R-2], subjects, predicates, referents they speak of, counts."""

import json

from stemma_file import ENUMS

TOLD = """
    SELECT c.id AS id, coalesce(v.id, e.id) AS subject, c.predicate AS predicate,
           coalesce(oe.id, ov.id) AS object, c.polarity AS polarity, c.documents AS documents,
           c.independent AS independent, c.speakers AS speakers
    FROM claim c
    LEFT JOIN event v ON v.number = c.event
    LEFT JOIN entity e ON e.number = c.entity
    LEFT JOIN entity oe ON oe.number = c.object_entity
    LEFT JOIN event ov ON ov.number = c.object_event
"""


def derived(index):
    """{id of a claim: what is said of it}"""
    file, result = index.file, {}
    ids = [file.id(number) for number in range(len(file.documents))]

    def thing(first):
        document, ordinal, _ = index.referents[first]
        return "%s.%s.%d" % ("ev"[index.kinds[first]], ids[document], ordinal)

    for first, claims in index.by_cluster.items():
        for predicate, form, polarity, witnesses, documents, independent, speakers in claims:
            document, ordinal = witnesses[0][:2]
            result["c.%s.%d" % (ids[document], ordinal)] = (
                thing(first), file.terms[predicate][1], thing(form[1]) if form[0] == 0 else None,
                ENUMS["polarity"][polarity] if polarity else None, documents, independent, speakers)
    return result


def told(path):
    result = {}
    with open(path, encoding="utf-8") as stream:
        for line in map(json.loads, stream):
            result[line["id"]] = tuple(line[key] for key in (
                "subject", "predicate", "object", "polarity", "documents", "independent",
                "speakers"))
    return result


if __name__ == "__main__":
    print(TOLD)
