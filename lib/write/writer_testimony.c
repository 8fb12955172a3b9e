/* SPDX-License-Identifier: MIT */
/* The tables of testimony and judgement. */
#include "write/writer_stage.h"

#include "derivation_record.h"
#include "document_record.h"
#include "base/error.h"
#include "base/parallel.h"
#include "judgement_record.h"
#include "key.h"
#include "limits.h"
#include "run_record.h"
#include "write/writer_compress.h"
#include "write/writer_rows.h"

#include <stdlib.h>

#define ROW_BYTES 32u /* about what a row of testimony takes */

/* Encodes through `call`, which names `out` and `fault`, into the writer's scratch memory, and
   again with more of it when it was too small. Sets `status`. */
#define ENCODE(writer, out, fault, status, call)                                                   \
    do {                                                                                           \
        (out) = stm_buffer_over((writer)->scratch, (writer)->scratch_size);                        \
        (status) = (call);                                                                         \
        if ((status) == STEMMA_E_NO_SPACE) {                                                       \
            size_t encode_size = (out).size;                                                       \
            uint8_t *encode_room = stm_writer_scratch((writer), encode_size);                      \
            (out) =                                                                                \
                stm_buffer_over(encode_room, encode_room != NULL ? (writer)->scratch_size : 0);    \
            (status) = encode_room != NULL ? (call) : STEMMA_E_NO_MEMORY;                          \
        }                                                                                          \
    } while (0)

static stemma_status put_numbered(stemma_writer *writer, uint32_t number, const stm_buffer *out,
                                  stemma_error *error)
{
    uint8_t key[4];
    stemma_bytes bytes = {key, sizeof key};
    stm_key_u32(key, number);
    return stm_store_writer_put(writer->store, bytes, stm_buffer_view(out), error);
}

/* ---- Vocabulary and runs --------------------------------------------------------------------- */

stemma_status stm_writer_put_vocabulary(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_VOCABULARY, error);
    for (uint32_t i = 0; i < writer->term_count && status == STEMMA_OK; i++) {
        stm_fault fault = {0};
        stm_buffer out;
        ENCODE(writer, out, fault, status, stm_term_encode(&writer->terms[i], &out, &fault));
        status = status == STEMMA_OK ? put_numbered(writer, i, &out, error)
                                     : stm_writer_fault(error, status, &fault, "vocabulary", i);
    }
    return status;
}

static stemma_status put_runs(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_RUN, error);
    for (uint32_t i = 0; i < writer->file_run_count && status == STEMMA_OK; i++) {
        stm_fault fault = {0};
        stm_buffer out;
        ENCODE(writer, out, fault, status, stm_run_encode(&writer->file_runs[i], &out, &fault));
        status = status == STEMMA_OK ? put_numbered(writer, i, &out, error)
                                     : stm_writer_fault(error, status, &fault, "run", i);
    }
    return status;
}

/* ---- Documents, one table after another ------------------------------------------------------ */

static stemma_status put_document(stemma_writer *writer, uint32_t number,
                                  const stemma_document *document, stemma_error *error)
{
    uint32_t code_points = writer->documents[writer->order[number]].code_points;
    stm_document_rows room;
    const stm_document_rows *rows = stm_writer_document_rows(
        writer, writer->documents[writer->order[number]].rows, &room);
    stm_fault fault = {0};
    stm_buffer out;
    stemma_status status;
    ENCODE(writer, out, fault, status,
           stm_document_encode(document, code_points, rows, &out, &fault));
    return status == STEMMA_OK ? put_numbered(writer, number, &out, error)
                               : stm_writer_fault(error, status, &fault, "document", number);
}

static stemma_status put_pair(stemma_writer *writer, uint32_t first, uint32_t second,
                              stemma_bytes value, stemma_error *error)
{
    uint8_t key[8];
    stemma_bytes bytes = {key, sizeof key};
    stm_key_u32x2(key, first, second);
    return stm_store_writer_put(writer->store, bytes, value, error);
}

static stemma_status put_documents(stemma_writer *writer, stemma_error *error)
{
    stm_document_arrays arrays = {0};
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_DOCUMENT, error);
    for (uint32_t i = 0; i < writer->document_count && status == STEMMA_OK; i++) {
        stemma_document document;
        status = stm_writer_document_at(writer, i, 0, &arrays, &document, error);
        if (status == STEMMA_OK) {
            status = put_document(writer, i, &document, error);
        }
        stm_writer_progress(writer, "writing documents", i + 1, writer->document_count);
    }
    free(arrays.memory);
    return status;
}

static stemma_status put_identity(stemma_writer *writer, stemma_error *error)
{
    stm_sort_key *keys = stm_memory_zeroed(writer->memory, writer->document_count, sizeof *keys);
    if (keys == NULL) {
        return stm_no_memory(error);
    }
    for (uint32_t i = 0; i < writer->document_count; i++) {
        keys[i].major = writer->documents[i].id;
        keys[i].position = writer->documents[i].number;
    }
    stm_sort_keys(writer->memory, keys, writer->document_count);
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_IDENTITY, error);
    for (uint32_t i = 0; i < writer->document_count && status == STEMMA_OK; i++) {
        uint8_t key[8];
        uint8_t value[4];
        stemma_bytes key_bytes = {key, sizeof key};
        stemma_bytes value_bytes = {value, sizeof value};
        stm_key_u64(key, keys[i].major);
        stm_store_le32(value, keys[i].position);
        status = stm_store_writer_put(writer->store, key_bytes, value_bytes, error);
    }
    stm_memory_free(keys);
    return status;
}

/* ---- Judgement ------------------------------------------------------------------------------- */

