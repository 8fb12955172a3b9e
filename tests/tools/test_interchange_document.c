/* SPDX-License-Identifier: MIT */
#include "interchange_lines.h"

static void a_document_without_referents_is_to_be_read_by_the_extractor(void **state)
{
    struct stm_line out;
    (void)state;
    accept("{\"uri\":\"u\",\"text\":\"t\",\"published\":\"2024-05\"}", &out);
    assert_int_equal(out.kind, STM_LINE_DOCUMENT);
    assert_false(out.as.document.testimony);
    assert_text(out.as.document.document.published.edtf, "2024-05");
    accept("{\"record\":\"document\",\"uri\":\"u\",\"text\":\"\",\"referents\":[]}", &out);
    assert_true(out.as.document.testimony);
    refuse("FIELD_MISSING", "text", "{\"uri\":\"u\"}");
    refuse("FIELD_TYPE", "text", "{\"uri\":\"u\",\"text\":[]}");
    refuse("FIELD_TYPE", "published", "{\"text\":\"\",\"published\":2024}");
    refuse("FIELD_MISSING", "referents", DOCUMENT("\"assertions\":[{}]"));
    refuse("FIELD_MISSING", "referents", DOCUMENT("\"mentions\":[{}]"));
}

static void spans_are_counted_in_the_unit_of_header_or_line(void **state)
{
    struct stm_line out;
    stemma_error error;
    const stemma_mention *mention;
    (void)state;
    accept(MENTION("\"spans\":[[5,6],[7,12]],\"head\":[7,12]"), &out);
    mention = &out.as.document.document.mentions[0];
    assert_int_equal(mention->span_count, 2);
    assert_int_equal(mention->spans[0].start, 5);
    assert_int_equal(mention->spans[0].end, 8);
    assert_int_equal(mention->spans[1].end, 14);
    assert_int_equal(mention->head.start, 9);
    assert_int_equal(mention->referent, 0);
    assert_int_equal(
        read_line(MENTION("\"spans\":[[5,8]],\"text\":[\"☂\"]"), STM_OFFSET_UTF8, &out, &error),
        STEMMA_OK);
    accept(DOCUMENT("\"offsets\":\"utf8\",\"sentences\":[0,9],\"furniture\":[[0,4]]"), &out);
    assert_int_equal(out.as.document.document.sentences[1], 9);
    accept(DOCUMENT("\"sentences\":[0,7,12]"), &out);
    assert_int_equal(out.as.document.document.sentences[1], 9);
    refuse_in(STM_OFFSET_UTF8, "SPAN_SPLITS_CHARACTER", "referents[0].mentions[0].spans",
              MENTION("\"spans\":[[6,8]]"));
    refuse_in(STM_OFFSET_UTF16, "SPAN_SPLITS_CHARACTER", "sentences",
              "{\"text\":\"🕊\",\"sentences\":[1]}");
    refuse("OFFSETS_UNIT", "offsets", DOCUMENT("\"offsets\":\"words\""));
}

static void a_span_that_does_not_fit_the_text_is_refused(void **state)
{
    const char *const where = "referents[0].mentions[0].spans";
    (void)state;
    refuse("SPAN_OUT_OF_RANGE", where, MENTION("\"spans\":[[0,13]]"));
    refuse("SPAN_OUT_OF_RANGE", where, MENTION("\"spans\":[[-1,2]]"));
    refuse("SPAN_OUT_OF_RANGE", where, MENTION("\"spans\":[[0,9223372036854775807]]"));
    refuse("SPAN_EMPTY", where, MENTION("\"spans\":[[4,4]]"));
    refuse("SPAN_OUT_OF_RANGE", where, MENTION("\"spans\":[[4,2]]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[[0]]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[[0,1,2]]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[0,4]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[[0,4.0]]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":{}"));
    refuse("FIELD_MISSING", where, MENTION("\"spans\":[]"));
    refuse("FIELD_MISSING", where, MENTION("\"kind\":\"name\""));
    refuse("SPAN_EMPTY", "referents[0].mentions[0].head",
           MENTION("\"spans\":[[0,4]],\"head\":[1,1]"));
    refuse("SPAN_OUT_OF_RANGE", "furniture", DOCUMENT("\"furniture\":[[3,99]]"));
}

static void a_quotation_must_be_the_slice(void **state)
{
    struct stm_line out;
    const char *const where = "referents[0].mentions[0].text";
    (void)state;
    accept(MENTION("\"spans\":[[0,4],[5,6]],\"text\":[\"Voss\",\"☂\"]"), &out);
    accept(MENTION("\"spans\":[[0,4]],\"text\":\"Voss\""), &out);
    accept(MENTION("\"spans\":[[0,4],[5,6]],\"text\":[null,\"☂\"]"), &out);
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4]],\"text\":[\"voss\"]"));
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4]],\"text\":[\"Vos\"]"));
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4]],\"text\":[\"\"]"));
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4]],\"text\":[\"Voss\",\"☂\"]"));
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4],[5,6]],\"text\":[\"Voss\"]"));
    refuse("QUOTE_MISMATCH", where, MENTION("\"spans\":[[0,4],[5,6]],\"text\":\"Voss\""));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[[0,4]],\"text\":[7]"));
    refuse("FIELD_TYPE", where, MENTION("\"spans\":[[0,4]],\"text\":7"));
    /* The message quotes what was given, cut between characters. */
    refuse("QUOTE_MISMATCH", where,
           MENTION("\"spans\":[[0,4]],\"text\":[\"x☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂\"]"));
    refuse("QUOTE_MISMATCH", "assertions[0].evidence[0].text",
           ASSERTION(
               "\"object\":{\"some\":true},\"evidence\":[{\"spans\":[[0,4]],\"text\":[\"v\"]}]"));
}

