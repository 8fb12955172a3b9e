/* SPDX-License-Identifier: MIT */
/* What lines of rows are made of: texts that come over and over, each made once. */
#include <stdlib.h>
#include <string.h>

#include "common/interchange_row_text.h"

void stm_row_pieces_init(struct stm_row_pieces *pieces, stemma_snapshot *snapshot)
{
    memset(pieces, 0, sizeof *pieces);
    pieces->snapshot = snapshot;
    stm_row_pieces_begin(pieces);
}

void stm_row_pieces_free(struct stm_row_pieces *pieces)
{
    for (uint32_t i = 0; i < pieces->term_room; i++) {
        stm_row_slot_free(pieces->terms + (size_t)i * STM_ROW_SLOT);
    }
    free(pieces->terms);
    free(pieces->frame_text.data);
    free(pieces->frame_piece);
    free(pieces->frames);
    free(pieces->time.data);
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

/* Appends to a pool. Terms are short and few: what they come to fits 32 bits, or is refused. */
static bool pool_put(struct stm_row_pool *pool, const char *data, size_t size)
{
    if (size > UINT32_MAX - STM_ROW_SLACK - pool->used) {
        return false;
    }
    if (pool->data == NULL || size > pool->room - pool->used) {
        size_t room = 2 * (pool->used + size);
        char *wider = realloc(pool->data, room + STM_ROW_SLACK);
        if (wider == NULL) {
            return false;
        }
        memset(wider + pool->used, 0, room + STM_ROW_SLACK - pool->used);
        pool->data = wider;
        pool->room = room;
    }
    if (size != 0) {
        memcpy(pool->data + pool->used, data, size);
        pool->used += size;
    }
    return true;
}

#define POOL_PUT(pool, literal) pool_put((pool), (literal), sizeof(literal) - 1)

/* An array that has room for element `index`; what is new in it is zero. */
static void *widen(void *array, uint32_t *room, uint32_t index, size_t size)
{
    size_t wanted = (size_t)index + 1;
    char *wider;
    if (index < *room) {
        return array;
    }
    wanted = wanted < 64 ? 64 : wanted + wanted / 2;
    wanted = wanted > UINT32_MAX ? UINT32_MAX : wanted;
    wider = realloc(array, wanted * size);
    if (wider != NULL) {
        memset(wider + *room * size, 0, (wanted - *room) * size);
        *room = (uint32_t)wanted;
    }
    return wider;
}

/* ,"type":"…" of a term. Its name, which the decoder of the vocabulary has checked, needs no
 * escape. */
static stemma_status make_term(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               uint32_t number, stemma_error *error)
{
    struct stm_row_pool made = {NULL, 0, 0};
    char *terms;
    stemma_term term;
    stemma_status status;
    if (number < pieces->term_room && stm_row_term(pieces, number).size != 0) {
        return STEMMA_OK;
    }
    status = stemma_term_get(pieces->snapshot, number, &term, error);
    if (status != STEMMA_OK) {
        return status;
    }
    terms = widen(pieces->terms, &pieces->term_room, number, STM_ROW_SLOT);
    pieces->terms = terms != NULL ? terms : pieces->terms;
    if (terms == NULL || !POOL_PUT(&made, STM_ROW_TYPE "\"") ||
        !pool_put(&made, term.name.data, term.name.size) || !POOL_PUT(&made, "\"") ||
        !stm_row_slot_put(terms + (size_t)number * STM_ROW_SLOT, made.data, made.used)) {
        text->no_memory = true;
    }
    pieces->term_longest = made.used > pieces->term_longest ? made.used : pieces->term_longest;
    free(made.data);
    return STEMMA_OK;
}

/* The quoted name of a term that was made. */
static bool put_role(struct stm_row_pieces *pieces, uint32_t term)
{
    const uint32_t lead = sizeof(STM_ROW_TYPE) - 1;
    stemma_text made = stm_row_term(pieces, term);
    return pool_put(&pieces->frame_text, made.data + lead, made.size - lead);
}

static bool put_frame_piece(struct stm_row_pieces *pieces, size_t first)
{
    struct stm_row_piece *wider =
        widen(pieces->frame_piece, &pieces->frame_piece_room, pieces->frame_pieces, sizeof *wider);
    if (wider == NULL) {
        return false;
    }
    pieces->frame_piece = wider;
    wider[pieces->frame_pieces++] =
        (struct stm_row_piece){(uint32_t)first, (uint32_t)(pieces->frame_text.used - first)};
    return true;
}

/* A role that several have stands once, before an array. */
static bool fill_frame(struct stm_row_pieces *pieces, const uint32_t *roles, uint32_t count)
{
    struct stm_row_pool *pool = &pieces->frame_text;
    bool good = pool_put(pool, NULL, 0); /* pieces that are empty have a place, too */
    bool many = false;                   /* inside an array */
    for (uint32_t i = 0; i < count && good; i++) {
        size_t first = pool->used;
        if (i != 0 && roles[i] == roles[i - 1]) {
            good = POOL_PUT(pool, ",");
        } else {
            good = i == 0 ? POOL_PUT(pool, ",\"participants\":{")
                   : many ? POOL_PUT(pool, "],")
                          : POOL_PUT(pool, ",");
            many = i + 1 < count && roles[i + 1] == roles[i];
            good = good && put_role(pieces, roles[i]) &&
                   (many ? POOL_PUT(pool, ":[") : POOL_PUT(pool, ":"));
        }
        good = good && put_frame_piece(pieces, first);
    }
    size_t first = pool->used;
    if (count != 0) {
        good = good && (many ? POOL_PUT(pool, "]}") : POOL_PUT(pool, "}"));
    }
    return good && put_frame_piece(pieces, first) && POOL_PUT(pool, STM_ROW_END);
}

/* Rows with more participants have a bound of their own. */
#define FEW 8u

static stemma_status make_frame(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                const stemma_row_columns *columns, uint32_t number,
                                stemma_error *error)
{
    const uint32_t *roles = columns->role + columns->frame_first[number];
    uint32_t count = columns->frame_first[number + 1] - columns->frame_first[number];
    size_t before = pieces->frame_text.used;
    struct stm_row_frame *frames;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = make_term(text, pieces, roles[i], error);
    }
    frames = widen(pieces->frames, &pieces->frame_room, number, sizeof *frames);
    if (status != STEMMA_OK || frames == NULL || text->no_memory) {
        text->no_memory |= frames == NULL;
        pieces->frames = frames != NULL ? frames : pieces->frames;
        return status;
    }
    pieces->frames = frames;
    frames[number] = (struct stm_row_frame){pieces->stamp, pieces->frame_pieces, count, 0, SIZE_MAX};
    text->no_memory |= !fill_frame(pieces, roles, count);
    frames[number].size = (uint32_t)(pieces->frame_text.used - before);
    if (count <= FEW) {
        frames[number].bound = STM_ROW_DIGITS + frames[number].size +
                               (count + 2) * (text->actors->longest + sizeof STM_ROW_PLACE) +
                               sizeof STM_ROW_END;
    }
    return STEMMA_OK;
}

