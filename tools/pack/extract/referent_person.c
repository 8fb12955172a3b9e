/* SPDX-License-Identifier: MIT */
/* Persons: full names by given name and surname, bare surnames by who bears them. Two people of one
   surname stay two; two spellings of one person become one. */
#include "pack/extract/referent.h"

#include "stemma/name.h"

#define BUCKETS       27u
#define BRACKET_REACH 6u  /* tokens between an inserted given name and its surname */
#define LOOK_BACK     64u /* bearers of similar surnames to compare with, newest first */
#define MOST_COMPARISONS                                                                           \
    60000u                 /* of spellings in one document: lists of ten thousand names end        \
                            */
#define GIVEN_ALIKE   800u /* stemma_name_token_similarity() */
#define SURNAME_ALIKE 800u /* when the given names agree */
#define BARE_ALIKE    850u /* when there is only the surname to go by */

/* A person as known so far, in chains by surname and by the first letter of its folding. */
struct person {
    const struct stm_ref_node *node;
    uint32_t referent;
    uint32_t next_surname;
    uint32_t next_bucket;
};

struct people {
    struct stm_ref_builder *builder;
    struct person *items;
    size_t count;
    size_t capacity;
    struct stm_name_words surnames; /* `names` of an item: newest bearer + 1 */
    struct stm_name_words givens;   /* the same by given name */
    uint32_t bucket[BUCKETS];       /* newest + 1 */
    uint32_t comparisons;           /* of spellings, so far */
};

static int ends_with(stemma_text word, const char *ending)
{
    size_t size = strlen(ending);
    return word.size > size + 1 && memcmp(word.data + word.size - size, ending, size) == 0;
}

enum stm_gender stm_refer_surname_gender(stemma_text surname)
{
    static const char *const female[] = {"ova", "eva", "skaya", "skaia", "ska", "ckaya",
                                         "aya", "ska", "iene",  "aite",  "ovna"};
    static const char *const male[] = {"ov",   "ev",   "sky",  "ski",   "skiy",
                                       "skyi", "skij", "tsky", "auskas"};
    for (size_t i = 0; i < sizeof female / sizeof *female; i++) {
        if (ends_with(surname, female[i])) {
            return STM_GENDER_FEMALE;
        }
    }
    for (size_t i = 0; i < sizeof male / sizeof *male; i++) {
        if (ends_with(surname, male[i])) {
            return STM_GENDER_MALE;
        }
    }
    return STM_GENDER_UNKNOWN;
}

enum stm_gender stm_refer_title_gender(const struct stm_annotation *ann, uint32_t mention)
{
    uint32_t first = ann->mentions[mention].first;
    uint32_t start = ann->sentences[ann->tokens[first].sentence].first;
    for (uint32_t i = first; i > start && first - i < 3; i--) {
        stemma_text word = ann->tokens[i - 1].lower;
        if (stm_lexicon_has(STM_LEXICON_FEMALE_TITLE, word) ||
            stm_lexicon_has(STM_LEXICON_ROLE_FEMALE, word) ||
            stm_lexicon_has(STM_LEXICON_KIN_FEMALE, word)) {
            return STM_GENDER_FEMALE;
        }
        if (stm_lexicon_has(STM_LEXICON_MALE_TITLE, word) ||
            stm_lexicon_has(STM_LEXICON_ROLE_MALE, word) ||
            stm_lexicon_has(STM_LEXICON_KIN_MALE, word)) {
            return STM_GENDER_MALE;
        }
        if (!stm_lexicon_has(STM_LEXICON_ROLE, word) &&
            !stm_lexicon_has(STM_LEXICON_TITLE_PART, word)) {
            return STM_GENDER_UNKNOWN;
        }
    }
    return STM_GENDER_UNKNOWN;
}

static int genders_agree(uint8_t a, uint8_t b)
{
    return a == STM_GENDER_UNKNOWN || b == STM_GENDER_UNKNOWN || a == b;
}

