/* SPDX-License-Identifier: MIT */
/* Mappings, and what becomes of the rows of a table that one is made for. */
#include "rows_support.h"

#include "pack/rows_time.h"

struct packed {
    struct noting *noting;
    stm_problems problems;
    struct stm_rows_result result;
    stemma_status status;
};

/* Reads `table` as `mapping` says (NULL: by its header). */
static struct packed read_with(const char *mapping_text, const char *table,
                               struct stm_row_joins *joins)
{
    struct packed packed = {.noting = calloc(1, sizeof *packed.noting)};
    struct stm_row_joins own = {0};
    struct stm_mapping mapping;
    struct stm_arena arena;
    stemma_error error = {0};
    assert_non_null(packed.noting);
    struct stm_row_sink sink = noting_sink(packed.noting);
    struct stm_rows_input input = {.name = stemma_text_of("t.tsv"),
                                   .uri = stemma_text_of("urn:t"),
                                   .jobs = 1,
                                   .joins = joins != NULL ? joins : &own};
    stm_arena_init(&arena, 0);
    stm_problems_to_buffer(&packed.problems);
    if (mapping_text != NULL) {
        assert_int_equal(stm_mapping_read(&mapping, stemma_text_of(mapping_text),
                                          stemma_text_of("t.map"), &arena, &packed.problems),
                         STEMMA_OK);
        input.mapping = &mapping;
    }
    input.file = file_of(table, strlen(table));
    packed.status = stm_rows_read(&input, &sink, &packed.problems, &packed.result, &error);
    close(input.file);
    stm_row_joins_free(&own);
    stm_arena_free(&arena);
    return packed;
}

static void done(struct packed *packed)
{
    stm_problems_free(&packed->problems);
    free(packed->noting);
}

static const char events[] = "# a comment\n"
                             "[table]\n"
                             "header = no\n"
                             "columns = day who what whom\n"
                             "columns = where note n\n"
                             "[document]\n"
                             "uri = urn:example:events\n"
                             "[column day]\n"
                             "fills = time\n"
                             "format = D.M.YYYY\n"
                             "[column who]\n"
                             "fills = agent\n"
                             "separator = ;\n"
                             "actor-type = person\n"
                             "absent = nobody\n"
                             "[column what]\n"
                             "fills = type\n"
                             "namespace = game\n"
                             "skip-if = rumour\n"
                             "[column whom]\n"
                             "fills = patient\n"
                             "[column where]\n"
                             "fills = place\n"
                             "[column note]\n"
                             "fills = content\n"
                             "[column n]\n"
                             "fills = quantity\n"
                             "unit = points\n"
                             "[types]\n"
                             "talk* = statement.say agent=speaker patient=addressee\n"
                             "\"free = him\" = justice.release\n"
                             "[labels]\n"
                             "Lob = high ball\n";

static void rows_are_what_the_mapping_says(void **state)
{
    struct packed packed =
        read_with(events,
                  "1.2.2031\tOda Brill; Ivo  Tamm ;\tBig Win!\tKem\tOrlo\twell done\t3\n"
                  "01.02.2031\tnobody\ttalked\tKem\t\t\t\n"
                  "2.2.2031\tOda Brill\trumour\tKem\t\t\t\n"
                  "3.2.2031\tOda Brill\tfree = him\tKem\t\t\t\n"
                  "0.3.2031\tOda Brill\tLob\t\t\t\t\n",
                  NULL);
    (void)state;
    assert_int_equal(packed.status, STEMMA_OK);
    assert_string_equal(packed.noting->text,
                        "1 game.big_win 2031-02-01 agent=person:Oda Brill agent=person:Ivo Tamm "
                        "patient=thing:Kem @place:Orlo \"well done\" quantity:3points\n"
                        "2 statement.say 2031-02-01 addressee=thing:Kem\n"
                        "4 justice.release 2031-02-03 agent=person:Oda Brill patient=thing:Kem\n"
                        "5 game.lob 2031-03 agent=person:Oda Brill\n");
    assert_string_equal(packed.noting->uri, "urn:example:events");
    assert_string_equal(packed.noting->media_type, "text/tab-separated-values");
    assert_int_equal(packed.result.rows, 4);
    assert_int_equal(packed.result.skipped, 1);
    assert_true(reported(&packed.problems, 0, "ROWS_SKIPPED"));
    assert_true(packed.noting->ended);
    for (uint32_t i = 0; i < packed.noting->term_count; i++) {
        if (strcmp(packed.noting->terms[i], "game.lob") == 0) {
            assert_string_equal(packed.noting->labels[i], "high ball");
            assert_string_equal(packed.noting->roles[i], "agent patient");
        }
    }
    done(&packed);
}

