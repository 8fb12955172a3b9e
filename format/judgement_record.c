/* SPDX-License-Identifier: MIT */
#include "judgement_record.h"

#include <stdbool.h>

#include "authorship.h"
#include "canonical.h"
#include "limits.h"

enum {
    FIELD_LEFT = 0,
    FIELD_RIGHT = 1,
    FIELD_VERDICT = 2,
    FIELD_SCORE = 3,
    FIELD_RUN = 4,
    FIELD_AUTHOR = 5,
    FIELD_CREATED = 6,
    FIELD_RETRACTED = 7,
    FIELD_REASON = 8
};

#define SCORE_MAX 1000u

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_referents(stemma_referent_id a, stemma_referent_id b)
{
    int order = compare_numbers(a.document, b.document);
    return order != 0 ? order : compare_numbers(a.referent, b.referent);
}

int stm_judgement_compare(const stemma_judgement *a, const stemma_judgement *b)
{
    int order = compare_referents(a->left, b->left);
    order = order != 0 ? order : compare_referents(a->right, b->right);
    order = order != 0 ? order : compare_numbers(a->verdict, b->verdict);
    /* people, whose run is STEMMA_NONE, become 0 */
    order = order != 0 ? order : compare_numbers(a->run + 1, b->run + 1);
    order = order != 0 ? order : stemma_text_compare(a->author, b->author);
    order = order != 0 ? order : stemma_text_compare(a->created, b->created);
    order = order != 0 ? order : stemma_text_compare(a->retracted, b->retracted);
    order = order != 0 ? order : compare_numbers(a->score, b->score);
    return order != 0 ? order : stemma_text_compare(a->reason, b->reason);
}

static const char *judgement_fault(const stemma_judgement *judgement, const stm_bounds *bounds)
{
    const stemma_text texts[] = {judgement->author, judgement->created, judgement->retracted,
                                 judgement->reason};
    const char *code = stm_author_fault(judgement->run, judgement->author, bounds);
    for (size_t i = 0; code == NULL && i < sizeof texts / sizeof texts[0]; i++) {
        code = stm_text_fault(texts[i], STEMMA_LIMIT_FIELD);
    }
    if (code != NULL) {
        return code;
    }
    if (judgement->left.document >= bounds->documents ||
        judgement->right.document >= bounds->documents) {
        return "DOCUMENT_OUT_OF_RANGE";
    }
    if (judgement->left.referent == STEMMA_NONE || judgement->right.referent == STEMMA_NONE) {
        return "REFERENT_OUT_OF_RANGE";
    }
    if (compare_referents(judgement->left, judgement->right) >= 0) {
        return "JUDGEMENT_ORDER";
    }
    if (judgement->verdict < STEMMA_VERDICT_SAME || judgement->verdict > STEMMA_VERDICT_UNSURE) {
        return "VERDICT";
    }
    if (judgement->score > SCORE_MAX && judgement->score != STEMMA_NO_CONFIDENCE) {
        return "SCORE";
    }
    return NULL;
}

static void put_referent(stm_map *map, uint32_t key, stemma_referent_id id)
{
    stm_map_key(map, key);
    stm_mp_put_array(map->out, 2);
    stm_mp_put_uint(map->out, id.document);
    stm_mp_put_uint(map->out, id.referent);
}

