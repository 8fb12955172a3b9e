# SPDX-License-Identifier: MIT
"""Section 7.3 of SPEC.md: the bounds of a time; a text that is none ends it with Damage (`EDTF`)."""

import calendar
import functools
import re

from container import need

UNKNOWN = None
DAY = 86400


ZONE = r"(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
CLOCK = re.compile(r"(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?" + ZONE, re.ASCII)
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d\d)(-XX)?", re.ASCII)
YEAR = re.compile(r"(\d{4})(?:-XX(?:-XX)?)?", re.ASCII)
VAGUE = re.compile(r"(\d{3})X|(\d{2})XX", re.ASCII)
YEAR_DAYS = 146097 * DAY  # seconds of 400 years


def day(year, month, date):
    """First second of a day; of years to 10000, one more than there are calendars for."""
    need(year >= 1 and 1 <= month <= 12, "EDTF")
    past = year > 9999
    year -= 400 * past
    need(1 <= date <= calendar.monthrange(year, month)[1], "EDTF")
    return calendar.timegm((year, month, date, 0, 0, 0)) + YEAR_DAYS * past


def month_end(year, month):
    return day(year, month, calendar.monthrange(year - 400 * (year > 9999), month)[1]) + DAY - 1


def single(text):
    """(first, last, precision) of a date or moment without qualifier."""
    match = CLOCK.fullmatch(text)
    if match:
        first = (day(*map(int, match.groups()[:3])) + int(match[4]) * 3600 + int(match[5]) * 60
                 + int(match[6] or 0))
        if match[7] not in (None, "Z"):
            shift = int(match[7][1:3]) * 3600 + int(match[7][4:6]) * 60
            first += -shift if match[7][0] == "+" else shift
        return first, first + (0 if match[6] else 59), 6
    match = DATE.fullmatch(text)
    if match:
        first = day(*map(int, match.groups()))
        return first, first + DAY - 1, 5
    match = MONTH.fullmatch(text)
    if match:
        year, month = int(match[1]), int(match[2])
        if 21 <= month <= 24 and not match[3]:
            begin = 3 + (month - 21) * 3
            end = begin + 2
            return day(year, begin, 1), month_end(year + (end > 12), (end - 1) % 12 + 1), 3
        return day(year, month, 1), month_end(year, month), 4
    match = YEAR.fullmatch(text)
    if match:
        return day(int(match[1]), 1, 1), month_end(int(match[1]), 12), 2
    match = VAGUE.fullmatch(text)
    need(match, "EDTF")
    first, scale = (int(match[1]) * 10, 10) if match[1] else (int(match[2]) * 100, 100)
    return day(max(first, 1), 1, 1), month_end(first + scale - 1, 12), 1


def moment(text):
    """(first, last, precision, uncertain, approximate) of a single form."""
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    return (*single(text[: len(text) - len(mark)]), int(mark in ("?", "%") and mark != ""),
            int(mark in ("~", "%") and mark != ""))


def pair(left, right, is_open):
    """The two ends of an interval or set, None for one that is open."""
    ends = tuple(None if is_open(one) else moment(one) for one in (left, right))
    need(ends != (None, None), "EDTF")
    need(None in ends or ends[1][1] >= ends[0][0], "EDTF")
    return ends


@functools.lru_cache(None)
def bounds(edtf):
    """(start earliest, start latest, end earliest, end latest, precision, extent, approximate,
    uncertain); UNKNOWN for a bound that is."""
    extent = 0
    if "/" in edtf:
        extent = 1
        left, right = pair(*edtf.split("/", 1), lambda one: one in ("", ".."))
        if left and right:
            four = (left[0], min(left[1], right[1]), max(left[0], right[0]), right[1])
        elif left:
            four = (left[0], left[1], left[0], UNKNOWN)
        else:
            four = (UNKNOWN, right[1], right[0], right[1])
    elif edtf[:1] == "[" and edtf[-1:] == "]" and ".." in edtf[1:-1]:
        left, right = pair(*edtf[1:-1].split("..", 1), lambda one: one == "")
        first, last = left[0] if left else UNKNOWN, right[1] if right else UNKNOWN
        four = (first, last, first, last)
    else:
        left, right = moment(edtf), None
        four = (left[0], left[1], left[0], left[1])
    ends = [one for one in (left, right) if one]
    return (*four, min(one[2] for one in ends), extent, max(one[4] for one in ends),
            max(one[3] for one in ends))
