/* SPDX-License-Identifier: MIT */
/* stemma_find(): who may be called so. Candidates come from the indexes of names, the surest first,
   and are then compared name by name. Every step is bounded, whatever the name and the file. */
#include "find_gather.h"

#include "entity.h"
#include "error.h"
#include "find_exact.h"
#include "known.h"
#include "late.h"

#define COMPARED_SURE  300u /* candidates compared that have the name or all its tokens ... */
#define COMPARED_TOKEN 200u /* ... a token of it ... */
#define COMPARED_MORE  60u  /* ... the same when a sure one fits already ... */
#define COMPARED_LIKE  120u /* ... only words like them */
#define COMPARED_NAMES 24u  /* names of one candidate that are compared */
#define SURE_SCORE     950u /* from here on a result is what was asked for */
#define GOOD_SCORE     850u /* from here on nobody needs words that are like them */
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

static uint32_t name_score(const stm_find *s, const stemma_entity_name *name,
                           stemma_name_class class)
{
    char folded[STEMMA_NAME_KEY_SIZE];
    stemma_text plain = {folded, 0};
    if (stemma_name_fold(name->text, folded, sizeof folded, &plain.size) == STEMMA_OK &&
        stemma_text_equal(plain, s->plain)) {
        return 1000;
    }
    return fit(s->name, name->text, class);
}

static uint32_t best_score(const stm_find *s, const stemma_entity *entity)
{
    stemma_name_class class = class_of(entity->type);
    uint32_t best = 0;
    for (uint32_t i = 0; i < entity->name_count && i < COMPARED_NAMES && best < 1000; i++) {
        const stemma_entity_name *name = &entity->names[i];
        uint32_t score;
        if (name->kind == STEMMA_NAME_NOMINAL && !stemma_text_equal(name->text, entity->name)) {
            continue;
        }
        score = name_score(s, name, class);
        best = score > best ? score : best;
    }
    return best;
}

/* Marks an entity as compared; 0 when it was already. */
static int is_new(stm_find *s, uint32_t entity)
{
    uint32_t mask = 2u * STM_FIND_COMPARED - 1u;
    uint32_t slot = (entity * UINT32_C(2654435761)) & mask;
    while (s->compared[slot] != 0) {
        if (s->compared[slot] == entity + 1u) {
            return 0;
        }
        slot = (slot + 1u) & mask;
    }
    s->compared[slot] = entity + 1u;
    return 1;
}

/* Better results come first: higher scores, then more mentions, which is lower numbers unless the
   snapshot is cut. */
static int is_behind(const stm_find *s, uint32_t at, uint32_t entity, uint32_t score,
                     uint32_t mentions)
{
    const stemma_found *found = &s->found[at];
    if (found->score != score) {
        return found->score < score;
    }
    if (s->mentions != NULL && s->mentions[at] != mentions) {
        return s->mentions[at] < mentions;
    }
    return found->entity > entity;
}

static void keep(stm_find *s, const stemma_entity *entity, uint32_t score)
{
    uint32_t at = s->found_count;
    while (at > 0 && is_behind(s, at - 1, entity->number, score, entity->mentions)) {
        at--;
    }
    if (at == s->limit) {
        return;
    }
    memmove(s->found + at + 1, s->found + at, (s->found_count - at) * sizeof s->found[0]);
    s->found[at].entity = entity->number;
    s->found[at].score = (uint16_t)score;
    if (s->mentions != NULL) {
        memmove(s->mentions + at + 1, s->mentions + at,
                (s->found_count - at) * sizeof s->mentions[0]);
        s->mentions[at] = entity->mentions;
    }
    s->found_count += s->found_count < s->limit;
}

/* The most that any of its names fits, whether or not it would count. */
static uint32_t highest_score(const stm_find *s, const stemma_entity *entity)
{
    stemma_name_class class = class_of(entity->type);
    uint32_t best = 0;
    for (uint32_t i = 0; i < entity->name_count && best < 1000; i++) {
        uint32_t score = name_score(s, &entity->names[i], class);
        best = score > best ? score : best;
    }
    return best;
}

