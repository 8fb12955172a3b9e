/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_scene.h"

#include "base/parallel.h"
#include "name/name_token.h"
#include "pack/extract/lexicon.h"

#include <stdlib.h>

#include <xxhash.h>

#define SMALL_CORPUS   20u /* documents: in fewer, how many name something says nothing */
#define COMMON_LEAST   8u  /* documents that name something before it may be common */
#define COMMON_SHARE   4u  /* and it is in every so-manieth document */
#define SCENE_MOST     24u
#define NAMES_LOOKED   256u /* mentions of a sentence or paragraph that are looked at */
#define DATELINE_BYTES 80u
#define SENTENCE_MOST  1000u /* bytes of a sentence whose capitals are looked at */
#define STRIPE         16u   /* documents that a thread reads at a time */
#define WINDOW         512u  /* documents between two looks at time and memory */

/* What is known of each cluster of entities, by its root. */
struct fame {
    uint32_t *documents;
    uint32_t *last;
    uint8_t *state;
    uint32_t most; /* documents that name what is not yet common */
};

/* An entity named in a sentence. */
struct named {
    uint32_t sentence;
    uint32_t start;
    uint32_t node;
};

static int is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (uint8_t)c >= 0x80;
}

/* Where the sentence goes on after "HARBOURTOWN, June 3 (Agency) - ". */
static uint32_t after_dateline(stemma_text text, stemma_span sentence)
{
    uint32_t end = sentence.end - sentence.start > DATELINE_BYTES ? sentence.start + DATELINE_BYTES
                                                                  : sentence.end;
    if (end - sentence.start < 4) {
        return sentence.start;
    }
    int shouted = is_upper(text.data[sentence.start]) && is_upper(text.data[sentence.start + 1]);
    for (uint32_t i = sentence.start + 2; i + 2 < end; i++) {
        const char *at = text.data + i;
        int hyphen = at[0] == '-' && at[-1] == ' ' && at[1] == ' ';
        int dash = memcmp(at, "\xE2\x80\x93", 3) == 0 || memcmp(at, "\xE2\x80\x94", 3) == 0;
        if ((hyphen || dash) && (shouted || at[-1] == ')' || at[-2] == ')')) {
            return i + 1;
        }
    }
    return sentence.start;
}

