/* SPDX-License-Identifier: MIT */
#include "pack/judge/event_node.h"

#include "name/name_token.h"
#include "stemma/edtf.h"

#include <stdlib.h>

#include <xxhash.h>

#define WORDS_READ   64u /* words of what was said */
#define COUNTS_READ  16u /* counts of an event that are compared */
#define CONTENT_WORD 4   /* bytes: shorter words say nothing of what was sanctioned or attacked */
#define DECIMAL_READ 18u

static int text_is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

static int is_one_of(stemma_text text, const char *const *words, size_t count)
{
    return stm_name_in(words, count, text);
}

static uint8_t rank_of(stemma_text predicate)
{
    static const char *const ACTORS[] = {"agent", "speaker"};
    static const char *const OBJECTS[] = {"patient", "target", "recipient", "participant"};
    static const char *const PLACES[] = {"place", "origin", "destination"};
    if (is_one_of(predicate, ACTORS, 2)) {
        return STM_PART_ACTOR;
    }
    if (is_one_of(predicate, OBJECTS, 4)) {
        return STM_PART_OBJECT;
    }
    return is_one_of(predicate, PLACES, 3) ? STM_PART_PLACE : STM_PART_OTHER;
}

static int32_t day_of(int64_t seconds)
{
    int64_t day = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
    return day < INT32_MIN + 1 || day > INT32_MAX - 1 ? STM_DAY_UNKNOWN : (int32_t)day;
}

/* The days that an EDTF text bounds; 0 when it bounds nothing. */
static int days_of(stemma_text edtf, int32_t *first, int32_t *last)
{
    stemma_time_bounds bounds;
    if (stemma_edtf_bounds(edtf, &bounds) != STEMMA_OK ||
        bounds.start_earliest == STEMMA_TIME_UNKNOWN_EARLY ||
        bounds.end_latest == STEMMA_TIME_UNKNOWN_LATE) {
        return 0;
    }
    *first = day_of(bounds.start_earliest);
    *last = day_of(bounds.end_latest);
    return *first != STM_DAY_UNKNOWN && *last != STM_DAY_UNKNOWN && *first <= *last;
}

/* A plain decimal, without the locale that strtod() listens to. 0: not one. */
static int read_decimal(stemma_text text, double *value)
{
    double result = 0;
    double scale = 1;
    int point = 0;
    size_t digits = 0;
    if (text.size == 0 || text.size > DECIMAL_READ) {
        return 0;
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && !point) {
            point = 1;
        } else if (c >= '0' && c <= '9') {
            result = result * 10 + (c - '0');
            scale *= point ? 10 : 1;
            digits++;
        } else {
            return 0;
        }
    }
    *value = result / scale;
    return digits != 0;
}

static int read_count(struct stm_event_count *count, stemma_text role,
                      const stemma_quantity *quantity)
{
    double amount = 0;
    if (quantity->unit.size != 0) {
        return 0;
    }
    count->role = XXH64(role.data, role.size, 0);
    count->counted = quantity->counted;
    count->least = 0;
    count->most = 1e18;
    count->exact = 0;
    if (!read_decimal(quantity->amount, &amount)) {
        int least = read_decimal(quantity->lower, &count->least);
        int most = read_decimal(quantity->upper, &count->most);
        return least || most;
    }
    switch (quantity->modifier) {
    case STEMMA_MODIFIER_ABOUT:
        count->least = amount * 0.85;
        count->most = amount * 1.15;
        break;
    case STEMMA_MODIFIER_AT_LEAST:
    case STEMMA_MODIFIER_MORE_THAN:
        /* Whoever knew of ten times as many would not say so. */
        count->least = amount;
        count->most = amount * 2;
        break;
    case STEMMA_MODIFIER_AT_MOST:
    case STEMMA_MODIFIER_LESS_THAN:
        count->least = amount / 2;
        count->most = amount;
        break;
    default:
        count->least = amount;
        count->most = amount;
        count->exact = 1;
        break;
    }
    return 1;
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Words of at least `shortest` bytes. */
static stemma_status read_content(struct stm_event *event, stemma_text text, size_t shortest,
                                  struct stm_arena *arena)
{
    char plain[STM_NAME_PLAIN_SIZE];
    size_t size;
    if (event->words != NULL || stm_name_fold(text, plain, &size) != STEMMA_OK || size == 0) {
        return STEMMA_OK;
    }
    event->words = stm_arena_alloc(arena, WORDS_READ, sizeof *event->words);
    if (event->words == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    uint64_t words[WORDS_READ];
    uint32_t count = 0;
    for (size_t start = 0; start < size && count < WORDS_READ;) {
        size_t end = start;
        while (end < size && plain[end] != ' ') {
            end++;
        }
        if (end - start >= shortest) {
            words[count++] = XXH64(plain + start, end - start, 0);
        }
        start = end + 1;
    }
    qsort(words, count, sizeof *words, compare_numbers);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || words[i] != words[i - 1]) {
            event->words[event->word_count++] = words[i];
        }
    }
    return STEMMA_OK;
}

