# SPDX-License-Identifier: MIT
"""libstemma from Python, by ctypes alone: a small binding that shows how one is made.

    with stemma.File("news.stemma") as kb:
        for who in kb.find("ada veks"):
            print(who.name, [event.type for event in kb.events(who.number)])

Structures are declared as the headers have them (layout() lists them for a test to compare); views
of text are copied into str at once, so that nothing that Python holds points into a snapshot. Errors are raised as
Error, with the status, the problem code and where; what is not there gives None or an empty list. A
File belongs to one thread. $STEMMA_LIBRARY names the library, if it is not where the system looks.
"""
import ctypes as c
import os

NONE = 0xFFFFFFFF
OK, END, NOT_FOUND = 0, 1, 2
ID_SIZE = 32


class Error(Exception):
    def __init__(self, status, error):
        self.status = status
        self.code = error.code.decode()
        self.where = error.where.decode()
        super().__init__(error.message.decode() or _lib.stemma_status_text(status).decode())


# ---- Structures ----------------------------------------------------------------------------------------

def _struct(name, /, **fields):
    return type(name, (c.Structure,), {"_fields_": list(fields.items())})


class text(c.Structure):
    _fields_ = [("data", c.c_void_p), ("size", c.c_size_t)]

    def __str__(self):
        return c.string_at(self.data, self.size).decode() if self.size else ""


u8, u16, u32, u64, i32, i64 = c.c_uint8, c.c_uint16, c.c_uint32, c.c_uint64, c.c_int32, c.c_int64
span = _struct("span", start=u32, end=u32)
error = _struct("error", status=c.c_int, code=c.c_char * 40, where=c.c_char * 88, message=c.c_char * 256, offset=u64)
open_options = _struct("open_options", size=c.c_size_t, flags=u32, memory_limit=u64, jobs=c.c_uint)
counts = _struct("counts", **{name: u64 for name in (
    "documents referents mentions assertions evidence judgements derivations entities events claims names terms "
    "runs vocabulary text_bytes tokens").split()})
reference = _struct("reference", kind=u8, number=u32)
referent_id = _struct("referent_id", document=u32, referent=u32)
time = _struct("time", raw=text, edtf=text)
time_bounds = _struct("time_bounds", start_earliest=i64, start_latest=i64, end_earliest=i64, end_latest=i64,
                      precision=u8, extent=u8, approximate=u8, uncertain=u8)
document = _struct("document", uri=text, title=text, publisher=text, agency=text, byline=text, published=time,
                   retrieved=text, language=text, media_type=text, licence=text, digest=u8 * 32, text=text,
                   text_withheld=u8, text_size=u64, sentences=c.POINTER(u32), sentence_count=u32,
                   paragraphs=c.POINTER(u32), paragraph_count=u32, furniture=c.POINTER(span), furniture_count=u32,
                   referents=c.c_void_p, referent_count=u32, mentions=c.c_void_p, mention_count=u32,
                   assertions=c.c_void_p, assertion_count=u32, row_count=u32, actor_count=u32, row_run=u32)
entity_name = _struct("entity_name", text=text, kind=u8, documents=u32)
entity = _struct("entity", number=u32, type=text, name=text, names=c.POINTER(entity_name), name_count=u32,
                 documents=u32, mentions=u32, events=u32, first=referent_id, claim_first=u32, claim_count=u32)
participant = _struct("participant", role=text, entity=u32)
event = _struct("event", number=u32, type=text, bounds=time_bounds, place=u32, participants=c.POINTER(participant),
                participant_count=u32, documents=u32, independent=u32, polarity=u8, certainty=u8, tense=u8,
                realis=u8, first=referent_id, claim_first=u32, claim_count=u32)
quantity = _struct("quantity", raw=text, amount=text, lower=text, upper=text, unit=text, counted=text, modifier=u8)
place = _struct("place", raw=text, referent=u32, gazetteer=text, latitude=i32, longitude=i32, radius=u32)


class value(c.Union):
    _fields_ = [("referent", u32), ("text", text), ("time", time), ("place", place), ("quantity", quantity)]


object = _struct("object", kind=u8, **{"as": value})
witness = _struct("witness", document=u32, assertion=u32)
claim = _struct("claim", number=u32, subject_kind=u8, subject=u32, predicate=text, object=object,
                object_referent_kind=u8, polarity=u8, documents=u32, independent=u32, speakers=u32,
                witnesses=c.POINTER(witness), witness_count=u32)
evidence = _struct("evidence", spans=c.POINTER(span), span_count=u32, part=u8)
assertion = _struct("assertion", subject=u32, predicate=text, object=object, polarity=u8, certainty=u8, tense=u8,
                    realis=u8, attribution=u8, stance=u8, speaker=u32, via=u32, confidence=u16, run=u32,
                    evidence=c.POINTER(evidence), evidence_count=u32)
derivation = _struct("derivation", **{"from": u32, "to": u32, "kind": u8, "score": u16, "run": u32, "author": text,
                                      "retracted": text, "ranges": c.c_void_p, "range_count": u32})
