/* SPDX-License-Identifier: MIT */
#include "write/writer_compress.h"
#include "write/writer.h"
#include "write/writer_calls.h"

#include "digest.h"
#include "base/error.h"
#include "id.h"
#include "limits.h"
#include "run_record.h"
#include "utf8.h"
#include "write/validate.h"
#include "write/writer_memory.h"
#include "write/writer_rows.h"

#include <stdlib.h>

#define TERMS_MOST 65535u /* so that a term fits the keys by which claims are sorted */
#define RUNS_MOST  65535u
#define KEEP_BLOCK (256u * 1024u)

/* ---- Memory ---------------------------------------------------------------------------------- */

/* Copies bytes to where they live as long as the writer; NULL when memory is refused. */
static void *keep_bytes(stemma_writer *writer, const void *bytes, size_t size)
{
    size_t rounded = (size + 15) & ~(size_t)15;
    stm_keep *block = writer->kept;
    if (block == NULL || block->size - block->used < rounded) {
        size_t room = rounded > KEEP_BLOCK ? rounded : KEEP_BLOCK;
        block = stm_memory_zeroed(writer->memory, sizeof *block + room, 1);
        if (block == NULL) {
            return NULL;
        }
        block->next = writer->kept;
        block->used = 0;
        block->size = room;
        writer->kept = block;
    }
    char *out = block->bytes + block->used;
    block->used += rounded;
    if (size > 0) {
        memcpy(out, bytes, size);
    }
    return out;
}

int stm_writer_keep_text(stemma_writer *writer, stemma_text *text)
{
    if (text->size == 0) {
        text->data = NULL;
        return 1;
    }
    text->data = keep_bytes(writer, text->data, text->size);
    return text->data != NULL;
}

/* Says what was really short, when it was room for the temporary file. */
static stemma_status no_memory(const stemma_writer *writer, stemma_error *error)
{
    return stm_memory_explain(writer->memory, stm_no_memory(error), error);
}

static stemma_status unusable(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "the writer has finished");
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

static stemma_status begin(stemma_writer *writer, const char *path, uint64_t memory,
                           stemma_error *error)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    stemma_status status = stm_publication_begin(
        &writer->publication, path, (writer->flags & STEMMA_WRITE_REPLACE) != 0, error);
    if (status == STEMMA_OK) {
        status = stm_memory_new(&writer->memory, writer->publication.folder, memory, error);
    }
    if (status == STEMMA_OK) {
        status = stm_spool_begin(&writer->spool, writer->publication.folder, writer->memory,
                                 error);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stemma_writer_add_term(writer, &terms[i], error);
    }
    return status;
}

stemma_status stemma_writer_new(stemma_writer **out, const char *path,
                                const stemma_writer_options *options, stemma_error *error)
{
    const stemma_writer_options defaults = STEMMA_WRITER_OPTIONS_INIT;
    *out = NULL;
    if (path == NULL || (options != NULL && options->size < sizeof defaults)) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "no path, or options without size");
    }
    options = options != NULL ? options : &defaults;
    if (options->flags & ~STEMMA_WRITE_REPLACE) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "unknown flags");
    }
    stemma_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) {
        return stm_no_memory(error);
    }
    writer->spool.file = -1;
    writer->publication.file = -1;
    writer->flags = options->flags;
    writer->jobs = options->jobs > 0 ? options->jobs : 1;
    writer->progress = options->progress;
    writer->progress_context = options->progress_context;
    stemma_status status = begin(writer, path, options->memory, error);
    if (status != STEMMA_OK) {
        stemma_writer_free(writer);
        return status;
    }
    *out = writer;
    return STEMMA_OK;
}

stm_memory *stm_writer_memory(const stemma_writer *writer)
{
    return writer->memory;
}

void stemma_writer_free(stemma_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    stm_store_writer_free(writer->store);
    stm_publication_end(&writer->publication);
    stm_spool_end(&writer->spool);
    stm_index_free(&writer->index);
    stm_writer_rows_free(writer);
    free(writer->terms);
    free(writer->runs);
    stm_memory_free(writer->documents);
    stm_memory_free(writer->slots);
    stm_memory_free(writer->judgements);
    stm_memory_free(writer->derivations);
    stm_memory_free(writer->order);
    free(writer->file_runs);
    stm_writer_compress_drop(writer);
    free((void *)(uintptr_t)writer->text_dictionary.data);
    free((void *)(uintptr_t)writer->testimony_dictionary.data);
    free(writer->scratch);
    while (writer->kept != NULL) {
        stm_keep *next = writer->kept->next;
        stm_memory_free(writer->kept);
        writer->kept = next;
    }
    stm_memory_end(writer->memory);
    free(writer);
}

