/* SPDX-License-Identifier: MIT */
/* Many rows as lines: a line is little more than some copies of fixed size.
 *
 * Behind what is written the beginning of the next line stands already: it comes with the end of the
 * line before. */
#include <string.h>

#include "common/interchange_row_text.h"
#include "wide.h"

#define STEP      32u /* bytes that are copied at a time */
#define HEAD_SIZE (sizeof(STM_ROW_HEAD) - 1)
#define END_SIZE  (sizeof(STM_ROW_END) - 1)

#if defined(__GNUC__)
#define INLINE __attribute__((always_inline)) inline
/* As wide as the processor's, which memcpy() of that size is not. */
typedef char stm_wide __attribute__((vector_size(STEP), aligned(1), may_alias));

INLINE static void copy_step(char *out, const char *from)
{
    *(stm_wide *)out = *(const stm_wide *)from;
}
#else
#define INLINE inline
INLINE static void copy_step(char *out, const char *from)
{
    memcpy(out, from, STEP);
}
#endif

/* Copies a short text by steps: both sides have slack. */
INLINE static char *copy(char *out, const char *from, size_t size)
{
    copy_step(out, from);
    for (size_t at = STEP; at < size; at += STEP) {
        copy_step(out + at, from + at);
    }
    return out + size;
}

/* A text that has no room in its slot: whatever its length. */
static char *put_long(char *out, const char *slot)
{
    stemma_text elsewhere = stm_row_slot(slot);
    memcpy(out, elsewhere.data, elsewhere.size);
    return out + elsewhere.size;
}

