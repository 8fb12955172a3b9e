# SPDX-License-Identifier: MIT
"""What the golden vectors of values are made of: varints, MessagePack, keys, ids, digests, times, names
and terms. make_vectors.py gives them to the second reader and writes them down."""

import hashlib

import derive_terms
from canonical import Reader, unpack
from container import Damage
from edtf_bounds import bounds
from fold_names import fold, key_of
from packing import hash_of, pack, varint
from stemma_file import digest_of, document_id


def code_of(read, *arguments):
    """The code that something is refused with, None when it is not."""
    try:
        read(*arguments)
    except Damage as damage:
        return damage.code
    return None


def bad(read, name, rule, data, code, *more):
    """A vector of bytes that are refused; the second reader must refuse them with this code."""
    found = code_of(read, data, *more)
    assert found == code, (name, found, code)
    return {"name": name, "rule": rule, "hex": data.hex(), "code": code}


def wide(number):
    """A number as JSON has it everywhere: beyond 2^53 a string."""
    return number if -(2**53) < number < 2**53 else str(number)


# ---- Varints ----


def varints():
    def read(data):
        reader = Reader(data)
        value = reader.varint()
        assert not reader.left()
        return value

    for number in (0, 1, 127, 128, 129, 300, 16383, 16384, 2**32 - 1, 2**32, 2**63, 2**64 - 1):
        data = varint(number)
        assert read(data) == number
        yield {"name": "the number %d" % number, "rule": "R-46", "hex": data.hex(),
               "number": wide(number)}
    for name, data, code in (
            ("nothing", b"", "RECORD_TRUNCATED"),
            ("a first byte alone", b"\x80", "RECORD_TRUNCATED"),
            ("zero in two bytes", b"\x80\x00", "RECORD_FORM"),
            ("1 in two bytes", b"\x81\x00", "RECORD_FORM"),
            ("beyond 64 bits", b"\xff" * 9 + b"\x02", "RECORD_FORM"),
            ("eleven bytes", b"\x80" * 10 + b"\x01", "RECORD_FORM")):
        yield bad(read, name, "R-46", data, code)


# ---- MessagePack ----


def typed(value):
    """A value with its kind, as JSON alone would not tell a text from bytes."""
    if value is True:
        return ["true"]
    if isinstance(value, int):
        return ["int", wide(value)]
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bytes):
        return ["bytes", value.hex()]
    if isinstance(value, list):
        return ["array", [typed(one) for one in value]]
    return ["map", [[key, typed(one)] for key, one in value.items()]]


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


