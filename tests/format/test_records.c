/* SPDX-License-Identifier: MIT */
/* Every kind of record but testimony: what is written comes back, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "claim_record.h"
#include "derivation_record.h"
#include "document_record.h"
#include "entity_alias.h"
#include "judgement_record.h"
#include "meta_record.h"
#include "row_block.h"
#include "run_record.h"
#include "vocabulary_record.h"

static const stemma_term terms[] = {
    {.kind = STEMMA_TERM_ENTITY_TYPE, .name = {"person", 6}},
    {.kind = STEMMA_TERM_EVENT_TYPE, .name = {"justice", 7}},
    {.kind = STEMMA_TERM_EVENT_TYPE, .name = {"justice.arrest", 14}},
    {.kind = STEMMA_TERM_EVENT_TYPE, .name = {"justice.release", 15}},
    {.kind = STEMMA_TERM_EVENT_TYPE, .name = {"justice_of_peace", 16}},
    {.kind = STEMMA_TERM_PREDICATE, .name = {"agent", 5}},
};

static const stm_bounds bounds = {.vocabulary = {terms, 6},
                                  .runs = 3,
                                  .documents = 500,
                                  .entities = 40,
                                  .events = 30,
                                  .claims = 1000};

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* ---- One sample and one decode-and-encode-again for each kind of record ---- */

static stemma_status sample_term(stm_buffer *out, stm_fault *fault)
{
    static const stemma_term term = {STEMMA_TERM_EVENT_TYPE,       TEXT("justice.release"),
                                     TEXT("release from custody"), 1,
                                     TEXT("agent patient"),        TEXT("cameo:0841")};
    return stm_term_encode(&term, out, fault);
}

static stemma_status again_term(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_term term;
    stemma_status status = stm_term_decode(value, &term, fault);
    return status == STEMMA_OK ? stm_term_encode(&term, out, fault) : status;
}

static stemma_status sample_run(stm_buffer *out, stm_fault *fault)
{
    static const stemma_run run = {TEXT("reader"), TEXT("1.2"), STEMMA_RUN_HUMAN, TEXT("fast")};
    return stm_run_encode(&run, out, fault);
}

static stemma_status again_run(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_run run;
    stemma_status status = stm_run_decode(value, &run, fault);
    return status == STEMMA_OK ? stm_run_encode(&run, out, fault) : status;
}

static stemma_status sample_meta(stm_buffer *out, stm_fault *fault)
{
    stm_meta meta = {.major = STEMMA_FORMAT_MAJOR,
                     .features = {{TEXT("extra"), 0}, {TEXT("text.other"), 1}},
                     .feature_count = 2,
                     .counts = {1, 2, 3, 1u << 20, UINT64_MAX}};
    return stm_meta_encode(&meta, out, fault);
}

static stemma_status again_meta(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stm_meta meta;
    stemma_status status = stm_meta_decode(value, &meta, fault);
    return status == STEMMA_OK ? stm_meta_encode(&meta, out, fault) : status;
}

static stemma_status sample_digests(stm_buffer *out, stm_fault *fault)
{
    static const stm_table_digest digests[] = {{TEXT("claim"), 12, {1, 2, 3}},
                                               {TEXT("document"), 70000, {255}}};
    return stm_digests_encode(digests, 2, out, fault);
}

static stemma_status again_digests(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stm_table_digest digests[STM_TABLES_MAX];
    uint32_t count = 0;
    stemma_status status = stm_digests_decode(value, digests, &count, fault);
    return status == STEMMA_OK ? stm_digests_encode(digests, count, out, fault) : status;
}

