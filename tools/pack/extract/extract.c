/* SPDX-License-Identifier: MIT */
#include "pack/extract/extract.h"

#include "pack/extract/annotation.h"
#include "pack/extract/event_denial.h"
#include "pack/extract/quantity_recount.h"
#include "pack/model/model_rows.h"
#include "write/validate.h"

#include <stdio.h>
#include <utf8proc.h>

static stemma_status refuse(stemma_error *error, stemma_status status, const char *code,
                            const char *message, uint64_t offset)
{
    if (error != NULL) {
        memset(error, 0, sizeof *error);
        error->status = status;
        error->offset = offset;
        (void)snprintf(error->code, sizeof error->code, "%s", code);
        (void)snprintf(error->message, sizeof error->message, "%s", message);
    }
    return status;
}

static int is_utf8(stemma_text text, uint64_t *offset)
{
    const utf8proc_uint8_t *data = (const utf8proc_uint8_t *)text.data;
    size_t at = 0;
    while (at < text.size) {
        if (data[at] != 0 && data[at] < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t code;
        utf8proc_ssize_t left = (utf8proc_ssize_t)(text.size - at);
        utf8proc_ssize_t length = utf8proc_iterate(data + at, left, &code);
        if (length <= 0 || code == 0) {
            *offset = at;
            return 0;
        }
        at += (size_t)length;
    }
    return 1;
}

static stemma_status check_input(const stemma_document *input, stemma_error *error)
{
    uint64_t offset = 0;
    if (input->text.size > (1u << 30)) {
        return refuse(error, STEMMA_E_LIMIT, "TEXT_LENGTH", "the text of the document is too long",
                      0);
    }
    if (!is_utf8(input->text, &offset)) {
        return refuse(error, STEMMA_E_INVALID, "TEXT_UTF8", "the text is not valid UTF-8", offset);
    }
    uint32_t size = (uint32_t)input->text.size;
    uint32_t before = 0;
    for (uint32_t i = 0; i < input->furniture_count; i++) {
        stemma_span span = input->furniture[i];
        if (span.start < before || span.end < span.start || span.end > size) {
            return refuse(error, STEMMA_E_INVALID, "FURNITURE_SPAN",
                          "spans of furniture do not ascend inside the text", span.start);
        }
        before = span.end;
    }
    before = 0;
    for (uint32_t i = 0; i < input->paragraph_count; i++) {
        if (input->paragraphs[i] < before || input->paragraphs[i] > size) {
            return refuse(error, STEMMA_E_INVALID, "PARAGRAPH_OFFSET",
                          "paragraphs do not ascend inside the text", input->paragraphs[i]);
        }
        before = input->paragraphs[i];
    }
    return STEMMA_OK;
}

static stemma_status give_sentences(struct stm_annotation *ann, stemma_document *output)
{
    uint32_t *starts = stm_arena_alloc(ann->arena, ann->sentence_count, sizeof *starts);
    if (starts == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->sentence_count; i++) {
        starts[i] = ann->sentences[i].start;
    }
    output->sentences = starts;
    output->sentence_count = ann->sentence_count;
    return STEMMA_OK;
}

static stemma_status give_referents(struct stm_annotation *ann, stemma_document *output,
                                    stemma_referent **made)
{
    stemma_referent *referents =
        stm_arena_alloc(ann->arena, ann->referent_count, sizeof *referents);
    if (referents == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->referent_count; i++) {
        const struct stm_referent *from = &ann->referents[i];
        stemma_name *names = stm_arena_alloc(ann->arena, from->name_count, sizeof *names);
        if (names == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        for (size_t k = 0; k < from->name_count; k++) {
            names[k].text = from->names[k].text;
            names[k].kind = from->names[k].kind;
        }
        referents[i].kind = from->kind;
        referents[i].type = from->type;
        referents[i].names = names;
        referents[i].name_count = (uint32_t)from->name_count;
    }
    *made = referents;
    output->referents = referents;
    output->referent_count = ann->referent_count;
    return STEMMA_OK;
}

static stemma_status give_span(struct stm_annotation *ann, uint32_t first, uint32_t count,
                               stemma_mention *mention)
{
    stemma_span *span = stm_arena_alloc(ann->arena, 1, sizeof *span);
    if (span == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *span = stm_ann_span(ann, first, count);
    mention->spans = span;
    mention->span_count = 1;
    return STEMMA_OK;
}

/* Chooses the canonical mention of every referent: the one set, or else its first. */
static void mark_canonical(const struct stm_annotation *ann, const uint32_t *number_of,
                           stemma_mention *mentions)
{
    for (uint32_t i = 0; i < ann->referent_count; i++) {
        uint32_t chosen = ann->referents[i].canonical;
        if (chosen != STEMMA_NONE && ann->mentions[chosen].referent == i) {
            mentions[number_of[chosen]].canonical = 1;
        }
    }
}

static stemma_status give_mentions(struct stm_annotation *ann, stemma_document *output)
{
    size_t most = (size_t)ann->mention_count + ann->time_count + ann->quantity_count;
    stemma_mention *mentions = stm_arena_alloc(ann->arena, most, sizeof *mentions);
    uint32_t *number_of = stm_arena_alloc(ann->arena, ann->mention_count, sizeof *number_of);
    if (mentions == NULL || number_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        const struct stm_mention *from = &ann->mentions[i];
        number_of[i] = STEMMA_NONE;
        if (from->referent == STEMMA_NONE) {
            continue;
        }
        struct stm_referent *referent = &ann->referents[from->referent];
        if (referent->canonical == STEMMA_NONE ||
            ann->mentions[referent->canonical].referent != from->referent) {
            referent->canonical = i;
        }
        stemma_mention *to = &mentions[count];
        if (give_span(ann, from->first, from->count, to) != STEMMA_OK) {
            return STEMMA_E_NO_MEMORY;
        }
        to->kind = from->kind;
        to->referent = from->referent;
        to->head = stm_ann_span(ann, from->head, 1);
        number_of[i] = count++;
    }
    mark_canonical(ann, number_of, mentions);
    for (uint32_t i = 0; i < ann->time_count; i++) {
        stemma_mention *to = &mentions[count++];
        if (give_span(ann, ann->times[i].first, ann->times[i].count, to) != STEMMA_OK) {
            return STEMMA_E_NO_MEMORY;
        }
        to->kind = STEMMA_MENTION_TIME;
        to->referent = STEMMA_NONE;
    }
    for (uint32_t i = 0; i < ann->quantity_count; i++) {
        const struct stm_quantity_mention *from = &ann->quantities[i];
        stemma_mention *to = &mentions[count++];
        if (give_span(ann, from->first, from->count, to) != STEMMA_OK) {
            return STEMMA_E_NO_MEMORY;
        }
        to->kind = STEMMA_MENTION_QUANTITY;
        to->referent = STEMMA_NONE;
        if (from->head != STEMMA_NONE && from->head >= from->first &&
            from->head < from->first + from->count) {
            to->head = stm_ann_span(ann, from->head, 1);
        }
    }
    output->mentions = mentions;
    output->mention_count = count;
    return STEMMA_OK;
}

/* Names that the mention which shows them does not read are not names of the document. It happens
   where a word is longer than a name may be. */
static void keep_names_that_read(stemma_document *output, stemma_referent *referents)
{
    uint64_t work = 0;
    for (uint32_t i = 0; i < output->mention_count; i++) {
        if (stm_validate_canonical_name(output, i, &work, NULL) != STEMMA_OK) {
            referents[output->mentions[i].referent].name_count = 0;
        }
    }
}

static stemma_status give_assertions(struct stm_annotation *ann, stemma_document *output)
{
    stemma_assertion *assertions =
        stm_arena_alloc(ann->arena, ann->assertion_count, sizeof *assertions);
    if (assertions == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->assertion_count; i++) {
        assertions[i] = ann->assertions[i].value;
        assertions[i].evidence = ann->assertions[i].evidence;
        assertions[i].evidence_count = (uint32_t)ann->assertions[i].evidence_count;
    }
    output->assertions = assertions;
    output->assertion_count = ann->assertion_count;
    return STEMMA_OK;
}

stemma_status stm_extract(const struct stm_model *model, const stemma_document *input,
                          uint32_t run, struct stm_arena *arena, stemma_document *output,
                          stemma_error *error)
{
    return stm_extract_watched(model, input, run, arena, NULL, NULL, output, error);
}

stemma_status stm_extract_watched(const struct stm_model *model, const stemma_document *input,
                                  uint32_t run, struct stm_arena *arena,
                                  stm_extract_watcher *watcher, void *context,
                                  stemma_document *output, stemma_error *error)
{
    static stm_extract_stage *const stages[] = {
        stm_extract_tokens,     stm_extract_sentences, stm_extract_tags,      stm_extract_syntax,
        stm_extract_names,      stm_extract_nominals,  stm_extract_referents, stm_extract_times,
        stm_extract_quantities, stm_extract_attribution, stm_extract_events,  stm_extract_denials,
        stm_extract_recounts,   stm_extract_facts,   stm_extract_others};
    stemma_status status = check_input(input, error);
    if (status != STEMMA_OK) {
        return status;
    }
    struct stm_annotation ann;
    memset(&ann, 0, sizeof ann);
    ann.arena = arena;
    ann.model = model;
    stm_model_rows_use(model);
    ann.document = input;
    ann.text = input->text;
    ann.run = run;
    ann.error = error;
    stemma_document result = *input;
    stemma_referent *referents = NULL;
    for (size_t i = 0; i < sizeof stages / sizeof *stages && status == STEMMA_OK; i++) {
        status = stages[i](&ann);
        if (status == STEMMA_OK && watcher != NULL) {
            status = watcher(context, &ann, stages[i]);
        }
    }
    if (status == STEMMA_OK) {
        status = give_sentences(&ann, &result);
    }
    if (status == STEMMA_OK) {
        status = give_referents(&ann, &result, &referents);
    }
    if (status == STEMMA_OK) {
        status = give_mentions(&ann, &result);
    }
    if (status == STEMMA_OK) {
        keep_names_that_read(&result, referents);
    }
    if (status == STEMMA_OK) {
        status = give_assertions(&ann, &result);
    }
    if (status == STEMMA_E_NO_MEMORY && stm_arena_is_full(arena)) {
        return refuse(error, STEMMA_E_LIMIT, "EXTRACT_MEMORY",
                      "reading the document took more memory than allowed", 0);
    }
    if (status == STEMMA_E_NO_MEMORY) {
        return refuse(error, status, "NO_MEMORY", "Out of memory", 0);
    }
    if (status == STEMMA_OK) {
        *output = result;
    }
    return status;
}
