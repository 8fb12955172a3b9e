/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_participant.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/event_pronoun.h"
#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum {
    MEMBERS = 40,   /**< Of one coordination; a longer list is cut, never mis-read. */
    CHILDREN = 300, /**< Dependents looked at: bounds the work on what is no sentence. */
    WORDS = 40
};

/** Nouns that name nobody. */
#define STM_LIFELESS                                                                               \
    (STM_NOUN_WEAPON | STM_NOUN_DISASTER | STM_NOUN_DISEASE | STM_NOUN_VEHICLE | STM_NOUN_DEAL |   \
     STM_NOUN_LAW | STM_NOUN_PROTEST | STM_NOUN_CLAIM | STM_NOUN_BUILDING | STM_NOUN_AID |         \
     STM_NOUN_WORK | STM_NOUN_PRODUCT | STM_NOUN_GOODS | STM_NOUN_SPACE | STM_NOUN_MARVEL |       \
     STM_NOUN_CONDUCT)

/** Nouns of bodies that meet and agree. */
#define STM_BODIES                                                                                 \
    (STM_NOUN_AUTHORITY | STM_NOUN_COMPANY | STM_NOUN_OFFICIAL | STM_NOUN_PARTY | STM_NOUN_ENVOY | \
     STM_NOUN_TROOPS | STM_NOUN_MISSION | STM_NOUN_GUARD | STM_NOUN_WORKER)

#define PLACE_BIT STM_TYPE_BIT(STM_ENTITY_PLACE)

static int is_name(const struct stm_annotation *ann, uint32_t mention)
{
    return mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME;
}

/** "an envoy of the president, Karl Voss": whether the name stands beside another noun for a person
    than the one it hangs on. */
static int is_beside_other(const struct stm_annotation *ann, uint32_t head, uint32_t name)
{
    uint32_t first = ann->mentions[name].first;
    uint32_t beside =
        first > head + 2 && stm_ann_is(ann, first - 1, ",") ? ann->tokens[first - 2].mention
                                                            : STEMMA_NONE;
    return beside != STEMMA_NONE && beside != ann->tokens[head].mention &&
           ann->mentions[beside].kind == STEMMA_MENTION_NOMINAL &&
           ann->mentions[beside].type == STM_ENTITY_PERSON && !ann->mentions[beside].plural;
}

/** "Voss special envoy Anna Bell": the person whose office is told by another's name before it; or
    STEMMA_NONE. */
static uint32_t officer_behind(const struct stm_annotation *ann, uint32_t name)
{
    uint32_t end = ann->mentions[name].first + ann->mentions[name].count;
    int office = 0;
    for (uint32_t i = end; i < ann->token_count && i < end + 4; i++) {
        uint32_t its = ann->tokens[i].mention;
        uint8_t pos = ann->tokens[i].pos;
        if (ann->tokens[i].sentence != ann->tokens[end - 1].sentence) {
            break;
        }
        if (is_name(ann, its)) {
            return office && ann->mentions[its].type == STM_ENTITY_PERSON ? its : STEMMA_NONE;
        }
        if (pos != STM_POS_JJ && pos != STM_POS_NN) {
            break;
        }
        office = pos == STM_POS_NN && stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[i].lemma);
    }
    return STEMMA_NONE;
}

/** What a node names: the mention over it; of "President Karl Voss" and "the envoy, Anna Bell" the
    name, wherever the tree has its head. */
static uint32_t mention_at(const struct stm_annotation *ann, uint32_t head)
{
    uint32_t mention = ann->tokens[head].mention;
    if (is_name(ann, mention)) {
        uint32_t officer = ann->mentions[mention].type == STM_ENTITY_PERSON
                               ? officer_behind(ann, mention)
                               : STEMMA_NONE;
        return officer != STEMMA_NONE ? officer : mention;
    }
    uint32_t looked = 0;
    for (uint32_t i = ann->tokens[head].child; i != STEMMA_NONE && looked < CHILDREN;
         i = ann->tokens[i].sibling, looked++) {
        uint8_t relation = ann->tokens[i].relation;
        uint32_t its = ann->tokens[i].mention;
        if (i > head && is_name(ann, its) && ann->mentions[its].type == STM_ENTITY_PERSON &&
            (relation == STM_RELATION_FLAT ||
             (relation == STM_RELATION_APPOS &&
              (mention == STEMMA_NONE || !ann->mentions[mention].plural) &&
              !is_beside_other(ann, head, its)))) {
            return its;
        }
    }
    return mention;
}

