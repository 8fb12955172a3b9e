/* SPDX-License-Identifier: MIT */
#include "score_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/extract/annotation.h"
#include "support/reader_model.h"

struct reading {
    struct stm_arena arena;
    struct value_found found[];
};

static int by_start(const void *a, const void *b)
{
    const struct value_found *left = a;
    const struct value_found *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

static void must(int right)
{
    if (!right) {
        fputs("score_values: out of memory\n", stderr);
        exit(1);
    }
}

struct value_found *values_read(const char *text, const char *published)
{
    struct stm_arena arena;
    struct stm_annotation ann;
    stemma_document document;
    memset(&ann, 0, sizeof ann);
    memset(&document, 0, sizeof document);
    stm_arena_init(&arena, 0);
    document.text = stemma_text_of(text);
    document.published.edtf = stemma_text_of(published);
    ann.model = reader_model();
    ann.arena = &arena;
    ann.document = &document;
    ann.text = document.text;
    must(stm_extract_tokens(&ann) == STEMMA_OK && stm_extract_sentences(&ann) == STEMMA_OK &&
         stm_extract_tags(&ann) == STEMMA_OK && stm_extract_syntax(&ann) == STEMMA_OK &&
         stm_extract_names(&ann) == STEMMA_OK && stm_extract_times(&ann) == STEMMA_OK &&
         stm_extract_quantities(&ann) == STEMMA_OK);
    size_t count = (size_t)ann.time_count + ann.quantity_count;
    struct reading *reading = calloc(1, sizeof *reading + (count + 1) * sizeof *reading->found);
    must(reading != NULL);
    for (uint32_t i = 0; i < ann.time_count; i++) {
        struct value_found *f = &reading->found[i];
        stemma_span span = stm_ann_span(&ann, ann.times[i].first, ann.times[i].count);
        f->start = span.start;
        f->end = span.end;
        f->is_time = 1;
        f->raw = ann.times[i].value.raw;
        f->edtf = ann.times[i].value.edtf;
    }
    for (uint32_t i = 0; i < ann.quantity_count; i++) {
        struct value_found *f = &reading->found[ann.time_count + i];
        stemma_span span = stm_ann_span(&ann, ann.quantities[i].first, ann.quantities[i].count);
        f->start = span.start;
        f->end = span.end;
        f->raw = ann.quantities[i].value.raw;
        f->quantity = ann.quantities[i].value;
    }
    qsort(reading->found, count, sizeof *reading->found, by_start);
    reading->arena = arena;
    return reading->found;
}

void values_free(struct value_found *found)
{
    struct reading *reading =
        (struct reading *)(void *)((char *)found - offsetof(struct reading, found));
    stm_arena_free(&reading->arena);
    free(reading);
}

void value_print(const struct value_found *found)
{
    static const char *const modifiers[] = {"",           "about ",   "at_least ",
                                            "more_than ", "at_most ", "less_than "};
    const stemma_quantity *q = &found->quantity;
    if (found->is_time) {
        printf("T \"%.*s\" %.*s\n", (int)found->raw.size, found->raw.data, (int)found->edtf.size,
               found->edtf.size != 0 ? found->edtf.data : "");
        return;
    }
    printf("Q \"%.*s\" %s%.*s [%.*s..%.*s] %.*s {%.*s}\n", (int)found->raw.size, found->raw.data,
           modifiers[q->modifier], (int)q->amount.size, q->amount.size ? q->amount.data : "",
           (int)q->lower.size, q->lower.size ? q->lower.data : "", (int)q->upper.size,
           q->upper.size ? q->upper.data : "", (int)q->unit.size, q->unit.size ? q->unit.data : "",
           (int)q->counted.size, q->counted.size ? q->counted.data : "");
}
