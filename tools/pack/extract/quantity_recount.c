/* SPDX-License-Identifier: MIT */
#include "pack/extract/quantity_recount.h"

#include "pack/extract/attribution_range.h"
#include "pack/extract/event_emit.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum {
    CLIMB = 5,      /**< Governors looked at for the verb that counts. */
    QUANTITIES = 8, /**< Counts looked back at. */
    SENTENCES = 4   /**< Sentences looked back. */
};

/* Verbs that give a number for something. */
static const char *const counting[] = {
    "put",   "estimate", "place",  "count",    "speak", "talk",    "number",      "claim",
    "cite",  "report",   "give",   "say",      "admit", "confirm", "acknowledge", "tell",
    "list",  "announce", "record", "register", "tally", "reckon",  "calculate",   "rise",
    "climb", "reach",    "stand",  "grow",     "fall"};

/* Of these, the ones whose subject is the number itself: "the toll rose to 21". */
static const char *const moving[] = {"rise", "climb", "reach", "stand", "grow", "fall"};

/* What those do who were set free or sent: "only 98 men had arrived" counts them again. */
static const char *const arriving[] = {"arrive", "come", "cross", "reach", "return", "disembark"};

/* Nouns by which people are counted, whatever they are called elsewhere. */
static const char *const persons[] = {"person",   "man",      "woman",    "body",    "victim",
                                      "dead",     "name",     "other",    "people",  "death",
                                      "fatality", "freed",    "killed",   "injured", "wounded",
                                      "arrested", "detained", "released", "jailed"};

static int is_one_of(const struct stm_annotation *ann, uint32_t token, const char *const *lemmas,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stm_ann_has_lemma(ann, token, lemmas[i])) {
            return 1;
        }
    }
    return 0;
}

#define IS_ONE_OF(ann, token, table)                                                               \
    is_one_of((ann), (token), (table), sizeof(table) / sizeof((table)[0]))

/** A participle without auxiliary under another verb. */
static int is_bare_participle(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t relation = ann->tokens[token].relation;
    return ann->tokens[token].pos == STM_POS_VBN &&
           (relation == STM_RELATION_CCOMP || relation == STM_RELATION_XCOMP) &&
           stm_syntax_child(ann, token, STM_RELATION_AUX) == STEMMA_NONE &&
           stm_syntax_child(ann, token, STM_RELATION_AUX_PASS) == STEMMA_NONE;
}

/** "98 men had arrived", "Eighty-five people got off": the verb of those who came; or STEMMA_NONE.
 */
static uint32_t arriving_verb(const struct stm_annotation *ann,
                              const struct stm_quantity_mention *quantity)
{
    uint32_t at =
        quantity->head != STEMMA_NONE ? quantity->head : quantity->first + quantity->count - 1;
    uint32_t verb = ann->tokens[at].head;
    if (verb == STEMMA_NONE || (ann->tokens[at].relation != STM_RELATION_NSUBJ &&
                                ann->tokens[at].relation != STM_RELATION_NSUBJ_PASS)) {
        return STEMMA_NONE;
    }
    int off = stm_ann_has_lemma(ann, verb, "get") && stm_ann_is(ann, verb + 1, "off");
    return off || IS_ONE_OF(ann, verb, arriving) ? verb : STEMMA_NONE;
}

/** "has released all but 16": the verb that sets free all others; or STEMMA_NONE. */
static uint32_t all_but_verb(const struct stm_annotation *ann,
                             const struct stm_quantity_mention *quantity)
{
    static const char *const freeing[] = {"release", "free"};
    uint32_t first = quantity->first;
    if (first < 3 || !stm_ann_is(ann, first - 1, "but") || !stm_ann_is(ann, first - 2, "all")) {
        return STEMMA_NONE;
    }
    return IS_ONE_OF(ann, first - 3, freeing) ? first - 3 : STEMMA_NONE;
}

/** Whether those counted are held. */
static int are_held(const struct stm_annotation *ann, uint32_t filler)
{
    return stemma_text_equal(ann->referents[ann->assertions[filler].value.subject].type,
                             stemma_text_of("justice.detain"));
}

