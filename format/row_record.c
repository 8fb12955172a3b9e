/* SPDX-License-Identifier: MIT */
#include "row_record.h"

#include "canonical.h"
#include "limits.h"
#include "stemma/testimony.h"

enum {
    FIELD_TYPE = 0,
    FIELD_TIME = 1,
    FIELD_PLACE = 2,
    FIELD_SOURCE = 3,
    FIELD_PARTICIPANTS = 4,
    FIELD_EXTERNAL_ID = 5,
    FIELD_CONTENT = 6,
    FIELD_QUANTITY = 7,
    FIELD_TIME_TEXT = 8
};

static bool is_term(const stm_vocabulary *vocabulary, uint32_t term, uint8_t kind)
{
    return term < vocabulary->count && vocabulary->terms[term].kind == kind;
}

/* ---- Encoding -------------------------------------------------------------------------------- */

static const char *rare_fault(const stm_row_rare *rare, const stm_vocabulary *vocabulary)
{
    const char *code = stm_text_fault(rare->external_id, STEMMA_LIMIT_NAME);
    code = code != NULL ? code : stm_text_fault(rare->content, STEMMA_LIMIT_FIELD);
    code = code != NULL ? code : stm_text_fault(rare->time, STEMMA_LIMIT_FIELD);
    if (code != NULL || rare->quantity_predicate == STEMMA_NONE) {
        return code;
    }
    if (!is_term(vocabulary, rare->quantity_predicate, STEMMA_TERM_PREDICATE)) {
        return "TERM_UNKNOWN";
    }
    code = stm_text_fault(rare->amount, STEMMA_LIMIT_FIELD);
    return code != NULL ? code : stm_text_fault(rare->unit, STEMMA_LIMIT_FIELD);
}

static void put_rare(stm_map *map, const stm_row_rare *rare)
{
    stm_map_text(map, FIELD_EXTERNAL_ID, rare->external_id);
    stm_map_text(map, FIELD_CONTENT, rare->content);
    if (rare->quantity_predicate != STEMMA_NONE) {
        stm_map_key(map, FIELD_QUANTITY);
        stm_mp_put_array(map->out, 3);
        stm_mp_put_uint(map->out, rare->quantity_predicate);
        stm_mp_put_text(map->out, rare->amount);
        stm_mp_put_text(map->out, rare->unit);
    }
}

static bool is_after(const stm_row_participant *a, const stm_row_participant *b)
{
    return a->role > b->role || (a->role == b->role && a->actor > b->actor);
}

static const char *row_fault(const stm_row_record *row, const stm_vocabulary *vocabulary)
{
    if (!is_term(vocabulary, row->type, STEMMA_TERM_EVENT_TYPE)) {
        return "TERM_UNKNOWN";
    }
    for (uint32_t i = 0; i < row->participant_count; i++) {
        const stm_row_participant *one = &row->participants[i];
        if (!is_term(vocabulary, one->role, STEMMA_TERM_PREDICATE)) {
            return "TERM_UNKNOWN";
        }
        if (one->actor == STEMMA_NONE || (i > 0 && !is_after(one, one - 1))) {
            return "PARTICIPANT";
        }
    }
    const char *code = stm_text_fault(row->time, STEMMA_LIMIT_FIELD);
    return code != NULL ? code : rare_fault(&row->rare, vocabulary);
}

