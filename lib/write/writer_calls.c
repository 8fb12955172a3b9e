/* SPDX-License-Identifier: MIT */
/* The calls that give something to a writer. One that fails for lack of memory or room may have left its
   work half done, and the caller may go on all the same: from then on every call fails, so that no file
   comes to be that lacks something. */
#include "write/writer_calls.h"

#include "base/error.h"
#include "write/writer.h"

static stemma_status lost(const stemma_writer *writer, stemma_error *error)
{
    return stm_fail(error, writer->lost, writer->lost == STEMMA_E_NO_MEMORY ? "NO_MEMORY" : "WRITE_FAILED",
                    "", "a call before this one had failed for lack of memory or room");
}

static stemma_status settle(stemma_writer *writer, stemma_status status)
{
    if (status == STEMMA_E_NO_MEMORY || status == STEMMA_E_SYSTEM || status == STEMMA_E_INTERNAL) {
        writer->lost = status;
    }
    return status;
}

stemma_status stemma_writer_add_run(stemma_writer *writer, const stemma_run *run, uint32_t *number,
                                    stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_run(writer, run, number, error));
}

stemma_status stemma_writer_add_term(stemma_writer *writer, const stemma_term *term,
                                     stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_term(writer, term, error));
}

stemma_status stemma_writer_add_document(stemma_writer *writer, const stemma_document *document,
                                         uint32_t *number, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_document(writer, document, number, error));
}

stemma_status stemma_writer_begin_rows(stemma_writer *writer, const stemma_document *fields,
                                       uint32_t run, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_begin_rows(writer, fields, run, error));
}

stemma_status stemma_writer_row_term(stemma_writer *writer, uint8_t kind, stemma_text name,
                                     uint32_t *handle, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_row_term(writer, kind, name, handle, error));
}

stemma_status stemma_writer_row_actor(stemma_writer *writer, stemma_text type, stemma_text name,
                                      uint32_t *handle, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_row_actor(writer, type, name, handle, error));
}

stemma_status stemma_writer_row_actors(stemma_writer *writer, stemma_text type,
                                       const stemma_text *names, size_t count, uint32_t *handles,
                                       size_t *taken, stemma_error *error)
{
    *taken = 0;
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_row_actors(writer, type, names, count, handles, taken, error));
}

stemma_status stemma_writer_add_rows(stemma_writer *writer, const stemma_row *rows, size_t count,
                                     size_t *taken, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_rows(writer, rows, count, taken, error));
}

stemma_status stemma_writer_row_form(stemma_writer *writer, uint32_t type, const uint32_t *roles,
                                     uint32_t count, uint32_t *handle, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_row_form(writer, type, roles, count, handle, error));
}

stemma_status stemma_writer_row_time(stemma_writer *writer, stemma_text time, uint32_t *handle,
                                     stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_row_time(writer, time, handle, error));
}

stemma_status stemma_writer_add_plain_rows(stemma_writer *writer, const stemma_plain_rows *columns,
                                        size_t *taken, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_plain_rows(writer, columns, taken, error));
}

stemma_status stemma_writer_rows_digest(stemma_writer *writer,
                                        const uint8_t digest[STEMMA_DIGEST_SIZE], uint64_t size,
                                        stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_rows_digest(writer, digest, size, error));
}

stemma_status stemma_writer_end_rows(stemma_writer *writer, uint32_t *number, stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_end_rows(writer, number, error));
}

stemma_status stemma_writer_add_judgement(stemma_writer *writer, const stemma_judgement *judgement,
                                          stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_judgement(writer, judgement, error));
}

stemma_status stemma_writer_add_derivation(stemma_writer *writer,
                                           const stemma_derivation *derivation,
                                           stemma_error *error)
{
    return writer->lost != STEMMA_OK
               ? lost(writer, error)
               : settle(writer, stm_do_add_derivation(writer, derivation, error));
}