GOOD = [
    ("zero", 0, "R-5"), ("the greatest fixint", 127, "R-5"), ("the least uint 8", 128, "R-5"),
    ("the greatest uint 8", 255, "R-5"), ("the least uint 16", 256, "R-5"),
    ("the least uint 32", 65536, "R-5"), ("the least uint 64", 2**32, "R-5"),
    ("the greatest number", 2**64 - 1, "R-5"), ("minus one", -1, "R-5"),
    ("the least negative fixint", -32, "R-5"), ("the greatest int 8", -33, "R-5"),
    ("the least int 8", -128, "R-5"), ("the greatest int 16", -129, "R-5"),
    ("the greatest int 32", -32769, "R-5"), ("the greatest int 64", -(2**31) - 1, "R-5"),
    ("the least number", -(2**63), "R-5"), ("true", True, "R-4"), ("an empty text", "", "R-4"),
    ("a text of two-byte characters", "déjà", "R-8"), ("a text beyond the first plane", "𐍈", "R-8"),
    ("a fixstr of 31 bytes", "a" * 31, "R-5"), ("a str 8 of 32 bytes", "a" * 32, "R-5"),
    ("a str 16 of 256 bytes", "a" * 256, "R-5"), ("no bytes", b"", "R-4"),
    ("bytes", b"\x00\xff", "R-4"), ("a bin 16", bytes(256), "R-5"), ("an empty array", [], "R-4"),
    ("an array of sixteen", list(range(16)), "R-5"), ("an empty map", {}, "R-4"),
    ("a map", {0: "a", 5: [1, {127: True}]}, "R-9"),
    ("a map of sixteen", {i: 1 for i in range(16)}, "R-5"),
    ("eight containers inside each other", nested(8), "R-7"),
]
BAD = [
    ("nothing", "", "R-3", "RECORD_TRUNCATED"), ("two values", "0000", "R-3", "RECORD_TRAILING"),
    ("a uint 16 that ends early", "cd01", "R-3", "RECORD_TRUNCATED"),
    ("a text that ends early", "a26f", "R-3", "RECORD_TRUNCATED"),
    ("bytes that end early", "c40200", "R-3", "RECORD_TRUNCATED"),
    ("nil", "c0", "R-4", "RECORD_FORM"), ("the byte that is never used", "c1", "R-4", "RECORD_FORM"),
    ("false", "c2", "R-4", "RECORD_FORM"), ("an ext 8", "c70000", "R-4", "RECORD_FORM"),
    ("a float 32", "ca00000000", "R-4", "RECORD_FORM"),
    ("a float 64", "cb0000000000000000", "R-4", "RECORD_FORM"),
    ("a fixext", "d400ff", "R-4", "RECORD_FORM"),
    ("127 in a uint 8", "cc7f", "R-5", "RECORD_FORM"),
    ("255 in a uint 16", "cd00ff", "R-5", "RECORD_FORM"),
    ("65535 in a uint 32", "ce0000ffff", "R-5", "RECORD_FORM"),
    ("2^32 - 1 in a uint 64", "cf00000000ffffffff", "R-5", "RECORD_FORM"),
    ("1 in an int 8", "d001", "R-5", "RECORD_FORM"), ("-32 in an int 8", "d0e0", "R-5", "RECORD_FORM"),
    ("-128 in an int 16", "d1ff80", "R-5", "RECORD_FORM"),
    ("-32768 in an int 32", "d2ffff8000", "R-5", "RECORD_FORM"),
    ("-2^31 in an int 64", "d3ffffffff80000000", "R-5", "RECORD_FORM"),
    ("31 bytes in a str 8", "d91f" + "61" * 31, "R-5", "RECORD_FORM"),
    ("255 bytes in a str 16", "da00ff" + "61" * 255, "R-5", "RECORD_FORM"),
    ("255 bytes in a bin 16", "c500ff" + "00" * 255, "R-5", "RECORD_FORM"),
    ("fifteen items in an array 16", "dc000f" + "00" * 15, "R-5", "RECORD_FORM"),
    ("a map 16 of one pair", "de00010001", "R-5", "RECORD_FORM"),
    ("an array that says it has more items than bytes remain", "9300", "R-6", "RECORD_COUNT"),
    ("an array 32 of four thousand million", "ddffffffff", "R-6", "RECORD_COUNT"),
    ("a map of two pairs in three bytes", "82000101", "R-6", "RECORD_COUNT"),
    ("nine containers inside each other", "91" * 9 + "01", "R-7", "RECORD_NESTING"),
    ("a byte that begins no character", "a1ff", "R-8", "TEXT_NOT_UTF8"),
    ("an overlong slash", "a2c0af", "R-8", "TEXT_NOT_UTF8"),
    ("a surrogate", "a3eda080", "R-8", "TEXT_NOT_UTF8"),
    ("above U+10FFFF", "a4f4908080", "R-8", "TEXT_NOT_UTF8"),
    ("a character that is cut", "a2e282", "R-8", "TEXT_NOT_UTF8"),
    ("U+0000", "a100", "R-8", "TEXT_NOT_UTF8"),
    ("a key that is a text", "81a16101", "R-9", "MAP_KEY"), ("a negative key", "81ff01", "R-9", "MAP_KEY"),
    ("key 128", "81cc8001", "R-9", "MAP_KEY"), ("a key twice", "8201010102", "R-9", "MAP_ORDER"),
    ("keys that descend", "8202010101", "R-9", "MAP_ORDER"),
]


def messagepack():
    for name, value, rule in GOOD:
        data = pack(value)
        assert unpack(data) == value, name
        yield {"name": name, "rule": rule, "hex": data.hex(), "value": typed(value)}
    for name, data, rule, code in BAD:
        yield bad(unpack, name, rule, bytes.fromhex(data), code)


# ---- Keys, ids, digests ----


