/* SPDX-License-Identifier: MIT */
#include "document_record.h"

#include "canonical.h"
#include "limits.h"

enum {
    FIELD_URI = 0,
    FIELD_TITLE = 1,
    FIELD_PUBLISHER = 2,
    FIELD_AGENCY = 3,
    FIELD_BYLINE = 4,
    FIELD_PUBLISHED = 5,
    FIELD_RETRIEVED = 6,
    FIELD_LANGUAGE = 7,
    FIELD_MEDIA_TYPE = 8,
    FIELD_LICENCE = 9,
    FIELD_DIGEST = 10,
    FIELD_TEXT_SIZE = 11,
    FIELD_CODE_POINTS = 12,
    FIELD_WITHHELD = 13,
    FIELD_SENTENCES = 14,
    FIELD_PARAGRAPHS = 15,
    FIELD_FURNITURE = 16,
    FIELD_COUNTS = 17,
    FIELD_ROWS = 18,
    FIELD_GAPS = 19,
    FIELD_STRIDE = 20,
    FIELD_RUN = 21
};

/* ---- Encoding ---- */

static const char *texts_fault(const stemma_document *document)
{
    const stemma_text texts[] = {
        document->title,         document->publisher,      document->agency,    document->byline,
        document->published.raw, document->published.edtf, document->retrieved, document->language,
        document->media_type,    document->licence};
    const char *code = stm_text_fault(document->uri, STEMMA_LIMIT_URI);
    for (size_t i = 0; code == NULL && i < sizeof texts / sizeof texts[0]; i++) {
        code = stm_text_fault(texts[i], STEMMA_LIMIT_FIELD);
    }
    return code;
}

/* Gaps have rows before them but for the first, and leave numbers out; each stands before a row. */
static bool gaps_are_sound(stemma_bytes gaps, uint32_t rows)
{
    stm_reader reader = stm_reader_of(gaps);
    uint64_t at = 0;
    uint64_t number = rows;
    bool first = true;
    while (stm_remaining(&reader) > 0) {
        uint32_t before, skipped;
        if (!stm_read_varint32(&reader, &before) || !stm_read_varint32(&reader, &skipped) ||
            skipped == 0 || (before == 0 && !first)) {
            return false;
        }
        at += before;
        number += skipped;
        first = false;
        if (at >= rows || number >= UINT32_MAX) {
            return false;
        }
    }
    return true;
}

static bool offsets_ascend(const uint32_t *offsets, uint32_t count, uint32_t text_size)
{
    for (uint32_t i = 0; i < count; i++) {
        if (offsets[i] >= text_size || (i > 0 && offsets[i] <= offsets[i - 1])) {
            return false;
        }
    }
    return true;
}

static bool spans_ascend(const stemma_span *spans, uint32_t count, uint32_t text_size)
{
    uint32_t least = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (spans[i].start < least || spans[i].end <= spans[i].start || spans[i].end > text_size) {
            return false;
        }
        least = spans[i].end;
    }
    return true;
}

/* Whether all referents and assertions of a data set can be numbered, and its gaps read well. */
static bool rows_fit(const stemma_document *document, const stm_document_rows *rows)
{
    return (uint64_t)document->referent_count + rows->rows < STEMMA_NONE &&
           document->assertion_count + (uint64_t)rows->rows * rows->stride < STEMMA_NONE &&
           gaps_are_sound(rows->gaps, rows->rows);
}

static const char *document_fault(const stemma_document *document, uint32_t code_points,
                                  const stm_document_rows *rows)
{
    uint32_t size = stemma_whole_span(document).end;
    const char *code = texts_fault(document);
    if (code != NULL) {
        return code;
    }
    if ((size > STEMMA_LIMIT_TEXT && rows == NULL) || code_points > size ||
        document->text_size > INT64_MAX) {
        return "TEXT_SIZE";
    }
    if (rows != NULL && (rows->rows == 0 || rows->stride == 0 || rows->run >= STEMMA_NONE - 1 ||
                         !rows_fit(document, rows))) {
        return "ROW_ORDER";
    }
    if (!offsets_ascend(document->sentences, document->sentence_count, size)) {
        return "SENTENCE_ORDER";
    }
    if (!offsets_ascend(document->paragraphs, document->paragraph_count, size)) {
        return "PARAGRAPH_ORDER";
    }
    if (!spans_ascend(document->furniture, document->furniture_count, size)) {
        return "FURNITURE_ORDER";
    }
    return NULL;
}

static void put_offsets(stm_map *map, uint32_t key, const uint32_t *offsets, uint32_t count)
{
    size_t size = 0;
    for (uint32_t i = 0; i < count; i++) {
        size += stm_varint_size(offsets[i] - (i > 0 ? offsets[i - 1] : 0));
    }
    if (count == 0) {
        return;
    }
    stm_map_key(map, key);
    stm_mp_put_binary_header(map->out, size);
    for (uint32_t i = 0; i < count; i++) {
        stm_put_varint(map->out, offsets[i] - (i > 0 ? offsets[i - 1] : 0));
    }
}

