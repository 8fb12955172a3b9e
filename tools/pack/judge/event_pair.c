/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_pair.h"

#include "pack/judge/event_score.h"
#include "base/memory_sort.h"
#include "base/parallel.h"

#include <stdlib.h>

#include <xxhash.h>

#define WINDOW_DAYS 400  /* how far apart in time accounts are compared */
#define PIECE       128u /* events that a thread takes at a time */
#define SETTINGS    512u /* pairs of documents that a piece remembers */
#define PIECES      64u  /* that are done between two looks at time and memory */
#define WORDS_MET   4u   /* words of what was said by which accounts meet */
#define SCENE_MET   12u  /* and names beside them: the same of all, those with the least hashes */

/* What accounts meet by, and how many later ones each is compared with. */
enum block_kind { BLOCK_PART = 1, BLOCK_COUNT, BLOCK_WORD, BLOCK_SCENE, BLOCK_DAY, BLOCK_TELLING };
static const uint8_t NEIGHBOURS[] = {0, 32, 32, 32, 12, 12, 40};

struct block_entry {
    uint64_t block; /* hash; its last bits are the kind */
    int32_t day;    /* of the event, else of its publication */
    uint32_t event;
};

struct block_list {
    struct stm_arena *arena;
    struct block_entry *entries; /* by block, day, event */
    size_t count;
    size_t capacity;
    uint32_t *entry_of; /* positions in `entries`, event by event */
    uint32_t *first;    /* of each event in `entry_of`, and the end */
};

static int32_t day_of(const struct stm_event *event)
{
    return event->first_day != STM_DAY_UNKNOWN ? event->first_day : event->published;
}

static int compare_entries(const void *left, const void *right)
{
    const struct block_entry *a = left;
    const struct block_entry *b = right;
    if (a->block != b->block) {
        return a->block < b->block ? -1 : 1;
    }
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return (a->event > b->event) - (a->event < b->event);
}

