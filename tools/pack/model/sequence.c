/* SPDX-License-Identifier: MIT */
#include "pack/model/sequence.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LABELS STM_SEQUENCE_LABELS

/* Below anything that weights add up to, far above where subtracting overflows. */
#define NEVER (-(1 << 28))

static uint32_t u32_at(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static size_t padded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

int stm_sequence_open(struct stm_sequence *sequence, const void *section, size_t size)
{
    const uint8_t *bytes = section;
    if (bytes == NULL || size < STM_SEQUENCE_HEADER || memcmp(bytes, "STSQ", 4) != 0 ||
        u32_at(bytes + 4) != STM_SEQUENCE_VERSION || u32_at(bytes + 8) != LABELS) {
        return -1;
    }
    uint32_t slots = u32_at(bytes + 12);
    size_t transitions = padded(sizeof(int16_t) * (LABELS + 1) * LABELS);
    if (slots == 0 || slots > (1u << 26)) {
        return -1;
    }
    size_t prints = padded((size_t)slots * 2);
    if (size != STM_SEQUENCE_HEADER + transitions + prints + (size_t)slots * LABELS) {
        return -1;
    }
    sequence->slots = slots;
    const uint8_t *at = bytes + STM_SEQUENCE_HEADER;
    for (size_t from = 0; from <= LABELS; from++) {
        for (size_t to = 0; to < LABELS; to++) {
            unsigned value = (unsigned)at[0] | (unsigned)at[1] << 8;
            int allowed = stm_label_follows(from == LABELS ? 0 : (uint8_t)from, (uint8_t)to);
            int weight = value < 0x8000u ? (int)value : (int)value - 0x10000;
            sequence->transitions[from][to] = allowed ? weight : NEVER;
            at += 2;
        }
    }
    sequence->fingerprints = bytes + STM_SEQUENCE_HEADER + transitions;
    sequence->weights = (const int8_t *)(sequence->fingerprints + prints);
    return 0;
}

/* Which of the fingerprints from a slot on is the first to be `print`, or to be free, where the search ends:
   STM_SEQUENCE_PROBES when none is. */
static unsigned find_print(const struct stm_sequence *sequence, uint32_t slot, uint16_t print,
                           int *found)
{
    unsigned probe = 0;
    *found = 0;
#ifdef __SSE2__
    _Static_assert(STM_SEQUENCE_PROBES == 24, "three times eight fingerprints");
    if (slot + STM_SEQUENCE_PROBES <= sequence->slots) {
        /* All of them, a bit each: nobody could guess at which step the search ends. */
        const __m128i *at = (const __m128i *)(const void *)(sequence->fingerprints + (size_t)slot * 2);
        const __m128i wanted = _mm_set1_epi16((short)print);
        const __m128i free_slot = _mm_setzero_si128();
        __m128i equal[3];
        __m128i end[3];
        for (unsigned k = 0; k < 3; k++) {
            __m128i prints = _mm_loadu_si128(at + k);
            equal[k] = _mm_cmpeq_epi16(prints, wanted);
            end[k] = _mm_or_si128(equal[k], _mm_cmpeq_epi16(prints, free_slot));
        }
        unsigned hits = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(equal[0], equal[1])) |
                        (unsigned)_mm_movemask_epi8(_mm_packs_epi16(equal[2], free_slot)) << 16;
        unsigned ends = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(end[0], end[1])) |
                        (unsigned)_mm_movemask_epi8(_mm_packs_epi16(end[2], free_slot)) << 16;
        probe = (unsigned)__builtin_ctz(ends | 1u << STM_SEQUENCE_PROBES);
        *found = (int)(hits >> probe & 1);
        return probe;
    }
#endif
    for (; probe < STM_SEQUENCE_PROBES; probe++) {
        uint32_t place = slot + probe < sequence->slots ? slot + probe : slot + probe - sequence->slots;
        const uint8_t *bytes = sequence->fingerprints + (size_t)place * 2;
        unsigned seen = (unsigned)bytes[0] | (unsigned)bytes[1] << 8;
        if (seen == print || seen == 0) {
            *found = seen == print;
            return probe;
        }
    }
    return probe;
}

