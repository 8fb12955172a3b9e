/* SPDX-License-Identifier: MIT */
#include "pack/read/slug.h"

#include "pack/read/plain.h"
#include "pack/read/words.h"

#define SLUG_PARAGRAPHS 12u  /* in which notes are looked for */
#define NOTE_LONGEST    160u /* bytes of a note in brackets */
#define TICKER_LONGEST  8u   /* letters of the sign of a share, or of where it is traded */
#define SLUGS_MOST      48u  /* of a document */

/* The size of "UPDATE 2-", "EXCLUSIVE-", "BREAKING: " before a headline; 0 when there is none. */
static size_t slug_size(stemma_text text)
{
    static const char *const slugs[] = {"UPDATE",  "WRAPUP", "CORRECTED", "REFILE",  "RPT",      "EXCLUSIVE", "FACTBOX",
                                        "TIMELINE", "INSIGHT", "BREAKING", "URGENT", "SNAP ANALYSIS", "ANALYSIS"};
    for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++) {
        size_t at = strlen(slugs[i]);
        if (text.size <= at + 2 || memcmp(text.data, slugs[i], at) != 0) {
            continue;
        }
        if (text.data[at] == ' ' && stm_is_digit(text.data[at + 1])) {
            at += 2;
            at += stm_is_digit(text.data[at]);
        }
        if (at + 2 < text.size && text.data[at] == ':' && text.data[at + 1] == ' ') {
            return at + 2;
        }
        if (at + 1 < text.size && text.data[at] == '-' && stm_is_letter(text.data[at + 1])) {
            return at + 1;
        }
    }
    return 0;
}

/* Where the next bracket opens at or after `from`; the size of the text when none does. */
static size_t next_bracket(stemma_text text, size_t from)
{
    const char *found = from < text.size ? memchr(text.data + from, '(', text.size - from) : NULL;
    return found != NULL ? (size_t)(found - text.data) : text.size;
}

/* The note in brackets at or after `from`: where it begins and, in `*end`, ends; SIZE_MAX when none follows. */
static size_t find_note(stemma_text text, size_t from, size_t *end)
{
    static const char *const notes[] = {"(adds ",     "(updates ", "(updates\xE2\x80\x94", "(recasts", "(corrects ",
                                        "(refiles ", "(repeats ", "(rewrites ", "(writes through", "(releads"};
    for (size_t i = next_bracket(text, from); i < text.size; i = next_bracket(text, i + 1)) {
        stemma_text rest = stm_slice(text, i, text.size);
        for (size_t k = 0; k < sizeof notes / sizeof *notes; k++) {
            if (!stm_begins(rest, notes[k])) {
                continue;
            }
            const char *close = memchr(rest.data, ')', rest.size < NOTE_LONGEST ? rest.size : NOTE_LONGEST);
            if (close != NULL) {
                *end = i + (size_t)(close - rest.data) + 1;
                return i;
            }
        }
    }
    return SIZE_MAX;
}

/* The size of "(ORB.L)", "(NYSE: ZNT)" at the beginning of `text`: the sign of a share; 0 when it is none. */
static size_t ticker_size(stemma_text text)
{
    size_t at = 1;
    size_t capitals = 0;
    size_t behind = 0;
    while (at < text.size && stm_is_upper(text.data[at]) && at < TICKER_LONGEST) {
        at++;
        capitals++;
    }
    if (at >= text.size || capitals < 1 || (text.data[at] != '.' && text.data[at] != ':')) {
        return 0;
    }
    int exchange = text.data[at++] == ':';
    at += exchange && at < text.size && text.data[at] == ' ';
    while (at < text.size && (stm_is_upper(text.data[at]) || (exchange && text.data[at] == '.')) &&
           at < 2 * TICKER_LONGEST) {
        at++;
        behind++;
    }
    int fits = exchange ? capitals >= 3 && behind >= 1 : behind >= 1 && behind <= 2;
    return fits && at < text.size && text.data[at] == ')' ? at + 1 : 0;
}

stemma_text stm_without_slugs(stemma_text headline)
{
    size_t end = 0;
    size_t slug = slug_size(headline);
    size_t note = find_note(headline, slug, &end);
    return stm_trim(stm_slice(headline, slug, note != SIZE_MAX && end == headline.size ? note : headline.size));
}

/* Puts a span among the furniture, unless it meets one that is there. */
static void add_span(stm_source_document *source, stemma_span span)
{
    uint32_t at = source->furniture_count;
    while (at > 0 && source->furniture[at - 1].start >= span.start) {
        at--;
    }
    if ((at > 0 && source->furniture[at - 1].end > span.start) ||
        (at < source->furniture_count && source->furniture[at].start < span.end)) {
        return;
    }
    memmove(source->furniture + at + 1, source->furniture + at,
            (source->furniture_count - at) * sizeof *source->furniture);
    source->furniture[at] = span;
    source->furniture_count++;
}

stemma_status stm_slugs_find(stm_source_document *source)
{
    uint32_t paragraphs = source->paragraph_count < SLUG_PARAGRAPHS ? source->paragraph_count : SLUG_PARAGRAPHS;
    stemma_span found[SLUGS_MOST + 2 * SLUG_PARAGRAPHS];
    uint32_t count = 0;
    uint32_t tickers = 0;
    for (uint32_t i = 0; i < paragraphs; i++) {
        stemma_text text = stm_plain_paragraph(source, i);
        uint32_t start = (uint32_t)(text.data - source->text.data);
        size_t slug = i < 2 ? slug_size(text) : 0;
        size_t end = 0;
        size_t note = find_note(text, slug, &end);
        if (slug != 0) {
            found[count++] = (stemma_span){start, start + (uint32_t)slug};
        }
        for (size_t k = next_bracket(text, 0); k < text.size && tickers < SLUGS_MOST; k = next_bracket(text, k + 1)) {
            size_t size = ticker_size(stm_slice(text, k, text.size));
            if (size != 0) {
                found[count++] = (stemma_span){start + (uint32_t)k, start + (uint32_t)(k + size)};
                tickers++;
            }
        }
        if (note != SIZE_MAX) {
            found[count++] = (stemma_span){start + (uint32_t)note, start + (uint32_t)end};
        }
    }
    if (count == 0) {
        return STEMMA_OK;
    }
    stemma_span *room = stm_arena_alloc(&source->arena, (size_t)source->furniture_count + count, sizeof *room);
    if (room == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (source->furniture_count != 0) {
        memcpy(room, source->furniture, source->furniture_count * sizeof *room);
    }
    source->furniture = room;
    for (uint32_t i = 0; i < count; i++) {
        add_span(source, found[i]);
    }
    return STEMMA_OK;
}