static int compare_scores(const void *left, const void *right)
{
    const struct stm_event_pair *a = left;
    const struct stm_event_pair *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static int compare_events(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static stemma_status add_entry(struct block_list *list, const struct stm_events *events,
                               uint32_t event, enum block_kind kind, uint64_t subject,
                               uint64_t what)
{
    stemma_status status = list->count >= STEMMA_NONE - 1
                               ? STEMMA_E_NO_MEMORY
                               : stm_arena_grow(list->arena, &list->entries, list->count,
                                                &list->capacity, sizeof *list->entries);
    if (status == STEMMA_OK) {
        uint64_t key[2] = {subject, what};
        struct block_entry *entry = &list->entries[list->count++];
        entry->block = XXH64(key, sizeof key, kind) & ~UINT64_C(7);
        entry->block |= kind;
        entry->day = day_of(&events->nodes[event]);
        entry->event = event;
    }
    return status;
}

/* What happened, as far as accounts must agree in it: the type, or the word of one without. */
static uint64_t subject_of(const struct stm_event *event)
{
    if (!event->generic) {
        return XXH64(event->type.data, event->type.size, 0);
    }
    return event->tell_count != 0 ? event->tells[0].word : 0;
}

static stemma_status block_event(const struct stm_events *events, const struct stm_stories *stories,
                                 uint32_t e, struct block_list *list)
{
    const struct stm_event *event = &events->nodes[e];
    const uint64_t subject = subject_of(event);
    const int32_t day = day_of(event);
    /* A saying is found by its words alone. */
    const int said = event->ways & STM_EVENT_SAID;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < event->part_count; i++) {
        if (event->parts[i].named &&
            (i == 0 || event->parts[i].entity != event->parts[i - 1].entity)) {
            status = add_entry(list, events, e, BLOCK_PART, subject, event->parts[i].entity);
        }
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < event->count_count; i++) {
        if (event->counts[i].exact && event->counts[i].least >= 2) {
            status =
                add_entry(list, events, e, BLOCK_COUNT, subject, (uint64_t)event->counts[i].least);
        }
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < event->word_count && i < WORDS_MET; i++) {
        status = add_entry(list, events, e, BLOCK_WORD, subject, event->words[i]);
    }
    /* What happened on one day, or is told on one, may be the same though nobody is named. */
    if (status == STEMMA_OK && !said && day != STM_DAY_UNKNOWN) {
        status = add_entry(list, events, e, BLOCK_DAY, subject, (uint64_t)(uint32_t)day);
        if (status == STEMMA_OK && event->first_day == STM_DAY_UNKNOWN) {
            status = add_entry(list, events, e, BLOCK_DAY, subject, (uint64_t)(uint32_t)(day - 1));
        }
    }
    for (uint32_t i = 0; status == STEMMA_OK && !said && i < event->scene_count && i < SCENE_MET;
         i++) {
        status = add_entry(list, events, e, BLOCK_SCENE, subject, event->scene[i]);
    }
    uint64_t story = stories->story[event->document];
    if (stories->size[event->document] > 1 && !event->generic && !said) {
        status = status == STEMMA_OK ? add_entry(list, events, e, BLOCK_TELLING, subject, story)
                                     : status;
    }
    for (uint32_t i = 0;
         status == STEMMA_OK && stories->size[event->document] > 1 && i < event->tell_count; i++) {
        status = add_entry(list, events, e, BLOCK_TELLING, event->tells[i].word, story);
        if (status == STEMMA_OK && event->tells[i].field != 0) {
            status = add_entry(list, events, e, BLOCK_TELLING, event->tells[i].field, story);
        }
    }
    return status;
}

static stemma_status block_events(const struct stm_event_pairing *pairing, struct block_list *list)
{
    const struct stm_events *events = pairing->events;
    stemma_status status = STEMMA_OK;
    for (uint32_t e = 0; status == STEMMA_OK && e < events->count; e++) {
        if (e % 32 == 0) {
            stm_memory_check(list->arena->memory);
        }
        status = block_event(events, pairing->stories, e, list);
    }
    if (status == STEMMA_OK && list->count != 0) {
        stm_memory_sort_hashed(list->arena->memory, list->entries, list->count,
                               sizeof *list->entries, compare_entries);
    }
    list->first = stm_arena_alloc(list->arena, (size_t)events->count + 2, sizeof *list->first);
    list->entry_of = stm_arena_alloc(list->arena, list->count, sizeof *list->entry_of);
    if (status != STEMMA_OK || list->first == NULL || list->entry_of == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < list->count; i++) {
        list->first[list->entries[i].event + 2]++;
    }
    for (uint32_t e = 0; e < events->count; e++) {
        list->first[e + 2] += list->first[e + 1];
    }
    for (size_t i = 0; i < list->count; i++) {
        list->entry_of[list->first[list->entries[i].event + 1]++] = (uint32_t)i;
    }
    return STEMMA_OK;
}

/* Pairs of documents of which one derives from the other, earlier number first, ascending. */
static stemma_status list_copies(const struct stm_verdicts *verdicts, struct stm_arena *arena,
                                 uint64_t **copies, size_t *count)
{
    *count = 0;
    *copies = stm_arena_alloc(arena, verdicts->derivation_count, sizeof **copies);
    if (*copies == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < verdicts->derivation_count; i++) {
        uint64_t a = verdicts->derivations[i].from;
        uint64_t b = verdicts->derivations[i].to;
        if (verdicts->derivations[i].retracted.size == 0) {
            (*copies)[(*count)++] = a < b ? a << 32 | b : b << 32 | a;
        }
    }
    if (*count != 0) {
        stm_arena_sort(arena, *copies, *count, sizeof **copies, compare_numbers);
    }
    return STEMMA_OK;
}

int stm_event_pair_settled(const struct stm_event_pairing *pairing, uint32_t left, uint32_t right)
{
    const struct stm_event *a = &pairing->events->nodes[left];
    const struct stm_event *b = &pairing->events->nodes[right];
    stemma_referent_id x = {a->document, a->referent};
    stemma_referent_id y = {b->document, b->referent};
    return (pairing->input->judged != NULL && pairing->input->judged[a->document] &&
            pairing->input->judged[b->document]) ||
           stm_pairs_have(pairing->known, x, y);
}

/* ---- Many events at a time ------------------------------------------------------------------- */

struct piece {
    struct stm_arena arena;
    struct stm_event_pair *pairs;
    size_t count;
    size_t capacity;
    uint64_t documents[SETTINGS]; /* the pairs that `settings` are of; 0: none */
    struct stm_event_setting settings[SETTINGS];
    stemma_status status;
};

struct window {
    const struct stm_event_pairing *pairing;
    const struct block_list *list;
    const uint64_t *copies;
    size_t copy_count;
    uint32_t first;
    uint32_t count; /* events */
    struct piece pieces[PIECES];
};

/* The events after one in its blocks, distinct, ascending. Grows `*found` in the piece's arena. */
static stemma_status list_partners(const struct window *window, uint32_t event,
                                   struct stm_arena *arena, uint32_t **found, size_t *capacity,
                                   size_t *count)
{
    const struct block_list *list = window->list;
    const struct stm_events *events = window->pairing->events;
    const int32_t day = day_of(&events->nodes[event]);
    *count = 0;
    for (uint32_t p = list->first[event]; p < list->first[event + 1]; p++) {
        size_t at = list->entry_of[p];
        uint64_t block = list->entries[at].block;
        uint32_t kind = block & 7;
        for (size_t k = at + 1; k < list->count && k <= at + NEIGHBOURS[kind]; k++) {
            const struct block_entry *other = &list->entries[k];
            if (other->block != block ||
                (day != STM_DAY_UNKNOWN && (int64_t)other->day - day > WINDOW_DAYS)) {
                break;
            }
            if (events->document[other->event] == events->document[event]) {
                continue;
            }
            stemma_status status = stm_arena_grow(arena, found, *count, capacity, sizeof **found);
            if (status != STEMMA_OK) {
                return status;
            }
            (*found)[(*count)++] = other->event;
        }
    }
    if (*count != 0) {
        qsort(*found, *count, sizeof **found, compare_events);
    }
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (kept == 0 || (*found)[kept - 1] != (*found)[i]) {
            (*found)[kept++] = (*found)[i];
        }
    }
    *count = kept;
    return STEMMA_OK;
}

