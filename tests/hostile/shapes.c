/* SPDX-License-Identifier: MIT */
#include "hostile/shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "hostile/image.h"
#include "limits.h"
#include "stemma/write.h"
#include "support/built_file.h"
#include "support/corpus.h"
#include "support/row_file.h"

static void need(stemma_status status, const stemma_error *error)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "making a shape: %s at %s: %s\n", error->code, error->where, error->message);
        abort();
    }
}

/* ---- A writer and what it is given ----------------------------------------------------------- */

typedef struct making {
    char path[64];
    stemma_writer *writer;
    stemma_error error;
    uint32_t run;
} making;

static void begin(making *self)
{
    const stemma_run run = {
        stemma_text_of("reader"), stemma_text_of("1"), STEMMA_RUN_RULE, stemma_text_of("quick")};
    memset(self, 0, sizeof *self);
    snprintf(self->path, sizeof self->path, "/tmp/stemma-shape-XXXXXX");
    int file = mkstemp(self->path);
    if (file < 0) {
        abort();
    }
    close(file);
    unlink(self->path);
    need(stemma_writer_new(&self->writer, self->path, NULL, &self->error), &self->error);
    need(stemma_writer_add_run(self->writer, &run, &self->run, &self->error), &self->error);
}

static uint8_t *end(making *self, size_t *size)
{
    need(stemma_writer_finish(self->writer, &self->error), &self->error);
    stemma_writer_free(self->writer);
    uint8_t *data = image_load(self->path, size);
    unlink(self->path);
    return data;
}

static uint32_t add(making *self, corpus_document *d)
{
    uint32_t number = 0;
    need(stemma_writer_add_document(self->writer, &d->document, &number, &self->error),
         &self->error);
    corpus_free(d);
    return number;
}

static void judge(making *self, stemma_referent_id left, stemma_referent_id right, uint8_t verdict,
                  uint16_t score, const char *author, const char *retracted)
{
    stemma_judgement judgement = {0};
    judgement.left = left;
    judgement.right = right;
    judgement.verdict = verdict;
    judgement.score = score;
    judgement.run = author != NULL ? STEMMA_NONE : self->run;
    judgement.author = stemma_text_of(author != NULL ? author : "");
    judgement.created = stemma_text_of("2031-06-01");
    judgement.retracted = stemma_text_of(retracted);
    judgement.reason = stemma_text_of("they are called so");
    need(stemma_writer_add_judgement(self->writer, &judgement, &self->error), &self->error);
}

static void derive(making *self, uint32_t from, uint32_t to, uint8_t kind, const char *author)
{
    static const stemma_shared_range ranges[2] = {{{0, 5}, {0, 5}}, {{6, 9}, {7, 10}}};
    stemma_derivation derivation = {0};
    derivation.from = from;
    derivation.to = to;
    derivation.kind = kind;
    derivation.score = author != NULL ? STEMMA_NO_CONFIDENCE : 500;
    derivation.run = author != NULL ? STEMMA_NONE : self->run;
    derivation.author = stemma_text_of(author != NULL ? author : "");
    derivation.ranges = ranges;
    derivation.range_count = author != NULL ? 0 : 2;
    need(stemma_writer_add_derivation(self->writer, &derivation, &self->error), &self->error);
}

/* ---- Tiny ------------------------------------------------------------------------------------ */

static uint8_t *make_tiny(size_t *size)
{
    making self;
    begin(&self);
    corpus_document *d = corpus_new("https://news.example/tiny", "2031-05-04");
    corpus_release(d, "Ada Lorn", "4 May 2031", "2031-05-04", "Veska");
    add(&self, d);
    return end(&self, size);
}

/* ---- Every field ----------------------------------------------------------------------------- */

static void quote(stemma_assertion *assertion, uint32_t speaker, uint32_t via)
{
    assertion->attribution = STEMMA_ATTRIBUTION_SPEAKER;
    assertion->speaker = speaker;
    assertion->via = via;
    assertion->stance = STEMMA_STANCE_REPORTS;
    assertion->confidence = 900;
}

static void fill(stemma_assertion *assertion, corpus_document *d)
{
    d->evidence[assertion - d->assertions].part = STEMMA_EVIDENCE_FILLER;
}

static const stemma_text identifiers[] = {{"w:1", 3}, {"w:2", 3}};

