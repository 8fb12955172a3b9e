/* SPDX-License-Identifier: MIT */
/* Phrases by the lists of pairs and by texts: whatever is asked, both give the same. The texts are
   those of a file as a writer of format 3.0 makes it, the lists those of the same file now. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "file/file.h"
#include "file/snapshot.h"
#include "stemma/check.h"
#include "stemma/search.h"
#include "stemma/write.h"
#include "support/corpus.h"
#include "support/prng.h"
#include "support/rebuild.h"

#define DOCUMENTS 5000u
#define MOST      DOCUMENTS

/* The first ones are in nearly every text, so that some of their pairs are frequent. Two stem alike
   in English and not in German; one is two words in French. */
static const char *const common[] = {"copper", "mines", "mined", "the", "of", "l'or"};
static const char *const rare[] = {"zinc", "harbour", "strike", "minister", "unfreed", "quay"};
#define COMMON (sizeof common / sizeof common[0])
#define RARE   (sizeof rare / sizeof rare[0])

/* In all texts, but seldom one behind the other. */
static const char *const apart[] = {"lamp", "rope", "sail"};
#define APART (sizeof apart / sizeof apart[0])

/* In 93 of 100 texts, so that their pairs are frequent at level 0. There are so many of them that the
   level must be a higher one. */
static const char *const medium[] = {"kelm", "dorv", "sarn", "vell", "tusk", "brim", "holt", "fenn", "garth", "lund",
                                     "mirk", "nael", "orrin", "pell", "quern", "rusk", "thane", "umber", "wold", "yarrow"};
#define MEDIUM (sizeof medium / sizeof medium[0])

static char path[64], old_path[80], damaged_path[80];
static stemma_file *file, *old_file;
static stemma_snapshot *by_list, *by_text;

static const char *draw(prng *random)
{
    return prng_below(random, 5) == 0 ? rare[prng_below(random, RARE)]
                                      : common[prng_below(random, COMMON)];
}

static const char *draw_asked(prng *random)
{
    switch (prng_below(random, 8)) {
    case 0: return medium[prng_below(random, MEDIUM)];
    case 1: return apart[prng_below(random, APART)];
    default: return draw(random);
    }
}

/* Words with another between them, but for some two and a half neighbours a text. */
static void put_medium(prng *random, uint32_t number, char *out, size_t size)
{
    const char *left[MEDIUM];
    size_t used = 0;
    memcpy(left, medium, sizeof left);
    for (uint32_t i = MEDIUM; i > 0; i--) {
        uint32_t at = prng_below(random, i);
        const char *word = left[at];
        left[at] = left[i - 1];
        if (prng_below(random, 100) >= 7) {
            used += (size_t)snprintf(out + used, size - used, " %s", word);
            if (prng_below(random, 100) >= 14) {
                used += (size_t)snprintf(out + used, size - used, " q%u", prng_below(random, 97));
            }
        }
    }
    snprintf(out + used, size - used, " lamp%s rope%s sail", number % 200 == 0 ? "" : " q1",
             number % 250 == 0 ? "" : " q2");
}

static void make_text(uint32_t number, char *out, size_t size)
{
    static const char *const between[] = {" ", " ", " ", ", ", ". ", "\n\n", " - ", " \xcc\x81 "};
    prng random = {number};
    size_t used = 0;
    for (uint32_t words = 40 + prng_below(&random, 30); words > 0; words--) {
        used += (size_t)snprintf(out + used, size - used, "%s%s", draw(&random),
                                 between[prng_below(&random, 8)]);
    }
    /* Each common word stands in nearly every text, in one of two orders. */
    snprintf(out + used, size - used, "%s",
             number % 80 == 0  ? "nothing"
             : number % 3 == 0 ? "the mines of copper. Mined: l'or."
                               : "Of copper the mined MINES, l'or");
    used = strlen(out);
    put_medium(&random, number, out + used, size - used);
}

