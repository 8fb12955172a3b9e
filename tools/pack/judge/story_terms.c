/* SPDX-License-Identifier: MIT */
#include "pack/judge/story_terms.h"

#include "pack/judge/event_word.h"
#include "base/parallel.h"

#include <stdlib.h>

#include <xxhash.h>

#define WORDS_READ 4000u /* words of a document; what comes later says nothing new of its subject  \
                          */
#define SHORTEST     3u  /* bytes of a word that counts */
#define WORD_BYTES   64u
#define NAME_WEIGHT  3u         /* a capital inside a sentence counts for so many words */
#define SAMPLE       (4u << 20) /* words of documents that are counted at all */
#define WINDOW       256u       /* documents read between two looks at memory */
#define STRIPE       16u        /* documents that a thread reads at a time */
#define PRIOR        16u        /* documents that every corpus is thought to have besides its own */
#define LARGE        40u        /* documents from which on a word that one alone has says nothing */
#define GRAMMAR_SIZE 1024u      /* slots for the words of grammar */

/* Words of grammar: they say nothing of what a text is about. */
static const char GRAMMAR[] =
    "about above after again against all also although among and another any are around because "
    "been "
    "before being below between both but can could did does doing down during each either else "
    "even "
    "every few for from further had has have having her here hers herself him himself his how "
    "however "
    "into its itself just like made make many may might more most much must myself neither nor not "
    "now "
    "off often once one only other our ours out over own per quite rather said same say says shall "
    "she "
    "should since some still such than that the their theirs them themselves then there these they "
    "this "
    "those though through thus too two under until upon very via was well were what when where "
    "whether "
    "which while who whom whose why will with within without would yet you your yours";

struct word_count {
    uint64_t hash;
    uint32_t count;
};

/* The distinct words of some documents in a row. */
struct reading {
    const struct stm_judge_input *input;
    uint64_t grammar[GRAMMAR_SIZE]; /* hashes, open addressing */
    uint32_t from;                  /* document that the window begins with */
    uint32_t count;                 /* documents in it */
    struct stm_arena arenas[WINDOW / STRIPE];
    struct word_count *words[WINDOW];
    uint32_t word_count[WINDOW];
    stemma_status status[WINDOW / STRIPE];
};

static int is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static int is_grammar(const uint64_t *grammar, uint64_t hash)
{
    uint32_t slot = (uint32_t)(hash >> 20) % GRAMMAR_SIZE;
    while (grammar[slot] != 0 && grammar[slot] != hash) {
        slot = (slot + 1) % GRAMMAR_SIZE;
    }
    return grammar[slot] == hash;
}

static uint64_t hash_of(stemma_text word)
{
    char stem[STM_STEM_SIZE];
    size_t size = stm_stem(word, stem);
    return XXH64(stem, size, 7);
}

static void fill_grammar(uint64_t *grammar)
{
    for (const char *at = GRAMMAR; *at != 0;) {
        stemma_text word = {at, strcspn(at, " ")};
        uint64_t hash = hash_of(word);
        uint32_t slot = (uint32_t)(hash >> 20) % GRAMMAR_SIZE;
        while (grammar[slot] != 0 && grammar[slot] != hash) {
            slot = (slot + 1) % GRAMMAR_SIZE;
        }
        grammar[slot] = hash;
        at += word.size + (at[word.size] == ' ');
    }
}

