/* SPDX-License-Identifier: MIT */
/* Whom "he", "her sister" and "the president" mean. Resolved only when the document leaves one
   candidate; what stays open has no referent. */
#include "pack/extract/referent_role.h"

#include <stdlib.h>

#define FEW_SENTENCES 4u /* how far back the last one named of a gender is still meant */
/* A mention of a person that later words may point back to. */
struct trace {
    uint32_t referent;
    uint32_t token; /* head */
    uint32_t sentence;
    uint8_t subject;
    uint8_t speaks; /* subject of a verb of saying */
    uint8_t in_quote;
};

struct resolver {
    struct stm_annotation *ann;
    struct stm_roles roles;
    struct trace *traces;
    size_t count;
    size_t capacity;
};

/* Whether the verb after a subject is one of saying; an apposition may stand between. */
static int says_next(const struct stm_annotation *ann, uint32_t at)
{
    uint32_t end = at < ann->token_count ? stm_ann_sentence_end(ann, ann->tokens[at - 1].sentence)
                                         : ann->token_count;
    for (uint32_t i = at; i < end && i < at + 12; i++) {
        switch (ann->tokens[i].tag) {
        case STM_TAG_PAST:
        case STM_TAG_VERB_S:
        case STM_TAG_VERB:
            return stm_lexicon_has(STM_LEXICON_SAY, ann->tokens[i].lower);
        case STM_TAG_BE:
        case STM_TAG_HAVE:
        case STM_TAG_MODAL:
            return 0;
        default:
            break;
        }
    }
    return 0;
}

