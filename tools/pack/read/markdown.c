/* SPDX-License-Identifier: MIT */
#include "pack/read/markdown.h"

#include <cmark.h>
#include <stdbool.h>

#include "limits.h"
#include "pack/read/builder.h"
#include "pack/read/markdown_memory.h"
#include "pack/read/words.h"

static stemma_text literal(cmark_node *node)
{
    return stemma_text_of(cmark_node_get_literal(node));
}

static void enter(stm_builder *builder, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        stm_builder_text(builder, literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        stm_builder_text(builder, stemma_text_of(" "));
        break;
    case CMARK_NODE_LINEBREAK:
        stm_builder_break(builder, 1);
        break;
    case CMARK_NODE_CODE_BLOCK:
        stm_builder_break(builder, 2);
        stm_builder_verbatim(builder, stm_trim(literal(node)));
        stm_builder_break(builder, 2);
        break;
    case CMARK_NODE_IMAGE:
        /* What stands in the brackets describes a picture; it is not the article's prose. */
        stm_builder_furniture_begin(builder);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
    case CMARK_NODE_THEMATIC_BREAK:
        stm_builder_break(builder, 2);
        break;
    default:
        break;
    }
}

static void leave(stm_builder *builder, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_IMAGE:
        stm_builder_furniture_end(builder);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        stm_builder_break(builder, 2);
        break;
    default:
        break;
    }
}

struct reading {
    stemma_text markdown;
    stm_builder builder;
    size_t title_start, title_end; /* of the text; SIZE_MAX: there is none */
};

/* Reads with cmark, which may be left at any call of it. */
static void read_markdown(void *context)
{
    struct reading *reading = context;
    stm_builder *builder = &reading->builder;
    cmark_parser *parser =
        cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, stm_markdown_memory());
    cmark_parser_feed(parser, reading->markdown.data, reading->markdown.size);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_iter *iterator = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        bool heading = reading->title_end == SIZE_MAX &&
                       cmark_node_get_type(node) == CMARK_NODE_HEADING &&
                       cmark_node_get_heading_level(node) == 1;
        if (event == CMARK_EVENT_ENTER) {
            if (heading) {
                reading->title_start = builder->size;
            }
            enter(builder, node);
        } else {
            if (heading) {
                reading->title_end = builder->size;
            }
            leave(builder, node);
        }
    }
    cmark_iter_free(iterator);
    cmark_node_free(document);
}

stemma_status stm_markdown_read(stemma_text markdown, stm_source_document *source)
{
    struct reading reading = {.markdown = markdown, .title_start = SIZE_MAX, .title_end = SIZE_MAX};
    stm_builder_init(&reading.builder, STEMMA_LIMIT_TEXT);
    stemma_status status = stm_markdown_guard(read_markdown, &reading)
                               ? stm_builder_finish(&reading.builder, source)
                               : STEMMA_E_NO_MEMORY;
    stm_builder_free(&reading.builder);
    if (status == STEMMA_OK && reading.title_end != SIZE_MAX && source->fields.title.size == 0) {
        source->fields.title = stm_collapse(
            &source->arena, stm_slice(source->text, reading.title_start, reading.title_end),
            STEMMA_LIMIT_FIELD, &status);
    }
    return status;
}
