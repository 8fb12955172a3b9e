/* SPDX-License-Identifier: MIT */
/* stemma-train names: the section `names` out of text in which names are marked. */
#include "train/names.h"

#include "common/exit_codes.h"
#include "train/command.h"
#include "train/file.h"
#include "train/gazetteer.h"
#include "train/names_disguise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDS         2u
#define DEFAULT_ROWS  300000u
#define MOST_SOURCES  256u
#define MOST_WEIGHTS  16u
#define RATE          0.05f
#define DECAY         0.0001f

struct settings {
    const char *train[MOST_SOURCES];
    const char *dev[MOST_SOURCES];
    size_t train_count;
    size_t dev_count;
    const char *model;
    const char *gazetteer;
    const char *corpora; /* of lists of names; NULL: no disguise */
    uint32_t disguised;  /* copies of each text with other names */
    const char *out;
    uint32_t epochs;
    uint32_t rows;
    uint32_t off;
    int show;
    uint32_t least; /* times that a feature must be met */
    uint32_t drop;
    float rate;
    float decay;
    uint32_t orders;
    const char *weights[MOST_WEIGHTS]; /* "PART=WEIGHT": of sources whose path has PART in it */
    size_t weight_count;
};

static void grow_dictionary(struct names_dictionary *d, uint32_t size)
{
    d->mask = size - 1;
    d->slots = stm_train_alloc(size, sizeof *d->slots);
    d->seen = stm_train_alloc(size, 1);
    d->keys = stm_train_alloc(size, sizeof *d->keys);
}

static uint32_t slot_of(const struct names_dictionary *d, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash ^ hash >> 33) & d->mask;
    while (d->seen[at] != 0 && d->keys[at] != hash) {
        at = (at + 1) & d->mask;
    }
    return at;
}

/* Features of all tokens, as hashes; each met is counted. */
static void count_features(struct names_dictionary *d, const struct names_text *texts, size_t count)
{
    uint64_t features[STM_NAME_FEATURES];
    for (size_t i = 0; i < count; i++) {
        for (uint32_t t = 0; t < texts[i].ann.token_count; t++) {
            size_t n = stm_name_features(&texts[i].view, t, features);
            for (size_t k = 0; k < n; k++) {
                uint32_t slot = slot_of(d, features[k]);
                d->keys[slot] = features[k];
                d->seen[slot] = (uint8_t)(d->seen[slot] < 255 ? d->seen[slot] + 1 : 255);
            }
        }
    }
}

static void number_features(struct names_dictionary *d, uint32_t least, uint32_t spare)
{
    for (uint32_t at = 0; at <= d->mask; at++) {
        d->count += d->seen[at] >= least;
    }
    d->hashes = stm_train_alloc((size_t)d->count + spare, sizeof *d->hashes);
    d->times = stm_train_alloc((size_t)d->count + spare, 1);
    memset(d->times, 255, (size_t)d->count + spare); /* of the history: all */
    uint32_t number = 0;
    for (uint32_t at = 0; at <= d->mask; at++) {
        if (d->seen[at] >= least) {
            d->times[number] = d->seen[at];
            d->hashes[number++] = d->keys[at];
            d->slots[at] = number;
        }
    }
}

static uint32_t *numbers_of(const struct names_dictionary *d, const uint64_t *features, size_t n,
                            uint32_t *count)
{
    uint32_t *numbers = stm_train_alloc(n + 1, sizeof *numbers);
    *count = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t slot = slot_of(d, features[k]);
        if (d->seen[slot] != 0 && d->slots[slot] != 0) {
            numbers[(*count)++] = d->slots[slot] - 1;
        }
    }
    return numbers;
}

