/* SPDX-License-Identifier: MIT */
/* What scripts a name is written in. */
#include "find/find_match.h"

#include <utf8proc.h>

static unsigned script_of(int32_t code)
{
    static const struct {
        int32_t first, last;
        unsigned script;
    } ranges[] = {
        {0x0041, 0x024F, STM_SCRIPT_LATIN},    {0x0370, 0x03FF, STM_SCRIPT_GREEK},
        {0x0400, 0x052F, STM_SCRIPT_CYRILLIC}, {0x0531, 0x058F, STM_SCRIPT_ARMENIAN},
        {0x0590, 0x05FF, STM_SCRIPT_HEBREW},   {0x0600, 0x077F, STM_SCRIPT_ARABIC},
        {0x10A0, 0x10FF, STM_SCRIPT_GEORGIAN}, {0x1E00, 0x1EFF, STM_SCRIPT_LATIN},
        {0x1F00, 0x1FFF, STM_SCRIPT_GREEK},    {0xFB1D, 0xFB4F, STM_SCRIPT_HEBREW},
        {0xFB50, 0xFDFF, STM_SCRIPT_ARABIC},   {0xFE70, 0xFEFF, STM_SCRIPT_ARABIC},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return ranges[i].script;
        }
    }
    return STM_SCRIPT_OTHER;
}

unsigned stm_scripts_of(stemma_text text)
{
    unsigned scripts = 0;
    for (size_t i = 0; i < text.size && i < STEMMA_NAME_READ;) {
        int32_t code;
        utf8proc_ssize_t step = utf8proc_iterate((const uint8_t *)text.data + i,
                                                 (utf8proc_ssize_t)(text.size - i), &code);
        if (step <= 0) {
            break;
        }
        utf8proc_category_t category = utf8proc_category(code);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
            scripts |= script_of(code);
        }
        i += (size_t)step;
    }
    return scripts;
}