static stemma_status put_judgements(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_JUDGEMENT, error);
    if (writer->judgement_count > UINT32_MAX / 2) {
        return stm_fail(error, STEMMA_E_LIMIT, "CORPUS_TOO_LARGE", "judgement",
                        "there are too many judgements for one file");
    }
    for (uint32_t i = 0; i < writer->judgement_count && status == STEMMA_OK; i++) {
        stm_fault fault = {0};
        stm_buffer out;
        ENCODE(writer, out, fault, status,
               stm_judgement_encode(&writer->judgements[i], &writer->bounds, &out, &fault));
        status = status == STEMMA_OK ? put_numbered(writer, i, &out, error)
                                     : stm_writer_fault(error, status, &fault, "judgement", i);
    }
    return status;
}

static stemma_status put_derivations(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = stm_store_writer_table(writer->store, STM_TABLE_DERIVATION, error);
    for (size_t i = 0; i < writer->derivation_count && status == STEMMA_OK;) {
        const stemma_derivation *first = &writer->derivations[i];
        size_t end = i + 1;
        while (end < writer->derivation_count && writer->derivations[end].from == first->from &&
               writer->derivations[end].to == first->to) {
            end++;
        }
        stm_fault fault = {0};
        stm_buffer out;
        ENCODE(writer, out, fault, status,
               stm_derivations_encode(first, (uint32_t)(end - i), &writer->bounds, &out, &fault));
        status = status == STEMMA_OK
                     ? put_pair(writer, first->from, first->to, stm_buffer_view(&out), error)
                     : stm_writer_fault(error, status, &fault, "derivation", i);
        i = end;
    }
    return status;
}

stemma_status stm_writer_put_testimony(stemma_writer *writer, stemma_error *error)
{
    stemma_status status = put_runs(writer, error);
    if (status == STEMMA_OK) {
        status = put_documents(writer, error);
    }
    if (status == STEMMA_OK) {
        status = put_identity(writer, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_compressed(writer, STM_TABLE_TEXT, "writing text",
                                           writer->text_dictionary, error);
    }
    if (status == STEMMA_OK) {
        status = stm_writer_put_compressed(writer, STM_TABLE_TESTIMONY, "writing testimony",
                                           writer->testimony_dictionary, error);
    }
    if (status == STEMMA_OK) {
        status = put_judgements(writer, error);
    }
    return status == STEMMA_OK ? put_derivations(writer, error) : status;
}

/* ---- Dictionaries ---------------------------------------------------------------------------- */

static stemma_status sample_document(stemma_writer *writer, const stemma_document *document,
                                     uint32_t number, stm_scratch *scratch, stm_sample *texts, stm_sample *parts,
                                     uint64_t *part_bytes, stemma_error *error)
{
    stm_testimony_position position = {0};
    for (size_t at = 0; at < document->text.size; at += STEMMA_TEXT_BLOCK) {
        size_t left = document->text.size - at;
        stemma_bytes raw = {(const uint8_t *)document->text.data + at,
                            left < STEMMA_TEXT_BLOCK ? left : STEMMA_TEXT_BLOCK};
        if (stm_sample_add(texts, raw) != STEMMA_OK) {
            return stm_no_memory(error);
        }
    }
    /* The first part only: who has more says enough in each for zstd to do without a dictionary. */
    if (!stm_testimony_done(document, &position)) {
        stemma_bytes raw;
        stm_fault fault = {0};
        stemma_status status =
            stm_writer_encode_part(writer, scratch, document, &position, &raw, &fault);
        if (status != STEMMA_OK) {
            return stm_writer_fault(error, status, &fault, "testimony", number);
        }
        *part_bytes += raw.size;
        if (stm_sample_add(parts, raw) != STEMMA_OK) {
            return stm_no_memory(error);
        }
    }
    return STEMMA_OK;
}

/* What the two dictionaries are made of, and what came of them. */
struct training {
    const stm_sample *samples[2];
    uint64_t totals[2];
    stemma_bytes *dictionaries[2];
    stemma_status statuses[2];
};

static void train_one(void *context, size_t item)
{
    struct training *training = context;
    training->statuses[item] = stm_dictionary_train(
        training->samples[item], training->totals[item], training->dictionaries[item]);
}

/* Takes every n-th document, so that the sample spans the corpus. */
stemma_status stm_writer_train(stemma_writer *writer, stemma_error *error)
{
    stm_document_arrays arrays = {0};
    stm_scratch scratch = {0};
    stm_sample texts = {0};
    stm_sample parts = {0};
    uint64_t part_bytes = 0;
    uint64_t corpus = writer->text_bytes + writer->row_count * ROW_BYTES;
    uint64_t stride = corpus / (STM_SAMPLE_BYTES * 2) + 1;
    stemma_status status = STEMMA_OK;
    for (uint64_t i = 0; i < writer->document_count && status == STEMMA_OK; i += stride) {
        stemma_document document;
        status = stm_writer_document_at(writer, (uint32_t)i, 1, &arrays, &document, error);
        if (status == STEMMA_OK) {
            status =
                sample_document(writer, &document, (uint32_t)i, &scratch, &texts, &parts, &part_bytes, error);
        }
    }
    if (status == STEMMA_OK) {
        struct training training = {{&texts, &parts},
                                    {writer->text_bytes, part_bytes * stride},
                                    {&writer->text_dictionary, &writer->testimony_dictionary},
                                    {STEMMA_OK, STEMMA_OK}};
        stm_parallel(writer->jobs, 2, train_one, &training);
        if (training.statuses[0] != STEMMA_OK || training.statuses[1] != STEMMA_OK) {
            status = stm_no_memory(error);
        }
    }
    free(scratch.bytes);
    stm_sample_end(&texts);
    stm_sample_end(&parts);
    free(arrays.memory);
    return status;
}
