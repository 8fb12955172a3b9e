/* SPDX-License-Identifier: MIT */
/* The examples in SPEC.md are what the program makes: each is made here and looked for in the page,
   white space and backquotes aside. */
#include "bounds.h"
#include "canonical.h"
#include "claim_record.h"
#include "derivation_record.h"
#include "entity_alias.h"
#include "id.h"
#include "judgement_record.h"
#include "key.h"
#include "object_record.h"
#include "row_block.h"
#include "run_record.h"
#include "stemma/edtf.h"
#include "stemma/name.h"
#include "stemma/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The page without white space and backquotes. */
static char *load_page(void)
{
    FILE *file = fopen(STEMMA_SOURCE_DIR "/SPEC.md", "r");
    char *page = malloc(1u << 20);
    size_t size = 0;
    int c;
    assert_non_null(file);
    assert_non_null(page);
    while ((c = fgetc(file)) != EOF) {
        assert_true(size + 1 < 1u << 20);
        if (c != ' ' && c != '\n' && c != '`') {
            page[size++] = (char)c;
        }
    }
    page[size] = '\0';
    fclose(file);
    return page;
}

static int open_page(void **state)
{
    *state = load_page();
    return 0;
}

static int close_page(void **state)
{
    free(*state);
    return 0;
}

static void page_has(const char *page, const char *text)
{
    if (strstr(page, text) == NULL) {
        fail_msg("SPEC.md does not show %s", text);
    }
}

static void page_shows(const char *page, const void *bytes, size_t size)
{
    char hex[1024];
    assert_true(size > 0 && 2 * size < sizeof hex);
    for (size_t i = 0; i < size; i++) {
        snprintf(hex + 2 * i, 3, "%02x", ((const uint8_t *)bytes)[i]);
    }
    page_has(page, hex);
}

/* A file of the built-in vocabulary that holds a few of everything. */
static stm_bounds few(void)
{
    uint32_t count = 0;
    const stemma_term *terms = stemma_vocabulary_builtin(&count);
    return (stm_bounds){{terms, count}, 2, 4, 6, 1, 5};
}

static uint32_t term(const stm_bounds *bounds, uint8_t kind, const char *name)
{
    uint32_t number = 0;
    assert_true(stm_vocabulary_find(&bounds->vocabulary, kind, stemma_text_of(name), &number));
    return number;
}

/* */
static void maps_are_shown_as_they_are_stored(void **state)
{
    uint8_t room[256];
    stm_bounds bounds = few();
    uint32_t age = term(&bounds, STEMMA_TERM_PREDICATE, "age");
    stm_buffer out = stm_buffer_over(room, sizeof room);
    assert_int_equal(stm_term_encode(&bounds.vocabulary.terms[age], &out, NULL), STEMMA_OK);
    page_shows(*state, room, out.size);

    stemma_judgement judgement = {{0, 0},
                                  {1, 2},
                                  STEMMA_VERDICT_SAME,
                                  STEMMA_NO_CONFIDENCE,
                                  STEMMA_NONE,
                                  stemma_text_of("Ida"),
                                  {NULL, 0},
                                  {NULL, 0},
                                  {NULL, 0}};
    out = stm_buffer_over(room, sizeof room);
    assert_int_equal(stm_judgement_encode(&judgement, &bounds, &out, NULL), STEMMA_OK);
    page_shows(*state, room, out.size);

    stemma_shared_range range = {{0, 200}, {0, 200}};
    stemma_derivation derivation = {.from = 3,
                                    .to = 1,
                                    .kind = STEMMA_DERIVATION_COPY,
                                    .score = 970,
                                    .ranges = &range,
                                    .range_count = 1};
    out = stm_buffer_over(room, sizeof room);
    assert_int_equal(stm_derivations_encode(&derivation, 1, &bounds, &out, NULL), STEMMA_OK);
    page_shows(*state, room, out.size);
}

/* [R-36] [R-37] [P-20] */
static void rows_are_shown_as_they_are_stored(void **state)
{
    uint8_t room[256];
    stm_bounds bounds = few();
    stm_entity_name names[] = {{stemma_text_of("Ida"), STEMMA_NAME_NAME, 3},
                               {stemma_text_of("Ida Lorn"), STEMMA_NAME_NAME, 2}};
    stm_buffer out = stm_buffer_over(room, sizeof room);
    bounds.events = 2;
    assert_int_equal(stm_entity_alias_encode(names, 2, 1, &out, NULL), STEMMA_OK);
    page_shows(*state, room, out.size);

    stm_witness witnesses[] = {{0, 7}, {0, 9}, {3, 1}};
    stm_claim_row claim = {.subject_kind = STEMMA_REFERENT_EVENT,
                           .predicate = term(&bounds, STEMMA_TERM_PREDICATE, "patient"),
                           .polarity = STEMMA_POLARITY_POSITIVE,
                           .documents = 2,
                           .independent = 2,
                           .speakers = 1,
                           .witnesses = witnesses,
                           .witness_count = 3};
    claim.object.as.referent = 5;
    out = stm_buffer_over(room, sizeof room);
    assert_int_equal(stm_claim_encode(&claim, &bounds, &out, NULL), STEMMA_OK);
    page_shows(*state, room, out.size);

    static stm_row_block block;
    const uint8_t empty[] = {0x90};
    const uint8_t one[] = {0x91, 0x01};
    stm_row_block_clear(&block);
    assert_true(stm_row_block_add(&block, (stemma_bytes){empty, sizeof empty}));
    assert_true(stm_row_block_add(&block, (stemma_bytes){one, sizeof one}));
    stemma_bytes value = stm_row_block_value(&block);
    page_shows(*state, value.data, value.size);
}

