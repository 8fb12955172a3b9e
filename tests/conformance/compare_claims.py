# SPDX-License-Identifier: MIT
"""Claims as section 11 of SPEC.md makes them, those of folded rows among them, and as
`stemma-query --format jsonl --limit 0 FILE agree` tells of all: ids [R-2], subjects, predicates,
referents they speak of, counts."""

import json

from stemma_file import ENUMS


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
            result[line["id"]] = (line["subject"]["id"], line["predicate"], line["object"].get("id"),
                                  line["polarity"], line["documents"], line["independent"],
                                  line["speakers"])
    return result
