/* SPDX-License-Identifier: MIT */
/* stemma_find(): who may be called so. Candidates come from the indexes of names, the surest first,
   and are then compared name by name. Every step is bounded, whatever the name and the file. */
#include "find_gather.h"

#include "error.h"
#include "label_exact.h"

#define COMPARED_SURE  300u /* candidates compared that have the name or all its tokens ... */
#define COMPARED_TOKEN 200u /* ... a token of it ... */
#define COMPARED_MORE  60u  /* ... the same when a sure one fits already ... */
#define COMPARED_GRAM  120u /* ... only grams */
#define COMPARED_NAMES 24u  /* names of one candidate that are compared */
#define SURE_SCORE     950u /* from here on a result is what was asked for */
#define GOOD_SCORE     850u /* from here on nobody needs grams */
#define DEFAULT_LIMIT  20u
#define MOST_RESULTS   10000u

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

/* The rules of the class are made for joining, where a mistake costs much. Who asks may misspell
   and may give a part: then the rules for things and for people help out, at a discount. */
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

/* Whether one of the entity's names folds to `plain`. */
static int is_called(const stemma_entity *entity, stemma_text plain)
{
    for (uint32_t i = 0; i < entity->name_count; i++) {
        char bytes[STEMMA_NAME_KEY_SIZE];
        stemma_text folded = {bytes, 0};
        if (stemma_name_fold(entity->names[i].text, bytes, sizeof bytes, &folded.size) ==
                STEMMA_OK &&
            stemma_text_equal(folded, plain)) {
            return 1;
        }
    }
    return 0;
}

static uint32_t best_score(const stm_find *s, const stemma_entity *entity)
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
static void keep(stm_find *s, uint32_t entity, uint32_t score)
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

/* Compares at most `most` candidates of at least a weight, the likeliest first. */
static stemma_status compare_candidates(stm_find *s, uint32_t most, uint32_t least_weight,
                                        stemma_error *error)
{
    uint32_t compared = 0;
    stm_candidates_sort(&s->candidates);
    for (uint32_t i = 0;
         i < s->candidates.count && compared < most && s->candidates.list[i].weight >= least_weight;
         i++) {
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

static uint32_t best_so_far(const stm_find *s)
{
    return s->found_count == 0 ? 0 : s->found[0].score;
}

/* From the surest to the least sure; each step costs more and is taken only as far as needed. */
static stemma_status run(stm_find *s, stemma_error *error)
{
    uint32_t grams = 0;
    stemma_status status = stm_find_gather_sure(s, error);
    if (status == STEMMA_OK) {
        status = compare_candidates(s, COMPARED_SURE, 0, error);
    }
    if (status == STEMMA_OK) {
        status = stm_find_gather_tokens(s, error);
    }
    if (status == STEMMA_OK) {
        uint32_t most = best_so_far(s) >= SURE_SCORE ? COMPARED_MORE : COMPARED_TOKEN;
        status = compare_candidates(s, most, 0, error);
    }
    if (status == STEMMA_OK && best_so_far(s) < GOOD_SCORE) {
        status = stm_find_gather_grams(s, &grams, error);
        if (status == STEMMA_OK) {
            /* A slip of the pen leaves at least a fifth of the grams. */
            status = compare_candidates(s, COMPARED_GRAM, (grams + 4) / 5, error);
        }
    }
    return status;
}

/* Only the same name: no candidates are gathered, labels are compared where that will do. */
static stemma_status find_exact(stemma_snapshot *snapshot, stemma_text name, stemma_text type,
                                uint32_t limit, stemma_found *found, uint32_t *count,
                                stemma_error *error)
{
    const stm_label_exact *exact = &snapshot->file->exact;
    char bytes[STEMMA_NAME_KEY_SIZE];
    stemma_text plain = {bytes, 0};
    if (stemma_name_fold(name, bytes, sizeof bytes, &plain.size) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    if (plain.size == 0) {
        return STEMMA_OK;
    }
    uint32_t hash = stm_label_hash(plain);
    uint32_t first = stm_label_exact_find(exact, hash);
    for (uint32_t i = first; i < exact->count && i - first < STM_FIND_EXACT_PAIRS && *count < limit;
         i++) {
        stm_label_pair pair = stm_label_exact_at(exact, i);
        stemma_text label;
        stemma_status status;
        if (pair.hash != hash) {
            break;
        }
        status = stemma_entity_label(snapshot, pair.entity, &label, error);
        if (status != STEMMA_OK) {
            return status == STEMMA_NOT_FOUND
                       ? stm_damaged(error, STM_TABLE_LABEL, i, "ENTITY_OUT_OF_RANGE")
                       : status;
        }
        int same = stemma_text_equal(label, name);
        if (!same || type.size != 0) {
            stm_mark mark = stm_snapshot_mark(snapshot);
            stemma_entity entity;
            status = stemma_entity_get(snapshot, pair.entity, &entity, error);
            if (status != STEMMA_OK) {
                return status;
            }
            same = has_type(entity.type, type) && (same || is_called(&entity, plain));
            stm_snapshot_rewind(snapshot, mark);
        }
        if (same) {
            found[*count].entity = pair.entity;
            found[(*count)++].score = 1000;
        }
    }
    return STEMMA_OK;
}

stemma_status stemma_find(stemma_snapshot *snapshot, stemma_text name,
                          const stemma_find_options *options, const stemma_found **out,
                          uint32_t *count, stemma_error *error)
{
    stemma_find_options defaults = STEMMA_FIND_OPTIONS_INIT;
    stemma_counts counts;
    stm_find *s;
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
    if (options->threshold >= 1000) {
        status = find_exact(snapshot, name, options->type, limit, found, count, error);
        *out = status == STEMMA_OK ? found : NULL;
        *count = status == STEMMA_OK ? *count : 0;
        return status;
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
