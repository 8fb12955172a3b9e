/* SPDX-License-Identifier: MIT */
/* The rules that testimony must keep before it is stored. SPEC.md, "Rules of testimony". Pure; any
   thread. */
#ifndef STEMMA_LIB_VALIDATE_H
#define STEMMA_LIB_VALIDATE_H

#include "stemma/judgement.h"
#include "stemma/status.h"
#include "stemma/testimony.h"
#include "vocabulary_record.h"

/* What a rule is called and what it says. */
typedef struct stm_rule {
    const char *code;
    const char *meaning; /* one English sentence without full stop */
} stm_rule;

/* Every code that the functions below can give. */
const stm_rule *stm_validate_rules(size_t *count);

/* Checks every rule on a document. `runs` is the number of runs that assertions may name. The size
   of the text is document->text.size, or when there is no text document->text_size; then spans are
   checked against that size but not against character boundaries.
   STEMMA_OK; STEMMA_E_INVALID or, for numeric limits of the format, STEMMA_E_LIMIT, with the rule's
   code, where (such as "assertion 12") and a sentence. */
stemma_status stm_validate_document(const stemma_document *document,
                                    const stm_vocabulary *vocabulary, uint32_t runs,
                                    stemma_error *error);

/* The parts of it. First all but what must read in the text; then, for a document of sound
   structure, that the words of a time, place or quantity stand where a filler says they stand
   (white space aside; with several fillers, one of them), and that a canonical mention of kind name
   reads one of its referent's names. Without text there is nothing to compare. `*work` begins at 0
   and is shared by all calls for one document: it bounds what is compared.
   As above; EVIDENCE_TOO_LONG when the bound is reached. */
stemma_status stm_validate_structure(const stemma_document *document,
                                     const stm_vocabulary *vocabulary, uint32_t runs,
                                     stemma_error *error);
stemma_status stm_validate_filler(const stemma_document *document, uint32_t assertion,
                                  uint64_t *work, stemma_error *error);
stemma_status stm_validate_canonical_name(const stemma_document *document, uint32_t mention,
                                          uint64_t *work, stemma_error *error);

/* A judgement or derivation by itself: codes, scores, texts, author, and that it does not tie a
   thing to itself. Whether the numbers in it exist is the caller's to check. */
stemma_status stm_validate_judgement(const stemma_judgement *judgement, uint32_t runs,
                                     stemma_error *error);
stemma_status stm_validate_derivation(const stemma_derivation *derivation, uint32_t runs,
                                      stemma_error *error);

stemma_status stm_validate_run(const stemma_run *run, stemma_error *error);
stemma_status stm_validate_term(const stemma_term *term, stemma_error *error);

/* ---- Shared by the sources of this module ------------------------------------------------ */

/* Fails with a rule's code. */
stemma_status stm_broken(stemma_error *error, const char *code, const char *where,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A text: UTF-8 without NUL, at most `limit` bytes. `field` says which for people. */
stemma_status stm_validate_text(stemma_text text, size_t limit, const char *field,
                                const char *where, stemma_error *error);

/* A name of a referent: kind, language, and a text that is not empty and has single spaces. */
stemma_status stm_validate_name(const stemma_name *name, const char *where, stemma_error *error);

/* The same that is also empty or EDTF. */
stemma_status stm_validate_edtf(stemma_text text, const char *field, const char *where,
                                stemma_error *error);

/* Whether a number is an optional minus, digits, optionally a point and digits; at most 64 bytes. */
int stm_is_decimal(stemma_text text);

#endif