stemma_status stm_row_encode(const stm_row_record *row, const stm_vocabulary *vocabulary,
                             stm_buffer *out, stm_fault *fault)
{
    const char *code = row_fault(row, vocabulary);
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_map map = stm_map_begin(out);
    stm_map_key(&map, FIELD_TYPE);
    stm_mp_put_uint(out, row->type);
    stm_map_text(&map, FIELD_TIME, row->time);
    stm_map_uint(&map, FIELD_PLACE, row->place == STEMMA_NONE ? 0 : (uint64_t)row->place + 1);
    stm_map_uint(&map, FIELD_SOURCE, row->source == STEMMA_NONE ? 0 : (uint64_t)row->source + 1);
    if (row->participant_count != 0) {
        stm_map_key(&map, FIELD_PARTICIPANTS);
        stm_mp_put_array(out, row->participant_count * 2);
        for (uint32_t i = 0; i < row->participant_count; i++) {
            stm_mp_put_uint(out, row->participants[i].role);
            stm_mp_put_uint(out, row->participants[i].actor);
        }
    }
    put_rare(&map, &row->rare);
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

static bool is_empty(const stm_row_rare *rare)
{
    return rare->external_id.size == 0 && rare->content.size == 0 && rare->time.size == 0 &&
           rare->quantity_predicate == STEMMA_NONE;
}

void stm_detail_begin(uint32_t count, stm_buffer *out)
{
    stm_mp_put_array(out, count);
}

stemma_status stm_detail_put(const stm_row_rare *rare, const stm_vocabulary *vocabulary,
                             stm_buffer *out, stm_fault *fault)
{
    if (rare == NULL || is_empty(rare)) {
        stm_mp_put_uint(out, 0);
        return stm_put_finish(out, fault);
    }
    const char *code = rare_fault(rare, vocabulary);
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stm_map map = stm_map_begin(out);
    put_rare(&map, rare);
    stm_map_text(&map, FIELD_TIME_TEXT, rare->time);
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

/* ---- Decoding -------------------------------------------------------------------------------- */

static uint32_t get_term(stm_mp *mp, const stm_vocabulary *vocabulary, uint8_t kind)
{
    uint32_t term = stm_mp_u32(mp, STEMMA_NONE - 1);
    if (mp->code == NULL && !is_term(vocabulary, term, kind)) {
        stm_mp_fail(mp, "TERM_UNKNOWN");
    }
    return term;
}

/* A field of `row` or `detail`; 0 when it is none of the rare ones. */
static int get_rare(stm_mp *mp, uint32_t key, const stm_vocabulary *vocabulary, stm_row_rare *rare)
{
    switch (key) {
    case FIELD_EXTERNAL_ID:
        rare->external_id = stm_mp_present_text(mp, STEMMA_LIMIT_NAME);
        return 1;
    case FIELD_CONTENT:
        rare->content = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        return 1;
    case FIELD_QUANTITY:
        stm_mp_array_of(mp, 3, 3);
        rare->quantity_predicate = get_term(mp, vocabulary, STEMMA_TERM_PREDICATE);
        rare->amount = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
        rare->unit = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
        return 1;
    default:
        return 0;
    }
}

static uint32_t get_ordinal(stm_mp *mp, uint32_t actors)
{
    uint64_t number = stm_mp_present(mp, actors);
    return mp->code == NULL ? (uint32_t)number - 1 : STEMMA_NONE;
}

static void get_participants(stm_mp *mp, const stm_vocabulary *vocabulary, uint32_t actors,
                             stm_row_record *out, stm_row_participant *participants, uint32_t room)
{
    uint32_t items = stm_mp_array(mp);
    if (items == 0 || items % 2 != 0 || items / 2 > room) {
        stm_mp_fail(mp, "RECORD_LENGTH");
        return;
    }
    for (uint32_t i = 0; i < items / 2; i++) {
        participants[i].role = get_term(mp, vocabulary, STEMMA_TERM_PREDICATE);
        participants[i].actor = stm_mp_below(mp, actors);
        if (i > 0 && !is_after(&participants[i], &participants[i - 1])) {
            stm_mp_fail(mp, "PARTICIPANT");
        }
    }
    out->participants = participants;
    out->participant_count = items / 2;
}

stemma_status stm_row_count(stemma_bytes value, uint32_t *participants, stm_fault *fault)
{
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = stm_mp_map(&mp);
    *participants = 0;
    for (uint32_t i = 0; i < fields; i++) {
        if (stm_mp_key(&mp) == FIELD_PARTICIPANTS && stm_mp_peek(&mp) == STM_MP_ARRAY) {
            stm_mp inner = mp;
            *participants = stm_mp_array(&inner) / 2;
        }
        stm_mp_skip(&mp);
    }
    return stm_mp_finish(&mp, fault);
}

stemma_status stm_row_decode(stemma_bytes value, const stm_vocabulary *vocabulary, uint32_t actors,
                             stm_row_record *out, stm_row_participant *participants, uint32_t count,
                             stm_fault *fault)
{
    static const stm_row_rare none = STM_ROW_RARE_NONE;
    stm_mp mp = stm_mp_over(value);
    uint32_t fields = stm_mp_map(&mp);
    bool typed = false;
    memset(out, 0, sizeof *out);
    out->place = STEMMA_NONE;
    out->source = STEMMA_NONE;
    out->rare = none;
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(&mp);
        switch (key) {
        case FIELD_TYPE:
            out->type = get_term(&mp, vocabulary, STEMMA_TERM_EVENT_TYPE);
            typed = true;
            break;
        case FIELD_TIME:
            out->time = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
            break;
        case FIELD_PLACE:
            out->place = get_ordinal(&mp, actors);
            break;
        case FIELD_SOURCE:
            out->source = get_ordinal(&mp, actors);
            break;
        case FIELD_PARTICIPANTS:
            get_participants(&mp, vocabulary, actors, out, participants, count);
            break;
        default:
            if (!get_rare(&mp, key, vocabulary, &out->rare)) {
                stm_mp_unknown(&mp, key);
            }
        }
    }
    if (!typed) {
        stm_mp_fail(&mp, "FIELD_MISSING");
    }
    return stm_mp_finish(&mp, fault);
}

/* The next item of a detail, when it is of the kind that nearly all are: 0, or a map of texts shorter than 256
   bytes. False, and nothing is consumed, when it is another one, or not as it should be. */
static bool get_usual(stm_mp *mp, stm_row_rare *out)
{
    const uint8_t *at = mp->at;
    if (mp->code != NULL || at == mp->end || (*at != 0 && *at >> 4 != 8)) {
        return false;
    }
    for (unsigned fields = *at++ & 15u; fields != 0; fields--) {
        if (mp->end - at < 3) {
            return false;
        }
        const unsigned key = at[0], head = at[1];
        const bool wide = head == 0xd9;
        const size_t size = wide ? at[2] : head & 31u;
        at += wide ? 3 : 2;
        if ((!wide && head >> 5 != 5) || size == 0 || (wide && size < 32) || size > (size_t)(mp->end - at)) {
            return false;
        }
        const stemma_text text = {(const char *)at, size};
        at += size;
        if (key == FIELD_EXTERNAL_ID) {
            out->external_id = text;
        } else if (key == FIELD_CONTENT) {
            out->content = text;
        } else if (key == FIELD_TIME_TEXT) {
            out->time = text;
        } else {
            return false;
        }
    }
    mp->at = at;
    return true;
}

/* The next item of a detail. */
static void get_item(stm_mp *mp, const stm_vocabulary *vocabulary, stm_row_rare *out)
{
    static const stm_row_rare none = STM_ROW_RARE_NONE;
    *out = none;
    if (get_usual(mp, out)) {
        return;
    }
    *out = none;
    if (stm_mp_peek(mp) == STM_MP_UINT) {
        stm_mp_uint(mp, 0);
        return;
    }
    uint32_t fields = stm_mp_map(mp);
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(mp);
        if (key == FIELD_TIME_TEXT) {
            out->time = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        } else if (!get_rare(mp, key, vocabulary, out)) {
            stm_mp_unknown(mp, key);
        }
    }
}

