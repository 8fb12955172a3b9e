/* SPDX-License-Identifier: MIT */
#include "vocabulary_record.h"

#include "canonical.h"
#include "limits.h"
#include "utf8.h"

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

/* ---- Names, eight bytes at a time: opening a file looks at all of them ---- */

#define EACH(byte) ((uint64_t)(byte)*UINT64_C(0x0101010101010101))
#define HIGH       EACH(0x80)

/* High bit of each byte of `word`, all of them below 0x80, that lies in first..last. */
static inline uint64_t between(uint64_t word, uint8_t first, uint8_t last)
{
    return (word + EACH(0x80 - first)) & ~(word + EACH(0x7f - last)) & HIGH;
}

/* Whether eight bytes may be part of a name, of which one begins here when `at_start` is. */
static bool word_fits(const char *bytes, bool at_start)
{
    uint64_t word = stm_load_le64((const uint8_t *)bytes);
    if ((word & HIGH) != 0) {
        return false;
    }
    uint64_t letters = between(word, 'a', 'z');
    uint64_t dots = between(word, '.', '.');
    uint64_t starts = dots << 8 | (at_start ? 0x80u : 0u);
    return (letters | dots | between(word, '0', '9') | between(word, '_', '_')) == HIGH &&
           (starts & ~letters) == 0;
}

bool stm_term_name_valid(stemma_text name)
{
    char few[8] = "aaaaaaa";
    size_t at = 0;
    if (name.size == 0 || name.data[name.size - 1] == '.') {
        return false;
    }
    if (name.size < sizeof few) {
        for (size_t i = 0; i < name.size; i++) {
            few[i] = name.data[i];
        }
        few[7] = 'a';
        return word_fits(few, true);
    }
    for (; name.size - at >= sizeof few; at += sizeof few) {
        if (!word_fits(name.data + at, at == 0 || name.data[at - 1] == '.')) {
            return false;
        }
    }
    at = name.size - sizeof few; /* again what was looked at, and the rest */
    return word_fits(name.data + at, at == 0 || name.data[at - 1] == '.');
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

enum { MP_MAP = 0x80, MP_TEXT = 0xa0, MP_TEXT_MOST = 31, MP_TEXT_8 = 0xd9, MP_TRUE = 0xc3 };

/* A text that is not empty, of at most 255 bytes, in its one encoding. */
static bool usual_text(stm_reader *reader, stemma_text *text)
{
    uint8_t head = 0;
    uint8_t size = 0;
    if (!stm_read_u8(reader, &head)) {
        return false;
    }
    if (head == MP_TEXT_8) {
        if (!stm_read_u8(reader, &size) || size <= MP_TEXT_MOST) {
            return false;
        }
    } else {
        size = (uint8_t)(head - MP_TEXT);
        if (size == 0 || size > MP_TEXT_MOST) {
            return false;
        }
    }
    if (size > stm_remaining(reader)) {
        return false;
    }
    *text = (stemma_text){(const char *)reader->at, size};
    reader->at += size;
    return stm_utf8_valid(*text);
}

static bool usual_field(stm_reader *reader, uint8_t key, stemma_term *term)
{
    switch (key) {
    case FIELD_KIND:
        return stm_read_u8(reader, &term->kind) && term->kind != 0 &&
               term->kind <= STEMMA_TERM_PREDICATE;
    case FIELD_NAME:
        return usual_text(reader, &term->name);
    case FIELD_LABEL:
        return usual_text(reader, &term->label);
    case FIELD_SINGLE_VALUED:
        return stm_read_u8(reader, &term->single_valued) && term->single_valued == MP_TRUE;
    case FIELD_ROLES:
        return usual_text(reader, &term->roles);
    case FIELD_CROSSWALK:
        return usual_text(reader, &term->crosswalk);
    default:
        return false;
    }
}

/* Takes only a record without fault and of texts as short as they are, so that opening a file does
   not take longer for the sake of records that nobody writes. */
static bool decode_usual(stemma_bytes value, stemma_term *term)
{
    stm_reader reader = {value.data, value.data + value.size};
    uint8_t head = 0;
    uint8_t key = 0;
    uint8_t next = 0; /* least key that may follow */
    memset(term, 0, sizeof *term);
    if (!stm_read_u8(&reader, &head) || head < MP_MAP || head > MP_MAP + FIELD_CROSSWALK + 1) {
        return false;
    }
    for (; head > MP_MAP; head--) {
        if (!stm_read_u8(&reader, &key) || key < next || !usual_field(&reader, key, term)) {
            return false;
        }
        next = (uint8_t)(key + 1u);
    }
    term->single_valued = term->single_valued != 0;
    return stm_remaining(&reader) == 0 && stm_term_name_valid(term->name);
}

stemma_status stm_term_decode(stemma_bytes value, stemma_term *term, stm_fault *fault)
{
    if (decode_usual(value, term)) {
        return STEMMA_OK;
    }
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
