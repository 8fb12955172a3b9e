/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_match.h"

#include "pack/judge/event_compare.h"
#include "pack/judge/event_copy.h"
#include "pack/judge/event_score.h"
#include "pack/judge/event_story.h"
#include "parallel.h"

#include <stdio.h>
#include <stdlib.h>

#include <xxhash.h>

#define NEIGHBOURS    48u   /* later events of a block that one event is compared with */
#define WINDOW_DAYS   400   /* and how far apart in time */
#define STEP          32u   /* pairs between two looks at time and memory */
#define PIECE         4096u /* pairs that a thread scores at a time */
#define PIECES        256u  /* that are scored between two looks at the time */
#define MEMBERS_ASKED 12u
#define RETOLD_WITHIN 64u /* events of a document that are looked at for a second telling */

struct block_entry {
    uint64_t block;
    int32_t day; /* of the event, else of its publication */
    uint32_t event;
};

struct event_pair {
    uint32_t left;
    uint32_t right;
    int score;
};

static int32_t day_of(const struct stm_event *event)
{
    if (event->first_day != STM_DAY_UNKNOWN) {
        return event->first_day;
    }
    return event->published;
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

static int compare_pairs(const void *left, const void *right)
{
    const struct event_pair *a = left;
    const struct event_pair *b = right;
    if (a->left != b->left) {
        return a->left < b->left ? -1 : 1;
    }
    return (a->right > b->right) - (a->right < b->right);
}

static int compare_scores(const void *left, const void *right)
{
    const struct event_pair *a = left;
    const struct event_pair *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return compare_pairs(left, right);
}

struct block_list {
    struct stm_arena *arena;
    struct block_entry *entries;
    size_t count;
    size_t capacity;
};

static stemma_status add_entry(struct block_list *list, const struct stm_events *events,
                               uint32_t event, uint64_t what, uint64_t seed)
{
    stemma_status status = stm_arena_grow(list->arena, &list->entries, list->count, &list->capacity,
                                          sizeof *list->entries);
    if (status == STEMMA_OK) {
        const struct stm_event *node = &events->nodes[event];
        struct block_entry *entry = &list->entries[list->count++];
        entry->block = XXH64(node->type.data, node->type.size, what * 31 + seed);
        entry->day = day_of(node);
        entry->event = event;
    }
    return status;
}

static stemma_status block_events(const struct stm_events *events, struct block_list *list)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t e = 0; status == STEMMA_OK && e < events->count; e++) {
        const struct stm_event *event = &events->nodes[e];
        if (e % STEP == 0) {
            stm_memory_check(list->arena->memory);
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < event->part_count; i++) {
            if (event->parts[i].named &&
                (i == 0 || event->parts[i].entity != event->parts[i - 1].entity)) {
                status = add_entry(list, events, e, event->parts[i].entity, 1);
            }
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < event->count_count; i++) {
            if (event->counts[i].exact && event->counts[i].least >= 2) {
                status = add_entry(list, events, e, (uint64_t)event->counts[i].least, 2);
            }
        }
        for (uint32_t i = 0; status == STEMMA_OK && i < event->word_count && i < 4; i++) {
            status = add_entry(list, events, e, event->words[i], 3);
        }
        /* What happened on one day, or is told on one, may be the same though nobody is named. A
           saying is found by its words alone. */
        int32_t day = day_of(event);
        int said = stemma_text_equal(event->type, stemma_text_of("statement.say"));
        if (status == STEMMA_OK && !said && day != STM_DAY_UNKNOWN) {
            status = add_entry(list, events, e, (uint64_t)(uint32_t)day, 5);
            if (status == STEMMA_OK && event->first_day == STM_DAY_UNKNOWN) {
                status = add_entry(list, events, e, (uint64_t)(uint32_t)(day - 1), 5);
            }
        }
        for (uint32_t i = 0; status == STEMMA_OK && !said && i < event->scene_count; i++) {
            status = add_entry(list, events, e, event->scene[i], 4);
        }
    }
    if (status == STEMMA_OK && list->count != 0) {
        stm_arena_sort(list->arena, list->entries, list->count, sizeof *list->entries,
                       compare_entries);
    }
    return status;
}

