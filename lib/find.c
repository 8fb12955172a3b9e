/* SPDX-License-Identifier: MIT */
/* stemma_find(): who may be called so. Candidates come from the indexes of names, the surest first,
   and are then compared name by name. Every step is bounded, whatever the name and the file. */
#include "stemma/search.h"

#include <stdlib.h>

#include "error.h"
#include "find_candidates.h"
#include "index_postings.h"
#include "label_exact.h"
#include "snapshot.h"
#include "stemma/name.h"

#define TOKENS 8u            /* tokens of a name that are looked up */
#define LIST_POSTINGS 2048u  /* postings read of one list, the most mentioned entities first */
#define GRAM_POSTINGS 20000u /* the same for a gram */
#define GRAMS 64u            /* grams of a name that are looked up, the rarest first */
#define EXACT_PAIRS 512u     /* entities of one hash */
#define COMPARED 400u        /* candidates compared in one round */
#define COMPARED_NAMES 24u   /* names of one candidate that are compared */
#define DEFAULT_LIMIT 20u
#define MOST_RESULTS 10000u

/* What speaks for a candidate: the exact name most, a gram least. */
#define WEIGHT_EXACT 1000000u
#define WEIGHT_WHOLE 100000u
#define WEIGHT_ALL_TOKENS 10000u
#define WEIGHT_TOKEN 100u
#define WEIGHT_GRAM 1u

typedef struct search {
    stemma_snapshot *snapshot;
    stemma_text name;
    stemma_text plain; /* folded; in plain_bytes */
    stemma_text key;   /* in key_bytes */
    stemma_text type;
    uint16_t threshold;
    uint32_t limit;
    uint32_t entities; /* in the file */
    stm_candidates candidates;
    stemma_found *found; /* kept sorted; room for limit + 1 */
    uint32_t found_count;
    uint8_t *seen; /* a bit an entity: compared already */
    char plain_bytes[STEMMA_NAME_KEY_SIZE];
    char key_bytes[STEMMA_NAME_KEY_SIZE];
    stm_posting_cursor cursors[TOKENS];
} search;

/* ---- Candidates ---------------------------------------------------------------------------- */

static uint32_t split(stemma_text key, stemma_text tokens[TOKENS])
{
    uint32_t count = 0;
    size_t at = 0;
    while (at < key.size && count < TOKENS) {
        const char *gap = memchr(key.data + at, ' ', key.size - at);
        size_t end = gap != NULL ? (size_t)(gap - key.data) : key.size;
        if (end > at) {
            tokens[count].data = key.data + at;
            tokens[count++].size = end - at;
        }
        at = end + 1;
    }
    return count;
}

static stemma_status gather_exact(search *s, stemma_error *error)
{
    stm_label_exact exact = s->snapshot->file->exact;
    uint32_t hash = stm_label_hash(s->plain);
    uint32_t first = stm_label_exact_find(&exact, hash);
    for (uint32_t i = first; i < exact.count && i - first < EXACT_PAIRS; i++) {
        stm_label_pair pair = stm_label_exact_at(&exact, i);
        if (pair.hash != hash) {
            break;
        }
        if (pair.entity >= s->entities) {
            return stm_damaged(error, STM_TABLE_LABEL, i, "ENTITY_OUT_OF_RANGE");
        }
        stm_candidates_add(&s->candidates, pair.entity, WEIGHT_EXACT);
    }
    return STEMMA_OK;
}