static corpus_document *full_document(uint32_t number)
{
    static const char *const uris[] = {"urn:full:a", "urn:full:b", "urn:full:c", "urn:full:d"};
    static const char *const dates[] = {"2031-05-05", "2031-05-06", "2031-05-06", ""};
    static const stemma_span furniture[] = {{0, 4}, {5, 8}};
    static uint32_t paragraphs[2];
    corpus_document *d = corpus_new(uris[number], dates[number]);
    stemma_document *out = &d->document;
    corpus_say(d, "Menu Top ");
    uint32_t release = corpus_release(d, "Ida Lorn", "4 May 2031", "2031-05-04", "Veska");
    uint32_t person = release - 2, place = release - 1;
    d->mentions[0].head.start = d->mentions[0].spans[0].start + 4;
    d->mentions[0].head.end = d->mentions[0].spans[0].end;
    d->names[0].language = stemma_text_of("en");
    d->names[1].kind = STEMMA_NAME_ALIAS;
    d->referents[release].external_ids = identifiers;
    d->referents[release].external_id_count = 2;
    paragraphs[1] = (uint32_t)out->text.size;
    corpus_sentence(d);
    uint32_t agency = corpus_entity(d, "organization", "Veskan Agency");
    uint32_t paper = corpus_entity(d, "organization", number == 1 ? "Lamp" : "The Lamp");
    uint32_t minister = corpus_entity(d, "person", number == 1 ? "\xc3\x96rsa Vell" : "\xc3\x96. Vell");
    corpus_mention(d, agency, STEMMA_MENTION_NAME, corpus_say(d, "Veskan Agency"));
    corpus_say(d, " and ");
    corpus_mention(d, paper, STEMMA_MENTION_NAME, corpus_say(d, d->referents[paper].names[0].text.data));
    corpus_say(d, " said that ");
    stemma_span many = corpus_say(d, number == 2 ? "40 prisoners" : "more than 31 prisoners");
    corpus_mention(d, STEMMA_NONE, STEMMA_MENTION_QUANTITY, many);
    corpus_say(d, " went free with ");
    corpus_mention(d, minister, STEMMA_MENTION_NAME,
                   corpus_say(d, d->referents[minister].names[0].text.data));
    stemma_span there = corpus_say(d, " watching in the old harbour.");
    static const char *const raw[] = {"more than 31 prisoners", "more than 31 prisoners", "40 prisoners",
                                      "more than 31 prisoners"};
    stemma_object count = corpus_count(raw[number], number == 2 ? "40" : "31", "prisoner");
    count.as.quantity.modifier = number == 2 ? 0 : STEMMA_MODIFIER_MORE_THAN;
    count.as.quantity.lower = stemma_text_of(number == 2 ? "" : "32");
    stemma_assertion *made = corpus_assert(d, release, "patient", count, many);
    fill(made, d);
    quote(made, agency, paper);
    stemma_object harbour = corpus_place("", STEMMA_NONE);
    harbour.as.place.gazetteer = stemma_text_of("geo:77");
    harbour.as.place.latitude = 501234567;
    harbour.as.place.longitude = 0;
    harbour.as.place.radius = 300;
    corpus_assert(d, minister, "located", harbour, there)->polarity = STEMMA_POLARITY_NEGATIVE;
    corpus_assert(d, minister, "role", corpus_text("minister"), there)->tense = STEMMA_TENSE_PRESENT;
    stemma_object some = {.kind = STEMMA_OBJECT_SOME}, none = {.kind = STEMMA_OBJECT_NONE};
    corpus_assert(d, release, "agent", some, there);
    corpus_assert(d, person, "spouse", none, there);
    corpus_assert(d, place, "part_of", corpus_referent(agency), there);
    out->title = stemma_text_of("Freed");
    out->publisher = stemma_text_of("The Lamp");
    out->agency = stemma_text_of("Veskan Agency");
    out->byline = stemma_text_of("A. Writer");
    out->published.raw = stemma_text_of("May");
    out->retrieved = stemma_text_of("2031-06-01");
    out->media_type = stemma_text_of("text/plain");
    out->licence = stemma_text_of("CC0");
    out->furniture = furniture;
    out->furniture_count = 2;
    out->paragraphs = paragraphs;
    out->paragraph_count = 2;
    return d;
}