/* ---- Runs and terms -------------------------------------------------------------------------- */

static uint64_t hash_run(const stemma_run *run)
{
    const stemma_text texts[] = {run->name, run->version, run->settings};
    uint64_t hash = run->kind;
    for (int i = 0; i < 3; i++) {
        stemma_bytes bytes = {(const uint8_t *)texts[i].data, texts[i].size};
        hash = stm_hash64(bytes, hash);
    }
    return hash;
}

stemma_status stm_do_add_run(stemma_writer *writer, const stemma_run *run, uint32_t *number,
                                    stemma_error *error)
{
    if (writer->finished) {
        return unusable(error);
    }
    stemma_status status = stm_validate_run(run, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint64_t hash = hash_run(run);
    for (uint32_t i = 0; i < writer->run_count; i++) {
        if (writer->runs[i].hash == hash && stm_run_compare(&writer->runs[i].run, run) == 0) {
            *number = i;
            return STEMMA_OK;
        }
    }
    if (writer->run_count >= RUNS_MOST) {
        return stm_fail(error, STEMMA_E_LIMIT, "TOO_MANY_RUNS", "run", "a file has at most %u runs",
                        RUNS_MOST);
    }
    stm_writer_run *runs =
        stm_grow(writer->runs, &writer->run_capacity, (size_t)writer->run_count + 1, sizeof *runs);
    if (runs == NULL) {
        return no_memory(writer, error);
    }
    writer->runs = runs;
    stm_writer_run *added = &runs[writer->run_count];
    memset(added, 0, sizeof *added);
    added->run = *run;
    added->hash = hash;
    if (!stm_writer_keep_text(writer, &added->run.name) || !stm_writer_keep_text(writer, &added->run.version) ||
        !stm_writer_keep_text(writer, &added->run.settings)) {
        return no_memory(writer, error);
    }
    *number = writer->run_count++;
    return STEMMA_OK;
}

static int keep_term(stemma_writer *writer, stemma_term *term)
{
    return stm_writer_keep_text(writer, &term->name) && stm_writer_keep_text(writer, &term->label) &&
           stm_writer_keep_text(writer, &term->roles) && stm_writer_keep_text(writer, &term->crosswalk);
}

stemma_status stm_do_add_term(stemma_writer *writer, const stemma_term *term,
                                     stemma_error *error)
{
    if (writer->finished) {
        return unusable(error);
    }
    stemma_status status = stm_validate_term(term, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_term copy = *term;
    copy.single_valued = term->single_valued != 0;
    if (!keep_term(writer, &copy)) {
        return no_memory(writer, error);
    }
    uint32_t low = 0;
    uint32_t high = writer->term_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stm_term_compare(&writer->terms[middle], &copy) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < writer->term_count && stm_term_compare(&writer->terms[low], &copy) == 0) {
        writer->terms[low] = copy;
        return STEMMA_OK;
    }
    if (writer->term_count >= TERMS_MOST) {
        return stm_fail(error, STEMMA_E_LIMIT, "VOCABULARY_TOO_LARGE", "term",
                        "a vocabulary has at most %u terms", TERMS_MOST);
    }
    stemma_term *terms = stm_grow(writer->terms, &writer->term_capacity,
                                  (size_t)writer->term_count + 1, sizeof *terms);
    if (terms == NULL) {
        return no_memory(writer, error);
    }
    writer->terms = terms;
    memmove(terms + low + 1, terms + low, (writer->term_count - low) * sizeof *terms);
    terms[low] = copy;
    writer->term_count++;
    return STEMMA_OK;
}

/* ---- Documents ------------------------------------------------------------------------------- */

static uint32_t slot_of(const stemma_writer *writer, uint64_t id)
{
    uint32_t mask = writer->slot_count - 1;
    uint32_t slot = (uint32_t)(id >> 32) & mask; /* an id is a digest: any bits will do */
    while (writer->slots[slot] != 0 && writer->documents[writer->slots[slot] - 1].id != id) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

static stemma_status grow_slots(stemma_writer *writer, stemma_error *error)
{
    if (writer->slot_count > writer->document_count * 2) {
        return STEMMA_OK;
    }
    uint32_t wanted = writer->slot_count == 0 ? 256 : writer->slot_count * 2;
    uint32_t *slots = stm_memory_zeroed(writer->memory, wanted, sizeof *slots);
    if (slots == NULL) {
        return no_memory(writer, error);
    }
    stm_memory_free(writer->slots);
    writer->slots = slots;
    writer->slot_count = wanted;
    for (uint32_t i = 0; i < writer->document_count; i++) {
        slots[slot_of(writer, writer->documents[i].id)] = i + 1;
    }
    return STEMMA_OK;
}

static void mark_runs(stemma_writer *writer, const stemma_document *document)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        writer->runs[document->assertions[i].run].used = 1;
    }
}

