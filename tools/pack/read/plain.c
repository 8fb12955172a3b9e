/* SPDX-License-Identifier: MIT */
#include "pack/read/plain.h"

#include "pack/read/words.h"

#define WRAP_WIDEST    120u /* bytes of the longest line that a wrapped text may have */
#define WRAP_NARROWEST 45u  /* ... and must have */
#define WRAP_SLACK     10u /* bytes that a ragged edge may stay short of the word that did not fit */

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
