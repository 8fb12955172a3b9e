/* SPDX-License-Identifier: MIT */
/* What stands beside the name of a body: its country or town before it, "the German group Novera",
   "Lund start-up Novera", and its town behind it, "teaches at Kolm College in Lund". */
#include "pack/extract/fact_role.h"

#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"

/** Whether a noun right before the name of a body says what kind of body it is. */
static int is_kind_of_body(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const kinds[] = {"airline",  "arm",     "brand",  "chain",    "charity",
                                        "daily",    "giant",   "label",  "magazine", "monthly",
                                        "newspaper", "outlet", "paper",  "site",     "start-up",
                                        "startup",  "station", "studio", "website",  "weekly",
                                        "yard"};
    static const char *const makers[] = {"maker", "builder", "owner", "dealer"};
    stemma_text word = ann->tokens[token].lower;
    if ((ann->tokens[token].pos != STM_POS_NN && ann->tokens[token].pos != STM_POS_JJ) ||
        stm_fact_name_at(ann, token) != STEMMA_NONE) {
        return 0;
    }
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        size_t size = strlen(makers[i]);
        if (word.size > size && memcmp(word.data + word.size - size, makers[i], size) == 0) {
            return 1; /* "carmaker", "shipbuilder" */
        }
    }
    return STM_TOKEN_IS_ANY(ann, token, kinds) || stm_lexicon_has(STM_LEXICON_ORG_NOUN, word);
}

/** The country by its adjective or the place right before the nouns that end at `end`. */
static stemma_status read_whence(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t start = ann->sentences[ann->tokens[name->first].sentence].first;
    uint32_t at = name->first;
    while (at > start && name->first - at < 3 &&
           (is_kind_of_body(ann, at - 1) ||
            (at < name->first && ann->tokens[at - 1].pos == STM_POS_NN &&
             stm_fact_name_at(ann, at - 1) == STEMMA_NONE))) {
        at--;
    }
    if (at == name->first || at == start || !is_kind_of_body(ann, name->first - 1)) {
        return STEMMA_OK;
    }
    uint32_t before = at - 1;
    uint32_t place = stm_fact_name_at(ann, before);
    const struct stm_demonym_entry *demonym = stm_lexicon_demonym(ann->tokens[before].lower);
    if (demonym != NULL && demonym->country[0] != '\0' &&
        (ann->tokens[before].flags & STM_TOKEN_CAPITALISED)) {
        struct stm_fact fact =
            stm_fact_of(name->referent, "nationality",
                        stm_object_text(stm_ann_words(ann, before, 1)), before, before, at, 700);
        return stm_emit_fact(scan, &fact);
    }
    return place != STEMMA_NONE && ann->mentions[place].type == STM_ENTITY_PLACE
               ? stm_emit_relation(scan, name->referent, "located", place, before, &stand, 650)
               : STEMMA_OK;
}

/** "a chemist at the Limnological Institute in Irkutsk", "teaches at Kolm College in Lund": where
    somebody is of a body, the place behind is the seat of the body. */
static stemma_status read_seat(const struct stm_fact_scan *scan, uint32_t mention)
{
    static const char *const prepositions[] = {"at", "of", "with", "from", "for"};
    static const char *const verbs[] = {"teach", "study", "work", "train", "lecture", "graduate"};
    const struct stm_annotation *ann = scan->ann;
    const struct stm_mention *name = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t start = ann->sentences[ann->tokens[name->first].sentence].first;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[name->first].sentence);
    uint32_t behind = name->first + name->count;
    uint32_t at = name->first;
    if (behind + 1 >= end || !stm_ann_is(ann, behind, "in")) {
        return STEMMA_OK;
    }
    at -= at > start && ann->tokens[at - 1].pos == STM_POS_DT;
    if (at < start + 2 || !STM_TOKEN_IS_ANY(ann, at - 1, prepositions)) {
        return STEMMA_OK;
    }
    uint32_t place = stm_fact_name_at(ann, behind + 1);
    int tied = STM_LEMMA_IS_ANY(ann, at - 2, verbs) ||
               (ann->tokens[at - 2].pos != STM_POS_NNS && stm_fact_is_occupation(ann, at - 2));
    return tied && place != STEMMA_NONE && ann->mentions[place].type == STM_ENTITY_PLACE &&
                   ann->mentions[place].first == behind + 1
               ? stm_emit_relation(scan, name->referent, "located", place, behind, &stand, 650)
               : STEMMA_OK;
}

stemma_status stm_fact_body(const struct stm_fact_scan *scan, uint32_t mention)
{
    stemma_status status = read_whence(scan, mention);
    return status == STEMMA_OK ? read_seat(scan, mention) : status;
}