static void referents_have_types_and_names_texts(void **state)
{
    struct stm_line out;
    const stemma_referent *referent;
    (void)state;
    accept(REFERENT("\"names\":[{\"text\":\"Voss\",\"kind\":\"alias\",\"language\":\"be\"}],"
                    "\"external_ids\":[\"a:1\",\"b:2\"]"),
           &out);
    referent = &out.as.document.document.referents[0];
    assert_text(referent->names[0].language, "be");
    assert_int_equal(referent->names[0].kind, STEMMA_NAME_ALIAS);
    assert_int_equal(referent->external_id_count, 2);
    assert_text(referent->external_ids[1], "b:2");
    refuse("FIELD_MISSING", "referents[0].type", DOCUMENT("\"referents\":[{\"kind\":\"entity\"}]"));
    refuse("FIELD_TYPE", "referents[0].", DOCUMENT("\"referents\":[7]"));
    refuse("FIELD_TYPE", "referents", DOCUMENT("\"referents\":{}"));
    refuse("FIELD_MISSING", "referents[0].names[0].text", REFERENT("\"names\":[{}]"));
    refuse("FIELD_MISSING", "referents[0].names[0].text", REFERENT("\"names\":[\"Voss\"]"));
    refuse("FIELD_TYPE", "referents[0].external_ids", REFERENT("\"external_ids\":[1]"));
    refuse("FIELD_VALUE", "referents[0].mentions[0].kind",
           MENTION("\"spans\":[[0,4]],\"kind\":\"verb\""));
    refuse("FIELD_TYPE", "referents[0].mentions[0].canonical",
           MENTION("\"spans\":[[0,4]],\"canonical\":\"yes\""));
}

static void objects_are_of_one_kind(void **state)
{
    struct stm_line out;
    const stemma_object *object;
    const char *const where = "assertions[0].object";
    (void)state;
    accept(OBJECT("{\"referent\":0}"), &out);
    object = &out.as.document.document.assertions[0].object;
    assert_int_equal(object->kind, STEMMA_OBJECT_REFERENT);
    assert_int_equal(object->as.referent, 0);
    accept(OBJECT("{\"text\":\"x\"}"), &out);
    assert_text(out.as.document.document.assertions[0].object.as.text, "x");
    accept(OBJECT("{\"time\":{\"raw\":\"May\",\"edtf\":\"2024-05\"}}"), &out);
    assert_text(out.as.document.document.assertions[0].object.as.time.raw, "May");
    accept(OBJECT("{\"quantity\":{\"raw\":\"x\",\"amount\":\"7\",\"modifier\":\"at_least\"}}"),
           &out);
    object = &out.as.document.document.assertions[0].object;
    assert_int_equal(object->as.quantity.modifier, STEMMA_MODIFIER_AT_LEAST);
    accept(OBJECT("{\"some\":true}"), &out);
    assert_int_equal(out.as.document.document.assertions[0].object.kind, STEMMA_OBJECT_SOME);
    accept(OBJECT("{\"none\":true}"), &out);
    assert_int_equal(out.as.document.document.assertions[0].object.kind, STEMMA_OBJECT_NONE);
    refuse("FIELD_TYPE", where, OBJECT("{}"));
    refuse("FIELD_TYPE", where, OBJECT("{\"some\":true,\"none\":true}"));
    refuse("FIELD_TYPE", where, OBJECT("\"x\""));
    refuse("FIELD_TYPE", where, ASSERTION("\"polarity\":\"positive\""));
    refuse("FIELD_VALUE", where, OBJECT("{\"thing\":7}"));
    refuse("FIELD_TYPE", "assertions[0].some", OBJECT("{\"some\":false}"));
    refuse("FIELD_TYPE", "assertions[0].place", OBJECT("{\"place\":\"Ülm\"}"));
    refuse("FIELD_TYPE", "assertions[0].quantity", OBJECT("{\"quantity\":7}"));
    refuse("FIELD_TYPE", "assertions[0].time", OBJECT("{\"time\":7}"));
    refuse("FIELD_TYPE", "assertions[0].amount", OBJECT("{\"quantity\":{\"amount\":7}}"));
    refuse("FIELD_VALUE", "assertions[0].referent", OBJECT("{\"referent\":-1}"));
}

