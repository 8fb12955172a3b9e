/* SPDX-License-Identifier: MIT */
/**
 * @file attribution_statement.h
 * One statement while it is being read: cue, speakers, content. Shared by the parts of the reader
 * of attribution, and by nobody else.
 */
#ifndef STEMMA_EXTRACT_ATTRIBUTION_STATEMENT_H
#define STEMMA_EXTRACT_ATTRIBUTION_STATEMENT_H

#include "pack/extract/attribution_cue.h"
#include "pack/extract/attribution_range.h"
#include "pack/extract/mention_head.h"
#include "pack/extract/syntax.h"

/* Indirect content further from its cue than this is not attributed to it: bounds the work. */
enum { STM_SPEECH_REACH = 300, STM_SPEECH_PIECES = 4, STM_SPEECH_SPEAKERS = 4 };

/** Words that are said. */
struct stm_speech_piece {
    uint32_t first; /**< Tokens [first, end), the marks of direct speech left out of `span`. */
    uint32_t end;
    stemma_span span;
    uint32_t quote; /**< Of direct speech; or STEMMA_NONE. */
};

/** A cue with its parts, before it is recorded. */
struct stm_statement {
    uint32_t cue;
    uint32_t cue_count;
    uint32_t frames; /**< stm_speech_frame */
    uint8_t kind;    /**< stm_speech_class */
    uint8_t stance;
    uint8_t demand; /**< Not said to be so: demanded, promised, hoped. */
    uint8_t silent; /**< Attributed, but no act of speaking: thoughts. */
    uint8_t joined; /**< The pieces are one clause that something stands in the middle of. */
    uint8_t tense;
    uint16_t confidence;
    uint32_t speakers[STM_SPEECH_SPEAKERS]; /**< Mentions. */
    uint32_t speaker_count;
    uint32_t addressee; /**< Mention, or STEMMA_NONE. */
    uint32_t via;       /**< Mention, or STEMMA_NONE. */
    uint32_t time;
    struct stm_speech_piece pieces[STM_SPEECH_PIECES];
    uint32_t piece_count;
    uint32_t event; /**< Its referent once it is emitted; or STEMMA_NONE. */
};

/** What stands around a verb of communication. */
struct stm_cue_group {
    uint32_t first; /**< Its first auxiliary, or itself. */
    int negated;
    int unreal; /**< Modal, future, infinitive, conditional: nobody has said it. */
    int shared; /**< Behind "and", "who" and the like: its subject stands elsewhere. */
    int joined; /**< Behind "and" or "but". */
    int has_be;
    int has_have;
};

/** What is read, and the sentence that is being read. */
struct stm_speech_scan {
    struct stm_annotation *ann;
    struct stm_attribution *state;
    uint32_t *quote_by; /**< Per quote: the statement that it belongs to; or STEMMA_NONE. */
    struct stm_statement *statements;
    size_t count;
    size_t capacity;
    uint32_t first; /**< Tokens of the sentence [first, end). */
    uint32_t end;
    uint32_t opening; /**< Its first token behind a dateline. */
    uint32_t medium;  /**< Mention that passes on the next statement of the sentence: "Bell,
                           according to X, said that"; or STEMMA_NONE. */
};

/** What a colon introduces (attribution.c): asserted, in the past, by nobody yet, to nobody and through nobody. */
struct stm_statement stm_speech_asserted(uint32_t cue);

/* Labels (attribution_label.c). */

/** How many paragraphs of the document the name of a person and a colon open. */
uint32_t stm_speech_labels(const struct stm_annotation *ann);

/** What somebody says whose name and a colon open the sentence: direct speech behind it, or in a document with
    several such `labels` the whole paragraph. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_labelled(struct stm_speech_scan *scan, uint32_t sentence,
                                                   uint32_t labels);

/* Words (attribution_word.c). */

/** Whether a token of the sentence is this lower-case word. */
int stm_speech_is_at(const struct stm_speech_scan *scan, uint32_t i, const char *word);

/** Whether a token of the sentence has one of these flags of enum stm_token_flag. */
int stm_speech_has_flag(const struct stm_speech_scan *scan, uint32_t i, uint32_t flag);

/** Whether a token is a finite verb or a modal. */
int stm_speech_is_finite(const struct stm_annotation *ann, uint32_t token);

/** Whether one stands among tokens [first, end). */
int stm_speech_has_finite(const struct stm_speech_scan *scan, uint32_t first, uint32_t end);

/** The head of the noun phrase whose first word is at `i`. */
uint32_t stm_speech_phrase_head(const struct stm_speech_scan *scan, uint32_t i);

/* Speakers (attribution_speaker.c). */

/** Fills the speakers from a subject token and what is coordinated with it; a noun that nothing has
    mentioned yet becomes a nominal. `*found` is 0 when nobody there can speak. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_speakers(struct stm_speech_scan *scan, uint32_t subject,
                                                   struct stm_statement *it, int *found);

/** Whether a mention can speak: a person, group, body or country, a pronoun for one, a document. */
int stm_speech_can_speak(const struct stm_annotation *ann, uint32_t mention);