static uint8_t *make_full(size_t *size)
{
    making self;
    begin(&self);
    uint32_t documents[4];
    for (uint32_t i = 0; i < 4; i++) {
        documents[i] = add(&self, full_document(i));
    }
    for (uint32_t i = 1; i < 4; i++) {
        for (uint32_t referent = 0; referent < 5; referent++) {
            stemma_referent_id left = {documents[i - 1], referent}, right = {documents[i], referent};
            judge(&self, left, right, STEMMA_VERDICT_SAME, (uint16_t)(900 + i), NULL, "");
        }
    }
    stemma_referent_id a = {documents[0], 5}, b = {documents[1], 5}, c = {documents[2], 5};
    judge(&self, a, b, STEMMA_VERDICT_NOT_SAME, STEMMA_NO_CONFIDENCE, "A. Judge", "");
    judge(&self, b, c, STEMMA_VERDICT_UNSURE, 500, NULL, "");
    judge(&self, a, c, STEMMA_VERDICT_SAME, 300, "A. Judge", "2031-06-02");
    derive(&self, documents[1], documents[0], STEMMA_DERIVATION_COPY, NULL);
    derive(&self, documents[1], documents[0], STEMMA_DERIVATION_QUOTES, "A. Judge");
    derive(&self, documents[3], documents[2], STEMMA_DERIVATION_EXCERPT, NULL);
    return end(&self, size);
}

/* ---- Many ------------------------------------------------------------------------------------ */

static uint8_t *make_many(size_t *size, uint32_t count, int withheld)
{
    static const char *const people[] = {"Ada Lorn", "Ida Lorn", "Orsa Vell", "Tam Reed", "U. Karm"};
    static const char *const places[] = {"Veska", "Old Veska", "Karm", "Tolna"};
    making self;
    uint32_t numbers[64];
    begin(&self);
    for (uint32_t i = 0; i < count; i++) {
        char uri[32], raw[16], edtf[16];
        snprintf(uri, sizeof uri, "urn:many:%u", i);
        snprintf(raw, sizeof raw, "%u May 2031", 1 + i % 28);
        snprintf(edtf, sizeof edtf, "2031-05-%02u", 1 + i % 28);
        corpus_document *d = corpus_new(uri, edtf);
        corpus_release(d, people[i % 5], raw, edtf, places[i % 4]);
        d->document.text_withheld = (uint8_t)withheld;
        numbers[i] = add(&self, d);
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t step = 1; step < 12 && i + step < count; step++) {
            for (uint32_t referent = 0; referent < 3; referent++) {
                stemma_referent_id left = {numbers[i], referent}, right = {numbers[i + step], referent};
                uint8_t same = referent == 0 ? step % 5 == 0 : referent == 1 ? step % 4 == 0 : step == 7;
                if (same || step % 5 == 1) {
                    judge(&self, left, right, same ? STEMMA_VERDICT_SAME : STEMMA_VERDICT_NOT_SAME,
                          (uint16_t)(990 - 7 * step - i), NULL, "");
                }
            }
        }
        if (i % 4 == 3) {
            derive(&self, numbers[i], numbers[i - 2], (uint8_t)(1 + i % 5), i % 8 == 3 ? "A. Judge" : NULL);
        }
    }
    return end(&self, size);
}

/* ---- Pairs ----------------------------------------------------------------------------------- */

/* Every document has all three words, so that each pair of them is frequent [I-38]. One order is that of so few
   documents that "mine copper" has a list; the other pairs are common and only named. */
static const char *words_of(uint32_t number)
{
    return number % 151 == 0  ? "Mine, copper; old."
           : number % 5 == 0  ? "Copper old mine."
           : number % 17 == 0 ? "Old mine, old. Copper mine!"
                              : "Old copper mine.";
}

static uint8_t *make_pairs(size_t *size)
{
    making self;
    begin(&self);
    for (uint32_t i = 0; i < STEMMA_PAIR_LEAST + 1; i++) {
        char uri[16];
        snprintf(uri, sizeof uri, "u:%u", i);
        corpus_document *d = corpus_new(uri, i % 2 == 0 ? "" : i % 3 == 0 ? "2031-05-04" : "2031-05-05");
        if (i == 1) {
            corpus_release(d, "Ada Lorn", "4 May 2031", "2031-05-04", "Veska");
            corpus_say(d, " ");
        }
        d->document.language = stemma_text_of(i % 4 == 0 ? "" : "en");
        corpus_say(d, words_of(i));
        add(&self, d);
    }
    uint8_t *data = end(&self, size);
    image records;
    image_read(&records, data, *size);
    const image_table *pairs = image_table_of(&records, STM_TABLE_NEIGHBOUR);
    if (pairs == NULL || pairs->count == 0) {
        fprintf(stderr, "making a shape: no pair of words is frequent any more\n");
        abort();
    }
    image_free(&records);
    return data;
}

