/* SPDX-License-Identifier: MIT */
/**
 * @file annotation.h
 * The working state of one document while the built-in reader of English news reads it.
 *
 * Stages fill it in turn: tokens, sentences, tags, syntax, names, nominals and pronouns, referents; then times,
 * quantities, attribution, events and facts. The last step turns it into testimony. Everything is
 * owned by the arena of the annotation and lives as long. One thread at a time.
 *
 * Tokens: furniture of the page has no tokens. A possessive "'s" (or the bare "'" of a plural) and
 * the parts of contractions ("do" + "n't", "they" + "'ve") are tokens of their own. A hyphenated
 * word is one token ("69-year-old", "Jean-Pierre") unless it joins a place or acronym to something
 * ("US-led", "Chile-Peru": three tokens). Dashes, currency signs and "%" stand alone; "1,227",
 * "10:30", "2025-03-04", "1990s", "5th", "3.5m", "U.S.", "Mr." are one token each.
 */
#ifndef STEMMA_EXTRACT_ANNOTATION_H
#define STEMMA_EXTRACT_ANNOTATION_H

#include "common/arena.h"
#include "pack/model/hash_features.h"
#include "pack/model/label.h"
#include "pack/model/model.h"
#include "stemma/status.h"
#include "stemma/testimony.h"

enum stm_token_flag {
    STM_TOKEN_CAPITALISED = 1u << 0, /**< Begins with an upper-case letter. */
    STM_TOKEN_ALL_CAPS = 1u << 1,    /**< Two or more letters, none lower-case ("NATO", "U.S."). */
    STM_TOKEN_INITIAL = 1u << 2,     /**< "J." or "J". */
    STM_TOKEN_DIGIT = 1u << 3,       /**< Begins with a digit. */
    STM_TOKEN_PUNCTUATION = 1u << 4, /**< No letter or digit in it. */
    STM_TOKEN_SENTENCE_START = 1u << 5, /**< First word of a sentence, of a quotation, or after a
                                           colon: its capital says nothing. */
    STM_TOKEN_POSSESSIVE = 1u << 6,     /**< "'s" or "'" split off the token before. */
    STM_TOKEN_QUOTE_OPEN = 1u << 7,
    STM_TOKEN_QUOTE_CLOSE = 1u << 8,
    STM_TOKEN_IN_QUOTE = 1u << 9,      /**< Inside direct speech or a quoted phrase. */
    STM_TOKEN_SPACE_BEFORE = 1u << 10, /**< White space (or the text's start) stands before it. */
    STM_TOKEN_IN_TITLE = 1u << 11,     /**< Of a headline. */
    STM_TOKEN_CONTRACTED = 1u << 12    /**< "n't", "'ve", "'re", "'ll", "'d", "'m". */
};

/** The coarse part of speech, derived from the fine one (enum stm_pos) and the word itself. */
enum stm_tag {
    STM_TAG_OTHER = 0,
    STM_TAG_NOUN,       /**< common noun, singular */
    STM_TAG_PLURAL,     /**< common noun, plural */
    STM_TAG_PROPN,      /**< proper noun; also every token of a name */
    STM_TAG_VERB,       /**< base form: infinitive or present other than third person */
    STM_TAG_VERB_S,     /**< third person present: "says" */
    STM_TAG_PAST,       /**< past tense: "freed" in "he freed" */
    STM_TAG_PARTICIPLE, /**< past participle: "was freed", "the freed men", "freed by" */
    STM_TAG_GERUND,     /**< -ing form */
    STM_TAG_BE,         /**< be, is, was, ... */
    STM_TAG_HAVE,       /**< have, has, had, 've */
    STM_TAG_DO,         /**< do, does, did */
    STM_TAG_MODAL,      /**< will, would, can, may, ... */
    STM_TAG_TO,         /**< "to", preposition or infinitive mark */
    STM_TAG_NOT,        /**< not, n't, never */
    STM_TAG_DETERMINER, /**< the, a, this, some, no, each */
    STM_TAG_POSSESSIVE, /**< my, his, her (before a noun), their */
    STM_TAG_PRONOUN,    /**< he, she, they, it, him, ... */
    STM_TAG_PREPOSITION,
    STM_TAG_CONJUNCTION,  /**< and, or, but, nor */
    STM_TAG_SUBORDINATOR, /**< that, if, because; always for before, after, since, until, as */
    STM_TAG_WH,           /**< who, which, what, where, when, whose, whom */
    STM_TAG_ADVERB,
    STM_TAG_ADJECTIVE,
    STM_TAG_NUMBER, /**< digits or number words */
    STM_TAG_PUNCTUATION
};