static stemma_status leave_trace(struct resolver *resolver, const struct stm_mention *mention)
{
    struct stm_annotation *ann = resolver->ann;
    if (mention->referent == STEMMA_NONE ||
        ann->referents[mention->referent].entity_type != STM_ENTITY_PERSON) {
        return STEMMA_OK;
    }
    if (stm_arena_grow(ann->arena, &resolver->traces, resolver->count, &resolver->capacity,
                       sizeof *resolver->traces) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    const struct stm_token *head = &ann->tokens[mention->head];
    struct trace *trace = &resolver->traces[resolver->count++];
    trace->referent = mention->referent;
    trace->token = mention->head;
    trace->sentence = head->sentence;
    trace->in_quote = (head->flags & STM_TOKEN_IN_QUOTE) != 0;
    trace->subject =
        head->tag != STM_TAG_POSSESSIVE && stm_role_is_subject(ann, mention->first, mention->count);
    trace->speaks = trace->subject && says_next(ann, mention->first + mention->count);
    return STEMMA_OK;
}

/* The candidates of one sentence, reduced to what a pronoun needs to know. */
struct choice {
    uint32_t only;         /* the one candidate; or NONE */
    uint32_t only_subject; /* the one candidate that is a subject; or NONE */
    uint32_t only_speaker;
    uint32_t count; /* different candidates: 0, 1, 2 for more */
    uint32_t subjects;
    uint32_t speakers;
};

static const struct choice NO_CHOICE = {STEMMA_NONE, STEMMA_NONE, STEMMA_NONE, 0, 0, 0};

static void count_in(uint32_t referent, uint32_t *only, uint32_t *count)
{
    if (*count == 0) {
        *only = referent;
        *count = 1;
    } else if (*only != referent) {
        *count = 2;
    }
}

/* Candidates among the traces of `sentence` before `token` that are of `gender`: those known to be,
   or when there are none those of whom nothing is known. */
static struct choice choose(const struct resolver *resolver, uint32_t sentence, uint32_t token,
                            uint8_t gender, int in_quote, uint32_t except)
{
    struct choice known = NO_CHOICE;
    struct choice open = NO_CHOICE;
    for (size_t i = resolver->count; i-- > 0;) {
        const struct trace *trace = &resolver->traces[i];
        if (trace->sentence < sentence) {
            break;
        }
        if (trace->sentence > sentence || trace->token >= token || trace->in_quote != in_quote ||
            trace->referent == except) {
            continue;
        }
        uint8_t of = resolver->ann->referents[trace->referent].gender;
        if (of != STM_GENDER_UNKNOWN && of != gender) {
            continue;
        }
        struct choice *choice = of == gender ? &known : &open;
        count_in(trace->referent, &choice->only, &choice->count);
        if (trace->subject) {
            count_in(trace->referent, &choice->only_subject, &choice->subjects);
        }
        if (trace->speaks) {
            count_in(trace->referent, &choice->only_speaker, &choice->speakers);
        }
    }
    return known.count != 0 ? known : open;
}

/* An object does not mean the subject of its own clause ("Orlov met him"). */
static uint32_t own_subject(const struct resolver *resolver, uint32_t token)
{
    const struct stm_annotation *ann = resolver->ann;
    for (size_t i = resolver->count; i-- > 0;) {
        const struct trace *trace = &resolver->traces[i];
        if (trace->sentence != ann->tokens[token].sentence) {
            break;
        }
        if (!trace->subject) {
            continue;
        }
        for (uint32_t k = trace->token + 1; k < token; k++) {
            if (ann->tokens[k].tag == STM_TAG_SUBORDINATOR || ann->tokens[k].tag == STM_TAG_WH) {
                return STEMMA_NONE;
            }
        }
        return trace->referent;
    }
    return STEMMA_NONE;
}

static uint32_t decide(struct choice choice)
{
    if (choice.count == 1) {
        return choice.only;
    }
    return choice.subjects == 1 ? choice.only_subject : STEMMA_NONE;
}

/* In "Orlov, who fell out with his party" the pronoun means whom the clause is about. */
static uint32_t relative_antecedent(const struct resolver *resolver,
                                    const struct stm_mention *mention)
{
    const struct stm_annotation *ann = resolver->ann;
    uint32_t start = ann->sentences[ann->tokens[mention->head].sentence].first;
    for (uint32_t i = mention->head; i-- > start;) {
        if (ann->tokens[i].tag == STM_TAG_PUNCTUATION) {
            return STEMMA_NONE;
        }
        if (!stm_ann_is(ann, i, "who") || i == start) {
            continue;
        }
        uint32_t before = stm_ann_is(ann, i - 1, ",") && i - 1 > start ? i - 2 : i - 1;
        uint32_t referent = stm_ann_referent_of_token(ann, before);
        if (referent == STEMMA_NONE || ann->referents[referent].entity_type != STM_ENTITY_PERSON) {
            return STEMMA_NONE;
        }
        uint8_t gender = ann->referents[referent].gender;
        return gender == STM_GENDER_UNKNOWN || gender == mention->gender ? referent : STEMMA_NONE;
    }
    return STEMMA_NONE;
}

/* The only person of the gender who was named a few sentences back, when everybody named since is
   known to be of the other: "she" is still she. */
static uint32_t lone_of_gender(const struct resolver *resolver, const struct stm_mention *mention,
                               uint32_t except)
{
    const struct stm_annotation *ann = resolver->ann;
    uint32_t sentence = ann->tokens[mention->head].sentence;
    uint32_t found = STEMMA_NONE;
    for (size_t i = resolver->count; i-- > 0;) {
        const struct trace *trace = &resolver->traces[i];
        if (trace->sentence + FEW_SENTENCES < sentence ||
            ann->sentences[trace->sentence].is_title) {
            break;
        }
        uint8_t of = ann->referents[trace->referent].gender;
        if (trace->in_quote || trace->token >= mention->head || trace->referent == except) {
            continue;
        }
        if (of == STM_GENDER_UNKNOWN) {
            return STEMMA_NONE;
        }
        if (of == mention->gender) {
            if (found != STEMMA_NONE && found != trace->referent) {
                return STEMMA_NONE;
            }
            found = trace->referent;
        }
    }
    return found;
}

static uint32_t resolve_pronoun(const struct resolver *resolver, const struct stm_mention *mention)
{
    const struct stm_annotation *ann = resolver->ann;
    if (mention->plural || mention->gender == STM_GENDER_UNKNOWN) {
        return STEMMA_NONE;
    }
    const struct stm_token *token = &ann->tokens[mention->head];
    int in_quote = (token->flags & STM_TOKEN_IN_QUOTE) != 0;
    int object = token->tag == STM_TAG_PRONOUN &&
                 (stm_ann_is(ann, mention->head, "him") || stm_ann_is(ann, mention->head, "her"));
    uint32_t except = object ? own_subject(resolver, mention->head) : STEMMA_NONE;
    struct choice here =
        choose(resolver, token->sentence, mention->head, mention->gender, in_quote, except);
    if (in_quote) {
        return here.count == 1 ? here.only : STEMMA_NONE; /* who speaks may mean anybody */
    }
    struct choice before = NO_CHOICE;
    uint32_t sentence = token->sentence;
    int has_previous = sentence != 0 && !ann->sentences[sentence - 1].is_title;
    if (has_previous) {
        before = choose(resolver, sentence - 1, mention->head, mention->gender, 0, except);
    }
    int subject_form =
        stm_ann_is(ann, mention->head, "he") || stm_ann_is(ann, mention->head, "she");
    uint32_t antecedent = subject_form ? STEMMA_NONE : relative_antecedent(resolver, mention);
    if (antecedent != STEMMA_NONE && antecedent != except) {
        return antecedent;
    }
    if (here.count != 0) {
        /* Somebody in passing yields to whom the sentence before was about. */
        if (subject_form && here.subjects == 0 && before.subjects == 1) {
            return before.only_subject;
        }
        /* "Orlov said his party ..." is plain; "Orlov thanked Petrov for his help": whose? */
        if (here.count != 1 && here.speakers == 1 && here.subjects == 1) {
            return here.only_speaker;
        }
        return subject_form || here.count == 1 ? decide(here) : STEMMA_NONE;
    }
    if (before.count != 0) {
        return decide(before);
    }
    if (has_previous && sentence > 1 && !ann->sentences[sentence - 2].is_title &&
        ann->sentences[sentence - 2].paragraph == ann->sentences[sentence].paragraph) {
        struct choice earlier =
            choose(resolver, sentence - 2, mention->head, mention->gender, 0, except);
        if (earlier.count == 1 && earlier.subjects == 1) {
            return earlier.only;
        }
    }
    return subject_form ? lone_of_gender(resolver, mention, except) : STEMMA_NONE;
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
    uint8_t of = ann->referents[referent].gender;
    return of == STM_GENDER_UNKNOWN || gender == STM_GENDER_UNKNOWN || of == gender;
}

/* "her sister", when the document said before who is whose sister. */
static uint32_t resolve_kin(const struct resolver *resolver, stemma_text kin, uint32_t owner,
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
static uint32_t resolve_role(const struct resolver *resolver, stemma_text head,
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

static stemma_status resolve_nominal(struct resolver *resolver, uint32_t number)
{
    struct stm_annotation *ann = resolver->ann;
    struct stm_mention *mention = &ann->mentions[number];
    if (mention->type != STM_ENTITY_PERSON || mention->plural) {
        return STEMMA_OK;
    }
    stemma_text head = ann->tokens[mention->head].lemma;
    uint32_t owner = stm_role_owner(ann, mention);
    stemma_text country = stm_role_country(ann, mention->first, mention->head);
    uint32_t apposed = stm_role_apposition(ann, mention);
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
            mention->referent == own_subject(resolver, mention->head) &&
            !stm_role_is_subject(ann, mention->first, mention->count)) {
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
                            stm_ann_words(ann, mention->first, mention->count),
                            STEMMA_NAME_NOMINAL);
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
static stemma_status gather_titles(struct resolver *resolver)
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

stemma_status stm_refer_anaphors(struct stm_annotation *ann)
{
    struct resolver resolver;
    memset(&resolver, 0, sizeof resolver);
    resolver.ann = ann;
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
    stemma_status status = gather_titles(&resolver);
    for (uint32_t i = 0; i < ann->mention_count && status == STEMMA_OK; i++) {
        struct stm_mention *mention = &ann->mentions[order[i].mention];
        if (mention->kind == STEMMA_MENTION_PRONOUN) {
            mention->referent = resolve_pronoun(&resolver, mention);
            if (mention->referent != STEMMA_NONE &&
                ann->referents[mention->referent].gender == STM_GENDER_UNKNOWN) {
                /* Whom "she" once meant, "he" does not mean. */
                ann->referents[mention->referent].gender = mention->gender;
            }
        } else if (mention->kind == STEMMA_MENTION_NOMINAL) {
            status = resolve_nominal(&resolver, order[i].mention);
        }
        if (status == STEMMA_OK) {
            status = leave_trace(&resolver, mention);
        }
    }
    return status;
}
