/* SPDX-License-Identifier: MIT */
#include "common/enum_names.h"
#include "interchange_lines.h"

static void a_line_that_is_not_json_is_refused_with_its_place(void **state)
{
    struct stm_line out;
    stemma_error error;
    (void)state;
    refuse("JSON_SYNTAX", "", "{\"uri\":\"u\",}");
    assert_int_equal(read_line("{\"uri\":\"u\",}", STM_OFFSET_UTF8, &out, &error),
                     STEMMA_E_INVALID);
    assert_int_equal(error.offset, 12);
    refuse("JSON_SYNTAX", "", "{");
    refuse("JSON_SYNTAX", "", "nonsense");
    refuse("JSON_SYNTAX", "", "{} {}");
    refuse("JSON_SYNTAX", "", "{\"uri\":\"a\\u0000b\"}");
    refuse("JSON_SYNTAX", "", "{\"uri\":\"a\",\"uri\":\"b\"}");
    refuse("JSON_SYNTAX", "", "{\"uri\":\"\\ud800\"}");
    refuse("JSON_SYNTAX", "", "{\"run\":123456789012345678901234567890}");
    refuse("ENCODING_INVALID", "", "{\"uri\":\"a\xff\"}");
    refuse("ENCODING_INVALID", "", "{\"uri\":\"\xc0\x80\"}");
    refuse("ENCODING_INVALID", "", "{\"uri\":\"\xed\xa0\x80\"}");
    refuse("FIELD_TYPE", "", "[]");
}

static void a_blank_line_is_nothing(void **state)
{
    struct stm_line out;
    (void)state;
    accept("", &out);
    assert_int_equal(out.kind, STM_LINE_BLANK);
    accept(" \t\r", &out);
    assert_int_equal(out.kind, STM_LINE_BLANK);
}

static void a_header_sets_unit_and_judged(void **state)
{
    struct stm_line out;
    (void)state;
    accept("{\"record\":\"header\",\"format\":\"stemma\",\"version\":\"1.7\",\"offsets\":\"utf16\","
           "\"judged\":true}",
           &out);
    assert_int_equal(out.kind, STM_LINE_HEADER);
    assert_int_equal(out.as.header.offsets, STM_OFFSET_UTF16);
    assert_true(out.as.header.judged);
    accept("{\"record\":\"header\"}", &out);
    assert_int_equal(out.as.header.offsets, STM_OFFSET_CODEPOINT);
    assert_false(out.as.header.judged);
    refuse("OFFSETS_UNIT", "offsets", "{\"record\":\"header\",\"offsets\":\"bytes\"}");
    refuse("FIELD_VALUE", "format", "{\"record\":\"header\",\"format\":\"other\"}");
    refuse("FIELD_TYPE", "judged", "{\"record\":\"header\",\"judged\":1}");
    /* Sixteen bytes: an arena has nothing behind them. */
    refuse("VERSION_UNSUPPORTED", "version",
           "{\"record\":\"header\",\"version\":\"2.00000000000000\"}");
    refuse("RECORD_UNKNOWN", "record", "{\"record\":\"abcdefghijklmnop\"}");
    refuse("FIELD_TYPE", "record", "{\"record\":7}");
}

static void runs_and_terms_need_number_name_and_kind(void **state)
{
    struct stm_line out;
    (void)state;
    accept("{\"record\":\"run\",\"run\":3,\"name\":\"x/y\",\"version\":\"2\",\"kind\":\"human\","
           "\"settings\":\"s\"}",
           &out);
    assert_int_equal(out.as.run.number, 3);
    assert_int_equal(out.as.run.run.kind, STEMMA_RUN_HUMAN);
    assert_text(out.as.run.run.settings, "s");
    refuse("FIELD_MISSING", "run", "{\"record\":\"run\",\"name\":\"x\"}");
    refuse("FIELD_MISSING", "name", "{\"record\":\"run\",\"run\":0}");
    refuse("FIELD_VALUE", "kind", "{\"record\":\"run\",\"run\":0,\"name\":\"x\",\"kind\":\"cat\"}");
    refuse("FIELD_VALUE", "run", "{\"record\":\"run\",\"run\":-1,\"name\":\"x\"}");
    refuse("FIELD_VALUE", "run", "{\"record\":\"run\",\"run\":4294967296,\"name\":\"x\"}");
    refuse("FIELD_TYPE", "run", "{\"record\":\"run\",\"run\":1.5,\"name\":\"x\"}");
    accept("{\"record\":\"term\",\"kind\":\"event_type\",\"name\":\"a.b\",\"single_valued\":true,"
           "\"roles\":[\"r\",\"s\"],\"crosswalk\":[]}",
           &out);
    assert_text(out.as.term.roles, "r s");
    assert_int_equal(out.as.term.single_valued, 1);
    assert_int_equal(out.as.term.crosswalk.size, 0);
    refuse("FIELD_TYPE", "roles",
           "{\"record\":\"term\",\"kind\":\"predicate\",\"name\":\"a\",\"roles\":[\"a b\"]}");
    refuse("FIELD_TYPE", "roles",
           "{\"record\":\"term\",\"kind\":\"predicate\",\"name\":\"a\",\"roles\":[\"\"]}");
    refuse("FIELD_MISSING", "kind", "{\"record\":\"term\",\"name\":\"a\"}");
    refuse("FIELD_MISSING", "name", "{\"record\":\"term\",\"kind\":\"predicate\"}");
}