/* All of the slot is copied: to ask how much there is to copy would take longer. */
INLINE static char *put_slot(char *out, const char *slots, uint32_t number)
{
    const char *slot = slots + (size_t)number * STM_ROW_SLOT;
    const uint8_t size = (uint8_t)slot[STM_ROW_SLOT - 1];
    if (size == STM_ROW_LONG) {
        return put_long(out, slot);
    }
    copy_step(out, slot);
    copy_step(out + STEP, slot + STEP);
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

INLINE static char *put_number(char *out, struct stm_row_pieces *pieces, uint32_t number)
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

/* ---- Lines ----------------------------------------------------------------------------------- */

/* Actors lie all over memory: their slots are fetched when so many participants come before them. */
#define AHEAD 48u

/* Has the processor fetch what the participants of a row far behind this one will need. (Not in a function
   of its own: one that only fetches has no effect that GCC would keep.) */
#define FORESEE(slots, actor, count)                                                         \
    for (uint32_t ahead = 0; ahead < (count); ahead++) {                                     \
        __builtin_prefetch((slots) + (size_t)(actor)[AHEAD + ahead] * STM_ROW_SLOT);         \
    }

/* Bytes that surely hold a line up to its rare members, and the beginning of the next. Actors of a damaged
   file may be any. */
static size_t bound_of(const struct stm_row_text *text, const struct stm_row_pieces *pieces,
                       const stemma_row_columns *columns, uint32_t row)
{
    const uint32_t *actor = columns->actor + columns->participant_first[row];
    const uint32_t count = columns->participant_first[row + 1] - columns->participant_first[row];
    const struct stm_row_frame *frame = &pieces->frames[columns->frame[row]];
    size_t size = pieces->term_longest + pieces->time.used;
    if (frame->bound != SIZE_MAX) {
        return size + frame->bound;
    }
    size += STM_ROW_DIGITS + frame->size + 2 * (text->actors->longest + sizeof STM_ROW_PLACE) + END_SIZE;
    for (uint32_t i = 0; i < count; i++) {
        size += stm_row_actor(text->actors, actor[i]).size;
    }
    return size;
}

/* Place and source. */
INLINE static char *put_places(char *out, const char *slots, const uint32_t *place, const uint32_t *source,
                               uint32_t row)
{
    static const char place_key[STEP] = STM_ROW_PLACE;
    static const char source_key[STEP] = STM_ROW_SOURCE;
    if (place != NULL && place[row] != STEMMA_NONE) {
        out = copy(out, place_key, sizeof STM_ROW_PLACE - 1);
        out = put_slot(out, slots, place[row]);
    }
    if (source != NULL && source[row] != STEMMA_NONE) {
        out = copy(out, source_key, sizeof STM_ROW_SOURCE - 1);
        out = put_slot(out, slots, source[row]);
    }
    return out;
}

/* The members that few rows have. Where to go on; NULL: there is no memory. */
static char *put_detail(char *out, struct stm_row_text *text, const struct stm_row_pieces *pieces,
                        const stemma_row_detail *detail)
{
    stemma_text predicate = {NULL, 0};
    if (detail->quantity_predicate != STEMMA_NONE) {
        const uint32_t lead = sizeof(STM_ROW_TYPE "\"") - 1;
        predicate = stm_row_term(pieces, detail->quantity_predicate);
        predicate = (stemma_text){predicate.data + lead, predicate.size - lead - 1};
    }
    text->used = (size_t)(out - text->buffer);
    stm_row_put_rare(text, detail->external_id, detail->content, predicate, detail->amount,
                     detail->unit);
    return stm_row_reserve(text, END_SIZE) ? text->buffer + text->used : NULL;
}

/* Appends lines from `row` on up to one whose pieces are not there or that there may be no room for, or `last`.
   With `sure` both are there for the first one. Where to go on. (What does not change is held in variables: for
   all that the compiler knows a line might be written over it.) */
INLINE static uint32_t put_rows(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                const stemma_row_columns *columns, uint32_t row, size_t enough, bool sure)
{
    static const char end_and_head[STEP] = STM_ROW_END;
    const char *const slots = text->actors->slots, *const terms = pieces->terms;
    const struct stm_row_piece *const all_pieces = pieces->frame_piece;
    const struct stm_row_frame *const frames = pieces->frames;
    const char *const between = pieces->frame_text.data, *const time = pieces->time.data;
    const size_t time_size = pieces->time.used, opening = pieces->term_longest + time_size;
    const uint32_t stamp = pieces->stamp, time_number = pieces->time_number;
    const uint32_t term_room = pieces->term_room, frame_room = pieces->frame_room;
    const uint32_t *const type = columns->type, *const frame_of = columns->frame;
    const uint32_t *const time_of = columns->time, *const number = columns->number;
    const uint32_t *const participant_first = columns->participant_first;
    const uint32_t count = columns->count, participants = participant_first[count];
    const uint32_t *const actors = columns->actor, *const place = columns->place;
    const uint32_t *const source = columns->source;
    const stemma_row_detail *const detail = columns->detail;
    const bool placed = place != NULL || source != NULL;
    char *out = text->buffer + text->used;
    for (; row < count && (size_t)(out - text->buffer) <= enough; row++) {
        const uint32_t first = participant_first[row], number_of_frame = frame_of[row];
        const size_t room = text->capacity - (size_t)(out - text->buffer);
        if (!sure &&
            (time_of[row] != time_number || number_of_frame >= frame_room ||
             frames[number_of_frame].stamp != stamp || frames[number_of_frame].bound > room ||
             room - frames[number_of_frame].bound < opening || type[row] >= term_room ||
             terms[(size_t)type[row] * STM_ROW_SLOT + STM_ROW_SLOT - 1] == 0 ||
             (detail != NULL && detail[row].quantity_predicate != STEMMA_NONE))) {
            break;
        }
        sure = false;
        const struct stm_row_frame *frame = &frames[number_of_frame];
        const struct stm_row_piece *piece = all_pieces + frame->first;
        const uint32_t *actor = actors + first;
        if (participants - first > AHEAD + frame->count) {
            FORESEE(slots, actor, frame->count);
        }
        out = put_number(out, pieces, number[row]);
        out = put_slot(out, terms, type[row]);
        out = copy(out, time, time_size);
        for (const struct stm_row_piece *end = piece + frame->count; piece != end; piece++, actor++) {
            out = copy(out, between + piece->first, piece->size);
            out = put_slot(out, slots, *actor);
        }
        if (!placed && detail == NULL) {
            out = copy(out, between + piece->first, piece->size + END_SIZE);
            continue;
        }
        out = copy(out, between + piece->first, piece->size);
        out = put_places(out, slots, place, source, row);
        if (detail != NULL) {
            out = put_detail(out, text, pieces, &detail[row]);
            if (out == NULL) {
                return row;
            }
        }
        out = copy(out, end_and_head, END_SIZE);
    }
    text->used = (size_t)(out - text->buffer);
    return row;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

/* Fewer rows are not worth it. */
#define FEW 4u

/* What lines of one time and one sequence of roles have in common, each in as many steps as a copy takes. */
struct run {
    uint32_t end; /* row behind the last */
    uint32_t participants;
    uint32_t before_size;
    uint32_t behind_size;
    char before[2 * STEP]; /* time, and what stands before the first participant */
    char behind[STEP];     /* the last one, with the beginning of the next line */
    const struct stm_row_piece *piece;
    size_t bound;
};

/* Whether rows from `row` on, whose pieces are there, are such lines: all copies are of known size. */
static bool find_run(const struct stm_row_pieces *pieces, const stemma_row_columns *columns, uint32_t row,
                     struct run *run)
{
    const uint32_t frame_number = columns->frame[row], time = columns->time[row];
    const struct stm_row_frame *frame = &pieces->frames[frame_number];
    const struct stm_row_piece *piece = pieces->frame_piece + frame->first;
    const char *text = pieces->frame_text.data;
    run->end = row + 1;
    while (run->end < columns->count && columns->frame[run->end] == frame_number &&
           columns->time[run->end] == time) {
        run->end++;
    }
    if (run->end - row < FEW || columns->place != NULL || columns->source != NULL || columns->detail != NULL || frame->count == 0 ||
        frame->bound == SIZE_MAX || pieces->time.used + piece[0].size > sizeof run->before ||
        piece[frame->count].size + END_SIZE > sizeof run->behind) {
        return false;
    }
    for (uint32_t i = 1; i < frame->count; i++) {
        if (piece[i].size > STEP) {
            return false;
        }
    }
    run->participants = frame->count;
    run->piece = piece;
    run->before_size = (uint32_t)(pieces->time.used + piece[0].size);
    run->behind_size = (uint32_t)(piece[frame->count].size + END_SIZE);
    memcpy(run->before, pieces->time.data, pieces->time.used);
    memcpy(run->before + pieces->time.used, text + piece[0].first, piece[0].size);
    memcpy(run->behind, text + piece[frame->count].first, run->behind_size);
    run->bound = frame->bound + pieces->term_longest + pieces->time.used;
    return true;
}

/* Appends lines of a run of rows with so many participants, up to one whose type is not made, or that there may
   be no room for, or `enough`. Where to go on. */
INLINE static uint32_t put_run_of(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                  const stemma_row_columns *columns, uint32_t row, size_t enough,
                                  const struct run *run, const uint32_t participants)
{
    const char *const slots = text->actors->slots, *const terms = pieces->terms;
    const char *const between = pieces->frame_text.data;
    const struct stm_row_piece *const piece = run->piece;
    const uint32_t *const type = columns->type, *const number = columns->number;
    const uint32_t *actor = columns->actor + columns->participant_first[row];
    uint32_t left = columns->participant_first[columns->count] - columns->participant_first[row];
    const uint32_t term_room = pieces->term_room, end = run->end;
    const size_t before_size = run->before_size, behind_size = run->behind_size;
    const size_t most = text->capacity > run->bound ? text->capacity - run->bound : 0;
    const char *const last = text->buffer + (enough < most ? enough : most);
    char *out = text->buffer + text->used;
    for (; row < end && out <= last; row++, actor += participants, left -= participants) {
        if (type[row] >= term_room || terms[(size_t)type[row] * STM_ROW_SLOT + STM_ROW_SLOT - 1] == 0) {
            break;
        }
        if (left > AHEAD + participants) {
            FORESEE(slots, actor, participants);
        }
        out = put_number(out, pieces, number[row]);
        out = put_slot(out, terms, type[row]);
        copy_step(out, run->before);
        copy_step(out + STEP, run->before + STEP);
        out = put_slot(out + before_size, slots, actor[0]);
        for (uint32_t i = 1; i < participants; i++) {
            copy_step(out, between + piece[i].first);
            out = put_slot(out + piece[i].size, slots, actor[i]);
        }
        copy_step(out, run->behind);
        out += behind_size;
    }
    text->used = (size_t)(out - text->buffer);
    return row;
}

/* A run, or rows from `row` on, the first of which has its pieces and room. Most tables have rows of two. */
INLINE static uint32_t put_any(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t row, size_t enough,
                               const struct run *run)
{
    if (run == NULL) {
        return put_rows(text, pieces, columns, row, enough, true);
    }
    return run->participants == 2 ? put_run_of(text, pieces, columns, row, enough, run, 2)
                                  : put_run_of(text, pieces, columns, row, enough, run, run->participants);
}

static uint32_t put_plainly(struct stm_row_text *text, struct stm_row_pieces *pieces,
                            const stemma_row_columns *columns, uint32_t row, size_t enough,
                            const struct run *run)
{
    return put_any(text, pieces, columns, row, enough, run);
}

#if STM_WIDE
STM_WIDE_CODE static uint32_t put_widely(struct stm_row_text *text, struct stm_row_pieces *pieces,
                                         const stemma_row_columns *columns, uint32_t row, size_t enough,
                                         const struct run *run)
{
    return put_any(text, pieces, columns, row, enough, run);
}
#endif

/* Appends lines from `row` on, whose pieces are there, and room for it. Where to go on. */
static uint32_t put_from(struct stm_row_text *text, struct stm_row_pieces *pieces,
                         const stemma_row_columns *columns, uint32_t row, size_t enough)
{
    struct run found;
    const struct run *run = find_run(pieces, columns, row, &found) ? &found : NULL;
#if STM_WIDE
    if (stm_wide_here()) {
        return put_widely(text, pieces, columns, row, enough, run);
    }
#endif
    return put_plainly(text, pieces, columns, row, enough, run);
}

stemma_status stm_row_put_many(struct stm_row_text *text, struct stm_row_pieces *pieces,
                               const stemma_row_columns *columns, uint32_t from, size_t enough,
                               uint32_t *done, stemma_error *error)
{
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
    while (i < columns->count && text->used <= enough && !text->no_memory) {
        status = stm_row_pieces_make(text, pieces, columns, i, error);
        if (status != STEMMA_OK || text->no_memory ||
            !stm_row_reserve(text, bound_of(text, pieces, columns, i))) {
            break;
        }
        i = put_from(text, pieces, columns, i, enough);
    }
    text->used -= HEAD_SIZE;
    *done = i;
    return status;
}
