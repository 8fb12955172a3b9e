# SPDX-License-Identifier: MIT
"""Table `voice` [I-37]: how the assertions of each document are made."""


def expected(testimony):
    """(key, columns) of each record; `testimony` has one for each document, without what rows say."""
    result = []
    for number, one in enumerate(testimony):
        for first in range(0, len(one.assertions), 4096):
            rows = one.assertions[first : first + 4096]
            block = {"rows": len(rows), 1: [row[3] & 255 for row in rows]}
            for column in (2, 3):
                values = [row[6][column - 1] for row in rows]
                if any(values):
                    block[column] = values
            result.append((number.to_bytes(4, "big") + (first // 4096).to_bytes(4, "big"), block))
    return result