/** Whether those counted were set free, or sent somewhere. */
static int were_sent(const struct stm_annotation *ann, uint32_t filler)
{
    stemma_text type = ann->referents[ann->assertions[filler].value.subject].type;
    return stemma_text_equal(ann->assertions[filler].value.predicate, stemma_text_of("patient")) &&
           (stemma_text_equal(type, stemma_text_of("justice.release")) ||
            stemma_text_equal(type, stemma_text_of("movement.transfer")));
}

/** The verb that gives the number; STEMMA_NONE when something happens to what it counts instead. */
static uint32_t counting_verb(const struct stm_annotation *ann,
                              const struct stm_quantity_mention *quantity)
{
    uint32_t at =
        quantity->head != STEMMA_NONE ? quantity->head : quantity->first + quantity->count - 1;
    for (uint32_t step = 0; step < CLIMB && at != STEMMA_NONE; step++) {
        uint8_t relation = ann->tokens[at].relation;
        uint32_t head = ann->tokens[at].head;
        int inner = head != STEMMA_NONE && head >= quantity->first &&
                    head < quantity->first + quantity->count;
        int given = relation == STM_RELATION_OBJ || relation == STM_RELATION_OBL ||
                    relation == STM_RELATION_NMOD || relation == STM_RELATION_CONJ ||
                    relation == STM_RELATION_ORPHAN || relation == STM_RELATION_OBL_UNMARKED ||
                    relation == STM_RELATION_XCOMP;
        /* "says that 19 are dead" */
        int dead = (relation == STM_RELATION_NSUBJ && head != STEMMA_NONE &&
                    stm_ann_is(ann, head, "dead")) ||
                   (stm_ann_is(ann, at, "dead") && relation == STM_RELATION_CCOMP);
        uint8_t tag = ann->tokens[at].tag;
        int verb = tag == STM_TAG_VERB || tag == STM_TAG_VERB_S || tag == STM_TAG_PAST ||
                   tag == STM_TAG_PARTICIPLE || tag == STM_TAG_GERUND;
        if (verb) {
            return IS_ONE_OF(ann, at, counting) ? at : STEMMA_NONE;
        }
        int told = head != STEMMA_NONE &&
                   (relation == STM_RELATION_NSUBJ || relation == STM_RELATION_NSUBJ_PASS) &&
                   is_bare_participle(ann, head);
        if (told) {
            at = ann->tokens[head].head; /* "reported 87 freed" */
            continue;
        }
        if (!given && !inner && !dead) {
            return STEMMA_NONE; /* the number does something, or stands apart */
        }
        at = ann->tokens[at].head;
    }
    return STEMMA_NONE;
}

static int counts_persons(stemma_text counted)
{
    for (size_t i = 0; i < sizeof persons / sizeof persons[0]; i++) {
        if (stemma_text_equal(counted, stemma_text_of(persons[i]))) {
            return 1;
        }
    }
    return counted.size == 0;
}

/** Whether a noun is one for people: "miner", "demonstrator", "person". */
static int counts_people(stemma_text counted)
{
    char plural[48];
    if (counts_persons(counted) || stm_lexicon_has(STM_LEXICON_ROLE, counted) ||
        stm_lexicon_demonym(counted) != NULL) {
        return 1;
    }
    if (counted.size + 1 >= sizeof plural) {
        return 0;
    }
    memcpy(plural, counted.data, counted.size);
    plural[counted.size] = 's';
    stemma_text key = {plural, counted.size + 1};
    return stm_lexicon_has(STM_LEXICON_GROUP_NOUN, key);
}

static int may_be_same(const stemma_quantity *a, const stemma_quantity *b)
{
    return stemma_text_equal(a->counted, b->counted) ||
           (counts_people(a->counted) && counts_people(b->counted));
}

