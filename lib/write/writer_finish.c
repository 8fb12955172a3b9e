/* SPDX-License-Identifier: MIT */
#include "write/writer_ahead.h"
#include "write/writer_table.h"

#include "derivation_record.h"
#include "base/error.h"
#include "judgement_record.h"
#include "base/memory_sort.h"
#include "base/parallel.h"
#include "meta_record.h"
#include "run_record.h"
#include "write/writer_compress.h"
#include "write/writer_event.h"
#include "write/writer_rows.h"

#include <stdlib.h>

/* ---- Numbering ------------------------------------------------------------------------------- */

/* Documents by earliest published second, undated last, then by id. */
static stemma_status order_documents(stemma_writer *writer, stemma_error *error)
{
    uint32_t count = writer->document_count;
    stm_sort_key *keys = stm_memory_zeroed(writer->memory, count, sizeof *keys);
    writer->order = stm_memory_zeroed(writer->memory, count, sizeof *writer->order);
    if (keys == NULL || writer->order == NULL) {
        stm_memory_free(keys);
        return stm_no_memory(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t published = writer->documents[i].published;
        keys[i].major = published == STEMMA_TIME_UNKNOWN_EARLY
                            ? UINT64_MAX
                            : (uint64_t)published ^ UINT64_C(0x8000000000000000);
        keys[i].minor = writer->documents[i].id;
        keys[i].position = i;
    }
    stm_sort_keys(writer->memory, keys, count);
    for (uint32_t i = 0; i < count; i++) {
        writer->order[i] = keys[i].position;
        writer->documents[keys[i].position].number = i;
    }
    stm_memory_free(keys);
    return STEMMA_OK;
}

static int compare_runs(const void *a, const void *b)
{
    const stm_writer_run *const *left = a;
    const stm_writer_run *const *right = b;
    return stm_run_compare(&(*left)->run, &(*right)->run);
}

/* Only runs that something refers to are stored. */
static stemma_status number_runs(stemma_writer *writer, stemma_error *error)
{
    stm_writer_run **used = stm_zeroed(writer->run_count, sizeof *used);
    writer->file_runs = stm_zeroed(writer->run_count, sizeof *writer->file_runs);
    if (used == NULL || writer->file_runs == NULL) {
        free(used);
        return stm_no_memory(error);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < writer->run_count; i++) {
        if (writer->runs[i].used) {
            used[count++] = &writer->runs[i];
        }
    }
    if (count > 1) {
        qsort(used, count, sizeof *used, compare_runs);
    }
    for (uint32_t i = 0; i < count; i++) {
        used[i]->number = i;
        writer->file_runs[i] = used[i]->run;
    }
    writer->file_run_count = count;
    free(used);
    return STEMMA_OK;
}

static int compare_judgements(const void *a, const void *b)
{
    return stm_judgement_compare(a, b);
}

static int compare_derivations(const void *a, const void *b)
{
    return stm_derivation_compare(a, b);
}

static uint32_t file_run(const stemma_writer *writer, uint32_t run)
{
    return run == STEMMA_NONE ? STEMMA_NONE : writer->runs[run].number;
}

static int is_before(stemma_referent_id a, stemma_referent_id b)
{
    return a.document < b.document || (a.document == b.document && a.referent < b.referent);
}

static void order_judgements(stemma_writer *writer)
{
    for (size_t i = 0; i < writer->judgement_count; i++) {
        stemma_judgement *judgement = &writer->judgements[i];
        judgement->left.document = writer->documents[judgement->left.document].number;
        judgement->right.document = writer->documents[judgement->right.document].number;
        judgement->run = file_run(writer, judgement->run);
        if (is_before(judgement->right, judgement->left)) {
            stemma_referent_id swapped = judgement->left;
            judgement->left = judgement->right;
            judgement->right = swapped;
        }
    }
    size_t kept = 0;
    if (writer->judgement_count > 1) {
        stm_memory_sort_plain(writer->memory, writer->judgements, writer->judgement_count,
                              sizeof *writer->judgements, compare_judgements);
    }
    for (size_t i = 0; i < writer->judgement_count; i++) {
        if (kept == 0 ||
            stm_judgement_compare(&writer->judgements[i], &writer->judgements[kept - 1]) != 0) {
            writer->judgements[kept++] = writer->judgements[i];
        }
    }
    writer->judgement_count = kept;
}

static void order_derivations(stemma_writer *writer)
{
    for (size_t i = 0; i < writer->derivation_count; i++) {
        stemma_derivation *derivation = &writer->derivations[i];
        derivation->from = writer->documents[derivation->from].number;
        derivation->to = writer->documents[derivation->to].number;
        derivation->run = file_run(writer, derivation->run);
    }
    size_t kept = 0;
    if (writer->derivation_count > 1) {
        stm_memory_sort_plain(writer->memory, writer->derivations, writer->derivation_count,
                              sizeof *writer->derivations, compare_derivations);
    }
    for (size_t i = 0; i < writer->derivation_count; i++) {
        if (kept == 0 ||
            stm_derivation_compare(&writer->derivations[i], &writer->derivations[kept - 1]) != 0) {
            writer->derivations[kept++] = writer->derivations[i];
        }
    }
    writer->derivation_count = kept;
}

/* ---- Deriving the index ---------------------------------------------------------------------- */

static stemma_status index_documents(stemma_writer *writer, stemma_error *error)
{
    stm_document_arrays arrays = {0};
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < writer->document_count && status == STEMMA_OK; i++) {
        stemma_document document;
        status = stm_writer_document_at(writer, i, 1, &arrays, &document, error);
        if (status == STEMMA_OK) {
            status = stm_index_add_document(&writer->index, &document, error);
        }
        stm_writer_rows *rows = writer->documents[writer->order[i]].rows;
        if (status == STEMMA_OK && rows != NULL && rows->set.count > 0) {
            status = stm_writer_index_rows(writer, rows, error);
        }
        stm_writer_progress(writer, "indexing", i + 1, writer->document_count);
    }
    free(arrays.memory);
    return status;
}

