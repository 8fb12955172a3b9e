/* SPDX-License-Identifier: MIT */
/* The calls of write.h that give something to a writer, without what writer_calls.c adds to them. */
#ifndef STEMMA_LIB_WRITER_CALLS_H
#define STEMMA_LIB_WRITER_CALLS_H

#include "stemma/write.h"

stemma_status stm_do_add_run(stemma_writer *writer, const stemma_run *run, uint32_t *number,
                             stemma_error *error);
stemma_status stm_do_add_term(stemma_writer *writer, const stemma_term *term, stemma_error *error);
stemma_status stm_do_add_document(stemma_writer *writer, const stemma_document *document,
                                  uint32_t *number, stemma_error *error);
stemma_status stm_do_begin_rows(stemma_writer *writer, const stemma_document *fields, uint32_t run,
                                stemma_error *error);
stemma_status stm_do_row_term(stemma_writer *writer, uint8_t kind, stemma_text name,
                              uint32_t *handle, stemma_error *error);
stemma_status stm_do_row_actor(stemma_writer *writer, stemma_text type, stemma_text name,
                               uint32_t *handle, stemma_error *error);
stemma_status stm_do_row_actors(stemma_writer *writer, stemma_text type, const stemma_text *names,
                                size_t count, uint32_t *handles, size_t *taken, stemma_error *error);
stemma_status stm_do_add_rows(stemma_writer *writer, const stemma_row *rows, size_t count,
                              size_t *taken, stemma_error *error);
stemma_status stm_do_row_form(stemma_writer *writer, uint32_t type, const uint32_t *roles,
                              uint32_t count, uint32_t *handle, stemma_error *error);
stemma_status stm_do_row_time(stemma_writer *writer, stemma_text time, uint32_t *handle,
                              stemma_error *error);
stemma_status stm_do_add_plain_rows(stemma_writer *writer, const stemma_plain_rows *columns,
                                 size_t *taken, stemma_error *error);
stemma_status stm_do_rows_digest(stemma_writer *writer, const uint8_t digest[STEMMA_DIGEST_SIZE],
                                 uint64_t size, stemma_error *error);
stemma_status stm_do_end_rows(stemma_writer *writer, uint32_t *number, stemma_error *error);
stemma_status stm_do_add_judgement(stemma_writer *writer, const stemma_judgement *judgement,
                                   stemma_error *error);
stemma_status stm_do_add_derivation(stemma_writer *writer, const stemma_derivation *derivation,
                                    stemma_error *error);

#endif
