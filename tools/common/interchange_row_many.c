/* SPDX-License-Identifier: MIT */
/* Many rows as lines: texts that come over and over are made once, and a line is little more than
   some copies of fixed size. */
#include <stdlib.h>
#include <string.h>

#include "common/interchange_row_text.h"

#define DIGITS 10u
#define HEAD   "{\"record\":\"row\",\"row\":"
#define TYPE   ",\"type\":"

void stm_row_pieces_init(struct stm_row_pieces *pieces, stemma_snapshot *snapshot)
{
    memset(pieces, 0, sizeof *pieces);
    pieces->snapshot = snapshot;
}

void stm_row_pieces_free(struct stm_row_pieces *pieces)
{
    free(pieces->text.data);
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
    struct stm_row_piece *terms;
    stemma_term term;
    uint32_t first = (uint32_t)pieces->text.used;
    stemma_status status;
    if (number < pieces->term_room && pieces->terms[number].size != 0) {
        return STEMMA_OK;
    }
    status = stemma_term_get(pieces->snapshot, number, &term, error);
    if (status != STEMMA_OK) {
        return status;
    }
    terms = widen(pieces->terms, &pieces->term_room, number, sizeof *terms);
    if (terms == NULL || !POOL_PUT(&pieces->text, TYPE "\"") ||
        !pool_put(&pieces->text, term.name.data, term.name.size) ||
        !POOL_PUT(&pieces->text, "\"")) {
        text->no_memory = true;
    }
    if (terms != NULL) {
        pieces->terms = terms;
        terms[number] = (struct stm_row_piece){first, (uint32_t)pieces->text.used - first};
    }
    return STEMMA_OK;
}

/* The quoted name of a term that was made. */
static bool put_role(struct stm_row_pieces *pieces, uint32_t term)
{
    const uint32_t lead = sizeof(TYPE) - 1;
    struct stm_row_piece piece = pieces->terms[term];
    return pool_put(&pieces->frame_text, pieces->text.data + piece.first + lead, piece.size - lead);
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
    return good && put_frame_piece(pieces, first);
}

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
    frames[number] = (struct stm_row_frame){pieces->stamp, pieces->frame_pieces, count, 0};
    text->no_memory |= !fill_frame(pieces, roles, count);
    frames[number].size = (uint32_t)(pieces->frame_text.used - before);
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

/* ---- Lines ----------------------------------------------------------------------------------- */

/* Copies a short text in one piece: both sides have slack. */
static inline char *copy(char *out, const char *from, size_t size)
{
    memcpy(out, from, 32);
    if (size > 32) {
        memcpy(out + 32, from + 32, STM_ROW_SLACK - 32);
        if (size > STM_ROW_SLACK) {
            memcpy(out + STM_ROW_SLACK, from + STM_ROW_SLACK, size - STM_ROW_SLACK);
        }
    }
    return out + size;
}