static corpus_document *make_document(uint32_t number)
{
    char uri[32], day[16], text[1600];
    snprintf(uri, sizeof uri, "urn:%u", number);
    snprintf(day, sizeof day, "20%02u-%02u-%02u", 30 + number % 7, 1 + number / 7 % 12,
             1 + number / 84 % 28);
    make_text(number, text, sizeof text);
    corpus_document *d = corpus_new(uri, day);
    d->document.language = stemma_text_of(number % 53 == 0   ? "de"
                                          : number % 59 == 0 ? "fr"
                                          : number % 61 == 0 ? ""
                                                             : "en");
    d->document.text_withheld = number % 101 == 0;
    corpus_say(d, text);
    return d;
}

/* Documents come in order, or from the last one to the first. */
static void write_file(const char *to, uint64_t memory, unsigned jobs, int backwards)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer;
    stemma_error error;
    const stemma_run run = {stemma_text_of("hand"), stemma_text_of("1"), STEMMA_RUN_HUMAN,
                            stemma_text_of("")};
    uint32_t number;
    options.memory = memory;
    options.jobs = jobs;
    unlink(to);
    assert_int_equal(stemma_writer_new(&writer, to, &options, &error), STEMMA_OK);
    assert_int_equal(stemma_writer_add_run(writer, &run, &number, &error), STEMMA_OK);
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        corpus_document *d = make_document(backwards ? DOCUMENTS - 1 - i : i);
        assert_int_equal(stemma_writer_add_document(writer, &d->document, &number, &error),
                         STEMMA_OK);
        corpus_free(d);
    }
    assert_int_equal(stemma_writer_finish(writer, &error), STEMMA_OK);
    stemma_writer_free(writer);
}

static int make_files(void **state)
{
    stemma_error error;
    (void)state;
    snprintf(path, sizeof path, "/tmp/stemma-pairs-%ld.stemma", (long)getpid());
    write_file(path, 0, 1, 0);
    snprintf(old_path, sizeof old_path, "%s.3-0", path);
    snprintf(damaged_path, sizeof damaged_path, "%s.damaged", path);
    rebuild_as_3_0(path, old_path);
    assert_int_equal(stemma_open(&file, path, NULL, &error), STEMMA_OK);
    assert_int_equal(stemma_open(&old_file, old_path, NULL, &error), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&by_list, file, &error), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&by_text, old_file, &error), STEMMA_OK);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    stemma_snapshot_end(by_list);
    stemma_snapshot_end(by_text);
    stemma_close(file);
    stemma_close(old_file);
    unlink(path);
    unlink(old_path);
    unlink(damaged_path);
    return 0;
}

/* ---- What is asked --------------------------------------------------------------------------- */

static void ask_both(const char *query, const stemma_search_options *options)
{
    static uint32_t documents[2][MOST];
    stemma_snapshot *const snapshots[2] = {by_list, by_text};
    const stemma_hit *hits[2];
    uint32_t found[2], listed[2];
    uint64_t counts[2];
    stemma_text text = stemma_text_of(query);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stemma_search(snapshots[i], text, options, &hits[i], &found[i], NULL),
                         STEMMA_OK);
        assert_int_equal(stemma_search_count(snapshots[i], text, options, &counts[i], NULL),
                         STEMMA_OK);
        assert_int_equal(stemma_search_documents(snapshots[i], text, options, 100, documents[i],
                                                 MOST, &listed[i], NULL),
                         STEMMA_OK);
    }
    if (found[0] != found[1] || counts[0] != counts[1] || listed[0] != listed[1]) {
        fail_msg("%s: %u, %llu, %u by lists; %u, %llu, %u by texts", query, found[0],
                 (unsigned long long)counts[0], listed[0], found[1],
                 (unsigned long long)counts[1], listed[1]);
    }
    if (options != NULL && options->limit == MOST) {
        assert_int_equal(found[0], counts[0]); /* counted by one thread, found by several */
    }
    assert_memory_equal(documents[0], documents[1], listed[0] * sizeof documents[0][0]);
    for (uint32_t i = 0; i < found[0]; i++) {
        assert_int_equal(hits[0][i].document, hits[1][i].document);
        assert_memory_equal(&hits[0][i].score, &hits[1][i].score, sizeof hits[0][i].score);
        assert_int_equal(hits[0][i].snippet.start, hits[1][i].snippet.start);
        assert_int_equal(hits[0][i].word_count, hits[1][i].word_count);
    }
    stemma_snapshot_reset(by_list);
    stemma_snapshot_reset(by_text);
}