/* A text that may not be stored is not even spooled. */
static stemma_status store_document(stemma_writer *writer, const stemma_document *document,
                                    stm_writer_document *entry, stemma_error *error)
{
    stemma_document stored = *document;
    memcpy(stored.digest, entry->digest, sizeof stored.digest);
    stored.text_size = entry->text_size;
    stored.text_withheld = document->text_withheld != 0;
    if (stored.text_withheld) {
        stored.text.data = NULL;
        stored.text.size = 0;
    }
    entry->uri = document->uri;
    if (!stm_writer_keep_text(writer, &entry->uri)) {
        return no_memory(writer, error);
    }
    return stm_spool_add(&writer->spool, &stored, &entry->place, error);
}

static stemma_status add_new(stemma_writer *writer, const stemma_document *document,
                             stm_writer_document *entry, uint32_t slot, stemma_error *error)
{
    stemma_time_bounds bounds;
    stm_writer_document *documents =
        stm_memory_grow(writer->memory, writer->documents, &writer->document_capacity, (size_t)writer->document_count + 1,
                 sizeof *documents);
    if (documents == NULL) {
        return no_memory(writer, error);
    }
    writer->documents = documents;
    entry->published = STEMMA_TIME_UNKNOWN_EARLY;
    if (document->published.edtf.size > 0 &&
        stemma_edtf_bounds(document->published.edtf, &bounds) == STEMMA_OK) {
        entry->published = bounds.start_earliest;
    }
    /* Interchange does not carry the count of a text that it withholds: not keeping it either makes
       the same file of both. */
    entry->code_points = document->text_withheld ? 0 : (uint32_t)stm_utf8_length(document->text);
    entry->referent_count = document->referent_count;
    stemma_status status = store_document(writer, document, entry, error);
    if (status != STEMMA_OK) {
        return status;
    }
    mark_runs(writer, document);
    writer->text_bytes += document->text_withheld ? 0 : document->text.size;
    writer->row_count +=
        (uint64_t)document->referent_count + document->mention_count + document->assertion_count;
    documents[writer->document_count++] = *entry;
    writer->slots[slot] = writer->document_count;
    return STEMMA_OK;
}

stemma_status stm_writer_enter(stemma_writer *writer, const stemma_document *document,
                               uint32_t *number, int *is_new, stemma_error *error)
{
    stemma_status status = grow_slots(writer, error);
    *is_new = 0;
    if (status != STEMMA_OK) {
        return status;
    }
    stm_writer_document entry = {0};
    if (document->text.size == 0 && document->text_withheld) {
        memcpy(entry.digest, document->digest, sizeof entry.digest);
        entry.text_size = document->text_size;
    } else {
        stemma_bytes text = {(const uint8_t *)document->text.data, document->text.size};
        stm_sha256(entry.digest, text);
        entry.text_size = (uint32_t)document->text.size;
    }
    entry.id = stm_document_id(entry.digest, document->uri);
    uint32_t slot = slot_of(writer, entry.id);
    if (writer->slots[slot] != 0) {
        const stm_writer_document *known = &writer->documents[writer->slots[slot] - 1];
        if (memcmp(known->digest, entry.digest, sizeof entry.digest) != 0 ||
            !stemma_text_equal(known->uri, document->uri)) {
            return stm_fail(error, STEMMA_E_INVALID, "ID_COLLISION", "document",
                            "another document has the same id; change its URI");
        }
        *number = writer->slots[slot] - 1;
        return STEMMA_OK;
    }
    if (writer->document_count >= UINT32_MAX / 4) {
        return stm_fail(error, STEMMA_E_LIMIT, "CORPUS_TOO_LARGE", "document",
                        "there are too many documents for one file");
    }
    status = add_new(writer, document, &entry, slot, error);
    if (status == STEMMA_OK) {
        *number = writer->document_count - 1;
        *is_new = 1;
    }
    return status;
}

