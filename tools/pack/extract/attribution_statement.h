/* SPDX-License-Identifier: MIT */
/**
 * @file attribution_statement.h
 * One statement while it is being read: cue, speakers, content. Shared by the parts of the reader
 * of attribution, and by nobody else.
 */
#ifndef STEMMA_EXTRACT_ATTRIBUTION_STATEMENT_H
#define STEMMA_EXTRACT_ATTRIBUTION_STATEMENT_H

#include "pack/extract/attribution_range.h"
#include "pack/extract/attribution_cue.h"
#include "pack/extract/event_phrase.h"

/* Content further from its cue than this is not attributed to it: bounds the work. */
enum { STM_SPEECH_REACH = 300 };

/** The sentence that is being read. */
struct stm_speech_scan {
    struct stm_annotation *ann;
    struct stm_attribution *state;
    uint8_t *quote_done; /**< Per quote: attributed to somebody. */
    uint32_t first;      /**< Tokens of the sentence. */
    uint32_t end;
};

/** A cue with its parts, before it is recorded. */
struct stm_statement {
    uint32_t cue;
    uint32_t cue_count;
    uint32_t frames;
    struct stm_verb_group group;
    struct stm_chain speakers;
    uint32_t content_first;
    uint32_t content_end;
    stemma_span content; /**< Bytes, without the marks of direct speech. */
    uint32_t addressee;  /**< Mention, or STEMMA_NONE. */
    uint32_t via;        /**< Mention, or STEMMA_NONE. */
    uint32_t time;
    uint8_t stance;
    uint8_t demand;
    uint16_t confidence;
};

/** Whether a token of the sentence is this lower-case word. */
int stm_speech_is_at(const struct stm_speech_scan *scan, uint32_t i, const char *word);

/** Whether a token of the sentence has this flag of enum stm_token_flag. */
int stm_speech_has_flag(const struct stm_speech_scan *scan, uint32_t i, uint32_t flag);

/** The tag of a token of the sentence; beyond it, punctuation. */
uint8_t stm_speech_tag_at(const struct stm_speech_scan *scan, uint32_t i);

/** Takes tokens [first, end) as the content, punctuation at both ends left out. */
void stm_set_content(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first,
                     uint32_t end);

/** Takes the words between the marks of a quote as the content. */
void stm_set_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t quote);

/** The top-level quote over a token, or STEMMA_NONE. */
uint32_t stm_speech_quote_at(const struct stm_speech_scan *scan, uint32_t i);

/** Where the clause that begins at `i` ends: the sentence, or a contrast with other speakers. */
uint32_t stm_speech_clause_end(const struct stm_speech_scan *scan, uint32_t i);

/** Whether a verb stands among tokens [first, end). */
int stm_speech_has_finite(const struct stm_speech_scan *scan, uint32_t first, uint32_t end);

/** "..., he told the agency": who was told, when the words stand before. */
void stm_read_addressee(struct stm_speech_scan *scan, struct stm_statement *it);

/** Content behind the cue. 1 when there is some. */
int stm_content_right(struct stm_speech_scan *scan, struct stm_statement *it);

/** Content before the cue and its subject, which starts at `subject_first`. */
int stm_content_left(struct stm_speech_scan *scan, struct stm_statement *it,
                     uint32_t subject_first);

/** The referent of an item, made when it is a nominal. */
STEMMA_NODISCARD stemma_status stm_speech_referent(struct stm_speech_scan *scan, uint32_t mention,
                                                   uint32_t *referent);

/** The statement as an event of its own, and its content as attributed. */
STEMMA_NODISCARD stemma_status stm_emit_statement(struct stm_speech_scan *scan,
                                                  const struct stm_statement *it);

/** Quotes that go on from the one before, with no cue of their own. */
STEMMA_NODISCARD stemma_status stm_continue_quotes(struct stm_speech_scan *scan);

#endif