/* ---- The others ------------------------------------------------------------------------------ */

static uint8_t *make_articles(size_t *size)
{
    built_file built;
    built_file_make(&built, 4);
    uint8_t *data = image_load(built.path, size);
    built_file_remove(&built);
    return data;
}

static uint8_t *make_rows(size_t *size, int ordered)
{
    row_file rows;
    if (ordered) {
        row_file_make_ordered(&rows, 60);
    } else {
        row_file_make(&rows, 50, 1);
    }
    uint8_t *data = image_load(rows.path, size);
    row_file_remove(&rows);
    return data;
}

static uint8_t *make_deep(size_t *size)
{
    image_file file = {NULL, 0, 0};
    image records;
    size_t flat_size;
    uint8_t *flat = make_articles(&flat_size);
    image_read(&records, flat, flat_size);
    records.fanout = 3;
    image_write(&records, &file);
    image_free(&records);
    free(flat);
    *size = file.size;
    return file.data;
}

/* A block again, with the dictionary. What is before the block's own bytes (`head`: codec, size) stays. */
static void compress_again(image *records, image_table *table, image_record *record, size_t head,
                           ZSTD_CCtx *context, const image_bytes *dictionary)
{
    static uint8_t raw[1u << 20], packed[1u << 20];
    const uint8_t *data = record->value.data;
    size_t size = record->value.size - head;
    if (data[0] == 0) {
        memcpy(raw, data + head, size);
    } else {
        size = ZSTD_decompress(raw, sizeof raw, data + head, size);
    }
    memcpy(packed, data, head);
    packed[0] = 1;
    size_t made = ZSTD_compress_usingDict(context, packed + head, sizeof packed - head, raw, size,
                                          dictionary->data, dictionary->size, 3);
    if (ZSTD_isError(size) || ZSTD_isError(made)) {
        abort();
    }
    image_set(records, table, record, packed, head + made);
}

/* A dictionary that is nothing but a text of the file. */
static uint8_t *make_dictionary(size_t *size)
{
    static const char words[] = "gave the order. was freed on 3 March 2021 in Ministry of the January "
                                "October June justice.release and a text that stands in many others";
    const image_bytes dictionary = {(const uint8_t *)words, sizeof words - 1};
    image_file file = {NULL, 0, 0};
    image records;
    size_t flat_size;
    uint8_t *flat = make_articles(&flat_size);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (context == NULL) {
        abort();
    }
    image_read(&records, flat, flat_size);
    image_table *meta = image_table_of(&records, STM_TABLE_META);
    image_insert(&records, meta, "dictionary.text", 15, dictionary.data, dictionary.size);
    image_insert(&records, meta, "dictionary.testimony", 20, dictionary.data, dictionary.size);
    image_table *texts = image_table_of(&records, STM_TABLE_TEXT);
    for (size_t i = 0; i < texts->count; i++) {
        compress_again(&records, texts, &texts->records[i], 1, context, &dictionary);
    }
    image_table *testimony = image_table_of(&records, STM_TABLE_TESTIMONY);
    for (size_t i = 0; i < testimony->count; i++) {
        compress_again(&records, testimony, &testimony->records[i], 5, context, &dictionary);
    }
    image_write(&records, &file);
    image_free(&records);
    ZSTD_freeCCtx(context);
    free(flat);
    *size = file.size;
    return file.data;
}

const char *shape_name(shape which)
{
    static const char *const names[SHAPE_COUNT] = {"tiny", "full", "articles", "rows",     "ordered",
                                                   "many", "deep", "dictionary", "withheld", "pairs"};
    return names[which];
}

uint8_t *shape_make(shape which, size_t *size)
{
    switch (which) {
    case SHAPE_TINY:
        return make_tiny(size);
    case SHAPE_FULL:
        return make_full(size);
    case SHAPE_ARTICLES:
        return make_articles(size);
    case SHAPE_ROWS:
        return make_rows(size, 0);
    case SHAPE_ORDERED:
        return make_rows(size, 1);
    case SHAPE_MANY:
        return make_many(size, 24, 0);
    case SHAPE_DEEP:
        return make_deep(size);
    case SHAPE_DICTIONARY:
        return make_dictionary(size);
    case SHAPE_WITHHELD:
        return make_many(size, 6, 1);
    case SHAPE_PAIRS:
        return make_pairs(size);
    default:
        abort();
    }
}