/* "J." and "John", "Alex" and "Alexander", "Tatiana" and "Tatsiana". */
static int givens_agree(stemma_text a, stemma_text b)
{
    if (a.size == 0 || b.size == 0 || stemma_text_equal(a, b)) {
        return 1;
    }
    stemma_text brief = a.size < b.size ? a : b;
    stemma_text full = a.size < b.size ? b : a;
    int initial = brief.size == 1 || (brief.size == 2 && brief.data[1] == '.');
    if (initial) {
        return brief.data[0] == full.data[0];
    }
    if (brief.size >= 3 && brief.size <= 4 && memcmp(brief.data, full.data, brief.size) == 0) {
        return 1;
    }
    return stemma_name_token_similarity(a, b) >= GIVEN_ALIKE;
}

/* "Kwok-kin" and "Kwok-hing" are brothers at best: what follows the hyphen must be the same. */
static int last_parts_agree(stemma_text a, stemma_text b)
{
    const char *left = memrchr(a.data, '-', a.size);
    const char *right = memrchr(b.data, '-', b.size);
    if (left == NULL || right == NULL) {
        return 1;
    }
    stemma_text left_part = {left + 1, a.size - (size_t)(left + 1 - a.data)};
    stemma_text right_part = {right + 1, b.size - (size_t)(right + 1 - b.data)};
    return left_part.size > 4 && right_part.size > 4
               ? stemma_name_token_similarity(left_part, right_part) >= SURNAME_ALIKE
               : stemma_text_equal(left_part, right_part);
}

static int surnames_agree(stemma_text a, stemma_text b, uint32_t least)
{
    if (stemma_text_equal(a, b)) {
        return 1;
    }
    enum stm_gender left = stm_refer_surname_gender(a);
    enum stm_gender right = stm_refer_surname_gender(b);
    if (!genders_agree((uint8_t)left, (uint8_t)right) || a.size < 4 || b.size < 4) {
        return 0;
    }
    return last_parts_agree(a, b) && stemma_name_token_similarity(a, b) >= least;
}

static uint32_t bucket_of(stemma_text surname)
{
    char key[STEMMA_NAME_KEY_SIZE];
    size_t size;
    if (stemma_name_key(surname, key, sizeof key, &size) != STEMMA_OK || size == 0 ||
        key[0] < 'a' || key[0] > 'z') {
        return BUCKETS - 1;
    }
    return (uint32_t)(key[0] - 'a');
}