static void coordinates_are_exact_to_seven_decimals(void **state)
{
    static const struct {
        const char *json;
        int32_t wanted;
    } rows[] = {
        {"53.9", 539000000},
        {"\"53.9\"", 539000000},
        {"\"-0.00000014\"", -1},
        {"\"-0.00000015\"", -2},
        {"-12.3456789", -123456789},
        {"\"-12.3456789\"", -123456789},
        {"90", 900000000},
        {"\"90\"", 900000000},
        {"\"90.0000000000\"", 900000000},
        {"0", 0},
        {"-0.0", 0},
        {"\"089.9999999\"", 899999999},
    };
    static const char *const bad[] = {"\"\"",      "\"-\"",
                                      "\".5\"",    "\"5.\"",
                                      "\"1.2.3\"", "\"1e1\"",
                                      "\" 1\"",    "\"x\"",
                                      "90.1",      "\"90.0000001\"",
                                      "-91",       "\"-91\"",
                                      "1e300",     "\"99999999999999999999\""};
    struct stm_line out;
    char line[400];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(line, sizeof line, OBJECT("{\"place\":{\"latitude\":%s,\"longitude\":1}}"),
                 rows[i].json);
        accept(line, &out);
        assert_int_equal(out.as.document.document.assertions[0].object.as.place.latitude,
                         rows[i].wanted);
        assert_int_equal(out.as.document.document.assertions[0].object.as.place.longitude,
                         10000000);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(line, sizeof line, OBJECT("{\"place\":{\"latitude\":%s}}"), bad[i]);
        refuse("FIELD_VALUE", "assertions[0].latitude", line);
    }
    refuse("FIELD_TYPE", "assertions[0].longitude", OBJECT("{\"place\":{\"longitude\":[]}}"));
    accept(OBJECT("{\"place\":{\"raw\":\"x\",\"latitude\":null}}"), &out);
    assert_int_equal(out.as.document.document.assertions[0].object.as.place.latitude,
                     STEMMA_NO_DEGREES);
}

static void assertions_default_to_unspecified(void **state)
{
    struct stm_line out;
    const stemma_assertion *assertion;
    (void)state;
    accept(OBJECT("{\"some\":true}"), &out);
    assertion = &out.as.document.document.assertions[0];
    assert_int_equal(assertion->polarity, 0);
    assert_int_equal(assertion->speaker, STEMMA_NONE);
    assert_int_equal(assertion->via, STEMMA_NONE);
    assert_int_equal(assertion->run, STEMMA_NONE);
    assert_int_equal(assertion->confidence, STEMMA_NO_CONFIDENCE);
    accept(ASSERTION("\"object\":{\"some\":true},\"speaker\":0,\"confidence\":0.0005"), &out);
    assertion = &out.as.document.document.assertions[0];
    assert_int_equal(assertion->attribution, STEMMA_ATTRIBUTION_SPEAKER);
    assert_int_equal(assertion->confidence, 1);
    refuse("FIELD_VALUE", "assertions[0].confidence",
           ASSERTION("\"object\":{\"some\":true},\"confidence\":1.01"));
    refuse("FIELD_TYPE", "assertions[0].confidence",
           ASSERTION("\"object\":{\"some\":true},\"confidence\":\"high\""));
    refuse("FIELD_MISSING", "assertions[0].",
           DOCUMENT("\"referents\":[],\"assertions\":[{\"predicate\":\"x\"}]"));
    refuse("FIELD_MISSING", "assertions[0].",
           DOCUMENT("\"referents\":[],\"assertions\":[{\"subject\":0}]"));
    refuse("FIELD_VALUE", "assertions[0].evidence[0].part",
           ASSERTION("\"object\":{\"some\":true},\"evidence\":[{\"part\":\"x\"}]"));
}