static void look_up_features(const struct names_dictionary *d, struct names_text *text)
{
    uint64_t features[STM_NAME_FEATURES];
    uint32_t tokens = text->ann.token_count;
    text->features = stm_train_alloc((size_t)tokens + 1, sizeof *text->features);
    text->counts = stm_train_alloc((size_t)tokens + 1, sizeof *text->counts);
    for (uint32_t t = 0; t < tokens; t++) {
        size_t n = stm_name_features(&text->view, t, features);
        text->features[t] = numbers_of(d, features, n, &text->counts[t]);
    }
}

/* New features get numbers as they come. */
static void look_up_history(struct names_dictionary *d, struct names_text *text, uint32_t limit)
{
    uint64_t features[STM_NAME_HISTORY_FEATURES];
    uint32_t tokens = text->ann.token_count;
    stm_name_view_label(&text->view, text->guesses);
    text->history = stm_train_alloc((size_t)tokens + 1, sizeof *text->history);
    text->history_counts = stm_train_alloc((size_t)tokens + 1, sizeof *text->history_counts);
    for (uint32_t t = 0; t < tokens; t++) {
        size_t n = stm_name_history_features(&text->view, text->guesses, t, features);
        for (size_t k = 0; k < n && d->count < limit; k++) {
            uint32_t slot = slot_of(d, features[k]);
            if (d->seen[slot] == 0) {
                d->keys[slot] = features[k];
                d->seen[slot] = 1;
                d->hashes[d->count++] = features[k];
                d->slots[slot] = d->count;
            }
        }
        text->history[t] = numbers_of(d, features, n, &text->history_counts[t]);
    }
}

static struct crf_sentence sentence_of(const struct names_text *text, uint32_t s, int history)
{
    uint32_t first = text->ann.sentences[s].first;
    struct crf_sentence sentence;
    memset(&sentence, 0, sizeof sentence);
    sentence.features = (const uint32_t *const *)(text->features + first);
    sentence.counts = text->counts + first;
    if (history) {
        sentence.extra = (const uint32_t *const *)(text->history + first);
        sentence.extra_counts = text->history_counts + first;
    }
    sentence.labels = text->labels + first;
    sentence.length = text->ann.sentences[s].count;
    sentence.weight = text->weight;
    return sentence;
}

/* Trains on the texts whose number is not `without` modulo `folds`; with `history`, each sentence
   is met with what the first pass said and without. */
static void train_on(struct crf *crf, const struct names_text *texts, size_t count, size_t folds,
                     size_t without, int history, uint32_t epochs,
                     const struct settings *set)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += texts[i].ann.sentence_count * 2;
    }
    struct crf_sentence *sentences = stm_train_alloc(total + 1, sizeof *sentences);
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (folds != 0 && i % folds == without) {
            continue;
        }
        for (uint32_t s = 0; s < texts[i].ann.sentence_count; s++) {
            sentences[taken++] = sentence_of(&texts[i], s, 0);
            if (history) {
                sentences[taken++] = sentence_of(&texts[i], s, 1);
            }
        }
    }
    struct crf_options options = {epochs, set->rate, set->decay, set->drop, set->orders};
    crf_train(crf, sentences, taken, &options);
    free(sentences);
}

static void label_text(const struct crf *crf, struct names_text *text, int history)
{
    for (uint32_t s = 0; s < text->ann.sentence_count; s++) {
        struct crf_sentence sentence = sentence_of(text, s, history);
        crf_label(crf, &sentence, text->guesses + text->ann.sentences[s].first);
    }
}

/* Labels that a model gives which has not seen the text. */
static void guess_in_folds(struct names_text *texts, size_t count, uint32_t features,
                           uint32_t epochs, const struct settings *set)
{
    for (size_t fold = 0; fold < FOLDS; fold++) {
        struct crf crf;
        crf_init(&crf, features);
        train_on(&crf, texts, count, FOLDS, fold, 0, epochs, set);
        for (size_t i = fold; i < count; i += FOLDS) {
            label_text(&crf, &texts[i], 0);
        }
        crf_free(&crf);
    }
}

