/* SPDX-License-Identifier: MIT */
#include "vocabulary_record.h"

#include "canonical.h"
#include "limits.h"

enum {
    FIELD_KIND = 0,
    FIELD_NAME = 1,
    FIELD_LABEL = 2,
    FIELD_SINGLE_VALUED = 3,
    FIELD_ROLES = 4,
    FIELD_CROSSWALK = 5
};

int stm_term_compare(const stemma_term *a, const stemma_term *b)
{
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return stemma_text_compare(a->name, b->name);
}

/* Number of the first term that is not below (kind, name). */
static uint32_t lower_bound(const stm_vocabulary *vocabulary, uint8_t kind, stemma_text name)
{
    stemma_term wanted = {0};
    wanted.kind = kind;
    wanted.name = name;
    uint32_t low = 0;
    uint32_t high = vocabulary->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (stm_term_compare(&vocabulary->terms[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool stm_vocabulary_find(const stm_vocabulary *vocabulary, uint8_t kind, stemma_text name,
                         uint32_t *number)
{
    uint32_t at = lower_bound(vocabulary, kind, name);
    if (at == vocabulary->count || vocabulary->terms[at].kind != kind ||
        !stemma_text_equal(vocabulary->terms[at].name, name)) {
        return false;
    }
    *number = at;
    return true;
}

static bool lies_below(stemma_text name, stemma_text above)
{
    return name.size > above.size && above.size != 0 &&
           memcmp(name.data, above.data, above.size) == 0 && name.data[above.size] == '.';
}

void stm_vocabulary_below(const stm_vocabulary *vocabulary, uint8_t kind, stemma_text name,
                          uint32_t *first, uint32_t *end)
{
    /* '.' sorts before all else that a name may go on with, so the terms are neighbours. */
    uint32_t at = lower_bound(vocabulary, kind, name);
    *first = at;
    while (at < vocabulary->count && vocabulary->terms[at].kind == kind &&
           (stemma_text_equal(vocabulary->terms[at].name, name) ||
            lies_below(vocabulary->terms[at].name, name))) {
        at++;
    }
    *end = at;
}

bool stm_term_name_valid(stemma_text name)
{
    bool at_start = true;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z';
        if (at_start) {
            if (!letter) {
                return false;
            }
            at_start = false;
        } else if (c == '.') {
            at_start = true;
        } else if (!letter && c != '_' && !(c >= '0' && c <= '9')) {
            return false;
        }
    }
    return !at_start;
}

static const char *term_fault(const stemma_term *term)
{
    if (term->kind > STEMMA_TERM_PREDICATE) {
        return "TERM_KIND";
    }
    if (term->name.size > STEMMA_LIMIT_NAME || !stm_term_name_valid(term->name)) {
        return "TERM_NAME";
    }
    const char *code = stm_text_fault(term->label, STEMMA_LIMIT_FIELD);
    if (code == NULL) {
        code = stm_text_fault(term->roles, STEMMA_LIMIT_FIELD);
    }
    if (code == NULL) {
        code = stm_text_fault(term->crosswalk, STEMMA_LIMIT_FIELD);
    }
    return code;
}

stemma_status stm_term_encode(const stemma_term *term, stm_buffer *out, stm_fault *fault)
{
    const char *code = term_fault(term);
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_map map = stm_map_begin(out);
    stm_map_uint(&map, FIELD_KIND, term->kind);
    stm_map_text(&map, FIELD_NAME, term->name);
    stm_map_text(&map, FIELD_LABEL, term->label);
    stm_map_true(&map, FIELD_SINGLE_VALUED, term->single_valued != 0);
    stm_map_text(&map, FIELD_ROLES, term->roles);
    stm_map_text(&map, FIELD_CROSSWALK, term->crosswalk);
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

stemma_status stm_term_decode(stemma_bytes value, stemma_term *term, stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    memset(term, 0, sizeof *term);
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = stm_mp_map(&mp);
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(&mp);
        switch (key) {
        case FIELD_KIND:
            term->kind = (uint8_t)stm_mp_present(&mp, STEMMA_TERM_PREDICATE);
            break;
        case FIELD_NAME:
            term->name = stm_mp_present_text(&mp, STEMMA_LIMIT_NAME);
            break;
        case FIELD_LABEL:
            term->label = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_SINGLE_VALUED:
            term->single_valued = stm_mp_true(&mp);
            break;
        case FIELD_ROLES:
            term->roles = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_CROSSWALK:
            term->crosswalk = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        default:
            stm_mp_unknown(&mp, key);
        }
    }
    if (!stm_term_name_valid(term->name)) {
        stm_mp_fail(&mp, "TERM_NAME");
    }
    return stm_mp_finish(&mp, fault);
}