def keys():
    forms = {"u32": 4, "u64": 8}
    for form, numbers in (("u32", [0]), ("u32", [258]), ("u32", [2**32 - 2]), ("u32,u32", [258, 1]),
                          ("u32,u32", [0, 4294967294]), ("u64", [0x0BD81CE9BB3A08E0])):
        data = b"".join(one.to_bytes(forms.get(form, 4), "big") for one in numbers)
        yield {"name": "%s of %s" % (form, numbers), "rule": "P-1", "form": form, "hex": data.hex(),
               "numbers": [wide(one) for one in numbers]}
    for form, data in (("u32", "000001"), ("u32", "0000000001"), ("u32,u32", "0000000000000001ff"),
                       ("u64", "00000000")):
        yield {"name": "%s of %d bytes" % (form, len(data) // 2), "rule": "P-1", "form": form,
               "hex": data, "code": "KEY_FORM"}
    for name, key, payload in ((b"ab", 5, 1), (bytes(4), 0, 0), (b"e\0\0\1\2", 7, 2**32 - 2)):
        data = name + b"\0" + key.to_bytes(4, "big") + payload.to_bytes(4, "big")
        yield {"name": "posting key of list %s" % name.hex(), "rule": "P-11", "form": "posting",
               "list_size": 0 if name == b"ab" else len(name), "hex": data.hex(), "list": name.hex(),
               "numbers": [key, payload]}
    for name, size, data in (("without a list", 0, bytes(9)),
                             ("a list of 121 bytes", 0, b"a" * 121 + bytes(9)),
                             ("no zero behind the list", 0, b"ab" + b"\1" + bytes(8)),
                             ("a zero in a list of no fixed length", 0, b"a\0b" + bytes(9)),
                             ("a list of three bytes where all have four", 4, bytes(12))):
        yield {"name": name, "rule": "P-11", "form": "posting", "list_size": size, "hex": data.hex(),
               "code": "KEY_FORM"}


def ids():
    for name, text, uri in (("a text and a URI", "Hi.", "urn:x"), ("no text", "", "urn:x"),
                            ("no URI", "Hi.", ""), ("neither", "", ""),
                            ("beyond ASCII", "Déjà vu 𐍈", "https://example.org/ä")):
        digest = hashlib.sha256(text.encode()).digest()
        number = int.from_bytes(hashlib.sha256(digest + uri.encode()).digest()[:8], "big") >> 4 << 4
        yield {"name": name, "rule": "R-1", "text": text, "uri": uri, "digest": digest.hex(),
               "id": document_id(digest, uri), "key": number.to_bytes(8, "big").hex()}
    for public in ("d.0123456789ab", "e.zzzzzzzzzzzz.0", "v.1fc1stdv784e.17", "c.1fc1stdv784e.4294967294"):
        yield {"name": "the public id " + public, "rule": "R-2", "public": public, "good": True}
    for name, public in (
            ("upper case", "d.0123456789AB"), ("a letter that is no digit", "d.0123456789ai"),
            ("eleven characters", "d.0123456789a"), ("thirteen characters", "d.0123456789abc"),
            ("a document with an ordinal", "d.0123456789ab.0"), ("no ordinal", "e.0123456789ab"),
            ("an empty ordinal", "e.0123456789ab."), ("a leading zero", "e.0123456789ab.07"),
            ("an ordinal of 2^32 - 1", "e.0123456789ab.4294967295"),
            ("a sign", "e.0123456789ab.+1"), ("another kind", "x.0123456789ab.1"),
            ("something behind it", "c.0123456789ab.1 ")):
        yield {"name": name, "rule": "R-2", "public": public, "good": False}


def digests():
    for name, rows in (("no records", []), ("one record", [(b"a", b"b")]),
                       ("an empty value", [(b"a", b"")]),
                       ("two records", [(b"\0\0\0\0", b"one"), (b"\0\0\0\1", b"two")]),
                       ("the same bytes, cut elsewhere", [(b"\0\0\0\0o", b"ne"), (b"\0\0\0\1", b"two")])):
        yield {"name": name, "rule": "R-47", "records": [[key.hex(), value.hex()] for key, value in rows],
               "digest": digest_of(rows).hex()}


# ---- Times ----

TIMES = """2031 2031-05 2031-05-04 2031-05-04T10:20 2031-05-04T10:20:30 2031-05-04T10:20Z
2031-05-04T23:59:59+05:30 2031-05-04T00:00-23:59 2031-21 2031-22 2031-23 2031-24 9999-24 203X 20XX 000X
00XX 2031-XX 2031-XX-XX 2031-05-XX 2031? 2031-05~ 2031-05-04% 203X? 0001-01-01 9999-12-31 1969-12-31
2028-02-29 2000-02-29 1900-02-28 2031/2032 2031-05/2031-05-04 2031-05-04/.. 2031/ ../2031-05 /2031
2031~/2032? 2031-05-04/2031-05-04T12:00 [2031..2032] [2031-05..] [..2031-05-04] [2031?..2032-03]
2031-21~ 2031-05-04T10:20~""".split()
NO_TIMES = """x 0000 2031-00 2031-13 2031-20 2031-25 2031-05-00 2031-05-32 2031-02-29 1900-02-29 2031-5
2031-05-4 31-05-04 12031 2031-05-04T 2031-05-04T24:00 2031-05-04T10:60 2031-05-04T10:20:60
2031-05-04T10:20+24:00 2031-05-04T10:20+0200 2031-05-04T10:20:30.5 2031-21-XX 2031-XX-04 XXXX 2XXX 20X1
2031?~ 2031?? ?2031 / ../.. ../ 2032/2031 2031/2032/2033 [..] [] [2031] [2032..2031] [2031..2032 2031..2032
2031-05-04T10 2031-05-04Z +2031 -2031 2031-w05 y2031 99999999-99-99""".split()


def times():
    for text in TIMES:
        found = bounds(text)
        yield {"name": text, "rule": "R-16", "edtf": text, "bounds": list(found[:4]),
               "precision": found[4], "extent": found[5], "approximate": found[6],
               "uncertain": found[7]}
    for text in ["", " 2031", "2031 ", *NO_TIMES]:
        assert code_of(bounds, text) == "EDTF", text
        yield {"name": "not " + text, "rule": "R-15", "edtf": text, "code": "EDTF"}


# ---- Names, terms ----

NAMES = ["Ada", "Zoë J.R. O'Neal", "Щербина", "Tschërbak-Vogt", "المرسي", "Georgiou Παπαδοπούλου",
         "Kazimyr Vyacheslavovich Dzhokh", "", " \t ", "!?", "J. R. Brill", "U.S.", "a.b", "Łódź", "STRASSE",
         "Straße", "ﬁlm", "Ё Й Ў Ї", "Е\u0308 И\u0306", "אֶסְתֵּר", "ქართველი", "Հայաստան", "٣٤٥", "Nguyễn Thị",
         "東京", "O’Brien ʼn", "Al-Qāhira", "İstanbul", "x" * 600, "д" * 300]


def names():
    for name in NAMES:
        plain = fold(name)
        shown = name if len(name) < 40 else "%d times %s" % (len(name), name[0])
        yield {"name": "the name " + shown, "rule": "I-34", "text": name, "plain": plain,
               "key": " ".join(map(key_of, plain.split())), "hash": hash_of(plain)}


TEXTS = [("en", "The prisoner's RELEASE, released; releasing 31 prisoners"), ("", "The prisoner's RELEASE"),
         ("fr", "L’été de l'homme, aujourd'hui"), ("it", "dell'anno"), ("de", "Häuser Straßen"),
         ("ru", "заключённые освобождены"), ("en-GB", "naïve café co-operate"), ("EN_us", "Running"),
         ("nn", "mennene"), ("no", "mennene"), ("ja", "東京は 12 ひと"), ("th", "กา"), ("en", "a" * 200),
         ("en", "''quoted'' 'tis rock'n'roll ''"), ("es", "niños"), ("ar", "كتاب ٣٤"), ("en", "ﬁne\u00adness")]


def terms():
    for language, text in TEXTS:
        stemmer = derive_terms.stemmer_of(language)
        found = [derive_terms.term_of(word, stemmer)
                 for word in derive_terms.words_of(text, stemmer not in (6, 7))]
        shown = text if len(text) < 60 else "%d times %s" % (len(text), text[0])
        yield {"name": "%s: %s" % (language or "no language", shown), "rule": "I-26",
               "language": language, "text": text, "terms": [one for one in found if one]}
