# SPDX-License-Identifier: MIT
"""Where two values that should be the same are not."""

from itertools import zip_longest


def differences(stored, derived, where=""):
    """(place, stored, derived) of the single things in which two values differ."""
    if isinstance(stored, dict) and isinstance(derived, dict):
        keys = sorted(stored.keys() | derived.keys(), key=str)
        pairs = [(key, stored.get(key), derived.get(key)) for key in keys]
    elif isinstance(stored, list) and isinstance(derived, list):
        pairs = [(i, *pair) for i, pair in enumerate(zip_longest(stored, derived))]
    else:
        pairs = []
        yield where, stored, derived
    for key, a, b in pairs:
        if a != b:
            yield from differences(a, b, "%s/%s" % (where, key))
