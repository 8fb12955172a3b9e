/* SPDX-License-Identifier: MIT */
/* A table that two threads read is the table that one reads. */
#include "rows_support.h"

#include <zstd.h>

#include "digest.h"
#include "support/plain_rows.h"

#define TYPES  300u
#define ACTORS 5000u

/* Writes down all that matters for the file: rows in order, with names for handles; and terms in
   the order they were made. */
struct keeping {
    FILE *made;
    char *made_text;
    size_t made_size;
    FILE *out;
    char *text;
    size_t size;
    char (*terms)[96];
    uint32_t term_count;
    char (*actors)[96];
    uint32_t actor_count;
    uint32_t by_hash[1u << 15]; /* actor + 1 */
    bool asked; /* no two threads may be in here at once */
};

static void enter(struct keeping *keeping)
{
    assert_false(keeping->asked);
    keeping->asked = true;
}

static stemma_status kept_term(void *context, const stemma_term *term, stemma_error *error)
{
    struct keeping *keeping = context;
    (void)error;
    enter(keeping);
    copy_text(keeping->terms[keeping->term_count++], term->name);
    fprintf(keeping->made, "term %.*s \"%.*s\"\n", (int)term->name.size, term->name.data,
            (int)term->label.size, term->label.data);
    keeping->asked = false;
    return STEMMA_OK;
}

static stemma_status kept_begin(void *context, const stemma_document *fields, stemma_error *error)
{
    (void)context;
    (void)fields;
    (void)error;
    return STEMMA_OK;
}

static stemma_status kept_handle(void *context, uint8_t kind, stemma_text name, uint32_t *handle,
                                 stemma_error *error)
{
    struct keeping *keeping = context;
    stemma_status status = STEMMA_E_INVALID;
    (void)kind;
    (void)error;
    enter(keeping);
    for (uint32_t i = 0; i < keeping->term_count; i++) {
        if (stemma_text_equal(name, stemma_text_of(keeping->terms[i]))) {
            *handle = i;
            status = STEMMA_OK;
        }
    }
    keeping->asked = false;
    return status;
}

static stemma_status kept_actor(void *context, stemma_text type, stemma_text name, uint32_t *handle,
                                stemma_error *error)
{
    struct keeping *keeping = context;
    char actor[96];
    uint32_t slot;
    (void)error;
    enter(keeping);
    snprintf(actor, sizeof actor, "%.*s:%.*s", (int)type.size, type.data, (int)name.size,
             name.data);
    slot = (uint32_t)stm_hash64((stemma_bytes){(const uint8_t *)actor, strlen(actor)}, 0) & 0x7fff;
    while (keeping->by_hash[slot] != 0 &&
           strcmp(keeping->actors[keeping->by_hash[slot] - 1], actor) != 0) {
        slot = (slot + 1) & 0x7fff;
    }
    if (keeping->by_hash[slot] == 0) {
        memcpy(keeping->actors[keeping->actor_count], actor, sizeof actor);
        keeping->by_hash[slot] = ++keeping->actor_count;
    }
    *handle = keeping->by_hash[slot] - 1;
    keeping->asked = false;
    return STEMMA_OK;
}

static stemma_status kept_rows(void *context, const stemma_row *rows, size_t count, size_t *taken,
                               stemma_error *error)
{
    struct keeping *keeping = context;
    (void)error;
    enter(keeping);
    for (size_t i = 0; i < count; i++) {
        const stemma_row *row = &rows[i];
        fprintf(keeping->out, "%u %s %.*s", row->number, keeping->terms[row->type],
                (int)row->time.size, row->time.data);
        for (uint32_t k = 0; k < row->participant_count; k++) {
            fprintf(keeping->out, " %s=%s", keeping->terms[row->participants[k].role],
                    keeping->actors[row->participants[k].actor]);
        }
        fprintf(keeping->out, " at %s by %s\n",
                row->place != STEMMA_NONE ? keeping->actors[row->place] : "-",
                row->source != STEMMA_NONE ? keeping->actors[row->source] : "-");
    }
    *taken = count;
    keeping->asked = false;
    return STEMMA_OK;
}

static stemma_status kept_digest(void *context, const uint8_t digest[STEMMA_DIGEST_SIZE],
                                 uint64_t size, stemma_error *error)
{
    struct keeping *keeping = context;
    (void)error;
    fprintf(keeping->out, "size %llu digest %02x%02x\n", (unsigned long long)size, digest[0],
            digest[1]);
    return STEMMA_OK;
}