static size_t put_phrase(prng *random, uint32_t words, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "\"");
    while (words-- > 0) {
        used += (size_t)snprintf(out + used, size - used, "%s%s", draw_asked(random),
                                 words > 0 ? " " : "\"");
    }
    return used;
}

/* [I-38] */
static void any_question_has_the_same_answer(void **state)
{
    static const char *const joins[] = {" ", " OR ", " NOT ", " AND ", " -"};
    prng random = {7};
    (void)state;
    for (uint32_t round = 0; round < 120; round++) {
        stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
        char query[400];
        size_t used = put_phrase(&random, 2 + prng_below(&random, 3) * (round % 3 != 0), query,
                                 sizeof query);
        for (uint32_t more = prng_below(&random, 3); more > 0; more--) {
            used += (size_t)snprintf(query + used, sizeof query - used, "%s",
                                     joins[prng_below(&random, 5)]);
            if (prng_below(&random, 2) == 0) {
                used += put_phrase(&random, 2 + prng_below(&random, 2), query + used,
                                   sizeof query - used);
            } else {
                used += (size_t)snprintf(query + used, sizeof query - used, "%s%s", draw(&random),
                                         prng_below(&random, 4) == 0 ? "*" : "");
            }
        }
        options.limit = round % 5 == 0 ? 3 : MOST;
        options.flags = round % 2 == 0 ? STEMMA_SEARCH_NO_SNIPPETS : 0;
        if (round % 9 == 0) {
            options.about = (stemma_reference){STEMMA_REFERENCE_DOCUMENT, round * 11 % DOCUMENTS};
        }
        ask_both(query, &options);
    }
}

static void a_date_changes_nothing_of_that(void **state)
{
    prng random = {8};
    (void)state;
    for (uint32_t round = 0; round < 30; round++) {
        char query[200];
        stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
        stemma_snapshot_as_of(by_list, round * 160);
        stemma_snapshot_as_of(by_text, round * 160);
        size_t used = put_phrase(&random, 2 + round % 2, query, sizeof query);
        snprintf(query + used, sizeof query - used, "%s", round % 3 == 0 ? " OR zinc" : "");
        options.limit = MOST;
        ask_both(query, &options);
    }
    stemma_snapshot_as_of(by_list, STEMMA_NONE);
    stemma_snapshot_as_of(by_text, STEMMA_NONE);
}

/* ---- What is there --------------------------------------------------------------------------- */

static uint64_t key_size(const stm_list_key *key)
{
    stm_posting_source source;
    uint64_t count = 0;
    assert_int_equal(stm_snapshot_source(by_list, STM_TABLE_NEIGHBOUR, &source, NULL), STEMMA_OK);
    assert_int_equal(stm_posting_count(&source, stm_list_key_bytes(key), &count), STEMMA_OK);
    stemma_snapshot_reset(by_list);
    return count;
}

static uint64_t list_size(const char *first, const char *second)
{
    stm_list_key key;
    assert_int_equal(stm_list_key_pair(&key, stemma_text_of(first), stemma_text_of(second)),
                     STEMMA_OK);
    return key_size(&key);
}

/* The only number of a list, which is as long as no other list may be. */
static uint32_t number_of(const stm_list_key *key)
{
    stm_posting_source source;
    stm_posting_cursor cursor;
    uint32_t number = STEMMA_NONE;
    assert_int_equal(key_size(key), 1);
    assert_int_equal(stm_snapshot_source(by_list, STM_TABLE_NEIGHBOUR, &source, NULL), STEMMA_OK);
    assert_int_equal(stm_posting_cursor_open(&cursor, &source, stm_list_key_bytes(key), DOCUMENTS),
                     STEMMA_OK);
    assert_int_equal(stm_posting_cursor_seek(&cursor, 0, &number, NULL), STEMMA_OK);
    stemma_snapshot_reset(by_list);
    return number;
}

