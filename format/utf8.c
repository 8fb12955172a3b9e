/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include "bytes.h"

/* Least value of the second byte is 0x80 and the greatest 0xbf but after these leads: E0 and F0
   would be overlong below, ED would be a surrogate and F4 too great above. */
static bool second_byte_fits(unsigned lead, unsigned second)
{
    unsigned least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned greatest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= greatest;
}

static size_t sequence_length(unsigned lead)
{
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        return 4;
    }
    return 0;
}

size_t stm_utf8_fault(stemma_text text)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    size_t at = 0;
    while (at < text.size) {
        if (text.size - at >= 8 && stm_utf8_odd(stm_load_le64(bytes + at)) == 0) {
            at += 8;
            continue;
        }
        if (text.size - at < 8 && text.size >= 8 &&
            stm_utf8_odd(stm_load_le64(bytes + text.size - 8)) == 0) {
            return text.size; /* the rest, and some that was looked at */
        }
        unsigned lead = bytes[at];
        if (lead != 0 && lead < 0x80) {
            at++;
            continue;
        }
        size_t length = sequence_length(lead);
        if (length == 0 || text.size - at < length || !second_byte_fits(lead, bytes[at + 1])) {
            return at;
        }
        for (size_t i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return at;
            }
        }
        at += length;
    }
    return text.size;
}

size_t stm_utf8_length(stemma_text text)
{
    size_t points = 0;
    for (size_t i = 0; i < text.size; i++) {
        points += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return points;
}
