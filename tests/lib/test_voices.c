/* SPDX-License-Identifier: MIT */
/* Table `voice` tells of each assertion what its testimony does [I-37], in blocks of 4096. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "read/voice.h"
#include "stemma/write.h"
#include "support/built_file.h"
#include "support/knowledge.h"

static uint8_t factuality(const stemma_assertion *one)
{
    return (uint8_t)(one->polarity | one->certainty << 2 | one->tense << 4 | one->realis << 6);
}

static void expect_voice(stemma_snapshot *snapshot, uint32_t document, uint32_t assertion,
                         const stemma_assertion *wanted)
{
    stm_voice voice;
    assert_int_equal(stm_assertion_voice(snapshot, document, assertion, &voice, NULL), STEMMA_OK);
    assert_int_equal(voice.speaker, wanted->speaker);
    assert_int_equal(voice.via, wanted->via);
    assert_int_equal(voice.factuality, factuality(wanted));
}

/* All of a document, in an order that goes to and fro between blocks; how many have a speaker or come through one. */
static uint32_t compare(stemma_snapshot *snapshot, uint32_t document)
{
    stm_voice voice;
    stemma_document whole;
    uint32_t quoted = 0;
    assert_int_equal(stemma_testimony_get(snapshot, document, &whole, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < whole.assertion_count; i++) {
        uint32_t at = i % 2 != 0 ? i : whole.assertion_count - 1 - i;
        expect_voice(snapshot, document, at, &whole.assertions[at]);
        quoted += whole.assertions[at].speaker != STEMMA_NONE || whole.assertions[at].via != STEMMA_NONE;
    }
    assert_int_equal(stm_assertion_voice(snapshot, document, whole.assertion_count, &voice, NULL),
                     STEMMA_NOT_FOUND);
    return quoted;
}

/* [I-37] [P-33] */
static void tells_what_testimony_says(void **state)
{
    static built_file built;
    stemma_file *file;
    stm_voice voice;
    (void)state;
    built_file_make(&built, 31);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    stemma_snapshot *snapshot;
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    for (uint32_t i = 0; i < built.documents; i++) {
        (void)compare(snapshot, i);
        stemma_snapshot_reset(snapshot);
    }
    assert_int_equal(stm_assertion_voice(snapshot, built.documents, 0, &voice, NULL), STEMMA_NOT_FOUND);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
}

/* Three blocks: everybody speaks in the first, nobody in the second, and the last has few rows. */
static void spans_blocks(void **state)
{
    enum { COUNT = 2 * STEMMA_EVENT_BLOCK + 3 };
    char path[64];
    stemma_file *file;
    corpus_document *document = corpus_new("https://echo.example/1", "2031-05-01");
    stemma_span span = corpus_say(document, "Ida Brill");
    stemma_assertion *many = calloc(COUNT, sizeof *many);
    uint32_t person = corpus_entity(document, "person", "Ida Brill");
    uint32_t body = corpus_entity(document, "organization", "The Guild");
    (void)state;
    corpus_mention(document, person, STEMMA_MENTION_NAME, span);
    corpus_say(document, " of ");
    corpus_mention(document, body, STEMMA_MENTION_NAME, corpus_say(document, "The Guild"));
    corpus_assert(document, person, "role", corpus_text("poet"), span);
    for (uint32_t i = 0; i < COUNT; i++) {
        many[i] = document->document.assertions[0];
        many[i].realis = i / STEMMA_EVENT_BLOCK == 2 ? STEMMA_REALIS_OTHER : STEMMA_REALIS_ACTUAL;
        many[i].polarity = i % 5 == 0 ? STEMMA_POLARITY_NEGATIVE : STEMMA_POLARITY_POSITIVE;
        if (i < STEMMA_EVENT_BLOCK) {
            many[i].speaker = i % 3 == 0 ? person : body;
            many[i].via = i % 7 == 0 ? body : STEMMA_NONE;
            many[i].attribution = STEMMA_ATTRIBUTION_SPEAKER;
        }
    }
    document->document.assertions = many;
    document->document.assertion_count = COUNT;
    knowledge_write(path, &document, 1);
    stemma_snapshot *snapshot = knowledge_open(path, &file);
    assert_int_equal(compare(snapshot, 0), STEMMA_EVENT_BLOCK);
    knowledge_close(path, file, snapshot);
    free(many);
}

/* As of a day nobody is heard who spoke later. */
static void later_documents_are_silent(void **state)
{
    static built_file built;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stm_voice voice;
    (void)state;
    built_file_make(&built, 9);
    assert_int_equal(stemma_open(&file, built.path, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    stemma_snapshot_as_of(snapshot, 4);
    assert_int_equal(stm_assertion_voice(snapshot, 3, 0, &voice, NULL), STEMMA_OK);
    assert_int_equal(stm_assertion_voice(snapshot, 4, 0, &voice, NULL), STEMMA_NOT_FOUND);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    built_file_remove(&built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_what_testimony_says),
                                       cmocka_unit_test(spans_blocks),
                                       cmocka_unit_test(later_documents_are_silent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