/* What is known of two documents. The accounts of one document have mostly the same partners. */
static const struct stm_event_setting *setting_of(const struct window *window, struct piece *piece,
                                                  uint32_t a, uint32_t b)
{
    const struct stm_event_pairing *pairing = window->pairing;
    uint64_t documents = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    uint32_t slot = (uint32_t)((documents * 0x9E3779B97F4A7C15u) >> 40) % SETTINGS;
    struct stm_event_setting *setting = &piece->settings[slot];
    if (documents != piece->documents[slot]) {
        piece->documents[slot] = documents;
        setting->copied =
            window->copy_count != 0 && bsearch(&documents, window->copies, window->copy_count,
                                               sizeof documents, compare_numbers) != NULL;
        setting->alike = stm_context_documents(pairing->contexts, a, b);
        setting->one_story = stm_stories_same(pairing->stories, a, b);
    }
    return setting;
}

static stemma_status score_pair(const struct window *window, struct piece *piece, uint32_t left,
                                uint32_t right)
{
    const struct stm_event_pairing *pairing = window->pairing;
    const struct stm_event *a = &pairing->events->nodes[left];
    const struct stm_event *b = &pairing->events->nodes[right];
    if (stm_event_pair_settled(pairing, left, right)) {
        return STEMMA_OK;
    }
    int score = stm_event_score(a, b, setting_of(window, piece, a->document, b->document));
    if (score < STM_EVENT_UNSURE) {
        return STEMMA_OK;
    }
    stemma_status status = stm_arena_grow(&piece->arena, &piece->pairs, piece->count,
                                          &piece->capacity, sizeof *piece->pairs);
    if (status == STEMMA_OK) {
        struct stm_event_pair *pair = &piece->pairs[piece->count++];
        pair->left = left;
        pair->right = right;
        pair->score = score;
    }
    return status;
}