static void print_tally(const char *name, const struct names_tally *t)
{
    static const char *const classes[] = {"PER", "ORG", "LOC", "NORP"};
    const char *base = strrchr(name, '/');
    printf("%-28.28s %.3f ", base == NULL ? name : base + 1, names_f1(t));
    for (unsigned k = 0; k < STM_NAME_CLASSES; k++) {
        uint64_t all = t->found[k] + t->gold[k];
        printf(" %s %.3f", classes[k], all == 0 ? 0 : 2 * (double)t->right[k] / (double)all);
    }
    printf("\n");
}

/* As the reader will label it: integers, two passes. */
static void label_as_read(const struct stm_sequence *sequence, struct names_text *text)
{
    uint32_t tokens = text->ann.token_count;
    int32_t *scores = stm_train_alloc((size_t)tokens + 1, sizeof(int32_t) * STM_SEQUENCE_LABELS);
    uint8_t *back = stm_train_alloc((size_t)tokens + 1, STM_SEQUENCE_LABELS);
    uint64_t features[STM_NAME_FEATURES];
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t t = 0; t < tokens; t++) {
            size_t n = pass == 0
                           ? stm_name_features(&text->view, t, features)
                           : stm_name_history_features(&text->view, text->guesses, t, features);
            stm_sequence_add(sequence, features, n, scores + (size_t)t * STM_SEQUENCE_LABELS);
        }
        for (uint32_t s = 0; s < text->ann.sentence_count; s++) {
            uint32_t first = text->ann.sentences[s].first;
            stm_sequence_best(sequence, scores + (size_t)first * STM_SEQUENCE_LABELS,
                              text->ann.sentences[s].count, back, text->guesses + first);
        }
        stm_name_view_label(&text->view, text->guesses);
    }
    free(scores);
    free(back);
}

static void show_differences(const struct names_text *text)
{
    static const char *const names[] = {"PER", "ORG", "LOC", "NORP", "-"};
    const struct stm_annotation *ann = &text->ann;
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        uint32_t first = ann->sentences[s].first;
        uint32_t end = first + ann->sentences[s].count;
        if (memcmp(text->guesses + first, text->labels + first, end - first) == 0) {
            continue;
        }
        for (int side = 0; side < 2; side++) {
            const uint8_t *labels = side == 0 ? text->labels : text->guesses;
            printf(side == 0 ? "G " : "F ");
            for (uint32_t i = first; i < end; i++) {
                if (labels[i] != 0 && !stm_label_is_inside(labels[i])) {
                    printf("[%s ", names[stm_label_class(labels[i])]);
                }
                printf("%.*s", (int)(ann->tokens[i].end - ann->tokens[i].start),
                       ann->text.data + ann->tokens[i].start);
                int more = i + 1 < end && stm_label_is_inside(labels[i + 1]);
                printf(labels[i] != 0 && !more ? "] " : " ");
            }
            printf("\n");
        }
    }
}

static void measure(const struct settings *set, const struct stm_model *model,
                    const struct stm_gazetteer *gazetteer, const struct stm_sequence *sequence)
{
    for (size_t i = 0; i < set->dev_count; i++) {
        struct names_corpus corpus = {NULL, 0, 0};
        struct names_tally tally;
        memset(&tally, 0, sizeof tally);
        if (names_corpus_read(&corpus, set->dev[i], 0) != 0) {
            continue;
        }
        struct names_text *texts = names_read_texts(&corpus, model, gazetteer, set->off);
        for (size_t k = 0; k < corpus.count; k++) {
            label_as_read(sequence, &texts[k]);
            names_compare(&texts[k], &tally);
            if (set->show) {
                show_differences(&texts[k]);
            }
        }
        print_tally(set->dev[i], &tally);
        names_free_texts(texts, corpus.count);
        names_corpus_free(&corpus);
    }
}

