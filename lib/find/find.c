/* SPDX-License-Identifier: MIT */
/* stemma_find(): who may be called so. Candidates come from the indexes of names, the surest first,
   and are then compared name by name. Every step is bounded, whatever the name and the file. */
#include "find/find_gather.h"

#include "read/entity.h"
#include "base/error.h"
#include "find/find_exact.h"
#include "read/known.h"
#include "file/late.h"

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

/* The best of an entity's names. */
static stm_match best_match(const stm_find *s, const stemma_entity *entity, uint32_t *name)
{
    stemma_name_class kind = class_of(entity->type);
    stm_match best = {0, STEMMA_MATCH_SAME, 0, 0};
    *name = 0;
    for (uint32_t i = 0; i < entity->name_count && i < COMPARED_NAMES && best.score < 1000; i++) {
        const stemma_entity_name *one = &entity->names[i];
        if (one->kind == STEMMA_NAME_NOMINAL && !stemma_text_equal(one->text, entity->name)) {
            continue;
        }
        stm_match match = stm_match_name(&s->asked, one->text, kind);
        if (match.score > best.score || (match.score == best.score && match.whole > best.whole)) {
            best = match;
            *name = i;
        }
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
static int is_behind(const stm_find *s, uint32_t at, const stemma_found *one, uint32_t mentions)
{
    const stemma_found *found = &s->found[at];
    if (found->score != one->score) {
        return found->score < one->score;
    }
    if (s->mentions != NULL && s->mentions[at] != mentions) {
        return s->mentions[at] < mentions;
    }
    return found->entity > one->entity;
}

/* Moves results from `from` on to `to`, with what is remembered of them. */
static void move(stm_find *s, uint32_t to, uint32_t from)
{
    size_t count = s->found_count - from;
    memmove(s->found + to, s->found + from, count * sizeof s->found[0]);
    if (s->mentions != NULL) {
        memmove(s->mentions + to, s->mentions + from, count * sizeof s->mentions[0]);
    }
}

static void keep(stm_find *s, const stemma_found *one, uint32_t mentions)
{
    for (uint32_t i = 0; i < s->found_count; i++) {
        if (s->found[i].entity == one->entity) { /* an earlier round found it */
            if (s->found[i].score >= one->score) {
                return;
            }
            move(s, i, i + 1);
            s->found_count--;
            break;
        }
    }
    uint32_t at = s->found_count;
    while (at > 0 && is_behind(s, at - 1, one, mentions)) {
        at--;
    }
    if (at == s->limit) {
        return;
    }
    move(s, at + 1, at);
    s->found[at] = *one;
    if (s->mentions != NULL) {
        s->mentions[at] = mentions;
    }
    s->found_count += s->found_count < s->limit;
}

/* What the search goes by when it asks how good the best one is: a name with all words that were asked for, and of such
   none that is misspelt. */
static uint32_t worth_of(const stm_match *match)
{
    uint32_t score = match->score > 1000 ? 1000 : match->score;
    return !match->whole ? 0 : match->plain && score < GOOD_SCORE ? GOOD_SCORE : score;
}

/* The most that any name of an entity is worth. */
static uint32_t most_worth(const stm_find *s, const stemma_entity *entity)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < entity->name_count && i < COMPARED_NAMES; i++) {
        stm_match match = stm_match_name(&s->asked, entity->names[i].text, class_of(entity->type));
        uint32_t worth = worth_of(&match);
        most = worth > most ? worth : most;
    }
    return most;
}

/* Whether who is no better than `score` has no place among the results, as nobody has more mentions as of a date than in
   the whole file; and it is all the same how good the others are: nothing more will be looked for on their account. */
static int is_behind_all(const stm_find *s, const stemma_entity *whole, uint32_t score)
{
    stemma_found one = {whole->number, 0, (uint16_t)(score < 1000 ? score : 1000), 0};
    return s->found_count == s->limit && s->limit != 0 &&
           !is_behind(s, s->limit - 1, &one, whole->mentions) &&
           (s->asked.prefix || most_worth(s, whole) <= s->best);
}

/* An entity as it is known. Of a cut snapshot, only when it is known and one of its names in the whole
   file is good enough: what is not is not worked out anew. STEMMA_NOT_FOUND; STEMMA_END when it is good enough, but
   others are better. */