static void judgements_name_referents_of_documents(void **state)
{
    struct stm_line out;
    (void)state;
    accept(
        "{\"record\":\"judgement\",\"left\":\"q7d3kz2a5b1c.4\",\"right\":\"x.0\",\"verdict\":"
        "\"not_same\",\"score\":0.93,\"author\":\"alice\",\"created\":\"2024\",\"reason\":\"r\"}",
        &out);
    assert_text(out.as.judgement.left, "q7d3kz2a5b1c");
    assert_int_equal(out.as.judgement.judgement.left.referent, 4);
    assert_int_equal(out.as.judgement.judgement.right.referent, 0);
    assert_int_equal(out.as.judgement.judgement.score, 930);
    assert_int_equal(out.as.judgement.judgement.verdict, STEMMA_VERDICT_NOT_SAME);
    assert_int_equal(out.as.judgement.judgement.run, STEMMA_NONE);
    for (size_t i = 0; i < 6; i++) {
        static const char *const bad[] = {"x", "x.", ".4", "x.4294967295", "x.-1", "x.99999999999"};
        char line[200];
        snprintf(
            line, sizeof line,
            "{\"record\":\"judgement\",\"left\":\"%s\",\"right\":\"x.0\",\"verdict\":\"same\"}",
            bad[i]);
        refuse("FIELD_VALUE", "left", line);
    }
    refuse("FIELD_MISSING", "right",
           "{\"record\":\"judgement\",\"left\":\"x.0\",\"verdict\":\"same\"}");
    refuse("FIELD_MISSING", "verdict",
           "{\"record\":\"judgement\",\"left\":\"x.0\",\"right\":\"y.0\"}");
    refuse("FIELD_VALUE", "verdict",
           "{\"record\":\"judgement\",\"left\":\"x.0\",\"right\":\"y.0\",\"verdict\":\"\"}");
}

static void derivations_have_kinds_and_ranges_of_four(void **state)
{
    struct stm_line out;
    (void)state;
    accept("{\"record\":\"derivation\",\"from\":\"a\",\"to\":\"b\",\"kind\":\"same_agency\","
           "\"run\":1,\"ranges\":[[1,2,3,4]]}",
           &out);
    assert_int_equal(out.as.derivation.derivation.kind, STEMMA_DERIVATION_SAME_AGENCY);
    assert_int_equal(out.as.derivation.derivation.ranges[0].to.end, 4);
    refuse("FIELD_TYPE", "ranges",
           "{\"record\":\"derivation\",\"from\":\"a\",\"to\":\"b\",\"kind\":\"copy\",\"ranges\":[["
           "1]]}");
    refuse("FIELD_TYPE", "ranges",
           "{\"record\":\"derivation\",\"from\":\"a\",\"to\":\"b\",\"kind\":\"copy\","
           "\"ranges\":[[1,2,3,-4]]}");
    refuse(
        "FIELD_TYPE", "ranges",
        "{\"record\":\"derivation\",\"from\":\"a\",\"to\":\"b\",\"kind\":\"copy\",\"ranges\":[7]}");
    refuse("FIELD_MISSING", "", "{\"record\":\"derivation\",\"from\":\"a\",\"kind\":\"copy\"}");
}

static void words_of_enumerations_read_as_they_are_written(void **state)
{
    int words = 0;
    (void)state;
    for (int which = 0; which <= STM_ENUM_TERM_KIND; which++) {
        for (unsigned value = 0; value < 256; value++) {
            const char *word = stm_enum_name((enum stm_enum)which, (uint8_t)value);
            if (strcmp(word, "unknown") != 0) {
                assert_int_equal(stm_enum_value((enum stm_enum)which, stemma_text_of(word)), value);
                words++;
            }
        }
        assert_int_equal(stm_enum_value((enum stm_enum)which, stemma_text_of("unknown")), -1);
        assert_int_equal(stm_enum_value((enum stm_enum)which, stemma_text_of("")), -1);
    }
    assert_int_equal(words, 59);
}

static void hostile_lines_end_quickly_and_within_the_cap(void **state)
{
    const size_t size = 1u << 20;
    char *line = malloc(size + 200);
    struct stm_line out;
    struct stm_arena capped;
    stemma_error error;
    size_t used;
    (void)state;
    assert_non_null(line);
    /* Nested deeper than any stack. */
    memset(line, '[', size);
    assert_int_equal(
        stm_interchange_line((stemma_text){line, size}, STM_OFFSET_UTF8, &arena, &out, &error),
        STEMMA_E_INVALID);
    assert_string_equal(error.code, "JSON_SYNTAX");
    /* Many mentions: an arena with a cap says no. */
    used = (size_t)sprintf(line, "{\"text\":\"ab\",\"referents\":[],\"mentions\":[");
    while (used < size) {
        used += (size_t)sprintf(line + used, "{\"spans\":[[0,1]]},");
    }
    used += (size_t)sprintf(line + used - 1, "]}") - 1;
    stm_arena_init(&capped, 100000);
    assert_int_equal(
        stm_interchange_line((stemma_text){line, used}, STM_OFFSET_UTF8, &capped, &out, &error),
        STEMMA_E_NO_MEMORY);
    assert_true(capped.total <= 100000);
    stm_arena_free(&capped);
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_is_not_json_is_refused_with_its_place),
        cmocka_unit_test(a_blank_line_is_nothing),
        cmocka_unit_test(a_header_sets_unit_and_judged),
        cmocka_unit_test(runs_and_terms_need_number_name_and_kind),
        cmocka_unit_test(judgements_name_referents_of_documents),
        cmocka_unit_test(derivations_have_kinds_and_ranges_of_four),
        cmocka_unit_test(words_of_enumerations_read_as_they_are_written),
        cmocka_unit_test(hostile_lines_end_quickly_and_within_the_cap),
    };
    return cmocka_run_group_tests(tests, NULL, free_lines);
}
