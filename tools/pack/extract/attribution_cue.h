/* SPDX-License-Identifier: MIT */
/**
 * @file attribution_cue.h
 * The words by which English news attributes words: verbs of communication with what they do and
 * the complements they take, verbs of thought, and nouns that stand for something said.
 *
 * Classes and complements follow general grammars of English (verbs of communication, of judgement,
 * of commitment); no list of any annotated corpus went in. Constant tables; any thread.
 */
#ifndef STEMMA_EXTRACT_ATTRIBUTION_CUE_H
#define STEMMA_EXTRACT_ATTRIBUTION_CUE_H

#include "pack/extract/annotation.h"

/** What somebody does with words. */
enum stm_speech_class {
    STM_SPEECH_NONE = 0,
    STM_SPEECH_ASSERT,
    STM_SPEECH_DENY,
    STM_SPEECH_ASK,
    STM_SPEECH_DEMAND,
    STM_SPEECH_PROMISE, /**< Promises, offers and threats: the speaker will do it. */
    STM_SPEECH_JUDGE,   /**< Praises or blames: "condemned", "hailed", "described". */
    STM_SPEECH_ACCUSE,
    STM_SPEECH_QUOTE, /**< Passes on what another says: "quoted X as saying". */
    STM_SPEECH_THINK, /**< Holds something true, and nobody says that it was said. */
    STM_SPEECH_WISH   /**< Hopes, fears, expects. */
};

/** Complements of a cue. */
enum stm_speech_frame {
    STM_SPEECH_THAT = 1u << 0,    /**< A clause with "that"; of questions, with "whether", "why". */
    STM_SPEECH_BARE = 1u << 1,    /**< A clause whose "that" may be missing. */
    STM_SPEECH_LOOSE = 1u << 2,   /**< What follows is its clause, never an object. */
    STM_SPEECH_TOLD = 1u << 3,    /**< Its object is who is spoken to. */
    STM_SPEECH_TO = 1u << 4,      /**< An infinitive: "promised to leave", "urged X to leave". */
    STM_SPEECH_ING = 1u << 5,     /**< "denied holding", "admitted taking" */
    STM_SPEECH_OBJECT = 1u << 6,  /**< A noun phrase is the content: "demanded the release" */
    STM_SPEECH_FOR = 1u << 7,     /**< "called for the release" */
    STM_SPEECH_DIRECT = 1u << 8,  /**< Direct speech beside it. */
    STM_SPEECH_PHRASE = 1u << 9,  /**< Words in marks inside its phrase: "a “disgrace”". */
    STM_SPEECH_THINGS = 1u << 11, /**< Things do so too: "signalled", "suggests". */
    STM_SPEECH_PAPER = 1u << 10   /**< Only documents, studies and bodies do so: "shows that". */
};

struct stm_speech_verb {
    const char *lemma;
    uint8_t kind; /**< stm_speech_class */
    uint16_t frames;
};

/** The verb of communication or thought that a token is; NULL when it is none. */
const struct stm_speech_verb *stm_speech_verb_at(const struct stm_annotation *ann, uint32_t token);

/** Whether a token is a noun for something said: "claim", "statement", "warning". `*kind` gets its
    class. */
int stm_speech_noun_at(const struct stm_annotation *ann, uint32_t token,
                       enum stm_speech_class *kind);

/** Whether a token is a noun for a document or study that can be said to say something. */
int stm_speech_is_paper(const struct stm_annotation *ann, uint32_t token);

/** Whether the words of a token's thing are its maker's: "statement", "letter", "tweet". */
int stm_speech_is_utterance(const struct stm_annotation *ann, uint32_t token);

#endif
