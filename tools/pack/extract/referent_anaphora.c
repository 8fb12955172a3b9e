/* SPDX-License-Identifier: MIT */
/* Whom "he", "her sister" and "the president" mean. Resolved only when the document leaves one
   candidate; what stays open has no referent. */
#include "pack/extract/referent_anaphora.h"

#include "pack/extract/referent_syntax.h"

#include <stdlib.h>

static stemma_status leave_trace(struct stm_resolver *resolver, uint32_t number)
{
    struct stm_annotation *ann = resolver->ann;
    const struct stm_mention *mention = &ann->mentions[number];
    if (mention->referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (stm_arena_grow(ann->arena, &resolver->traces, resolver->count, &resolver->capacity,
                       sizeof *resolver->traces) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    while (resolver->seen_capacity <= mention->referent) {
        size_t count = resolver->seen_capacity;
        if (stm_arena_grow(ann->arena, &resolver->seen, count, &resolver->seen_capacity,
                           sizeof *resolver->seen) != STEMMA_OK) {
            return STEMMA_E_NO_MEMORY;
        }
        memset(resolver->seen + count, 0,
               (resolver->seen_capacity - count) * sizeof *resolver->seen);
    }
    resolver->seen[mention->referent]++;
    const struct stm_token *head = &ann->tokens[mention->head];
    struct stm_trace *trace = &resolver->traces[resolver->count++];
    trace->referent = mention->referent;
    trace->mention = number;
    trace->token = mention->head;
    trace->sentence = head->sentence;
    trace->kind = mention->kind;
    trace->plural = mention->plural;
    trace->in_quote = (head->flags & STM_TOKEN_IN_QUOTE) != 0;
    uint32_t top = stm_phrase_top(ann, mention->first, mention->count);
    trace->place = stm_phrase_place(ann, top);
    trace->speaks = (uint8_t)stm_phrase_speaks(ann, top);
    return STEMMA_OK;
}

static int is_mutual(stemma_text kin)
{
    static const char *const words[] = {"sister", "brother", "twin",   "cousin",
                                        "spouse", "partner", "sibling"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (stemma_text_equal(kin, stemma_text_of(words[i]))) {
            return 1;
        }
    }
    return 0;
}

static int genders_agree(const struct stm_annotation *ann, uint32_t referent, uint8_t gender)
{
    return stm_genders_agree(ann->referents[referent].gender, gender);
}

/* "her sister", when the document said before who is whose sister. */
static uint32_t resolve_kin(const struct stm_resolver *resolver, stemma_text kin, uint32_t owner,
                            uint8_t gender)
{
    uint32_t found = STEMMA_NONE;
    for (size_t i = 0; i < resolver->roles.count; i++) {
        const struct stm_role *role = &resolver->roles.items[i];
        if (role->owner == STEMMA_NONE || !stm_lexicon_has(STM_LEXICON_KIN, role->head)) {
            continue;
        }
        uint32_t other = STEMMA_NONE;
        if (role->owner == owner && stemma_text_equal(role->head, kin)) {
            other = role->referent;
        } else if (role->referent == owner && is_mutual(kin) && is_mutual(role->head)) {
            other = role->owner;
        }
        if (other == STEMMA_NONE || !genders_agree(resolver->ann, other, gender)) {
            continue;
        }
        if (found != STEMMA_NONE && found != other) {
            return STEMMA_NONE;
        }
        found = other;
    }
    return found;
}

/* Words that many people of one story are called by. */
static int says_little(stemma_text head)
{
    static const char *const words[] = {
        "leader",   "figure",      "head",     "chief",     "member", "man",
        "woman",    "boy",         "girl",     "person",    "friend", "ally",
        "official", "candidate",   "activist", "colleague", "critic", "opponent",
        "rival",    "counterpart", "prisoner", "citizen",   "worker"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (stemma_text_equal(head, stemma_text_of(words[i]))) {
            return 1;
        }
    }
    return 0;
}

/* "the president", when one person of the document alone was called so. */
static uint32_t resolve_role(const struct stm_resolver *resolver, stemma_text head,
                             stemma_text modifier, stemma_text country, uint32_t owner,
                             uint8_t gender)
{
    uint32_t found = STEMMA_NONE;
    if (modifier.size == 0 && says_little(head)) {
        return STEMMA_NONE;
    }
    for (size_t i = 0; i < resolver->roles.count; i++) {
        const struct stm_role *role = &resolver->roles.items[i];
        if (!stemma_text_equal(role->head, head) ||
            !genders_agree(resolver->ann, role->referent, gender)) {
            continue;
        }
        if (!stemma_text_equal(role->modifier, modifier)) {
            continue;
        }
        if (country.size != 0 && role->country.size != 0 &&
            !stemma_text_equal(country, role->country)) {
            continue;
        }
        if (owner != STEMMA_NONE && role->owner != STEMMA_NONE && owner != role->owner) {
            continue;
        }
        if (found != STEMMA_NONE && found != role->referent) {
            return STEMMA_NONE;
        }
        found = role->referent;
    }
    return found;
}

/* The person whom a nominal says something of: "Orlova is the host", "chose Orlova as host". */
static uint32_t predicated_person(const struct stm_annotation *ann,
                                  const struct stm_mention *mention)
{
    uint32_t of = stm_predicated_of(ann, stm_phrase_top(ann, mention->first, mention->count));
    uint32_t referent = of == STEMMA_NONE ? STEMMA_NONE : stm_ann_referent_of_token(ann, of);
    if (mention->type != STM_ENTITY_PERSON || referent == STEMMA_NONE || mention->plural ||
        (of >= mention->first && of < mention->first + mention->count)) {
        return STEMMA_NONE;
    }
    const struct stm_referent *r = &ann->referents[referent];
    return r->entity_type == STM_ENTITY_PERSON && !r->plural &&
                   stm_genders_agree(r->gender, mention->gender)
               ? referent
               : STEMMA_NONE;
}

static int is_age(stemma_text head)
{
    static const char ending[] = "-year-old";
    size_t tail = sizeof ending - 1;
    return head.size > tail && memcmp(head.data + head.size - tail, ending, tail) == 0;
}

/* Persons by what they are: apposition, kinship, office. */
static stemma_status resolve_person(struct stm_resolver *resolver, uint32_t number)
{
    struct stm_annotation *ann = resolver->ann;
    struct stm_mention *mention = &ann->mentions[number];
    if (mention->type == STM_ENTITY_PLACE || mention->plural) {
        return STEMMA_OK;
    }
    stemma_text head = ann->tokens[mention->head].lemma;
    uint32_t owner = stm_role_owner(ann, mention);
    stemma_text country = stm_role_country(ann, mention->first, mention->head);
    uint32_t apposed = stm_role_apposition(ann, mention);
    if (apposed == STEMMA_NONE) {
        apposed = predicated_person(ann, mention);
    }
    if (apposed != STEMMA_NONE && apposed != owner) {
        mention->referent = apposed;
        if (ann->referents[apposed].gender == STM_GENDER_UNKNOWN) {
            ann->referents[apposed].gender = mention->gender;
        }
        struct stm_role role = {
            apposed, head, stm_role_modifier(ann, mention->first, mention->head), country, owner};
        stemma_status status = stm_role_add(&resolver->roles, ann, role);
        if (status != STEMMA_OK) {
            return status;
        }
    } else if (mention->generic) {
        return STEMMA_OK;
    } else if (is_age(head)) {
        mention->referent = stm_resolve_aged(resolver, mention);
        return STEMMA_OK; /* an age is no name */
    } else if (stm_lexicon_has(STM_LEXICON_KIN, head)) {
        mention->referent = owner == STEMMA_NONE
                                ? STEMMA_NONE
                                : resolve_kin(resolver, head, owner, mention->gender);
    } else if (!stm_lexicon_has(STM_LEXICON_GROUP_NOUN, ann->tokens[mention->head].lower)) {
        mention->referent =
            resolve_role(resolver, head, stm_role_modifier(ann, mention->first, mention->head),
                         country, owner, mention->gender);
        /* "Orlova met the president": herself she did not meet. */
        if (mention->referent != STEMMA_NONE &&
            mention->referent == stm_own_subject(resolver, mention->head) &&
            stm_phrase_place(ann, stm_phrase_top(ann, mention->first, mention->count)) !=
                STM_TRACE_SUBJECT) {
            mention->referent = STEMMA_NONE;
        }
    }
    if (mention->referent == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (ann->tokens[mention->first].tag == STM_TAG_POSSESSIVE) {
        return STEMMA_OK; /* "her sister" names nobody outside of its sentence */
    }
    return stm_ann_add_name(ann, mention->referent,
                            stm_ann_name_words(ann, mention),
                            STEMMA_NAME_NOMINAL);
}

/* "Your president" is of whomever is spoken to. */
static int is_of_the_addressed(const struct stm_annotation *ann, const struct stm_mention *mention)
{
    return mention->first < mention->head && stm_ann_is(ann, mention->first, "your");
}

/* A nominal is of somebody named, or takes up an earlier nominal, or is of somebody new. */
static stemma_status resolve_nominal(struct stm_resolver *resolver, uint32_t number)
{
    struct stm_annotation *ann = resolver->ann;
    uint32_t made;
    if (is_of_the_addressed(ann, &ann->mentions[number]) &&
        stm_role_apposition(ann, &ann->mentions[number]) == STEMMA_NONE) {
        return stm_ann_referent_for_mention(ann, number, &made);
    }
    stemma_status status = resolve_person(resolver, number);
    if (status != STEMMA_OK || ann->mentions[number].referent != STEMMA_NONE) {
        return status;
    }
    uint32_t earlier = stm_resolve_head(resolver, number);
    uint32_t referent = earlier == STEMMA_NONE ? STEMMA_NONE : ann->mentions[earlier].referent;
    if (referent != STEMMA_NONE && genders_agree(ann, referent, ann->mentions[number].gender)) {
        const struct stm_mention *m = &ann->mentions[number];
        ann->mentions[number].referent = referent;
        return ann->tokens[m->first].tag == STM_TAG_POSSESSIVE
                   ? STEMMA_OK
                   : stm_ann_add_name(ann, referent, stm_ann_name_words(ann, m),
                                      STEMMA_NAME_NOMINAL);
    }
    return stm_ann_referent_for_mention(ann, number, &referent);
}

struct place_in_text {
    uint32_t head;
    uint32_t mention;
};

static int compare(const void *left, const void *right)
{
    const struct place_in_text *a = left;
    const struct place_in_text *b = right;
    if (a->head != b->head) {
        return a->head < b->head ? -1 : 1;
    }
    return (a->mention > b->mention) - (a->mention < b->mention);
}

/* Titles first, over the whole document: "the president" may come before the name. */
static stemma_status gather_titles(struct stm_resolver *resolver)
{
    struct stm_annotation *ann = resolver->ann;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < ann->mention_count && status == STEMMA_OK; i++) {
        const struct stm_mention *mention = &ann->mentions[i];
        if (mention->kind == STEMMA_MENTION_NAME && mention->type == STM_ENTITY_PERSON &&
            mention->referent != STEMMA_NONE) {
            status = stm_role_from_title(&resolver->roles, ann, mention);
        }
    }
    return status;
}

/* Referents of which nothing but one nominal speaks are none: they may be made again by whoever has
   something to say of them. */
static stemma_status dissolve(struct stm_annotation *ann)
{
    uint32_t *mentions = stm_arena_alloc(ann->arena, ann->referent_count, sizeof *mentions);
    uint32_t *number_of = stm_arena_alloc(ann->arena, ann->referent_count, sizeof *number_of);
    if (mentions == NULL || number_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        if (ann->mentions[i].referent != STEMMA_NONE) {
            int nominal = ann->mentions[i].kind == STEMMA_MENTION_NOMINAL;
            mentions[ann->mentions[i].referent] += nominal ? 1u : 2u;
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ann->referent_count; i++) {
        number_of[i] = mentions[i] > 1 ? kept++ : STEMMA_NONE;
        if (number_of[i] != STEMMA_NONE) {
            ann->referents[number_of[i]] = ann->referents[i];
        }
    }
    ann->referent_count = kept;
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        if (ann->mentions[i].referent != STEMMA_NONE) {
            ann->mentions[i].referent = number_of[ann->mentions[i].referent];
        }
    }
    return STEMMA_OK;
}

static stemma_status prepare(struct stm_resolver *resolver, struct stm_annotation *ann)
{
    memset(resolver, 0, sizeof *resolver);
    resolver->ann = ann;
    resolver->head_mask = 63;
    while (resolver->head_mask < 2 * (size_t)ann->mention_count) {
        resolver->head_mask = resolver->head_mask * 2 + 1;
    }
    resolver->heads = stm_arena_alloc(ann->arena, resolver->head_mask + 1, sizeof *resolver->heads);
    resolver->same_head =
        stm_arena_alloc(ann->arena, ann->mention_count, sizeof *resolver->same_head);
    return resolver->heads == NULL || resolver->same_head == NULL ? STEMMA_E_NO_MEMORY
                                                                  : gather_titles(resolver);
}

static void resolve_pronoun(const struct stm_resolver *resolver, struct stm_mention *mention)
{
    struct stm_annotation *ann = resolver->ann;
    mention->referent = stm_resolve_pronoun(resolver, mention);
    if (mention->referent != STEMMA_NONE && mention->gender != STM_GENDER_UNKNOWN &&
        ann->referents[mention->referent].gender == STM_GENDER_UNKNOWN) {
        /* Whom "she" once meant, "he" does not mean. */
        ann->referents[mention->referent].gender = mention->gender;
    }
}

stemma_status stm_refer_anaphors(struct stm_annotation *ann)
{
    struct stm_resolver resolver;
    struct place_in_text *order = stm_arena_alloc(ann->arena, ann->mention_count, sizeof *order);
    if (order == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        order[i].head = ann->mentions[i].head;
        order[i].mention = i;
    }
    if (ann->mention_count != 0) {
        qsort(order, ann->mention_count, sizeof *order, compare);
    }
    stemma_status status = prepare(&resolver, ann);
    for (uint32_t i = 0; i < ann->mention_count && status == STEMMA_OK; i++) {
        uint32_t number = order[i].mention;
        if (ann->mentions[number].kind == STEMMA_MENTION_PRONOUN) {
            resolve_pronoun(&resolver, &ann->mentions[number]);
        } else if (ann->mentions[number].kind == STEMMA_MENTION_NOMINAL) {
            status = resolve_nominal(&resolver, number);
        }
        if (status == STEMMA_OK) {
            status = leave_trace(&resolver, number);
            stm_enter_head(&resolver, number);
        }
    }
    for (uint32_t i = 0; i < ann->mention_count; i++) {
        struct stm_mention *mention = &ann->mentions[i];
        if (mention->kind == STEMMA_MENTION_PRONOUN && mention->referent == STEMMA_NONE) {
            mention->referent = stm_resolve_speaker(&resolver, mention);
        }
    }
    return status == STEMMA_OK ? dissolve(ann) : status;
}