static void a_withheld_text_needs_digest_and_bytes(void **state)
{
#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
    struct stm_line out;
    (void)state;
    accept("{\"text_withheld\":true,\"digest\":\"" DIGEST
           "\",\"text_size\":100,\"offsets\":\"utf8\","
           "\"sentences\":[0,50],\"referents\":[]}",
           &out);
    assert_int_equal(out.as.document.document.text_size, 100);
    assert_int_equal(out.as.document.document.text_withheld, 1);
    assert_int_equal(out.as.document.document.digest[1], 0x11);
    assert_int_equal(out.as.document.document.digest[31], 0xff);
    refuse("OFFSETS_UNIT", "offsets",
           "{\"text_withheld\":true,\"digest\":\"" DIGEST "\",\"text_size\":100}");
    refuse("FIELD_MISSING", "digest",
           "{\"text_withheld\":true,\"digest\":\"0011\",\"offsets\":\"utf8\"}");
    refuse("FIELD_MISSING", "digest", "{\"text_withheld\":true,\"offsets\":\"utf8\"}");
    refuse("FIELD_VALUE", "digest",
           "{\"text_withheld\":true,\"offsets\":\"utf8\",\"digest\":\"g0112233445566778899aabb"
           "ccddeeff00112233445566778899aabbccddeeff\"}");
#undef DIGEST
}

static void keys_without_a_meaning_are_told_wherever_they_are(void **state)
{
    static const struct {
        const char *line;
        const char *path;
    } rows[] = {
        {DOCUMENT("\"colour\":1"), "colour"},
        {"{\"record\":\"run\",\"run\":0,\"name\":\"n\",\"title\":\"x\"}", "title"},
        {REFERENT("\"typ\":1"), "referents[0].typ"},
        {REFERENT("\"names\":[{\"text\":\"a\",\"lang\":\"b\"}]"), "referents[0].names[0].lang"},
        {MENTION("\"spans\":[[0,4]],\"heads\":[]"), "referents[0].mentions[0].heads"},
        {ASSERTION("\"object\":{\"some\":true},\"polarty\":\"positive\""), "assertions[0].polarty"},
        {OBJECT("{\"time\":{\"raw\":\"x\",\"date\":\"y\"}}"), "assertions[0].date"},
        {OBJECT("{\"place\":{\"lat\":1}}"), "assertions[0].lat"},
        {OBJECT("{\"quantity\":{\"number\":1}}"), "assertions[0].number"},
        {ASSERTION("\"object\":{\"some\":true},\"evidence\":[{\"spans\":[[0,1]],\"span\":1}]"),
         "assertions[0].evidence[0].span"},
        {DOCUMENT("\"\":1"), ""},
        {DOCUMENT("\"uri title\":1"), "uri title"},
        {DOCUMENT("\"anguag\":1"), "anguag"},
    };
    struct stm_line out;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        accept(rows[i].line, &out);
        assert_int_equal(out.unknown_count, 1);
        assert_string_equal(out.unknown_keys[0], rows[i].path);
    }
    accept(DOCUMENT("\"language\":\"en\""), &out);
    assert_int_equal(out.unknown_count, 0);
    accept(DOCUMENT("\"b\":1,\"a\":2,\"referents\":[{\"type\":\"x\",\"a\":3,\"c\":4}]"), &out);
    assert_int_equal(out.unknown_count, 3);
    assert_string_equal(out.unknown_keys[0], "b");
    assert_string_equal(out.unknown_keys[1], "a");
    assert_string_equal(out.unknown_keys[2], "referents[0].c");
    accept(DOCUMENT("\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,\"8\":8,\"9\":9"),
           &out);
    assert_int_equal(out.unknown_count, STM_IN_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_without_referents_is_to_be_read_by_the_extractor),
        cmocka_unit_test(spans_are_counted_in_the_unit_of_header_or_line),
        cmocka_unit_test(a_span_that_does_not_fit_the_text_is_refused),
        cmocka_unit_test(a_quotation_must_be_the_slice),
        cmocka_unit_test(referents_have_types_and_names_texts),
        cmocka_unit_test(objects_are_of_one_kind),
        cmocka_unit_test(coordinates_are_exact_to_seven_decimals),
        cmocka_unit_test(assertions_default_to_unspecified),
        cmocka_unit_test(a_withheld_text_needs_digest_and_bytes),
        cmocka_unit_test(keys_without_a_meaning_are_told_wherever_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, free_lines);
}