static stemma_status open_list(search *s, stm_posting_cursor *cursor, stm_table table,
                               const stm_list_key *key, stm_posting_source *source,
                               stemma_error *error)
{
    stemma_status status = stm_snapshot_source(s->snapshot, table, source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    status = stm_posting_cursor_open(cursor, source, stm_list_key_bytes(key), s->entities);
    if (status != STEMMA_OK) {
        stm_snapshot_source_return(source);
        return stm_damaged(error, table, 0, "POSTING_VALUE");
    }
    return STEMMA_OK;
}

/* Adds the entities of one list. */
static stemma_status gather_list(search *s, stm_table table, const stm_list_key *key,
                                 uint32_t most, uint32_t weight, stemma_error *error)
{
    stm_posting_cursor *cursor = &s->cursors[0];
    stm_posting_source source;
    uint32_t entity;
    stemma_status status = open_list(s, cursor, table, key, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < most; i++) {
        status = stm_posting_cursor_next(cursor, &entity, NULL);
        if (status != STEMMA_OK) {
            break;
        }
        stm_candidates_add(&s->candidates, entity, weight);
    }
    stm_snapshot_source_return(&source);
    return status < 0 ? stm_damaged(error, table, 0, "POSTING_VALUE") : STEMMA_OK;
}

static stemma_status gather_name_list(search *s, uint8_t kind, stemma_text text, uint32_t weight,
                                      stemma_error *error)
{
    stm_list_key key;
    if (stm_list_key_name(&key, kind, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    return gather_list(s, STM_TABLE_NAME, &key, LIST_POSTINGS, weight, error);
}

/* Entities that have all of the tokens: lists of common tokens are long, what they share is not. */
static stemma_status gather_all_tokens(search *s, const stemma_text *tokens, uint32_t count,
                                       stemma_error *error)
{
    stm_posting_source sources[TOKENS];
    uint32_t opened = 0, entity = 0, agreed = 0, added = 0;
    stemma_status status = STEMMA_OK;
    while (opened < count && status == STEMMA_OK) {
        stm_list_key key;
        if (stm_list_key_name(&key, STM_NAME_TOKEN, tokens[opened]) != STEMMA_OK) {
            status = STEMMA_END;
            break;
        }
        status = open_list(s, &s->cursors[opened], STM_TABLE_NAME, &key, &sources[opened], error);
        opened += status == STEMMA_OK;
    }
    if (status < 0) {
        goto done;
    }
    for (uint32_t turn = 0; status == STEMMA_OK && added < LIST_POSTINGS; turn = (turn + 1) % count) {
        uint32_t found;
        status = stm_posting_cursor_seek(&s->cursors[turn], entity, &found, NULL);
        if (status != STEMMA_OK) {
            break;
        }
        agreed = found == entity && agreed != 0 ? agreed + 1 : 1;
        entity = found;
        if (agreed == count) {
            stm_candidates_add(&s->candidates, entity, WEIGHT_ALL_TOKENS);
            added++;
            agreed = 0;
            if (entity == UINT32_MAX) {
                break;
            }
            entity++;
        }
    }
    status = status < 0 ? stm_damaged(error, STM_TABLE_NAME, 0, "POSTING_VALUE") : STEMMA_OK;
done:
    for (uint32_t i = 0; i < opened; i++) {
        stm_snapshot_source_return(&sources[i]);
    }
    return status;
}

static stemma_status gather_tokens(search *s, stemma_error *error)
{
    stemma_text tokens[TOKENS];
    uint32_t count = split(s->key, tokens);
    stemma_status status = gather_name_list(s, STM_NAME_WHOLE, s->key, WEIGHT_WHOLE, error);
    if (status == STEMMA_OK && count > 1) {
        status = gather_all_tokens(s, tokens, count, error);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = gather_name_list(s, STM_NAME_TOKEN, tokens[i], WEIGHT_TOKEN, error);
    }
    count = split(s->plain, tokens);
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        status = gather_name_list(s, STM_NAME_PLAIN, tokens[i], WEIGHT_TOKEN, error);
    }
    return status;
}

/* ---- Grams: for misspelt names ------------------------------------------------------------- */

typedef struct gram {
    stm_list_key key;
    uint64_t count;
} gram;

typedef struct gram_set {
    gram *grams;
    uint32_t count;
} gram_set;

static stemma_status take_gram(void *context, stemma_text text)
{
    gram_set *set = context;
    gram *next = &set->grams[set->count];
    if (set->count == GRAMS || stm_list_key_text(&next->key, text) != STEMMA_OK) {
        return STEMMA_OK;
    }
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->grams[i].key.size == next->key.size &&
            memcmp(set->grams[i].key.data, next->key.data, next->key.size) == 0) {
            return STEMMA_OK;
        }
    }
    set->count++;
    return STEMMA_OK;
}

static int by_count(const void *left, const void *right)
{
    const gram *a = left, *b = right;
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    size_t size = a->key.size < b->key.size ? a->key.size : b->key.size;
    int order = memcmp(a->key.data, b->key.data, size);
    return order != 0 ? order : (a->key.size > b->key.size) - (a->key.size < b->key.size);
}