static int compare_words(const void *left, const void *right)
{
    const struct word_count *a = left;
    const struct word_count *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Reads the words of a document into `words`, which has room for WORDS_READ. Returns how many
   distinct ones. */
static uint32_t read_words(const stemma_document *document, const uint64_t *grammar,
                           struct word_count *words)
{
    stemma_text text = document->text;
    uint32_t count = 0;
    uint32_t sentence = 0;
    uint32_t furniture = 0;
    int fresh = 1; /* no word of the sentence was read yet */
    for (size_t i = 0; i < text.size && count < WORDS_READ;) {
        while (furniture < document->furniture_count && document->furniture[furniture].end <= i) {
            furniture++;
        }
        if (furniture < document->furniture_count && document->furniture[furniture].start <= i) {
            i = document->furniture[furniture].end > i ? document->furniture[furniture].end : i + 1;
            continue;
        }
        if (!is_letter((uint8_t)text.data[i])) {
            i++;
            continue;
        }
        size_t start = i;
        while (i < text.size && is_letter((uint8_t)text.data[i])) {
            i++;
        }
        while (sentence < document->sentence_count && document->sentences[sentence] <= start) {
            sentence++;
            fresh = 1;
        }
        int capital = text.data[start] >= 'A' && text.data[start] <= 'Z' && !fresh;
        size_t size = i - start;
        fresh = 0;
        if (size < SHORTEST || size > WORD_BYTES) {
            continue;
        }
        stemma_text word = {text.data + start, size};
        uint64_t hash = hash_of(word);
        if (is_grammar(grammar, hash)) {
            continue;
        }
        words[count].hash = hash;
        words[count++].count = capital ? NAME_WEIGHT : 1;
    }
    if (count != 0) {
        qsort(words, count, sizeof *words, compare_words);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept != 0 && words[kept - 1].hash == words[i].hash) {
            words[kept - 1].count += words[i].count;
        } else {
            words[kept++] = words[i];
        }
    }
    return kept;
}

static void read_stripe(void *context, size_t stripe)
{
    struct reading *reading = context;
    struct stm_arena *arena = &reading->arenas[stripe];
    uint32_t end = (uint32_t)(stripe + 1) * STRIPE;
    struct word_count *all = malloc(WORDS_READ * sizeof *all);
    reading->status[stripe] = all == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    for (uint32_t i = (uint32_t)stripe * STRIPE;
         reading->status[stripe] == STEMMA_OK && i < end && i < reading->count; i++) {
        uint32_t count =
            read_words(reading->input->documents[reading->from + i], reading->grammar, all);
        reading->words[i] = stm_arena_alloc(arena, count, sizeof *all);
        if (reading->words[i] == NULL) {
            reading->status[stripe] = STEMMA_E_NO_MEMORY;
            break;
        }
        memcpy(reading->words[i], all, count * sizeof *all);
        reading->word_count[i] = count;
    }
    free(all);
}

/* Reads a window of documents; end_window() is due in any case. */
static stemma_status read_window(struct reading *reading, uint32_t from)
{
    uint32_t left = reading->input->document_count - from;
    size_t stripes;
    stemma_status status = STEMMA_OK;
    reading->from = from;
    reading->count = left < WINDOW ? left : WINDOW;
    stripes = (reading->count + STRIPE - 1) / STRIPE;
    for (size_t s = 0; s < WINDOW / STRIPE; s++) {
        stm_arena_init(&reading->arenas[s], 0);
        reading->status[s] = STEMMA_OK;
    }
    stm_parallel(reading->input->jobs > 0 ? reading->input->jobs : 1, stripes, read_stripe,
                 reading);
    for (size_t s = 0; s < stripes; s++) {
        status = reading->status[s] != STEMMA_OK ? reading->status[s] : status;
    }
    return status;
}

static void end_window(struct reading *reading)
{
    for (size_t s = 0; s < WINDOW / STRIPE; s++) {
        stm_arena_free(&reading->arenas[s]);
    }
}

/* ---- How rare words are ---------------------------------------------------------------------- */

/* Words by number, with how many documents have them. */
struct lexicon {
    uint64_t *hashes; /* open addressing, 0: free */
    uint32_t *documents;
    uint32_t *number;
    uint32_t mask;
    uint32_t count;
    uint32_t step; /* one document in so many was counted */
};

