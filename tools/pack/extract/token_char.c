/* SPDX-License-Identifier: MIT */
#include "pack/extract/token.h"

#include <utf8proc.h>

uint32_t stm_char_decode(stemma_text text, uint32_t at, uint32_t *length)
{
    const uint8_t *p = (const uint8_t *)text.data + at;
    size_t left = text.size - at;
    if (p[0] < 0x80 || left < 2) {
        *length = 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *length = 2;
        return ((uint32_t)(p[0] & 0x1F) << 6) | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0 && left >= 3) {
        *length = 3;
        return ((uint32_t)(p[0] & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) | (p[2] & 0x3F);
    }
    if (left >= 4) {
        *length = 4;
        return ((uint32_t)(p[0] & 0x07) << 18) | ((uint32_t)(p[1] & 0x3F) << 12) |
               ((uint32_t)(p[2] & 0x3F) << 6) | (p[3] & 0x3F);
    }
    *length = 1;
    return 0xFFFD;
}

enum stm_char_class stm_char_class_of(uint32_t code)
{
    if (code < 0x80) {
        if (code >= 'a' && code <= 'z') {
            return STM_CHAR_LOWER;
        }
        if (code >= 'A' && code <= 'Z') {
            return STM_CHAR_UPPER;
        }
        if (code >= '0' && code <= '9') {
            return STM_CHAR_DIGIT;
        }
        return code <= ' ' || code == 0x7F ? STM_CHAR_SPACE : STM_CHAR_OTHER;
    }
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return STM_CHAR_UPPER;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return STM_CHAR_LOWER;
    case UTF8PROC_CATEGORY_ND:
        return STM_CHAR_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
        return STM_CHAR_SPACE;
    default:
        return STM_CHAR_OTHER;
    }
}