static uint32_t quantity_at(const struct stm_annotation *ann, uint32_t head)
{
    uint32_t first;
    uint32_t end;
    if (ann->tokens[head].quantity != STEMMA_NONE) {
        return ann->tokens[head].quantity;
    }
    stm_syntax_range(ann, head, &first, &end);
    if (head - first > 10) {
        first = head - 10;
    }
    for (uint32_t i = head; i-- > first;) {
        uint32_t quantity = ann->tokens[i].quantity;
        if (quantity != STEMMA_NONE) {
            uint32_t counted = ann->quantities[quantity].head;
            int own = counted == head || (counted == STEMMA_NONE && ann->tokens[i].head == head &&
                                          ann->tokens[i].relation == STM_RELATION_NUMMOD);
            return own ? quantity : STEMMA_NONE;
        }
    }
    return STEMMA_NONE;
}

/** "number", "group", "some": what is meant stands behind "of". */
static int is_quantifier(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const words[] = {"number", "handful", "majority", "couple",   "some",
                                        "many",   "most",    "all",      "several",  "scores",
                                        "dozens", "series",  "few",      "hundreds", "thousands",
                                        "tens",   "half",    "total",    "score",    "dozen"};
    return STM_TOKEN_IS_ANY(ann, token, words) || ann->tokens[token].pos == STM_POS_CD;
}

/** Whether what a quantity counts can fill a role that takes `types`. */
static int counts_fit(const struct stm_annotation *ann, uint32_t quantity, uint32_t head,
                      uint32_t types, int befalls_people)
{
    const struct stm_quantity_mention *count = &ann->quantities[quantity];
    if (count->value.unit.size != 0) {
        return 0;
    }
    uint32_t noun = count->head == STEMMA_NONE ? head : count->head;
    uint8_t pos = ann->tokens[noun].pos;
    if (pos == STM_POS_JJ || pos == STM_POS_VBN || stm_ann_is(ann, noun, "hurt") ||
        (count->head == STEMMA_NONE && pos == STM_POS_CD)) {
        return (types & STM_TYPES_PEOPLE) != 0; /* "the 30", "killed 12", "left five dead", "Six hurt" */
    }
    if (stm_ann_is(ann, noun, "others") || stm_ann_is(ann, noun, "people") ||
        stm_ann_is(ann, noun, "persons") || is_quantifier(ann, noun)) {
        return (types & STM_TYPES_PEOPLE) != 0;
    }
    uint32_t mention = ann->tokens[noun].mention;
    if (is_name(ann, mention) && ann->mentions[mention].type == STM_ENTITY_GROUP) {
        return (types & STM_TYPE_BIT(STM_ENTITY_GROUP)) != 0; /* "168 Poles" */
    }
    if (mention == STEMMA_NONE || is_name(ann, mention)) {
        return (types & STM_TYPES_PEOPLE) != 0 &&
               (stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[noun].lemma) ||
                stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[noun].lower) ||
                (mention == STEMMA_NONE && pos == STM_POS_NNS && befalls_people &&
                 (stm_noun_classes_at(ann, noun) & STM_LIFELESS) == 0));
    }
    return ann->mentions[mention].type != STM_ENTITY_NONE &&
           (types & STM_TYPE_BIT(ann->mentions[mention].type)) != 0;
}

/** Whether a token is no participant whatever it looks like: a time, a relative word. */
static int is_void(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return ann->tokens[token].time != STEMMA_NONE || pos == STM_POS_WDT || pos == STM_POS_WP;
}