static stemma_status sample_document(stm_buffer *out, stm_fault *fault)
{
    static const uint32_t sentences[] = {0, 90, 300};
    static const uint32_t paragraphs[] = {0, 300};
    static const stemma_span furniture[] = {{10, 20}, {20, 21}, {350, 400}};
    stemma_document document = {.uri = TEXT("https://news.example/1"),
                                .title = TEXT("Twelve freed in Lowmark"),
                                .publisher = TEXT("The Lowmark Post"),
                                .agency = TEXT("LPA"),
                                .byline = TEXT("By I. Varga"),
                                .published = {TEXT("17 May"), TEXT("2031-05-17")},
                                .retrieved = TEXT("2031-06-01"),
                                .language = TEXT("en"),
                                .media_type = TEXT("text/html"),
                                .licence = TEXT("CC0-1.0"),
                                .digest = {7, 8, 9},
                                .text_withheld = 1,
                                .text_size = 400,
                                .sentences = sentences,
                                .sentence_count = 3,
                                .paragraphs = paragraphs,
                                .paragraph_count = 2,
                                .furniture = furniture,
                                .furniture_count = 3,
                                .referent_count = 5,
                                .mention_count = 300,
                                .assertion_count = 0};
    return stm_document_encode(&document, 390, NULL, out, fault);
}

