# SPDX-License-Identifier: MIT
"""Section 7.3 of SPEC.md: the bounds of a time."""

import calendar
import functools
import re

UNKNOWN = None
DAY = 86400


def day(year, month, date):
    return calendar.timegm((year, month, date, 0, 0, 0))


def month_end(year, month):
    return day(year, month, calendar.monthrange(year, month)[1]) + DAY - 1


def moment(text):
    """(first, last, precision, uncertain, approximate) of a single form."""
    uncertain = approximate = 0
    if text[-1:] in "?~%" and text:
        uncertain, approximate = int(text[-1] in "?%"), int(text[-1] in "~%")
        text = text[:-1]

    def found(first, last, precision):
        return first, last, precision, uncertain, approximate

    match = re.fullmatch(r"(\d\d\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?", text)
    if match:
        year, month, date, hour, minute = (int(one) for one in match.groups()[:5])
        first = day(year, month, date) + hour * 3600 + minute * 60 + int(match[6] or 0)
        if match[7] not in (None, "Z"):
            shift = int(match[7][1:3]) * 3600 + int(match[7][4:6]) * 60
            first += -shift if match[7][0] == "+" else shift
        return found(first, first + (0 if match[6] else 59), 6)
    match = re.fullmatch(r"(\d\d\d\d)-(\d\d)-(\d\d)", text)
    if match:
        first = day(*(int(one) for one in match.groups()))
        return found(first, first + DAY - 1, 5)
    match = re.fullmatch(r"(\d\d\d\d)-(\d\d)(?:-XX)?", text)
    if match:
        year, month = int(match[1]), int(match[2])
        if 21 <= month <= 24:
            begin = 3 + (month - 21) * 3
            end = begin + 2
            return found(day(year, begin, 1), month_end(year + (end > 12), (end - 1) % 12 + 1), 3)
        return found(day(year, month, 1), month_end(year, month), 4)
    match = re.fullmatch(r"(\d\d\d\d)(?:-XX(?:-XX)?)?", text)
    if match:
        return found(day(int(match[1]), 1, 1), month_end(int(match[1]), 12), 2)
    match = re.fullmatch(r"(\d\d\d|\d\d)X{1,2}", text)
    scale = 10 if len(match[1]) == 3 else 100
    first = int(match[1]) * scale
    return found(day(max(first, 1), 1, 1), month_end(first + scale - 1, 12), 1)


@functools.lru_cache(None)
def bounds(edtf):
    """(start earliest, start latest, end earliest, end latest, precision, extent, approximate,
    uncertain); UNKNOWN for a bound that is."""
    extent = 0
    if "/" in edtf:
        extent = 1
        left, right = (None if one in ("", "..") else moment(one) for one in edtf.split("/"))
        if left and right:
            four = (left[0], min(left[1], right[1]), max(left[0], right[0]), right[1])
        elif left:
            four = (left[0], left[1], left[0], UNKNOWN)
        else:
            four = (UNKNOWN, right[1], right[0], right[1])
    elif edtf[0] == "[":
        left, right = (moment(one) if one else None for one in edtf[1:-1].split("..", 1))
        first, last = left[0] if left else UNKNOWN, right[1] if right else UNKNOWN
        four = (first, last, first, last)
    else:
        left, right = moment(edtf), None
        four = (left[0], left[1], left[0], left[1])
    ends = [one for one in (left, right) if one]
    return (*four, min(one[2] for one in ends), extent, max(one[4] for one in ends),
            max(one[3] for one in ends))