uint32_t stm_types_at(const struct stm_annotation *ann, uint32_t head)
{
    if (head == STEMMA_NONE || is_void(ann, head)) {
        return 0;
    }
    uint32_t mention = mention_at(ann, head);
    if (mention == STEMMA_NONE) {
        return 0;
    }
    if (ann->mentions[mention].kind == STEMMA_MENTION_PRONOUN) {
        uint32_t referent = ann->mentions[mention].referent;
        if (referent == STEMMA_NONE) {
            return 0;
        }
        uint8_t type = ann->referents[referent].entity_type;
        return type == STM_ENTITY_NONE ? 0 : STM_TYPE_BIT(type);
    }
    uint8_t type = ann->mentions[mention].type;
    return type == STM_ENTITY_NONE ? 0 : STM_TYPE_BIT(type);
}

/** "the government of X", "the rebels of X": X acts, too. */
static stemma_status add_whose(struct stm_events *events, struct stm_candidate *candidate,
                               const char *role, uint32_t head, uint32_t types, uint8_t part)
{
    static const char *const acting[] = {
        "government", "rebel",      "army",     "force",      "authority", "police",
        "troop",      "military",   "regime",   "member",     "leader",    "official",
        "activist",   "parliament", "ministry", "delegation", "soldier",   "fighter"};
    const struct stm_annotation *ann = events->ann;
    if (!STM_LEMMA_IS_ANY(ann, head, acting)) {
        return STEMMA_OK;
    }
    uint32_t of = stm_syntax_oblique(ann, head, "of");
    if (of == STEMMA_NONE) {
        of = stm_syntax_oblique(ann, head, "from"); /* "activists from X" */
        types &= STM_TYPE_BIT(STM_ENTITY_ORGANIZATION);
    }
    uint32_t mention = of == STEMMA_NONE ? STEMMA_NONE : mention_at(ann, of);
    if (!is_name(ann, mention) || (types & STM_TYPE_BIT(ann->mentions[mention].type)) == 0) {
        return STEMMA_OK;
    }
    struct stm_filler filler = {role,
                                ann->mentions[mention].first,
                                ann->mentions[mention].count,
                                mention,
                                STEMMA_NONE,
                                STEMMA_NONE,
                                0,
                                part};
    stemma_status status = stm_add_filler(events, candidate, &filler);
    /* "the government of X and the rebels": the rebels may hang on X */
    uint32_t other = stm_syntax_child(ann, of, STM_RELATION_CONJ);
    uint32_t second = other == STEMMA_NONE ? STEMMA_NONE : ann->tokens[other].mention;
    if (status == STEMMA_OK && second != STEMMA_NONE &&
        ann->mentions[second].kind == STEMMA_MENTION_NOMINAL &&
        ann->mentions[second].type != STM_ENTITY_NONE &&
        (types & STM_TYPE_BIT(ann->mentions[second].type)) != 0) {
        struct stm_filler rest = {role,
                                  ann->mentions[second].first,
                                  ann->mentions[second].count,
                                  second,
                                  STEMMA_NONE,
                                  STEMMA_NONE,
                                  0,
                                  part};
        status = stm_add_filler(events, candidate, &rest);
        uint32_t whose = stm_syntax_oblique(ann, other, "of");
        uint32_t name = whose == STEMMA_NONE ? STEMMA_NONE : mention_at(ann, whose);
        if (status == STEMMA_OK && is_name(ann, name) && STM_LEMMA_IS_ANY(ann, other, acting) &&
            (types & STM_TYPE_BIT(ann->mentions[name].type)) != 0) {
            struct stm_filler theirs = {role,
                                        ann->mentions[name].first,
                                        ann->mentions[name].count,
                                        name,
                                        STEMMA_NONE,
                                        STEMMA_NONE,
                                        0,
                                        part};
            status = stm_add_filler(events, candidate, &theirs);
        }
    }
    return status;
}