static stemma_status derive(stemma_writer *writer, stemma_error *error)
{
    stm_index_init(&writer->index, writer->terms, writer->term_count);
    stm_index_use_memory(&writer->index, writer->memory);
    stm_index_expect(&writer->index, writer->document_count);
    stemma_status status = index_documents(writer, error);
    for (size_t i = 0; i < writer->judgement_count && status == STEMMA_OK; i++) {
        status = stm_index_add_judgement(&writer->index, &writer->judgements[i], error);
    }
    for (size_t i = 0; i < writer->derivation_count && status == STEMMA_OK; i++) {
        status = stm_index_add_derivation(&writer->index, &writer->derivations[i], error);
    }
    stm_writer_progress(writer, "grouping", 0, 0);
    if (status == STEMMA_OK) {
        status = stm_index_build(&writer->index, error);
    }
    writer->bounds.entities = writer->index.entity_count;
    writer->bounds.events = writer->index.event_total;
    writer->bounds.claims = (uint32_t)writer->index.claim_total;
    return status;
}

/* What does not need one another: the index and the dictionaries. */
struct derivation {
    stemma_writer *writer;
    stemma_error errors[2];
    stemma_status statuses[2];
};

static void derive_index(void *context)
{
    struct derivation *derivation = context;
    derivation->statuses[0] = derive(derivation->writer, &derivation->errors[0]);
    stm_writer_progress(derivation->writer, "training", 0, 0);
}

static void train_dictionaries(void *context)
{
    struct derivation *derivation = context;
    derivation->statuses[1] = stm_writer_train(derivation->writer, &derivation->errors[1]);
    if (derivation->statuses[1] == STEMMA_OK) {
        derivation->statuses[1] = stm_writer_compress_ahead(derivation->writer, &derivation->errors[1]);
    }
}