static void put_spans(stm_map *map, uint32_t key, const stemma_span *spans, uint32_t count)
{
    size_t size = 0;
    for (uint32_t i = 0; i < count; i++) {
        size += stm_varint_size(spans[i].start - (i > 0 ? spans[i - 1].end : 0)) +
                stm_varint_size(spans[i].end - spans[i].start);
    }
    if (count == 0) {
        return;
    }
    stm_map_key(map, key);
    stm_mp_put_binary_header(map->out, size);
    for (uint32_t i = 0; i < count; i++) {
        stm_put_varint(map->out, spans[i].start - (i > 0 ? spans[i - 1].end : 0));
        stm_put_varint(map->out, spans[i].end - spans[i].start);
    }
}

stemma_status stm_document_encode(const stemma_document *document, uint32_t code_points,
                                  const stm_document_rows *rows, stm_buffer *out,
                                  stm_fault *fault)
{
    const char *code = document_fault(document, code_points, rows);
    if (code != NULL) {
        return stm_fault_set(fault, STEMMA_E_INVALID, code, 0);
    }
    stemma_bytes digest = {document->digest, STEMMA_DIGEST_SIZE};
    stm_map map = stm_map_begin(out);
    stm_map_text(&map, FIELD_URI, document->uri);
    stm_map_text(&map, FIELD_TITLE, document->title);
    stm_map_text(&map, FIELD_PUBLISHER, document->publisher);
    stm_map_text(&map, FIELD_AGENCY, document->agency);
    stm_map_text(&map, FIELD_BYLINE, document->byline);
    if (document->published.raw.size != 0 || document->published.edtf.size != 0) {
        stm_map_key(&map, FIELD_PUBLISHED);
        stm_mp_put_array(out, 2);
        stm_mp_put_text(out, document->published.raw);
        stm_mp_put_text(out, document->published.edtf);
    }
    stm_map_text(&map, FIELD_RETRIEVED, document->retrieved);
    stm_map_text(&map, FIELD_LANGUAGE, document->language);
    stm_map_text(&map, FIELD_MEDIA_TYPE, document->media_type);
    stm_map_text(&map, FIELD_LICENCE, document->licence);
    stm_map_binary(&map, FIELD_DIGEST, digest);
    stm_map_uint(&map, FIELD_TEXT_SIZE, document->text_size);
    stm_map_uint(&map, FIELD_CODE_POINTS, code_points);
    stm_map_true(&map, FIELD_WITHHELD, document->text_withheld != 0);
    put_offsets(&map, FIELD_SENTENCES, document->sentences, document->sentence_count);
    put_offsets(&map, FIELD_PARAGRAPHS, document->paragraphs, document->paragraph_count);
    put_spans(&map, FIELD_FURNITURE, document->furniture, document->furniture_count);
    stm_map_key(&map, FIELD_COUNTS);
    stm_mp_put_array(out, 3);
    stm_mp_put_uint(out, document->referent_count);
    stm_mp_put_uint(out, document->mention_count);
    stm_mp_put_uint(out, document->assertion_count);
    if (rows != NULL) {
        stm_map_uint(&map, FIELD_ROWS, rows->rows);
        stm_map_binary(&map, FIELD_GAPS, rows->gaps);
        stm_map_uint(&map, FIELD_STRIDE, rows->stride);
        stm_map_uint(&map, FIELD_RUN, (uint64_t)rows->run + 1);
    }
    stm_map_end(&map);
    return stm_put_finish(out, fault);
}

/* ---- Decoding ---- */

/* Number of varints in `bytes`: of their last bytes. */
static uint32_t count_varints(stemma_bytes bytes)
{
    uint32_t count = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        count += bytes.data[i] < 0x80;
    }
    return count;
}

static bool get_offsets(stemma_bytes bytes, uint32_t *offsets, uint32_t count, uint32_t text_size)
{
    stm_reader reader = stm_reader_of(bytes);
    uint64_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t step;
        if (!stm_read_varint32(&reader, &step) || (i > 0 && step == 0)) {
            return false;
        }
        at += step;
        if (at >= text_size) {
            return false;
        }
        offsets[i] = (uint32_t)at;
    }
    return stm_remaining(&reader) == 0;
}

static bool get_spans(stemma_bytes bytes, stemma_span *spans, uint32_t count, uint32_t text_size)
{
    stm_reader reader = stm_reader_of(bytes);
    uint64_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t gap;
        uint32_t length;
        if (!stm_read_varint32(&reader, &gap) || !stm_read_varint32(&reader, &length) ||
            length == 0) {
            return false;
        }
        at += (uint64_t)gap + length;
        if (at > text_size) {
            return false;
        }
        spans[i].start = (uint32_t)(at - length);
        spans[i].end = (uint32_t)at;
    }
    return stm_remaining(&reader) == 0;
}