static uint32_t named_documents(const char *first, const char *second)
{
    stm_list_key key;
    assert_int_equal(list_size(first, second), 0);
    assert_int_equal(stm_list_key_pair(&key, stemma_text_of(first), stemma_text_of(second)),
                     STEMMA_OK);
    stm_list_key_common(&key);
    return key_size(&key) == 0 ? 0 : number_of(&key) + 1;
}

/* Without this the questions above would compare texts with texts. [I-38] */
static void frequent_pairs_have_lists_or_names_and_others_have_neither(void **state)
{
    stm_list_key key;
    (void)state;
    stm_list_key_level(&key);
    uint32_t level = number_of(&key);
    assert_true(level > 0 && level < 4);
    assert_int_equal(list_size("lamp", "rope"), 25 - 1); /* of one the text is withheld */
    assert_int_equal(list_size("rope", "sail"), 20 - 1);
    assert_int_equal(named_documents("sail", "lamp"), 0);
    assert_true(named_documents("of", "copper") > 2000);
    assert_true(named_documents("the", "copper") > DOCUMENTS / STEMMA_PAIR_COMMON);
    assert_int_equal(named_documents("copper", "zinc"), 0);
    assert_int_equal(named_documents("nothing", "the"), 0);
    for (uint32_t i = 1; i < MEDIUM; i++) {
        assert_int_equal(named_documents(medium[i - 1], medium[i]), 0);
    }
}

/* [W-9]: with so little memory the pairs are dealt with in several turns. */
static void memory_threads_and_order_do_not_change_the_bytes(void **state)
{
    static char bytes[2][1 << 16];
    (void)state;
    write_file(damaged_path, 8 << 20, 2, 1);
    FILE *files[2] = {fopen(path, "rb"), fopen(damaged_path, "rb")};
    size_t sizes[2] = {1, 1};
    assert_true(files[0] != NULL && files[1] != NULL);
    while (sizes[0] != 0) {
        for (int i = 0; i < 2; i++) {
            sizes[i] = fread(bytes[i], 1, sizeof bytes[i], files[i]);
        }
        assert_int_equal(sizes[0], sizes[1]);
        assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    }
    fclose(files[0]);
    fclose(files[1]);
}

static int find_problem(void *context, const stemma_problem *problem)
{
    snprintf(context, 200, "%s %s", problem->code, problem->where);
    return 0;
}

static void is_sound(const char *name)
{
    char found[200] = "";
    assert_int_equal(stemma_check(name, find_problem, found, NULL, NULL), STEMMA_OK);
    assert_string_equal(found, "");
}

/* [V-2] [V-6] */
static void a_file_of_3_0_is_sound_without_the_table(void **state)
{
    (void)state;
    assert_true(stm_store_has(file->store, STM_TABLE_NEIGHBOUR));
    assert_false(stm_store_has(old_file->store, STM_TABLE_NEIGHBOUR));
    assert_true(file->minor == 3 && old_file->minor == 0);
    is_sound(path);
    is_sound(old_path);
}

/* The file at damaged_path, of an earlier minor version, is sound and has the same answers. */
static void is_of_before(uint32_t minor, int has_pairs)
{
    stemma_file *before;
    stemma_snapshot *kept = by_list;
    prng random = {9};
    is_sound(damaged_path);
    assert_int_equal(stemma_open(&before, damaged_path, NULL, NULL), STEMMA_OK);
    assert_true(before->minor == minor && before->postings == STM_POSTING_APART);
    assert_int_equal(stm_store_has(before->store, STM_TABLE_NEIGHBOUR), has_pairs);
    assert_int_equal(stemma_snapshot_begin(&by_list, before, NULL), STEMMA_OK);
    for (uint32_t round = 0; round < 20; round++) {
        char query[200];
        put_phrase(&random, 2, query, sizeof query);
        ask_both(query, NULL);
    }
    stemma_snapshot_end(by_list);
    by_list = kept;
    stemma_close(before);
}

/* [P-34] [V-7]: the same lists in another form. */
static void a_file_of_3_2_is_sound_and_asked_by_its_lists(void **state)
{
    (void)state;
    rebuild_as_3_2(path, damaged_path);
    is_of_before(2, 1);
}

