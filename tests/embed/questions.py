# SPDX-License-Identifier: MIT
"""Asks a knowledge base through stemma.py what questions.c asks through C, line for line the same.

    questions.py KB NAME OTHER DATE
"""
import datetime
import sys

import stemma


def day(seconds):
    if seconds == -2**63:
        return ""
    return (datetime.date(1970, 1, 1) + datetime.timedelta(seconds=seconds)).isoformat()


def events(kb, *who):
    best = None
    for event in kb.events(*who):
        cast = "".join(f" {p.role}={kb.label(p.entity)}" for p in event.participants[:event.participant_count])
        print(f"{'both' if len(who) > 1 else 'event'}: {event.type} {day(event.bounds.start_earliest)}, "
              f"{event.documents} documents, {event.independent} independent:{cast}")
        if best is None or event.documents > best.documents:
            best = event
    return best


def said(kb, claim):
    return f"{claim.predicate} {kb.object_label(claim)}"


def main(path, *names, date):
    with stemma.File(path) as kb:
        both = []
        for name in names:
            who = kb.find(name)[0]
            print(f"find: {who.name}: {who.documents} documents, {who.name_count} names")
            both.append(who.number)
        event = events(kb, both[0])
        events(kb, *both)
        for entry in kb.timeline(both[0]):
            print(f"day: {day(getattr(entry, 'from'))}, {entry.event_count} events, {entry.independent} independent: "
                  f"{kb.label(entry.events[0], 'v')}")
        for path in kb.between(*both):
            print(f"between: {kb.label(path.nodes[0])}" + "".join(
                f" - {kb.label(path.edges[i].number, chr(path.edges[i].kind))} - {kb.label(path.nodes[i + 1])}"
                for i in range(path.hops)) + f", {path.independent} independent")
        public = kb.id("v", event.number)
        print(f"id: {public} is event {kb.resolve(public)[1]} again")
        for claim in kb.claims_of(event):
            for _, words, speaker, copied in kb.why(claim):
                print(f'why: {said(kb, claim)} because "{words}"' + (f", says {speaker}" if speaker else "") +
                      (f", copied from document {copied}" if copied is not None else ""))
        for source in kb.sources():
            print(f"source: {'  ' * source.depth}{kb.document(source.document).uri}, group {source.group}")
        for predicate, sides in kb.conflicts():
            print(f"conflict: {predicate}" + "".join(f" | {kb.object_label(claims[0])} ({independent})"
                                                     for claims, independent in sides))
        for claim, independent in kb.agree("e", both[0]):
            print(f"agree: {said(kb, claim)}, {independent} independent")
        for hit in kb.search("prisoners"):
            print(f"search: {hit.score:.3f} {kb.text(hit.document, hit.snippet)}")
        kb.as_of(date)
        print(f"as of {date}:")
        events(kb, both[0])
        kb.as_of(None)
        kb.forget()
        if kb.entity(stemma.NONE) is not None or kb.resolve("e.000000000000.1") is not None:
            sys.exit("something is there that is not")
    try:
        stemma.File("/nowhere/at/all")
    except stemma.Error as error:
        print(f"error: {error.status} {error.code}")
    else:
        sys.exit("a file that is not there was opened")


main(*sys.argv[1:4], date=sys.argv[4])
