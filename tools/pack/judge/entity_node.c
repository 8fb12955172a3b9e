/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_node.h"

#include "name/name_token.h"
#include "pack/judge/entity_place.h"
#include "stemma/edtf.h"

#include <stdlib.h>

#include <xxhash.h>

#define ROLES_READ 16u /* words of offices of one referent */

/* A name as one referent bears it. */
struct use {
    stemma_text text;
    stemma_text plain;
    uint32_t node;
    uint32_t name;
    uint8_t kind;
    uint8_t words;
    uint8_t generic;
};

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static uint8_t class_of(stemma_text type)
{
    if (text_is(type, "person")) {
        return STEMMA_NAME_CLASS_PERSON;
    }
    if (text_is(type, "organization")) {
        return STEMMA_NAME_CLASS_ORGANIZATION;
    }
    return text_is(type, "place") ? STEMMA_NAME_CLASS_PLACE : STEMMA_NAME_CLASS_OTHER;
}

/* Words that many organisations of many countries are called by. */
static int is_generic_word(stemma_text word)
{
    static const char *const WORDS[] = {
        "a",
        "academy",
        "administration",
        "affairs",
        "agency",
        "and",
        "army",
        "authorities",
        "authority",
        "bank",
        "board",
        "border",
        "cabinet",
        "center",
        "central",
        "centre",
        "city",
        "commission",
        "committee",
        "congress",
        "constitutional",
        "council",
        "court",
        "defence",
        "defense",
        "department",
        "economy",
        "education",
        "election",
        "embassy",
        "federal",
        "finance",
        "for",
        "foreign",
        "general",
        "government",
        "guard",
        "health",
        "high",
        "home",
        "house",
        "interior",
        "intelligence",
        "internal",
        "investigative",
        "justice",
        "kgb",
        "labor",
        "labour",
        "ministry",
        "national",
        "of",
        "office",
        "parliament",
        "party",
        "police",
        "prosecutor",
        "prosecutors",
        "security",
        "senate",
        "service",
        "services",
        "state",
        "supreme",
        "the",
        "university",
        "union",
    };
    return stm_name_in(WORDS, sizeof WORDS / sizeof WORDS[0], word);
}

