/* SPDX-License-Identifier: MIT */
/* Many rows as lines: a line is little more than some copies of fixed size.
 *
 * Behind what is written the beginning of the next line stands already: it comes with the end of the
 * line before. */
#include <string.h>

#include "common/interchange_row_text.h"

#define STEP      32u /* bytes that are copied at a time */
#define HEAD_SIZE (sizeof(STM_ROW_HEAD) - 1)
#define END_SIZE  (sizeof(STM_ROW_END) - 1)

/* Copies a short text by steps: both sides have slack. */
static inline char *copy(char *out, const char *from, size_t size)
{
    memcpy(out, from, STEP);
    for (size_t at = STEP; at < size; at += STEP) {
        memcpy(out + at, from + at, STEP);
    }
    return out + size;
}

/* ---- Numbers --------------------------------------------------------------------------------- */

static const char pairs[200] = "0001020304050607080910111213141516171819"
                               "2021222324252627282930313233343536373839"
                               "4041424344454647484950515253545556575859"
                               "6061626364656667686970717273747576777879"
                               "8081828384858687888990919293949596979899";

/* Digits of a number at the end of ten. How many. */
static uint32_t make_digits(uint32_t number, char out[STM_ROW_DIGITS])
{
    uint32_t at = STM_ROW_DIGITS;
    do {
        out[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    return STM_ROW_DIGITS - at;
}

/* A number that has other hundreds than the row before. */
static char *put_other_number(char *out, struct stm_row_pieces *pieces, uint32_t number)
{
    char digits[STM_ROW_DIGITS];
    uint32_t count = make_digits(number, digits);
    memcpy(out, digits + STM_ROW_DIGITS - count, count);
    if (number >= 100) {
        pieces->hundreds_from = number - number % 100;
        pieces->hundreds_size = count - 2;
        memcpy(pieces->hundreds, out, count - 2);
    }
    return out + count;
}

static inline char *put_number(char *out, struct stm_row_pieces *pieces, uint32_t number)
{
    uint32_t rest = number - pieces->hundreds_from;
    if (rest >= 100 || pieces->hundreds_from == 0) {
        return put_other_number(out, pieces, number);
    }
    memcpy(out, pieces->hundreds, 8); /* of 32 bits there are no more */
    out += pieces->hundreds_size;
    memcpy(out, pairs + 2 * rest, 2);
    return out + 2;
}

/* Actors lie all over memory: what their places are is fetched when so many participants come before
   them, and their names when half as many do. */
#define AHEAD 32u

/* ---- Any lines ------------------------------------------------------------------------------- */

/* Has the processor fetch what the participants of a row far behind this one will need. (Not in a function
   of its own: one that only fetches has no effect that GCC would keep.) */
#define FORESEE(starts, names, actor, count)                      \
    for (uint32_t ahead = 0; ahead < (count); ahead++) {          \
        const char *name = (names) + (starts)[(actor)[AHEAD / 2 + ahead]]; \
        __builtin_prefetch(&(starts)[(actor)[AHEAD + ahead]]);    \
        __builtin_prefetch(name);                                 \
        __builtin_prefetch(name + STEP);                          \
    }

static inline char *put_actor(char *out, const struct stm_row_actors *actors, uint32_t actor)
{
    size_t from = actors->starts[actor];
    return copy(out, actors->text + from, actors->starts[actor + 1] - from);
}

/* Bytes that surely hold a line up to its rare members, and the beginning of the next. Actors of a damaged
   file may be any. */
static inline size_t bound_of(const struct stm_row_text *text, const struct stm_row_pieces *pieces,
                              const stemma_row_columns *columns, uint32_t row)
{
    const struct stm_row_actors *actors = text->actors;
    const uint32_t *actor = columns->actor + columns->participant_first[row];
    uint32_t count = columns->participant_first[row + 1] - columns->participant_first[row];
    size_t size = STM_ROW_DIGITS + pieces->terms[columns->type[row]].size + pieces->time.used +
                  pieces->frames[columns->frame[row]].size + 2 * (actors->longest + 16) + END_SIZE;
    if (count <= 8) {
        return size + count * actors->longest;
    }
    for (uint32_t i = 0; i < count; i++) {
        size += actors->starts[actor[i] + 1] - actors->starts[actor[i]];
    }
    return size;
}

/* Type, time, and what stands before the first participant. */
static char *put_opening(char *out, const struct stm_row_pieces *pieces, const stemma_row_columns *columns,
                         uint32_t row)
{
    const uint32_t type = columns->type[row];
    const struct stm_row_frame *frame = &pieces->frames[columns->frame[row]];
    out = copy(out, pieces->text.data + pieces->terms[type].first, pieces->terms[type].size);
    out = copy(out, pieces->time.data, pieces->time.used);
    if (frame->count != 0) {
        const struct stm_row_piece first = pieces->frame_piece[frame->first];
        out = copy(out, pieces->frame_text.data + first.first, first.size);
    }
    return out;
}

/* The participants, what is between them, and what is behind. */
static char *put_participants(char *out, const struct stm_row_text *text,
                              const struct stm_row_pieces *pieces, const struct stm_row_frame *frame,
                              const uint32_t *actor)
{
    const struct stm_row_piece *piece = pieces->frame_piece + frame->first;
    const char *data = pieces->frame_text.data;
    for (uint32_t i = 0; i < frame->count; i++) {
        if (i != 0) {
            out = copy(out, data + piece[i].first, piece[i].size);
        }
        out = put_actor(out, text->actors, actor[i]);
    }
    return copy(out, data + piece[frame->count].first, piece[frame->count].size);
}

/* Place and source. */
static char *put_places(char *out, const struct stm_row_text *text, const stemma_row_columns *columns,
                        uint32_t row)
{
    static const char place[STEP] = ",\"place\":";
    static const char source[STEP] = ",\"source\":";
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
        const uint32_t lead = sizeof(STM_ROW_TYPE "\"") - 1;
        struct stm_row_piece piece = pieces->terms[detail->quantity_predicate];
        predicate = (stemma_text){pieces->text.data + piece.first + lead, piece.size - lead - 1};
    }
    stm_row_put_rare(text, detail->external_id, detail->content, predicate, detail->amount,
                     detail->unit);
}

/* What stands behind the beginning of a line, and the beginning of the next. False: no memory. */
static bool put_line(struct stm_row_text *text, struct stm_row_pieces *pieces,
                     const stemma_row_columns *columns, uint32_t row)
{
    static const char end[STM_ROW_SLACK] = STM_ROW_END;
    const uint32_t first = columns->participant_first[row];
    const uint32_t count = columns->participant_first[row + 1] - first;
    char *out;
    if (columns->participant_first[columns->count] - first > AHEAD + count) {
        FORESEE(text->actors->starts, text->actors->text, columns->actor + first, count);
    }
    if (!stm_row_reserve(text, bound_of(text, pieces, columns, row))) {
        return false;
    }
    out = put_number(text->buffer + text->used, pieces, columns->number[row]);
    out = put_opening(out, pieces, columns, row);
    out = put_participants(out, text, pieces, &pieces->frames[columns->frame[row]],
                           columns->actor + columns->participant_first[row]);
    out = put_places(out, text, columns, row);
    text->used = (size_t)(out - text->buffer);
    if (columns->detail != NULL) {
        put_detail(text, pieces, &columns->detail[row]);
    }
    if (!stm_row_reserve(text, END_SIZE)) {
        return false;
    }
    out = copy(text->buffer + text->used, end, END_SIZE);
    text->used = (size_t)(out - text->buffer);
    return true;
}

/* ---- Lines without rare members, whose openings are there ------------------------------------ */

/* Appends lines from `row` on up to one that is not so, or `enough` bytes. Where to go on. (What does not
   change is held in variables: for all that the compiler knows a line might be written over it.) */
static uint32_t put_bare(struct stm_row_text *text, struct stm_row_pieces *pieces,
                         const stemma_row_columns *columns, uint32_t row, size_t enough)
{
    const size_t *const starts = text->actors->starts;
    const char *const names = text->actors->text;
    const struct stm_row_piece *const all_pieces = pieces->frame_piece;
    const char *const between = pieces->frame_text.data;
    struct stm_row_opening *const openings = pieces->openings;
    const uint32_t stamp = pieces->opening_stamp, time = pieces->time_number;
    const uint32_t *const types = columns->type, *const frames = columns->frame;
    const uint32_t *const times = columns->time, *const numbers = columns->number;
    const uint32_t *const participant_first = columns->participant_first;
    const uint32_t count = columns->count, participants = participant_first[count];
    const uint32_t *const actors = columns->actor;
    char *out = text->buffer + text->used;
    const char *const last = text->buffer + (enough < text->capacity ? enough : text->capacity);
    const char *const limit = text->buffer + text->capacity;
    for (; row < count && times[row] == time && out <= last; row++) {
        const uint32_t type = types[row], frame = frames[row], first = participant_first[row];
        const struct stm_row_opening *opening = stm_row_opening_at(openings, type, frame);
        const uint32_t *actor = actors + first;
        if (opening->stamp != stamp || opening->type != type || opening->frame != frame ||
            opening->bound > (size_t)(limit - out)) {
            break;
        }
        if (participants - first > AHEAD + opening->count) {
            FORESEE(starts, names, actor, opening->count);
        }
        out = put_number(out, pieces, numbers[row]);
        memcpy(out, opening->text, 2 * STEP); /* most have more than one step */
        for (size_t at = 2 * STEP; at < opening->size; at += STEP) {
            memcpy(out + at, opening->text + at, STEP);
        }
        out += opening->size;
        const struct stm_row_piece *piece = all_pieces + opening->first;
        for (const struct stm_row_piece *end = piece + opening->count; piece != end; actor++) {
            const size_t from = starts[*actor];
            out = copy(out, names + from, starts[*actor + 1] - from);
            piece++;
            if (piece != end) {
                out = copy(out, between + piece->first, piece->size);
            }
        }
        out = copy(out, between + piece->first, piece->size + END_SIZE);
    }
    text->used = (size_t)(out - text->buffer);
    return row;
}

/* A row that put_bare() stopped at: its pieces are made, and its opening if the next one may have it, too;
   else the line is written. */
static stemma_status go_on(struct stm_row_text *text, struct stm_row_pieces *pieces,
                           const stemma_row_columns *columns, bool bare, uint32_t *row,
                           stemma_error *error)
{
    uint32_t i = *row;
    stemma_status status = stm_row_pieces_make(text, pieces, columns, i, error);
    if (status != STEMMA_OK || text->no_memory) {
        return status;
    }
    if (bare && i + 1 < columns->count && columns->time[i + 1] == columns->time[i] &&
        stm_row_opening_make(text, pieces, columns->type[i], columns->frame[i])) {
        (void)stm_row_reserve(text, bound_of(text, pieces, columns, i));
        return STEMMA_OK;
    }
    *row += put_line(text, pieces, columns, i);
    return STEMMA_OK;
}

stemma_status stm_row_put_many(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t from, size_t enough,
                               uint32_t *done, stemma_error *error)
{
    const bool bare = columns->place == NULL && columns->source == NULL && columns->detail == NULL &&
                      pieces->openings != NULL;
    uint32_t i = from;
    stemma_status status = STEMMA_OK;
    if (from == 0) {
        stm_row_pieces_begin(pieces);
    }
    *done = from;
    if (!stm_row_reserve(text, HEAD_SIZE)) {
        return STEMMA_OK;
    }
    memcpy(text->buffer + text->used, STM_ROW_HEAD, HEAD_SIZE);
    text->used += HEAD_SIZE;
    enough += HEAD_SIZE;
    while (i < columns->count && text->used <= enough && status == STEMMA_OK && !text->no_memory) {
        uint32_t before = i;
        if (bare) {
            i = put_bare(text, pieces, columns, i, enough);
        }
        if (i == before) {
            status = go_on(text, pieces, columns, bare, &i, error);
        }
    }
    text->used -= HEAD_SIZE;
    *done = i;
    return status;
}