static void add_part(struct stm_event *event, const struct stm_entities *entities,
                     struct stm_cluster *clusters, uint32_t referent, uint8_t rank)
{
    uint32_t node = stm_entities_node(entities, event->document, referent);
    if (node == STEMMA_NONE) {
        return;
    }
    struct stm_event_part *part = &event->parts[event->part_count++];
    part->entity = stm_cluster_find(clusters, node);
    part->rank = rank;
    part->kind = entities->nodes[node].kind;
    part->named = entities->nodes[node].name_count != 0;
}

static int compare_parts(const void *left, const void *right)
{
    const struct stm_event_part *a = left;
    const struct stm_event_part *b = right;
    if (a->entity != b->entity) {
        return a->entity < b->entity ? -1 : 1;
    }
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static stemma_status read_assertion(struct stm_event *event, const stemma_assertion *assertion,
                                    const struct stm_entities *entities,
                                    struct stm_cluster *clusters, struct stm_arena *arena)
{
    const stemma_object *object = &assertion->object;
    stemma_text predicate = assertion->predicate;
    if (text_is(predicate, "type")) {
        /* The first word of it says what it is: a plan that is spoken of again remains one. */
        if (!event->is_told) {
            event->polarity = assertion->polarity;
            event->realis = assertion->realis;
            event->speaker = assertion->speaker;
            event->past = assertion->tense == STEMMA_TENSE_PAST;
            event->is_told = 1;
        }
        return STEMMA_OK;
    }
    if (text_is(predicate, "content") && object->kind == STEMMA_OBJECT_TEXT) {
        return read_content(event, object->as.text, 1, arena);
    }
    if (text_is(predicate, "target") && object->kind == STEMMA_OBJECT_TEXT) {
        return read_content(event, object->as.text, CONTENT_WORD, arena);
    }
    if (assertion->polarity == STEMMA_POLARITY_NEGATIVE &&
        event->polarity != STEMMA_POLARITY_NEGATIVE) {
        return STEMMA_OK;
    }
    int32_t first;
    int32_t last;
    switch (object->kind) {
    case STEMMA_OBJECT_TIME:
        if (days_of(object->as.time.edtf, &first, &last) &&
            (event->first_day == STM_DAY_UNKNOWN ||
             last - first < event->last_day - event->first_day)) {
            event->first_day = first;
            event->last_day = last;
        }
        break;
    case STEMMA_OBJECT_REFERENT:
        add_part(event, entities, clusters, object->as.referent, rank_of(predicate));
        break;
    case STEMMA_OBJECT_PLACE:
        if (object->as.place.referent != STEMMA_NONE) {
            add_part(event, entities, clusters, object->as.place.referent, STM_PART_PLACE);
        }
        break;
    case STEMMA_OBJECT_QUANTITY:
        if (event->count_count >= COUNTS_READ) {
            break;
        }
        event->count_count +=
            read_count(&event->counts[event->count_count], predicate, &object->as.quantity) ? 1u
                                                                                            : 0u;
        break;
    default:
        break;
    }
    return STEMMA_OK;
}

static uint8_t ways_of(stemma_text type)
{
    static const struct {
        const char *type;
        uint8_t ways;
    } WAYS[] = {{"statement.say", STM_EVENT_SAID},
                {"contact.meet", STM_EVENT_CONTACT},
                {"contact.agree", STM_EVENT_CONTACT},
                {"life.die", STM_EVENT_ONCE | STM_EVENT_HARM},
                {"life.injure", STM_EVENT_HARM},
                {"conflict.attack", STM_EVENT_HARM},
                {"sanction.impose", STM_EVENT_MEASURE},
                {"sanction.lift", STM_EVENT_MEASURE}};
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (text_is(type, WAYS[i].type)) {
            return WAYS[i].ways;
        }
    }
    return 0;
}