/* [V-4]: what pairs that has is a table of another name, passed over. */
static void a_file_of_3_1_is_sound_and_asked_by_its_texts(void **state)
{
    (void)state;
    rebuild_as_3_1(path, damaged_path);
    is_of_before(1, 0);
}

static void one_document_less(uint8_t *value, size_t *size, size_t capacity)
{
    (void)capacity;
    value[*size - 1] ^= 1;
}

/* The first entry is that of the level: it is left alone, a byte of list key and twice the number. */
static void great_level(uint8_t *value, size_t *size, size_t capacity)
{
    const uint8_t one[] = {1, 0x80, 1, (uint8_t)(2 * STEMMA_PAIR_LEVELS | 0x80), 2 * STEMMA_PAIR_LEVELS >> 7};
    assert_true(capacity >= sizeof one);
    memcpy(value, one, *size = sizeof one);
}

static void no_entries(uint8_t *value, size_t *size, size_t capacity)
{
    assert_true(*size <= capacity);
    value[0] = value[1] = 0;
}

/* Asks for every pair of common words. */
static uint32_t refusals(const char *code)
{
    stemma_file *damaged;
    stemma_snapshot *snapshot;
    const stemma_hit *hits;
    uint32_t count, refused = 0;
    stemma_error error;
    assert_int_equal(stemma_open(&damaged, damaged_path, NULL, &error), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, damaged, &error), STEMMA_OK);
    for (size_t i = 0; i < COMMON * COMMON; i++) {
        char query[64];
        snprintf(query, sizeof query, i % 2 == 0 ? "\"%s %s\"" : "\"%s %s\" NOT zinc",
                 common[i / COMMON], common[i % COMMON]);
        stemma_status status =
            stemma_search(snapshot, stemma_text_of(query), NULL, &hits, &count, &error);
        assert_true(status == STEMMA_OK || status == STEMMA_E_DAMAGED);
        if (status == STEMMA_E_DAMAGED) {
            assert_string_equal(error.code, code);
            assert_memory_equal(error.where, "neighbour", 9);
            refused++;
        }
        stemma_snapshot_reset(snapshot);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(damaged);
    return refused;
}

/* The check sees what is not so, a search what cannot be read. [I-38] */
static void damage_is_told(void **state)
{
    rebuild plan = {STM_TABLE_NEIGHBOUR, 0, one_document_less, 0};
    char found[200] = "";
    (void)state;
    rebuild_file(path, damaged_path, &plan);
    assert_int_equal(stemma_check(damaged_path, find_problem, found, NULL, NULL), STEMMA_OK);
    assert_memory_equal(found, "INDEX_DIFFERS neighbour ", 24);
    plan.change = NULL;
    rebuild_file(path, damaged_path, &plan);
    assert_int_equal(stemma_check(damaged_path, find_problem, found, NULL, NULL), STEMMA_OK);
    assert_memory_equal(found, "INDEX_MISSING neighbour ", 24);
    plan.change = no_entries;
    rebuild_file(path, damaged_path, &plan);
    assert_true(refusals("POSTING_VALUE") > 0);
    plan.change = great_level;
    rebuild_file(path, damaged_path, &plan);
    assert_int_equal(stemma_check(damaged_path, find_problem, found, NULL, NULL), STEMMA_OK);
    assert_memory_equal(found, "INDEX_DIFFERS neighbour ", 24);
    assert_true(refusals("PAIR_LEVEL") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frequent_pairs_have_lists_or_names_and_others_have_neither),
        cmocka_unit_test(any_question_has_the_same_answer),
        cmocka_unit_test(a_date_changes_nothing_of_that),
        cmocka_unit_test(memory_threads_and_order_do_not_change_the_bytes),
        cmocka_unit_test(a_file_of_3_0_is_sound_without_the_table),
        cmocka_unit_test(a_file_of_3_2_is_sound_and_asked_by_its_lists),
        cmocka_unit_test(a_file_of_3_1_is_sound_and_asked_by_its_texts),
        cmocka_unit_test(damage_is_told),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
