/* SPDX-License-Identifier: MIT */
/**
 * @file testimony.h
 * What one document says: the document itself, its referents, their mentions, and its assertions.
 *
 * These are plain structs of views and numbers. An extractor fills them, the interchange reader
 * fills them, the writer encodes them, and a reader hands them out decoded. All pointers are
 * borrowed: whoever hands a `stemma_document` out says what owns it and how long it lives.
 * Ordinals (`referent`, `mention`, `assertion`) are positions in the arrays of the same document.
 *
 * Terms: mention, referent and realis as in TAC ColdStart++; assertion as in FollowTheMoney's
 * statements; polarity, certainty and tense as in GRaSP; evidence parts as in ColdStart's
 * role-separated provenance; EDTF as in ISO 8601-2.
 */
#ifndef STEMMA_TESTIMONY_H
#define STEMMA_TESTIMONY_H

#include "stemma/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A time as the document gives it and as it was understood. Bounds follow from `edtf` alone:
    see stemma_edtf_bounds() in edtf.h. */
typedef struct stemma_time {
    stemma_text raw;  /**< The words of the document; may be empty. */
    stemma_text edtf; /**< EDTF; empty when the words could not be resolved. */
} stemma_time;

typedef enum stemma_modifier {
    STEMMA_MODIFIER_NONE = 0,
    STEMMA_MODIFIER_ABOUT = 1,     /**< "about", "some", "around" */
    STEMMA_MODIFIER_AT_LEAST = 2,  /**< "at least", "no fewer than" */
    STEMMA_MODIFIER_MORE_THAN = 3, /**< "more than", "over" */
    STEMMA_MODIFIER_AT_MOST = 4,   /**< "up to", "at most" */
    STEMMA_MODIFIER_LESS_THAN = 5  /**< "fewer than", "under" */
} stemma_modifier;

/** An amount of something. Numbers are decimal strings ("123", "-0.5", "1227"), no exponent. */
typedef struct stemma_quantity {
    stemma_text raw;    /**< The words, e.g. "more than 1,000 political prisoners". */
    stemma_text amount; /**< Decimal; empty when unknown ("dozens"). */
    stemma_text lower;  /**< Decimal, inclusive; empty when unbounded. */
    stemma_text upper;  /**< Decimal, inclusive; empty when unbounded. */
    stemma_text unit;   /**< "USD", "km", "percent"; empty for plain counts. */
    stemma_text counted; /**< What is counted, as its lower-case head noun phrase: "prisoner". */
    uint8_t modifier;   /**< stemma_modifier */
} stemma_quantity;

#define STEMMA_NO_DEGREES INT32_MIN

/** A place. Coordinates are WGS 84 in ten-millionths of a degree, or STEMMA_NO_DEGREES. */
typedef struct stemma_place {
    stemma_text raw;
    uint32_t referent;     /**< The place as a referent of this document, or STEMMA_NONE. */
    stemma_text gazetteer; /**< "source:id", e.g. "geonames:625144"; may be empty. */
    int32_t latitude;
    int32_t longitude;
    uint32_t radius; /**< Uncertainty in metres; 0 when unstated. */
} stemma_place;

typedef enum stemma_mention_kind {
    STEMMA_MENTION_NAME = 0,
    STEMMA_MENTION_NOMINAL = 1, /**< "the president" */
    STEMMA_MENTION_PRONOUN = 2,
    STEMMA_MENTION_TRIGGER = 3, /**< The word that tells of an event. */
    STEMMA_MENTION_TIME = 4,
    STEMMA_MENTION_QUANTITY = 5
} stemma_mention_kind;

/** A place in the text that names or refers. Spans ascend and do not overlap. */
typedef struct stemma_mention {
    const stemma_span *spans;
    uint32_t span_count; /**< At least 1. */
    uint8_t kind;        /**< stemma_mention_kind */
    uint8_t canonical;   /**< 1 on exactly one mention of each referent that has mentions. */
    uint32_t referent;   /**< Ordinal, or STEMMA_NONE for times and quantities. */
    stemma_span head;    /**< The head word; {0, 0} when unmarked. */
} stemma_mention;

typedef enum stemma_name_kind {
    STEMMA_NAME_NAME = 0,
    STEMMA_NAME_ALIAS = 1,
    STEMMA_NAME_ACRONYM = 2,
    STEMMA_NAME_NOMINAL = 3
} stemma_name_kind;