stemma_status stm_judgement_encode(const stemma_judgement *judgement, const stm_bounds *bounds,
                                   stm_buffer *out, stm_fault *fault)
{
    const char *code = judgement_fault(judgement, bounds);
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_map map = stm_map_begin(out);
    put_referent(&map, FIELD_LEFT, judgement->left);
    put_referent(&map, FIELD_RIGHT, judgement->right);
    stm_map_uint(&map, FIELD_VERDICT, judgement->verdict);
    stm_map_uint(&map, FIELD_SCORE,
                 judgement->score != STEMMA_NO_CONFIDENCE ? judgement->score + 1u : 0);
    stm_map_uint(&map, FIELD_RUN, judgement->run != STEMMA_NONE ? judgement->run + 1u : 0);
    stm_map_text(&map, FIELD_AUTHOR, judgement->author);
    stm_map_text(&map, FIELD_CREATED, judgement->created);
    stm_map_text(&map, FIELD_RETRACTED, judgement->retracted);
    stm_map_text(&map, FIELD_REASON, judgement->reason);
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

static stemma_referent_id get_referent(stm_mp *mp, const stm_bounds *bounds)
{
    stemma_referent_id id;
    stm_mp_array_of(mp, 2, 2);
    id.document = stm_mp_below(mp, bounds->documents);
    id.referent = stm_mp_below(mp, STEMMA_NONE);
    return id;
}

static void get_field(stm_mp *mp, uint32_t key, const stm_bounds *bounds,
                      stemma_judgement *judgement)
{
    switch (key) {
    case FIELD_LEFT:
        judgement->left = get_referent(mp, bounds);
        break;
    case FIELD_RIGHT:
        judgement->right = get_referent(mp, bounds);
        break;
    case FIELD_VERDICT:
        judgement->verdict = (uint8_t)stm_mp_present(mp, STEMMA_VERDICT_UNSURE);
        break;
    case FIELD_SCORE:
        judgement->score = (uint16_t)(stm_mp_present(mp, SCORE_MAX + 1) - 1);
        break;
    case FIELD_RUN:
        judgement->run = (uint32_t)(stm_mp_present(mp, bounds->runs) - 1);
        break;
    case FIELD_AUTHOR:
        judgement->author = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_CREATED:
        judgement->created = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_RETRACTED:
        judgement->retracted = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_REASON:
        judgement->reason = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    default:
        stm_mp_unknown(mp, key);
    }
}

stemma_status stm_judgement_decode(stemma_bytes value, const stm_bounds *bounds,
                                   stemma_judgement *judgement, stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(judgement, 0, sizeof *judgement);
    judgement->score = STEMMA_NO_CONFIDENCE;
    judgement->run = STEMMA_NONE;
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = stm_mp_map(&mp);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(&mp);
        seen |= key <= FIELD_VERDICT ? 1u << key : 0;
        get_field(&mp, key, bounds, judgement);
    }
    if (seen != (1u << FIELD_LEFT | 1u << FIELD_RIGHT | 1u << FIELD_VERDICT)) {
        stm_mp_fail(&mp, "FIELD_MISSING");
    }
    status = stm_mp_finish(&mp, fault);
    if (status == STEMMA_OK) {
        const char *code = judgement_fault(judgement, bounds);
        if (code != NULL) {
            status = stm_fault_set(fault, STEMMA_E_DAMAGED, code, 0);
        }
    }
    return status;
}

/* An unsigned integer in its canonical form. False when there is none. */
static bool skim_uint(stemma_bytes value, size_t *at, uint32_t *out)
{
    uint8_t first = *at < value.size ? value.data[*at] : 0xff;
    size_t size = first < 0x80 ? 0 : first == 0xcc ? 1 : first == 0xcd ? 2 : first == 0xce ? 4 : 8;
    *out = first < 0x80 ? first : 0;
    if (size == 8 || value.size - *at < size + 1) {
        return false;
    }
    for (size_t i = 1; i <= size; i++) {
        *out = *out << 8 | value.data[*at + i];
    }
    *at += size + 1;
    return true;
}

/* A key and a pair of numbers. */
static bool skim_referent(stemma_bytes value, size_t *at, uint8_t key)
{
    uint32_t number;
    if (value.size - *at < 2 || value.data[*at] != key || value.data[*at + 1] != 0x92) {
        return false;
    }
    *at += 2;
    return skim_uint(value, at, &number) && skim_uint(value, at, &number);
}

stemma_status stm_judgement_skim_read(stemma_bytes value, stm_judgement_skim *out)
{
    size_t at = 1;
    uint32_t score = 0;
    if (value.size < 2 || !skim_referent(value, &at, FIELD_LEFT) ||
        !skim_referent(value, &at, FIELD_RIGHT) || value.size - at < 3 ||
        value.data[at] != FIELD_VERDICT) {
        return STEMMA_E_DAMAGED;
    }
    out->verdict = value.data[at + 1];
    at += 2;
    out->score = STEMMA_NO_CONFIDENCE;
    if (value.data[at] == FIELD_SCORE) {
        at++;
        if (!skim_uint(value, &at, &score) || score == 0 || score > SCORE_MAX + 1) {
            return STEMMA_E_DAMAGED;
        }
        out->score = (uint16_t)(score - 1);
    }
    out->person = at < value.size && value.data[at] != FIELD_RUN;
    return STEMMA_OK;
}
