/* SPDX-License-Identifier: MIT */
/* Pages: plain text, HTML, Markdown with front matter; the first byte says which. What is read is a document
   whose text is UTF-8 and whose spans lie in it, between characters. */
#include "fuzz.h"
#include "pack/read/read.h"
#include "stemma/edtf.h"
#include "utf8.h"

static void a_field(stemma_text text)
{
    fuzz_must(stm_utf8_valid(text));
}

static void a_document(const stm_source_document *source)
{
    stemma_text text = source->text;
    const stm_source_fields *fields = &source->fields;
    stemma_time_bounds bounds;
    uint32_t last = 0;
    fuzz_must(text.size != 0 && stm_utf8_valid(text));
    for (uint32_t i = 0; i < source->paragraph_count; i++) {
        uint32_t at = source->paragraphs[i];
        fuzz_must(at < text.size && (i == 0 || at > last) && stm_utf8_boundary(text, at));
        last = at;
    }
    last = 0;
    for (uint32_t i = 0; i < source->furniture_count; i++) {
        stemma_span span = source->furniture[i];
        fuzz_must(span.start >= last && span.start < span.end && span.end <= text.size);
        fuzz_must(stm_utf8_boundary(text, span.start) && stm_utf8_boundary(text, span.end));
        last = span.end;
    }
    a_field(fields->uri);
    a_field(fields->title);
    a_field(fields->publisher);
    a_field(fields->agency);
    a_field(fields->byline);
    a_field(fields->published.raw);
    a_field(fields->language);
    a_field(fields->licence);
    fuzz_must(fields->published.edtf.size == 0 ||
              stemma_edtf_bounds(fields->published.edtf, &bounds) == STEMMA_OK);
    fuzz_must(fields->retrieved.size == 0 || stemma_edtf_bounds(fields->retrieved, &bounds) == STEMMA_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const stm_entry_kind kinds[] = {STM_ENTRY_HTML, STM_ENTRY_MARKDOWN, STM_ENTRY_TEXT};
    static bool begun;
    fuzz_input input = fuzz_input_of(data, size);
    stm_entry entry = {.path = stemma_text_of("a/page"), .uri = stemma_text_of("page")};
    stm_source_document *source = NULL;
    stm_problems problems;
    entry.kind = kinds[fuzz_u8(&input) % 3];
    if (!begun) {
        stm_read_initialize();
        begun = true;
    }
    stemma_bytes bytes = fuzz_rest(&input);
    stm_problems_to_buffer(&problems);
    stemma_status status = stm_read_memory(&entry, bytes, NULL, NULL, &problems, &source);
    if (status == STEMMA_OK) {
        a_document(source);
    } else {
        fuzz_must((status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) && source == NULL);
        fuzz_must(problems.counts[STM_SEVERITY_ERROR] != 0);
    }
    fuzz_must(stm_utf8_valid((stemma_text){problems.json.data, problems.json.size}));
    stm_source_free(source);
    stm_problems_free(&problems);
    fuzz_free(bytes);
    return 0;
}
