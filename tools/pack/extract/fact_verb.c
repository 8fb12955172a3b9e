/* SPDX-License-Identifier: MIT */
/* Verbs that tell of lasting relations: founding, owning, living, working, being born. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/mention_head.h"
#include "pack/extract/syntax.h"

enum shape {
    BY_AGENT,  /**< Object first: "Y, founded by X". Subject Y, object X. */
    BY_DOER,   /**< Subject first: "X joined Y". */
    IN_PLACE,  /**< "X lives in Y" */
    FOR_BODY,  /**< "X works for Y" */
    BIRTH,     /**< "X was born in Y in 1970" */
    AS_OFFICE, /**< "X serves as Z", "X became Z" */
    CALLED     /**< "known as Z" */
};

struct fact_verb {
    const char *lemma;
    uint8_t shape;
    uint8_t subject; /**< stm_entity_type that fits; NONE for any. */
    uint8_t object;
    const char *predicate;
};

#define PERSON STM_ENTITY_PERSON
#define BODY   STM_ENTITY_ORGANIZATION
#define PLACE  STM_ENTITY_PLACE
#define ANY    STM_ENTITY_NONE

static const struct fact_verb verbs[] = {
    {"act", AS_OFFICE, PERSON, ANY, "role"},
    {"base", IN_PLACE, ANY, PLACE, "located"},
    {"bear", BIRTH, PERSON, PLACE, "birthplace"},
    {"become", AS_OFFICE, PERSON, ANY, "role"},
    {"belong", FOR_BODY, ANY, BODY, "member"},
    {"co-found", BY_AGENT, BODY, ANY, "founder"},
    {"co-own", BY_AGENT, BODY, ANY, "owner"},
    {"employ", BY_AGENT, PERSON, BODY, "employer"},
    {"establish", BY_AGENT, BODY, PERSON, "founder"},
    {"found", BY_AGENT, BODY, ANY, "founder"},
    {"graduate", FOR_BODY, PERSON, BODY, "education"},
    {"headquarter", IN_PLACE, BODY, PLACE, "located"},
    {"join", BY_DOER, ANY, BODY, "member"},
    {"know", CALLED, ANY, ANY, "alias"},
    {"live", IN_PLACE, PERSON, PLACE, "residence"},
    {"locate", IN_PLACE, ANY, PLACE, "located"},
    {"marry", BY_DOER, PERSON, PERSON, "spouse"},
    {"nickname", CALLED, ANY, ANY, "alias"},
    {"own", BY_AGENT, BODY, ANY, "owner"},
    {"reside", IN_PLACE, PERSON, PLACE, "residence"},
    {"serve", AS_OFFICE, PERSON, ANY, "role"},
    {"settle", IN_PLACE, PERSON, PLACE, "residence"},
    {"situate", IN_PLACE, ANY, PLACE, "located"},
    {"study", FOR_BODY, PERSON, BODY, "education"},
    {"teach", FOR_BODY, PERSON, BODY, "employer"},
    {"work", FOR_BODY, PERSON, BODY, "employer"},
};

static const struct fact_verb *verb_at(const struct stm_annotation *ann, uint32_t token)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (stm_ann_has_lemma(ann, token, verbs[i].lemma)) {
            return &verbs[i];
        }
    }
    /* Forms that are written like those of other verbs, or are taken for adjectives. */
    static const struct {
        const char *form;
        const char *lemma;
    } forms[] = {{"born", "bear"},
                 {"founded", "found"},
                 {"headquartered", "headquarter"},
                 {"based", "base"}};
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
            if (stm_ann_is(ann, token, forms[f].form) &&
                strcmp(verbs[i].lemma, forms[f].lemma) == 0) {
                return &verbs[i];
            }
        }
    }
    return NULL;
}