struct stm_lexicon_entry;

struct stm_token {
    uint32_t start; /**< Bytes of the document's text. */
    uint32_t end;
    stemma_text lower; /**< Lower case, curly apostrophes made straight. */
    stemma_text lemma; /**< Of verbs and nouns; otherwise as `lower`. */
    uint32_t flags;    /**< stm_token_flag */
    uint8_t tag;       /**< stm_tag */
    uint8_t pos;       /**< stm_pos */
    uint8_t relation;  /**< stm_relation to its head. */
    uint8_t looked_up; /**< `entry` is set. */
    uint32_t head;     /**< Token of the same sentence; STEMMA_NONE for its root. */
    uint32_t child;    /**< Its first dependent in the order of the text; or STEMMA_NONE. */
    uint32_t sibling;  /**< The next dependent of the same head; or STEMMA_NONE. */
    uint32_t sentence;
    uint32_t mention;  /**< Name, nominal or pronoun that covers it, innermost; or STEMMA_NONE. */
    uint32_t outer;    /**< The outermost of them. */
    uint32_t quote;    /**< Innermost quote that covers it; or STEMMA_NONE. */
    uint32_t time;     /**< Time that covers it; or STEMMA_NONE. */
    uint32_t quantity; /**< Quantity that covers it; or STEMMA_NONE. */
    const struct stm_lexicon_entry *entry; /**< What the lexicon has of `lower`; or NULL. */
};

struct stm_sentence {
    uint32_t first; /**< Its first token. */
    uint32_t count; /**< Tokens; at least 1. */
    uint32_t start; /**< Bytes: of its first and last token. */
    uint32_t end;
    uint32_t paragraph; /**< Counted from 0. */
    uint8_t is_title;   /**< A headline: no sentence of the body. */
};

/** Direct speech or a quoted phrase, the quotation marks included when they are there. A quote that
    goes on in the next paragraph without having been closed is one quote per paragraph, chained. */
struct stm_quote {
    uint32_t first; /**< Token: the opening mark. */
    uint32_t count; /**< Tokens, marks included. */
    uint32_t start; /**< Bytes between the marks. */
    uint32_t end;
    uint32_t
        continues;  /**< The quote of the paragraph before that this one goes on from; or NONE. */
    uint32_t depth; /**< 0, or 1 and more inside another quote. */
};

enum stm_entity_type {
    STM_ENTITY_NONE = 0, /**< Not an entity: event, time, quantity. */
    STM_ENTITY_PERSON,
    STM_ENTITY_ORGANIZATION,
    STM_ENTITY_PLACE,
    STM_ENTITY_GROUP,
    STM_ENTITY_THING
};

enum stm_gender { STM_GENDER_UNKNOWN = 0, STM_GENDER_MALE, STM_GENDER_FEMALE };

/** A span that names, refers, or triggers. Titles ("President") and possessive marks stand outside
    of names. Nominals run from determiner to head noun; names may stand inside nominals. */
struct stm_mention {
    uint32_t first; /**< Tokens. */
    uint32_t count;
    uint32_t head;  /**< Token. */
    uint8_t kind;   /**< stemma_mention_kind */
    uint8_t type;   /**< stm_entity_type */
    uint8_t gender; /**< stm_gender */
    uint8_t plural;
    uint8_t generic;   /**< A nominal without definite article or possessive: "a spokesman". */
    uint32_t referent; /**< Or STEMMA_NONE: unresolved, and left out of the testimony. */
};

struct stm_name {
    stemma_text text;
    uint8_t kind; /**< stemma_name_kind */
};