static stemma_status gather_grams(search *s, stemma_error *error)
{
    stemma_text tokens[TOKENS];
    uint32_t count = split(s->plain, tokens);
    gram_set set = {NULL, 0};
    stm_posting_source source;
    stemma_status status = stm_snapshot_source(s->snapshot, STM_TABLE_GRAM, &source, error);
    if (status != STEMMA_OK) {
        return status;
    }
    set.grams = stm_snapshot_array(s->snapshot, GRAMS + 1u, sizeof *set.grams, error);
    if (set.grams == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)stm_grams(tokens[i], take_gram, &set); /* take_gram never fails */
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < set.count; i++) {
        status = stm_posting_count(&source, stm_list_key_bytes(&set.grams[i].key),
                                   &set.grams[i].count);
    }
    stm_snapshot_source_return(&source);
    if (status != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_GRAM, 0, "POSTING_VALUE");
    }
    if (set.count > 1) {
        qsort(set.grams, set.count, sizeof set.grams[0], by_count);
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < set.count; i++) {
        status = gather_list(s, STM_TABLE_GRAM, &set.grams[i].key, GRAM_POSTINGS, WEIGHT_GRAM,
                             error);
    }
    return status;
}

/* ---- Comparing ----------------------------------------------------------------------------- */

static stemma_name_class class_of(stemma_text type)
{
    if (stemma_text_equal(type, stemma_text_of("person"))) {
        return STEMMA_NAME_CLASS_PERSON;
    }
    if (stemma_text_equal(type, stemma_text_of("organization"))) {
        return STEMMA_NAME_CLASS_ORGANIZATION;
    }
    if (stemma_text_equal(type, stemma_text_of("place"))) {
        return STEMMA_NAME_CLASS_PLACE;
    }
    return STEMMA_NAME_CLASS_OTHER;
}

/* Whether the wanted type is the entity's or one above it. */
static int has_type(stemma_text type, stemma_text wanted)
{
    return wanted.size == 0 || stemma_text_equal(type, wanted) ||
           (type.size > wanted.size && type.data[wanted.size] == '.' &&
            memcmp(type.data, wanted.data, wanted.size) == 0);
}

/* The rules of the class are made for joining, where a mistake costs much. Who asks may misspell and
   may give a part: then the rules for things and for people help out, at a discount. */
static uint32_t fit(stemma_text wanted, stemma_text name, stemma_name_class class)
{
    uint32_t score = stemma_name_similarity(wanted, name, class);
    if (class != STEMMA_NAME_CLASS_PERSON && score < 900) {
        uint32_t other = stemma_name_similarity(wanted, name, STEMMA_NAME_CLASS_OTHER) * 9 / 10;
        uint32_t part = stemma_name_similarity(wanted, name, STEMMA_NAME_CLASS_PERSON) * 17 / 20;
        score = other > score ? other : score;
        score = part > score ? part : score;
    }
    return score;
}

static uint32_t best_score(const search *s, const stemma_entity *entity)
{
    stemma_name_class class = class_of(entity->type);
    uint32_t best = 0;
    for (uint32_t i = 0; i < entity->name_count && i < COMPARED_NAMES && best < 1000; i++) {
        const stemma_entity_name *name = &entity->names[i];
        char folded[STEMMA_NAME_KEY_SIZE];
        stemma_text plain = {folded, 0};
        uint32_t score;
        if (name->kind == STEMMA_NAME_NOMINAL && !stemma_text_equal(name->text, entity->name)) {
            continue;
        }
        if (stemma_name_fold(name->text, folded, sizeof folded, &plain.size) == STEMMA_OK &&
            stemma_text_equal(plain, s->plain)) {
            return 1000;
        }
        score = fit(s->name, name->text, class);
        best = score > best ? score : best;
    }
    return best;
}

/* Better results come first: higher scores, then more mentions, which is lower numbers. */
static void keep(search *s, uint32_t entity, uint32_t score)
{
    uint32_t at = s->found_count;
    while (at > 0 && (s->found[at - 1].score < score ||
                      (s->found[at - 1].score == score && s->found[at - 1].entity > entity))) {
        at--;
    }
    if (at == s->limit) {
        return;
    }
    memmove(s->found + at + 1, s->found + at, (s->found_count - at) * sizeof s->found[0]);
    s->found[at].entity = entity;
    s->found[at].score = (uint16_t)score;
    s->found_count += s->found_count < s->limit;
}