/** The quantity whose words begin at a byte of the text; STEMMA_NONE when none does. */
static uint32_t quantity_at(const struct stm_annotation *ann, uint32_t start)
{
    uint32_t low = 0;
    uint32_t high = ann->quantity_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t at = ann->tokens[ann->quantities[middle].first].start;
        if (at == start) {
            return middle;
        }
        if (at < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return STEMMA_NONE;
}

static int is_participant(stemma_text predicate)
{
    return stemma_text_equal(predicate, stemma_text_of("patient")) ||
           stemma_text_equal(predicate, stemma_text_of("agent")) ||
           stemma_text_equal(predicate, stemma_text_of("participant")) ||
           stemma_text_equal(predicate, stemma_text_of("target"));
}

/** Whether an event is one of saying: who says is counted, not what happens. */
static int is_statement(const struct stm_annotation *ann, uint32_t referent)
{
    static const char prefix[] = "statement.";
    stemma_text type = ann->referents[referent].type;
    return type.size > sizeof prefix && memcmp(type.data, prefix, sizeof prefix - 1) == 0;
}

/** The count shortly before `q` that filled a role of something that happened; or STEMMA_NONE. */
static uint32_t count_before(const struct stm_annotation *ann, const uint32_t *filled, uint32_t q)
{
    static const char *const dead[] = {"body", "dead", "victim", "fatality", "corpse"};
    uint32_t sentence = ann->tokens[ann->quantities[q].first].sentence;
    uint32_t noun = ann->quantities[q].head;
    int deaths = noun != STEMMA_NONE && IS_ONE_OF(ann, noun, dead);
    for (uint32_t back = 1; back <= QUANTITIES && back <= q; back++) {
        const struct stm_quantity_mention *before = &ann->quantities[q - back];
        if (sentence - ann->tokens[before->first].sentence > (deaths ? 2 * SENTENCES : SENTENCES)) {
            break;
        }
        uint32_t filler = filled[q - back];
        if (filler != STEMMA_NONE &&
            (!deaths ||
             stemma_text_equal(ann->referents[ann->assertions[filler].value.subject].type,
                               stemma_text_of("life.die"))) &&
            may_be_same(&before->value, &ann->quantities[q].value)) {
            return q - back;
        }
    }
    return STEMMA_NONE;
}

/** Of a subject the name: "the state agency Borinform", "Rurian rights group Vesna reported",
    whatever the tree says. */
static uint32_t named_speaker(const struct stm_annotation *ann, uint32_t verb, uint32_t subject,
                              uint32_t mention)
{
    if (subject == STEMMA_NONE || subject >= verb) {
        return mention;
    }
    uint32_t behind = mention == STEMMA_NONE ? ann->tokens[subject + 1].mention : STEMMA_NONE;
    if (behind != STEMMA_NONE && ann->mentions[behind].kind == STEMMA_MENTION_NAME) {
        return behind;
    }
    uint32_t at = verb;
    while (at > subject + 1 && (ann->tokens[at - 1].relation == STM_RELATION_AUX ||
                                ann->tokens[at - 1].pos == STM_POS_RB)) {
        at--;
    }
    uint32_t beside = at > subject + 1 ? ann->tokens[at - 1].mention : STEMMA_NONE;
    return beside != STEMMA_NONE && beside != mention &&
                   ann->mentions[beside].kind == STEMMA_MENTION_NAME &&
                   (mention == STEMMA_NONE || ann->mentions[mention].first == subject)
               ? beside
               : mention;
}

stemma_status stm_attribute_count(struct stm_annotation *ann, uint32_t verb,
                                  struct stm_stand *stand)
{
    stm_attribute(ann, verb, stand);
    if (stand->attribution != STEMMA_ATTRIBUTION_NONE || IS_ONE_OF(ann, verb, moving) ||
        IS_ONE_OF(ann, verb, arriving) || stm_ann_has_lemma(ann, verb, "get") ||
        stm_ann_has_lemma(ann, verb, "be")) {
        return STEMMA_OK;
    }
    uint32_t subject = stm_syntax_subject(ann, verb);
    uint32_t mention = stm_ann_mention_at_token(ann, subject);
    mention = named_speaker(ann, verb, subject, mention);
    if (mention == STEMMA_NONE ||
        stm_syntax_child(ann, verb, STM_RELATION_AUX_PASS) != STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t referent = STEMMA_NONE;
    stemma_status status = stm_ann_referent_for_mention(ann, mention, &referent);
    if (status == STEMMA_OK && referent != STEMMA_NONE) {
        stand->attribution = STEMMA_ATTRIBUTION_SPEAKER;
        stand->speaker = referent;
        stand->stance = STEMMA_STANCE_ASSERTS;
    }
    return status;
}

static stemma_status recount(struct stm_annotation *ann, uint32_t *filled, uint32_t q)
{
    const struct stm_quantity_mention *quantity = &ann->quantities[q];
    int numbered = quantity->value.amount.size != 0 || quantity->value.lower.size != 0;
    uint32_t came = arriving_verb(ann, quantity);
    if ((filled[q] != STEMMA_NONE && came == STEMMA_NONE) || quantity->value.unit.size != 0 ||
        !numbered) {
        return STEMMA_OK;
    }
    uint32_t left = all_but_verb(ann, quantity);
    uint32_t verb = came != STEMMA_NONE   ? came
                    : left != STEMMA_NONE ? left
                                          : counting_verb(ann, quantity);
    uint32_t before = verb != STEMMA_NONE ? count_before(ann, filled, q) : STEMMA_NONE;
    if (before == STEMMA_NONE || (came != STEMMA_NONE && !were_sent(ann, filled[before])) ||
        (left != STEMMA_NONE && !are_held(ann, filled[before]))) {
        return STEMMA_OK;
    }
    const stemma_assertion *first = &ann->assertions[filled[before]].value;
    stemma_quantity value = quantity->value;
    if (counts_persons(value.counted)) {
        value.counted = first->object.as.quantity.counted;
    }
    struct stm_stand stand = stm_stand_plain(600);
    stand.certainty = first->certainty;
    stand.tense = first->tense;
    stand.realis = first->realis;
    stemma_status status = stm_attribute_count(ann, verb, &stand);
    if (status != STEMMA_OK) {
        return status;
    }
    if (came != STEMMA_NONE && stand.attribution == STEMMA_ATTRIBUTION_NONE &&
        ann->tokens[ann->quantities[before].first].sentence ==
            ann->tokens[quantity->first].sentence) {
        return STEMMA_OK; /* "112 were released, and 98 arrived": whoever says both tells them apart
                           */
    }
    first = &ann->assertions[filled[before]].value;
    stemma_object object = stm_object_quantity(value);
    filled[q] = filled[before]; /* the next number may answer this one */
    return stm_emit(ann, filled[before], first->subject, first->predicate.data, &object, &stand,
                    stm_ann_span(ann, verb, 1), stm_ann_span(ann, quantity->first, quantity->count),
                    quantity->first);
}

stemma_status stm_extract_recounts(struct stm_annotation *ann)
{
    uint32_t assertions = ann->assertion_count;
    uint32_t *filled = stm_arena_alloc(ann->arena, ann->quantity_count, sizeof *filled);
    if (filled == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t q = 0; q < ann->quantity_count; q++) {
        filled[q] = STEMMA_NONE;
    }
    for (uint32_t a = 0; a < assertions; a++) {
        const struct stm_assertion *assertion = &ann->assertions[a];
        if (assertion->value.object.kind != STEMMA_OBJECT_QUANTITY ||
            !is_participant(assertion->value.predicate) ||
            is_statement(ann, assertion->value.subject)) {
            continue;
        }
        for (size_t e = 0; e < assertion->evidence_count; e++) {
            const stemma_evidence *evidence = &assertion->evidence[e];
            uint32_t q = evidence->part == STEMMA_EVIDENCE_FILLER
                             ? quantity_at(ann, evidence->spans[0].start)
                             : STEMMA_NONE;
            if (q != STEMMA_NONE && filled[q] == STEMMA_NONE) {
                filled[q] = a;
            }
        }
    }
    stemma_status status = STEMMA_OK;
    for (uint32_t q = 1; q < ann->quantity_count && status == STEMMA_OK; q++) {
        status = recount(ann, filled, q);
    }
    return status;
}
