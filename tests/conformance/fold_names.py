# SPDX-License-Identifier: MIT
"""Appendix D of SPEC.md: the plain fold and the folding key of a name, by the tables of the page
itself."""

import functools
import pathlib
import re
import unicodedata

PAGE = (pathlib.Path(__file__).parents[2] / "SPEC.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## Appendix D")[1].split("## Appendix E")[0]
LATIN = {}
for starts, letters in re.findall(r"^\| ((?:U\+[0-9A-F]{4}(?:, )?)+) \| (.*) \|$", SECTION, re.M):
    for start in starts.split(", "):
        for place, letter in enumerate(letters.split()):
            LATIN[chr(int(start[2:], 16) + place)] = letter.replace("–", "")
for code, letters in re.findall(r"\b([0-9A-F]{4}) ([a-z]+)", SECTION.split("Single characters:")[1]):
    LATIN[chr(int(code, 16))] = letters
HABITS = []
for row in re.findall(r"^\| [a-z](?:, [a-z])* \| (.* [a-z]+) \|$", SECTION, re.M):
    HABITS += [tuple(habit.split()) for habit in row.split(" · ")]
APOSTROPHES = set("'`´‘’‛\u05f3\u05f4") | {chr(code) for code in range(0x2B9, 0x2C0)}
COMPOSED = {"и\u0306": "й", "у\u0306": "ў", "е\u0308": "ё", "і\u0308": "ї"}


def is_word(character):
    return unicodedata.category(character)[0] in "LMN"


# Default ignorable code points, which Python's tables do not tell.
IGNORABLE = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
             (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
             (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
             (0xE0000, 0xE0FFF)]


def is_ignorable(character):
    return any(a <= ord(character) <= b for a, b in IGNORABLE)


def fold_case(text):
    """Decomposed for compatibility, case-folded, without ignorables."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in text if not is_ignorable(one))


@functools.lru_cache(None)
def parts_of(character):
    """Marks vanish at every step: U+0345 is one, though its case-folded form is a letter."""
    if unicodedata.category(character)[0] == "M" or is_ignorable(character):
        return []
    for changed in (character.casefold(), unicodedata.normalize("NFKD", character)):
        if changed != character:
            return [part for one in changed for part in parts_of(one)]
    return [character]


@functools.lru_cache(None)
def fold(name):
    data = name.encode("utf-8")[:512]
    text = data.decode("utf-8", "ignore")
    out, letters, previous, i = [], 0, "", 0
    state = {"size": 0, "space": False, "full": False}

    def put(piece):
        gap = 1 if state["space"] and state["size"] else 0
        if not piece or state["full"]:
            return
        if state["size"] + gap + len(piece.encode()) > 512:
            state["full"] = True
            return
        out.append(" " * gap + piece)
        state["size"] += gap + len(piece.encode())
        state["space"] = False

    while i < len(text):
        character = text[i].lower() if len(text[i].lower()) == 1 else text[i].lower()[0]
        if character + text[i + 1 : i + 2] in COMPOSED:
            character = COMPOSED[character + text[i + 1]]
            i += 1
        rest = text[i + 1 :]
        if character == "." and letters == 1 and (
                not rest or (is_word(rest[0]) and (len(rest) == 1 or not is_word(rest[1])))):
            letters = 0
        elif character in APOSTROPHES:
            pass
        elif character == "\u03c5" and previous == "\u03bf":
            put("u")
        elif is_word(character) or character > "\x7f":
            letters = letters + 1 if is_word(character) else 0
            if character in LATIN:
                put(LATIN[character])
            else:
                for part in parts_of(character):
                    if part in LATIN:
                        put(LATIN[part])
                    elif is_word(part):
                        put(part)
                    else:
                        state["space"] = True
            if letters == 2 and character == "\u0644" and previous == "\u0627":
                state["space"] = True
        else:
            state["space"], letters = True, 0
        previous = character
        i += 1
    return "".join(out)


@functools.lru_cache(None)
def key_of(token):
    out, i = "", 0
    while i < len(token):
        to, step = token[i], 1
        for habit, into in HABITS:
            plain = habit.strip("^$")
            if token.startswith(plain, i) and (habit[0] != "^" or i == 0) and (
                    habit[-1] != "$" or i + len(plain) == len(token)):
                to, step = into, len(plain)
                break
        for letter in to:
            if not (out[-1:] == letter and "a" <= letter <= "z"):
                out += letter
        i += step
    return out