static stemma_status again_document(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_document document;
    stm_document_extra extra;
    stemma_status status = stm_document_decode(value, &document, &extra, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    uint32_t *offsets = calloc(extra.sentences + extra.paragraphs + 1, sizeof *offsets);
    stemma_span *spans = calloc(extra.furniture + 1, sizeof *spans);
    assert_non_null(offsets);
    assert_non_null(spans);
    status = stm_document_decode_arrays(value, &document, &extra, offsets, spans, fault);
    if (status == STEMMA_OK) {
        document.referent_count = extra.referents;
        document.mention_count = extra.mentions;
        document.assertion_count = extra.assertions;
        status = stm_document_encode(&document, extra.code_points, NULL, out, fault);
    }
    free(offsets);
    free(spans);
    return status;
}

static stemma_status sample_judgement(stm_buffer *out, stm_fault *fault)
{
    static const stemma_judgement judgement = {
        {3, 70000},          {3, 70001},        STEMMA_VERDICT_NOT_SAME, 1000,
        STEMMA_NONE,         TEXT("A. Reader"), TEXT("2031-06-01"),      TEXT("2031-06-02"),
        TEXT("two brothers")};
    return stm_judgement_encode(&judgement, &bounds, out, fault);
}

static stemma_status again_judgement(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    stemma_judgement judgement;
    stemma_status status = stm_judgement_decode(value, &bounds, &judgement, fault);
    return status == STEMMA_OK ? stm_judgement_encode(&judgement, &bounds, out, fault) : status;
}

static stemma_status sample_derivations(stm_buffer *out, stm_fault *fault)
{
    static const stemma_shared_range ranges[] = {{{0, 10}, {500, 510}}, {{5, 100}, {400, 470}}};
    static const stemma_derivation derivations[] = {
        {9, 4, STEMMA_DERIVATION_COPY, 0, STEMMA_NONE, TEXT("A. Reader"), TEXT(""), NULL, 0},
        {9, 4, STEMMA_DERIVATION_COPY, STEMMA_NO_CONFIDENCE, STEMMA_NONE, TEXT("B. Reader"),
         TEXT(""), NULL, 0},
        {9, 4, STEMMA_DERIVATION_COPY, 970, 2, TEXT(""), TEXT("2031"), ranges, 2}};
    return stm_derivations_encode(derivations, 3, &bounds, out, fault);
}

static stemma_status again_derivations(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count;
    uint32_t range_count;
    stemma_status status = stm_derivations_count(value, &count, &range_count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stemma_derivation *derivations = calloc(count, sizeof *derivations);
    stemma_shared_range *ranges = calloc(range_count + 1, sizeof *ranges);
    assert_non_null(derivations);
    assert_non_null(ranges);
    status = stm_derivations_decode(value, 9, 4, &bounds, derivations, count, ranges, range_count,
                                    fault);
    if (status == STEMMA_OK) {
        status = stm_derivations_encode(derivations, count, &bounds, out, fault);
    }
    free(derivations);
    free(ranges);
    return status;
}

static stemma_status sample_alias(stm_buffer *out, stm_fault *fault)
{
    static const stm_entity_name names[] = {{TEXT("Varga"), STEMMA_NAME_NAME, 120},
                                            {TEXT("Ilse Varga"), STEMMA_NAME_NAME, 80},
                                            {TEXT("the mayor"), STEMMA_NAME_NOMINAL, 2}};
    return stm_entity_alias_encode(names, 3, 1, out, fault);
}

static stemma_status again_alias(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count, shown = 0;
    stemma_status status = stm_entity_alias_count(value, &count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_entity_name *names = calloc(count + 1, sizeof *names);
    assert_non_null(names);
    status = stm_entity_alias_decode(value, (stemma_text)TEXT("Ilse Varga"), bounds.documents,
                                     names, count, &shown, fault);
    if (status == STEMMA_OK) {
        status = stm_entity_alias_encode(names, count, shown, out, fault);
    }
    free(names);
    return status;
}

static stemma_status sample_claim(stm_buffer *out, stm_fault *fault)
{
    static const stm_witness witnesses[] = {{0, 0}, {0, 1}, {0, 9}, {130, 9}, {499, 0}};
    static const stm_claim_row row = {.subject_kind = STEMMA_REFERENT_EVENT,
                                      .subject = 29,
                                      .predicate = 5,
                                      .object = {STEMMA_OBJECT_REFERENT, {.referent = 39}},
                                      .object_referent_kind = STEMMA_REFERENT_ENTITY,
                                      .polarity = STEMMA_POLARITY_POSITIVE,
                                      .documents = 3,
                                      .independent = 2,
                                      .speakers = 1,
                                      .witnesses = witnesses,
                                      .witness_count = 5};
    return stm_claim_encode(&row, &bounds, out, fault);
}

static stemma_status sample_place_claim(stm_buffer *out, stm_fault *fault)
{
    static const stm_witness witness = {3, 4};
    stm_claim_row row = {.predicate = 5, .documents = 1, .witnesses = &witness, .witness_count = 1};
    row.object.kind = STEMMA_OBJECT_PLACE;
    row.object.as.place = (stemma_place){TEXT("Lowmark"), STEMMA_NONE, TEXT("geonames:1"),
                                         -900000000,      1800000000,  500};
    return stm_claim_encode(&row, &bounds, out, fault);
}

static stemma_status again_claim(stemma_bytes value, stm_buffer *out, stm_fault *fault)
{
    uint32_t count;
    stm_claim_row row;
    stemma_status status = stm_claim_count(value, &count, fault);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_witness *witnesses = calloc(count + 1, sizeof *witnesses);
    assert_non_null(witnesses);
    status = stm_claim_decode(value, &bounds, &row, witnesses, count, fault);
    if (status == STEMMA_OK) {
        status = stm_claim_encode(&row, &bounds, out, fault);
    }
    free(witnesses);
    return status;
}

static const struct {
    const char *name;
    stemma_status (*sample)(stm_buffer *out, stm_fault *fault);
    stemma_status (*again)(stemma_bytes value, stm_buffer *out, stm_fault *fault);
} kinds[] = {
    {"term", sample_term, again_term},
    {"run", sample_run, again_run},
    {"meta", sample_meta, again_meta},
    {"digests", sample_digests, again_digests},
    {"document", sample_document, again_document},
    {"judgement", sample_judgement, again_judgement},
    {"derivations", sample_derivations, again_derivations},
    {"alias", sample_alias, again_alias},
    {"claim", sample_claim, again_claim},
    {"claim of a place", sample_place_claim, again_claim},
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static stemma_bytes encoded(size_t kind, uint8_t *bytes, size_t capacity)
{
    stm_buffer out = stm_buffer_over(bytes, capacity);
    stm_fault fault = {"", 0};
    if (kinds[kind].sample(&out, &fault) != STEMMA_OK) {
        fail_msg("%s: %s", kinds[kind].name, fault.code);
    }
    return stm_buffer_view(&out);
}

/* ---- Rules that all share ---- */

static void records_come_back_as_they_were(void **state)
{
    uint8_t bytes[1024];
    uint8_t copy[1024];
    (void)state;
    for (size_t kind = 0; kind < KINDS; kind++) {
        stemma_bytes value = encoded(kind, bytes, sizeof bytes);
        stm_buffer out = stm_buffer_over(copy, sizeof copy);
        stm_fault fault = {"", 0};
        if (kinds[kind].again(value, &out, &fault) != STEMMA_OK) {
            fail_msg("%s: %s at %zu", kinds[kind].name, fault.code, fault.offset);
        }
        assert_int_equal(out.size, value.size);
        assert_memory_equal(copy, bytes, value.size);
    }
}

static void a_buffer_too_small_is_told_what_is_needed(void **state)
{
    uint8_t bytes[1024];
    (void)state;
    for (size_t kind = 0; kind < KINDS; kind++) {
        size_t needed = encoded(kind, bytes, sizeof bytes).size;
        for (size_t capacity = 0; capacity < needed; capacity++) {
            stm_buffer out = stm_buffer_over(bytes, capacity);
            assert_int_equal(kinds[kind].sample(&out, NULL), STEMMA_E_NO_SPACE);
            assert_int_equal(out.size, needed);
        }
    }
}

static void every_cut_record_is_refused(void **state)
{
    uint8_t bytes[1024];
    uint8_t copy[1024];
    (void)state;
    for (size_t kind = 0; kind < KINDS; kind++) {
        stemma_bytes value = encoded(kind, bytes, sizeof bytes);
        for (size_t cut = 0; cut < value.size; cut++) {
            uint8_t *exact = malloc(cut + 1);
            assert_non_null(exact);
            memcpy(exact, bytes, cut);
            stemma_bytes prefix = {exact, cut};
            stm_buffer out = stm_buffer_over(copy, sizeof copy);
            stemma_status status = kinds[kind].again(prefix, &out, NULL);
            if (status != STEMMA_E_DAMAGED && status != STEMMA_E_NOT_STEMMA) {
                fail_msg("%s cut to %zu bytes: %s", kinds[kind].name, cut,
                         stemma_status_name(status));
            }
            free(exact);
        }
        bytes[value.size] = 0;
        value.size++;
        stm_buffer out = stm_buffer_over(copy, sizeof copy);
        assert_int_equal(kinds[kind].again(value, &out, NULL), STEMMA_E_DAMAGED);
    }
}

/* [R-3] [F-2] */
static void changed_bytes_are_refused_or_mean_themselves(void **state)
{
    uint8_t bytes[1024];
    uint8_t copy[1024];
    (void)state;
    for (size_t kind = 0; kind < KINDS; kind++) {
        stemma_bytes value = encoded(kind, bytes, sizeof bytes);
        for (size_t at = 0; at < value.size; at++) {
            uint8_t before = bytes[at];
            for (unsigned change = 0; change < 256; change++) {
                stm_buffer out = stm_buffer_over(copy, sizeof copy);
                stm_fault fault = {"", 0};
                bytes[at] = (uint8_t)change;
                stemma_status status = kinds[kind].again(value, &out, &fault);
                /* a key from 64 on is one that a reader may leave out */
                bool ignorable = change >= 64 && change < 128 && before < 64;
                if (status == STEMMA_OK && !ignorable &&
                    (out.size != value.size || memcmp(copy, bytes, value.size) != 0)) {
                    fail_msg("%s: byte %zu as %02x is read but written otherwise", kinds[kind].name,
                             at, change);
                }
                if (status == STEMMA_E_INVALID) {
                    fail_msg("%s: byte %zu as %02x is read but not written: %s", kinds[kind].name,
                             at, change, fault.code);
                }
            }
            bytes[at] = before;
        }
    }
}

/* ---- Single records ---- */

/* */
static void a_run_has_the_bytes_of_the_layout(void **state)
{
    static const stemma_run run = {TEXT("hand"), TEXT(""), STEMMA_RUN_HUMAN, TEXT("s")};
    uint8_t bytes[64];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    (void)state;
    assert_int_equal(stm_run_encode(&run, &out, NULL), STEMMA_OK);
    assert_int_equal(out.size, 12);
    assert_memory_equal(bytes, "\x83\x00\xa4hand\x02\x02\x03\xa1s", 12);
}

/* [R-11] [V-2] [V-4] */
static void unknown_fields_are_refused_below_64_and_ignored_above(void **state)
{
    static const uint8_t ignorable[] = "\x82\x00\xa4hand\x40\x91\xa1x";
    static const uint8_t unknown[] = "\x82\x00\xa4hand\x3f\x91\xa1x";
    stemma_run run;
    stm_fault fault = {"", 0};
    (void)state;
    stemma_bytes value = {ignorable, sizeof ignorable - 1};
    assert_int_equal(stm_run_decode(value, &run, NULL), STEMMA_OK);
    value = (stemma_bytes){unknown, sizeof unknown - 1};
    assert_int_equal(stm_run_decode(value, &run, &fault), STEMMA_E_DAMAGED);
    assert_string_equal(fault.code, "UNKNOWN_FIELD");
}

/* [R-18] [V-1] */
static void a_newer_major_version_is_told_from_damage(void **state)
{
    static const uint8_t newer[] = "\x84\x00\xa6stemma\x01\x04\x02\x07\x3f\x00";
    static const uint8_t other[] = "\x83\x00\xa6sqlite\x01\x01\x02\x00";
    stm_meta meta;
    stm_fault fault = {"", 0};
    (void)state;
    stemma_bytes value = {newer, sizeof newer - 1};
    assert_int_equal(stm_meta_decode(value, &meta, &fault), STEMMA_E_UNSUPPORTED);
    assert_string_equal(fault.code, "FORMAT_VERSION");
    assert_int_equal(meta.major, 4);
    assert_int_equal(meta.minor, 7);
    value = (stemma_bytes){other, sizeof other - 1};
    assert_int_equal(stm_meta_decode(value, &meta, NULL), STEMMA_E_NOT_STEMMA);
}

/* */
static void terms_are_found_by_name_and_below_a_name(void **state)
{
    uint32_t first;
    uint32_t end;
    uint32_t number;
    (void)state;
    assert_true(stm_vocabulary_find(&bounds.vocabulary, STEMMA_TERM_EVENT_TYPE,
                                    stemma_text_of("justice.release"), &number));
    assert_int_equal(number, 3);
    assert_false(stm_vocabulary_find(&bounds.vocabulary, STEMMA_TERM_PREDICATE,
                                     stemma_text_of("justice.release"), &number));
    stm_vocabulary_below(&bounds.vocabulary, STEMMA_TERM_EVENT_TYPE, stemma_text_of("justice"),
                         &first, &end);
    assert_int_equal(first, 1);
    assert_int_equal(end, 4);
    stm_vocabulary_below(&bounds.vocabulary, STEMMA_TERM_EVENT_TYPE, stemma_text_of("just"), &first,
                         &end);
    assert_int_equal(first, end);
}

/* The rule as SPEC.md words it, one byte at a time. */
static bool plainly_valid(stemma_text name)
{
    bool part_begins = true;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = c >= 'a' && c <= 'z';
        if (part_begins ? !letter : !letter && c != '.' && c != '_' && (c < '0' || c > '9')) {
            return false;
        }
        part_begins = c == '.';
    }
    return !part_begins;
}

/* */
static void every_byte_of_a_term_name_is_looked_at(void **state)
{
    static const char odd[] = "a.z_09-{`/:\x7f\x80\xffZ";
    char bytes[32];
    (void)state;
    for (size_t size = 0; size <= 26; size++) {
        for (size_t at = 0; at < size; at++) {
            for (size_t next = at; next < size && next <= at + 1; next++) {
                for (size_t i = 0; i < sizeof odd * sizeof odd; i++) {
                    memset(bytes, 'b', sizeof bytes);
                    bytes[at] = odd[i / sizeof odd];
                    bytes[next] = odd[i % sizeof odd];
                    stemma_text name = {bytes, size};
                    assert_int_equal(stm_term_name_valid(name), plainly_valid(name));
                }
            }
        }
    }
    assert_false(stm_term_name_valid((stemma_text){bytes, 0}));
}

/* */
static void term_names_have_one_alphabet(void **state)
{
    static const char *const good[] = {"a", "justice.release", "x_1.y2", "a.b.c"};
    static const char *const bad[] = {"", ".", "a.", ".a", "a..b", "A", "1a", "_a", "a-b", "a b"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(stm_term_name_valid(stemma_text_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(stm_term_name_valid(stemma_text_of(bad[i])));
    }
}

/* */
static void judgements_need_one_author_and_order(void **state)
{
    static const struct {
        stemma_judgement judgement;
        const char *code;
    } cases[] = {
        {{{1, 2}, {1, 3}, 1, 5, STEMMA_NONE, TEXT(""), {0}, {0}, {0}}, "AUTHOR"},
        {{{1, 2}, {1, 3}, 1, 5, 1, TEXT("A"), {0}, {0}, {0}}, "AUTHOR"},
        {{{1, 2}, {1, 3}, 1, 5, 3, TEXT(""), {0}, {0}, {0}}, "RUN_OUT_OF_RANGE"},
        {{{1, 3}, {1, 3}, 1, 5, 1, TEXT(""), {0}, {0}, {0}}, "JUDGEMENT_ORDER"},
        {{{2, 0}, {1, 3}, 1, 5, 1, TEXT(""), {0}, {0}, {0}}, "JUDGEMENT_ORDER"},
        {{{1, 2}, {500, 3}, 1, 5, 1, TEXT(""), {0}, {0}, {0}}, "DOCUMENT_OUT_OF_RANGE"},
        {{{1, 2}, {1, 3}, 0, 5, 1, TEXT(""), {0}, {0}, {0}}, "VERDICT"},
        {{{1, 2}, {1, 3}, 4, 5, 1, TEXT(""), {0}, {0}, {0}}, "VERDICT"},
        {{{1, 2}, {1, 3}, 1, 1001, 1, TEXT(""), {0}, {0}, {0}}, "SCORE"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t bytes[64];
        stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
        stm_fault fault = {"", 0};
        assert_int_equal(stm_judgement_encode(&cases[i].judgement, &bounds, &out, &fault),
                         STEMMA_E_INVALID);
        assert_string_equal(fault.code, cases[i].code);
    }
}

/* [P-20] [P-21] */
static void rows_of_a_block_are_found_by_number(void **state)
{
    static stm_row_block block;
    uint8_t row[100] = {0xc4, sizeof row - 2};
    uint32_t count;
    (void)state;
    stm_row_block_clear(&block);
    uint32_t added = 0;
    for (;;) {
        row[2] = (uint8_t)added;
        stemma_bytes bytes = {row, sizeof row};
        if (!stm_row_block_add(&block, bytes)) {
            break;
        }
        added++;
    }
    assert_int_equal(added, 18);
    stemma_bytes value = stm_row_block_value(&block);
    assert_int_equal(value.size, 2 + 18 * 102);
    assert_int_equal(stm_rows_count(value, &count, NULL), STEMMA_OK);
    assert_int_equal(count, added);
    for (uint32_t i = 0; i < added; i++) {
        stemma_bytes found;
        assert_int_equal(stm_rows_at(value, i, &found, NULL), STEMMA_OK);
        assert_int_equal(found.size, sizeof row);
        assert_int_equal(found.data[2], i);
    }
    stemma_bytes found;
    assert_int_equal(stm_rows_at(value, added, &found, NULL), STEMMA_NOT_FOUND);
}

/* [P-20] */
static void a_row_directory_that_points_elsewhere_is_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        uint32_t row;
        const char *code;
    } cases[] = {
        {"", 0, 0, "ROW_DIRECTORY"},
        {"\x00\x00", 2, 0, "ROW_DIRECTORY"},
        {"\x01\x00\x04", 3, 0, "ROW_DIRECTORY"},
        {"\x01\x00\x05\x00\x00\x00", 6, 0, "ROW_DIRECTORY"}, /* bytes that belong to no row */
        {"\xff\xff\x04\x00\x90", 5, 0, "ROW_DIRECTORY"},
        {"\x01\x00\x04\x00", 4, 0, "ROW_OFFSET"}, /* an empty row */
        {"\x02\x00\x06\x00\x06\x00\x90\x90", 8, 0, "ROW_OFFSET"},
        {"\x02\x00\x06\x00\x09\x00\x90\x90", 8, 0, "ROW_OFFSET"}, /* beyond the end */
        {"\x02\x00\x06\x00\x08\x00\x90\x90", 8, 1, "ROW_OFFSET"},
        {"\x02\x00\x06\x00\x05\x00\x90\x90", 8, 1, "ROW_OFFSET"}, /* inside the directory */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stemma_bytes value = {(const uint8_t *)cases[i].bytes, cases[i].size};
        stemma_bytes row;
        stm_fault fault = {"", 0};
        assert_int_equal(stm_rows_at(value, cases[i].row, &row, &fault), STEMMA_E_DAMAGED);
        assert_string_equal(fault.code, cases[i].code);
    }
}

/* [P-20] */
static void a_row_too_large_for_a_block_stands_alone(void **state)
{
    static stm_row_block block;
    static uint8_t row[STEMMA_LIMIT_CHUNK + 100] = {0xc5, 0x07, 0xcd};
    static uint8_t bytes[sizeof row + 4];
    stm_buffer out = stm_buffer_over(bytes, sizeof bytes);
    stemma_bytes whole = {row, sizeof row};
    stemma_bytes found;
    (void)state;
    assert_int_equal(sizeof row - 3, 0x07cd);
    stm_row_block_clear(&block);
    assert_false(stm_row_block_add(&block, whole));
    stm_row_alone(&out, whole);
    assert_int_equal(stm_rows_at(stm_buffer_view(&out), 0, &found, NULL), STEMMA_OK);
    assert_int_equal(found.size, sizeof row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_back_as_they_were),
        cmocka_unit_test(a_buffer_too_small_is_told_what_is_needed),
        cmocka_unit_test(every_cut_record_is_refused),
        cmocka_unit_test(changed_bytes_are_refused_or_mean_themselves),
        cmocka_unit_test(a_run_has_the_bytes_of_the_layout),
        cmocka_unit_test(unknown_fields_are_refused_below_64_and_ignored_above),
        cmocka_unit_test(a_newer_major_version_is_told_from_damage),
        cmocka_unit_test(terms_are_found_by_name_and_below_a_name),
        cmocka_unit_test(term_names_have_one_alphabet),
        cmocka_unit_test(every_byte_of_a_term_name_is_looked_at),
        cmocka_unit_test(judgements_need_one_author_and_order),
        cmocka_unit_test(rows_of_a_block_are_found_by_number),
        cmocka_unit_test(a_row_directory_that_points_elsewhere_is_refused),
        cmocka_unit_test(a_row_too_large_for_a_block_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