static uint32_t referent_of(const struct stm_annotation *ann, uint32_t token, uint8_t type)
{
    if (token == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t mention =
        type == ANY ? stm_fact_entity(ann, token, STM_ENTITY_PERSON, STM_ENTITY_ORGANIZATION)
                    : stm_fact_entity(ann, token, (enum stm_entity_type)type,
                                      (enum stm_entity_type)type);
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

static stemma_status read_oblique(const struct stm_fact_scan *scan, const struct fact_verb *entry,
                                  uint32_t verb, uint32_t subject,
                                  const struct stm_fact_stand *stand)
{
    static const char *const in[] = {"in", "at", "near", "from", "for", "with", "to"};
    const struct stm_annotation *ann = scan->ann;
    size_t first = 0;
    size_t end = entry->shape == IN_PLACE ? 3 : sizeof in / sizeof in[0];
    for (size_t i = first; i < end; i++) {
        uint32_t where = stm_syntax_oblique(ann, verb, in[i]);
        if (where == STEMMA_NONE) {
            continue;
        }
        uint32_t named = stm_fact_named(ann, where, (enum stm_entity_type)entry->object,
                                        (enum stm_entity_type)entry->object);
        if (named != STEMMA_NONE) {
            const char *predicate = entry->predicate;
            if (strcmp(predicate, "located") == 0 &&
                ann->referents[subject].entity_type == STM_ENTITY_PERSON) {
                predicate = "residence";
            }
            return stm_emit_relation(scan, subject, predicate, named, verb, stand, 750);
        }
    }
    return STEMMA_OK;
}

static stemma_status read_birth(const struct stm_fact_scan *scan, uint32_t verb, uint32_t subject)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PAST, 0, 0};
    stemma_status status = STEMMA_OK;
    for (uint32_t at = ann->tokens[verb].child; at != STEMMA_NONE && status == STEMMA_OK;
         at = ann->tokens[at].sibling) {
        if (at < verb) {
            continue;
        }
        uint32_t place = stm_fact_named(ann, at, STM_ENTITY_PLACE, STM_ENTITY_PLACE);
        if (ann->tokens[at].time != STEMMA_NONE) {
            const struct stm_time_mention *when = &ann->times[ann->tokens[at].time];
            if (when->value.edtf.size != 0) {
                struct stm_fact fact =
                    stm_fact_of(subject, "born", stm_object_time(when->value), verb, when->first,
                                when->first + when->count, 800);
                fact.tense = STEMMA_TENSE_PAST;
                status = stm_emit_fact(scan, &fact);
            }
        } else if (place != STEMMA_NONE) {
            status = stm_emit_relation(scan, subject, "birthplace", place, verb, &stand, 800);
        }
    }
    return status;
}

/** The name behind "known as", "nicknamed", "aka". */
static stemma_status read_alias(const struct stm_fact_scan *scan, uint32_t from, uint32_t verb,
                                uint32_t subject)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    uint32_t first = from;
    int marked = first < end && (ann->tokens[first].flags & STM_TOKEN_QUOTE_OPEN);
    first += marked != 0;
    if (first < end && stm_ann_is(ann, first, "the")) {
        first++;
    }
    uint32_t last = first;
    while (last < end && last - first < 5 &&
           (ann->tokens[last].flags & STM_TOKEN_CAPITALISED) &&
           !(ann->tokens[last].flags & STM_TOKEN_PUNCTUATION)) {
        last++;
    }
    if (last == first) {
        return STEMMA_OK;
    }
    struct stm_fact fact =
        stm_fact_of(subject, "alias", stm_object_text(stm_ann_words(ann, first, last - first)),
                    verb, first, last, 750);
    return stm_emit_fact(scan, &fact);
}

/** "X served as Z": the office. */
static stemma_status read_office(const struct stm_fact_scan *scan, const struct fact_verb *entry,
                                 uint32_t verb, uint32_t subject, struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t office = stm_syntax_oblique(ann, verb, "as");
    if (strcmp(entry->lemma, "become") == 0) {
        office = stm_syntax_child(ann, verb, STM_RELATION_XCOMP);
        stand->tense = STEMMA_TENSE_PRESENT;
    }
    return office == STEMMA_NONE || office < verb
               ? STEMMA_OK
               : stm_fact_description(scan, subject, office, stand, 750);
}