static void get_published(stm_mp *mp, stemma_document *document)
{
    stm_mp_array_of(mp, 2, 2);
    document->published.raw = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
    document->published.edtf = stm_mp_text(mp, STEMMA_LIMIT_FIELD);
    if (document->published.raw.size == 0 && document->published.edtf.size == 0) {
        stm_mp_fail(mp, "FIELD_DEFAULT");
    }
}

typedef struct arrays {
    stemma_bytes sentences;
    stemma_bytes paragraphs;
    stemma_bytes furniture;
} arrays;

static void get_counts(stm_mp *mp, stm_document_extra *extra)
{
    stm_mp_array_of(mp, 3, 3);
    extra->referents = stm_mp_below(mp, STEMMA_NONE);
    extra->mentions = stm_mp_below(mp, STEMMA_NONE);
    extra->assertions = stm_mp_below(mp, STEMMA_NONE);
}

static void get_field(stm_mp *mp, uint32_t key, stemma_document *document,
                      stm_document_extra *extra, arrays *packed)
{
    stemma_bytes digest;
    switch (key) {
    case FIELD_URI:
        document->uri = stm_mp_present_text(mp, STEMMA_LIMIT_URI);
        break;
    case FIELD_TITLE:
        document->title = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_PUBLISHER:
        document->publisher = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_AGENCY:
        document->agency = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_BYLINE:
        document->byline = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_PUBLISHED:
        get_published(mp, document);
        break;
    case FIELD_RETRIEVED:
        document->retrieved = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_LANGUAGE:
        document->language = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_MEDIA_TYPE:
        document->media_type = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_LICENCE:
        document->licence = stm_mp_present_text(mp, STEMMA_LIMIT_FIELD);
        break;
    case FIELD_DIGEST:
        digest = stm_mp_binary(mp);
        if (digest.size == STEMMA_DIGEST_SIZE) {
            memcpy(document->digest, digest.data, STEMMA_DIGEST_SIZE);
        } else {
            stm_mp_fail(mp, "DIGEST_SIZE");
        }
        break;
    case FIELD_TEXT_SIZE:
        document->text_size = stm_mp_present(mp, INT64_MAX);
        break;
    case FIELD_CODE_POINTS:
        extra->code_points = (uint32_t)stm_mp_present(mp, stemma_whole_span(document).end);
        break;
    case FIELD_WITHHELD:
        document->text_withheld = stm_mp_true(mp);
        break;
    case FIELD_SENTENCES:
        packed->sentences = stm_mp_present_binary(mp);
        break;
    case FIELD_PARAGRAPHS:
        packed->paragraphs = stm_mp_present_binary(mp);
        break;
    case FIELD_FURNITURE:
        packed->furniture = stm_mp_present_binary(mp);
        break;
    case FIELD_COUNTS:
        get_counts(mp, extra);
        break;
    case FIELD_ROWS:
        extra->rows = (uint32_t)stm_mp_present(mp, STEMMA_NONE - 1);
        break;
    case FIELD_GAPS:
        extra->gaps = stm_mp_present_binary(mp);
        break;
    case FIELD_STRIDE:
        extra->stride = (uint32_t)stm_mp_present(mp, STEMMA_NONE - 1);
        break;
    case FIELD_RUN:
        extra->run = (uint32_t)stm_mp_present(mp, STEMMA_NONE - 1) - 1;
        break;
    default:
        stm_mp_unknown(mp, key);
    }
}

/* Rows come with the run that made them, and with at least one assertion each. */
static void finish_rows(stm_mp *mp, uint64_t seen, stemma_document *document,
                        const stm_document_extra *extra)
{
    bool is_set = (seen >> FIELD_ROWS & 1) != 0;
    stm_document_rows rows = {extra->rows, extra->stride, extra->run, extra->gaps};
    stemma_document counted = {0};
    counted.referent_count = extra->referents;
    counted.assertion_count = extra->assertions;
    if (is_set != (extra->run != STEMMA_NONE) || is_set != (extra->stride != 0)) {
        stm_mp_fail(mp, "FIELD_MISSING");
    } else if (!is_set && (document->text_size > STEMMA_LIMIT_TEXT || extra->gaps.size > 0)) {
        stm_mp_fail(mp, "NUMBER_OUT_OF_RANGE");
    } else if (is_set && (!rows_fit(&counted, &rows) || !document->text_withheld)) {
        stm_mp_fail(mp, "ROW_ORDER");
    }
    document->row_count = extra->rows;
    document->actor_count = is_set ? extra->referents : 0;
    document->row_run = is_set ? extra->run : 0;
}

