# SPDX-License-Identifier: MIT
"""Section 11.4 of SPEC.md: normal forms of objects."""

import re

from fold_names import fold
from stemma_file import object_of


def collapse(text):
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" \t\n\r\f\v")


def folded(text):
    """[I-14]"""
    plain = fold(text) if len(text.encode()) <= 512 else ""
    return "f" + plain if plain else "w" + collapse(text)


def decimal(text):
    sign, digits = ("-", text[1:]) if text[:1] == "-" else ("", text)
    digits = re.sub(r"^0+(?=\d)", "", digits)
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits if digits == "0" else sign + digits


def normal(value):
    """Kind and normal form [I-13] of an object that is no referent."""
    kind, fields = object_of(value)
    get = lambda name: fields.get(name, "")
    if kind == 1:
        return kind, folded(get("text")).encode()
    if kind == 2:
        return kind, ("e" + get("edtf") if get("edtf") else folded(get("raw"))).encode()
    if kind == 3:
        if get("gazetteer"):
            return kind, ("g" + get("gazetteer")).encode()
        if get("raw"):
            return kind, folded(get("raw")).encode()
        angles = [fields.get(name, -2**31) for name in ("latitude", "longitude")]
        return kind, b"c" + b"".join((one % 2**32).to_bytes(4, "big") for one in angles)
    if kind == 4:
        numbers = [decimal(get(name)) for name in ("amount", "lower", "upper")]
        form = "n%d%s|%s|%s|%s|%s" % (fields.get("modifier", 0), *numbers, collapse(get("unit")),
                                      folded(get("counted")))
        return kind, (form if any(numbers) else form + "|" + folded(get("raw"))).encode()
    return kind, b""
