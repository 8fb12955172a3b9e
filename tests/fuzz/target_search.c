/* SPDX-License-Identifier: MIT */
/* Full-text queries: a query is read or refused with its column, and every way to ask it finds the same. */
#include "fuzz.h"
#include "fuzz_file.h"
#include "search/search_parse.h"
#include "stemma/stemma.h"
#include "utf8.h"

static void parse(stemma_text query)
{
    stm_ask ask;
    stemma_error error = {0};
    if (!stm_utf8_valid(query)) {
        return; /* whoever asks has looked */
    }
    stemma_status status = stm_ask_read(&ask, query, &error);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_INVALID);
    if (status != STEMMA_OK) {
        fuzz_must(strcmp(error.code, "SEARCH_QUERY") == 0 && error.where[0] != '\0');
        return;
    }
    fuzz_must(ask.count <= STM_ASK_NODES);
    for (uint32_t i = 1; i < ask.count; i++) {
        const stm_ask_node *node = &ask.nodes[i];
        fuzz_must(node->child < ask.count && node->next < ask.count);
        fuzz_must(node->text.size == 0 || (node->text.data >= query.data &&
                                           node->text.data + node->text.size <= query.data + query.size));
    }
}

static void search(stemma_text query)
{
    static stemma_file *file;
    static stemma_snapshot *snapshot;
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    const stemma_hit *hits;
    uint32_t count = 0, numbers[64], listed = 0;
    uint64_t counted = 0;
    stemma_error error = {0};
    if (file == NULL) {
        fuzz_must(stemma_open(&file, fuzz_put_file(fuzz_base_file(0)), NULL, &error) == STEMMA_OK);
        fuzz_must(stemma_snapshot_begin(&snapshot, file, &error) == STEMMA_OK);
    }
    options.limit = 64;
    stemma_status status = stemma_search(snapshot, query, &options, &hits, &count, &error);
    stemma_status in_order = stemma_search_documents(snapshot, query, &options, 0, numbers, 64, &listed, &error);
    stemma_status counting = stemma_search_count(snapshot, query, &options, &counted, &error);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT);
    fuzz_must(in_order == status && counting == status);
    if (status == STEMMA_OK) {
        fuzz_must(count == listed && count == counted);
        for (uint32_t i = 0; i < count; i++) {
            fuzz_must(hits[i].snippet.start <= hits[i].snippet.end);
            for (uint32_t w = 0; w < hits[i].word_count; w++) {
                fuzz_must(hits[i].words[w].start >= hits[i].snippet.start &&
                          hits[i].words[w].end <= hits[i].snippet.end);
            }
        }
    }
    stemma_snapshot_reset(snapshot);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes query = fuzz_rest(&input);
    parse(fuzz_text(query));
    search(fuzz_text(query));
    fuzz_free(query);
    return 0;
}