static stemma_status derive_all(stemma_writer *writer, stemma_error *error)
{
    struct derivation derivation;
    memset(&derivation, 0, sizeof derivation);
    derivation.writer = writer;
    writer->bounds.vocabulary.terms = writer->terms;
    writer->bounds.vocabulary.count = writer->term_count;
    writer->bounds.runs = writer->file_run_count;
    writer->bounds.documents = writer->document_count;
    stm_parallel_beside(writer->jobs, derive_index, train_dictionaries, &derivation);
    int failed = derivation.statuses[0] != STEMMA_OK ? 0 : 1;
    if (derivation.statuses[failed] != STEMMA_OK && error != NULL) {
        *error = derivation.errors[failed];
    }
    return derivation.statuses[failed];
}

/* ---- Meta ------------------------------------------------------------------------------------ */

static void fill_counts(const stemma_writer *writer, uint64_t counts[STM_COUNTS])
{
    const stm_index *index = &writer->index;
    const uint64_t all[STM_COUNTS] = {writer->document_count,
                                      index->referent_explicit + index->row_count,
                                      index->mention_count,
                                      index->assertion_explicit + index->row_assertion_count,
                                      index->evidence_count,
                                      writer->judgement_count,
                                      writer->derivation_count,
                                      index->entity_count,
                                      index->event_total,
                                      index->claim_total,
                                      index->entity_name_count,
                                      index->words.count,
                                      writer->file_run_count,
                                      writer->term_count,
                                      writer->text_bytes,
                                      index->token_count};
    memcpy(counts, all, sizeof all);
}

static stemma_status put_meta_row(stemma_writer *writer, const char *name, stemma_bytes value,
                                  stemma_error *error)
{
    stemma_bytes key = {(const uint8_t *)name, strlen(name)};
    return value.size == 0 ? STEMMA_OK : stm_store_writer_put(writer->store, key, value, error);
}

static int by_name(const void *a, const void *b)
{
    return stemma_text_compare(((const stm_table_digest *)a)->table,
                               ((const stm_table_digest *)b)->table);
}

/* Adds the row of a dictionary, if there is one. */
static stemma_status digest_dictionary(const char *name, stemma_bytes dictionary,
                                       stm_table_digest *digests, uint32_t *count)
{
    if (dictionary.size == 0) {
        return STEMMA_OK;
    }
    return stm_dictionary_digest(name, dictionary, &digests[(*count)++]);
}

static stemma_status encode_digests(stemma_writer *writer, stm_buffer *out, stemma_error *error)
{
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    stm_fault fault = {0};
    _Static_assert(STM_TABLE_COUNT + 2 <= STM_TABLES_MAX, "rows of all tables and dictionaries");
    for (int i = 0; i < STM_TABLE_COUNT; i++) {
        stm_store_summary summary;
        if (i == STM_TABLE_META) {
            continue;
        }
        stm_store_writer_summary(writer->store, (stm_table)i, &summary);
        if (summary.entries == 0 && stm_table_is_optional((stm_table)i)) {
            continue;
        }
        digests[count].table = stemma_text_of(stm_tables[i].name);
        digests[count].entries = summary.entries;
        memcpy(digests[count].digest, summary.digest, sizeof digests[count].digest);
        count++;
    }
    stemma_status status = digest_dictionary(STM_DICTIONARY_TESTIMONY_KEY,
                                             writer->testimony_dictionary, digests, &count);
    if (status == STEMMA_OK) {
        status = digest_dictionary(STM_DICTIONARY_TEXT_KEY, writer->text_dictionary, digests, &count);
    }
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "INTERNAL", STM_DIGEST_KEY, "The hash library refuses");
    }
    qsort(digests, count, sizeof digests[0], by_name);
    status = stm_digests_encode(digests, count, out, &fault);
    return status == STEMMA_OK ? status
                               : stm_writer_fault(error, status, &fault, STM_DIGEST_KEY, 0);
}

