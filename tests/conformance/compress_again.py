#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the dictionaries of a .stemma file and compresses its texts and testimony anew, by [W-3]
and [W-4] of SPEC.md, and compares with what the file holds. Only for the version of zstd that the
file was written with.

    compress_again.py FILE      says what was compared; ends with 1 when anything differs"""

import ctypes
import sys

from stemma_file import PAGE, ZSTD, File, part_of

KIB, MIB = 1 << 10, 1 << 20
SIZE, POINTER = ctypes.c_size_t, ctypes.c_void_p
PARAMETERS = {100: 3, 200: 1, 201: 0, 202: 0}  # level, content size, checksum, dictionary id

ZSTD.ZDICT_trainFromBuffer.restype = SIZE
ZSTD.ZDICT_trainFromBuffer.argtypes = [ctypes.c_char_p, SIZE, ctypes.c_char_p, POINTER, ctypes.c_uint]
ZSTD.ZDICT_isError.argtypes = ZSTD.ZSTD_isError.argtypes = [SIZE]
ZSTD.ZSTD_createCCtx.restype = ZSTD.ZSTD_createCDict.restype = POINTER
ZSTD.ZSTD_createCDict.argtypes = [ctypes.c_char_p, SIZE, ctypes.c_int]
ZSTD.ZSTD_CCtx_setParameter.restype = ZSTD.ZSTD_CCtx_refCDict.restype = SIZE
ZSTD.ZSTD_CCtx_setParameter.argtypes = [POINTER, ctypes.c_int, ctypes.c_int]
ZSTD.ZSTD_CCtx_refCDict.argtypes = [POINTER, POINTER]
ZSTD.ZSTD_compress2.restype = ZSTD.ZSTD_compressBound.restype = SIZE
ZSTD.ZSTD_compress2.argtypes = [POINTER, ctypes.c_char_p, SIZE, ctypes.c_char_p, SIZE]
ZSTD.ZSTD_compressBound.argtypes = [SIZE]


def train(records, total):
    samples = []
    for record in records:
        record = record[: 16 * KIB]
        if len(record) >= 8 and sum(map(len, samples)) + len(record) <= MIB:
            samples.append(record)
    if total < 200 * KIB or len(samples) < 16:
        return None
    capacity = min(max(total // 64, 4 * KIB), 64 * KIB)
    out = ctypes.create_string_buffer(capacity)
    sizes = (SIZE * len(samples))(*map(len, samples))
    got = ZSTD.ZDICT_trainFromBuffer(out, capacity, b"".join(samples), sizes, len(samples))
    return None if ZSTD.ZDICT_isError(got) else out.raw[:got]


class Compressor:
    def __init__(self, dictionary):
        self.codec = 2 if dictionary is None else 1
        self.context = ZSTD.ZSTD_createCCtx()
        for parameter, value in PARAMETERS.items():
            ZSTD.ZSTD_CCtx_setParameter(self.context, parameter, value)
        if dictionary is not None:
            self.words = ZSTD.ZSTD_createCDict(dictionary, len(dictionary), 3)
            ZSTD.ZSTD_CCtx_refCDict(self.context, self.words)

    def store(self, prefix, raw):
        out = ctypes.create_string_buffer(ZSTD.ZSTD_compressBound(len(raw)))
        got = ZSTD.ZSTD_compress2(self.context, out, len(out), raw, len(raw))
        if got >= len(raw):
            return b"\0" + prefix + raw
        return bytes([self.codec]) + prefix + out.raw[:got]


def blocks_of(text):
    return [text[at : at + PAGE] for at in range(0, len(text or b""), PAGE)]


def main(path):
    file = File(path)
    everyone = range(len(file.documents))
    texts = [blocks_of(file.text(number)) for number in everyone]
    parts = [[part_of(value, file.dictionaries["testimony"])
              for value in file.parts.get(number, [])] for number in everyone]
    rows = sum(sum(document[17]) for document in file.documents)
    text_bytes = sum(len(block) for blocks in texts for block in blocks)
    stride = 1 + (text_bytes + 32 * rows) // (2 * MIB)
    seen = [parts[number][0] for number in everyone[::stride] if parts[number]]
    dictionaries = {
        "text": train([block for number in everyone[::stride] for block in texts[number]], text_bytes),
        "testimony": train(seen, stride * sum(map(len, seen))),
    }
    failed = []

    def tell(name, count, same):
        print("%-24s %6d %s" % (name, count, "same" if same else "DIFFERENT"))
        if not same:
            failed.append(name)

    for name, dictionary in dictionaries.items():
        tell("dictionary." + name, len(dictionary or b""), file.dictionaries[name] == dictionary)
    compressor = Compressor(dictionaries["text"])
    tell("text", len(file.tables["text"]), [value for _, value in file.tables["text"]]
         == [compressor.store(b"", block) for blocks in texts for block in blocks])
    compressor = Compressor(dictionaries["testimony"])
    tell("testimony", len(file.tables["testimony"]),
         [value for _, value in file.tables["testimony"]]
         == [compressor.store(len(part).to_bytes(4, "little"), part) for one in parts for part in one])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