/* What sentences of a source count for. */
static float weight_of(const struct settings *set, const char *source)
{
    float weight = 1;
    for (size_t i = 0; i < set->weight_count; i++) {
        const char *equals = strchr(set->weights[i], '=');
        char part[64];
        (void)snprintf(part, sizeof part, "%.*s", (int)(equals - set->weights[i]), set->weights[i]);
        if (strstr(source, part) != NULL) {
            weight = strtof(equals + 1, NULL);
        }
    }
    return weight;
}

/* The texts of all sources; those of our own sentences a second time in disguise. */
static struct names_text *read_sources(struct names_corpus *corpus, const struct settings *set,
                                       const struct stm_model *model,
                                       const struct stm_gazetteer *gazetteer)
{
    struct names_pool pool;
    size_t ends[MOST_SOURCES];
    memset(&pool, 0, sizeof pool);
    if (set->corpora != NULL && names_pool_read(&pool, set->corpora) != 0) {
        stm_train_fail("names: no names to disguise with");
    }
    for (size_t i = 0; i < set->train_count; i++) {
        size_t first = corpus->count;
        if (names_corpus_read(corpus, set->train[i], 0) != 0) {
            exit(STM_EXIT_USAGE);
        }
        size_t end = corpus->count;
        uint32_t copies = pool.count != 0 && strstr(set->train[i], "sentences") != NULL ? set->disguised : 0;
        for (uint32_t copy = 0; copy < copies; copy++) {
            for (size_t k = first; k < end; k++) {
                names_disguise(corpus, k, &pool, k * 16 + copy);
            }
        }
        ends[i] = corpus->count;
    }
    names_pool_free(&pool);
    struct names_text *texts = names_read_texts(corpus, model, gazetteer, set->off);
    for (size_t i = 0, k = 0; i < set->train_count; i++) {
        for (float weight = weight_of(set, set->train[i]); k < ends[i]; k++) {
            texts[k].weight = weight;
        }
    }
    return texts;
}

static uint8_t *train(const struct settings *set, const struct stm_model *model,
                      const struct stm_gazetteer *gazetteer, size_t *size)
{
    struct names_corpus corpus = {NULL, 0, 0};
    struct names_text *texts = read_sources(&corpus, set, model, gazetteer);
    struct names_dictionary d;
    memset(&d, 0, sizeof d);
    uint32_t spare = 1u << 16;
    grow_dictionary(&d, 1u << 25);
    count_features(&d, texts, corpus.count);
    number_features(&d, set->least, spare);
    uint32_t limit = d.count + spare;
    for (size_t i = 0; i < corpus.count; i++) {
        look_up_features(&d, &texts[i]);
    }
    int history = (set->off & STM_FAMILY_HISTORY) == 0;
    fprintf(stderr, "names: %zu texts, %u features\n", corpus.count, d.count);
    if (history) {
        guess_in_folds(texts, corpus.count, limit, set->epochs / 2, set);
        for (size_t i = 0; i < corpus.count; i++) {
            look_up_history(&d, &texts[i], limit);
        }
    }
    struct crf crf;
    crf_init(&crf, limit);
    train_on(&crf, texts, corpus.count, 0, 0, history, set->epochs, set);
    uint8_t *section = crf_section(&crf, d.hashes, d.times, set->rows, size);
    crf_free(&crf);
    free(d.hashes);
    free(d.times);
    free(d.slots);
    free(d.seen);
    free(d.keys);
    names_free_texts(texts, corpus.count);
    names_corpus_free(&corpus);
    return section;
}