static stemma_status put_meta(stemma_writer *writer, stemma_error *error)
{
    uint8_t digest_bytes[STM_TABLES_MAX * 80];
    uint8_t meta_bytes[512];
    stm_buffer digests = stm_buffer_over(digest_bytes, sizeof digest_bytes);
    stm_buffer out = stm_buffer_over(meta_bytes, sizeof meta_bytes);
    stm_meta meta = {0};
    stm_fault fault = {0};
    meta.major = STEMMA_FORMAT_MAJOR;
    bool dictionaries = writer->testimony_dictionary.size != 0 || writer->text_dictionary.size != 0;
    meta.minor = dictionaries; /* the least [V-6] */
    if (stm_writer_has_postings(writer)) {
        meta.minor = STEMMA_FORMAT_MINOR;
        meta.features[meta.feature_count++] = (stm_feature){stemma_text_of(STM_FEATURE_POSTINGS), 1};
    }
    fill_counts(writer, meta.counts);
    stemma_status status = stm_meta_encode(&meta, &out, &fault);
    if (status != STEMMA_OK) {
        return stm_writer_fault(error, status, &fault, STM_META_KEY, 0);
    }
    status = encode_digests(writer, &digests, error);
    if (status == STEMMA_OK) {
        status = stm_store_writer_table(writer->store, STM_TABLE_META, error);
    }
    if (status == STEMMA_OK) {
        status =
            put_meta_row(writer, STM_DICTIONARY_TESTIMONY_KEY, writer->testimony_dictionary, error);
    }
    if (status == STEMMA_OK) {
        status = put_meta_row(writer, STM_DICTIONARY_TEXT_KEY, writer->text_dictionary, error);
    }
    if (status == STEMMA_OK) {
        status = put_meta_row(writer, STM_DIGEST_KEY, stm_buffer_view(&digests), error);
    }
    return status == STEMMA_OK ? put_meta_row(writer, STM_META_KEY, stm_buffer_view(&out), error)
                               : status;
}

/* ---- Tables ---------------------------------------------------------------------------------- */

static stemma_status fill_tables(stemma_writer *writer, stm_ahead *ahead, stemma_error *error)
{
    stm_store_front front;
    stemma_status status = stm_publication_open(&writer->publication, error);
    if (status == STEMMA_OK) {
        stm_writer_front(writer, &front);
        status = stm_store_writer_new(&writer->store, writer->publication.file,
                                      writer->publication.path, &front, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_vocabulary(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_events(writer, ahead, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_testimony(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_index(writer, ahead, error);
    }
    return status == STEMMA_OK ? put_meta(writer, error) : status;
}

static stemma_status write_tables(stemma_writer *writer, uint64_t *size, stemma_error *error)
{
    stm_ahead *ahead = NULL;
    if (stm_ahead_begin(&ahead, writer) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    stemma_status status = fill_tables(writer, ahead, error);
    stm_ahead_end(ahead);
    return status == STEMMA_OK ? stm_store_writer_finish(writer->store, size, error) : status;
}

static stemma_status finish(stemma_writer *writer, stemma_error *error)
{
    stm_writer_progress(writer, "ordering", 0, 0);
    stemma_status status = stm_spool_read(&writer->spool, error);
    if (status == STEMMA_OK) {
        status = order_documents(writer, error);
    }
    if (status == STEMMA_OK) {
        status = number_runs(writer, error);
    }
    if (status == STEMMA_OK) {
        order_judgements(writer);
        order_derivations(writer);
        status = derive_all(writer, error);
    }
    uint64_t size = 0;
    if (status == STEMMA_OK) {
        status = write_tables(writer, &size, error);
    }
    return status == STEMMA_OK ? stm_writer_publish(writer, size, error) : status;
}

stemma_status stemma_writer_finish(stemma_writer *writer, stemma_error *error)
{
    if (writer->finished) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "the writer has finished");
    }
    if (writer->open_rows != NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "a data set is open");
    }
    writer->finished = 1;
    if (writer->lost != STEMMA_OK) {
        return stm_fail(error, writer->lost,
                        writer->lost == STEMMA_E_NO_MEMORY ? "NO_MEMORY" : "WRITE_FAILED", "",
                        "a call before had failed for lack of memory or room");
    }
    return stm_memory_explain(writer->memory, finish(writer, error), error);
}
