/* SPDX-License-Identifier: MIT */
/* Offices, occupations, nationalities and ages of people, and what bodies and places are part of:
   from the words before their names and from the nouns that describe them. */
#include "pack/extract/fact_role.h"

#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/quantity_number.h"
#include "pack/extract/syntax.h"

enum { LONGEST = STM_ROLE_LONGEST };

int stm_fact_in_title(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    uint32_t name = stm_fact_name_at(ann, token);
    if (word->time != STEMMA_NONE ||
        (word->flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_PUNCTUATION))) {
        return 0;
    }
    if (name != STEMMA_NONE) {
        return ann->mentions[name].type != STM_ENTITY_PERSON;
    }
    switch (word->pos) {
    case STM_POS_NN:
    case STM_POS_NNS:
    case STM_POS_NNP:
    case STM_POS_NNPS:
    case STM_POS_JJ:
    case STM_POS_JJS:
    case STM_POS_AFX:
        return 1;
    case STM_POS_VBN:
    case STM_POS_VBG:
        if (stm_ann_is(ann, token, "acting") || stm_ann_is(ann, token, "outgoing") ||
            stm_ann_is(ann, token, "incoming")) {
            return 1;
        }
        /* "exiled opposition leader": a participle that the parse makes a modifier. */
        return word->relation == STM_RELATION_AMOD || word->relation == STM_RELATION_COMPOUND;
    default:
        return stm_is_role_word(ann, token) ||
               stm_lexicon_has(STM_LEXICON_TITLE_PART, word->lower) ||
               (word->quantity != STEMMA_NONE &&
                memchr(word->lower.data, '-', word->lower.size) != NULL);
    }
}

/** "Adams's Fredonia envoy" is sent to Fredonia by somebody else. */
static int is_owned(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *tokens = ann->tokens;
    uint32_t first = ann->sentences[tokens[token].sentence].first;
    return token > first && ((tokens[token - 1].flags & STM_TOKEN_POSSESSIVE) ||
                             tokens[token - 1].pos == STM_POS_PRPS);
}

/** The relation that a role has with the body or place named beside it. */
static const char *role_relation(const struct stm_annotation *ann, uint32_t head, uint8_t type)
{
    if (type == STM_ENTITY_ORGANIZATION && stm_ann_has_lemma(ann, head, "employee")) {
        return "employer";
    }
    if (type == STM_ENTITY_ORGANIZATION && stm_ann_has_lemma(ann, head, "member")) {
        return "member";
    }
    if (type == STM_ENTITY_ORGANIZATION &&
        (stm_ann_has_lemma(ann, head, "graduate") || stm_ann_has_lemma(ann, head, "alumnus") ||
         stm_ann_has_lemma(ann, head, "student"))) {
        return "education";
    }
    if (type == STM_ENTITY_PLACE && stm_ann_is(ann, head, "native")) {
        return "birthplace";
    }
    if (type == STM_ENTITY_PLACE &&
        (stm_ann_is(ann, head, "resident") || stm_ann_is(ann, head, "inhabitant"))) {
        return "residence";
    }
    return type == STM_ENTITY_PLACE && stm_ann_is(ann, head, "citizen") ? "nationality"
                                                                        : "affiliation";
}

/** Whether a capitalised adjective that no list knows is formed like that of a country. */
static int is_people_adjective(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const endings[] = {"ian", "ese", "ish", "an"};
    static const char *const others[] = {"republican",   "anglican", "christian", "lutheran",
                                         "presbyterian", "european", "african",   "human"};
    const struct stm_token *word = &ann->tokens[token];
    if (word->pos != STM_POS_JJ || !(word->flags & STM_TOKEN_CAPITALISED) ||
        (word->flags & (STM_TOKEN_ALL_CAPS | STM_TOKEN_SENTENCE_START)) || word->lower.size < 5 ||
        memchr(word->lower.data, '-', word->lower.size) != NULL) {
        return 0;
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (stm_ann_is(ann, token, others[i])) {
            return 0;
        }
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t size = strlen(endings[i]);
        if (memcmp(word->lower.data + word->lower.size - size, endings[i], size) == 0) {
            return 1;
        }
    }
    return 0;
}