static uint32_t slot_of(const struct lexicon *lexicon, uint64_t hash)
{
    uint32_t slot = (uint32_t)(hash >> 20) & lexicon->mask;
    while (lexicon->hashes[slot] != 0 && lexicon->hashes[slot] != hash) {
        slot = (slot + 1) & lexicon->mask;
    }
    return slot;
}

static stemma_status grow_lexicon(struct lexicon *lexicon, struct stm_arena *arena)
{
    if (lexicon->hashes != NULL && lexicon->count * 2 <= lexicon->mask) {
        return STEMMA_OK;
    }
    struct lexicon old = *lexicon;
    size_t slots = old.hashes == NULL ? 1u << 14 : ((size_t)old.mask + 1) * 2;
    lexicon->hashes = stm_arena_alloc(arena, slots, sizeof *lexicon->hashes);
    lexicon->documents = stm_arena_alloc(arena, slots, sizeof *lexicon->documents);
    lexicon->number = stm_arena_alloc(arena, slots, sizeof *lexicon->number);
    if (lexicon->hashes == NULL || lexicon->documents == NULL || lexicon->number == NULL) {
        *lexicon = old;
        return STEMMA_E_NO_MEMORY;
    }
    lexicon->mask = (uint32_t)(slots - 1);
    for (size_t i = 0; old.hashes != NULL && i <= old.mask; i++) {
        if (old.hashes[i] != 0) {
            uint32_t slot = slot_of(lexicon, old.hashes[i]);
            lexicon->hashes[slot] = old.hashes[i];
            lexicon->documents[slot] = old.documents[i];
            lexicon->number[slot] = old.number[i];
        }
    }
    return STEMMA_OK;
}

static stemma_status count_words(struct reading *reading, struct stm_arena *arena,
                                 struct lexicon *lexicon)
{
    const struct stm_judge_input *input = reading->input;
    uint64_t bytes = 0;
    stemma_status status = grow_lexicon(lexicon, arena);
    for (uint32_t d = 0; d < input->document_count; d++) {
        size_t size = input->documents[d]->text.size;
        bytes += size < WORDS_READ * 6 ? size : WORDS_READ * 6;
    }
    /* Twelve bytes of text make a word that was not read before in the document, about. */
    lexicon->step = (uint32_t)(bytes / 12 / SAMPLE) + 1;
    for (uint32_t from = 0; status == STEMMA_OK && from < input->document_count; from += WINDOW) {
        status = read_window(reading, from);
        for (uint32_t i = 0; status == STEMMA_OK && i < reading->count; i++) {
            if ((from + i) % lexicon->step != 0) {
                continue;
            }
            for (uint32_t w = 0; status == STEMMA_OK && w < reading->word_count[i]; w++) {
                uint64_t hash = reading->words[i][w].hash;
                uint32_t slot = slot_of(lexicon, hash);
                if (lexicon->hashes[slot] == 0) {
                    lexicon->hashes[slot] = hash;
                    lexicon->number[slot] = lexicon->count++;
                }
                lexicon->documents[slot]++;
                status = grow_lexicon(lexicon, arena);
            }
        }
        end_window(reading);
        stm_judge_step(input, arena, "reading words", from, input->document_count);
    }
    return status;
}

/* The logarithm to base 2 of a number above 0, in sixteenths. */
static uint32_t log_of(uint64_t number)
{
    uint32_t whole = 63u - (uint32_t)__builtin_clzll(number);
    /* The next bits, with the largest error of a straight line taken back. */
    uint64_t rest = whole >= 8 ? (number >> (whole - 8)) - 256 : (number << (8 - whole)) - 256;
    uint64_t bend = rest * (256 - rest) / 256 * 88 / 256;
    return whole * 16 + (uint32_t)((rest + bend) / 16);
}

static uint32_t root_of(uint64_t number)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit != 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= number) {
            root |= bit;
        }
    }
    return (uint32_t)root;
}

static int compare_weights(const void *left, const void *right)
{
    const struct stm_story_term *a = left;
    const struct stm_story_term *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return (a->term > b->term) - (a->term < b->term);
}