/** "the Green Dawn party": the name, when what it names stands behind it; or STEMMA_NONE. */
static uint32_t named_group(const struct stm_annotation *ann, uint32_t head)
{
    static const char *const groups[] = {
        "group",   "party",   "coalition", "forum",     "movement",     "union",
        "militia", "faction", "bloc",      "alliance",  "company",      "firm",
        "agency",  "team",    "club",      "newspaper", "organisation", "organization"};
    if (head == 0 || !STM_LEMMA_IS_ANY(ann, head, groups) || ann->tokens[head].pos != STM_POS_NN) {
        return STEMMA_NONE;
    }
    uint32_t mention = ann->tokens[head - 1].mention;
    return is_name(ann, mention) && ann->mentions[mention].type == STM_ENTITY_ORGANIZATION &&
                   ann->tokens[ann->mentions[mention].head].head == head
               ? mention
               : STEMMA_NONE;
}

/** One member of a coordination. */
static stemma_status add_member(struct stm_events *events, struct stm_candidate *candidate,
                                const char *role, uint32_t head, uint32_t types, uint8_t part)
{
    const struct stm_annotation *ann = events->ann;
    if (is_void(ann, head)) {
        return STEMMA_OK;
    }
    struct stm_filler filler = {role, head, 1, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 0, part};
    uint32_t mention = mention_at(ann, head);
    uint32_t pair[2];
    if ((types & STM_TYPE_BIT(STM_ENTITY_PERSON)) != 0 && stm_both_of(ann, head, pair)) {
        filler.mention = pair[0];
        stemma_status one = stm_add_filler(events, candidate, &filler);
        filler.mention = pair[1];
        return one == STEMMA_OK ? stm_add_filler(events, candidate, &filler) : one;
    }
    if (named_group(ann, head) != STEMMA_NONE &&
        (types & STM_TYPE_BIT(STM_ENTITY_ORGANIZATION)) != 0) {
        filler.mention = named_group(ann, head);
        filler.first = ann->mentions[filler.mention].first;
        filler.count = ann->mentions[filler.mention].count;
        return stm_add_filler(events, candidate, &filler);
    }
    int named = is_name(ann, mention) && ann->mentions[mention].type != STM_ENTITY_GROUP;
    uint32_t quantity = named ? STEMMA_NONE : quantity_at(ann, head);
    if (quantity != STEMMA_NONE && ann->quantities[quantity].value.unit.size == 0) {
        if (!counts_fit(ann, quantity, head, types,
                        stm_event_frame_of(candidate->kind)->family == STM_FAMILY_PATIENT)) {
            return STEMMA_OK;
        }
        filler.quantity = quantity;
        filler.first = ann->quantities[quantity].first;
        filler.count = ann->quantities[quantity].count;
        stemma_status counted = stm_add_filler(events, candidate, &filler);
        return counted == STEMMA_OK ? add_whose(events, candidate, role, head, types, part)
                                    : counted;
    }
    if (mention == STEMMA_NONE || is_quantifier(ann, head)) {
        uint32_t of = is_quantifier(ann, head) ? stm_syntax_oblique(ann, head, "of") : STEMMA_NONE;
        if (of == STEMMA_NONE && mention == STEMMA_NONE && ann->tokens[head].pos == STM_POS_NNP &&
            (types & STM_TYPE_BIT(STM_ENTITY_PERSON)) != 0) {
            /* a name that nothing took for one: its words */
            uint32_t first = head;
            uint32_t start = ann->sentences[ann->tokens[head].sentence].first;
            while (first > start && ann->tokens[first - 1].pos == STM_POS_NNP &&
                   ann->tokens[first - 1].mention == STEMMA_NONE) {
                first--;
            }
            filler.first = first;
            filler.count = head + 1 - first;
            filler.text = 1;
            return stm_add_filler(events, candidate, &filler);
        }
        if (of == STEMMA_NONE || of == head) {
            return STEMMA_OK;
        }
        return add_member(events, candidate, role, of, types, part);
    }
    uint32_t type = stm_types_at(ann, head);
    if ((type & types) == 0 &&
        !(type == 0 && ann->mentions[mention].kind == STEMMA_MENTION_PRONOUN &&
          ann->mentions[mention].referent != STEMMA_NONE)) {
        return STEMMA_OK;
    }
    if (ann->mentions[mention].kind == STEMMA_MENTION_PRONOUN &&
        stm_pronoun_is_other(ann, head, role)) {
        return STEMMA_OK;
    }
    if (ann->mentions[mention].kind == STEMMA_MENTION_NOMINAL && type == PLACE_BIT &&
        !stm_ann_has_lemma(ann, head, "capital")) {
        /* "the port of Kresh" is Kresh */
        uint32_t of = stm_syntax_oblique(ann, head, "of");
        if (of != STEMMA_NONE && is_name(ann, ann->tokens[of].mention) &&
            ann->mentions[ann->tokens[of].mention].type == STM_ENTITY_PLACE) {
            mention = ann->tokens[of].mention;
        }
    }
    size_t senses = 0;
    if (ann->mentions[mention].kind == STEMMA_MENTION_NOMINAL) {
        (void)stm_noun_senses(ann->tokens[head].lemma, &senses);
    }
    if (senses != 0) {
        return STEMMA_OK; /* "the prisoner release" is a happening, not somebody */
    }
    filler.mention = mention;
    filler.first = ann->mentions[mention].first;
    filler.count = ann->mentions[mention].count;
    stemma_status status = stm_add_filler(events, candidate, &filler);
    return status == STEMMA_OK ? add_whose(events, candidate, role, head, types, part) : status;
}