static stemma_status get_candidate(const stm_find *s, uint32_t number, stemma_entity *out,
                                   stemma_error *error)
{
    stemma_entity whole;
    uint32_t name;
    stemma_status status = stm_entity_whole(s->snapshot, number, true, &whole, error);
    if (status == STEMMA_NOT_FOUND) {
        return stm_damaged(error, STM_TABLE_ENTITY, number, "ENTITY_MISSING");
    }
    *out = whole;
    if (status != STEMMA_OK || !stm_is_cut(s->snapshot)) {
        return status;
    }
    if (whole.first.document >= s->snapshot->until) {
        return STEMMA_NOT_FOUND;
    }
    uint32_t score = best_match(s, &whole, &name).score;
    if (score < s->threshold) {
        return STEMMA_NOT_FOUND;
    }
    if (is_behind_all(s, &whole, score)) {
        return STEMMA_END;
    }
    return stm_known_entity(s->snapshot, &whole, false, out, error);
}

static void compare_one(stm_find *s, const stemma_entity *entity)
{
    uint32_t name;
    stm_match match = best_match(s, entity, &name);
    uint32_t score = match.score > 1000 ? 1000 : match.score;
    if (score >= s->threshold && score > 0) {
        stemma_found found = {entity->number, name, (uint16_t)score, match.reason};
        keep(s, &found, entity->mentions);
        s->best = worth_of(&match) > s->best ? worth_of(&match) : s->best;
    }
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
        compared += status == STEMMA_OK || status == STEMMA_END;
        if (status == STEMMA_OK && has_type(entity.type, s->type)) {
            compare_one(s, &entity);
        }
        stm_snapshot_rewind(s->snapshot, mark);
        if (status < 0) {
            return status;
        }
    }
    stm_candidates_clear(&s->candidates);
    return STEMMA_OK;
}

static void forget_compared(stm_find *s)
{
    memset(s->compared, 0, sizeof s->compared);
}

/* Misspelt words are looked for only now: who is called so exactly hides who is called nearly so. */
static stemma_status run_misspelt(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    uint32_t least = 0;
    s->asked.misspelt = 1;
    forget_compared(s);
    for (int all = 0; status == STEMMA_OK && all < 2 && s->best < GOOD_SCORE; all++) {
        status = stm_find_gather_misspelt(s, all, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, COMPARED_SURE, 0, error);
        }
    }
    if (status == STEMMA_OK && s->best < GOOD_SCORE) {
        status = stm_find_gather_like(s, &least, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, COMPARED_LIKE, least, error);
        }
    }
    return status;
}

/* From the surest to the least sure; each step costs more and is taken only as far as needed. */
static stemma_status run(stm_find *s, stemma_error *error)
{
    s->asked.prefix = (s->flags & STEMMA_FIND_PREFIX) != 0;
    stemma_status status = stm_find_words(s, error);
    if (status == STEMMA_OK) {
        status = stm_find_gather_sure(s, error);
    }
    if (status == STEMMA_OK) {
        status = compare_candidates(s, COMPARED_SURE, 0, error);
    }
    if (status == STEMMA_OK && s->asked.prefix) {
        status = stm_find_gather_prefix(s, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, COMPARED_SURE, 0, error);
        }
        if (status != STEMMA_OK || s->found_count != 0) {
            return status;
        }
    }
    if (status == STEMMA_OK && s->best < SURE_SCORE) {
        status = stm_find_gather_forms(s, error);
        if (status == STEMMA_OK) {
            status = compare_candidates(s, COMPARED_TOKEN, 0, error);
        }
    }
    if (status == STEMMA_OK) {
        status = stm_find_gather_tokens(s, error);
    }
    if (status == STEMMA_OK) {
        status = compare_candidates(s, s->best >= SURE_SCORE ? COMPARED_MORE : COMPARED_TOKEN, 0,
                                    error);
    }
    if (status == STEMMA_OK && s->best < GOOD_SCORE) {
        status = run_misspelt(s, error);
    }
    return status;
}

/* Which name of an entity is the one that was asked for. STEMMA_NOT_FOUND when it has another type, or
   is not known yet. */
