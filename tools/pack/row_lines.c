/* SPDX-License-Identifier: MIT */
#include "pack/row_lines.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "base/error.h"
#include "base/grow.h"

#define BATCH      4096u
#define TEXT_SIZE  ((size_t)4 << 20) /* of a batch; a row that has more is a batch of its own */
#define TERM_SLOTS 512u              /* a power of two */
#define TERM_SHORT 54u

struct term_cache {
    uint32_t handle;
    uint8_t kind;
    uint8_t size; /* 0: free */
    char name[TERM_SHORT];
};

struct name_slot {
    uint32_t position; /* + 1; 0: free */
    bool shared;       /* several actors are called so */
};

struct stm_row_lines {
    struct stm_row_sink sink;
    stm_row_refused *refused;
    void *context;
    struct stm_arena arena;
    uint64_t promised;
    uint64_t seen;
    uint64_t size;
    uint8_t digest[STEMMA_DIGEST_SIZE];
    /* Actors, by their positions in the document's line. */
    stemma_text *names;
    uint32_t *handles;
    uint32_t actor_count;
    struct name_slot *slots;
    size_t slot_count;
    struct term_cache terms[TERM_SLOTS];
    /* The batch. */
    stemma_row rows[BATCH];
    uint64_t row_lines[BATCH];
    size_t first_participant[BATCH];
    size_t count;
    stemma_row_participant *participants;
    size_t participant_count;
    size_t participant_capacity;
    char *text;
    size_t text_used;
    size_t text_capacity;
};

static stemma_status no_memory(stemma_error *error)
{
    return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
}

void stm_row_lines_free(struct stm_row_lines *lines)
{
    if (lines != NULL) {
        free(lines->slots);
        free(lines->participants);
        free(lines->text);
        stm_arena_free(&lines->arena);
        free(lines);
    }
}

uint64_t stm_row_lines_seen(const struct stm_row_lines *lines)
{
    return lines->seen;
}

uint64_t stm_row_lines_promised(const struct stm_row_lines *lines)
{
    return lines->promised;
}

const uint32_t *stm_row_lines_actors(const struct stm_row_lines *lines, uint32_t *count)
{
    *count = lines->actor_count;
    return lines->handles;
}

static struct name_slot *slot_of(struct stm_row_lines *lines, stemma_text name)
{
    size_t at = (size_t)stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, 0) &
                (lines->slot_count - 1);
    while (lines->slots[at].position != 0 &&
           !stemma_text_equal(lines->names[lines->slots[at].position - 1], name)) {
        at = (at + 1) & (lines->slot_count - 1);
    }
    return &lines->slots[at];
}

static stemma_status take_actors(struct stm_row_lines *lines, const stemma_document *document,
                                 stemma_error *error)
{
    lines->actor_count = document->referent_count;
    lines->slot_count = 16;
    while (lines->slot_count < 2 * (size_t)lines->actor_count) {
        lines->slot_count *= 2;
    }
    lines->names = stm_arena_alloc(&lines->arena, lines->actor_count, sizeof *lines->names);
    lines->handles = stm_arena_alloc(&lines->arena, lines->actor_count, sizeof *lines->handles);
    lines->slots = calloc(lines->slot_count, sizeof *lines->slots);
    if (lines->names == NULL || lines->handles == NULL || lines->slots == NULL) {
        return no_memory(error);
    }
    for (uint32_t i = 0; i < lines->actor_count; i++) {
        const stemma_referent *referent = &document->referents[i];
        stemma_status status =
            lines->sink.actor(lines->sink.context, referent->type, referent->names[0].text,
                              &lines->handles[i], error);
        struct name_slot *slot;
        if (status != STEMMA_OK) {
            return status;
        }
        lines->names[i] = stm_arena_text(&lines->arena, referent->names[0].text);
        if (lines->names[i].data == NULL) {
            return no_memory(error);
        }
        slot = slot_of(lines, lines->names[i]);
        slot->shared = slot->position != 0;
        slot->position = i + 1;
    }
    return STEMMA_OK;
}