static void refused_rows_are_told_of_with_their_place(void **state)
{
    struct packed packed = read_with(events,
                                     "31.2.2031\tA\tB\tC\t\t\t\n"
                                     "1.2.2031\tA\tB\tC\t\t\n"
                                     "1.2.2031\tA\tB\tC\t\t\t\t\n"
                                     "1.2.2031\tA\t\tC\t\t\t\n"
                                     "1.2.2031\tA\tB\t\xff\t\t\t\n"
                                     "1.2.2031\tA\tB\tC\t\t\t\n",
                                     NULL);
    (void)state;
    assert_int_equal(packed.status, STEMMA_OK);
    assert_int_equal(packed.result.rows, 1);
    assert_int_equal(packed.result.refused, 5);
    assert_true(reported(&packed.problems, 1, "\"column\":1,\"code\":\"TIME_UNREADABLE\""));
    assert_true(reported(&packed.problems, 2, "ROW_COLUMNS"));
    assert_true(reported(&packed.problems, 3, "ROW_COLUMNS"));
    assert_true(reported(&packed.problems, 4, "ROW_TYPE_MISSING"));
    assert_true(reported(&packed.problems, 5, "\"column\":14,\"code\":\"ENCODING_INVALID\""));
    done(&packed);
}

static void what_the_sink_refuses_is_told_of_and_the_rest_goes_on(void **state)
{
    struct noting *noting = calloc(1, sizeof *noting);
    struct stm_row_sink sink = noting_sink(noting);
    struct stm_row_joins joins = {0};
    const char *table =
        "type\ttime\nstatement.say\t2031\nstatement.say\t2032\nstatement.say\t2033\n";
    struct stm_rows_input input = {.file = file_of(table, strlen(table)),
                                   .name = stemma_text_of("t"),
                                   .jobs = 1,
                                   .joins = &joins};
    struct stm_rows_result result;
    stm_problems problems;
    stemma_error error = {0};
    (void)state;
    stm_problems_to_buffer(&problems);
    noting->refuse = 3;
    assert_int_equal(stm_rows_read(&input, &sink, &problems, &result, &error), STEMMA_OK);
    assert_string_equal(noting->text, "2 statement.say 2031\n4 statement.say 2033\n");
    assert_true(reported(&problems, 3, "EDTF"));
    assert_int_equal(result.rows, 2);
    close(input.file);
    stm_problems_free(&problems);
    free(noting);
}

static void a_table_with_our_names_needs_no_mapping(void **state)
{
    struct packed packed =
        read_with(NULL,
                  "time,type,agent:person,target,place,id,source\n"
                  "2031-05-01,conflict.attack,Oda,\"Fort \"\"B\"\"\",Orlo,x:1,Daily\n"
                  "2031~,sports.match,,,,,\n",
                  NULL);
    (void)state;
    assert_int_equal(packed.status, STEMMA_OK);
    assert_string_equal(packed.noting->text,
                        "2 conflict.attack 2031-05-01 agent=person:Oda target=thing:Fort \"B\" "
                        "@place:Orlo <organization:Daily #x:1\n"
                        "3 sports.match 2031~\n");
    assert_string_equal(packed.noting->media_type, "text/csv");
    done(&packed);
    packed = read_with(NULL, "file,published\nx.txt,2031\n", NULL);
    assert_int_equal(packed.status, STEMMA_NOT_FOUND);
    assert_int_equal(packed.problems.json.size, 0);
    done(&packed);
}