/* The row of a feature; NULL when it has none. */
static const int8_t *row_of(const struct stm_sequence *sequence, uint64_t hash)
{
    uint32_t slot = stm_sequence_slot(hash, sequence->slots);
    int found;
    uint64_t place = (uint64_t)slot + find_print(sequence, slot, stm_sequence_fingerprint(hash), &found);
    if (!found) {
        return NULL;
    }
    place -= place < sequence->slots ? 0 : sequence->slots;
    return sequence->weights + (size_t)place * LABELS;
}

void stm_sequence_prefetch(const struct stm_sequence *sequence, const uint64_t *features,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *prints =
            sequence->fingerprints + (size_t)stm_sequence_slot(features[i], sequence->slots) * 2;
        __builtin_prefetch(prints);
        __builtin_prefetch(prints + 2 * STM_SEQUENCE_PROBES - 1);
    }
}

#define AT_ONCE 128u

static void add_rows(const int8_t *const *rows, size_t count, int32_t *scores)
{
    size_t label = 0;
#ifdef __SSE2__
    _Static_assert(LABELS >= 8 && AT_ONCE <= 255, "eight labels at once, in sixteen bits");
    __m128i sums = _mm_setzero_si128();
    for (size_t i = 0; i < count; i++) {
        __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)rows[i]);
        sums = _mm_add_epi16(sums, _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8));
    }
    int16_t eight[8];
    _mm_storeu_si128((__m128i *)(void *)eight, sums);
    for (; label < 8; label++) {
        scores[label] += eight[label];
    }
#endif
    for (; label < LABELS; label++) {
        for (size_t i = 0; i < count; i++) {
            scores[label] += rows[i][label];
        }
    }
}

size_t stm_sequence_find(const struct stm_sequence *sequence, const uint64_t *features,
                         size_t count, const int8_t **rows)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const int8_t *row = row_of(sequence, features[i]);
        rows[found] = row;
        __builtin_prefetch(row);
        found += row != NULL;
    }
    return found;
}

void stm_sequence_sum(const int8_t *const *rows, size_t count, int32_t *scores)
{
    while (count != 0) {
        size_t some = count < AT_ONCE ? count : AT_ONCE;
        add_rows(rows, some, scores);
        rows += some;
        count -= some;
    }
}

void stm_sequence_add(const struct stm_sequence *sequence, const uint64_t *features, size_t count,
                      int32_t *scores)
{
    const int8_t *rows[AT_ONCE];
    while (count != 0) {
        size_t some = count < AT_ONCE ? count : AT_ONCE;
        stm_sequence_sum(rows, stm_sequence_find(sequence, features, some, rows), scores);
        features += some;
        count -= some;
    }
}

void stm_sequence_best(const struct stm_sequence *sequence, const int32_t *scores, uint32_t count,
                       uint8_t *back, uint8_t *labels)
{
    int32_t best[LABELS];
    int32_t next[LABELS];
    if (count == 0) {
        return;
    }
    for (size_t label = 0; label < LABELS; label++) {
        best[label] = sequence->transitions[LABELS][label] + scores[label];
    }
    for (uint32_t i = 1; i < count; i++) {
        const int32_t *own = scores + (size_t)i * LABELS;
        int32_t top = NEVER;
        for (size_t to = 0; to < LABELS; to++) {
            size_t from = 0;
            int32_t most = best[0] + sequence->transitions[0][to];
            for (size_t k = 1; k < LABELS; k++) {
                int32_t sum = best[k] + sequence->transitions[k][to];
                if (sum > most) {
                    most = sum;
                    from = k;
                }
            }
            next[to] = most + own[to];
            top = next[to] > top ? next[to] : top;
            back[(size_t)i * LABELS + to] = (uint8_t)from;
        }
        /* Only differences matter: kept small so that no length of a sentence overflows. */
        for (size_t to = 0; to < LABELS; to++) {
            int32_t less = next[to] - top;
            best[to] = less < NEVER ? NEVER : less;
        }
    }
    size_t last = 0;
    for (size_t label = 1; label < LABELS; label++) {
        last = best[label] > best[last] ? label : last;
    }
    for (uint32_t i = count; i-- > 0;) {
        labels[i] = (uint8_t)last;
        last = i == 0 ? 0 : back[(size_t)i * LABELS + last];
    }
}

int stm_sequence_check(stemma_bytes section)
{
    struct stm_sequence sequence;
    return stm_sequence_open(&sequence, section.data, section.size) == 0;
}