struct stm_referent {
    uint8_t kind;        /**< stemma_referent_kind */
    uint8_t entity_type; /**< stm_entity_type; NONE for events */
    uint8_t gender;      /**< stm_gender */
    uint8_t plural;
    stemma_text type;  /**< Term of the vocabulary. */
    stemma_text given; /**< Persons: lower-case given name and surname as far as known. */
    stemma_text surname;
    stemma_text role;     /**< Persons: lower-case head noun of an office stated: "president". */
    uint32_t canonical;   /**< Mention that shows it best; or STEMMA_NONE. */
    uint32_t merged_into; /**< Internal to referent.c: STEMMA_NONE once referents are final. */
    struct stm_name *names;
    size_t name_count;
    size_t name_capacity;
};

/** A time expression: filled by stm_extract_times(). */
struct stm_time_mention {
    uint32_t first;
    uint32_t count;
    stemma_time value;
};

/** An amount: filled by stm_extract_quantities(). */
struct stm_quantity_mention {
    uint32_t first;
    uint32_t count;
    uint32_t head;      /**< Token of the noun counted; or STEMMA_NONE. */
    uint8_t with_named; /**< "with 84 others": the value counts who is named, too. */
    stemma_quantity value;
};

/** An assertion under construction with its growing evidence. */
struct stm_assertion {
    stemma_assertion value; /**< `evidence` and `evidence_count` are filled at the end. */
    stemma_evidence *evidence;
    size_t evidence_count;
    size_t evidence_capacity;
};

struct stm_annotation {
    struct stm_arena *arena;
    const struct stm_model *model;   /**< Trained weights; never NULL. */
    const stemma_document *document; /**< Text, title, published, furniture, paragraphs. */
    stemma_text text;                /**< document->text */
    uint32_t run;
    stemma_error *error; /**< May be NULL. */

    struct stm_token *tokens;
    uint32_t token_count;
    struct stm_word *words; /**< Of each token, for the models: made by stm_extract_tags(). */
    struct stm_sentence *sentences;
    uint32_t sentence_count;
    struct stm_quote *quotes;
    uint32_t quote_count;
    struct stm_mention *mentions;
    uint32_t mention_count;
    struct stm_referent *referents;
    uint32_t referent_count;
    struct stm_time_mention *times;
    uint32_t time_count;
    struct stm_quantity_mention *quantities;
    uint32_t quantity_count;
    struct stm_assertion *assertions;
    uint32_t assertion_count;

    void *part2; /**< Free for the stages after referents to share state. */

    size_t token_capacity;
    size_t sentence_capacity;
    size_t quote_capacity;
    size_t mention_capacity;
    size_t referent_capacity;
    size_t time_capacity;
    size_t quantity_capacity;
    size_t assertion_capacity;
};

/* Asking. Token, mention and referent numbers must be in range; STEMMA_NONE is answered by NONE. */

/** The words of a run of tokens as they stand in the text. Borrowed from the document. */
stemma_text stm_ann_words(const struct stm_annotation *ann, uint32_t first, uint32_t count);

/** The words of a mention that may stand as a name of what it means: what follows "so-called". */
stemma_text stm_ann_name_words(const struct stm_annotation *ann, const struct stm_mention *m);

/** The bytes of a run of tokens. `count` at least 1. */
stemma_span stm_ann_span(const struct stm_annotation *ann, uint32_t first, uint32_t count);

/** The order of a text, which holds no NUL, and a word by their bytes: below, at or above 0. Byte by byte, and
    here: the first mostly decides, and this is asked more often than anything else. */
static inline int stm_word_order(stemma_text text, const char *word)
{
    for (size_t i = 0; i < text.size; i++) {
        int order = (uint8_t)text.data[i] - (uint8_t)word[i];
        if (order != 0) {
            return order; /* the NUL of the word differs from any byte of the text */
        }
    }
    return word[text.size] == '\0' ? 0 : -1;
}

/** Whether the lower-case form of a token is `word` (lower case). False when out of range. */
static inline int stm_ann_is(const struct stm_annotation *ann, uint32_t token, const char *word)
{
    return token < ann->token_count && stm_word_order(ann->tokens[token].lower, word) == 0;
}

/** Whether the lemma of a token is `lemma`. False when out of range. */
static inline int stm_ann_has_lemma(const struct stm_annotation *ann, uint32_t token,
                                    const char *lemma)
{
    return token < ann->token_count && stm_word_order(ann->tokens[token].lemma, lemma) == 0;
}