static void actors_may_have_a_type_by_row_and_sources_a_host(void **state)
{
    struct packed packed =
        read_with("[column who]\nfills = agent\nactor-type = column kind\n"
                  "[column url]\nfills = source\nhost = yes\n"
                  "[column what]\nfills = type\nunmapped = default\ndefault = contact.meet\n"
                  "[column kind]\nonly-if = P\nonly-if = \"\"\n"
                  "[actor-types]\nP = person\n\"\" = group\n",
                  "who\tkind\twhat\turl\n"
                  "A\tP\tx\thttps://u@www.news.example:80/a?b\n"
                  "A\t\ty\tnews.example\n"
                  "A\tQ\ty\tnews.example\n",
                  NULL);
    (void)state;
    assert_string_equal(packed.noting->text,
                        "2 contact.meet  agent=person:A <organization:news.example\n"
                        "3 contact.meet  agent=group:A <organization:news.example\n");
    done(&packed);
}

static void values_without_a_type_are_refused_where_the_mapping_says(void **state)
{
    struct packed packed = read_with("[column what]\nfills = type\nunmapped = refuse\n[types]\na = "
                                     "contact.meet\n",
                                     "what\na\nb\n", NULL);
    (void)state;
    assert_int_equal(packed.result.rows, 1);
    assert_true(reported(&packed.problems, 3, "TYPE_UNMAPPED"));
    done(&packed);
}

static void rows_of_one_id_are_joined_and_take_the_first_type(void **state)
{
    struct stm_row_joins joins = {0};
    struct packed first =
        read_with("[table]\njoin = id\n[column what]\nfills = type\n"
                  "[column id]\nfills = id\nprefix = e\n",
                  "what\tid\ncontact.meet\t1\nlife.die\t2\ncontact.meet\t1\n", &joins);
    (void)state;
    joins.documents++;
    struct packed second = read_with("[table]\njoin = id\njoined-type = first\n[constant]\ntype = "
                                     "web.mention\n[column id]\nfills = id\nprefix = e\n",
                                     "id\n9\n2\n1\n", &joins);
    assert_string_equal(second.noting->text,
                        "2 web.mention  #e:9\n3 life.die  #e:2\n4 contact.meet  #e:1\n");
    assert_int_equal(joins.join_count, 3);
    assert_int_equal(joins.joins[0].document, 0);
    assert_int_equal(joins.joins[0].row, 0);
    assert_int_equal(joins.joins[0].later_row, 2);
    assert_int_equal(joins.joins[2].row, 2);
    assert_int_equal(joins.joins[2].later_document, 1);
    assert_int_equal(joins.joins[2].later_row, 2);
    done(&first);
    done(&second);
    stm_row_joins_free(&joins);
}

static void a_column_that_is_not_there_refuses_the_table(void **state)
{
    struct packed packed = read_with("[column what]\nfills = type\n[column when]\nfills = time\n",
                                     "what\tsince\nx\t2031\n", NULL);
    (void)state;
    assert_int_equal(packed.status, STEMMA_OK);
    assert_false(packed.result.begun);
    assert_true(reported(&packed.problems, 1, "MAPPING_COLUMN_MISSING"));
    done(&packed);
    packed = read_with("[column what]\nfills = type\n", "", NULL);
    assert_true(reported(&packed.problems, 0, "EMPTY_FILE"));
    assert_false(packed.result.begun);
    done(&packed);
}