static stemma_status remember(struct people *people, const struct stm_ref_node *node)
{
    struct stm_arena *arena = people->builder->ann->arena;
    if (stm_arena_grow(arena, &people->items, people->count, &people->capacity,
                       sizeof *people->items) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    struct stm_name_word *surname = stm_name_words_add(&people->surnames, node->surname);
    if (surname == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t bucket = bucket_of(node->surname);
    struct person *person = &people->items[people->count];
    person->node = node;
    person->referent = node->referent;
    person->next_surname = surname->names;
    person->next_bucket = people->bucket[bucket];
    people->count++;
    surname->names = (uint32_t)people->count;
    people->bucket[bucket] = (uint32_t)people->count;
    if (node->given.size != 0) {
        struct stm_name_word *given = stm_name_words_add(&people->givens, node->given);
        if (given == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        /* `surname` marks a given name that two people bear. */
        given->surname =
            given->names != 0 && people->items[given->names - 1].referent != node->referent;
        given->names = (uint32_t)people->count;
    }
    return STEMMA_OK;
}

/* What is known of a person grows with each name of it. */
static void learn(struct stm_annotation *ann, uint32_t referent, const struct stm_ref_node *node)
{
    struct stm_referent *r = &ann->referents[referent];
    if (r->gender == STM_GENDER_UNKNOWN) {
        r->gender = node->gender;
    }
    if (r->given.size < node->given.size) {
        r->given = node->given;
    }
    if (r->surname.size == 0 || (node->words > 1 && r->given.size == 0)) {
        r->surname = node->surname;
    }
}

static stemma_status settle(struct people *people, struct stm_ref_node *node, uint32_t referent)
{
    struct stm_annotation *ann = people->builder->ann;
    if (referent == STEMMA_NONE) {
        stemma_status status = stm_ann_add_referent(ann, STM_ENTITY_PERSON, NULL, &referent);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    node->referent = referent;
    learn(ann, referent, node);
    return remember(people, node);
}

/* Counts a comparison of spellings against what one name and one document may make. */
static int may_compare(struct people *people, uint32_t *steps)
{
    people->comparisons++;
    return (*steps)++ < LOOK_BACK && people->comparisons <= MOST_COMPARISONS;
}

/* "Suu Kyi" of "Aung San Suu Kyi": one name is the end of the other. */
static int is_tail(stemma_text a, stemma_text b)
{
    stemma_text brief = a.size < b.size ? a : b;
    stemma_text full = a.size < b.size ? b : a;
    return brief.size < full.size && full.data[full.size - brief.size - 1] == ' ' &&
           memcmp(full.data + full.size - brief.size, brief.data, brief.size) == 0;
}

/* A full name: the same surname, or one like it, with a given name that agrees. */
static uint32_t find_full(struct people *people, const struct stm_ref_node *node)
{
    const struct stm_annotation *ann = people->builder->ann;
    const struct stm_name_word *same = stm_name_words_find(&people->surnames, node->surname);
    uint32_t steps = 0;
    for (uint32_t i = same == NULL ? 0 : same->names; i != 0 && steps < LOOK_BACK; steps++) {
        const struct person *person = &people->items[i - 1];
        if ((givens_agree(person->node->given, node->given) ||
             is_tail(person->node->key, node->key)) &&
            genders_agree(ann->referents[person->referent].gender, node->gender)) {
            return person->referent;
        }
        i = person->next_surname;
    }
    steps = 0;
    for (uint32_t i = people->bucket[bucket_of(node->surname)];
         i != 0 && may_compare(people, &steps);) {
        const struct person *person = &people->items[i - 1];
        if (person->node->given.size > 2 && givens_agree(person->node->given, node->given) &&
            genders_agree(ann->referents[person->referent].gender, node->gender) &&
            surnames_agree(person->node->surname, node->surname, SURNAME_ALIKE)) {
            return person->referent;
        }
        i = person->next_bucket;
    }
    return STEMMA_NONE;
}

/* The only bearer of a surname, in this spelling or else in one like it. `*several` says that there
   is more than one. */
static uint32_t find_bearer(struct people *people, stemma_text surname, uint8_t gender,
                            int *several)
{
    const struct stm_annotation *ann = people->builder->ann;
    uint32_t found = STEMMA_NONE;
    *several = 0;
    const struct stm_name_word *same = stm_name_words_find(&people->surnames, surname);
    uint32_t steps = 0;
    for (uint32_t i = same == NULL ? 0 : same->names; i != 0 && steps < LOOK_BACK; steps++) {
        const struct person *person = &people->items[i - 1];
        if (genders_agree(ann->referents[person->referent].gender, gender)) {
            *several |= found != STEMMA_NONE && found != person->referent;
            found = person->referent;
        }
        i = person->next_surname;
    }
    if (found != STEMMA_NONE || same != NULL) {
        return *several ? STEMMA_NONE : found;
    }
    steps = 0;
    for (uint32_t i = people->bucket[bucket_of(surname)]; i != 0 && may_compare(people, &steps);) {
        const struct person *person = &people->items[i - 1];
        if (genders_agree(ann->referents[person->referent].gender, gender) &&
            surnames_agree(person->node->surname, surname, BARE_ALIKE)) {
            *several |= found != STEMMA_NONE && found != person->referent;
            found = person->referent;
        }
        i = person->next_bucket;
    }
    return *several ? STEMMA_NONE : found;
}

static uint32_t find_by_given(const struct people *people, stemma_text given)
{
    const struct stm_name_word *word = stm_name_words_find(&people->givens, given);
    return word == NULL || word->names == 0 || word->surname
               ? STEMMA_NONE
               : people->items[word->names - 1].referent;
}

/* What the titles before the mentions of a bare surname tell; `*mixed` when they tell both. */
static uint8_t titles_gender(const struct stm_ref_builder *builder, const struct stm_ref_node *node,
                             int *mixed)
{
    uint8_t gender = STM_GENDER_UNKNOWN;
    *mixed = 0;
    for (uint32_t m = node->mention; m != STEMMA_NONE; m = builder->next_of[m]) {
        enum stm_gender title = stm_refer_title_gender(builder->ann, m);
        if (title == STM_GENDER_UNKNOWN) {
            continue;
        }
        *mixed |= gender != STM_GENDER_UNKNOWN && gender != title;
        gender = (uint8_t)title;
    }
    return gender;
}

/* Whom a newspaper means by a surname that a family shares: the one its headline names in full, or
   else the one whom the text names first, before the bare surname. The others go by their full
   names. STEMMA_NONE when the bare surname stands first. */
static uint32_t find_protagonist(const struct people *people, const struct stm_ref_node *bare)
{
    const struct stm_annotation *ann = people->builder->ann;
    const struct stm_name_word *same = stm_name_words_find(&people->surnames, bare->surname);
    uint32_t found = STEMMA_NONE;
    uint32_t earliest = STEMMA_NONE;
    uint32_t steps = 0;
    int in_title = 0;
    uint32_t titled = STEMMA_NONE;
    for (uint32_t i = same == NULL ? 0 : same->names; i != 0 && steps < LOOK_BACK; steps++) {
        const struct person *person = &people->items[i - 1];
        i = person->next_surname;
        if (person->node->given.size == 0 ||
            !genders_agree(ann->referents[person->referent].gender, bare->gender)) {
            continue;
        }
        for (uint32_t m = person->node->mention; m != STEMMA_NONE;
             m = people->builder->next_of[m]) {
            uint32_t at = ann->mentions[m].first;
            if (ann->sentences[ann->tokens[at].sentence].is_title) {
                in_title += titled != person->referent;
                titled = person->referent;
            } else if (at < earliest) {
                earliest = at;
                found = person->referent;
            }
        }
    }
    if (in_title == 1) {
        return titled;
    }
    uint32_t first = STEMMA_NONE;
    for (uint32_t m = bare->mention; m != STEMMA_NONE; m = people->builder->next_of[m]) {
        uint32_t at = ann->mentions[m].first;
        for (uint32_t back = 1; back <= 4 && back <= at; back++) {
            if (stm_lexicon_has(STM_LEXICON_KIN, ann->tokens[at - back].lower)) {
                return STEMMA_NONE; /* "husband of jailed Orlova": which of the two is open */
            }
        }
        if (at < first && !ann->sentences[ann->tokens[at].sentence].is_title) {
            first = at;
        }
    }
    return earliest < first || first == STEMMA_NONE ? found : STEMMA_NONE;
}

/* Mentions of a surname that several bear, told apart by "Mr" and "Mrs" where there is such. */
static stemma_status split_mentions(struct people *people, struct stm_ref_node *node, int mixed)
{
    struct stm_annotation *ann = people->builder->ann;
    for (uint32_t m = node->mention; m != STEMMA_NONE; m = people->builder->next_of[m]) {
        enum stm_gender gender = stm_refer_title_gender(ann, m);
        if (gender == STM_GENDER_UNKNOWN) {
            continue;
        }
        int several;
        uint32_t referent = find_bearer(people, node->surname, (uint8_t)gender, &several);
        if (referent != STEMMA_NONE) {
            ann->mentions[m].referent = referent;
        }
    }
    return settle(people, node, mixed ? STEMMA_NONE : find_protagonist(people, node));
}

/* The token of the bracket that closes an insertion next to a name: right behind the name, or up to
   a few words before it ("President [Rodrigo] "It is Almonte's doing"). STEMMA_NONE when none. */
static uint32_t bracket_near(const struct stm_annotation *ann, const struct stm_mention *m,
                             int forward)
{
    if (forward) {
        uint32_t behind = m->first + m->count;
        return stm_ann_is(ann, behind, "]") ? behind : STEMMA_NONE;
    }
    for (uint32_t i = m->first; i-- > 0 && m->first - i <= BRACKET_REACH;) {
        if (stm_ann_is(ann, i, "]")) {
            return i;
        }
        if (ann->tokens[i].mention != STEMMA_NONE &&
            ann->mentions[ann->tokens[i].mention].kind == STEMMA_MENTION_NAME) {
            break;
        }
    }
    return STEMMA_NONE;
}

/* In "[Rodrigo] Almonte" an editor has put the given name in: the node of the mention on the other
   side of the bracket, if it is a bare name of a person; or NULL. */
static const struct stm_ref_node *across_bracket(const struct stm_ref_builder *builder,
                                                 const struct stm_ref_node *node, int forward)
{
    const struct stm_annotation *ann = builder->ann;
    const struct stm_mention *m = &ann->mentions[node->mention];
    uint32_t bracket = bracket_near(ann, m, forward);
    if (bracket == STEMMA_NONE || bracket == 0) {
        return NULL;
    }
    uint32_t other = STEMMA_NONE;
    if (!forward) {
        other = stm_ann_mention_at_token(ann, bracket - 1);
    }
    for (uint32_t i = bracket + 1;
         forward && other == STEMMA_NONE && i < ann->token_count && i <= bracket + BRACKET_REACH;
         i++) {
        uint32_t mention = ann->tokens[i].mention;
        if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            other = mention;
        }
    }
    uint32_t number = other == STEMMA_NONE ? STEMMA_NONE : builder->node_of[other];
    if (number == STEMMA_NONE) {
        return NULL;
    }
    const struct stm_ref_node *found = &builder->nodes[number];
    const struct stm_ref_node *given = forward ? node : found;
    const struct stm_ref_node *surname = forward ? found : node;
    return found->type == STM_ENTITY_PERSON && found->given.size == 0 &&
                   stm_lexicon_given(given->surname) != NULL &&
                   (stm_lexicon_given(surname->surname) == NULL || bracket + 1 == m->first)
               ? found
               : NULL;
}

stemma_status stm_refer_persons(struct stm_ref_builder *builder)
{
    struct people people;
    memset(&people, 0, sizeof people);
    people.builder = builder;
    people.surnames.arena = people.givens.arena = builder->ann->arena;
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < builder->node_count && status == STEMMA_OK; i++) {
        struct stm_ref_node *node = &builder->nodes[i];
        if (node->type == STM_ENTITY_PERSON && node->given.size != 0) {
            status = settle(&people, node, find_full(&people, node));
        }
    }
    for (size_t i = 0; i < builder->node_count && status == STEMMA_OK; i++) {
        struct stm_ref_node *node = &builder->nodes[i];
        if (node->type != STM_ENTITY_PERSON || node->given.size != 0) {
            continue;
        }
        int mixed;
        uint8_t told = titles_gender(builder, node, &mixed);
        if (node->gender == STM_GENDER_UNKNOWN && !mixed) {
            node->gender = told;
        }
        int several;
        uint32_t referent = find_bearer(&people, node->surname, node->gender, &several);
        if (several || mixed) {
            status = split_mentions(&people, node, mixed);
            continue;
        }
        if (referent == STEMMA_NONE) {
            referent = find_by_given(&people, node->surname);
        }
        const struct stm_ref_node *full = across_bracket(builder, node, 1);
        if (referent == STEMMA_NONE && full != NULL) {
            int unclear;
            referent = find_bearer(&people, full->surname, full->gender, &unclear);
        }
        const struct stm_ref_node *inserted = across_bracket(builder, node, 0);
        if (referent == STEMMA_NONE && inserted != NULL) {
            referent = inserted->referent;
        }
        status = settle(&people, node, referent);
    }
    return status;
}