stemma_status stm_row_lines_begin(struct stm_row_lines **out, const struct stm_row_sink *sink,
                                  const struct stm_line_document *document,
                                  stm_row_refused *refused, void *context, stemma_error *error)
{
    struct stm_row_lines *lines = calloc(1, sizeof *lines);
    stemma_status status;
    *out = lines;
    if (lines == NULL) {
        return no_memory(error);
    }
    lines->sink = *sink;
    lines->refused = refused;
    lines->context = context;
    lines->promised = document->rows;
    lines->size = document->size;
    memcpy(lines->digest, document->document.digest, STEMMA_DIGEST_SIZE);
    stm_arena_init(&lines->arena, 0);
    lines->text_capacity = TEXT_SIZE;
    lines->text = malloc(TEXT_SIZE);
    status = lines->text != NULL ? STEMMA_OK : no_memory(error);
    if (status == STEMMA_OK) {
        status = sink->begin(sink->context, &document->document, error);
    }
    if (status == STEMMA_OK) {
        status = take_actors(lines, &document->document, error);
    }
    return status;
}

static stemma_status flush(struct stm_row_lines *lines, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < lines->count && lines->participants != NULL; i++) {
        lines->rows[i].participants = lines->participants + lines->first_participant[i];
    }
    for (size_t done = 0; done < lines->count && status == STEMMA_OK;) {
        stemma_error own = {0};
        size_t taken = 0;
        status = lines->sink.rows(lines->sink.context, lines->rows + done, lines->count - done,
                                  &taken, &own);
        done += taken;
        if (status == STEMMA_E_INVALID ||
            (status == STEMMA_E_LIMIT && strcmp(own.code, "CORPUS_TOO_LARGE") != 0)) {
            own.where[0] = '\0'; /* its line is known */
            lines->refused(lines->context, lines->row_lines[done], &own);
            done++;
            status = STEMMA_OK;
        } else if (status != STEMMA_OK && error != NULL) {
            *error = own;
        }
    }
    lines->count = 0;
    lines->participant_count = 0;
    lines->text_used = 0;
    return status;
}

static stemma_status term_of(struct stm_row_lines *lines, uint8_t kind, stemma_text name,
                             uint32_t *handle, stemma_error *error)
{
    uint64_t hash = stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, kind);
    struct term_cache *cached = &lines->terms[hash & (TERM_SLOTS - 1)];
    stemma_status status;
    if (cached->size == name.size && cached->kind == kind && name.size != 0 &&
        memcmp(cached->name, name.data, name.size) == 0) {
        *handle = cached->handle;
        return STEMMA_OK;
    }
    status = lines->sink.term(lines->sink.context, kind, name, handle, error);
    if (status == STEMMA_OK && name.size <= TERM_SHORT) {
        cached->handle = *handle;
        cached->kind = kind;
        cached->size = (uint8_t)name.size;
        memcpy(cached->name, name.data, name.size);
    }
    return status;
}

static stemma_status actor_of(struct stm_row_lines *lines, const struct stm_line_actor *actor,
                              const char *where, uint32_t *handle, stemma_error *error)
{
    uint32_t position = actor->position;
    *handle = STEMMA_NONE;
    if (actor->name.size != 0) {
        const struct name_slot *slot = slot_of(lines, actor->name);
        if (slot->position == 0 || slot->shared) {
            return stm_fail(error, STEMMA_E_INVALID, "ACTOR_UNKNOWN", where,
                            slot->shared
                                ? "Several actors have this name: say which by its position"
                                : "No actor of the data set has this name");
        }
        position = slot->position - 1;
    } else if (position == STEMMA_NONE) {
        return STEMMA_OK;
    }
    if (position >= lines->actor_count) {
        return stm_fail(error, STEMMA_E_INVALID, "ACTOR_UNKNOWN", where,
                        "The data set has only %u actors", lines->actor_count);
    }
    *handle = lines->handles[position];
    return STEMMA_OK;
}