/* The key of a name for its class, and what is counted of its words. */
static stemma_status make_use(struct use *use, stemma_text text, uint8_t kind, uint32_t node,
                              struct stm_arena *arena)
{
    stm_name_tokens tokens;
    char key[STM_NAME_PLAIN_SIZE];
    size_t size = 0;
    memset(use, 0, sizeof *use);
    use->text = text;
    use->kind = kind;
    use->node = node;
    if (stm_name_split(&tokens, text) != STEMMA_OK) {
        return STEMMA_OK; /* an empty key: not compared */
    }
    if (kind == STEMMA_NAME_CLASS_PERSON) {
        stm_name_prepare_person(&tokens);
    }
    use->generic = kind == STEMMA_NAME_CLASS_ORGANIZATION && tokens.count > 0;
    for (uint32_t i = 0; i < tokens.count; i++) {
        const stm_name_token *token = &tokens.tokens[i];
        if (i == 0 && tokens.count > 1 && kind != STEMMA_NAME_CLASS_PERSON &&
            text_is(token->plain, "the")) {
            continue;
        }
        if (size != 0) {
            key[size++] = ' ';
        }
        memcpy(key + size, token->plain.data, token->plain.size);
        size += token->plain.size;
        use->words = (uint8_t)(use->words + (token->weight > 40));
        use->generic = use->generic && is_generic_word(token->plain);
    }
    char whole[STM_PLACE_BYTES];
    if (kind == STEMMA_NAME_CLASS_PLACE &&
        stm_name_place_key(stm_place_spelled_out(text, whole), key, &size) != STEMMA_OK) {
        size = 0;
    }
    stemma_text plain = {key, size};
    use->plain = stm_arena_text(arena, plain);
    return size != 0 && use->plain.data == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

static int compare_uses(const void *left, const void *right)
{
    const struct use *a = left;
    const struct use *b = right;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    int order = stemma_text_compare(a->plain, b->plain);
    if (order == 0) {
        order = (a->node > b->node) - (a->node < b->node);
    }
    return order != 0 ? order : stemma_text_compare(a->text, b->text);
}

static uint8_t gender_of_word(stemma_text plain)
{
    static const char *const MALE[] = {
        "mr",      "sir",     "lord",        "he",      "him",         "his",
        "himself", "husband", "brother",     "father",  "son",         "king",
        "prince",  "uncle",   "grandfather", "widower", "businessman", "spokesman"};
    static const char *const FEMALE[] = {
        "mrs",     "ms",          "miss",   "lady",          "she",         "her",    "hers",
        "herself", "wife",        "sister", "mother",        "daughter",    "queen",  "princess",
        "aunt",    "grandmother", "widow",  "businesswoman", "spokeswoman", "actress"};
    if (stm_name_in(MALE, sizeof MALE / sizeof MALE[0], plain)) {
        return STEMMA_NAME_GENDER_MALE;
    }
    return stm_name_in(FEMALE, sizeof FEMALE / sizeof FEMALE[0], plain)
               ? STEMMA_NAME_GENDER_FEMALE
               : STEMMA_NAME_GENDER_UNKNOWN;
}

static stemma_text lower_word(stemma_text word, char out[16])
{
    stemma_text lower = {out, 0};
    for (size_t i = 0; i < word.size && i < 16; i++) {
        char c = word.data[i];
        out[lower.size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return lower;
}

/* Counts for each referent of a document the pronouns that tell gender: [0] male, [1] female. */
static void count_pronouns(const stemma_document *document, uint32_t (*counts)[2])
{
    for (uint32_t i = 0; i < document->mention_count; i++) {
        const stemma_mention *mention = &document->mentions[i];
        if (mention->kind != STEMMA_MENTION_PRONOUN || mention->span_count == 0 ||
            mention->referent >= document->referent_count) {
            continue;
        }
        stemma_span span = mention->spans[0];
        if (span.start >= span.end || span.end > document->text.size || span.end - span.start > 8) {
            continue;
        }
        char buffer[16];
        stemma_text word = {document->text.data + span.start, span.end - span.start};
        uint8_t gender = gender_of_word(lower_word(word, buffer));
        if (gender != STEMMA_NAME_GENDER_UNKNOWN) {
            counts[mention->referent][gender - 1]++;
        }
    }
}

/* Adds the words of an office, and the gender that a word of kinship or a title tells. */
static void read_role(struct stm_entity *node, stemma_text text)
{
    stm_name_tokens tokens;
    if (stm_name_split(&tokens, text) != STEMMA_OK) {
        return;
    }
    for (uint32_t i = 0; i < tokens.count; i++) {
        stemma_text plain = tokens.tokens[i].plain;
        /* Only the last word of a phrase is what somebody is: not "her sister's lawyer". */
        uint8_t gender = i + 1 == tokens.count ? gender_of_word(plain) : 0;
        if (gender != 0 && node->gender == 0) {
            node->gender = gender;
        }
        if (plain.size < 4 || node->role_count >= ROLES_READ) {
            continue;
        }
        uint64_t hash = XXH64(plain.data, plain.size, 0);
        uint32_t k = node->role_count;
        while (k > 0 && node->roles[k - 1] > hash) {
            k--;
        }
        if (k > 0 && node->roles[k - 1] == hash) {
            continue;
        }
        memmove(node->roles + k + 1, node->roles + k, (node->role_count - k) * sizeof hash);
        node->roles[k] = hash;
        node->role_count++;
    }
}

static void read_age(struct stm_entity *node, const stemma_document *document,
                     const stemma_quantity *age)
{
    stemma_time_bounds bounds;
    uint32_t years = 0;
    if (age->amount.size == 0 || age->amount.size > 3 ||
        stemma_edtf_bounds(document->published.edtf, &bounds) != STEMMA_OK ||
        bounds.precision < STEMMA_PRECISION_YEAR ||
        bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY) {
        return;
    }
    for (size_t i = 0; i < age->amount.size; i++) {
        if (age->amount.data[i] < '0' || age->amount.data[i] > '9') {
            return;
        }
        years = years * 10 + (uint32_t)(age->amount.data[i] - '0');
    }
    int year;
    int month;
    int day;
    int64_t seconds = bounds.start_earliest;
    stemma_civil_from_days((seconds - (seconds < 0 ? 86399 : 0)) / 86400, &year, &month, &day);
    node->born_least = (int16_t)(year - (int)years - 1);
    node->born_most = (int16_t)(year - (int)years);
}

static stemma_status read_assertions(struct stm_entities *entities, const stemma_document *document,
                                     uint32_t number, struct stm_arena *arena)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        uint32_t index = stm_entities_node(entities, number, assertion->subject);
        if (index == STEMMA_NONE || assertion->polarity == STEMMA_POLARITY_NEGATIVE) {
            continue;
        }
        struct stm_entity *node = &entities->nodes[index];
        if (text_is(assertion->predicate, "role") && assertion->object.kind == STEMMA_OBJECT_TEXT) {
            if (node->roles == NULL) {
                node->roles = stm_arena_alloc(arena, ROLES_READ + 1, sizeof *node->roles);
                if (node->roles == NULL) {
                    return STEMMA_E_NO_MEMORY;
                }
            }
            read_role(node, assertion->object.as.text);
        } else if (text_is(assertion->predicate, "age") &&
                   assertion->object.kind == STEMMA_OBJECT_QUANTITY) {
            read_age(node, document, &assertion->object.as.quantity);
        }
    }
    return STEMMA_OK;
}

static uint32_t count_entities(const struct stm_judge_input *input, stm_memory *memory,
                               uint64_t *names)
{
    uint64_t count = 0;
    *names = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(memory);
        for (uint32_t r = 0; r < input->documents[d]->referent_count; r++) {
            const stemma_referent *referent = &input->documents[d]->referents[r];
            if (referent->kind == STEMMA_REFERENT_ENTITY) {
                count++;
                *names += referent->name_count;
            }
        }
    }
    return count < STEMMA_NONE && *names < STEMMA_NONE ? (uint32_t)count : STEMMA_NONE;
}