static stemma_status pair_events(const struct stm_events *events, struct stm_arena *arena,
                                 struct event_pair **pairs, size_t *count)
{
    struct block_list list = {arena, NULL, 0, 0};
    size_t capacity = 0;
    stemma_status status = block_events(events, &list);
    for (size_t i = 0; status == STEMMA_OK && i < list.count; i++) {
        const struct block_entry *entry = &list.entries[i];
        if (i % STEP == 0) {
            stm_memory_check(arena->memory);
        }
        for (size_t k = i + 1; k < list.count && k <= i + NEIGHBOURS; k++) {
            const struct block_entry *other = &list.entries[k];
            if (other->block != entry->block ||
                (entry->day != STM_DAY_UNKNOWN && (int64_t)other->day - entry->day > WINDOW_DAYS)) {
                break;
            }
            if (events->document[entry->event] == events->document[other->event]) {
                continue;
            }
            status = stm_arena_grow(arena, pairs, *count, &capacity, sizeof **pairs);
            if (status != STEMMA_OK) {
                break;
            }
            struct event_pair *pair = &(*pairs)[(*count)++];
            pair->left = entry->event < other->event ? entry->event : other->event;
            pair->right = entry->event < other->event ? other->event : entry->event;
            pair->score = 0;
        }
    }
    if (status == STEMMA_OK && *count != 0) {
        stm_arena_sort(arena, *pairs, *count, sizeof **pairs, compare_pairs);
    }
    return status;
}

static stemma_referent_id id_of(const struct stm_events *events, uint32_t node)
{
    stemma_referent_id id = {events->nodes[node].document, events->nodes[node].referent};
    return id;
}

static int is_settled(const struct stm_judge_input *input, const struct stm_pairs *known,
                      const struct stm_events *events, const struct event_pair *pair)
{
    return (input->judged != NULL && input->judged[events->document[pair->left]] &&
            input->judged[events->document[pair->right]]) ||
           stm_pairs_have(known, id_of(events, pair->left), id_of(events, pair->right));
}

/* Why two clusters cannot be one: the first contradiction between their members. That two accounts
   name different patients or numbers counts only when no two accounts agree in that. */
static const char *cluster_contradiction(const struct stm_events *events,
                                         const struct stm_contexts *contexts,
                                         const struct stm_cluster *cluster, uint32_t a, uint32_t b)
{
    int shared = 0;
    int apart = 0;
    int counts_fit = 0;
    int counts_differ = 0;
    uint32_t x = a;
    for (uint32_t i = 0; i < MEMBERS_ASKED; i++) {
        uint32_t y = b;
        for (uint32_t k = 0; k < MEMBERS_ASKED; k++) {
            const struct stm_event *left = &events->nodes[x];
            const struct stm_event *right = &events->nodes[y];
            const char *why = stm_event_contradiction(left, right);
            if (why != NULL) {
                return why;
            }
            int patients = stm_event_patients(left, right);
            shared |= patients > 0;
            apart |= patients < 0;
            if (!counts_fit) {
                uint32_t ratio;
                int counts = stm_event_compare_counts(left, right, &ratio);
                if (counts < 0) { /* then how alike their documents are decides */
                    counts = stm_event_counts(
                        left, right,
                        stm_context_documents(contexts, left->document, right->document));
                }
                counts_fit |= counts > 0;
                counts_differ |= counts < 0;
            }
            y = cluster->next[y];
            if (y == b) {
                break;
            }
        }
        x = cluster->next[x];
        if (x == a) {
            break;
        }
    }
    if (counts_differ && !counts_fit) {
        return "other counts";
    }
    return apart && !shared ? "it happened to others" : NULL;
}