static int parse(struct settings *set, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--show") == 0) {
            set->show = 1;
            continue;
        }
        if (strcmp(argv[i], "-o") == 0 && value != NULL) {
            set->out = value;
        } else if (strcmp(argv[i], "--model") == 0 && value != NULL) {
            set->model = value;
        } else if (strcmp(argv[i], "--corpora") == 0 && value != NULL) {
            set->corpora = value;
        } else if (strcmp(argv[i], "--disguised") == 0 && value != NULL) {
            set->disguised = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--gazetteer") == 0 && value != NULL) {
            set->gazetteer = value;
        } else if (strcmp(argv[i], "--dev") == 0 && value != NULL && set->dev_count < MOST_SOURCES) {
            set->dev[set->dev_count++] = value;
        } else if (strcmp(argv[i], "--epochs") == 0 && value != NULL) {
            set->epochs = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--rows") == 0 && value != NULL) {
            set->rows = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--least") == 0 && value != NULL) {
            set->least = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--drop") == 0 && value != NULL) {
            set->drop = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--weight") == 0 && value != NULL && strchr(value, '=') != NULL &&
                   set->weight_count < MOST_WEIGHTS) {
            set->weights[set->weight_count++] = value;
        } else if (strcmp(argv[i], "--orders") == 0 && value != NULL) {
            set->orders = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--rate") == 0 && value != NULL) {
            set->rate = strtof(value, NULL);
        } else if (strcmp(argv[i], "--decay") == 0 && value != NULL) {
            set->decay = strtof(value, NULL);
        } else if (strcmp(argv[i], "--without") == 0 && value != NULL) {
            set->off = (uint32_t)strtoul(value, NULL, 0);
        } else if (argv[i][0] != '-' && set->train_count < MOST_SOURCES) {
            set->train[set->train_count++] = argv[i];
            continue;
        } else {
            return -1;
        }
        i++;
    }
    return set->model != NULL && (set->out != NULL || set->dev_count != 0) ? 0 : -1;
}

int stm_train_names(int argc, char **argv)
{
    struct settings set = {.epochs = 5, .rows = DEFAULT_ROWS, .least = 3, .disguised = 1, .drop = 300, .rate = RATE, .decay = DECAY};
    if (parse(&set, argc, argv) != 0) {
        fprintf(stderr, "stemma-train names: wrong arguments\n");
        return STM_EXIT_USAGE;
    }
    struct stm_model *model;
    stemma_error error;
    if (stm_model_open(&model, set.model, &error) != STEMMA_OK) {
        stm_train_fail("names: %s: %s", set.model, error.message);
    }
    struct stm_gazetteer gazetteer;
    char *lists = NULL;
    size_t lists_size = 0;
    const void *section = stm_model_section(model, "gazetteer", &lists_size);
    if (set.gazetteer != NULL) {
        section = lists = stm_train_read(set.gazetteer, &lists_size);
    }
    int known = stm_gazetteer_open(&gazetteer, section, lists_size) == 0;
    size_t size = 0;
    uint8_t *bytes = NULL;
    const uint8_t *trained = stm_model_section(model, "names", &size);
    if (set.train_count != 0) {
        trained = bytes = train(&set, model, known ? &gazetteer : NULL, &size);
    }
    struct stm_sequence sequence;
    if (stm_sequence_open(&sequence, trained, size) != 0) {
        stm_train_fail("names: no section to measure");
    }
    measure(&set, model, known ? &gazetteer : NULL, &sequence);
    if (set.out != NULL) {
        stm_train_write(set.out, trained, size);
    }
    fprintf(stderr, "names: %zu bytes\n", size);
    free(bytes);
    free(lists);
    stm_model_close(model);
    return 0;
}

int stm_train_gazetteer(int argc, char **argv)
{
    if (argc != 5 || strcmp(argv[3], "-o") != 0) {
        fprintf(stderr, "usage: stemma-train gazetteer CORPORA LISTS -o OUT\n");
        return STM_EXIT_USAGE;
    }
    size_t size;
    uint8_t *bytes = train_gazetteer(argv[1], argv[2], &size);
    if (bytes == NULL) {
        stm_train_fail("gazetteer: the lists could not be read");
    }
    stm_train_write(argv[4], bytes, size);
    fprintf(stderr, "gazetteer: %zu bytes\n", size);
    free(bytes);
    return 0;
}
