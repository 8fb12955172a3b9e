/* SPDX-License-Identifier: MIT */
/* Full text, side by side with SQLite's FTS5 in one run, on the same texts with the same tokens:
 *
 *     bench_text DOCUMENTS [articles|sentences] [FOLDER]
 *
 * Writes its files in FOLDER (default: TMPDIR or /tmp), 4 to 6 times the size of the text, and
 * removes them. Answers are compared before anything is timed; times of answers are medians. */
#include "text_corpus.h"
#include "text_peer.h"

#include "index/index.h"
#include "index/index_postings.h"
#include "index/index_rows.h"
#include "page_check.h"
#include "posting.h"
#include "stemma/search.h"
#include "stemma/write.h"
#include "read/term.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define QUERIES 120u /* of each kind */
#define TIMES   5u
#define TOP     10u

/* A question for both sides. */
typedef struct question {
    char ours[2 * TEXT_CORPUS_WORD + 2];
    char theirs[4 * STM_TERM_LIMIT + 8];
    uint32_t words;
} question;

static text_corpus corpus;
static uint32_t document_count;
static uint32_t *number_of; /* generator's number of our document */
static question questions[2][QUERIES];
static stemma_file *file;
static stemma_snapshot *snapshot;
static text_peer *lean, *full; /* detail=none, columnsize=0 and detail=full */
static uint64_t sink;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Building is told in seconds of the processor: the machine may have other work. */
static double spent(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void must(stemma_status status, const stemma_error *error)
{
    if (status < 0) {
        const stemma_error none = {0};
        error = error != NULL ? error : &none;
        fprintf(stderr, "%s: %s at %s: %s\n", stemma_status_name(status), error->code, error->where,
                error->message);
        exit(1);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, uint32_t count)
{
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

/* ---- Building ------------------------------------------------------------------------------ */

static double write_ours(const char *path, uint64_t *bytes)
{
    stemma_writer_options options = STEMMA_WRITER_OPTIONS_INIT;
    stemma_writer *writer = NULL;
    stemma_error error = {0};
    char text[TEXT_CORPUS_TEXT], uri[32];
    uint32_t number;
    options.flags = STEMMA_WRITE_REPLACE;
    double began = spent();
    must(stemma_writer_new(&writer, path, &options, &error), &error);
    for (uint32_t i = 0; i < document_count; i++) {
        stemma_document d = {0};
        snprintf(uri, sizeof uri, "urn:t%u", i);
        d.uri = stemma_text_of(uri);
        d.language = stemma_text_of("en");
        d.text.data = text;
        d.text.size = text_corpus_text(&corpus, i, text);
        *bytes += d.text.size;
        must(stemma_writer_add_document(writer, &d, &number, &error), &error);
    }
    double added = spent() - began;
    must(stemma_writer_finish(writer, &error), &error);
    printf("  (ours: adding %.2f s, finishing %.2f s)\n", added, spent() - began - added);
    stemma_writer_free(writer);
    return spent() - began;
}

static double write_theirs(const char *path, const char *arguments)
{
    char text[TEXT_CORPUS_TEXT];
    double began = spent();
    text_peer *peer = text_peer_new(path, arguments);
    for (uint32_t i = 0; i < document_count; i++) {
        text_peer_add(peer, i + 1, text, text_corpus_text(&corpus, i, text));
    }
    text_peer_commit(peer);
    double took = spent() - began;
    text_peer_free(peer);
    unlink(path);
    return took;
}

static double only_generate(void)
{
    char text[TEXT_CORPUS_TEXT];
    double began = spent();
    for (uint32_t i = 0; i < document_count; i++) {
        sink += text_corpus_text(&corpus, i, text);
    }
    return spent() - began;
}

/* The terms of a text as words that FTS5 leaves as they are. */
static size_t terms_of(stm_word_maker *maker, const char *text, size_t size, char *out)
{
    stm_word_walk walk;
    stm_word word;
    stemma_text view = {text, size};
    size_t used = 0;
    stm_word_walk_begin(&walk, maker, view);
    while (stm_word_walk_next(&walk, &word) == STEMMA_OK) {
        memcpy(out + used, word.text, word.size);
        used += word.size;
        out[used++] = ' ';
    }
    return used;
}

static void index_theirs(const char *lean_path, const char *full_path)
{
    static char text[TEXT_CORPUS_TEXT], terms[2 * TEXT_CORPUS_TEXT];
    stm_word_maker *maker = NULL;
    double took[3] = {0, 0, 0};
    lean = text_peer_new(lean_path, "content='', detail=none, columnsize=0, tokenize='ascii'");
    full = text_peer_new(full_path, "content='', detail=full, tokenize='ascii'");
    if (stm_word_maker_new(&maker, stemma_text_of("en")) != STEMMA_OK) {
        abort();
    }
    for (uint32_t i = 0; i < document_count; i++) {
        size_t size = text_corpus_text(&corpus, number_of[i], text);
        double made = spent();
        size = terms_of(maker, text, size, terms);
        double cut = spent();
        text_peer_add(lean, i + 1, terms, size);
        double added = spent();
        text_peer_add(full, i + 1, terms, size);
        took[0] += cut - made;
        took[1] += added - cut;
        took[2] += spent() - added;
    }
    double began = spent();
    text_peer_commit(lean);
    took[1] += spent() - began;
    began = spent();
    text_peer_commit(full);
    took[2] += spent() - began;
    text_peer_optimize(lean);
    text_peer_optimize(full);
    stm_word_maker_free(maker);
    printf("every word stemmed %.2f s; FTS5 index alone, from stems: lean %.2f s, full %.2f s\n",
           took[0], took[1], took[2]);
}

static stemma_status take_record(void *context, stemma_bytes key, stemma_bytes value)
{
    *(uint64_t *)context += key.size + value.size;
    return STEMMA_OK;
}

static stemma_status take_posting(void *context, stemma_bytes list, uint32_t id, uint32_t payload)
{
    return stm_posting_add(context, list, id, payload);
}

/* Ours from text to the records of table `term`, without the table. */
static void index_ours(void)
{
    static stm_index index;
    static stm_posting_builder builder;
    char text[TEXT_CORPUS_TEXT];
    uint64_t bytes = 0;
    double reading = 0;
    stm_index_init(&index, NULL, 0);
    for (uint32_t i = 0; i < document_count; i++) {
        stemma_document d = {0};
        d.language = stemma_text_of("en");
        d.text.data = text;
        d.text.size = text_corpus_text(&corpus, number_of[i], text);
        double began = spent();
        must(stm_index_add_words(&index, &d), NULL);
        reading += spent() - began;
        index.document_count++;
    }
    double began = spent();
    stm_posting_begin(&builder, 0, take_record, &bytes);
    must(stm_index_postings(&index, STM_TABLE_TERM, take_posting, &builder), NULL);
    must(stm_posting_end(&builder), NULL);
    double posting = spent() - began;
    printf("our index alone, from text: words %.2f s (%.1f M words/s), postings %.2f s (%.1f M/s); "
           "%.2f bytes a posting\n",
           reading, (double)index.token_count / 1e6 / reading, posting,
           (double)index.occurrence_count / 1e6 / posting,
           (double)bytes / (double)index.occurrence_count);
    stm_index_free(&index);
}

/* Bytes of the pages of one of our tables. */
static uint64_t table_size(const char *path, const char *table)
{
    struct stat about;
    static stm_page_report pages;
    uint64_t size = 0;
    int descriptor = open(path, O_RDONLY);
    if (descriptor < 0 || fstat(descriptor, &about) != 0) {
        exit(1);
    }
    size_t whole = (size_t)about.st_size;
    void *map = mmap(NULL, whole, PROT_READ, MAP_PRIVATE, descriptor, 0);
    stemma_bytes bytes = {map, whole};
    uint8_t *claimed = malloc(stm_page_bitmap_size(whole));
    if (stm_page_check(bytes, claimed, stm_page_bitmap_size(whole), &pages, NULL) == STEMMA_OK) {
        for (uint32_t i = 0; i < pages.table_count; i++) {
            const stm_page_table *t = &pages.tables[i];
            if (strcmp(t->name, table) == 0) {
                size = (t->branch_pages + t->leaf_pages + t->overflow_pages) * 4096;
            }
        }
    }
    free(claimed);
    munmap(map, whole);
    close(descriptor);
    return size;
}

static void read_numbers(void)
{
    stemma_error error = {0};
    number_of = malloc(document_count * sizeof *number_of);
    for (uint32_t i = 0; i < document_count; i++) {
        stemma_document d;
        must(stemma_document_get(snapshot, i, &d, &error), &error);
        char uri[32] = {0};
        memcpy(uri, d.uri.data, d.uri.size < 31 ? d.uri.size : 31);
        number_of[i] = (uint32_t)strtoul(uri + 5, NULL, 10);
        stemma_snapshot_reset(snapshot);
    }
}

/* ---- Questions ----------------------------------------------------------------------------- */

static void stem(stm_word_maker *maker, const char *word, char *out)
{
    size_t size = terms_of(maker, word, strlen(word), out);
    out[size - 1] = '\0';
}

static void make_questions(void)
{
    stm_word_maker *maker = NULL;
    char terms[2][STM_TERM_LIMIT * 2];
    uint32_t made[2] = {0, 0};
    uint64_t state = 42;
    if (stm_word_maker_new(&maker, stemma_text_of("en")) != STEMMA_OK) {
        abort();
    }
    while (made[0] < QUERIES || made[1] < QUERIES) {
        uint32_t ranks[2], words;
        for (int k = 0; k < 2; k++) {
            /* ranks spread evenly on a logarithmic scale, from the 20th word on */
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            double u = (double)(state >> 40) / 16777216.0;
            ranks[k] = (uint32_t)(20 * pow(corpus.word_count / 40.0, u));
            stem(maker, corpus.words[ranks[k]], terms[k]);
        }
        words = made[0] < QUERIES ? 1 : 2;
        question *q = &questions[words - 1][made[words - 1]];
        q->words = words;
        if (words == 1) {
            snprintf(q->ours, sizeof q->ours, "%s", corpus.words[ranks[0]]);
            snprintf(q->theirs, sizeof q->theirs, "\"%s\"", terms[0]);
        } else {
            snprintf(q->ours, sizeof q->ours, "%s %s", corpus.words[ranks[0]],
                     corpus.words[ranks[1]]);
            snprintf(q->theirs, sizeof q->theirs, "\"%s\" \"%s\"", terms[0], terms[1]);
        }
        if (strcmp(terms[0], terms[1]) != 0 && text_peer_count(lean, q->theirs) != 0) {
            made[words - 1]++;
        }
    }
    stm_word_maker_free(maker);
}

/* ---- Asking -------------------------------------------------------------------------------- */

typedef enum kind { FIRST, COUNT, RANKED, KINDS } kind;

static uint64_t ask_ours(kind what, const question *q, uint32_t *rows, double *scores)
{
    stemma_search_options options = STEMMA_SEARCH_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_text text = stemma_text_of(q->ours);
    uint64_t count = 0;
    uint32_t found = 0;
    const stemma_hit *hits = NULL;
    options.limit = TOP;
    options.flags = STEMMA_SEARCH_NO_SNIPPETS;
    if (what == COUNT) {
        must(stemma_search_count(snapshot, text, &options, &count, &error), &error);
    } else if (what == FIRST) {
        must(stemma_search_documents(snapshot, text, &options, 0, rows, TOP, &found, &error),
             &error);
        count = found;
    } else {
        must(stemma_search(snapshot, text, &options, &hits, &found, &error), &error);
        for (uint32_t i = 0; i < found; i++) {
            rows[i] = hits[i].document;
            scores[i] = hits[i].score;
        }
        count = found;
    }
    stemma_snapshot_reset(snapshot);
    return count;
}

static uint64_t ask_theirs(kind what, const question *q, uint32_t *rows, double *scores)
{
    uint64_t count;
    if (what == COUNT) {
        return text_peer_count(lean, q->theirs);
    }
    count = what == FIRST ? text_peer_first(lean, q->theirs, rows, TOP)
                          : text_peer_ranked(full, q->theirs, rows, scores, TOP);
    for (uint64_t i = 0; i < count; i++) {
        rows[i]--; /* row ids count from 1 */
    }
    return count;
}

/* Same counts, same first documents. Ranks weigh rare words a little differently in FTS5 (its
   logarithm has no "1 +"), which cannot change the order for one word: there the ratio of the
   scores must be the same for every hit. For two words the shared part is told. */
static void compare(kind what, const question *q, double *shared)
{
    uint32_t ours[TOP], theirs[TOP];
    double our_scores[TOP] = {0}, their_scores[TOP] = {0};
    uint64_t a = ask_ours(what, q, ours, our_scores), b = ask_theirs(what, q, theirs, their_scores);
    int same = a == b;
    for (uint64_t i = 0; same && what == FIRST && i < a; i++) {
        same = ours[i] == theirs[i];
    }
    for (uint64_t i = 0; same && what == RANKED && q->words == 1 && i < a; i++) {
        double ratio = our_scores[i] / their_scores[i] * their_scores[0] / our_scores[0];
        same = fabs(ratio - 1) < 1e-6;
    }
    for (uint64_t i = 0; what == RANKED && i < a; i++) {
        for (uint64_t k = 0; k < b; k++) {
            *shared += ours[i] == theirs[k] ? 1.0 / (double)a : 0;
        }
    }
    if (!same) {
        fprintf(stderr, "answers differ for %s (%d): %llu and %llu\n", q->ours, what,
                (unsigned long long)a, (unsigned long long)b);
        exit(1);
    }
}

/* Seconds of one answer: repeated until it can be measured. */
static double time_one(uint64_t (*ask)(kind, const question *, uint32_t *, double *), kind what,
                       const question *q)
{
    uint32_t rows[TOP], rounds = 1;
    double scores[TOP];
    for (;;) {
        double began = now();
        for (uint32_t i = 0; i < rounds; i++) {
            sink += ask(what, q, rows, scores);
        }
        double took = now() - began;
        if (took > 0.0002) {
            return took / rounds;
        }
        rounds *= 4;
    }
}

static void measure(kind what, uint32_t words)
{
    static const char *const names[KINDS] = {"first ten", "count", "BM25 top ten"};
    double ours[QUERIES], theirs[QUERIES], ratios[QUERIES], shared = 0, our_sum = 0, their_sum = 0;
    for (uint32_t i = 0; i < QUERIES; i++) {
        compare(what, &questions[words - 1][i], &shared);
    }
    for (uint32_t i = 0; i < QUERIES; i++) {
        const question *q = &questions[words - 1][i];
        double a[TIMES], b[TIMES];
        for (uint32_t t = 0; t < TIMES; t++) {
            a[t] = time_one(ask_ours, what, q);
            b[t] = time_one(ask_theirs, what, q);
        }
        ours[i] = median(a, TIMES);
        theirs[i] = median(b, TIMES);
        ratios[i] = theirs[i] / ours[i];
        our_sum += ours[i];
        their_sum += theirs[i];
    }
    printf("%-13s %u word%s %10.2f us %10.2f us  median ratio %6.1f, of sums %6.1f", names[what],
           words, words == 1 ? " " : "s", median(ours, QUERIES) * 1e6,
           median(theirs, QUERIES) * 1e6, median(ratios, QUERIES), their_sum / our_sum);
    printf(", least %.1f", ratios[0]);
    if (what == RANKED) {
        printf("; %.1f %% of hits shared", 100 * shared / QUERIES);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    const char *folder = argc > 3 ? argv[3] : getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    int sentences = argc > 2 && strcmp(argv[2], "sentences") == 0;
    char path[3][1024];
    uint64_t bytes = 0;
    stemma_error error = {0};
    setvbuf(stdout, NULL, _IOLBF, 0); /* what is known is told even if the run is cut short */
    document_count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    for (int i = 0; i < 3; i++) {
        static const char *const names[3] = {"text.stemma", "lean.db", "full.db"};
        snprintf(path[i], sizeof path[i], "%s/bench-%ld-%s", folder, (long)getpid(), names[i]);
    }
    text_corpus_make(&corpus, sentences ? 160000 : 240000, sentences ? 6 : 0);
    double making = only_generate();
    double ours = write_ours(path[0], &bytes) - making;
    double theirs = write_theirs(path[1], "tokenize='porter ascii'") - making;
    double theirs_lean =
        write_theirs(path[1], "tokenize='porter ascii', detail=none, columnsize=0") - making;
    printf("%u %s, %.1f MB\n", document_count, sentences ? "sentences" : "articles",
           (double)bytes / 1e6);
    printf("whole writer %.0f documents/s; FTS5 with content: default %.0f/s (ratio %.2f), "
           "detail=none %.0f/s (ratio %.2f)\n",
           document_count / ours, document_count / theirs, theirs / ours,
           document_count / theirs_lean, theirs_lean / ours);
    must(stemma_open(&file, path[0], NULL, &error), &error);
    must(stemma_snapshot_begin(&snapshot, file, &error), &error);
    read_numbers();
    index_ours();
    index_theirs(path[1], path[2]);
    stemma_counts counts;
    stemma_counts_get(file, &counts);
    uint64_t size = table_size(path[0], "term");
    printf("index: ours %.2f MB (group %.2f MB, pairs %.2f MB), FTS5 lean %.2f MB (ours / lean %.2f), full %.2f "
           "MB; %llu terms, %llu words\n",
           (double)size / 1e6, (double)table_size(path[0], "group") / 1e6,
           (double)table_size(path[0], "neighbour") / 1e6, (double)text_peer_file_size(lean) / 1e6,
           (double)size / (double)text_peer_file_size(lean),
           (double)text_peer_file_size(full) / 1e6, (unsigned long long)counts.terms,
           (unsigned long long)counts.tokens);
    make_questions();
    for (kind what = FIRST; what < KINDS; what++) {
        measure(what, 1);
        measure(what, 2);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    text_peer_free(lean);
    text_peer_free(full);
    for (int i = 0; i < 3; i++) {
        unlink(path[i]);
    }
    free(number_of);
    text_corpus_free(&corpus);
    return sink == 0;
}