static stemma_status decide(const struct stm_events *events, const struct stm_contexts *contexts,
                            struct stm_cluster *cluster, const struct event_pair *pair,
                            uint8_t *doubts, struct stm_verdicts *verdicts)
{
    enum stm_cluster_answer answer = stm_cluster_ask(cluster, pair->left, pair->right);
    if (answer == STM_CLUSTER_JOINED || answer == STM_CLUSTER_FORBIDDEN) {
        return STEMMA_OK;
    }
    int doubted = doubts[pair->left] != 0 || doubts[pair->right] != 0;
    if (doubted && (answer == STM_CLUSTER_ONE_DOCUMENT || pair->score < STM_EVENT_SAME)) {
        return STEMMA_OK; /* not to be joined, and not worth a second doubt: no need to look closer
                           */
    }
    const char *why = cluster_contradiction(events, contexts, cluster, pair->left, pair->right);
    if (why == NULL && answer == STM_CLUSTER_ONE_DOCUMENT) {
        why = "one document tells of both";
    }
    stemma_verdict verdict = STEMMA_VERDICT_SAME;
    if (why != NULL) {
        verdict =
            answer == STM_CLUSTER_ONE_DOCUMENT ? STEMMA_VERDICT_UNSURE : STEMMA_VERDICT_NOT_SAME;
    } else if (pair->score < STM_EVENT_SAME) {
        verdict = STEMMA_VERDICT_UNSURE;
        why = "too little in common";
    }
    if (verdict != STEMMA_VERDICT_SAME) {
        if (doubted) {
            return STEMMA_OK;
        }
        doubts[pair->left] = 1;
        doubts[pair->right] = 1;
    } else {
        stemma_status status = stm_cluster_join(cluster, pair->left, pair->right);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    char reason[120];
    (void)snprintf(reason, sizeof reason, "same type, %d points%s%s", pair->score,
                   why != NULL ? "; " : " of time, participants and counts",
                   why != NULL ? why : "");
    return stm_verdicts_add(verdicts, id_of(events, pair->left), id_of(events, pair->right),
                            verdict, (uint32_t)(pair->score > 1000 ? 1000 : pair->score), reason);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
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

#define NOT_COMPARED INT32_MIN

/* What scoring goes by. Each item is a piece of the pairs, so that threads can share them. */
struct scoring {
    const struct stm_judge_input *input;
    const struct stm_pairs *known;
    const struct stm_events *events;
    const struct stm_contexts *contexts;
    const uint64_t *copies;
    size_t copy_count;
    stm_memory *memory;
    struct event_pair *pairs;
    size_t first; /* pair that the first piece begins with */
    size_t count; /* of all pairs */
};

static void score_piece(void *context, size_t piece)
{
    const struct scoring *scoring = context;
    const struct stm_events *events = scoring->events;
    size_t begin = scoring->first + piece * PIECE;
    size_t end = scoring->count - begin < PIECE ? scoring->count : begin + PIECE;
    for (size_t i = begin; i < end; i++) {
        struct event_pair *pair = &scoring->pairs[i];
        if (i % STEP == 0) {
            stm_memory_check(scoring->memory);
        }
        pair->score = NOT_COMPARED;
        if ((i > 0 && pair[0].left == pair[-1].left && pair[0].right == pair[-1].right) ||
            is_settled(scoring->input, scoring->known, events, pair)) {
            continue;
        }
        uint64_t documents =
            (uint64_t)events->document[pair->left] << 32 | events->document[pair->right];
        int copied =
            scoring->copy_count != 0 && bsearch(&documents, scoring->copies, scoring->copy_count,
                                                sizeof documents, compare_numbers) != NULL;
        uint32_t alike = stm_context_documents(scoring->contexts, events->document[pair->left],
                                               events->document[pair->right]);
        pair->score =
            stm_event_score(&events->nodes[pair->left], &events->nodes[pair->right], copied, alike);
    }
}

/* Scores the distinct pairs and keeps those that are worth a decision, best first. */
static void score_pairs(struct scoring *scoring, struct stm_arena *arena)
{
    unsigned jobs = scoring->input->jobs > 0 ? scoring->input->jobs : 1;
    for (scoring->first = 0; scoring->first < scoring->count; scoring->first += PIECES * PIECE) {
        size_t left = (scoring->count - scoring->first + PIECE - 1) / PIECE;
        stm_judge_step(scoring->input, arena, "comparing events", scoring->first, scoring->count);
        stm_parallel(jobs, left < PIECES ? left : PIECES, score_piece, scoring);
    }
    size_t kept = 0;
    for (size_t i = 0; i < scoring->count; i++) {
        if (scoring->pairs[i].score != NOT_COMPARED &&
            scoring->pairs[i].score >= STM_EVENT_UNSURE) {
            scoring->pairs[kept++] = scoring->pairs[i];
        }
    }
    scoring->count = kept;
    if (kept != 0) {
        stm_arena_sort(arena, scoring->pairs, kept, sizeof *scoring->pairs, compare_scores);
    }
}

static stemma_status apply_known(const struct stm_judge_input *input,
                                 const struct stm_events *events, struct stm_cluster *cluster)
{
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < input->judgement_count; i++) {
            const stemma_judgement *judgement = &input->judgements[i];
            uint32_t a =
                stm_events_node(events, judgement->left.document, judgement->left.referent);
            uint32_t b =
                stm_events_node(events, judgement->right.document, judgement->right.referent);
            if (a == STEMMA_NONE || b == STEMMA_NONE || judgement->retracted.size != 0) {
                continue;
            }
            stemma_status status = STEMMA_OK;
            if (pass == 0 && judgement->verdict == STEMMA_VERDICT_SAME) {
                status = stm_cluster_join(cluster, a, b);
            } else if (pass == 1 && judgement->verdict == STEMMA_VERDICT_NOT_SAME) {
                status = stm_cluster_forbid(cluster, a, b);
            }
            if (status != STEMMA_OK) {
                return status;
            }
        }
    }
    return STEMMA_OK;
}

