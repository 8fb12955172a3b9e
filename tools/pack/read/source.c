/* SPDX-License-Identifier: MIT */
#include "pack/read/source.h"

#include <stdlib.h>

stm_source_document *stm_source_new(size_t cap)
{
    stm_source_document *source = calloc(1, sizeof *source);
    if (source != NULL) {
        stm_arena_init(&source->arena, cap);
    }
    return source;
}

void stm_source_free(stm_source_document *source)
{
    if (source != NULL) {
        stm_arena_free(&source->arena);
        free(source);
    }
}

void stm_source_view(const stm_source_document *source, stemma_document *document)
{
    memset(document, 0, sizeof *document);
    const stm_source_fields *fields = &source->fields;
    document->uri = fields->uri;
    document->title = fields->title;
    document->publisher = fields->publisher;
    document->agency = fields->agency;
    document->byline = fields->byline;
    document->published = fields->published;
    document->retrieved = fields->retrieved;
    document->language = fields->language;
    document->media_type = fields->media_type;
    document->licence = fields->licence;
    document->text = source->text;
    document->text_size = (uint32_t)source->text.size;
    document->paragraphs = source->paragraphs;
    document->paragraph_count = source->paragraph_count;
    document->furniture = source->furniture;
    document->furniture_count = source->furniture_count;
}

static void complete(stemma_text *into, stemma_text from)
{
    if (into->size == 0) {
        *into = from;
    }
}

void stm_source_fields_complete(stm_source_fields *into, const stm_source_fields *from)
{
    complete(&into->uri, from->uri);
    complete(&into->title, from->title);
    complete(&into->publisher, from->publisher);
    complete(&into->agency, from->agency);
    complete(&into->byline, from->byline);
    complete(&into->retrieved, from->retrieved);
    complete(&into->language, from->language);
    complete(&into->media_type, from->media_type);
    complete(&into->licence, from->licence);
    /* A date that was understood beats one that was not, wherever it stands. */
    if (into->published.edtf.size == 0 &&
        (from->published.edtf.size != 0 || into->published.raw.size == 0)) {
        into->published = from->published;
    }
}