/** A name by which the document calls a referent, white space collapsed, otherwise as written. */
typedef struct stemma_name {
    stemma_text text;
    uint8_t kind;         /**< stemma_name_kind */
    stemma_text language; /**< BCP 47, or empty. */
} stemma_name;

typedef enum stemma_referent_kind {
    STEMMA_REFERENT_ENTITY = 0,
    STEMMA_REFERENT_EVENT = 1
} stemma_referent_kind;

/** One thing or happening as this document speaks of it. */
typedef struct stemma_referent {
    uint8_t kind;     /**< stemma_referent_kind */
    stemma_text type; /**< A term of the vocabulary: "person", "justice.release". */
    const stemma_name *names;
    uint32_t name_count; /**< Names are distinct; the first is the one to show. */
    const stemma_text *external_ids; /**< "source:id", e.g. "wikidata:Q184". */
    uint32_t external_id_count;
} stemma_referent;

typedef enum stemma_object_kind {
    STEMMA_OBJECT_REFERENT = 0,
    STEMMA_OBJECT_TEXT = 1,
    STEMMA_OBJECT_TIME = 2,
    STEMMA_OBJECT_PLACE = 3,
    STEMMA_OBJECT_QUANTITY = 4,
    STEMMA_OBJECT_SOME = 5, /**< There is a value, the document does not say which. */
    STEMMA_OBJECT_NONE = 6  /**< The document says that there is no value. */
} stemma_object_kind;

typedef struct stemma_object {
    uint8_t kind; /**< stemma_object_kind: says which member below counts. */
    union {
        uint32_t referent;
        stemma_text text;
        stemma_time time;
        stemma_place place;
        stemma_quantity quantity;
    } as;
} stemma_object;

/* In each of these, 0 is "unspecified": never guessed. */
typedef enum stemma_polarity {
    STEMMA_POLARITY_UNSPECIFIED = 0,
    STEMMA_POLARITY_POSITIVE = 1,
    STEMMA_POLARITY_NEGATIVE = 2
} stemma_polarity;

typedef enum stemma_certainty {
    STEMMA_CERTAINTY_UNSPECIFIED = 0,
    STEMMA_CERTAINTY_CERTAIN = 1,
    STEMMA_CERTAINTY_PROBABLE = 2,
    STEMMA_CERTAINTY_POSSIBLE = 3
} stemma_certainty;

typedef enum stemma_tense {
    STEMMA_TENSE_UNSPECIFIED = 0,
    STEMMA_TENSE_PAST = 1,
    STEMMA_TENSE_PRESENT = 2,
    STEMMA_TENSE_FUTURE = 3
} stemma_tense;

typedef enum stemma_realis {
    STEMMA_REALIS_UNSPECIFIED = 0,
    STEMMA_REALIS_ACTUAL = 1,
    STEMMA_REALIS_GENERIC = 2, /**< "sanctions are lifted when …" */
    STEMMA_REALIS_OTHER = 3    /**< planned, expected, demanded, conditional, hypothetical */
} stemma_realis;

typedef enum stemma_stance {
    STEMMA_STANCE_UNSPECIFIED = 0,
    STEMMA_STANCE_ASSERTS = 1,
    STEMMA_STANCE_DENIES = 2,
    STEMMA_STANCE_QUESTIONS = 3,
    STEMMA_STANCE_REPORTS = 4
} stemma_stance;

/** Who the document says the assertion comes from. */
typedef enum stemma_attribution {
    STEMMA_ATTRIBUTION_NONE = 0,    /**< Nobody: the document says it in its own voice. */
    STEMMA_ATTRIBUTION_SPEAKER = 1, /**< `speaker` is a referent. */
    STEMMA_ATTRIBUTION_UNSTATED = 2 /**< Somebody unnamed: "reportedly", "it is said". */
} stemma_attribution;

typedef enum stemma_evidence_part {
    STEMMA_EVIDENCE_FILLER = 0,    /**< The words that fill the object. */
    STEMMA_EVIDENCE_PREDICATE = 1, /**< The words that state the relation: the trigger. */
    STEMMA_EVIDENCE_CONTEXT = 2    /**< The sentence or clause it stands in. */
} stemma_evidence_part;

typedef struct stemma_evidence {
    const stemma_span *spans;
    uint32_t span_count; /**< At least 1. */
    uint8_t part;        /**< stemma_evidence_part */
} stemma_evidence;