/* Joins what one passage tells, whatever was changed in it, and what one document tells with two
   numbers. */
static stemma_status join_twins(const struct stm_judge_input *input, const struct stm_pairs *known,
                                const struct stm_events *events, const struct stm_event_twin *twins,
                                size_t count, struct stm_cluster *cluster, const char *reason,
                                uint32_t score, struct stm_verdicts *verdicts)
{
    for (size_t i = 0; i < count; i++) {
        struct event_pair pair = {twins[i].left, twins[i].right, 0};
        const struct stm_event *a = &events->nodes[pair.left];
        const struct stm_event *b = &events->nodes[pair.right];
        enum stm_cluster_answer answer = stm_cluster_ask(cluster, pair.left, pair.right);
        if (is_settled(input, known, events, &pair) ||
            (answer != STM_CLUSTER_FREE &&
             (answer != STM_CLUSTER_ONE_DOCUMENT || a->document != b->document))) {
            continue;
        }
        stemma_status status = stm_cluster_join(cluster, pair.left, pair.right);
        if (status == STEMMA_OK) {
            status = stm_verdicts_add(verdicts, id_of(events, pair.left), id_of(events, pair.right),
                                      STEMMA_VERDICT_SAME, score, reason);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* The pairs of events of one document of which one tells again, with another number, what the other
   tells. */
static stemma_status find_retold(const struct stm_judge_input *input,
                                 const struct stm_events *events, struct stm_arena *arena,
                                 struct stm_event_twin **twins, size_t *count)
{
    size_t capacity = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(arena->memory);
        for (uint32_t a = events->first[d]; a < events->first[d + 1]; a++) {
            uint32_t end =
                events->first[d + 1] - a > RETOLD_WITHIN ? a + RETOLD_WITHIN : events->first[d + 1];
            for (uint32_t b = a + 1; events->nodes[a].count_count != 0 && b < end; b++) {
                if (!stm_event_retold(&events->nodes[a], &events->nodes[b])) {
                    continue;
                }
                stemma_status status =
                    stm_arena_grow(arena, twins, *count, &capacity, sizeof **twins);
                if (status != STEMMA_OK) {
                    return status;
                }
                (*twins)[*count].left = a;
                (*twins)[(*count)++].right = b;
            }
        }
    }
    return STEMMA_OK;
}

stemma_status stm_judge_events(const struct stm_judge_input *input, const struct stm_pairs *known,
                               const struct stm_entities *entities,
                               const struct stm_contexts *contexts, const struct stm_stories *stories,
                               struct stm_cluster *clusters, struct stm_arena *arena,
                               struct stm_verdicts *verdicts)
{
    (void)stories;
    struct stm_events events;
    struct stm_cluster cluster;
    struct event_pair *pairs = NULL;
    size_t count = 0;
    uint64_t *copies = NULL;
    size_t copy_count = 0;
    struct stm_triggers triggers;
    struct stm_event_twin *copied = NULL;
    struct stm_event_twin *retold = NULL;
    size_t copied_count = 0;
    size_t retold_count = 0;
    stemma_status status = stm_events_collect(input, entities, clusters, arena, &events);
    if (status == STEMMA_OK) {
        status = stm_events_set_scenes(input, entities, clusters, arena, &events, &triggers);
    }
    if (status == STEMMA_OK) {
        status = stm_cluster_init(&cluster, arena, events.count, events.document);
    }
    if (status == STEMMA_OK) {
        status = apply_known(input, &events, &cluster);
    }
    if (status == STEMMA_OK) {
        status = find_retold(input, &events, arena, &retold, &retold_count);
    }
    if (status == STEMMA_OK) {
        status = join_twins(input, known, &events, retold, retold_count, &cluster,
                            "two numbers for one happening", 600, verdicts);
    }
    if (status == STEMMA_OK) {
        status =
            stm_events_copied(input, verdicts, &events, &triggers, arena, &copied, &copied_count);
    }
    if (status == STEMMA_OK) {
        status = join_twins(input, known, &events, copied, copied_count, &cluster,
                            "told in a passage that one took from the other", 950, verdicts);
    }
    if (status == STEMMA_OK) {
        status = pair_events(&events, arena, &pairs, &count);
    }
    if (status == STEMMA_OK) {
        status = list_copies(verdicts, arena, &copies, &copy_count);
    }
    uint8_t *doubts = stm_arena_alloc(arena, events.count, 1);
    if (status != STEMMA_OK || doubts == NULL) {
        return status != STEMMA_OK ? status : STEMMA_E_NO_MEMORY;
    }
    struct scoring scoring = {input,      known,         &events, contexts, copies,
                              copy_count, arena->memory, pairs,   0,        count};
    score_pairs(&scoring, arena);
    count = scoring.count;
    for (size_t i = 0; status == STEMMA_OK && i < count; i++) {
        if (i % STEP == 0) {
            stm_judge_step(input, arena, "joining events", i, count);
        }
        status = decide(&events, contexts, &cluster, &pairs[i], doubts, verdicts);
    }
    struct stm_event_twin *story = NULL;
    size_t story_count = 0;
    if (status == STEMMA_OK) {
        status = stm_events_of_story(&events, contexts, &cluster, arena, &story, &story_count);
    }
    for (size_t i = 0; status == STEMMA_OK && i < story_count; i++) {
        if (cluster_contradiction(&events, contexts, &cluster, story[i].left, story[i].right) ==
            NULL) {
            status =
                join_twins(input, known, &events, &story[i], 1, &cluster,
                           "the only one of its type in two documents of one story", 510, verdicts);
        }
    }
    return status;
}