/** The token after the last of a sentence. */
uint32_t stm_ann_sentence_end(const struct stm_annotation *ann, uint32_t sentence);

/** The innermost name, nominal or pronoun over a token; or STEMMA_NONE. */
uint32_t stm_ann_mention_at_token(const struct stm_annotation *ann, uint32_t token);

/** The referent of the innermost mention over a token; or STEMMA_NONE. */
uint32_t stm_ann_referent_of_token(const struct stm_annotation *ann, uint32_t token);

/** The referent of a mention, made when it has none yet: a nominal ("the protesters", "an envoy")
    becomes a `group` when plural, a referent of the nominal's own type when singular, with the
    mention's words as a nominal name. Pronouns are never given a new referent: `*referent` is then
    STEMMA_NONE. STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_ann_referent_for_mention(struct stm_annotation *ann,
                                                            uint32_t mention, uint32_t *referent);

/* Adding. Each gives the number of what was added through its last parameter (may be NULL), and
   STEMMA_OK or STEMMA_E_NO_MEMORY. */

/** A new entity of `type`, or (with STM_ENTITY_NONE) an event of the type named `event_type`, which
    must outlive the annotation. It has no names yet. */
STEMMA_NODISCARD stemma_status stm_ann_add_referent(struct stm_annotation *ann,
                                                    enum stm_entity_type type,
                                                    const char *event_type, uint32_t *referent);

/** Adds a name unless the referent has it already, or 64 others, or it is longer than a name may be
    (white space is collapsed). */
STEMMA_NODISCARD stemma_status stm_ann_add_name(struct stm_annotation *ann, uint32_t referent,
                                                stemma_text text, stemma_name_kind kind);

/** A mention over tokens [first, first + count), head at `head` (a token in it). `referent` may be
    STEMMA_NONE. Names, nominals and pronouns are entered in the tokens; triggers are not. */
STEMMA_NODISCARD stemma_status stm_ann_add_mention(struct stm_annotation *ann,
                                                   stemma_mention_kind kind,
                                                   enum stm_entity_type type, uint32_t first,
                                                   uint32_t count, uint32_t head, uint32_t referent,
                                                   uint32_t *mention);

/** A time or quantity over tokens, entered in the tokens; becomes a mention of the testimony. */
STEMMA_NODISCARD stemma_status stm_ann_add_time(struct stm_annotation *ann, uint32_t first,
                                                uint32_t count, stemma_time value, uint32_t *time);
STEMMA_NODISCARD stemma_status stm_ann_add_quantity(struct stm_annotation *ann, uint32_t first,
                                                    uint32_t count, uint32_t head,
                                                    stemma_quantity value, uint32_t *quantity);

/** An assertion with everything unspecified: no speaker, no confidence, polarity, certainty, tense
    and realis 0, run filled, object as given. `predicate` must outlive the annotation. Refine it in
    ann->assertions[*assertion].value. */
STEMMA_NODISCARD stemma_status stm_ann_add_assertion(struct stm_annotation *ann, uint32_t subject,
                                                     const char *predicate, stemma_object object,
                                                     uint32_t *assertion);

/** One span of evidence. */
STEMMA_NODISCARD stemma_status stm_ann_add_evidence(struct stm_annotation *ann, uint32_t assertion,
                                                    stemma_evidence_part part, stemma_span span);

/** STEMMA_E_DAMAGED (MODEL_DAMAGED), which the error tells: a weights file may be sound without a part that
    a stage needs. */
STEMMA_NODISCARD stemma_status stm_ann_model_lacks(const struct stm_annotation *ann,
                                                   const char *section);

/* The stages, in order. Each STEMMA_OK or STEMMA_E_NO_MEMORY. */
STEMMA_NODISCARD stemma_status stm_extract_tokens(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_sentences(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_tags(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_syntax(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_names(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_nominals(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_referents(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_times(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_quantities(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_attribution(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_events(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_facts(struct stm_annotation *ann);
STEMMA_NODISCARD stemma_status stm_extract_others(struct stm_annotation *ann);

#endif