/* Whether the text of a span speaks of what somebody reported before. */
static int speaks_of_reports(stemma_text text, stemma_span span)
{
    static const char *const WORDS[] = {"earlier version", "Correction:",   "previously reported",
                                        "had reported",    "had spoken of", "had put the",
                                        "had counted",     "had claimed",   "as reported",
                                        "wrongly",         "mistakenly",    "earlier report"};
    if (span.end - span.start > SENTENCE_MOST) {
        return 0;
    }
    for (size_t w = 0; w < sizeof WORDS / sizeof WORDS[0]; w++) {
        size_t size = strlen(WORDS[w]);
        for (size_t i = span.start; i + size <= span.end; i++) {
            if (text.data[i] == WORDS[w][0] && memcmp(text.data + i, WORDS[w], size) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static int is_place(uint8_t kind)
{
    return kind == STEMMA_NAME_CLASS_PLACE;
}

static stemma_status find_fame(const struct stm_judge_input *input,
                               const struct stm_entities *entities, struct stm_cluster *clusters,
                               const struct stm_events *events, struct stm_arena *arena,
                               struct fame *fame)
{
    fame->documents = stm_arena_alloc(arena, entities->count, sizeof *fame->documents);
    fame->last = stm_arena_alloc(arena, entities->count, sizeof *fame->last);
    fame->state = stm_arena_alloc(arena, entities->count, 1);
    if (fame->documents == NULL || fame->last == NULL || fame->state == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    fame->most = STEMMA_NONE;
    if (input->document_count >= SMALL_CORPUS) {
        uint32_t share = input->document_count / COMMON_SHARE;
        fame->most = share > COMMON_LEAST ? share : COMMON_LEAST;
    }
    for (uint32_t n = 0; n < entities->count; n++) {
        const struct stm_entity *node = &entities->nodes[n];
        uint32_t root = stm_cluster_find(clusters, n);
        if (fame->documents[root] == 0 || fame->last[root] != node->document) {
            fame->last[root] = node->document;
            fame->documents[root]++;
        }
        for (uint32_t i = 0; i < node->name_count && !fame->state[root]; i++) {
            stemma_text plain = entities->names[entities->name_of[node->first_name + i]].plain;
            const struct stm_place_entry *place = stm_lexicon_place(plain);
            fame->state[root] = place != NULL && place->kind == STM_PLACE_COUNTRY;
        }
    }
    /* A place that acts is a country, whatever list it is missing from. */
    for (uint32_t e = 0; e < events->count; e++) {
        const struct stm_event *event = &events->nodes[e];
        /* What is told in any word may be the noise of a mine as well as the voice of a state. */
        for (uint32_t i = 0; i < event->part_count && !event->generic; i++) {
            if (event->parts[i].rank == STM_PART_ACTOR && is_place(event->parts[i].kind)) {
                fame->state[event->parts[i].entity] = 1;
            }
        }
    }
    return STEMMA_OK;
}

static int is_common(const struct fame *fame, uint32_t root, uint8_t kind)
{
    return fame->state[root] ||
           (kind != STEMMA_NAME_CLASS_PERSON && fame->documents[root] > fame->most);
}

static int compare_named(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;
    if (a->sentence != b->sentence) {
        return a->sentence < b->sentence ? -1 : 1;
    }
    if (a->node != b->node) {
        return a->node < b->node ? -1 : 1;
    }
    return (a->start > b->start) - (a->start < b->start);
}

/* The specific entities that a document names, by sentence. */
static stemma_status list_named(const stemma_document *document, uint32_t number,
                                const struct stm_entities *entities, const struct stm_cluster *clusters,
                                const struct fame *fame, struct stm_arena *scratch,
                                struct named **named, uint32_t *count)
{
    *count = 0;
    *named = stm_arena_alloc(scratch, document->mention_count, sizeof **named);
    if (*named == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t m = 0; m < document->mention_count; m++) {
        const stemma_mention *mention = &document->mentions[m];
        if (mention->kind != STEMMA_MENTION_NAME || mention->referent == STEMMA_NONE) {
            continue;
        }
        uint32_t node = stm_entities_node(entities, number, mention->referent);
        if (node == STEMMA_NONE || entities->nodes[node].name_count == 0 ||
            is_common(fame, stm_cluster_root(clusters, node), entities->nodes[node].kind)) {
            continue;
        }
        uint32_t start = stm_mention_start(mention);
        uint32_t sentence = stm_sentence_of(document, start);
        if (start < after_dateline(document->text, stm_sentence_span(document, sentence))) {
            continue;
        }
        (*named)[*count].sentence = sentence;
        (*named)[*count].start = start;
        (*named)[(*count)++].node = node;
    }
    if (*count != 0) {
        qsort(*named, *count, sizeof **named, compare_named);
    }
    return STEMMA_OK;
}

static void add_hash(struct stm_event *event, uint64_t hash)
{
    uint32_t k = 0;
    while (k < event->scene_count && event->scene[k] != hash) {
        k++;
    }
    if (k == event->scene_count && k < SCENE_MOST) {
        event->scene[event->scene_count++] = hash;
    }
}

/* The end of the capitalised word at `position`, or `position` when there is none. */
static uint32_t capitalised(stemma_text text, uint32_t position, uint32_t end)
{
    uint32_t i = position;
    int lower = 0;
    if (i >= end || !is_upper(text.data[i])) {
        return position;
    }
    while (i < end && is_letter(text.data[i])) {
        lower |= text.data[i] >= 'a' && text.data[i] <= 'z';
        i++;
    }
    return lower ? i : position;
}

/* For each byte of the text whether a mention covers it; NULL when memory is short. */
static uint8_t *list_mentioned(const stemma_document *document, struct stm_arena *scratch)
{
    size_t size = document->text.size;
    int32_t *change = stm_arena_alloc(scratch, size + 1, sizeof *change);
    uint8_t *covered = stm_arena_alloc(scratch, size + 1, 1);
    if (change == NULL || covered == NULL) {
        return NULL;
    }
    for (uint32_t m = 0; m < document->mention_count; m++) {
        const stemma_mention *mention = &document->mentions[m];
        for (uint32_t k = 0; mention->kind != STEMMA_MENTION_TRIGGER && k < mention->span_count;
             k++) {
            if (mention->spans[k].start < mention->spans[k].end && mention->spans[k].end <= size) {
                change[mention->spans[k].start]++;
                change[mention->spans[k].end]--;
            }
        }
    }
    int32_t depth = 0;
    for (size_t i = 0; i < size; i++) {
        depth += change[i];
        covered[i] = depth != 0;
    }
    return covered;
}

/* Adds the names of a sentence that were not recognised as such: words in a row with capitals,
   where not most words have them. */
static void add_phrases(struct stm_event *event, const stemma_document *document,
                        const uint8_t *mentioned, uint32_t sentence)
{
    stemma_text text = document->text;
    stemma_span span = stm_sentence_span(document, sentence);
    uint32_t words = 0;
    uint32_t capitals = 0;
    for (uint32_t i = span.start; i < span.end; i++) {
        int starts = is_letter(text.data[i]) && (i == span.start || !is_letter(text.data[i - 1]));
        words += (uint32_t)starts;
        capitals += starts && is_upper(text.data[i]);
    }
    if (span.end - span.start > SENTENCE_MOST || capitals * 2 > words) {
        return;
    }
    for (uint32_t i = after_dateline(text, span); i < span.end;) {
        if (i > span.start && is_letter(text.data[i - 1])) {
            i++;
            continue;
        }
        uint32_t end = capitalised(text, i, span.end);
        uint32_t next = end;
        uint32_t count = end > i;
        while (next > i && end < span.end && text.data[end] == ' ' &&
               (next = capitalised(text, end + 1, span.end)) > end + 1) {
            end = next;
            count++;
        }
        char plain[STM_NAME_PLAIN_SIZE];
        size_t size = 0;
        stemma_text phrase = {text.data + i, end - i};
        if (count >= 2 && count <= 4 && !mentioned[i] && !mentioned[end - 1] &&
            stm_name_fold(phrase, plain, &size) == STEMMA_OK && size != 0) {
            stemma_text folded = {plain, size};
            const struct stm_place_entry *place = stm_lexicon_place(folded);
            if (place == NULL || place->kind != STM_PLACE_COUNTRY) {
                add_hash(event, XXH64(plain, size, 1));
            }
        }
        i = end > i ? end : i + 1;
    }
}

/* Adds what sentences `first` to `last` name to the scene of an event. */
static void add_scene(struct stm_event *event, const struct stm_entities *entities,
                      const struct stm_cluster *clusters, const struct named *named, uint32_t count,
                      uint32_t first, uint32_t last)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (named[middle].sentence < first) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t i = low; i < count && i - low < NAMES_LOOKED && named[i].sentence <= last; i++) {
        const struct stm_entity *node = &entities->nodes[named[i].node];
        if (node->referent == event->speaker) {
            continue;
        }
        /* By cluster and by name: a name whose type was mistaken is in a cluster of its own. */
        stemma_text plain = entities->names[entities->name_of[node->first_name]].plain;
        uint64_t hashes[2];
        uint32_t root = stm_cluster_root(clusters, named[i].node);
        hashes[0] = XXH64(&root, sizeof root, 2);
        hashes[1] = XXH64(plain.data, plain.size, 1);
        add_hash(event, hashes[0]);
        add_hash(event, hashes[1]);
    }
}

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* The first and last sentence of the paragraph that a sentence is in. */
static void paragraph_of(const stemma_document *document, uint32_t sentence, uint32_t *first,
                         uint32_t *last)
{
    uint32_t at = stm_sentence_span(document, sentence).start;
    uint32_t start = 0;
    uint32_t end = (uint32_t)document->text.size;
    uint32_t low = 0;
    uint32_t high = document->paragraph_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->paragraphs[middle] <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low > 0) {
        start = document->paragraphs[low - 1];
    }
    if (low < document->paragraph_count) {
        end = document->paragraphs[low];
    }
    *first = stm_sentence_of(document, start);
    *last = stm_sentence_of(document, end > start ? end - 1 : start);
}

/* Documents whose scenes threads read, stripe by stripe: each writes to events of its documents alone. */
struct reading {
    const struct stm_judge_input *input;
    const struct stm_entities *entities;
    const struct stm_cluster *clusters; /* nobody joins meanwhile */
    const struct fame *fame;
    const struct stm_triggers *triggers;
    struct stm_events *events;
    uint32_t from; /* the first document of the window */
    uint32_t end;
    stemma_status status[WINDOW / STRIPE];
};

static stemma_status set_document(const struct reading *reading, uint32_t number)
{
    const stemma_document *document = reading->input->documents[number];
    struct stm_events *events = reading->events;
    const struct stm_trigger *triggers = reading->triggers->items + reading->triggers->first[number];
    const uint32_t trigger_count = reading->triggers->first[number + 1] - reading->triggers->first[number];
    struct stm_arena scratch;
    struct named *named;
    uint32_t count;
    stm_arena_init(&scratch, 0);
    stemma_status status = list_named(document, number, reading->entities, reading->clusters,
                                      reading->fame, &scratch, &named, &count);
    const uint8_t *mentioned = list_mentioned(document, &scratch);
    if (status == STEMMA_OK && mentioned == NULL) {
        status = STEMMA_E_NO_MEMORY;
    }
    for (int level = 0; status == STEMMA_OK && level < 3; level++) {
        /* The sentence; when that names nobody, the paragraph; else how the document begins. */
        for (uint32_t t = 0; t < trigger_count; t++) {
            struct stm_event *event = &events->nodes[triggers[t].event];
            uint32_t first = triggers[t].sentence;
            uint32_t last = first;
            if (event->scene_count != 0 && event->scene_level < level) {
                continue;
            }
            if (level == 0) {
                event->retold |=
                    (uint8_t)speaks_of_reports(document->text, stm_sentence_span(document, first));
                event->sentence =
                    event->sentence == 0 || first < event->sentence ? first : event->sentence;
            } else if (level == 1) {
                paragraph_of(document, triggers[t].sentence, &first, &last);
            } else {
                first = 0;
                last = 2;
            }
            event->scene_level = (uint8_t)level;
            add_scene(event, reading->entities, reading->clusters, named, count, first, last);
            if (level == 0) {
                add_phrases(event, document, mentioned, first);
            }
        }
    }
    for (uint32_t e = events->first[number]; e < events->first[number + 1]; e++) {
        if (events->nodes[e].scene_count != 0) {
            qsort(events->nodes[e].scene, events->nodes[e].scene_count, sizeof(uint64_t),
                  compare_hashes);
        }
    }
    stm_arena_free(&scratch);
    return status;
}

static void set_stripe(void *context, size_t stripe)
{
    struct reading *reading = context;
    uint32_t first = reading->from + (uint32_t)stripe * STRIPE;
    uint32_t end = reading->end - first < STRIPE ? reading->end : first + STRIPE;
    stemma_status status = STEMMA_OK;
    for (uint32_t d = first; d < end && status == STEMMA_OK; d++) {
        status = set_document(reading, d);
    }
    reading->status[stripe] = status;
}

/* Room for the scenes of the events that documents `from` to `end` tell of. */
static stemma_status make_scenes(const struct reading *reading, struct stm_arena *arena)
{
    const struct stm_triggers *triggers = reading->triggers;
    for (uint32_t t = triggers->first[reading->from]; t < triggers->first[reading->end]; t++) {
        struct stm_event *event = &reading->events->nodes[triggers->items[t].event];
        if (event->scene == NULL) {
            event->scene = stm_arena_alloc(arena, SCENE_MOST, sizeof *event->scene);
        }
        if (event->scene == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    return STEMMA_OK;
}

static stemma_status set_window(struct reading *reading, struct stm_arena *arena)
{
    const uint32_t jobs = reading->input->jobs > 0 ? reading->input->jobs : 1;
    const uint32_t stripes = (reading->end - reading->from + STRIPE - 1) / STRIPE;
    stemma_status status = make_scenes(reading, arena);
    if (status == STEMMA_OK) {
        stm_parallel(jobs, stripes, set_stripe, reading);
        for (uint32_t s = 0; s < stripes && status == STEMMA_OK; s++) {
            status = reading->status[s];
        }
    }
    return status;
}

stemma_status stm_events_set_scenes(const struct stm_judge_input *input,
                                    const struct stm_entities *entities,
                                    struct stm_cluster *clusters, struct stm_arena *arena,
                                    struct stm_events *events, struct stm_triggers *triggers)
{
    const uint32_t all = input->document_count;
    struct fame fame;
    struct reading reading = {.input = input,
                              .entities = entities,
                              .clusters = clusters,
                              .fame = &fame,
                              .triggers = triggers,
                              .events = events};
    stemma_status status = find_fame(input, entities, clusters, events, arena, &fame);
    if (status == STEMMA_OK) {
        status = stm_triggers_find(input, events, arena, triggers);
    }
    for (uint32_t e = 0; status == STEMMA_OK && e < events->count; e++) {
        struct stm_event *event = &events->nodes[e];
        for (uint32_t i = 0; i < event->part_count; i++) {
            event->parts[i].common =
                (uint8_t)is_common(&fame, event->parts[i].entity, event->parts[i].kind);
        }
    }
    for (; status == STEMMA_OK && reading.from < all; reading.from = reading.end) {
        reading.end = all - reading.from < WINDOW ? all : reading.from + WINDOW;
        stm_judge_step(input, arena, "reading scenes", reading.from, all);
        status = set_window(&reading, arena);
    }
    return status;
}