/** The mention that a token heads, a nominal made for it when it is a noun that nothing mentions.
    STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_mention_made(struct stm_speech_scan *scan, uint32_t token,
                                                       uint32_t *mention);

/** Finds who speaks by a verb in the active voice (attribution_subject.c). `*edge` gets where the
    clause of the cue begins. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_find_speaker(struct stm_speech_scan *scan,
                                                       struct stm_statement *it,
                                                       const struct stm_cue_group *group,
                                                       uint32_t *edge, int *found);

/** Whether content may stand before token `edge`: a comma or the end of direct speech does. */
int stm_speech_is_behind_content(const struct stm_speech_scan *scan, uint32_t edge);

/* Content (attribution_content.c, _before.c, _clause.c, _circumstance.c, _gap.c). */

/** Whether what is said lacks its subject, because it stands before the cue: "sanctions, which Bell
    said were critical", "what officials said was an attempt". */
int stm_content_has_gap(const struct stm_speech_scan *scan, const struct stm_statement *it);

/** Joins such content to the noun that it is about; or keeps the words in marks only, or attributes
    it without making anybody say half a clause. 0 when nothing is left. */
int stm_content_fill_gap(struct stm_speech_scan *scan, struct stm_statement *it);

/** Adds tokens [first, end) as a piece, punctuation at both ends left out. 1 when some is left. */
int stm_speech_add_piece(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first,
                         uint32_t end);

/** Adds the words between the marks of a quote, which is the statement's from then on. */
int stm_speech_add_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t quote);

/** The quote that a token opens or closes at depth 0, not taken by another; or STEMMA_NONE. */
uint32_t stm_speech_free_quote(const struct stm_speech_scan *scan, uint32_t token);

/** Where the clause that begins at `i` and is said by the subject of `cue` ends. */
uint32_t stm_speech_clause_end(const struct stm_speech_scan *scan, uint32_t cue, uint32_t i);

/** Where the clause of a noun such as "claim" ends, at `end` at the latest, when it opens with room
    for `verbs` finite verbs. */
uint32_t stm_speech_noun_clause_end(const struct stm_speech_scan *scan, uint32_t first,
                                    uint32_t end, int verbs);

/** Where the content of a cue may begin: behind who is told, when, and where. */
uint32_t stm_speech_behind(const struct stm_speech_scan *scan, const struct stm_statement *it);

/** The clause from `first` on as a piece. 1 when there is some. */
int stm_content_clause(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t first);

/** Direct speech at `start`, a comma or colon before it passed over. 1 when there is some. */
int stm_content_quote(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t start);

/** Content behind the cue. 1 when there is some. */
int stm_content_right(struct stm_speech_scan *scan, struct stm_statement *it);

/** Content before the cue and its subject, which starts at `edge`; and what follows the cue of it.
    1 when there is some. */
int stm_content_left(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t edge);

/** "The minister said:" at the end of a paragraph: the direct speech or the paragraph below it. 1
    when there is some. */
int stm_content_below(struct stm_speech_scan *scan, struct stm_statement *it);

/** "As Bell told Reuters, ...": what follows. 1 when there is some. */
int stm_content_as(struct stm_speech_scan *scan, struct stm_statement *it, uint32_t edge);

/** "who is told", and when, from the dependents of the cue; not those inside the content. */
STEMMA_NODISCARD stemma_status stm_speech_circumstances(struct stm_speech_scan *scan,
                                                        struct stm_statement *it);

/* Recording (attribution_statement.c, attribution_quote.c). */

/** Keeps a statement for stm_speech_record(). STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_keep(struct stm_speech_scan *scan,
                                               const struct stm_statement *it);

/** Gives speakerless quotes to those who spoke before. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_free_quotes(struct stm_speech_scan *scan);

/** All statements as attributed ranges and as events of their own. STEMMA_OK or
    STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_record(struct stm_speech_scan *scan);

/* Frames of their own (attribution_frame.c). */

/** "according to X". STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_according(struct stm_speech_scan *scan, uint32_t i);

/** "in the words of X", with direct speech beside it. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_words_of(struct stm_speech_scan *scan, uint32_t i);

/** "X's claim that ...". STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_speech_noun(struct stm_speech_scan *scan, uint32_t i,
                                               enum stm_speech_class kind);

/** "Y quoted X as saying ...", "X was quoted by Y as saying". 1 in `*found` when it is one. */
STEMMA_NODISCARD stemma_status stm_speech_quoted(struct stm_speech_scan *scan,
                                                 struct stm_statement *it,
                                                 const struct stm_cue_group *group, int *found);

/** "accused X of ...". 1 in `*found` when it is one. */
STEMMA_NODISCARD stemma_status stm_speech_accused(struct stm_speech_scan *scan,
                                                  struct stm_statement *it, int *found);

#endif
