# SPDX-License-Identifier: MIT
"""Section 11.8 of SPEC.md: how contested a subject can be, and what its amounts reach. A claim is
(predicate, (kind, normal form), polarity, witnesses, documents, independent, speakers)."""

MOST = 1 << 60


def numbers_of(form):
    """Modifier and the three numbers of a quantity's normal form [I-15]."""
    amount, lower, upper = form.decode()[2:].split("|")[:3]
    return int(form[1:2]), amount, lower, upper


def others(numbers):
    """All but the greatest, together."""
    return sum(numbers) - max(numbers, default=0)


def contested_by(claims, single):
    """[I-35], of one predicate."""
    affirmed = [one for one in claims if one[2] != 2]
    found = [others([one[5] for one in claims])] if 0 < len(affirmed) < len(claims) else [0]
    if single:
        found.append(others([one[5] for one in affirmed if one[1][0] != 4]))
    counts = [(numbers_of(one[1][1]), one[5]) for one in affirmed if one[1][0] == 4]
    if any(numbers[0] or not numbers[1] for numbers, _ in counts):
        found.append(others([independent for _, independent in counts]))
    else:
        amounts = {}
        for numbers, independent in counts:
            amounts[numbers[1]] = amounts.get(numbers[1], 0) + independent
        found.append(sorted([0, 0, *amounts.values()])[-2])
    return max(found)


def contested(claims, single_valued):
    by_predicate = {}
    for one in claims:
        by_predicate.setdefault(one[0], []).append(one)
    return min(2**32 - 1, max((contested_by(some, predicate in single_valued)
                               for predicate, some in by_predicate.items()), default=0))


def step(number):
    """[P-32]: of a whole number; None below zero."""
    if number is None:
        return 1
    number = min(number, MOST)
    shift = max(0, number.bit_length() - 6)
    return 2 + 32 * shift + (number >> shift)


def whole(text):
    """A decimal between two whole numbers; None when it is below zero."""
    head, _, tail = text.lstrip("-").partition(".")
    low = min(int(head), MOST)
    high = low + (tail.strip("0") != "")
    if text[0] == "-" and (low or high):
        return None, None
    return low, min(high, MOST)


def reach(modifier, amount, lower, upper):
    """[I-36]: the steps of a quantity; None without any number."""
    if not (amount or lower or upper):
        return None
    least, greatest = 1, step(MOST)
    if amount:
        low, high = whole(amount)
        if modifier == 1 and low is not None:
            low, high = low * 9 // 10, -(-high * 11 // 10)
        least, greatest = step(low), step(high)
        if modifier in (2, 3):
            greatest = step(MOST)
        elif modifier in (4, 5):
            least = step(None if low is None else 0)
    if lower:
        least = step(whole(lower)[0])
    if upper:
        greatest = step(whole(upper)[1])
    return least, max(least, greatest)


def amounts_of(claims):
    """Columns 28 and 29 of an event [P-32]."""
    found = [reach(*numbers_of(one[1][1])) for one in claims if one[1][0] == 4 and one[2] != 2]
    found = [one for one in found if one]
    if not found:
        return 0, 0
    least, greatest = min(one[0] for one in found), max(one[1] for one in found)
    return least, 0 if least == greatest else 1 if greatest == step(MOST) else 1 + greatest - least