static stemma_status compare_candidates(search *s, stemma_error *error)
{
    uint32_t compared = 0;
    stm_candidates_sort(&s->candidates);
    for (uint32_t i = 0; i < s->candidates.count && compared < COMPARED; i++) {
        uint32_t number = s->candidates.list[i].entity;
        stm_mark mark = stm_snapshot_mark(s->snapshot);
        stemma_entity entity;
        stemma_status status;
        if ((s->seen[number / 8] & (1u << (number % 8))) != 0) {
            continue;
        }
        s->seen[number / 8] |= (uint8_t)(1u << (number % 8));
        compared++;
        status = stemma_entity_get(s->snapshot, number, &entity, error);
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND
                       ? stm_damaged(error, STM_TABLE_ENTITY, number, "ENTITY_MISSING")
                       : status;
        }
        if (has_type(entity.type, s->type)) {
            uint32_t score = best_score(s, &entity);
            if (score >= s->threshold && score > 0) {
                keep(s, number, score > 1000 ? 1000 : score);
            }
        }
        stm_snapshot_rewind(s->snapshot, mark);
    }
    stm_candidates_clear(&s->candidates);
    return STEMMA_OK;
}

static stemma_status run(search *s, stemma_error *error)
{
    stemma_status status = gather_exact(s, error);
    if (status == STEMMA_OK) {
        status = gather_tokens(s, error);
    }
    if (status == STEMMA_OK) {
        status = compare_candidates(s, error);
    }
    /* Grams cost the most: only when nothing fits well. */
    if (status == STEMMA_OK && (s->found_count == 0 || s->found[0].score < 900)) {
        status = gather_grams(s, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, error);
        }
    }
    return status;
}

stemma_status stemma_find(stemma_snapshot *snapshot, stemma_text name,
                          const stemma_find_options *options, const stemma_found **out,
                          uint32_t *count, stemma_error *error)
{
    stemma_find_options defaults = STEMMA_FIND_OPTIONS_INIT;
    stemma_counts counts;
    search *s;
    stm_mark mark;
    stemma_found *found;
    stemma_status status;
    *out = NULL;
    *count = 0;
    if (options != NULL && options->size != sizeof *options) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options are not those of this version of the library");
    }
    options = options != NULL ? options : &defaults;
    stemma_counts_get(snapshot->file, &counts);
    uint32_t limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit;
    limit = limit > MOST_RESULTS ? MOST_RESULTS : limit;
    found = stm_snapshot_array(snapshot, (uint64_t)limit + 1, sizeof *found, error);
    if (found == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    mark = stm_snapshot_mark(snapshot);
    s = stm_snapshot_alloc(snapshot, sizeof *s, error);
    if (s == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    s->snapshot = snapshot;
    s->name = name;
    s->type = options->type;
    s->threshold = options->threshold == 0 ? (uint16_t)STEMMA_NAME_LIKELY : options->threshold;
    s->limit = limit;
    s->entities = counts.entities > UINT32_MAX ? UINT32_MAX : (uint32_t)counts.entities;
    s->found = found;
    s->found_count = 0;
    s->plain = (stemma_text){s->plain_bytes, 0};
    s->key = (stemma_text){s->key_bytes, 0};
    s->seen = stm_snapshot_alloc(snapshot, s->entities / 8u + 1u, error);
    status = s->seen == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    if (status == STEMMA_OK &&
        (stemma_name_fold(name, s->plain_bytes, sizeof s->plain_bytes, &s->plain.size) !=
             STEMMA_OK ||
         stemma_name_key(name, s->key_bytes, sizeof s->key_bytes, &s->key.size) != STEMMA_OK)) {
        status = stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    if (status == STEMMA_OK && s->plain.size != 0 && s->entities != 0) {
        memset(s->seen, 0, s->entities / 8u + 1u);
        stm_candidates_clear(&s->candidates);
        status = run(s, error);
    }
    if (status == STEMMA_OK) {
        *out = found;
        *count = s->found_count;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