/* Digits of a number at the end of ten. How many. */
static uint32_t make_digits(uint32_t number, char out[DIGITS])
{
    uint32_t at = DIGITS;
    do {
        out[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return DIGITS - at;
}

/* Rows mostly have the hundreds of the row before. (Two digits are written, not read back: a copy
   from where a byte was just stored would wait for it.) */
static inline char *put_number(char *out, struct stm_row_pieces *pieces, uint32_t number)
{
    uint32_t hundreds = number / 100;
    uint32_t rest = number % 100;
    if (hundreds == 0) {
        char digits[DIGITS];
        uint32_t count = make_digits(number, digits);
        memcpy(out, digits + DIGITS - count, count);
        return out + count;
    }
    if (hundreds != pieces->hundreds_shown) {
        char digits[DIGITS];
        pieces->hundreds_size = make_digits(hundreds, digits);
        pieces->hundreds_shown = hundreds;
        memcpy(pieces->hundreds, digits + DIGITS - pieces->hundreds_size, pieces->hundreds_size);
    }
    out = copy(out, pieces->hundreds, pieces->hundreds_size);
    out[0] = (char)('0' + rest / 10);
    out[1] = (char)('0' + rest % 10);
    return out + 2;
}

static inline char *put_actor(char *out, const struct stm_row_actors *actors, uint32_t actor)
{
    size_t from = actors->starts[actor];
    return copy(out, actors->text + from, actors->starts[actor + 1] - from);
}

/* Actors lie all over memory: what their places are is fetched when so many participants come before
   them, and their names when half as many do. */
#define AHEAD 32u

/* Has the processor fetch what the rows behind `row` will need; `*done` is the participant up to which that
   was done. */
static inline void foresee(const struct stm_row_actors *actors, const stemma_row_columns *columns,
                           uint32_t row, uint32_t *done)
{
    const uint32_t all = columns->participant_first[columns->count];
    const uint32_t from = columns->participant_first[row];
    const uint32_t end = all - from < AHEAD ? all : from + AHEAD;
    for (; *done < end; ++*done) {
        const uint32_t near = *done < AHEAD / 2 ? 0 : *done - AHEAD / 2;
        __builtin_prefetch(&actors->starts[columns->actor[*done]]);
        if (near >= from) {
            const char *name = actors->text + actors->starts[columns->actor[near]];
            __builtin_prefetch(name);
            __builtin_prefetch(name + STM_ROW_SLACK / 2);
        }
    }
}

/* Bytes that surely hold a line up to its rare members. Actors of a damaged file may be any. */
static size_t bound_of(const struct stm_row_text *text, const struct stm_row_pieces *pieces,
                       const stemma_row_columns *columns, uint32_t row, uint32_t frame_size)
{
    const struct stm_row_actors *actors = text->actors;
    const uint32_t *actor = columns->actor + columns->participant_first[row];
    uint32_t count = columns->participant_first[row + 1] - columns->participant_first[row];
    size_t size = sizeof(HEAD) + DIGITS + pieces->terms[columns->type[row]].size +
                  pieces->time.used + frame_size + 2 * (actors->longest + 16) + 8;
    if (count <= 8) {
        return size + count * actors->longest;
    }
    for (uint32_t i = 0; i < count; i++) {
        size += actors->starts[actor[i] + 1] - actors->starts[actor[i]];
    }
    return size;
}

static inline char *put_participants(char *out, const struct stm_row_text *text,
                                     const struct stm_row_pieces *pieces,
                                     const struct stm_row_frame *frame, const uint32_t *actor)
{
    const struct stm_row_piece *piece = pieces->frame_piece + frame->first;
    const char *data = pieces->frame_text.data;
    for (uint32_t i = 0; i < frame->count; i++) {
        out = copy(out, data + piece[i].first, piece[i].size);
        out = put_actor(out, text->actors, actor[i]);
    }
    return copy(out, data + piece[frame->count].first, piece[frame->count].size);
}

/* A line up to its rare members, for which there is room; where it ends. */
static inline char *put_line(char *out, const struct stm_row_text *text,
                             struct stm_row_pieces *pieces, const stemma_row_columns *columns,
                             uint32_t row)
{
    static const char place[STM_ROW_SLACK] = ",\"place\":";
    static const char source[STM_ROW_SLACK] = ",\"source\":";
    static const char head[STM_ROW_SLACK] = HEAD;
    struct stm_row_piece type = pieces->terms[columns->type[row]];
    out = copy(out, head, sizeof(HEAD) - 1);
    out = put_number(out, pieces, columns->number[row]);
    out = copy(out, pieces->text.data + type.first, type.size);
    out = copy(out, pieces->time.data, pieces->time.used);
    out = put_participants(out, text, pieces, &pieces->frames[columns->frame[row]],
                           columns->actor + columns->participant_first[row]);
    if (columns->place != NULL && columns->place[row] != STEMMA_NONE) {
        out = copy(out, place, 9);
        out = put_actor(out, text->actors, columns->place[row]);
    }
    if (columns->source != NULL && columns->source[row] != STEMMA_NONE) {
        out = copy(out, source, 10);
        out = put_actor(out, text->actors, columns->source[row]);
    }
    return out;
}

static void put_detail(struct stm_row_text *text, const struct stm_row_pieces *pieces,
                       const stemma_row_detail *detail)
{
    stemma_text predicate = {NULL, 0};
    if (detail->quantity_predicate != STEMMA_NONE) {
        const uint32_t lead = sizeof(TYPE "\"") - 1;
        struct stm_row_piece piece = pieces->terms[detail->quantity_predicate];
        predicate = (stemma_text){pieces->text.data + piece.first + lead, piece.size - lead - 1};
    }
    stm_row_put_rare(text, detail->external_id, detail->content, predicate, detail->amount,
                     detail->unit);
}

/* Begins with other columns, which may call frames by other numbers. */
static void begin(struct stm_row_pieces *pieces)
{
    pieces->frame_text.used = 0;
    pieces->frame_pieces = 0;
    pieces->stamp++;
    if (pieces->stamp == 0 && pieces->frames != NULL) { /* old stamps would count again */
        memset(pieces->frames, 0, pieces->frame_room * sizeof *pieces->frames);
    }
    pieces->stamp += pieces->stamp == 0;
}

stemma_status stm_row_put_many(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t from, size_t enough,
                               uint32_t *done, stemma_error *error)
{
    uint32_t time = UINT32_MAX;
    uint32_t i = from;
    uint32_t foreseen = columns->participant_first[from];
    stemma_status status = STEMMA_OK;
    begin(pieces);
    for (; i < columns->count && text->used <= enough; i++) {
        uint32_t type = columns->type[i];
        uint32_t frame = columns->frame[i];
        const stemma_row_detail *detail = columns->detail != NULL ? &columns->detail[i] : NULL;
        foresee(text->actors, columns, i, &foreseen);
        if (type >= pieces->term_room || pieces->terms[type].size == 0) {
            status = make_term(text, pieces, type, error);
        }
        if (status == STEMMA_OK &&
            (frame >= pieces->frame_room || pieces->frames[frame].stamp != pieces->stamp)) {
            status = make_frame(text, pieces, columns, frame, error);
        }
        if (status == STEMMA_OK && detail != NULL && detail->quantity_predicate != STEMMA_NONE) {
            status = make_term(text, pieces, detail->quantity_predicate, error);
        }
        if (columns->time[i] != time) {
            time = columns->time[i];
            make_time(text, pieces, columns->times[time]);
        }
        if (status != STEMMA_OK || text->no_memory ||
            !stm_row_reserve(text,
                             bound_of(text, pieces, columns, i, pieces->frames[frame].size))) {
            break;
        }
        text->used =
            (size_t)(put_line(text->buffer + text->used, text, pieces, columns, i) - text->buffer);
        if (detail != NULL) {
            put_detail(text, pieces, detail);
            if (!stm_row_reserve(text, 2)) {
                break;
            }
        }
        memcpy(text->buffer + text->used, "}\n", 2);
        text->used += 2;
    }
    *done = i;
    return status;
}