trace = _struct("trace", witness=witness, assertion=assertion, subject=referent_id, object=referent_id, speaker=u32,
                via=u32, copied=derivation)
find_options = _struct("find_options", size=c.c_size_t, limit=u32, threshold=u16, type=text, flags=u32)
found = _struct("found", entity=u32, name=u32, score=u16, reason=u8)
event_part = _struct("event_part", entity=u32, role=text, flags=u32)
event_query = _struct("event_query", size=c.c_size_t, entities=c.POINTER(u32), entity_count=u32, role=text, type=text,
                      place=u32, **{"from": i64, "to": i64, "flags": u32, "parts": c.POINTER(event_part),
                                    "part_count": u32, "types": c.POINTER(text), "type_count": u32,
                                    "polarities": u8, "certainties": u8, "realis": u8, "amount_least": text,
                                    "amount_most": text, "unit": text, "publisher": text, "speaker": u32})
hit = _struct("hit", document=u32, score=c.c_double, snippet=span, words=c.POINTER(span), word_count=u32)
standing = _struct("standing", witnesses=u32, documents=u32, independent=u32, speakers=u32, first=u32, last=u32,
                   polarity=u32 * 3, certainty=u32 * 4, realis=u32 * 4)
position = _struct("position", claims=c.POINTER(claim), claim_count=u32, standing=standing, head=standing,
                   updated_by=u32)
conflict = _struct("conflict", kind=u8, subject_kind=u8, subject=u32, ordinal=u32, lesser=u32, independent=u32)
conflict_sides = _struct("conflict_sides", predicate=text, sides=c.POINTER(position), side_count=u32,
                         updates=c.POINTER(position), update_count=u32, compatible=c.POINTER(claim),
                         compatible_count=u32)
attested = _struct("attested", claim=u32, independent=u32, documents=u32, subject_kind=u8, subject=u32,
                   predicate_ordinal=u32, position_ordinal=u32)
source = _struct("source", document=u32, group=u32, depth=u32, parent=u32, children=u32, is_last=u8, kind=u8,
                 score=u16)

timeline_options = _struct("timeline_options", size=c.c_size_t, query=c.POINTER(event_query), step=u8)
timeline_entry = _struct("timeline_entry", **{"kind": u8, "extent": u8, "approximate": u8, "from": i64, "to": i64,
                                              "gap": u32, "events": c.POINTER(u32), "event_count": u32,
                                              "documents": u32, "independent": u32})
path_edge = _struct("path_edge", kind=u8, number=u32, documents=u32, independent=u32, more=u32)
path = _struct("path", hops=u32, nodes=c.POINTER(u32), edges=c.POINTER(path_edge), independent=u32, events=u64)


def layout():
    """All structures: name, bytes, {field: offset}."""
    for kind in list(globals().values()):
        if isinstance(kind, type) and issubclass(kind, c.Structure) and kind is not c.Structure:
            yield kind.__name__, c.sizeof(kind), {name: getattr(kind, name).offset for name, _ in kind._fields_}


# ---- The library ---------------------------------------------------------------------------------------

_lib = c.CDLL(os.environ.get("STEMMA_LIBRARY", "libstemma.so.0"))
_lib.stemma_status_text.restype = c.c_char_p
_lib.stemma_version.restype = c.c_char_p
for _name in ("stemma_close", "stemma_snapshot_end", "stemma_snapshot_reset"):
    getattr(_lib, _name).argtypes = [c.c_void_p]
    getattr(_lib, _name).restype = None
_lib.stemma_snapshot_as_of.argtypes = [c.c_void_p, u32]
_lib.stemma_snapshot_as_of.restype = None
_lib.stemma_counts_get.argtypes = [c.c_void_p, c.c_void_p]
_lib.stemma_counts_get.restype = None


def _text(words):
    """A view of a str; keep both as long as it is used."""
    data = words.encode()
    view = text(c.cast(c.c_char_p(data), c.c_void_p), len(data))
    view.keep = data
    return view


def _call(name, *arguments):
    """Calls a function whose last argument is an error. Its status, which is never an error."""
    problem = error()
    function = getattr(_lib, name)
    function.restype = c.c_int
    status = function(*arguments, c.byref(problem))
    if status < 0:
        raise Error(status, problem)
    return status


