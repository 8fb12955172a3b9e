# SPDX-License-Identifier: MIT
"""Section 11.9 of SPEC.md: the terms of texts; the stemmers are Snowball's, called through ctypes."""

import ctypes
import functools
import unicodedata
from collections import Counter

from fold_names import fold_case
from packed import blocks_of, postings
from stemma_file import NEAR, POSTINGS

STEMMERS = ["da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pt", "ru", "sv"]
APOSTROPHES = "'\u2019\u02bc"
SINGLE = [(0x0E01, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3041, 0x30FF), (0x3400, 0x9FFF),
          (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]

try:
    SNOWBALL = ctypes.CDLL("libstemmer.so.0d")
    SNOWBALL.sb_stemmer_new.restype = ctypes.c_void_p
    SNOWBALL.sb_stemmer_stem.restype = ctypes.c_void_p
    SNOWBALL.sb_stemmer_stem.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    SNOWBALL.sb_stemmer_length.argtypes = [ctypes.c_void_p]
except OSError:
    SNOWBALL = None


def stemmer_of(language):
    """[I-27]"""
    subtag = language.replace("_", "-").split("-")[0].lower()
    subtag = "no" if subtag in ("nb", "nn") else subtag
    return STEMMERS.index(subtag) + 1 if subtag in STEMMERS else 0


@functools.lru_cache(None)
def kind(character):
    """"L", "M" or "N", "S" for a letter that is a word by itself, "" for what is in no word."""
    category = unicodedata.category(character)[0]
    if category == "L" and any(a <= ord(character) <= b for a, b in SINGLE):
        return "S"
    return category if category in "LMN" else ""


def words_of(text, binding):
    """[I-25]"""
    word = ""
    for i, character in enumerate(text):
        of = kind(character)
        if character in APOSTROPHES:
            near = text[i + 1 : i + 2]
            if word and binding and near and kind(near) not in ("", "S") and near not in APOSTROPHES:
                word += character
                continue
            of = ""
        if of in ("", "S") and word:
            yield word
            word = ""
        if of == "S":
            yield character
        elif of:
            word += character
    if word:
        yield word


def cut(text, size):
    return text if len(text) * 4 <= size else text.encode()[:size].decode("utf-8", "ignore")


@functools.lru_cache(None)
def handle_of(stemmer):
    return SNOWBALL.sb_stemmer_new(STEMMERS[stemmer - 1].encode(), b"UTF_8")


@functools.lru_cache(None)
def term_of(word, stemmer):
    """[I-26]"""
    word = cut(word, 192)
    if word.isascii():
        term = word.lower()
    else:
        term = "".join("'" if one in APOSTROPHES else one for one in fold_case(word)
                       if one in APOSTROPHES or unicodedata.category(one)[0] in "LMN")
        term = unicodedata.normalize("NFC", term)
    if stemmer:
        data = term.encode()
        stem = SNOWBALL.sb_stemmer_stem(handle_of(stemmer), data, len(data))
        term = ctypes.string_at(stem, SNOWBALL.sb_stemmer_length(handle_of(stemmer))).decode()
    if not term.isascii():
        term = unicodedata.normalize("NFD", cut(term, 384))
        term = unicodedata.normalize("NFC", "".join(one for one in term
                                                    if unicodedata.category(one)[0] != "M"))
    return cut(term.replace("'", ""), 64)


def terms_of(file, number):
    """The terms in the text of a document as they follow each other, and its stemmer."""
    text, language = file.text(number), file.documents[number].get(7, "")
    stemmer = stemmer_of(language)
    if text is None:
        return [], stemmer
    binding = stemmer not in (6, 7)
    terms = [term_of(word, stemmer) for word in words_of(text.decode(), binding)]
    return [term for term in terms if term], stemmer


def pairs_of(texts, documents):
    """[I-38]: `texts`, the terms of each document; `documents`, how many have each term."""
    count = len(texts)

    def frequent(first, second, level):
        most = max(4096, count // 64) * (16 + level % 16) // 16 << level // 16
        return (documents[first] * documents[second] > count * most
                or min(documents[first], documents[second]) > most * 3 // 2)

    found = {}
    for number, terms in enumerate(texts):
        for pair in set(zip(terms, terms[1:])):
            if frequent(*pair, 0) and len(" ".join(pair).encode()) <= 119:
                found.setdefault(pair, []).append(number)
    level, room = 0, sum(documents.values()) // 24
    while sum(4 + (len(list) if len(list) <= count // 128 else 0) for list in found.values()) > room:
        level += 1
        found = {pair: list for pair, list in found.items() if frequent(*pair, level)}
    rows = [(b" ", level, 0)] if found else []
    for pair, list in found.items():
        key = " ".join(pair).encode()
        if len(list) > count // 128:
            rows.append((key + b"!", len(list) - 1, 0))
        else:
            rows += [(key, number, 0) for number in list]
    return sorted(rows)


def compare_terms(file, compare):
    """[I-24] to [I-27], [I-38], [V-6]"""
    texts = [terms_of(file, number) for number in range(len(file.documents))]
    found = [(Counter(terms), stemmer) for terms, stemmer in texts]
    rows = sorted((term.encode(), number, times - 1)
                  for number, (counts, _) in enumerate(found) for term, times in counts.items())
    words = [sum(counts.values()) for counts, _ in found]
    blocks = blocks_of(file.tables["group"])
    compare("words", [one for block in blocks for one in block[2]], words)
    compare("stemmer", [one for block in blocks for one in block[3]], [one for _, one in found])
    compare("term", postings("term", file.tables["term"]), rows)
    documents = Counter(term for counts, _ in found for term in counts)
    pairs = pairs_of([terms for terms, _ in texts], documents)
    if file.minor >= 2 or "neighbour" in file.tables or not pairs:  # else of a writer that did not know it
        compare("neighbour", postings("neighbour", file.tables.get("neighbour", [])), pairs)
        least = 2 if pairs else int(any(file.dictionaries.values()))
        if NEAR in file.features:
            least = 3
            compare("feature", any(file.tables.get(name) for name in POSTINGS), True)
        if file.minor or "neighbour" in file.tables or not least:
            compare("minor version", file.minor, least)
    compare("count of terms", [file.counts[11], file.counts[15]],
            [len({row[0] for row in rows}), sum(words)])
