/* SPDX-License-Identifier: MIT */
#include "find/find_exact.h"

#include "read/entity.h"
#include "base/error.h"
#include "read/known.h"
#include "file/late.h"
#include "name/name_token.h"
#include "stemma/find.h"

stemma_status stm_exact_begin(stm_exact *exact, stemma_snapshot *snapshot, stemma_text name,
                              stemma_text plain, stemma_error *error)
{
    exact->snapshot = snapshot;
    exact->name = name;
    exact->plain = plain;
    exact->looked = 0;
    exact->last = STEMMA_NONE;
    stemma_status status = stm_late_need(snapshot, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_label_hash_find(&snapshot->file->exact, stm_label_hash(plain), &exact->hits) !=
        STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_LABEL, 1, "LABEL");
    }
    return STEMMA_OK;
}

/* Whether a name is, or folds to, the one that is looked for. */
static int is_it(const stm_exact *exact, stemma_text name)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text plain = {bytes, 0};
    return stemma_text_equal(name, exact->name) ||
           (stm_name_fold(name, bytes, &plain.size) == STEMMA_OK &&
            stemma_text_equal(plain, exact->plain));
}

/* Whether an entity that has the name in the file is known, and by that name. */
static stemma_status is_known(const stm_exact *exact, uint32_t entity, int *called,
                              stemma_error *error)
{
    stemma_entity found;
    stm_mark mark = stm_snapshot_mark(exact->snapshot);
    stemma_status status = stm_entity_uncounted(exact->snapshot, entity, &found, error);
    *called = 0;
    for (uint32_t i = 0; status == STEMMA_OK && i < found.name_count && !*called; i++) {
        *called = is_it(exact, found.names[i].text);
    }
    stm_snapshot_rewind(exact->snapshot, mark);
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

/* Hashes collide: whether the entity has the name. Its label mostly tells. */
static stemma_status is_called(const stm_exact *exact, uint32_t entity, int *called,
                               stemma_error *error)
{
    stemma_text label;
    stemma_entity found;
    stemma_status status = stm_entity_whole_label(exact->snapshot, entity, &label, error);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND
                   ? stm_damaged(error, STM_TABLE_LABEL, 1, "ENTITY_OUT_OF_RANGE")
                   : status;
    }
    *called = is_it(exact, label);
    if (*called) {
        return STEMMA_OK;
    }
    stm_mark mark = stm_snapshot_mark(exact->snapshot);
    status = stm_entity_whole(exact->snapshot, entity, true, &found, error);
    for (uint32_t i = 0; status == STEMMA_OK && i < found.name_count && !*called; i++) {
        *called = found.names[i].text.data != label.data && is_it(exact, found.names[i].text);
    }
    stm_snapshot_rewind(exact->snapshot, mark);
    return status;
}

stemma_status stm_exact_next(stm_exact *exact, uint32_t *entity, stemma_error *error)
{
    uint32_t number;
    while (exact->looked < STM_FIND_EXACT_PAIRS && stm_label_hits_next(&exact->hits, &number)) {
        int called = 0;
        exact->looked++;
        if (number == exact->last) {
            continue; /* two of its names have hashes that begin alike */
        }
        exact->last = number;
        stemma_status status = is_called(exact, number, &called, error);
        if (status == STEMMA_OK && called && stm_is_cut(exact->snapshot)) {
            status = is_known(exact, number, &called, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (called) {
            *entity = number;
            return STEMMA_OK;
        }
    }
    return STEMMA_END;
}

stemma_status stemma_entity_by_name(stemma_snapshot *snapshot, stemma_text name, uint32_t *entities,
                                    uint32_t capacity, uint32_t *count, stemma_error *error)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text plain = {bytes, 0};
    stm_exact exact;
    *count = 0;
    if (stm_name_fold(name, bytes, &plain.size) != STEMMA_OK) {
        return stm_fail(error, STEMMA_E_INVALID, "TEXT_NOT_UTF8", "", "The name is not UTF-8");
    }
    if (plain.size == 0) {
        return STEMMA_OK;
    }
    stemma_status status = stm_exact_begin(&exact, snapshot, name, plain, error);
    while (status == STEMMA_OK && *count < capacity) {
        status = stm_exact_next(&exact, &entities[*count], error);
        *count += status == STEMMA_OK;
    }
    return status == STEMMA_END ? STEMMA_OK : status;
}