stemma_status stm_fact_verb(const struct stm_fact_scan *scan, uint32_t verb)
{
    struct stm_annotation *ann = scan->ann;
    uint8_t pos = ann->tokens[verb].pos;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (stm_ann_is(ann, verb, "aka") && verb + 1 < end && verb > 0) {
        uint32_t before = stm_fact_name_at(ann, verb - 1);
        if (before == STEMMA_NONE && verb > 1) {
            before = stm_fact_name_at(ann, verb - 2);
        }
        return before == STEMMA_NONE || ann->mentions[before].referent == STEMMA_NONE
                   ? STEMMA_OK
                   : read_alias(scan, verb + 1, verb, ann->mentions[before].referent);
    }
    if (pos != STM_POS_VB && pos != STM_POS_VBD && pos != STM_POS_VBG && pos != STM_POS_VBN &&
        pos != STM_POS_VBP && pos != STM_POS_VBZ) {
        return STEMMA_OK;
    }
    const struct fact_verb *entry = verb_at(ann, verb);
    if (entry == NULL) {
        return STEMMA_OK;
    }
    int passive = stm_syntax_is_passive(ann, verb);
    uint32_t subject = stm_syntax_subject(ann, verb);
    struct stm_fact_stand stand = stm_fact_stand_of(ann, verb);
    if (stand.unreal) {
        return STEMMA_OK;
    }
    if (entry->shape == BY_AGENT) {
        uint32_t thing = passive ? subject : stm_syntax_object(ann, verb);
        uint32_t doer = passive ? stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT) : subject;
        uint32_t of = referent_of(ann, thing, entry->subject);
        uint32_t who = stm_fact_entity(ann, doer,
                                       entry->object == ANY ? PERSON
                                                            : (enum stm_entity_type)entry->object,
                                       entry->object == ANY ? BODY
                                                            : (enum stm_entity_type)entry->object);
        if (passive && strcmp(entry->predicate, "owner") == 0) {
            stand.tense = STEMMA_TENSE_PRESENT;
        }
        return stm_emit_relation(scan, of, entry->predicate, who, verb, &stand, 800);
    }
    uint32_t who = referent_of(ann, subject, entry->subject);
    if (who == STEMMA_NONE) {
        return STEMMA_OK;
    }
    switch ((enum shape)entry->shape) {
    case BY_DOER: {
        uint32_t object = stm_syntax_object(ann, verb);
        uint32_t what = passive ? STEMMA_NONE
                                : stm_fact_entity(ann, object, (enum stm_entity_type)entry->object,
                                                  (enum stm_entity_type)entry->object);
        stemma_status status =
            stm_emit_relation(scan, who, entry->predicate, what, verb, &stand, 750);
        if (status == STEMMA_OK && what != STEMMA_NONE && entry->object == PERSON &&
            ann->mentions[what].referent != who) {
            status = stm_emit_relation(scan, ann->mentions[what].referent, entry->predicate,
                                       stm_mention_headed(ann, subject), verb, &stand, 750);
        }
        return status;
    }
    case IN_PLACE:
        if (pos == STM_POS_VBN && passive) {
            stand.tense = STEMMA_TENSE_PRESENT; /* "based in" */
        }
        return read_oblique(scan, entry, verb, who, &stand);
    case FOR_BODY:
        return read_oblique(scan, entry, verb, who, &stand);
    case BIRTH:
        return passive || stm_ann_is(ann, verb, "born") ? read_birth(scan, verb, who) : STEMMA_OK;
    case AS_OFFICE:
        return passive ? STEMMA_OK : read_office(scan, entry, verb, who, &stand);
    case CALLED:
        if (pos == STM_POS_VBN && verb + 1 < end) {
            uint32_t from = verb + 1;
            if (stm_ann_is(ann, from, "as")) {
                from++;
            } else if (strcmp(entry->lemma, "know") == 0) {
                return STEMMA_OK;
            }
            return from < end ? read_alias(scan, from, verb, who) : STEMMA_OK;
        }
        return STEMMA_OK;
    case BY_AGENT:
        break;
    }
    return STEMMA_OK;
}