/* */
static void objects_are_shown_as_they_are_stored(void **state)
{
    uint8_t room[256];
    stemma_object object = {.kind = STEMMA_OBJECT_QUANTITY};
    object.as.quantity.modifier = STEMMA_MODIFIER_MORE_THAN;
    object.as.quantity.amount = stemma_text_of("1000");
    object.as.quantity.counted = stemma_text_of("prisoner");
    for (int with_words = 0; with_words < 2; with_words++) {
        stm_buffer out = stm_buffer_over(room, sizeof room);
        object.as.quantity.raw = stemma_text_of(with_words ? "more than 1,000 prisoners" : "");
        stm_object_put(&out, &object, STM_NO_CODE);
        page_shows(*state, room, out.size);
    }
}

/* [R-1] [R-2] [P-1] */
static void ids_and_keys_are_shown_as_they_are_made(void **state)
{
    uint8_t digest[STEMMA_DIGEST_SIZE];
    uint8_t key[8];
    char text[STM_DOCUMENT_ID_CHARS + 1] = "";
    char hex[32];
    for (uint8_t i = 0; i < sizeof digest; i++) {
        digest[i] = i;
    }
    uint64_t id = stm_document_id(digest, stemma_text_of("urn:x"));
    stm_document_id_text(id, text);
    snprintf(hex, sizeof hex, "0x%016llx", (unsigned long long)id);
    page_has(*state, hex);
    page_has(*state, text);
    stm_key_u64(key, id);
    page_shows(*state, key, sizeof key);
    stm_key_u32x2(key, 258, 1);
    page_shows(*state, key, sizeof key);
}

/* */
static void times_are_shown_with_their_bounds(void **state)
{
    stemma_time_bounds bounds;
    char text[128];
    assert_int_equal(stemma_edtf_bounds(stemma_text_of("2031-05-04"), &bounds), STEMMA_OK);
    assert_true(bounds.start_earliest == bounds.end_earliest &&
                bounds.start_latest == bounds.end_latest);
    snprintf(text, sizeof text, "2031-05-04is%lldto%lldforallfour",
             (long long)bounds.start_earliest, (long long)bounds.start_latest);
    page_has(*state, text);
    assert_int_equal(stemma_edtf_bounds(stemma_text_of("2031/2032-02"), &bounds), STEMMA_OK);
    snprintf(text, sizeof text, "startsfrom%lldto%lldandendsfrom%lldto%lld",
             (long long)bounds.start_earliest, (long long)bounds.start_latest,
             (long long)bounds.end_earliest, (long long)bounds.end_latest);
    page_has(*state, text);
}

/* Without spaces, as the page is held. */
static size_t squeeze(char *text, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] != ' ') {
            text[kept++] = text[i];
        }
    }
    return kept;
}

/* [I-23] */
static void names_are_shown_with_their_keys(void **state)
{
    static const char *const names[] = {"Zoë J.R. O'Neal",       "Щербина",
                                        "Tschërbak-Vogt",        "المرسي",
                                        "Georgiou Παπαδοπούλου", "Kazimyr Vyacheslavovich Dzhokh"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char shown[256];
        char plain[STEMMA_NAME_KEY_SIZE];
        char key[STEMMA_NAME_KEY_SIZE];
        char line[512];
        size_t plain_size = 0;
        size_t key_size = 0;
        stemma_text name = stemma_text_of(names[i]);
        memcpy(shown, name.data, name.size);
        assert_int_equal(stemma_name_fold(name, plain, sizeof plain, &plain_size), STEMMA_OK);
        assert_int_equal(stemma_name_key(name, key, sizeof key, &key_size), STEMMA_OK);
        snprintf(line, sizeof line, "|%.*s|%.*s|%.*s|", (int)squeeze(shown, name.size), shown,
                 (int)squeeze(plain, plain_size), plain, (int)squeeze(key, key_size), key);
        page_has(*state, line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_are_shown_as_they_are_stored),
        cmocka_unit_test(rows_are_shown_as_they_are_stored),
        cmocka_unit_test(objects_are_shown_as_they_are_stored),
        cmocka_unit_test(ids_and_keys_are_shown_as_they_are_made),
        cmocka_unit_test(times_are_shown_with_their_bounds),
        cmocka_unit_test(names_are_shown_with_their_keys),
    };
    return cmocka_run_group_tests(tests, open_page, close_page);
}