static stemma_status collect_document(const stemma_document *document, uint32_t number,
                                      const struct stm_entities *entities,
                                      struct stm_cluster *clusters, struct stm_arena *arena,
                                      struct stm_events *events)
{
    int32_t published;
    int32_t published_last;
    if (!days_of(document->published.edtf, &published, &published_last) ||
        published_last - published > 1) {
        published = STM_DAY_UNKNOWN;
    }
    events->first[number] = events->count;
    for (uint32_t r = 0; r < document->referent_count; r++) {
        if (document->referents[r].kind == STEMMA_REFERENT_EVENT) {
            struct stm_event *event = &events->nodes[events->count];
            events->document[events->count++] = number;
            event->document = number;
            event->referent = r;
            event->type = document->referents[r].type;
            /* Types have two levels; one without says no more than that something happened. */
            event->generic = event->type.size == 0 ||
                             memchr(event->type.data, '.', event->type.size) == NULL;
            event->ways = ways_of(event->type);
            event->first_day = STM_DAY_UNKNOWN;
            event->last_day = STM_DAY_UNKNOWN;
            event->published = published;
            event->speaker = STEMMA_NONE;
        }
    }
    events->first[number + 1] = events->count;
    /* How many assertions each event has bounds its participants and counts. */
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        uint32_t node = stm_events_node(events, number, document->assertions[i].subject);
        if (node != STEMMA_NONE) {
            events->nodes[node].part_count++;
        }
    }
    for (uint32_t n = events->first[number]; n < events->count; n++) {
        struct stm_event *event = &events->nodes[n];
        event->parts = stm_arena_alloc(arena, event->part_count, sizeof *event->parts);
        event->counts = stm_arena_alloc(arena, event->part_count, sizeof *event->counts);
        if (event->parts == NULL || event->counts == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        event->part_count = 0;
    }
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        uint32_t node = stm_events_node(events, number, document->assertions[i].subject);
        if (node == STEMMA_NONE) {
            continue;
        }
        stemma_status status = read_assertion(&events->nodes[node], &document->assertions[i],
                                              entities, clusters, arena);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    for (uint32_t n = events->first[number]; n < events->count; n++) {
        struct stm_event *event = &events->nodes[n];
        uint32_t kept = 0;
        if (event->part_count != 0) {
            qsort(event->parts, event->part_count, sizeof *event->parts, compare_parts);
        }
        for (uint32_t i = 0; i < event->part_count; i++) {
            if (kept == 0 || compare_parts(&event->parts[i], &event->parts[kept - 1]) != 0) {
                event->parts[kept++] = event->parts[i];
            } else { /* named in one breath, described in the next */
                event->parts[kept - 1].named |= event->parts[i].named;
            }
        }
        event->part_count = kept;
    }
    return STEMMA_OK;
}

stemma_status stm_events_collect(const struct stm_judge_input *input,
                                 const struct stm_entities *entities, struct stm_cluster *clusters,
                                 struct stm_arena *arena, struct stm_events *events)
{
    memset(events, 0, sizeof *events);
    uint64_t total = 0;
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_memory_check(arena->memory);
        for (uint32_t r = 0; r < input->documents[d]->referent_count; r++) {
            total += input->documents[d]->referents[r].kind == STEMMA_REFERENT_EVENT;
        }
    }
    events->nodes = stm_arena_alloc(arena, total, sizeof *events->nodes);
    events->document = stm_arena_alloc(arena, total, sizeof *events->document);
    events->first =
        stm_arena_alloc(arena, (size_t)input->document_count + 1, sizeof *events->first);
    if (total >= STEMMA_NONE || events->nodes == NULL || events->document == NULL ||
        events->first == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t d = 0; d < input->document_count; d++) {
        stm_judge_step(input, arena, "reading events", d, input->document_count);
        stemma_status status =
            collect_document(input->documents[d], d, entities, clusters, arena, events);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

uint32_t stm_events_node(const struct stm_events *events, uint32_t document, uint32_t referent)
{
    uint32_t low = events->first[document];
    uint32_t end = events->first[document + 1];
    uint32_t high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (events->nodes[middle].referent < referent) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && events->nodes[low].referent == referent ? low : STEMMA_NONE;
}