static void mistakes_in_a_mapping_are_told_with_line_and_column(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
        const char *report;
    } mistakes[] = {
        {"fills = time\n", 1, "\"column\":1,\"code\":\"MAPPING_SYNTAX\""},
        {"[table]\n  nonsense\n", 2, "\"column\":3,\"code\":\"MAPPING_SYNTAX\""},
        {"[table\n", 1, "MAPPING_SYNTAX"},
        {"[tables]\n", 1, "MAPPING_SECTION"},
        {"[table]\ndelimeter = tab\n", 2, "MAPPING_KEY"},
        {"[table]\ndelimiter = tabs\n", 2, "\"column\":13,\"code\":\"MAPPING_VALUE\""},
        {"[table]\nheader = maybe\n", 2, "MAPPING_VALUE"},
        {"[column a]\nfills = Agent\n", 2, "MAPPING_VALUE"},
        {"[column a]\nfills = time\nformat = MM-DD\n", 3, "MAPPING_VALUE"},
        {"[column a]\nfills = type\n[column b]\nfills = type\n", 3, "MAPPING_SECTION"},
        {"[column a]\nfills = type\nunmapped = default\n", 1, "MAPPING_VALUE"},
        {"[column 0]\nfills = type\n", 1, "MAPPING_SECTION"},
        {"[types]\nx = Nope\n", 2, "MAPPING_VALUE"},
        {"[types]\nx = a.b agent\n", 2, "MAPPING_VALUE"},
        {"[types]\nx = a.b\nx = a.c\n", 3, "MAPPING_VALUE"},
        {"[types]\n\"x = a.b\n", 2, "MAPPING_SYNTAX"},
        {"[column a]\nfills = time\n", 0, "MAPPING_INCOMPLETE"},
        {"[table]\n# \xff\n", 2, "ENCODING_INVALID"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        struct stm_mapping mapping;
        struct stm_arena arena;
        stm_problems problems;
        stm_arena_init(&arena, 0);
        stm_problems_to_buffer(&problems);
        assert_int_equal(stm_mapping_read(&mapping, stemma_text_of(mistakes[i].text),
                                          stemma_text_of("t.map"), &arena, &problems),
                         STEMMA_E_INVALID);
        if (!reported(&problems, mistakes[i].line, mistakes[i].report)) {
            fail_msg("%s gave %.*s", mistakes[i].text, (int)problems.json.size, problems.json.data);
        }
        stm_problems_free(&problems);
        stm_arena_free(&arena);
    }
}

static void times_are_read_as_their_format_says(void **state)
{
    static const struct {
        const char *format;
        const char *cell;
        const char *edtf;
    } times[] = {
        {"YYYYMMDD", "20310509", "2031-05-09"},
        {"YYYYMMDD", "20310500", "2031-05"},
        {"YYYYMMDD", "20310000", "2031"},
        {"YYYYMMDD", "2031050", ""},
        {"YYYYMMDD", "203105091", ""},
        {"YYYYMMDD", "20310532", ""},
        {"YYYYMMDD", "20290229", ""},
        {"YYYYMMDD", "20280229", "2028-02-29"},
        {"YYYYMMDD", "20311301", ""},
        {"YYYYMMDDhhmmss", "20310509134501", "2031-05-09T13:45:01"},
        {"YYYYMMDDhhmmss", "20310509254501", ""},
        {"D/M/YYYY", "9/5/2031", "2031-05-09"},
        {"M/D/YYYY hh:mm", "5/9/2031 07:30", "2031-05-09T07:30"},
        {"YYYY", "2031", "2031"},
        {"YYYY-MM-DD", "2031/05/09", ""},
        {"YYYY", "0000", ""},
        {NULL, "0", "1970-01-01T00:00:00Z"},
        {NULL, "-1", "1969-12-31T23:59:59Z"},
        {NULL, "1936000000.5", "2031-05-08T09:46:40Z"},
        {NULL, "", ""},
        {NULL, "-", ""},
        {NULL, "99999999999999999999", ""},
        {NULL, "1x", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct stm_mapping_column column = {0};
        char out[STM_ROWS_TIME_SIZE + 1];
        size_t size;
        column.time_form = times[i].format != NULL ? STM_TIME_PATTERN : STM_TIME_EPOCH;
        column.pattern = stemma_text_of(times[i].format);
        size = stm_rows_time(&column, stemma_text_of(times[i].cell), out);
        out[size] = '\0';
        assert_string_equal(out, times[i].edtf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_what_the_mapping_says),
        cmocka_unit_test(refused_rows_are_told_of_with_their_place),
        cmocka_unit_test(what_the_sink_refuses_is_told_of_and_the_rest_goes_on),
        cmocka_unit_test(a_table_with_our_names_needs_no_mapping),
        cmocka_unit_test(actors_may_have_a_type_by_row_and_sources_a_host),
        cmocka_unit_test(values_without_a_type_are_refused_where_the_mapping_says),
        cmocka_unit_test(rows_of_one_id_are_joined_and_take_the_first_type),
        cmocka_unit_test(a_column_that_is_not_there_refuses_the_table),
        cmocka_unit_test(mistakes_in_a_mapping_are_told_with_line_and_column),
        cmocka_unit_test(times_are_read_as_their_format_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