static stemma_status kept_end(void *context, uint32_t *number, stemma_error *error)
{
    (void)context;
    (void)error;
    *number = 0;
    return STEMMA_OK;
}

/* About 6 MB: names and types turn up all along, rows that are refused or empty in between. */
static char *make_table(char delimiter, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    uint64_t random = 7;
    assert_non_null(out);
    for (unsigned i = 0; i < 100000; i++) {
        char d = delimiter;
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        unsigned actor = (unsigned)(random >> 33) % (ACTORS * (i + 1) / 100000 + 1);
        unsigned other = (unsigned)(random >> 41) % ACTORS;
        unsigned type = (unsigned)(random >> 50) % (TYPES * (i + 1) / 100000 + 1);
        fprintf(out, "20%02u-0%u-1%u%cAdmiral number %u of Zubrovia%c%s %u%cHarbour master %u\n",
                31 + i / 20000, 1 + i / 2500 % 9, i / 250 % 10, d, actor, d,
                (random & 1 << 20) != 0 ? "Hand over" : "hand OVER", type, d, other);
        switch (i % 1000) {
        case 400:
            fputs("\r\n", out);
            break;
        case 500:
            fputs("only one field\n", out);
            break;
        case 600:
            fprintf(out, "2031-01-01%ca\xff%cb%cc\n", d, d, d);
            break;
        case 700:
            fprintf(out, "when it was%ca%cb%cc\r\n", d, d, d);
            break;
        case 800:
            if (d == ',' && i / 10000 % 3 == 0) {
                fprintf(out, "2031-02-03,\"A, quoted\nname\",Sail away,\"B\"\n");
            }
            break;
        default:
            break;
        }
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

/* `plain`: rows that can be are plain rows; returns how many were. */
static uint64_t read_table(const char *table, size_t size, const char *mapping_text, unsigned jobs, bool plain,
                           struct keeping *keeping, stm_problems *problems,
                           struct stm_rows_result *result)
{
    struct stm_mapping mapping;
    struct stm_arena arena;
    struct stm_row_joins joins = {0};
    struct plain_rows plain_rows;
    struct stm_row_sink sink = {keeping,     kept_term, kept_begin, kept_handle, kept_actor, kept_rows,
                                kept_digest, kept_end,  NULL,       NULL,        NULL,       NULL};
    struct stm_row_sink with_plain = plain_rows_sink(&plain_rows, sink);
    struct stm_rows_input input = {.name = stemma_text_of("t"),
                                   .uri = stemma_text_of("urn:t"),
                                   .mapping = &mapping,
                                   .jobs = jobs,
                                   .joins = &joins};
    stemma_error error = {0};
    memset(keeping, 0, sizeof *keeping);
    keeping->out = open_memstream(&keeping->text, &keeping->size);
    keeping->made = open_memstream(&keeping->made_text, &keeping->made_size);
    assert_non_null(keeping->made);
    keeping->terms = calloc(2 * TYPES + 64, sizeof *keeping->terms);
    keeping->actors = calloc(3 * ACTORS, sizeof *keeping->actors);
    assert_true(keeping->out != NULL && keeping->terms != NULL && keeping->actors != NULL);
    stm_arena_init(&arena, 0);
    stm_problems_to_buffer(problems);
    assert_int_equal(stm_mapping_read(&mapping, stemma_text_of(mapping_text),
                                      stemma_text_of("t.map"), &arena, problems),
                     STEMMA_OK);
    input.file = file_of(table, size);
    assert_int_equal(stm_rows_read(&input, plain ? &with_plain : &sink, problems, result, &error),
                     STEMMA_OK);
    close(input.file);
    fclose(keeping->out);
    fclose(keeping->made);
    stm_row_joins_free(&joins);
    stm_arena_free(&arena);
    plain_rows_free(&plain_rows);
    return plain_rows.rows;
}

static void forget(struct keeping *keeping, stm_problems *problems)
{
    free(keeping->text);
    free(keeping->made_text);
    free(keeping->terms);
    free(keeping->actors);
    free(keeping);
    stm_problems_free(problems);
}

static void must_be_equal(struct keeping *const keeping[2], const stm_problems problems[2],
                          const struct stm_rows_result results[2])
{
    assert_int_equal(results[1].rows, results[0].rows);
    assert_int_equal(results[1].refused, results[0].refused);
    assert_int_equal(results[1].skipped, results[0].skipped);
    assert_int_equal(keeping[1]->made_size, keeping[0]->made_size);
    assert_memory_equal(keeping[1]->made_text, keeping[0]->made_text, keeping[0]->made_size);
    assert_int_equal(keeping[1]->size, keeping[0]->size);
    assert_memory_equal(keeping[1]->text, keeping[0]->text, keeping[0]->size);
    assert_int_equal(problems[1].json.size, problems[0].json.size);
    assert_memory_equal(problems[1].json.data, problems[0].json.data, problems[0].json.size);
}

/* Reads the bytes with one thread and with two, and with either as plain rows; returns how many rows were had. */
static uint64_t compare_bytes(const char *bytes, size_t size, const char *mapping, bool plain, uint64_t *refused)
{
    struct keeping *keeping[2];
    stm_problems problems[2];
    struct stm_rows_result results[2];
    keeping[0] = malloc(sizeof *keeping[0]);
    assert_non_null(keeping[0]);
    read_table(bytes, size, mapping, 1, false, keeping[0], &problems[0], &results[0]);
    for (unsigned way = 1; way < 4; way++) {
        keeping[1] = malloc(sizeof *keeping[1]);
        assert_non_null(keeping[1]);
        uint64_t rows = read_table(bytes, size, mapping, 1 + way % 2, way >= 2, keeping[1], &problems[1], &results[1]);
        assert_int_equal(rows, plain && way >= 2 ? results[1].rows : 0);
        must_be_equal(keeping, problems, results);
        forget(keeping[1], &problems[1]);
    }
    forget(keeping[0], &problems[0]);
    *refused = results[0].refused;
    return results[0].rows;
}

static void compare(char delimiter, const char *mapping, bool plain)
{
    size_t size = 0;
    uint64_t refused = 0;
    char *table = make_table(delimiter, &size);
    assert_true(compare_bytes(table, size, mapping, plain, &refused) > 99000);
    assert_int_equal(refused, 300);
    free(table);
}

static const char tabs[] = "[table]\nheader = no\ncolumns = day who what whom\n"
                           "[column day]\nfills = time\nformat = YYYY-MM-DD\n"
                           "[column who]\nfills = agent\n"
                           "[column what]\nfills = type\nnamespace = zub\n"
                           "[column whom]\nfills = patient\n";

static void two_threads_read_what_one_reads(void **state)
{
    (void)state;
    compare('\t', tabs, true);
}

static void a_table_with_quotes_is_shared_where_it_has_none(void **state)
{
    (void)state;
    char mapping[sizeof tabs + 32];
    snprintf(mapping, sizeof mapping, "[table]\ndelimiter = comma\n%s", tabs + 8);
    compare(',', mapping, true);
}

static void places_and_sources_are_actors_too(void **state)
{
    (void)state;
    compare('\t', "[table]\nheader = no\ncolumns = day who what whom\n"
                  "[column day]\nfills = time\nformat = YYYY-MM-DD\n"
                  "[column who]\nfills = source\n"
                  "[column what]\nfills = type\nnamespace = zub\n"
                  "[column whom]\nfills = place\n",
            false);
}

/* Rows that were left to the next chunk are had though that one never comes; and the row that is cut is not. */
static void a_table_that_breaks_off_has_the_rows_before_it(void **state)
{
    size_t size = 0;
    uint64_t refused = 0;
    char *table = make_table('\t', &size);
    size_t most = ZSTD_compressBound(size);
    char *packed = malloc(most);
    (void)state;
    assert_non_null(packed);
    size_t packed_size = ZSTD_compress(packed, most, table, size, 1);
    assert_int_equal(ZSTD_isError(packed_size), 0);
    for (size_t part = 3; part <= 8; part++) {
        uint64_t rows = compare_bytes(packed, packed_size * part / 9, tabs, true, &refused);
        assert_true(rows > 20000 && rows < 99000);
    }
    free(packed);
    free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_threads_read_what_one_reads),
        cmocka_unit_test(a_table_with_quotes_is_shared_where_it_has_none),
        cmocka_unit_test(places_and_sources_are_actors_too),
        cmocka_unit_test(a_table_that_breaks_off_has_the_rows_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