static int compare_terms(const void *left, const void *right)
{
    const struct stm_story_term *a = left;
    const struct stm_story_term *b = right;
    return (a->term > b->term) - (a->term < b->term);
}

/* The most telling words of one document. Returns how many. */
static uint32_t weigh(const struct lexicon *lexicon, uint32_t all, const struct word_count *words,
                      uint32_t count, struct stm_story_term *out)
{
    uint32_t kept = 0;
    uint64_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = slot_of(lexicon, words[i].hash);
        if (lexicon->hashes[slot] == 0) {
            continue; /* in no document that was counted */
        }
        uint64_t documents = (uint64_t)lexicon->documents[slot] * lexicon->step;
        if (documents == 1 && all >= LARGE) {
            continue;
        }
        uint32_t rare = log_of(((uint64_t)all + PRIOR) * 256 / documents) - 128;
        uint32_t often = 16 + log_of(words[i].count);
        out[kept].term = lexicon->number[slot];
        out[kept].weight = rare * rare / 16 * often; /* a word of few documents tells most */
        length += (uint64_t)out[kept].weight * out[kept].weight;
        kept++;
    }
    if (kept > STM_STORY_TERMS) {
        qsort(out, kept, sizeof *out, compare_weights);
        kept = STM_STORY_TERMS;
    }
    uint32_t root = root_of(length);
    for (uint32_t i = 0; i < kept; i++) {
        out[i].weight = root == 0 ? 0 : (uint32_t)((uint64_t)out[i].weight * STM_STORY_UNIT / root);
    }
    if (kept != 0) {
        qsort(out, kept, sizeof *out, compare_terms);
    }
    return kept;
}

static stemma_status weigh_all(struct reading *reading, const struct lexicon *lexicon,
                               struct stm_arena *arena, struct stm_stories *stories)
{
    const struct stm_judge_input *input = reading->input;
    const uint32_t all = input->document_count;
    size_t count = 0;
    size_t capacity = 0;
    stemma_status status = STEMMA_OK;
    struct stm_story_term *scratch = malloc(WORDS_READ * sizeof *scratch);
    stories->first = stm_arena_alloc(arena, (size_t)all + 1, sizeof *stories->first);
    if (scratch == NULL || stories->first == NULL) {
        free(scratch);
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t from = 0; status == STEMMA_OK && from < all; from += WINDOW) {
        status = read_window(reading, from);
        for (uint32_t i = 0; status == STEMMA_OK && i < reading->count; i++) {
            uint32_t kept = weigh(lexicon, all, reading->words[i], reading->word_count[i], scratch);
            stories->first[from + i] = count;
            for (uint32_t k = 0; status == STEMMA_OK && k < kept; k++) {
                status = stm_arena_grow(arena, &stories->terms, count, &capacity,
                                        sizeof *stories->terms);
                if (status == STEMMA_OK) {
                    stories->terms[count++] = scratch[k];
                }
            }
        }
        end_window(reading);
        stm_judge_step(input, arena, "weighing words", from, all);
    }
    stories->first[all] = count;
    free(scratch);
    return status;
}

stemma_status stm_story_terms(const struct stm_judge_input *input, struct stm_arena *arena,
                              struct stm_stories *stories, uint32_t *term_count)
{
    struct stm_arena scratch;
    struct lexicon lexicon;
    memset(&lexicon, 0, sizeof lexicon);
    stm_arena_init_in(&scratch, arena->memory);
    struct reading *reading = stm_arena_alloc(&scratch, 1, sizeof *reading);
    stemma_status status = reading == NULL ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    if (status == STEMMA_OK) {
        reading->input = input;
        fill_grammar(reading->grammar);
        status = count_words(reading, &scratch, &lexicon);
    }
    if (status == STEMMA_OK) {
        status = weigh_all(reading, &lexicon, arena, stories);
    }
    *term_count = lexicon.count;
    stm_arena_free(&scratch);
    return status;
}