/* An entity as it is known, when it is and one of its names in the whole file is good enough: what
   is not is not worked out anew. STEMMA_NOT_FOUND. */
static stemma_status get_candidate(const stm_find *s, uint32_t number, stemma_entity *out,
                                   stemma_error *error)
{
    stemma_entity whole;
    stemma_status status = stm_entity_whole(s->snapshot, number, true, &whole, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ENTITY, number, "ENTITY_MISSING");
    }
    *out = whole;
    if (status != STEMMA_OK || !stm_is_cut(s->snapshot)) {
        return status;
    }
    if (whole.first.document >= s->snapshot->until || highest_score(s, &whole) < s->threshold) {
        return STEMMA_NOT_FOUND;
    }
    return stm_known_entity(s->snapshot, &whole, false, out, error);
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
        if (!is_new(s, number)) {
            continue;
        }
        status = get_candidate(s, number, &entity, error);
        if (status == STEMMA_NOT_FOUND) {
            stm_snapshot_rewind(s->snapshot, mark);
            continue;
        }
        if (status != STEMMA_OK) {
            return status;
        }
        compared++;
        if (has_type(entity.type, s->type)) {
            uint32_t score = best_score(s, &entity);
            if (score >= s->threshold && score > 0) {
                keep(s, &entity, score > 1000 ? 1000 : score);
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
    uint32_t least = 0;
    stemma_status status = stm_find_words(s, error);
    if (status == STEMMA_OK) {
        status = stm_find_gather_sure(s, error);
    }
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
        status = stm_find_gather_like(s, &least, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, COMPARED_LIKE, least, error);
        }
    }
    return status;
}

/* Only the same name: no candidates are gathered, labels are compared where that will do. */
static stemma_status find_same_name(stemma_snapshot *snapshot, stemma_text name, stemma_text type,
                                    uint32_t limit, stemma_found *found, uint32_t *count,
                                    stemma_error *error)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text plain = {bytes, 0};
    stm_exact exact;
    uint32_t entity;
    if (stm_name_fold(name, bytes, &plain.size) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    if (plain.size == 0) {
        return STEMMA_OK;
    }
    stemma_status status = stm_exact_begin(&exact, snapshot, name, plain, error);
    while (status == STEMMA_OK && *count < limit) {
        int fits = 1;
        status = stm_exact_next(&exact, &entity, error);
        if (status == STEMMA_OK && type.size != 0) {
            stm_mark mark = stm_snapshot_mark(snapshot);
            stemma_entity one;
            status = stemma_entity_get(snapshot, entity, &one, error);
            fits = status == STEMMA_OK && has_type(one.type, type);
            stm_snapshot_rewind(snapshot, mark);
        }
        if (status == STEMMA_OK && fits) {
            found[*count].entity = entity;
            found[(*count)++].score = 1000;
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
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
    status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_counts_get(snapshot->file, &counts);
    uint32_t limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit;
    limit = limit > MOST_RESULTS ? MOST_RESULTS : limit;
    found = stm_snapshot_array(snapshot, (uint64_t)limit + 1, sizeof *found, error);
    if (found == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (options->threshold >= 1000) {
        status = find_same_name(snapshot, name, options->type, limit, found, count, error);
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
    s->mentions = NULL;
    if (stm_is_cut(snapshot)) {
        s->mentions = stm_snapshot_array(snapshot, (uint64_t)limit + 1, sizeof *s->mentions, error);
        if (s->mentions == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    s->plain = (stemma_text){s->plain_bytes, 0};
    status = STEMMA_OK;
    if (stm_name_fold(name, s->plain_bytes, &s->plain.size) != STEMMA_OK) {
        status = stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    if (status == STEMMA_OK && s->plain.size != 0 && s->entities != 0) {
        memset(s->compared, 0, sizeof s->compared);
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
