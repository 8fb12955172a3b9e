/* SPDX-License-Identifier: MIT */
#include "pack/read/plain.h"

#include "limits.h"
#include "pack/read/furniture.h"
#include "pack/read/words.h"

#define WRAP_WIDEST    120u /* bytes of the longest line that a wrapped text may have */
#define WRAP_NARROWEST 45u  /* ... and must have */
#define WRAP_SLACK     10u /* bytes that a ragged edge may stay short of the word that did not fit */
#define TITLE_BYTES    200u
#define TITLE_WORDS    30u

/* A carriage return alone ends a line too (old Macintosh). Searching for each sign by itself would
   look at the same bytes again and again. */
static size_t line_end(stemma_text text, size_t at)
{
    while (at < text.size && text.data[at] != '\n' && text.data[at] != '\r') {
        at++;
    }
    return at;
}

static size_t next_line(stemma_text text, size_t end)
{
    if (end < text.size && text.data[end] == '\r') {
        end++;
        return end < text.size && text.data[end] == '\n' ? end + 1 : end;
    }
    return end < text.size ? end + 1 : end;
}

/* The column at which the text is wrapped, or 0 when its lines are paragraphs. */
static size_t wrap_column(stemma_text text)
{
    size_t widest = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = line_end(text, at);
        stemma_text line = stm_trim(stm_slice(text, at, end));
        /* A long word alone, such as an address of a page, cannot be wrapped. */
        if (line.size > widest && memchr(line.data, ' ', line.size) != NULL) {
            widest = line.size;
        }
        at = next_line(text, end);
    }
    return widest >= WRAP_NARROWEST && widest <= WRAP_WIDEST ? widest : 0;
}

static size_t first_word_size(stemma_text line)
{
    size_t size = 0;
    while (size < line.size && !stm_is_space(line.data[size])) {
        size++;
    }
    return size;
}

static bool continues(stemma_text previous, stemma_text line, size_t column)
{
    return column != 0 && previous.size != 0 &&
           previous.size + 1 + first_word_size(line) + WRAP_SLACK > column;
}

stemma_status stm_plain_paragraphs(stm_source_document *source)
{
    stemma_text text = source->text;
    size_t column = wrap_column(text);
    size_t capacity = 0;
    stemma_text previous = {NULL, 0};
    source->paragraphs = NULL;
    source->paragraph_count = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = line_end(text, at);
        stemma_text line = stm_trim(stm_slice(text, at, end));
        if (line.size != 0 && !continues(previous, line, column)) {
            stemma_status status =
                stm_arena_grow(&source->arena, &source->paragraphs, source->paragraph_count,
                               &capacity, sizeof *source->paragraphs);
            if (status != STEMMA_OK) {
                return status;
            }
            source->paragraphs[source->paragraph_count++] = (uint32_t)(line.data - text.data);
        }
        previous = line;
        at = next_line(text, end);
    }
    return STEMMA_OK;
}

stemma_text stm_plain_paragraph(const stm_source_document *source, uint32_t index)
{
    size_t end =
        index + 1 < source->paragraph_count ? source->paragraphs[index + 1] : source->text.size;
    return stm_trim(stm_slice(source->text, source->paragraphs[index], end));
}

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

stemma_status stm_plain_title(stm_source_document *source)
{
    uint32_t first = 0;
    if (source->fields.title.size != 0) {
        return STEMMA_OK;
    }
    while (first < source->paragraph_count &&
           stm_furniture_holds(source, source->paragraphs[first])) {
        first++;
    }
    if (first == source->paragraph_count) {
        return STEMMA_OK;
    }
    stemma_text title = stm_plain_paragraph(source, first);
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
