/* SPDX-License-Identifier: MIT */
/* Reads what the scores need out of a knowledge base, through the public library only. */
#include "score_corpus.h"

#include <stdlib.h>
#include <string.h>

/* Whether a document of the file is the one the gold speaks of: by its URI, or by its file name for
   files that were packed without a manifest. */
static int is_named(stemma_text uri, const gold_document *document)
{
    stemma_text name = stemma_text_of(document->name);
    if (stemma_text_equal(uri, stemma_text_of(document->uri)) || stemma_text_equal(uri, name)) {
        return 1;
    }
    return uri.size > name.size && uri.data[uri.size - name.size - 1] == '/' &&
           memcmp(uri.data + uri.size - name.size, name.data, name.size) == 0;
}

static uint32_t position_of(const struct gold *gold, stemma_text uri)
{
    for (size_t i = 0; i < gold->document_count; i++) {
        if (is_named(uri, &gold->documents[i])) {
            return (uint32_t)i;
        }
    }
    return STEMMA_NONE;
}

static void load_document(struct kb *kb, uint32_t number, kb_document *to)
{
    stemma_error error;
    stemma_status status = stemma_testimony_get(kb->snapshot, number, &to->testimony, &error);
    expect_ok(status, &error, "the testimony of a document");
    stemma_span all = stemma_whole_span(&to->testimony);
    status = stemma_text_get(kb->snapshot, number, all, &to->text, &error);
    if (status != STEMMA_NOT_FOUND) {
        expect_ok(status, &error, "the text of a document");
    }
    to->members = need(to->testimony.referent_count, sizeof *to->members);
    for (uint32_t i = 0; i < to->testimony.referent_count; i++) {
        stemma_referent_id id = {number, i};
        stemma_reference reference;
        status = stemma_member_of(kb->snapshot, id, &reference, &error);
        if (status == STEMMA_NOT_FOUND) {
            to->members[i] = STEMMA_NONE;
            continue;
        }
        expect_ok(status, &error, "the entity or event of a referent");
        to->members[i] = reference.number;
    }
}

void kb_load(struct kb *out, const char *path, struct gold *gold)
{
    stemma_error error;
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    options.memory_limit = (uint64_t)4 << 30;
    memset(out, 0, sizeof *out);
    expect_ok(stemma_open(&out->file, path, &options, &error), &error, path);
    expect_ok(stemma_snapshot_begin(&out->snapshot, out->file, &error), &error, path);
    stemma_counts_get(out->file, &out->counts);
    out->document_count = gold->document_count;
    out->documents = need(out->document_count, sizeof *out->documents);
    out->position = need((size_t)out->counts.documents, sizeof *out->position);
    for (uint32_t number = 0; number < out->counts.documents; number++) {
        stemma_document document;
        stemma_status status = stemma_document_get(out->snapshot, number, &document, &error);
        expect_ok(status, &error, "a document");
        uint32_t position = position_of(gold, document.uri);
        out->position[number] = position;
        if (position != STEMMA_NONE && gold->documents[position].number == STEMMA_NONE) {
            gold->documents[position].number = number;
            load_document(out, number, &out->documents[position]);
        }
    }
}

void kb_free(struct kb *kb)
{
    for (size_t i = 0; i < kb->document_count; i++) {
        free(kb->documents[i].members);
    }
    free(kb->documents);
    free(kb->position);
    stemma_snapshot_end(kb->snapshot);
    stemma_close(kb->file);
}