stemma_status stm_add_members(struct stm_events *events, struct stm_candidate *candidate,
                              const char *role, uint32_t head, uint32_t types, uint8_t part)
{
    uint32_t members[MEMBERS];
    uint32_t count = stm_syntax_conjuncts(events->ann, head, members, MEMBERS);
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = add_member(events, candidate, role, members[i], types, part);
    }
    /* "Anna Bell and Peter Lund": Peter may hang on "Bell", inside the first name. */
    uint32_t mention = events->ann->tokens[head].mention;
    if (status == STEMMA_OK && is_name(events->ann, mention)) {
        uint32_t first = events->ann->mentions[mention].first;
        uint32_t end = first + events->ann->mentions[mention].count;
        for (uint32_t i = first; i < end && status == STEMMA_OK; i++) {
            uint32_t other =
                i == head ? STEMMA_NONE : stm_syntax_child(events->ann, i, STM_RELATION_CONJ);
            count = other == STEMMA_NONE
                        ? 0
                        : stm_syntax_conjuncts(events->ann, other, members, MEMBERS);
            for (uint32_t k = 0; k < count && status == STEMMA_OK; k++) {
                status = add_member(events, candidate, role, members[k], types, part);
            }
        }
    }
    return status;
}

/** Whether something named stands before a noun: "the Tarvish forces", "Harrow Bank staff". */
static int has_named_modifier(const struct stm_annotation *ann, uint32_t first, uint32_t head)
{
    for (uint32_t i = first; i < head; i++) {
        uint8_t pos = ann->tokens[i].pos;
        if (is_name(ann, ann->tokens[i].mention) || pos == STM_POS_NNP || pos == STM_POS_NNPS ||
            (pos == STM_POS_JJ && (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) != 0 &&
             (ann->tokens[i].flags & STM_TOKEN_SENTENCE_START) == 0)) {
            return 1;
        }
    }
    return 0;
}

/** "beauty", "darkness", "rain": nouns that name what nobody is. */
static int is_abstract(const struct stm_annotation *ann, uint32_t token)
{
    static const char *const nature[] = {"rain", "snow", "wind", "sun",  "fog",   "heat",  "cold", "sea",
                                         "wave", "tide", "hail", "frost", "weather", "time", "word", "death",
                                         "second", "minute", "hour", "day", "week", "month", "year", "decade",
                                         "morning", "night", "evening", "weekend", "moment", "sir", "madam"};
    static const char *const bodies[] = {"city",      "party",   "university", "community", "authority",
                                         "society",   "charity", "minority",   "majority",  "municipality",
                                         "faculty",   "deputy",  "security",   "county",    "royalty",
                                         "committee", "entity",  "fraternity", "sorority",  "constituency"};
    stemma_text lemma = ann->tokens[token].lemma;
    if (STM_LEMMA_IS_ANY(ann, token, nature)) {
        return 1;
    }
    if (lemma.size < 5 || STM_LEMMA_IS_ANY(ann, token, bodies)) {
        return 0;
    }
    const char *end = lemma.data + lemma.size;
    return memcmp(end - 4, "ness", 4) == 0 || memcmp(end - 2, "ty", 2) == 0 ||
           memcmp(end - 3, "ism", 3) == 0;
}

