/* SPDX-License-Identifier: MIT */
#include "pack/model/sequence.h"

#include <string.h>

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

static const int8_t *row_of(const struct stm_sequence *sequence, uint64_t hash)
{
    uint16_t print = stm_sequence_fingerprint(hash);
    uint32_t slot = stm_sequence_slot(hash, sequence->slots);
    for (unsigned probe = 0; probe < STM_SEQUENCE_PROBES; probe++) {
        const uint8_t *at = sequence->fingerprints + (size_t)slot * 2;
        unsigned found = (unsigned)at[0] | (unsigned)at[1] << 8;
        if (found == print) {
            return sequence->weights + (size_t)slot * LABELS;
        }
        if (found == 0) {
            return NULL;
        }
        slot = slot + 1 == sequence->slots ? 0 : slot + 1;
    }
    return NULL;
}

#define AT_ONCE 64u

void stm_sequence_add(const struct stm_sequence *sequence, const uint64_t *features, size_t count,
                      int32_t *scores)
{
    const int8_t *rows[AT_ONCE];
    while (count != 0) {
        size_t some = count < AT_ONCE ? count : AT_ONCE;
        size_t found = 0;
        /* In three passes, as memory answers many questions at a time. */
        for (size_t i = 0; i < some; i++) {
            uint32_t slot = stm_sequence_slot(features[i], sequence->slots);
            __builtin_prefetch(sequence->fingerprints + (size_t)slot * 2);
        }
        for (size_t i = 0; i < some; i++) {
            rows[found] = row_of(sequence, features[i]);
            if (rows[found] != NULL) {
                __builtin_prefetch(rows[found++]);
            }
        }
        for (size_t i = 0; i < found; i++) {
            for (size_t label = 0; label < LABELS; label++) {
                scores[label] += rows[i][label];
            }
        }
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