class File:
    """An open file with one snapshot. What getters give are structures of the snapshot: read them before
    forget() or close()."""

    def __init__(self, path):
        self._file, self._snapshot = c.c_void_p(), c.c_void_p()
        _call("stemma_open", c.byref(self._file), os.fsencode(path), None)
        try:
            _call("stemma_snapshot_begin", c.byref(self._snapshot), self._file)
        except Error:
            _lib.stemma_close(self._file)
            raise

    def close(self):
        if self._file:
            _lib.stemma_snapshot_end(self._snapshot)
            _lib.stemma_close(self._file)
            self._file = self._snapshot = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def forget(self):
        """Gives back the memory of all that was got."""
        _lib.stemma_snapshot_reset(self._snapshot)

    def _get(self, name, kind, *arguments):
        """What a getter writes to its last argument but one; None when there is no such thing."""
        out = kind()
        return out if _call(name, self._snapshot, *arguments, c.byref(out)) == OK else None

    def _array(self, name, kind, *arguments):
        out, count = c.POINTER(kind)(), u32()
        return out[:count.value] if _call(name, self._snapshot, *arguments, c.byref(out), c.byref(count)) == OK else []

    def _iterate(self, start, step, kind, *arguments):
        cursor = c.c_void_p()
        if _call(start, c.byref(cursor), self._snapshot, *arguments) != OK:
            return
        while True:
            out = kind()
            if _call(step, cursor, c.byref(out)) != OK:
                return
            yield out

    # What there is

    def counts(self):
        out = counts()
        _lib.stemma_counts_get(self._file, c.byref(out))
        return out

    def entity(self, number):
        return self._get("stemma_entity_get", entity, u32(number))

    def event(self, number):
        return self._get("stemma_event_get", event, u32(number))

    def claim(self, number):
        return self._get("stemma_claim_get", claim, u32(number))

    def document(self, number):
        return self._get("stemma_document_get", document, u32(number))

    def label(self, number, kind="e"):
        """Any thing in words."""
        return str(self._get("stemma_label", text, reference(ord(kind), number)) or "")

    def object_label(self, one):
        """The object of a claim in words."""
        return str(self._get("stemma_object_label", text, c.byref(one)) or "")

    def text(self, number, where):
        return str(self._get("stemma_text_get", text, u32(number), where) or "")

    def claims_of(self, thing):
        """Claims about an entity or event."""
        claims = (self.claim(thing.claim_first + i) for i in range(thing.claim_count))
        return [one for one in claims if one is not None]

    def id(self, kind, number):
        out = c.create_string_buffer(ID_SIZE)
        _call("stemma_id_text", self._snapshot, reference(ord(kind), number), out)
        return out.value.decode()

    def resolve(self, name):
        """(kind, number) of a public id; None when the file lacks it."""
        out = self._get("stemma_resolve", reference, _text(name))
        return (chr(out.kind), out.number) if out else None

    # Questions

    def find(self, name, limit=20):
        options = find_options(c.sizeof(find_options), limit, 0, text(), 0)
        found_ones = self._array("stemma_find", found, _text(name), c.byref(options))
        return [self.entity(one.entity) for one in found_ones]

    @staticmethod
    def _event_query(who, type):
        query = event_query(c.sizeof(event_query), (u32 * len(who))(*who), len(who), text(), _text(type), NONE, -2**63,
                            2**63 - 1)
        query.speaker = NONE
        return query

    def events(self, *who, type=""):
        """Events in which all of these entities take part, by time."""
        query = self._event_query(who, type)
        for number in self._iterate("stemma_events", "stemma_event_next", u32, c.byref(query)):
            yield self.event(number.value)

    def why(self, one):
        """Witnesses of a claim: (document, words, speaker or None, document it is copied from or None)."""
        for index in range(one.witness_count):
            step = self._get("stemma_trace_get", trace, c.byref(one), u32(index), None)
            words = ""
            if step.assertion.evidence_count:
                words = self.text(step.witness.document, step.assertion.evidence[0].spans[0])
            yield (self.document(step.witness.document), words,
                   self.label(step.speaker) if step.speaker != NONE else None,
                   step.copied.to if step.copied.to != NONE else None)

    def timeline(self, *who, type="", step=0):
        """Entries of a timeline by day (0), month (1) or year (2); read each before the next."""
        query = self._event_query(who, type)
        options = timeline_options(c.sizeof(timeline_options), c.pointer(query), step)
        return self._iterate("stemma_timeline_begin", "stemma_timeline_next", timeline_entry, c.byref(options))

    def between(self, one, other):
        """The shortest chains from one entity to another."""
        for step in self._iterate("stemma_paths_begin", "stemma_paths_next", c.POINTER(path), u32(one), u32(other),
                                  None):
            yield step.contents

    def conflicts(self):
        """(predicate, [(claims, independent sources), ...])"""
        for one in self._iterate("stemma_conflicts", "stemma_conflict_next", conflict, None):
            sides = self._get("stemma_conflict_get", conflict_sides, c.byref(one))
            yield str(sides.predicate), [(side.claims[:side.claim_count], side.standing.independent)
                                         for side in sides.sides[:sides.side_count]]

    def agree(self, kind, number):
        for one in self._iterate("stemma_best_attested", "stemma_attested_next", attested,
                                 reference(ord(kind), number)):
            yield self.claim(one.claim), one.independent

    def sources(self):
        return self._iterate("stemma_sources_all", "stemma_sources_next", source)

    def search(self, words):
        return self._array("stemma_search", hit, _text(words), None)

    def as_of(self, date):
        """From now on only what was published by the end of the EDTF date; None: everything."""
        until = NONE
        if date is not None:
            bounds = time_bounds()
            if _lib.stemma_edtf_bounds(_text(date), c.byref(bounds)) != OK:
                raise ValueError(f"{date} is no date")
            until = self._get("stemma_documents_until", u32, i64(bounds.end_latest)).value
        _lib.stemma_snapshot_as_of(self._snapshot, until)

