/* SPDX-License-Identifier: MIT */
#include "pack/read/title.h"

#include "limits.h"
#include "pack/read/furniture.h"
#include "pack/read/plain.h"
#include "pack/read/slug.h"
#include "pack/read/words.h"

#define TITLE_BYTES 200u
#define TITLE_WORDS 30u

static bool looks_like_title(stemma_text first)
{
    static const char *const ends[] = {".", ":", ",", ";", "\xE2\x80\xA6", ".\"", ".\xE2\x80\x9D",
                                       ".)"};
    size_t words = 0;
    stemma_text word;
    for (size_t at = 0; stm_next_word(first, &at, &word);) {
        words++;
    }
    if (first.size > TITLE_BYTES || words == 0 || words > TITLE_WORDS) {
        return false;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (stm_ends(first, ends[i])) {
            return false;
        }
    }
    return true;
}

static bool is_furniture(const stm_source_document *source, uint32_t paragraph)
{
    stemma_text text = stm_without_slugs(stm_plain_paragraph(source, paragraph));
    return text.size == 0 || stm_furniture_holds(source, (uint32_t)(text.data - source->text.data));
}

stemma_status stm_title_find(stm_source_document *source)
{
    uint32_t first = 0;
    if (source->fields.title.size != 0) {
        return STEMMA_OK;
    }
    while (first < source->paragraph_count && is_furniture(source, first)) {
        first++;
    }
    if (first == source->paragraph_count) {
        return STEMMA_OK;
    }
    stemma_text title = stm_without_slugs(stm_plain_paragraph(source, first));
    if (!looks_like_title(title)) {
        return STEMMA_OK;
    }
    for (uint32_t i = first + 1; i < source->paragraph_count && i < first + 12; i++) {
        if (stm_plain_paragraph(source, i).size > title.size + title.size / 2) {
            stemma_status status = STEMMA_OK;
            source->fields.title = stm_collapse(&source->arena, title, STEMMA_LIMIT_FIELD, &status);
            return status;
        }
    }
    return STEMMA_OK;
}
