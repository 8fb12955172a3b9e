# SPDX-License-Identifier: MIT
"""Sections 2 and 7.1 of SPEC.md: varints and canonical MessagePack, with the code of every rule that
bytes break."""

from container import Damage, need


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(self.at + size <= len(self.data), "RECORD_TRUNCATED")
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self):
        value = shift = 0
        while True:
            need(self.at < len(self.data), "RECORD_TRUNCATED")
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            need(value < 2**64, "RECORD_FORM")
            if byte < 0x80:
                need(byte != 0 or shift == 7, "RECORD_FORM")
                return value
            need(shift < 70, "RECORD_FORM")

    def left(self):
        return self.at < len(self.data)


# Kind, bytes of the number, and the least number that needs the form.
WIDE = {0xC4: ("bin", 1, 0), 0xC5: ("bin", 2, 1 << 8), 0xC6: ("bin", 4, 1 << 16),
        0xCC: ("uint", 1, 1 << 7), 0xCD: ("uint", 2, 1 << 8), 0xCE: ("uint", 4, 1 << 16),
        0xCF: ("uint", 8, 1 << 32), 0xD0: ("int", 1, 32), 0xD1: ("int", 2, 1 << 7),
        0xD2: ("int", 4, 1 << 15), 0xD3: ("int", 8, 1 << 31), 0xD9: ("str", 1, 1 << 5),
        0xDA: ("str", 2, 1 << 8), 0xDB: ("str", 4, 1 << 16), 0xDC: ("array", 2, 1 << 4),
        0xDD: ("array", 4, 1 << 16), 0xDE: ("map", 2, 1 << 4), 0xDF: ("map", 4, 1 << 16)}


def head_of(reader):
    """The next token as (kind, number or data); what is inside a container comes after it."""
    need(reader.left(), "RECORD_TRUNCATED")
    head = reader.data[reader.at]
    reader.at += 1
    if head < 0x80:
        return "uint", head
    if head >= 0xE0:
        return "int", head - 256
    if head == 0xC3:
        return "true", True
    if head < 0x90:
        kind, number = "map", head & 15
    elif head < 0xA0:
        kind, number = "array", head & 15
    elif head < 0xC0:
        kind, number = "str", head & 31
    else:
        need(head in WIDE, "RECORD_FORM")
        kind, width, least = WIDE[head]
        number = int.from_bytes(reader.take(width), "big", signed=kind == "int")
        need(-number > least if kind == "int" else number >= least, "RECORD_FORM")
    if kind in ("bin", "str"):
        return kind, bytes(reader.take(number))
    left = len(reader.data) - reader.at
    if kind in ("array", "map"):
        need(number <= (left if kind == "array" else left // 2), "RECORD_COUNT")
    return kind, number


def text_of(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Damage("TEXT_NOT_UTF8") from None
    need("\0" not in text, "TEXT_NOT_UTF8")
    return text


def value_of(reader, depth=0):
    kind, number = head_of(reader)
    if kind == "str":
        return text_of(number)
    if kind not in ("array", "map"):
        return number
    need(depth < 8, "RECORD_NESTING")
    if kind == "array":
        return [value_of(reader, depth + 1) for _ in range(number)]
    result, last = {}, -1
    for _ in range(number):
        kind, key = head_of(reader)
        need(kind == "uint" and key < 128, "MAP_KEY")
        need(key > last, "MAP_ORDER")
        result[key] = value_of(reader, depth + 1)
        last = key
    return result


def unpack(data):
    reader = Reader(data)
    value = value_of(reader)
    need(not reader.left(), "RECORD_TRAILING")
    return value