/** "economist at Novera Bank in Lund": the place is that of the bank. */
static int is_seat(const struct stm_annotation *ann, uint32_t token, uint32_t head)
{
    return token > head + 2 && stm_ann_is(ann, token - 1, "in") &&
           stm_fact_name_at(ann, token - 2) != STEMMA_NONE;
}

/** Nationality, age and affiliation named among the words of a description. */
static stemma_status read_modifiers(const struct stm_fact_scan *scan, uint32_t subject,
                                    uint32_t first, uint32_t end, uint32_t head,
                                    const struct stm_fact_stand *stand)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand now = {STEMMA_TENSE_PRESENT, stand->negated, stand->unreal};
    for (uint32_t i = first; i < end; i++) {
        stemma_status status = STEMMA_OK;
        uint32_t age = stm_fact_hyphenated_age(ann, i);
        uint32_t name = stm_fact_name_at(ann, i);
        const struct stm_demonym_entry *demonym = stm_lexicon_demonym(ann->tokens[i].lower);
        if (age != 0) {
            status = stm_fact_emit_age(scan, subject, i, age, &now);
        } else if (demonym != NULL && demonym->country[0] != '\0' && i < head &&
                   (ann->tokens[i].flags & STM_TOKEN_CAPITALISED)) {
            struct stm_fact fact =
                stm_fact_of(subject, "nationality", stm_object_text(stm_ann_words(ann, i, 1)), i, i,
                            i + 1, 700);
            fact.negated = stand->negated;
            status = stm_emit_fact(scan, &fact);
        } else if (demonym == NULL && i < head && is_people_adjective(ann, i)) {
            struct stm_fact fact =
                stm_fact_of(subject, "nationality", stm_object_text(stm_ann_words(ann, i, 1)), i, i,
                            i + 1, 550);
            fact.negated = stand->negated;
            status = stm_emit_fact(scan, &fact);
        } else if (name != STEMMA_NONE && i == ann->mentions[name].first &&
                   (ann->mentions[name].type == STM_ENTITY_ORGANIZATION ||
                    (ann->mentions[name].type == STM_ENTITY_PLACE && demonym == NULL &&
                     !is_owned(ann, i) && !is_seat(ann, i, head)))) {
            status =
                stm_emit_relation(scan, subject, role_relation(ann, head, ann->mentions[name].type),
                                  name, head, stand, 700);
            if (status == STEMMA_OK && ann->mentions[name].type == STM_ENTITY_ORGANIZATION &&
                (stm_ann_has_lemma(ann, head, "founder") ||
                 stm_ann_has_lemma(ann, head, "co-founder") ||
                 stm_ann_has_lemma(ann, head, "owner"))) {
                /* Seen from the body: who founded or owns it. */
                struct stm_fact fact =
                    stm_fact_of(ann->mentions[name].referent,
                                stm_ann_has_lemma(ann, head, "owner") ? "owner" : "founder",
                                stm_object_referent(subject), head, head, head + 1, 800);
                fact.negated = stand->negated;
                status = ann->mentions[name].referent == STEMMA_NONE ? STEMMA_OK
                                                                     : stm_emit_fact(scan, &fact);
            }
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/** "Tirsk-born", "Lund-based": says where from, and is no part of the role. */
static int is_whence(const struct stm_annotation *ann, uint32_t token)
{
    stemma_text word = ann->tokens[token].lower;
    return (word.size > 7 && memcmp(word.data + word.size - 5, "-born", 5) == 0) ||
           (word.size > 8 && memcmp(word.data + word.size - 6, "-based", 6) == 0);
}

/** Where the role proper begins: behind determiner, nationality, age and names. */
static uint32_t role_start(const struct stm_annotation *ann, uint32_t first, uint32_t head)
{
    for (uint32_t i = head; i > first; i--) {
        uint32_t before = i - 1;
        uint32_t name = stm_fact_name_at(ann, before);
        const struct stm_token *word = &ann->tokens[before];
        const struct stm_demonym_entry *demonym = stm_lexicon_demonym(word->lower);
        int compound = before > 0 && stm_ann_is(ann, before - 1, "-");
        if ((demonym != NULL && (word->flags & STM_TOKEN_CAPITALISED)) || compound ||
            is_people_adjective(ann, before) || stm_fact_hyphenated_age(ann, before) != 0 ||
            (name != STEMMA_NONE && ann->mentions[name].type != STM_ENTITY_THING) ||
            word->pos == STM_POS_DT || word->pos == STM_POS_PRPS ||
            (word->flags & (STM_TOKEN_POSSESSIVE | STM_TOKEN_PUNCTUATION)) ||
            is_whence(ann, before) || stm_ann_is(ann, before, "fellow") ||
            !stm_fact_in_title(ann, before)) {
            return i;
        }
    }
    return first;
}

/** Offices that are over or to come by their first word. */
static uint8_t tense_of_role(const struct stm_annotation *ann, uint32_t first, uint32_t end,
                             uint8_t tense)
{
    static const char *const over[] = {"former",  "ex",       "late",    "ousted",
                                       "deposed", "one-time", "onetime", "erstwhile"};
    static const char *const coming[] = {"incoming",        "designate",   "elect",
                                         "president-elect", "prospective", "future"};
    for (uint32_t i = first; i < end; i++) {
        for (size_t w = 0; w < sizeof over / sizeof over[0]; w++) {
            if (stm_ann_is(ann, i, over[w])) {
                return STEMMA_TENSE_PAST;
            }
        }
        for (size_t w = 0; w < sizeof coming / sizeof coming[0]; w++) {
            if (stm_ann_is(ann, i, coming[w])) {
                return STEMMA_TENSE_FUTURE;
            }
        }
        if (ann->tokens[i].lower.size > 3 && memcmp(ann->tokens[i].lower.data, "ex-", 3) == 0) {
            return STEMMA_TENSE_PAST;
        }
        if (ann->tokens[i].pos == STM_POS_IN) {
            break; /* "leader of the former ..." */
        }
    }
    return tense;
}

static stemma_status emit_role(const struct stm_fact_scan *scan, uint32_t subject, uint32_t first,
                               uint32_t end, const struct stm_fact_stand *stand,
                               uint16_t confidence)
{
    struct stm_annotation *ann = scan->ann;
    for (uint32_t i = first; i < end; i++) {
        if (stand->negated && stm_ann_is(ann, i, "any")) {
            return STEMMA_OK; /* "a member of any party" is no office */
        }
    }
    if (stand->unreal) {
        return STEMMA_OK;
    }
    struct stm_fact fact =
        stm_fact_of(subject, "role", stm_object_text(stm_ann_words(ann, first, end - first)), first,
                    first, end, confidence);
    fact.trigger_end = end;
    fact.tense = tense_of_role(ann, first, end, stand->tense);
    fact.negated = stand->negated;
    return stm_emit_fact(scan, &fact);
}

/** The body or place that a word of possession right before a phrase means: "Estia's", "the union's",
    "its"; a mention or STEMMA_NONE. */
static uint32_t possessor(const struct stm_annotation *ann, uint32_t first)
{
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    uint32_t owner = STEMMA_NONE;
    if (first > start && ann->tokens[first - 1].pos == STM_POS_PRPS) {
        owner = ann->tokens[first - 1].mention;
    } else if (first > start + 1 && (ann->tokens[first - 1].flags & STM_TOKEN_POSSESSIVE)) {
        owner = ann->tokens[first - 2].mention;
    }
    if (owner == STEMMA_NONE || ann->mentions[owner].referent == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    const struct stm_referent *of = &ann->referents[ann->mentions[owner].referent];
    int named = of->name_count != 0 && of->names[0].kind != STEMMA_NAME_NOMINAL;
    return named && (of->entity_type == STM_ENTITY_ORGANIZATION ||
                     of->entity_type == STM_ENTITY_PLACE)
               ? owner
               : STEMMA_NONE;
}

/** "Estia's president": the office is of the country or body that owns the phrase. */
static stemma_status read_owner(const struct stm_fact_scan *scan, uint32_t subject, uint32_t first,
                                uint32_t head, const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t owner = possessor(ann, first);
    return owner == STEMMA_NONE
               ? STEMMA_OK
               : stm_emit_relation(
                     scan, subject,
                     role_relation(
                         ann, head,
                         ann->referents[ann->mentions[owner].referent].entity_type),
                     owner, head, stand, 700);
}

/** "a lawyer with the Nile Justice Centre": the body behind the phrase. */
static stemma_status read_with(const struct stm_fact_scan *scan, uint32_t subject, uint32_t head,
                               uint32_t end, const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t limit = stm_ann_sentence_end(ann, ann->tokens[head].sentence);
    uint32_t at = end + 1 + (stm_ann_is(ann, end + 1, "the") != 0);
    uint32_t body =
        at < limit && stm_ann_is(ann, end, "with") ? stm_fact_name_at(ann, at) : STEMMA_NONE;
    return body != STEMMA_NONE && ann->mentions[body].type == STM_ENTITY_ORGANIZATION &&
                   ann->mentions[body].first == at
               ? stm_emit_relation(scan, subject, "affiliation", body, end, stand, 700)
               : STEMMA_OK;
}

/** "President X and her Latvian counterpart, Y": Y has the office of X. */
static stemma_status read_counterpart(const struct stm_fact_scan *scan, uint32_t subject,
                                      uint32_t first, uint32_t head,
                                      const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t start = ann->sentences[ann->tokens[head].sentence].first;
    uint32_t owner = STEMMA_NONE;
    if (first > start && ann->tokens[first - 1].pos == STM_POS_PRPS) {
        owner = ann->tokens[first - 1].mention;
    } else if (first > start + 1 && (ann->tokens[first - 1].flags & STM_TOKEN_POSSESSIVE)) {
        owner = ann->tokens[first - 2].mention;
    }
    if (owner == STEMMA_NONE || ann->mentions[owner].referent == STEMMA_NONE || stand->unreal) {
        return STEMMA_OK;
    }
    for (uint32_t a = scan->since; a < ann->assertion_count; a++) {
        const stemma_assertion *it = &ann->assertions[a].value;
        if (it->subject == ann->mentions[owner].referent && it->tense == STEMMA_TENSE_PRESENT &&
            it->object.kind == STEMMA_OBJECT_TEXT &&
            stemma_text_equal(it->predicate, stemma_text_of("role"))) {
            struct stm_fact fact =
                stm_fact_of(subject, "role", it->object, head, head, head + 1, 600);
            return stm_emit_fact(scan, &fact);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_fact_office(const struct stm_fact_scan *scan, uint32_t subject, uint32_t first,
                              uint32_t head, uint32_t end, const struct stm_fact_stand *stand,
                              uint16_t confidence)
{
    const struct stm_annotation *ann = scan->ann;
    stemma_status status = read_modifiers(scan, subject, first, end, head, stand);
    if (status == STEMMA_OK) {
        status = read_owner(scan, subject, first, head, stand);
    }
    if (status == STEMMA_OK) {
        status = read_with(scan, subject, head, end, stand);
    }
    if (status == STEMMA_OK && stm_ann_is(ann, head, "counterpart")) {
        status = read_counterpart(scan, subject, first, head, stand);
    }
    return status == STEMMA_OK && !stm_fact_only_ties(ann, head, end)
               ? emit_role(scan, subject, role_start(ann, first, head), end, stand, confidence)
               : status;
}

uint32_t stm_fact_title_start(const struct stm_annotation *ann, uint32_t noun)
{
    uint32_t start = ann->sentences[ann->tokens[noun].sentence].first;
    uint32_t first = noun;
    while (first > start && noun - first < LONGEST && stm_fact_in_title(ann, first - 1)) {
        first--;
    }
    return first;
}

uint32_t stm_fact_role_end(const struct stm_annotation *ann, uint32_t head)
{
    static const char *const words[] = {"of", "for", "at", "to", "in"};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[head].sentence);
    uint32_t stop = head + 1;
    while (stop + 1 < end && stop - head < LONGEST && ann->tokens[stop + 1].time == STEMMA_NONE) {
        int joins = 0;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            joins |= stm_ann_is(ann, stop, words[i]);
        }
        uint32_t inside = stop + 1;
        if (!joins) {
            break;
        }
        if (stm_ann_is(ann, stop, "to") && ann->tokens[inside].pos == STM_POS_VB) {
            break;
        }
        if (ann->tokens[inside].pos == STM_POS_DT || ann->tokens[inside].pos == STM_POS_PRPS) {
            inside++;
        }
        uint32_t start = inside;
        while (inside < end && inside - start < LONGEST &&
               (stm_fact_in_title(ann, inside) || stm_fact_name_at(ann, inside) != STEMMA_NONE ||
                ((ann->tokens[inside].flags & STM_TOKEN_POSSESSIVE) && inside > start) ||
                (stm_ann_is(ann, inside, "and") && inside > start && inside + 1 < end &&
                 ann->tokens[inside + 1].pos == STM_POS_NN))) {
            inside++;
        }
        if (inside == start) {
            break;
        }
        stop = inside;
    }
    return stop;
}

stemma_status stm_fact_description(const struct stm_fact_scan *scan, uint32_t subject,
                                   uint32_t noun, const struct stm_fact_stand *stand,
                                   uint16_t confidence)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_token *word = &ann->tokens[noun];
    uint8_t type = ann->referents[subject].entity_type;
    uint32_t age = 0;
    if (stand->unreal) {
        return STEMMA_OK;
    }
    if (type != STM_ENTITY_PERSON) {
        return stm_fact_whole(scan, subject, noun, stand);
    }
    if (stm_is_partisan(ann, noun)) {
        return stm_fact_partisan(scan, subject, noun, stand);
    }
    if (stm_is_faith(ann, noun)) {
        struct stm_fact fact =
            stm_fact_of(subject, "religion", stm_object_text(stm_ann_words(ann, noun, 1)), noun,
                        noun, noun + 1, 700);
        fact.negated = stand->negated;
        return stm_emit_fact(scan, &fact);
    }
    if (word->pos == STM_POS_CD && stm_number_of_word(word->lower, &age) && age >= 5) {
        return stm_fact_emit_age(scan, subject, noun, age, stand);
    }
    if (stm_ann_is(ann, noun, "old") && noun >= 2 &&
        (stm_ann_is(ann, noun - 1, "years") || stm_ann_is(ann, noun - 1, "year")) &&
        stm_number_of_word(ann->tokens[noun - 2].lower, &age)) {
        return stm_fact_emit_age(scan, subject, noun - 2, age, stand);
    }
    const struct stm_demonym_entry *demonym = stm_lexicon_demonym(word->lower);
    if (demonym != NULL && demonym->country[0] != '\0' && (word->flags & STM_TOKEN_CAPITALISED) &&
        stm_fact_name_at(ann, noun) == STEMMA_NONE) {
        struct stm_fact fact =
            stm_fact_of(subject, "nationality", stm_object_text(stm_ann_words(ann, noun, 1)), noun,
                        noun, noun + 1, 750);
        fact.negated = stand->negated;
        return stm_emit_fact(scan, &fact);
    }
    if (!stm_fact_is_occupation(ann, noun) || word->pos == STM_POS_NNS ||
        stm_fact_name_at(ann, noun) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t first = stm_fact_title_start(ann, noun);
    uint32_t end = stm_fact_role_end(ann, noun);
    /* "the party's leader": whose it is, too. */
    uint32_t owner = stm_syntax_child(ann, noun, STM_RELATION_NMOD_POSS);
    stemma_status status = STEMMA_OK;
    if (owner != STEMMA_NONE && owner < noun) {
        uint32_t body =
            stm_fact_entity(ann, owner, STM_ENTITY_ORGANIZATION, STM_ENTITY_ORGANIZATION);
        status = stm_emit_relation(scan, subject, role_relation(ann, noun, STM_ENTITY_ORGANIZATION),
                                   body, noun, stand, 700);
    }
    return status == STEMMA_OK
               ? stm_fact_office(scan, subject, first, noun, end, stand, confidence)
               : status;
}
