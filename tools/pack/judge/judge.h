/* SPDX-License-Identifier: MIT */
/**
 * @file judge.h
 * Conclusions over a whole corpus: which documents derive from which, which referents are the same
 * person, organisation or place, and which happenings are the same event.
 *
 * Testimony goes in, judgements come out; nothing is changed. The same documents in the same order
 * give the same judgements. The work grows with the size of the corpus, not with its square: what
 * is compared shares a rare word of its name, a passage, a participant, the words of its story.
 *
 * In turn: copies (copies.h), stories (story.h), who is who (entity_match.h), what is one happening
 * (event_match.h).
 */
#ifndef STEMMA_PACK_JUDGE_H
#define STEMMA_PACK_JUDGE_H

#include "common/arena.h"
#include "stemma/judgement.h"
#include "stemma/status.h"
#include "stemma/write.h"

/** What is judged. All pointers are borrowed until the result is no longer needed: judgements that
    came in are handed on as they are. */
struct stm_judge_input {
    const stemma_document *const *documents; /**< In the order that the file will have. */
    uint32_t document_count;
    /** NULL, or one byte per document: 1 when judgements between it and the other documents so
        marked came in already, so that none are made between two of them. */
    const uint8_t *judged;
    /** Judgements that came in, by people or earlier runs, `document` an index into `documents`.
        Those that stand win: a positive one joins, a negative one keeps apart. No second
        judgement is made about a pair that has one, retracted or not. */
    const stemma_judgement *judgements;
    uint32_t judgement_count;
    const stemma_derivation *derivations; /**< Likewise. */
    uint32_t derivation_count;
    uint32_t run; /**< Author of the new ones. */
    unsigned jobs; /**< Threads for what can be done apart; 0: one. They change nothing else. */
    stemma_progress *progress; /**< Told how far each stage is; may be NULL. */
    void *progress_context;
};

/** All judgements and derivations, those that came in and the new ones. Owned by the arena.
    Judgements ascend by (left, right), then as they came in; derivations by (from, to, kind). The
    positive judgements among entity referents and among event referents that are new form a
    forest together with those that came in. */
struct stm_judge_result {
    stemma_judgement *judgements;
    uint32_t judgement_count;
    stemma_derivation *derivations;
    uint32_t derivation_count;
};

/** Tells that `done` of `total` in a stage are done, and keeps what lies in the memory of `arena` within
    its budget. For loops over the corpus; not in ones whose rounds cost less than a microsecond. */
void stm_judge_step(const struct stm_judge_input *input, const struct stm_arena *arena,
                    const char *stage, uint64_t done, uint64_t total);

/** Judges. `arena` owns the result; scratch memory is of the same order as the testimony and is
    given back. STEMMA_E_NO_MEMORY, or STEMMA_E_INVALID (JUDGEMENT_TARGET) when a judgement or
    derivation that came in names a document or referent that is not there. The caller's thread is one of the threads. */
stemma_status stm_judge(const struct stm_judge_input *input, struct stm_arena *arena,
                        struct stm_judge_result *result, stemma_error *error);

#endif