/* Member `time`, or nothing. */
static void make_time(struct stm_row_text *text, struct stm_row_pieces *pieces, stemma_text time)
{
    bool good;
    pieces->time.used = 0;
    if (time.size == 0) {
        good = pool_put(&pieces->time, NULL, 0);
    } else {
        stm_json_reset(&text->escape);
        stm_json_text(&text->escape, time);
        good = stm_json_status(&text->escape) == STEMMA_OK &&
               POOL_PUT(&pieces->time, ",\"time\":") &&
               pool_put(&pieces->time, text->escape.data, text->escape.size);
    }
    text->no_memory |= !good;
}

void stm_row_pieces_begin(struct stm_row_pieces *pieces)
{
    pieces->frame_text.used = 0;
    pieces->frame_pieces = 0;
    pieces->time_number = UINT32_MAX;
    pieces->stamp++;
    if (pieces->stamp == 0 && pieces->frames != NULL) { /* old stamps would count again */
        memset(pieces->frames, 0, pieces->frame_room * sizeof *pieces->frames);
    }
    pieces->stamp += pieces->stamp == 0;
}

stemma_status stm_row_pieces_make(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                  const stemma_row_columns *columns, uint32_t row,
                                  stemma_error *error)
{
    uint32_t frame = columns->frame[row];
    const stemma_row_detail *detail = columns->detail != NULL ? &columns->detail[row] : NULL;
    stemma_status status = make_term(text, pieces, columns->type[row], error);
    if (status == STEMMA_OK &&
        (frame >= pieces->frame_room || pieces->frames[frame].stamp != pieces->stamp)) {
        status = make_frame(text, pieces, columns, frame, error);
    }
    if (status == STEMMA_OK && detail != NULL && detail->quantity_predicate != STEMMA_NONE) {
        status = make_term(text, pieces, detail->quantity_predicate, error);
    }
    if (columns->time[row] != pieces->time_number) {
        pieces->time_number = columns->time[row];
        make_time(text, pieces, columns->times[pieces->time_number]);
    }
    return status;
}