static stemma_status name_same(stemma_snapshot *snapshot, uint32_t number, const stm_asked *asked,
                               stemma_text type, stemma_found *out, stemma_error *error)
{
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_entity entity;
    stemma_status status = stm_entity_uncounted(snapshot, number, &entity, error);
    if (status == STEMMA_OK && !has_type(entity.type, type)) {
        status = STEMMA_NOT_FOUND;
    }
    *out = (stemma_found){number, 0, 1000, STEMMA_MATCH_SAME};
    for (uint32_t i = 0; status == STEMMA_OK && i < entity.name_count; i++) {
        char bytes[STM_NAME_PLAIN_SIZE];
        stemma_text plain = {bytes, 0};
        if (stm_name_fold(entity.names[i].text, bytes, &plain.size) == STEMMA_OK &&
            stemma_text_equal(plain, asked->plain)) {
            out->name = i;
            out->reason = stm_scripts_of(entity.names[i].text) == asked->scripts
                              ? STEMMA_MATCH_SAME
                              : STEMMA_MATCH_SCRIPT;
            break;
        }
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* Only the same name: no candidates are gathered. */
static stemma_status find_same_name(stm_find *s, stemma_error *error)
{
    stm_exact exact;
    uint32_t entity;
    stemma_status status = stm_exact_begin(&exact, s->snapshot, s->asked.name, s->plain, error);
    while (status == STEMMA_OK && s->found_count < s->limit) {
        status = stm_exact_next(&exact, &entity, error);
        if (status == STEMMA_OK) {
            status = name_same(s->snapshot, entity, &s->asked, s->type, &s->found[s->found_count],
                               error);
            s->found_count += status == STEMMA_OK;
            status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
        }
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}

static stemma_status begin(stm_find *s, stemma_snapshot *snapshot, stemma_text name,
                           const stemma_find_options *options, stemma_error *error)
{
    stemma_counts counts;
    stemma_counts_get(snapshot->file, &counts);
    s->snapshot = snapshot;
    s->type = options->type;
    s->flags = options->flags;
    s->threshold = options->threshold == 0 ? (uint16_t)STEMMA_NAME_LIKELY : options->threshold;
    s->entities = counts.entities > UINT32_MAX ? UINT32_MAX : (uint32_t)counts.entities;
    s->found_count = 0;
    s->best = 0;
    s->plain = (stemma_text){s->plain_bytes, 0};
    if (stm_name_fold(name, s->plain_bytes, &s->plain.size) != STEMMA_OK ||
        stm_asked_begin(&s->asked, name, s->plain) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    return STEMMA_OK;
}

stemma_status stemma_find(stemma_snapshot *snapshot, stemma_text name,
                          const stemma_find_options *options, const stemma_found **out,
                          uint32_t *count, stemma_error *error)
{
    stemma_find_options defaults = STEMMA_FIND_OPTIONS_INIT;
    *out = NULL;
    *count = 0;
    if (options != NULL && options->size != sizeof *options) {
        return stm_fail(error, STEMMA_E_MISUSE, "OPTIONS_SIZE", "",
                        "The options are not those of this version of the library");
    }
    options = options != NULL ? options : &defaults;
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit;
    limit = limit > MOST_RESULTS ? MOST_RESULTS : limit;
    stemma_found *found =
        stm_snapshot_array(snapshot, (uint64_t)limit + 1, sizeof *found, error);
    if (found == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stm_mark mark = stm_snapshot_mark(snapshot);
    stm_find *s = stm_snapshot_alloc(snapshot, sizeof *s, error);
    if (s == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    s->limit = limit;
    s->found = found;
    s->mentions = NULL;
    if (stm_is_cut(snapshot)) {
        s->mentions = stm_snapshot_array(snapshot, (uint64_t)limit + 1, sizeof *s->mentions, error);
        if (s->mentions == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    status = begin(s, snapshot, name, options, error);
    if (status == STEMMA_OK && s->plain.size != 0 && s->entities != 0) {
        if (options->threshold >= 1000) {
            status = find_same_name(s, error);
        } else {
            forget_compared(s);
            stm_candidates_clear(&s->candidates);
            status = run(s, error);
        }
    }
    if (status == STEMMA_OK) {
        *out = found;
        *count = s->found_count;
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}