#define STEMMA_NO_CONFIDENCE UINT16_MAX

/** One thing that the document says about one of its referents.
 *
 *  Of an event, the predicate is "type" (object: text, the event type; this assertion says whether
 *  the event happened: its polarity, realis and speaker are the event's), "time", "place",
 *  "quantity", "content" or the name of a role ("agent", "patient", ...). Of an entity it is a
 *  predicate of the vocabulary ("role", "sibling", "affiliation", ...). */
typedef struct stemma_assertion {
    uint32_t subject; /**< Referent ordinal. */
    stemma_text predicate;
    stemma_object object;
    uint8_t polarity;    /**< stemma_polarity */
    uint8_t certainty;   /**< stemma_certainty */
    uint8_t tense;       /**< stemma_tense */
    uint8_t realis;      /**< stemma_realis */
    uint8_t attribution; /**< stemma_attribution */
    uint8_t stance;      /**< stemma_stance of the speaker */
    uint32_t speaker;    /**< Referent ordinal, or STEMMA_NONE. */
    uint32_t via;        /**< Through whom the speaker is quoted (a medium), or STEMMA_NONE. */
    uint16_t confidence; /**< Of extraction, 0..1000, or STEMMA_NO_CONFIDENCE. */
    uint32_t run;        /**< The run that made it: index as the writer or reader numbers runs. */
    const stemma_evidence *evidence;
    uint32_t evidence_count; /**< At least 1 when the document has text. */
} stemma_assertion;

#define STEMMA_DIGEST_SIZE 32

/** A document with its testimony. */
typedef struct stemma_document {
    stemma_text uri;
    stemma_text title;
    stemma_text publisher;
    stemma_text agency; /**< Credit line: "Reuters". */
    stemma_text byline;
    stemma_time published;
    stemma_text retrieved;  /**< EDTF or empty. */
    stemma_text language;   /**< BCP 47 or empty. */
    stemma_text media_type; /**< Of what was read: "text/plain". */
    stemma_text licence;
    uint8_t digest[STEMMA_DIGEST_SIZE]; /**< SHA-256 of `text`; filled by the writer and reader. */
    stemma_text text;       /**< Valid UTF-8, at most STEMMA_LIMIT_TEXT bytes, no NUL. */
    uint8_t text_withheld;  /**< 1: write spans and digest, but do not store the text. */
    uint64_t text_size;     /**< Bytes of the text, stored or not, or of the table that a data set
                                 was; filled by writer and reader. */
    const uint32_t *sentences; /**< Ascending byte offsets at which sentences begin. */
    uint32_t sentence_count;
    const uint32_t *paragraphs; /**< Ascending byte offsets at which paragraphs begin. */
    uint32_t paragraph_count;
    const stemma_span *furniture; /**< Ascending spans of page furniture, kept but not read. */
    uint32_t furniture_count;
    const stemma_referent *referents;
    uint32_t referent_count;
    const stemma_mention *mentions;
    uint32_t mention_count;
    const stemma_assertion *assertions;
    uint32_t assertion_count;
    /* Of a data set, filled by the reader; zeros otherwise and when writing. */
    uint32_t row_count;   /**< Its rows: read them with stemma_row_get(). */
    uint32_t actor_count; /**< Its actors: referents 0 ...; row k is referent actor_count + k. */
    uint32_t row_run;     /**< The run that made the rows. */
} stemma_document;

/** The span of all that a document's offsets can point to. */
static inline stemma_span stemma_whole_span(const stemma_document *document)
{
    stemma_span whole = {0, 0};
    whole.end = document->text_size < UINT32_MAX ? (uint32_t)document->text_size : UINT32_MAX;
    return whole;
}

/** The program, version and settings that produced records (PROV: activity and software agent). */
typedef enum stemma_run_kind {
    STEMMA_RUN_RULE = 0,
    STEMMA_RUN_MODEL = 1,
    STEMMA_RUN_HUMAN = 2,
    STEMMA_RUN_IMPORT = 3
} stemma_run_kind;

typedef struct stemma_run {
    stemma_text name; /**< "stemma-pack/english-news" */
    stemma_text version;
    uint8_t kind;         /**< stemma_run_kind */
    stemma_text settings; /**< Free text that tells two settings apart; may be empty. */
} stemma_run;

#ifdef __cplusplus
}
#endif
#endif