/* Gender by title and pronoun: what most pronouns say, when nearly none says otherwise. */
static void settle_gender(struct stm_entity *node, const stemma_referent *referent,
                          const uint32_t pronouns[2])
{
    for (uint32_t i = 0; i < referent->name_count; i++) {
        stm_name_tokens tokens;
        if (stm_name_split(&tokens, referent->names[i].text) == STEMMA_OK && tokens.count > 1) {
            uint8_t gender = gender_of_word(tokens.tokens[0].plain);
            node->gender = gender != 0 ? gender : node->gender;
        }
        if (referent->names[i].kind == STEMMA_NAME_NAME && node->surname_gender == 0) {
            node->surname_gender = (uint8_t)stemma_name_surname_gender(referent->names[i].text);
        }
    }
    if (node->gender == 0 && pronouns[0] >= 2 && pronouns[1] == 0) {
        node->gender = STEMMA_NAME_GENDER_MALE;
    } else if (node->gender == 0 && pronouns[1] >= 2 && pronouns[0] == 0) {
        node->gender = STEMMA_NAME_GENDER_FEMALE;
    }
}

static stemma_status collect_document(const struct stm_judge_input *input, uint32_t number,
                                      struct stm_entities *entities, struct use *uses,
                                      uint32_t *use_count, struct stm_arena *arena)
{
    const stemma_document *document = input->documents[number];
    struct stm_arena scratch;
    stm_arena_init(&scratch, 0);
    uint32_t(*pronouns)[2] = stm_arena_alloc(&scratch, document->referent_count, sizeof *pronouns);
    stemma_status status = pronouns == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    if (status == STEMMA_OK) {
        count_pronouns(document, pronouns);
    }
    entities->first[number] = entities->count;
    for (uint32_t r = 0; status == STEMMA_OK && r < document->referent_count; r++) {
        const stemma_referent *referent = &document->referents[r];
        if (referent->kind != STEMMA_REFERENT_ENTITY) {
            continue;
        }
        uint32_t index = entities->count++;
        struct stm_entity *node = &entities->nodes[index];
        entities->document[index] = number;
        node->document = number;
        node->referent = r;
        node->kind = class_of(referent->type);
        if (node->kind == STEMMA_NAME_CLASS_PERSON) {
            settle_gender(node, referent, pronouns[r]);
        }
        for (uint32_t n = 0; status == STEMMA_OK && n < referent->name_count; n++) {
            if (referent->names[n].kind != STEMMA_NAME_NOMINAL) {
                status =
                    make_use(&uses[*use_count], referent->names[n].text, node->kind, index, arena);
                *use_count += uses[*use_count].plain.size != 0;
            }
        }
    }
    entities->first[number + 1] = entities->count;
    if (status == STEMMA_OK) {
        status = read_assertions(entities, document, number, arena);
    }
    stm_arena_free(&scratch);
    return status;
}