stemma_status stm_do_add_document(stemma_writer *writer, const stemma_document *document,
                                         uint32_t *number, stemma_error *error)
{
    int is_new = 0;
    if (writer->finished) {
        return unusable(error);
    }
    if (writer->open_rows != NULL) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "", "a data set is open");
    }
    if (document->row_count != 0) {
        return stm_fail(error, STEMMA_E_MISUSE, "MISUSE", "",
                        "a data set is written with stemma_writer_begin_rows()");
    }
    stm_vocabulary vocabulary = {writer->terms, writer->term_count};
    stemma_status status = stm_validate_document(document, &vocabulary, writer->run_count, error);
    return status == STEMMA_OK ? stm_writer_enter(writer, document, number, &is_new, error)
                               : status;
}

/* ---- Judgements ------------------------------------------------------------------------------ */

static int referent_exists(const stemma_writer *writer, stemma_referent_id id)
{
    if (id.document >= writer->document_count) {
        return 0;
    }
    const stm_writer_document *document = &writer->documents[id.document];
    uint32_t rows = document->rows != NULL ? document->rows->set.count : 0;
    return id.referent < (uint64_t)document->referent_count + rows;
}

stemma_status stm_do_add_judgement(stemma_writer *writer, const stemma_judgement *judgement,
                                          stemma_error *error)
{
    if (writer->finished) {
        return unusable(error);
    }
    stemma_status status = stm_validate_judgement(judgement, writer->run_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (!referent_exists(writer, judgement->left) || !referent_exists(writer, judgement->right)) {
        return stm_broken(error, "REFERENT_OUT_OF_RANGE", "judgement",
                          "it names a referent that is not there");
    }
    stemma_judgement *judgements = stm_memory_grow(writer->memory, writer->judgements, &writer->judgement_capacity,
                                            writer->judgement_count + 1, sizeof *judgements);
    if (judgements == NULL) {
        return no_memory(writer, error);
    }
    writer->judgements = judgements;
    stemma_judgement *added = &judgements[writer->judgement_count];
    *added = *judgement;
    if (!stm_writer_keep_text(writer, &added->author) || !stm_writer_keep_text(writer, &added->created) ||
        !stm_writer_keep_text(writer, &added->retracted) || !stm_writer_keep_text(writer, &added->reason)) {
        return no_memory(writer, error);
    }
    if (added->run != STEMMA_NONE) {
        writer->runs[added->run].used = 1;
    }
    writer->judgement_count++;
    return STEMMA_OK;
}

static stemma_status check_ranges(const stemma_writer *writer, const stemma_derivation *derivation,
                                  stemma_error *error)
{
    uint64_t from = writer->documents[derivation->from].text_size;
    uint64_t to = writer->documents[derivation->to].text_size;
    for (uint32_t i = 0; i < derivation->range_count; i++) {
        if (derivation->ranges[i].from.end > from || derivation->ranges[i].to.end > to) {
            return stm_broken(error, "SPAN_OUT_OF_RANGE", "derivation",
                              "shared range %u is not inside the texts", i);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_do_add_derivation(stemma_writer *writer,
                                           const stemma_derivation *derivation, stemma_error *error)
{
    if (writer->finished) {
        return unusable(error);
    }
    stemma_status status = stm_validate_derivation(derivation, writer->run_count, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (derivation->from >= writer->document_count || derivation->to >= writer->document_count) {
        return stm_broken(error, "DOCUMENT_OUT_OF_RANGE", "derivation",
                          "it names a document that is not there");
    }
    status = check_ranges(writer, derivation, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_derivation *derivations = stm_memory_grow(writer->memory, writer->derivations, &writer->derivation_capacity,
                                              writer->derivation_count + 1, sizeof *derivations);
    if (derivations == NULL) {
        return no_memory(writer, error);
    }
    writer->derivations = derivations;
    stemma_derivation *added = &derivations[writer->derivation_count];
    *added = *derivation;
    added->ranges = keep_bytes(writer, derivation->ranges,
                               derivation->range_count * sizeof *derivation->ranges);
    if (added->ranges == NULL || !stm_writer_keep_text(writer, &added->author) ||
        !stm_writer_keep_text(writer, &added->retracted)) {
        return no_memory(writer, error);
    }
    if (added->run != STEMMA_NONE) {
        writer->runs[added->run].used = 1;
    }
    writer->derivation_count++;
    return STEMMA_OK;
}
