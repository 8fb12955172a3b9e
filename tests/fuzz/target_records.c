/* SPDX-License-Identifier: MIT */
/* Records of every family: the first byte chooses. What decodes, encodes to the same bytes, but for fields
   of later versions, which a reader passes over; the short cuts that look at a part of a record say what
   the decoder says. */
#include "canonical.h"
#include "claim_record.h"
#include "derivation_record.h"
#include "document_record.h"
#include "entity_alias.h"
#include "fuzz.h"
#include "fuzz_bounds.h"
#include "judgement_record.h"
#include "meta_record.h"
#include "run_record.h"
#include "vocabulary_record.h"

static stemma_status again_term(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_term term;
    stemma_status status = stm_term_decode(value, &term, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    fuzz_must(stm_term_name_valid(term.name));
    return stm_term_encode(&term, out, NULL);
}

static stemma_status again_run(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_run run;
    stemma_status status = stm_run_decode(value, &run, fault);
    return status == STEMMA_OK ? stm_run_encode(&run, out, NULL) : status;
}

static stemma_status again_meta(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stm_meta meta;
    stemma_status status = stm_meta_decode(value, &meta, fault);
    return status == STEMMA_OK ? stm_meta_encode(&meta, out, NULL) : status;
}

static stemma_status again_digests(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    stemma_status status = stm_digests_decode(value, digests, &count, fault);
    return status == STEMMA_OK ? stm_digests_encode(digests, count, out, NULL) : status;
}

static stemma_status again_document(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_document document;
    stm_document_extra extra;
    stemma_status status = stm_document_decode(value, &document, &extra, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    /* Nobody is made to give more than a few times what was read. */
    fuzz_must((uint64_t)extra.sentences + extra.paragraphs + extra.furniture <= value.size);
    uint32_t *offsets = fuzz_zeroed((size_t)extra.sentences + extra.paragraphs, sizeof *offsets);
    stemma_span *spans = fuzz_zeroed(extra.furniture, sizeof *spans);
    status = stm_document_decode_arrays(value, &document, &extra, offsets, spans, fault);
    if (status == STEMMA_OK) {
        const stm_document_rows rows = {extra.rows, extra.stride, extra.run, extra.gaps};
        document.referent_count = extra.referents;
        document.mention_count = extra.mentions;
        document.assertion_count = extra.assertions;
        status = stm_document_encode(&document, extra.code_points, extra.rows != 0 ? &rows : NULL,
                                     out, NULL);
    }
    free(offsets);
    free(spans);
    return status;
}

static stemma_status again_judgement(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_judgement judgement;
    stm_judgement_skim skim;
    stemma_status skimmed = stm_judgement_skim_read(value, &skim);
    stemma_status status = stm_judgement_decode(value, fuzz_bounds(), &judgement, fault);
    fuzz_must(skimmed == STEMMA_OK || skimmed == STEMMA_E_DAMAGED);
    if (status != STEMMA_OK) {
        return status;
    }
    fuzz_must(skimmed == STEMMA_OK && skim.score == judgement.score &&
              skim.verdict == judgement.verdict && skim.person == (judgement.run == STEMMA_NONE));
    return stm_judgement_encode(&judgement, fuzz_bounds(), out, NULL);
}

static stemma_status again_derivations(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count, range_count;
    stemma_status status = stm_derivations_count(value, &count, &range_count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    fuzz_must(count <= value.size && range_count <= value.size);
    stemma_derivation *derivations = fuzz_zeroed(count, sizeof *derivations);
    stemma_shared_range *ranges = fuzz_zeroed(range_count, sizeof *ranges);
    status = stm_derivations_decode(value, 9, 4, fuzz_bounds(), derivations, count, ranges,
                                    range_count, fault);
    if (status == STEMMA_OK) {
        status = stm_derivations_encode(derivations, count, fuzz_bounds(), out, NULL);
    }
    free(derivations);
    free(ranges);
    return status;
}

static stemma_status again_alias(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count, shown = 0;
    stemma_status status = stm_entity_alias_count(value, &count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    fuzz_must(count <= value.size);
    stm_entity_name *names = fuzz_zeroed(count, sizeof *names);
    status = stm_entity_alias_decode(value, stemma_text_of("Ilse Varga"), fuzz_bounds()->documents,
                                     names, count, &shown, fault);
    if (status == STEMMA_OK) {
        fuzz_must(shown < count);
        status = stm_entity_alias_encode(names, count, shown, out, NULL);
    }
    free(names);
    return status;
}

static stemma_status again_claim(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count = 0, first = STEMMA_NONE;
    stm_claim_row row, peeked, with_first;
    stm_claim_glance glance;
    stemma_status peek = stm_claim_peek(value, fuzz_bounds(), &peeked, NULL);
    stemma_status peek_first =
        stm_claim_peek_first(value, fuzz_bounds(), &with_first, &first, NULL);
    bool glanced = stm_claim_glance_at(value, &glance);
    stemma_status status = stm_claim_count(value, &count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    fuzz_must(count <= value.size);
    stm_witness *witnesses = fuzz_zeroed(count, sizeof *witnesses);
    status = stm_claim_decode(value, fuzz_bounds(), &row, witnesses, count, fault);
    if (status == STEMMA_OK) {
        fuzz_must(peek == STEMMA_OK && peeked.subject == row.subject &&
                  peeked.object.kind == row.object.kind && peeked.speakers == row.speakers);
        fuzz_must(peek_first == STEMMA_OK &&
                  first == (count != 0 ? witnesses[0].document : STEMMA_NONE));
        fuzz_must(glanced && glance.kind == row.object.kind);
        status = stm_claim_encode(&row, fuzz_bounds(), out, NULL);
    }
    free(witnesses);
    return status;
}

static stemma_status (*const again[])(stemma_bytes value, stm_buffer *out, stm_fault *fault) = {
    again_term,      again_run,         again_meta,  again_digests, again_document,
    again_judgement, again_derivations, again_alias, again_claim};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    unsigned family = fuzz_u8(&input) % (sizeof again / sizeof again[0]);
    stemma_bytes value = fuzz_rest(&input);
    size_t capacity = value.size + 16;
    uint8_t *bytes = fuzz_zeroed(capacity, 1), *twice = fuzz_zeroed(capacity, 1);
    stm_buffer out = stm_buffer_over(bytes, capacity);
    stm_fault fault = {NULL, 0};
    stemma_status status = again[family](value, &out, &fault);
    if (status == STEMMA_OK) {
        fuzz_must(stm_buffer_fits(&out) && stm_mp_check(value, NULL) == STEMMA_OK);
        /* Less: what was left out are fields that are not known. */
        fuzz_must(out.size <= value.size);
        fuzz_must(out.size < value.size || memcmp(bytes, value.data, value.size) == 0);
        stm_buffer second = stm_buffer_over(twice, capacity);
        stemma_bytes view = stm_buffer_view(&out);
        fuzz_must(again[family](view, &second, &fault) == STEMMA_OK);
        fuzz_must(second.size == out.size && memcmp(bytes, twice, out.size) == 0);
    } else {
        fuzz_must(fault.code != NULL && fault.offset <= value.size);
        fuzz_must(status == STEMMA_E_DAMAGED ||
                  (again[family] == again_meta &&
                   (status == STEMMA_E_NOT_STEMMA || status == STEMMA_E_UNSUPPORTED)));
    }
    fuzz_free(value);
    free(bytes);
    free(twice);
    return 0;
}
