/* SPDX-License-Identifier: MIT */
/* Text through the reader of English news: every span lies in the text, between characters, and every number
   in its array; memory is what an intake would allow. */
#include "fuzz.h"
#include "pack/extract/extract.h"
#include "pack/intake.h"
#include "support/reader_model.h"
#include "utf8.h"

static void a_span(stemma_text text, stemma_span span)
{
    fuzz_must(span.start < span.end && span.end <= text.size);
    fuzz_must(stm_utf8_boundary(text, span.start) && stm_utf8_boundary(text, span.end));
}

static void an_assertion(const stemma_document *d, const stemma_assertion *a)
{
    fuzz_must(a->subject < d->referent_count && a->predicate.size != 0);
    fuzz_must(a->object.kind != STEMMA_OBJECT_REFERENT || a->object.as.referent < d->referent_count);
    fuzz_must(a->speaker == STEMMA_NONE || a->speaker < d->referent_count);
    fuzz_must(a->via == STEMMA_NONE || a->via < d->referent_count);
    fuzz_must(a->evidence_count != 0);
    for (uint32_t e = 0; e < a->evidence_count; e++) {
        for (uint32_t s = 0; s < a->evidence[e].span_count; s++) {
            a_span(d->text, a->evidence[e].spans[s]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes bytes = fuzz_rest(&input);
    stemma_document document = {0}, out = {0};
    struct stm_arena arena;
    stemma_error error = {0};
    document.text = fuzz_text(bytes);
    stm_arena_init(&arena, stm_intake_cap(size));
    stemma_status status = stm_extract(reader_model(), &document, 0, &arena, &out, &error);
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_INVALID && !stm_utf8_valid(document.text)));
    for (uint32_t i = 0; status == STEMMA_OK && i < out.mention_count; i++) {
        fuzz_must(out.mentions[i].span_count != 0);
        fuzz_must(out.mentions[i].referent == STEMMA_NONE || out.mentions[i].referent < out.referent_count);
        for (uint32_t s = 0; s < out.mentions[i].span_count; s++) {
            a_span(out.text, out.mentions[i].spans[s]);
        }
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < out.assertion_count; i++) {
        an_assertion(&out, &out.assertions[i]);
    }
    stm_arena_free(&arena);
    fuzz_free(bytes);
    return 0;
}
