/* SPDX-License-Identifier: MIT */
/**
 * @file syntax_mend.h
 * Parts of speech that the tree of a sentence shows to be wrong, and trees that cannot be right.
 */
#ifndef STEMMA_EXTRACT_SYNTAX_MEND_H
#define STEMMA_EXTRACT_SYNTAX_MEND_H

#include "pack/extract/annotation.h"

/** Gives a token another part of speech (stm_pos), and the coarse tag and lemma that go with it. */
void stm_retag(struct stm_annotation *ann, uint32_t token, uint8_t pos);

/** Gives other parts of speech to words that are nouns whatever the tagger takes them for: "the Karsen mine", "the
    police chief", "as chief executive", "Lund protesters torched". Before the tree is made. */
void stm_mend_words(struct stm_annotation *ann, uint32_t first, uint32_t end);

/** Looks at the tree of the tokens [first, end) of a sentence, whose lists of dependents need not be
    there yet, and gives other parts of speech to words that cannot be what they were taken for: mostly
    a verb in the past that was read as a participle, so that the sentence has no verb. Returns
    whether any was changed: the sentence is then to be parsed again. */
int stm_mend_tags(struct stm_annotation *ann, uint32_t first, uint32_t end);

/** The same of a headline, whose verbs are in the present. Only for a sentence that is one. */
int stm_mend_headline(struct stm_annotation *ann, uint32_t first, uint32_t end);

/** Joins two subjects of one verb with "and" between them, and two names between which something is added to the
    first, in all sentences: the second becomes a conjunct of the first. What opens a sentence before a comma and the
    pronoun that is its subject is no subject. The lists of dependents must be there, and are to be made again afterwards. */
void stm_mend_subjects(struct stm_annotation *ann);

#endif