stemma_status stm_detail_decode(stemma_bytes payload, const stm_vocabulary *vocabulary,
                                uint32_t count, stm_row_rare *out, stm_fault *fault)
{
    stemma_status status = stm_mp_check(payload, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(payload);
    uint32_t items = stm_mp_array_of(&mp, count, count);
    for (uint32_t i = 0; i < items && mp.code == NULL; i++) {
        bool is_map = *mp.at != 0; /* of bytes that were checked there is one */
        get_item(&mp, vocabulary, &out[i]);
        if (is_map && is_empty(&out[i])) {
            stm_mp_fail(&mp, "FIELD_DEFAULT");
        }
    }
    return stm_mp_finish(&mp, fault);
}

/* ---- What a row says ------------------------------------------------------------------------- */

uint32_t stm_row_assertion_count(const stm_row_record *row)
{
    return 1u + row->participant_count + (row->time.size != 0 ? 1u : 0u) +
           (row->place != STEMMA_NONE ? 1u : 0u) + (row->rare.content.size != 0 ? 1u : 0u) +
           (row->rare.quantity_predicate != STEMMA_NONE ? 1u : 0u);
}

/* Puts an assertion where it belongs among `count` that are in order: behind its equals. */
static void insert(stm_row_assertion *out, uint32_t *count, uint32_t predicate, uint8_t kind,
                   uint32_t actor)
{
    uint32_t at = (*count)++;
    while (at > 0 && out[at - 1].predicate > predicate) {
        out[at] = out[at - 1];
        at--;
    }
    out[at].predicate = predicate;
    out[at].actor = actor;
    out[at].kind = kind;
}

void stm_row_assertions(const stm_row_record *row, const stm_row_predicates *predicates,
                        stm_row_assertion *out)
{
    uint32_t count = 0;
    for (; count < row->participant_count; count++) {
        out[count].predicate = row->participants[count].role;
        out[count].actor = row->participants[count].actor;
        out[count].kind = STEMMA_OBJECT_REFERENT;
    }
    insert(out, &count, predicates->type, STEMMA_OBJECT_TEXT, STEMMA_NONE);
    if (row->time.size != 0) {
        insert(out, &count, predicates->time, STEMMA_OBJECT_TIME, STEMMA_NONE);
    }
    if (row->place != STEMMA_NONE) {
        insert(out, &count, predicates->place, STEMMA_OBJECT_PLACE, row->place);
    }
    if (row->rare.content.size != 0) {
        insert(out, &count, predicates->content, STEMMA_OBJECT_TEXT, STEMMA_NONE);
    }
    if (row->rare.quantity_predicate != STEMMA_NONE) {
        insert(out, &count, row->rare.quantity_predicate, STEMMA_OBJECT_QUANTITY, STEMMA_NONE);
    }
}

/* ---- Times ----------------------------------------------------------------------------------- */

static void put_digits(char *out, int count, int number)
{
    while (count > 0) {
        out[--count] = (char)('0' + number % 10);
        number /= 10;
    }
}

size_t stm_row_time_text(const stemma_time_bounds *bounds, char out[STM_ROW_TIME_SIZE])
{
    int64_t start = bounds->start_earliest;
    int year, month, day;
    stemma_time_bounds again;
    size_t size = 0;
    if (bounds->extent || start == STEMMA_TIME_UNKNOWN_EARLY ||
        bounds->precision < STEMMA_PRECISION_YEAR || bounds->precision == STEMMA_PRECISION_SEASON ||
        start < -INT64_C(62135596800) || start > INT64_C(253402300799)) {
        return 0;
    }
    int64_t days = start >= 0 ? start / 86400 : -((86399 - start) / 86400);
    int second = (int)(start - days * 86400);
    stemma_civil_from_days(days, &year, &month, &day);
    put_digits(out, 4, year);
    size = 4;
    if (bounds->precision >= STEMMA_PRECISION_MONTH) {
        out[size] = '-';
        put_digits(out + size + 1, 2, month);
        size += 3;
    }
    if (bounds->precision >= STEMMA_PRECISION_DAY) {
        out[size] = '-';
        put_digits(out + size + 1, 2, day);
        size += 3;
    }
    if (bounds->precision >= STEMMA_PRECISION_SECOND) {
        out[size] = 'T';
        put_digits(out + size + 1, 2, second / 3600);
        out[size + 3] = ':';
        put_digits(out + size + 4, 2, second / 60 % 60);
        size += 6;
        if (bounds->start_latest == start) {
            out[size] = ':';
            put_digits(out + size + 1, 2, second % 60);
            size += 3;
        }
        out[size++] = 'Z';
    }
    if (bounds->approximate || bounds->uncertain) {
        out[size++] = bounds->approximate && bounds->uncertain ? '%'
                      : bounds->approximate                    ? '~'
                                                               : '?';
    }
    stemma_text text = {out, size};
    if (stemma_edtf_bounds(text, &again) != STEMMA_OK ||
        again.start_earliest != bounds->start_earliest ||
        again.start_latest != bounds->start_latest || again.end_earliest != bounds->end_earliest ||
        again.end_latest != bounds->end_latest || again.precision != bounds->precision ||
        again.extent != 0 || again.approximate != bounds->approximate ||
        again.uncertain != bounds->uncertain) {
        return 0;
    }
    return size;
}