stemma_status stm_add_doers(struct stm_events *events, struct stm_candidate *candidate,
                            const char *role, uint32_t head)
{
    struct stm_annotation *ann = events->ann;
    uint32_t first;
    uint32_t end;
    uint32_t mention;
    if (head == STEMMA_NONE || ann->tokens[head].mention != STEMMA_NONE ||
        ann->tokens[head].time != STEMMA_NONE || ann->tokens[head].quantity != STEMMA_NONE ||
        (ann->tokens[head].pos != STM_POS_NN && ann->tokens[head].pos != STM_POS_NNS &&
         ann->tokens[head].pos != STM_POS_NNP) ||
        (stm_noun_classes_at(ann, head) & STM_LIFELESS) != 0 || is_abstract(ann, head)) {
        return STEMMA_OK;
    }
    int plural = ann->tokens[head].pos == STM_POS_NNS;
    stm_syntax_range(ann, head, &first, &end);
    while (first < head && (ann->tokens[first].relation == STM_RELATION_CASE ||
                            ann->tokens[first].relation == STM_RELATION_MARK ||
                            (ann->tokens[first].flags & STM_TOKEN_PUNCTUATION) != 0)) {
        first++; /* "by residents" */
    }
    if (head - first > 8 || ann->tokens[first].time != STEMMA_NONE) {
        return STEMMA_OK;
    }
    int unnamed =
        ann->tokens[head].pos == STM_POS_NNP || (!has_named_modifier(ann, first, head) && !plural);
    for (uint32_t i = first; i < head; i++) {
        uint32_t its = ann->tokens[i].mention;
        if ((ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) != 0 ||
            (its != STEMMA_NONE && !is_name(ann, its))) {
            return STEMMA_OK; /* no plain noun phrase */
        }
    }
    if (unnamed && stm_event_frame_of(candidate->kind)->family == STM_FAMILY_MUTUAL &&
        !stm_lexicon_has(STM_LEXICON_ROLE, ann->tokens[head].lemma) &&
        (stm_noun_classes_at(ann, head) & STM_BODIES) == 0) {
        return STEMMA_OK; /* "an approach met with doubt": nobody */
    }
    if (unnamed) {
        /* "a tribunal", "the airline": no more than the words is known of it */
        struct stm_filler words = {
            role, first, head + 1 - first, STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 1, 0};
        return stm_add_filler(events, candidate, &words);
    }
    enum stm_entity_type type = plural ? STM_ENTITY_GROUP : STM_ENTITY_ORGANIZATION;
    stemma_status status = stm_ann_add_mention(ann, STEMMA_MENTION_NOMINAL, type, first,
                                               head + 1 - first, head, STEMMA_NONE, &mention);
    if (status != STEMMA_OK) {
        return status;
    }
    ann->mentions[mention].plural = (uint8_t)plural;
    struct stm_filler filler = {role, first, head + 1 - first, mention, STEMMA_NONE, STEMMA_NONE,
                                0,    0};
    return stm_add_filler(events, candidate, &filler);
}

int stm_is_several(const struct stm_annotation *ann, uint32_t head)
{
    uint32_t members[2];
    if (head == STEMMA_NONE) {
        return 0;
    }
    if (stm_syntax_conjuncts(ann, head, members, 2) > 1 || quantity_at(ann, head) != STEMMA_NONE) {
        return 1;
    }
    uint32_t mention = ann->tokens[head].mention;
    if (mention == STEMMA_NONE) {
        return ann->tokens[head].pos == STM_POS_NNS;
    }
    return ann->mentions[mention].plural != 0;
}