static void work_piece(void *context, size_t number)
{
    struct window *window = context;
    struct piece *piece = &window->pieces[number];
    uint32_t begin = window->first + (uint32_t)number * PIECE;
    uint32_t end = window->first + window->count - begin < PIECE ? window->first + window->count
                                                                 : begin + PIECE;
    uint32_t *partners = NULL;
    size_t capacity = 0;
    memset(piece, 0, sizeof *piece);
    stm_arena_init(&piece->arena, 0);
    for (uint32_t e = begin; piece->status == STEMMA_OK && e < end; e++) {
        size_t count = 0;
        stm_memory_check(window->list->arena->memory);
        piece->status = list_partners(window, e, &piece->arena, &partners, &capacity, &count);
        for (size_t i = 0; piece->status == STEMMA_OK && i < count; i++) {
            uint32_t left = e < partners[i] ? e : partners[i];
            uint32_t right = e < partners[i] ? partners[i] : e;
            piece->status = score_pair(window, piece, left, right);
        }
    }
}

static stemma_status take_pieces(struct window *window, size_t pieces, struct stm_arena *arena,
                                 struct stm_event_pair **pairs, size_t *capacity, size_t *count)
{
    stemma_status status = STEMMA_OK;
    for (size_t p = 0; p < pieces; p++) {
        struct piece *piece = &window->pieces[p];
        status = status == STEMMA_OK ? piece->status : status;
        for (size_t i = 0; status == STEMMA_OK && i < piece->count; i++) {
            status = stm_arena_grow(arena, pairs, *count, capacity, sizeof **pairs);
            if (status == STEMMA_OK) {
                (*pairs)[(*count)++] = piece->pairs[i];
            }
        }
        stm_arena_free(&piece->arena);
    }
    return status;
}

stemma_status stm_event_pairs_find(const struct stm_event_pairing *pairing, struct stm_arena *arena,
                                   struct stm_event_pair **pairs, size_t *count)
{
    const struct stm_judge_input *input = pairing->input;
    const uint32_t all = pairing->events->count;
    struct stm_arena scratch;
    size_t capacity = 0;
    uint64_t *copies = NULL;
    stm_arena_init_in(&scratch, arena->memory);
    struct block_list list = {&scratch, NULL, 0, 0, NULL, NULL};
    struct window *window = stm_arena_alloc(&scratch, 1, sizeof *window);
    *pairs = NULL;
    *count = 0;
    stemma_status status = window == NULL ? STEMMA_E_NO_MEMORY : block_events(pairing, &list);
    if (status == STEMMA_OK) {
        status = list_copies(pairing->verdicts, &scratch, &copies, &window->copy_count);
        window->pairing = pairing;
        window->list = &list;
        window->copies = copies;
    }
    for (uint32_t first = 0; status == STEMMA_OK && first < all; first += PIECES * PIECE) {
        window->first = first;
        window->count = all - first < PIECES * PIECE ? all - first : PIECES * PIECE;
        size_t pieces = (window->count + PIECE - 1) / PIECE;
        stm_judge_step(input, arena, "comparing events", first, all);
        stm_parallel(input->jobs > 0 ? input->jobs : 1, pieces, work_piece, window);
        status = take_pieces(window, pieces, arena, pairs, &capacity, count);
    }
    stm_arena_free(&scratch);
    if (status == STEMMA_OK && *count != 0) {
        stm_arena_sort(arena, *pairs, *count, sizeof **pairs, compare_scores);
    }
    return status;
}