/* Turns the sorted uses into names with their bearers, and nodes with their names. */
static stemma_status number_names(struct stm_entities *entities, struct use *uses, uint32_t count,
                                  struct stm_arena *arena)
{
    entities->names = stm_arena_alloc(arena, count, sizeof *entities->names);
    entities->bearers = stm_arena_alloc(arena, count, sizeof *entities->bearers);
    entities->name_of = stm_arena_alloc(arena, count, sizeof *entities->name_of);
    if (entities->names == NULL || entities->bearers == NULL || entities->name_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t bearers = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct use *use = &uses[i];
        int new_name = i == 0 || use->kind != uses[i - 1].kind ||
                       !stemma_text_equal(use->plain, uses[i - 1].plain);
        if (new_name) {
            struct stm_entity_name *name = &entities->names[entities->name_count++];
            name->text = use->text;
            name->plain = use->plain;
            name->kind = use->kind;
            name->words = use->words;
            name->generic = use->generic;
            name->first_bearer = bearers;
        }
        use->name = entities->name_count - 1;
        if (new_name || use->node != uses[i - 1].node) {
            entities->bearers[bearers++] = use->node;
            entities->names[use->name].bearer_count++;
            entities->nodes[use->node].name_count++;
        }
    }
    uint32_t place = 0;
    for (uint32_t i = 0; i < entities->count; i++) {
        entities->nodes[i].first_name = place;
        place += entities->nodes[i].name_count;
        entities->nodes[i].name_count = 0;
    }
    for (uint32_t n = 0; n < entities->name_count; n++) {
        const struct stm_entity_name *name = &entities->names[n];
        for (uint32_t k = 0; k < name->bearer_count; k++) {
            struct stm_entity *node = &entities->nodes[entities->bearers[name->first_bearer + k]];
            entities->name_of[node->first_name + node->name_count++] = n;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_entities_collect(const struct stm_judge_input *input, struct stm_arena *arena,
                                   struct stm_entities *entities)
{
    memset(entities, 0, sizeof *entities);
    uint64_t name_total;
    uint32_t total = count_entities(input, arena->memory, &name_total);
    if (total == STEMMA_NONE) {
        return STEMMA_E_NO_MEMORY;
    }
    struct use *uses = stm_arena_alloc(arena, (size_t)name_total + 1, sizeof *uses);
    entities->nodes = stm_arena_alloc(arena, total, sizeof *entities->nodes);
    entities->document = stm_arena_alloc(arena, total, sizeof *entities->document);
    entities->first =
        stm_arena_alloc(arena, (size_t)input->document_count + 1, sizeof *entities->first);
    if (uses == NULL || entities->nodes == NULL || entities->document == NULL ||
        entities->first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint32_t use_count = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_judge_step(input, arena, "reading names", d, input->document_count);
        stemma_status status = collect_document(input, d, entities, uses, &use_count, arena);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (use_count != 0) {
        stm_arena_sort(arena, uses, use_count, sizeof *uses, compare_uses);
    }
    return number_names(entities, uses, use_count, arena);
}

uint32_t stm_entities_node(const struct stm_entities *entities, uint32_t document,
                           uint32_t referent)
{
    uint32_t low = entities->first[document];
    uint32_t end = entities->first[document + 1];
    uint32_t high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (entities->nodes[middle].referent < referent) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && entities->nodes[low].referent == referent ? low : STEMMA_NONE;
}