static stemma_status get_fields(stm_mp *mp, stemma_document *document, stm_document_extra *extra,
                                arrays *packed, stm_fault *fault)
{
    uint64_t seen = 0;
    uint64_t always = UINT64_C(1) << FIELD_DIGEST | UINT64_C(1) << FIELD_COUNTS;
    uint32_t fields = stm_mp_map(mp);
    for (uint32_t i = 0; i < fields; i++) {
        uint32_t key = stm_mp_key(mp);
        seen |= key < 64 ? UINT64_C(1) << key : 0;
        get_field(mp, key, document, extra, packed);
    }
    if ((seen & always) != always) {
        stm_mp_fail(mp, "FIELD_MISSING");
    }
    finish_rows(mp, seen, document, extra);
    uint32_t ends = count_varints(packed->furniture);
    if (ends % 2 != 0) {
        stm_mp_fail(mp, "FURNITURE_ORDER");
    }
    extra->sentences = count_varints(packed->sentences);
    extra->paragraphs = count_varints(packed->paragraphs);
    extra->furniture = ends / 2;
    return stm_mp_finish(mp, fault);
}

stemma_status stm_document_decode(stemma_bytes value, stemma_document *document,
                                  stm_document_extra *extra, stm_fault *fault)
{
    arrays packed = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    memset(document, 0, sizeof *document);
    memset(extra, 0, sizeof *extra);
    extra->run = STEMMA_NONE;
    if (value.size > STEMMA_LIMIT_VALUE) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "RECORD_TOO_LONG", 0);
    }
    stemma_status status = stm_mp_check(value, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_mp mp = stm_mp_over(value);
    return get_fields(&mp, document, extra, &packed, fault);
}

stemma_status stm_document_decode_arrays(stemma_bytes value, stemma_document *document,
                                         const stm_document_extra *extra, uint32_t *offsets,
                                         stemma_span *spans, stm_fault *fault)
{
    arrays packed = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    stm_document_extra again = {0};
    again.run = STEMMA_NONE;
    stm_mp mp = stm_mp_over(value);
    stemma_status status = get_fields(&mp, document, &again, &packed, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    if (again.sentences != extra->sentences || again.paragraphs != extra->paragraphs ||
        again.furniture != extra->furniture) {
        return stm_fault_set(fault, STEMMA_E_MISUSE, "RECORD_CHANGED", 0);
    }
    uint32_t *paragraphs = offsets + extra->sentences;
    uint32_t size = stemma_whole_span(document).end;
    if (!get_offsets(packed.sentences, offsets, extra->sentences, size)) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "SENTENCE_ORDER", 0);
    }
    if (!get_offsets(packed.paragraphs, paragraphs, extra->paragraphs, size)) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "PARAGRAPH_ORDER", 0);
    }
    if (!get_spans(packed.furniture, spans, extra->furniture, size)) {
        return stm_fault_set(fault, STEMMA_E_DAMAGED, "FURNITURE_ORDER", 0);
    }
    document->sentences = offsets;
    document->sentence_count = extra->sentences;
    document->paragraphs = paragraphs;
    document->paragraph_count = extra->paragraphs;
    document->furniture = spans;
    document->furniture_count = extra->furniture;
    return STEMMA_OK;
}

static const char *glance_fault(const stm_document_glance *glance)
{
    const char *code = stm_text_fault(glance->publisher, STEMMA_LIMIT_FIELD);
    code = code == NULL ? stm_text_fault(glance->agency, STEMMA_LIMIT_FIELD) : code;
    return code == NULL ? stm_text_fault(glance->published, STEMMA_LIMIT_FIELD) : code;
}

stemma_status stm_document_glance_at(stemma_bytes value, stm_document_glance *out,
                                     stm_fault *fault)
{
    stm_mp mp = stm_mp_over(value);
    stemma_document document = {0};
    uint32_t fields = stm_mp_map(&mp);
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < fields && mp.code == NULL; i++) {
        uint32_t key = stm_mp_key(&mp);
        if (key > FIELD_PUBLISHED) { /* keys ascend */
            break;
        }
        if (key == FIELD_PUBLISHER) {
            out->publisher = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
        } else if (key == FIELD_AGENCY) {
            out->agency = stm_mp_present_text(&mp, STEMMA_LIMIT_FIELD);
        } else if (key == FIELD_PUBLISHED) {
            get_published(&mp, &document);
            out->published = document.published.edtf;
        } else {
            (void)stm_mp_skip(&mp);
        }
    }
    const char *code = mp.code != NULL ? mp.code : glance_fault(out);
    return code == NULL ? STEMMA_OK
                        : stm_fault_set(fault, STEMMA_E_DAMAGED, code, mp.fault_offset);
}