/* A copy in the batch, for which there is room. */
static stemma_text copy(struct stm_row_lines *lines, stemma_text text)
{
    char *out = lines->text + lines->text_used;
    if (text.size == 0) {
        return (stemma_text){NULL, 0};
    }
    memcpy(out, text.data, text.size);
    lines->text_used += text.size;
    return (stemma_text){out, text.size};
}

static stemma_status make_room(struct stm_row_lines *lines, const struct stm_line_row *row,
                               stemma_error *error)
{
    size_t size = row->time.size + row->external_id.size + row->content.size + row->amount.size +
                  row->unit.size;
    stemma_status status = STEMMA_OK;
    if (lines->count == BATCH || size > lines->text_capacity - lines->text_used) {
        status = flush(lines, error);
    }
    if (status == STEMMA_OK && size > lines->text_capacity) {
        char *wider = realloc(lines->text, size);
        if (wider == NULL) {
            return no_memory(error);
        }
        lines->text = wider;
        lines->text_capacity = size;
    }
    return status;
}

static stemma_status resolve(struct stm_row_lines *lines, const struct stm_line_row *line,
                             stemma_row *row, stemma_error *error)
{
    stemma_status status = term_of(lines, STEMMA_TERM_EVENT_TYPE, line->type, &row->type, error);
    if (status == STEMMA_OK) {
        status = actor_of(lines, &line->place, "place", &row->place, error);
    }
    if (status == STEMMA_OK) {
        status = actor_of(lines, &line->source, "source", &row->source, error);
    }
    if (status == STEMMA_OK && line->predicate.size != 0) {
        status =
            term_of(lines, STEMMA_TERM_PREDICATE, line->predicate, &row->quantity_predicate, error);
    }
    for (uint32_t i = 0; i < line->participant_count && status == STEMMA_OK; i++) {
        stemma_row_participant participant;
        stemma_row_participant *list = stm_grow(lines->participants, &lines->participant_capacity,
                                                lines->participant_count + 1, sizeof *list);
        if (list == NULL) {
            return no_memory(error);
        }
        lines->participants = list;
        status = term_of(lines, STEMMA_TERM_PREDICATE, line->participants[i].role,
                         &participant.role, error);
        if (status == STEMMA_OK) {
            status = actor_of(lines, &line->participants[i].actor, "participants",
                              &participant.actor, error);
        }
        if (status == STEMMA_OK) {
            list[lines->participant_count++] = participant;
        }
    }
    return status;
}

stemma_status stm_row_lines_add(struct stm_row_lines *lines, const struct stm_line_row *line,
                                uint64_t number, stemma_error *error)
{
    stemma_error own = {0};
    stemma_row *row;
    size_t first;
    stemma_status status = make_room(lines, line, error);
    if (status != STEMMA_OK) {
        return status;
    }
    lines->seen++;
    first = lines->participant_count;
    row = &lines->rows[lines->count];
    *row = (stemma_row){.number = line->number,
                        .type = STEMMA_NONE,
                        .place = STEMMA_NONE,
                        .source = STEMMA_NONE,
                        .quantity_predicate = STEMMA_NONE};
    status = resolve(lines, line, row, &own);
    if (status != STEMMA_OK) {
        lines->participant_count = first;
        if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
            lines->refused(lines->context, number, &own);
            return STEMMA_OK;
        }
        if (error != NULL) {
            *error = own;
        }
        return status;
    }
    row->time = copy(lines, line->time);
    row->external_id = copy(lines, line->external_id);
    row->content = copy(lines, line->content);
    row->amount = copy(lines, line->amount);
    row->unit = copy(lines, line->unit);
    row->participant_count = (uint32_t)(lines->participant_count - first);
    lines->first_participant[lines->count] = first;
    lines->row_lines[lines->count] = number;
    lines->count++;
    return STEMMA_OK;
}

stemma_status stm_row_lines_end(struct stm_row_lines *lines, uint32_t *number, stemma_error *error)
{
    stemma_status status = flush(lines, error);
    if (status == STEMMA_OK) {
        status = lines->sink.digest(lines->sink.context, lines->digest, lines->size, error);
    }
    return status == STEMMA_OK ? lines->sink.end(lines->sink.context, number, error) : status;
}
